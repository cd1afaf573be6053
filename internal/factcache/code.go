package factcache

import (
	"encoding/binary"
	"errors"
	"math"
	"reflect"
	"time"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A coder writes facts as bytes or reads them back, field by field: their types say what they
// consist of. Texts are ids and paths.
type coder struct {
	reading bool
	bytes   []byte // written so far, or to be read
	at      int    // how far they are read
	texts   []string
	places  map[string]int // of the texts, when writing
	err     error
}

var errDamaged = errors.New("damaged")

func encode(f *plan.Facts) []byte {
	c := &coder{places: make(map[string]int)}
	c.value(reflect.ValueOf(f).Elem())
	return c.bytes
}

func decode(record []byte) (*plan.Facts, error) {
	c := &coder{reading: true, bytes: record}
	f := &plan.Facts{}
	if c.value(reflect.ValueOf(f).Elem()); c.at < len(c.bytes) {
		c.err = errDamaged
	}
	return f, c.err
}

// value writes or reads a value of any kind that facts have.
func (c *coder) value(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if day, ok := reflect.TypeAssert[*logparse.Date](v.Addr()); ok {
			n := c.count((day.Year*13+int(day.Month))*32 + day.Day) // 0 of no date
			*day = logparse.Date{Year: n / (13 * 32), Month: time.Month(n / 32 % 13), Day: n % 32}
			return
		}
		for i := range v.NumField() {
			c.value(v.Field(i))
		}
	case reflect.Slice:
		n := c.length(v.Len())
		if c.reading && n > 0 {
			v.Grow(n)
			v.SetLen(n)
		}
		for i := range n {
			c.value(v.Index(i))
		}
	case reflect.Pointer:
		if there := c.bool(!v.IsNil()); there && c.reading {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if !v.IsNil() {
			c.value(v.Elem())
		}
	case reflect.String:
		v.SetString(c.text(v.String()))
	case reflect.Bool:
		v.SetBool(c.bool(v.Bool()))
	case reflect.Float64:
		v.SetFloat(c.float(v.Float()))
	default:
		v.SetInt(int64(c.count(int(v.Int()))))
	}
}

func (c *coder) bool(b bool) bool {
	n := 0
	if b {
		n = 1
	}
	return c.count(n) == 1
}

func (c *coder) float(f float64) float64 {
	if !c.reading {
		c.bytes = binary.LittleEndian.AppendUint64(c.bytes, math.Float64bits(f))
		return f
	}
	if bits := c.take(8); bits != nil {
		f = math.Float64frombits(binary.LittleEndian.Uint64(bits))
	}
	return f
}

// text is written in full the first time; after that, as its number among the texts so far.
func (c *coder) text(text string) string {
	at, known := c.places[text]
	if !c.reading && !known {
		at = len(c.texts)
		c.places[text] = at
	}
	switch at = c.count(at); {
	case at < 0 || at > len(c.texts):
		c.fail()
		return ""
	case at == len(c.texts):
		n := c.length(len(text))
		if c.reading {
			text = string(c.take(n))
		} else {
			c.bytes = append(c.bytes, text...)
		}
		c.texts = append(c.texts, text)
	}
	return c.texts[at]
}

// length is a count of things that take a byte each at least.
func (c *coder) length(n int) int {
	n = c.count(n)
	if c.reading && (n < 0 || n > len(c.bytes)-c.at) {
		c.fail()
		return 0
	}
	return n
}

// count is a number that is small and mostly not negative.
func (c *coder) count(n int) int {
	if !c.reading {
		c.bytes = binary.AppendVarint(c.bytes, int64(n))
		return n
	}
	v, size := binary.Varint(c.bytes[c.at:])
	if size <= 0 {
		c.fail()
		return 0
	}
	c.at += size
	return int(v)
}

// take are the next bytes to be read; nil where there are not so many.
func (c *coder) take(n int) []byte {
	if n > len(c.bytes)-c.at {
		c.fail()
		return nil
	}
	c.at += n
	return c.bytes[c.at-n : c.at]
}

// fail ends reading: nothing is left of a record that can't be right.
func (c *coder) fail() { c.err, c.at = errDamaged, len(c.bytes) }

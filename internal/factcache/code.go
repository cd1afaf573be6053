package factcache

import (
	"encoding/binary"
	"errors"
	"math"
	"time"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A coder writes facts as bytes or reads them back: each kind of fact says once, for both
// ways, what it consists of. Texts are ids and paths; they stand at the front, each once.
type coder struct {
	reading bool
	bytes   []byte // written so far, or still to be read
	texts   []string
	places  map[string]int // of the texts, when writing
	err     error

	actionTerms []plan.ActionTerms // room for those to be read
	goalTerms   []plan.GoalTerms
	ints        []int
}

var errDamaged = errors.New("damaged")

func encode(f *plan.Facts) []byte {
	c := &coder{places: make(map[string]int)}
	c.facts(f)
	out := binary.AppendVarint(nil, int64(len(c.texts)))
	for _, text := range c.texts {
		out = binary.AppendVarint(out, int64(len(text)))
	}
	for _, text := range c.texts {
		out = append(out, text...)
	}
	return append(out, c.bytes...)
}

func decode(record []byte) (*plan.Facts, error) {
	c := &coder{reading: true, bytes: record}
	c.readTexts()
	f := &plan.Facts{}
	if c.facts(f); c.err == nil && len(c.bytes) > 0 {
		c.err = errDamaged
	}
	return f, c.err
}

func (c *coder) readTexts() {
	lengths := make([]int, c.length(0))
	total := 0
	for i := range lengths {
		lengths[i] = c.length(0)
		total += lengths[i]
	}
	if c.err != nil || total > len(c.bytes) {
		c.err = errDamaged
		return
	}
	all := string(c.bytes[:total]) // in one piece, of which each is a part
	c.bytes = c.bytes[total:]
	c.texts = make([]string, len(lengths))
	for i, n := range lengths {
		c.texts[i], all = all[:n], all[n:]
	}
}

// length is a count that was read, of things that take a byte each at least.
func (c *coder) length(n int) int {
	c.count(&n)
	if c.reading && (n < 0 || n > len(c.bytes)) {
		c.err = errDamaged
		return 0
	}
	return n
}

// count is a number that is small and mostly not negative.
func (c *coder) count(n *int) {
	if !c.reading {
		c.bytes = binary.AppendVarint(c.bytes, int64(*n))
		return
	}
	v, size := binary.Varint(c.bytes)
	if size <= 0 {
		c.err, c.bytes = errDamaged, nil
		return
	}
	*n, c.bytes = int(v), c.bytes[size:]
}

func (c *coder) bool(b *bool) {
	n := 0
	if *b {
		n = 1
	}
	c.count(&n)
	*b = n == 1
}

func (c *coder) value(v *float64) {
	if !c.reading {
		c.bytes = binary.LittleEndian.AppendUint64(c.bytes, math.Float64bits(*v))
	} else if len(c.bytes) < 8 {
		c.err = errDamaged
	} else {
		*v, c.bytes = math.Float64frombits(binary.LittleEndian.Uint64(c.bytes)), c.bytes[8:]
	}
}

func (c *coder) date(d *logparse.Date) {
	n := (d.Year*13+int(d.Month))*32 + d.Day // 0 of no date
	c.count(&n)
	*d = logparse.Date{Year: n / (13 * 32), Month: time.Month(n / 32 % 13), Day: n % 32}
}

func text[T ~string](c *coder, s *T) {
	at, known := c.places[string(*s)]
	if !c.reading && !known {
		at = len(c.texts)
		c.places[string(*s)] = at
		c.texts = append(c.texts, string(*s))
	}
	c.count(&at)
	if c.reading && at >= 0 && at < len(c.texts) {
		*s = T(c.texts[at])
	} else if c.reading {
		c.err = errDamaged
	}
}

// all writes or reads a list. Where there is room for what is read, it is taken from there:
// most lists are short, and there are many of them.
func all[T any](c *coder, list *[]T, room *[]T, one func(*T)) {
	n := c.length(len(*list))
	switch {
	case !c.reading || n == 0:
	case room == nil:
		*list = make([]T, n)
	default:
		if len(*room) < n {
			*room = make([]T, max(n, 64))
		}
		*list, *room = (*room)[:n:n], (*room)[n:]
	}
	for i := range *list {
		if one(&(*list)[i]); c.err != nil {
			return
		}
	}
}

// maybe writes or reads what may be nil.
func maybe[T any](c *coder, p **T, one func(*T)) {
	there := *p != nil
	if c.bool(&there); !there {
		return
	}
	if c.reading {
		*p = new(T)
	}
	one(*p)
}

package factcache

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/plan"
)

// fill puts a value of its own into every field, so that one which a coder forgets is missed.
func fill(v reflect.Value, n *int, most int) {
	*n++
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n, most)
	case reflect.Struct:
		if v.Type().Name() == "Date" {
			v.Field(0).SetInt(int64(2000 + *n%50))
			v.Field(1).SetInt(int64(1 + *n%12))
			v.Field(2).SetInt(int64(1 + *n%28))
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i), n, most)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			fill(v.Index(i), n, most)
		}
	case reflect.String:
		v.SetString(string(rune('a'+*n%26)) + string(rune('a'+*n/26%26)) + string(rune('a'+*n/676)))
	case reflect.Int:
		v.SetInt(int64((*n - 5 + most) % most))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 3)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("a kind of field that the test doesn't know: " + v.Kind().String())
	}
}

// filled has other numbers everywhere, or those that are less than so many.
func filled(most int) *plan.Facts {
	f, n := &plan.Facts{}, 0
	fill(reflect.ValueOf(f).Elem(), &n, most)
	return f
}

func TestEveryFieldComesBack(t *testing.T) {
	for _, f := range []*plan.Facts{{}, filled(1 << 30)} {
		got, err := decode(encode(f))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(f, got); diff != "" {
			t.Error(diff)
		}
	}
}

// What is cut off, or changed anywhere, is as good as nothing, and nothing fails.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	c := Open(dir, "facts")
	f := filled(3)
	f.Version, f.ID = plan.FactsVersion, "ana"
	s := State{Shared: []byte("shared"), Stamps: []logbook.Stamp{{Path: "people/ana/plan.md", Size: 3}}, Seen: time.Unix(1_700_000_000, 0)}
	c.Keep("ana", s, f, nil)
	if diff := cmp.Diff(f, c.Facts("ana", s, nil)); diff != "" {
		t.Fatal(diff)
	}
	file := filepath.Join(dir, "facts", fileOf("ana"))
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(whole); at += 1 + at/100 {
		broken := append([]byte(nil), whole...)
		broken[at] ^= 0x40
		for _, text := range [][]byte{whole[:at], broken} {
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
			if got := c.Facts("ana", s, nil); got != nil {
				t.Fatalf("at %d of %d bytes: %v", at, len(whole), got)
			}
		}
	}
}

// A record is refused by what it says too, should the checksum fit by chance.
func FuzzDecode(f *testing.F) {
	whole := encode(filled(1 << 30))
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Fuzz(func(t *testing.T, record []byte) {
		if got, err := decode(record); err == nil {
			if again, err := decode(encode(got)); err != nil || !bytes.Equal(encode(got), encode(again)) {
				t.Errorf("%v: %v is not %v", err, again, got)
			}
		}
	})
}

// A file that was written in the moment of looking is compared by its content.
func TestRacilyClean(t *testing.T) {
	c := Open(t.TempDir(), "facts")
	f := &plan.Facts{Version: plan.FactsVersion, ID: "ana"}
	now := time.Now()
	s := State{Stamps: []logbook.Stamp{{Path: "a.md", Modified: now.UnixNano()}}, Seen: now}
	text := "one"
	read := func(string) ([]byte, error) { return []byte(text), nil }
	c.Keep("ana", s, f, func(string) []byte { return []byte(text) })
	if c.Facts("ana", s, read) == nil {
		t.Error("what is as it was isn't found")
	}
	if text = "two"; c.Facts("ana", s, read) != nil {
		t.Error("another text with the same stamp is believed")
	}
	text, s.Seen = "one", now.Add(time.Hour)
	if c.Facts("ana", s, read) == nil {
		t.Error("later, it isn't found")
	}
	if c.Facts("ana", s, func(string) ([]byte, error) { panic("read again") }) == nil {
		t.Error("the record isn't renewed")
	}
}

func TestNobodyElseMayRead(t *testing.T) {
	dir := t.TempDir()
	c := Open(dir, "coachlog/facts")
	c.Keep("ana", State{}, filled(1<<30), nil)
	for name, want := range map[string]os.FileMode{"coachlog": 0o700, "coachlog/facts": 0o700, "coachlog/facts/" + fileOf("ana"): 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
}

// Where nothing can be kept, nothing is.
func TestNowhere(t *testing.T) {
	c := Open(filepath.Join(t.TempDir(), "missing"), "facts")
	c.Keep("ana", State{}, filled(1<<30), nil)
	c.Drop(nil)
	if c.Facts("ana", State{}, nil) != nil {
		t.Error("something is kept nowhere")
	}
}

func TestDrop(t *testing.T) {
	c := Open(t.TempDir(), "facts")
	for _, id := range []string{"ana", "ben"} {
		c.Keep(id, State{}, &plan.Facts{Version: plan.FactsVersion, ID: id}, nil)
	}
	c.Drop([]string{"ben"})
	if c.Facts("ana", State{}, nil) != nil || c.Facts("ben", State{}, nil) == nil {
		t.Error("another one is dropped than should be")
	}
}

// A record that names what it doesn't have was made by somebody else, and nothing fails over it.
func TestForgedRecord(t *testing.T) {
	for name, forge := range map[string]func(f *plan.Facts){
		"goal without terms":    func(f *plan.Facts) { f.Goals[1].Terms = nil },
		"terms of no session":   func(f *plan.Facts) { f.Goals[1].Terms[0].Session = 3 },
		"text in no session":    func(f *plan.Facts) { f.Goals[1].Running.Text.Session = 3 },
		"last said before all":  func(f *plan.Facts) { f.Goals[1].Running.Said = plan.None },
		"verdict in no session": func(f *plan.Facts) { f.Goals[1].Verdicts[1].Session = 1 << 40 },
		"answer in no session":  func(f *plan.Facts) { f.Goals[1].Verdicts[1].Answer = -2 },
		"verdict over nothing":  func(f *plan.Facts) { f.Goals[1].Verdicts[1].Set[0] = 3 },
		"wait from nowhere":     func(f *plan.Facts) { f.Goals[1].Waits[0].From = -1 },
		"wait until nowhere":    func(f *plan.Facts) { f.Goals[1].Waits[0].Until = 3 },
		"action without terms":  func(f *plan.Facts) { f.Agreements[1].Terms = nil },
		"action for no goal":    func(f *plan.Facts) { f.Agreements[1].Terms[0].Goal = 3 },
		"agreed nowhere":        func(f *plan.Facts) { f.Agreements[1].Agreed = 3 },
		"due nowhere":           func(f *plan.Facts) { f.Agreements[1].Due = 3 },
		"carried nowhere":       func(f *plan.Facts) { f.Agreements[1].Carried[0] = -1 },
		"asks for no goal":      func(f *plan.Facts) { f.Agreements[1].Asks.Goal = -1 },
		"asks for an old goal":  func(f *plan.Facts) { f.Goals[f.Agreements[1].Asks.Goal].Running = nil },
		"stated nowhere":        func(f *plan.Facts) { f.Agreements[1].Asks.Stated = 3 },
	} {
		c := Open(t.TempDir(), "facts")
		f := filled(3)
		f.Version, f.ID = plan.FactsVersion, "ana"
		forge(f)
		if c.Keep("ana", State{}, f, nil); c.Facts("ana", State{}, nil) != nil {
			t.Error(name, "is believed")
		}
	}
}

// What isn't the cache's own stays where it is.
func TestDropLeavesOthers(t *testing.T) {
	dir := t.TempDir()
	c := Open(dir, ".")
	c.Keep("ana", State{}, &plan.Facts{}, nil)
	killed := filepath.Join(dir, "."+fileOf("ana")+".123-1.tmp") // in the middle of writing
	for _, name := range []string{killed, filepath.Join(dir, "main"), filepath.Join(dir, "README.md")} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c.Drop(nil)
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Error(left, err)
	}
}

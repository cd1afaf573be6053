package logparse

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/nearest"
)

// A keyReader reads the known keys of one YAML mapping and reports what doesn't
// fit. It remembers which keys exist, to suggest one for a misspelt key.
type keyReader struct {
	root   *yamlNode
	report func(Diagnostic)
	known  []string

	reading Headings // of days and numbers

	forms   *KeyForms // what each key takes, where somebody wants to know
	meaning string    // of the key that is read next
}

// value returns the node of a key, or nil where the key is missing or empty.
func (r *keyReader) value(key string, want yamlKind) *yamlNode {
	r.known = append(r.known, key)
	r.takes(key, KeyForm{Kind: usualKinds[want]})
	if r.root == nil {
		return nil
	}
	e := r.root.entry(key)
	if e == nil || e.value.kind == yamlEmpty {
		return nil
	}
	return r.typed(key, e.value, want)
}

var usualKinds = [...]KeyKind{yamlScalar: TextKey, yamlList: ListKey, yamlMapping: MappingKey}

// below reads the mapping behind a key, which has no entries where there is none.
func (r *keyReader) below(key string) *keyReader {
	below := &keyReader{root: r.value(key, yamlMapping), report: r.report, reading: r.reading}
	if r.forms != nil {
		below.forms = &r.forms.Of(key).Keys
	}
	return below
}

func (r *keyReader) entries() []yamlEntry {
	if r.root == nil {
		return nil
	}
	return r.root.entries
}

// lacks says whether front matter that can be read has no such key, or nothing
// behind it.
func (r *keyReader) lacks(key string) bool { return r.root != nil && r.root.empty(key) }

func (r *keyReader) typed(key string, n *yamlNode, want yamlKind) *yamlNode {
	switch {
	case n.kind == want:
		return n
	case n.kind == yamlAlias:
		r.report(Diagnostic{Code: "yaml-alias", Span: n.span,
			Message: fmt.Sprintf("`%s` is an alias", key), Remedy: "write the value out"})
	default:
		r.report(Diagnostic{Code: "wrong-type", Span: n.span,
			Message: fmt.Sprintf("`%s` has %s where %s should be", key, yamlKindNames[n.kind], yamlKindNames[want]),
			Remedy:  wantedForm[want]})
	}
	return nil
}

var wantedForm = map[yamlKind]string{
	yamlScalar:  "write one value after the colon",
	yamlList:    "write a list, as in `[a, b]`",
	yamlMapping: "write keys and values, as in `{aht: 398, fcr: 71}`",
}

func (r *keyReader) text(key string) Value[string] {
	n := r.value(key, yamlScalar)
	if n == nil {
		return Value[string]{}
	}
	return Value[string]{n.text, n.span, true}
}

// id reads the id of a person.
func (r *keyReader) id(key string) Value[string] {
	v := checkedID(key, r.text(key), r.report)
	if v.Set && !IsPersonID(v.V) {
		r.report(Diagnostic{Code: "bad-id", Span: v.Span, Message: fmt.Sprintf("`%s` can't be %q: Windows keeps that name for a device", key, v.V),
			Remedy: "choose another id, as in " + PortableName(v.V)})
		return Value[string]{}
	}
	return v
}

func checkedID(key string, v Value[string], report func(Diagnostic)) Value[string] {
	v.V = strings.TrimFunc(v.V, isOddBlank)
	if v.Set && !IsID(v.V) {
		remedy := "use letters and digits, with - _ or . between them, as in `rep1`"
		if odd := nameOddBlank(v.V); odd != "" {
			remedy += "; there is " + odd + " in it"
		}
		report(Diagnostic{Code: "bad-id", Span: v.Span, Message: fmt.Sprintf("`%s` can't be %q", key, v.V), Remedy: remedy})
		return Value[string]{}
	}
	v.V = NormalID(v.V)
	return v
}

func (r *keyReader) date(key string) Value[Date] {
	r.takes(key, KeyForm{Kind: DayKey})
	return r.day(key, r.text(key))
}

// day reads a value of a key as a day.
func (r *keyReader) day(key string, v Value[string]) Value[Date] {
	if !v.Set {
		return Value[Date]{}
	}
	if date, ok := r.reading.day(v.V); ok {
		return Value[Date]{date, v.Span, true}
	}
	why, remedy := r.reading.whyNoDay(v.V, "")
	r.report(Diagnostic{Code: "bad-date", Span: v.Span, Message: fmt.Sprintf("`%s: %s` %s", key, v.V, why), Remedy: remedy})
	return Value[Date]{}
}

// wholeKinds are the kinds of whole numbers: what reads one, perhaps with its unit, and an example.
var wholeKinds = map[KeyKind]struct {
	read    func(string) (float64, bool)
	example int
}{WholeKey: {parseNumber, 4}, MinutesKey: {Minutes, 30}, PercentKey: {percentIn, 80}}

// whole reads a whole number from low to high.
func (r *keyReader) whole(key, unit string, kind KeyKind, low, high int) Value[int] {
	r.takes(key, KeyForm{Kind: kind, Low: low, High: high})
	n := r.value(key, yamlScalar)
	if n == nil {
		return Value[int]{}
	}
	of := wholeKinds[kind]
	number, ok := of.read(n.text)
	if !ok || number != math.Trunc(number) {
		r.report(Diagnostic{Code: "bad-number", Span: n.span,
			Message: fmt.Sprintf("`%s: %s` is not a whole number", key, n.text),
			Remedy:  fmt.Sprintf("write %s as a plain number, as in `%s: %d`", unit, key, of.example)})
		return Value[int]{}
	}
	if number < float64(low) || number > float64(high) {
		r.report(Diagnostic{Code: "out-of-range", Span: n.span,
			Message: fmt.Sprintf("`%s: %s` is outside %d to %d", key, n.text, low, high),
			Remedy:  "write " + unit})
		return Value[int]{}
	}
	return Value[int]{int(number), n.span, true}
}

// choice reads one of the named values.
func (r *keyReader) choice(key string, names []string) Value[string] {
	r.takes(key, KeyForm{Kind: ChoiceKey, Choices: names})
	v := r.text(key)
	v.V = strings.TrimFunc(v.V, isOddBlank)
	if !v.Set || slices.Contains(names, v.V) {
		return v
	}
	r.report(Diagnostic{Code: "unknown-value", Span: v.Span,
		Message: fmt.Sprintf("`%s` can't be %q", key, v.V),
		Remedy:  chooseFrom(v.V, names),
		Fix:     fixChoice(v, names)})
	return Value[string]{}
}

func chooseFrom(word string, names []string) string {
	remedy := "write one of " + strings.Join(names, ", ")
	if near := nearest.To(word, names); near != "" {
		remedy += fmt.Sprintf(" (%s, perhaps?)", near)
	}
	return remedy
}

// addresses are of mail; pandoc writes <ana@example.org>.
func (r *keyReader) addresses(key string) []Value[string] {
	values := r.texts(key)
	for i, v := range values {
		values[i].V = strings.TrimSuffix(strings.TrimPrefix(v.V, "<"), ">")
	}
	return values
}

// texts reads one value or a list of values.
func (r *keyReader) texts(key string) []Value[string] {
	r.takes(key, KeyForm{Kind: ListKey, OrText: true})
	if r.root != nil {
		if e := r.root.entry(key); e != nil && e.value.kind == yamlScalar {
			return []Value[string]{r.text(key)}
		}
	}
	n := r.value(key, yamlList)
	if n == nil {
		return nil
	}
	var values []Value[string]
	for _, item := range n.items {
		if item := r.typed(key, item, yamlScalar); item != nil {
			values = append(values, Value[string]{item.text, item.span, true})
		}
	}
	return values
}

// misspelt reports keys that are nobody's but nearly one of ours. Other unknown
// keys belong to somebody else, and are left alone.
func (r *keyReader) misspelt() {
	if r.root == nil {
		return
	}
	for _, e := range r.root.entries {
		if slices.Contains(r.known, e.key) {
			continue
		}
		if e.key == "<<" {
			r.report(Diagnostic{Code: "yaml-alias", Span: e.keySpan,
				Message: "`<<` takes keys from elsewhere, and coachlog doesn't read them", Remedy: "write the keys out"})
			continue
		}
		if odd := nameOddBlank(e.key); odd != "" && slices.Contains(r.known, plainBlanks(e.key)) {
			r.report(Diagnostic{Code: "misspelt-key", Span: e.keySpan,
				Message: fmt.Sprintf("there is %s in the key `%s`, so it isn't read", odd, plainBlanks(e.key)),
				Remedy:  fmt.Sprintf("type `%s` again", plainBlanks(e.key)),
				Fix:     rewrite(e.keySpan, plainBlanks(e.key))})
			continue
		}
		near := nearest.To(e.key, r.known)
		if near == "" || r.root.entry(near) != nil {
			continue
		}
		r.report(Diagnostic{Code: "misspelt-key", Span: e.keySpan,
			Message: fmt.Sprintf("`%s` isn't one of coachlog's keys", e.key),
			Remedy:  fmt.Sprintf("write `%s`, if that is what you mean", near),
			Fix:     fixKey(e, near, r.known)})
	}
}

// entriesByID goes through a mapping of ids, each with a reader of the keys that
// stand behind it; orNone says whether it may be that none do.
func (r *keyReader) entriesByID(key string, orNone bool) iter.Seq2[Value[string], *keyReader] {
	return func(yield func(Value[string], *keyReader) bool) {
		if r.forms != nil {
			each := &KeyForm{Kind: MappingKey}
			r.takes(key, KeyForm{Kind: MappingKey, Each: each})
			each.Keys = formsOf(func(r *keyReader) { yield(Value[string]{}, r) })
		}
		for _, e := range r.below(key).entries() {
			id := checkedID(key, Value[string]{e.key, e.keySpan, true}, r.report)
			if !id.Set {
				continue
			}
			behind := &keyReader{report: r.report, reading: r.reading}
			if !orNone || e.value.kind != yamlEmpty {
				behind.root = r.typed(e.key, e.value, yamlMapping)
			}
			if (orNone || behind.root != nil) && !yield(id, behind) {
				return
			}
		}
	}
}

package logparse

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/coachlog/coachlog/internal/nearest"
	"github.com/coachlog/coachlog/internal/pattern"
)

// An Import says how the exports of one system become observations. It names
// columns by their headers.
type Import struct {
	Name string // id; the files that the import keeps start with it

	Person []Value[string] // the columns that name the person, read with a blank between them
	Date   Value[string]   // the column that says when; unset where the export has none
	Metric Value[string]   // of a long table: the column that names the metric
	Value  Value[string]   // of a long table: the column of the values
	Row    []Value[string] // the columns that tell one row of a person from another, as a call's id

	DateFormat  Value[string] // of DateFormats: the order of day, month and year
	TimeZone    Value[string] // of times without an offset, as in Europe/Berlin; or AsWritten
	Decimal     Value[string] // of Decimals
	Every       Value[string] // of ImportPeriods: what one observation sums up
	Repeats     Value[string] // of Repeats: rows that are the same in every column
	Corrections Value[string] // of Corrections: rows of one identity that differ
	Blank       []Value[string]
	Skip        []SkippedRows
	Metrics     []ImportMetric
}

// SkippedRows are the rows that an import leaves out: those in which the column
// holds one of the texts.
type SkippedRows struct {
	Column Value[string]
	Texts  []Value[string]
}

// An ImportMetric says where the values of one metric stand, and what they are.
type ImportMetric struct {
	Key       string
	From      Value[string]      // the column; of a long table, the metric's name there
	Unit      Value[string]      // of FileUnits: what the file counts in
	Scale     Value[NumberRange] // of ratings: the least and the greatest
	Aggregate Value[string]      // of Aggregates: one value of several rows
	Weight    Value[string]      // the column that a mean is weighted with, as the number of calls
}

// The values that keys of an import can have.
var (
	DateFormats   = DateOrders
	Decimals      = []string{"comma", "point"}
	ImportPeriods = []string{"day", "week", "month"}
	Repeats       = []string{"once", "count"}
	Corrections   = []string{"refuse", "last"}
	FileUnits     = []string{"s", "ms", "min", "h", "d", "m:ss", "h:mm", "%", "fraction", "yes/no"}
	Aggregates    = []string{"mean", "median", "sum", "min", "max", "last", "count"}
)

// AsWritten is the time zone of an import that takes each day as it is written,
// whatever the offset behind it.
const AsWritten = "as written"

// Points is the unit of ratings that stay as they are.
const Points = "points"

// readImport reads an import of the settings, whose metrics are in the catalogue.
func readImport(r *keyReader, name Value[string], catalogue []Metric) Import {
	in := Import{
		Name:        name.V,
		Person:      r.texts("person"),
		Date:        r.text("date"),
		Metric:      r.text("metric"),
		Value:       r.text("value"),
		Row:         r.texts("row"),
		DateFormat:  r.choice("date_format", DateFormats),
		Decimal:     r.choice("decimal", Decimals),
		Every:       r.choice("every", ImportPeriods),
		Repeats:     r.choice("repeats", Repeats),
		Corrections: r.choice("corrections", Corrections),
		Blank:       r.texts("blank"),
	}
	if e := r.root.entry("time_zone"); e != nil && e.value.text == AsWritten {
		in.TimeZone = r.text("time_zone")
	} else {
		in.TimeZone = r.timeZone("time_zone")
	}
	r.takes("skip", KeyForm{Kind: MappingKey, Each: &KeyForm{Kind: ListKey, OrText: true}})
	if r.forms != nil {
		r.takes("metrics", KeyForm{Kind: MappingKey, Each: &KeyForm{Kind: MappingKey, OrText: true, Keys: formsOf(new(ImportMetric).read)}})
	}
	skip := r.below("skip")
	for _, e := range skip.entries() {
		in.Skip = append(in.Skip, SkippedRows{Value[string]{e.key, e.keySpan, true}, skip.texts(e.key)})
	}
	for _, e := range r.below("metrics").entries() {
		if m, ok := readImportMetric(e, catalogue, r.report); ok {
			in.Metrics = append(in.Metrics, m)
		}
	}
	r.misspelt()
	for _, gap := range []struct {
		is              bool
		span            Span
		message, remedy string
	}{
		{len(in.Person) == 0, name.Span, "doesn't say which column names the person", "write `person: ` and the column's header"},
		{len(in.Metrics) == 0, name.Span, "names no metric", "write `metrics: ` and a line for each, as in `aht: {from: Avg Handle Time, unit: s}`"},
		{in.Metric.Set && !in.Value.Set, in.Metric.Span, "names the column of the metric and not that of the value", "write `value: ` and the column's header"},
		{in.Value.Set && !in.Metric.Set, in.Value.Span, "names the column of the value and not that of the metric", "write `metric: ` and the column's header, or name a column for each metric in `metrics`"},
	} {
		if gap.is {
			r.report(Diagnostic{Code: "import-incomplete", Span: gap.span, Message: fmt.Sprintf("the import `%s` %s", in.Name, gap.message), Remedy: gap.remedy})
		}
	}
	return in
}

// readImportMetric reads `aht: Avg Handle Time`, or a mapping with more to say.
func readImportMetric(e yamlEntry, catalogue []Metric, report func(Diagnostic)) (m ImportMetric, ok bool) {
	key := checkedID("metrics", Value[string]{e.key, e.keySpan, true}, report)
	if !key.Set {
		return m, false
	}
	var keys []string
	for _, m := range catalogue {
		keys = append(keys, m.Key)
	}
	if !slices.Contains(keys, key.V) {
		remedy := "give it an entry in `metrics`, with its unit"
		if near := nearest.To(key.V, keys); near != "" {
			remedy += fmt.Sprintf(" (or is it `%s`?)", near)
		}
		report(Diagnostic{Code: "unknown-value", Span: e.keySpan,
			Message: fmt.Sprintf("`%s` isn't a metric in the catalogue", e.key), Remedy: remedy})
	}
	m.Key = key.V
	if e.value.kind == yamlScalar {
		m.From = Value[string]{e.value.text, e.value.span, true}
		return m, true
	}
	r := &keyReader{root: e.value, report: report}
	if r.typed(e.key, e.value, yamlMapping) == nil {
		return m, false
	}
	m.read(r)
	if !m.From.Set {
		report(Diagnostic{Code: "import-incomplete", Span: e.keySpan,
			Message: fmt.Sprintf("the import of `%s` doesn't say where its values are", m.Key),
			Remedy:  "write `from: ` and the header of the column; in a long table, the metric's name there"})
	}
	if m.Weight.Set && m.Aggregate.Set && m.Aggregate.V != "mean" {
		report(Diagnostic{Code: "import-incomplete", Span: m.Weight.Span,
			Message: fmt.Sprintf("only a mean has a weight, and the aggregate of `%s` is %s", m.Key, m.Aggregate.V),
			Remedy:  "take `weight` away, or write `aggregate: mean`"})
	}
	return m, true
}

func (m *ImportMetric) read(r *keyReader) {
	m.From = r.text("from")
	units := FileUnits
	if m.Scale = r.scale(); m.Scale.Set {
		units = []string{"%", Points}
	}
	r.takes("unit", KeyForm{Kind: ChoiceKey, Choices: append(slices.Clone(FileUnits), Points)})
	m.Unit = r.choice("unit", units)
	m.Aggregate = r.choice("aggregate", Aggregates)
	m.Weight = r.text("weight")
	r.misspelt()
}

// scalePattern is a scale of ratings: 1-5.
var scalePattern = pattern.Of(`^(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})$`)

// scale reads `scale: 1-5`, or [1, 5].
func (r *keyReader) scale() (out Value[NumberRange]) {
	r.takes("scale", KeyForm{Kind: ListKey, OrText: true})
	if e := r.root.entry("scale"); e != nil && e.value.kind == yamlList {
		return r.numberRange("scale")
	}
	v := r.text("scale")
	if !v.Set {
		return out
	}
	if m := scalePattern().FindStringSubmatch(v.V); m != nil {
		low, _ := strconv.Atoi(m[1])
		high, _ := strconv.Atoi(m[2])
		if high > low+1 {
			return Value[NumberRange]{NumberRange{float64(low), float64(high)}, v.Span, true}
		}
	}
	r.report(Diagnostic{Code: "unknown-value", Span: v.Span,
		Message: fmt.Sprintf("%q isn't a scale of ratings", v.V), Remedy: "write the least and the greatest rating, as in `scale: 1-5`"})
	return out
}

// Long says whether the table has one row a value, with the metric's name in it.
func (in *Import) Long() bool { return in.Metric.Set }

// Columns are the headers of all columns that the import reads.
func (in *Import) Columns() []Value[string] {
	columns := slices.Concat(in.Person, in.Row)
	columns = append(columns, in.Date, in.Metric, in.Value)
	for _, s := range in.Skip {
		columns = append(columns, s.Column)
	}
	for _, m := range in.Metrics {
		if !in.Long() {
			columns = append(columns, m.From)
		}
		columns = append(columns, m.Weight)
	}
	return slices.DeleteFunc(columns, func(c Value[string]) bool { return !c.Set })
}

package metricsimport

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
)

// Options are what an import needs to know besides the settings.
type Options struct {
	Today       logparse.Date  // nothing is observed after it
	Day         logparse.Date  // of all rows, where the export has no column for the date
	DateFormat  string         // in place of the import's, where it isn't empty
	SkipUnknown bool           // leave the rows of people out who are not in the logbook
	Zone        *time.Location // of the import's times, nil where it has none
	Logbook     *time.Location // in which the logbook's days begin, nil where it doesn't say
}

// An Observation is one value that an export gives.
type Observation struct {
	Date   logparse.Date `json:"date"`
	Person string        `json:"person"` // id
	Metric string        `json:"metric"` // key of the catalogue
	Value  float64       `json:"value"`
	Line   int           `json:"line"` // the first one that it comes from
}

// A Result is what an export says. Where there are problems, nothing of it is to
// be kept.
type Result struct {
	Import       string
	Observations []Observation // by date, person and metric
	Problems     []Problem
	Notes        []string // what was left out or taken together, in sentences
	Rows         int      // that have values
	Ignored      int      // columns that nobody asked for
	Unknown      []string // people who were skipped, as the export names them

	every       period
	first, last logparse.Date // of the rows
	eachWhole   bool          // every value is of one row, which is of a whole week or month
}

// A column is one mapped metric.
type column struct {
	logparse.ImportMetric
	measure
	header string // of the column with the values
}

// several says whether the import states what becomes of several rows.
func (c *column) several() bool {
	return c.Aggregate.Set || c.Weight.Set || c.Scale.Set && c.quantity == share
}

// A cell is a value of one metric.
type cell struct {
	*row
	*column
	value
	text   string
	weight value // as the file has it
}

type reader struct {
	*table
	Options
	problems
	in      *logparse.Import
	people  People
	result  *Result
	columns []*column
	blank   []string
	end     string // the header of the end of what the date starts, or ""

	rows    []*row
	cells   []cell
	moments map[string]*moment

	decimal  byte // ',' or '.', once it is known
	order    int  // once it is known
	timed    bool // some time is not midnight
	spans    bool // the dates are weeks, months or ranges
	startsAt bool // each date is the first day of a week, whatever its weekday

	left         [unfinished + 1]int // rows that give no value, by the reason
	totals       []string            // lines
	otherMetrics map[string]bool
	unknown      map[string]bool // names that are nobody's or two people's
	stranger     *row            // the first that names nobody in the logbook
	groups       map[groupKey]*group
}

// Read reads an export by one of the settings' imports.
func Read(f *File, in *logparse.Import, settings *logparse.Settings, people People, opt Options) *Result {
	r := &reader{
		Options: opt, in: in, people: people, result: &Result{Import: in.Name, every: period(cmp.Or(in.Every.V, string(day)))}, blank: slices.Clone(defaultBlanks),
		moments: make(map[string]*moment), unknown: make(map[string]bool), otherMetrics: make(map[string]bool), groups: make(map[groupKey]*group),
	}
	t, missing := f.tableFor(in)
	if r.table = t; t == nil {
		r.add("header", f.Name, 0, 0, fmt.Sprintf("no line of the file's first %d has the columns of the import %s; missing: %s", maxHead, in.Name, some(allQuoted(missing), len(missing))),
			"name the columns as the file's header does, or choose another import with --as")
	}
	for _, step := range []func(){func() { r.bind(settings) }, func() { r.collect(); r.settle() }, r.take} {
		if len(r.list) == 0 {
			step()
		}
	}
	if r.result.Problems = r.list; len(r.list) > 0 {
		r.result.Observations = nil
	}
	return r.result
}

// at notes a problem at a cell of a row.
func (r *reader) at(kind string, row *row, header, message, remedy string) {
	line, nth := r.place(row, header)
	r.add(kind, r.Name, line, nth, message, remedy)
}

// bind finds the columns of the import in the table.
func (r *reader) bind(settings *logparse.Settings) {
	for _, v := range r.in.Columns() {
		r.use(v.V)
		if times := len(r.find(v.V)); times > 1 {
			r.add("twice", r.Name, r.headerLine, 1, fmt.Sprintf("%d columns have the header %s, so it isn't clear which one is meant", times, quoted(v.V)),
				"rename one of them in the file, or leave it out of the export")
		}
	}
	r.result.Ignored = len(r.header) - len(r.used)
	if !r.in.Date.Set && r.Day.IsZero() {
		r.add("no date", r.Name, 0, 0, fmt.Sprintf("the import %s names no column for the date", r.in.Name), "say which day the values are for: --date YYYY-MM-DD; or write `date: ` and the column's header in the import")
	}
	r.end = endOf(r.in.Date.V)
	r.use(r.end)
	for _, b := range r.in.Blank {
		r.blank = append(r.blank, strings.ToLower(strings.TrimSpace(b.V)))
	}
	for _, m := range r.in.Metrics {
		c := &column{ImportMetric: m, header: cmp.Or(r.in.Value.V, m.From.V)}
		for _, entry := range settings.Metrics {
			if entry.Key == m.Key {
				c.measure = measureOf(entry)
			}
		}
		r.columns = append(r.columns, c)
		unit := m.Unit.V
		if m.Scale.Set {
			unit = strings.TrimSpace("ratings " + unit)
		}
		if m.Aggregate.V != "count" && unit != "" && !c.fits(unit) {
			r.add("unit", r.Name, 0, 0, fmt.Sprintf("the import %s reads %s in %s, but the catalogue has it in %s", r.in.Name, m.Key, unit, cmp.Or(c.unit, "no unit")), "change one of the two in coachlog.yaml")
		}
	}
}

// collect reads the rows: whose are they, and what do their cells look like?
func (r *reader) collect() {
	broken := func(line, nth int) {
		r.add("csv", r.Name, line, nth, "a quote here isn't closed, or is inside a value", "export the file again, or fix the row")
	}
	records := 0
	for row := range r.table.rows(broken) {
		if records++; records > maxRows {
			r.add("rows", r.Name, 0, 0, fmt.Sprintf("the file has more than %d rows", maxRows), "export a shorter period at a time")
			break
		}
		if columns := r.metricsOf(row); columns != nil {
			r.meet(row)
			r.lookAt(row, columns)
			r.rows = append(r.rows, row)
		}
	}
	r.sayUnknown()
}

// name is how a row names its person.
func (r *reader) name(row *row) string {
	var parts []string
	for _, header := range r.in.Person {
		parts = append(parts, r.cell(row, header.V))
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

func (r *reader) isBlank(cell string) bool { return slices.Contains(r.blank, strings.ToLower(cell)) }

// metricsOf are the metrics of which a row has values. Rows of other kinds, which
// exports have, are counted.
func (r *reader) metricsOf(row *row) (columns []*column) {
	for _, s := range r.in.Skip {
		text := logparse.NormalText(r.cell(row, s.Column.V))
		if slices.ContainsFunc(s.Texts, func(t logparse.Value[string]) bool { return logparse.NormalText(t.V) == text }) {
			r.left[skipped]++
			return nil
		}
	}
	name, date, metric := r.name(row), r.cell(row, r.in.Date.V), logparse.NormalText(r.cell(row, r.in.Metric.V))
	for _, c := range r.columns {
		if !r.in.Long() || logparse.NormalText(c.From.V) == metric {
			columns = append(columns, c)
		}
	}
	switch {
	case slices.Equal(row.record, r.header): // once more, on a new page
	case !slices.ContainsFunc(r.columns, func(c *column) bool { return !r.isBlank(r.cell(row, c.header)) }):
		r.left[valueless]++
	case isTotal(name) && len(r.people.find(name)) == 0 || isTotal(date):
		r.totals = append(r.totals, strconv.Itoa(row.line))
	case columns == nil:
		r.otherMetrics[metric] = true
	case len(row.record) != len(r.header): // one blank too many is no small matter: 92,5 without quotes looks just like that
		r.at("fields", row, "", fmt.Sprintf("this row has %s, and the header has %d", sentence.Count(len(row.record), "value"), len(r.header)),
			"a value with the column separator in it needs quotes around it; export the file again, or fix the row")
	default:
		return columns
	}
	return nil
}

// meet finds a row's person. It tells of rows that name nobody or two people.
func (r *reader) meet(row *row) {
	name, header := r.name(row), r.in.Person[0].V
	found := r.people.find(name)
	switch {
	case len(found) == 1:
		row.person = found[0]
	case name == "":
		r.at("nobody", row, header, "this row has values but names nobody", "if the row above has the name, fill it in; if this row is a total, leave it out with `skip`")
	case r.unknown[name]:
	case len(found) > 1:
		r.unknown[name] = true
		r.at("two people", row, header, fmt.Sprintf("%s can be %s", quoted(name), strings.Join(found, " and ")), "export a column that tells them apart, such as an id or an e-mail address, and list it in `known_as` or `email` of their plans")
	default:
		r.unknown[name] = true
		r.stranger = cmp.Or(r.stranger, row)
		r.result.Unknown = append(r.result.Unknown, name)
	}
}

// mostNamed is how many strangers a message lists.
const mostNamed = 100

// sayUnknown lists the people of the export who isn't in the logbook.
func (r *reader) sayUnknown() {
	names := r.result.Unknown
	if r.SkipUnknown || len(names) == 0 {
		return
	}
	r.result.Unknown = nil
	verb := "is"
	if len(names) > 1 {
		verb = "are"
	}
	r.at("unknown", r.stranger, r.in.Person[0].V, fmt.Sprintf("%s %s nobody in this logbook", some(allQuoted(names), mostNamed), verb),
		"add the export's name, e-mail or number to `known_as` of their plan, or to their entry in `people` of coachlog.yaml; to leave them out: --skip-unknown, or `skip` for rows that are nobody's")
}

// lookAt reads the date and the values of a row.
func (r *reader) lookAt(row *row, columns []*column) {
	if header := r.in.Date.V; r.in.Date.Set {
		text := r.cell(row, header)
		m, known := r.moments[text]
		if !known {
			m = scanMoment(text)
			r.moments[text] = m
		}
		switch row.when = m; {
		case text == "":
			r.at("bad date", row, header, "this row has values but no date", "fill the date in; if this row is a total, leave it out with `skip`")
		case m == nil:
			r.at("bad date", row, header, quoted(text)+" can't be read as one certain date",
				"write days as 2026-07-06, and times as 2026-07-06 14:30, with an offset such as +02:00 if there is one")
		}
	}
	for _, c := range columns {
		v := cell{row: row, column: c, text: r.cell(row, c.header), weight: scanNumber(r.cell(row, c.Weight.V))}
		if c.Aggregate.V != "count" && c.Unit.V != "yes/no" {
			v.value = scanValue(v.text)
		}
		if !r.isBlank(v.text) {
			r.cells = append(r.cells, v)
		}
	}
}

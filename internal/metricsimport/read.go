package metricsimport

import (
	"fmt"
	"strings"
	"time"

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

// A column is one mapped metric: what the settings say of it, and what its cells
// say of themselves.
type column struct {
	logparse.ImportMetric
	measure
	at, weight int // columns of the table; -1 where there is none
	rows       int // that have it
	clocks     int // that are a clock of three
	unround    int // of these, that have seconds
	greatest   float64
	bares      int     // its bare numbers
	least      float64 // of them
	most       float64
	notRating  bool // one of them is no rating

	sign, bare, small, large, clock2, clock3 place // the first cell of each form; small is 2 or less, large above 10
	shown                                    struct{ bare, small, clock2 string }
}

// several says whether the import states what becomes of several rows.
func (c *column) several() bool {
	return c.Aggregate.Set || c.Weight.Set || c.Scale.Set && c.quantity == share
}

type reader struct {
	*table
	Options
	problems
	in      *logparse.Import
	people  *People
	result  *Result
	columns []*column
	named   map[string]*column // by the name that a long table has for it

	person              []int
	date, metric, value int
	end                 int   // the column with the end of what that of the date starts, or -1
	identity            []int // columns of `row`
	skip                map[int][]string
	blank               map[string]bool

	decimal byte // ',' or '.', once it is known
	order   int  // once it is known

	startsAt bool // each date is the first day of a week, whatever its weekday
	found    evidence
	left     counts
	drop     map[int]bool // lines that another one repeats or corrects
	unknown  map[string]*stranger
	doubted  map[string]bool
	groups   map[groupKey]*group
}

// counts are rows that give no value, and why.
type counts struct {
	skipped, valueless, weightless, unfinished, repeated, corrected int
	totals                                                          []int // lines
	otherMetrics                                                    map[string]bool
}

// A stranger is somebody whom an export names and the logbook doesn't know.
type stranger struct {
	name string
	at   place
}

func newReader(in *logparse.Import, people *People, opt Options) *reader {
	r := &reader{
		Options: opt, in: in, people: people, result: &Result{Import: in.Name, every: day},
		unknown: make(map[string]*stranger), doubted: make(map[string]bool), groups: make(map[groupKey]*group), drop: make(map[int]bool),
	}
	if in.Every.Set {
		r.result.every = period(in.Every.V)
	}
	return r
}

// Read reads an export by one of the settings' imports.
func Read(f *File, in *logparse.Import, settings *logparse.Settings, people *People, opt Options) *Result {
	r := newReader(in, people, opt)
	r.path = f.Name
	if r.bind(f, settings) {
		r.look()
		if r.settle() {
			r.take()
			r.finish()
		}
	}
	r.result.Problems = r.list
	if len(r.list) > 0 {
		r.result.Observations = nil
	}
	return r.result
}

// at notes a problem at a cell.
func (r *reader) at(kind string, p place, message, remedy string) {
	r.add(kind, p.line, r.column(p), message, remedy)
}

// bind finds the columns of the import in the table.
func (r *reader) bind(f *File, settings *logparse.Settings) bool {
	t, missing := f.tableFor(r.in)
	if t == nil {
		r.add("header", 0, 0, fmt.Sprintf("no line of the file's first %d has the columns of the import %s; missing: %s", maxHead, r.in.Name, quotedList(missing)),
			"name the columns as the file's header does, or choose another import with --as")
		return false
	}
	return r.bindTable(t, settings)
}

func (r *reader) bindTable(t *table, settings *logparse.Settings) bool {
	r.table = t
	used := make(map[int]bool)
	index := func(v logparse.Value[string]) int {
		if !v.Set {
			return -1
		}
		at, times := t.find(v.V)
		used[at] = true
		if times > 1 {
			r.add("twice", t.headerLine, 1, fmt.Sprintf("%d columns have the header %s, so nobody can say which one is meant", times, quoted(v.V)), "rename one of them in the file, or leave it out of the export")
		}
		return at
	}
	for _, v := range r.in.Person {
		r.person = append(r.person, index(v))
	}
	for _, v := range r.in.Row {
		r.identity = append(r.identity, index(v))
	}
	r.date, r.metric, r.value = index(r.in.Date), index(r.in.Metric), index(r.in.Value)
	r.end = r.endColumn()
	if r.date < 0 && r.Day.IsZero() {
		r.add("no date", 0, 0, fmt.Sprintf("the import %s names no column for the date", r.in.Name), "say what day the values are of: --date YYYY-MM-DD; or write `date: ` and the column's header in the import")
	}
	r.skip = make(map[int][]string)
	for _, s := range r.in.Skip {
		at := index(s.Column)
		for _, text := range s.Texts {
			r.skip[at] = append(r.skip[at], logparse.NormalText(text.V))
		}
	}
	r.blank = make(map[string]bool)
	for _, b := range defaultBlanks {
		r.blank[b] = true
	}
	for _, b := range r.in.Blank {
		r.blank[strings.ToLower(strings.TrimSpace(b.V))] = true
	}
	r.bindMetrics(settings, index)
	r.result.Ignored = len(t.header) - len(used)
	if used[-1] {
		r.result.Ignored++
	}
	return len(r.list) == 0
}

func (r *reader) bindMetrics(settings *logparse.Settings, index func(logparse.Value[string]) int) {
	r.named = make(map[string]*column)
	for _, m := range r.in.Metrics {
		c := &column{ImportMetric: m, at: r.value}
		for _, entry := range settings.Metrics {
			if entry.Key == m.Key {
				c.measure = measureOf(entry)
			}
		}
		if !r.in.Long() {
			c.at = index(m.From)
		} else if name := logparse.NormalText(m.From.V); r.named[name] != nil {
			r.add("twice", 0, 0, fmt.Sprintf("the import %s reads %s as two metrics: %s and %s", r.in.Name, quoted(m.From.V), r.named[name].Key, m.Key), "keep one of the two")
		} else {
			r.named[name] = c
		}
		c.weight = index(m.Weight)
		r.checkScale(c)
		if m.Unit.Set && !m.Scale.Set && m.Aggregate.V != "count" && !c.fits(m.Unit.V) {
			has := "no unit"
			if c.unit != "" {
				has = "the unit " + c.unit
			}
			r.add("unit", 0, 0, fmt.Sprintf("the import %s reads %s in %s, and %s has %s in the catalogue", r.in.Name, m.Key, m.Unit.V, m.Key, has), "change one of the two in coachlog.yaml")
		}
		r.columns = append(r.columns, c)
	}
}

func quotedList(texts []string) string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = quoted(t)
	}
	return strings.Join(out, ", ")
}

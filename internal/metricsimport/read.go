package metricsimport

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"slices"
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
	Date   logparse.Date
	Person string // id
	Metric string // key of the catalogue
	Value  float64
	Line   int // the first one that it comes from
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

	sign, bare, small, large, clock2, clock3 place // the first cell of each form; small is 2 or less, large above 10
	shown                                    struct{ bare, small, clock2 string }
}

// several says whether the import states what becomes of several rows.
func (c *column) several() bool { return c.Aggregate.Set || c.Weight.Set }

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
	identity            []int // columns of `row`
	skip                map[int][]string
	blank               map[string]bool

	decimal byte // ',' or '.', once it is known
	order   int  // once it is known
	found   evidence
	left    counts
	drop    map[int]bool // lines that another one repeats or corrects
	unknown map[string]*stranger
	doubted map[string]bool
	groups  map[groupKey]*group
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
		if m.Unit.Set && m.Aggregate.V != "count" && !c.fits(m.Unit.V) {
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

// A kind says what a row is.
type kind int

const (
	data kind = iota
	skipped
	heading
	total
	valueless
)

// name is how a row names its person.
func (r *reader) name(row *row) string {
	if len(r.person) == 1 {
		return row.cell(r.person[0])
	}
	parts := make([]string, len(r.person))
	for i, at := range r.person {
		parts[i] = row.cell(at)
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

func (r *reader) isBlank(cell string) bool { return r.blank[strings.ToLower(cell)] }

// kindOf tells rows of data from the others that exports have.
func (r *reader) kindOf(row *row) kind {
	for at, texts := range r.skip {
		if slices.Contains(texts, logparse.NormalText(row.cell(at))) {
			return skipped
		}
	}
	if row.cell(r.person[0]) == r.header[r.person[0]] && (r.date < 0 || row.cell(r.date) == r.header[r.date]) && len(row.cells) == len(r.header) {
		return heading // once more, on a new page
	}
	if !slices.ContainsFunc(r.columns, func(c *column) bool { return !r.isBlank(row.cell(c.at)) }) {
		return valueless
	}
	if name := r.name(row); isTotal(name) && len(r.people.find(name)) == 0 || r.date >= 0 && isTotal(row.cell(r.date)) {
		return total
	}
	return data
}

// columnsOf are the metrics of which a row has values.
func (r *reader) columnsOf(row *row) []*column {
	if !r.in.Long() {
		return r.columns
	}
	if c := r.named[logparse.NormalText(row.cell(r.metric))]; c != nil {
		return []*column{c}
	}
	return nil
}

// evidence is what the file's cells say of how they are written.
type evidence struct {
	point, comma, lone place  // the first number with each decimal sign, and with one that could be either
	loneText           string // the cell of lone

	possible [orders]bool  // date orders in which every date exists
	dated    bool          // there are dates
	clash    place         // the date that no order was left for
	clashed  string        // the cell of clash
	differ   [orders]place // dates that are two days: in dmy and mdy, mdy and ymd, ymd and dmy
	differs  [orders]string
	timed    bool // some time is not midnight
	offset   place
	naive    place // a time without an offset

	identities map[[16]byte]seen
	records    map[[16]byte]int // lines
	again      []pair           // rows of one identity that are the same
	changed    []pair           // rows of one identity that differ
	twins      []pair           // rows that are the same in every column
}

type seen struct {
	record [16]byte
	line   int
}

// A pair is two lines, the later one with its place.
type pair struct {
	earlier int
	later   place
}

// look is the first pass: whose are the rows, and what do the cells say of how
// they are written?
func (r *reader) look() {
	e := &r.found
	e.possible = [orders]bool{true, true, true}
	e.identities, e.records = make(map[[16]byte]seen), make(map[[16]byte]int)
	r.left.otherMetrics = make(map[string]bool)
	broken := func(at place, err error) {
		message, remedy := "a quote here is not closed, or stands within a value", "export the file again, or mend the row"
		if !errors.Is(err, csv.ErrQuote) && !errors.Is(err, csv.ErrBareQuote) {
			message = "this row can't be read: " + err.Error()
		}
		r.at("csv", at, message, remedy)
	}
	rows := 0
	r.rows(broken, func(row *row) bool {
		if rows++; rows > maxRows {
			r.add("rows", 0, 0, fmt.Sprintf("the file has more than %d rows", maxRows), "export a shorter time at once")
			return false
		}
		switch r.kindOf(row) {
		case skipped:
			r.left.skipped++
		case total:
			r.left.totals = append(r.left.totals, row.line)
		case valueless:
			r.left.valueless++
		case data:
			r.lookAtRow(row)
		}
		return true
	})
	r.sayUnknown()
}

func (r *reader) lookAtRow(row *row) {
	columns := r.columnsOf(row)
	if len(columns) == 0 {
		r.left.otherMetrics[logparse.NormalText(row.cell(r.metric))] = true
		return
	}
	if !r.isWhole(row) {
		r.at("fields", place{row.line, 1}, fmt.Sprintf("this row has %s, and the header has %d", count(len(row.cells), "value"), len(r.header)),
			"a value that holds the sign between columns wants quotes around it; export the file again, or mend the row")
		return
	}
	r.meet(row)
	if r.date >= 0 {
		r.lookAtDate(row)
	}
	for _, c := range columns {
		c.rows++
		r.lookAtValue(row, c)
	}
	if len(r.people.find(r.name(row))) == 1 {
		r.lookAtIdentity(row)
	}
}

// isWhole says whether a row has the header's columns. One more blank at the end
// is no small matter: 92,5 without quotes looks just like that.
func (r *reader) isWhole(row *row) bool { return len(row.cells) == len(r.header) }

// meet tells of rows that name nobody, somebody unknown, or two people.
func (r *reader) meet(row *row) {
	name := r.name(row)
	found := r.people.find(name)
	key := logparse.NormalText(name)
	switch {
	case len(found) == 1:
	case key == "":
		r.at("nobody", row.place(r.person[0]), "this row has values and names nobody", "fill the name in where the row above has it; leave the row out by `skip` where it is a total")
	case len(found) > 1:
		if !r.doubted[key] {
			r.at("two people", row.place(r.person[0]), fmt.Sprintf("%s can be %s", quoted(name), r.people.who(found)), "export a column that tells them apart, such as an id or an e-mail address, and list it in `known_as` or `email` of their plans")
		}
		r.doubted[key] = true
	case r.unknown[key] == nil:
		r.unknown[key] = &stranger{at: row.place(r.person[0]), name: name}
	}
}

func (r *reader) lookAtDate(row *row) {
	e := &r.found
	cell := row.cell(r.date)
	m, ok := scanMoment(cell)
	if !ok {
		r.reportDate(cell, row.place(r.date))
		return
	}
	e.dated = true
	left := false
	for order := range e.possible {
		date, can := m.in(order)
		if order == ymd && date != m.dates[dmy] && date.Year > r.Today.Year {
			can = false // 31/12/25 is no day of 2031
		}
		e.possible[order] = e.possible[order] && can
		left = left || e.possible[order]
	}
	if !left && !e.clash.isSet() {
		e.clash, e.clashed = row.place(r.date), cell
	}
	for i := range e.differ {
		a, b := m.dates[i], m.dates[(i+1)%orders]
		if !e.differ[i].isSet() && a != b && !a.IsZero() && !b.IsZero() {
			e.differ[i], e.differs[i] = row.place(r.date), cell
		}
	}
	if m.hasTime {
		e.timed = e.timed || m.clock != 0
		if at := &e.naive; !m.hasOffset && !at.isSet() {
			*at = row.place(r.date)
		}
		if at := &e.offset; m.hasOffset && !at.isSet() {
			*at = row.place(r.date)
		}
	}
}

// reportDate says why a cell is no date.
func (r *reader) reportDate(cell string, at place) {
	message := quoted(cell) + " is not a date that can be read for certain"
	remedy := "write days as 2026-07-06, and times as 2026-07-06 14:30, with an offset such as +02:00 where there is one"
	switch {
	case cell == "":
		message, remedy = "this row has values and no date", "fill the date in; leave the row out by `skip` where it is a total"
	case areDigits(strings.Join(strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("/-.", r) }), "")) && len(cell) > 5:
		message = quoted(cell) + " is not a day of the calendar"
	case len(cell) == 5 && areDigits(cell):
		message, remedy = quoted(cell)+" is a day as a spreadsheet counts them, and no date", "give the column the format of a date before you save it"
	}
	r.at("bad date", at, message, remedy)
}

func (r *reader) lookAtValue(row *row, c *column) {
	note := func(p *place, at int) bool {
		if p.isSet() {
			return false
		}
		*p = row.place(at)
		return true
	}
	number := func(n number, at int, cell string) {
		switch {
		case n.decimal == '.':
			note(&r.found.point, at)
		case n.decimal == ',':
			note(&r.found.comma, at)
		case n.lone != 0 && note(&r.found.lone, at):
			r.found.loneText = cell
		}
	}
	if cell := row.cell(c.weight); c.weight >= 0 {
		if n, ok := scanNumber(cell); ok {
			number(n, c.weight, cell)
		}
	}
	cell := row.cell(c.at)
	if r.isBlank(cell) || c.Aggregate.V == "count" || c.Unit.V == "yes/no" {
		return
	}
	switch v := scanValue(cell); v.form {
	case percentage:
		note(&c.sign, c.at)
		number(v.number, c.at, cell)
	case bareNumber:
		number(v.number, c.at, cell)
		n, _ := v.number.value(v.number.decimal)
		if n != 0 && note(&c.bare, c.at) {
			c.shown.bare = cell
		}
		if n != 0 && n >= -2 && n <= 2 && note(&c.small, c.at) {
			c.shown.small = cell
		}
		if n > 10 {
			note(&c.large, c.at)
		}
	case twoClock:
		if note(&c.clock2, c.at) {
			c.shown.clock2 = cell
		}
	case threeClock:
		note(&c.clock3, c.at)
		c.clocks++
		if math.Mod(v.seconds, 60) != 0 {
			c.unround++
		}
	}
}

func digest(parts []string) (out [16]byte) {
	h := sha256.New()
	var size [4]byte
	for _, p := range parts {
		binary.LittleEndian.PutUint32(size[:], uint32(len(p)))
		h.Write(size[:])
		h.Write([]byte(p))
	}
	copy(out[:], h.Sum(nil))
	return out
}

// lookAtIdentity finds rows that stand there twice.
func (r *reader) lookAtIdentity(row *row) {
	e := &r.found
	record := digest(row.cells)
	if earlier, twice := e.records[record]; twice {
		e.twins = append(e.twins, pair{earlier, place{row.line, 1}})
	} else {
		e.records[record] = row.line
	}
	key := []string{r.people.who(r.people.find(r.name(row))), row.cell(r.metric)}
	for _, at := range r.identity {
		key = append(key, row.cell(at))
	}
	if len(r.identity) == 0 {
		key = append(key, row.cell(r.date))
	}
	id := digest(key)
	before, twice := e.identities[id]
	switch {
	case twice && before.record == record:
		e.again = append(e.again, pair{before.line, place{row.line, 1}})
		return
	case twice:
		e.changed = append(e.changed, pair{before.line, place{row.line, 1}})
	}
	e.identities[id] = seen{record, row.line}
}

// settle decides, from what the import states and what the cells show, how they
// are to be read. Where neither says so, it asks.
func (r *reader) settle() bool {
	r.settleDates()
	r.settleDecimal()
	for _, c := range r.columns {
		r.settleUnit(c)
	}
	r.settleRepeats()
	return len(r.list) == 0
}

func (r *reader) settleDates() {
	e := &r.found
	format := r.in.DateFormat.V
	if r.DateFormat != "" {
		format = r.DateFormat
	}
	r.order = ymd
	switch {
	case format != "":
		r.order = slices.Index(logparse.DateFormats, format)
	case !e.dated:
	case e.clash.isSet():
		r.at("date", e.clash, fmt.Sprintf("%s is not a day in the order of day, month and year that the dates above have", quoted(e.clashed)),
			"export the dates in one order, best as 2026-07-06")
	default:
		var left []string
		for order, possible := range e.possible {
			if possible {
				left = append(left, logparse.DateFormats[order])
				r.order = order
			}
		}
		for i, at := range e.differ {
			if j := (i + 1) % orders; e.possible[i] && e.possible[j] && at.isSet() {
				r.at("date", at, fmt.Sprintf("%s can be more than one day, and no date in the file settles the order of day, month and year", quoted(e.differs[i])),
					fmt.Sprintf("say which it is: --date-format %s; to keep it, `date_format:` in the import %s", strings.Join(left, "|"), r.in.Name))
				break
			}
		}
	}
	const zone = "write the logbook's `time_zone` in coachlog.yaml, as in Europe/Berlin, or `time_zone: as written` in the import to take each day as it stands there"
	switch {
	case r.in.TimeZone.V == logparse.AsWritten:
	case e.offset.isSet() && e.naive.isSet() && r.Zone == nil:
		r.at("zone", e.naive, fmt.Sprintf("this time has no offset from UTC, and the one on line %d has", e.offset.line), "write the `time_zone` of such times in the import "+r.in.Name)
	case e.offset.isSet() && r.Logbook == nil:
		r.at("zone", e.offset, "this time has an offset from UTC, and the logbook doesn't say in which time zone its days begin", zone)
	case e.timed && r.Zone != nil && r.Logbook == nil:
		r.at("zone", e.naive, fmt.Sprintf("the import says %s, and the logbook doesn't say in which time zone its days begin", r.in.TimeZone.V), zone)
	}
}

func (r *reader) settleDecimal() {
	e := &r.found
	remedy := fmt.Sprintf("write `decimal: comma` or `decimal: point` in the import %s", r.in.Name)
	switch {
	case r.in.Decimal.V == "comma":
		r.decimal = ','
	case r.in.Decimal.V == "point":
		r.decimal = '.'
	case e.point.isSet() && e.comma.isSet():
		later, earlier := e.point, e.comma
		if earlier.line > later.line || earlier.line == later.line && earlier.byte > later.byte {
			later, earlier = earlier, later
		}
		r.at("decimal", later, fmt.Sprintf("this number has another decimal sign than the one on line %d", earlier.line), remedy)
	case e.point.isSet():
		r.decimal = '.'
	case e.comma.isSet():
		r.decimal = ','
	case e.lone.isSet():
		r.at("decimal", e.lone, fmt.Sprintf("%s can be a thousand or a decimal, and no number in the file settles it", quoted(e.loneText)), remedy)
	}
}

func (r *reader) settleUnit(c *column) {
	ask := func(kind string, at place, message, units string) {
		r.at(kind+" "+c.Key, at, message, fmt.Sprintf("write `unit` of %s in the import %s: %s", c.Key, r.in.Name, units))
	}
	if c.quantity == duration {
		if c.bare.isSet() && !c.Unit.Set {
			ask("unit", c.bare, fmt.Sprintf("%s doesn't say its unit, and %s is counted in %s", quoted(c.shown.bare), c.Key, c.unit), "s, ms, min, h or d")
		}
		if c.clock2.isSet() && !c.clock3.isSet() && c.Unit.V != "m:ss" && c.Unit.V != "h:mm" {
			ask("clock", c.clock2, fmt.Sprintf("%s can be minutes and seconds, or hours and minutes", quoted(c.shown.clock2)), "m:ss or h:mm")
		}
	}
	if c.quantity != share || c.Unit.Set {
		return
	}
	switch headed := hintOf(c.From.V) == "%" || strings.Contains(c.From.V, "%"); {
	case c.bare.isSet() && c.sign.isSet():
		ask("unit", c.bare, fmt.Sprintf("%s has no percent sign, and the value on line %d has one", quoted(c.shown.bare), c.sign.line), `"%" or fraction, which is then meant where the sign is missing`)
	case c.small.isSet():
		ask("unit", c.small, fmt.Sprintf("%s can be a fraction of 1, or percent", quoted(c.shown.small)), `"%" or fraction`)
	case c.bare.isSet() && !c.large.isSet() && !headed:
		ask("unit", c.bare, fmt.Sprintf("nothing says that %s is percent: no value is above 10", quoted(c.shown.bare)), `"%"; what is counted on another scale is another metric, with a unit of its own in the catalogue`)
	}
}

// settleRepeats decides what becomes of rows that stand there twice. A time, a
// call's id, or a table with one row a day says what one row is.
func (r *reader) settleRepeats() {
	e := &r.found
	oneEach := !slices.ContainsFunc(r.columns, (*column).several)
	named := len(r.identity) > 0 || e.timed || oneEach
	repeats := e.twins
	if named {
		repeats = e.again
	}
	if r.in.Repeats.V != "count" {
		for _, p := range repeats {
			if !named && !r.in.Repeats.Set {
				r.at("repeated", p.later, fmt.Sprintf("this row is the same as line %d in every column: one row twice, or two calls alike", p.earlier),
					fmt.Sprintf("name the column that tells rows apart, as in `row: Call ID`, in the import %s; or write `repeats: once` or `repeats: count`", r.in.Name))
				continue
			}
			r.drop[p.later.line] = true
			r.left.repeated++
		}
	}
	if !named {
		return
	}
	for _, p := range e.changed {
		if r.in.Corrections.V == "last" {
			r.drop[p.earlier] = true
			r.left.corrected++
			continue
		}
		remedy := "where the later row corrects the earlier one, write `corrections: last` in the import " + r.in.Name
		switch {
		case len(r.identity) > 0:
			remedy += "; where both count, name more columns in `row`"
		case oneEach:
			remedy += fmt.Sprintf("; where both count, say for each metric how they make one value: `aggregate: ` %s, or `weight: ` and the column of the number of calls", strings.Join(logparse.Aggregates, ", "))
		default:
			remedy += "; where both count, name the columns that tell them apart, as in `row: Call ID` or `row: [Interval, Queue]`"
		}
		r.at("changed", p.later, fmt.Sprintf("this row is of the same person and time as line %d, and differs from it", p.earlier), remedy)
	}
}

// take is the second pass: the values.
func (r *reader) take() {
	r.rows(func(place, error) {}, func(row *row) bool {
		if r.kindOf(row) == data && !r.drop[row.line] && r.isWhole(row) {
			r.takeRow(row)
		}
		return true
	})
}

func (r *reader) takeRow(row *row) {
	columns, people := r.columnsOf(row), r.people.find(r.name(row))
	if len(columns) == 0 || len(people) != 1 {
		return
	}
	date, clock, ok := r.when(row)
	if !ok {
		return
	}
	r.result.Rows++
	if r.result.first.IsZero() || date.Before(r.result.first) {
		r.result.first = date
	}
	if r.result.last.Before(date) {
		r.result.last = date
	}
	end := r.result.every.last(date)
	if r.result.every != day && r.Today.Before(end) {
		r.left.unfinished++
		return
	}
	for _, c := range columns {
		if v, ok := r.valueOf(row, c); ok {
			r.put(groupKey{end, people[0], c}, v, row, clock)
		}
	}
}

// mostNamed is how many strangers a message lists.
const mostNamed = 100

// sayUnknown lists the people of the export whom the logbook doesn't know.
func (r *reader) sayUnknown() {
	strangers := make([]*stranger, 0, len(r.unknown))
	for _, s := range r.unknown {
		strangers = append(strangers, s)
	}
	slices.SortFunc(strangers, func(a, b *stranger) int { return a.at.line - b.at.line })
	names := make([]string, len(strangers))
	for i, s := range strangers {
		names[i] = s.name
	}
	switch {
	case len(strangers) == 0:
		return
	case r.SkipUnknown:
		r.result.Unknown = names
		return
	}
	listed := quotedList(names[:min(len(names), mostNamed)])
	if more := len(names) - mostNamed; more > 0 {
		listed += fmt.Sprintf(" and %d more", more)
	}
	verb := "is"
	if len(names) > 1 {
		verb = "are"
	}
	r.at("unknown", strangers[0].at, listed+" "+verb+" nobody in this logbook",
		"add the export's name, e-mail or number to `known_as` of their plan, or to their entry in `people` of coachlog.yaml; to leave them out: --skip-unknown, or `skip` for rows that are nobody's")
}

// earliest is before any call that anybody coaches about.
var earliest = logparse.Date{Year: 2000, Month: time.January, Day: 1}

// when is a row's day in the logbook's time zone, and the moment that orders rows
// of a day.
func (r *reader) when(row *row) (date logparse.Date, clock time.Duration, ok bool) {
	if r.date < 0 {
		return r.Day, 0, true
	}
	cell, at := row.cell(r.date), row.place(r.date)
	m, ok := scanMoment(cell)
	if !ok {
		return date, 0, false
	}
	written, exists := m.in(r.order)
	if !exists {
		r.at("bad date", at, fmt.Sprintf("%s is not a day of the calendar in the order %s", quoted(cell), logparse.DateFormats[r.order]), "mend the date, or `date_format` in the import "+r.in.Name)
		return date, 0, false
	}
	date = written
	if r.in.TimeZone.V != logparse.AsWritten && (m.hasOffset || r.Zone != nil) && m.hasTime && r.Logbook != nil {
		date = m.civil(r.order, r.Zone, r.Logbook)
	}
	switch {
	case date != written && !r.found.timed:
		r.at("midnight", at, fmt.Sprintf("every time in this column is midnight, and as a time %s is %s in the logbook's time zone", quoted(cell), date),
			fmt.Sprintf("where each is a whole day, write `time_zone: as written` in the import %s; where it is a time, export times of day", r.in.Name))
	case r.Today.AddDays(1).Before(date):
		r.at("future", at, fmt.Sprintf("%s is %s, and today is %s", quoted(cell), date, r.Today), "look at `date_format` of the import "+r.in.Name+", and at the row")
	case date.Before(earliest):
		r.at("past", at, fmt.Sprintf("%s is %s, long before any coaching", quoted(cell), date), "look at `date_format` of the import "+r.in.Name+", and at the row")
	default:
		order := time.Duration(date.Time().Unix())*time.Second + m.clock - m.offset
		return date, order, true
	}
	return date, 0, false
}

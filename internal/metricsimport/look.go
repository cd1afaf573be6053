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

	"github.com/coachlog/coachlog/logparse"
)

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

	firstDate    place
	days, spans  int              // cells of each kind
	kinds        [orders][]period // of the spans, each once
	longInterval [orders]int      // days of the longest interval of more than one, where another column has its end

	offset place
	naive  place // a time without an offset

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
	r.lookAtSpan(row, &m)
	left := false
	fitting := slices.ContainsFunc([]int{dmy, mdy, ymd}, func(order int) bool { return !m.dates[order].IsZero() && m.fits(order, r.in.Every) })
	for order := range e.possible {
		date, can := m.in(order)
		if order == ymd && date != m.dates[dmy] && date.Year > r.Today.Year {
			can = false // 31/12/25 is no day of 2031
		}
		e.possible[order] = e.possible[order] && can && (!fitting || m.fits(order, r.in.Every))
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

// lookAtSpan notes how long the time is that a row is of.
func (r *reader) lookAtSpan(row *row, m *moment) {
	e := &r.found
	if !e.firstDate.isSet() {
		e.firstDate = row.place(r.date)
	}
	if m.isSpan() {
		e.spans++
		for order := range e.kinds {
			if kind := m.period(order); !m.dates[order].IsZero() && !slices.Contains(e.kinds[order], kind) {
				e.kinds[order] = append(e.kinds[order], kind)
			}
		}
		return
	}
	e.days++
	if r.end < 0 {
		return
	}
	if until, ok := scanPoint(row.cell(r.end)); ok {
		for order := range m.dates {
			from, to := m.dates[order], until.dates[order]
			if days := from.DaysUntil(to); !from.IsZero() && !to.IsZero() && days > 1 {
				e.longInterval[order] = max(e.longInterval[order], days)
			}
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
		c.noteRating(n, v.number.decimal != 0 || v.number.lone != 0)
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

// noteRating notes whether a bare number can be a rating: a whole one from 0 to 10.
func (c *column) noteRating(n float64, sign bool) {
	if c.bares == 0 {
		c.least, c.most = n, n
	}
	c.bares++
	c.least, c.most = min(c.least, n), max(c.most, n)
	c.notRating = c.notRating || sign || n != math.Trunc(n) || n < 0 || n > 10
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

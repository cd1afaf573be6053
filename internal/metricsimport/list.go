package metricsimport

import (
	"fmt"
	"math"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/logparse"
)

// A Listing is a mapping to fill in, for an export that no import of the settings
// fits: every column with what it holds. Only what is certain is filled in.
type Listing struct {
	Columns []*Column
	YAML    string // `imports:` with the mapping, and the columns as comments
}

// A Column is what one column of an export holds.
type Column struct {
	Name    string   `json:"name"`
	Samples []string `json:"samples"` // three different values
	Differ  int      `json:"differ"`  // how many do
	Holds   string   `json:"holds"`   // in words
	Keys    string   `json:"keys"`    // of the mapping, that the column could be

	form   form // of all values
	values int
	people int             // values that name one person of the logbook
	seen   map[string]bool // different values, and whether each is one person
}

// A form is what a cell looks like, the key that a column of such cells could be, and
// what the mapping of a metric then says besides the column.
type form struct{ holds, keys, mapping string }

var (
	isoDays   = form{holds: "days", keys: "date"}
	otherDays = form{holds: "days", keys: "date, with date_format: dmy, mdy or ymd where their order is open"}
	months    = form{holds: "months", keys: "date, with every: month"}
	isoMonths = form{holds: "months", keys: "date, with every: month", mapping: "every: month"}
	weeks     = form{holds: "weeks", keys: "date, with every: week"}
	ranges    = form{holds: "ranges of days", keys: "date, with every: week or month"}
	people    = form{holds: "people of this logbook", keys: "person"}
	bare      = form{"numbers", "a metric, with its unit", ", unit: UNIT"}
	percent   = form{holds: "percent", keys: "a metric"}
	clocks    = form{holds: "times", keys: "a metric"}
	shorts    = form{"times", "a metric, with unit: m:ss or h:mm", ", unit: UNIT"}
	yesOrNo   = form{"yes or no", "a metric, with unit: yes/no", ", unit: yes/no"}
	mixed     = form{holds: "numbers and text", keys: "a metric, with blank: or skip: for the text"}
	words     = form{holds: "text"}
)

// formOf tells what a cell looks like.
func formOf(cell string) form {
	m, v := scanMoment(cell), scanValue(cell)
	isoSign := len(cell) > 6 && cell[4] == '-'
	switch _, answer := yesNo[strings.ToLower(cell)]; {
	case v.form == bareNumber:
		return bare
	case m != nil && m.span == months && isoSign && len(cell) == 7:
		return isoMonths
	case m != nil && m.span != form{}:
		return m.span
	case m != nil && isoSign && m.last[dmy] == m.last[ymd]:
		return isoDays
	case m != nil:
		return otherDays
	case v.form != notANumber:
		return map[cellForm]form{percentage: percent, twoClock: shorts, threeClock: clocks, withUnits: clocks}[v.form]
	case answer:
		return yesOrNo
	}
	return words
}

// NameFor makes the name of an import from that of a file: without its ending,
// and without the dates and numbers that the next export has others of.
func NameFor(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	base = strings.ToLower(strings.TrimSuffix(base, path.Ext(base)))
	parts := strings.FieldsFunc(base, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	parts = slices.DeleteFunc(parts, func(part string) bool { return strings.ContainsFunc(part, unicode.IsDigit) })
	name := logparse.NormalID(strings.Join(parts[:min(len(parts), 4)], "-"))
	if !logparse.IsID(name) {
		return "export"
	}
	return name
}

// List says what the columns of an export hold.
func List(f *File, name string, who People) (*Listing, *Problem) {
	t := f.likelyTable()
	if t == nil {
		return nil, &Problem{Path: f.Name, Message: fmt.Sprintf("none of the first %d lines looks like the header of a table", maxHead),
			Remedy: "export the table with the names of its columns above it"}
	}
	l := &Listing{}
	for _, h := range t.header {
		l.Columns = append(l.Columns, &Column{Name: h, Samples: []string{}, seen: make(map[string]bool)})
	}
	for row := range t.rows(func(int, int) {}) {
		first := slices.IndexFunc(row.record, func(cell string) bool { return cell != "" })
		if len(row.record) == len(t.header) && !slices.Equal(row.record, t.header) && first >= 0 && !isTotal(row.record[first]) {
			for i, cell := range row.record {
				l.Columns[i].note(cell, who)
			}
		}
	}
	for _, c := range l.Columns {
		c.describe(len(t.find(c.Name)))
	}
	l.write(name)
	return l, nil
}

// sampled is how many rows say whether a line is their header.
const sampled = 200

// likelyTable is the table whose header is followed by the most rows of its width. A
// header has no numbers or dates.
func (f *File) likelyTable() (best *table) {
	most := 0
	for t := range f.heads() {
		names := 0
		for _, h := range t.header {
			if looks := formOf(h); looks != words && looks != yesOrNo {
				names = 0 // this is no header
				break
			} else if h != "" {
				names++
			}
		}
		rows := 0
		for row := range t.rows(func(int, int) {}) {
			if len(row.record) == len(t.header) {
				rows++
			}
			if rows == sampled || 2*names < len(t.header) || names < 2 {
				break
			}
		}
		if score := rows * min(names, 1) * len(t.header); score > most {
			most, best = score, t
		}
	}
	return best
}

// maxDiffer is how many different values are told apart.
const maxDiffer = 10_000

// note counts one cell.
func (c *Column) note(cell string, who People) {
	if slices.Contains(defaultBlanks, strings.ToLower(cell)) {
		return
	}
	c.values++
	person, seen := c.seen[cell]
	if !seen {
		person = len(who.find(cell)) == 1
	}
	if person {
		c.people++
	}
	if !seen && len(c.seen) < maxDiffer {
		c.seen[cell] = person
		if c.Differ++; c.Differ <= 3 {
			c.Samples = append(c.Samples, cell)
		}
	}
}

// describe says in words what the column holds, and which key it could be. times is
// how many columns have its header.
func (c *Column) describe(times int) {
	forms := make(map[form]bool)
	low, high, whole := math.Inf(1), math.Inf(-1), true
	for cell := range c.seen {
		looks := formOf(cell)
		forms[looks] = true
		if v := scanNumber(cell); looks == bare {
			n := v.number(v.decimal())
			low, high, whole = min(low, n), max(high, n), whole && n == math.Trunc(n) && v.decimal() == 0
		}
	}
	if forms[shorts] { // 0:07:12 is no other form beside 6:38
		delete(forms, clocks)
	}
	c.form = words
	if forms[bare] || forms[percent] || forms[clocks] || forms[shorts] {
		c.form = mixed
	}
	for f := range forms {
		if len(forms) == 1 {
			c.form = f
		}
	}
	switch scale := "scale: " + scaleText(likelyScale(low, high)); {
	case times > 1:
		c.form = form{holds: fmt.Sprintf("%d columns have this name; rename one", times)}
	case c.Name == "":
		c.form = form{holds: "no name, so no import can read it"}
	case oneLine(c.Name) != c.Name:
		c.form = form{holds: "a name that an import can't use; rename it"}
	case c.values == 0:
		c.form = form{holds: "no values"}
	case c.people == c.values:
		c.form = people
	case len(forms) > 1 && 2*c.people > c.values:
		c.form = form{holds: fmt.Sprintf("people of this logbook in %d of %d rows", c.people, c.values), keys: "person"}
	case c.form != bare:
	case whole && low >= 0 && high <= 10 && high > 1 && low < high:
		c.form = form{"whole " + span(low, high) + ", maybe ratings", "a metric, with " + scale, ", " + scale}
	case saysPercent(c.Name):
		c.form = form{holds: span(low, high), keys: "a metric in percent"}
	default:
		c.form.holds = span(low, high)
	}
	c.Holds, c.Keys = c.form.holds, c.form.keys
}

func span(low, high float64) string {
	if low == high {
		return "the number " + logparse.FormatNumber(low)
	}
	return fmt.Sprintf("numbers from %s to %s", logparse.FormatNumber(low), logparse.FormatNumber(high))
}

// those are the columns that could have a key.
func (l *Listing) those(key string) (found []*Column) {
	for _, c := range l.Columns {
		if strings.HasPrefix(c.Keys, key) {
			found = append(found, c)
		}
	}
	return found
}

// write writes the mapping.
func (l *Listing) write(name string) {
	var out strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	line("imports:\n  %s:", name)
	line("    # Each column with three of its values, how many are different, and what it could be:")
	for _, c := range l.Columns {
		could := c.Holds
		if c.Keys != "" {
			could += " -> " + c.Keys
		}
		line("    #   %s: %s (%d different): %s", oneLine(c.Name), samplesText(c.Samples), c.Differ, could)
	}
	who, dates := l.those("person"), l.those("date")
	if len(who) == 1 && who[0].form == people {
		line("    person: %s", logparse.QuoteYAML(who[0].Name))
	} else {
		line("    person:  # %s", oneOf(who, "the column that names the person"))
	}
	if len(dates) != 1 || dates[0].form != isoDays && dates[0].form != isoMonths {
		line("    date:  # %s", oneOf(dates, "the column with the day, week or month"))
		if len(dates) > 0 {
			line("    every:  # day, week or month: what a row sums up")
		}
	} else {
		line("    date: %s", logparse.QuoteYAML(dates[0].Name))
		if every := likelyPeriod(dates[0].Name, 0); dates[0].form == isoMonths {
			line("    every: month")
		} else if every != "" {
			line("    every:  # %s, where a row sums up a %s; else day", every, every)
		}
	}
	line("    metrics:")
	line("      # Replace METRIC with a metric (coachlog list metrics) and UNIT with what the file counts in")
	line("      # (s, ms, min, h, d, m:ss, h:mm, \"%%\" or fraction), and remove the #.")
	for _, c := range l.those("a metric") {
		hint := ""
		if strings.Contains(c.form.mapping, "scale:") {
			hint = "   # in %, the share of the best two ratings; in points, the ratings"
		}
		line("      # METRIC: {from: %s%s}%s", logparse.QuoteFlow(c.Name), c.form.mapping, hint)
	}
	l.YAML = out.String()
}

// oneOf names the columns among which somebody has to choose.
func oneOf(columns []*Column, what string) string {
	var names []string
	for _, c := range columns {
		name := oneLine(c.Name)
		if _, with, ok := strings.Cut(c.Keys, ", "); ok {
			name += " (" + with + ")"
		}
		names = append(names, name)
	}
	if names == nil {
		return what
	}
	return strings.Join(names, " or ") + "?"
}

func samplesText(samples []string) string {
	var texts []string
	for _, s := range samples {
		if strings.ContainsAny(s, ", ") {
			s = quoted(s)
		}
		texts = append(texts, oneLine(s))
	}
	if texts == nil {
		return "nothing"
	}
	return strings.Join(texts, ", ")
}

// oneLine is a text that stays in its comment.
func oneLine(text string) string {
	if strings.ContainsFunc(text, unicode.IsControl) || strings.ContainsAny(text, "\u0085\u2028\u2029") {
		return quoted(text)
	}
	if runes := []rune(text); len(runes) > 200 {
		return string(runes[:200]) + "…"
	}
	return text
}

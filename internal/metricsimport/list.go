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
	Name    string // of the import
	Columns []Column
	YAML    string // `imports:` with the mapping, and the columns as comments
}

// A Column is what one column of an export holds.
type Column struct {
	Name    string   `json:"name"`
	Samples []string `json:"samples"` // three different values
	Differ  int      `json:"differ"`  // how many do
	Holds   string   `json:"holds"`   // in words
	Keys    string   `json:"keys"`    // of the mapping, that the column could be

	times  int // that the header is there
	values int
	people int          // values that name one person of the logbook
	forms  map[form]int // values of each form
	low    float64
	high   float64
	whole  bool // all numbers are
	iso    bool // all months are written as 2026-09
	short  bool // some time has two parts only: 6:38
	seen   map[string]bool
}

// maxDiffer is how many different values are told apart.
const maxDiffer = 10_000

// NameFor makes the name of an import from that of a file: without its ending,
// and without the dates and numbers that the next export has others of.
func NameFor(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	base = strings.TrimSuffix(base, path.Ext(base))
	var words []string
	for _, word := range strings.FieldsFunc(strings.ToLower(base), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if !strings.ContainsFunc(word, unicode.IsDigit) {
			words = append(words, word)
		}
	}
	name := logparse.NormalID(strings.Join(words[:min(len(words), 4)], "-"))
	if !logparse.IsID(name) {
		return "export"
	}
	return name
}

// List says what the columns of an export hold.
func List(f *File, name string, people *People) (*Listing, *Problem) {
	t := f.likelyTable()
	if t == nil {
		return nil, &Problem{Path: f.Name, Message: fmt.Sprintf("none of the first %d lines looks like the header of a table", maxHead),
			Remedy: "export the table with the names of its columns above it"}
	}
	l := &Listing{Name: name}
	for _, h := range t.header {
		_, times := t.find(h)
		l.Columns = append(l.Columns, Column{Name: h, Samples: []string{}, times: times, forms: make(map[form]int), seen: make(map[string]bool), whole: true, iso: true, low: math.Inf(1), high: math.Inf(-1)})
	}
	t.rows(func(place, error) {}, func(row *row) bool {
		first := slices.IndexFunc(row.cells, func(cell string) bool { return cell != "" })
		if len(row.cells) == len(t.header) && !slices.Equal(row.cells, t.header) && first >= 0 && !isTotal(row.cells[first]) {
			for i := range l.Columns {
				l.Columns[i].note(row.cell(i), people)
			}
		}
		return true
	})
	for i := range l.Columns {
		l.Columns[i].describe()
	}
	l.write()
	return l, nil
}

// likelyTable is the table whose header is followed by the most rows of its width. A
// header has no numbers or dates.
func (f *File) likelyTable() (best *table) {
	most := 0
	f.heads(func(t *table) {
		names := 0
		for _, h := range t.header {
			if h == "" {
				continue
			}
			names++
			_, date := scanMoment(h)
			if scanValue(h).form != notANumber || date {
				return
			}
		}
		if 2*names < len(t.header) || names < 2 {
			return
		}
		rows := 0
		t.rows(func(place, error) {}, func(row *row) bool {
			if len(row.cells) == len(t.header) {
				rows++
			}
			return rows < sampled
		})
		if score := rows * len(t.header); score > most {
			most, best = score, t
		}
	})
	return best
}

// sampled is how many rows say whether a line is their header.
const sampled = 200

// note counts one cell.
func (c *Column) note(cell string, people *People) {
	if slices.Contains(defaultBlanks, strings.ToLower(cell)) {
		return
	}
	c.values++
	if len(people.find(cell)) == 1 {
		c.people++
	}
	if !c.seen[cell] && len(c.seen) < maxDiffer {
		if c.seen[cell] = true; len(c.Samples) < 3 {
			c.Samples = append(c.Samples, cell)
		}
	}
	c.forms[c.formOf(cell)]++
}

// A form is what a cell looks like, with the key that a column of such cells could be.
type form struct{ holds, keys string }

var (
	isoDays   = form{"days", "date"}
	otherDays = form{"days", "date, with date_format: dmy, mdy or ymd where their order is open"}
	months    = form{"months", "date, with every: month"}
	weeks     = form{"weeks", "date, with every: week"}
	ranges    = form{"ranges of days", "date, with every: week or month"}
	bare      = form{"numbers", "a metric, with its unit"}
	percent   = form{"percent", "a metric"}
	clocks    = form{"times", "a metric"}
	yesOrNo   = form{"yes or no", "a metric, with unit: yes/no"}
	words     = form{"text", ""}
)

// formOf tells what a cell looks like.
func (c *Column) formOf(cell string) form {
	lower := strings.ToLower(cell)
	if m, ok := scanPoint(cell); ok && !areDigits(cell) {
		if m.dates[dmy] == m.dates[ymd] && len(cell) >= 10 && cell[4] == '-' {
			return isoDays
		}
		return otherDays
	}
	if _, ok := monthIn(lower); ok {
		c.iso = c.iso && len(cell) == 7 && cell[4] == '-' && areDigits(cell[5:])
		return months
	}
	if _, ok := weekIn(lower); ok {
		return weeks
	}
	if _, ok := scanRange(lower); ok {
		return ranges
	}
	switch v := scanValue(cell); v.form {
	case bareNumber:
		n, _ := v.number.value(v.number.decimal)
		c.low, c.high = min(c.low, n), max(c.high, n)
		c.whole = c.whole && n == math.Trunc(n) && v.number.decimal == 0
		return bare
	case percentage:
		return percent
	case twoClock:
		c.short = true
		return clocks
	case threeClock, withUnits:
		return clocks
	}
	if _, ok := yesNo[lower]; ok {
		return yesOrNo
	}
	return words
}

// only says whether all values have a form.
func (c *Column) only(f form) bool { return c.values > 0 && c.forms[f] == c.values }

// describe says in words what the column holds, and which key it could be.
func (c *Column) describe() {
	c.Differ = len(c.seen)
	numbers := fmt.Sprintf("numbers from %s to %s", logparse.FormatNumber(c.low), logparse.FormatNumber(c.high))
	if c.low == c.high {
		numbers = "the number " + logparse.FormatNumber(c.low)
	}
	switch {
	case c.times > 1:
		c.Holds = fmt.Sprintf("%d columns have this name; rename one", c.times)
	case c.Name == "":
		c.Holds = "no name, so no import can read it"
	case oneLine(c.Name) != c.Name:
		c.Holds = "a name that no import can have; rename it"
	case c.values == 0:
		c.Holds = "no values"
	case c.people == c.values:
		c.Holds, c.Keys = "people of this logbook", "person"
	case c.only(bare) && c.whole && c.low >= 0 && c.high <= 10 && c.high > 1 && c.Differ > 1:
		c.Holds, c.Keys = "whole "+numbers+", a rating perhaps", "a metric, with scale: "+scaleText(likelyScale(c.low, c.high))
	case c.only(bare) && saysPercent(c.Name):
		c.Holds, c.Keys = numbers, "a metric in percent"
	case c.only(bare):
		c.Holds, c.Keys = numbers, bare.keys
	case c.only(clocks) && c.short:
		c.Holds, c.Keys = clocks.holds, "a metric, with unit: m:ss or h:mm"
	case len(c.forms) == 1:
		for f := range c.forms {
			c.Holds, c.Keys = f.holds, f.keys
		}
	case 2*c.people > c.values:
		c.Holds, c.Keys = fmt.Sprintf("people of this logbook in %d of %d rows", c.people, c.values), "person"
	case c.forms[bare]+c.forms[percent]+c.forms[clocks] > 0:
		c.Holds, c.Keys = "numbers and text", "a metric, with blank: or skip: for the text"
	default:
		c.Holds = "text"
	}
}

// mapping is the line that maps the column to a metric, or "" where it holds none.
func (c *Column) mapping() string {
	if !strings.HasPrefix(c.Keys, "a metric") {
		return ""
	}
	more := ""
	switch {
	case strings.Contains(c.Keys, "scale:"):
		more = ", scale: " + c.Keys[strings.Index(c.Keys, "scale: ")+len("scale: "):]
	case strings.Contains(c.Keys, "yes/no"):
		more = ", unit: yes/no"
	case c.only(bare) && !saysPercent(c.Name), c.short:
		more = ", unit: UNIT"
	}
	return "METRIC: {from: " + logparse.QuoteFlow(c.Name) + more + "}"
}

// those are the columns that an import can name and that could have a key.
func (l *Listing) those(key string) (found []*Column) {
	for i := range l.Columns {
		if c := &l.Columns[i]; c.times == 1 && c.Name != "" && strings.HasPrefix(c.Keys, key) {
			found = append(found, c)
		}
	}
	return found
}

// write writes the mapping.
func (l *Listing) write() {
	var out strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&out, format+"\n", args...) }
	line("imports:")
	line("  %s:", l.Name)
	line("    # Each column with three of its values, how many are different, and what it could be:")
	for _, c := range l.Columns {
		could := c.Holds
		if c.Keys != "" {
			could += " -> " + c.Keys
		}
		line("    #   %s: %s (%d different): %s", oneLine(c.Name), samplesText(c.Samples), c.Differ, oneLine(could))
	}
	people := l.those("person")
	if len(people) == 1 && people[0].people == people[0].values {
		line("    person: %s", logparse.QuoteYAML(people[0].Name))
	} else {
		line("    person:  # %s", oneOf(people, "the column that names the person"))
	}
	l.writeDate(line)
	line("    metrics:")
	line("      # Write a metric (coachlog list metrics) for METRIC, what the file counts in for UNIT")
	line("      # (s, ms, min, h, d, m:ss, h:mm, \"%%\" or fraction), and take the # away.")
	for _, c := range l.those("a metric") {
		hint := ""
		if strings.Contains(c.Keys, "scale:") {
			hint = "   # in %, the share of the best two ratings; in points, the ratings"
		}
		line("      # %s%s", c.mapping(), hint)
	}
	l.YAML = out.String()
}

// writeDate writes the keys that say when. Only dates in ISO form are certain.
func (l *Listing) writeDate(line func(format string, args ...any)) {
	dates := l.those("date")
	if len(dates) != 1 || !dates[0].only(isoDays) && !(dates[0].only(months) && dates[0].iso) {
		line("    date:  # %s", oneOf(dates, "the column with the day, week or month"))
		if len(dates) > 1 {
			line("    every:  # week or month, where a row sums up more than a day")
		} else if len(dates) == 1 {
			line("    every:  # day, week or month: what a row sums up")
		}
		return
	}
	line("    date: %s", logparse.QuoteYAML(dates[0].Name))
	if dates[0].only(months) {
		line("    every: month")
	} else if every := likelyPeriod(dates[0].Name); every != "" {
		line("    every:  # %s, where a row sums up a %s; else day", every, every)
	}
}

// oneOf names the columns among which somebody has to choose.
func oneOf(columns []*Column, what string) string {
	if len(columns) == 0 {
		return what
	}
	var names []string
	for _, c := range columns {
		name := oneLine(c.Name)
		if _, with, ok := strings.Cut(c.Keys, ", "); ok {
			name += " (" + with + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, " or ") + "?"
}

func samplesText(samples []string) string {
	if len(samples) == 0 {
		return "nothing"
	}
	texts := make([]string, len(samples))
	for i, s := range samples {
		texts[i] = oneLine(s)
		if strings.ContainsAny(s, ", ") {
			texts[i] = quoted(s)
		}
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

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

// A Proposal is what an import could say of a file, for a person to look over.
type Proposal struct {
	Name  string // of the import
	Lines string // of YAML, as they stand below the name at the left edge
	Open  int    // keys left empty, which the file doesn't settle
}

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

// Propose works out an import from a file's header and from how its cells look.
func Propose(f *File, name string, settings *logparse.Settings, people *People, today logparse.Date) (*Proposal, *Problem) {
	p := &proposer{settings: settings, people: people}
	f.heads(func(t *table) {
		if g := p.guess(t); g != nil && (p.best == nil || g.score > p.best.score) {
			p.best = g
		}
	})
	g := p.best
	if g == nil {
		return nil, &Problem{Path: f.Name, Message: fmt.Sprintf("none of the first %d lines looks like the header of a table with a column for the person and one for a metric of the catalogue", maxHead),
			Remedy: "look at the file; list the export's names of people in `known_as` of their plans, and the metrics in `metrics` of coachlog.yaml; or write the import by hand: coachlog metrics import --help"}
	}
	r := newReader(&logparse.Import{Name: name, Person: texts(g.person...), Date: optional(g.date), Metric: optional(g.metric), Value: optional(g.value), Metrics: g.metrics}, people, Options{Today: today, Day: earliest})
	r.path = f.Name
	if !r.bindTable(g.table, settings) {
		return nil, &r.list[0]
	}
	r.look()
	return r.propose(g, name), nil
}

type proposer struct {
	settings *logparse.Settings
	people   *People
	best     *guess
}

// A guess is what the columns of one possible header could be.
type guess struct {
	table               *table
	person              []string
	date, metric, value string
	metrics             []logparse.ImportMetric
	score               int
}

// sampled is how many rows a guess looks at.
const sampled = 200

func (p *proposer) guess(t *table) *guess {
	g := &guess{table: t}
	known, dates, filled := make([]int, len(t.header)), make([]int, len(t.header)), make([]int, len(t.header))
	var names []string // in the column that could name metrics
	metric := t.headed(metricHeaders)
	usable := make([]bool, len(t.header)) // an import names columns by their headers
	for i, h := range t.header {
		_, times := t.find(h)
		usable[i] = h != "" && times == 1
	}
	rows := 0
	t.rows(func(place, error) {}, func(row *row) bool {
		for i := range t.header {
			cell := row.cell(i)
			if cell == "" || !usable[i] {
				continue
			}
			filled[i]++
			if len(p.people.find(cell)) > 0 {
				known[i]++
			}
			if _, ok := scanMoment(cell); ok {
				dates[i]++
			}
		}
		if name := row.cell(metric); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
		rows++
		return rows < sampled
	})
	named := t.headed(personHeaders)
	first, last := t.headed([]string{"first name", "given name", "vorname"}), t.headed([]string{"last name", "surname", "family name", "nachname"})
	switch at := slices.Index(known, slices.Max(known)); {
	case known[at] > 0:
		g.person, g.score = []string{t.header[at]}, 4
	case first >= 0 && last >= 0:
		g.person, g.score = []string{t.header[first], t.header[last]}, 3
	case named >= 0:
		g.person, g.score = []string{t.header[named]}, 3
	default:
		return nil
	}
	isDate := func(at int) bool { return at >= 0 && dates[at] > 0 && 2*dates[at] > filled[at] }
	at := t.headed(dateHeaders)
	if !isDate(at) {
		at = -1
		for i := range t.header {
			if at < 0 && isDate(i) {
				at = i
			}
		}
	}
	if at >= 0 {
		g.date = t.header[at]
		g.score += 2
	}
	if value := t.headed(valueHeaders); metric >= 0 && value >= 0 {
		if g.metrics = p.match(names); len(g.metrics) > 0 {
			g.metric, g.value = t.header[metric], t.header[value]
		}
	}
	if g.metric == "" {
		var headers []string
		for i, h := range t.header {
			if usable[i] {
				headers = append(headers, h)
			}
		}
		g.metrics = p.match(headers)
	}
	if len(g.metrics) == 0 {
		return nil
	}
	g.score += min(len(g.metrics), 5)
	return g
}

// match finds the metrics of the catalogue among names that another system has
// for them.
func (p *proposer) match(names []string) []logparse.ImportMetric {
	var found []logparse.ImportMetric
	for _, m := range p.settings.Metrics {
		called := append([]string{m.Key, m.Name.V}, synonyms[m.Key]...)
		for _, name := range names {
			words := significant(name)
			fits := words != "" && slices.ContainsFunc(called, func(c string) bool { return significant(c) == words })
			if fits && (!isRate(called) || isRate([]string{name}) || strings.EqualFold(name, m.Key)) {
				found = append(found, logparse.ImportMetric{Key: m.Key, From: optional(name)})
				break
			}
		}
	}
	return found
}

// isRate says whether a name tells a share from a number of cases: "Transfers" is
// no transfer rate.
func isRate(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		words := " " + plainWords(n) + " "
		return strings.Contains(n, "%") || strings.Contains(words, " rate ") || strings.Contains(words, " percent") || strings.Contains(words, " pct ")
	})
}

// headed is the first column with one of the headers, or -1.
func (t *table) headed(headers []string) int {
	for _, h := range headers {
		for i := range t.header {
			if plainWords(t.header[i]) == h {
				return i
			}
		}
	}
	return -1
}

func optional(text string) logparse.Value[string] {
	return logparse.Value[string]{V: text, Set: text != ""}
}

func texts(all ...string) []logparse.Value[string] {
	out := make([]logparse.Value[string], len(all))
	for i, t := range all {
		out[i] = optional(t)
	}
	return out
}

// A draft is an import's YAML while it is being written.
type draft struct {
	strings.Builder
	open int
}

// key writes a line; an empty value is one that a person has to fill in.
func (d *draft) key(indent int, key, value, comment string) {
	if value == "" {
		d.open++
	}
	line := strings.TrimRight(strings.Repeat("  ", indent)+key+": "+value, " ")
	if comment != "" {
		line += "  # " + comment
	}
	d.WriteString(line + "\n")
}

// propose writes what the first pass has shown.
func (r *reader) propose(g *guess, name string) *Proposal {
	d := &draft{}
	if len(g.person) == 1 {
		d.key(1, "person", logparse.QuoteYAML(g.person[0]), "")
	} else {
		d.key(1, "person", "["+flow(g.person[0])+", "+flow(g.person[1])+"]", "")
	}
	r.proposeDate(d, g)
	e := &r.found
	switch {
	case e.point.isSet() && e.comma.isSet(), !e.point.isSet() && !e.comma.isSet() && e.lone.isSet():
		d.key(1, "decimal", "", "comma or point? the file doesn't settle it")
	case e.point.isSet():
		r.decimal = '.'
		d.key(1, "decimal", "point", "")
	case e.comma.isSet():
		r.decimal = ','
		d.key(1, "decimal", "comma", "")
	}
	stats := r.measureUp()
	id := r.headed(rowHeaders)
	if stats.several && id >= 0 {
		d.key(1, "row", logparse.QuoteYAML(r.header[id]), "which row is which")
	}
	if stats.several {
		d.key(1, "every", "day", "day, week or month: what one value sums up")
	}
	if g.metric != "" {
		d.key(1, "metric", logparse.QuoteYAML(g.metric), "")
		d.key(1, "value", logparse.QuoteYAML(g.value), "")
	}
	d.WriteString("  metrics:\n")
	weight := r.headed(weightHeaders)
	for _, c := range r.columns {
		unit, comment, needed := r.proposeUnit(c, stats.of[c])
		if !needed && !stats.several {
			d.key(2, c.Key, logparse.QuoteYAML(c.From.V), "")
			continue
		}
		d.WriteString("    " + c.Key + ":\n")
		d.key(3, "from", logparse.QuoteYAML(c.From.V), "")
		if needed {
			d.key(3, "unit", unit, comment)
		}
		switch {
		case stats.several && id < 0 && weight >= 0:
			d.key(3, "weight", logparse.QuoteYAML(r.header[weight]), "several rows a day: their mean, weighted")
		case stats.several && id >= 0:
			d.key(3, "aggregate", "mean", "over the rows of a "+string(day)+"; or "+strings.Join(logparse.Aggregates[1:], ", "))
		case stats.several:
			d.key(3, "aggregate", "", "several rows a day: "+strings.Join(logparse.Aggregates, ", ")+"? or write `weight: ` and a column")
		}
	}
	return &Proposal{name, d.String(), d.open}
}

// flow writes a text as a value within brackets.
func flow(text string) string {
	if quoted := logparse.QuoteYAML(text); strings.HasPrefix(quoted, `"`) || strings.ContainsAny(text, ",") {
		return fmt.Sprintf("%q", text)
	}
	return text
}

func (r *reader) proposeDate(d *draft, g *guess) {
	if g.date == "" {
		d.WriteString("  # The file has no column with dates: say the day with --date.\n")
		return
	}
	d.key(1, "date", logparse.QuoteYAML(g.date), "")
	e := &r.found
	var left []string
	for order, possible := range e.possible {
		if possible {
			left = append(left, logparse.DateFormats[order])
		}
	}
	disputed := slices.ContainsFunc(e.differ[:], place.isSet)
	switch {
	case !disputed && !e.clash.isSet() && len(left) == int(orders):
	case len(left) == 1:
		d.key(1, "date_format", left[0], "")
	case disputed:
		d.key(1, "date_format", "", strings.Join(logparse.DateFormats, ", ")+"? the file doesn't settle it")
	}
	if e.timed && e.naive.isSet() {
		d.WriteString("  # time_zone: Europe/Berlin   of the times in the file, where it is not the logbook's\n")
	}
}

// A span is the least and the greatest of a metric's bare numbers, and of its
// clocks of two as hours and minutes.
type span struct{ least, most, hours float64 }

type statistics struct {
	several bool // some person has more rows than one a day
	of      map[*column]*span
}

// measureUp looks at the sizes of values.
func (r *reader) measureUp() statistics {
	s := statistics{of: make(map[*column]*span)}
	days := make(map[string]bool)
	for _, c := range r.columns {
		s.of[c] = &span{least: math.Inf(1), most: math.Inf(-1)}
	}
	r.rows(func(place, error) {}, func(row *row) bool {
		if r.kindOf(row) != data {
			return true
		}
		when, _, _ := strings.Cut(row.cell(r.date), ":")
		if i := strings.LastIndexAny(when, "Tt "); i > 0 && when != row.cell(r.date) {
			when = when[:i]
		}
		key := strings.Join([]string{logparse.NormalText(r.name(row)), when, row.cell(r.metric)}, "\x00")
		s.several = s.several || days[key]
		days[key] = true
		for _, c := range r.columnsOf(row) {
			switch v := scanValue(row.cell(c.at)); v.form {
			case bareNumber:
				if n, ok := v.number.value(r.decimal); ok && n != 0 {
					s.of[c].least, s.of[c].most = min(s.of[c].least, n), max(s.of[c].most, n)
				}
			case twoClock:
				s.of[c].hours = max(s.of[c].hours, v.first+v.second/60)
			}
		}
		return true
	})
	return s
}

// proposeUnit says what a column seems to be counted in: by its header, else by
// the sizes of its values; "" where both leave it open. needed is false where
// the cells say it themselves.
func (r *reader) proposeUnit(c *column, s *span) (unit, comment string, needed bool) {
	hint := hintOf(c.From.V)
	switch c.quantity {
	case duration:
		switch {
		case c.clock2.isSet() && (hint == "m:ss" || hint == "h:mm"):
			return hint, "", true
		case c.clock2.isSet() && (c.clock3.isSet() || 3600*s.hours/c.seconds > c.high):
			return "m:ss", "", true
		case c.clock2.isSet():
			return "", "m:ss or h:mm?", true
		case !c.bare.isSet():
			return "", "", false
		case timeUnits[hint] > 0:
			return hint, "", true
		}
		fits := c.likely(s.most)
		least := c.likely(s.least)
		fits = slices.DeleteFunc(fits, func(u string) bool { return !slices.Contains(least, u) })
		sizes := fmt.Sprintf("the values go from %s to %s", logparse.FormatNumber(s.least), logparse.FormatNumber(s.most))
		if len(fits) == 1 {
			return fits[0], sizes + ", and the header doesn't say", true
		}
		return "", strings.Join(bareUnits, ", ") + "? " + sizes, true
	case share:
		switch {
		case !c.bare.isSet():
			return "", "", false
		case c.small.isSet():
			return "", `fraction or "%"? ` + fmt.Sprintf("the values go from %s to %s", logparse.FormatNumber(s.least), logparse.FormatNumber(s.most)), true
		case !c.large.isSet() && hint != "%" && !strings.Contains(c.From.V, "%"):
			return "", fmt.Sprintf(`"%%", or another scale? the values go from %s to %s`, logparse.FormatNumber(s.least), logparse.FormatNumber(s.most)), true
		}
		return `"%"`, "", true
	}
	return "", "", false
}

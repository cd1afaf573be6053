package trail

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A rowKey is what one row of a metrics file is about.
type rowKey struct {
	person, metric string
	date           logparse.Date
}

// A knownRow is a value that was recorded, and since which day.
type knownRow struct {
	value string // the last one
	day   logparse.Date
	gone  bool
}

// A rowPlace is a row of one version of a file.
type rowPlace struct {
	path string
	line int
}

// valuesChanged compares the rows of all metrics files that a commit changed: what moved
// from one file to another is the same value.
func (a *Audit) valuesChanged(c *plan.Commit) {
	gone, come := make(map[rowKey][]float64), make(map[rowKey][]float64)
	at := make(map[rowKey]rowPlace)
	for _, f := range a.files {
		if isMetrics(f.Path) == isMetrics(f.was) && (!isMetrics(f.Path) || f.Before == f.After) {
			continue
		}
		var old, now []byte
		if isMetrics(f.was) {
			old = a.rawText(f.was, f.Before)
		}
		if isMetrics(f.Path) {
			now = a.rawText(f.Path, f.After)
		}
		if a.err != nil {
			return
		}
		start, before, after := whereTheyDiffer(old, now)
		for _, row := range rowsOf(f.was, before, start) {
			key := rowKey{a.Book.Resolve(row.Person), row.Metric, row.Date}
			gone[key] = append(gone[key], row.Value)
			if _, ok := at[key]; !ok {
				at[key] = rowPlace{f.was, 0}
			}
		}
		for _, row := range rowsOf(f.Path, after, start) {
			key := rowKey{a.Book.Resolve(row.Person), row.Metric, row.Date}
			come[key] = append(come[key], row.Value)
			at[key] = rowPlace{f.Path, row.Line}
		}
	}
	inOrder := func(x, y rowKey) int {
		return cmp.Or(x.date.Compare(y.date), strings.Compare(x.person+" "+x.metric, y.person+" "+y.metric))
	}
	for _, key := range slices.SortedFunc(maps.Keys(at), inOrder) {
		a.valueChanged(c, key, gone[key], come[key], at[key])
	}
}

// valueChanged says what became of the value of one metric and day.
func (a *Audit) valueChanged(c *plan.Commit, key rowKey, gone, come []float64, at rowPlace) {
	for _, v := range gone { // as where a row stands in another place
		come, gone = both(come, gone, v)
	}
	if a.forgot(key.person) || len(come)+len(gone) == 0 {
		return
	}
	known, ok := a.rows[key]
	day := lastDay(c)
	if !ok && len(gone) == 0 && key.date.DaysUntil(day) <= lateDays {
		a.rows[key] = knownRow{numbers(come), day, false}
		return
	}
	after := a.standing(c, key)
	before := slices.Clone(after)
	for _, v := range come {
		before, _ = both(before, []float64{v}, v)
	}
	was, is := numbers(append(gone, before...)), numbers(after)
	onlyIf := anyEffect
	switch {
	case is == nothing && known.gone:
		return
	case is == nothing:
		a.rows[key] = knownRow{was, known.day, true}
	case len(gone) > 0:
		a.rows[key] = knownRow{is, known.day, false}
		if len(c.Parents) > 1 && known.value == is {
			return // as the other side had it
		}
		if ok && len(come) > 0 && known.day.DaysUntil(day) <= rightAway {
			onlyIf = movesFigure
		}
	case !ok || was == nothing && !known.gone: // or known from another branch
		was, onlyIf = nothing, movesGiven
		if !ok {
			a.rows[key] = knownRow{is, day, false}
		}
		if key.date.DaysUntil(day) <= lateDays {
			return
		}
	case known.gone:
		was = known.value
		a.rows[key] = knownRow{is, known.day, false}
		if was == is && a.restored(at.path, "value "+key.words(), is) {
			return
		}
	case len(c.Parents) > 1 && known.value == is:
		return
	default:
		a.rows[key] = knownRow{is, known.day, false}
	}
	if was == is || ok && !known.day.Before(day) {
		return
	}
	a.noteValue(c, key, at, was, is, onlyIf)
}

func (a *Audit) noteValue(c *plan.Commit, key rowKey, at rowPlace, was, is string, onlyIf effect) {
	message := key.words() + at.inFile() + " was changed from " + was + " to " + is + " on " + lastDay(c).String()
	if onlyIf == movesGiven {
		message = key.words() + at.inFile() + " was only added on " + lastDay(c).String() + ": " + is
	}
	a.later = append(a.later, laterChange{check: figuresChanged, commit: c, path: at.path, key: "value " + key.words(), was: was, is: is, message: message,
		people: []string{key.person}, onlyIf: onlyIf, remedy: "restore the value, or tell " + key.person + " why it changed"})
}

func (k rowKey) words() string { return k.metric + " of " + k.person + " on " + k.date.String() }

// both takes a value out of two lists, where both have it.
func both(x, y []float64, v float64) ([]float64, []float64) {
	i, j := slices.Index(x, v), slices.Index(y, v)
	if i < 0 || j < 0 {
		return x, y
	}
	return slices.Delete(slices.Clone(x), i, i+1), slices.Delete(slices.Clone(y), j, j+1)
}

// numbers are the different values of one day.
func numbers(values []float64) string {
	var words []string
	for _, v := range values {
		if word := logparse.FormatNumber(v); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return nothing
	}
	return strings.Join(words, " and ")
}

// standing are the values that a metric has on a day after a commit, in all files.
func (a *Audit) standing(c *plan.Commit, key rowKey) []float64 {
	if a.rowsAt != c.ID {
		a.rowsAt, a.standingRows = c.ID, make(map[rowKey][]float64)
		for _, row := range a.observations(a.FilesAt(c.ID, logparse.MetricsFolder)) {
			k := rowKey{a.Book.Resolve(row.Person), row.Metric, row.Date}
			a.standingRows[k] = append(a.standingRows[k], row.Value)
		}
	}
	return a.standingRows[key]
}

func isMetrics(name string) bool {
	return path.Dir(name) == logparse.MetricsFolder && strings.HasSuffix(name, ".csv")
}

// whereTheyDiffer are the lines between those with which two texts begin and end alike: a
// file of values mostly grows, and all of it need not be read each time. start is how many
// lines are before them.
func whereTheyDiffer(old, now []byte) (start int, before, after []byte) {
	n := 0
	for i := 0; i < min(len(old), len(now)) && old[i] == now[i]; i++ {
		if old[i] == '\n' {
			n = i + 1
			start++
		}
	}
	before, after = old[n:], now[n:]
	for {
		x, y := bytes.LastIndexByte(bytes.TrimSuffix(before, []byte("\n")), '\n')+1, bytes.LastIndexByte(bytes.TrimSuffix(after, []byte("\n")), '\n')+1
		if len(before) == 0 || len(after) == 0 || !bytes.Equal(before[x:], after[y:]) {
			return start, before, after
		}
		before, after = before[:x], after[:y]
	}
}

// rowsOf are the rows of a part of a file, behind its first lines.
func rowsOf(name string, part []byte, lines int) []logparse.MetricRow {
	if len(part) == 0 {
		return nil
	}
	if lines > 0 { // without its header
		part = append([]byte(strings.Join(logparse.MetricColumns, ",")+"\n"), part...)
	}
	rows, _ := logparse.ParseMetrics(name, part)
	for i := range rows {
		rows[i].Line += max(lines-1, 0)
	}
	return rows
}

// rawText is one version of a file, without anything read in it. What a commit made of a
// file is mostly what the next one finds.
func (a *Audit) rawText(name, id string) []byte {
	if id == "" || a.err != nil {
		return nil
	}
	if last := a.lastText[name]; last.id == id {
		return last.text
	}
	text, err := a.Text(name, id)
	a.fail(err)
	if a.lastText == nil {
		a.lastText = make(map[string]versionText)
	}
	a.lastText[name] = versionText{id, text}
	return text
}

type versionText struct {
	id   string
	text []byte
}

// inFile is the line that a value stands in, where there is one.
func (p rowPlace) inFile() string {
	if p.line == 0 {
		return ""
	}
	return fmt.Sprintf(" (line %d)", p.line)
}

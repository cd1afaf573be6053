package metricsimport

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A Kept is a file of metrics/ as it stands.
type Kept struct {
	Doc  *logparse.Document
	Rows []logparse.MetricRow
}

// A Change is a value that an import adds, or puts in another's place.
type Change struct {
	Observation
	Path string   `json:"file"` // of metrics/
	Was  *float64 `json:"was,omitempty"`
}

// An Update is the new text of a file of metrics/.
type Update struct {
	Path     string
	Old, New []byte // Old is nil where there is no such file
}

// A Merged is what an import changes in metrics/.
type Merged struct {
	Changes   []Change // by date, person and metric
	Unchanged int      // values that are there already
	Updates   []Update
	Problems  []Problem
}

// FileName is the file of metrics/ in which an import keeps the values of a year.
func FileName(name string, year int) string {
	return fmt.Sprintf("metrics/%s-%04d.csv", name, year)
}

// A fact is what there is one value of.
type fact struct {
	date           logparse.Date
	person, metric string
}

type standing struct {
	value float64
	path  string
	line  int
}

type merger struct {
	problems
	merged  *Merged
	kept    []Kept
	resolve func(id string) string
	stands  map[fact]standing
	own     map[string]bool // the paths of the import's own files
}

// Merge puts the observations of an export into the files that its import keeps:
// one for each year, sorted. Values that the export no longer has stay. resolve
// is the present id of a person; partial lets a value of a part of a week or
// month take the place of what is there.
func Merge(res *Result, kept []Kept, resolve func(id string) string, partial bool) *Merged {
	m := &merger{merged: &Merged{}, kept: kept, resolve: resolve, stands: make(map[fact]standing), own: make(map[string]bool)}
	for _, o := range res.Observations {
		m.own[FileName(res.Import, o.Date.Year)] = true
	}
	m.readKept()
	changes := make(map[string][]Change)
	for _, o := range res.Observations {
		c := Change{Observation: o, Path: FileName(res.Import, o.Date.Year)}
		now, there := m.stands[fact{o.Date, o.Person, o.Metric}]
		switch starts, ends := res.whole(o.Date); {
		case there && now.value == o.Value:
			m.merged.Unchanged++
			continue
		case there && now.path != c.Path:
			m.addIn(now.path, "conflict", now.line, 1, fmt.Sprintf("%s has %s of %s on %s here, and %s in the export", o.Person, logparse.FormatNumber(now.value), o.Metric, o.Date, logparse.FormatNumber(o.Value)),
				"keep one source of each value: delete the line here, or leave the metric out of the import "+res.Import)
			continue
		case there && !partial && !(starts && ends):
			m.addIn(now.path, "partial", now.line, 1, fmt.Sprintf("%s has %s of %s here for the %s to %s, of which the export only has a part (%s to %s)", o.Person, logparse.FormatNumber(now.value), o.Metric, res.every, o.Date, res.first, res.last),
				fmt.Sprintf("export whole %ss; --partial takes the value of the part", res.every))
			continue
		case there:
			c.Was = &now.value
		}
		changes[c.Path] = append(changes[c.Path], c)
		m.merged.Changes = append(m.merged.Changes, c)
	}
	for path := range m.own {
		if len(changes[path]) > 0 && len(m.list) == 0 {
			m.update(path, changes[path])
		}
	}
	slices.SortFunc(m.merged.Updates, func(a, b Update) int { return cmp.Compare(a.Path, b.Path) })
	m.merged.Problems = m.list
	if len(m.list) > 0 {
		m.merged.Changes, m.merged.Updates = nil, nil
	}
	return m.merged
}

// readKept notes which values are there already.
func (m *merger) readKept() {
	for _, k := range m.kept {
		path := k.Doc.Path
		for _, d := range k.Doc.Diagnostics {
			if m.own[path] {
				at := k.Doc.Position(d.Span.Start)
				m.addIn(path, "kept", at.Line, at.Column, d.Message, d.Remedy)
			}
		}
		for _, row := range k.Rows {
			f := fact{row.Date, m.resolve(row.Person), row.Metric}
			before, twice := m.stands[f]
			if twice && before.value != row.Value && m.own[path] && m.own[before.path] {
				m.addIn(path, "twice", row.Line, 1, fmt.Sprintf("%s has another value of %s on %s in %s:%d", f.person, f.metric, f.date, before.path, before.line), "delete the wrong one of the two")
			}
			if !twice || m.own[path] {
				m.stands[f] = standing{row.Value, path, row.Line}
			}
		}
	}
}

// update writes changes into a file's text. Lines that don't change keep their
// bytes, and all are sorted.
func (m *merger) update(path string, changes []Change) {
	type line struct {
		fact
		text string
	}
	eol, head := "\n", strings.Join(logparse.MetricColumns, ",")
	var lines []line
	var old []byte
	changed := make(map[fact]Change)
	for _, c := range changes {
		changed[fact{c.Date, c.Person, c.Metric}] = c
	}
	for _, k := range m.kept {
		if k.Doc.Path != path {
			continue
		}
		old = k.Doc.Text
		if bytes.Contains(old, []byte("\r\n")) {
			eol = "\r\n"
		}
		if first, _ := k.Doc.Line(1); first != "" {
			head = first
		}
		if bytes.HasPrefix(old, []byte("\ufeff")) {
			head = "\ufeff" + head
		}
		for _, row := range k.Rows {
			if _, ok := changed[fact{row.Date, m.resolve(row.Person), row.Metric}]; !ok {
				text, _ := k.Doc.Line(row.Line)
				lines = append(lines, line{fact{row.Date, row.Person, row.Metric}, text})
			}
		}
	}
	for f, c := range changed {
		lines = append(lines, line{f, strings.Join([]string{f.date.String(), f.person, f.metric, logparse.FormatNumber(c.Value)}, ",")})
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		return cmp.Or(a.date.Compare(b.date), cmp.Compare(a.person, b.person), cmp.Compare(a.metric, b.metric), cmp.Compare(a.text, b.text))
	})
	var out bytes.Buffer
	out.WriteString(head + eol)
	for _, l := range lines {
		out.WriteString(l.text + eol)
	}
	if rows, doc := logparse.ParseMetrics(path, out.Bytes()); len(doc.Diagnostics) > 0 || len(rows) != len(lines) {
		m.addIn(path, "kept", 0, 0, "the file is not written as an import writes it, a line for each value", "write its lines as "+strings.Join(logparse.MetricColumns, ",")+", without quotes")
		return
	}
	m.merged.Updates = append(m.merged.Updates, Update{path, old, out.Bytes()})
}

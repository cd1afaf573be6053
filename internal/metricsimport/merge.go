package metricsimport

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
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

// A fact is what there is one value of.
type fact struct {
	date           logparse.Date
	person, metric string
}

// A line is a value of a file of metrics/.
type line struct {
	fact
	value float64
	path  string
	at    int // its number in the file; 0 of a new one
	text  string
}

// Merge puts the observations of an export into the files that its import keeps:
// one for each year, sorted. Values that the export no longer has stay. resolve
// is the present id of a person; partial lets a value of a part of a week or
// month take the place of what is there.
func Merge(res *Result, kept []Kept, resolve func(id string) string, partial bool) *Merged {
	m, p, stands, changed := &Merged{}, &problems{}, make(map[fact]line), make(map[fact]bool)
	pathOf := func(o Observation) string { return fmt.Sprintf("metrics/%s-%04d.csv", res.Import, o.Date.Year) }
	files := make(map[string][]line) // the import's own
	for _, o := range res.Observations {
		files[pathOf(o)] = nil
	}
	for _, k := range kept {
		_, own := files[k.Doc.Path]
		for _, d := range k.Doc.Diagnostics {
			if at := k.Doc.Position(d.Span.Start); own {
				p.add("kept", k.Doc.Path, at.Line, at.Column, d.Message, d.Remedy)
			}
		}
		for _, row := range k.Rows {
			text, _ := k.Doc.Line(row.Line)
			l := line{fact{row.Date, resolve(row.Person), row.Metric}, row.Value, k.Doc.Path, row.Line, text}
			if _, twice := stands[l.fact]; !twice || own {
				stands[l.fact] = l
			}
			if own {
				files[l.path] = append(files[l.path], l)
			}
		}
	}
	for _, o := range res.Observations {
		c := Change{Observation: o, Path: pathOf(o)}
		l := line{fact{o.Date, o.Person, o.Metric}, o.Value, c.Path, 0, strings.Join([]string{o.Date.String(), o.Person, o.Metric, logparse.FormatNumber(o.Value)}, ",")}
		now, there := stands[l.fact]
		switch {
		case there && now.value == o.Value:
			m.Unchanged++
			continue
		case there && now.path != c.Path:
			p.add("conflict", now.path, now.at, 1, fmt.Sprintf("%s has %s of %s on %s here, and %s in the export", o.Person, logparse.FormatNumber(now.value), o.Metric, o.Date, logparse.FormatNumber(o.Value)),
				"keep one source of each value: delete the line here, or leave the metric out of the import "+res.Import)
		case there && !partial && !res.whole(o.Date):
			p.add("partial", now.path, now.at, 1, fmt.Sprintf("%s has %s of %s here for the %s to %s, of which the export only has a part (%s to %s)", o.Person, logparse.FormatNumber(now.value), o.Metric, res.every, o.Date, res.first, res.last),
				fmt.Sprintf("export whole %ss; --partial takes the part's value", res.every))
		case there:
			c.Was = &now.value
		}
		files[c.Path] = append(files[c.Path], l)
		changed[l.fact] = true
		m.Changes = append(m.Changes, c)
	}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		if len(p.list) == 0 && slices.ContainsFunc(m.Changes, func(c Change) bool { return c.Path == path }) {
			lines := slices.DeleteFunc(files[path], func(l line) bool { return l.at > 0 && changed[l.fact] })
			m.Updates = append(m.Updates, newText(path, lines, kept, p))
		}
	}
	if m.Problems = p.list; len(p.list) > 0 {
		m.Changes, m.Updates = nil, nil
	}
	return m
}

// newText is a file's text with its lines sorted. Lines that don't change keep their
// bytes.
func newText(path string, lines []line, kept []Kept, p *problems) Update {
	var old []byte
	head, eol := strings.Join(logparse.MetricColumns, ","), "\n"
	if i := slices.IndexFunc(kept, func(k Kept) bool { return k.Doc.Path == path }); i >= 0 {
		old = kept[i].Doc.Text
		if first, _, _ := strings.Cut(string(old), "\n"); strings.TrimSpace(first) != "" {
			head = strings.TrimSuffix(first, "\r")
		}
		if bytes.Contains(old, []byte("\r\n")) {
			eol = "\r\n"
		}
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
		p.add("kept", path, 0, 0, "the file isn't written as an import writes it, with one line for each value", "write its lines as "+strings.Join(logparse.MetricColumns, ",")+", without quotes")
	}
	return Update{path, old, out.Bytes()}
}

package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/coachlog/coachlog/internal/metricsimport"
	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A MetricsImport is what an import of an export came to.
type MetricsImport struct {
	File      string                  `json:"file"` // as the user named it
	Import    string                  `json:"import,omitempty"`
	DryRun    bool                    `json:"dry_run"`
	Rows      int                     `json:"rows"`
	Added     []metricsimport.Change  `json:"added"`
	Changed   []metricsimport.Change  `json:"changed"`
	Unchanged int                     `json:"unchanged"`
	Ignored   int                     `json:"ignored_columns"`
	Skipped   []string                `json:"skipped_people"`
	Notes     []string                `json:"notes"`
	Written   []string                `json:"written"`
	Problems  []metricsimport.Problem `json:"problems"`
	Columns   []*metricsimport.Column `json:"columns,omitempty"`
	Mapping   string                  `json:"mapping,omitempty"` // to fill in

	metrics *plan.Roster           // the catalogue
	changes []metricsimport.Change // added and changed, by date, person and metric
}

// NewMetricsImport puts together what an import found, without what it changes.
func NewMetricsImport(metrics *plan.Roster, file string, dryRun bool, problems ...metricsimport.Problem) *MetricsImport {
	return &MetricsImport{metrics: metrics, File: file, DryRun: dryRun, Problems: problems}
}

// AddResult adds what the file says.
func (m *MetricsImport) AddResult(res *metricsimport.Result) {
	m.Import, m.Rows, m.Ignored = res.Import, res.Rows, res.Ignored
	m.Skipped = append(m.Skipped, res.Unknown...)
	m.Notes = append(m.Notes, res.Notes...)
	m.Problems = append(m.Problems, res.Problems...)
}

// AddMerged adds what changes in metrics/.
func (m *MetricsImport) AddMerged(merged *metricsimport.Merged) {
	m.changes, m.Unchanged = merged.Changes, merged.Unchanged
	m.Problems = append(m.Problems, merged.Problems...)
	for _, c := range merged.Changes {
		if c.Was == nil {
			m.Added = append(m.Added, c)
		} else {
			m.Changed = append(m.Changed, c)
		}
	}
	if !m.DryRun {
		m.Written = each(merged.Updates, func(u metricsimport.Update) string { return u.Path })
	}
}

// Text is an import for people. Problems are no part of it: they are for
// WriteProblems, and another stream.
func (m *MetricsImport) Text(style terminal.Style) string {
	if m.Mapping != "" {
		return m.Mapping
	}
	return m.changesText(style)
}

// WriteProblems writes what is in the way of an import, place by place.
func (m *MetricsImport) WriteProblems(w io.Writer, style terminal.Style) error {
	var out strings.Builder
	for _, p := range m.Problems {
		place := p.Path
		if p.Line > 0 {
			place += fmt.Sprintf(":%d:%d", p.Line, p.Column)
		}
		fmt.Fprintf(&out, "%s %s\n", style.Bold(terminal.Escape(place)+":"), terminal.Escape(p.Message))
		if p.More > 0 {
			fmt.Fprintf(&out, "  and %d more like it\n", p.More)
		}
		fmt.Fprintf(&out, "  %s %s\n", style.Faint("="), terminal.Escape(p.Remedy))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// changesText lists what a dry run would change, else what changed of what was there
// already.
func (m *MetricsImport) changesText(style terminal.Style) string {
	var out strings.Builder
	path := ""
	for _, c := range m.changes {
		if c.Was == nil && !m.DryRun {
			continue
		}
		if c.Path != path {
			path = c.Path
			fmt.Fprintf(&out, "%s\n", style.Bold(path))
		}
		metric, _ := m.metrics.Metric(c.Metric)
		unit := strings.TrimRight(" "+metric.Unit.V, " ")
		verb, value := style.Green("added  "), logparse.FormatNumber(c.Value)+unit
		if c.Was != nil {
			verb, value = style.Yellow("changed"), logparse.FormatNumber(*c.Was)+unit+" -> "+value
		}
		fmt.Fprintf(&out, "  %s %s  %s  %s  %s\n", verb, c.Date, c.Person, c.Metric, value)
	}
	if path != "" {
		out.WriteString("\n")
	}
	verb := "added"
	if m.DryRun {
		verb = "to add"
	}
	fmt.Fprintf(&out, "%s %s, %d changed, %d unchanged; from %s of %s", sentence.Count(len(m.Added), "value"), verb, len(m.Changed), m.Unchanged, sentence.Count(m.Rows, "row"), m.File)
	if m.Ignored > 0 {
		fmt.Fprintf(&out, ", without %s that the import doesn't name", sentence.Count(m.Ignored, "column"))
	}
	out.WriteString("\n")
	for _, note := range m.Notes {
		fmt.Fprintf(&out, "  %s\n", note)
	}
	if m.DryRun {
		out.WriteString("Nothing was written: this was a dry run.\n")
	}
	for _, path := range m.Written {
		fmt.Fprintf(&out, "wrote %s\n", path)
	}
	return out.String()
}

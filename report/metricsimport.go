package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/coachlog/coachlog/internal/metricsimport"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A MetricsImport is what an import of an export came to.
type MetricsImport struct {
	File     string // as the user named it
	DryRun   bool
	Result   *metricsimport.Result  // nil where no import of the settings fits
	Merged   *metricsimport.Merged  // nil where there are problems
	Listing  *metricsimport.Listing // a mapping to fill in
	Problems []metricsimport.Problem
}

// Write writes an import as text, or as JSON. Problems are no part of the text:
// they are for ImportProblems, and another stream.
func (m *MetricsImport) Write(w io.Writer, style terminal.Style, b *plan.Logbook, format string) error {
	if format == "json" {
		return m.writeJSON(w)
	}
	var out strings.Builder
	switch {
	case m.Listing != nil:
		out.WriteString(terminal.EscapeLines(m.Listing.YAML))
	case m.Merged != nil:
		m.writeChanges(&out, style, b)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// ImportProblems writes what stands in the way of an import, place by place.
func ImportProblems(w io.Writer, style terminal.Style, problems []metricsimport.Problem) error {
	var out strings.Builder
	for _, p := range problems {
		place := terminal.Escape(p.Path)
		if p.Line > 0 {
			place += fmt.Sprintf(":%d:%d", p.Line, p.Column)
		}
		fmt.Fprintf(&out, "%s %s\n", style.Bold(place+":"), terminal.Escape(p.Message))
		if p.More > 0 {
			fmt.Fprintf(&out, "  and %d more like it\n", p.More)
		}
		fmt.Fprintf(&out, "  %s %s\n", style.Faint("="), terminal.Escape(p.Remedy))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// writeChanges lists what a dry run would change, else what changed of what was
// there already.
func (m *MetricsImport) writeChanges(out *strings.Builder, style terminal.Style, b *plan.Logbook) {
	path := ""
	added, changed := 0, 0
	for _, c := range m.Merged.Changes {
		if c.Was == nil {
			added++
			if !m.DryRun {
				continue
			}
		} else {
			changed++
		}
		if c.Path != path {
			path = c.Path
			fmt.Fprintf(out, "%s\n", style.Bold(terminal.Escape(path)))
		}
		unit := ""
		if metric, ok := b.Metric(c.Metric); ok && metric.Unit.V != "" {
			unit = " " + terminal.Escape(metric.Unit.V)
		}
		value := logparse.FormatNumber(c.Value) + unit
		if c.Was == nil {
			fmt.Fprintf(out, "  %s %s  %s  %s  %s\n", style.Green("added  "), c.Date, terminal.Escape(c.Person), terminal.Escape(c.Metric), value)
			continue
		}
		fmt.Fprintf(out, "  %s %s  %s  %s  %s%s -> %s\n", style.Yellow("changed"), c.Date, terminal.Escape(c.Person), terminal.Escape(c.Metric), logparse.FormatNumber(*c.Was), unit, value)
	}
	if path != "" {
		out.WriteString("\n")
	}
	verb := "added"
	if m.DryRun {
		verb = "to add"
	}
	fmt.Fprintf(out, "%s %s, %d changed, %d unchanged; from %s of %s", count(added, "value"), verb, changed, m.Merged.Unchanged, count(m.Result.Rows, "row"), terminal.Escape(m.File))
	if m.Result.Ignored > 0 {
		fmt.Fprintf(out, ", without %s that nobody asked for", count(m.Result.Ignored, "column"))
	}
	out.WriteString("\n")
	for _, note := range m.Result.Notes {
		fmt.Fprintf(out, "  %s\n", terminal.Escape(note))
	}
	if m.DryRun {
		out.WriteString("Nothing was written: this was a dry run.\n")
		return
	}
	for _, u := range m.Merged.Updates {
		fmt.Fprintf(out, "wrote %s\n", terminal.Escape(u.Path))
	}
}

type importJSON struct {
	File      string                  `json:"file"`
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
	Columns   []metricsimport.Column  `json:"columns,omitempty"`
	Mapping   string                  `json:"mapping,omitempty"` // to fill in
}

func (m *MetricsImport) writeJSON(w io.Writer) error {
	out := importJSON{
		File: m.File, DryRun: m.DryRun, Added: []metricsimport.Change{}, Changed: []metricsimport.Change{}, Skipped: []string{}, Notes: []string{},
		Written: []string{}, Problems: []metricsimport.Problem{},
	}
	out.Problems = append(out.Problems, m.Problems...)
	if m.Listing != nil {
		out.Columns, out.Mapping = m.Listing.Columns, m.Listing.YAML
	}
	if m.Result != nil {
		out.Import, out.Rows, out.Ignored = m.Result.Import, m.Result.Rows, m.Result.Ignored
		out.Skipped = append(out.Skipped, m.Result.Unknown...)
		out.Notes = append(out.Notes, m.Result.Notes...)
	}
	if m.Merged != nil {
		out.Unchanged = m.Merged.Unchanged
		for _, c := range m.Merged.Changes {
			if c.Was == nil {
				out.Added = append(out.Added, c)
			} else {
				out.Changed = append(out.Changed, c)
			}
		}
		for _, u := range m.Merged.Updates {
			if !m.DryRun {
				out.Written = append(out.Written, u.Path)
			}
		}
	}
	return writeJSON(w, out)
}

// Package report turns figures and findings into text, markdown and JSON. Every
// format is made from one model, so that a number is computed once. Text from a
// logbook is never trusted: each format makes it safe in its own way.
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// FindingFormats are the formats in which findings can be written.
var FindingFormats = []string{"text", "json", "github"}

// Findings writes findings in one of rules.FindingFormats. What is silent when all is
// well is text and annotations; JSON always says something.
func Findings(w io.Writer, style terminal.Style, format string, findings []rules.Finding) error {
	switch format {
	case "json":
		return findingsJSON(w, findings)
	case "github":
		return findingsGitHub(w, findings)
	}
	return findingsText(w, style, findings)
}

// Count counts findings by severity.
func Count(findings []rules.Finding) (errors, warnings, infos int) {
	for _, f := range findings {
		switch f.Severity {
		case logparse.Error:
			errors++
		case logparse.Warning:
			warnings++
		default:
			infos++
		}
	}
	return errors, warnings, infos
}

func findingsText(w io.Writer, style terminal.Style, findings []rules.Finding) error {
	var out strings.Builder
	for _, f := range findings {
		place := fmt.Sprintf("%s:%d:%d:", terminal.Escape(f.File), f.Line, f.Column)
		fmt.Fprintf(&out, "%s %s %s %s\n", style.Bold(place), severity(style, f.Severity), terminal.Escape(f.Message), style.Faint("["+f.Rule+"]"))
		out.WriteString(snippet(style, f))
	}
	if errors, warnings, infos := Count(findings); len(findings) > 0 {
		fmt.Fprintf(&out, "\n%s, %s, %s\n", count(errors, "error"), count(warnings, "warning"), count(infos, "note"))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func severity(style terminal.Style, s logparse.Severity) string {
	switch s {
	case logparse.Error:
		return style.Red("error:")
	case logparse.Warning:
		return style.Yellow("warning:")
	}
	return style.Cyan("info:")
}

// snippet shows a finding's line with a marker below the place, and the remedy.
// A confidential line is not shown.
func snippet(style terminal.Style, f rules.Finding) string {
	gutter := fmt.Sprintf("%5d", f.Line)
	blank := strings.Repeat(" ", len(gutter))
	var out strings.Builder
	if f.Text != "" {
		before, marked, after := cutLine(f.Text, f.Column, f.Span.End-f.Span.Start)
		marker := strings.Repeat(" ", terminal.Width(before)) + "^" + strings.Repeat("~", max(0, terminal.Width(marked)-1))
		fmt.Fprintf(&out, "%s %s%s%s\n", style.Faint(gutter+" |"), before, marked, after)
		fmt.Fprintf(&out, "%s %s\n", style.Faint(blank+" |"), style.Cyan(marker))
	}
	if f.Remedy != "" {
		fmt.Fprintf(&out, "%s %s\n", style.Faint(blank+" ="), terminal.Escape(f.Remedy))
	}
	return out.String()
}

// Characters shown of a long line before the marked place, and in all.
const (
	shownBefore = 60
	shownInAll  = 160
)

// cutLine splits a line at a finding, made safe to show, and shortens it on both
// sides where it is too long. bytes is the length of the marked text.
func cutLine(line string, column, bytes int) (before, marked, after string) {
	runes := []rune(line)
	start := min(column-1, len(runes))
	end := start
	for n := 0; end < len(runes) && n < bytes; end++ {
		n += len(string(runes[end]))
	}
	from, to := 0, len(runes)
	head, tail := "", ""
	if start > shownBefore && len(runes) > shownInAll {
		from, head = start-shownBefore, "…"
	}
	if to-from > shownInAll {
		to, tail = from+shownInAll, "…"
	}
	end = min(end, to)
	show := func(r []rune) string { return terminal.Escape(string(r)) }
	return head + show(runes[from:start]), show(runes[start:end]), show(runes[end:to]) + tail
}

func findingsJSON(w io.Writer, findings []rules.Finding) error {
	out := struct {
		Findings []rules.Finding `json:"findings"`
		Errors   int             `json:"errors"`
		Warnings int             `json:"warnings"`
		Infos    int             `json:"infos"`
	}{Findings: append([]rules.Finding{}, findings...)}
	out.Errors, out.Warnings, out.Infos = Count(findings)
	return writeJSON(w, out)
}

// writeJSON writes a value as indented JSON, and leaves <, > and & readable: it
// is data for programs, not part of a page.
func writeJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(value)
}

// findingsGitHub writes workflow commands, which a forge shows beside the lines.
func findingsGitHub(w io.Writer, findings []rules.Finding) error {
	commands := map[logparse.Severity]string{logparse.Error: "error", logparse.Warning: "warning", logparse.Info: "notice"}
	var out strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&out, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", commands[f.Severity],
			annotationProperty.Replace(terminal.Escape(f.File)), f.Line, f.Column,
			annotationProperty.Replace(f.Rule), annotationText.Replace(terminal.Escape(f.Message)+". To do: "+terminal.Escape(f.Remedy)))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

var (
	annotationText     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	annotationProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

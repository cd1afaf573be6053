package report

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// Findings are what lint found. Text and annotations say nothing where all is well; JSON
// always says something.
type Findings struct {
	Findings []rules.Finding `json:"findings"`
	Errors   int             `json:"errors"`
	Warnings int             `json:"warnings"`
	Infos    int             `json:"infos"`

	Version    string    `json:"-"` // of coachlog
	Place      string    `json:"-"` // of the logbook in its repository
	Known      int       `json:"-"` // how many a baseline left out
	Strict     bool      `json:"-"` // warnings fail the run too
	Unreadable []Unread  `json:"-"`
	Template   *Template `json:"-"` // of one finding, for the format of that name
}

// An Unread is a file that couldn't be read.
type Unread struct{ File, Why string }

// fails says whether a finding ends the run with 1.
func (fs *Findings) fails(f rules.Finding) bool {
	return f.Severity == logparse.Error || fs.Strict && f.Severity == logparse.Warning
}

// CountFindings counts findings by severity.
func CountFindings(findings []rules.Finding) *Findings {
	out := &Findings{Findings: findings}
	for _, f := range findings {
		switch f.Severity {
		case logparse.Error:
			out.Errors++
		case logparse.Warning:
			out.Warnings++
		default:
			out.Infos++
		}
	}
	return out
}

// Text shows each finding with its line.
func (fs *Findings) Text(style terminal.Style) string {
	var out strings.Builder
	for _, f := range fs.Findings {
		place := fmt.Sprintf("%s:%d:%d:", f.File, f.Line, f.Column)
		out.WriteString(terminal.Escape(fmt.Sprintf("%s %s %s %s", style.Bold(place), severity(style, f.Severity), f.Message, style.Faint("["+f.Rule+"]"))) + "\n")
		out.WriteString(snippet(style, f))
	}
	if len(fs.Findings) > 0 {
		fmt.Fprintf(&out, "\n%s, %s, %s", sentence.Count(fs.Errors, "error"), sentence.Count(fs.Warnings, "warning"), sentence.Count(fs.Infos, "note"))
		if fs.Known > 0 {
			fmt.Fprintf(&out, "; %d known before", fs.Known)
		}
		out.WriteString("\n")
	}
	return out.String()
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

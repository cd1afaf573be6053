package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// Findings are what lint found. Text and annotations say nothing where all is well; JSON
// always says something.
type Findings struct {
	Findings []Finding `json:"findings"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Infos    int       `json:"infos"`
}

// CountFindings counts findings by severity.
func CountFindings(findings []Finding) *Findings {
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

// A Finding is one place where a rule, or the parser, has something to say, with
// the line that it is about: the document itself isn't kept.
type Finding struct {
	Rule     string            `json:"rule"`
	Severity logparse.Severity `json:"severity"`
	File     string            `json:"file"`
	Line     int               `json:"line"`
	Column   int               `json:"column"`
	Message  string            `json:"message"`
	Remedy   string            `json:"remedy,omitempty"`

	start, bytes int    // of the marked text, in the file
	text         string // of the line; "" where it may not be shown

	unlessCoach string
}

// NewFindings takes findings out of their documents.
func NewFindings(findings []rules.Finding) []Finding {
	out := make([]Finding, 0, len(findings))
	for _, f := range findings {
		at := f.Doc.Position(f.Span.Start)
		one := Finding{
			Rule: f.Rule, Severity: f.Severity, File: f.Doc.Path, Line: at.Line, Column: at.Column, Message: f.Message, Remedy: f.Remedy,
			start: f.Span.Start, bytes: f.Span.End - f.Span.Start, unlessCoach: f.UnlessCoach,
		}
		if text, ok := f.Doc.Line(at.Line); ok {
			one.text = strings.Clone(text)
		}
		out = append(out, one)
	}
	return out
}

// Settle puts the findings of many people in order, by file and place. Those that
// wait for everybody's logs fall where one names the person as its coach.
func Settle(findings []Finding, isCoach func(id string) bool) []Finding {
	findings = slices.DeleteFunc(findings, func(f Finding) bool { return f.unlessCoach != "" && isCoach(f.unlessCoach) })
	slices.SortStableFunc(findings, func(x, y Finding) int {
		return cmp.Or(logparse.ComparePaths(x.File, y.File), cmp.Compare(x.start, y.start), cmp.Compare(x.Rule, y.Rule))
	})
	return findings
}

// Text shows each finding with its line.
func (fs *Findings) Text(style terminal.Style) string {
	var out strings.Builder
	for _, f := range fs.Findings {
		place := fmt.Sprintf("%s:%d:%d:", terminal.Escape(f.File), f.Line, f.Column)
		fmt.Fprintf(&out, "%s %s %s %s\n", style.Bold(place), severity(style, f.Severity), terminal.Escape(f.Message), style.Faint("["+f.Rule+"]"))
		out.WriteString(snippet(style, f))
	}
	if len(fs.Findings) > 0 {
		fmt.Fprintf(&out, "\n%s, %s, %s\n", count(fs.Errors, "error"), count(fs.Warnings, "warning"), count(fs.Infos, "note"))
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
func snippet(style terminal.Style, f Finding) string {
	gutter := fmt.Sprintf("%5d", f.Line)
	blank := strings.Repeat(" ", len(gutter))
	var out strings.Builder
	if f.text != "" {
		before, marked, after := cutLine(f.text, f.Column, f.bytes)
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

// annotations are workflow commands, which a forge shows beside the lines.
func (fs *Findings) annotations() string {
	commands := map[logparse.Severity]string{logparse.Error: "error", logparse.Warning: "warning", logparse.Info: "notice"}
	var out strings.Builder
	for _, f := range fs.Findings {
		fmt.Fprintf(&out, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", commands[f.Severity],
			annotationProperty.Replace(terminal.Escape(f.File)), f.Line, f.Column,
			annotationProperty.Replace(f.Rule), annotationText.Replace(terminal.Escape(f.Message)+". To do: "+terminal.Escape(f.Remedy)))
	}
	return out.String()
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

// A counted is a number of things with what they are.
type counted struct {
	n    int
	what string
}

// counts writes the numbers of which there are any: "3 done, 1 partly".
func counts(all []counted) string {
	var parts []string
	for _, c := range all {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	return strings.Join(parts, ", ")
}

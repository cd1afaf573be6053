package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// A RuleInfo describes a rule or a diagnostic, for lists and pages.
type RuleInfo struct {
	ID           string            `json:"id"`
	Title        string            `json:"title"`
	Tier         rules.Tier        `json:"tier"`
	Severity     logparse.Severity `json:"severity"`
	Requirements []int             `json:"requirements,omitempty"`
	Judgement    bool              `json:"judgement,omitempty"`
	Why          string            `json:"why"`
	Bad          string            `json:"bad,omitempty"`
	Good         string            `json:"good,omitempty"`
}

// Rules lists everything that lint can find: the method's rules, then what the
// parser reports.
func Rules() []RuleInfo {
	var infos []RuleInfo
	for _, r := range rules.All {
		infos = append(infos, RuleInfo{r.ID, r.Title, r.Tier, r.Severity, r.Requirements, r.Judgement, r.Why, r.Bad, r.Good})
	}
	for _, d := range logparse.Diagnostics {
		infos = append(infos, RuleInfo{ID: d.Code, Title: d.Title, Tier: rules.Always, Severity: d.Severity, Why: d.Why})
	}
	return infos
}

// TierNotes say when the rules of a tier run.
var TierNotes = map[rules.Tier]string{
	rules.Always: "Tier always: the record is broken, or a commitment could be lost.",
	rules.Method: "Tier method: on unless coachlog.yaml switches it off.",
	rules.Strict: "Tier strict: off unless asked for, by --tier strict or by a severity in coachlog.yaml.",
}

// RuleList writes one line a rule, or JSON.
func RuleList(w io.Writer, style terminal.Style, format string) error {
	if format == "json" {
		return writeJSON(w, Rules())
	}
	var out strings.Builder
	for _, r := range Rules() {
		fmt.Fprintf(&out, "%s  %s  %s  %s\n", style.Bold(terminal.Pad(r.ID, 22)), terminal.Pad(r.Severity.String(), 7), terminal.Pad(string(r.Tier), 6), r.Title)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// Explain writes the page of one rule.
func Explain(w io.Writer, style terminal.Style, r RuleInfo) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%s (%s)\n%s\n\n%s\n", style.Bold(r.ID), r.Severity, r.Title, terminal.Wrap(r.Why, style.Width, ""))
	if r.Judgement {
		fmt.Fprintf(&out, "\nThis rule guesses at a meaning, and you may know better. Keep the line as it is with\n  <!-- coachlog: ignore %s: REASON -->\n", r.ID)
	}
	for _, example := range []struct{ title, text string }{{"Instead of", r.Bad}, {"Write", r.Good}} {
		if example.text != "" {
			fmt.Fprintf(&out, "\n%s\n\n  %s\n", style.Faint(example.title), strings.ReplaceAll(example.text, "\n", "\n  "))
		}
	}
	if len(r.Requirements) > 0 {
		fmt.Fprintf(&out, "\n%s\n\n", style.Faint("From the method"))
		for _, n := range r.Requirements {
			need := rules.Requirements()[n-1]
			text := fmt.Sprintf("%d  %s (%s)", n, need.Text, rules.Sources[need.Source])
			fmt.Fprintf(&out, "  %s\n", terminal.Wrap(text, style.Width-2, "      "))
		}
	}
	if r.Tier != "" {
		fmt.Fprintf(&out, "\n%s\n", style.Faint(TierNotes[r.Tier]))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

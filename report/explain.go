package report

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
	"github.com/coachlog/coachlog/report/page"
)

// A RuleInfo describes a rule or a diagnostic, for lists and pages.
type RuleInfo rules.Rule

// A RuleList is a list of rules.
type RuleList []RuleInfo

// Rules lists everything that lint can find: the method's rules, then what the
// parser reports.
func Rules() RuleList {
	var infos RuleList
	for _, r := range rules.All {
		infos = append(infos, RuleInfo(*r))
	}
	for _, d := range logparse.Diagnostics {
		infos = append(infos, RuleInfo{ID: d.Code, Title: d.Title, Tier: rules.Always, Severity: d.Severity, Why: d.Why})
	}
	return infos
}

// TierNotes say when the rules of a tier run.
var TierNotes = map[rules.Tier]string{
	rules.Always: "Tier always: the record is broken, or a commitment could get lost. How follow-through is judged: docs/judging.md.",
	rules.Method: "Tier method: on, unless coachlog.yaml switches it off.",
	rules.Strict: "Tier strict: off, unless you ask for it with --tier strict or a severity in coachlog.yaml.",
}

// Page is a line for each rule.
func (l RuleList) Page() *page.Page {
	rows := each(l, func(r RuleInfo) []string { return []string{r.ID, r.Severity.String(), string(r.Tier), r.Title} })
	p := &page.Page{}
	p.Add("", "", page.Table{Columns: make([]string, 4), Whole: true, Rows: rows})
	return p
}

// Page explains one rule.
func (r RuleInfo) Page() *page.Page {
	p := &page.Page{Title: fmt.Sprintf("%s (%s)", r.ID, r.Severity), Subtitle: r.Title, Closing: TierNotes[r.Tier]}
	p.Add("", "", page.Paragraph(r.Why))
	if r.Judgement {
		p.Add("", "", page.Paragraph("This rule guesses what is meant, and you may know better. To keep the line as it is:"), page.Verbatim("<!-- coachlog: ignore "+r.ID+": REASON -->"))
	}
	p.Add("Instead of", "", page.Verbatim(r.Bad))
	p.Add("Write", "", page.Verbatim(r.Good))
	p.Add("From the method", "", itemsOf(r.Requirements, func(n int) page.Item {
		need := rules.Requirements()[n-1]
		return page.Item{Mark: page.Mark(fmt.Sprint(n)), Text: fmt.Sprintf("%s (%s)", need.Text, rules.Sources[need.Source])}
	}))
	return p
}

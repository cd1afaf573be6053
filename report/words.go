package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
)

// sentence says how many sessions there were, and how.
func (s Sessions) sentence() string {
	if s.Logs == 0 {
		return "No session is recorded in this period."
	}
	return fmt.Sprintf("%d recorded: %s.", s.Logs, counts([]counted{
		{s.Held, "held"}, {s.Missed, "missed"}, {s.Cancelled, "cancelled"}, {s.Planned, "planned"}, {s.AdHoc, "ad hoc"},
		{s.Requested, "asked for by the coachee"}, {s.Peer, "among colleagues"}, {s.Older, "from older notes"},
	}))
}

// helpText says who did what for which goal.
func helpText(h plan.Help) string {
	return fmt.Sprintf("@%s, %s: %s (for: %s)", h.By, h.Date.Time().Format("2 Jan"), h.Text, h.Goal)
}

// cards are goals with their verdicts and actions.
func cards(goals []GoalReport) page.Cards {
	return each(goals, func(g GoalReport) page.Card {
		return page.Card{
			Badge: outcomeWords(g.Outcome), Tone: toneOf(g.Outcome), Title: g.Text, Small: g.dateAndTarget(),
			Lines: each(g.Verdicts, VerdictReport.sentence), Items: actionItems(g.Actions),
		}
	})
}

// actionItems are actions with what became of them, and the remarks of their accounts.
func actionItems(actions []ActionReport) []page.Item {
	return itemsOf(actions, func(a ActionReport) page.Item {
		return page.Item{Mark: a.box(), Text: a.Text, Small: a.notes(), Below: a.remarks()}
	})
}

// outcomeWords are an outcome as people read it; JSON and CSV keep its own name.
func outcomeWords(o plan.Outcome) string {
	switch o {
	case plan.WasWrong:
		return "plan fell short"
	case plan.NoVerdict:
		return "not checked yet"
	}
	return string(o)
}

// resultWords are a result as people read it; JSON and CSV keep its own name.
func resultWords(r plan.Result) string {
	switch r {
	case plan.Kept:
		return "done"
	case plan.NotKept:
		return "not done"
	case plan.NoAccount:
		return "not talked about"
	}
	return string(r)
}

func toneOf(o plan.Outcome) page.Tone {
	switch o {
	case plan.Worked, plan.AnotherWay, plan.ReachedMidTerm, plan.GoalReached:
		return page.Good
	case plan.WasWrong, plan.FollowThrough, plan.NoVerdict, plan.GoalNotReached:
		return page.Care
	}
	return page.Plain
}

func (g GoalReport) dateAndTarget() string {
	var parts []string
	if g.Target != "" {
		parts = append(parts, "target "+mathSigns(g.Target))
	}
	if !g.Due.IsZero() {
		parts = append(parts, "by "+shortDate(g.Due))
	}
	if g.By != "" {
		parts = append(parts, "proposed by @"+g.By)
	}
	return strings.Join(parts, ", ")
}

// mathSigns writes the relations of a log as people print them.
func mathSigns(text string) string {
	return strings.NewReplacer("<=", "≤", ">=", "≥").Replace(text)
}

// sentence says what a verdict means, for both people.
func (v VerdictReport) sentence() string {
	value := ""
	if v.Value != nil {
		value = fmt.Sprintf(" (%s on %s)", logparse.FormatNumber(*v.Value), shortDate(v.ValueOn))
	}
	head := fmt.Sprintf("%s: ", shortDate(v.Judged))
	switch v.Outcome {
	case plan.Worked:
		return head + "the actions were done and the goal was reached" + value + ": the plan worked."
	case plan.WasWrong:
		text := head + "the actions were done and the goal was missed" + value + ": the plan fell short"
		switch {
		case v.untold:
			return text + "."
		case v.NewPlan.IsZero():
			return text + ". Finding a better one is the coach's job, and new actions are still to be agreed."
		}
		return text + ". New actions followed on " + shortDate(v.NewPlan) + "."
	case plan.AnotherWay:
		return head + "the goal was reached" + value + ", but another way than planned."
	case plan.FollowThrough:
		return head + v.whose() + ", and the goal wasn't reached" + value + ": follow-through first. What got in the way, and was the plan realistic?"
	}
	if v.Outcome == plan.GoalReached || v.Outcome == plan.GoalNotReached {
		return head + "the " + strings.Replace(string(v.Outcome), "goal", "goal was", 1) + value + "."
	}
	if v.Why == "" {
		return head + "not checked yet."
	}
	return head + "not checked yet: " + v.Why + "."
}

// whose says whose actions were not all followed: it may be the coach's alone.
func (v VerdictReport) whose() string {
	if len(v.NotKept) == 0 {
		return "no action was due yet"
	}
	return "not all actions of @" + strings.Join(v.NotKept, " and @") + " were done"
}

var resultBoxes = map[plan.Result]page.Mark{
	plan.Open: "[ ]", plan.Kept: "[x]", plan.Partly: "[/]", plan.NotKept: "[ ]", plan.Dropped: "[-]", plan.NoAccount: "[?]",
}

// box is the checkbox of the last agreement.
func (a ActionReport) box() page.Mark { return resultBoxes[a.Agreements[len(a.Agreements)-1].Result] }

// notes say whose the action is and what became of it: the one account, or how
// many there were of each kind.
func (a ActionReport) notes() string {
	owner := "@" + a.Owner
	if len(a.Agreements) == 1 {
		return owner + ", " + a.Agreements[0].notes()
	}
	var parts []string
	for _, result := range []plan.Result{plan.Kept, plan.Partly, plan.NotKept, plan.Dropped, plan.NoAccount, plan.Open} {
		n := 0
		for _, agreement := range a.Agreements {
			if agreement.Result == result {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, resultWords(result)))
		}
	}
	return fmt.Sprintf("%s, agreed %s: %s", owner, times(len(a.Agreements)), strings.Join(parts, ", "))
}

// remarks are those of all accounts; of several, with their dates.
func (a ActionReport) remarks() []string {
	var remarks []string
	for _, agreement := range a.Agreements {
		for _, c := range agreement.Counters {
			if text := c.sentence(); !slices.Contains(remarks, text) {
				remarks = append(remarks, text)
			}
		}
		for _, remark := range agreement.Remarks {
			if len(a.Agreements) > 1 {
				remark = fmt.Sprintf("%s, %s: %s", shortDate(agreement.Account), resultWords(agreement.Result), remark)
			}
			remarks = append(remarks, remark)
		}
	}
	return remarks
}

func (c CounterProposal) sentence() string {
	if c.By == "" {
		return "counter-proposal: " + c.Text
	}
	return fmt.Sprintf("counter-proposal by @%s: %s", c.By, c.Text)
}

func (a AgreementReport) notes() string {
	text := resultWords(a.Result)
	if !a.Account.IsZero() {
		text += " " + shortDate(a.Account)
	}
	if a.Carried > 0 {
		text += ", carried on " + times(a.Carried)
	}
	if a.Late != nil {
		text += fmt.Sprintf(", noted later, %s: %s", shortDate(a.Late.Date), a.Late.State)
	}
	return text
}

// Values of a metric that a line shows: the first and the last ones.
const shownValues = 8

// course is a metric's values, first to last.
func (m MetricTrend) course() string {
	var shown []string
	for i, v := range m.Values {
		switch left := len(m.Values) - i; {
		case i == 0 || left < shownValues:
			shown = append(shown, logparse.FormatNumber(v.Value))
		case left == shownValues:
			shown = append(shown, "…")
		}
	}
	text := strings.Join(shown, " → ")
	if m.Unit != "" {
		text += " " + m.Unit
	}
	return text
}

package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
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
			Badge: string(g.Outcome), Tone: toneOf(g.Outcome), Title: g.Text, Small: g.dateAndTarget(),
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

func toneOf(o plan.Outcome) page.Tone {
	switch o {
	case plan.Worked, plan.AnotherWay, goalReached:
		return page.Good
	case plan.FellShort, plan.FollowThrough, goalNotReached, goalWaits:
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
	if v.Reading != nil {
		value = fmt.Sprintf(" (%s)", v.Reading.sum())
	}
	head := fmt.Sprintf("%s: ", shortDate(v.Judged))
	switch v.Outcome {
	case plan.Worked:
		return head + "the actions were done and the goal was reached" + value + ": the plan worked."
	case plan.FellShort:
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
		return head + "the goal wasn't reached" + value + ". What got in the way, and was the plan realistic?"
	}
	return head + "the goal was " + string(v.Outcome) + value + "."
}

var resultBoxes = map[plan.Result]page.Mark{
	plan.Open: "[ ]", plan.Done: "[x]", plan.Partly: "[/]", plan.NotDone: "[n]", plan.Blocked: "[!]", plan.Dropped: "[-]", plan.Ended: "[-]", plan.NotTalked: "[?]",
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
	for _, result := range []plan.Result{plan.Done, plan.Partly, plan.NotDone, plan.Blocked, plan.Dropped, plan.NotTalked, plan.Ended, plan.Open} {
		n := 0
		for _, agreement := range a.Agreements {
			if agreement.Result == result {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, result))
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
				remark = fmt.Sprintf("%s, %s: %s", shortDate(agreement.Account), agreement.Result, remark)
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
	text := string(a.Result)
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

// sum says how a reading was made, so that anybody can make it again.
func (r ReadingReport) sum() string {
	values := strings.Join(each(r.Values, func(v chart.Point) string { return logparse.FormatNumber(v.Value) }), ", ")
	if len(r.Values) == 1 {
		return values + " on " + shortDate(r.Values[0].Date)
	}
	return fmt.Sprintf("median of %s in %s: %s", values, count(r.Days, "day"), logparse.FormatNumber(r.Median))
}

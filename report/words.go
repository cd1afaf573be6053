package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
	"github.com/coachlog/coachlog/report/page"
)

// sentence says what the figures of the sessions don't.
func (s Sessions) sentence() string {
	if s.Logs == 0 && len(s.ForgottenDays) == 0 {
		return "No session is recorded in this period."
	}
	kinds := counts([]counted{{s.AdHoc, "ad hoc"}, {s.Requested, "asked for by the coachee"}, {s.Peer, "among colleagues"}})
	forgotten := "session" + only(len(s.ForgottenDays) > 1, "s") + " agreed for " + sentence.List(each(s.ForgottenDays, shortDate))
	return joined(" ", only(s.Talks() > 0, "Talks: "+kinds+"."), only(s.Older > 0, "From older notes: "+sentence.Count(s.Older, "session")+"."),
		only(len(s.ForgottenDays) > 0, "No log says what became of the "+forgotten+"."))
}

// checksText says how often goals were checked, and what is missing.
func checksText(v plan.VerdictCount) page.Paragraph {
	text := joined("; ", only(v.Checks() > 0, sentence.Count(v.Checks(), "check")+" of "+sentence.Count(v.Goals, "goal")),
		only(v.Support > 0, "support was missing "+times(v.Support)), only(v.Waiting > 0, are(v.Waiting, "goal")+" not checked yet"))
	return page.Paragraph(only(text != "", text+"."))
}

// helpText says who did what for which goal.
func helpText(h plan.Help) string {
	return fmt.Sprintf("@%s, %s: %s (for: %s)", h.By, h.Date.Time().Format("2 Jan"), h.Text, h.Goal)
}

// cards are goals with their verdicts and actions.
func cards(goals []GoalReport) page.Cards {
	return each(goals, func(g GoalReport) page.Card {
		return page.Card{
			Badge: string(g.Outcome), Tone: cmp.Or(outcomeTones[g.Outcome], page.Plain), Title: g.Text, Small: g.dateAndTarget(),
			Lines: append(each(g.Verdicts, VerdictReport.sentence), g.Waits.lines()...), Items: actionItems(g.Actions),
		}
	})
}

// actionItems are actions with what became of them, and the remarks of their accounts.
func actionItems(actions []ActionReport) []page.Item {
	return itemsOf(actions, func(a ActionReport) page.Item {
		return page.Item{Mark: resultBoxes[a.result()], Text: a.Text, Small: a.notes(), Below: a.remarks()}
	})
}

var outcomeTones = map[plan.Outcome]page.Tone{
	plan.Worked: page.Good, plan.AnotherWay: page.Good, GoalReached: page.Good,
	plan.FellShort: page.Care, plan.FollowThrough: page.Care, GoalNotReached: page.Care, GoalWaits: page.Care,
}

// dateAndTarget are a goal's date and target, with what they were before.
func (g GoalReport) dateAndTarget() string {
	given := ""
	var targets, moved []string
	for _, m := range g.Moves {
		switch {
		case m.Target != "":
			targets = appendNew(targets, mathSigns(m.Target))
		case m.To.IsZero():
			given = "the date (" + shortDate(m.From) + ") was dropped"
		default:
			moved = append(moved, shortDate(m.From))
		}
	}
	target := with("target ", mathSigns(g.Target)) + only(len(targets) > 0, " (was "+strings.Join(targets, ", then ")+")")
	by := dated("by ", g.Due)
	if len(moved) > 0 {
		by += " (moved " + times(len(moved)) + ", from " + moved[0] + ")"
	}
	return joined(", ", target, by, given, with("proposed by @", g.By))
}

// mathSigns writes the relations of a log as people print them.
func mathSigns(text string) string {
	return strings.NewReplacer("<=", "≤", ">=", "≥").Replace(text)
}

// sentence says what came of a goal on its day, with the sum, and what that means.
func (v VerdictReport) sentence() string {
	text := shortDate(v.Judged) + only(v.Late > 0, ", "+sentence.Count(v.Late, "day")+" late") + ": " + only(v.Support, "Support was missing. ") +
		cmp.Or(only(v.Reached, "Reached"), "Not reached")
	switch {
	case v.Reached && v.Judged.Before(v.Due):
		text += " before " + shortDate(v.Due)
	case !v.Due.IsZero() && (!v.Reached || v.Due != v.Judged):
		text += " by " + shortDate(v.Due)
	}
	if v.Reading != nil {
		text += " (" + v.Reading.sum() + "; target " + mathSigns(v.Target) + ")"
	}
	return joined(" ", text+".", v.parts(), v.meaning())
}

// sum says how a reading was made, so that anybody can make it again.
func (r ReadingReport) sum() string {
	values := strings.Join(each(r.Values, func(v chart.Point) string { return logparse.FormatNumber(v.Value) }), ", ")
	if len(r.Values) == 1 {
		return values + " on " + shortDate(r.Values[0].Date)
	}
	return fmt.Sprintf("median of %s in %s: %s", values, sentence.Count(r.Days, "day"), logparse.FormatNumber(r.Median))
}

// parts say what both sides did: "Ana did 5 of 6 actions, Joe 7 of 7."
func (v VerdictReport) parts() string {
	var parts []string
	none := ""
	if v.Coachee.Whole > 0 {
		parts = append(parts, partText(v.who, v.Coachee, true))
	} else {
		none = "No action of " + v.who + "'s has a result that counts."
	}
	if v.Others != nil && v.Others.Whole > 0 {
		parts = append(parts, partText(sentence.List(v.helpers), *v.Others, len(parts) == 0))
	}
	return joined(" ", none, sentenceOf(parts), v.how)
}

// sentenceOf joins what several people did; "" of nobody.
func sentenceOf(parts []string) string { return only(len(parts) > 0, strings.Join(parts, ", ")+".") }

// partText is "Ana did 5 of 6 actions", or "Joe 7 of 7" behind it.
func partText(who string, p plan.DonePart, first bool) string {
	if first {
		return who + " did " + doneOf(p)
	}
	return fmt.Sprintf("%s %s of %d", who, hundredth(p.Done), p.Whole)
}

func tenth(x float64) string { return logparse.FormatNumber(math.Round(10*x) / 10) }

func hundredth(x float64) string { return logparse.FormatNumber(math.Round(100*x) / 100) }

// doneOf is "5 of 6 actions", to a hundredth: a repeated action counts with the share of its
// results.
func doneOf(p plan.DonePart) string {
	return hundredth(p.Done) + " of " + sentence.Count(p.Whole, "action")
}

// howCounted says what somebody has to know to work a part out by hand.
func howCounted(set []*plan.Agreement) string {
	partly, turns := "", ""
	for _, a := range set {
		if a.Result == plan.Partly {
			partly = "Partly counts half."
		}
		if len(a.Turns()) > 1 {
			turns = "A repeated action counts once."
		}
	}
	text := joined(" ", partly, turns)
	return only(text != "", "("+text+")")
}

// meaning says what the two halves of a verdict come to.
func (v VerdictReport) meaning() string {
	switch v.Outcome {
	case plan.Worked:
		return "The plan worked."
	case plan.AnotherWay:
		return "It was reached another way than planned."
	case plan.FollowThrough:
		return "What got in the way, and was the plan realistic?"
	case plan.FellShort:
		switch {
		case v.untold:
			return "The plan fell short."
		case v.NewPlan.IsZero():
			return "The plan fell short. Finding a better one is " + cmp.Or(v.coach, "the coach") + "'s job."
		}
		return "The plan fell short. New actions followed on " + shortDate(v.NewPlan) + "."
	}
	return ""
}

// lines say what is missing, if anything.
func (w *WaitReport) lines() []string {
	if w == nil {
		return nil
	}
	return []string{fmt.Sprintf("Not checked yet: on %s, nobody noted %s.", shortDate(w.Since), sentence.List(w.Missing))}
}

var resultBoxes = map[plan.Result]page.Mark{
	plan.Open: "[ ]", plan.Done: "[x]", plan.Partly: "[/]", plan.NotDone: "[n]", plan.Blocked: "[!]", plan.Dropped: "[-]", plan.Ended: "[-]", plan.NotTalked: "[?]",
}

// result is that of the last agreement.
func (a ActionReport) result() plan.Result { return a.Agreements[len(a.Agreements)-1].Result }

// notes say whose the action is and what became of it: the one account, or how
// many there were of each kind.
func (a ActionReport) notes() string {
	owner := "@" + a.Owner
	if len(a.Agreements) == 1 {
		return owner + ", " + a.Agreements[0].notes()
	}
	n := make(map[plan.Result]int)
	for _, agreement := range a.Agreements {
		n[agreement.Result]++
	}
	results := []plan.Result{plan.Done, plan.Partly, plan.NotDone, plan.Blocked, plan.Dropped, plan.NotTalked, plan.Ended, plan.Open}
	return fmt.Sprintf("%s, %s: %s", owner, times(len(a.Agreements)), counts(each(results, func(r plan.Result) counted { return counted{n[r], string(r)} })))
}

// remarks are those of all agreements, each once.
func (a ActionReport) remarks() []string {
	var remarks []string
	for _, agreement := range a.Agreements {
		for _, c := range agreement.Counters {
			remarks = appendNew(remarks, c.sentence())
		}
		for _, remark := range agreement.Remarks {
			remarks = appendNew(remarks, remark)
		}
	}
	return remarks
}

func (c CounterProposal) sentence() string {
	return "counter-proposal" + with(" by @", c.By) + ": " + c.Text
}

func (a AgreementReport) notes() string {
	text := string(a.Result) + with(" by @", a.Blocker) + dated(", not talked about on ", a.NotNoted) + dated(" ", a.Account) + only(a.Carried > 0, ", carried on "+times(a.Carried))
	if a.Late != nil {
		text += fmt.Sprintf("; later, on %s: %s", shortDate(a.Late.Date), a.Late.State)
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
	return strings.TrimSpace(strings.Join(shown, " → ") + " " + m.Unit)
}

// spreadText is where the values of some time lie: "median 412, natural limits 380 to 445 (12 values)".
func spreadText(s plan.Spread) string {
	if s.Values == 0 {
		return "no value"
	}
	limits := ""
	if s.Low != nil {
		limits = ", natural limits " + tenth(*s.Low) + " to " + tenth(*s.High)
	}
	return "median " + logparse.FormatNumber(s.Median) + limits + " (" + sentence.Count(s.Values, "value") + ")"
}

// joined joins the texts that are there.
func joined(by string, texts ...string) string { return strings.Join(filled(texts...), by) }

// filled are the texts that are there.
func filled(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

// only is a text where something holds, else "".
func only(holds bool, text string) string {
	if holds {
		return text
	}
	return ""
}

// with is a text behind some words; "" without a text.
func with(words, text string) string { return only(text != "", words+text) }

// dated is a date behind some words; "" without a date.
func dated(words string, d logparse.Date) string { return only(!d.IsZero(), words+shortDate(d)) }

// are is "1 note is" or "2 notes are".
func are(n int, noun string) string { return sentence.CountAs(n, noun+" is", noun+"s are") }

func countPeople(n int) string { return sentence.CountAs(n, "person", "people") }

// A counted is a number of things with what they are.
type counted struct {
	n    int
	what string
}

// counts writes the numbers that aren't 0: "3 done, 1 partly".
func counts(all []counted) string {
	var parts []string
	for _, c := range all {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	return strings.Join(parts, ", ")
}

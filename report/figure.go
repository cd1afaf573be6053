package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
)

// A Figure is one figure of a report, with that of the period before beside it.
type Figure struct {
	Key    string        `json:"key"`           // that of its definition
	Of     string        `json:"of,omitempty"`  // id of whom it is about, where there are several
	Title  string        `json:"title"`         //
	Means  string        `json:"means"`         // its definition
	Now    Quantity      `json:"now"`           //
	Before Quantity      `json:"before"`        //
	Moved  plan.Movement `json:"moved"`         // of rates; "" of other figures
	Part   plan.Part     `json:"part,omitzero"` // what a coachee approves to let others see it

	sum plan.Rate // behind Now
}

// A Quantity is a rate or a number. Neither is there where nothing was recorded or
// it isn't shown.
type Quantity struct {
	Rate   *plan.Rate `json:"rate,omitempty"`
	Number *float64   `json:"number,omitempty"`
	Unit   string     `json:"unit,omitempty"`
	Over   int        `json:"over,omitempty"`   // of a mean: how many logs say it
	People *int       `json:"people,omitempty"` // in a team: how many people it is about
	Hidden bool       `json:"hidden,omitempty"` // it is about fewer than five people, or for the reason in why
	Why    string     `json:"why,omitempty"`    // it is hidden, where that isn't for want of people
}

// The forms of a figure: each shows a rate in its own way.
func rateOf(r plan.Rate) Quantity { return Quantity{Rate: &r} }

// numberOf is a number, the rate's Part.
func numberOf(r plan.Rate) Quantity { return Quantity{Number: new(float64(r.Part))} }

func minutesOf(r plan.Rate) Quantity { return Quantity{Number: new(float64(r.Part)), Unit: "min"} }

// monthlyOf is minutes a person and month, of minutes over days.
func monthlyOf(r plan.Rate) Quantity {
	q := Quantity{Unit: "min"}
	if r.Whole > 0 {
		q.Number = new(math.Round(float64(r.Part) * 365 / 12 / float64(r.Whole)))
	}
	return q
}

// meanOf is a mean percent over so many logs; nothing where there are none.
func meanOf(percents plan.Rate) Quantity {
	mean, logs := talkOf(percents)
	if mean == nil {
		return Quantity{Unit: "%"}
	}
	return Quantity{Number: new(float64(*mean)), Unit: "%", Over: logs}
}

// talkOf is the mean percent of the talking, and over how many logs; nil where none says.
func talkOf(percents plan.Rate) (mean *int, logs int) {
	if percent, ok := percents.Percent(); ok {
		mean = &percent
	}
	return mean, percents.Whole / 100
}

// String is "7 of 9 (78%)", "405 min", "71% (12 logs)" or why there is nothing.
func (q Quantity) String() string {
	switch {
	case q.Hidden && q.Why != "":
		return q.Why
	case q.Hidden:
		return fmt.Sprintf("fewer than %d people", plan.SmallGroup)
	case q.Rate != nil:
		return q.Rate.String()
	case q.Number == nil:
		return "not recorded"
	}
	text := logparse.FormatNumber(*q.Number)
	switch q.Unit {
	case "":
	case "%":
		text += "%"
	case "min":
		text = minutesText(int(*q.Number))
	default:
		text += " " + q.Unit
	}
	return text + only(q.Over > 0, " ("+sentence.Count(q.Over, "log")+")")
}

// minutesText is "45 min", or "6 h 45 min".
func minutesText(minutes int) string {
	switch {
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	case minutes%60 == 0:
		return fmt.Sprintf("%d h", minutes/60)
	}
	return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
}

// anything says whether there was anything to count.
func (q Quantity) anything() bool {
	return q.Hidden || q.Rate != nil && q.Rate.Whole > 0 || q.Number != nil && *q.Number != 0
}

// worthShowing leaves out figures of which there is nothing, but for the sessions.
func (f Figure) worthShowing() bool {
	if f.Now.Hidden && f.Before.Hidden {
		return false // what is left out is said above
	}
	return f.Now.anything() || f.Before.anything() || f.Key == "sessions_held"
}

// A definition says what a figure is called and what it means; docs/figures.md
// says more.
type definition struct {
	key, title, means string
	part              plan.Part // that a coachee approves to let others see it
	form              func(plan.Rate) Quantity
}

// definitions are those of all reports, in the order in which they are shown.
var definitions = []definition{
	{"sessions_held", "Sessions held", "sessions that took place; talks are counted separately", plan.PartSessions, numberOf},
	{"talks", "Talks", "talks held between the sessions: ad hoc, asked for by the coachee, or among colleagues", plan.PartSessions, numberOf},
	{"sessions_missed", "Sessions missed", "logs with status missed, whoever couldn't make it", plan.PartSessions, numberOf},
	{"sessions_cancelled", "Sessions cancelled", "logs with status cancelled", plan.PartSessions, numberOf},
	{"sessions_forgotten", "Sessions forgotten", "agreed for a day, and no log says what became of them", plan.PartSessions, numberOf},
	{"sessions_planned", "Sessions planned", "logs with status planned: still to come, or not filled in", plan.PartSessions, numberOf},
	{"minutes", "Time together", "minutes of sessions and talks, if the log says", plan.PartSessions, minutesOf},
	{"minutes_each", "Time for each person in a month", "minutes of sessions and talks, by person who is coached and month", plan.PartSessions, monthlyOf},
	{"met", "People met", "people with a session or a talk in the period, of all who are coached", plan.PartSessions, rateOf},
	{"talk", "Talking done by the coachee", "mean percent over sessions and talks, if the log says; 80% is the aim", plan.PartSessions, meanOf},
	{"cadence", "Sessions kept", "sessions held, of those the agreed rhythm asks for", plan.PartSessions, rateOf},
	{"set_aside", "Time set aside", "minutes set aside for coaching, from the plan, or from the cadence and the length of a session", plan.PartSessions, minutesOf},
	{"commitment", "Done", "actions done, of those with a result (done, partly, not done); blocked and dropped ones, and those nobody talked about, are left out", plan.PartCommitment, rateOf},
	{"own_actions", "Own promises done", "the coach's own actions done, of those with a result", plan.PartCommitment, rateOf},
	{"employer", "Employer's promises done", "actions of everybody but the coachee that were done, of those with a result", plan.PartCommitment, rateOf},
	{"follow_up", "Follow-up", "actions talked about when they first came due, of those that came due; asking is the coach's job", plan.PartCommitment, rateOf},
	{"plan_success", "Plans that worked", "goals reached, of those for which the coachee did their part; this is the coach's figure", plan.PartGoals, rateOf},
	{"plan_success_year", "Plans that worked, last four quarters", "the same over the four quarters that end with the period, since one quarter says little", plan.PartGoals, rateOf},
	{"plans_changed", "Plans changed after a miss", "plans that got new actions, of those that fell short", plan.PartGoals, rateOf},
	{"goals_reached", "Goals reached", "checks of short-term goals that found them reached, in whatever way, of all checks", plan.PartGoals, rateOf},
	{"metrics", "Goals reached by their metric", "goals with a metric that were reached, of those whose date has come", plan.PartGoals, rateOf},
	{"proactive", "Planned sessions", "sessions and talks that were planned, of all held; the rest are ad hoc or were asked for", plan.PartSessions, rateOf},
	{"development", "For development", "actions agreed for a skill or a mid-term goal, of all agreed; the rest name neither", plan.PartGoals, rateOf},
	{"balance", "Feedback on what goes well", "points under Going well, of all points of feedback", plan.PartSessions, rateOf},
	{"skills_practised", "Skills practised", "skills with an action that got a result in the period", plan.PartSkills, numberOf},
	{"skills_mastered", "Skills mastered", "skills marked as mastered in the plan", plan.PartSkills, numberOf},
	{"open", "Actions still open", "agreed actions that aren't done yet", plan.PartOpen, numberOf},
}

// needs are the parts that coachees approve to let others see a figure.
func (d definition) needs() []plan.Part {
	switch d.key {
	case "metrics":
		return []plan.Part{d.part, plan.PartMetrics}
	case "plans_changed": // a plan that needs new actions is open
		return []plan.Part{d.part, plan.PartOpen}
	}
	return []plan.Part{d.part}
}

// ofPlans says whether a figure is about the verdicts on plans.
func (d definition) ofPlans() bool { return strings.HasPrefix(d.key, "plan") }

func definitionOf(key string) definition { return definitions[figurePlace(key)] }

// figurePlace is where a figure is among the definitions; -1 where it is none.
func figurePlace(key string) int {
	return slices.IndexFunc(definitions, func(d definition) bool { return d.key == key })
}

// newFigure makes a figure by its definition. A rate has moved since the period before.
func newFigure(key string, now, before plan.Rate) Figure {
	d := definitionOf(key)
	f := Figure{Key: key, Title: d.title, Means: d.means, Now: d.form(now), Before: d.form(before), Part: d.part, sum: now}
	if f.Now.Rate != nil {
		f.Moved = plan.Move(before, now)
	}
	return f
}

// about names whom a figure is about, where there are several.
func (f Figure) about(id, title string) Figure {
	f.Of, f.Title = id, title
	return f
}

// alone is a figure that says nothing about the period before.
func (f Figure) alone() Figure {
	f.Before = Quantity{}
	return f
}

// measure is what a figure counts for one person: a rate, or a number as its Part, of
// Whole records. Rest is how many verdicts are left out because others have not approved them.
func (r readers) measure(key string, f *plan.Facts, period plan.Period) (counted plan.Rate, rest int) {
	c := f.SessionsIn(period)
	numbers := map[string]int{
		"sessions_held": c.Held, "talks": c.Talks(), "sessions_missed": c.Missed, "sessions_cancelled": c.Cancelled, "sessions_planned": c.Planned, "minutes": c.Minutes,
	}
	if n, ok := numbers[key]; ok {
		return plan.Rate{Part: n, Whole: c.Logs}, 0
	}
	switch key {
	case "talk":
		return c.Talk, 0
	case "commitment":
		return f.CommitmentOf(f.ID, period).Rate(), 0
	case "employer":
		return f.OthersCommitment(period).Rate(), 0
	case "follow_up":
		return f.FollowUpOf("", period), 0
	case "cadence":
		return r.all.SessionsKept(f, "", plan.Period{From: period.From, To: r.scope.end(period)}), 0
	case "sessions_forgotten":
		n := len(r.forgotten(f, period))
		return plan.Rate{Part: n, Whole: c.Logs + n}, 0
	case "minutes_each":
		return plan.Rate{Part: c.Minutes, Whole: period.From.DaysUntil(r.scope.end(period)) + 1}, 0
	case "met":
		return plan.Rate{Part: min(c.Held+c.Talks(), 1), Whole: 1}, 0
	case "goals_reached":
		return f.VerdictsIn(period, "").Reached(), 0
	case "plan_success":
		c, rest := r.verdicts(f, period, "")
		return c.PlanSuccess(), rest
	case "plan_success_year":
		year, _ := period.FourQuarters()
		return r.measure("plan_success", f, year)
	case "plans_changed":
		c, rest := r.verdicts(f, period, "")
		return c.Changed(), rest
	case "skills_practised":
		skills := r.skills(f)
		counted.Whole = len(skills)
		for _, s := range skills {
			if f.PractisedIn(s, period) {
				counted.Part++
			}
		}
	}
	return counted, 0
}

// forgotten are the days of a period that were agreed for a session and of which no log
// speaks; today isn't over yet.
func (r readers) forgotten(f *plan.Facts, period plan.Period) []logparse.Date {
	return slices.DeleteFunc(r.all.Forgotten(f, r.scope.Today), func(day logparse.Date) bool { return !period.Contains(day) })
}

// showable chooses the figures whose definitions have these keys. A period before of
// which there is nothing at all is left out.
func (h Head) showable(keys ...string) page.Figures {
	out := page.Figures{Now: h.Period.Name, Before: h.Before.Name}
	first := !slices.ContainsFunc(h.Figures, func(f Figure) bool {
		return f.Key != "set_aside" && f.Key != "met" && f.worthShowing() && f.Before.anything()
	})
	for _, f := range h.Figures {
		if !slices.Contains(keys, f.Key) || !f.worthShowing() {
			continue
		}
		shown := page.Figure{Title: f.Title, Now: f.Now.String(), Before: f.Before.String(), Moved: string(f.Moved), Term: f.Key}
		if first || f.Before == (Quantity{}) {
			shown.Before = ""
		}
		out.Rows = append(out.Rows, shown)
	}
	return out
}

// terms are the definitions of the figures that a report has, those of the coaches
// within it included.
func (h Head) terms(coaches ...Coach) []page.Term {
	figures := slices.Clone(h.Figures)
	for _, c := range coaches {
		figures = append(figures, c.Figures...)
	}
	var terms []page.Term
	for _, d := range definitions {
		if slices.ContainsFunc(figures, func(f Figure) bool { return f.Key == d.key && f.worthShowing() }) {
			terms = append(terms, page.Term{Key: d.key, Name: d.title, Means: d.means})
		}
	}
	return terms
}

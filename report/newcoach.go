package report

import (
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/plan"
)

// NewCoach builds the review of one coach, as things stood at the period's end
// or, where that is still to come, stand today. Others see it where the coach lets
// them, over those coachees who let them too.
func NewCoach(e *plan.Everybody, id string, scope Scope) *Coach {
	return newCoachDraft(e.AsOf(scope.Period.To), e.AsOf(scope.before().To), id, scope.readers(e.Roster)).build(nil)
}

// A coachDraft is a coach's review while it is built.
type coachDraft struct {
	*Coach
	readers
	now, then *plan.Everybody    // as they stood at the ends of the two periods
	done      map[string][2]work // by the parts that it took
}

func newCoachDraft(now, then *plan.Everybody, id string, r readers) *coachDraft {
	c := &Coach{
		Head: newHead(r.scope), ID: id, Name: now.Someone(id).Name, Kinds: make(map[string]int), Sessions: []SessionReport{}, Weeks: []WeekReport{},
		Trends: []TrendCount{}, Bright: []string{}, Slipped: []string{}, Pulse: []OpinionReport{}, Self: []OpinionReport{}, Round: []OpinionReport{},
	}
	return &coachDraft{c, r, now, then, make(map[string][2]work)}
}

// coachSections build a coach's review from the sessions of those coachees who
// approved all the parts that a section needs.
var coachSections = []struct {
	needs []plan.Part
	add   func(d *coachDraft, now, then work)
}{
	{[]plan.Part{plan.PartSessions}, (*coachDraft).addSessions},
	{[]plan.Part{plan.PartCommitment}, (*coachDraft).addCommitment},
	{[]plan.Part{plan.PartGoals}, (*coachDraft).addVerdicts},
	{[]plan.Part{plan.PartGoals, plan.PartMetrics}, (*coachDraft).addTrends},
	{[]plan.Part{plan.PartSkills}, (*coachDraft).addPromotions},
}

// coachParts are the parts of the coachees that a coach's review draws on.
var coachParts = []plan.Part{plan.PartSessions, plan.PartCommitment, plan.PartGoals, plan.PartSkills, plan.PartMetrics}

// build fills the review. Of each of some parts it tells nothing, whoever approved it.
func (d *coachDraft) build(untold []plan.Part) *Coach {
	if !d.may(d.ID, plan.PartCoaching) {
		d.LeftOut = append(d.LeftOut, d.leftOut(d.ID, plan.PartCoaching))
		return d.Coach
	}
	everybody, _ := d.work()
	d.Coachees = len(everybody.Coachees)
	d.Pulse, d.Self, d.Round = opinions(d.now, d.ID, "pulse", d.scope.Period), opinions(d.now, d.ID, "self-assessment", d.scope.Period), opinions(d.now, d.ID, "360", d.scope.Period)
	if d.may(d.ID, plan.PartSessions) {
		d.Coaches = d.now.CoachOf(d.now.Someone(d.ID))
	}
	for _, part := range coachParts {
		now, _ := d.work(part)
		switch {
		case d.own:
			d.told = append(d.told, part)
		case slices.Contains(untold, part):
			d.LeftOut = append(d.LeftOut, LeftOut{part, "the rest would be about too few people"})
		default:
			if now.people >= plan.SmallGroup {
				d.told = append(d.told, part)
			}
			d.LeftOut = append(d.LeftOut, leftOutOf(part, now.people, everybody.people, d.For)...)
		}
	}
	d.leaveOutOthers()
	for _, s := range coachSections {
		if now, then := d.work(s.needs...); d.enough(now, s.needs...) {
			s.add(d, now, then)
		}
	}
	d.addDuties()
	return d.Coach
}

// A work is what a coach's work in a period comes to with some of the coachees.
type work struct {
	*plan.Coaching
	weeks  []plan.Week // of the coach's own actions
	people int         // with a session of the period

	judged, untold int // people with a verdict that the readers may see, and with one that they may not
}

// work is the coach's work in the two periods: with those who let the readers see
// all of some parts or, of no parts, with everybody.
func (d *coachDraft) work(parts ...plan.Part) (now, then work) { return d.workWith(false, parts...) }

// workWith leaves out, where it is to tell what others promised, those people of whom some
// others don't let the readers see that. What the coach did as a coachee is there where the
// coach let the readers see these parts, too.
func (d *coachDraft) workWith(others bool, parts ...plan.Part) (now, then work) {
	if d.own {
		others, parts = false, nil
	}
	key := fmt.Sprint(others, parts)
	if both, ok := d.done[key]; ok {
		return both[0], both[1]
	}
	of := func(e *plan.Everybody, period plan.Period) work {
		e = e.Of(func(f *plan.Facts) bool {
			return (len(parts) == 0 || d.may(f.ID, parts...)) && (!others || d.othersLet(f.ID))
		})
		w := work{Coaching: e.CoachingOf(d.ID, period, d.scope.end(period)), weeks: e.WeeksOf(d.ID, period)}
		if !d.own {
			w.keepVerdicts(d.readers, e.People, plan.Period{From: period.From, To: d.scope.end(period)})
		}
		people := make(map[string]bool)
		for _, s := range w.Led {
			people[s.Coachee] = true
		}
		w.people = len(people)
		return w
	}
	now, then = of(d.now, d.scope.Period), of(d.then, d.scope.before())
	d.done[key] = [2]work{now, then}
	return now, then
}

// enough says whether the readers may see what some parts say of those who approved
// them all: of at least five people.
func (d *coachDraft) enough(now work, parts ...plan.Part) bool {
	return d.own || len(parts) > 0 && now.people >= plan.SmallGroup && !slices.ContainsFunc(parts, func(part plan.Part) bool { return !d.tells(part) })
}

// add adds a figure, but for the period before where that is about too few.
func (d *coachDraft) add(f Figure, then work) Figure {
	if !d.own && then.people > 0 && then.people < plan.SmallGroup {
		f.Before, f.Moved = Quantity{Hidden: true, Unit: f.Before.Unit}, ""
	}
	d.Figures = append(d.Figures, f)
	return f
}

func (d *coachDraft) addSessions(now, then work) {
	d.Since, d.Held, d.Missed, d.Cancelled, d.Kinds = now.Since, now.Held, now.Missed, now.Cancelled, now.Kinds
	if d.may(d.ID, plan.PartSessions) {
		d.AsCoachee = &now.AsCoachee
	}
	d.Minutes, d.SetAside, d.GoingWell, d.ToDevelop, d.WordsPerLog = now.Minutes, now.SetAside, now.GoingWell, now.ToDevelop, middle(now.LogWords)
	for _, s := range now.Led {
		d.Sessions = append(d.Sessions, sessionReport(s.SessionFact))
	}
	if percent, logs, ok := now.TalkShare(); ok {
		d.Talk, d.TalkLogs = &percent, logs
	}
	for _, f := range []Figure{
		define("sessions_held", "", "", numberOf(now.Held, ""), numberOf(then.Held, "")),
		define("sessions_missed", "", "", numberOf(now.Missed, ""), numberOf(then.Missed, "")),
		define("minutes", "", "", numberOf(now.Minutes, "min"), numberOf(then.Minutes, "min")),
		define("set_aside", "", "", numberOf(now.SetAside, "min"), numberOf(then.SetAside, "min")),
		define("talk", "", "", meanOf(now.Talk), meanOf(then.Talk)),
	} {
		d.add(f, then)
	}
}

func (d *coachDraft) addCommitment(now, _ work) { d.Weeks = weekReports(now.weeks) }

func (d *coachDraft) addVerdicts(now, _ work) {
	if now.tellsPlans() {
		d.Verdicts = verdictCounts(now.Verdicts)
	}
}

func (d *coachDraft) addTrends(now, _ work) {
	for _, trend := range []plan.Trend{plan.Better, plan.Flat, plan.Worse, plan.Rising, plan.Fall, plan.TooFew} {
		if n := now.Trends[trend]; n > 0 {
			d.Trends = append(d.Trends, TrendCount{trend, n})
		}
	}
}

func (d *coachDraft) addPromotions(now, _ work) { d.Promotions = now.Promotions }

// addDuties adds the rates, and says which went up and which went down: nothing
// where either side has fewer than five counted.
func (d *coachDraft) addDuties() {
	for _, duty := range duties {
		f := define(duty.key, "", "", Quantity{}, Quantity{})
		needs := []plan.Part{f.Part}
		if duty.key == "metrics" {
			needs = append(needs, plan.PartMetrics)
		}
		now, then := d.workWith(duty.key == "employer", needs...)
		if !d.enough(now, needs...) || duty.key == "plan_success" && !now.tellsPlans() {
			continue
		}
		x, y := duty.of(now.Coaching), duty.of(then.Coaching)
		f.Now, f.Before = rateOf(x), rateOf(y)
		f = d.add(f.moved(y, x), then)
		if duty.key == "plan_success" && !then.tellsPlans() {
			f.Before, f.Moved = Quantity{Hidden: true}, ""
			d.Figures[len(d.Figures)-1] = f
		}
		if !slices.Contains(scored, duty.key) {
			continue
		}
		switch {
		case f.Moved == plan.Up, f.Moved == plan.Steady && *f.Now.Rate.Percent >= brightPercent:
			d.Bright = append(d.Bright, duty.key)
		case f.Moved == plan.Down:
			d.Slipped = append(d.Slipped, duty.key)
		}
	}
}

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
	d := newCoachDraft(e.AsOf(scope.Period.To), e.AsOf(scope.before().To), id, scope.readers(e.Roster))
	d.withhold(coachParts, func(part plan.Part) []*plan.Facts {
		return d.now.Of(func(f *plan.Facts) bool { return d.may(f.ID, part) && d.led(f, d.scope.Period) }).People
	})
	return d.build(nil)
}

// A coachDraft is a coach's review while it is built.
type coachDraft struct {
	*Coach
	readers
	now, then *plan.Everybody    // as they stood at the ends of the two periods
	done      map[string][2]work // by the parts that it took
}

func newCoachDraft(now, then *plan.Everybody, id string, r readers) *coachDraft {
	c := &Coach{Head: newHead(r.scope), ID: id, Name: now.Someone(id).Name, Kinds: make(map[string]int)}
	return &coachDraft{c, r, now.With(id), then.With(id), make(map[string][2]work)}
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
	d.Pulse, d.Self, d.Round = d.opinions("pulse"), d.opinions("self-assessment"), d.opinions("360")
	if d.may(d.ID, plan.PartSessions) {
		d.Coaches = d.now.CoachOf(d.now.Someone(d.ID))
	}
	for _, part := range coachParts {
		now, _ := d.work(part)
		switch {
		case d.own:
			d.told = append(d.told, part)
		case d.withholds(inPeriod, part):
		case slices.Contains(untold, part):
			d.LeftOut = append(d.LeftOut, LeftOut{part, "the rest would be about too few people"})
		default:
			if now.people >= plan.SmallGroup {
				d.told = append(d.told, part)
				d.tell(part, now)
			}
			d.LeftOut = append(d.LeftOut, leftOutOf(part, now.shared, everybody.people, d.unconfirmed(part, everybody.Coachees), d.For)...)
		}
	}
	d.leaveOutOthers()
	d.addWork()
	d.addFigures()
	d.LeftOut = append(d.LeftOut, d.leftOutApart(coachParts)...)
	return d.Coach
}

func (d *coachDraft) opinions(kind string) []plan.Opinion {
	wrote := func(f *plan.Facts) bool {
		return f.ID != d.ID && slices.ContainsFunc(f.Assessments, func(a plan.AssessmentFact) bool { return a.About == d.ID && a.Kind == kind })
	}
	if d.withholds(inPeriod, coachParts...) {
		return nil
	}
	kept := d.withoutApart(d.now.People, inPeriod, coachParts, wrote)
	return d.now.Of(func(f *plan.Facts) bool { return !wrote(f) || slices.Contains(kept, f) }).Opinions(d.ID, kind, d.scope.Period)
}

// A work is what a coach's work in a period comes to with some of the coachees.
type work struct {
	*plan.Coaching
	weeks  []plan.Week // of the coach's own actions
	year   *plan.Rate  // plans that worked in the four quarters that end with the period; nil where that isn't told
	people int         // with a session of the period
	shared int         // of them and those who are left out so that nothing follows from several reports

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
	of := func(e *plan.Everybody, period plan.Period, when int) work {
		e = e.Of(func(f *plan.Facts) bool {
			return (len(parts) == 0 || d.may(f.ID, parts...)) && (!others || d.othersLet("employer", d.now.Facts(f.ID), d.then.Facts(f.ID)))
		})
		left := 0
		if !d.own {
			kept := d.countable(e.People, when, parts, func(f *plan.Facts) bool { return d.led(f, period) })
			left = len(e.People) - len(kept)
			e = e.Of(func(f *plan.Facts) bool { return len(kept) == len(e.People) || slices.Contains(kept, f) })
		}
		w := work{Coaching: e.CoachingOf(d.ID, period, d.scope.Today), weeks: e.WeeksOf(d.ID, period)}
		if year, ok := d.yearOf(e.People, period, d.ID); ok {
			w.year = &year
		}
		if !d.own {
			w.Verdicts, w.judged, w.untold = d.verdictsOf(e.People, plan.Period{From: period.From, To: d.scope.end(period)}, d.ID)
			w.PlanSuccess = w.Verdicts.PlanSuccess()
		}
		people := make(map[string]bool)
		for _, s := range w.Led {
			people[s.Coachee] = true
		}
		w.people, w.shared = len(people), len(people)+left
		return w
	}
	now, then = of(d.now, d.scope.Period, inPeriod), of(d.then, d.scope.before(), inBefore)
	d.done[key] = [2]work{now, then}
	return now, then
}

// led says whether the coach led a session with somebody in a period.
func (d *coachDraft) led(f *plan.Facts, period plan.Period) bool {
	return slices.ContainsFunc(f.Sessions, func(s plan.SessionFact) bool { return s.Coach == d.ID && period.Contains(s.Date) })
}

// tell notes of whom a part is told.
func (d *coachDraft) tell(part plan.Part, now work) {
	if d.scope.Several == nil {
		return
	}
	if d.telling == nil {
		d.telling = make(Telling)
	}
	for _, s := range now.Led {
		d.telling[part] = appendNew(d.telling[part], d.scope.Several.Key(s.Coachee))
	}
	slices.Sort(d.telling[part])
}

// enough says whether the readers may see what some parts say of those who approved
// them all: of at least five people.
func (d *coachDraft) enough(now work, parts ...plan.Part) bool {
	return d.own || len(parts) > 0 && now.people >= plan.SmallGroup && !slices.ContainsFunc(parts, func(part plan.Part) bool { return !d.tells(part) })
}

// addWork tells what the work with those coachees comes to who approved all the parts
// that it takes.
func (d *coachDraft) addWork() {
	if now, ok := d.workWhere(plan.PartSessions); ok {
		d.Since, d.Held, d.Missed, d.Cancelled, d.Kinds = now.Since, now.Held, now.Missed, now.Cancelled, now.Kinds
		d.Minutes, d.SetAside, d.GoingWell, d.ToDevelop, d.WordsPerLog = now.Minutes, now.SetAside, now.GoingWell, now.ToDevelop, int(plan.Median(now.LogWords))
		if d.may(d.ID, plan.PartSessions) {
			d.AsCoachee = &now.AsCoachee
		}
		d.Sessions = each(now.Led, func(s plan.LedSession) SessionReport { return sessionReport(s.SessionFact) })
		d.Talk, d.TalkLogs = talkOf(now.Talk)
	}
	if now, ok := d.workWhere(plan.PartCommitment); ok {
		d.Weeks = shownWeeks(now.weeks)
	}
	if now, ok := d.workWhere(plan.PartGoals); ok && now.tellsPlans() {
		d.Verdicts = now.Verdicts
	}
	if now, ok := d.workWhere(plan.PartGoals, plan.PartMetrics); ok {
		for _, trend := range plan.Trends {
			if n := now.Trends[trend]; n > 0 {
				d.Trends = append(d.Trends, TrendCount{trend, n})
			}
		}
	}
	if now, ok := d.workWhere(plan.PartSkills); ok {
		d.Promotions = now.Promotions
	}
}

// workWhere is the work with those who approved some parts; ok is false where the
// readers may not see it.
func (d *coachDraft) workWhere(parts ...plan.Part) (now work, ok bool) {
	now, _ = d.work(parts...)
	return now, d.enough(now, parts...)
}

// addFigures adds the figures, and says which rates went up and which went down: nothing
// where either side has fewer than five counted. The period before is hidden where it is
// about too few.
func (d *coachDraft) addFigures() {
	for _, figure := range coachFigures {
		key, needs := figure.key, definitionOf(figure.key).needs()
		now, then := d.workWith(key == "employer", needs...)
		if !d.enough(now, needs...) || definitionOf(key).ofPlans() && !now.tellsPlans() {
			continue
		}
		f := newFigure(key, figure.of(now.Coaching), figure.of(then.Coaching))
		if !d.own && tooFew(then.people) || d.withholds(inBefore, needs...) || definitionOf(key).ofPlans() && !then.tellsPlans() {
			f.Before, f.Moved = Quantity{Hidden: true, Unit: f.Before.Unit}, ""
		}
		d.Figures = append(d.Figures, f)
		if _, short := d.scope.Period.FourQuarters(); key == "plan_success" && short && now.year != nil && *now.year != now.PlanSuccess {
			d.Figures = append(d.Figures, newFigure("plan_success_year", *now.year, plan.Rate{}).alone())
		}
		if !slices.Contains(scored, key) {
			continue
		}
		percent := f.Now.Rate.ShownPercent()
		switch {
		case f.Moved == plan.Up, f.Moved == "" && percent != nil && *percent >= brightPercent:
			d.Bright = append(d.Bright, key)
		case f.Moved == plan.Down:
			d.Slipped = append(d.Slipped, key)
		}
	}
}

// tellsPlans says whether the verdicts that are left out, if any, leave enough people on
// either side.
func (w work) tellsPlans() bool {
	return w.untold == 0 || w.judged >= plan.SmallGroup && !tooFew(w.untold)
}

// leaveOutOthers says what is left out since others, too, answer for it.
func (d *coachDraft) leaveOutOthers() {
	if d.own {
		return
	}
	if now, _ := d.work(plan.PartCommitment); d.tells(plan.PartCommitment) {
		if told, _ := d.workWith(true, plan.PartCommitment); told.people < now.people {
			d.LeftOut = append(d.LeftOut, LeftOut{plan.PartCommitment, "what others promised, if some of them haven't approved it for " + d.For})
		}
	}
	if now, _ := d.work(plan.PartGoals); d.tells(plan.PartGoals) && now.untold > 0 {
		d.LeftOut = append(d.LeftOut, LeftOut{plan.PartGoals, "plans with an action of others, if some of them haven't approved it for " + d.For})
	}
}

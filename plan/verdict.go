package plan

import (
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// An Outcome is what a verdict says: commitment and plan apart (method 80, 81).
type Outcome string

// The outcomes of a short-term goal that was judged.
const (
	Worked        Outcome = "plan worked"          // carried out, reached
	FellShort     Outcome = "plan fell short"      // carried out, not reached: new actions are due, from the coach
	AnotherWay    Outcome = "another way"          // not carried out, reached
	FollowThrough Outcome = "follow-through first" // not carried out, not reached
)

// A Verdict is the judgement of one short-term goal for one date.
type Verdict struct {
	VerdictFact // but for Set and Answer, which are below

	Goal    *Goal
	Log     *Log // the session at which it was judged
	Late    int  // days that the goal waited for what was missing
	Waited  *Log // the session since which it had; nil where it hadn't
	Target  logparse.Value[logparse.Target]
	Set     []*Agreement // those of everybody whose results count
	Reading *Reading     // of the metric; nil where there is none
	Ticked  bool         // the goal's box says that it was reached

	mark  logparse.State // that the session gives the goal, or an earlier one that it waited since
	given *Log           // the log that gave the date

	Answer   *Log   // of a plan that fell short: the log that gave it new actions
	InTime   bool   // that was by the session behind the one that judged it
	Expected []*Log // the sessions that can answer it in time
}

// A DonePart is how much of what some owners agreed was done: done and half of partly, over
// done, partly and not done. A repeated action counts once, with the share of its turns.
type DonePart struct {
	Done  float64
	Whole int
}

// Percent is the share, from 0 to 100; ok is false where there is no result.
func (p DonePart) Percent() (percent float64, ok bool) {
	if p.Whole == 0 {
		return 0, false
	}
	return 100 * p.Done / float64(p.Whole), true
}

// carriedOut is the percent of a part from which it is carried out, where the settings
// say nothing else.
const carriedOut = 75

// judge gives a verdict on each short-term goal whose day has come, and takes note of
// what is missing of others.
func (f *follower) judge(log *Log) {
	for _, g := range slices.Clone(f.person.Goals) {
		if g.Running() && g.Horizon == ShortTerm && f.judgeGoal(log, g) {
			continue // the verdict has answered the mark
		}
		g.note(g.mark(log), logparse.Date{})
	}
}

// judgeGoal says whether the goal got a verdict.
func (f *follower) judgeGoal(log *Log, g *Goal) bool {
	come := slices.DeleteFunc(slices.Clone(g.dates), func(d *goalDate) bool {
		return d.judged || !d.given.Before(log) || log.Date.Before(d.day)
	})
	leaving := f.leaves(log, g) != "" || f.goes[g].midTerm || g.deferred != ""
	mark := g.mark(log)
	if mark == logparse.Open && g.answered != logparse.Plain {
		mark = g.answered
	}
	v := Verdict{Goal: g, Log: log, Target: g.Target, mark: mark, given: g.Stated[0].Log}
	v.Ticked = mark == logparse.Done || (mark == logparse.Open || mark == logparse.Dropped) && g.tickedBy(log.Date)
	if len(come) > 0 {
		oldest := slices.MinFunc(come, func(x, y *goalDate) int { return x.day.Compare(y.day) })
		v.Due, v.given = oldest.day, oldest.given
		v.Target = g.targetBefore(oldest)
	} else if !f.judgedEarly(log, g, &v) {
		return false
	}
	missing := f.missing(log, g, &v)
	if len(missing) > 0 && !leaving {
		g.Missing, g.Differing, g.answered = missing, f.differing(g, &v), mark
		if g.Waits == nil {
			g.Waits = log
			g.waits = append(g.waits, WaitFact{log.index, None, own(g.planOf(&v))})
		}
		return false
	}
	f.decide(&v)
	if len(missing) > 0 { // it leaves while it waits
		v.Outcome = FellShort
		if v.Reached {
			v.Outcome = AnotherWay
		}
	}
	v.Waited = g.Waits
	if g.Waits != nil {
		v.Late = g.Waits.Date.DaysUntil(log.Date)
	}
	for _, d := range come {
		d.judged = true
	}
	given := v // few get here
	g.Verdicts = append(g.Verdicts, &given)
	g.waitNoMore(log)
	g.Progress = logparse.Plain
	if v.Reached {
		g.end(log, EndReached)
	}
	return true
}

// judgedEarly says whether a goal is judged though no date has come: a milestone that a
// session ticks, or marks as not reached where it never had a date; one with a metric that
// never had a date, at the first later session with a value; and what waits since such a day.
func (f *follower) judgedEarly(log *Log, g *Goal, v *Verdict) bool {
	undated := len(g.dates) == 0
	if p := g.pending(); p != nil {
		v.Due, v.given = p.day, p.given
	}
	switch {
	case g.Target.Set:
		return undated && len(g.Verdicts) == 0 && f.read(v) != nil
	case v.mark == logparse.Dropped && g.Waits != nil:
		return true
	case v.mark == logparse.Done:
		return undated || g.Waits != nil || f.leaves(log, g) != EndDropped
	}
	g.waitNoMore(log)
	return undated && len(g.Verdicts) == 0 && v.mark == logparse.NotDone
}

// targetBefore is the target as it stood before a date: as the log had it that gave the
// date, where none said before.
func (g *Goal) targetBefore(d *goalDate) (target logparse.Value[logparse.Target]) {
	if g.earlier != nil {
		target = g.earlier.Target
	}
	for _, s := range g.Stated {
		if s.Goal.Target.Set && (s.Log.Date.Before(d.day) || !target.Set && !d.given.Before(s.Log)) {
			target = s.Goal.Target
		}
	}
	return target
}

// missing are what a goal waits for in a session: actions of the coachee's that are due
// and not talked about, a mark on a milestone, a value of a metric.
func (f *follower) missing(log *Log, g *Goal, v *Verdict) []string {
	var missing []string
	for _, a := range g.Agreements {
		if f.isUntold(log, a) {
			missing = append(missing, fmt.Sprintf("what came of %q", a.Text))
		}
	}
	switch {
	case v.Target.Set && f.read(v) == nil:
		missing = append(missing, "a value of "+v.Target.V.Metric)
	case !v.Target.Set && v.mark == logparse.Open && !v.Ticked:
		missing = append(missing, "whether it was reached")
	}
	return missing
}

// differing says which value of its metric a goal waits for; "" where there is none.
func (f *follower) differing(g *Goal, v *Verdict) string {
	for _, d := range slices.Backward(f.person.Disputed) {
		first := d.Observations[0]
		if first.Metric == v.Target.V.Metric && !d.Counts && g.Stated[0].Log.Date.Before(first.Date) && !v.Log.Date.Before(first.Date) && f.read(v) == nil {
			return fmt.Sprintf("which value of %s for %s is right: %s", first.Metric, first.Date.InWords(), d.where())
		}
	}
	return ""
}

// Wanted is what a goal waits for, in words: of two values that differ, which is right. A value
// is what is last in Missing.
func (g *Goal) Wanted() []string {
	if g.Differing == "" {
		return g.Missing
	}
	return append(slices.Clone(g.Missing[:len(g.Missing)-1]), g.Differing)
}

// isUntold says whether an action of the coachee's is due and was not talked about.
func (f *follower) isUntold(log *Log, a *Agreement) bool {
	return a.Owner == f.person.ID && !a.Closed() && a.DueAt != nil && a.dueNow(log)
}

// decide works out a verdict's two halves.
func (f *follower) decide(v *Verdict) {
	v.Reading = f.read(v)
	v.Reached = v.Ticked
	if v.Target.Set {
		v.Reached = v.Reading != nil && v.Target.V.Reached(v.Reading.Median)
	}
	v.Set = countedNow(v.Goal, v.Log)
	var coachee, others []*Agreement
	for _, a := range v.Set {
		if a.Owner == f.person.ID {
			coachee = append(coachee, a)
			v.Support = v.Support || a.Result == Blocked
		} else {
			others = append(others, a)
		}
	}
	v.Coachee, v.Others = partOf(coachee), partOf(others)
	least := float64(f.carriedOut())
	if percent, ok := v.Others.Percent(); ok && percent < least {
		v.Support = true
	}
	percent, ok := v.Coachee.Percent()
	done := ok && percent >= least
	switch {
	case done && v.Reached:
		v.Outcome = Worked
	case v.Reached:
		v.Outcome = AnotherWay
	case done || !ok:
		v.Outcome = FellShort
	default:
		v.Outcome = FollowThrough
	}
	v.Coach = v.Goal.planOf(v)
}

func (f *follower) carriedOut() int {
	if set := f.logbook.Settings.CarriedOut; set.Set {
		return set.V
	}
	return carriedOut
}

// countedNow are a goal's actions with a result by a session that no earlier verdict has
// counted.
func countedNow(g *Goal, log *Log) []*Agreement {
	var set []*Agreement
	counted := make(map[*Agreement]bool)
	for _, v := range g.Verdicts {
		for _, a := range v.Set {
			counted[a] = true
		}
	}
	for _, a := range g.Agreements {
		counts := a.Result == Done || a.Result == Partly || a.Result == NotDone || a.Result == Blocked
		if counts && !log.Before(a.Account) && !counted[a] {
			set = append(set, a)
		}
	}
	return set
}

// partOf is how much of some agreements was done.
func partOf(agreements []*Agreement) (p DonePart) {
	type share struct{ done, whole float64 }
	shares := make(map[*Agreement]*share) // by the first turn
	var order []*Agreement
	for _, a := range agreements {
		if a.Result == Blocked {
			continue
		}
		first := a.Turns()[0]
		if shares[first] == nil {
			shares[first] = &share{}
			order = append(order, first)
		}
		s := shares[first]
		s.whole++
		switch a.Result {
		case Done:
			s.done++
		case Partly:
			s.done += 0.5
		}
	}
	for _, first := range order {
		p.Whole++
		p.Done += shares[first].done / shares[first].whole
	}
	return p
}

// planOf is the id of whose plan a verdict is about: the coach on the day of the last log
// before the date that changed the goal's date, target or actions, or that stated it; of a
// date that was given late, whoever gave it.
func (g *Goal) planOf(v *Verdict) string {
	by := v.Due
	if by.IsZero() {
		by = v.Log.Date
	}
	coach := v.given.dayCoach
	for _, log := range g.changes {
		if log.Date.Before(by) {
			coach = log.dayCoach
		}
	}
	return coach
}

// answerVerdicts finds, for each plan that fell short, the log that answered it: with an
// action that was never agreed before under that goal.
func (f *follower) answerVerdicts() {
	sessions := f.person.Sessions()
	fresh := make(map[*Goal][]*Agreement) // of each goal and its later lives
	for _, a := range f.person.Agreements {
		for g := a.Goal; a.fresh && g != nil; g = g.earlier {
			fresh[g] = append(fresh[g], a)
		}
	}
	for _, g := range f.person.Goals {
		for _, v := range g.Verdicts {
			if v.Outcome != FellShort {
				continue
			}
			from := slices.Index(sessions, v.Log)
			v.Expected = sessions[from:min(from+2, len(sessions))]
			for _, a := range fresh[g] {
				if !a.Agreed.Before(v.Log) {
					v.Answer = a.Agreed
					v.InTime = !v.Expected[len(v.Expected)-1].Before(a.Agreed)
					break
				}
			}
		}
	}
}

// Disagrees says whether tick and metric say different things; the figure stands.
func (v *Verdict) Disagrees() bool { return v.Target.Set && v.Ticked && !v.Reached }

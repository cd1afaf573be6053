package plan

import (
	"iter"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A follower reads a person's held logs in order, and works out what became of
// everything that they agreed.
type follower struct {
	logbook  *Logbook
	person   *Person
	longTerm identities        // of every long-term goal so far
	before   identities        // of the actions above in the goal that is read
	goals    index[*Goal]      // the person's
	actions  index[*Agreement] // under each goal, and of all
	going    []*Agreement      // that were alive when somebody last looked
	goes     map[*Goal]course  // where the log that is read takes goals
}

// follow works out what became of everything that a person's sessions agreed, and shows each
// log when that is done.
func follow(b *Logbook, p *Person, show func(*Log)) {
	f := &follower{logbook: b, person: p, longTerm: make(identities), before: make(identities), goes: make(map[*Goal]course)}
	at := p.PlanDoc
	defer func() {
		if fault := recover(); fault != nil { // this person's figures are missing, and nobody else's
			p.Goals, p.Agreements, p.Unexpected, p.Twice = nil, nil, nil, nil
			at.Fail(fault)
		}
	}()
	for _, log := range p.CountedLogs() {
		at = log.Doc
		f.noteLongTerm(log)
		if log.IsTalk() {
			f.noteProgress(log, f.mentions(log))
		} else {
			f.beginTurns(log)
			mentions := f.mentions(log)
			f.giveResults(log, mentions)
			f.noteGoals(log, mentions)
			f.lookAhead(log)
			f.judge(log)
			f.leave(log)
		}
		f.agree(log)
		show(log)
	}
	f.answerVerdicts()
}

// IsTalk says whether a kind of log is of a talk that came on top of the sessions: it
// agrees actions and notes progress, and makes nothing due.
func IsTalk(kind string) bool { return Reactive(kind) || kind == "peer" }

// IsTalk says whether the log is of a talk.
func (l *Log) IsTalk() bool { return IsTalk(l.Kind.V) }

func (f *follower) noteLongTerm(log *Log) {
	for _, g := range log.LongTerm {
		f.longTerm.add(identityOf(g.Item))
	}
}

// live are the agreements that somebody may still speak of, in order. None comes back to life.
func (f *follower) live() []*Agreement {
	f.going = slices.DeleteFunc(f.going, func(a *Agreement) bool { return !a.Live() })
	return slices.Clone(f.going)
}

// beginTurns begins the turn of each repeated action whose week or month has come, and
// ends the one before: what nobody talked about ends so, and what is unsettled is for the
// next one.
func (f *follower) beginTurns(log *Log) {
	for _, a := range f.live() {
		switch {
		case !a.goesOn() || !a.nextTurn().has(log.Date):
		case a.DueAt == nil && !a.Closed(): // its first turn
			f.dueIn(log, a)
		default:
			a.settle(log)
			if progress := a.Progress; !a.Closed() {
				a.close(log, NotTalked, nil)
				a.Progress = progress
			}
			f.dueIn(log, f.goOn(log, a))
		}
	}
}

// turnAfter is the first day of the week or the month behind the one that a day is in.
func turnAfter(every string, day logparse.Date) logparse.Date {
	if every == "month" {
		return logparse.Date{Year: day.Year, Month: day.Month, Day: 1}.AddMonths(1)
	}
	return weekOf(day).AddDays(7)
}

// goOn adds the turn of a repeated action behind another.
func (f *follower) goOn(log *Log, a *Agreement) *Agreement {
	turn := &Agreement{
		Goal: a.Goal, ID: a.ID, Text: a.Text, Owner: a.Owner, Due: a.Due, Every: a.Every, Skill: a.Skill, By: a.By, Agreed: a.Agreed, Began: log,
		Counters: a.Counters, Stated: a.Stated, StatedIn: a.StatedIn, Result: Open, lastMark: a.lastMark, base: a.base, before: a, terms: slices.Clone(a.terms), place: a.place, identity: a.identity,
	}
	a.after = turn
	f.add(turn)
	return turn
}

func (f *follower) add(a *Agreement) {
	a.index = len(f.person.Agreements)
	a.Goal.Agreements = append(a.Goal.Agreements, a)
	f.person.Agreements = append(f.person.Agreements, a)
	f.going = append(f.going, a)
	f.note(a)
}

// note has an agreement found by what it is called now, and under its goal.
func (f *follower) note(a *Agreement) {
	f.actions.add(nil, a.identity, a)
	f.actions.add(a.Goal, a.identity, a)
}

// restated takes note of an agreement that a log states again, under a goal.
func (f *follower) restated(log *Log, g *Goal, a *Agreement, it *logparse.Item) {
	a.moveTo(g)
	a.state(log, it)
	f.note(a)
}

// dueIn takes note that an agreement is due at a session.
func (f *follower) dueIn(log *Log, a *Agreement) {
	if a.DueAt == nil {
		a.DueAt = log
	}
	a.underLead = a.underLead || a.ownLead(log)
}

// giveResults gives the results that a session's Follow-through says, and settles
// what later sessions settle.
func (f *follower) giveResults(log *Log, m *mentioned) {
	for _, a := range f.live() {
		mention := m.of[a]
		if a.Closed() {
			f.settleBy(log, a, mention)
			continue
		}
		if a.dueNow(log) {
			f.dueIn(log, a)
		}
		f.result(log, a, mention)
	}
	f.agreeCarried(log, m)
}

// settleBy settles a result that leaves something to settle by what a later session
// says.
func (f *follower) settleBy(log *Log, a *Agreement, m *Mention) {
	if m == nil || !m.says() {
		return
	}
	a.Late = m
	state := m.Item.State
	switch {
	case a.goesOn() && state == logparse.Dropped:
		a.settle(log)
		f.stop(log, a, m.Item)
	case a.goesOn() && !a.Unsettled():
		a.note(state, m.Item.Ticked.V) // before its turn
	case state == logparse.Done || state == logparse.Dropped || state == logparse.Carried && a.goesOn():
		a.settle(log)
	case state == logparse.Carried:
		f.again(log, a.Goal, a, m.Item, a)
	}
}

// result gives an open agreement its result at a session, if there is one.
func (f *follower) result(log *Log, a *Agreement, m *Mention) {
	due := a.DueAt != nil && a.dueNow(log)
	state, item := logparse.Open, (*logparse.Item)(nil)
	if m != nil {
		state, item = m.Item.State, m.Item
	}
	talked := m != nil && m.says()
	if due && talked && a.AskedAt == nil {
		a.AskedAt = log
	}
	switch {
	case state == logparse.Done && (due || a.Every == ""):
		if !due && a.ownLead(log) { // or it would pay to say it later
			f.dueIn(log, a)
			a.AskedAt = log
		}
		a.close(log, Done, item)
	case state == logparse.Dropped:
		f.stop(log, a, item)
	case state == logparse.Carried:
		f.carry(log, a, item, due)
	case !due:
		if m != nil {
			a.note(state, item.Ticked.V)
		}
	case !talked && a.ownLead(log):
		a.close(log, NotDone, item)
	case !talked && a.tickedBy(log.Date):
		a.close(log, Done, item) // nobody asked, and it was ticked before
	case state == logparse.Partly:
		a.close(log, Partly, item)
	case state == logparse.Blocked && a.Owner == f.person.ID && f.blocker(a, item) != "":
		a.Blocker = f.blocker(a, item)
		a.close(log, Blocked, item)
	case state == logparse.NotDone || state == logparse.Blocked:
		a.close(log, NotDone, item)
	default:
		a.Untold = log
	}
}

// blocker is who an item says that it waits for: the first @name in its remarks or its
// text but the owner's.
func (f *follower) blocker(a *Agreement, it *logparse.Item) string {
	for _, name := range it.Named() {
		if id := f.logbook.Resolve(name); id != a.Owner {
			return id
		}
	}
	return ""
}

// stop lets an action go by agreement, with the turns to come of a repeated one; it is the
// line that says so, nil where it is now another owner's. Who leads the session can't excuse
// themselves from what came due.
func (f *follower) stop(log *Log, a *Agreement, it *logparse.Item) {
	if a.Closed() {
		a = f.goOn(log, a)
	}
	a.stopped = true
	a.Goal.changed(log)
	if a.DueAt == log && a.AskedAt == nil {
		a.AskedAt = log
	}
	if a.underLead {
		a.close(log, NotDone, it)
		a.settle(log) // it was let go
		return
	}
	a.close(log, Dropped, it)
}

// carry moves an agreement on, to the next session or to its new date. Of their own, the
// leading coach moves one on twice; the third time it is not done, and agreed again.
func (f *follower) carry(log *Log, a *Agreement, it *logparse.Item, due bool) {
	if due {
		a.Carried = append(a.Carried, log)
	}
	if (due || a.laterBy(log, it)) && f.postpone(log, a) {
		a.close(log, NotDone, it)
		f.again(log, a.Goal, a, it, a)
		return
	}
	if owner := f.owner(it); owner != "" && owner != a.Owner {
		f.handOver(log, a, it)
		return
	}
	if due {
		a.base, a.dated, a.Untold = log, false, nil
	}
	f.restated(log, a.Goal, a, it)
	a.note(it.State, it.Ticked.V)
}

// postpone counts that the leading coach moved on their own once it was due, and says
// whether that was for the third time.
func (f *follower) postpone(log *Log, a *Agreement) bool {
	if a.ownLead(log) && a.postponedIn != log {
		a.postponedIn = log
		a.postponed++
	}
	return a.postponed > 2
}

// again agrees once more what has its result, and so settles that, unless it is now
// somebody else's. like is whose terms it keeps; nil where the line says all.
func (f *follower) again(log *Log, g *Goal, a *Agreement, it *logparse.Item, like *Agreement) {
	if n := f.newAgreement(log, g, it, like); n.Owner == a.Owner {
		a.settle(log)
	}
}

// handOver agrees with another owner what has no result yet: the old agreement is
// dropped, but for what a leading coach had due.
func (f *follower) handOver(log *Log, a *Agreement, it *logparse.Item) {
	n := f.newAgreement(log, a.Goal, it, a)
	n.fresh = false
	if log.IsTalk() {
		return // it drops nothing
	}
	if !it.Due.Set && a.dated && log.Date.Before(a.Due) {
		n.Due, n.dated = a.Due, true
		n.terms[0].Due = a.Due
	}
	f.stop(log, a, nil)
}

// newAgreement agrees an action; like is what it was before, whose terms it keeps.
func (f *follower) newAgreement(log *Log, g *Goal, it *logparse.Item, like *Agreement) *Agreement {
	a := &Agreement{Goal: g, Agreed: log, Began: log, Result: Open, Owner: f.person.ID, base: log, postponedIn: log}
	if like != nil {
		a.Owner, a.Every, a.Skill, a.By, a.identity = like.Owner, like.Every, like.Skill, like.By, like.identity
	}
	if owner := f.owner(it); owner != "" {
		a.Owner = owner
	}
	a.fresh = like == nil && f.agreedBefore(g.earlier, it) == nil
	inPlan := false
	for old := range f.under(g, it) {
		a.fresh = false
		inPlan = inPlan || old.Owner == a.Owner && old.Result != Dropped
	}
	if !inPlan {
		g.changed(log)
	}
	a.state(log, it)
	f.add(a)
	return a
}

// under are the agreements under a goal, whatever became of them, that an item speaks of.
func (f *follower) under(g *Goal, it *logparse.Item) iter.Seq[*Agreement] {
	return func(yield func(*Agreement) bool) {
		id := identityOf(it)
		for _, kind := range [...]matchKind{byID, byText} {
			for _, a := range f.actions.of(g, id, kind) {
				if a.Goal == g && id.match(a.identity) != noMatch && !yield(a) {
					return
				}
			}
		}
	}
}

// agreedBefore is the last agreement on the same action under a goal, in any of its lives; nil
// where there was none.
func (f *follower) agreedBefore(g *Goal, it *logparse.Item) *Agreement {
	for ; g != nil; g = g.earlier {
		if same := slices.Collect(f.under(g, it)); len(same) > 0 {
			return slices.MaxFunc(same, func(x, y *Agreement) int { return slices.Index(g.Agreements, x) - slices.Index(g.Agreements, y) })
		}
	}
	return nil
}

// owner is the id that an item names as its owner; "" where it names none.
func (f *follower) owner(it *logparse.Item) string {
	if !it.Owner.Set {
		return ""
	}
	return f.logbook.Resolve(it.Owner.V)
}

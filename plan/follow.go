package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Mention is one action in a session's Follow-through.
type Mention struct {
	Log  *Log
	Goal *logparse.Goal // the goal that it stands under; nil where it stands alone
	Item *logparse.Item
}

// A follower reads a person's held sessions in order and keeps what is agreed
// and not yet accounted for.
type follower struct {
	logbook  *Logbook
	person   *Person
	open     []*Agreement
	longTerm []identity // of every long-term goal so far
}

// follow works out what became of everything that a person's sessions agreed.
func follow(b *Logbook, p *Person) {
	f := &follower{logbook: b, person: p}
	at := p.PlanDoc
	defer func() {
		if fault := recover(); fault != nil { // this person's figures are missing, and nobody else's
			p.Goals, p.Agreements, p.Unexpected = nil, nil, nil
			at.Fail(fault)
		}
	}()
	for _, log := range p.CountedLogs() {
		at = log.Doc
		f.noteLongTerm(log)
		carried := f.account(log)
		f.judge(log)
		f.agree(log, carried)
		f.leaveLongTerm(log)
	}
	for _, g := range p.Goals {
		answerVerdicts(g)
	}
}

func (f *follower) noteLongTerm(log *Log) {
	for _, g := range log.LongTerm {
		f.longTerm = append(f.longTerm, identityOf(g.Item))
	}
}

// leaveLongTerm ends the following of goals that log has moved to the long term.
func (f *follower) leaveLongTerm(log *Log) {
	for _, goal := range log.LongTerm {
		g := f.goal(goal.Item)
		if g == nil || g.LastStated() != nil && g.LastStated().Log == log {
			continue
		}
		g.State, g.pending = logparse.Dropped, nil
	}
}

// account settles every account that is due at log, and returns the actions
// that log carries on without an open agreement.
func (f *follower) account(log *Log) (carried []*Mention) {
	mentions := f.mentions(log)
	given := f.matchMentions(mentions)
	var still []*Agreement
	for _, a := range f.open {
		m := given[a]
		switch {
		case m != nil && m.Item.State == logparse.Carried:
			f.carry(a, m)
			still = append(still, a)
		case a.DueOn(log.Date):
			var item *logparse.Item
			if m != nil {
				item = m.Item
			}
			a.close(log, item)
		default:
			if m != nil {
				a.note(log, m.Item.State)
			}
			still = append(still, a)
		}
		delete(given, a)
		if m != nil {
			m.Item = nil // matched
		}
	}
	f.open = still
	for _, m := range mentions {
		switch {
		case m.Item == nil:
		case m.Item.State == logparse.Carried && m.Goal != nil:
			carried = append(carried, m)
		default:
			if late := f.withoutAccount(m.Item); late != nil {
				late.Late = m
			}
			f.person.Unexpected = append(f.person.Unexpected, m)
		}
	}
	return carried
}

// withoutAccount is the last agreement that an item speaks of and that was given
// no account when it was due, or nil.
func (f *follower) withoutAccount(it *logparse.Item) *Agreement {
	for _, a := range slices.Backward(f.person.Agreements) {
		if a.Result == NoAccount && identityOf(it).match(a.identity) != noMatch {
			return a
		}
	}
	return nil
}

// carry moves an account on to the first held session after this one, or on or
// after a date that lies ahead.
func (f *follower) carry(a *Agreement, m *Mention) {
	if a.DueOn(m.Log.Date) {
		a.Carried++
		a.carriedIn = append(a.carriedIn, m.Log)
	}
	a.state(m.Log, &logparse.Action{Item: m.Item}, f.ownerOf(m.Item))
}

// mentions are the actions in a log's Follow-through, but for those of
// long-term goals. An item that stands alone may be a goal or an action.
func (f *follower) mentions(log *Log) []*Mention {
	var mentions []*Mention
	for _, goal := range log.FollowThrough {
		if f.isLongTerm(goal.Item) {
			continue
		}
		if f.isAction(goal) {
			mentions = append(mentions, &Mention{log, nil, goal.Item})
		}
		for _, action := range goal.Actions {
			mentions = append(mentions, &Mention{log, goal, action.Item})
		}
	}
	return mentions
}

func (f *follower) isLongTerm(it *logparse.Item) bool {
	if f.goal(it) != nil {
		return false
	}
	for _, id := range f.longTerm {
		if identityOf(it).match(id) != noMatch {
			return true
		}
	}
	return false
}

// isAction says whether an item at the top of Follow-through is an action that
// was agreed, written down without its goal.
func (f *follower) isAction(goal *logparse.Goal) bool {
	best := noMatch
	for _, a := range f.open {
		best = max(best, identityOf(goal.Item).match(a.identity))
	}
	return best == byID || best == byText && f.goal(goal.Item) == nil
}

// matchMentions finds the open agreement that each mention speaks of: by id
// first, then by text under the same goal, then by text.
func (f *follower) matchMentions(mentions []*Mention) map[*Agreement]*Mention {
	given := make(map[*Agreement]*Mention)
	taken := make(map[*Mention]bool)
	pass := func(want matchKind, sameGoal bool) {
		for _, m := range mentions {
			if taken[m] {
				continue
			}
			id := identityOf(m.Item)
			for _, a := range f.open {
				if given[a] != nil || id.match(a.identity) != want {
					continue
				}
				if sameGoal && (m.Goal == nil || f.goal(m.Goal.Item) != a.Goal) {
					continue
				}
				given[a], taken[m] = m, true
				break
			}
		}
	}
	pass(byID, false)
	pass(byText, true)
	pass(byText, false)
	return given
}

// goal finds the goal that an item speaks of, or nil: by id first, else by text.
func (f *follower) goal(it *logparse.Item) *Goal {
	id := identityOf(it)
	var found *Goal
	best := noMatch
	for _, g := range f.person.Goals {
		if kind := id.match(g.identity); kind > best {
			found, best = g, kind
		}
	}
	return found
}

// agree takes note of everything that log's plan and its carried-on items agree.
func (f *follower) agree(log *Log, carried []*Mention) {
	f.carryGoals(log)
	for _, m := range carried {
		f.agreeAction(log, f.statedGoal(log, m.Goal, "", true), &logparse.Action{Item: m.Item})
	}
	for _, goal := range log.ShortTerm {
		f.agreeGoal(log, goal, ShortTerm)
	}
	for _, goal := range log.MidTerm {
		f.agreeGoal(log, goal, MidTerm)
	}
}

// carryGoals states again the goals that Follow-through carries on, alone or
// with one of their actions, and takes note of what it says of the others.
func (f *follower) carryGoals(log *Log) {
	for _, goal := range log.FollowThrough {
		carried := goal.State == logparse.Carried
		for _, action := range goal.Actions {
			carried = carried || action.State == logparse.Carried
		}
		switch g := f.goal(goal.Item); {
		case f.isLongTerm(goal.Item):
		case carried && (g != nil || goal.State == logparse.Carried && len(goal.Actions) > 0):
			f.statedGoal(log, goal, "", true)
		case g != nil && g.Horizon == ShortTerm && g.pending == nil && g.State == logparse.Dropped:
			// what is said of a goal that both let go doesn't take it up again
		case g != nil:
			g.State = goal.State
			if goal.State == logparse.Dropped {
				g.pending = nil
			}
		}
	}
}

func (f *follower) agreeGoal(log *Log, goal *logparse.Goal, horizon Horizon) {
	g := f.statedGoal(log, goal, horizon, false)
	for _, action := range goal.Actions {
		f.agreeAction(log, g, action)
	}
}

// statedGoal finds or adds the goal that a log states. An empty horizon leaves
// a known goal's as it is.
func (f *follower) statedGoal(log *Log, goal *logparse.Goal, horizon Horizon, carried bool) *Goal {
	g := f.goal(goal.Item)
	if g == nil {
		g = &Goal{Person: f.person, Horizon: ShortTerm, judged: make(map[logparse.Date]bool)}
		f.person.Goals = append(f.person.Goals, g)
	}
	if horizon != "" {
		g.Horizon = horizon
	}
	if last := g.LastStated(); carried && last != nil && last.Log == log {
		return g
	}
	g.state(&Statement{log, goal, carried})
	return g
}

// agreeAction takes note of an action that log agrees: again, where its account
// is still open, else anew.
func (f *follower) agreeAction(log *Log, g *Goal, action *logparse.Action) {
	a := f.openAgreement(g, action.Item)
	if action.State == logparse.Dropped {
		if a != nil {
			a.note(log, logparse.Dropped)
		}
		return
	}
	if a == nil {
		a = &Agreement{Goal: g, Agreed: log, Result: Open}
		g.Agreements = append(g.Agreements, a)
		f.person.Agreements = append(f.person.Agreements, a)
		f.open = append(f.open, a)
	}
	a.state(log, action, f.ownerOf(action.Item))
}

// openAgreement finds the open agreement that an item of a goal states again.
func (f *follower) openAgreement(g *Goal, it *logparse.Item) *Agreement {
	id := identityOf(it)
	var found *Agreement
	for _, a := range f.open {
		switch id.match(a.identity) {
		case byID:
			return a
		case byText:
			if a.Goal == g && found == nil {
				found = a
			}
		}
	}
	return found
}

func (f *follower) ownerOf(it *logparse.Item) string {
	if it.Owner.Set {
		return f.logbook.Resolve(it.Owner.V)
	}
	return f.person.ID
}

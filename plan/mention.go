package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Mention is one line of a log about an action or a goal.
type Mention struct {
	Log  *Log
	Goal *logparse.Goal // the goal in Follow-through that it stands under; nil elsewhere
	Item *logparse.Item
}

// says says whether the line has a mark that says something; a blank box doesn't.
func (m *Mention) says() bool {
	return m.Item.State != logparse.Open && m.Item.State != logparse.Unknown
}

// A mentioned is what one log's Follow-through speaks of.
type mentioned struct {
	of    map[*Agreement]*Mention
	goals map[*Goal]*logparse.Goal // the first line of each
	alone map[*logparse.Goal]bool  // lines at the top that are actions
	rest  []*Mention               // that speak of nothing that is agreed
}

// mentions finds what each line of a log's Follow-through speaks of: an agreement by id,
// else by text under the same goal, else by text. Of two lines about one, the first
// counts. An item that stands alone may be a goal or an action. Below a long-term goal a
// line may speak of an action that was agreed under another goal; else it says nothing.
func (f *follower) mentions(log *Log) *mentioned {
	m := &mentioned{of: make(map[*Agreement]*Mention), goals: make(map[*Goal]*logparse.Goal), alone: make(map[*logparse.Goal]bool)}
	var all []*Mention
	for _, goal := range log.FollowThrough {
		alone := f.isAction(goal)
		if alone { // the id of a long-term goal hides no action
			m.alone[goal] = true
			all = append(all, &Mention{log, nil, goal.Item})
		} else if g := f.goal(goal.Item); g != nil && m.goals[g] == nil && !f.isLongTerm(goal.Item) {
			m.goals[g] = goal
			g.Said = append(g.Said, &Mention{log, goal, goal.Item})
		}
		for _, action := range goal.Actions {
			all = append(all, &Mention{log, goal, action.Item})
		}
	}
	taken := make([]bool, len(all))
	for _, pass := range []struct {
		want     matchKind
		sameGoal bool
	}{{byID, false}, {byText, true}, {byText, false}} {
		for i, mention := range all {
			if taken[i] {
				continue
			}
			if a := f.spokenOf(mention, pass.want, pass.sameGoal); a != nil {
				taken[i] = true
				if m.of[a] == nil {
					m.of[a] = mention
					a.Said = append(a.Said, mention)
				} else {
					f.person.Twice = append(f.person.Twice, mention)
				}
			}
		}
	}
	for i, mention := range all {
		if !taken[i] && (mention.Goal == nil || !f.isLongTerm(mention.Goal.Item)) {
			m.rest = append(m.rest, mention)
		}
	}
	return m
}

// spokenOf is the agreement that a mention speaks of: what is open before what is only
// unsettled, that of the owner it names before others, and the earlier before the later.
func (f *follower) spokenOf(m *Mention, want matchKind, sameGoal bool) *Agreement {
	id, owner := identityOf(m.Item), f.owner(m.Item)
	rank := func(a *Agreement) (n int) {
		if !a.Closed() {
			n += 2
		}
		if a.Owner == owner {
			n++
		}
		return n
	}
	var under *Goal
	if sameGoal {
		if m.Goal == nil {
			return nil
		}
		if under = f.goal(m.Goal.Item); under == nil {
			return nil
		}
	}
	highest := 2
	if owner != "" {
		highest = 3
	}
	var found *Agreement
	for _, a := range f.actions.of(under, id, want) {
		if !a.Live() || id.match(a.identity) != want || sameGoal && a.Goal != under {
			continue
		}
		if found == nil || rank(a) > rank(found) {
			found = a
		}
		if rank(found) == highest {
			break
		}
	}
	return found
}

func (f *follower) isLongTerm(it *logparse.Item) bool {
	if g := f.goal(it); g != nil && g.Running() {
		return false
	}
	return f.longTerm.has(identityOf(it))
}

// isAction says whether an item at the top of Follow-through is an action that
// was agreed, written down without its goal.
func (f *follower) isAction(goal *logparse.Goal) bool {
	is := func(kind matchKind) bool {
		id := identityOf(goal.Item)
		return slices.ContainsFunc(f.actions.of(nil, id, kind), func(a *Agreement) bool { return a.Live() && id.match(a.identity) == kind })
	}
	return is(byID) || is(byText) && f.goal(goal.Item) == nil
}

// noteProgress takes note of what a talk says of goals and actions.
func (f *follower) noteProgress(log *Log, m *mentioned) {
	for a, mention := range m.of {
		if a.Closed() && !a.goesOn() && mention.says() {
			a.Late = mention
		} else {
			a.note(mention.Item.State, mention.Item.Ticked.V)
		}
	}
	for g, line := range m.goals {
		g.note(line.State, line.Ticked.V)
	}
	f.person.Unexpected = append(f.person.Unexpected, m.rest...)
}

// agreeCarried agrees what a session carries on that nobody had agreed before, under a
// goal that lives or that is carried in with it; the others are nobody's agreements.
func (f *follower) agreeCarried(log *Log, m *mentioned) {
	for _, mention := range m.rest {
		if mention.Item.State == logparse.Carried && mention.Goal != nil {
			g := f.goal(mention.Goal.Item)
			if g == nil && mention.Goal.State == logparse.Carried {
				g = f.newGoal(log, mention.Goal, ShortTerm, nil)
				m.goals[g] = mention.Goal
			}
			if g != nil && g.Running() {
				f.newAgreement(log, g, mention.Item, f.agreedBefore(g, mention.Item))
				continue
			}
		}
		f.person.Unexpected = append(f.person.Unexpected, mention)
	}
}

// noteGoals takes note of what a session's Follow-through says of goals, and of those that it
// carries on and nobody had stated before.
func (f *follower) noteGoals(log *Log, m *mentioned) {
	for _, line := range log.FollowThrough {
		if line.State == logparse.Carried && !line.Owner.Set && f.goal(line.Item) == nil && !f.isLongTerm(line.Item) && !m.alone[line] {
			m.goals[f.newGoal(log, line, ShortTerm, nil)] = line
		}
	}
	for g, line := range m.goals {
		g.line, g.lineIn = line, log
	}
}

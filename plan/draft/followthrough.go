package draft

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// followThrough is all that a session on a day asks about, under its goals: actions that are
// due or unsettled, and goals whose day has come.
func followThrough(p *plan.Person, day logparse.Date) []string {
	asked := make(map[*plan.Goal][]*plan.Agreement)
	for _, a := range p.Asked(day) {
		asked[a.Goal] = append(asked[a.Goal], a)
	}
	var items []string
	for _, g := range p.Goals {
		actions := asked[g]
		if len(actions) > 0 || g.JudgedOn(day) {
			items = append(items, copyGoal(g, actions))
		}
	}
	return items
}

// shortTerm is each running short-term goal that isn't checked on that day, with those of its
// actions that come later, and with a place for new ones where its plan fell short.
func shortTerm(p *plan.Person, day logparse.Date) []string {
	owed := make(map[*plan.Goal]bool)
	for _, v := range p.OwedPlans() {
		owed[v.Goal] = true
	}
	var items []string
	for _, g := range p.Goals {
		if g.Horizon != plan.ShortTerm || !g.Running() || g.JudgedOn(day) {
			continue
		}
		text := copyGoal(g, later(g, day))
		if owed[g] {
			text += "\n  - [ ] <!-- New actions: the plan fell short. -->"
		}
		items = append(items, text)
	}
	return items
}

// midTerm is each running mid-term goal, with those of its actions that come later. What is
// due gets its result first: what goes on after that is agreed again, and never by a line that
// somebody forgot to take out.
func midTerm(p *plan.Person, day logparse.Date) []string {
	var items []string
	for _, g := range p.Goals {
		if g.Horizon == plan.MidTerm && g.Running() {
			items = append(items, copyGoal(g, later(g, day)))
		}
	}
	return items
}

// later are a goal's open actions that a session on a day doesn't ask about.
func later(g *plan.Goal, day logparse.Date) []*plan.Agreement {
	return slices.DeleteFunc(slices.Clone(g.Agreements), func(a *plan.Agreement) bool { return a.Closed() || a.DueOn(day) })
}

// longTerm is the long-term goals as the last session has them.
func longTerm(p *plan.Person) []string {
	var items []string
	if last := p.LastSession(); last != nil {
		for _, g := range last.LongTerm {
			items = append(items, last.Doc.Copy(g.Item, "", func(it *logparse.Item) (logparse.State, bool) { return it.State, true }))
		}
	}
	return items
}

// copyGoal is a goal's own lines with some of its actions, each with all that was said of it.
// Actions that another log stated, or spoke of since, come last.
func copyGoal(g *plan.Goal, actions []*plan.Agreement) string {
	stated := lastPlanned(g)
	marks := map[*logparse.Item]logparse.State{stated.Goal.Item: carriedState(g.Progress)}
	inPlan := make(map[*logparse.Item]bool)
	for _, own := range stated.Goal.Actions {
		inPlan[own.Item] = true
	}
	var rest strings.Builder
	for _, a := range actions {
		it, more := a.Stated.Item, saidSince(a.Stated.Item, a.Said)
		if a.StatedIn == stated.Log && more == "" && inPlan[it] {
			marks[it] = carriedState(a.Progress)
			continue
		}
		own := a.StatedIn.Doc.Copy(it, logparse.DatedRemark(a.StatedIn.Date), keeping(map[*logparse.Item]logparse.State{it: carriedState(a.Progress)}))
		rest.WriteString("\n  " + strings.ReplaceAll(own+more, "\n", "\n  "))
	}
	own := stated.Log.Doc.Copy(stated.Goal.Item, logparse.DatedRemark(stated.Log.Date), keeping(marks))
	return own + saidSince(stated.Goal.Item, g.Said) + rest.String()
}

// keeping keeps the items that have a mark.
func keeping(marks map[*logparse.Item]logparse.State) func(*logparse.Item) (logparse.State, bool) {
	return func(it *logparse.Item) (logparse.State, bool) {
		mark, ok := marks[it]
		return mark, ok
	}
}

// saidSince are the remarks that other lines about an item have, each once and with the day on
// which it was first said.
func saidSince(it *logparse.Item, said []*plan.Mention) string {
	seen := make(map[string]bool)
	for _, remark := range it.Remarks() {
		seen[remarkText(remark)] = true
	}
	var text string
	for _, m := range said {
		for _, remark := range m.Item.Remarks() {
			if seen[remarkText(remark)] {
				continue
			}
			seen[remarkText(remark)] = true
			own := m.Log.Doc.Copy(remark, logparse.DatedRemark(m.Log.Date), keeping(nil))
			text += "\n  " + strings.ReplaceAll(own, "\n", "\n  ")
		}
	}
	return text
}

// remarkText is a remark in the form to compare it by.
func remarkText(remark *logparse.Item) string {
	_, text := remark.SaidOn(logparse.Date{Year: 9999})
	return text
}

// lastPlanned is the goal as the last plan states it; one that is only carried on may be
// written in short.
func lastPlanned(g *plan.Goal) *plan.Statement {
	for _, s := range slices.Backward(g.Stated) {
		if !s.Carried {
			return s
		}
	}
	return g.LastStated()
}

// carriedState is how the last mark of an item is written in the next log: ticks and progress
// are kept, everything else is open again.
func carriedState(s logparse.State) logparse.State {
	if s == logparse.Done || s == logparse.Partly {
		return s
	}
	return logparse.Open
}

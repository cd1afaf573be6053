package factcache

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

// isWhole says whether facts name only sessions, goals and agreements that they have: a record
// with a right checksum may still have been made by anybody.
func isWhole(f *plan.Facts) bool {
	in := func(n int) func(at int) bool { return func(at int) bool { return at >= 0 && at < n } }
	session, goal, agreement := in(len(f.Sessions)), in(len(f.Goals)), in(len(f.Agreements))
	all := func(is func(int) bool, places ...int) bool {
		return !slices.ContainsFunc(places, func(at int) bool { return !is(at) })
	}
	maybe := func(at int) bool { return at == plan.None || session(at) }
	for _, g := range f.Goals {
		whole := len(g.Terms) > 0 && (g.Running == nil || all(session, g.Running.Text.Session, g.Running.Said))
		for _, t := range g.Terms {
			whole = whole && session(t.Session)
		}
		for _, v := range g.Verdicts {
			whole = whole && session(v.Session) && maybe(v.Answer) && all(agreement, v.Set...)
		}
		for _, w := range g.Waits {
			whole = whole && session(w.From) && maybe(w.Until)
		}
		if !whole {
			return false
		}
	}
	for _, a := range f.Agreements {
		whole := len(a.Terms) > 0 && all(session, a.Agreed, a.Began) && all(maybe, a.Due, a.Asked, a.Account, a.Settled) && all(session, a.Carried...)
		for _, t := range a.Terms {
			whole = whole && session(t.Session) && goal(t.Goal)
		}
		if ask := a.Asks; ask != nil {
			whole = whole && all(session, ask.Text.Session, ask.Stated) && maybe(ask.Untold) && goal(ask.Goal) && f.Goals[ask.Goal].Running != nil
		}
		if !whole {
			return false
		}
	}
	return true
}

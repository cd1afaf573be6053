package plan

import (
	"cmp"
	"slices"
)

// facts are somebody's as the union names people, files and metrics.
func (u *Union) facts(in int, old *Facts) *Facts {
	f := *old
	f.ID = u.ID(in, f.ID)
	f.Sessions = changed(f.Sessions, func(s *SessionFact) { s.Path, s.Coach = u.Place(in, s.Path), u.ID(in, s.Coach) })
	f.Goals = changed(f.Goals, func(g *GoalFact) {
		g.Terms = changed(g.Terms, func(t *GoalTerms) { t.By, t.Metric = u.ID(in, t.By), u.metric(in, t.Metric) })
		g.Verdicts = changed(g.Verdicts, func(v *VerdictFact) { v.Coach, v.Metric = u.ID(in, v.Coach), u.metric(in, v.Metric) })
		g.Waits = changed(g.Waits, func(w *WaitFact) { w.Of = u.ID(in, w.Of) })
	})
	f.Agreements = changed(f.Agreements, func(a *AgreementFact) {
		a.Terms = changed(a.Terms, func(t *ActionTerms) { t.Owner = u.ID(in, t.Owner) })
		a.Blocker = u.ID(in, a.Blocker)
	})
	f.Values = changed(f.Values, func(v *ValueFact) { v.Metric = u.metric(in, v.Metric) })
	f.Assessments = changed(f.Assessments, func(a *AssessmentFact) { a.About = u.ID(in, a.About) })
	f.Named = changed(f.Named, func(id *string) { *id = u.ID(in, *id) })
	return &f
}

// metric is a metric's key in the union. One that a logbook doesn't explain, and another
// does, may be another.
func (u *Union) metric(in int, key string) string {
	_, explained := u.of[in].metrics[key]
	_, elsewhere := u.metrics[key]
	if key != "" && !explained && elsewhere {
		return u.of[in].short + "/" + key
	}
	return cmp.Or(u.of[in].keys[key], key)
}

// sharesDays says whether two facts of somebody have sessions of one day, as where a folder
// was copied.
func (f *Facts) sharesDays(o *Facts) bool {
	return slices.ContainsFunc(f.Sessions, func(s SessionFact) bool {
		return slices.ContainsFunc(o.Sessions, func(t SessionFact) bool { return s.Date == t.Date })
	})
}

// with puts together what two logbooks have of one person, each judged on its own.
func (f *Facts) with(o *Facts) *Facts {
	all := *f
	var to []int
	all.Sessions, to = sorted(slices.Concat(f.Sessions, o.Sessions), func(x, y SessionFact) int { return x.Date.Compare(y.Date) })
	all.Goals, all.Agreements = nil, nil
	for i, facts := range []*Facts{f, o} {
		goals, actions := len(all.Goals), len(all.Agreements)
		move := func(session *int) {
			if *session != None {
				*session = to[i*len(f.Sessions)+*session]
			}
		}
		all.Goals = append(all.Goals, changed(facts.Goals, func(g *GoalFact) { g.move(move, actions) })...)
		all.Agreements = append(all.Agreements, changed(facts.Agreements, func(a *AgreementFact) { a.move(move, goals) })...)
	}
	all.inOrder()
	all.Values, _ = sorted(slices.Concat(f.Values, o.Values), func(x, y ValueFact) int { return x.Date.Compare(y.Date) })
	all.Skills, all.Promotions = slices.Concat(f.Skills, o.Skills), slices.Concat(f.Promotions, o.Promotions)
	all.Assessments, all.Named = slices.Concat(f.Assessments, o.Assessments), slices.Compact(slices.Sorted(slices.Values(slices.Concat(f.Named, o.Named))))
	return &all
}

// inOrder puts goals and actions in the order in which sessions stated them, which seeing them
// as of an earlier day relies on.
func (f *Facts) inOrder() {
	goals, toGoal := sorted(f.Goals, func(x, y GoalFact) int { return x.Terms[0].Session - y.Terms[0].Session })
	actions, toAction := sorted(f.Agreements, func(x, y AgreementFact) int { return x.Began - y.Began })
	for _, g := range goals {
		for _, v := range g.Verdicts {
			for i := range v.Set {
				v.Set[i] = toAction[v.Set[i]]
			}
		}
	}
	for _, a := range actions {
		for i := range a.Terms {
			a.Terms[i].Goal = toGoal[a.Terms[i].Goal]
		}
	}
	f.Goals, f.Agreements = goals, actions
}

// sorted are all in order, and where each has come.
func sorted[T any](all []T, compare func(x, y T) int) (inOrder []T, to []int) {
	from := make([]int, len(all))
	for i := range from {
		from[i] = i
	}
	slices.SortStableFunc(from, func(x, y int) int { return compare(all[x], all[y]) })
	to = make([]int, len(all))
	for i, old := range from {
		inOrder, to[old] = append(inOrder, all[old]), i
	}
	return inOrder, to
}

// move gives a goal the places that its sessions and actions have among others.
func (g *GoalFact) move(session func(*int), actions int) {
	g.Terms = changed(g.Terms, func(t *GoalTerms) { session(&t.Session) })
	g.Waits = changed(g.Waits, func(w *WaitFact) { session(&w.From); session(&w.Until) })
	g.Verdicts = changed(g.Verdicts, func(v *VerdictFact) {
		session(&v.Session)
		session(&v.Answer)
		v.Set = changed(v.Set, func(i *int) { *i += actions })
	})
}

// move gives an action the places that its sessions and goals have among others.
func (a *AgreementFact) move(session func(*int), goals int) {
	a.Terms = changed(a.Terms, func(t *ActionTerms) { session(&t.Session); t.Goal += goals })
	a.Carried = changed(a.Carried, func(s *int) { session(s) })
	for _, s := range []*int{&a.Agreed, &a.Began, &a.Due, &a.Asked, &a.Account, &a.Settled} {
		session(s)
	}
}

package report

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

// Readers are whom a report is for, on the day on which it is made.
type readers struct {
	own   bool         // the report is for the people themselves, who see everything
	all   *plan.Roster // everybody's approvals, whatever the period
	scope Scope
	apart *apart // what is left out of a report over several logbooks
}

func (s Scope) readers(r *plan.Roster) readers { return readers{s.For == "", r, s, &apart{}} }

// may says whether the readers may see all of some parts of what concerns somebody.
// Of no part, they may see nothing.
func (r readers) may(id string, parts ...plan.Part) bool {
	if r.own {
		return true
	}
	if len(parts) == 0 || r.withholds(inPeriod, parts...) {
		return false
	}
	consent := r.consent(id)
	return !slices.ContainsFunc(parts, func(part plan.Part) bool { return !consent.Has(part) })
}

// consent is what the readers may see of somebody, by their id.
func (r readers) consent(id string) plan.Consent {
	p := r.all.Someone(id)
	return p.ConsentTo(r.scope.For, r.scope.Today, r.scope.OthersEdits[p.ID])
}

// leftOut says why the readers don't see a part.
func (r readers) leftOut(id string, part plan.Part) LeftOut {
	switch consent := r.consent(id); {
	case slices.Contains(consent.Unconfirmed, part):
		return LeftOut{part, "somebody else recorded the approval for " + r.scope.For + ", and " + r.all.Someone(id).Name + " hasn't confirmed it"}
	case slices.Contains(consent.Withdrawn, part):
		return LeftOut{part, "the approval for " + r.scope.For + " was withdrawn"}
	}
	return LeftOut{part, "not approved for " + r.scope.For}
}

// unconfirmed counts those of some people of whom somebody else recorded that they
// approve a part.
func (r readers) unconfirmed(part plan.Part, ids []string) int {
	n := 0
	for _, id := range ids {
		if slices.Contains(r.consent(id).Unconfirmed, part) {
			n++
		}
	}
	return n
}

// A view is what the readers may see of one coachee.
type view struct {
	readers
	id string
}

// ownView is that of coach and coachee themselves.
var ownView = view{readers: readers{own: true}}

// called is somebody's first name in a sentence, where nobody else has it.
func (v view) called(id string) string {
	if v.all == nil || id == "" {
		return id
	}
	name := v.all.Someone(id).Name
	first := firstName(name)
	if slices.ContainsFunc(v.all.Known, func(p *plan.Person) bool { return p.Name != name && firstName(p.Name) == first }) {
		return name
	}
	return first
}

func (v view) may(parts ...plan.Part) bool { return v.readers.may(v.id, parts...) }

// names says whether somebody may be named with what they promised, did or
// answer for: the coachee, and others where they approved that themselves.
func (v view) names(id string) bool {
	return v.own || v.all.Resolve(id) == v.id || v.readers.may(id, plan.PartCoaching)
}

// name is somebody's id where they may be named, else "".
func (v view) name(id string) string {
	if v.names(id) {
		return id
	}
	return ""
}

// outcome is a verdict as the readers may see it. Whether a plan was followed also says
// what everybody did who had an action in it: without the approval of all of them, only
// whether the goal was reached is told.
func (v view) outcome(of *plan.Verdict) plan.Outcome {
	switch {
	case v.namesOwners(of):
		return of.Outcome
	case of.Reached:
		return GoalReached
	}
	return GoalNotReached
}

// namesOwners says whether everybody with an action in a plan that was judged may be named,
// and everybody who is said to have blocked one.
func (v view) namesOwners(of *plan.Verdict) bool {
	return !slices.ContainsFunc(of.Set, func(a *plan.Agreement) bool { return !v.namesBoth(a.Owner, a.Blocker) })
}

// namesAll says the same of a verdict's facts.
func (v view) namesAll(f *plan.Facts, of *plan.VerdictFact) bool {
	return !slices.ContainsFunc(of.Set, func(n int) bool { return !v.namesBoth(f.Agreements[n].Owner(), f.Agreements[n].Blocker) })
}

func (v view) namesBoth(owner, blocker string) bool {
	return v.names(owner) && (blocker == "" || v.names(blocker))
}

// verdicts counts a person's verdicts in a period, on the plans of one coach or, of "", of
// all: those of which the coach and everybody with an action let the readers see what
// they did. Rest is how many others were given.
func (r readers) verdicts(f *plan.Facts, period plan.Period, coach string) (told plan.VerdictCount, rest int) {
	see := view{r, f.ID}
	told = f.VerdictsThat(period, func(of string, v *plan.VerdictFact) bool {
		return (coach == "" || of == coach) && see.names(of) && (v == nil || see.namesAll(f, v))
	})
	return told, f.VerdictsIn(period, coach).Checks() - told.Checks()
}

// verdictsOf adds up the verdicts on some people's goals that the readers may see, on the
// plans of one coach or, of "", of all: told of how many people, and left out of how many.
func (r readers) verdictsOf(people []*plan.Facts, period plan.Period, coach string) (all plan.VerdictCount, told, untold int) {
	for _, f := range people {
		c, rest := r.verdicts(f, period, coach)
		all.Add(c)
		if c.Checks() > 0 {
			told++
		}
		if rest > 0 {
			untold++
		}
	}
	return all, told, untold
}

// yearOf are the plans that worked in the four quarters that end with a period; ok is false
// where that, less what is told of the period, would tell of too few.
func (r readers) yearOf(people []*plan.Facts, period plan.Period, coach string) (worked plan.Rate, ok bool) {
	year, _ := period.FourQuarters()
	all, told, untold := r.verdictsOf(people, year, coach)
	_, rest, _ := r.verdictsOf(people, plan.Period{From: year.From, To: period.From.AddDays(-1)}, coach)
	return all.PlanSuccess(), r.own || !tooFew(told) && !tooFew(rest) && !tooFew(untold)
}

// tooFew says whether there are people, and so few that nothing may be told of them: nor of
// everybody beside everybody else.
func tooFew(people int) bool { return people > 0 && people < plan.SmallGroup }

// result is what the readers may see of what came of an action. That nobody talked about it
// is for the coach of that session to tell: without it the action is open.
func (v view) result(a *plan.Agreement) plan.Result {
	if a.Result == plan.NotTalked && !v.names(a.Account.Coach) {
		return plan.Open
	}
	return a.Result
}

// skills are somebody's skills with the practice that the readers may see: not what others
// did for one, nor a skill that only they named.
func (r readers) skills(f *plan.Facts) []plan.PractisedSkill {
	see, skills := view{r, f.ID}, f.Practised()
	for i := range skills {
		skills[i].Actions = where(skills[i].Actions, func(n int) bool { return see.names(f.Agreements[n].Owner()) })
	}
	return slices.DeleteFunc(skills, func(s plan.PractisedSkill) bool { return !s.InPlan && len(s.Actions) == 0 })
}

// othersLet says whether everybody who, beside a coachee, answers for a figure lets the
// readers see it.
func (r readers) othersLet(key string, now, then *plan.Facts) bool {
	of := answersFor[key]
	return of == nil || !slices.ContainsFunc(slices.Concat(of(now), of(then)), func(id string) bool { return !r.may(id, plan.PartCoaching) })
}

// answersFor are those who answer for a figure about a coachee, where others do.
var answersFor = map[string]func(f *plan.Facts) []string{
	"employer": func(f *plan.Facts) (owners []string) {
		for _, a := range f.Agreements {
			if a.Owner() != f.ID {
				owners = appendNew(owners, a.Owner())
			}
		}
		return owners
	},
	"follow_up": coachesOf,
}

// coachesOf are those who led somebody's sessions.
func coachesOf(f *plan.Facts) (coaches []string) {
	for _, s := range f.Sessions {
		if s.Coach != "" {
			coaches = appendNew(coaches, s.Coach)
		}
	}
	return coaches
}

package trail

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

var signOffByOther = &Check{
	ID:    "sign-off-by-other",
	Title: "A sign-off wasn't made by the person it names",
	Why:   "Nobody can sign off for somebody else. Such a sign-off doesn't count.",
	commit: func(a *Audit, c *plan.Commit) {
		for _, w := range plan.ReadWithdrawals(c) {
			a.withdrawal(c, w)
		}
		for _, s := range plan.ReadSignOffs(c) {
			if !a.forgot(s.Person) {
				a.signOff(c, s)
			}
		}
	},
}

// signOff notes a sign-off that isn't its person's own. What a forge squashed or recorded, or
// somebody rebased, is nobody's fault: it counts no more, and agree and check say so.
func (a *Audit) signOff(c *plan.Commit, s plan.SignOff) {
	p := a.Book.Person(s.Person)
	remedy := s.Person + " runs coachlog agree " + s.Path + ", if that is what was agreed"
	author := a.Book.IsBy(c.Author, p) || s.How == plan.ByMail && len(a.Book.ByAuthor(c.Author)) == 1
	rewritten := !s.Alone() || author && (c.Written.Before(c.Recorded) || len(a.Book.ByAuthor(c.Committer)) == 0)
	a.Book.WeighWhose(&s) // what the logbook takes may change, and is nobody's fault
	switch {
	case p == nil || len(p.Addresses()) == 0:
		a.note(c, s.Path, "the sign-off names "+s.Person+", but the logbook has no address for them, so nothing shows who made it",
			"keep the plans of people who left, or list their addresses under people: in coachlog.yaml")
	case s.How == plan.ByMail && s.Doubt == "", s.Doubt != "" && rewritten:
	case s.Doubt != "":
		a.settles(s.Person, s.Path)
		a.note(c, s.Path, "the sign-off names "+s.Person+", but "+s.Doubt, remedy+"; if that is an older address of theirs, list it too")
	default:
		sides := a.sidesOf(s)
		if len(sides) > 0 && !slices.Contains(sides, p.ID) {
			a.note(c, s.Path, "the sign-off names "+s.Person+", who has no part in that text", "nothing to do: it doesn't count")
		}
	}
}

// withdrawal notes a sign-off that somebody else took back.
func (a *Audit) withdrawal(c *plan.Commit, w plan.Withdrawal) {
	var signed []plan.SignOff
	if c := a.commit(w.SignOff); c != nil {
		signed = plan.ReadSignOffs(c)
	}
	by := a.Book.WordOf(c)
	if by != nil && (len(signed) == 0 || slices.ContainsFunc(signed, func(s plan.SignOff) bool { return a.Book.Resolve(s.Person) == by.ID })) {
		return // where there is none, a rebase has given it another id
	}
	if len(signed) > 0 {
		a.settles(signed[0].Person, w.Path)
	}
	a.note(c, w.Path, "this withdraws a sign-off, but the author, "+c.Author.InCommit()+", and the committer, "+c.Committer.InCommit()+", aren't both the person who signed off",
		"the sign-off still counts; the person who made it can confirm it with coachlog agree "+w.Path+", or take it back with --withdraw")
}

// sidesOf are the two people of the text that was agreed to; none where git hasn't got it.
func (a *Audit) sidesOf(s plan.SignOff) []string {
	doc, err := a.Read(s.Path, s.Text)
	if err != nil {
		return nil
	}
	return a.Book.Sides(doc)
}

// settles says of the finding that is noted next that a later sign-off of this person
// ends it, as its remedy says.
func (a *Audit) settles(person, path string) {
	person = a.Book.Resolve(person)
	if a.open[path] == nil {
		a.open[path] = make(map[string][]int)
	}
	a.open[path][person] = append(a.open[path][person], len(a.Findings))
}

// settled ends what a person's sign-off, that counts, has put right.
func (a *Audit) settled(person, path string) {
	for _, i := range a.open[path][person] {
		a.Findings[i].Check = ""
	}
	delete(a.open[path], person)
}

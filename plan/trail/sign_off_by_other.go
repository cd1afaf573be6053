package trail

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

var signOffByOther = &Check{
	ID:    "sign-off-by-other",
	Title: "A sign-off is by another hand than that of whom it names",
	Why:   "Nobody can give another's word. Such a sign-off counts for nothing.",
	commit: func(a *Audit, c *plan.Commit) {
		if id, path := plan.ReadWithdrawal(c); path != "" {
			a.withdrawal(c, id, path)
			return
		}
		s, ok := plan.ReadSignOff(c)
		if !ok {
			return
		}
		p := a.Book.Person(s.Person)
		remedy := s.Person + " runs coachlog agree " + s.Path + ", if that is what was agreed"
		switch {
		case p == nil || len(p.Addresses()) == 0:
			a.note(c, s.Path, "the sign-off is of "+s.Person+", of whom the logbook lists no address, so that nothing shows whose word it is",
				"keep the plans of people who have left, or list their addresses under people: in coachlog.yaml")
		case !a.Book.IsBy(c.Author, p):
			a.settles(s.Person, s.Path)
			a.note(c, s.Path, "the sign-off is of "+s.Person+", and its author is "+address(c.Author)+", which is no address of theirs alone", remedy+"; if it is an older address of theirs, list it as well")
		case !a.Book.IsBy(c.Committer, p):
			a.settles(s.Person, s.Path)
			a.note(c, s.Path, "the sign-off is of "+s.Person+", and it was committed by "+address(c.Committer)+", which is no address of theirs alone", remedy+"; a rebase by somebody else does that too")
		default:
			sides := a.sidesOf(s)
			if len(sides) > 0 && !slices.Contains(sides, p.ID) {
				a.note(c, s.Path, "the sign-off is of "+s.Person+", who is no side of that text", "leave it: it counts for nothing")
			}
		}
	},
}

// withdrawal notes a word that is taken back by another hand than that of whose it was.
func (a *Audit) withdrawal(c *plan.Commit, id, path string) {
	var taken plan.SignOff
	if c := a.byID[id]; c != nil {
		if s, ok := plan.ReadSignOff(c); ok {
			taken = s
		}
	}
	if by := a.Book.OnePerson(c.Author, c.Committer); by != nil && (taken.Person == "" || a.Book.Resolve(taken.Person) == by.ID) {
		return // where there is none, a rebase has given it another id
	}
	if taken.Person != "" {
		a.settles(taken.Person, path)
	}
	a.note(c, path, "an agreement is taken back here, and the author, "+address(c.Author)+", and the committer, "+address(c.Committer)+", aren't both the person whose agreement it was",
		"whose agreement it was runs coachlog agree "+path+" again, if it stands; a rebase by somebody else does that too")
}

// sidesOf are the two people of the text that was agreed to; none where git hasn't got it.
func (a *Audit) sidesOf(s plan.SignOff) []string {
	doc, err := a.Read(s.Path, s.Text)
	if err != nil {
		return nil
	}
	return a.Book.Sides(doc)
}

func address(a plan.Author) string { return a.Name + " <" + a.Was + ">" }

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

package adopt

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// decidePerson finds the one coachee on whom all that a note says agrees, and the
// coach.
func (r *Run) decidePerson(p *Proposal) {
	r.decideCoach(p)
	var person *plan.Person
	if at := slices.IndexFunc(r.People, func(p *plan.Person) bool { return p.ID == r.Options.Person }); at >= 0 {
		person = r.People[at]
	}
	if person == nil || !r.only || r.Options.Split {
		person = r.coachee(p, person)
	}
	switch {
	case person == nil:
		return
	case p.Coach == person.ID:
		p.Question(p.Coach+" is also named as the coach", "", "--person ID", "--coach ID")
	case p.Coach == "":
		p.Coach = r.coachBeside(p, person)
	}
	p.Person = person.ID
}

// coachee is the coachee, or nobody and a question.
func (r *Run) coachee(p *Proposal, given *plan.Person) *plan.Person {
	var named, who []*plan.Person // in any place, and in every place
	stranger, sure := "", false
	for _, c := range p.facts.places {
		can := r.canBeCoachee(p, c)
		switch {
		case c.role == coach:
			continue
		case len(c.people) == 0:
			stranger = quotedNames(c.unknown)
		default: // of people beside strangers nobody can tell whose session it was
			sure = sure || c.role == coachee || len(c.unknown) == 0
		}
		switch {
		case named == nil:
			who = can
		case len(can) > 0:
			who = slices.DeleteFunc(slices.Clone(who), func(x *plan.Person) bool { return !slices.Contains(can, x) })
		}
		named = addNew(named, can...)
	}
	flags := []string{"--person ID"}
	why, fix := "", ""
	switch {
	case given != nil && stranger != "":
		why, flags = fmt.Sprintf("it names %s, who may not be %s", stranger, given.ID), []string{"--person " + given.ID}
	case given != nil && named != nil && !slices.Contains(who, given):
		why = fmt.Sprintf("it names %s, not %s", idsOf(named), given.ID)
	case given != nil:
		return given
	case stranger != "":
		why, fix = fmt.Sprintf("it names %s, who isn't in the logbook", stranger), "to add somebody new first: coachlog new person ID"
	case named == nil:
		why = "it names nobody in the logbook"
	case len(who) != 1:
		why, flags = "it names "+idsOf(named)+"; one of them is the coachee", []string{"--person ID", "--coach ID"}
	case !sure:
		why = fmt.Sprintf("it names %s and others who aren't in the logbook; one of them is the coachee", who[0].ID)
	default:
		return who[0]
	}
	p.Question(why, fix, flags...)
	return nil
}

// canBeCoachee are those of a place who can be the coachee: not the coach, and nobody
// who coaches another one named there.
func (r *Run) canBeCoachee(p *Proposal, c place) []*plan.Person {
	return slices.DeleteFunc(slices.Clone(c.people), func(x *plan.Person) bool {
		return x.ID == p.Coach || p.Coach == "" && slices.ContainsFunc(c.people, func(y *plan.Person) bool { return r.coaches(x, y) && !r.coaches(y, x) })
	})
}

// decideCoach takes the coach from what was said, else from where a note says it.
func (r *Run) decideCoach(p *Proposal) {
	var named []*plan.Person
	for _, c := range p.facts.places {
		if c.role == coach {
			named = addNew(named, c.people...)
		}
	}
	switch p.Coach = r.Options.Coach; {
	case p.Coach != "" || len(named) == 0:
	case len(named) == 1:
		p.Coach = named[0].ID
	default:
		p.Question("it names "+idsOf(named)+" as coach", "", "--coach ID")
	}
}

// coaches says whether by the logbook x is the coach of y.
func (r *Run) coaches(x, y *plan.Person) bool { return x != y && r.Roster.CoachOf(y) == x.ID }

// coachBeside is the other of exactly two people who met, where the logbook knows
// both.
func (r *Run) coachBeside(p *Proposal, person *plan.Person) string {
	for _, c := range p.facts.places {
		if c.role != anybody || len(c.people) != 2 || len(c.unknown) > 0 || !slices.Contains(c.people, person) {
			continue
		}
		for _, other := range c.people {
			if other != person && !r.coaches(person, other) {
				return other.ID
			}
		}
	}
	return ""
}

// decideDay finds the one day on which all that a note says agrees.
func (r *Run) decideDay(p *Proposal) {
	if p.Date = r.Options.Date; !p.Date.IsZero() {
		return
	}
	flags, fix := []string{"--date DATE"}, ""
	if !p.whole() {
		flags, fix = nil, "write the day into its heading, as in 2026-03-04"
	}
	d := p.facts.day
	days := inOrder(d.days, r.Options.Order)
	p.Days = datesOf(days)
	switch {
	case d.text == "":
		p.Question("it names no day", fix, flags...)
	case d.why != "":
		p.Question(fmt.Sprintf("%q %s", d.text, d.why), fix, flags...)
	case len(days) > 1:
		var texts []string
		for _, date := range p.Days {
			texts = append(texts, date.String())
		}
		p.Question(fmt.Sprintf("%q can be %s", d.text, joinWords(texts, "or")), "the command below takes the day first; for the month first: --date-order mdy", "--date-order dmy")
	case !days[0].hasYear():
		p.Question(fmt.Sprintf("%q has no year", d.text), fix, flags...)
	default:
		p.Date = days[0].Date
	}
}

// decideStatus says that the session was held, unless something speaks against it.
func (r *Run) decideStatus(p *Proposal) {
	p.Status = cmp.Or(r.Options.Status, string(logparse.Held))
	switch {
	case r.Options.Status != "":
	case p.facts.notHeld:
		p.Question("it may not have been held", "", "--status STATUS")
	case r.Options.Today.Before(p.Date):
		p.Question(fmt.Sprintf("%s is in the future", p.Date), "", "--status planned")
	}
}

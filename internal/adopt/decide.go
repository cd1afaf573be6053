package adopt

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// decidePerson finds the one coachee on whom all that a note says agrees, and the
// coach.
func (r *Run) decidePerson(p *Proposal) {
	r.decideCoach(p)
	if id := p.Note.Person; id != "" && p.whole() {
		p.Person = r.Logbook.Person(id)
		r.coachBeside(p)
		return
	}
	sets, from := r.coachees(p)
	who := inAll(sets)
	stranger := ""
	for _, c := range p.facts.places {
		if c.role != coach && len(c.people) == 0 {
			stranger = quotedNames(c.unknown)
		}
	}
	given := r.Logbook.Person(r.Options.Person)
	switch {
	case given != nil && stranger != "":
		p.ask(fmt.Sprintf("it names %s, who may be somebody else than %s", stranger, given.ID), "", "--person "+given.ID)
	case given != nil && len(sets) > 0 && !slices.Contains(who, given):
		p.ask(fmt.Sprintf("the %s names %s, and not %s", from[0], idsOf(sets[0]), given.ID), "", "--person ID")
	case given != nil:
		p.Person = given
	case stranger != "":
		p.ask(fmt.Sprintf("it names %s, whom the logbook doesn't know", stranger), "somebody new is added first: coachlog new person ID", "--person ID")
	case len(sets) == 0:
		p.ask("it names nobody whom the logbook knows", "", "--person ID")
	case len(who) == 0:
		p.ask("the "+joinWords(from, "and")+" name different people: "+idsOf(slices.Concat(sets...)), "", "--person ID")
	case len(who) > 1:
		p.ask("it names "+idsOf(who)+", and one of them is the coachee", "", "--person ID", "--coach ID")
	case r.onlyBesideStrangers(p):
		p.ask(fmt.Sprintf("it names %s and others whom the logbook doesn't know, and one of them is the coachee", who[0].ID), "", "--person ID")
	default:
		p.Person = who[0]
		p.PersonFrom = joinWords(from, "and")
	}
	r.coachBeside(p)
}

func quotedNames(names []string) string {
	var quoted []string
	for _, n := range names[:min(len(names), 3)] {
		quoted = append(quoted, fmt.Sprintf("%q", n))
	}
	if len(names) > 3 {
		quoted = append(quoted, "others")
	}
	return joinWords(quoted, "and")
}

// decideCoach takes the coach from what was said, else from where a note says it.
func (r *Run) decideCoach(p *Proposal) {
	if p.Coach = r.Options.Coach; p.Coach != "" {
		return
	}
	var named []*plan.Person
	for _, c := range p.facts.places {
		if c.role == coach {
			named = union(named, c.people)
		}
	}
	switch len(named) {
	case 0:
	case 1:
		p.Coach = named[0].ID
	default:
		p.ask("it names "+idsOf(named)+" as coach", "", "--coach ID")
	}
}

// coachees are, for each place that names people, those who can be the coachee: not
// the coach, and nobody who coaches another one named there.
func (r *Run) coachees(p *Proposal) (sets [][]*plan.Person, from []string) {
	for _, c := range p.facts.places {
		if c.role == coach {
			continue
		}
		who := slices.DeleteFunc(slices.Clone(c.people), func(x *plan.Person) bool {
			return x.ID == p.Coach || p.Coach == "" && slices.ContainsFunc(c.people, func(y *plan.Person) bool { return r.coaches(x, y) && !r.coaches(y, x) })
		})
		if len(who) > 0 {
			sets, from = append(sets, who), appendNew(from, c.from)
		}
	}
	return sets, from
}

// coaches says whether by the logbook x is the coach of y.
func (r *Run) coaches(x, y *plan.Person) bool { return x != y && r.Logbook.CoachOf(y) == x.ID }

// onlyBesideStrangers says whether a note names people only together with others
// whom the logbook doesn't know: nobody can tell whose session it was.
func (r *Run) onlyBesideStrangers(p *Proposal) bool {
	beside := false
	for _, c := range p.facts.places {
		switch {
		case c.role == coach || len(c.people) == 0:
		case c.role == anybody && len(c.unknown) > 0:
			beside = true
		default:
			return false
		}
	}
	return beside
}

// coachBeside takes the other of exactly two people who met, where the logbook
// knows both.
func (r *Run) coachBeside(p *Proposal) {
	if p.Person != nil && p.Coach == p.Person.ID {
		p.ask(p.Coach+" is named as the coach too", "", "--person ID", "--coach ID")
		return
	}
	for _, c := range p.facts.places {
		if p.Person == nil || p.Coach != "" || c.role != anybody || len(c.people) != 2 || len(c.unknown) > 0 || !slices.Contains(c.people, p.Person) {
			continue
		}
		other := c.people[0]
		if other == p.Person {
			other = c.people[1]
		}
		if !r.coaches(p.Person, other) {
			p.Coach = other.ID
		}
	}
}

// decideDay finds the one day on which all that a note says agrees.
func (r *Run) decideDay(p *Proposal) {
	if !p.Note.Date.IsZero() && p.whole() {
		p.Date = p.Note.Date
		return
	}
	flags, fix := []string{"--date DATE"}, ""
	if !p.whole() {
		flags, fix = nil, "write the day into its heading, as in 2026-03-04"
	}
	if len(p.facts.days) == 0 {
		p.ask("it names no day", fix, flags...)
		return
	}
	first := p.facts.days[0]
	days := r.inOrder(first.days)
	from := ""
	for _, d := range p.facts.days {
		switch {
		case d.why != "":
			p.ask(fmt.Sprintf("%q %s", d.text, d.why), fix, flags...)
			p.Days = datesOf(d.days)
			return
		case len(d.days) == 0 && d.weekday >= 0:
			p.ask(fmt.Sprintf("%q is no day of the calendar, or not on that day of the week", d.text), fix, flags...)
			return
		case len(d.days) == 0:
			p.ask(fmt.Sprintf("%q is no day of the calendar", d.text), fix, flags...)
			return
		}
		both := agreeing(days, r.inOrder(d.days))
		if len(both) == 0 {
			p.ask(fmt.Sprintf("the %s says %q, and the %s says %q", first.from, first.text, d.from, d.text), fix, flags...)
			return
		}
		days, from = both, d.from
	}
	p.Days = datesOf(days)
	switch {
	case len(days) > 1:
		orders := slices.ContainsFunc(days, func(d day) bool { return d.order != "" })
		if orders {
			flags, fix = []string{"--date-order dmy"}, "that is, with the day first; with the month first: --date-order mdy"
		}
		p.ask(fmt.Sprintf("%q can be %s", first.text, joinWords(dayTexts(days), "or")), fix, flags...)
	case !days[0].hasYear():
		p.ask(fmt.Sprintf("%q has no year", first.text), fix, flags...)
	default:
		p.Date = days[0].Date
		p.DayFrom = from
	}
}

func datesOf(days []day) []logparse.Date {
	var dates []logparse.Date
	for _, d := range days {
		dates = append(dates, d.Date)
	}
	return dates
}

func dayTexts(days []day) []string {
	var texts []string
	for _, d := range days {
		text := d.String()
		if !d.hasYear() {
			text = fmt.Sprintf("%d %s", d.Day, d.Month)
		}
		texts = appendNew(texts, text)
	}
	return texts
}

// inOrder are the meanings that the given order of day and month leaves.
func (r *Run) inOrder(days []day) []day {
	fits := func(d day) bool { return d.order == "" || d.order == r.Options.Order }
	if r.Options.Order == "" || !slices.ContainsFunc(days, fits) {
		return days
	}
	return slices.DeleteFunc(slices.Clone(days), func(d day) bool { return !fits(d) })
}

// agreeing are the days that both lists can mean. A day with a year says which
// year one without means.
func agreeing(a, b []day) []day {
	var both []day
	for _, x := range a {
		for _, y := range b {
			if x.Month != y.Month || x.Day != y.Day || x.Year != y.Year && x.hasYear() && y.hasYear() {
				continue
			}
			if !x.hasYear() {
				x = y
			}
			if !slices.ContainsFunc(both, func(d day) bool { return d.Date == x.Date }) {
				both = append(both, x)
			}
		}
	}
	return both
}

// inAll are those who are in every set.
func inAll(sets [][]*plan.Person) []*plan.Person {
	if len(sets) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(sets[0]), func(p *plan.Person) bool {
		return slices.ContainsFunc(sets, func(set []*plan.Person) bool { return !slices.Contains(set, p) })
	})
}

func union(a, b []*plan.Person) []*plan.Person {
	for _, p := range b {
		if !slices.Contains(a, p) {
			a = append(a, p)
		}
	}
	return a
}

func idsOf(people []*plan.Person) string {
	var ids []string
	for _, p := range people {
		ids = appendNew(ids, p.ID)
	}
	return joinWords(ids, "and")
}

var (
	wasCancelled = pattern(`(?i)\b(?:cancell?ed|abgesagt|ausgefallen|cancelad[oa]|annulée?|rescheduled|verschoben)\b`)
	wasMissed    = pattern(`(?i)\b(?:no[- ]show|missed|versäumt|nicht erschienen)\b`)
)

// several says whether a file has more than one meeting.
func several(meetings []meeting) bool {
	return slices.ContainsFunc(meetings, func(m meeting) bool { return strings.Join(m.key(), "") != strings.Join(meetings[0].key(), "") })
}

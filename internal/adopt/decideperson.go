package adopt

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// decidePerson finds the one coachee on whom all that a note says agrees, and
// the coach.
func (r *Run) decidePerson(p *Proposal) {
	r.decideCoach(p)
	if id := p.Note.Person; id != "" {
		p.Person = r.someone(id)
		p.found("person", "--person")
		return
	}
	sets, from, unclear := r.peopleSets(p)
	who := narrowed(sets)
	switch {
	case len(unclear) > 0 && len(who) != 1:
		words := nameWords(unclear[0])
		options := ids(r.roster.first[words[0]])
		if len(words) > 1 {
			options = appendNew(options, strings.Join(words, "-"))
		}
		p.ask(Question{"person", fmt.Sprintf("%q can be more than one person, or somebody new", unclear[0]), "--person ID", options})
	case r.Options.Person != "":
		p.Person = r.someone(r.Options.Person)
		if len(who) > 0 && !slices.Contains(who, p.Person) {
			p.ask(Question{"person", fmt.Sprintf("--person says %s, and the %s names %s", p.Person.ID, from[0], idsOf(who)), "--person ID, for this file alone", ids(who)})
		}
		p.found("person", "--person")
	case len(sets) == 0:
		r.askWho(p)
	case len(who) == 0:
		p.ask(Question{"person", "the " + joinPlaces(from) + " name different people: " + idsOf(slices.Concat(sets...)), "--person ID", ids(slices.Concat(sets...))})
	case len(who) == 1:
		p.Person = who[0]
		p.found("person", joinPlaces(from))
		r.coachBeside(p, sets)
		r.doubtPerson(p)
	case len(who) > 3 && !p.evidence.marked && !p.Note.Named:
		p.Outcome, p.Why = Alone, "it names several people, so it is no session of two"
	default:
		p.ask(Question{"person", "it names " + idsOf(who) + ": one of them is the coachee", "--coach ID, or --person ID", ids(who)})
	}
}

// Known is the id of somebody whom the logbook knows by an id or a name, or "".
func Known(b *plan.Logbook, text string) string {
	r := newRoster(b)
	if p := r.byID(text); p != nil {
		return p.ID
	}
	if n := r.read(text); len(n.people) == 1 && len(n.unclear) == 0 && strings.Trim(n.rest, " |") == "" {
		return n.people[0].ID
	}
	return ""
}

// someone is the person with an id that was given, known or not.
func (r *Run) someone(id string) *Person {
	if p := r.roster.byID(id); p != nil {
		return p
	}
	p := &Person{ID: logparse.NormalID(id), Name: logparse.NormalID(id)}
	r.roster.add(p, p.ID)
	return p
}

// decideCoach takes the coach from what was said, else from where a note says it.
func (r *Run) decideCoach(p *Proposal) {
	for _, id := range []string{p.Note.Coach, r.Options.Coach} {
		if id != "" && p.Coach == nil {
			p.Coach = r.someone(id)
			p.found("coach", "--coach")
		}
	}
	var named []*Person
	from := ""
	for _, c := range p.evidence.people {
		if c.role == coach {
			named, from = union(named, r.roster.readClue(c).people), c.from
		}
	}
	switch {
	case p.Coach != nil:
	case len(named) == 1:
		p.Coach = named[0]
		p.found("coach", from)
	case len(named) > 1:
		p.ask(Question{"coach", "it names " + idsOf(named) + " as coach", "--coach ID", ids(named)})
	}
}

// readClue reads a text that names people; an id written out is that person's.
func (r *roster) readClue(c peopleClue) naming {
	if p := r.byID(strings.TrimSpace(c.text)); p != nil && p.ID == strings.TrimSpace(c.text) {
		return naming{people: []*Person{p}}
	}
	return r.read(c.text)
}

// peopleSets are, for each place that names people, those who can be the coachee.
func (r *Run) peopleSets(p *Proposal) (sets [][]*Person, from, unclear []string) {
	var guesses [][]*Person
	var guessFrom []string
	for _, c := range p.evidence.people {
		if c.role == coach {
			continue
		}
		n := r.roster.readClue(c)
		if !c.guess {
			unclear = append(unclear, n.unclear...)
		}
		who := r.withoutCoach(p, n.people)
		switch {
		case len(who) == 0:
		case c.guess:
			guesses, guessFrom = append(guesses, who), append(guessFrom, c.from)
		default:
			sets = append(sets, who)
			if !slices.Contains(from, c.from) {
				from = append(from, c.from)
			}
		}
	}
	// What a folder or a tag says counts where it contradicts nothing that the
	// note itself says of one person; else it is asked about.
	for i, who := range guesses {
		if len(sets) == 0 || len(who) == 1 {
			sets = append(sets, who)
			if !slices.Contains(from, guessFrom[i]) {
				from = append(from, guessFrom[i])
			}
		}
	}
	return sets, from, unclear
}

// withoutCoach leaves the coach out, and somebody who by the logbook is the
// coach of another who is named.
func (r *Run) withoutCoach(p *Proposal, who []*Person) []*Person {
	return slices.DeleteFunc(slices.Clone(who), func(x *Person) bool {
		if x == p.Coach {
			return true
		}
		return p.Coach == nil && slices.ContainsFunc(who, func(y *Person) bool { return r.coaches(x, y) && !r.coaches(y, x) })
	})
}

// coaches says whether by the logbook x is the coach of y.
func (r *Run) coaches(x, y *Person) bool {
	p := r.Logbook.Person(y.ID)
	return x != y && p != nil && r.Logbook.CoachOf(p) == x.ID
}

// coachBeside takes the other of two who are named as the coach.
func (r *Run) coachBeside(p *Proposal, sets [][]*Person) {
	for _, c := range p.evidence.people {
		if p.Coach != nil || c.role != anybody || c.guess {
			continue
		}
		n := r.roster.readClue(c)
		if len(n.people) != 2 || len(n.unclear) > 0 || !slices.Contains(n.people, p.Person) {
			continue
		}
		other := n.people[0]
		if other == p.Person {
			other = n.people[1]
		}
		if c.firm || r.coaches(other, p.Person) {
			p.Coach = other
			p.found("coach", c.from)
		}
	}
}

// ofMyManager is what people write over the notes of their own sessions.
var ofMyManager = pattern(`(?i)\b(?:my|mein(?:e|er|em)?|mi|mon|ma|meu|mio|mijn) (?:manager|boss|lead|coach|supervisor|chef\w*|vorgesetzt\w*|jefe|jefa|gestor|capo|baas)\b|\bskip[- ]?level\b`)

// doubtPerson asks where the one who is named may well be the one who leads, or
// a topic.
func (r *Run) doubtPerson(p *Proposal) {
	titles := strings.Join(p.evidence.titles, " | ")
	switch {
	case p.Coach != nil && r.coaches(p.Person, p.Coach) && !r.coaches(p.Coach, p.Person), ofMyManager().MatchString(titles):
		p.ask(Question{"person", "it may be a session in which " + p.Person.ID + " is the coach", "--person ID, and --coach ID", []string{p.Person.ID}})
		return
	case p.evidence.marked:
		return
	}
	for _, c := range p.evidence.people {
		n := r.roster.readClue(c)
		if (c.firm || c.from == "folder") && slices.Contains(n.people, p.Person) || onlyMeetingWords(n.rest) && len(n.people) > 0 {
			return
		}
	}
	p.ask(Question{"person", "it names " + p.Person.ID + ", and nothing says that it is the note of a session", "--person " + p.Person.ID + ", if it is", []string{p.Person.ID}})
}

func onlyMeetingWords(text string) bool {
	for _, w := range wordsOf(text) {
		if !isMeetingWord(w.text) && strings.ContainsFunc(w.text, func(r rune) bool { return !unicode.IsDigit(r) }) {
			return false
		}
	}
	return true
}

// askWho asks about a note that names nobody, where something says that it is
// the note of a session; any other is left alone.
func (r *Run) askWho(p *Proposal) {
	e := p.evidence
	if len(e.dates) == 0 && !e.marked && !p.Note.Named {
		p.Outcome, p.Why = Alone, "nothing says that it is the note of a session"
		return
	}
	why := "it names nobody whom the logbook knows"
	var options []string
	for _, c := range e.people {
		switch {
		case len(c.names) > 0 && !c.guess:
			why = fmt.Sprintf("the %s may name somebody new, %q", c.from, c.names[0])
		case c.guess && c.from == "folder" && nameIn(c.text, true) != "" && len(options) == 0:
			why = fmt.Sprintf("it names nobody whom the logbook knows; its folder is called %q", c.text)
		}
		for _, name := range append(c.names, nameIn(c.text, true)) {
			words := nameWords(name)
			if (len(c.names) > 0 || c.from == "folder") && len(words) > 0 {
				options = appendNew(options, words[0])
			}
		}
	}
	give := "--person ID"
	if len(options) == 1 {
		give = "--person " + options[0]
	}
	p.ask(Question{"person", why, give, options})
}

// narrowed are those who are in every set.
func narrowed(sets [][]*Person) []*Person {
	if len(sets) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(sets[0]), func(p *Person) bool {
		return slices.ContainsFunc(sets, func(set []*Person) bool { return !slices.Contains(set, p) })
	})
}

func union(a, b []*Person) []*Person {
	for _, p := range b {
		if !slices.Contains(a, p) {
			a = append(a, p)
		}
	}
	return a
}

func ids(people []*Person) []string {
	var ids []string
	for _, p := range people {
		ids = appendNew(ids, p.ID)
	}
	return ids
}

func idsOf(people []*Person) string { return joinWords(ids(people), "and") }

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func joinWords(words []string, and string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " " + and + " " + words[n-1]
	}
}

func joinPlaces(from []string) string { return joinWords(from, "and") }

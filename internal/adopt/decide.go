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
	r.roster.people = append(r.roster.people, p)
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

// decideDate finds the one day on which all that a note says agrees.
func (r *Run) decideDate(p *Proposal) {
	e := p.evidence
	if !p.Note.Date.IsZero() {
		p.Date = p.Note.Date
		p.found("date", "--date")
		return
	}
	if len(e.dates) == 0 {
		r.decideFromCreated(p)
		return
	}
	days := r.inOrder(e.dates[0].days)
	from := []string{e.dates[0].from}
	for _, c := range e.dates {
		if len(c.days) == 0 {
			p.ask(Question{"date", fmt.Sprintf("the %s says %q, which is no day of the calendar", c.from, c.text) + weekdayWords(c), "--date DATE, for this file alone", nil})
			return
		}
		both := agreeing(days, r.inOrder(c.days))
		if len(both) == 0 {
			p.ask(Question{"date", fmt.Sprintf("the %s says %s, and the %s says %s", e.dates[0].from, e.dates[0].text, c.from, c.text),
				"--date DATE, for this file alone", datesOf(append(slices.Clone(days), c.days...))})
			return
		}
		days, from = both, appendNew(from, c.from)
	}
	if len(days) == 1 && !days[0].hasYear() {
		r.decideYear(p, days[0], from)
		return
	}
	if len(days) > 1 {
		give := "--date DATE, for this file alone"
		if slices.ContainsFunc(days, func(d day) bool { return d.order != "" }) {
			give = "--date-order dmy or mdy, or --date DATE"
		}
		p.ask(Question{"date", fmt.Sprintf("the %s says %q, which can be %s", e.dates[0].from, e.dates[0].text, joinWords(datesOf(days), "or")), give, datesOf(days)})
		return
	}
	r.settleDate(p, days[0].Date, joinPlaces(from))
}

// weekdayWords says that it is the weekday which doesn't fit.
func weekdayWords(c dateClue) string {
	if c.weekday < 0 {
		return ""
	}
	return ", or not on that day of the week"
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

func datesOf(days []day) []string {
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

// A note is written at most this many days before its session, and its file made
// at most this many days after it, where the file's day is to say which year.
const (
	writtenAhead = 14
	madeLater    = 60
)

// decideYear finds the year of a day that a note names without it: in the names
// of its folders and headings, or by the day on which it was made.
func (r *Run) decideYear(p *Proposal, d day, from []string) {
	var years []int
	where := ""
	for _, c := range p.evidence.years {
		for _, y := range c.years {
			if !slices.Contains(years, y) {
				years, where = append(years, y), c.from
			}
		}
	}
	if len(years) == 0 {
		for _, c := range p.evidence.created {
			for _, made := range c.days {
				for y := made.Year - 1; made.hasYear() && y <= made.Year+1; y++ {
					near := logparse.Date{Year: y, Month: d.Month, Day: d.Day}
					if days := near.DaysUntil(made.Date); days >= -writtenAhead && days <= madeLater && !slices.Contains(years, y) {
						years, where = append(years, y), c.from
					}
				}
			}
		}
	}
	var fits []logparse.Date
	for _, y := range years {
		date := logparse.Date{Year: y, Month: d.Month, Day: d.Day}
		weekday := slices.IndexFunc(p.evidence.dates, func(c dateClue) bool { return c.weekday >= 0 && c.weekday != int(date.Time().Weekday()) })
		if exists(date) && weekday < 0 {
			fits = append(fits, date)
		}
	}
	if len(fits) == 1 {
		r.settleDate(p, fits[0], joinPlaces(from)+", the year from the "+where)
		return
	}
	why := fmt.Sprintf("the %s says %d %s without a year", joinPlaces(from), d.Day, d.Month)
	var options []string
	if modified := p.Note.Modified; !modified.IsZero() {
		why += fmt.Sprintf("; the file was last changed on %s", modified)
		date := logparse.Date{Year: modified.Year, Month: d.Month, Day: d.Day}
		if modified.Before(date) {
			date.Year--
		}
		if exists(date) {
			options = append(options, date.String())
		}
	}
	for _, date := range fits {
		options = appendNew(options, date.String())
	}
	p.ask(Question{"date", why, "--date DATE, for this file alone", options})
}

// decideFromCreated takes the day on which a note was made, where it says of
// itself that two people talked, and names no other day.
func (r *Run) decideFromCreated(p *Proposal) {
	e := p.evidence
	if len(e.created) > 0 && e.marked {
		days := r.inOrder(e.created[0].days)
		for _, c := range e.created {
			days = agreeing(days, r.inOrder(c.days))
		}
		if len(days) == 1 && days[0].hasYear() {
			r.settleDate(p, days[0].Date, e.created[0].from)
			p.found("made", e.created[0].from)
			return
		}
	}
	if !e.marked && !p.Note.Named && p.Note.Inside == "" {
		p.Outcome, p.Why = Alone, "it names no day, and nothing says that it is the note of a session"
		return
	}
	why := "it names no day"
	var options []string
	for _, c := range e.created {
		for _, d := range c.days {
			options = appendNew(options, d.String())
		}
	}
	if !p.Note.Modified.IsZero() {
		why += fmt.Sprintf("; the file was last changed on %s", p.Note.Modified)
		options = appendNew(options, p.Note.Modified.String())
	}
	p.ask(Question{"date", why, "--date DATE, for this file alone", options})
}

// settleDate takes a day, unless it lies so far off that it must be a slip.
func (r *Run) settleDate(p *Proposal, date logparse.Date, from string) {
	if !r.Options.Today.IsZero() && r.Options.Today.AddDays(366).Before(date) {
		p.ask(Question{"date", fmt.Sprintf("the %s says %s, which is more than a year ahead", from, date), "--date DATE, for this file alone", []string{date.String()}})
		return
	}
	p.Date = date
	p.found("date", from)
}

var (
	wasCancelled = pattern(`(?i)\b(?:cancell?ed|abgesagt|ausgefallen|cancelad[oa]|annulée?|geannuleerd|annullat[oa])\b`)
	wasMissed    = pattern(`(?i)\b(?:no[- ]show|missed|versäumt|nicht erschienen)\b`)
)

// decideStatus says whether the session took place: a note that exists says so,
// unless its title or its front matter, or the calendar, say otherwise.
func (r *Run) decideStatus(p *Proposal) {
	word := fold(strings.TrimSpace(p.evidence.status))
	titles := strings.Join(p.evidence.titles, " | ")
	ahead := !p.Date.IsZero() && r.Options.Today.Before(p.Date)
	switch {
	case p.Note.Status != "":
		p.Status = p.Note.Status
	case r.Options.Status != "":
		p.Status = r.Options.Status
	case isOneOf(word, cancelledWords) || wasCancelled().MatchString(titles):
		p.Status = string(logparse.Cancelled)
	case isOneOf(word, missedWords) || wasMissed().MatchString(titles):
		p.Status = string(logparse.Missed)
	case ahead:
		p.Status = string(logparse.Planned)
	case isOneOf(word, plannedWords) && word != "open" && word != "draft" && word != "todo":
		p.ask(Question{"status", fmt.Sprintf("it says `status: %s` of a day that has passed", word), "--status held, or another", []string{"held", "planned", "missed", "cancelled"}})
	default:
		p.Status = string(logparse.Held)
	}
}

var (
	saysKickOff = pattern(`(?i)\b(?:kick[- ]?off|first (?:1[:-]1|one[- ]on[- ]one|session|meeting)|intro(?:ductory)? (?:1[:-]1|session|call)|auftakt\w*|erstgespräch|kennenlerngespräch|primera sesión|premier entretien)\b`)
	saysReview  = pattern(`(?i)\b(?:(?:performance|quarterly|annual|yearly|mid[- ]?year|year[- ]?end|end[- ]of[- ]year|half[- ]?year(?:ly)?|q[1-4]|appraisal) (?:\d{4} )?(?:review|appraisal|1[:-]1)|performance appraisal|jahresgespräch|mitarbeiterjahresgespräch|quartalsgespräch|beurteilungsgespräch|entretien annuel|evaluación (?:anual|trimestral))\b`)
	saysAdHoc   = pattern(`(?i)\bad[- ]?hoc\b`)
	saysPeer    = pattern(`(?i)\bpeer (?:coaching|session|1[:-]1)\b`)
)

// kindOf is the kind of session that a note names; "regular" where it says that
// two people talked, and "" where it says nothing.
func kindOf(texts []string) string {
	text := strings.Join(texts, " | ")
	switch {
	case saysKickOff().MatchString(text):
		return "kick-off"
	case saysReview().MatchString(text):
		return "review"
	case saysAdHoc().MatchString(text):
		return "ad-hoc"
	case saysPeer().MatchString(text):
		return "peer"
	case betweenTwo().MatchString(text):
		return "regular"
	}
	return ""
}

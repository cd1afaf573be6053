package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A Preparation is what a coachee answered before a session (method 62, 63).
type Preparation struct {
	*logparse.Preparation
	Doc     *logparse.Document
	Person  *Person
	Session logparse.Date // the day of the session that it is for; zero where nothing says
}

// Lines are what the coachee wrote below a heading, line by line, in their own
// words. What is confidential is never among them.
func (p *Preparation) Lines(name logparse.SectionName) []string {
	var lines []string
	for _, section := range p.Sections {
		if section.Name == name {
			lines = append(lines, p.Doc.SectionLines(section)...)
		}
	}
	return lines
}

func (b *Logbook) addPreparations() {
	for _, doc := range b.Docs {
		if doc.Preparation == nil || doc.Broken() || !doc.Preparation.Person.Set {
			continue
		}
		p := b.own[b.Resolve(doc.Preparation.Person.V)]
		if p == nil {
			continue
		}
		p.Preparations = append(p.Preparations, &Preparation{doc.Preparation, doc, p, doc.Preparation.Session.V})
	}
	for _, p := range b.People {
		slices.SortStableFunc(p.Preparations, func(x, y *Preparation) int {
			return cmp.Or(x.Session.Compare(y.Session), x.Received.V.Compare(y.Received.V), cmp.Compare(x.Doc.Path, y.Doc.Path))
		})
	}
}

// PreparationFor is what the person prepared for the session of a day: what was
// written for that very day, else the newest answers that came by then and that
// no held session has used, since sessions get moved. nil where there is none.
func (p *Person) PreparationFor(day logparse.Date) *Preparation {
	var last logparse.Date
	if log := p.LastHeld(); log != nil {
		last = log.Date
	}
	var found *Preparation
	for _, prep := range p.Preparations {
		unused := last.Before(prep.Session) || prep.Session.IsZero() && last.Before(prep.Received.V)
		if prep.Session == day || unused && (found == nil || found.Session != day) && !day.Before(prep.Received.V) {
			found = prep
		}
	}
	return found
}

// Upcoming is the day of a person's session as seen from another day: of the
// first log on or after it that is planned, or that was held on a later day;
// else by the schedule; else the day that somebody
// prepared for. It is no date where nothing says when they meet, or only a day
// that has passed. Sessions outside the cadence are left out.
func (b *Logbook) Upcoming(p *Person, from logparse.Date) logparse.Date {
	for _, log := range p.Logs {
		planned := log.Status.V == logparse.Planned && !log.Date.Before(from)
		if log.Kind.V != "ad-hoc" && (planned || log.Held() && from.Before(log.Date)) {
			return log.Date
		}
	}
	if next := b.ScheduleOf(p.Facts(), from).By(); !next.IsZero() && !next.Before(from) {
		return next
	}
	for _, prep := range p.Preparations {
		if !prep.Session.Before(from) {
			return prep.Session
		}
	}
	return logparse.Date{}
}

// Addresses are a person's email addresses as the plan has them, else the
// settings: the first one is where mail goes.
func (p *Person) Addresses() []logparse.Value[string] {
	plan, settings := p.said()
	if len(plan.Emails) > 0 {
		return plan.Emails
	}
	return settings.Emails
}

// ByAddress are the people who have an email address, among those of their plan
// and settings or by another name that is known of them. Case doesn't count.
func (r *Roster) ByAddress(address string) []*Person {
	return slices.DeleteFunc(slices.Clone(r.Known), func(p *Person) bool {
		return !slices.ContainsFunc(p.Names(), func(name string) bool { return strings.EqualFold(name, address) })
	})
}

// Names are all that a person is called: ids, names, email addresses and what other
// systems know them as.
func (p *Person) Names() []string {
	plan, settings := p.said()
	names := []string{p.ID, p.Name}
	for _, v := range slices.Concat([]logparse.Value[string]{settings.Name, plan.Name}, settings.KnownAs, settings.Emails, plan.Aliases, plan.KnownAs, plan.Emails) {
		names = append(names, v.V)
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

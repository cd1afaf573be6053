package adopt

import (
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

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

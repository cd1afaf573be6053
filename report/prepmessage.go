package report

import (
	"bytes"
	"cmp"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A PrepMessage is what a coach asks a coachee before a session (method 25 to
// 27, 62).
type PrepMessage struct {
	Subject string
	Body    string // with LF line ends
}

var (
	templateWord    = pattern.Of(`\b[A-Z]+\b`)
	templateComment = pattern.Of(`(?s)<!--.*?-->`)
)

// NewPrepMessage fills a template in: COACHEE, the first name; COACH; DATE, the
// session's day; WHEN, its day, time and place; and BY, the day by which an answer is
// asked for. The template's heading is the
// subject. Names come out on one line and without control characters.
func NewPrepMessage(b *plan.Logbook, p *plan.Person, template []byte, date, by logparse.Date) (*PrepMessage, error) {
	if !utf8.Valid(template) || bytes.IndexByte(template, 0) >= 0 {
		return nil, errors.New("templates/prep-message.md is not UTF-8 text; save it as such")
	}
	coach := b.CoachOf(p)
	if person := b.Person(coach); person != nil {
		coach = person.Name
	}
	values := map[string]string{
		"COACHEE": firstName(p.Name), "COACH": cmp.Or(coach, "Your coach"), "DATE": longDay(date), "WHEN": when(b, p, date), "BY": longDay(by),
	}
	text := strings.ReplaceAll(strings.ReplaceAll(string(template), "\r\n", "\n"), "\r", "\n")
	text = templateComment().ReplaceAllString(strings.TrimPrefix(text, "\ufeff"), "")
	text = templateWord().ReplaceAllStringFunc(text, func(word string) string {
		if value, ok := values[word]; ok {
			return terminal.Escape(value)
		}
		return word
	})
	m := &PrepMessage{Subject: "Our session on " + longDay(date)}
	text = terminal.EscapeLines(strings.TrimSpace(text) + "\n")
	if title, body, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(title, "# ") {
		m.Subject, text = strings.TrimSpace(title[1:]), strings.TrimLeft(body, "\n")
	}
	m.Body = text
	return m, nil
}

// when is a session's day, with its time and place where they are known.
func when(b *plan.Logbook, p *plan.Person, date logparse.Date) string {
	clock, zone := b.TimeOf(p)
	clock += only(clock != "" && zone != "", " ("+zone+")")
	place := ""
	if p.Plan != nil {
		place = p.Plan.Place.V
	}
	return joined(", ", longDay(date), clock, place)
}

var honorific = pattern.Of(`^(?i:dr|prof|mr|mrs|ms|mx|miss|herr|frau)\.?$`)

// firstName is what somebody is called: the first word of a name, behind a title, or
// behind the comma of "Shah, Priya". Where that is an initial, it is the whole name.
func firstName(name string) string {
	if _, given, found := strings.Cut(name, ","); found && strings.TrimSpace(given) != "" {
		name = strings.TrimSpace(given)
	}
	words := strings.Fields(name)
	for len(words) > 1 && honorific().MatchString(words[0]) {
		words = words[1:]
	}
	if len(words) == 0 || strings.HasSuffix(words[0], ".") || utf8.RuneCountInString(words[0]) == 1 {
		return strings.TrimSpace(name)
	}
	return words[0]
}

// Text is the message's body.
func (m *PrepMessage) Text(terminal.Style) string { return m.Body }

// longDay is a date with its day of the week: Monday, 6 July 2026.
func longDay(d logparse.Date) string { return d.Time().Format("Monday, 2 January 2006") }

package adopt

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// A meeting is one heading with its day, in a file of many.
type meeting struct {
	index, start int // of the heading: its number, and where it starts, or those right above it
	line, level  int // of the heading
	title        string
	above        []string // the headings that it is under
	day          written
	certain      bool // the heading starts a meeting, on whatever level
	nested       bool // it does so also below another meeting's heading
}

// meetings finds the headings that start a meeting: those that name a day, and those
// with a "Date:" below them. A heading on the level of such a one that names a day and
// more, or something like a day, is one too: its text is no other meeting's.
func (r *Run) meetings(p *Proposal) (found []meeting) {
	outline := p.doc.Outline()
	var all []meeting
	sure := make(map[int]bool) // levels
	for i, h := range outline {
		m := meeting{index: i, start: h.Span.Start, line: p.doc.Position(h.Span.Start).Line, level: h.Level, title: plainText(h.Title)}
		if r.readMeeting(&m, p.lines) {
			all = append(all, m)
			sure[m.level] = sure[m.level] || m.certain
		}
	}
	for _, m := range all {
		inside := len(found) > 0 && m.level > found[len(found)-1].level
		if inside && !m.nested || !sure[m.level] {
			continue
		}
		m.takeAbove(outline, found)
		found = append(found, m)
	}
	keepOneOrder(found)
	return found
}

// below are the first lines under the heading of a line, up to the next heading.
func below(lines []line, number, most int) []line {
	if at, ok := slices.BinarySearchFunc(lines, number, func(l line, number int) int { return l.number - number }); ok {
		lines = lines[at+1:]
	}
	lines = lines[:min(len(lines), most)]
	if end := slices.IndexFunc(lines, func(l line) bool { return l.heading != nil }); end >= 0 {
		lines = lines[:end]
	}
	return lines
}

// dateBelow is how far below a heading its "Date:" is.
const dateBelow = 4

// beside is what a heading beside those with a day can be: another week or meeting.
var beside = pattern.Of(`(?i)^(?:week|wk|kw|woche|semana|semaine) ?\d{1,2}\b|^w\d{1,2}\b|^(?:meeting|session|treffen|sitzung)[ #:.]*\d|^\d{1,2}[/.]\d{1,2}\.?$`)

// readMeeting reads a heading's day, and says whether it can start a meeting.
func (r *Run) readMeeting(m *meeting, lines []line) bool {
	if m.day = dayIn(m.title); m.day.text != "" {
		before := m.title[:findDates(m.title)[0].start]
		m.certain = r.roster.read(before).only
		m.nested = m.certain && m.day.why == "" && !slices.ContainsFunc(wordsOf(before), func(w word) bool {
			return !isOneOf(w.folded, "meeting session no nr number the on") && !isOneOf(w.folded, weekdays) && !isDigits(w.folded)
		})
		if !m.certain && m.day.why == "" {
			m.day.text, m.day.why = m.title, "names a day and something else"
		}
		return !nextTime().MatchString(before)
	}
	if nextTime().MatchString(m.title) {
		return false
	}
	for _, l := range below(lines, m.line, dateBelow) {
		text := l.value
		if l.label == "" && r.roster.read(l.text).only {
			text = l.text
		} else if !isLabel(l.label, dateLabels) {
			continue
		}
		if m.day = dayIn(text); m.day.text != "" {
			m.certain = true
			return true
		}
	}
	m.day = written{text: m.title, why: "names no single day"}
	return beside().MatchString(m.title)
}

// takeAbove takes the headings that a meeting is under. Those that come right before
// it, such as a month's, are no part of the meeting before.
func (m *meeting) takeAbove(outline []logparse.HeadingLine, found []meeting) {
	before := meeting{index: -1}
	if len(found) > 0 {
		before = found[len(found)-1]
	}
	level, right := m.level, true
	for i := m.index - 1; i >= 0; i-- {
		h := outline[i]
		if right = right && h.Level < m.level && i > before.index && (before.level == 0 || h.Level <= before.level); right {
			m.start = h.Span.Start
		}
		if h.Level < level {
			level = h.Level
			m.above = append(m.above, plainText(h.Title))
		}
	}
}

// keepOneOrder takes the dates of one file to be written in one way: where some
// can only be day first, or only month first, the others are too.
func keepOneOrder(meetings []meeting) {
	only := ""
	for _, m := range meetings {
		if days := m.day.days; len(days) == 1 && days[0].order != "" {
			if only != "" && only != days[0].order {
				return
			}
			only = days[0].order
		}
	}
	for i := range meetings {
		meetings[i].day.days = inOrder(meetings[i].day.days, only)
	}
}

// several says whether meetings are of more than one day.
func several(meetings []meeting) bool {
	return slices.ContainsFunc(meetings, func(m meeting) bool {
		return m.day.why != meetings[0].day.why || !slices.Equal(m.day.days, meetings[0].day.days)
	})
}

// parts are a proposal for each meeting of a file of many, or one that asks whether
// to split it.
func (r *Run) parts(p *Proposal, file *facts, meetings []meeting) []*Proposal {
	inPeople := strings.HasPrefix(p.Note.Inside, "people/")
	if !r.Options.Split || inPeople {
		for _, m := range meetings {
			p.Days = append(p.Days, datesOf(m.day.days[:min(1, len(m.day.days))])...)
		}
		p.Meetings = len(meetings)
		fix := ""
		if inPeople { // it would stay there, and be no log
			fix = "move it out of people/ first"
		}
		p.Question(fmt.Sprintf("it has %d meetings", len(meetings)), fix, "--split")
		return []*Proposal{p}
	}
	for i, l := range p.lines[:min(len(p.lines), headLines)] { // labels over all meetings
		if l.heading == nil && l.number < meetings[0].line {
			r.readLine(file, l, p.lines[i+1:])
		}
	}
	meetings[0].start = 0
	var parts []*Proposal
	for i, m := range meetings {
		end := len(p.Note.Text)
		if i+1 < len(meetings) {
			end = meetings[i+1].start
		}
		part := r.proposal(p.Note, m.start, end)
		part.Heading = m.title
		f := &facts{places: slices.Clone(file.places), day: m.day, notHeld: file.notHeld}
		for _, above := range m.above {
			f.addPeople(r.roster.read(above), anybody)
		}
		lines := visibleLines(part.doc)
		at := slices.IndexFunc(lines, func(l line) bool { return l.heading != nil && l.text == m.title })
		r.readHead(f, lines[max(at, 0):])
		part.facts = f
		parts = append(parts, part)
	}
	return parts
}

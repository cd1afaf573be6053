package adopt

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A meeting is one heading with its day, in a file of many.
type meeting struct {
	start int // of the heading, or of those above it that came before
	line  int // of the heading
	level int
	title string
	days  []dayPlace // one
	above []string   // the headings that it is under
}

func (m meeting) key() []string {
	texts := []string{m.days[0].why}
	for _, d := range m.days[0].days {
		texts = append(texts, d.String())
	}
	return texts
}

// A candidate is a heading that may start a meeting.
type candidate struct {
	meeting
	certain bool // it does, wherever it is in the outline
	nested  bool // it does also below another meeting's heading
	near    bool // it names something like a day, and none that can be told
}

// meetings finds the headings that start a meeting: those that name a day, and those
// with a "Date:" below them. A heading beside them that names a day and more, or
// something like a day, is one too: its text is no other meeting's.
func (r *Run) meetings(doc *logparse.Document, lines []line) []meeting {
	outline := doc.Outline()
	var all []candidate
	for i, h := range outline {
		if c, ok := r.candidate(h, below(lines, doc.Position(h.Span.Start).Line)); ok {
			c.start, c.line, c.level = h.Span.Start, doc.Position(h.Span.Start).Line, h.Level
			level := h.Level
			for _, o := range slices.Backward(outline[:i]) {
				if o.Level < level {
					level = o.Level
					c.above = append([]string{plainText(o.Title)}, c.above...)
				}
			}
			c.takeYear()
			all = append(all, c)
		}
	}
	levels := make(map[int]bool)
	near := make(map[int]int)
	for _, c := range all {
		levels[c.level] = levels[c.level] || c.certain
		if c.near && !c.certain {
			near[c.level]++
		}
	}
	var found []meeting
	for _, c := range all {
		last := len(found) - 1
		inside := last >= 0 && c.level > found[last].level
		if c.certain && (!inside || c.nested) || !c.certain && !inside && (levels[c.level] || c.near && near[c.level] > 1) {
			c.widen(outline, found)
			found = append(found, c.meeting)
		}
	}
	keepOneOrder(found)
	return found
}

// below are the lines under the heading of a line, to the next heading.
func below(lines []line, number int) []line {
	at := slices.IndexFunc(lines, func(l line) bool { return l.number > number })
	if at < 0 {
		return nil
	}
	end := slices.IndexFunc(lines[at:], func(l line) bool { return l.heading != nil })
	if end < 0 {
		end = len(lines) - at
	}
	return lines[at : at+end]
}

// dateBelow is how far below a heading its "Date:" is.
const dateBelow = 4

var (
	// nearDay is something like a day: a month with a number beside it.
	nearDay = pattern(`(\pL{3,10})\.? ?\d{1,2}(?:st|nd|rd|th)?\b|\b\d{1,2}(?:st|nd|rd|th|\.)? ?(?:of |de )?(\pL{3,10})`)
	// beside is what a heading beside those with a day can be: another week or meeting.
	beside = pattern(`(?i)^(?:week|wk|kw|woche|semana|semaine) ?\d{1,2}\b|^w\d{1,2}\b|^(?:meeting|session|treffen|sitzung)[ #:.]*\d|^\d{1,2}[/.]\d{1,2}\.?$`)
)

func (r *Run) candidate(h logparse.HeadingLine, lines []line) (c candidate, ok bool) {
	title := plainText(h.Title)
	c.title = title
	if d, ok := dayIn(title, "heading"); ok {
		before := title[:strings.Index(title, findDates(title)[0].text)]
		if nextTime().MatchString(before) {
			return c, false
		}
		before = betweenTwo().ReplaceAllString(" "+before, " ")
		c.certain = r.saysNothingElse(before)
		c.nested = c.certain && !slices.ContainsFunc(wordsOf(before), func(w word) bool {
			return !isOneOf(w.folded, plainMeeting) && weekdayOf(w.text) < 0 && !isDigits(w.text)
		})
		if !c.certain && d.why == "" {
			d.text, d.why = title, "names a day and something else"
		}
		c.days = []dayPlace{d}
		return c, true
	}
	if nextTime().MatchString(title) {
		return c, false
	}
	for _, l := range lines[:min(len(lines), dateBelow)] {
		text, from := plainText(l.raw), "“"+l.label+":”"
		if l.label == "" && r.saysNothingElse(withoutDates(l.text, findDates(l.text))) {
			text, from = l.text, "line below the heading"
		} else if !isLabel(l.label, dateLabels) {
			continue
		}
		if d, ok := dayIn(text, from); ok {
			c.certain, c.days = true, []dayPlace{d}
			return c, true
		}
	}
	c.near = slices.ContainsFunc(nearDay().FindAllStringSubmatch(title, -1), func(m []string) bool {
		word := m[1] + m[2]
		return monthOf(word) > 0 && !needsYear(word)
	})
	if c.near || beside().MatchString(title) {
		c.days = []dayPlace{{from: "heading", text: title, weekday: -1, why: "names no single day"}}
		return c, true
	}
	return c, false
}

// takeYear gives a day without a year that of a heading above it which is nothing
// but a year.
func (c *candidate) takeYear() {
	for _, above := range c.above {
		if len(above) != 4 || !plausible(above) {
			continue
		}
		for i, d := range c.days[0].days {
			if d.hasYear() {
				continue
			}
			d.Year = number(above)
			if exists(d.Date) && (c.days[0].weekday < 0 || c.days[0].weekday == int(d.Time().Weekday())) {
				c.days[0].days[i] = d
			}
		}
	}
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// widen takes the headings over a meeting's own that come right before it, such as
// a month's: they are no part of the meeting before.
func (c *candidate) widen(outline []logparse.HeadingLine, before []meeting) {
	at := slices.IndexFunc(outline, func(h logparse.HeadingLine) bool { return h.Span.Start == c.start })
	for above := at - 1; above >= 0 && outline[above].Level < c.level; above-- {
		if last := len(before) - 1; last >= 0 && (outline[above].Span.Start <= before[last].start || outline[above].Level > before[last].level) {
			return
		}
		c.start = outline[above].Span.Start
	}
}

// keepOneOrder takes the dates of one file to be written in one way: where some
// can only be day first, or only month first, the others are too.
func keepOneOrder(meetings []meeting) {
	only := make(map[string]int)
	for _, m := range meetings {
		if d := m.days[0]; len(d.days) == 1 && d.days[0].order != "" {
			only[d.days[0].order]++
		}
	}
	if len(only) != 1 {
		return
	}
	for i, m := range meetings {
		kept := slices.DeleteFunc(slices.Clone(m.days[0].days), func(d day) bool { return d.order != "" && only[d.order] == 0 })
		if len(kept) > 0 {
			meetings[i].days[0].days = kept
		}
	}
}

// parts are a proposal for each meeting of a file of many, or one that asks whether
// to split it.
func (r *Run) parts(p *Proposal, file *facts, lines []line, meetings []meeting) []*Proposal {
	inPeople := strings.HasPrefix(p.Note.Inside, "people/")
	if !r.Options.Split || inPeople {
		for _, m := range meetings {
			p.Days = append(p.Days, datesOf(m.days[0].days[:min(1, len(m.days[0].days))])...)
		}
		p.Meetings = len(meetings)
		fix := ""
		if inPeople { // it would stay there, and be no log
			fix = "move it out of people/ first"
		}
		p.ask(fmt.Sprintf("it has %d meetings", len(meetings)), fix, "--split")
		return []*Proposal{p}
	}
	for i, l := range lines { // labels over all meetings
		if l.number >= meetings[0].line || i == headLines {
			break
		}
		if l.heading == nil {
			r.readLine(file, l, lines[i+1:])
		}
	}
	title := r.titleOf(p.doc, meetings)
	var parts []*Proposal
	for i, m := range meetings {
		if len(m.above) == 0 && title != "" {
			m.above = []string{title}
		}
		part := &Proposal{Note: p.Note, Heading: m.title, Outcome: Adopt, from: m.start, to: len(p.Note.Text), facts: file.clone()}
		if i == 0 {
			part.from = 0
		}
		if i+1 < len(meetings) {
			part.to = meetings[i+1].start
		}
		part.doc = logparse.ParseSession("note.md", p.Note.Text[part.from:part.to], r.Logbook.Settings.Headings)
		for _, above := range append(m.above, m.title) {
			r.readTitle(part.facts, above, "heading")
		}
		own := part.visible()
		if at := slices.IndexFunc(own, func(l line) bool { return l.heading != nil && plainText(l.heading.Title) == m.title }); at >= 0 {
			r.readHead(part.facts, own[at:])
		}
		part.facts.days = slices.DeleteFunc(part.facts.days, func(d dayPlace) bool { return d.from == "heading" })
		part.facts.days = append(slices.Clone(m.days), part.facts.days...)
		parts = append(parts, part)
	}
	return parts
}

// titleOf is the title over all meetings of a file, where its headings beside the
// meetings name nobody else.
func (r *Run) titleOf(doc *logparse.Document, meetings []meeting) string {
	title := ""
	for _, h := range doc.Outline() {
		text := plainText(h.Title)
		isMeeting := slices.ContainsFunc(meetings, func(m meeting) bool { return m.line == doc.Position(h.Span.Start).Line })
		switch people := r.roster.title(text).people; {
		case isMeeting || len(people) == 0 || text == title || h.Level > meetings[0].level:
		case title != "":
			return ""
		case h.Span.Start > meetings[0].start && doc.Position(h.Span.Start).Line > meetings[0].line:
			return ""
		default:
			title = text
		}
	}
	return title
}

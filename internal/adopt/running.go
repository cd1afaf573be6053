package adopt

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A meeting is one dated heading of a running file.
type meeting struct {
	start int // of the heading, or of those above it that came before
	clue  dateClue
	title string
	above []string // the headings that it stands under
}

// parts are the meetings of a running file, or one proposal that asks whether to
// split it; none where the file is the note of one meeting. The single dated
// heading of such a note says its day.
func (r *Run) parts(p *Proposal) []*Proposal {
	stemDates := findDates(plainStem(p.Note.Name), false)
	meetings := meetingsOf(p.doc)
	switch {
	case len(meetings) == 1 && len(stemDates) == 0:
		p.evidence.dates = append(p.evidence.dates, meetings[0].clue)
		return nil
	case len(meetings) < 2, len(stemDates) > 0 && !r.Options.Split, !p.Note.Date.IsZero():
		return nil
	}
	keepOneOrder(meetings)
	if !r.Options.Split {
		p.evidence.dates = nil
		r.describe(p, meetings)
		return []*Proposal{p}
	}
	preamble := logparse.ParseSession("note.md", p.Note.Text[:meetings[0].start], r.Logbook.Settings.Headings)
	file := gather(p.Note, preamble)
	var parts []*Proposal
	for i, m := range meetings {
		part := &Proposal{Note: p.Note, Outcome: Adopt, from: m.start, to: len(p.Note.Text)}
		if i == 0 {
			part.from = 0
		}
		if i+1 < len(meetings) {
			part.to = meetings[i+1].start
		}
		part.doc = logparse.ParseSession("note.md", p.Note.Text[part.from:part.to], r.Logbook.Settings.Headings)
		part.evidence = r.evidenceOf(file, m)
		parts = append(parts, part)
	}
	return parts
}

// evidenceOf is what a meeting of a running file says of itself: its own date,
// and the file's people.
func (r *Run) evidenceOf(file *evidence, m meeting) *evidence {
	e := *file
	e.dates, e.created, e.status = []dateClue{m.clue}, nil, ""
	e.titles = []string{m.title}
	e.kinds = append(slices.Clone(file.kinds), m.title)
	e.marked = true
	e.years, e.people = slices.Clone(file.years), slices.Clone(file.people)
	for _, above := range m.above {
		if years := yearsIn(above); len(years) > 0 {
			e.years = []yearClue{{years, "heading"}}
		}
		rest := withoutDates(above, findDates(above, false))
		e.people = append(e.people, titleClues(rest, "heading", betweenTwo().MatchString(rest))...)
		e.kinds = append(e.kinds, above)
	}
	named := slices.ContainsFunc(e.people, func(c peopleClue) bool { return c.role != coach && len(r.roster.readClue(c).people) > 0 })
	if !named {
		title := plainText(m.title)
		e.people = append(e.people, titleClues(withoutDates(title, findDates(title, false)), "heading", false)...)
	}
	return &e
}

// describe asks whether a running file is to be split.
func (r *Run) describe(p *Proposal, meetings []meeting) {
	p.Outcome = Ask
	span := ""
	var days []logparse.Date
	for _, m := range meetings {
		if len(m.clue.days) == 1 && m.clue.days[0].hasYear() {
			days = append(days, m.clue.days[0].Date)
		}
	}
	if len(days) > 1 {
		span = fmt.Sprintf(", %s to %s", slices.MinFunc(days, logparse.Date.Compare), slices.MaxFunc(days, logparse.Date.Compare))
	}
	p.ask(Question{"split", fmt.Sprintf("%d meetings in one file, each under a heading with its day%s", len(meetings), span), "--split, to make a log of each", nil})
}

// meetingsOf finds the headings of one level that start with a day, the level
// that has most of them.
func meetingsOf(doc *logparse.Document) []meeting {
	outline := doc.Outline()
	byLevel := make(map[int][]meeting)
	for i, h := range outline {
		title := plainText(h.Title)
		dates := findDates(title, false)
		if len(dates) != 1 || otherDay().MatchString(title[:dates[0].start]) || !isMeetingHeading(title, dates[0]) {
			continue
		}
		m := meeting{start: h.Span.Start, title: h.Title, clue: dateClue{days: dates[0].days, weekday: dates[0].weekday, text: dates[0].text, from: "heading"}}
		// A higher heading before it, such as a year's or a person's, is its own.
		level := h.Level
		for _, o := range slices.Backward(outline[:i]) {
			if o.Level < level {
				level = o.Level
				m.above = append([]string{plainText(o.Title)}, m.above...)
			}
		}
		for above := i - 1; above >= 0 && outline[above].Level < h.Level; above-- {
			m.start = outline[above].Span.Start
		}
		byLevel[h.Level] = append(byLevel[h.Level], m)
	}
	var best []meeting
	for level := 1; level <= 6; level++ {
		if len(byLevel[level]) > len(best) {
			best = byLevel[level]
		}
	}
	return best
}

// isMeetingHeading says whether only words for a meeting, or names, stand before
// a heading's date, and nothing says that it is a day to come.
func isMeetingHeading(title string, date written) bool {
	if nextTime().MatchString(title) {
		return false
	}
	before := betweenTwo().ReplaceAllString(" "+title[:date.start], " ")
	for _, w := range wordsOf(before) {
		if !isMeetingWord(w.text) && !isNameWord(w.text) {
			return false
		}
	}
	return len(wordsOf(before)) <= 4 && !strings.ContainsAny(before, "?!")
}

// keepOneOrder takes the dates of one file to be written in one way: where some
// can only be day first, or only month first, the others are too.
func keepOneOrder(meetings []meeting) {
	only := make(map[string]int)
	for _, m := range meetings {
		if len(m.clue.days) == 1 && m.clue.days[0].order != "" {
			only[m.clue.days[0].order]++
		}
	}
	if len(only) != 1 {
		return
	}
	for i, m := range meetings {
		kept := slices.DeleteFunc(slices.Clone(m.clue.days), func(d day) bool { return d.order != "" && only[d.order] == 0 })
		if len(kept) > 0 {
			meetings[i].clue.days = kept
		}
	}
}

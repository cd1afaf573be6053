package canonical

import (
	"bytes"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// items writes the goals and actions of a log, and the entries of a plan. Items anywhere else
// are their authors' own.
func (f *form) items() {
	switch {
	case f.Session != nil && !f.Session.Adopted.Set:
		for _, section := range f.Session.Sections {
			switch section.Name {
			case logparse.FollowUp, logparse.ShortTerm, logparse.MidTerm, logparse.LongTerm:
				f.tasks(section.Items)
			}
		}
	case f.Plan != nil:
		for _, list := range [][]*logparse.PlanItem{f.Plan.Strengths, f.Plan.Areas, f.Plan.Aims, f.Plan.CurrentSkills, f.Plan.NextSkills, f.Plan.RoleHistory} {
			for _, it := range list {
				since := "since:"
				if it.Promoted {
					since = "promoted:"
				}
				f.item(it.Item, f.day("received:", it.Received), f.day(since, it.Since))
			}
		}
	}
}

func (f *form) tasks(items []*logparse.Item) {
	for _, it := range items {
		if it.IsTask() && it.Text != "" {
			f.item(it)
		}
		f.tasks(it.Items)
	}
}

// A token is one that an item has: its place, and how it is written.
type token struct {
	span logparse.Span
	text string
}

// item writes an item's box, tokens and blanks. One of which the parser has something to say
// stays as it is.
func (f *form) item(it *logparse.Item, own ...token) {
	lines := it.Lines()
	if f.isDoubtful(logparse.Span{Start: it.Marker.Start, End: max(lines.End, it.Marker.End)}) {
		return
	}
	f.box(it)
	tokens := f.tokens(it, own)
	places := slices.Clone(tokens)
	slices.SortFunc(places, func(a, b token) int { return a.span.Start - b.span.Start })
	if n := len(places); n > 1 && it.ID.Set && places[n-1].span == it.ID.Span {
		tokens = append(tokens[1:], tokens[0]) // where Obsidian looks for the id of a block
	}
	for i, place := range places {
		f.oneBlank(lines.Start, place.span.Start)
		f.write(place.span, tokens[i].text)
	}
	if it.IsTask() {
		f.oneBlank(lines.Start, it.TextSpan.Start)
	}
	f.noBlanks(lines)
}

// box writes the mark between the brackets.
func (f *form) box(it *logparse.Item) {
	switch it.State {
	case logparse.Done, logparse.NotDone:
		f.write(it.Box, string(rune(it.State)))
	case logparse.Open:
		if f.raw(it.Box) == "\t" { // any other blank isn't one to markdown
			f.write(it.Box, " ")
		}
	}
}

// tokens are an item's tokens in their order: which one it is, what it is to reach, what it
// practises, how often, who does it, by when, and whose idea it was.
func (f *form) tokens(it *logparse.Item, own []token) []token {
	tokens := slices.Concat([]token{
		f.asWritten(it.ID), f.target(it.Target), f.asWritten(it.Skill), {it.Every.Span, "every:" + it.Every.V},
		f.asWritten(it.Owner), f.day("due:", it.Due), f.asWritten(it.By),
	}, own)
	return slices.DeleteFunc(tokens, func(t token) bool { return t.span.End == 0 })
}

// asWritten is a token with the text that it has; formatters put backslashes into some.
func (f *form) asWritten(v logparse.Value[string]) token {
	return token{v.Span, f.raw(v.Span)}
}

// day is a token with a day; none where the day is another tool's, as in 📅 2026-07-20.
func (f *form) day(prefix string, v logparse.Value[logparse.Date]) token {
	raw := f.raw(v.Span)
	text := strings.ReplaceAll(raw, `\`, "")
	switch {
	case !strings.HasPrefix(text, prefix):
		return token{}
	case text == prefix+v.V.String():
		return token{v.Span, raw}
	}
	return token{v.Span, prefix + v.V.String()}
}

func (f *form) target(v logparse.Value[logparse.Target]) token {
	raw := f.raw(v.Span)
	at := strings.LastIndexAny(raw, "<>=") + 1
	if number, ok := logparse.Percent(raw[at:]); ok {
		raw = raw[:at] + number + "%"
	}
	return token{v.Span, raw}
}

func (f *form) raw(span logparse.Span) string { return string(f.Text[span.Start:span.End]) }

// oneBlank leaves one blank before a place, behind what is before it on the line.
func (f *form) oneBlank(from, at int) {
	start := from + len(bytes.TrimRight(f.Text[from:max(from, at)], " \t"))
	if start < at && start > 0 && f.Text[start-1] != '\n' && f.Text[start-1] != '\r' {
		f.write(logparse.Span{Start: start, End: at}, " ")
	}
}

// noBlanks leaves none at the end of an item's lines.
func (f *form) noBlanks(lines logparse.Span) {
	end := lines.Start + len(bytes.TrimRight(f.Text[lines.Start:lines.End], "\r\n"))
	start := lines.Start + len(bytes.TrimRight(f.Text[lines.Start:end], " \t"))
	if lines.Start < start && start < end {
		f.write(logparse.Span{Start: start, End: end}, "")
	}
}

package assist

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
	"github.com/coachlog/coachlog/report"
	"github.com/coachlog/coachlog/report/page"
)

// Hover tells in markdown what is behind a place in the text; "" where there is nothing to
// tell. span is what it is about.
func (v *View) Hover(offset int) (text string, span logparse.Span) {
	if text, span = v.hoverIgnore(offset); text != "" || v.Book == nil {
		return text, span
	}
	switch person, metric, at := v.mentioned(offset); {
	case metric != "":
		return v.metric(metric), at
	case person != "":
		return v.person(person), at
	}
	if text, span = v.hoverKey(offset); text != "" {
		return text, span
	}
	it, _ := itemAt(v.Doc, offset)
	switch {
	case it == nil:
		return "", span
	case isHere(it.Due, offset):
		return v.inWords(it.Due.V), it.Due.Span
	case isHere(it.Skill, offset):
		return v.skill(it.Skill.V), it.Skill.Span
	}
	return v.story(it, offset)
}

// story tells how the goal or action of a line went, as coachlog show does.
func (v *View) story(it *logparse.Item, offset int) (string, logparse.Span) {
	span := it.TextSpan
	if isHere(it.ID, offset) {
		span = it.ID.Span
	} else if !holds(span, offset) {
		return "", span
	}
	course := report.CourseOf(v.Book, v.goalOf(it), v.actionOf(it))
	if it.ID.Set {
		course = report.NewCourse(v.Book, it.ID.V)
	}
	if course.Empty() {
		return "", span
	}
	return markdown(course), span
}

func (v *View) metric(key string) string {
	return markdown(report.NewMetricStory(v.Book.Roster, v.Person, key))
}

// markdown writes what a command would show.
func markdown(thing any) string {
	var out strings.Builder
	if err := report.Write(&out, thing, report.Output{Format: "markdown"}); err != nil {
		return ""
	}
	return strings.TrimSpace(out.String())
}

// person says who somebody is; nothing that a log says of them.
func (v *View) person(id string) string {
	p := v.Book.Someone(v.Book.Resolve(id))
	if !p.Known {
		return "Nobody in this logbook has the id `" + p.ID + "`."
	}
	text := page.MarkdownText(p.Name)
	if p.Name != p.ID {
		text += " (`" + p.ID + "`)"
	}
	if coach := v.Book.CoachOf(p); coach != "" {
		text += ", coached by " + page.MarkdownText(v.Book.Someone(coach).Name)
	}
	return text
}

func (v *View) inWords(day logparse.Date) string {
	days := v.Today.DaysUntil(day)
	text := day.Time().Format("Monday, ") + day.InWords()
	switch {
	case days == 0:
		return text + ", today"
	case days > 0:
		return text + ", in " + sentence.Count(days, "day")
	}
	return text + ", " + sentence.Count(-days, "day") + " ago"
}

func (v *View) skill(name string) string {
	if v.Person == nil {
		return ""
	}
	for _, s := range v.Person.Skills() {
		if s.Name == name {
			_, open := v.Person.Facts().Tally(s.PractisedSkill)
			text := fmt.Sprintf("%s (%s)", page.MarkdownText(s.Text), s.Level)
			if len(s.Actions) > 0 {
				text += ": practised with " + sentence.Count(len(s.Actions), "action")
			}
			if open > 0 {
				text += fmt.Sprintf(", %d still open", open)
			}
			return text
		}
	}
	return ""
}

// hoverKey says what a key of the front matter or of the settings is for.
func (v *View) hoverKey(offset int) (string, logparse.Span) {
	_, start := lineBefore(v.Doc, offset)
	if v.Doc.Kind != logparse.SettingsFile && !v.inFront(start) {
		return "", logparse.Span{}
	}
	name, _, ok := strings.Cut(string(v.Doc.Text[start:min(len(v.Doc.Text), start+64)]), ":")
	span := logparse.Span{Start: start, End: start + len(name)}
	if !ok || !holds(span, offset) {
		return "", span
	}
	if k := keysOf(v.Doc.Kind).Of(name); k != nil && k.Means != "" {
		return "`" + name + "`: " + k.Means, span
	}
	return "", span
}

// hoverIgnore explains a rule that a comment silences.
func (v *View) hoverIgnore(offset int) (string, logparse.Span) {
	for _, ignore := range v.Doc.Ignores {
		if !holds(ignore.Span, offset) {
			continue
		}
		text := string(v.Doc.Text[ignore.Span.Start:ignore.Span.End])
		for _, id := range ignore.Rules {
			at := strings.Index(text, id)
			span := logparse.Span{Start: ignore.Span.Start + at, End: ignore.Span.Start + at + len(id)}
			if rule := rules.Find(id); rule != nil && at >= 0 && holds(span, offset) {
				return "**" + rule.Title + "**\n\n" + rule.Why, span
			}
		}
	}
	return "", logparse.Span{}
}

package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// PlanFormats are the formats of a development plan.
var PlanFormats = []string{"text", "markdown", "json"}

// Write writes the plan in one of PlanFormats.
func (r *Plan) Write(w io.Writer, style terminal.Style, format string) error {
	switch format {
	case "json":
		return writeJSON(w, r)
	case "markdown":
		return r.markdown(w)
	}
	return r.text(w, style)
}

func (r *Plan) text(w io.Writer, style terminal.Style) error {
	p := &textPage{style: style}
	fmt.Fprintf(p, "%s\n%s\n\n", style.Bold(terminal.Escape(r.title())), style.Faint(terminal.Escape(r.File)))
	for _, fact := range r.facts() {
		p.item(2, terminal.Pad(fact.name, 15), terminal.Escape(fact.text))
	}
	for _, part := range r.parts() {
		if part.empty() {
			continue
		}
		p.head(terminal.Escape(part.title))
		for _, text := range part.texts {
			p.item(2, bulletOf(part.texts), terminal.Escape(text))
		}
		for _, line := range part.lines {
			p.item(2, line.mark, terminal.Escape(line.text)+p.faint(line.note))
		}
		for _, s := range part.skills {
			p.item(2, levelBoxes[s.Level]+" ", terminal.Escape(s.Text)+p.faint(s.notes()))
			for _, a := range s.Actions {
				p.action(6, a)
			}
		}
	}
	if !r.filledIn() {
		p.WriteString("\n")
		p.line(2, terminal.Escape("Nothing else is filled in yet; "+r.File+" has the places."))
	}
	r.textVersions(p)
	_, err := io.WriteString(w, strings.TrimRight(p.String(), "\n")+"\n")
	return err
}

// faint is a note behind a text.
func (p *textPage) faint(note string) string {
	if note == "" {
		return ""
	}
	return "  " + p.style.Faint(terminal.Escape(note))
}

// bulletOf sets several texts apart; one alone needs no mark.
func bulletOf(texts []string) string {
	if len(texts) > 1 {
		return "- "
	}
	return ""
}

func (r *Plan) title() string { return r.Name + ", development plan" }

// A planFact is one line of the plan's head.
type planFact struct{ name, text string }

// facts are what the front matter says, in words.
func (r *Plan) facts() []planFact {
	role := r.Role
	if r.NextRole != "" {
		role = strings.TrimPrefix(role+" → "+r.NextRole, " ")
	}
	coach := ""
	if r.Coach != "" {
		coach = "@" + r.Coach
		if r.CoachName != r.Coach {
			coach = fmt.Sprintf("%s (@%s)", r.CoachName, r.Coach)
		}
		if r.CoachFrom != "" {
			coach += ", from " + r.CoachFrom + " the company"
		}
	}
	var share []string
	for _, s := range r.Share {
		share = append(share, s.sentence())
	}
	var facts []planFact
	for _, f := range []planFact{
		{"Role", role},
		{"Coach", coach},
		{"They meet", r.meeting()},
		{"Focus", r.Focus.sentence(r.Today)},
		{"Metrics", r.metricNames()},
		{"Check-ins", r.checkIns()},
		{"Signed off by", cmp.Or(signersOf(r.Signed), "nobody yet")},
		{"Agreed", r.datesByHand()},
		{"May be shared", cmp.Or(strings.Join(share, "; "), "nothing")},
	} {
		if f.text != "" {
			facts = append(facts, f)
		}
	}
	return facts
}

func (r *Plan) meeting() string {
	at := r.Time
	if r.TimeZone != "" {
		at += " (" + r.TimeZone + ")"
	}
	var parts []string
	for _, part := range []string{r.Cadence, at, r.Place} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

// sentence says how much of the period is left.
func (f *PlanFocus) sentence(today logparse.Date) string {
	if f == nil {
		return ""
	}
	text := fmt.Sprintf("%s to %s, ", shortDate(f.From), shortDate(f.To))
	switch {
	case f.Left == 0:
		return text + "ended " + until(today.DaysUntil(f.To)) + ": agree the next one"
	case today.Before(f.From):
		return text + "begins in " + count(today.DaysUntil(f.From), "day")
	}
	return text + count(f.Left, "day") + " left"
}

func (r *Plan) metricNames() string {
	var names []string
	for _, m := range r.Metrics {
		name := m.Key
		if m.Name != m.Key {
			name += " (" + m.Name + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// checkIns tells the next one first; where none is to come, that it is for both
// to agree one.
func (r *Plan) checkIns() string {
	if len(r.CheckIns) == 0 {
		return ""
	}
	var past, later []string
	for _, day := range r.CheckIns {
		switch {
		case day.Before(r.Today):
			past = append(past, shortDate(day))
		case day != *r.Next:
			later = append(later, shortDate(day))
		}
	}
	text := "none to come"
	if r.Next != nil {
		text = "next " + shortDate(*r.Next) + ", " + until(r.Today.DaysUntil(*r.Next))
	}
	if len(later) > 0 {
		text += "; then " + strings.Join(later, ", ")
	}
	if len(past) > 0 {
		text += "; past " + strings.Join(past, ", ")
	}
	return text
}

// until says how far away a day is.
func until(days int) string {
	switch {
	case days == 0:
		return "today"
	case days < 0:
		return count(-days, "day") + " ago"
	}
	return "in " + count(days, "day")
}

// A planPart is what stands under one heading, in any format.
type planPart struct {
	title  string
	texts  []string // prose
	lines  []planLine
	skills []PlanSkill
}

// A planLine is an item with its mark, and what is known of it beside its text.
type planLine struct{ mark, text, note string }

func (p planPart) empty() bool { return len(p.texts)+len(p.lines)+len(p.skills) == 0 }

// parts are the plan's sections in the order of the template, then the authors'
// own.
func (r *Plan) parts() []planPart {
	var parts, own []planPart
	prose := make(map[logparse.SectionName][]string)
	for _, s := range r.Sections {
		if s.Name == logparse.OwnSection {
			own = append(own, planPart{title: s.Title, texts: s.Texts})
		} else {
			prose[s.Name] = append(prose[s.Name], s.Texts...)
		}
	}
	for _, name := range logparse.PlanSectionNames {
		part := planPart{title: name.Title(), texts: prose[name]}
		switch name {
		case logparse.Strengths:
			part.lines = pointLines(r.Going)
		case logparse.Areas:
			part.lines = pointLines(r.Areas)
		case logparse.Aims:
			part.lines = r.aimLines()
		case logparse.CurrentSkills:
			part.skills = r.skillsFor(forCurrentRole)
		case logparse.NextSkills:
			part.skills = r.skillsFor(forNextRole)
		case logparse.RoleHistory:
			part.lines = r.roleLines()
		}
		parts = append(parts, part)
		if name == logparse.NextSkills {
			parts = append(parts, planPart{title: "Practised, and not in the plan", skills: r.skillsFor(notInPlan)})
		}
	}
	return append(parts, own...)
}

// filledIn says whether anything stands under a heading.
func (r *Plan) filledIn() bool {
	return slices.ContainsFunc(r.parts(), func(p planPart) bool { return !p.empty() })
}

func pointLines(points []PlanPoint) []planLine {
	var lines []planLine
	for _, point := range points {
		note := ""
		if point.Received != nil {
			note = shortDate(*point.Received)
		}
		if point.Prepared {
			note = "prepared " + note
		}
		lines = append(lines, planLine{"- ", point.Text, note})
	}
	return lines
}

func (r *Plan) aimLines() []planLine {
	var lines []planLine
	for _, aim := range r.Aims {
		line := planLine{mark: "- ", text: aim.Text}
		switch aim.State {
		case logparse.Open, logparse.Done, logparse.Partly, logparse.Dropped, logparse.Carried:
			line.mark = "[" + string(rune(aim.State)) + "] "
		}
		if aim.Days != nil {
			line.note = "by " + shortDate(aim.By)
			if aim.State != logparse.Done && aim.State != logparse.Dropped {
				line.note += ", " + until(*aim.Days)
			}
		}
		if aim.Prepared {
			line.note += "; from the preparation"
		}
		line.note = strings.TrimPrefix(line.note, "; ")
		lines = append(lines, line)
	}
	return lines
}

func (r *Plan) roleLines() []planLine {
	var lines []planLine
	for _, role := range r.Roles {
		line := planLine{mark: "- ", text: role.Text}
		if role.Since != nil {
			line.note = "since " + shortDate(*role.Since)
		}
		if role.Promoted {
			line.note += ", promoted"
		}
		lines = append(lines, line)
	}
	return lines
}

func (r *Plan) skillsFor(role string) []PlanSkill {
	var skills []PlanSkill
	for _, s := range r.Skills {
		if s.For == role {
			skills = append(skills, s)
		}
	}
	return skills
}

var levelBoxes = map[plan.SkillLevel]string{
	plan.NotStarted: "[ ]", plan.Practising: "[/]", plan.Mastered: "[x]", plan.LeftAside: "[-]",
}

// notes say how far somebody has come with a skill, and by how much practice.
func (s PlanSkill) notes() string {
	text := string(s.Level)
	if s.For == notInPlan {
		text = "named by actions only"
	}
	var results []string
	for _, r := range []struct {
		n    int
		what string
	}{
		{s.Practice.Kept, "kept"}, {s.Practice.Partly, "partly"}, {s.Practice.NotKept, "not kept"}, {s.Practice.Dropped, "dropped by agreement"},
		{s.Practice.NoAccount, "with no account given"}, {s.Practice.Open, "still to come"},
	} {
		if r.n > 0 {
			results = append(results, fmt.Sprintf("%d %s", r.n, r.what))
		}
	}
	if len(results) == 0 {
		return text + "; no action practises it yet"
	}
	return text + "; practice: " + strings.Join(results, ", ")
}

func (r *Plan) textVersions(p *textPage) {
	p.head("Versions")
	if r.Note != "" {
		p.line(2, terminal.Escape(r.Note))
	}
	if len(r.Changes) > 0 {
		p.line(2, p.style.Yellow("Not recorded yet")+"  coachlog commit records it")
		p.changes(r.Changes)
	}
	for _, v := range r.Versions {
		p.item(2, v.when.Format("2 Jan 2006")+"  ", fmt.Sprintf("%s  %s", terminal.Escape(v.Subject), p.style.Faint(terminal.Escape(v.Author))))
		if v.Reason != "" {
			p.line(6, terminal.Escape(v.Reason))
		}
		p.changes(v.Changes)
	}
	if r.Older > 0 {
		p.line(2, p.style.Faint(fmt.Sprintf("and %s before; --versions lists more", count(r.Older, "version"))))
	}
}

func (p *textPage) changes(changes []PlanChange) {
	for _, c := range changes {
		p.item(6, "- ", terminal.Escape(c.sentence()))
	}
}

// longest text of a change's value, in characters.
const maxValue = 80

// sentence says a change in words.
func (c PlanChange) sentence() string {
	name := c.Name
	if name == "" && c.What == "section" {
		name = "the text above the headings"
	}
	old, now := shorten(c.Old, maxValue), shorten(c.New, maxValue)
	switch {
	case c.What == "plan":
		return "the plan was " + c.Verb
	case c.What == "section":
		return name + " " + c.Verb
	case c.Verb == plan.VerbAdded:
		return name + ": " + now
	case c.Verb == plan.VerbRemoved:
		return name + ": " + old + ", removed"
	}
	return name + ": " + old + " → " + now
}

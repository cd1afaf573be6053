package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
)

// Page is the plan as people read it: its sections in the order of the template, then the
// authors' own, then the versions.
func (r *Plan) Page() *page.Page {
	p := &page.Page{Title: r.Name + ", development plan", Subtitle: r.File}
	p.Add("", "", r.facts())
	head := len(p.Sections)
	for _, name := range logparse.PlanSectionNames {
		blocks := []page.Block{r.items(name)}
		for _, s := range r.Sections {
			if s.Name == name {
				blocks = slices.Insert(blocks, 0, prose(s.Texts))
			}
		}
		p.Add(name.Title(), "", blocks...)
		if name == logparse.NextSkills {
			p.Add("Practised but not in the plan", "", r.skillItems(notInPlan))
		}
	}
	for _, s := range r.Sections {
		if s.Name == logparse.OwnSection {
			p.Add(s.Title, "", prose(s.Texts))
		}
	}
	if len(p.Sections) == head {
		p.Add("", "", page.Paragraph("Nothing else is filled in yet: there is room for it in "+r.File+"."))
	}
	p.Add("Versions", "", page.Paragraph(r.Note), r.versionItems())
	return p
}

// prose is the texts of a section; several are set apart.
func prose(texts []string) page.Block {
	if len(texts) == 1 {
		return page.Paragraph(texts[0])
	}
	return bullets(texts)
}

// bullets are an item for each text.
func bullets(texts []string) page.List {
	return itemsOf(texts, func(text string) page.Item { return page.Item{Mark: page.Bullet, Text: text} })
}

// itemsOf are an item for each of several things.
func itemsOf[T any](all []T, item func(T) page.Item) page.List {
	return each(all, item)
}

// plain are an item of nothing else for each text.
func plain(texts []string) page.List {
	return itemsOf(texts, func(text string) page.Item { return page.Item{Text: text} })
}

// where are those of several things for which something holds.
func where[T any](all []T, holds func(T) bool) (those []T) {
	for _, thing := range all {
		if holds(thing) {
			those = append(those, thing)
		}
	}
	return those
}

// each is what a function makes of each of several things.
func each[T, U any](all []T, of func(T) U) []U {
	out := make([]U, len(all))
	for i, thing := range all {
		out[i] = of(thing)
	}
	return out
}

// facts are what the front matter says, in words.
func (r *Plan) facts() page.List {
	coach := ""
	if r.Coach != "" {
		coach = "@" + r.Coach
		if r.CoachName != r.Coach {
			coach = fmt.Sprintf("%s (@%s)", r.CoachName, r.Coach)
		}
		coach += only(r.CoachFrom != "", ", from "+r.CoachFrom+" the company")
	}
	shared := joined("; ", each(r.Share, PlanShare.sentence)...)
	return slices.DeleteFunc(page.List{
		{Label: "Role", Text: joined(" ", r.Role, with("→ ", r.NextRole))},
		{Label: "Coach", Text: coach},
		{Label: "They meet", Text: r.meeting()},
		{Label: "Focus", Text: r.Focus.sentence(r.Today)},
		{Label: "Metrics", Text: joined(", ", each(r.Metrics, PlanMetric.name)...)},
		{Label: "Check-ins", Text: r.checkIns()},
		{Label: "Signed off by", Text: cmp.Or(signersOf(r.Signed), "nobody yet")},
		{Label: "Agreed", Text: r.datesByHand()},
		{Label: "May be shared", Text: cmp.Or(shared, "nothing")},
	}, func(it page.Item) bool { return it.Text == "" })
}

func (r *Plan) meeting() string {
	return joined(", ", r.Cadence, r.Time+only(r.TimeZone != "", " ("+r.TimeZone+")"), r.Place)
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
		return text + "begins in " + sentence.Count(today.DaysUntil(f.From), "day")
	}
	return text + sentence.Count(f.Left, "day") + " left"
}

func (m PlanMetric) name() string {
	if m.Name == m.Key {
		return m.Key
	}
	return m.Key + " (" + m.Name + ")"
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
	return text + with("; then ", strings.Join(later, ", ")) + with("; past ", strings.Join(past, ", "))
}

// until says how far away a day is.
func until(days int) string {
	switch {
	case days == 0:
		return "today"
	case days < 0:
		return sentence.Count(-days, "day") + " ago"
	}
	return "in " + sentence.Count(days, "day")
}

// items are what a section lists, with what is known of each.
func (r *Plan) items(name logparse.SectionName) page.List {
	switch name {
	case logparse.Strengths:
		return itemsOf(r.Going, PlanPoint.item)
	case logparse.Areas:
		return itemsOf(r.Areas, PlanPoint.item)
	case logparse.Aims:
		return itemsOf(r.Aims, PlanAim.item)
	case logparse.CurrentSkills:
		return r.skillItems(forCurrentRole)
	case logparse.NextSkills:
		return r.skillItems(forNextRole)
	case logparse.RoleHistory:
		return itemsOf(r.Roles, PlanRole.item)
	}
	return nil
}

func (p PlanPoint) item() page.Item {
	it := page.Item{Mark: page.Bullet, Text: p.Text}
	if p.Received != nil {
		it.Small = shortDate(*p.Received)
	}
	if p.Prepared {
		it.Small = "prepared " + it.Small
	}
	return it
}

func (a PlanAim) item() page.Item {
	it := page.Item{Mark: page.Bullet, Text: a.Text}
	switch a.State {
	case logparse.Open, logparse.Done, logparse.Partly, logparse.Dropped, logparse.Carried:
		it.Mark = stateBox(a.State)
	}
	by := dated("by ", a.By)
	if a.Days != nil && a.State != logparse.Done && a.State != logparse.Dropped {
		by += ", " + until(*a.Days)
	}
	it.Small = joined("; ", by, only(a.Prepared, "from the preparation"))
	return it
}

func (r PlanRole) item() page.Item {
	since := ""
	if r.Since != nil {
		since = "since " + shortDate(*r.Since)
	}
	return page.Item{Mark: page.Bullet, Text: r.Text, Small: joined(", ", since, only(r.Promoted, "promoted"))}
}

var levelBoxes = map[plan.SkillLevel]page.Mark{
	plan.NotStarted: "[ ]", plan.Practising: "[/]", plan.Mastered: "[x]", plan.LeftAside: "[-]",
}

// skillItems are the skills for a role, with the actions that practise them.
func (r *Plan) skillItems(role string) page.List {
	return itemsOf(where(r.Skills, func(s PlanSkill) bool { return s.For == role }), func(s PlanSkill) page.Item {
		return page.Item{Mark: levelBoxes[s.Level], Text: s.Text, Small: s.notes(), Items: actionItems(s.Actions)}
	})
}

// notes say how far somebody has come with a skill, and by how much practice.
func (s PlanSkill) notes() string {
	text := string(s.Level)
	if s.For == notInPlan {
		text = "only named by actions"
	}
	practice := counts([]counted{
		{s.Practice.Done, "done"}, {s.Practice.Partly, "partly"}, {s.Practice.NotDone, "not done"}, {s.Practice.Blocked, "blocked"}, {s.Practice.Dropped, "dropped by agreement"},
		{s.Practice.Open, "still to come"},
	})
	if practice == "" {
		return text + "; no action practises it yet"
	}
	return text + "; practice: " + practice
}

func (r *Plan) versionItems() page.List {
	var list page.List
	if len(r.Changes) > 0 {
		list = append(list, page.Item{Text: "Not committed yet", Small: "coachlog commit records it", Items: changeItems(r.Changes)})
	}
	list = append(list, itemsOf(r.Versions, PlanVersion.item)...)
	if r.Older > 0 {
		list = append(list, page.Item{Small: "and " + sentence.Count(r.Older, "version") + " more; --versions shows them"})
	}
	return list
}

func (v PlanVersion) item() page.Item {
	return page.Item{Label: v.when.Format("2 Jan 2006"), Text: v.Subject, Small: v.Author, Items: changeItems(v.Changes), Below: filled(v.Reason)}
}

func changeItems(changes []plan.PlanChange) page.List { return bullets(each(changes, changeSentence)) }

// longest text of a change's value, in characters.
const maxValue = 80

// changeSentence says a change in words.
func changeSentence(c plan.PlanChange) string {
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

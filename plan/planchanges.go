package plan

import (
	"github.com/coachlog/coachlog/logparse"
)

// A PlanChange is one thing that a new version of a development plan says and
// the old one didn't, in the words of coaching.
type PlanChange struct {
	Verb string `json:"verb"`           // VerbAdded, VerbRemoved or VerbEdited
	What string `json:"what"`           // "plan", "key", "skill" or "section"
	Name string `json:"name,omitempty"` // the key, the skill's text or the section's heading; "" of a plan
	Old  string `json:"old,omitempty"`  // the key's value, or the skill's level; "" where it wasn't there, and of sections
	New  string `json:"new,omitempty"`
}

// PlanChanges lists what after says and before didn't: keys of the front matter,
// then skills, then sections. Either may be nil: a new plan, or one that was
// deleted. A confidential section is in none of it.
func PlanChanges(before, after *logparse.Document) []PlanChange {
	switch {
	case !readable(after):
		return []PlanChange{{Verb: VerbRemoved, What: "plan"}}
	case !readable(before):
		return []PlanChange{{Verb: VerbAdded, What: "plan"}}
	}
	changes := keyChanges(before, after)
	skills, told := skillChanges(before.Plan, after.Plan)
	changes = append(changes, skills...)
	return append(changes, sectionChanges(before, after, told)...)
}

// readable says whether a version has a plan that can be read.
func readable(doc *logparse.Document) bool { return doc != nil && doc.Plan != nil && !doc.Broken() }

// change compares two values; ok is false where they are the same.
func change(what, name, old, new string) (c PlanChange, ok bool) {
	c = PlanChange{VerbEdited, what, name, old, new}
	switch {
	case old == new:
		return c, false
	case old == "":
		c.Verb = VerbAdded
	case new == "":
		c.Verb = VerbRemoved
	}
	return c, true
}

func keyChanges(before, after *logparse.Document) []PlanChange {
	var changes []PlanChange
	note := func(key string) {
		if c, ok := change("key", key, before.Front.Shown(key), after.Front.Shown(key)); ok {
			changes = append(changes, c)
		}
	}
	for field := range after.Front.Fields() {
		note(field.Key)
	}
	for field := range before.Front.Fields() {
		if after.Front.Field(field.Key) == nil {
			note(field.Key)
		}
	}
	return changes
}

// skillChanges compares the skills, by name. Told are the sections in which they
// changed: that lines of those differ says nothing more.
func skillChanges(before, after *logparse.DevelopmentPlan) (changes []PlanChange, told map[logparse.SectionName]bool) {
	told = make(map[logparse.SectionName]bool)
	old, now := (&Person{Plan: before}).Skills(), (&Person{Plan: after}).Skills()
	find := func(skills []*Skill, name string) *Skill {
		for _, s := range skills {
			if s.Name == name {
				return s
			}
		}
		return nil
	}
	note := func(text string, was, is *Skill) {
		c, ok := change("skill", text, was.standing(is), is.standing(was))
		if !ok {
			return
		}
		changes = append(changes, c)
		for _, s := range []*Skill{was, is} {
			if s != nil {
				told[s.section()] = true
			}
		}
	}
	for _, s := range now {
		note(s.Text, find(old, s.Name), s)
	}
	for _, s := range old {
		if find(now, s.Name) == nil {
			note(s.Text, s, nil)
		}
	}
	return changes, told
}

// standing is a skill's level in one version, with the role that it is for where
// the other version has it for another.
func (s *Skill) standing(other *Skill) string {
	switch {
	case s == nil:
		return ""
	case other == nil || other.Next == s.Next:
		return string(s.Level)
	case s.Next:
		return string(s.Level) + ", for the next role"
	}
	return string(s.Level) + ", for the current role"
}

func (s *Skill) section() logparse.SectionName {
	if s.Next {
		return logparse.NextSkills
	}
	return logparse.CurrentSkills
}

// sectionChanges compares what is below each heading.
func sectionChanges(before, after *logparse.Document, told map[logparse.SectionName]bool) []PlanChange {
	old, now := bodies(before), bodies(after)
	var changes []PlanChange
	note := func(section *logparse.Section) {
		title := sectionTitle(section)
		c, ok := change("section", title, old[title], now[title])
		delete(old, title)
		delete(now, title)
		if ok && !told[section.Name] {
			c.Old, c.New = "", ""
			changes = append(changes, c)
		}
	}
	for _, doc := range []*logparse.Document{after, before} {
		for _, section := range doc.Plan.Sections {
			note(section)
		}
	}
	return changes
}

// bodies are the texts of a plan's sections, by heading.
func bodies(doc *logparse.Document) map[string]string {
	texts := make(map[string]string)
	for _, section := range doc.Plan.Sections {
		if body := doc.Body(section); body != "" {
			texts[sectionTitle(section)] += body
		}
	}
	return texts
}

// sectionTitle is a section's heading: coachlog's own where it has one, so that
// a heading in another language is the same section.
func sectionTitle(section *logparse.Section) string {
	if section.Name != logparse.OwnSection {
		return section.Name.Title()
	}
	return section.Title
}

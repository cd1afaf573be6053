package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A SkillLevel says how far somebody has come with a skill (method 8).
type SkillLevel string

// The levels of a skill, as its checkbox in the plan says.
const (
	NotStarted SkillLevel = "not started" // [ ]
	Practising SkillLevel = "practising"  // [/]
	Mastered   SkillLevel = "mastered"    // [x]
	LeftAside  SkillLevel = "left aside"  // [-]
)

// A Skill is one skill of a development plan with its practice.
type Skill struct {
	Name     string // of its skill: token, else its normal text
	Text     string
	Next     bool // it is for the next role, not for the current one
	Level    SkillLevel
	Item     *logparse.PlanItem // nil where only actions name it
	Practice []*Agreement       // the actions that practise it, in the order in which they were agreed
}

// Skills are the skills of the person's plan, in its order, then those that only
// actions name (method 8, 17, 18).
func (p *Person) Skills() []*Skill {
	var skills []*Skill
	if p.Plan != nil {
		for _, it := range p.Plan.CurrentSkills {
			skills = append(skills, newSkill(it, false))
		}
		for _, it := range p.Plan.NextSkills {
			skills = append(skills, newSkill(it, true))
		}
	}
	for _, a := range p.Agreements {
		name := a.Stated.Skill.V
		if name == "" {
			continue
		}
		i := slices.IndexFunc(skills, func(s *Skill) bool { return s.Name == name })
		if i < 0 {
			i = len(skills)
			skills = append(skills, &Skill{Name: name, Text: name, Level: Practising})
		}
		skills[i].Practice = append(skills[i].Practice, a)
	}
	return skills
}

func newSkill(it *logparse.PlanItem, next bool) *Skill {
	s := &Skill{Name: it.Skill.V, Text: it.Text, Next: next, Level: NotStarted, Item: it}
	if s.Name == "" {
		s.Name = it.NormalText
	}
	switch it.State {
	case logparse.Partly, logparse.Carried:
		s.Level = Practising
	case logparse.Done:
		s.Level = Mastered
	case logparse.Dropped:
		s.Level = LeftAside
	}
	return s
}

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
	skills := planSkills(p.Plan)
	for _, a := range p.Agreements {
		if a.Skill == "" {
			continue
		}
		i := slices.IndexFunc(skills, func(s *Skill) bool { return s.Name == a.Skill })
		if i < 0 {
			i = len(skills)
			skills = append(skills, &Skill{Name: a.Skill, Text: a.Skill, Level: Practising})
		}
		skills[i].Practice = append(skills[i].Practice, a)
	}
	return skills
}

// Tally counts what became of the skill's practice, whoever's the actions were:
// open are those whose account is still to come.
func (s *Skill) Tally() (c Commitment, open int) {
	for _, a := range s.Practice {
		c.Carried += a.Carried
		c.Count(a)
		if a.Result == Open {
			open++
		}
	}
	return c, open
}

// PractisedIn says whether the account of an action that practises the skill was
// given in a period.
func (s *Skill) PractisedIn(period Period) bool {
	return slices.ContainsFunc(s.Practice, func(a *Agreement) bool {
		return a.Given() && period.Contains(a.Account.Date)
	})
}

// planSkills are the skills that a plan lists; none where there is no plan.
func planSkills(plan *logparse.DevelopmentPlan) []*Skill {
	var skills []*Skill
	if plan == nil {
		return nil
	}
	for _, it := range plan.CurrentSkills {
		skills = append(skills, newSkill(it, false))
	}
	for _, it := range plan.NextSkills {
		skills = append(skills, newSkill(it, true))
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

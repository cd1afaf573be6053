package plan

import (
	"cmp"
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

// A Skill is one skill of a development plan with its practice, as it is written.
type Skill struct {
	PractisedSkill
	Text     string
	Item     *logparse.PlanItem // nil where only actions name it
	Practice []*Agreement       // the actions that practise it, in the order in which they were agreed
}

// A PractisedSkill is a skill with the actions that practise it.
type PractisedSkill struct {
	SkillFact
	InPlan  bool  // else only actions name it
	Actions []int // the agreements, in order
}

// Practised are the skills of the person's plan, in its order, then those that only
// actions name (method 8, 17, 18).
func (f *Facts) Practised() []PractisedSkill {
	var skills []PractisedSkill
	at := make(map[string]int)
	for i, s := range slices.Backward(f.Skills) {
		at[s.Name] = i // the first of a name
	}
	for _, s := range f.Skills {
		skills = append(skills, PractisedSkill{SkillFact: s, InPlan: true})
	}
	for n, a := range f.Agreements {
		name := a.Now().Skill
		if name == "" {
			continue
		}
		i, known := at[name]
		if !known {
			i = len(skills)
			at[name] = i
			skills = append(skills, PractisedSkill{SkillFact: SkillFact{Name: name, Level: Practising}})
		}
		skills[i].Actions = append(skills[i].Actions, n)
	}
	return skills
}

// PractisedIn says whether an action that practises the skill was done, or partly, in a
// period.
func (f *Facts) PractisedIn(s PractisedSkill, period Period) bool {
	return slices.ContainsFunc(s.Actions, func(n int) bool {
		a := f.Agreements[n]
		return f.AccountIn(a, period) && (a.Result == Done || a.Result == Partly)
	})
}

// Skills are the person's skills with the words of the plan.
func (p *Person) Skills() []*Skill {
	items := p.skillItems()
	var skills []*Skill
	for i, practised := range p.Facts().Practised() {
		s := &Skill{PractisedSkill: practised, Text: practised.Name}
		if practised.InPlan {
			s.Item, s.Text = items[i], items[i].Text
		}
		for _, n := range practised.Actions {
			s.Practice = append(s.Practice, p.Agreements[n])
		}
		skills = append(skills, s)
	}
	return skills
}

// Tally counts what became of a skill's practice, whoever's the actions were: open
// are those whose account is still to come.
func (f *Facts) Tally(s PractisedSkill) (c Commitment, open int) {
	for _, n := range s.Actions {
		a := f.Agreements[n]
		c.Carried += len(a.Carried)
		c.Count(a.Result)
		if a.Result == Open {
			open++
		}
	}
	return c, open
}

// skillItems are a plan's items that name skills: for the current role, then for
// the next.
func (p *Person) skillItems() []*logparse.PlanItem {
	plan, _ := p.said()
	return slices.Concat(plan.CurrentSkills, plan.NextSkills)
}

// skillFacts are the skills that a plan lists; none where there is no plan.
func (p *Person) skillFacts() (skills []SkillFact) {
	plan, _ := p.said()
	for i, it := range p.skillItems() {
		s := SkillFact{Name: own(cmp.Or(it.Skill.V, it.NormalText)), Next: i >= len(plan.CurrentSkills), Level: NotStarted}
		switch it.State {
		case logparse.Partly, logparse.Carried:
			s.Level = Practising
		case logparse.Done:
			s.Level = Mastered
		case logparse.Dropped:
			s.Level = LeftAside
		}
		skills = append(skills, s)
	}
	return skills
}

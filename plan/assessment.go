package plan

import "slices"

// SmallGroup is the number of answers below which a group's answers are never
// shown, so that nobody can be told from them.
const SmallGroup = 5

// addAssessments gives each person the assessments in their folder: their views of
// how a coach coaches (method 37 to 39, 41).
func (b *Logbook) addAssessments() {
	for _, doc := range b.Docs {
		a := doc.Assessment
		if a == nil || doc.Broken() || !a.Person.Set || !a.Date.Set {
			continue
		}
		by := b.own[b.Resolve(a.Person.V)]
		if by == nil {
			continue
		}
		about := by.ID
		switch {
		case a.About.Set:
			about = b.Resolve(a.About.V)
		case a.Kind.V == "pulse":
			about = b.CoachOf(by)
		}
		for _, score := range a.Scores {
			by.assessments = append(by.assessments, AssessmentFact{own(about), own(a.Kind.V), a.Date.V, own(score.Question), slices.Clone(score.Answers)})
		}
	}
}

// An Opinion is the answers to one question about one coach: neither their number
// nor their mean where fewer than SmallGroup came from others.
type Opinion struct {
	Question string  `json:"question"`
	Answers  int     `json:"answers,omitempty"`
	Mean     float64 `json:"mean,omitempty"` // from 1 to 5
}

// Opinions gathers the answers of one kind about a coach in a period, by
// question in the order in which they first came. What a coach says of
// themselves is never hidden.
func (e *Everybody) Opinions(coach, kind string, period Period) []Opinion {
	var all []AssessmentFact
	for _, f := range e.People {
		for _, a := range f.Assessments {
			if a.About == coach && a.Kind == kind && period.Contains(a.Date) {
				all = append(all, a)
			}
		}
	}
	slices.SortStableFunc(all, func(x, y AssessmentFact) int { return x.Date.Compare(y.Date) })
	var opinions []Opinion
	for _, a := range all {
		i := slices.IndexFunc(opinions, func(o Opinion) bool { return o.Question == a.Question })
		if i < 0 {
			i = len(opinions)
			opinions = append(opinions, Opinion{Question: a.Question})
		}
		for _, answer := range a.Answers {
			opinions[i].Mean += float64(answer) // the sum, so far
			opinions[i].Answers++
		}
	}
	opinions = slices.DeleteFunc(opinions, func(o Opinion) bool { return o.Answers == 0 })
	for i := range opinions {
		o := &opinions[i]
		o.Mean /= float64(o.Answers)
		if kind != "self-assessment" && o.Answers < SmallGroup {
			o.Answers, o.Mean = 0, 0
		}
	}
	return opinions
}

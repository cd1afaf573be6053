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

// An answered is the answers to one question that came from one person or, in a coach's
// own folder, from several people who are not told apart.
type answered struct {
	by string
	AssessmentFact
}

// Opinions gathers the answers of one kind about a coach in a period, by
// question in the order in which they first came. What a coach says of
// themselves is never hidden.
func (e *Everybody) Opinions(coach, kind string, period Period) []Opinion {
	var opinions []Opinion
	for _, a := range e.answersAbout(coach, kind, period) {
		i := slices.IndexFunc(opinions, func(o Opinion) bool { return o.Question == a.Question })
		if i < 0 {
			i = len(opinions)
			opinions = append(opinions, Opinion{Question: a.Question})
		}
		sum, people := 0, 1
		for _, answer := range a.Answers {
			sum += answer
		}
		if a.by == coach {
			people = len(a.Answers)
		}
		opinions[i].Mean += float64(sum*people) / float64(len(a.Answers)) // the sum, so far
		opinions[i].Answers += people
	}
	for i := range opinions {
		o := &opinions[i]
		o.Mean /= float64(o.Answers)
		if kind != "self-assessment" && o.Answers < SmallGroup {
			o.Answers, o.Mean = 0, 0
		}
	}
	return opinions
}

// answersAbout are the answers of one kind about a coach in a period, by date. Nobody
// counts twice: of somebody's answers to one question the last counts, and besides collected
// pulses, which are without names, nobody's own. But each 360 in the coach's own folder has
// answers of other people.
func (e *Everybody) answersAbout(coach, kind string, period Period) []answered {
	var all []answered
	for _, f := range e.People {
		for _, a := range f.Assessments {
			if a.About == coach && a.Kind == kind && period.Contains(a.Date) && len(a.Answers) > 0 {
				all = append(all, answered{f.ID, a})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y answered) int { return x.Date.Compare(y.Date) })
	var last []answered
	for _, a := range all {
		i := slices.IndexFunc(last, func(o answered) bool { return o.by == a.by && o.Question == a.Question })
		if i < 0 || a.by == coach && kind != "pulse" {
			last = append(last, a)
		} else {
			last[i] = a
		}
	}
	if collected := func(a answered) bool { return a.by == coach }; kind == "pulse" && slices.ContainsFunc(last, collected) {
		last = slices.DeleteFunc(last, func(a answered) bool { return !collected(a) })
	}
	return last
}

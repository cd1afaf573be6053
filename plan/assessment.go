package plan

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// SmallGroup is the number of answers below which a group's answers are never
// shown, so that nobody can be told from them.
const SmallGroup = 5

// An Assessment is somebody's view of how a coach coaches (method 37 to 39, 41).
type Assessment struct {
	*logparse.Assessment
	Doc   *logparse.Document
	By    string // id: whose folder it lies in
	About string // id of the coach
	Date  logparse.Date
}

// addAssessments takes note of every assessment, by date.
func (b *Logbook) addAssessments() {
	for _, doc := range b.Docs {
		a := doc.Assessment
		if a == nil || doc.Broken() || !a.Person.Set || !a.Date.Set {
			continue
		}
		by := b.Resolve(a.Person.V)
		about := by
		switch p := b.Person(by); {
		case a.About.Set:
			about = b.Resolve(a.About.V)
		case a.Kind.V == "pulse" && p != nil:
			about = b.CoachOf(p)
		}
		b.Assessments = append(b.Assessments, &Assessment{a, doc, by, about, a.Date.V})
	}
	slices.SortStableFunc(b.Assessments, func(x, y *Assessment) int {
		return cmp.Or(x.Date.Compare(y.Date), cmp.Compare(x.Doc.Path, y.Doc.Path))
	})
}

// An Opinion is the answers to one question about one coach.
type Opinion struct {
	Question string
	Answers  int
	Mean     float64 // from 1 to 5; 0 where Hidden
	Hidden   bool    // fewer than SmallGroup answers of others
}

// Opinions gathers the answers of one kind about a coach in a period, by
// question in the order in which they first came. What a coach says of
// themselves is never hidden.
func (b *Logbook) Opinions(coach, kind string, period Period) []Opinion {
	var order []string
	sums, counts := make(map[string]int), make(map[string]int)
	for _, a := range b.Assessments {
		if a.About != coach || a.Kind.V != kind || !period.Contains(a.Date) {
			continue
		}
		for _, score := range a.Scores {
			if counts[score.Question] == 0 {
				order = append(order, score.Question)
			}
			for _, answer := range score.Answers {
				sums[score.Question] += answer
				counts[score.Question]++
			}
		}
	}
	var opinions []Opinion
	for _, question := range order {
		o := Opinion{Question: question, Answers: counts[question]}
		if o.Hidden = kind != "self-assessment" && o.Answers < SmallGroup; !o.Hidden {
			o.Mean = float64(sums[question]) / float64(o.Answers)
		}
		opinions = append(opinions, o)
	}
	return opinions
}

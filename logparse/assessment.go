package logparse

import (
	"fmt"
	"path"
	"strings"
)

// AssessmentKinds lists how coaching itself is assessed (method 37 to 39, 41).
var AssessmentKinds = []string{"pulse", "self-assessment", "360"}

// An Assessment is somebody's view of how a coach coaches, in scores from 1 to
// 5: people/ID/pulse-2026-Q3.md and the like.
type Assessment struct {
	Person Value[string] // id: whose folder it is in
	Kind   Value[string] // of AssessmentKinds
	Date   Value[Date]
	About  Value[string] // id of the coach; where it is missing, the person's own coach, or the person
	Scores []Score       // in the file's order

	Sectioned
}

// A Score is the answer to one question, or the answers of several people.
type Score struct {
	Question string
	Span     Span
	Answers  []int // each from 1 (not at all) to 5 (fully)
}

func (d *Document) readAssessment(r *keyReader, body int) {
	a := &Assessment{
		Person: r.means("the person's id; without it, the folder's name counts").id("person"),
		Kind:   r.means("how coaching is assessed").choice("kind", AssessmentKinds),
		Date:   r.means("the day of the assessment").date("date"),
		About:  r.means("the id of the coach it is about").id("about"),
		Scores: readScores(r.means("from 1 to 5 or to 10")),
	}
	r.misspelt()
	d.Assessment = a
	a.Sections = d.readSections(body, sessionSections())
	d.readPlainItems(a.Sections)
	fillFromFolder(&a.Person, d.Path)
	if name := assessmentName().FindStringSubmatch(path.Base(d.Path)); name != nil && r.lacks("kind") {
		a.Kind = Value[string]{V: name[1], Set: true}
	}
	if date, ok := dateInName(d.Path); ok && r.lacks("date") {
		a.Date = Value[Date]{V: date, Set: true}
	}
	if !a.Date.Set && r.lacks("date") {
		d.report(Diagnostic{Code: "date-missing", Span: d.startOfFront(),
			Message: "the assessment has no date", Remedy: "write `date: YYYY-MM-DD`"})
	}
}

// readScores reads `scores: {time: 4, worth: [5, 4, 3]}`.
func readScores(r *keyReader) []Score {
	r.takes("scores", KeyForm{Kind: MappingKey, Each: &KeyForm{Kind: ListKey, OrText: true}})
	var out []Score
	of := r.below("scores")
	for _, e := range of.entries() {
		key := checkedID("scores", Value[string]{e.key, e.keySpan, true}, r.report)
		if !key.Set || e.value.kind == yamlEmpty {
			continue
		}
		score := Score{Question: key.V, Span: e.keySpan}
		for _, answer := range of.texts(e.key) {
			if n := strings.Index("12345", answer.V); n >= 0 && len(answer.V) == 1 {
				score.Answers = append(score.Answers, n+1)
				continue
			}
			r.report(Diagnostic{Code: "out-of-range", Span: answer.Span,
				Message: fmt.Sprintf("`%s: %s` is not a score", e.key, answer.V),
				Remedy:  "write 1, 2, 3, 4 or 5"})
		}
		if len(score.Answers) > 0 {
			out = append(out, score)
		}
	}
	return out
}

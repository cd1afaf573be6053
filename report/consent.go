package report

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// clearPart takes a part out of a person's report.
var clearPart = map[plan.Part]func(*Person){
	plan.PartStrengths: func(r *Person) { r.Going, r.Strengths = []Strength{}, []string{} },
	plan.PartSessions:  func(r *Person) { r.Session = Sessions{List: []SessionReport{}} },
	plan.PartCommitment: func(r *Person) {
		r.Sides, r.Coaches = []Side{}, []CoachSide{}
	},
	plan.PartGoals: func(r *Person) {
		r.Short, r.Mid, r.Wrong, r.Verdicts, r.Goals = []GoalReport{}, []GoalReport{}, []WrongPlan{}, Verdicts{}, Proposals{}
	},
	plan.PartRemarks:  func(r *Person) { r.eachAgreement(func(a *AgreementReport) { a.Remarks, a.Counters = nil, nil }) },
	plan.PartLongTerm: func(r *Person) { r.Long, r.Help = []string{}, []HelpReport{} },
	plan.PartSkills:   func(r *Person) { r.Skills = []SkillReport{} },
	plan.PartMetrics: func(r *Person) {
		r.Metrics = []MetricTrend{}
		for _, goals := range [][]GoalReport{r.Short, r.Mid} {
			for i := range goals {
				goals[i].Target = ""
				for j := range goals[i].Verdicts {
					goals[i].Verdicts[j].Value = nil
					goals[i].Verdicts[j].ValueOn = logparse.Date{}
				}
			}
		}
	},
	plan.PartOpen: func(r *Person) {
		r.Open, r.Owed, r.Older = []CheckAction{}, []CheckPlan{}, []OlderTask{}
	},
}

// keepOnly takes out what the coachee hasn't approved for the readers, and says of
// each part that it did, whether anything was there or not.
func (r *Person) keepOnly(consent plan.Consent) {
	for _, part := range plan.Parts {
		clear := clearPart[part]
		if clear == nil || consent.Has(part) {
			continue
		}
		clear(r)
		why := "not approved for " + r.For
		if slices.Contains(consent.Withdrawn, part) {
			why = "the approval for " + r.For + " was withdrawn"
		}
		r.LeftOut = append(r.LeftOut, LeftOut{part, why})
	}
	r.Figures = slices.DeleteFunc(r.Figures, func(f Figure) bool { return !consent.Has(f.Part) })
}

func (r *Person) eachAgreement(do func(*AgreementReport)) {
	for _, goals := range [][]GoalReport{r.Short, r.Mid} {
		for _, g := range goals {
			for _, a := range g.Actions {
				for i := range a.Agreements {
					do(&a.Agreements[i])
				}
			}
		}
	}
}

package plan

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// An Aim is what a coachee wants to reach by a day: of their plan, or of the next
// 30, 60 or 90 days of what they prepared last (method 27).
type Aim struct {
	Text     string
	By       logparse.Date // zero where no day is given
	State    logparse.State
	Prepared bool // it comes from the preparation
}

// Aims are the person's aims, by their days; those without one come last.
func (p *Person) Aims() []Aim {
	var aims []Aim
	plan, _ := p.said()
	for _, it := range plan.Aims {
		aims = append(aims, Aim{it.Text, it.Due.V, it.State, false})
	}
	if prep := p.LastPreparation(); prep != nil {
		for _, next := range []struct {
			section logparse.SectionName
			days    int
		}{{logparse.Next30, 30}, {logparse.Next60, 60}, {logparse.Next90, 90}} {
			for _, text := range prep.Texts(prep.Doc.Source, next.section) {
				aim := Aim{Text: text, Prepared: true}
				if on := prep.On(); !on.IsZero() {
					aim.By = on.AddDays(next.days)
				}
				aims = append(aims, aim)
			}
		}
	}
	slices.SortStableFunc(aims, func(x, y Aim) int {
		return cmp.Or(compareBool(x.By.IsZero(), y.By.IsZero()), x.By.Compare(y.By))
	})
	return aims
}

// LastPreparation is what the person prepared last, or nil.
func (p *Person) LastPreparation() *Preparation {
	var last *Preparation
	for _, prep := range p.Preparations {
		if last == nil || !prep.On().Before(last.On()) {
			last = prep
		}
	}
	return last
}

// On is the day on which a preparation came; where it doesn't say, that of the
// session it is for.
func (p *Preparation) On() logparse.Date {
	if p.Received.Set {
		return p.Received.V
	}
	return p.Session
}

package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Scope says which period a report covers, what stands beside it, and whom it is
// for.
type Scope struct {
	Period plan.Period
	Before plan.Period   // what is set beside it; the period before, where it is zero
	Today  logparse.Date // on which the report is made: consent is that of this day
	For    string        // the group of readers; "" for coach and coachee themselves

	Several     *Several                    // nil of one logbook
	OthersEdits map[string]*plan.OthersEdit // of approvals that somebody else recorded last, by the id of whose they are
}

// before is the period that is set beside the report's own.
func (s Scope) before() plan.Period { return cmp.Or(s.Before, s.Period.Before()) }

// end is the day as of which a period is told: its last or, where that is still to
// come, today. So a report written later says the same.
func (s Scope) end(period plan.Period) logparse.Date {
	if s.Today.Before(period.To) {
		return s.Today
	}
	return period.To
}

// A Head is what all reports have.
type Head struct {
	Schema  int           `json:"schema"`        // raised where a key is taken away or means something else
	Period  plan.Period   `json:"period"`        //
	Before  plan.Period   `json:"period_before"` // what is set beside it
	Today   logparse.Date `json:"today"`         // as of which it is told
	For     string        `json:"for,omitempty"` // the group of readers; missing for coach and coachee themselves
	LeftOut []LeftOut     `json:"left_out"`      // for want of consent
	Figures []Figure      `json:"figures"`       // the figures that have one of the period before beside them

	telling Telling
	told    []plan.Part   // that the readers may see
	made    logparse.Date // the day on which the report is made
}

// A LeftOut is a part that the readers may not see, and why.
type LeftOut struct {
	Part plan.Part `json:"part"`
	Why  string    `json:"why"`
}

// tells says whether the readers may see a part.
func (h Head) tells(part plan.Part) bool { return slices.Contains(h.told, part) }

// leftOutOf says of how many people a part is left out, where there are any, and of how
// many of them since somebody else recorded that they approve it.
func leftOutOf(part plan.Part, sharing, all, unconfirmed int, group string) []LeftOut {
	why := ""
	switch rest := all - sharing; {
	case sharing < plan.SmallGroup:
		why = fmt.Sprintf("%d of %s approved it for %s: too few to show", sharing, countPeople(all), group)
	case rest > 0:
		why = fmt.Sprintf("for the %d of %s who haven't approved it for %s", rest, countPeople(all), group)
	default:
		return nil
	}
	return []LeftOut{{part, why + only(unconfirmed > 0, "; for "+countPeople(unconfirmed)+" somebody else recorded an approval that isn't confirmed")}}
}

// Schema is the version of the reports' JSON form.
const Schema = 3

func newHead(scope Scope) Head {
	return Head{Schema: Schema, Period: scope.Period, Before: scope.before(), Today: scope.end(scope.Period), For: scope.For, made: scope.Today}
}

// partTitles say what a reader doesn't see.
var partTitles = map[plan.Part]string{
	plan.PartStrengths: "what went well", plan.PartSessions: "sessions", plan.PartCommitment: "commitment", plan.PartGoals: "goals",
	plan.PartRemarks: "remarks on actions", plan.PartLongTerm: "long-term goals", plan.PartSkills: "skills", plan.PartMetrics: "metrics",
	plan.PartOpen: "what is still open", plan.PartCoaching: "their own work as a coach",
}

// leftOutNote says in a sentence what was left out.
func (h Head) leftOutNote() string {
	if len(h.LeftOut) == 0 {
		return ""
	}
	var whys []string
	parts := make(map[string][]string)
	for _, l := range h.LeftOut {
		whys = appendNew(whys, l.Why)
		parts[l.Why] = append(parts[l.Why], partTitles[l.Part])
	}
	because := func(why string) string { return strings.Join(parts[why], ", ") + " (" + why + ")" }
	return "Left out: " + strings.Join(each(whys, because), "; ") + "."
}

// subtitle is the days that a report covers.
func (h Head) subtitle() string {
	return fmt.Sprintf("%s to %s", shortDate(h.Period.From), shortDate(h.Period.To))
}

// figure finds one by its key and whom it is about, or nil.
func (h Head) figure(key, of string) *Figure {
	if i := slices.IndexFunc(h.Figures, func(f Figure) bool { return f.Key == key && f.Of == of }); i >= 0 {
		return &h.Figures[i]
	}
	return nil
}

// rates are those figures that are rates.
func (h Head) rates() []Figure {
	return where(h.Figures, func(f Figure) bool { return f.Now.Rate != nil })
}

// Covers is the last day of which a report tells.
func (h Head) Covers() logparse.Date { return h.Today }

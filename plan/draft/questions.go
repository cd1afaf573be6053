package draft

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Question is an open question of the bank: asked in place of advice
// (method 55).
type Question struct {
	Group string `json:"group"` // the heading that it stands under
	Text  string `json:"text"`
	Own   bool   `json:"own"` // the logbook's own, not a shipped one
}

// The groups of the shipped bank that a situation calls for.
const (
	openingQuestions  = "Opening"
	followQuestions   = "Follow-through"
	shortQuestions    = "When the plan fell short"
	successQuestions  = "Successes"
	feedbackQuestions = "Feedback"
	goalQuestions     = "Goals"
	longTermQuestions = "Long-term"
	closingQuestions  = "Closing"
)

var shippedGroups = []string{
	openingQuestions, followQuestions, shortQuestions, successQuestions, feedbackQuestions, goalQuestions, longTermQuestions, closingQuestions,
}

// ReadQuestions reads a bank: a markdown file in which each list item is a
// question, and the heading above it its group.
func ReadQuestions(path string, text []byte, own bool) ([]Question, error) {
	doc := logparse.ParseSession(path, text, logparse.Headings{})
	if doc.Session == nil {
		d := doc.Diagnostics[0]
		return nil, fmt.Errorf("%s: %s", doc.Where(d.Span.Start), d)
	}
	var bank []Question
	for _, section := range doc.Session.Sections {
		for _, it := range section.Items {
			if it.Text != "" {
				bank = append(bank, Question{cmp.Or(section.Title, "More"), it.Text, own})
			}
		}
	}
	return bank, nil
}

// ByGroup puts questions of one group together, in the order in which the groups
// are first named. Groups are the same where their headings read the same.
func ByGroup(bank []Question) [][]Question {
	var groups [][]Question
	for _, q := range bank {
		i := slices.IndexFunc(groups, func(g []Question) bool { return sameGroup(g[0].Group, q.Group) })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], q)
	}
	return groups
}

func sameGroup(x, y string) bool { return logparse.NormalText(x) == logparse.NormalText(y) }

// ChooseQuestions picks the four to six questions that fit where a person
// stands before a session. They are the same however often they are chosen, and
// others for another session or person.
func ChooseQuestions(p *plan.Person, bank []Question, session, today logparse.Date) []Question {
	groups := ByGroup(bank)
	var wanted []string
	for _, group := range groups {
		if !slices.ContainsFunc(shippedGroups, func(shipped string) bool { return sameGroup(shipped, group[0].Group) }) {
			wanted = append(wanted, group[0].Group) // the logbook asks these for a reason
		}
	}
	if !slices.ContainsFunc(p.Goals, (*plan.Goal).Running) {
		wanted = append([]string{goalQuestions}, wanted...)
	}
	if planFellShort(p) {
		wanted = append([]string{shortQuestions}, wanted...)
	}
	if leftOver(p, session, today) {
		wanted = append([]string{followQuestions}, wanted...)
	}
	wanted = append(wanted, feedbackQuestions)
	wanted = append(wanted[:min(2, len(wanted))], openingQuestions, successQuestions, longTermQuestions, closingQuestions)
	var chosen []Question
	for _, name := range inBankOrder(wanted, groups) {
		for _, group := range groups {
			if sameGroup(group[0].Group, name) {
				chosen = append(chosen, group[drawn(p.ID, session, name, len(group))])
			}
		}
	}
	return chosen
}

// inBankOrder puts names of groups in the order of a conversation: that of the
// bank, the logbook's own before the closing.
func inBankOrder(names []string, groups [][]Question) []string {
	place := func(name string) int {
		if sameGroup(name, closingQuestions) {
			return len(groups)
		}
		return slices.IndexFunc(groups, func(g []Question) bool { return sameGroup(g[0].Group, name) })
	}
	slices.SortStableFunc(names, func(x, y string) int { return place(x) - place(y) })
	return names
}

// drawn is a number below n that hangs on whom, when and what it is for, and on
// nothing else.
func drawn(person string, session logparse.Date, group string, n int) int {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s\n%s\n%s", person, session, logparse.NormalText(group))
	return int(h.Sum32() % uint32(n))
}

// leftOver says whether an action is late or unsettled, or wasn't all done in the last session.
func leftOver(p *plan.Person, session, today logparse.Date) bool {
	last := p.LastHeld()
	return slices.ContainsFunc(p.Agreements, func(a *plan.Agreement) bool {
		return a.Account != nil && a.Account == last && (a.Result == plan.NotDone || a.Result == plan.Partly || a.Result == plan.Blocked)
	}) || slices.ContainsFunc(p.Facts().Unfulfilled(today, session), func(u plan.Unfulfilled) bool {
		return u.Stands != plan.DueNext && u.Stands != plan.DueLater
	})
}

// planFellShort says whether new actions are owed, or the last session found a
// plan that was carried out and missed its goal.
func planFellShort(p *plan.Person) bool {
	last := p.LastHeld()
	return len(p.OwedPlans()) > 0 || slices.ContainsFunc(p.Goals, func(g *plan.Goal) bool {
		return slices.ContainsFunc(g.Verdicts, func(v *plan.Verdict) bool { return v.Log == last && v.Outcome == plan.FellShort })
	})
}

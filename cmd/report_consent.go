package cmd

import (
	"fmt"
	"maps"
	"slices"

	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// confirm looks up who recorded the approvals that a report draws on: those of some
// people or, of nobody in particular, of everybody.
func (a *app) confirm(w *workspace, scope *report.Scope, ids []string) {
	if scope.For == "" {
		return
	}
	var sharing []*plan.Person
	for _, p := range w.Roster.Known {
		asked := ids == nil || slices.Contains(ids, p.ID)
		if asked && p.Plan != nil && len(p.ConsentTo(scope.For, scope.Today, nil).Parts) > 0 {
			sharing = append(sharing, p)
		}
	}
	edits, err := history.OthersEdits(w.dir, w.Roster, scope.For, sharing)
	if err != nil {
		a.tell(a.ErrStyle.Yellow, "who recorded the approvals could not be read from git, so they count as the plans say: %s", err.Error())
		return
	}
	scope.OthersEdits = edits
	var unconfirmed []string
	for _, id := range slices.Sorted(maps.Keys(edits)) {
		p := w.Roster.Someone(id)
		if len(p.ConsentTo(scope.For, scope.Today, edits[id]).Unconfirmed) > 0 {
			unconfirmed = append(unconfirmed, recordedBySomebodyElse(p, edits[id]))
		}
	}
	switch n := len(unconfirmed); {
	case n == 0:
	case ids == nil: // a report on many names nobody
		a.tell(a.ErrStyle.Yellow, "plans in which somebody else recorded what the person shares, so that it doesn't count for %s yet: %d", scope.For, n)
	default:
		a.tell(a.ErrStyle.Yellow, "only the person themselves can approve what is shared, so this doesn't count for %s yet:%s", scope.For, asList(unconfirmed))
	}
}

// recordedBySomebodyElse says who recorded an approval, and how the person confirms it.
func recordedBySomebodyElse(p *plan.Person, edit *plan.OthersEdit) string {
	path := p.PlanDoc.Path
	if edit.Commit == nil {
		return fmt.Sprintf("%s: %s changed it here, and nobody has committed it; if %s agrees, they commit it", path, edit.By.Name, p.Name)
	}
	return fmt.Sprintf("%s: %s recorded it on %s, in commit %s; if %s agrees, they run coachlog agree %s",
		path, edit.By.Name, edit.Commit.RecordedDay(), plan.Short(edit.Commit.ID), p.Name, path)
}

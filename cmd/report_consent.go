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
func (o *reportOptions) confirm(l *logbooks, scope *report.Scope, ids []string) {
	if scope.For == "" {
		return
	}
	var unconfirmed []string
	scope.OthersEdits = make(map[string]*plan.OthersEdit)
	for i, w := range l.all {
		edits, err := w.othersEdits(scope, ids)
		if err != nil {
			o.tell(o.ErrStyle.Yellow, "who recorded the approvals could not be read from git, so they count as the plans say: %s", err.Error())
			continue
		}
		for _, id := range slices.Sorted(maps.Keys(edits)) {
			p := w.roster.Someone(id)
			if len(p.ConsentTo(scope.For, scope.Today, edits[id]).Unconfirmed) > 0 {
				unconfirmed = append(unconfirmed, recordedBySomebodyElse(p, edits[id]))
			}
			if l.union != nil {
				id = l.union.ID(i, p.ID)
			}
			scope.OthersEdits[id] = edits[p.ID].And(scope.OthersEdits[id])
		}
	}
	switch n := len(unconfirmed); {
	case n == 0:
	case ids == nil: // a report on many names nobody
		o.tell(o.ErrStyle.Yellow, "plans in which somebody else recorded what the person shares, so that it doesn't count for %s yet: %d", scope.For, n)
	default:
		o.tell(o.ErrStyle.Yellow, "only the person themselves can approve what is shared, so this doesn't count for %s yet:%s", scope.For, asList(unconfirmed))
	}
}

// othersEdits are those of some people or, of nil, of everybody, who share anything.
func (w *workspace) othersEdits(scope *report.Scope, ids []string) (map[string]*plan.OthersEdit, error) {
	var sharing []*plan.Person
	for _, p := range w.roster.Known {
		asked := ids == nil || slices.Contains(ids, p.ID)
		if asked && p.Plan != nil && len(p.ConsentTo(scope.For, scope.Today, nil).Parts) > 0 {
			sharing = append(sharing, p)
		}
	}
	return history.OthersEdits(w.dir, w.roster, scope.For, sharing)
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

package trail

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// An Anchor is what was known of a logbook's history on one day, kept where nobody
// can rewrite it together with the history.
type Anchor struct {
	Head     string        // the newest commit then
	Branch   string        // its name, for people
	Commits  int           // in all
	SignOffs int           // among them
	Logs     int           // of sessions, in the newest commit
	Made     logparse.Date // by the clock of whoever made it
}

var historyRewritten = &Check{
	ID:    "history-rewritten",
	Title: "The history isn't the one in the anchor",
	Why:   "Commits from the anchor's day are gone or were replaced. A rebase of shared commits does that, and so does somebody who wants something forgotten.",
	end: func(a *Audit) {
		if a.Anchor == nil {
			return
		}
		anchor := a.Anchor
		if a.commit(anchor.Head) == nil {
			message := fmt.Sprintf("commit %s, the newest on %s, with %d commits up to it, is not in this history", plan.Short(anchor.Head), anchor.Made, anchor.Commits)
			if len(a.Beyond) > 0 {
				oldest := a.Beyond[len(a.Beyond)-1]
				message += fmt.Sprintf("; missing from it: %d of those, the oldest %s of %s: %s", len(a.Beyond), plan.Short(oldest.ID), oldest.Day(), oldest.Subject)
			}
			a.note(nil, "", message, "compare with the copy that the anchor was made from; git may still have them: git log "+plan.Short(anchor.Head))
			return
		}
		upTo := a.upTo(anchor.Head)
		commits, signOffs := len(upTo), SignOffsIn(upTo)
		if len(a.Ends) == 0 && (commits != anchor.Commits || signOffs != anchor.SignOffs) {
			a.note(nil, "", fmt.Sprintf("up to commit %s there are %d commits with %d sign-offs, and on %s there were %d with %d", plan.Short(anchor.Head), commits, signOffs, anchor.Made, anchor.Commits, anchor.SignOffs),
				"compare with the copy that the anchor was made from")
		}
	},
}

// upTo are a commit and those that it builds on.
func (a *Audit) upTo(head string) (commits []*plan.Commit) {
	parents := make(edges[string])
	for _, c := range a.Commits {
		parents[c.ID] = c.Parents
	}
	for _, id := range parents.from(head) {
		if c := a.commit(id); c != nil { // a shallow clone hasn't got all
			commits = append(commits, c)
		}
	}
	return commits
}

var historyIncomplete = &Check{
	ID:    "history-incomplete",
	Title: "The history isn't all here",
	Why:   "A shallow clone has only the newest commits, so earlier ones can't be checked. And git can be set to show something other than what was committed.",
	end: func(a *Audit) {
		if a.Substituted != "" {
			a.note(nil, "", "git shows objects here that aren't the ones that were committed ("+a.Substituted+"), and this audit sees the same",
				"check who made them, and audit a clone without them: git replace -l lists them; info/grafts is a file in git's folder")
		}
		for _, id := range a.Ends {
			if c := a.commit(id); c != nil {
				a.note(c, "", "this clone is shallow: what came before commit "+plan.Short(id)+" is not here", "git fetch --unshallow")
			}
		}
	},
}

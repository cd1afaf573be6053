package rules

import (
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var accountMissing = &Rule{
	ID: "account-missing", Title: "Every action due gets a result in the next session",
	Tier: Always, Severity: logparse.Warning, looksAt: sessions, Requirements: []int{79},
	Why:  "Coaching fails on follow-through. If nobody mentions an action again, both people learn that agreements don't matter. Asking is the coach's job; the action stays open until somebody says what came of it, and a promise of the coach's own counts as not done.",
	Bad:  "## Follow-through\n\n- [ ] Open every call with the standard greeting ^greet\n  - The system was slow on Thursday.",
	Good: "## Follow-through\n\n- [/] Open every call with the standard greeting ^greet\n  - The system was slow on Thursday.",
	find: func(f *finder) {
		var untold []string
		for _, a := range f.log.Person.Agreements {
			if !notTalkedAbout(a, f.log) {
				continue
			}
			if it := lineAbout(a, f.log); it != nil && hasRemarkOfToday(it, f.log) {
				f.at(it.TextSpan, "there is a remark on %s, but no mark says what came of it", nameOf(a)).
					todo("write [x] done, [/] partly, [n] not done, [!] blocked or [>] carried on")
				continue
			}
			untold = append(untold, nameOf(a))
		}
		if len(untold) > 0 {
			f.at(f.section(logparse.FollowUp), "nobody noted what came of %s", list(untold)).
				todo("write it under Follow-through, here or next time: [x] done, [/] partly, [n] not done, [!] blocked, [>] carried on or [-] dropped")
		}
	},
}

// notTalkedAbout says whether an action was due in a session that says nothing of it, and
// nothing has been said or agreed since.
func notTalkedAbout(a *plan.Agreement, log *plan.Log) bool {
	if !a.Closed() {
		return a.Untold == log
	}
	// The leading coach's own is not done then.
	return a.Result == plan.NotDone && a.Account == log && a.AccountItem == nil && a.Unsettled()
}

// lineAbout is what a log's Follow-through says of an action, or nil.
func lineAbout(a *plan.Agreement, log *plan.Log) *logparse.Item {
	for _, m := range a.Said {
		if m.Log == log {
			return m.Item
		}
	}
	return nil
}

// hasRemarkOfToday says whether an item has a remark that isn't of an earlier day.
func hasRemarkOfToday(it *logparse.Item, log *plan.Log) bool {
	return slices.ContainsFunc(it.Remarks(), func(remark *logparse.Item) bool {
		day, _ := remark.SaidOn(log.Date)
		return day == log.Date && !remark.IsCounter()
	})
}

// nameOf is how a message names an action: its text, and its id.
func nameOf(a *plan.Agreement) string {
	if a.ID != "" {
		return fmt.Sprintf("%q ^%s", a.Text, a.ID)
	}
	return fmt.Sprintf("%q", a.Text)
}

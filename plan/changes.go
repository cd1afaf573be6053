package plan

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Change is one thing that a new version of a file says and the old one
// didn't, in the words of coaching.
type Change struct {
	Verb    string         `json:"verb"`              // see the verbs below
	What    string         `json:"what"`              // "goal", "action", else the kind of file: "session", "plan", "settings", ...
	Path    string         `json:"file,omitempty"`    // relative to the logbook; "" where the caller knows it
	Person  string         `json:"person,omitempty"`  // whose folder it is in; "" of files of nobody, and where the caller knows it
	ID      string         `json:"id,omitempty"`      // without ^; "" where it has none
	Text    string         `json:"text,omitempty"`    // of the goal or action
	Goal    string         `json:"goal,omitempty"`    // of an action: its goal's text
	GoalID  string         `json:"-"`                 //
	From    string         `json:"-"`                 // the path that a file had before, where that is the change
	Account bool           `json:"account,omitempty"` // in Follow-through: the result of what was agreed before
	Before  *logparse.Item `json:"-"`                 // the line as it was; nil where it is new, and of files
	After   *logparse.Item `json:"-"`                 // the line as it is; nil where it was taken out, and of files
}

// The verbs of changes.
const (
	VerbAdded    = "added"       // a file; of a session's log, its status is the verb
	VerbSet      = "set"         // a goal or action in a session still to come
	VerbAgreed   = "agreed"      // a goal or action in a session that was held
	VerbDone     = "done"        // an action
	VerbReached  = "reached"     // a goal
	VerbPartly   = "partly"      // done in part
	VerbDropped  = "dropped"     // by agreement
	VerbCarried  = "carried"     // on to the next session
	VerbNotDone  = "not done"    // an action
	VerbMissed   = "not reached" // a goal
	VerbBlocked  = "blocked"     // by what somebody else didn't do
	VerbReopened = "reopened"    // its mark was taken back
	VerbMoved    = "moved"       // to another date
	VerbTarget   = "retargeted"
	VerbOwner    = "reassigned" // to another owner
	VerbRemoved  = "removed"    // its line was taken out
	VerbEdited   = "edited"     // anything else
	VerbRenamed  = "renamed"    // a file; a session's log that has another day's name is moved
	VerbStored   = "re-encoded" // the same text, stored by git in another way
	VerbMode     = "mode changed"
)

// Changes lists what after says and before didn't. Either may be nil: a new
// file, or one that was deleted. A file that was only reworded is edited.
func Changes(before, after *logparse.Document) []Change {
	known := after
	if known == nil {
		known = before
	}
	if known == nil {
		return nil
	}
	what := known.Kind.String()
	if known.Kind == logparse.OtherFile {
		what = "file"
	}
	switch {
	case after == nil:
		return []Change{{Verb: VerbRemoved, What: what}}
	case after.Session == nil && before == nil:
		return []Change{{Verb: VerbAdded, What: what}}
	case after.Session == nil:
		return []Change{{Verb: VerbEdited, What: what}}
	}
	changes := sessionChanges(before, after.Session)
	if len(changes) == 0 {
		changes = []Change{{Verb: VerbEdited, What: what}}
	}
	return changes
}

func sessionChanges(beforeDoc *logparse.Document, after *logparse.Session) []Change {
	before := &logparse.Session{}
	if beforeDoc != nil && beforeDoc.Session != nil {
		before = beforeDoc.Session
	}
	var changes []Change
	switch {
	case after.Status.Set && after.Status.V != before.Status.V:
		changes = append(changes, Change{Verb: string(after.Status.V), What: "session"})
	case beforeDoc == nil:
		changes = append(changes, Change{Verb: VerbAdded, What: "session"})
	}
	newlyHeld := after.Status.V == logparse.Held && before.Status.V != logparse.Held
	verb := VerbSet
	if after.Status.V == logparse.Held {
		verb = VerbAgreed
	}
	account := stateChanges(planItems(before.FollowThrough), planItems(after.FollowThrough), "", newlyHeld)
	for i := range account {
		account[i].Account = true
	}
	changes = append(changes, account...)
	oldPlan := planItems(slices.Concat(before.ShortTerm, before.MidTerm))
	newPlan := planItems(slices.Concat(after.ShortTerm, after.MidTerm))
	return append(changes, stateChanges(oldPlan, newPlan, verb, newlyHeld)...)
}

// Same says whether two changes are of one kind and to one item.
func (c Change) Same(o Change) bool {
	return c.Verb == o.Verb && c.What == o.What && c.ID == o.ID && c.Text == o.Text && c.Goal == o.Goal && c.GoalID == o.GoalID && c.Account == o.Account
}

// A planItem is a goal or action as one version of a log has it.
type planItem struct {
	identity
	what string
	*logparse.Item
	goal *logparse.Item // of an action
}

func planItems(goals []*logparse.Goal) []planItem {
	var items []planItem
	for _, goal := range goals {
		items = append(items, planItem{identityOf(goal.Item), "goal", goal.Item, nil})
		for _, action := range goal.Actions {
			items = append(items, planItem{identityOf(action.Item), "action", action.Item, goal.Item})
		}
	}
	return items
}

// stateChanges compares two versions of a section. Items that are new, or all of a
// session that is now held, are reported with verb; where that is empty, only their
// marks and terms are.
func stateChanges(before, after []planItem, verb string, held bool) []Change {
	var changes []Change
	note := func(verb string, it planItem, was, is *logparse.Item) {
		c := Change{Verb: verb, What: it.what, ID: it.id, Text: it.Text, Before: was, After: is}
		if it.goal != nil {
			c.Goal, c.GoalID = it.goal.Text, it.goal.ID.V
		}
		changes = append(changes, c)
	}
	olds := pairs(before, after)
	for i, it := range after {
		old := olds[i]
		was, line := logparse.Open, (*logparse.Item)(nil)
		if old >= 0 {
			was, line = before[old].State, before[old].Item
		}
		if (old < 0 || held) && verb != "" && it.State != logparse.Dropped {
			note(verb, it, line, it.Item)
		}
		if old >= 0 {
			for _, verb := range tokenVerbs(before[old], it) {
				note(verb, it, line, it.Item)
			}
		}
		if v := stateVerb(it, was); v != "" {
			note(v, it, line, it.Item)
		}
	}
	for i, it := range before {
		if !slices.Contains(olds, i) {
			note(VerbRemoved, it, it.Item, nil)
		}
	}
	return changes
}

// pairs says which item of before each of after was, or -1. Of several with the same
// words it is the one that changed least, so that none is taken for another.
func pairs(before, after []planItem) []int {
	olds := slices.Repeat([]int{-1}, len(after))
	taken := make([]bool, len(before))
	sameGoal := func(a, b planItem) bool {
		return a.goal == nil && b.goal == nil || a.goal != nil && b.goal != nil && identityOf(a.goal).match(identityOf(b.goal)) != noMatch
	}
	for _, fits := range []func(was, is planItem) bool{
		func(was, is planItem) bool { return sameGoal(was, is) && len(tokenVerbs(was, is)) == 0 },
		sameGoal,
		func(was, is planItem) bool { return true },
	} {
		for i, is := range after {
			for j, was := range before {
				if olds[i] < 0 && !taken[j] && was.what == is.what && was.match(is.identity) != noMatch && fits(was, is) {
					olds[i], taken[j] = j, true
				}
			}
		}
	}
	return olds
}

var stateVerbs = map[logparse.State]string{
	logparse.Done: VerbDone, logparse.Partly: VerbPartly, logparse.Dropped: VerbDropped,
	logparse.Carried: VerbCarried, logparse.Blocked: VerbBlocked, logparse.NotDone: VerbNotDone,
}

func stateVerb(it planItem, was logparse.State) string {
	if it.State == was {
		return ""
	}
	switch verb := cmp.Or(stateVerbs[it.State], VerbReopened); {
	case verb == VerbDone && it.what == "goal":
		return VerbReached
	case verb == VerbNotDone && it.what == "goal":
		return VerbMissed
	default:
		return verb
	}
}

// tokenVerbs say which of an item's terms have changed.
func tokenVerbs(was, is planItem) []string {
	var verbs []string
	if was.Due.V != is.Due.V {
		verbs = append(verbs, VerbMoved)
	}
	if was.Target.V != is.Target.V {
		verbs = append(verbs, VerbTarget)
	}
	if was.Owner.V != is.Owner.V {
		verbs = append(verbs, VerbOwner)
	}
	return verbs
}

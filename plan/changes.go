package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Change is one thing that a new version of a file says and the old one
// didn't, in the words of coaching.
type Change struct {
	Verb string // see the verbs below
	What string // "goal", "action", else the kind of file: "session", "plan", "settings", ...
	ID   string // without ^; "" where it has none
	Text string // of the goal or action
}

// The verbs of changes.
const (
	VerbAdded    = "added"    // a file; of a session's log, its status is the verb
	VerbSet      = "set"      // a goal or action in a session still to come
	VerbAgreed   = "agreed"   // a goal or action in a session that was held
	VerbDone     = "done"     // an action
	VerbReached  = "reached"  // a goal
	VerbPartly   = "partly"   // done in part
	VerbDropped  = "dropped"  // by agreement
	VerbCarried  = "carried"  // on to the next session
	VerbReopened = "reopened" // its tick was taken back
	VerbMoved    = "moved"    // to another date
	VerbTarget   = "retargeted"
	VerbOwner    = "reassigned" // to another owner
	VerbRemoved  = "removed"    // its line was taken out
	VerbEdited   = "edited"     // anything else
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
	account := planItems(after.FollowThrough)
	changes = append(changes, stateChanges(planItems(before.FollowThrough), account, "", false)...)
	oldPlan := planItems(slices.Concat(before.ShortTerm, before.MidTerm))
	newPlan := planItems(slices.Concat(after.ShortTerm, after.MidTerm))
	return append(changes, stateChanges(oldPlan, newPlan, verb, newlyHeld)...)
}

// A planItem is a goal or action as one version of a log has it.
type planItem struct {
	identity
	what string
	*logparse.Item
}

func planItems(goals []*logparse.Goal) []planItem {
	var items []planItem
	for _, goal := range goals {
		items = append(items, planItem{identityOf(goal.Item), "goal", goal.Item})
		for _, action := range goal.Actions {
			items = append(items, planItem{identityOf(action.Item), "action", action.Item})
		}
	}
	return items
}

// stateChanges compares two versions of a section. Items that are new, or that
// a session now held agrees, are reported with verb, where it isn't empty.
func stateChanges(before, after []planItem, verb string, all bool) []Change {
	var changes []Change
	note := func(verb string, it planItem) {
		changes = append(changes, Change{verb, it.what, it.id, it.Text})
	}
	find := func(items []planItem, it planItem) int {
		return slices.IndexFunc(items, func(o planItem) bool { return o.what == it.what && o.match(it.identity) != noMatch })
	}
	for _, it := range after {
		old := find(before, it)
		if (old < 0 || all) && verb != "" && it.State != logparse.Dropped {
			note(verb, it)
		}
		was := logparse.Open
		if old >= 0 {
			was = before[old].State
			for _, verb := range tokenVerbs(before[old], it) {
				note(verb, it)
			}
		}
		if v := stateVerb(it, was); v != "" {
			note(v, it)
		}
	}
	for _, it := range before {
		if find(after, it) < 0 {
			note(VerbRemoved, it)
		}
	}
	return changes
}

func stateVerb(it planItem, was logparse.State) string {
	if it.State == was {
		return ""
	}
	switch it.State {
	case logparse.Done:
		if it.what == "goal" {
			return VerbReached
		}
		return VerbDone
	case logparse.Partly:
		return VerbPartly
	case logparse.Dropped:
		return VerbDropped
	case logparse.Carried:
		return VerbCarried
	}
	return VerbReopened
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

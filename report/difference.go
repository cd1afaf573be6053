package report

import (
	"slices"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
	"github.com/coachlog/coachlog/report/page"
)

// A Difference is what the commits since another one come to: in counts, which name nobody, and
// with the changes only where they are asked for.
type Difference struct {
	From   string        `json:"from"` // full ids of commits
	To     string        `json:"to"`
	Counts []ChangeCount `json:"counts"`
	Events []trail.Event `json:"events,omitempty"`
}

// A ChangeCount is how many changes there are of one kind.
type ChangeCount struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
	words string
}

// A changeKind is a kind of change, with what one and several of it are called.
type changeKind struct {
	key, one, many string
	has            func(trail.Event) bool
}

// changeKinds are in the order in which people read them. An event is of the first that has it.
var changeKinds = []changeKind{
	{"sessions-recorded", "session recorded", "sessions recorded", isChange("session", "held")},
	{"sessions-planned", "session planned", "sessions planned", isChange("session", "planned")},
	{"sessions-moved", "session moved", "sessions moved", isChange("session", plan.VerbMoved)},
	{"sessions-missed", "session that didn't take place", "sessions that didn't take place", isChange("session", "missed", "cancelled")},
	{"results-changed", "earlier result changed", "earlier results changed", func(e trail.Event) bool { return isItem(e) && e.Marked }},
	{"results", "result noted", "results noted", func(e trail.Event) bool { return isItem(e) && slices.Contains(results, e.Verb) }},
	{"goals-agreed", "goal agreed", "goals agreed", isChange("goal", plan.VerbAgreed)},
	{"actions-agreed", "action agreed", "actions agreed", isChange("action", plan.VerbAgreed)},
	{"terms", "goal or action with another date, target or owner", "goals or actions with another date, target or owner", func(e trail.Event) bool {
		return isItem(e) && slices.Contains([]string{plan.VerbMoved, plan.VerbTarget, plan.VerbOwner}, e.Verb)
	}},
	{"items-removed", "goal or action removed", "goals or actions removed", func(e trail.Event) bool { return isItem(e) && e.Verb == plan.VerbRemoved }},
	{"plans-added", "plan added", "plans added", isChange("plan", plan.VerbAdded)},
	{"plans-removed", "plan removed", "plans removed", isChange("plan", plan.VerbRemoved)},
	{"plans-changed", "plan changed", "plans changed", func(e trail.Event) bool {
		return slices.Contains([]string{"plan", "key", "skill", "section", "person"}, e.What)
	}},
	{"sign-offs", "sign-off", "sign-offs", func(e trail.Event) bool { return e.Verb == trail.VerbSignedOff && e.Doubt == "" }},
	{"sign-offs-not-counted", "sign-off that doesn't count", "sign-offs that don't count", func(e trail.Event) bool { return e.Verb == trail.VerbSignedOff }},
	{"sign-offs-withdrawn", "sign-off withdrawn", "sign-offs withdrawn", func(e trail.Event) bool { return e.Verb == trail.VerbWithdrawn }},
	{"logs-removed", "log removed", "logs removed", isChange("session", plan.VerbRemoved)},
	{"files-renamed", "file renamed", "files renamed", isChange("file", plan.VerbRenamed)},
	{logsChanged, "log changed in other ways", "logs changed in other ways", func(e trail.Event) bool { return e.What == "session" || isItem(e) }},
	{"other-files", "other file changed", "other files changed", func(trail.Event) bool { return true }},
}

// logsChanged is the kind of a log of which nothing else is counted.
const logsChanged = "logs-changed"

// results are the verbs of a result.
var results = []string{plan.VerbDone, plan.VerbPartly, plan.VerbNotDone, plan.VerbBlocked, plan.VerbDropped, plan.VerbReached, plan.VerbMissed}

func isChange(what string, verbs ...string) func(trail.Event) bool {
	return func(e trail.Event) bool { return e.What == what && slices.Contains(verbs, e.Verb) }
}

func isItem(e trail.Event) bool { return e.What == "goal" || e.What == "action" }

// NewDifference counts changes between two commits. Of one goal, action or file, each kind counts
// one.
func NewDifference(from, to string, events []trail.Event, details bool) *Difference {
	type thing struct{ kind, path, what, id, text, who string }
	found, counted := make(map[thing]bool), make(map[string]bool)
	for _, e := range events {
		i := slices.IndexFunc(changeKinds, func(k changeKind) bool { return k.has(e) })
		of := thing{kind: changeKinds[i].key, path: e.Path}
		switch {
		case of.kind == logsChanged:
		case isItem(e) && e.ID != "":
			of.what, of.id = e.What, e.ID
		case isItem(e):
			of.what, of.text = e.What, e.Goal+"\x00"+e.Text
		case e.Verb == trail.VerbSignedOff:
			of.who = e.New
		}
		found[of] = true
		counted[of.path] = counted[of.path] || of.kind != logsChanged
	}
	numbers := make(map[string]int)
	for of := range found {
		if of.kind != logsChanged || !counted[of.path] {
			numbers[of.kind]++
		}
	}
	d := &Difference{From: from, To: to}
	for _, k := range changeKinds {
		if n := numbers[k.key]; n > 0 {
			d.Counts = append(d.Counts, ChangeCount{k.key, n, sentence.CountAs(n, k.one, k.many)})
		}
	}
	if details {
		d.Events = events
	}
	return d
}

// Page is the difference for people.
func (d *Difference) Page() *page.Page {
	text := "Nothing changes in the coaching."
	if len(d.Counts) > 0 {
		text = joined(", ", each(d.Counts, func(c ChangeCount) string { return c.words })...) + "."
	}
	p := &page.Page{Title: "What changes in the coaching"}
	p.Add("", "", page.Paragraph(text))
	if len(d.Events) > 0 {
		p.Add("Change by change", "", HistoryCommit{Events: d.Events}.items())
	}
	return p
}

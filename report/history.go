package report

import (
	"cmp"
	"time"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
	"github.com/coachlog/coachlog/report/page"
)

// A History is what happened, commit by commit.
type History struct {
	Commits []HistoryCommit `json:"commits"`
	// Incomplete are commits before which a shallow clone knows nothing.
	Incomplete []string `json:"incomplete_before,omitempty"`
}

// A HistoryCommit is one commit, with what it says in the words of coaching.
type HistoryCommit struct {
	Commit  string        `json:"commit"`
	Date    time.Time     `json:"date"` // the author's, with their offset from UTC
	Author  string        `json:"author"`
	Email   string        `json:"email"`
	Subject string        `json:"subject"`
	Events  []trail.Event `json:"events"`
}

// AddCommit takes a commit's events into the history.
func (h *History) AddCommit(c *plan.Commit, events []trail.Event) {
	h.Commits = append(h.Commits, HistoryCommit{c.ID, c.Written, c.Author.Name, c.Author.Email, c.Subject, events})
}

// Page is the history for people.
func (h *History) Page() *page.Page {
	p := &page.Page{}
	for _, c := range h.Commits {
		p.Add(c.Date.Format("2006-01-02 15:04")+"  "+c.Author+"  "+plan.Short(c.Commit), "", c.items())
	}
	p.Closing = only(len(h.Commits) == 0, "No commit says anything about that.")
	if len(h.Incomplete) > 0 {
		p.Closing = joined(" ", p.Closing, "This clone is shallow: what came before commit "+plan.Short(h.Incomplete[0])+" is missing (git fetch --unshallow).")
	}
	return p
}

// items are a commit's events, file by file.
func (c HistoryCommit) items() page.List {
	var list page.List
	for _, events := range runsOf(c.Events, func(e trail.Event) string { return e.Path }) {
		items := itemsOf(events, func(e trail.Event) page.Item {
			verb, object, notes := inWordsOf(e)
			return page.Item{Label: verb, Text: object, Small: idMark(e.ID), Below: notes}
		})
		if path := events[0].Path; path != "" {
			items = page.List{{Text: path, Items: items}}
		}
		list = append(list, items...)
	}
	return list
}

// verbs are those that say too little on their own.
var verbs = map[string]string{plan.VerbTarget: "target moved", plan.VerbMoved: "date moved", plan.VerbOwner: "owner changed", trail.VerbMigrated: "in the newer format"}

// inWordsOf says what happened, in few words, to what, and the small print: from what to what, and for
// which goal.
func inWordsOf(e trail.Event) (verb, object string, notes []string) {
	note := ""
	switch {
	case e.Verb == trail.VerbSignedOff:
		verb, object = "agreed to", "by "+e.New
	case e.Verb == trail.VerbWithdrawn:
		verb, object = "sign-off withdrawn", "of commit "+plan.Short(e.Old)
	case e.Verb == trail.VerbPromoted:
		verb, object = "promoted", fromTo(e.Old, e.New)
	case e.Verb == trail.VerbLeftOut:
		verb, object, note = "merge left out", "commit "+plan.Short(e.Old), with("signed off by ", e.New)
	case e.What == "logbook":
		verb, object = "logbook "+e.Verb, fromTo(folderName(e.Old), folderName(e.New))
	case e.Verb == plan.VerbRenamed:
		verb, object = "renamed", "from "+e.Old
	case e.Verb == plan.VerbMoved && e.What == "session":
		verb, object = "session moved", "from "+e.Old
	default:
		verb, object = cmp.Or(verbs[e.Verb], e.What+" "+e.Verb), shorten(e.Text, maxText)
		if e.Account && e.What == "action" && verbs[e.Verb] == "" {
			verb = "followed up: " + e.Verb
		}
		note = cmp.Or(only(e.Old != "", fromTo(e.Old, e.New)), e.New)
	}
	return verb, object, filled(note, e.Doubt, with("for: ", shorten(e.Goal, maxText)))
}

func fromTo(old, now string) string {
	return "from " + cmp.Or(old, "nothing") + " to " + cmp.Or(now, "nothing")
}

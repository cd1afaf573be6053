package report

import (
	"cmp"
	"strings"
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
	var closing []string
	if len(h.Commits) == 0 {
		closing = append(closing, "No commit says anything about that.")
	}
	if len(h.Incomplete) > 0 {
		closing = append(closing, "This clone is shallow: what came before commit "+plan.Short(h.Incomplete[0])+" is missing (git fetch --unshallow).")
	}
	p.Closing = strings.Join(closing, " ")
	return p
}

// items are a commit's events, file by file.
func (c HistoryCommit) items() page.List {
	var list page.List
	for _, events := range runsOf(c.Events, func(e trail.Event) string { return e.Path }) {
		items := itemsOf(events, func(e trail.Event) page.Item {
			return page.Item{Label: eventVerb(e), Text: eventObject(e), Small: idMark(e.ID), Below: eventNotes(e)}
		})
		if path := events[0].Path; path != "" {
			items = page.List{{Text: path, Items: items}}
		}
		list = append(list, items...)
	}
	return list
}

// eventVerb is what happened, in two words at most.
func eventVerb(e trail.Event) string {
	verb := map[string]string{
		plan.VerbTarget: "target moved", plan.VerbMoved: "date moved", plan.VerbOwner: "owner changed",
		trail.VerbSignedOff: "agreed to", trail.VerbWithdrawn: "sign-off withdrawn", trail.VerbPromoted: "promoted", plan.VerbRenamed: "renamed", trail.VerbMigrated: "in the newer format", trail.VerbLeftOut: "merge left out",
	}[e.Verb]
	switch {
	case e.Verb == plan.VerbMoved && (e.What == "session" || e.What == "logbook"):
		return e.What + " moved"
	case verb != "":
		return verb
	case e.Account && e.What == "action":
		return "followed up: " + e.Verb
	}
	return e.What + " " + e.Verb
}

// eventObject is the thing that it happened to.
func eventObject(e trail.Event) string {
	switch {
	case e.Verb == trail.VerbSignedOff:
		return "by " + e.New
	case e.What == "logbook":
		return fromTo(folderName(e.Old), folderName(e.New))
	case movesFile(e):
		return "from " + e.Old
	case e.Verb == trail.VerbPromoted:
		return fromTo(e.Old, e.New)
	case e.Verb == trail.VerbWithdrawn:
		return "of commit " + plan.Short(e.Old)
	case e.Verb == trail.VerbLeftOut:
		return "commit " + plan.Short(e.Old)
	}
	return shorten(e.Text, maxText)
}

func movesFile(e trail.Event) bool {
	return e.Verb == plan.VerbRenamed || e.Verb == plan.VerbMoved && e.What == "session"
}

// eventNotes are the small print: from what to what, and for which goal.
func eventNotes(e trail.Event) []string {
	var notes []string
	switch {
	case movesFile(e) || e.What == "logbook" || e.Verb == trail.VerbPromoted || e.Verb == trail.VerbSignedOff || e.Verb == trail.VerbWithdrawn:
	case e.Verb == trail.VerbLeftOut && e.New != "":
		notes = append(notes, "signed off by "+e.New)
	case e.Verb == trail.VerbLeftOut:
	case e.Old != "":
		notes = append(notes, fromTo(e.Old, e.New))
	case e.New != "":
		notes = append(notes, e.New)
	}
	if e.Doubt != "" {
		notes = append(notes, e.Doubt)
	}
	if e.Goal != "" {
		notes = append(notes, "for: "+shorten(e.Goal, maxText))
	}
	return notes
}

func fromTo(old, now string) string {
	return "from " + cmp.Or(old, "nothing") + " to " + cmp.Or(now, "nothing")
}

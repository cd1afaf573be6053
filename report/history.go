package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// A History is what happened, commit by commit.
type History struct {
	Commits []HistoryCommit `json:"commits"`
	// Incomplete are commits before which a shallow clone knows nothing.
	Incomplete []string `json:"incomplete_before,omitempty"`
}

// A HistoryCommit is one commit, with what it says in the words of coaching.
type HistoryCommit struct {
	Commit  string         `json:"commit"`
	Date    time.Time      `json:"date"` // the author's, with their offset from UTC
	Author  string         `json:"author"`
	Email   string         `json:"email"`
	Subject string         `json:"subject"`
	Events  []HistoryEvent `json:"events"`
}

// A HistoryEvent is one thing that a commit says.
type HistoryEvent struct {
	Verb    string `json:"verb"`
	What    string `json:"what"`
	File    string `json:"file,omitempty"`
	Person  string `json:"person,omitempty"`
	ID      string `json:"id,omitempty"`
	Text    string `json:"text,omitempty"`
	Goal    string `json:"goal,omitempty"`
	Account bool   `json:"account,omitzero"` // said in Follow-through
	Old     string `json:"old,omitempty"`
	New     string `json:"new,omitempty"`
	Doubt   string `json:"doubt,omitempty"` // why a sign-off doesn't count
}

// AddCommit takes a commit's events into the history.
func (h *History) AddCommit(c *plan.Commit, events []trail.Event) {
	commit := HistoryCommit{Commit: c.ID, Date: c.Written, Author: c.Author.Name, Email: c.Author.Email, Subject: c.Subject, Events: []HistoryEvent{}}
	for _, e := range events {
		commit.Events = append(commit.Events, HistoryEvent{e.Verb, e.What, e.Path, e.Person, e.ID, e.Text, e.Goal, e.Account, e.Old, e.New, e.Doubt})
	}
	h.Commits = append(h.Commits, commit)
}

// JSON writes the history for programs.
func (h *History) JSON(w io.Writer) error {
	if h.Commits == nil {
		h.Commits = []HistoryCommit{}
	}
	return writeJSON(w, h)
}

// Text writes the history for people.
func (h *History) Text(w io.Writer, style terminal.Style) error {
	var out strings.Builder
	for i, c := range h.Commits {
		if i > 0 {
			out.WriteString("\n")
		}
		c.text(&out, style)
	}
	if len(h.Commits) == 0 {
		out.WriteString("No commit tells of that.\n")
	}
	if len(h.Incomplete) > 0 {
		fmt.Fprintf(&out, "\nThis clone is shallow: what came before commit %s is not here (git fetch --unshallow).\n", plan.Short(h.Incomplete[0]))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func (c HistoryCommit) text(out *strings.Builder, style terminal.Style) {
	fmt.Fprintf(out, "%s  %s  %s\n", style.Bold(c.Date.Format("2006-01-02 15:04")), terminal.Escape(c.Author), style.Faint(plan.Short(c.Commit)))
	file := ""
	for _, e := range c.Events {
		if e.File != file && e.File != "" {
			file = e.File
			fmt.Fprintf(out, "  %s\n", style.Cyan(terminal.Escape(file)))
		}
		e.text(out, style)
	}
}

// The column of a history's verbs.
const historyVerbs = 21

func (e HistoryEvent) text(out *strings.Builder, style terminal.Style) {
	indent := strings.Repeat(" ", 4+historyVerbs)
	line := terminal.Escape(e.what())
	if e.ID != "" {
		line += " " + style.Faint("^"+terminal.Escape(e.ID))
	}
	fmt.Fprintf(out, "    %s\n", strings.TrimRight(terminal.Pad(e.verb(), historyVerbs)+terminal.Wrap(line, style.Width, indent), " "))
	for _, small := range e.notes() {
		fmt.Fprintf(out, "%s%s\n", indent, style.Faint(terminal.Wrap(terminal.Escape(small), style.Width, indent)))
	}
}

// verb is what happened, in two words at most.
func (e HistoryEvent) verb() string {
	verb := map[string]string{
		plan.VerbTarget: "target moved", plan.VerbMoved: "date moved", plan.VerbOwner: "owner changed",
		trail.VerbSignedOff: "agreed to", trail.VerbWithdrawn: "agreement taken back", trail.VerbPromoted: "promoted", trail.VerbRenamed: "renamed",
	}[e.Verb]
	switch {
	case verb != "":
		return verb
	case e.Verb == plan.VerbFollowed:
		return "followed up: open"
	case e.Account && e.What == "action":
		return "followed up: " + e.Verb
	}
	return e.What + " " + e.Verb
}

// what is the thing that it happened to.
func (e HistoryEvent) what() string {
	switch {
	case e.Verb == trail.VerbSignedOff:
		return "by " + e.New
	case e.Verb == trail.VerbRenamed:
		return "from " + e.Old
	case e.Verb == trail.VerbPromoted:
		return fromTo(e.Old, e.New)
	case e.Verb == trail.VerbWithdrawn:
		return "of commit " + plan.Short(e.Old)
	}
	return shorten(e.Text, maxText)
}

// notes are the small print: from what to what, and for which goal.
func (e HistoryEvent) notes() []string {
	var notes []string
	switch {
	case e.Verb == trail.VerbRenamed || e.Verb == trail.VerbPromoted || e.Verb == trail.VerbSignedOff || e.Verb == trail.VerbWithdrawn:
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
	word := func(s string) string {
		if s == "" {
			return "nothing"
		}
		return s
	}
	return "from " + word(old) + " to " + word(now)
}

package report

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
)

// SignOffMessage is the message of the commit with which somebody agrees to a
// text, with trailers that name the file and its content; signature is the file that it adds,
// if it does.
func SignOffMessage(person, path, text, signature string) string {
	what := "This commit changes no file. With it "
	if signature != "" {
		what = "With the signature " + signature + "\n"
	}
	return fmt.Sprintf("%s agrees to %s\n\n%s%s says that the text of\n%s named below is what was agreed.\n\n%s: %s\n%s: %s\n%s: %s\n",
		person, path, what, person, path, plan.SignOffPath, path, plan.SignOffText, text, plan.SignOffPerson, person)
}

// MailSignOffMessage is the message of the commit with which one files that another agreed by
// mail, on a day.
func MailSignOffMessage(person, path, text, id, from string, day logparse.Date) string {
	on := only(!day.IsZero(), " on "+day.String())
	return fmt.Sprintf("%s agrees to %s, by mail\n\nThey answered%s, and it is filed here for them.\n\n%s: %s\n%s: %s\n%s: %s\n%s: %s\n%s: %s\n",
		person, path, on, plan.SignOffPath, path, plan.SignOffText, text, plan.SignOffPerson, person, plan.SignOffMail, header(id), plan.SignOffFrom, header(from))
}

// header is what a mail says of itself, on one line.
func header(text string) string {
	return cmp.Or(strings.Join(strings.Fields(terminal.Escape(text)), ""), "unknown")
}

// NoteMessage is the message of the commit that records what somebody answered.
func NoteMessage(person, path string) string {
	return CommitMessage([]FileChange{{path, []plan.Change{{What: "session", Verb: plan.VerbEdited}}}}, person+" answered by mail", false)
}

// WithdrawalMessage is the message of the commit that takes a sign-off back.
func WithdrawalMessage(s plan.SignOff) string {
	return fmt.Sprintf("%s takes back the agreement to %s\n\n%s: %s\n%s: %s\n%s: %s\n",
		s.Person, s.Path, plan.UndoTrailer, s.Commit.ID, plan.SignOffPath, s.Path, plan.SignOffWithdrawn, s.Commit.ID)
}

// UndoMessage is the message of the commit that takes another one's changes back.
func UndoMessage(files []FileChange, c *plan.Commit, words bool) string {
	return CommitMessage(files, "Take back: "+shorten(terminal.Escape(c.Subject), maxSubject), words) + plan.UndoTrailer + ": " + c.ID + "\n"
}

// CounterMessage is the message of the commit that records what somebody would
// rather do: with their words only if the logbook wants them in messages.
func CounterMessage(person, path string, action *logparse.Item, text string, words bool) string {
	c := plan.Change{What: "action", Verb: "countered", ID: action.ID.V}
	subject := person + " proposes something else for an action"
	if words {
		c.Text = action.Text
		subject = person + " would rather: " + shorten(terminal.Escape(text), maxSubject)
	}
	return CommitMessage([]FileChange{{path, []plan.Change{c}}}, subject, words)
}

// A Pending is a file that waits for somebody's word.
type Pending struct {
	Path   string        `json:"path"`
	Person string        `json:"person"` // whose word is missing
	Since  logparse.Date `json:"since"`  // the session's day, or when it was agreed first; empty of a plan that nobody has signed
	Reason string        `json:"reason"`
	Lines  []int         `json:"lines,omitempty"`  // changed since it was agreed
	Commit string        `json:"commit,omitempty"` // that changed it
}

// NewPending is what waits for a person's word, with the reasons.
func NewPending(b *plan.Logbook, me string) []Pending {
	var pending []Pending
	for _, w := range b.PendingWords(me) {
		p := Pending{Path: w.Doc.Path, Person: me, Since: w.Since}
		var reasons []string
		if w.Void != nil {
			reasons = append(reasons, "you agreed on "+shortDate(w.Void.Day)+"; since then "+w.Void.Void.Words()+only(w.Void.Void.Progress, ", only ticks"))
			p.Lines = w.Void.Void.Lines
			if w.Void.Void.Commit != nil {
				p.Commit = w.Void.Void.Commit.ID
			}
		}
		for _, other := range w.Others {
			reasons = append(reasons, other.Person+" agreed on "+shortDate(other.Day))
		}
		for _, s := range w.Doubted {
			reasons = append(reasons, doubtOf(s, me))
		}
		if len(reasons) == 0 {
			reasons = append(reasons, "nobody has agreed to it yet")
		}
		p.Reason = strings.Join(reasons, "; ")
		pending = append(pending, p)
	}
	return pending
}

// doubtOf says why somebody's word doesn't count.
func doubtOf(s plan.SignOff, me string) string {
	who := s.Person + "'s"
	if s.Person == me {
		who = "your"
	}
	what := who + " sign-off" + plan.OfDay(s.Day)
	if s.How == plan.ByHand {
		what = "the date in the file (" + s.Person + " " + shortDate(s.Day) + ")"
	}
	return what + " doesn't count: " + s.Doubt
}

// A PendingList is what waits for somebody's word.
type PendingList struct {
	Pending []Pending `json:"pending"`
}

// Page lists the files.
func (l PendingList) Page() *page.Page {
	p := &page.Page{}
	p.Add("", "", itemsOf(l.Pending, func(of Pending) page.Item { return page.Item{Text: of.Path, Items: []page.Item{{Text: of.Reason}}} }))
	if len(l.Pending) == 0 {
		p.Closing = "Nothing waits for your sign-off."
	}
	return p
}

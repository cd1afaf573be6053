package report

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/internal/adopt"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// Understood says how much of the session logs coachlog understands.
type Understood struct {
	Adopted  int             // logs taken in from older notes
	Headings int             // in all logs, but for their titles
	Known    int             // of them, those that open a section
	Own      []adopt.Heading // the others, the most frequent first
	Tasks    int             // with a text, outside of what is confidential
	Counted  int             // of them, goals and actions
	Older    int             // of them, in adopted logs, where they are text
}

// NewUnderstood looks at every log that can be counted.
func NewUnderstood(b *plan.Logbook) *Understood {
	u := &Understood{}
	var docs []*logparse.Document
	for _, doc := range b.Docs {
		if doc.Session == nil || doc.Broken() {
			continue
		}
		docs = append(docs, doc)
		for i, h := range doc.Outline() {
			if h.Section != logparse.OwnSection {
				u.Known++
			}
			if i > 0 || h.Level > 1 || h.Section != logparse.OwnSection {
				u.Headings++
			}
		}
		for _, s := range doc.Session.Sections {
			n := countTasks(s.Items)
			u.Tasks += n
			switch s.Name {
			case logparse.FollowUp, logparse.ShortTerm, logparse.MidTerm, logparse.LongTerm:
				if !doc.Session.Adopted.Set {
					u.Counted += n
				}
			}
			if doc.Session.Adopted.Set {
				u.Older += n
			}
		}
		if doc.Session.Adopted.Set {
			u.Adopted++
		}
	}
	u.Own = adopt.HeadingsOf(docs)
	return u
}

func countTasks(items []*logparse.Item) int {
	n := 0
	for _, it := range items {
		if it.IsTask() && it.Text != "" {
			n++
		}
		n += countTasks(it.Items)
	}
	return n
}

// Sentences say it in a few lines; there are none where there is nothing to say.
func (u *Understood) Sentences() []string {
	var lines []string
	if u.Adopted > 0 {
		lines = append(lines, count(u.Adopted, "log")+" adopted from older notes: sessions that were held, which agree nothing")
	}
	if u.Headings > 0 {
		line := fmt.Sprintf("%d of %s in the logs open a section", u.Known, count(u.Headings, "heading"))
		var own []string
		for _, h := range u.Own[:min(len(u.Own), 3)] {
			if h.Notes < 2 {
				break
			}
			own = append(own, fmt.Sprintf("%q (%s)", h.Title, count(h.Notes, "log")))
		}
		if len(own) > 0 {
			line += "; most often of your own: " + strings.Join(own, ", ")
		}
		lines = append(lines, line)
	}
	if u.Tasks > 0 {
		line := fmt.Sprintf("%d of %s are goals and actions", u.Counted, count(u.Tasks, "task"))
		if u.Older > 0 {
			line += fmt.Sprintf("; %d stand in adopted logs", u.Older)
		}
		if other := u.Tasks - u.Counted - u.Older; other > 0 {
			line += fmt.Sprintf("; %d stand in other sections, as text", other)
		}
		lines = append(lines, line)
	}
	return lines
}

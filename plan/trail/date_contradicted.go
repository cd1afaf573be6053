package trail

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// lateDays is how long after its day a session's log is still written down as a
// matter of course.
const lateDays = 31

var dateContradicted = &Check{
	ID:    "date-contradicted",
	Title: "A session's day is another than the commits bear out",
	Why:   "A log that is from July and was first recorded in October may be true, but nothing shows it: older notes are taken in with coachlog adopt, which says so.",
	commit: func(a *Audit, c *plan.Commit) error {
		for _, e := range a.edits {
			if held(e.after) && e.before.Session.Date.V != e.after.Session.Date.V &&
				!e.taken(func(other *logparse.Document) bool { return other.Session.Date.V == e.after.Session.Date.V }) {
				a.note(c, e.path, fmt.Sprintf("the date of a held session was changed from %s to %s on %s", e.before.Session.Date.V, e.after.Session.Date.V, lastDay(c)),
					"bring back the day on which the two met")
			}
		}
		for _, f := range c.Files {
			if day, ok := session(f.Path); ok && f.Before != "" && f.After != "" && day.DaysUntil(lastDay(c)) > lateDays {
				if err := a.heldLate(c, f); err != nil {
					return err
				}
			}
		}
		return nil
	},
	end: func(a *Audit) error {
		late := make(map[*plan.Commit][]string)
		for _, doc := range a.Book.Docs {
			c := a.state.seen[doc.Path]
			if doc.Session == nil || doc.Session.Adopted.Set || c == nil || !doc.Session.Date.Set || doc.Session.Status.V != logparse.Held {
				continue
			}
			switch day := doc.Session.Date.V; {
			case day.DaysUntil(lastDay(c)) > lateDays:
				late[c] = append(late[c], doc.Path)
			case lastDay(a.state.last[doc.Path]).AddDays(1).Before(day):
				a.note(a.state.last[doc.Path], doc.Path, "the log says that the session was held on "+day.String()+", and that was recorded on "+lastDay(a.state.last[doc.Path]).String()+" already", "write the day on which the two met")
			}
		}
		for c, paths := range late {
			slices.Sort(paths)
			a.note(c, paths[0], lateMessage(a, c, paths), "if these are older notes, take them in with coachlog adopt; else write down in the log why it came so late")
		}
		return nil
	},
}

// heldLate notes a log that became one of a held session long after its day.
func (a *Audit) heldLate(c *plan.Commit, f plan.FileVersion) error {
	before, err := a.Read(f.Path, f.Before)
	if err != nil || held(before) {
		return err
	}
	after, err := a.Read(f.Path, f.After)
	if err != nil || !held(after) || after.Session.Adopted.Set {
		return err
	}
	a.note(c, f.Path, "the log says that the session was held on "+after.Session.Date.V.String()+", which was recorded on "+lastDay(c).String()+" only",
		"write down in the log why it came so late")
	return nil
}

func lateMessage(a *Audit, c *plan.Commit, paths []string) string {
	first := a.docs[paths[0]].Session.Date.V
	text := "the log says that the session was held on " + first.String()
	if len(paths) > 1 {
		text = fmt.Sprintf("%d logs say that sessions were held from %s on", len(paths), first)
	}
	text += ", and was first recorded on " + lastDay(c).String()
	if len(paths) > 1 {
		text = strings.Replace(text, "and was first", "and were first", 1)
	}
	if c.Day() != c.RecordedDay() {
		text += fmt.Sprintf(" (its author's date says %s, the committer's %s)", c.Day(), c.RecordedDay())
	}
	return text
}

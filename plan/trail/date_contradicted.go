package trail

import (
	"fmt"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// lateDays is how long after its day a session's log is still written down as a
// matter of course.
const lateDays = 31

var dateContradicted = &Check{
	ID:    "date-contradicted",
	Title: "A session's day doesn't fit the commits",
	Why:   "A log from July that was first committed in October may be true, but nothing shows it. coachlog adopt marks older notes as such.",
	commit: func(a *Audit, c *plan.Commit) {
		for _, f := range c.Files {
			day, ok := session(f.Path)
			if !ok || f.Before == "" || f.After == "" || day.DaysUntil(lastDay(c)) <= lateDays || held(a.text(f.Path, f.Before)) {
				continue
			}
			// It became one of a held session long after its day.
			if after := a.text(f.Path, f.After); held(after) && !after.Session.Adopted.Set {
				a.note(c, f.Path, "the log says that the session was held on "+after.Session.Date.V.String()+", which was recorded on "+lastDay(c).String()+" only",
					"write in the log why it came so late")
			}
		}
	},
	end: func(a *Audit) {
		late := make(map[*plan.Commit][]*logparse.Document)
		for _, doc := range a.Book.Docs { // by path
			c, last := a.seen[doc.Path], a.touch(doc.Path).last
			if !held(doc) || doc.Session.Adopted.Set || c == nil || !doc.Session.Date.Set {
				continue
			}
			switch day := doc.Session.Date.V; {
			case day.DaysUntil(lastDay(c)) > lateDays:
				late[c] = append(late[c], doc)
			case lastDay(last).AddDays(1).Before(day):
				a.note(last, doc.Path, "the log says that the session was held on "+day.String()+", and that was recorded on "+lastDay(last).String()+" already", "write the day when the two met")
			}
		}
		for c, docs := range late {
			a.note(c, docs[0].Path, lateMessage(c, docs), "if these are older notes, take them in with coachlog adopt; else write in the log why it came so late")
		}
	},
}

func lateMessage(c *plan.Commit, docs []*logparse.Document) string {
	first := docs[0].Session.Date.V
	text := fmt.Sprintf("the log says that the session was held on %s, and was first recorded on %s", first, lastDay(c))
	if len(docs) > 1 {
		text = fmt.Sprintf("%d logs say that sessions were held from %s on, and were first recorded on %s", len(docs), first, lastDay(c))
	}
	if c.Day() != c.RecordedDay() {
		text += fmt.Sprintf(" (its author's date says %s, the committer's %s)", c.Day(), c.RecordedDay())
	}
	return text
}

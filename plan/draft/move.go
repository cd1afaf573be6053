package draft

import (
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// titleDates are the forms in which a log's heading may have its day.
var titleDates = []string{"2 January 2006", "2006-01-02", "January 2, 2006", "2 Jan 2006", "02.01.2006"}

// OnAnotherDay is the text of a planned session's log, or of the preparation for one, for
// another day and maybe another time. Nothing else in it changes.
func OnAnotherDay(doc *logparse.Document, from, to logparse.Date, at *logparse.Clock) ([]byte, error) {
	key := "date"
	if doc.Preparation != nil {
		key = "session"
	}
	var edits []logparse.Edit
	set := func(key, value string) error {
		edit, err := doc.SetField(key, value)
		edits = append(edits, edit)
		return err
	}
	if field := doc.Front.Field(key); field != nil && field.Text != "" && from != to {
		if err := set(key, to.String()); err != nil {
			return nil, err
		}
	}
	if at != nil && doc.Session != nil {
		if err := set("time", at.String()); err != nil {
			return nil, err
		}
	}
	for _, form := range titleDates {
		if edit := doc.ReplaceInTitle(from.Time().Format(form), to.Time().Format(form)); edit != nil && from != to {
			weekday := doc.ReplaceInTitle(from.Time().Format("Monday"), to.Time().Format("Monday"))
			edits = append(edits, append(edit, weekday...)...)
			break
		}
	}
	return applied(doc, edits)
}

func applied(doc *logparse.Document, edits []logparse.Edit) ([]byte, error) {
	result, err := doc.Apply(edits...)
	if err != nil {
		return nil, fmt.Errorf("%s can't be changed: %w", doc.Path, err)
	}
	return result.Text, nil
}

// HasAnotherPlanned says whether somebody has another planned session on a day, which keeps
// what announced it and what was prepared for it. The log is nil where one has none yet.
func HasAnotherPlanned(p *plan.Person, log *plan.Log, day logparse.Date) bool {
	return slices.ContainsFunc(p.Logs, func(l *plan.Log) bool { return l != log && l.Date == day && l.Status.V == logparse.Planned })
}

// Announcing are the logs that say of a later day that the two meet then.
func Announcing(p *plan.Person, day logparse.Date) []*plan.Log {
	return slices.DeleteFunc(slices.Clone(p.Logs), func(l *plan.Log) bool { return !l.Next.Set || l.Next.V != day || !l.Date.Before(day) })
}

// Announce is the text of a log that says another day on which the two meet next.
func Announce(doc *logparse.Document, to logparse.Date) ([]byte, error) {
	edit, err := doc.SetField("next", to.String())
	if err != nil {
		return nil, fmt.Errorf("%s can't be changed: %w", doc.Path, err)
	}
	return applied(doc, []logparse.Edit{edit})
}

package draft

import "github.com/coachlog/coachlog/logparse"

// titleDates are the forms in which a log's heading may have its day.
var titleDates = []string{"2 January 2006", "2006-01-02", "January 2, 2006", "2 Jan 2006", "02.01.2006"}

// OnAnotherDay is a file's text once a session is on another day, and maybe at another
// time: of its log, of what was prepared for it, or of a log that announced it. The key has
// the day in the front matter, where it is there at all. Nothing else in it changes.
func OnAnotherDay(doc *logparse.Document, key string, from, to logparse.Date, at *logparse.Clock) ([]byte, error) {
	var fields []field
	if f := doc.Front.Field(key); f != nil && f.Text != "" && from != to {
		fields = append(fields, field{key, to.String()})
	}
	if at != nil {
		fields = append(fields, field{"time", at.String()})
	}
	var edits []logparse.Edit
	for _, form := range titleDates {
		if edits = doc.ReplaceInTitle(from.Time().Format(form), to.Time().Format(form)); edits != nil {
			edits = append(edits, doc.ReplaceInTitle(from.Time().Format("Monday"), to.Time().Format("Monday"))...)
			break
		}
	}
	moved, err := edit(doc, doc.Path, edits, fields)
	if err != nil {
		return nil, err
	}
	return moved.Text, nil
}

package report

import "github.com/coachlog/coachlog/report/page"

// Message is the check for a chat, where more people may read along than the logbook is for: how much
// is open in all, which names nobody, and only if somebody asks for it what and for whom.
func (c *Check) Message(words bool) *page.Page {
	out := &page.Page{Closing: c.summary()}
	if words {
		out = c.Page()
	}
	out.Title = "Still to be done, " + shortDate(c.Today)
	if n := len(c.Unreadable); n > 0 {
		out.Notes = append(out.Notes, count(n, "file")+" couldn't be read, so this isn't all")
	}
	return out
}

package report

import "github.com/coachlog/coachlog/report/page"

// Message is the check for a chat, where more people may read along than the logbook is for: how much
// is open for whom, by their ids, and only if somebody asks for it in people's words.
func (c *Check) Message(words bool) *page.Page {
	out := &page.Page{Closing: c.summary()}
	if words {
		out = c.Page()
	} else {
		out.Add("", "", itemsOf(c.People, CheckPerson.counts))
	}
	out.Title = "Still to be done, " + shortDate(c.Today)
	if n := len(c.Unreadable); n > 0 {
		out.Notes = append(out.Notes, count(n, "file")+" couldn't be read, so this isn't all")
	}
	return out
}

func (p CheckPerson) counts() page.Item {
	one := &Check{}
	one.addPerson(p)
	text := counts([]counted{{one.Actions, "to do"}, {one.Overdue, "of these overdue"}, {one.Goals, "to talk about"}, {one.OwedPlans, "in need of new actions"},
		{one.OwedSupport, "without the support that was meant"}, {one.Voided, "changed since they were agreed"}, {one.OlderTasks, "from older notes"},
		{len(p.Forgotten), pluralOf(len(p.Forgotten), "agreed day") + " without a log"}})
	return page.Item{Text: p.ID + ": " + text}
}

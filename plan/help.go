package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// Help is something that somebody did for a coachee's long-term goal. It is
// listed with credit, and is in no rate: what isn't there is never missed
// (method 86, 87).
type Help struct {
	Date logparse.Date `json:"date"`
	Goal string        `json:"goal"`
	Text string        `json:"text"`
	By   string        `json:"by"` // id
}

// HelpGiven lists the help that the person's logs of a period have as done, each
// once, by the day on which it was first told.
func (p *Person) HelpGiven(period Period) []Help {
	var given []Help
	for _, log := range p.HeldLogs() {
		for _, goal := range log.LongTerm {
			for _, it := range goal.Help {
				h := Help{log.Date, goal.Item.Text, it.Text, p.ID}
				if it.Owner.Set {
					h.By = log.resolve(it.Owner.V)
				}
				known := slices.ContainsFunc(given, func(o Help) bool { return o.Text == h.Text && o.By == h.By })
				if it.State == logparse.Done && !known {
					given = append(given, h)
				}
			}
		}
	}
	return slices.DeleteFunc(given, func(h Help) bool { return !period.Contains(h.Date) })
}

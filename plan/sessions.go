package plan

import "github.com/coachlog/coachlog/logparse"

// A SessionCount counts one coachee's sessions in a period.
type SessionCount struct {
	Logs      int `json:"logs"`
	Held      int `json:"held"`
	Planned   int `json:"planned"` // still to come, or not filled in
	Missed    int `json:"missed"`
	Cancelled int `json:"cancelled"`
	Forgotten int `json:"forgotten"` // days that were agreed, and of which no log speaks
	AdHoc     int `json:"ad_hoc"`    // of those held (method 12, 31)
	Older     int `json:"older"`     // adopted from older notes, of those held
	Requested int `json:"requested"` // by the coachee, of those held
	Peer      int `json:"peer"`      // led by a colleague, of those held
	Minutes   int `json:"minutes"`   // of those held, where a log says

	Talk Rate `json:"-"` // summed percent of the coachee's share of the talking, over 100 times the logs that say (method 54)
}

// SessionsIn counts the person's sessions in a period. Forgotten ones are no logs: whoever
// knows the day and the cadence adds them (Roster.Forgotten).
func (f *Facts) SessionsIn(period Period) SessionCount {
	var c SessionCount
	for _, s := range f.Sessions {
		if !period.Contains(s.Date) {
			continue
		}
		c.Logs++
		switch s.Status {
		case logparse.Planned:
			c.Planned++
		case logparse.Missed:
			c.Missed++
		case logparse.Cancelled:
			c.Cancelled++
		case logparse.Held:
			c.addHeld(s)
		}
	}
	return c
}

func (c *SessionCount) addHeld(s SessionFact) {
	c.Held++
	c.Minutes += s.Minutes
	if s.Talk != nil {
		c.Talk.Add(Rate{Part: *s.Talk, Whole: 100})
	}
	if s.Adopted {
		c.Older++
	}
	switch s.Kind {
	case "ad-hoc":
		c.AdHoc++
	case "requested":
		c.Requested++
	case "peer":
		c.Peer++
	}
}

// Add adds another person's.
func (c *SessionCount) Add(o SessionCount) {
	c.Logs += o.Logs
	c.Held += o.Held
	c.Planned += o.Planned
	c.Missed += o.Missed
	c.Cancelled += o.Cancelled
	c.Forgotten += o.Forgotten
	c.Minutes += o.Minutes
	c.Talk.Add(o.Talk)
	c.AdHoc += o.AdHoc
	c.Requested += o.Requested
	c.Peer += o.Peer
	c.Older += o.Older
}

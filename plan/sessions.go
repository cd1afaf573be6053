package plan

import "github.com/coachlog/coachlog/logparse"

// A SessionCount counts sessions, and talks beside them, in a period.
type SessionCount struct {
	Logs      int `json:"logs"`
	Held      int `json:"held"`    // sessions; talks are counted below
	Planned   int `json:"planned"` // still to come, or not filled in
	Missed    int `json:"missed"`
	Cancelled int `json:"cancelled"`
	Forgotten int `json:"forgotten"` // agreed for a day, and no log says what became of them
	AdHoc     int `json:"ad_hoc"`    // talks held (method 12, 31)
	Requested int `json:"requested"` // talks held that the coachee asked for
	Peer      int `json:"peer"`      // talks held that a colleague led
	Older     int `json:"older"`     // adopted from older notes, of all that were held
	Minutes   int `json:"minutes"`   // of all that were held, where a log says

	Talk Rate `json:"-"` // summed percent of the coachee's share of the talking, over 100 times the logs that say (method 54)
}

// SessionsIn counts the person's sessions in a period. Forgotten ones are no logs: whoever
// knows the day and the cadence adds them (Roster.Forgotten).
func (f *Facts) SessionsIn(period Period) SessionCount {
	var c SessionCount
	for _, s := range f.Sessions {
		if period.Contains(s.Date) {
			c.add(s)
		}
	}
	return c
}

// Talks is how many were held (ad hoc, asked for or among colleagues).
func (c SessionCount) Talks() int { return c.AdHoc + c.Requested + c.Peer }

func (c *SessionCount) add(s SessionFact) {
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

func (c *SessionCount) addHeld(s SessionFact) {
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
	default:
		c.Held++
	}
}

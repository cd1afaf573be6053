package report

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
)

// A Coach is the review of one coach's work in one period: the model behind
// every format. It holds figures about the coaching and none about a coachee.
type Coach struct {
	Head
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Coaches  string        `json:"coached_by,omitempty"`
	Since    logparse.Date `json:"since"`    // the first session; the programme has no end
	Coachees int           `json:"coachees"` // with sessions in the period, or the coach's by plan

	Held      int             `json:"held"`
	Missed    int             `json:"missed"`
	Cancelled int             `json:"cancelled"`
	Kinds     map[string]int  `json:"kinds"`      // sessions and talks by kind
	AsCoachee *int            `json:"as_coachee"` // sessions; null where the readers may not see it
	Sessions  []SessionReport `json:"sessions"`   // that the coach led, by date; whose they were is not told

	Minutes     int               `json:"minutes"`
	SetAside    int               `json:"minutes_set_aside"`
	Talk        *int              `json:"talk,omitempty"` // mean percent of the talking done by the coachees
	TalkLogs    int               `json:"talk_logs"`
	GoingWell   int               `json:"points_going_well"`
	ToDevelop   int               `json:"points_to_develop"`
	Weeks       []chart.Week      `json:"weeks"` // of the coach's own actions
	Verdicts    plan.VerdictCount `json:"verdicts"`
	Trends      []TrendCount      `json:"metric_trends"`
	Promotions  int               `json:"promotions"`
	WordsPerLog int               `json:"words_per_log"` // median

	Bright  []string `json:"bright_spots"` // keys of figures that went up, or are high
	Slipped []string `json:"slipped"`      // keys of figures that went down

	Pulse []plan.Opinion `json:"pulse"`
	Self  []plan.Opinion `json:"self_assessment"`
	Round []plan.Opinion `json:"360"`
}

// A TrendCount is how many of the coachees' goal metrics go one way.
type TrendCount struct {
	Trend   plan.Trend `json:"trend"`
	Metrics int        `json:"metrics"`
}

// coachFigures are a coach's figures, in the order of the report. Others see one where
// the coachees approved the part of its definition.
var coachFigures = []struct {
	key string
	of  func(c *plan.Coaching) plan.Rate
}{
	{"sessions_held", func(c *plan.Coaching) plan.Rate { return plan.Rate{Part: c.Held} }},
	{"talks", func(c *plan.Coaching) plan.Rate { return plan.Rate{Part: c.Talks()} }},
	{"sessions_missed", func(c *plan.Coaching) plan.Rate { return plan.Rate{Part: c.Missed} }},
	{"sessions_cancelled", func(c *plan.Coaching) plan.Rate { return plan.Rate{Part: c.Cancelled} }},
	{"sessions_forgotten", func(c *plan.Coaching) plan.Rate { return plan.Rate{Part: c.Forgotten} }},
	{"minutes", func(c *plan.Coaching) plan.Rate { return plan.Rate{Part: c.Minutes} }},
	{"set_aside", func(c *plan.Coaching) plan.Rate { return plan.Rate{Part: c.SetAside} }},
	{"talk", func(c *plan.Coaching) plan.Rate { return c.Talk }},
	{"cadence", func(c *plan.Coaching) plan.Rate { return c.Cadence }},
	{"own_actions", func(c *plan.Coaching) plan.Rate { return c.Own.Rate() }},
	{"employer", func(c *plan.Coaching) plan.Rate { return c.Employer.Rate() }},
	{"follow_up", func(c *plan.Coaching) plan.Rate { return c.FollowUp }},
	{"plan_success", func(c *plan.Coaching) plan.Rate { return c.PlanSuccess }},
	{"plans_changed", func(c *plan.Coaching) plan.Rate { return c.Verdicts.Changed() }},
	{"metrics", func(c *plan.Coaching) plan.Rate { return c.Metrics }},
	{"proactive", func(c *plan.Coaching) plan.Rate {
		held := c.Held + c.Talks()
		return plan.Rate{Part: held - c.AdHoc - c.Requested, Whole: held}
	}},
	{"development", func(c *plan.Coaching) plan.Rate { return c.Development }},
	{"balance", func(c *plan.Coaching) plan.Rate {
		return plan.Rate{Part: c.GoingWell, Whole: c.GoingWell + c.ToDevelop}
	}},
}

// brightPercent is from where on a rate is a bright spot.
const brightPercent = 80

// scored are the rates whose movement says how the coaching goes; the others are
// shares with no good side.
var scored = []string{"cadence", "follow_up", "own_actions", "plan_success", "metrics"}

package report

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// CoachSchema is the version of Coach's JSON form.
const CoachSchema = 1

// A Coach is the review of one coach's work in one period: the model behind
// every format. It holds figures about the coaching and none about a coachee.
type Coach struct {
	Schema   int           `json:"schema"`
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Coaches  string        `json:"coached_by,omitempty"`
	Period   Period        `json:"period"`
	Before   Period        `json:"period_before"`
	Today    logparse.Date `json:"today"`
	Since    logparse.Date `json:"since"`    // the first session; the programme has no end
	Coachees int           `json:"coachees"` // with sessions in the period, or the coach's by plan

	Held      int            `json:"held"`
	Missed    int            `json:"missed"`
	Cancelled int            `json:"cancelled"`
	Kinds     map[string]int `json:"kinds"` // held sessions by kind
	AsCoachee int            `json:"as_coachee"`

	Duties      []Duty       `json:"duties"` // rates, with those of the period before
	Minutes     int          `json:"minutes"`
	SetAside    int          `json:"minutes_set_aside"`
	Talk        *int         `json:"talk,omitempty"` // mean percent of the talking done by the coachees
	TalkLogs    int          `json:"talk_logs"`
	GoingWell   int          `json:"points_going_well"`
	ToDevelop   int          `json:"points_to_develop"`
	Trends      []TrendCount `json:"metric_trends"`
	Promotions  int          `json:"promotions"`
	WordsPerLog int          `json:"words_per_log"` // median

	Bright  []string `json:"bright_spots"` // keys of duties that went up, or are high and steady
	Slipped []string `json:"slipped"`      // keys of duties that went down

	Pulse []OpinionReport `json:"pulse"`
	Self  []OpinionReport `json:"self_assessment"`
	Round []OpinionReport `json:"360"`
}

// A Duty is one rate of a coach's, now and in the period before.
type Duty struct {
	Key    string        `json:"key"`
	Title  string        `json:"title"`
	Means  string        `json:"means"` // its definition
	Now    Share         `json:"now"`
	Before Share         `json:"before"`
	Moved  plan.Movement `json:"moved"`
}

// A TrendCount is how many of the coachees' goal metrics go one way.
type TrendCount struct {
	Trend   plan.Trend `json:"trend"`
	Metrics int        `json:"metrics"`
}

// An OpinionReport is the answers to one question. Mean is missing where fewer
// than five people answered.
type OpinionReport struct {
	Question string   `json:"question"`
	Answers  *int     `json:"answers,omitempty"`
	Mean     *float64 `json:"mean,omitempty"`
}

// duties define a coach's rates, in the order of the report.
var duties = []struct {
	key, title, means string
	of                func(c *plan.Coaching) plan.Rate
}{
	{"cadence", "Sessions kept", "held sessions in the agreed rhythm, over those that the cadence asks for", func(c *plan.Coaching) plan.Rate { return c.Cadence }},
	{"follow_up", "Follow-up given", "accounts given over accounts due, in sessions that the coach led", func(c *plan.Coaching) plan.Rate { return c.FollowUp }},
	{"own_actions", "Own promises kept", "the coach's own actions kept, over kept, partly and not kept", func(c *plan.Coaching) plan.Rate { return c.Own.Rate() }},
	{"plan_success", "Plans that worked", "plans that worked over those that worked or were wrong: the actions were followed", func(c *plan.Coaching) plan.Rate { return c.PlanSuccess }},
	{"metrics", "Goals reached by their metric", "judged goals with a metric that were reached, over all such goals", func(c *plan.Coaching) plan.Rate { return c.Metrics }},
	{"proactive", "Planned sessions", "held sessions that were planned, over all held; the others are ad hoc or were asked for", func(c *plan.Coaching) plan.Rate { return c.Proactive }},
	{"development", "For development", "actions agreed for a skill or a mid-term goal, over all agreed; the others put a figure right", func(c *plan.Coaching) plan.Rate { return c.Development }},
}

// brightPercent is where a steady rate is a bright spot.
const brightPercent = 80

// scored are the duties whose movement says how the coaching goes; the others
// are shares with no good side.
var scored = []string{"cadence", "follow_up", "own_actions", "plan_success", "metrics"}

// NewCoach builds the review of one coach, as things stood at the period's end
// or, where that is still to come, stand today.
func NewCoach(b *plan.Logbook, id string, period plan.Period, today logparse.Date) *Coach {
	if period.To.Before(today) {
		today = period.To
	}
	before := period.Before()
	now, then := b.Until(period.To).CoachingOf(id, period, today), b.Until(before.To).CoachingOf(id, before, before.To)
	r := &Coach{
		Schema: CoachSchema, ID: id, Name: nameOf(b, id), Period: Period{period.Name, period.From, period.To},
		Before: Period{before.Name, before.From, before.To}, Today: today, Since: now.Since, Coachees: len(now.Coachees),
		Held: now.Held, Missed: now.Missed, Cancelled: now.Cancelled, Kinds: now.Kinds, AsCoachee: now.AsCoachee,
		Minutes: now.Minutes, SetAside: now.SetAside, GoingWell: now.GoingWell, ToDevelop: now.ToDevelop, Promotions: len(now.Promotions),
		WordsPerLog: middle(now.LogWords), Trends: []TrendCount{}, Bright: []string{}, Slipped: []string{},
		Pulse: opinions(b, id, "pulse", period), Self: opinions(b, id, "self-assessment", period), Round: opinions(b, id, "360", period),
	}
	if p := b.Person(id); p != nil {
		r.Coaches = b.CoachOf(p)
	}
	if percent, logs, ok := now.TalkShare(); ok {
		r.Talk, r.TalkLogs = &percent, logs
	}
	for _, trend := range []plan.Trend{plan.Better, plan.Flat, plan.Worse, plan.Rising, plan.Fall, plan.TooFew} {
		if n := now.Trends[trend]; n > 0 {
			r.Trends = append(r.Trends, TrendCount{trend, n})
		}
	}
	for _, d := range duties {
		duty := Duty{d.key, d.title, d.means, shareOf(d.of(now)), shareOf(d.of(then)), plan.Move(d.of(then), d.of(now))}
		r.Duties = append(r.Duties, duty)
		if !slices.Contains(scored, d.key) {
			continue
		}
		switch {
		case duty.Moved == plan.Up, duty.Moved == plan.Steady && *duty.Now.Percent >= brightPercent:
			r.Bright = append(r.Bright, d.key)
		case duty.Moved == plan.Down:
			r.Slipped = append(r.Slipped, d.key)
		}
	}
	return r
}

func nameOf(b *plan.Logbook, id string) string {
	if p := b.Person(id); p != nil {
		return p.Name
	}
	return id
}

func opinions(b *plan.Logbook, coach, kind string, period plan.Period) []OpinionReport {
	out := []OpinionReport{}
	for _, o := range b.Opinions(coach, kind, period) {
		report := OpinionReport{Question: o.Question}
		if !o.Hidden {
			report.Answers, report.Mean = &o.Answers, &o.Mean
		}
		out = append(out, report)
	}
	return out
}

// middle is the median of whole numbers, rounded down; 0 where there are none.
func middle(numbers []int) int {
	if len(numbers) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(numbers))
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

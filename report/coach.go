package report

import (
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
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
	Kinds     map[string]int  `json:"kinds"` // held sessions by kind
	AsCoachee int             `json:"as_coachee"`
	Sessions  []SessionReport `json:"sessions"` // that the coach led, by date; whose they were is not told

	Minutes     int          `json:"minutes"`
	SetAside    int          `json:"minutes_set_aside"`
	Talk        *int         `json:"talk,omitempty"` // mean percent of the talking done by the coachees
	TalkLogs    int          `json:"talk_logs"`
	GoingWell   int          `json:"points_going_well"`
	ToDevelop   int          `json:"points_to_develop"`
	Weeks       []WeekReport `json:"weeks"` // of the coach's own actions
	Verdicts    Verdicts     `json:"verdicts"`
	Trends      []TrendCount `json:"metric_trends"`
	Promotions  int          `json:"promotions"`
	WordsPerLog int          `json:"words_per_log"` // median

	Bright  []string `json:"bright_spots"` // keys of figures that went up, or are high and steady
	Slipped []string `json:"slipped"`      // keys of figures that went down

	Pulse []OpinionReport `json:"pulse"`
	Self  []OpinionReport `json:"self_assessment"`
	Round []OpinionReport `json:"360"`
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

// duties are a coach's rates, in the order of the report.
var duties = []struct {
	key string
	of  func(c *plan.Coaching) plan.Rate
}{
	{"cadence", func(c *plan.Coaching) plan.Rate { return c.Cadence }},
	{"own_actions", func(c *plan.Coaching) plan.Rate { return c.Own.Rate() }},
	{"employer", func(c *plan.Coaching) plan.Rate { return c.Employer.Rate() }},
	{"follow_up", func(c *plan.Coaching) plan.Rate { return c.FollowUp }},
	{"plan_success", func(c *plan.Coaching) plan.Rate { return c.PlanSuccess }},
	{"metrics", func(c *plan.Coaching) plan.Rate { return c.Metrics }},
	{"proactive", func(c *plan.Coaching) plan.Rate { return c.Proactive }},
	{"development", func(c *plan.Coaching) plan.Rate { return c.Development }},
	{"balance", func(c *plan.Coaching) plan.Rate {
		return plan.Rate{Part: c.GoingWell, Whole: c.GoingWell + c.ToDevelop}
	}},
}

// brightPercent is where a steady rate is a bright spot.
const brightPercent = 80

// scored are the duties whose movement says how the coaching goes; the others
// are shares with no good side.
var scored = []string{"cadence", "follow_up", "own_actions", "plan_success", "metrics"}

// NewCoach builds the review of one coach, as things stood at the period's end
// or, where that is still to come, stand today.
func NewCoach(b *plan.Logbook, id string, scope Scope) *Coach {
	period, before := scope.Period, scope.before()
	book := b.Until(period.To)
	return newCoach(book, id, scope, book.CoachingOf(id, period, scope.end(period)), b.Until(before.To).CoachingOf(id, before, scope.end(before)))
}

func newCoach(b *plan.Logbook, id string, scope Scope, now, then *plan.Coaching) *Coach {
	r := &Coach{
		Head: newHead(scope), ID: id, Name: nameOf(b, id), Since: now.Since, Coachees: len(now.Coachees),
		Held: now.Held, Missed: now.Missed, Cancelled: now.Cancelled, Kinds: now.Kinds, AsCoachee: now.AsCoachee, Sessions: []SessionReport{},
		Minutes: now.Minutes, SetAside: now.SetAside, GoingWell: now.GoingWell, ToDevelop: now.ToDevelop, Promotions: len(now.Promotions),
		WordsPerLog: middle(now.LogWords), Trends: []TrendCount{}, Bright: []string{}, Slipped: []string{},
		Weeks: weekReports(b.WeeksOf(id, scope.Period)), Verdicts: verdictCounts(now.Verdicts),
		Pulse: opinions(b, id, "pulse", scope.Period), Self: opinions(b, id, "self-assessment", scope.Period), Round: opinions(b, id, "360", scope.Period),
	}
	if p := b.Person(id); p != nil {
		r.Coaches = b.CoachOf(p)
	}
	for _, log := range now.Logs {
		r.Sessions = append(r.Sessions, SessionReport{Date: log.Date, Status: log.Status.V, Kind: log.Kind.V, Minutes: log.Minutes.V, Talk: given(log.Talk)})
	}
	if percent, logs, ok := now.TalkShare(); ok {
		r.Talk, r.TalkLogs = &percent, logs
	}
	for _, trend := range []plan.Trend{plan.Better, plan.Flat, plan.Worse, plan.Rising, plan.Fall, plan.TooFew} {
		if n := now.Trends[trend]; n > 0 {
			r.Trends = append(r.Trends, TrendCount{trend, n})
		}
	}
	r.Figures = append(r.Figures,
		define("sessions_held", "", "", numberOf(now.Held, ""), numberOf(then.Held, "")),
		define("sessions_missed", "", "", numberOf(now.Missed, ""), numberOf(then.Missed, "")),
		define("minutes", "", "", numberOf(now.Minutes, "min"), numberOf(then.Minutes, "min")),
		define("set_aside", "", "", numberOf(now.SetAside, "min"), numberOf(then.SetAside, "min")),
		define("talk", "", "", meanOf(now.Talk), meanOf(then.Talk)),
	)
	r.addDuties(now, then)
	if scope.For != "" {
		r.keepOnly(b, now, scope)
	}
	return r
}

// addDuties adds the rates, and says which went up and which went down: nothing
// where either side has fewer than five counted.
func (r *Coach) addDuties(now, then *plan.Coaching) {
	for _, d := range duties {
		f := define(d.key, "", "", rateOf(d.of(now)), rateOf(d.of(then))).moved(d.of(then), d.of(now))
		r.Figures = append(r.Figures, f)
		if !slices.Contains(scored, d.key) {
			continue
		}
		switch {
		case f.Moved == plan.Up, f.Moved == plan.Steady && *f.Now.Rate.Percent >= brightPercent:
			r.Bright = append(r.Bright, d.key)
		case f.Moved == plan.Down:
			r.Slipped = append(r.Slipped, d.key)
		}
	}
}

// keepOnly takes out what is about the coachees and not about the coaching, where
// it is about fewer than five who have approved it for the readers.
func (r *Coach) keepOnly(b *plan.Logbook, now *plan.Coaching, scope Scope) {
	leaveOut := func(part plan.Part, keys ...string) bool {
		approved := 0
		for _, id := range now.Coachees {
			if b.Person(id).ConsentTo(scope.For, scope.Today).Has(part) {
				approved++
			}
		}
		if approved == len(now.Coachees) && approved >= plan.SmallGroup {
			return false
		}
		r.LeftOut = append(r.LeftOut, LeftOut{part, fmt.Sprintf("%d of %d coachees have approved it for %s; it takes all of them, and %d", approved, len(now.Coachees), scope.For, plan.SmallGroup)})
		drop := func(key string) bool { return slices.Contains(keys, key) }
		r.Figures = slices.DeleteFunc(r.Figures, func(f Figure) bool { return drop(f.Key) })
		r.Bright, r.Slipped = slices.DeleteFunc(r.Bright, drop), slices.DeleteFunc(r.Slipped, drop)
		return true
	}
	if leaveOut(plan.PartMetrics, "metrics") {
		r.Trends = []TrendCount{}
	}
	if leaveOut(plan.PartSkills) {
		r.Promotions = 0
	}
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

package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// Coaching is what one coach's work comes to in a period: figures about the
// coaching, never about the people who are coached. Each rate has its counts.
type Coaching struct {
	Coach     string
	Coachees  []string      // ids of those who had sessions with the coach in the period, or are theirs by plan
	Since     logparse.Date // of the first session that the coach led; a programme has no end (method 49)
	Held      int
	Missed    int
	Cancelled int
	Kinds     map[string]int // held sessions by kind; "regular" where a log names none (method 12, 31)
	Cadence   Rate           // sessions in the rhythm that was agreed, over those that it asks for (method 45)
	Proactive Rate           // held sessions that were planned, over all held: the others are ad hoc or were asked for (method 32)
	Minutes   int            // spent, where a log says
	SetAside  int            // minutes set aside in the period (method 33)
	Talk      Rate           // summed percent of the coachees' share of the talking, over 100 times the logs that say (method 54)

	FollowUp    Rate // method 79
	PlanSuccess Rate // method 81
	Verdicts    VerdictCount
	Own         Commitment // of the coach's own actions, for anybody (method 7, 83)
	Employer    Commitment // of what everybody but the coachee promised in the sessions that the coach led (method 83)
	Development Rate       // actions agreed for a skill or a mid-term goal, over all agreed (method 30)
	GoingWell   int        // points of feedback (method 75)
	ToDevelop   int
	Metrics     Rate          // judged goals with a metric that were reached, over all such goals (method 36)
	Trends      map[Trend]int // of the coachees' metrics that goals are about
	Promotions  []Promotion   // of coachees (method 40)
	AsCoachee   int           // sessions in which the coach was coached (method 43)
	Logs        []*Log        // of the sessions that the coach led, by date
	LogWords    []int         // words in each held log, in order: what keeping it takes (method 90)
}

// A Promotion is a new role of a coachee.
type Promotion struct {
	Person string
	Date   logparse.Date
	Role   string
}

// CoachingOf works out a coach's figures for a period, up to today.
func (b *Logbook) CoachingOf(coach string, period Period, today logparse.Date) *Coaching {
	c := &Coaching{Coach: coach, Kinds: make(map[string]int), Trends: make(map[Trend]int)}
	if today.Before(period.To) {
		period.To = today
	}
	for _, p := range b.People {
		c.addSessions(b, p, period)
		c.addAgreements(p, period)
		c.addGoals(b, p, period)
		if b.CoachOf(p) == coach {
			c.addPromotions(p, period)
		}
		if p.ID == coach {
			for _, log := range p.HeldLogs() {
				if period.Contains(log.Date) {
					c.AsCoachee++
				}
			}
		}
	}
	slices.Sort(c.Coachees)
	slices.SortStableFunc(c.Logs, func(x, y *Log) int { return x.Date.Compare(y.Date) })
	c.Own = b.CommitmentOf(coach, period)
	c.FollowUp, c.PlanSuccess = b.FollowUpOf(coach, period), b.PlanSuccessOf(coach, period)
	c.SetAside = b.setAside(coach, period, c.Cadence.Whole)
	return c
}

// addSessions counts the sessions of one coachee that the coach led.
func (c *Coaching) addSessions(b *Logbook, p *Person, period Period) {
	inRhythm, theirs := 0, b.CoachOf(p) == c.Coach
	var first logparse.Date // held by anybody
	for _, log := range p.Logs {
		if log.Held() && first.IsZero() {
			first = log.Date
		}
		if log.Coach != c.Coach {
			continue
		}
		if log.Held() && (c.Since.IsZero() || log.Date.Before(c.Since)) {
			c.Since = log.Date
		}
		if !period.Contains(log.Date) {
			continue
		}
		c.Logs = append(c.Logs, log)
		switch log.Status.V {
		case logparse.Missed:
			c.Missed++
		case logparse.Cancelled:
			c.Cancelled++
		case logparse.Held:
			c.addHeld(log)
			if !Reactive(log.Kind.V) {
				inRhythm++
			}
			theirs = true
		}
	}
	if theirs && (p.Plan != nil || len(p.Logs) > 0) {
		c.Coachees = append(c.Coachees, p.ID)
	}
	if b.CoachOf(p) == c.Coach && !first.IsZero() {
		due := b.sessionsDue(p, first, period)
		c.Cadence.Add(Rate{min(inRhythm, due), due})
	}
}

// Reactive says whether a kind of session answers something that came up, and
// was not planned (method 32).
func Reactive(kind string) bool { return kind == "ad-hoc" || kind == "requested" }

func (c *Coaching) addHeld(log *Log) {
	c.Held++
	kind := log.Kind.V
	if kind == "" {
		kind = "regular"
	}
	c.Kinds[kind]++
	c.Proactive.Whole++
	if !Reactive(kind) {
		c.Proactive.Part++
	}
	c.Minutes += log.Minutes.V
	if log.Talk.Set {
		c.Talk.Add(Rate{log.Talk.V, 100})
	}
	c.GoingWell += log.Points(logparse.GoingWell)
	c.ToDevelop += log.Points(logparse.ToDevelop)
	if !log.Adopted.Set {
		c.LogWords = append(c.LogWords, log.Doc.Words())
	}
}

// sessionsDue is how many sessions the cadence asks for in the part of the
// period in which the person was coached.
func (b *Logbook) sessionsDue(p *Person, first logparse.Date, period Period) int {
	from, to := period.From, period.To
	if from.Before(first) {
		from = first
	}
	if p.Plan != nil && p.Plan.Left.Set && p.Plan.Left.V.Before(to) {
		to = p.Plan.Left.V
	}
	due := 0
	for next := NextDate(from, b.CadenceOf(p)); !to.AddDays(1).Before(next); next = NextDate(next, b.CadenceOf(p)) {
		due++
	}
	return due
}

// setAside is the minutes that a coach has for coaching in a period: by their
// plan, else the length of a session for each that the cadence asks for.
func (b *Logbook) setAside(coach string, period Period, due int) int {
	if p := b.Person(coach); p != nil && p.Plan != nil && p.Plan.SetAside.Set {
		return p.Plan.SetAside.V * (period.From.DaysUntil(period.To) + 1) / 7
	}
	return b.Settings.Minutes.V * due
}

// addAgreements counts what sessions that the coach led agreed.
func (c *Coaching) addAgreements(p *Person, period Period) {
	for _, a := range p.Agreements {
		if a.Owner != p.ID && a.Account != nil && a.Account.Coach == c.Coach && period.Contains(a.Account.Date) {
			c.Employer.Count(a)
		}
		if a.Agreed.Coach != c.Coach || !period.Contains(a.Agreed.Date) {
			continue
		}
		c.Development.Whole++
		if a.Skill != "" || a.Goal.Horizon == MidTerm {
			c.Development.Part++
		}
	}
}

// addGoals counts what the figures say of the goals that the coach agreed.
func (c *Coaching) addGoals(b *Logbook, p *Person, period Period) {
	c.Verdicts.Add(p.VerdictsIn(period, c.Coach))
	metrics := make(map[string]bool)
	for _, g := range p.Goals {
		for _, v := range g.Verdicts {
			if v.Coach != c.Coach || !v.Target.Set || v.Outcome == NoVerdict || !period.Contains(v.Log.Date) {
				continue
			}
			metrics[v.Target.V.Metric] = true
			c.Metrics.Whole++
			if v.Reached {
				c.Metrics.Part++
			}
		}
	}
	for metric := range metrics {
		var values []Observation
		for _, o := range p.Observations(metric) {
			if period.Contains(o.Date) {
				values = append(values, o)
			}
		}
		m, _ := b.Metric(metric)
		c.Trends[TrendOf(values, m.Direction.V)]++
	}
}

func (c *Coaching) addPromotions(p *Person, period Period) {
	if p.Plan == nil {
		return
	}
	for _, role := range p.Plan.RoleHistory {
		if role.Promoted && role.Since.Set && period.Contains(role.Since.V) {
			c.Promotions = append(c.Promotions, Promotion{p.ID, role.Since.V, role.Text})
		}
	}
}

// TalkShare is the mean percent of the talking done by the coachees, and over
// how many logs; ok is false where none says.
func (c *Coaching) TalkShare() (percent, logs int, ok bool) {
	percent, ok = c.Talk.Percent()
	return percent, c.Talk.Whole / 100, ok
}

// A Movement compares one rate with that of the period before.
type Movement string

// The movements.
const (
	Up     Movement = "up"
	Down   Movement = "down"
	Steady Movement = "about the same"
	Unsaid Movement = "too few to say" // fewer than SmallGroup on either side
)

// steadyPoints is the change in percentage points that is no movement.
const steadyPoints = 5

// Move compares a rate with that of the period before (method 42, 47, 48).
func Move(before, now Rate) Movement {
	x, _ := before.Percent()
	y, _ := now.Percent()
	switch {
	case before.Whole < SmallGroup || now.Whole < SmallGroup:
		return Unsaid
	case y-x > steadyPoints:
		return Up
	case x-y > steadyPoints:
		return Down
	}
	return Steady
}

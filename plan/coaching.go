package plan

import (
	"cmp"
	"maps"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// Coaching is what one coach's work comes to in a period: figures about the
// coaching, never about the people who are coached. Each rate has its counts.
type Coaching struct {
	Coach        string
	Coachees     []string       // ids of those who had sessions with the coach in the period, or are theirs by plan
	Since        logparse.Date  // of the first session that the coach led; a programme has no end (method 49)
	SessionCount                // of what the coach led
	Kinds        map[string]int // of what was held; "regular" where a log names none (method 12, 31)
	Cadence      Rate           // sessions in the rhythm that was agreed, over those that it asks for (method 45)
	SetAside     int            // minutes set aside in the period (method 33)

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
	Promotions  int           // of coachees (method 40)
	AsCoachee   int           // sessions in which the coach was coached (method 43)
	Led         []LedSession  // by date
	LogWords    []float64     // words in each held log, in order: what keeping it takes (method 90)
}

// A LedSession is a session that a coach led, and with whom.
type LedSession struct {
	SessionFact
	Coachee string // id
}

// CoachingOf works out a coach's figures for a period, up to today.
func (e *Everybody) CoachingOf(coach string, period Period, today logparse.Date) *Coaching {
	c := &Coaching{Coach: coach, Kinds: make(map[string]int), Trends: make(map[Trend]int)}
	if today.Before(period.To) {
		period.To = today
	}
	for _, f := range e.People {
		c.addSessions(e, f, period, today)
		c.addAgreements(f, period)
		c.addGoals(e, f, period)
		c.Own.Add(f.CommitmentOf(coach, period))
		c.FollowUp.Add(f.FollowUpOf(coach, period))
		c.Verdicts.Add(f.VerdictsIn(period, coach))
		for _, day := range f.Promotions {
			if period.Contains(day) && e.CoachOn(f, day) == coach {
				c.Promotions++
			}
		}
		if f.ID == coach {
			c.AsCoachee = f.SessionsIn(period).Held
		}
	}
	slices.SortStableFunc(c.Led, func(x, y LedSession) int { return x.Date.Compare(y.Date) })
	c.PlanSuccess = c.Verdicts.PlanSuccess()
	c.SetAside = e.setAside(coach, period, c.Cadence.Whole)
	return c
}

// Coaches are the ids of those who have coachees now, or by sessions that they held
// in a period, up to today; sorted.
func (e *Everybody) Coaches(period Period, today logparse.Date) []string {
	coaches := make(map[string]bool)
	for _, f := range e.People {
		p, coach := e.Someone(f.ID), e.CoachOn(f, today)
		coaches[coach] = coaches[coach] || p.Plan != nil || len(f.Sessions) > 0
		for _, s := range f.Sessions {
			coaches[s.Coach] = coaches[s.Coach] || s.Held() && period.Contains(s.Date) && !today.Before(s.Date)
		}
	}
	delete(coaches, "")
	maps.DeleteFunc(coaches, func(_ string, coaches bool) bool { return !coaches })
	return slices.Sorted(maps.Keys(coaches))
}

// addSessions counts the sessions of one coachee that the coach led, and the days before
// another that were forgotten.
func (c *Coaching) addSessions(e *Everybody, f *Facts, period Period, today logparse.Date) {
	p := e.Someone(f.ID)
	if e.CoachOf(p) != c.Coach && !slices.ContainsFunc(f.Sessions, func(s SessionFact) bool { return s.Coach == c.Coach }) {
		return // as nearly everybody is
	}
	theirs := e.CoachOn(f, period.To) == c.Coach
	for _, s := range f.Sessions {
		if s.Coach != c.Coach {
			continue
		}
		if s.Held() && (c.Since.IsZero() || s.Date.Before(c.Since)) {
			c.Since = s.Date
		}
		if !period.Contains(s.Date) {
			continue
		}
		c.Led = append(c.Led, LedSession{s, f.ID})
		c.SessionCount.add(s)
		if s.Held() {
			c.addHeld(s)
			theirs = true
		}
	}
	if theirs && (p.Plan != nil || len(f.Sessions) > 0) {
		c.Coachees = append(c.Coachees, f.ID)
	}
	for _, day := range e.Forgotten(f, today) {
		if period.Contains(day) && e.CoachOn(f, day) == c.Coach {
			c.Forgotten++
		}
	}
	c.Cadence.Add(e.SessionsKept(f, c.Coach, period))
}

// Reactive says whether a kind of session answers something that came up, and
// was not planned (method 32).
func Reactive(kind string) bool { return kind == "ad-hoc" || kind == "requested" }

func (c *Coaching) addHeld(s SessionFact) {
	c.Kinds[cmp.Or(s.Kind, "regular")]++
	c.GoingWell += s.GoingWell
	c.ToDevelop += s.ToDevelop
	if !s.Adopted {
		c.LogWords = append(c.LogWords, float64(s.Words))
	}
}

// setAside is the minutes that a coach has for coaching in a period: by their
// plan, else the length of a session for each that the cadence asks for.
func (e *Everybody) setAside(coach string, period Period, due int) int {
	p := e.Someone(coach)
	if p.Plan != nil && p.Plan.SetAside.Set {
		return p.Plan.SetAside.V * (period.From.DaysUntil(period.To) + 1) / 7
	}
	return e.SettingsOf(p).Minutes.V * due
}

// addAgreements counts what sessions that the coach led agreed.
func (c *Coaching) addAgreements(f *Facts, period Period) {
	for _, a := range f.Agreements {
		if a.Owner() != f.ID && f.AccountIn(a, period) && f.Sessions[a.Account].Coach == c.Coach {
			c.Employer.Count(a.Result)
		}
		agreed := f.Sessions[a.Agreed]
		if agreed.Coach != c.Coach || !period.Contains(agreed.Date) {
			continue
		}
		c.Development.Whole++
		if a.Now().Skill != "" || f.Goals[a.Now().Goal].Now().Horizon == MidTerm {
			c.Development.Part++
		}
	}
}

// addGoals counts what the figures say of the goals that the coach agreed.
func (c *Coaching) addGoals(e *Everybody, f *Facts, period Period) {
	stated := make(map[string]logparse.Date) // the last goal about each metric
	for _, g := range f.Goals {
		for _, v := range g.Verdicts {
			if v.Metric == "" || v.Coach != c.Coach || !period.Contains(f.Sessions[v.Session].Date) {
				continue
			}
			stated[v.Metric] = f.Sessions[g.Terms[0].Session].Date
			c.Metrics.Whole++
			if v.Reached {
				c.Metrics.Part++
			}
		}
	}
	for metric, day := range stated {
		m, _ := e.Metric(metric)
		values := slices.DeleteFunc(Period{From: AllTime.From, To: period.To}.Values(f.Values), func(v ValueFact) bool { return v.Metric != metric })
		c.Trends[CourseOf(values, day, m.Direction.V).Trend]++
	}
}

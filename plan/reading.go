package plan

import "github.com/coachlog/coachlog/logparse"

// mostDays is how many days a reading goes back at most.
const mostDays = 14

// A Reading is what a metric says of a goal: the median of the last half of the days
// since it was stated, so that one day decides as little as it can.
type Reading struct {
	Median   float64
	Values   []Observation // that it is the median of, by date
	Last     Observation   // of these
	From, To logparse.Date // the days that were looked at, both included
}

// read is the reading for a verdict; nil where there is no value. It goes up to the first
// value on or after the goal's date, or to that date where there is none yet. Of a goal
// without a date it is its latest value.
func (f *follower) read(v *Verdict) *Reading {
	if !v.Target.Set {
		return nil
	}
	metric, stated := v.Target.V.Metric, v.Goal.Stated[0].Log.Date
	if v.Due.IsZero() {
		last := f.person.lastBy(metric, v.Log.Date)
		if last == nil || !stated.Before(last.Date) {
			return nil
		}
		return &Reading{last.Value, []Observation{*last}, *last, last.Date, last.Date}
	}
	end := v.Due
	from := v.Due
	if !stated.Before(from) { // the date was given late
		from = stated.AddDays(1)
	}
	if first := f.person.firstOn(metric, from); first != nil && !v.Log.Date.Before(first.Date) {
		end = first.Date
	}
	half := min((stated.DaysUntil(end)+1)/2, mostDays)
	r := &Reading{From: end.AddDays(1 - half), To: end}
	var numbers []float64
	all := f.person.ofMetric[metric]
	for _, o := range all[before(all, r.From):] {
		if r.To.Before(o.Date) {
			break
		}
		if stated.Before(o.Date) && !v.Log.Date.Before(o.Date) {
			r.Values, r.Last, numbers = append(r.Values, o), o, append(numbers, o.Value)
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	r.Median = Median(numbers)
	return r
}

// MetricReached says whether the last value of a goal's metric since it was stated reaches its
// target. It ends no mid-term goal: the next value may miss it again.
func (g *Goal) MetricReached() bool {
	if !g.Target.Set {
		return false
	}
	values := g.Person.Observations(g.Target.V.Metric)
	if len(values) == 0 {
		return false
	}
	last := values[len(values)-1]
	return g.Stated[0].Log.Date.Before(last.Date) && g.Target.V.Reached(last.Value)
}

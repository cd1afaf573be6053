package plan

import "github.com/coachlog/coachlog/logparse"

// mostDays is how many days a reading goes back at most.
const mostDays = 14

// A Reading is what a metric says of a goal: the median of the last half of the days
// since it was stated, so that one day decides as little as it can.
type Reading struct {
	Median   float64
	Values   []Observation // that it is the median of, by date
	Last     Observation   // the first on or after the goal's date
	From, To logparse.Date // the days that were looked at, both included
}

// read is the reading for a verdict; nil where there is no value on or after the goal's
// date by the session. Of a goal without a date it is its latest value.
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
	last := f.person.firstOn(metric, v.Due)
	if last == nil || v.Log.Date.Before(last.Date) || !stated.Before(last.Date) {
		return nil
	}
	half := min((stated.DaysUntil(last.Date)+1)/2, mostDays)
	r := &Reading{Last: *last, From: last.Date.AddDays(1 - half), To: last.Date}
	var numbers []float64
	for _, o := range f.person.Observations(metric) {
		if !o.Date.Before(r.From) && !r.To.Before(o.Date) && stated.Before(o.Date) {
			r.Values, numbers = append(r.Values, o), append(numbers, o.Value)
		}
	}
	r.Median = median(numbers)
	return r
}

// lastBy is a metric's last value on or before a date, or nil.
func (p *Person) lastBy(metric string, date logparse.Date) *Observation {
	var last *Observation
	for i, o := range p.observations {
		if o.Metric == metric && !date.Before(o.Date) {
			last = &p.observations[i]
		}
	}
	return last
}

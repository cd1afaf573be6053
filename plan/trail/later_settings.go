package trail

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var figuresChanged = &Check{
	ID:    "figures-changed",
	Title: "Values of metrics, or what they mean, were changed on a later day",
	Why:   "A goal was checked against them, and what they say now isn't what both saw then.",
}

// settingsChanged compares two versions of the settings: what decides on figures of the
// past.
func (a *Audit) settingsChanged(c *plan.Commit, f changedFile) {
	if f.Before == "" || !a.recordedBy(c, f.was) {
		return
	}
	before, after := a.settingsOf(f.Before), a.settingsOf(f.After)
	if a.err != nil {
		return
	}
	d := &differences{audit: a, commit: c, day: lastDay(c), file: f, people: []string{everybody}}
	const remedy = "restore it, or tell everybody whose figures it moves"
	percent := func(v logparse.Value[int]) string {
		if !v.Set {
			return "75 (not set)"
		}
		return strconv.Itoa(v.V)
	}
	if len(a.latestLog) == 0 {
		return // nothing was judged by them yet
	}
	d.changed(figuresChanged, "carried_out", "carried_out", percent(before.CarriedOut), percent(after.CarriedOut), remedy)
	for _, was := range before.Metrics {
		if a.inUse(c, was.Key) {
			d.ofMetric(was, metricOf(after, was.Key), remedy)
		}
	}
	if !reflect.DeepEqual(before.Headings, after.Headings) {
		d.add(figuresChanged, "headings", f.Before, f.After, "the headings of sections were changed on "+d.day.String(), remedy, movesFigure)
	}
	for _, was := range before.People {
		for _, is := range after.People {
			if is.ID == was.ID {
				d.add(recordChanged, was.ID+" coach", was.Coach.V, is.Coach.V, d.words("the coach of "+was.ID, was.Coach.V, is.Coach.V), remedy, movesFigure)
				named := &differences{audit: a, commit: c, day: d.day, file: f, people: []string{was.ID}}
				named.taken("known_as", was.KnownAs, is.KnownAs)
				named.addresses(was.Emails, is.Emails)
				d.found = append(d.found, named.found...)
			}
		}
	}
	a.later = append(a.later, d.found...)
}

// ofMetric compares what the catalogue says of a metric: a value that wasn't there is no
// change.
func (d *differences) ofMetric(was, is logparse.Metric, remedy string) {
	of := "of " + was.Key
	set := func(key, was, is string) {
		d.replaced(figuresChanged, key+" "+of, "the "+key+" "+of, was, is, remedy)
	}
	set("direction", was.Direction.V, is.Direction.V)
	set("unit", was.Unit.V, is.Unit.V)
	set("possible range", rangeOf(was), rangeOf(is))
	if !onlyTypos(was.How.V, is.How.V) {
		set("definition", was.How.V, is.How.V)
	}
	set("source of targets", was.TargetFrom.V, is.TargetFrom.V)
}

// inUse says whether there are values or targets of a metric in a commit.
func (a *Audit) inUse(c *plan.Commit, metric string) bool {
	for key := range a.rows {
		if key.metric == metric {
			return true
		}
	}
	for name, id := range a.FilesAt(c.ID, logparse.PeopleFolder) {
		if doc := a.parsed(fileVersion{name, id}, a.Book.Settings); doc != nil && doc.Session != nil && mentions(doc.Session, metric) {
			return true
		}
	}
	return false
}

func mentions(s *logparse.Session, metric string) bool {
	return slices.ContainsFunc(s.Metrics, func(m logparse.Measure) bool { return m.Metric == metric }) ||
		slices.ContainsFunc(slices.Concat(s.ShortTerm, s.MidTerm, s.FollowThrough), func(g *logparse.Goal) bool { return g.Target.V.Metric == metric })
}

func metricOf(s *logparse.Settings, key string) (m logparse.Metric) {
	if i := slices.IndexFunc(s.Metrics, func(m logparse.Metric) bool { return m.Key == key }); i >= 0 {
		m = s.Metrics[i]
	}
	return m
}

func rangeOf(m logparse.Metric) string {
	if !m.Possible.Set {
		return ""
	}
	return fmt.Sprintf("%s to %s", logparse.FormatNumber(m.Possible.V.Low), logparse.FormatNumber(m.Possible.V.High))
}

// settingsOf are one version of the settings; the newest ones where there is no id.
func (a *Audit) settingsOf(id string) *logparse.Settings {
	if s := a.settings[id]; s != nil {
		return s
	}
	if id == "" {
		return a.Book.Settings
	}
	text, err := a.Text(settingsName, id)
	a.fail(err)
	s, _ := logparse.ParseSettings(settingsName, text)
	if a.settings == nil {
		a.settings = make(map[string]*logparse.Settings)
	}
	a.settings[id] = s
	return s
}

package report

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/plan"
)

// summary is the period in a few sentences: the sessions, what both sides did, the goals and
// why, and what is next. It is made from what the review shows, and says nothing else.
func (d *personDraft) summary() []string {
	return filled(d.sumSessions(), d.sumSides(), d.sumReached(), d.sumMissed(), d.sumNext())
}

func (d *personDraft) sumSessions() string {
	kept := d.figure("cadence", "")
	if kept == nil {
		return "" // the readers may not see it
	}
	sessions := sentence.Count(d.Session.Held, "session")
	if d.Session.Held == 0 {
		sessions = "no session"
	}
	agreed, talks := kept.Now.Rate.Whole, d.Session.Talks()
	return d.called(d.ID) + " had " + sessions + only(agreed > 0, fmt.Sprintf(" (%d due by the cadence)", agreed)) + only(talks > 0, " and "+sentence.Count(talks, "talk")) + "."
}

func (d *personDraft) sumSides() string {
	var parts []string
	for _, s := range d.Sides {
		if s.Rate.Whole > 0 {
			parts = append(parts, partText(d.called(s.Owner), plan.DonePart{Done: float64(s.Done), Whole: s.Rate.Whole}, len(parts) == 0))
		}
	}
	return sentenceOf(parts)
}

// last are the goals by the last verdict of the period.
func (d *personDraft) last(reached bool) []GoalReport {
	return where(d.Short, func(g GoalReport) bool {
		n := len(g.Verdicts)
		return n > 0 && g.Verdicts[n-1].Reached == reached
	})
}

func (d *personDraft) sumReached() string {
	goals := d.last(true)
	if len(goals) == 0 {
		return ""
	}
	return "Reached: " + someOf(goals, func(g GoalReport) string { return quoted(g.Text) }) + "."
}

// sumMissed says which goals were missed, and why.
func (d *personDraft) sumMissed() string {
	goals := d.last(false)
	if len(goals) == 0 {
		return ""
	}
	return "Not reached: " + someOf(goals, func(g GoalReport) string {
		v := g.Verdicts[len(g.Verdicts)-1]
		dropped, why := only(g.Outcome == plan.Outcome(plan.EndDropped), "dropped by agreement"), ""
		switch {
		case v.Support:
			why = "support was missing"
		case v.Outcome == plan.FellShort:
			why = "the plan fell short"
		case v.Outcome == plan.FollowThrough:
			why = d.called(d.ID) + " did " + doneOf(v.Coachee)
		}
		why = joined("; ", dropped, why)
		return quoted(g.Text) + only(why != "", " ("+why+")")
	}) + "."
}

// shownGoals is how many goals a sentence names.
const shownGoals = 3

func someOf(goals []GoalReport, text func(GoalReport) string) string {
	shown := each(goals[:min(len(goals), shownGoals)], text)
	if rest := len(goals) - len(shown); rest > 0 {
		shown = append(shown, fmt.Sprintf("%d more", rest))
	}
	return strings.Join(shown, ", ")
}

func quoted(text string) string { return "\"" + shorten(text, maxQuoted) + "\"" }

// maxQuoted is the longest text that a sentence quotes, in characters.
const maxQuoted = 60

// sumNext says what is open, and when the two meet.
func (d *personDraft) sumNext() string {
	open, waiting, owed, session := len(d.Open), d.Verdicts.Waiting, len(d.Owed), ""
	if d.may(plan.PartSessions) {
		if booked := d.now.Roster.ScheduleOf(d.facts, d.Today).Next; booked != nil && !booked.Date.Before(d.Today) {
			session = "the next session is on " + shortDate(booked.Date)
		}
	}
	next := joined("; ", only(open > 0, are(open, "action")+" open"), only(waiting > 0, are(waiting, "goal")+" not checked yet"), only(owed > 0, needNewActions(owed)), session)
	return only(next != "", "Next: "+next+".")
}

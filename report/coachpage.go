package report

import (
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
	"github.com/coachlog/coachlog/report/page"
)

// Page is the review as people read it.
func (r *Coach) Page() *page.Page {
	p := &page.Page{Title: fmt.Sprintf("%s as a coach, %s", r.Name, r.Period.Name), Terms: r.terms()}
	p.Subtitle = r.subtitle() + with(", coached by ", r.Coaches) + dated("; coaching since ", r.Since)
	if r.For == "" {
		p.Notes = []string{"For " + r.Name + ". For other readers: --for GROUP."}
	} else {
		p.Notes = []string{joined(" ", "For "+r.For+".", r.leftOutNote())}
	}
	p.Add("What went well", "", r.brightSpots())
	p.Add("Sessions", "", r.showable("sessions_held", "talks", "sessions_missed", "sessions_cancelled", "sessions_forgotten", "minutes", "set_aside", "talk", "cadence", "proactive"), r.sessionTable(), charts(r.strip(r.Sessions)))
	p.Add("The coach's part", "",
		checksText(r.Verdicts), r.showable("own_actions", "employer", "follow_up", "plan_success", "plan_success_year", "plans_changed", "development", "balance"), charts(r.weeksChart(chart.WeekRow{Name: "@" + r.ID, Weeks: r.Weeks}), quadrant(r.Verdicts)), r.worthATalk())
	p.Add("What came of it", "", r.showable("metrics"), r.outcomes())
	p.Add("How others see it", "From 1 to 5. Answers of coachees and others are shown if there are at least five.", r.opinionTable())
	return p
}

// brightSpots are the figures that went up, or are high and steady.
func (r *Coach) brightSpots() page.List {
	return itemsOf(r.Bright, func(key string) page.Item {
		f := r.figure(key, "")
		return page.Item{Mark: page.Plus, Text: f.Title + ": " + f.Now.String(), Small: f.since(r.Before.Name)}
	})
}

// since says what a rate was before, where there was anything to count.
func (f Figure) since(before string) string {
	if !f.Before.anything() || f.Before.Hidden {
		return ""
	}
	return joined(", ", string(f.Moved), "after "+f.Before.String()+" in "+before)
}

// worthATalk are the figures that went down.
func (r *Coach) worthATalk() page.Cards {
	return each(r.Slipped, func(key string) page.Card {
		f := r.figure(key, "")
		return page.Card{
			Badge: "worth a talk", Tone: page.Care, Title: f.Title + " is lower than before",
			Lines: []string{f.Now.String() + ", " + f.since(r.Before.Name) + "."},
		}
	})
}

func (r *Coach) sessionTable() page.Table {
	t := page.Table{Columns: []string{"", r.Period.Name}}
	if !r.tells(plan.PartSessions) {
		return t
	}
	add := func(name, text string) {
		if text != "" {
			t.Rows = append(t.Rows, []string{name, text})
		}
	}
	add("People", countPeople(r.Coachees))
	add("Kinds", r.kinds())
	add("Feedback", counts([]counted{{r.GoingWell, "going well"}, {r.ToDevelop, "to develop"}}))
	if r.AsCoachee != nil && *r.AsCoachee > 0 {
		add("Coached", fmt.Sprintf("%s of their own", sentence.Count(*r.AsCoachee, "session")))
	}
	if r.WordsPerLog > 0 {
		add("Writing", fmt.Sprintf("%d words in a log (median), with what coachlog carried over", r.WordsPerLog))
	}
	return t
}

func (r *Coach) kinds() string {
	return counts(each(logparse.Kinds, func(kind string) counted { return counted{r.Kinds[kind], kind} }))
}

// outcomes are what the figures say of the coachees, all together.
func (r *Coach) outcomes() page.List {
	trends := where(r.Trends, func(t TrendCount) bool { return t.Trend != plan.TooFew })
	metrics := each(trends, func(t TrendCount) string { return sentence.Count(t.Metrics, "goal metric") + " " + string(t.Trend) })
	return plain(filled(append(metrics, only(r.Promotions > 0, sentence.Count(r.Promotions, "promotion")))...))
}

// opinionTable sets what coachees, the coach and others say side by side.
func (r *Coach) opinionTable() page.Table {
	t := page.Table{Columns: []string{"Question", "Coachees (pulse)", "The coach", "Others (360)"}}
	for at, opinions := range [][]plan.Opinion{r.Pulse, r.Self, r.Round} {
		for _, o := range opinions {
			i := slices.IndexFunc(t.Rows, func(row []string) bool { return row[0] == o.Question })
			if i < 0 {
				i = len(t.Rows)
				t.Rows = append(t.Rows, []string{o.Question, "", "", ""})
			}
			t.Rows[i][at+1] = opinionText(o)
		}
	}
	return t
}

func opinionText(o plan.Opinion) string {
	if o.Answers == 0 {
		return fmt.Sprintf("fewer than %d answers", plan.SmallGroup)
	}
	return fmt.Sprintf("%.1f (%s)", o.Mean, sentence.Count(o.Answers, "answer"))
}

// Tables are a coach's.
func (r *Coach) Tables() []Table {
	opinions := Table{Name: "opinions", Columns: []string{"source", "question", "answers", "mean"}}
	for _, view := range []struct {
		source   string
		opinions []plan.Opinion
	}{{"pulse", r.Pulse}, {"self-assessment", r.Self}, {"360", r.Round}} {
		for _, o := range view.opinions {
			opinions.add(view.source, o.Question, unlessZero(o.Answers), unlessZero(o.Mean))
		}
	}
	weeks := chart.WeekRow{Name: r.ID, Weeks: r.Weeks}
	return []Table{r.figuresTable(), sessionsTable(r.Sessions), weeksTable(weeks), verdictsTable(r.Verdicts, r.tells(plan.PartGoals)), opinions}
}

package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
	"github.com/coachlog/coachlog/report/page"
)

// Page is the review as people read it: what went well comes first.
func (r *Person) Page() *page.Page {
	p := &page.Page{Title: fmt.Sprintf("%s, %s", r.Name, r.Period.Name), Subtitle: r.subtitle() + with(", coached by ", r.Coach), Terms: r.terms()}
	if r.For == "" {
		p.Notes = append(p.Notes, "For "+r.Name+" and their coach. For other readers: --for GROUP.")
	} else {
		p.Notes = append(p.Notes, "For "+r.For+": only what "+r.Name+" lets them see. "+r.leftOutNote())
		if r.tells(plan.PartCommitment) || r.tells(plan.PartGoals) || r.tells(plan.PartLongTerm) || r.tells(plan.PartOpen) {
			p.Notes = append(p.Notes, "What others promised and did is shown only if they approved it too.")
		}
	}
	going := "What went well"
	if r.For != "" && !r.tells(plan.PartStrengths) { // which the page says is left out
		going = "Goals reached"
	}
	p.Add("In short", "", page.Paragraph(strings.Join(r.Summary, " ")))
	p.Add(going, "", r.wentWell())
	p.Add("Sessions", r.Session.sentence(), r.showable(sessionFigures...), charts(r.strip(r.Session.List)))
	p.Add("Commitment: did each side do what it agreed to?", "", r.showable("commitment"), r.sidesTable(), charts(r.weeksChart(r.weeks("@")...)), page.Paragraph(r.proposals()))
	p.Add("Plans: did doing it reach the goal?", "This is the coach's part. It never counts against the coachee.",
		checksText(r.checks), r.showable("plan_success", "plan_success_year", "follow_up", "goals_reached"), charts(quadrant(r.Verdicts)))
	p.Add("Short-term goals", r.beyond(), cards(r.Short))
	p.Add("Mid-term goals", "", cards(r.Mid))
	long := append(plain(r.Long), itemsOf(r.Help, func(h plan.Help) page.Item { return page.Item{Mark: page.Plus, Text: helpText(h)} })...)
	p.Add("Long-term goals", "In "+r.Name+"'s own words. They are never counted.", long)
	p.Add("Skills", "", r.showable("skills_practised", "skills_mastered"), r.skillTable())
	compared := r.beforeAndSince()
	limits := only(len(compared) > 0, "If nothing changes, nearly all values are within the natural limits. A change is named only if it goes beyond them.")
	p.Add("Metrics", "", charts(r.lines()...), r.metricTable(), page.Paragraph(limits), compared)
	p.Add("Still open", "", append([]page.Block{r.showable("open")}, CheckPerson{ID: r.ID, Actions: r.Open, Plans: r.Owed}.entries()...)...)
	p.Add("Not ticked in older notes", "", r.olderList())
	return p
}

// wentWell lists goals that were reached, then what was named as going well.
func (r *Person) wentWell() page.List {
	var list page.List
	for _, g := range slices.Concat(r.Short, r.Mid) {
		for _, v := range g.Verdicts {
			if v.Reached {
				list = append(list, page.Item{Mark: "[x]", Text: "Goal reached: " + g.Text, Small: shortDate(v.Judged)})
			}
		}
		if g.Outcome == GoalReached && len(g.Verdicts) == 0 {
			list = append(list, page.Item{Mark: "[x]", Text: "Goal reached: " + g.Text})
		}
	}
	for _, s := range r.Going {
		list = append(list, page.Item{Mark: page.Plus, Text: s.Text, Small: s.Date.Time().Format("2 Jan")})
	}
	for _, text := range r.Strengths {
		list = append(list, page.Item{Mark: page.Plus, Text: text, Small: "a strength in the plan"})
	}
	return list
}

// weeks are the weeks of each side, with a mark before its owner.
func (r *Person) weeks(mark string) []chart.WeekRow {
	return each(r.Sides, func(s Side) chart.WeekRow { return chart.WeekRow{Name: mark + s.Owner, Weeks: s.Weeks} })
}

// sidesTable counts what became of each side's actions.
func (r *Person) sidesTable() page.Table {
	t := page.Table{Columns: []string{"", "Done", "Partly", "Not done", "Blocked", "Dropped by agreement", "Carried on", "Not talked about"}, Numbers: true, Term: "commitment"}
	for _, s := range r.Sides {
		numbers := []int{s.Done, s.Partly, s.NotDone, s.Blocked, s.Dropped, s.Carried, 0}
		if s.NotTalked != nil {
			numbers[len(numbers)-1] = *s.NotTalked
		}
		if slices.Max(numbers) > 0 {
			t.Rows = append(t.Rows, append([]string{"@" + s.Owner}, each(numbers, strconv.Itoa)...))
		}
	}
	return t.WithoutEmpty("0")
}

// proposals says who proposed the goals, where the logs do.
func (r *Person) proposals() string {
	if r.Goals.Known == 0 {
		return ""
	}
	return "New goals: " + counts([]counted{
		{r.Goals.Coachee, "proposed by " + r.Name}, {r.Goals.Known - r.Goals.Coachee, "by somebody else"}, {r.Goals.All - r.Goals.Known, "with no proposer noted"},
	}) + "."
}

// beyond says how many goals have a date after the period: nobody can check these yet.
func (r *Person) beyond() string {
	n := 0
	for _, g := range r.Short {
		lives := slices.Contains([]plan.Outcome{GoalRunning, plan.FellShort, plan.FollowThrough, GoalNotReached}, g.Outcome)
		if lives && r.Period.To.Before(g.Due) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("Due after %s: %s.", shortDate(r.Period.To), sentence.Count(n, "goal"))
}

func (r *Person) skillTable() page.Table {
	t := page.Table{Columns: []string{"Skill", "Level", "Practice done"}}
	for _, s := range r.Skills {
		practice := "no result yet"
		if s.Practice.Whole > 0 {
			practice = s.Practice.String()
		}
		t.Rows = append(t.Rows, []string{s.Text + only(s.Next, ", for the next role"), string(s.Level), practice})
	}
	return t
}

// lines are the metrics of which there are values enough to draw: with the time before a
// goal where there is enough of it to compare.
func (r *Person) lines() []chart.Chart {
	var out []chart.Chart
	for _, m := range r.Metrics {
		if len(m.Values) < 2 {
			continue
		}
		l := &chart.Line{Name: m.Name, Unit: m.Unit, From: r.Period.From, To: r.Period.To, Points: m.Values, Target: m.target, TargetLabel: mathSigns(m.Target)}
		if m.Trend != plan.TooFew {
			l.Trend, l.Points = string(m.Trend), m.compared
			if first := m.compared[0].Date; first.Before(l.From) {
				l.From = first
			}
			l.Limits = []chart.Limits{limitsOf(m.Before, l.From, m.Day), limitsOf(m.Since, m.Day.AddDays(1), l.To)}
		}
		held := where(r.Session.List, func(s SessionReport) bool { return s.Status == logparse.Held })
		l.Sessions = each(held, func(s SessionReport) logparse.Date { return s.Date })
		out = append(out, l)
	}
	return out
}

func limitsOf(s plan.Spread, from, to logparse.Date) chart.Limits {
	return chart.Limits{From: from, To: to, Median: s.Median, Low: s.Low, High: s.High, Words: spreadText(s)}
}

func (r *Person) metricTable() page.Table {
	rows := each(r.Metrics, func(m MetricTrend) []string { return []string{m.Name, m.course(), mathSigns(m.Target)} })
	return page.Table{Columns: []string{"Metric", "Values", "Target"}, Rows: rows}.WithoutEmpty("")
}

// beforeAndSince sets the time before a goal beside the time since, where there are values
// enough.
func (r *Person) beforeAndSince() page.List {
	var list page.List
	for _, m := range r.Metrics {
		if m.Trend != plan.TooFew {
			list = append(list, page.Item{
				Mark: page.Bullet, Text: fmt.Sprintf("%s: %s. Up to %s: %s. Since then: %s.", m.Name, m.Trend, shortDate(m.Day), spreadText(m.Before), spreadText(m.Since)),
			})
		}
	}
	return list
}

// shownTasks is how many tasks of older notes a report names.
const shownTasks = 10

func (r *Person) olderList() page.List {
	var list page.List
	for i, t := range r.Older {
		if i == shownTasks {
			return append(list, page.Item{Text: fmt.Sprintf("and %d more; --format json has them all", len(r.Older)-i)})
		}
		list = append(list, page.Item{Mark: "[ ]", Text: t.Text, Small: shortDate(t.Date)})
	}
	return list
}

// Tables are a person's.
func (r *Person) Tables() []Table {
	commitment := Table{Name: "commitment", Columns: []string{"owner", "coachee", "done", "partly", "not_done", "blocked", "dropped", "not_talked", "carried"}}
	commitment.Rows = each(r.Sides, func(s Side) []any {
		return []any{s.Owner, s.Coachee, s.Done, s.Partly, s.NotDone, s.Blocked, s.Dropped, s.NotTalked, s.Carried}
	})
	goals := Table{Name: "goals", Columns: []string{"horizon", "goal", "id", "due", "target", "proposed_by", "outcome", "judged", "verdict", "reached", "median", "values", "coachee_done", "coachee_of", "others_done", "others_of", "support_missing", "new_plan"}}
	actions := Table{Name: "actions", Columns: []string{"goal", "action", "id", "owner", "agreed", "account", "result", "carried"}}
	for _, of := range []struct {
		horizon string
		goals   []GoalReport
	}{{"short-term", r.Short}, {"mid-term", r.Mid}} {
		for _, g := range of.goals {
			head := []any{of.horizon, g.Text, g.ID, g.Due, g.Target, g.By, g.Outcome}
			if len(g.Verdicts) == 0 {
				goals.add(append(head, make([]any, 11)...)...)
			}
			for _, v := range g.Verdicts {
				goals.add(append(head[:len(head):len(head)], v.cells()...)...)
			}
			for _, a := range g.Actions {
				for _, agreement := range a.Agreements {
					actions.add(g.Text, a.Text, a.ID, a.Owner, agreement.Agreed, agreement.Account, agreement.Result, agreement.Carried)
				}
			}
		}
	}
	skills := Table{Name: "skills", Columns: []string{"skill", "next_role", "level", "practice_done", "practice_due"}}
	skills.Rows = each(r.Skills, func(s SkillReport) []any { return []any{s.Text, s.Next, s.Level, s.Practice.Part, s.Practice.Whole} })
	metrics := Table{Name: "metrics", Columns: []string{"metric", "name", "unit", "date", "value", "target", "trend"}}
	for _, m := range r.Metrics {
		for _, v := range m.Values {
			metrics.add(m.Key, m.Name, m.Unit, v.Date, v.Value, m.Target, m.Trend)
		}
	}
	open := Table{Name: "open", Columns: []string{"owner", "action", "id", "goal", "due", "overdue", "agreed", "result"}}
	open.Rows = each(r.Open, func(a CheckAction) []any {
		return []any{a.Owner, a.Text, a.ID, a.Goal, a.Due, a.Overdue, a.Agreed, a.Result}
	})
	return []Table{r.figuresTable(), sessionsTable(r.Session.List), commitment, weeksTable(r.weeks("")...), verdictsTable(r.Verdicts, r.tells(plan.PartGoals)), goals, actions, skills, metrics, open}
}

// cells are a verdict's.
func (v VerdictReport) cells() []any {
	var median, values any
	if v.Reading != nil {
		median, values = v.Reading.Median, len(v.Reading.Values)
	}
	cells := []any{v.Judged, v.Outcome, v.Reached, median, values}
	for _, part := range []*plan.DonePart{&v.Coachee, v.Others} {
		if part == nil {
			cells = append(cells, nil, nil)
		} else {
			cells = append(cells, part.Done, part.Whole)
		}
	}
	return append(cells, v.Support, v.NewPlan)
}

package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
	"github.com/coachlog/coachlog/report/page"
)

// Page is the review as people read it.
func (t *Team) Page() *page.Page {
	p := &page.Page{Title: fmt.Sprintf("%s, %s", t.Name, t.Period.Name), Subtitle: t.subtitle() + ", " + countPeople(t.People), Terms: t.terms(t.Coaches...)}
	note := fmt.Sprintf("For %s: counts of the people who approved it. Nothing is shown about fewer than %d people.", t.For, plan.SmallGroup)
	p.Notes = filled(note, t.leftOutNote(), t.howToApprove())
	var verdicts plan.VerdictCount
	if t.Verdicts != nil {
		verdicts = *t.Verdicts
	}
	p.Add("Sessions", "", t.showable("met", "sessions_held", "cadence", "talks", "sessions_missed", "sessions_cancelled", "sessions_forgotten", "minutes", "minutes_each", "talk"), bandTable("Held sessions", "", t.Each), t.standingTable())
	p.Add("Commitment: did each side do what it agreed to?", "", t.showable("commitment", "employer", "follow_up"),
		bandTable("Of what they agreed, people did", "%", t.Commitment), charts(t.weeksChart(chart.WeekRow{Name: "Coachees", Weeks: t.Weeks})))
	p.Add("Plans: did doing it reach the goal?", "This is the coaches' part. It never counts against a coachee.",
		checksText(verdicts), t.showable("plan_success", "plan_success_year", "plans_changed", "goals_reached"), charts(quadrant(verdicts)))
	p.Add("Skills", "", t.showable("skills_practised"), countTable("Level", "Skills", t.Skills, func(s LevelCount) (string, int) { return string(s.Level), s.Skills }))
	p.Add("Metrics", "", t.metricTable())
	if t.Whole {
		p.Add("Teams", "By name. A figure is hidden if it, or what could be worked out from it, is about too few people, or if the coaches haven't approved it.", t.teamTable())
		p.Add("Coaches", "By name; nobody is ranked.", t.coachCards())
	}
	return p
}

// howToApprove says what to do where nothing can be shown for want of approvals.
func (t *Team) howToApprove() string {
	if slices.ContainsFunc(t.Shared, func(s SharedPart) bool { return s.People >= plan.SmallGroup }) {
		return ""
	}
	few := only(t.People < plan.SmallGroup, ", and this is about only "+countPeople(t.People))
	return fmt.Sprintf("To approve it, each person writes what they want to share in the front matter of their plan, and commits it: share: {%s: {since: %s, parts: [sessions, commitment, goals]}}. "+
		"At least %d people have to%s.", t.For, t.made, plan.SmallGroup, few)
}

// bandTable tells a distribution, from its first band with anybody in it to its last.
func bandTable(name, unit string, bands []plan.Band) page.Table {
	for len(bands) > 0 && bands[0].People == 0 {
		bands = bands[1:]
	}
	for len(bands) > 0 && bands[len(bands)-1].People == 0 {
		bands = bands[:len(bands)-1]
	}
	if len(bands) == 1 { // all of them in one says nothing
		bands = nil
	}
	return countTable(name, "People", bands, func(b plan.Band) (string, int) {
		switch {
		case b.From == b.To:
			return fmt.Sprintf("%d%s", b.From, unit), b.People
		case b.To >= lastSessions:
			return fmt.Sprintf("%d and more", b.From), b.People
		}
		return fmt.Sprintf("%d to %d%s", b.From, b.To, unit), b.People
	})
}

// countTable tells how many there are of each kind.
func countTable[T any](kind, of string, counts []T, row func(T) (kind string, n int)) page.Table {
	table := page.Table{Columns: []string{kind, of}, Numbers: true}
	for _, c := range counts {
		kind, n := row(c)
		table.Rows = append(table.Rows, []string{kind, fmt.Sprint(n)})
	}
	return table
}

func (t *Team) standingTable() page.Table {
	told := where(t.Standing, func(s StandingCount) bool { return s.Standing != "" })
	return countTable("The next session is", "People", told, func(s StandingCount) (string, int) { return string(s.Standing), s.People })
}

func (t *Team) metricTable() page.Table {
	table := page.Table{Columns: []string{"Metric", "Median", "In " + t.Before.Name, "People", "Change"}}
	for _, m := range t.Metrics {
		before := ""
		if m.Before != nil {
			before = withUnit(*m.Before, m.Unit)
		}
		told := where(m.Trends, func(t TrendPeople) bool { return t.Trend != plan.TooFew && t.Trend != "" })
		trends := each(told, func(t TrendPeople) string { return fmt.Sprintf("%s %d", t.Trend, t.People) })
		table.Rows = append(table.Rows, []string{m.Name, withUnit(m.Median, m.Unit), before, fmt.Sprint(m.People), strings.Join(trends, ", ")})
	}
	return table.WithoutEmpty("")
}

func withUnit(v float64, unit string) string {
	return strings.TrimSpace(logparse.FormatNumber(v) + " " + unit)
}

func (t *Team) teamTable() page.Table {
	return page.Table{Columns: []string{"Team", "Sessions held", "Done by coachees", "Follow-up", "Plans that worked"}, Rows: each(t.Teams, func(row TeamRow) []string {
		return append([]string{row.Name}, each(row.quantities(), (*Quantity).String)...)
	})}
}

// coachCards tell each coach's rates with their movement, and what is behind it.
func (t *Team) coachCards() page.Cards {
	var cards page.Cards
	for _, c := range t.Coaches {
		card := page.Card{Title: c.Name, Lines: filled(c.leftOutNote())}
		for _, f := range c.rates() {
			if !f.worthShowing() {
				continue
			}
			card.Items = append(card.Items, page.Item{Text: f.Title + ": " + f.Now.String() + only(f.Moved != "", ", "+f.since(t.Before.Name))})
		}
		cards = append(cards, card)
	}
	return cards
}

// Tables are a team's.
func (t *Team) Tables() []Table {
	bands := Table{Name: "bands", Columns: []string{"of", "from", "to", "people"}}
	for _, b := range t.Commitment {
		bands.add("commitment", b.From, b.To, b.People)
	}
	for _, b := range t.Each {
		bands.add("sessions", b.From, b.To, b.People)
	}
	metrics := Table{Name: "metrics", Columns: []string{"metric", "name", "unit", "people", "median", "median_before"}}
	metrics.Rows = each(t.Metrics, func(m TeamMetric) []any { return []any{m.Key, m.Name, m.Unit, m.People, m.Median, m.Before} })
	tables := []Table{t.figuresTable(), bands, weeksTable(chart.WeekRow{Name: "coachees", Weeks: t.Weeks}), metrics}
	if t.Verdicts != nil {
		tables = append(tables, verdictsTable(*t.Verdicts, true))
	}
	if !t.Whole {
		return tables
	}
	coaches := Table{Name: "coaches", Columns: []string{"coach", "name", "figure", "period", "part", "whole", "percent"}}
	for _, c := range t.Coaches {
		for _, f := range c.rates() {
			t.sides(f, func(period string, q Quantity) {
				coaches.add(append([]any{c.ID, c.Name, f.Key, period}, q.cells()[:3]...)...)
			})
		}
	}
	teams := Table{Name: "teams", Columns: []string{"team", "figure", "people", "part", "whole", "percent", "number", "hidden"}}
	for _, row := range t.Teams {
		for i, q := range row.quantities() {
			cells := append([]any{row.Name, teamColumns[i], q.People}, q.cells()...)
			teams.add(append(cells, q.hidden())...)
		}
	}
	return append(tables, teams, coaches)
}

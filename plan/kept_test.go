package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// keptBook is a logbook of one person who is coached weekly by josh; each log is given by its
// front matter.
func keptBook(t *testing.T, fronts ...string) *plan.Everybody {
	t.Helper()
	settings, _ := logparse.ParseSettings("coachlog.yaml", []byte("cadence: weekly\n"))
	docs := []*logparse.Document{logparse.Parse("people/rep1/plan.md", []byte("---\ntype: plan\ncoach: josh\n---\n"), settings.Headings)}
	for _, front := range fronts {
		date, rest, _ := strings.Cut(front, " ")
		if !strings.Contains(rest, "status:") {
			rest += ", status: held"
		}
		docs = append(docs, logparse.Parse("people/rep1/"+date+".md", []byte("---\n"+strings.ReplaceAll(rest, ", ", "\n")+"\n---\n"), settings.Headings))
	}
	return plan.New(settings, docs, nil).Everybody()
}

func TestForgotten(t *testing.T) {
	for _, test := range []struct {
		name string
		logs []string
		want string
	}{
		{"nothing announced", []string{"2026-07-06"}, "[]"},
		{"nobody wrote anything", []string{"2026-07-06 next: 2026-07-13"}, "[2026-07-13 josh]"},
		{"today isn't over", []string{"2026-07-06 next: 2026-08-03"}, "[]"},
		{"held", []string{"2026-07-06 next: 2026-07-13", "2026-07-13"}, "[]"},
		{"a day later", []string{"2026-07-06 next: 2026-07-13", "2026-07-14"}, "[]"},
		{"three days later", []string{"2026-07-06 next: 2026-07-13", "2026-07-16"}, "[]"},
		{"four days later is half a step", []string{"2026-07-06 next: 2026-07-13", "2026-07-17"}, "[2026-07-13 josh]"},
		{"a talk is no session", []string{"2026-07-06 next: 2026-07-13", "2026-07-14 kind: ad-hoc"}, "[2026-07-13 josh]"},
		{"held before", []string{"2026-07-06 next: 2026-07-20", "2026-07-10"}, "[]"},
		{"another day was announced", []string{"2026-07-06 next: 2026-07-13", "2026-07-08 kind: ad-hoc, next: 2026-07-15", "2026-07-15"}, "[]"},
		{"announced twice", []string{"2026-07-06 next: 2026-07-13", "2026-07-08 kind: ad-hoc, next: 2026-07-13"}, "[2026-07-13 josh]"},
		{"the coach on that day", []string{"2026-07-06 coach: maria, next: 2026-07-13", "2026-07-27 coach: lee"}, "[2026-07-13 maria]"},
	} {
		e := keptBook(t, test.logs...)
		var got []string
		for _, day := range e.Forgotten(e.Facts("rep1"), logparse.Date{Year: 2026, Month: 8, Day: 3}) {
			got = append(got, day.String()+" "+e.CoachOn(e.Facts("rep1"), day))
		}
		if text := fmt.Sprint(got); text != test.want {
			t.Errorf("%s: %s, want %s", test.name, text, test.want)
		}
	}
}

// Each coach answers for the steps of the cadence in their own time.
func TestSessionsKept(t *testing.T) {
	july := plan.Period{From: logparse.Date{Year: 2026, Month: 7, Day: 1}, To: logparse.Date{Year: 2026, Month: 7, Day: 31}}
	e := keptBook(t, "2026-07-01 coach: josh", "2026-07-08 coach: josh", "2026-07-15 coach: maria", "2026-07-22 status: missed, coach: maria", "2026-07-24 kind: ad-hoc, coach: maria")
	for coach, want := range map[string]string{"": "3 of 4", "josh": "1 of 1", "maria": "1 of 3", "lee": "none due"} {
		if got := e.SessionsKept(e.Facts("rep1"), coach, july).String(); got != want {
			t.Errorf("%s: %s, want %s", coach, got, want)
		}
	}
	if c := e.CoachingOf("maria", july, july.To); c.Cadence.String() != "1 of 3" || len(c.Coachees) != 1 {
		t.Errorf("maria: %s with %v", c.Cadence, c.Coachees)
	}
}

package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// TestSummary holds the sentences to what a quarter has, and to nothing that it hasn't.
func TestSummary(t *testing.T) {
	const agreed = "\n## Short-term goals\n- [ ] Calm ^calm due:2026-07-13\n  - [ ] Breathe ^breathe\n"
	for _, test := range []struct {
		name string
		logs map[string]string
		want []string
	}{
		{"nothing", nil, []string{"Ana had no session."}},
		{"a session", map[string]string{"2026-07-06": "coach: josh\n---\n"}, []string{"Ana had 1 session (12 due by the cadence)."}},
		{"a talk", map[string]string{"2026-07-06": "---\n", "2026-07-08": "kind: ad-hoc\n---\n"}, []string{"Ana had 1 session (12 due by the cadence) and 1 talk."}},
		{"two coaches", map[string]string{"2026-07-06": "coach: josh\n---\n", "2026-07-13": "coach: maria\n---\n"}, []string{"Ana had 2 sessions (12 due by the cadence)."}},
		{"a plan that fell short", map[string]string{"2026-07-06": "---\n" + agreed, "2026-07-13": "---\n## Follow-through\n- [n] Calm ^calm\n  - [x] Breathe ^breathe\n"}, []string{
			"Ana had 2 sessions (12 due by the cadence).", "Ana did 1 of 1 action.",
			`Not reached: "Calm" (the plan fell short).`, "Next: 1 plan needs new actions.",
		}},
		{"what got in the way", map[string]string{"2026-07-06": "---\n" + agreed, "2026-07-13": "---\n## Follow-through\n- [n] Calm ^calm\n  - [n] Breathe ^breathe\n"}, []string{
			"Ana had 2 sessions (12 due by the cadence).", "Ana did 0 of 1 action.", `Not reached: "Calm" (Ana did 0 of 1 action).`, "Next: 1 action is open.",
		}},
		{"nobody noted it", map[string]string{"2026-07-06": "---\n" + agreed, "2026-07-13": "next: 2026-10-05\n---\n## Follow-through\n- [n] Calm ^calm\n  - [ ] Breathe ^breathe\n"}, []string{
			"Ana had 2 sessions (12 due by the cadence).", "Next: 1 action is open; 1 goal is not checked yet; the next session is on 5 Oct 2026.",
		}},
	} {
		got := anas(t, test.logs).Summary
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\n%q, want\n%q", test.name, got, test.want)
		}
	}
}

// TestNewPlanIsForTheCoachOfTheDay: whoever coaches now answers a plan that fell short.
func TestNewPlanIsForTheCoachOfTheDay(t *testing.T) {
	r := anas(t, map[string]string{
		"2026-07-06": "coach: josh\n---\n\n## Short-term goals\n- [ ] Calm ^calm due:2026-07-13\n  - [ ] Breathe ^breathe\n",
		"2026-07-13": "coach: josh\n---\n## Follow-through\n- [n] Calm ^calm\n  - [x] Breathe ^breathe\n",
		"2026-07-20": "coach: maria\n---\n",
	})
	var text strings.Builder
	if err := r.Page().Text(&text, terminal.Style{Width: 200}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text.String(), "Finding a better one is Maria's job.") || len(r.Owed) != 1 || r.Owed[0].Coach != "maria" {
		t.Errorf("the new plan is for %v, in\n%s", r.Owed, &text)
	}
}

// anas is the review of ana's quarter.
func anas(t *testing.T, logs map[string]string) *report.Person {
	t.Helper()
	settings, _ := logparse.ParseSettings("coachlog.yaml", []byte("cadence: weekly\npeople:\n  ana: {name: Ana Lopez, coach: josh}\n  josh: {name: Josh Keller}\n  maria: {name: Maria Sosa}\n"))
	var docs []*logparse.Document
	for day, text := range logs {
		docs = append(docs, logparse.Parse("people/ana/"+day+".md", []byte("---\nstatus: held\n"+text), settings.Headings))
	}
	return report.NewPerson(plan.New(settings, docs, nil), "ana", scopeOf(t, "2026-Q3", "2026-10-02", ""))
}

package report_test

import (
	"slices"
	"strings"
	"testing"

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
		{"a session", map[string]string{"2026-07-06": "coach: josh\n---\n"}, []string{"Ana had 1 session (12 agreed)."}},
		{"a talk", map[string]string{"2026-07-06": "---\n", "2026-07-08": "kind: ad-hoc\n---\n"}, []string{"Ana had 1 session (12 agreed) and 1 talk."}},
		{"two coaches", map[string]string{"2026-07-06": "coach: josh\n---\n", "2026-07-13": "coach: maria\n---\n"}, []string{"Ana had 2 sessions (12 agreed)."}},
		{"a plan that fell short", map[string]string{"2026-07-06": "---\n" + agreed, "2026-07-13": "---\n## Follow-through\n- [n] Calm ^calm\n  - [x] Breathe ^breathe\n"}, []string{
			"Ana had 2 sessions (12 agreed).", "Ana did 1 of 1 action.",
			`Not reached: "Calm" (the actions were done, and the plan fell short).`, "Next: 1 plan needs new actions.",
		}},
		{"what got in the way", map[string]string{"2026-07-06": "---\n" + agreed, "2026-07-13": "---\n## Follow-through\n- [n] Calm ^calm\n  - [n] Breathe ^breathe\n"}, []string{
			"Ana had 2 sessions (12 agreed).", "Ana did 0 of 1 action.", `Not reached: "Calm" (Ana did 0 of 1 action).`, "Next: 1 action is open.",
		}},
		{"nobody noted it", map[string]string{"2026-07-06": "---\n" + agreed, "2026-07-13": "next: 2026-10-05\n---\n## Follow-through\n- [n] Calm ^calm\n  - [ ] Breathe ^breathe\n"}, []string{
			"Ana had 2 sessions (12 agreed).", "Next: 1 action is open; 1 goal is not checked yet; the next session is on 5 Oct 2026.",
		}},
	} {
		settings, _ := logparse.ParseSettings("coachlog.yaml", []byte("cadence: weekly\npeople:\n  ana: {name: Ana Lopez, coach: josh}\n  josh: {name: Josh Keller}\n  maria: {name: Maria Sosa}\n"))
		var docs []*logparse.Document
		for day, text := range test.logs {
			docs = append(docs, logparse.Parse("people/ana/"+day+".md", []byte("---\nstatus: held\n"+strings.TrimPrefix(text, "\n")), settings.Headings))
		}
		got := report.NewPerson(plan.New(settings, docs, nil), "ana", scopeOf(t, "2026-Q3", "2026-10-02", "")).Summary
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\n%q, want\n%q", test.name, got, test.want)
		}
	}
}

package report

import (
	"testing"

	"github.com/coachlog/coachlog/logparse"
)

func TestReasonIn(t *testing.T) {
	for body, want := range map[string]string{
		"": "",
		"She asked for it.\nThe queue is calmer.\n\nMore.":                                       "She asked for it. The queue is calmer.",
		"Signed-off-by: A <a@x>\nReviewed-by: B <b@x>":                                           "",
		"Note: both agreed.":                                                                     "Note: both agreed.",
		"people/rep1/plan.md\n- plan edited\n\nCoachlog-Change: plan-edited people/rep1/plan.md": "",
		"Coachlog-Change: plan-edited people/rep1/plan.md":                                       "",
		"As in Coachlog-Change: it says so":                                                      "As in Coachlog-Change: it says so",
	} {
		if got := reasonIn(body); got != want {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}

func TestFocus(t *testing.T) {
	day := func(s string) logparse.Date {
		d, err := logparse.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for today, want := range map[string]string{
		"2026-06-30": "1 Jul 2026 to 30 Sep 2026, begins in 1 day",
		"2026-07-01": "1 Jul 2026 to 30 Sep 2026, 92 days left",
		"2026-09-30": "1 Jul 2026 to 30 Sep 2026, 1 day left",
		"2026-10-02": "1 Jul 2026 to 30 Sep 2026, ended 2 days ago: agree the next one",
	} {
		r := &Plan{Today: day(today)}
		focus := logparse.Value[logparse.DateRange]{V: logparse.DateRange{From: day("2026-07-01"), To: day("2026-09-30")}, Set: true}
		r.addPeriod(nil, &logparse.DevelopmentPlan{Focus: focus})
		if got := r.Focus.sentence(r.Today); got != want {
			t.Errorf("%s: %q, want %q", today, got, want)
		}
	}
}

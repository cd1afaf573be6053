package plan_test

import (
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// Where more than one goal in five waits, of those that came due, a percentage of the
// plans that worked would say more than is known.
func TestPlansThatWorkedWithoutAPercentage(t *testing.T) {
	for _, test := range []struct {
		count plan.VerdictCount
		want  string
	}{
		{plan.VerdictCount{Worked: 15, FellShort: 5, Goals: 20}, "15 of 20 (75%)"},
		{plan.VerdictCount{Worked: 15, FellShort: 5, Goals: 20, Waiting: 5}, "15 of 20 (75%)"},
		{plan.VerdictCount{Worked: 15, FellShort: 5, Goals: 20, Waiting: 6}, "15 of 20"},
		{plan.VerdictCount{Worked: 15, FellShort: 4, Goals: 19}, "15 of 19"},
		{plan.VerdictCount{AnotherWay: 30, Goals: 30}, "none due"},
	} {
		if got := test.count.PlanSuccess().String(); got != test.want {
			t.Errorf("%+v: %s, want %s", test.count, got, test.want)
		}
	}
}

func TestFourQuarters(t *testing.T) {
	day := func(text string) logparse.Date {
		d, err := logparse.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	quarter := plan.Period{From: day("2026-07-01"), To: day("2026-09-30")}
	if year, ok := quarter.FourQuarters(); !ok || year.From != day("2025-10-01") || year.To != quarter.To {
		t.Errorf("%v %v", year, ok)
	}
	if year, ok := (plan.Period{From: day("2026-01-01"), To: day("2026-12-31")}).FourQuarters(); ok {
		t.Errorf("%v beside a year", year)
	}
}

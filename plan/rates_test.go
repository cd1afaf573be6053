package plan_test

import (
	"testing"

	"github.com/coachlog/coachlog/plan"
)

func TestPercent(t *testing.T) {
	for _, test := range []struct {
		rate    plan.Rate
		percent int
		ok      bool
	}{
		{plan.Rate{Part: 7, Whole: 9}, 78, true}, {plan.Rate{Part: 1, Whole: 8}, 13, true}, {plan.Rate{Part: 0, Whole: 3}, 0, true}, {plan.Rate{}, 0, false},
	} {
		if percent, ok := test.rate.Percent(); percent != test.percent || ok != test.ok {
			t.Errorf("%v is %d, %v", test.rate, percent, ok)
		}
	}
}

package plan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/coachlog/coachlog/logparse"
)

// TestOthersEditOnlyNarrows: what somebody else wrote into a plan never lets readers see
// more than the person's own last word does, nor more than the plan says now.
func TestOthersEditOnlyNarrows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	day := func() logparse.Value[logparse.Date] {
		if r.IntN(6) == 0 {
			return logparse.Value[logparse.Date]{}
		}
		d, _ := logparse.ParseDate(fmt.Sprintf("2026-07-%02d", 1+r.IntN(6)))
		return logparse.Value[logparse.Date]{V: d, Set: true}
	}
	share := func() (all []logparse.Approval) {
		for _, group := range []string{"team", "board"} {
			a := logparse.Approval{Group: logparse.Value[string]{V: group, Set: true}, Since: day()}
			if r.IntN(3) == 0 {
				a.Withdrawn = day()
			}
			for _, word := range append([]Part{AllParts, "goal"}, Parts...) {
				if r.IntN(6) == 0 {
					a.Parts = append(a.Parts, logparse.Value[string]{V: string(word), Set: true})
				}
			}
			all = append(all, a)
		}
		return all
	}
	told, kept := 0, 0
	for range 10_000 {
		now, own := share(), share()
		if r.IntN(3) == 0 {
			own = now
		}
		today := day().V
		alone := (&Person{Plan: &logparse.DevelopmentPlan{Share: now}}).ConsentTo("team", today, nil)
		theirs := (&Person{Plan: &logparse.DevelopmentPlan{Share: own}}).ConsentTo("team", today, nil)
		both := (&Person{Plan: &logparse.DevelopmentPlan{Share: now}}).ConsentTo("team", today, &OthersEdit{Own: own})
		for _, part := range Parts {
			if both.Has(part) != (alone.Has(part) && theirs.Has(part)) {
				t.Fatalf("%s: %v and %v give %v", part, alone, theirs, both)
			}
			if lost := alone.Has(part) && !both.Has(part); lost != (slices.Contains(both.Unconfirmed, part) || slices.Contains(both.Withdrawn, part) && alone.Has(part)) {
				t.Fatalf("%s is left out, and nothing says why: %v", part, both)
			}
			if both.Has(part) {
				told++
			}
		}
		if SameApprovals(now, own, "team") && !slices.Equal(alone.Parts, both.Parts) {
			t.Fatalf("the same approval gives %v and %v", alone, both)
		}
		if len(both.Unconfirmed) > 0 {
			kept++
		}
	}
	if told < 1000 || kept < 500 {
		t.Errorf("the cases hardly try it: %d parts were told, %d approvals not confirmed", told, kept)
	}
}

package plan_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coachlog/coachlog/plan"
)

func TestShowable(t *testing.T) {
	for _, test := range []struct {
		people []int
		want   []bool
	}{
		{nil, []bool{}},
		{[]int{5, 9}, []bool{true, true}},
		{[]int{5, 0, 9}, []bool{true, false, true}},
		{[]int{4, 9, 6}, []bool{false, true, false}}, // 4 would follow from the whole
		{[]int{3, 2, 7}, []bool{false, false, true}},
		{[]int{4, 5}, []bool{false, false}},
		{[]int{1}, []bool{false}},
	} {
		if diff := cmp.Diff(test.want, plan.Showable(test.people)); diff != "" {
			t.Errorf("%v: %s", test.people, diff)
		}
	}
}

// Whatever the groups: those that are shown have enough people, and so has the rest.
func TestShowableTellsNothingOfFew(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		people := rapid.SliceOf(rapid.IntRange(0, 12)).Draw(r, "people")
		hidden := 0
		for i, shown := range plan.Showable(people) {
			if shown && people[i] < plan.SmallGroup {
				r.Fatalf("%v: %d are shown", people, people[i])
			}
			if !shown {
				hidden += people[i]
			}
		}
		all := 0
		for _, n := range people {
			all += n
		}
		if hidden > 0 && hidden < plan.SmallGroup && hidden != all {
			r.Fatalf("%v: %d follow from the whole", people, hidden)
		}
	})
}

func TestBands(t *testing.T) {
	starts := []int{0, 50, 70, 80, 90}
	for _, test := range []struct {
		values []int
		want   []plan.Band
	}{
		{[]int{40, 50, 60, 70}, nil},
		{[]int{75, 75, 75, 75, 75}, []plan.Band{{0, 49, 0}, {50, 69, 0}, {70, 79, 5}, {80, 89, 0}, {90, 100, 0}}},
		{[]int{10, 75, 75, 75, 75}, []plan.Band{{0, 79, 5}, {80, 89, 0}, {90, 100, 0}}},
		{[]int{75, 75, 75, 75, 75, 95}, []plan.Band{{0, 49, 0}, {50, 69, 0}, {70, 100, 6}}},
		{[]int{10, 55, 75, 85, 95}, []plan.Band{{0, 100, 5}}},
	} {
		if diff := cmp.Diff(test.want, plan.Bands(test.values, starts, 100)); diff != "" {
			t.Errorf("%v: %s", test.values, diff)
		}
	}
}

// Bands lose nobody, leave no gap, and have nobody or enough people in them.
func TestBandsTellNothingOfFew(t *testing.T) {
	starts := []int{0, 50, 70, 80, 90}
	rapid.Check(t, func(r *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 100), 5, 40).Draw(r, "values")
		from, people := 0, 0
		for _, b := range plan.Bands(values, starts, 100) {
			if b.From != from || b.People > 0 && b.People < plan.SmallGroup {
				r.Fatalf("%v: %+v", values, b)
			}
			if got := len(slices.DeleteFunc(slices.Clone(values), func(v int) bool { return v < b.From || b.To < v })); got != b.People {
				r.Fatalf("%v: %d people are in %+v", values, got, b)
			}
			from, people = b.To+1, people+b.People
		}
		if from != 101 || people != len(values) {
			r.Fatalf("%v: up to %d, %d people", values, from-1, people)
		}
	})
}

package report

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

// Several is what a report over several logbooks must not be subtracted from: the reports of
// each of them, and the earlier reports over several.
type Several struct {
	Key  func(id string) string // stands for a person where it is noted of whom was told
	Told [2][]Telling           // by reports for the same readers: of the period, and of the one before
}

// A Telling is of whom a report told, by part.
type Telling map[plan.Part][]string

// The two periods of a report, as Told has them.
const (
	inPeriod = iota
	inBefore
)

// countable leaves out of some people those who count for a number, and of whom it would tell
// if other reports were taken off it: that of their logbook, or an earlier one over several.
func (r readers) countable(people []*plan.Facts, when int, parts []plan.Part, counts func(*plan.Facts) bool) []*plan.Facts {
	kept := r.withoutApart(people, when, parts, counts)
	if len(kept) < len(people) {
		for _, part := range parts {
			r.apart.few = appendNew(r.apart.few, part)
		}
	}
	return kept
}

// withoutApart is countable, and notes nothing of it.
func (r readers) withoutApart(people []*plan.Facts, when int, parts []plan.Part, counts func(*plan.Facts) bool) []*plan.Facts {
	several := r.scope.Several
	if several == nil || r.own {
		return people
	}
	var homes, told []string
	var counted []*plan.Facts
	for _, f := range people {
		if counts(f) {
			counted = append(counted, f)
			homes = append(homes, r.all.Someone(f.ID).From)
			told = append(told, several.toldBy(several.Key(f.ID), when, parts))
		}
	}
	left := make(map[*plan.Facts]bool)
	for i, ok := range plan.Apart(homes, told) {
		left[counted[i]] = !ok
	}
	return where(people, func(f *plan.Facts) bool { return !left[f] })
}

// toldBy says which earlier reports told of somebody.
func (s *Several) toldBy(key string, when int, parts []plan.Part) string {
	by := make([]byte, 0, len(s.Told[when]))
	for _, t := range s.Told[when] {
		in := byte('0')
		for _, part := range parts {
			if slices.Contains(t[part], key) {
				in = '1'
			}
		}
		by = append(by, in)
	}
	return string(by)
}

// apart is what a report over several logbooks leaves out.
type apart struct {
	few      []plan.Part    // in some numbers, people
	withheld [2][]plan.Part // whole, since an earlier report told of some who aren't in this one
}

// withhold finds the parts of which an earlier report told, and of a few people more.
func (r readers) withhold(parts []plan.Part, sharing func(part plan.Part) []*plan.Facts) {
	several := r.scope.Several
	if several == nil || r.own {
		return
	}
	for _, part := range parts {
		for when := range several.Told {
			now := r.keysOf(when, part, sharing(part))
			gone := make(map[string]int) // by who told
			var all []string
			for _, t := range several.Told[when] {
				all = append(all, t[part]...)
			}
			slices.Sort(all)
			for _, key := range slices.Compact(all) {
				if !slices.Contains(now, key) {
					gone[several.toldBy(key, when, []plan.Part{part})]++
				}
			}
			for _, people := range gone {
				if tooFew(people) {
					r.apart.withheld[when] = appendNew(r.apart.withheld[when], part)
				}
			}
		}
	}
}

// keysOf are the keys of those of whom a part can be told.
func (r readers) keysOf(when int, part plan.Part, sharing []*plan.Facts) (keys []string) {
	for _, f := range r.withoutApart(sharing, when, []plan.Part{part}, func(*plan.Facts) bool { return true }) {
		keys = append(keys, r.scope.Several.Key(f.ID))
	}
	slices.Sort(keys)
	return keys
}

// withholds says whether one of some parts isn't told of a period.
func (r readers) withholds(when int, parts ...plan.Part) bool {
	return r.apart != nil && slices.ContainsFunc(parts, func(part plan.Part) bool { return slices.Contains(r.apart.withheld[when], part) })
}

// leftOutApart says what is left out so that nothing follows from several reports.
func (r readers) leftOutApart(parts []plan.Part) (left []LeftOut) {
	for _, part := range parts {
		switch {
		case r.withholds(inPeriod, part):
			left = append(left, LeftOut{part, "an earlier report counted a few more people, and the difference would be about them"})
		case r.apart != nil && slices.Contains(r.apart.few, part):
			left = append(left, LeftOut{part, "some people in some numbers: a comparison with other reports would be about them"})
		}
	}
	return left
}

// Told is of whom a report over several logbooks told; nil of any other.
func (h Head) Told() Telling { return h.telling }

package merge

import (
	"slices"
	"sort"
	"strings"
)

// lines merges by lines, as git does.
func (m merger) lines(base, ours, theirs string) (string, int) {
	b, o, t := splitLines(base), splitLines(ours), splitLines(theirs)
	toOurs, toTheirs := matchLines(b, o), matchLines(b, t)
	var out strings.Builder
	conflicts := 0
	atO, atT := 0, 0
	for at := 0; at <= len(b); at++ {
		// The next line that all three have, or the end.
		next := at
		for next < len(b) && (toOurs[next] < 0 || toTheirs[next] < 0) {
			next++
		}
		nextO, nextT := len(o), len(t)
		if next < len(b) {
			nextO, nextT = toOurs[next], toTheirs[next]
		}
		r := m.chunk(b[at:next], o[atO:nextO], t[atT:nextT])
		out.WriteString(r.text)
		conflicts += r.conflicts
		if next < len(b) {
			out.WriteString(b[next])
		}
		at, atO, atT = next, nextO+1, nextT+1
	}
	return out.String(), conflicts
}

func (m merger) chunk(base, ours, theirs []string) result {
	switch {
	case slices.Equal(ours, theirs), slices.Equal(theirs, base):
		return result{text: strings.Join(ours, "")}
	case slices.Equal(ours, base):
		return result{text: strings.Join(theirs, "")}
	}
	head := 0
	for head < min(len(ours), len(theirs)) && ours[head] == theirs[head] {
		head++
	}
	tail := 0
	for tail < min(len(ours), len(theirs))-head && ours[len(ours)-1-tail] == theirs[len(theirs)-1-tail] {
		tail++
	}
	r := m.conflict(strings.Join(ours[head:len(ours)-tail], ""), strings.Join(theirs[head:len(theirs)-tail], ""))
	r.text = strings.Join(ours[:head], "") + r.text + strings.Join(ours[len(ours)-tail:], "")
	return r
}

func splitLines(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// matchLines finds for each line of a the same line of b, or -1. It is a
// patience diff: lines that stand once in both, in the longest order that they
// have in common, and what is the same around them. It takes no more time on
// texts that have nothing in common.
func matchLines(a, b []string) []int {
	to := slices.Repeat([]int{-1}, len(a))
	type place struct{ inA, inB, countA, countB int }
	places := make(map[string]*place, len(a))
	for i, line := range a {
		p := places[line]
		if p == nil {
			p = &place{}
			places[line] = p
		}
		p.inA = i
		p.countA++
	}
	for j, line := range b {
		if p := places[line]; p != nil {
			p.inB = j
			p.countB++
		}
	}
	var once []place // in the order of a
	for i, line := range a {
		if p := places[line]; p.countA == 1 && p.countB == 1 && p.inA == i {
			once = append(once, *p)
		}
	}
	anchors := slices.Concat([]place{{}}, longestRise(once, func(p place) int { return p.inB }), []place{{inA: len(a), inB: len(b)}})
	doneA, doneB := 0, 0
	for _, p := range anchors {
		if p.inA < doneA {
			continue // what is the same behind the last one includes it
		}
		i, j := p.inA, p.inB
		for i > doneA && j > doneB && a[i-1] == b[j-1] {
			i, j = i-1, j-1
		}
		for ; i < p.inA || i < len(a) && j < len(b) && a[i] == b[j]; i, j = i+1, j+1 {
			to[i] = j
		}
		doneA, doneB = i, j
	}
	return to
}

// longestRise is the longest subsequence whose values rise.
func longestRise[T any](items []T, value func(T) int) []T {
	var ends []int // of the best rise of each length, its last item
	before := make([]int, len(items))
	for i, it := range items {
		n := sort.Search(len(ends), func(k int) bool { return value(items[ends[k]]) >= value(it) })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		}
		ends[n] = i
	}
	rise := make([]T, len(ends))
	for k, i := len(ends)-1, -1; k >= 0; k-- {
		if i < 0 {
			i = ends[k]
		} else {
			i = before[i]
		}
		rise[k] = items[i]
	}
	return rise
}

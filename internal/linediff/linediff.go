// Package linediff compares two texts line by line.
package linediff

import (
	"slices"
	"sort"
)

// Match finds for each line of a the same line of b, or -1. It is a
// patience diff: lines that stand once in both, in the longest order that they
// have in common, and what is the same around them. It takes no more time on
// texts that have nothing in common.
func Match(a, b []string) []int {
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

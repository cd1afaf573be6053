package trail

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// onlyTypos says whether two texts have the same words but for letters that were
// mistyped: two letters at most of a longer word, and no figure.
func onlyTypos(was, is string) bool {
	before, after := strings.Fields(was), strings.Fields(is)
	return slices.EqualFunc(before, after, func(x, y string) bool {
		const shortest, most = 4, 2
		if x == y {
			return true
		}
		return min(len(x), len(y)) >= shortest && !strings.ContainsAny(x+y, "0123456789") && distance([]rune(x), []rune(y)) <= most
	})
}

// beforeTypos is a line as it was before typos in it were put right, in a file that may have
// had another name.
func (a *Audit) beforeTypos(was, now string, line *logparse.Item) *logparse.Item {
	first := a.typed[was+" ^"+line.ID.V]
	if first == nil {
		first = line
	}
	if a.typed == nil {
		a.typed = make(map[string]*logparse.Item)
	}
	a.typed[now+" ^"+line.ID.V] = first
	return first
}

// distance is how many letters have to be put in, taken out or replaced to make one word
// of another.
func distance(x, y []rune) int {
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, letter := range x {
		last := row[0]
		row[0] = i + 1
		for j := range y {
			cost := last
			if letter != y[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(y)]
}

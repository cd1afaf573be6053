// Package nearest finds the word that somebody meant who has mistyped one.
package nearest

import "strings"

// To is the candidate nearest to word, or "" where none is near enough to be what was
// meant.
func To(word string, candidates []string) string {
	best, distance := "", 1+max(1, min(len(word), 8)/3)
	for _, c := range candidates {
		if len(c)-len(word) >= distance || len(word)-len(c) >= distance {
			continue // at least as many letters would have to change
		}
		if rest, ok := strings.CutPrefix(word, "bi"); ok && strings.TrimPrefix(rest, "-") == c {
			continue // biweekly means something else than weekly
		}
		typed, meant := strings.ToLower(word), strings.ToLower(c)
		d := Distance(typed, meant, distance)
		if d > 1 && areSwapped(typed, meant) {
			d = 1
		}
		if d < distance {
			best, distance = c, d
		}
	}
	return best
}

// areSwapped says whether two letters side by side in a have changed places in b.
func areSwapped(a, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return len(a) == len(b) && i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// Distance is how many letters have to change to make one of two words the other, or
// some number from enough on where they are that many or more.
func Distance(a, b string, enough int) int {
	var room [33]int // most words fit
	row := append(room[:0], make([]int, len(b)+1)...)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		least := row[0]
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
			least = min(least, cost)
		}
		if least >= enough {
			return least
		}
	}
	return row[len(b)]
}

package hint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/nearest"
)

// DidYouMean is what an error says behind a word that it doesn't know, with a blank before it;
// "" where none of the candidates is near. rep1 and rep2 are no slip for each other.
func DidYouMean(word string, candidates []string) string {
	letters := strings.Map(noDigit, word)
	candidates = slices.DeleteFunc(slices.Clone(candidates), func(c string) bool {
		return letters != word && strings.Map(noDigit, c) == letters
	})
	if near := nearest.To(word, candidates); near != "" {
		return fmt.Sprintf(" (did you mean %s?)", near)
	}
	return ""
}

func noDigit(r rune) rune {
	if r >= '0' && r <= '9' {
		return -1
	}
	return r
}

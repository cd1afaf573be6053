// Package hint has the error that says what to do about it.
package hint

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/nearest"
)

// An Error says what is wrong and, on a line of its own, what to do about it: often a
// command.
type Error struct {
	What error
	Do   string
}

func (e *Error) Error() string { return e.What.Error() + "\n" + e.Do }

func (e *Error) Unwrap() error { return e.What }

// New is an error with what to do; what is a format, as of fmt.Errorf.
func New(do, what string, args ...any) error { return &Error{fmt.Errorf(what, args...), do} }

// DidYouMean is what an error says after a word that it doesn't know, with a blank before it;
// "" if none of the candidates is close. Those that differ only in digits, as rep1 and rep2 do, are never guessed.
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

// Package sentence says in words how many there are of something, and which.
package sentence

import (
	"fmt"
	"strings"
)

// Count is a number with a noun: "1 note", "2 notes".
func Count(n int, noun string) string { return CountAs(n, noun, noun+"s") }

// CountAs is Count where several of a thing are called in a way of their own.
func CountAs(n int, one, several string) string {
	if n == 1 {
		several = one
	}
	return fmt.Sprintf("%d %s", n, several)
}

// List names all: "a", "a and b", "a, b and c".
func List(texts []string) string {
	last := len(texts) - 1
	if last < 1 {
		return strings.Join(texts, "")
	}
	return strings.Join(texts[:last], ", ") + " and " + texts[last]
}

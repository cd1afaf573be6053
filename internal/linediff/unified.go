package linediff

import (
	"fmt"
	"strings"
)

// Unified says what is new in b as diff -U0 does: the lines that were taken out and put
// in, without those around them.
func Unified(name string, a, b []string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", name, name)
	match := Match(a, b)
	for i, j := 0, 0; i < len(a) || j < len(b); {
		if i < len(a) && match[i] == j {
			i, j = i+1, j+1
			continue
		}
		from, to := i, j
		for i < len(a) && match[i] < 0 {
			i++
		}
		j = len(b)
		if i < len(a) {
			j = match[i]
		}
		fmt.Fprintf(&out, "@@ -%s +%s @@\n", hunk(from, i), hunk(to, j))
		for _, line := range a[from:i] {
			out.WriteString("-" + line + "\n")
		}
		for _, line := range b[to:j] {
			out.WriteString("+" + line + "\n")
		}
	}
	return out.String()
}

// hunk is a range of lines as diff writes it: of none, the line before.
func hunk(from, to int) string {
	switch to - from {
	case 0:
		return fmt.Sprintf("%d,0", from)
	case 1:
		return fmt.Sprint(from + 1)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}

package linediff

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// context is how many lines that are the same a diff shows around others.
const context = 3

// Unified is the unified diff of two texts of a file, as git and patch read it; "" where they
// are the same. A line of before that show is false of, counted from 1, is never part of it as
// context.
func Unified(name, before, after string, show func(line int) bool) string {
	steps := stepsOf(before, after)
	shown := make([]bool, len(steps))
	for i := range steps {
		if steps[i].same() {
			continue
		}
		shown[i] = true
		for at := i - 1; at >= max(0, i-context) && steps[at].same() && show(steps[at].old+1); at-- {
			shown[at] = true
		}
		for at := i + 1; at <= min(len(steps)-2, i+context) && steps[at].same() && show(steps[at].old+1); at++ {
			shown[at] = true
		}
	}
	var out strings.Builder
	for start, end := 0, 0; start < len(steps); start = end {
		for end = start + 1; end < len(steps) && shown[end] == shown[start]; end++ {
		}
		if !shown[start] {
			continue
		}
		if out.Len() == 0 {
			fmt.Fprintf(&out, "--- a/%s\n+++ b/%s\n", name, name)
		}
		first, behind := steps[start], steps[end]
		fmt.Fprintf(&out, "@@ -%s +%s @@\n", part(first.old, behind.old), part(first.now, behind.now))
		for _, s := range steps[start:end] {
			out.WriteString(s.line)
			if !strings.HasSuffix(s.line, "\n") {
				out.WriteString("\n\\ No newline at end of file\n")
			}
		}
	}
	return out.String()
}

// A step takes a line of both texts, or removes one, or adds one.
type step struct {
	line     string // behind a blank, - or +
	old, now int    // of how many lines each text's part before it is
}

func (s step) same() bool { return s.line[0] == ' ' }

// stepsOf are the steps from one text to the other; the last one stands for their ends.
func stepsOf(before, after string) (steps []step) {
	old, now := slices.Collect(strings.Lines(before)), slices.Collect(strings.Lines(after))
	same := Match(old, now)
	i, j := 0, 0
	for i < len(old) || j < len(now) {
		switch {
		case i < len(old) && same[i] == j:
			steps = append(steps, step{" " + old[i], i, j})
			i, j = i+1, j+1
		case i < len(old) && same[i] < 0:
			steps = append(steps, step{"-" + old[i], i, j})
			i++
		default:
			steps = append(steps, step{"+" + now[j], i, j})
			j++
		}
	}
	return append(steps, step{" ", i, j})
}

// Changes are the lines that a text loses and gets, each behind its sign, - or +.
func Changes(before, after string) iter.Seq2[string, string] {
	return func(yield func(sign, line string) bool) {
		for _, s := range stepsOf(before, after) {
			if !s.same() && !yield(s.line[:1], s.line[1:]) {
				return
			}
		}
	}
}

// part names the lines of one text in a hunk.
func part(from, to int) string {
	if to > from {
		return fmt.Sprintf("%d,%d", from+1, to-from)
	}
	return fmt.Sprintf("%d,0", from)
}

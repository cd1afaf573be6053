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
	var out strings.Builder
	for from := 0; from < len(steps); {
		for from < len(steps) && steps[from].sign == ' ' {
			from++
		}
		if from == len(steps) {
			break
		}
		shown := func(i int) bool { return 0 <= i && i < len(steps) && (steps[i].sign != ' ' || show(steps[i].old+1)) }
		start, end := from, from
		for start > 0 && from-start < context && steps[start-1].sign == ' ' && shown(start-1) {
			start--
		}
		for same := 0; shown(end) && same <= 2*context; end++ {
			if same++; steps[end].sign != ' ' {
				same = 0
			}
		}
		last := end
		for last > from && steps[last-1].sign == ' ' {
			last--
		}
		end = min(end, last+context)
		if out.Len() == 0 {
			fmt.Fprintf(&out, "--- a/%s\n+++ b/%s\n", name, name)
		}
		writeHunk(&out, steps[start:end])
		from = end
	}
	return out.String()
}

// A step takes a line of both texts, or removes one, or adds one.
type step struct {
	sign     byte // ' ', '-' or '+'
	old, now int  // of how many lines each text's part before it is
	line     string
}

func stepsOf(before, after string) (steps []step) {
	old, now := slices.Collect(strings.Lines(before)), slices.Collect(strings.Lines(after))
	same := Match(old, now)
	for i, j := 0, 0; i < len(old) || j < len(now); {
		switch {
		case i < len(old) && same[i] == j:
			steps = append(steps, step{' ', i, j, old[i]})
			i, j = i+1, j+1
		case i < len(old) && same[i] < 0:
			steps = append(steps, step{'-', i, j, old[i]})
			i++
		default:
			steps = append(steps, step{'+', i, j, now[j]})
			j++
		}
	}
	return steps
}

// Changes are the lines that a text loses and gets, each behind its sign, - or +.
func Changes(before, after string) iter.Seq2[string, string] {
	return func(yield func(sign, line string) bool) {
		for _, s := range stepsOf(before, after) {
			if s.sign != ' ' && !yield(string(s.sign), s.line) {
				return
			}
		}
	}
}

func writeHunk(out *strings.Builder, steps []step) {
	var removed, added int
	for _, s := range steps {
		if s.sign != '+' {
			removed++
		}
		if s.sign != '-' {
			added++
		}
	}
	fmt.Fprintf(out, "@@ -%s +%s @@\n", part(steps[0].old, removed), part(steps[0].now, added))
	for _, s := range steps {
		out.WriteString(string(s.sign) + s.line)
		if !strings.HasSuffix(s.line, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// part names the lines of one text in a hunk.
func part(before, n int) string {
	if n > 0 {
		before++
	}
	return fmt.Sprintf("%d,%d", before, n)
}

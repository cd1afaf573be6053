package cmd_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestLintStaged stages some of what was changed at random, and holds what lint --staged finds against
// what lint --since HEAD finds where the files are what is staged.
func TestLintStaged(t *testing.T) {
	t.Parallel()
	for seed := range uint64(number("COACHLOG_SEEDS", 1)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			l := newLintWalk(t, seed+100)
			apart, found := 0, 0
			for step := range number("COACHLOG_STEPS", 20) {
				n, others := l.staged(step)
				found += n
				apart += others
				if t.Failed() {
					t.Fatalf("seed %d, step %d: %v", seed, step, l.did)
				}
			}
			t.Logf("%d findings, %d of them not in the work tree", found, apart)
			if found == 0 || apart == 0 {
				t.Error("that shows nothing")
			}
		})
	}
}

// staged makes some changes, of which it stages some, and compares. The answer is how many findings
// there were, and how many that the files as they are don't have.
func (l *lintWalk) staged(step int) (found, apart int) {
	l.did = nil
	for range 1 + l.random.IntN(3) {
		l.change(step)
	}
	changed := l.names("diff", "--name-only", "--no-renames", "-z", "HEAD")
	maps.Copy(changed, l.names("ls-files", "--others", "--exclude-standard", "-z"))
	for _, name := range slices.Sorted(maps.Keys(changed)) {
		if l.random.IntN(3) > 0 {
			l.git("add", "-A", "-f", "--", ":(literal)"+name)
			l.did = append(l.did, "staged "+name)
		}
	}
	for range l.random.IntN(3) {
		l.change(step)
	}
	here := l.found(nil, "lint")
	staged := l.found(nil, "lint", "--staged")
	if saved := l.git("stash", "push", "--keep-index", "--all"); !strings.Contains(saved, "No local changes") {
		l.git("stash", "drop")
	}
	want := l.found(nil, "lint", "--since", "HEAD")
	for f := range staged {
		if found++; !here[f] {
			apart++
		}
		if !want[f] {
			l.Errorf("found with --staged alone: %s", f)
		}
	}
	for f := range want {
		if !staged[f] {
			l.Errorf("not found with --staged: %s", f)
		}
	}
	l.git("commit", "-qm", "changes", "--allow-empty")
	return found, apart
}

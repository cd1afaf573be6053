package cmd_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestFiftyWriters has many processes record their own file at the same moment:
// each commit is there, and holds nothing of another's. COACHLOG_WRITERS sets how
// many, fifty for the whole.
func TestFiftyWriters(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]int{"by coachlog itself": number("COACHLOG_WRITERS", 16), "with a hook, by git": number("COACHLOG_WRITERS", 6)} {
		t.Run(name, func(t *testing.T) {
			tm := newTeam(t, n)
			if strings.HasPrefix(name, "with a hook") {
				tm.hook("exit 0")
			}
			want := map[string]string{}
			for i := range n {
				tm.append(logOf(i), fmt.Sprint("Word of ", i))
				want[logOf(i)] = tm.read(logOf(i))
			}
			var writers []*started
			for i := range n {
				writers = append(writers, tm.start("coachlog", "commit", "people/"+rep(i)))
			}
			tm.allDone(writers)
			if made := tm.touched("HEAD"); !slices.Equal(slices.Sorted(maps.Keys(made)), slices.Sorted(maps.Keys(want))) || len(made) != n {
				t.Errorf("commits of %v", made)
			}
			tm.holds(want)
		})
	}
}

// TestWritersOfAllKinds has half of them commit and half agree, and people with
// git itself in between.
func TestWritersOfAllKinds(t *testing.T) {
	t.Parallel()
	n := number("COACHLOG_WRITERS", 16) / 2
	const byHand = 3
	tm := newTeam(t, 2*n+byHand)
	want := map[string]string{}
	for i := range 2*n + byHand {
		if i < n || i >= 2*n {
			tm.append(logOf(i), fmt.Sprint("Word of ", i))
			want[logOf(i)] = tm.read(logOf(i))
		}
	}
	var writers []*started
	for i := range n {
		writers = append(writers, tm.start("coachlog", "commit", "people/"+rep(i)), tm.start("coachlog", "agree", logOf(n+i)))
	}
	for i := range byHand {
		// git waits for nobody; a person tries again.
		name := logOf(2*n + i)
		writers = append(writers, tm.start("sh", "-c", `for try in $(seq 200); do git commit -q --only -m 'By hand' -- "$1" 2>/dev/null && exit 0; sleep 0.1; done; exit 1`, "sh", name))
	}
	tm.allDone(writers)
	made := tm.touched("HEAD")
	for name := range want {
		if made[name] != 1 {
			t.Errorf("%d commits of %s", made[name], name)
		}
	}
	if made[""] != n {
		t.Errorf("%d commits that change nothing, for %d who agreed", made[""], n)
	}
	words := tm.git("log", "--format=%B")
	for i := range n {
		if got := strings.Count(words, logOf(n+i)+" "); got == 0 {
			t.Errorf("nobody's word on %s", logOf(n+i))
		}
	}
	tm.holds(want)
}

func (tm *team) allDone(writers []*started) {
	tm.Helper()
	for _, w := range writers {
		if err := w.Wait(); err != nil {
			tm.Errorf("%s: %v\n%s", w.Args, err, w.said)
		}
	}
}

// touched counts the commits since the first by the one file that each changed,
// "" for none.
func (tm *team) touched(head string) map[string]int {
	tm.Helper()
	made := map[string]int{}
	for commit := range strings.SplitSeq(tm.git("rev-list", "--max-parents=1", "--min-parents=1", head), "\n") {
		names := tm.git("diff-tree", "-r", "--no-commit-id", "--name-only", commit)
		if strings.Contains(names, "\n") {
			tm.Errorf("commit %s swept up %s", commit, names)
		}
		made[names]++
	}
	return made
}

// holds says that these texts are in the work tree and committed, and nothing is
// left to do.
func (tm *team) holds(want map[string]string) {
	tm.Helper()
	tm.checkCacheTree()
	tm.fsck()
	if status := tm.git("status", "--porcelain", "-uall"); status != "" {
		tm.Errorf("status: %s", status)
	}
	files, head := tm.files(), tm.headTree()
	for name, text := range want {
		if files[name] != text || head[name] != blobID(text, head[name]) {
			tm.Errorf("%s is %q, committed as %s; want %q", name, files[name], head[name], text)
		}
	}
	if left := tm.locks(); len(left) > 0 {
		tm.Errorf("left behind: %v", left)
	}
}

// hook makes git the one who commits.
func (tm *team) hook(script string) {
	tm.Helper()
	tm.write(".git/hooks/pre-commit", "#!/bin/sh\n"+script+"\n")
	tm.run("chmod", "+x", ".git/hooks/pre-commit")
}

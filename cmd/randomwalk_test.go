package cmd_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const emptyBlob = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"

// TestRandomWalk mixes coachlog, git and people's own edits at random over one
// logbook, and after each step holds the repository against the files' bytes.
// COACHLOG_STEPS sets how many steps, COACHLOG_SEEDS of how many walks.
func TestRandomWalk(t *testing.T) {
	t.Parallel()
	for seed := range uint64(number("COACHLOG_SEEDS", 2)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := &walker{team: newTeam(t, 3), random: rand.New(rand.NewPCG(seed, 7)), told: map[string]string{}, did: map[string]int{}}
			w.git("branch", "side")
			steps := number("COACHLOG_STEPS", 50)
			for w.step = range steps {
				w.now = "?"
				w.any()
				w.did[w.now]++
				w.check()
				if t.Failed() {
					t.Fatalf("seed %d, step %d: %s", seed, w.step, w.now)
				}
			}
			w.nothingLost()
			t.Logf("%d steps: %v", steps, w.did)
			for _, kind := range []string{"coachlog commit: recorded", "coachlog agree: recorded"} {
				if w.did[kind] == 0 {
					t.Errorf("a walk without %q shows nothing: %v", kind, w.did)
				}
			}
		})
	}
}

// walker is who takes the steps.
type walker struct {
	*team
	random *rand.Rand
	step   int
	now    string            // what is done in this step
	told   map[string]string // by content id, the texts that coachlog said it recorded
	did    map[string]int
}

func (w *walker) one(of ...string) string { return of[w.random.IntN(len(of))] }

// anyLog is one of the logs that are there; "" where there is none.
func (w *walker) anyLog() string {
	var logs []string
	for name := range w.files() {
		if strings.HasPrefix(name, "people/") && !strings.HasSuffix(name, "plan.md") {
			logs = append(logs, name)
		}
	}
	if len(logs) == 0 {
		return ""
	}
	slices.Sort(logs)
	return w.one(logs...)
}

// any takes one step.
func (w *walker) any() {
	if blocked := w.blocked(); blocked != "" && w.random.IntN(3) == 0 {
		w.wayOut()
		return
	}
	switch w.random.IntN(10) {
	case 0, 1, 2:
		w.byHand()
	case 3, 4, 5, 6:
		w.byCoachlog()
	default:
		w.byGit()
	}
}

// byHand is what people do to files.
func (w *walker) byHand() {
	name := w.anyLog()
	w.now = w.one("edit", "edit", "tick", "same size", "add", "delete", "restore")
	if name == "" || w.now == "add" {
		w.now, name = "add", fmt.Sprintf("people/%s/2026-08-%02d.md", rep(w.random.IntN(3)), 1+w.random.IntN(28))
		if _, err := os.Stat(w.file(name)); err != nil {
			w.write(name, session(strings.Split(name, "/")[1], filepath.Base(name)[:10]))
		}
		return
	}
	text := w.read(name)
	switch w.now {
	case "edit":
		w.append(name, fmt.Sprintf("Said in step %d, %d.", w.step, w.random.IntN(1000)))
	case "tick":
		w.write(name, strings.Replace(text, "- [ ] Take", "- [x] Take", 1))
	case "same size":
		w.write(name, strings.NewReplacer("Calmer", "Warmer", "Warmer", "Calmer").Replace(text))
	case "delete":
		if err := os.Remove(w.file(name)); err != nil {
			w.Fatal(err)
		}
	case "restore":
		w.run("git", "checkout", "-q", "HEAD", "--", name)
	}
}

// byGit is what people do with git. It may refuse: that is its own affair.
func (w *walker) byGit() {
	name := w.anyLog()
	other := w.one("main", "side")
	commands := [][]string{
		{"add", "-A"}, {"add", "-A"}, {"commit", "-qam", "by hand"}, {"commit", "-q", "-m", "what is staged"},
		{"commit", "-q", "--amend", "-m", "amended"}, {"commit", "-q", "--allow-empty", "-m", "empty"},
		{"rebase", "-q", "--autostash", other}, {"stash", "push", "-q", "-u"}, {"stash", "pop", "-q"},
		{"switch", "-q", other}, {"switch", "-q", other}, {"merge", "-q", "--no-edit", other}, {"merge", "-q", "--no-commit", "--no-ff", other},
		{"gc", "-q"}, {"repack", "-q", "-a", "-d"}, {"pack-refs", "--all"}, {"commit-graph", "write", "--reachable"},
		{"reset", "-q", "--soft", "HEAD~1"}, {"reset", "-q"}, {"update-index", "--index-version", w.one("2", "3", "4")},
		{"cherry-pick", other}, {"revert", "--no-edit", "HEAD"}, {"checkout", "-q", "--detach"},
		{"update-index", "--refresh", "-q"}, {"worktree", "prune"}, {"worktree"},
	}
	if name != "" {
		commands = append(commands, []string{"add", "-N", name}, []string{"add", name}, []string{"rm", "-q", "--cached", name})
	}
	args := commands[w.random.IntN(len(commands))]
	w.now = "git " + strings.Join(args[:min(2, len(args))], " ")
	if args[0] == "worktree" && len(args) == 1 {
		w.linked()
		return
	}
	w.run("git", args...)
}

// linked has coachlog record something in a linked worktree, which leaves this one
// as it is.
func (w *walker) linked() {
	w.now = "coachlog commit in a linked worktree"
	before, index, head := w.files(), w.index(), w.head()
	dir := filepath.Join(w.TempDir(), "linked")
	branch := fmt.Sprint("linked", w.step)
	w.git("worktree", "add", "-q", "-b", branch, dir)
	l := w.at(dir)
	l.write("people/rep1/2026-09-01.md", session("rep1", "2026-09-01")+fmt.Sprint(w.step)+"\n")
	l.coachlog("commit")
	w.told[blobID(l.read("people/rep1/2026-09-01.md"), "")] = "linked"
	if got := l.git("status", "--porcelain"); got != "" || l.git("rev-parse", "HEAD~1") != head {
		w.Errorf("in the linked worktree: %s, on %s", got, l.git("rev-parse", "HEAD~1"))
	}
	w.git("worktree", "remove", dir)
	if !maps.Equal(before, w.files()) || !maps.Equal(index, w.index()) || w.head() != head {
		w.Error("the worktree beside it changed")
	}
}

// blocked is why nothing may be recorded now.
func (w *walker) blocked() string {
	if code, _ := w.run("git", "symbolic-ref", "-q", "HEAD"); code != 0 {
		return "detached"
	}
	for _, name := range []string{"MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "sequencer/todo"} {
		if _, err := os.Stat(w.file(".git/" + name)); err == nil {
			return name
		}
	}
	if w.git("ls-files", "-u") != "" {
		return "unmerged"
	}
	return ""
}

// wayOut ends what is half done.
func (w *walker) wayOut() {
	w.now = "way out"
	for _, operation := range []string{"merge", "rebase", "cherry-pick", "revert"} {
		w.run("git", operation, "--abort")
	}
	for _, operation := range []string{"rebase", "cherry-pick", "revert"} {
		w.run("git", operation, "--quit")
	}
	if w.git("ls-files", "-u") != "" {
		w.git("reset", "-q", "--hard")
	}
	if code, _ := w.run("git", "symbolic-ref", "-q", "HEAD"); code != 0 {
		if code, _ := w.run("git", "switch", "-q", "main"); code != 0 {
			w.git("switch", "-q", "-c", fmt.Sprint("from", w.step))
		}
	}
	w.run("git", "update-ref", "-d", "MERGE_HEAD")
}

// byCoachlog runs a command, and looks at what it did and left alone.
func (w *walker) byCoachlog() {
	name := w.anyLog()
	scope := w.one("", "people/rep0", "people/rep1", name)
	words := w.one("commit", "commit", "commit", "commit", "agree", "agree", "agree", "counter", "history", "audit", "check", "lint", "new", "undo")
	switch words {
	case "commit":
		w.commit(scope)
	case "agree", "counter":
		if name != "" {
			w.agree(name, words == "counter")
		}
	case "new":
		w.newSession()
	case "undo":
		w.undo()
	default:
		w.look(words)
	}
}

// look runs what only reads.
func (w *walker) look(command string) {
	w.now = "coachlog " + command
	before := w.state()
	code, out := w.run("coachlog", command)
	if (command == "history" || command == "audit") && code == 2 {
		w.Errorf("coachlog %s: %s", command, out)
	}
	if after := w.state(); after != before {
		w.Errorf("coachlog %s changed something\nbefore: %s\nafter: %s", command, before, after)
	}
}

func (w *walker) newSession() {
	w.now = "coachlog new session"
	files, index, head := w.files(), w.index(), w.head()
	code, out := w.run("coachlog", "new", "session", rep(w.random.IntN(3)), "--no-edit")
	after := w.files()
	// It ends with 2 as well where other logs can't be read, and names the new one.
	name := strings.TrimSpace(strings.Split(out, "\n")[0])
	if _, there := files[name]; !there && after[name] != "" {
		delete(after, name)
	} else if code == 0 {
		w.Errorf("%q is no new file", name)
	}
	if !maps.Equal(files, after) || !maps.Equal(index, w.index()) || head != w.head() {
		w.Error("more than a new log changed")
	}
}

// undo takes back coachlog's last commit, if that was the last.
func (w *walker) undo() {
	w.now = "coachlog undo"
	before := w.state()
	files, head := w.files(), w.head()
	code, out := w.run("coachlog", "undo")
	if code != 0 {
		w.now += ": refused"
		if after := w.state(); after != before {
			w.Errorf("refused, and changed something: %s\nbefore: %s\nafter: %s", out, before, after)
		}
		return
	}
	if w.head() == head {
		return
	}
	w.now += ": recorded"
	if parent := w.git("rev-parse", "HEAD~1"); parent != head {
		w.Errorf("not on %s: %s", head, parent)
	}
	changed := strings.Fields(w.git("diff", "--name-only", "--no-renames", "HEAD~1", "HEAD"))
	after := w.files()
	for _, name := range changed {
		delete(files, name)
		delete(after, name)
	}
	if !maps.Equal(files, after) {
		w.Error("files changed that the commit doesn't tell of")
	}
}

// commit records what the model says that has changed, no more and no less.
func (w *walker) commit(scope string) {
	w.now = "coachlog commit"
	before := w.state()
	files, index, old, head := w.files(), w.index(), w.headTree(), w.head()
	var want []string
	for _, name := range slices.Sorted(maps.Keys(merged(files, old))) {
		text, there := files[name]
		_, recorded := old[name]
		inside := scope == "" || name == scope || strings.HasPrefix(name, scope+"/")
		if inside && (there != recorded || there && blobID(text, "") != old[name]) {
			want = append(want, name)
		}
	}
	blocked := w.blocked()
	args := []string{"commit"}
	if scope != "" {
		args = append(args, scope)
	}
	code, out := w.run("coachlog", args...)
	switch {
	case blocked != "" && (code != 0 || len(want) == 0 && strings.Contains(out, "Nothing to record")):
		w.now += ": refused"
	case blocked != "":
		w.Errorf("recorded, although %s: %s", blocked, out)
		return
	case code != 0 && scope != "" && strings.Contains(out, "does not exist"):
		w.now += ": no such file"
	case code != 0:
		w.Errorf("coachlog %v: %s", args, out)
		return
	case len(want) == 0:
		w.now += ": nothing"
	default:
		w.now += ": recorded"
		w.recorded(want, files, index, head)
		return
	}
	if after := w.state(); after != before {
		w.Errorf("%s, and something changed: %s\nbefore: %s\nafter: %s", w.now, out, before, after)
	}
}

// recorded holds a new commit against the files that it was to record.
func (w *walker) recorded(want []string, files, index map[string]string, head string) {
	if parent := w.git("rev-parse", "HEAD~1"); parent != head {
		w.Errorf("not on %s: %s", head, parent)
	}
	if got := strings.Split(w.git("diff", "--name-only", "--no-renames", "HEAD~1", "HEAD"), "\n"); !slices.Equal(got, want) {
		w.Errorf("recorded %v, want %v", got, want)
	}
	if !maps.Equal(files, w.files()) {
		w.Error("recording changed files")
	}
	tree, now := w.headTree(), w.index()
	for _, name := range want {
		text, there := files[name]
		if there && tree[name] != blobID(text, "") || !there && tree[name] != "" {
			w.Errorf("%s is recorded as %q", name, tree[name])
		}
		if there {
			w.told[tree[name]] = name
		}
		delete(index, name)
		delete(now, name)
	}
	if !maps.Equal(index, now) {
		w.Errorf("what was staged besides changed\nbefore: %v\nafter: %v", index, now)
	}
}

// agree makes a commit that changes nothing, or with a counter-proposal just the
// one log.
func (w *walker) agree(name string, counter bool) {
	w.now = "coachlog agree"
	before := w.state()
	files, index, head := w.files(), w.index(), w.head()
	args := []string{"agree", name}
	if counter {
		w.now += " --counter"
		args = append(args, "--action", "^water", "--counter", fmt.Sprintf("Tea, from step %d on", w.step))
	}
	blocked := w.blocked()
	code, out := w.run("coachlog", args...)
	if blocked != "" && code == 0 && !strings.Contains(out, "already") {
		w.Errorf("%s, although %s: %s", w.now, blocked, out)
	}
	if code != 0 || w.head() == head {
		w.now += ": refused"
		if after := w.state(); after != before {
			w.Errorf("nothing recorded, and something changed: %s\nbefore: %s\nafter: %s", out, before, after)
		}
		return
	}
	w.now += ": recorded"
	if counter {
		now := w.read(name)
		if now == files[name] || !strings.Contains(now, "counter: Tea") {
			w.Errorf("no counter-proposal in %s", name)
		}
		files[name] = now
		w.recorded([]string{name}, files, index, head)
		return
	}
	if w.git("rev-parse", "HEAD~1", "HEAD~1^{tree}") != head+"\n"+w.git("rev-parse", "HEAD^{tree}") {
		w.Error("the word changed files, or stands elsewhere")
	}
	if !maps.Equal(files, w.files()) || !maps.Equal(index, w.index()) {
		w.Error("the word changed the files or the index")
	}
}

func merged(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// check holds git's view against the bytes.
func (w *walker) check() {
	w.Helper()
	// First, while the index is as it was left.
	w.checkStatus()
	w.checkCacheTree()
	w.fsck()
	if left := w.locks(); len(left) > 0 {
		w.Errorf("left behind: %v", left)
	}
	if w.step%25 == 0 {
		w.nothingLost()
	}
}

// checkStatus works out from the bytes what git status is to say.
func (w *walker) checkStatus() {
	w.Helper()
	if w.git("ls-files", "-u") != "" {
		return // git's own letters for conflicts
	}
	_, got := w.run("git", "--no-optional-locks", "-c", "core.quotePath=false", "status", "--porcelain", "-uall", "--no-renames")
	files, index, head := w.files(), w.index(), w.headTree()
	var want []string
	for name := range merged(merged(files, index), head) {
		text, there := files[name]
		entry, staged := index[name]
		id := ""
		if staged {
			id = strings.Fields(entry)[1]
		}
		intent := id == emptyBlob // no log is empty
		x, y := " ", " "
		switch {
		case intent:
			if head[name] != "" {
				x = "D"
			}
		case staged && head[name] == "":
			x = "A"
		case !staged && head[name] != "":
			x = "D"
		case staged && id != head[name]:
			x = "M"
		}
		switch {
		case staged && !there:
			y = "D"
		case intent:
			y = "A"
		case staged && blobID(text, "") != id:
			y = "M"
		}
		if x+y != "  " {
			want = append(want, x+y+" "+name)
		}
		if there && !staged {
			want = append(want, "?? "+name)
		}
	}
	lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
	if got == "" {
		lines = nil
	}
	slices.Sort(lines)
	slices.Sort(want)
	if !slices.Equal(lines, want) {
		w.Errorf("git status:\n%s\nby the bytes:\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

// checkCacheTree has git write the index's tree twice: with the help of the tree
// extension, and from the entries alone.
func (tm *team) checkCacheTree() {
	tm.Helper()
	if tm.git("ls-files", "-u") != "" {
		return
	}
	data := tm.read(".git/index")
	scratch := tm.TempDir()
	with, without := filepath.Join(scratch, "with"), filepath.Join(scratch, "without")
	if err := os.WriteFile(with, []byte(data), 0o600); err != nil {
		tm.Fatal(err)
	}
	var entries strings.Builder
	for name, what := range tm.index() {
		if !strings.Contains(what, emptyBlob) { // meant to be added, and in no tree yet
			fmt.Fprintf(&entries, "%s\t%s\x00", what, name)
		}
	}
	c := tm.as("GIT_INDEX_FILE="+without).command("git", "update-index", "-z", "--index-info")
	c.Stdin = strings.NewReader(entries.String())
	if out, err := c.CombinedOutput(); err != nil {
		tm.Fatalf("update-index: %v\n%s", err, out)
	}
	if a, b := tm.as("GIT_INDEX_FILE="+with).git("write-tree"), tm.as("GIT_INDEX_FILE="+without).git("write-tree"); a != b {
		tm.Errorf("the tree extension says %s, the entries say %s", a, b)
	}
}

// nothingLost looks for every text that coachlog said it recorded.
func (w *walker) nothingLost() {
	w.Helper()
	found := map[string]bool{}
	for line := range strings.SplitSeq(w.git("rev-list", "--objects", "--no-object-names", "--all", "--reflog"), "\n") {
		found[line] = true
	}
	for id, name := range w.told {
		if !found[id] {
			w.Errorf("a text of %s, %s, is lost", name, id)
		}
	}
}

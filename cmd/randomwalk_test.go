package cmd_test

import (
	"bytes"
	"crypto/sha1"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestRandomWalk goes through a logbook's life at random: coachlog and git's own
// program by turns, and edits by hand in between. After each step git finds nothing
// wrong, git status says what a comparison byte by byte says, and no text is lost.
// COACHLOG_STEPS sets how many steps each walk has.
func TestRandomWalk(t *testing.T) {
	steps, err := strconv.Atoi(os.Getenv("COACHLOG_STEPS"))
	if err != nil {
		steps = 40
	}
	for seed := range uint64(2) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := newWalk(t, seed)
			for i := range steps {
				w.step(i)
				if t.Failed() {
					t.Fatalf("after %d steps; the last ones:\n%s", i+1, strings.Join(w.told[max(0, len(w.told)-8):], "\n"))
				}
			}
			t.Logf("%d steps: %v", steps, w.done)
		})
	}
}

// walker is one walk's logbook, and what has happened to it.
type walker struct {
	*testing.T
	rand     *rand.Rand
	dir      string
	env      []string
	told     []string
	done     map[string]int
	recorded map[string]bool // ids of all texts that coachlog has recorded
	days     int
}

var people = []string{"rep1", "rep2", "rep3"}

func newWalk(t *testing.T, seed uint64) *walker {
	home := t.TempDir()
	w := &walker{T: t, rand: rand.New(rand.NewPCG(seed, 7)), dir: filepath.Join(home, "team"), done: map[string]int{}, recorded: map[string]bool{}}
	config := "[user]\n\tname = Josh Lee\n\temail = josh@example.org\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[core]\n\tfsync = none\n[advice]\n\tdetachedHead = false\n"
	if err := os.WriteFile(filepath.Join(home, "gitconfig"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "GIT_") {
			w.env = append(w.env, v)
		}
	}
	w.env = append(w.env, "HOME="+home, "GIT_CONFIG_GLOBAL="+filepath.Join(home, "gitconfig"), "GIT_CONFIG_NOSYSTEM=1", "GIT_EDITOR=true", "TZ=UTC")
	if err := os.Mkdir(w.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	settings := "name: Team\npeople:\n  josh: {name: Josh, email: josh@example.org}\n"
	for _, id := range people {
		settings += fmt.Sprintf("  %s: {email: %s@example.org, coach: josh}\n", id, id)
	}
	w.write("coachlog.yaml", settings)
	w.mustGit("init", "-q")
	w.coachlog("josh", "commit")
	return w
}

func (w *walker) write(name, text string) {
	file := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		w.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		w.Fatal(err)
	}
}

// git runs git, which may fail: the walk goes on from whatever it left.
func (w *walker) git(args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, said.String())
	}
	return string(out), err
}

func (w *walker) mustGit(args ...string) string {
	w.Helper()
	out, err := w.git(args...)
	if err != nil {
		w.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return out
}

// logs are the session logs that are there.
func (w *walker) logs() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(w.files())), func(name string) bool { return !strings.HasPrefix(name, "people/") })
}

func (w *walker) someLog() string {
	logs := w.logs()
	if len(logs) == 0 {
		return ""
	}
	return logs[w.rand.IntN(len(logs))]
}

// files are the work tree's, with their contents.
func (w *walker) files() map[string]string {
	files := map[string]string{}
	err := filepath.WalkDir(w.dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if entry.Name() == ".git" {
				return filepath.SkipDir
			}
			return nil
		}
		text, err := os.ReadFile(file)
		name, _ := filepath.Rel(w.dir, file)
		files[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return files
}

func blobID(text string) string {
	return fmt.Sprintf("%x", sha1.Sum(fmt.Appendf(nil, "blob %d\x00%s", len(text), text)))
}

// step does one thing, and looks at what came of it.
func (w *walker) step(i int) {
	type action struct {
		name string
		do   func()
	}
	git := func(args ...string) func() { return func() { w.git(args...) } }
	actions := []action{
		{"write", w.newLog}, {"write", w.newLog}, {"edit", w.edit}, {"edit", w.edit}, {"tick", w.tick}, {"delete", w.remove},
		{"commit", func() { w.coachlog("josh", "commit") }}, {"commit", func() { w.coachlog("josh", "commit") }},
		{"commit one", func() { w.coachlog("josh", "commit", w.someLog()) }},
		{"agree", w.agree}, {"agree", w.agree}, {"agree", w.agree},
		{"counter", func() {
			w.coachlog("josh", "agree", w.someLog(), "--counter", fmt.Sprint("Rather ", i), "--action", "^one")
		}},
		{"undo", func() { w.coachlog("josh", "undo") }},
		{"look", func() {
			look := [][]string{{"history"}, {"history", people[w.rand.IntN(3)]}, {"audit"}, {"check"}, {"lint"}, {"agree", "--pending"}, {"list", "logs"}}
			w.coachlog("josh", look[w.rand.IntN(len(look))]...)
		}},
		{"new", func() {
			w.days++
			w.coachlog("josh", "new", "session", people[w.rand.IntN(3)], "--date", fmt.Sprintf("2026-%02d-%02d", 1+w.days/28%12, 1+w.days%28), "--no-edit")
		}},
		{"git commit", git("commit", "-qam", "By hand")}, {"git add", func() { w.git("add", w.someLog()) }},
		{"git amend", git("commit", "-q", "--amend", "--no-edit")}, {"git stash", git("stash", "push", "-q", "-u")}, {"git stash pop", git("stash", "pop", "-q")},
		{"git switch", func() { w.git("switch", "-q", []string{"main", "side"}[w.rand.IntN(2)]) }}, {"git switch -c", git("switch", "-qc", "side")},
		{"git merge", git("merge", "-q", "--no-edit", "side")}, {"git merge", git("merge", "-q", "--no-edit", "main")},
		{"git rebase", git("rebase", "-q", "main")}, {"git cherry-pick", git("cherry-pick", "side")},
		{"git reset --soft", git("reset", "-q", "--soft", "HEAD~1")}, {"git gc", git("gc", "-q")}, {"git repack", w.repack}, {"git pack-refs", git("pack-refs", "--all")},
		{"git index version", func() { w.git("update-index", "--index-version", strconv.Itoa(2+w.rand.IntN(3))) }},
		{"git worktree", func() {
			w.git("worktree", "add", "-q", "--force", "--detach", filepath.Join(filepath.Dir(w.dir), "tree"))
		}},
		{"git worktree remove", func() { w.git("worktree", "remove", "--force", filepath.Join(filepath.Dir(w.dir), "tree")) }},
	}
	if w.unsettled() && w.rand.IntN(2) == 0 {
		w.settle()
	}
	a := actions[w.rand.IntN(len(actions))]
	w.done[a.name]++
	w.told = append(w.told, a.name)
	a.do()
	w.check()
}

// repack drops commits that nothing leads to. git leaves them in its commit-graph,
// which fsck then finds fault with: that is no doing of ours.
func (w *walker) repack() {
	w.git("repack", "-qad")
	w.git("commit-graph", "write", "--reachable")
}

func (w *walker) newLog() {
	w.days++
	day := fmt.Sprintf("2026-%02d-%02d", 1+w.days/28%12, 1+w.days%28)
	id := people[w.rand.IntN(3)]
	w.write("people/"+id+"/"+day+".md", fmt.Sprintf("---\ntype: session\ncoachee: %s\ncoach: josh\ndate: %s\nstatus: held\n---\n\n# %s\n\n## Short-term goals\n\n- [ ] Calmer calls ^calm%d\n  - [ ] Breathe before call %d ^one\n  - [ ] Drink water ^two\n", id, day, day, w.days, w.days))
}

func (w *walker) change(how func(text string) string) {
	if name := w.someLog(); name != "" {
		w.write(name, how(w.files()[name]))
	}
}

func (w *walker) edit() {
	w.change(func(text string) string { return text + fmt.Sprintf("\nA note, %d.\n", w.rand.IntN(1000)) })
}

func (w *walker) tick() {
	w.change(func(text string) string { return strings.Replace(text, "- [ ]", "- [x]", 1) })
}

func (w *walker) remove() {
	name := w.someLog()
	if name == "" {
		return
	}
	if err := os.Remove(filepath.Join(w.dir, filepath.FromSlash(name))); err != nil {
		w.Fatal(err)
	}
}

func (w *walker) agree() {
	name := w.someLog()
	if name == "" {
		return
	}
	who := []string{"josh", filepath.Base(filepath.Dir(name))}[w.rand.IntN(2)]
	w.coachlog(who, "agree", name)
}

// unsettled says whether git is in the middle of something.
func (w *walker) unsettled() bool {
	for _, mark := range []string{"MERGE_HEAD", "CHERRY_PICK_HEAD", "rebase-merge", "rebase-apply"} {
		if _, err := os.Stat(filepath.Join(w.dir, ".git", mark)); err == nil {
			return true
		}
	}
	out, _ := w.git("ls-files", "-u")
	return out != ""
}

func (w *walker) settle() {
	w.told = append(w.told, "settle")
	for _, command := range []string{"merge", "cherry-pick", "rebase"} {
		w.git(command, "--abort")
	}
	if out, _ := w.git("ls-files", "-u"); out != "" {
		w.git("add", "-A") // a stash that didn't fit: keep both sides as they stand
	}
}

// state is all that a command which refuses must leave alone.
func (w *walker) state() string {
	head, _ := w.git("rev-parse", "HEAD")
	index, _ := w.git("ls-files", "-s")
	return head + index
}

// coachlog runs a command as somebody. It may refuse; then nothing has changed. What
// it changes in the work tree, git has the old text of.
func (w *walker) coachlog(who string, args ...string) {
	w.Helper()
	before, state := w.files(), w.state()
	cmd := exec.Command("coachlog", args...)
	cmd.Dir = w.dir
	cmd.Env = append(slices.Clone(w.env), "GIT_AUTHOR_EMAIL="+who+"@example.org", "GIT_COMMITTER_EMAIL="+who+"@example.org")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	w.told = append(w.told, fmt.Sprintf("  coachlog %s: %v: %s", strings.Join(args, " "), err, out.String()))
	if strings.Contains(out.String(), "fault in coachlog") || cmd.ProcessState.ExitCode() < 0 || cmd.ProcessState.ExitCode() > 2 {
		w.Errorf("coachlog %v: %v\n%s", args, err, out.String())
	}
	after := w.files()
	// Where a file can't be read, the rest is done all the same, and 2 says so.
	if cmd.ProcessState.ExitCode() == 2 && !strings.Contains(out.String(), "not everything could be read") {
		if !maps.Equal(before, after) || w.state() != state {
			w.Errorf("coachlog %v refused, and changed something:\n%s", args, out.String())
		}
		w.done["refused"]++
		return
	}
	for name, text := range before {
		if after[name] == text {
			continue
		}
		if _, err := w.git("cat-file", "-e", blobID(text)); err != nil {
			w.Errorf("coachlog %v changed %s, whose text is lost:\n%s", args, name, text)
		}
	}
	if args[0] == "commit" || args[0] == "agree" || args[0] == "undo" {
		tree, _ := w.git("ls-tree", "-r", "HEAD")
		for line := range strings.Lines(tree) {
			w.recorded[strings.Fields(line)[2]] = true
		}
	}
}

// check looks for damage, by git's eyes and by its own.
func (w *walker) check() {
	w.Helper()
	out, err := w.git("fsck", "--strict", "--no-dangling", "--no-progress", "--no-reflogs")
	if err != nil || strings.Trim(out, "\n") != "" && !strings.HasPrefix(out, "notice:") {
		w.Errorf("fsck: %v %s", err, out)
	}
	for _, glob := range []string{"*.lock", "refs/heads/*.lock"} {
		if left, _ := filepath.Glob(filepath.Join(w.dir, ".git", glob)); len(left) > 0 {
			w.Errorf("left behind: %v", left)
		}
	}
	if len(w.recorded) > 0 {
		cmd := exec.Command("git", "cat-file", "--batch-check=%(objecttype)")
		cmd.Dir, cmd.Env, cmd.Stdin = w.dir, w.env, strings.NewReader(strings.Join(slices.Sorted(maps.Keys(w.recorded)), "\n")+"\n")
		kinds, err := cmd.Output()
		if got := strings.Count(string(kinds), "blob\n"); err != nil || got != len(w.recorded) {
			w.Errorf("of %d texts that coachlog recorded %d are there: %v", len(w.recorded), got, err)
		}
	}
	if unmerged, _ := w.git("ls-files", "-u"); unmerged != "" {
		return // git's own comparison has a form of its own then
	}
	w.compareStatus()
	w.compareTrees()
}

// compareStatus holds git status against HEAD, the index and the files, compared by
// the ids of their contents.
func (w *walker) compareStatus() {
	w.Helper()
	head, index := map[string]string{}, map[string]string{}
	tree, _ := w.git("ls-tree", "-r", "HEAD")
	for line := range strings.Lines(tree) {
		what, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		head[name] = strings.Fields(what)[2]
	}
	for line := range strings.Lines(w.mustGit("ls-files", "-s")) {
		what, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		index[name] = strings.Fields(what)[1]
	}
	files := w.files()
	names := map[string]bool{}
	for _, side := range []map[string]string{head, index, files} {
		for name := range side {
			names[name] = true
		}
	}
	var want []string
	for name := range names {
		x, y := byte(' '), byte(' ')
		text, there := files[name]
		switch {
		case index[name] == "" && there:
			if head[name] != "" {
				want = append(want, "D  "+name)
			}
			want = append(want, "?? "+name)
			continue
		case index[name] == "":
			x = 'D'
		case head[name] == "":
			x = 'A'
		case head[name] != index[name]:
			x = 'M'
		}
		switch {
		case index[name] == "":
		case !there:
			y = 'D'
		case blobID(text) != index[name]:
			y = 'M'
		}
		if x != ' ' || y != ' ' {
			want = append(want, string([]byte{x, y, ' '})+name)
		}
	}
	got := strings.Split(strings.TrimSuffix(w.mustGit("status", "--porcelain", "-uall", "--no-renames"), "\n"), "\n")
	slices.Sort(want)
	slices.Sort(got)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		w.Errorf("git status:\n%s\nby the contents:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// compareTrees has git write the index's tree twice: as the index says, and from its
// entries alone.
func (w *walker) compareTrees() {
	w.Helper()
	temp := filepath.Join(w.TempDir(), "index")
	run := func(stdin string, args ...string) string {
		cmd := exec.Command("git", args...)
		cmd.Dir, cmd.Env, cmd.Stdin = w.dir, append(slices.Clone(w.env), "GIT_INDEX_FILE="+temp), strings.NewReader(stdin)
		out, err := cmd.Output()
		if err != nil {
			w.Fatalf("git %v: %v", args, err)
		}
		return string(out)
	}
	entries := w.mustGit("ls-files", "-s")
	run(entries, "update-index", "--index-info")
	from := run("", "write-tree")
	if got := w.mustGit("write-tree"); got != from {
		w.Errorf("the index says that its tree is %s, and its entries make %s", got, from)
	}
}

package cmd_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/internal/gitrepo"
)

// A kind of repository, how git makes one, and what coachlog does there.
type kindOfRepository struct {
	name string
	// make turns a logbook of two people, all committed, into the kind; the team that
	// it returns is where coachlog is to work.
	make func(tm *team) *team
	// Who commits, who agrees and who reads: "coachlog", or "git" where coachlog leaves
	// it to the installed program; else what is in the refusal.
	commit, agree, read string
	dirty               bool // there are changes before coachlog begins
}

const byCoachlog, byGit = "coachlog", "git"

func config(settings ...string) func(*team) *team {
	return func(tm *team) *team {
		for i := 0; i < len(settings); i += 2 {
			tm.git("config", settings[i], settings[i+1])
		}
		return tm
	}
}

func does(commands ...string) func(*team) *team {
	return func(tm *team) *team {
		for _, command := range commands {
			tm.git(strings.Fields(command)...)
		}
		return tm
	}
}

func clone(args ...string) func(*team) *team {
	return func(tm *team) *team {
		tm.git("config", "uploadpack.allowFilter", "true")
		to := tm.at(tm.TempDir())
		to.git(slices.Concat([]string{"clone", "-q"}, args, []string{"file://" + tm.dir, "."})...)
		return to
	}
}

// crlf has the work tree's lines end as on Windows, and git's as everywhere.
func crlf(tm *team) *team {
	for name := range tm.headTree() {
		if err := os.Remove(tm.file(name)); err != nil {
			tm.Fatal(err)
		}
	}
	tm.git("checkout", "-q", "--", ".")
	return tm
}

// conflict stops a command half way, with a log in which both sides disagree.
func conflict(command string) func(*team) *team {
	return func(tm *team) *team {
		tm.git("switch", "-qc", "side")
		tm.append(logOf(1), "Said on the side")
		tm.git("commit", "-qam", "side")
		tm.git("switch", "-q", "main")
		tm.append(logOf(1), "Said on main")
		tm.git("commit", "-qam", "main")
		if code, out := tm.run("git", command, "side"); code == 0 {
			tm.Fatalf("no conflict: %s", out)
		}
		return tm
	}
}

var kindsOfRepository = []kindOfRepository{
	{name: "plain", commit: byCoachlog, agree: byCoachlog, read: byCoachlog},
	{name: "linked worktree", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		dir := filepath.Join(tm.TempDir(), "linked")
		tm.git("worktree", "add", "-q", "-b", "linked", dir)
		return tm.at(dir)
	}},
	{name: "submodule", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		outer := tm.at(tm.TempDir())
		outer.git("init", "-q")
		outer.git("submodule", "--quiet", "add", tm.dir, "logs")
		outer.git("commit", "-qm", "with a submodule")
		return tm.at(outer.file("logs"))
	}},
	{name: "packed references", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: does("gc -q", "pack-refs --all")},
	{name: "commit-graph", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: does("commit-graph write --reachable")},
	{name: "shallow clone", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: clone("--depth=1")},
	{name: "partial clone (blob:none)", commit: byGit, agree: byGit, read: byGit, make: clone("--filter=blob:none")},
	{name: "sparse checkout", commit: byGit, agree: byGit, read: byGit, make: does("sparse-checkout set --no-cone coachlog.yaml people")},
	{name: "sparse checkout, cone", commit: byGit, agree: byGit, read: byGit, make: does("sparse-checkout set --cone people")},
	{name: "sparse index", commit: byGit, agree: byGit, read: byGit, make: func(tm *team) *team {
		tm.write("far/away/x.md", "x\n")
		tm.git("add", "far")
		tm.git("commit", "-qm", "far")
		return does("sparse-checkout set --cone --sparse-index people")(tm)
	}},
	{name: "index version 2", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: does("update-index --index-version 2")},
	{name: "index version 3", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, dirty: true, make: func(tm *team) *team {
		tm.write("later.md", "meant to be added\n") // which only this version can say
		return does("update-index --index-version 3", "add -N later.md")(tm)
	}},
	{name: "index version 4", commit: byGit, agree: byGit, read: byCoachlog, make: does("update-index --index-version 4")},
	{name: "split index", commit: byGit, agree: byGit, read: byGit, make: func(tm *team) *team {
		return does("update-index --split-index")(config("core.splitIndex", "true")(tm))
	}},
	{name: "untracked cache", commit: byGit, agree: byGit, read: byCoachlog, make: does("update-index --force-untracked-cache")},
	{name: "fsmonitor set to false", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: config("core.fsmonitor", "false")},
	{name: "fsmonitor", commit: byGit, agree: byGit, read: byGit, make: func(tm *team) *team {
		tm.write(".git/monitor", "#!/bin/sh\nexit 1\n")
		tm.run("chmod", "+x", ".git/monitor")
		return config("core.fsmonitor", ".git/monitor")(tm)
	}},
	{name: "core.autocrlf=true, files with CRLF", commit: byGit, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		return crlf(config("core.autocrlf", "true")(tm))
	}},
	{name: "core.autocrlf=input, files with CRLF", commit: byGit, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		tm = crlf(config("core.autocrlf", "true")(tm))
		tm.git("config", "core.autocrlf", "input")
		return tm
	}},
	{name: ".gitattributes: text=auto", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: attributes("* text=auto\n")},
	{name: ".gitattributes: eol=crlf", commit: byGit, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		return crlf(attributes("*.md text eol=crlf\n")(tm))
	}},
	{name: ".gitattributes: filter", commit: byGit, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		tm.git("config", "filter.mine.clean", "sed /^%%/d") // the work tree has lines that git hasn't
		tm = attributes("*.md filter=mine\n")(tm)
		earlier := time.Now().Add(-time.Hour)
		for name := range tm.files() {
			if strings.HasSuffix(name, ".md") {
				tm.write(name, tm.read(name)+"%% For myself.\n")
				if err := os.Chtimes(tm.file(name), earlier, earlier); err != nil {
					tm.Fatal(err)
				}
			}
		}
		tm.git("add", ".") // so that the index shows them to be the same
		return tm
	}},
	{name: ".gitattributes: filter that hides the text", commit: byGit, agree: byCoachlog, read: byGit, make: hidden},
	{name: ".gitattributes: filter that is not set up", commit: byGit, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		tm = attributes("*.md filter=absent\n")(tm)
		tm.append(logOf(0), "Said later") // and so stored with it
		tm.git("commit", "-qam", "later")
		return tm
	}},
	{name: ".gitattributes: filter that hides the text and is not set up", commit: "which is not set up in this clone", agree: byCoachlog, read: "which is not set up in this clone", make: func(tm *team) *team {
		tm = hidden(tm)
		tm.git("config", "--remove-section", "filter.hide")
		return tm
	}},
	{name: "hooks", commit: byGit, agree: byGit, read: byCoachlog, make: func(tm *team) *team { tm.hook("exit 0"); return tm }},
	{name: "alternates (clone -s)", commit: byGit, agree: byGit, read: byGit, make: func(tm *team) *team {
		to := tm.at(tm.TempDir())
		to.git("clone", "-q", "-s", tm.dir, ".")
		return to
	}},
	{name: "SHA-256 objects", commit: byGit, agree: byGit, read: byGit, make: func(tm *team) *team {
		to := tm.at(tm.TempDir())
		to.git("init", "-q", "--object-format=sha256")
		to.fill(2)
		to.git("add", ".")
		to.git("commit", "-qm", "start")
		return to
	}},
	{name: "extensions.worktreeConfig", commit: byGit, agree: byGit, read: byGit, make: config("extensions.worktreeConfig", "true")},
	{name: "replaced objects", commit: byGit, agree: byGit, read: byGit, make: does("commit -q --allow-empty -m x", "replace HEAD HEAD~1")},
	{name: "alternates of alternates", commit: byGit, agree: byGit, read: byGit, make: func(tm *team) *team {
		to := tm.at(tm.TempDir())
		to.git("clone", "-q", "-s", tm.dir, ".")
		again := tm.at(tm.TempDir())
		again.git("clone", "-q", "-s", to.dir, ".")
		return again
	}},
	{name: "packs with an index of version 1", commit: byGit, agree: byGit, read: byGit, make: func(tm *team) *team {
		tm.git("-c", "pack.indexVersion=1", "repack", "-adfq")
		return tm
	}},
	{name: "multi-pack index, bitmaps and reverse indexes", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		tm.git("-c", "pack.writeReverseIndex=true", "repack", "-adbq")
		tm.git("multi-pack-index", "write")
		return tm
	}},
	{name: "GIT_DIR and GIT_WORK_TREE that name it", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		apart := filepath.Join(tm.TempDir(), "apart")
		if err := os.Rename(tm.file(".git"), apart); err != nil {
			tm.Fatal(err)
		}
		return tm.as("GIT_DIR="+apart, "GIT_WORK_TREE="+tm.dir)
	}},
	{name: "GIT_DIR of another repository", commit: "GIT_DIR is set to", agree: "GIT_DIR is set to", read: "GIT_DIR is set to", make: func(tm *team) *team {
		other := tm.at(tm.TempDir())
		other.git("clone", "-q", tm.dir, ".")
		return tm.as("GIT_DIR=" + other.file(".git"))
	}},
	{name: "grafts", commit: byGit, agree: byGit, read: byGit, make: func(tm *team) *team {
		tm.git("commit", "-q", "--allow-empty", "-m", "x")
		tm.write(".git/info/grafts", tm.head()+"\n")
		return tm
	}},
	{name: "core.ignoreCase, names that differ in case", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		tm.write("people/rep1/Notes.md", "one\n")
		tm.write("people/rep1/notes.md", "two\n")
		tm.git("add", ".")
		tm.git("commit", "-qm", "both")
		return config("core.ignoreCase", "true")(tm)
	}},
	{name: "core.precomposeUnicode", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: config("core.precomposeUnicode", "true")},
	{name: "core.worktree, the files' own folder", commit: byCoachlog, agree: byCoachlog, read: byCoachlog, make: func(tm *team) *team {
		return config("core.worktree", tm.dir)(tm)
	}},
	{name: "core.worktree, another folder", commit: "core.worktree places the files in", agree: "core.worktree places the files in", read: byCoachlog, make: func(tm *team) *team {
		return config("core.worktree", tm.TempDir())(tm)
	}},
	{name: "somebody else's repository", commit: "belongs to another user", agree: "belongs to another user", read: "belongs to another user", make: func(tm *team) *team {
		if os.Geteuid() != 0 {
			return nil
		}
		tm.coachlog("history", "rep0") // which is kept, and can't be asked all the same
		for _, name := range []string{".", ".git"} {
			if err := os.Chown(tm.file(name), 4711, 4711); err != nil {
				tm.Fatal(err)
			}
		}
		return tm
	}},
	{name: "bare mirror", commit: "is a bare repository", agree: "is a bare repository", read: byCoachlog, make: func(tm *team) *team {
		to := tm.at(filepath.Join(tm.TempDir(), "mirror.git"))
		tm.git("clone", "-q", "--mirror", tm.dir, to.dir)
		return to
	}},
	{name: "unborn branch", commit: byCoachlog, agree: "aren't in git yet", read: byCoachlog, dirty: true, make: func(tm *team) *team {
		tm.git("checkout", "-q", "--orphan", "new")
		tm.git("rm", "-q", "-r", "--cached", ".")
		return tm
	}},
	{name: "HEAD as a symbolic link", commit: byGit, agree: byGit, read: byGit, make: func(tm *team) *team {
		if err := errors.Join(os.Remove(tm.file(".git/HEAD")), os.Symlink("refs/heads/main", tm.file(".git/HEAD"))); err != nil {
			tm.Fatal(err)
		}
		return tm
	}},
	{name: "detached HEAD", commit: "HEAD is detached", agree: "HEAD is detached", read: byCoachlog, make: does("checkout -q --detach")},
	{name: "merge in progress", commit: "a merge is in progress", agree: "a merge is in progress", read: byCoachlog, dirty: true, make: func(tm *team) *team {
		return does("switch -qc side", "commit -q --allow-empty -m side", "switch -q main", "merge -q --no-ff --no-commit side")(tm)
	}},
	{name: "rebase in progress", commit: "has unresolved conflicts", agree: "a rebase is in progress", read: byCoachlog, dirty: true, make: conflict("rebase")},
	{name: "cherry-pick in progress", commit: "has unresolved conflicts", agree: "a cherry-pick is in progress", read: byCoachlog, dirty: true, make: conflict("cherry-pick")},
	{name: "unmerged files", commit: "has unresolved conflicts", agree: "has unresolved conflicts", read: byCoachlog, dirty: true, make: func(tm *team) *team {
		tm = conflict("merge")(tm)
		if err := os.Remove(tm.file(".git/MERGE_HEAD")); err != nil {
			tm.Fatal(err)
		}
		return tm
	}},
}

func attributes(text string) func(*team) *team {
	return func(tm *team) *team {
		tm.write(".gitattributes", text)
		tm.git("add", ".")
		tm.git("commit", "-qm", "attributes")
		return tm
	}
}

// TestKindsOfRepositories has coachlog commit, agree and read in each of them. What it
// does by itself it has to do where no git is installed as well; what only git can,
// is refused by name there.
func TestKindsOfRepositories(t *testing.T) {
	t.Parallel()
	for _, kind := range kindsOfRepository {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			tm := newTeam(t, 2)
			if kind.make != nil {
				if tm = kind.make(tm); tm == nil {
					t.Skip("only root can give a folder away")
				}
			}
			if kind.name == "bare mirror" {
				tm.reads(kind)
				tm.refuses(kind.commit, "commit")
				tm.refuses(kind.agree, "agree", logOf(0))
				return
			}
			if kind.name == "unborn branch" {
				tm.refuses(kind.agree, "agree", logOf(0))
			} else {
				tm.agrees(kind)
			}
			tm.commits(kind)
			tm.reads(kind)
		})
	}
}

// withoutGit is the same where no git can be found.
func (tm *team) withoutGit() *team { return tm.as("PATH=" + tm.TempDir()) }

// does runs a command, first without git and then with it, and says what became of
// it: it was done by coachlog or by git, or was refused.
func (tm *team) does(expected string, args ...string) bool {
	tm.Helper()
	program, err := exec.LookPath("coachlog")
	if err != nil {
		tm.Fatal(err)
	}
	if expected != byCoachlog && expected != byGit {
		tm.refuses(expected, args...)
		return false
	}
	if expected == byCoachlog {
		code, out := tm.withoutGit().run(program, args...)
		if code == 2 {
			tm.Errorf("coachlog %v, without git: %s", args, out)
		}
		return code != 2
	}
	before := tm.state()
	code, out := tm.withoutGit().run(program, args...)
	if code != 2 || !strings.Contains(out, "only the git program handles") || !strings.Contains(out, "install git") {
		tm.Errorf("coachlog %v, without git: %d, %s", args, code, out)
	}
	if after := tm.state(); after != before {
		tm.Errorf("coachlog %v, without git, changed something\nbefore: %s\nafter: %s", args, before, after)
	}
	code, out = tm.run("coachlog", args...)
	if code == 2 {
		tm.Errorf("coachlog %v: %s", args, out)
	}
	return code != 2
}

// refuses says why, and changes nothing.
func (tm *team) refuses(reason string, args ...string) {
	tm.Helper()
	bare := tm.askGit("rev-parse", "--is-bare-repository") == "true"
	state := func() string {
		if bare {
			_, refs := tm.run("git", "for-each-ref")
			return refs
		}
		return tm.state()
	}
	before := state()
	code, out := tm.run("coachlog", args...)
	if code != 2 || !strings.Contains(out, reason) {
		tm.Errorf("coachlog %v: %d, %s; want a refusal that says %q", args, code, out, reason)
	}
	if after := state(); after != before {
		tm.Errorf("coachlog %v refused, and changed something\nbefore: %s\nafter: %s", args, before, after)
	}
}

// askGit is what git prints, whether it succeeds or not.
func (tm *team) askGit(args ...string) string {
	_, out := tm.run("git", args...)
	return strings.TrimSpace(out)
}

func (tm *team) status() string {
	_, out := tm.run("git", "status", "--porcelain")
	return out
}

func (tm *team) agrees(kind kindOfRepository) {
	tm.Helper()
	before, files := tm.head(), tm.files()
	status := tm.status()
	if !tm.does(kind.agree, "agree", logOf(0)) {
		return
	}
	if got := tm.git("log", "-1", "--format=%P %T"); got != before+" "+tm.git("rev-parse", before+"^{tree}") {
		tm.Errorf("the word is %q, on %s", got, before)
	}
	if diff := cmp.Diff(files, tm.files()); diff != "" {
		tm.Errorf("the word changed files: %s", diff)
	}
	if got := tm.status(); got != status {
		tm.Errorf("status: %q, before: %q", got, status)
	}
	// The word stands, whatever line ends the file has here.
	if _, out := tm.run("coachlog", "lint", logOf(0)); strings.Contains(out, "sign-off-void") {
		tm.Errorf("lint: %s", out)
	}
	if strings.Contains(tm.read(logOf(0)), "\r\n") {
		if _, out := tm.run("coachlog", "check"); strings.Contains(out, "since josh agreed") {
			tm.Errorf("check: %s", out)
		}
	}
}

func (tm *team) commits(kind kindOfRepository) {
	tm.Helper()
	before, status, files := tm.head(), tm.status(), tm.files()
	text := tm.read(logOf(0))
	end := "\n"
	if strings.Contains(text, "\r\n") {
		end = "\r\n"
	}
	tm.write(logOf(0), text+"A word more."+end)
	tm.write("people/rep1/2026-07-13.md", strings.ReplaceAll(session("rep1", "2026-07-13"), "\n", end))
	if !tm.does(kind.commit, "commit", "people") {
		return
	}
	tm.checkSame(kind, before, status)
	tm.fsck()
	// Voided by the edit, and said so.
	if kind.agree == byCoachlog || kind.agree == byGit {
		if _, out := tm.run("coachlog", "lint", logOf(0)); !strings.Contains(out, "sign-off-void") {
			tm.Errorf("an edit after the word isn't found: %s", out)
		}
	}
	tm.undoes(kind, files, status)
}

// undoes takes the commit back and makes it again.
func (tm *team) undoes(kind kindOfRepository, files map[string]string, status string) {
	tm.Helper()
	after, head := tm.files(), tm.head()
	by := kind.commit
	if kind.read != byCoachlog {
		by = kind.read
	}
	if strings.Contains(tm.read(logOf(0)), "%% For myself.") { // which is nowhere else
		tm.refuses("that its filter keeps out of git", "undo")
		return
	}
	if strings.Contains(kind.name, "unborn") || !tm.does(by, "undo") {
		return
	}
	if diff := cmp.Diff(files, tm.files()); diff != "" {
		tm.Errorf("undo left: %s", diff)
	}
	if got := tm.git("rev-parse", "HEAD~1"); got != head {
		tm.Errorf("undo made a child of %s", got)
	}
	if got := tm.status(); got != status {
		tm.Errorf("status after undo: %q, before: %q", got, status)
	}
	tm.fsck()
	for name, text := range after {
		if files[name] != text {
			tm.write(name, text)
		}
	}
	if code, out := tm.run("coachlog", "commit", "people"); code != 0 {
		tm.Errorf("commit after undo: %s", out)
	}
}

// checkSame holds the commit against git's view.
func (tm *team) checkSame(kind kindOfRepository, before, status string) {
	tm.Helper()
	head := tm.head()
	if got := tm.git("log", "-1", "--format=%H", "--", logOf(0)); got != head {
		tm.Errorf("git log of %s says %s, HEAD is %s", logOf(0), got, head)
	}
	if stored := tm.git("show", "HEAD:"+logOf(0), "HEAD:people/rep1/2026-07-13.md"); strings.Contains(stored, "\r") {
		tm.Errorf("stored with CRLF: %q", stored)
	}
	if before != "" && !strings.Contains(kind.name, "unborn") {
		if got := tm.git("diff", "--name-only", "--no-renames", before, head); got != logOf(0)+"\npeople/rep1/2026-07-13.md" {
			tm.Errorf("recorded %s", got)
		}
		if got := tm.status(); got != status {
			tm.Errorf("status: %q, before: %q", got, status)
		}
	}
}

// reads holds coachlog's history against git log, and has the commands read it.
func (tm *team) reads(kind kindOfRepository) {
	tm.Helper()
	for _, args := range [][]string{{"history", "rep0"}, {"audit"}} {
		if !tm.does(kind.read, args...) {
			return
		}
	}
	if strings.HasPrefix(kind.name, "GIT_DIR ") {
		return // what follows is in this process, which has another environment
	}
	repo, err := gitrepo.FindToRead(tm.dir)
	if err != nil {
		tm.Fatal(err)
	}
	for _, o := range []gitrepo.HistoryOptions{
		{Paths: []string{"people/rep0"}}, {Paths: []string{"."}, Every: true}, {Marked: "Coachlog-"},
	} {
		want := tm.logOf(o)
		h, err := repo.History(o)
		if err != nil {
			tm.Errorf("history of %+v: %v", o, err)
			return
		}
		got := ""
		for _, r := range h.Records {
			got += strings.TrimSpace(r.Commit+" "+strings.Join(r.Parents, " ")) + "\n"
		}
		if got != want {
			tm.Errorf("history of %+v: %s\ngit log: %s", o, got, want)
		}
	}
}

func (tm *team) logOf(o gitrepo.HistoryOptions) string {
	tm.Helper()
	if tm.head() == "" {
		return ""
	}
	args := []string{"log", "--format=%H %P"}
	if o.Marked != "" {
		args = append(args, "--grep=^"+o.Marked)
	}
	if !o.Every && len(o.Paths) > 0 {
		args = append(append(args, "--"), o.Paths...)
	}
	c := tm.command("git", args...)
	out, err := c.Output()
	if err != nil {
		tm.Fatalf("git %v: %v", args, err)
	}
	return strings.ReplaceAll(string(out), " \n", "\n") // a first commit's
}

// hidden stores the logs through a filter.
func hidden(tm *team) *team {
	tm.git("config", "filter.hide.clean", "tr a-z b-za")
	tm.git("config", "filter.hide.smudge", "tr b-za a-z")
	tm.write(".gitattributes", "*.md filter=hide\n")
	earlier := time.Now().Add(-time.Hour)
	for name := range tm.files() {
		if err := os.Chtimes(tm.file(name), earlier, earlier); err != nil {
			tm.Fatal(err)
		}
	}
	tm.git("add", ".gitattributes")
	tm.git("add", "--renormalize", ".")
	tm.git("commit", "-qm", "hidden")
	return tm
}

// TestRepositoriesPage holds docs/repositories.md to the kinds that are tested:
// go test ./cmd -run TestRepositoriesPage -update.
func TestRepositoriesPage(t *testing.T) {
	const page = "../docs/repositories.md"
	var b strings.Builder
	io.WriteString(&b, `# Kinds of repositories

What coachlog does in each kind of repository. This page is generated from the table that its tests go through
(`+"`cmd/matrix_test.go`"+`).

- *coachlog*: works even if git isn't installed.
- *git*: needs the installed git. Without it, coachlog refuses the command, names what only git can handle, and changes nothing.
- Anything else is the text of a refusal, which changes nothing and says what to do.

If git is installed, histories and audits are always read with it. Without git, coachlog reads them itself, which takes several times as long.

If a file has a `+"`filter=`"+` attribute (git-crypt, git-lfs, or a command of your own), coachlog reads it as git would check it out.

- A filter may be added or removed later, so the text itself shows whether it was stored through one, and which: the way of reading that gives a log is the
  right one. So plain text that was committed in a clone without the filter is read as it is. Text that only a filter named elsewhere can undo
  (`+"`.git/info/attributes`, `core.attributesFile`"+`, a macro) is read with that filter.
- If the filter isn't set up in a clone, fails, or is locked, the command names the file and the filter and ends with 2. If a filter has only a `+"`clean`"+`
  command, the stored text stays readable.
- git can write text in another encoding, with `+"`$Id$`"+` filled in, or with other line ends. Such text is compared in the form that the work tree has.
- A merge of a filtered file is left to you, since git gives the merge driver what it stores.

| Repository | commit | agree | history, audit |
|---|---|---|---|
`)
	cell := func(who string) string {
		if who == byCoachlog || who == byGit {
			return who
		}
		return "refused: *" + who + "*"
	}
	for _, k := range append(slices.Clone(kindsOfRepository), reftable) {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", k.name, cell(k.commit), cell(k.agree), cell(k.read))
	}
	if *update {
		if err := os.WriteFile(page, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.String(), string(got)); diff != "" {
		t.Errorf("%s is not up to date (go test ./cmd -run TestRepositoriesPage -update):\n%s", page, diff)
	}
}

var reftable = kindOfRepository{name: "references in a reftable (git 2.45 and later)", commit: byGit, agree: byGit, read: byGit}

// TestReftable is for gits that can: coachlog leaves it to them.
func TestReftable(t *testing.T) {
	t.Parallel()
	tm := emptyTeam(t)
	if code, _ := tm.run("git", "init", "-q", "--ref-format=reftable"); code != 0 {
		// An older git makes none. Then coachlog still has to refuse one by name.
		tm.git("init", "-q")
		tm.fill(2)
		tm.git("add", ".")
		tm.git("commit", "-qm", "start")
		tm.git("config", "core.repositoryFormatVersion", "1")
		tm.git("config", "extensions.refStorage", "reftable")
		tm.append(logOf(0), "more")
		code, out := tm.run("coachlog", "commit")
		if code != 2 || !strings.Contains(out, "the installed git doesn't know: refstorage; install a newer git") {
			t.Errorf("%d: %s", code, out)
		}
		return
	}
	tm.fill(2)
	tm.git("add", ".")
	tm.git("commit", "-qm", "start")
	tm.agrees(reftable)
	tm.commits(reftable)
	tm.reads(reftable)
}

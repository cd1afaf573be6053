package gitrepo

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// obstacleCases are repositories that go-git can't honour, how to make each
// from one with a single commit, and what the reason must say.
var obstacleCases = []struct {
	name, reason string
	setUp        func(f *fixture)
}{
	{"pre-commit hook", "the hook", func(f *fixture) { f.hook(".git/hooks/pre-commit", "exit 0") }},
	{"reference-transaction hook", "the hook", func(f *fixture) { f.hook(".git/hooks/reference-transaction", "exit 0") }},
	{"core.hooksPath", "the hook", func(f *fixture) {
		f.git("config", "core.hooksPath", "my-hooks")
		f.hook("my-hooks/commit-msg", "exit 0")
		f.write(".git/info/exclude", "my-hooks\n")
	}},
	{"filter", "attributes", func(f *fixture) {
		f.git("config", "filter.up.clean", "tr a-z A-Z")
		f.write(".git/info/attributes", "people/** filter=up\n")
	}},
	{"ident", "attributes", func(f *fixture) { f.write(".git/info/attributes", "people/** ident\n") }},
	{"attributes in the index", "attributes", func(f *fixture) {
		f.write(".gitattributes", "*.md ident\n")
		f.git("add", ".gitattributes")
		f.git("commit", "-qm", "attributes", ".gitattributes")
		f.git("update-index", "--skip-worktree", ".gitattributes")
		f.remove(".gitattributes")
	}},
	{"encoding", "attributes", func(f *fixture) {
		f.git("config", "core.attributesFile", f.file(".git/user-attributes"))
		f.write(".git/user-attributes", "*.md working-tree-encoding=ISO-8859-1\n")
	}},
	{"shared", "core.sharedrepository", func(f *fixture) { f.git("config", "core.sharedRepository", "group") }},
	{"a name in another encoding", "isn't UTF-8", func(f *fixture) { f.git("config", "user.name", "Jos\xe9") }},
	{"pack index of version 1", "can't read itself", func(f *fixture) { f.git("-c", "pack.indexVersion=1", "repack", "-adfq") }},
	{"worktreeConfig", "extensions.worktreeconfig", func(f *fixture) { f.git("config", "extensions.worktreeConfig", "true") }},
	{"sparse", "extensions.worktreeconfig", func(f *fixture) { f.git("sparse-checkout", "set", "people") }},
	{"sparse index", "extensions.worktreeconfig", func(f *fixture) {
		f.write("far/away/x.md", "x\n")
		f.git("add", "far")
		f.git("commit", "-qm", "far", "far")
		f.git("sparse-checkout", "set", "--cone", "--sparse-index", "people")
	}},
	{"split index", "split", func(f *fixture) { f.git("update-index", "--split-index") }},
	{"index version 4", "version 4", func(f *fixture) { f.git("update-index", "--index-version", "4") }},
	{"no checksum", "checksum", func(f *fixture) {
		data := []byte(f.read(".git/index"))
		clear(data[len(data)-20:])
		f.write(".git/index", string(data))
	}},
	{"untracked cache", "untracked cache", func(f *fixture) { f.git("update-index", "--force-untracked-cache") }},
	{"core.untrackedCache", "core.untrackedcache", func(f *fixture) { f.git("config", "core.untrackedCache", "true") }},
	{"fsmonitor", "core.fsmonitor", func(f *fixture) {
		f.hook(".git/monitor", "exit 1")
		f.git("config", "core.fsmonitor", ".git/monitor")
	}},
	{"alias branch", "alias", func(f *fixture) {
		f.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
		f.git("symbolic-ref", "HEAD", "refs/heads/alias")
	}},
	{"replaced objects", "refs/replace", func(f *fixture) {
		f.git("commit", "-q", "--allow-empty", "-m", "x")
		f.git("replace", "HEAD", "HEAD~1")
	}},
	{"date", "GIT_AUTHOR_DATE", func(f *fixture) { f.Setenv("GIT_AUTHOR_DATE", "2026.07.06 9:30") }},
	{"zone", "TZ=", func(f *fixture) { f.Setenv("TZ", "XYZ-5:45") }},
}

func (f *fixture) hook(name, script string) {
	f.Helper()
	f.write(name, "#!/bin/sh\n"+script+"\n")
	if err := os.Chmod(f.file(name), 0o755); err != nil {
		f.Fatal(err)
	}
}

// TestObstacles leaves it to Commit who does the work: that must be git, and
// without git a refusal by name.
func TestObstacles(t *testing.T) {
	t.Parallel()
	for _, c := range obstacleCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.name == "date" || c.name == "zone" {
				t.SkipNow() // they set the environment: see below
			}
			testObstacle(t, c.reason, c.setUp)
		})
	}
}

func TestObstaclesInEnvironment(t *testing.T) {
	for _, c := range obstacleCases {
		if c.name == "date" || c.name == "zone" {
			t.Run(c.name, func(t *testing.T) { testObstacle(t, c.reason, c.setUp) })
		}
	}
}

func testObstacle(t *testing.T, reason string, setUp func(f *fixture)) {
	f := newFixture(t, implementation{})
	f.write("people/rep1/2026-07-06.md", "one\n")
	f.write("people/rep2/plan.md", "plan\n")
	f.git("add", ".")
	f.git("commit", "-qm", "start")
	f.write("staged.md", "staged\n")
	f.git("add", "staged.md")
	setUp(f)
	f.write("people/rep1/2026-07-06.md", "edited $Id$\n")
	f.write("people/rep1/new.md", "new\n")
	f.remove("people/rep2/plan.md")

	r := f.find()
	git := r.native
	want := "m people/rep1/2026-07-06.md\na people/rep1/new.md\nd people/rep2/plan.md"
	changes, err := r.Changes(t.Context(), []string{"people"}, all)
	if err != nil || kinds(changes) != want {
		t.Fatalf("changes: %v\n%s", err, kinds(changes))
	}
	r.native = nil
	f.refused(reason, func() error { _, err := r.Commit(t.Context(), changes, "x"); return err })
	if found := fatal(r.Diagnose()); !strings.Contains(found, reason) && !strings.HasPrefix(reason, "attributes") && !strings.HasPrefix(reason, "GIT_") {
		t.Errorf("doctor says only %q", found)
	}
	r.native = git
	c, err := r.Commit(t.Context(), changes, "Recorded\n")
	if err != nil {
		t.Fatal(err)
	}
	if c.Engine != "git" {
		t.Errorf("made by %s", c.Engine)
	}
	if head := f.git("rev-parse", "HEAD"); head != c.ID {
		t.Errorf("commit %s, HEAD %s", c.ID, head)
	}
	if got := f.git("status", "--porcelain"); got != "A  staged.md" {
		t.Errorf("status: %s", got)
	}
	if out := f.git("fsck", "--strict", "--no-dangling", "--no-progress"); out != "" {
		t.Errorf("fsck: %s", out)
	}
	if got := f.git("diff", "--name-status", "--no-renames", "HEAD~1", "HEAD"); got != "M\tpeople/rep1/2026-07-06.md\nA\tpeople/rep1/new.md\nD\tpeople/rep2/plan.md" {
		t.Errorf("committed:\n%s", got)
	}
}

func TestUnusualRepositories(t *testing.T) {
	t.Parallel()
	for name, setUp := range map[string]func(f *fixture, origin string){
		"sha256": func(f *fixture, _ string) { f.git("init", "-q", "--object-format=sha256") },
		"alternates": func(f *fixture, origin string) {
			f.git("clone", "-q", "-s", origin, ".")
		},
		"partial clone": func(f *fixture, origin string) {
			f.at(origin).git("config", "uploadpack.allowFilter", "true")
			f.git("clone", "-q", "--filter=blob:none", "file://"+origin, ".")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			origin := newFixture(t, implementation{})
			origin.write("a.md", "a\n")
			origin.git("add", ".")
			origin.git("commit", "-qm", "start")
			f := &fixture{t, t.TempDir(), implementation{}}
			setUp(f, origin.dir)
			f.write("a.md", "b\n")
			f.write("b.md", "b\n")
			r := f.find()
			changes, err := r.Changes(t.Context(), []string{"."}, all)
			if err != nil {
				t.Fatal(err)
			}
			c, err := r.Commit(t.Context(), changes, "x")
			if err != nil || c.Engine != "git" || c.ID != f.git("rev-parse", "HEAD") {
				t.Errorf("%v, %v", c, err)
			}
			if got := f.git("status", "--porcelain"); got != "" {
				t.Errorf("status: %s", got)
			}
			f.write("a.md", "c\n")
			r = f.find()
			r.native = nil
			f.refused("only the git program", func() error {
				_, err := r.Commit(t.Context(), []Change{{Path: "a.md", Kind: Modified, After: []byte("c\n")}}, "x")
				return err
			})
		})
	}
}

func TestShallow(t *testing.T) {
	t.Parallel()
	origin := newFixture(t, implementations[0])
	for _, s := range []string{"a", "b", "c"} {
		origin.write("a.md", s)
		origin.git("add", ".")
		origin.git("commit", "-qm", s)
	}
	for _, impl := range implementations {
		f := &fixture{t, t.TempDir(), impl}
		f.git("clone", "-q", "--depth=1", "file://"+origin.dir, ".")
		f.write("a.md", "d")
		f.commit("")
	}
}

func TestLineEnds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, engine, attributes, autocrlf, content, stored string
	}{
		{"autocrlf, CRLF", "git", "", "true", "a\r\nb\r\n", "a\nb\n"},
		{"autocrlf, LF", "go-git", "", "true", "a\nb\n", "a\nb\n"},
		{"autocrlf input, CRLF", "git", "", "input", "a\r\nb\r\n", "a\nb\n"},
		{"text=auto, CRLF", "git", "* text=auto\n", "", "a\r\nb\r\n", "a\nb\n"},
		{"text=auto, LF", "go-git", "* text=auto\n", "", "a\nb\n", "a\nb\n"},
		{"eol=crlf, CRLF", "git", "*.md eol=crlf\n", "", "a\r\n", "a\n"},
		{"another suffix", "go-git", "*.png filter=lfs -text\n", "", "a\r\n", "a\r\n"},
		{"a merge driver", "go-git", "*.md merge=coachlog\n", "", "a\r\n", "a\r\n"},
		{"nothing set", "go-git", "", "", "a\r\nb\r\n", "a\r\nb\r\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, implementation{})
			if c.autocrlf != "" {
				f.git("config", "core.autocrlf", c.autocrlf)
			}
			f.write(".gitattributes", c.attributes)
			f.git("add", ".")
			f.git("commit", "-qm", "start")
			f.write("a.md", c.content)
			r := f.find()
			changes, err := r.Changes(t.Context(), []string{"a.md"}, all)
			if err != nil {
				t.Fatal(err)
			}
			commit, err := r.Commit(t.Context(), changes, "x")
			if err != nil || commit.Engine != c.engine {
				t.Fatalf("%v, %v", commit, err)
			}
			cmd := exec.Command("git", "cat-file", "blob", "HEAD:a.md")
			cmd.Dir = f.dir
			if out, err := cmd.Output(); err != nil || string(out) != c.stored {
				t.Errorf("stored %q, %v", out, err)
			}
			if got := f.git("status", "--porcelain"); got != "" {
				t.Errorf("status: %s", got)
			}
			os.Chtimes(f.file("a.md"), f.future(), f.future())
			if changes, err = f.find().Changes(t.Context(), []string{"."}, all); err != nil || len(changes) > 0 {
				t.Errorf("after: %v %s", err, kinds(changes))
			}
		})
	}
}

// TestRequiredFilter has a filter that fails: its plain text must be nowhere.
func TestRequiredFilter(t *testing.T) {
	each(t, func(f *fixture) {
		const secret = "the plain text of a confidential note\n"
		f.git("config", "filter.crypt.clean", "false")
		f.git("config", "filter.crypt.required", "true")
		f.write(".git/info/attributes", "*.md filter=crypt\n")
		f.write("people/rep1/secret.md", secret)
		before := f.git("ls-files", "--stage") + f.git("rev-parse", "HEAD")
		r := f.find()
		if _, err := r.Commit(f.Context(), []Change{{Path: "people/rep1/secret.md", Kind: Added, After: []byte(secret)}}, "x"); err == nil {
			f.Error("committed")
		}
		r.native = nil
		var refusal *Refusal
		if _, err := r.Commit(f.Context(), []Change{{Path: "people/rep1/secret.md", Kind: Added, After: []byte(secret)}}, "x"); !errors.As(err, &refusal) {
			f.Errorf("without git: %v", err)
		}
		if after := f.git("ls-files", "--stage") + f.git("rev-parse", "HEAD"); after != before {
			f.Errorf("before:\n%s\nafter:\n%s", before, after)
		}
		cmd := exec.Command("git", "hash-object", "--stdin", "--no-filters")
		cmd.Stdin = strings.NewReader(secret)
		id, err := cmd.Output()
		if err != nil {
			f.Fatal(err)
		}
		if _, err := f.tryGit(nil, "cat-file", "-e", strings.TrimSpace(string(id))); err == nil {
			f.Error("the plain text is in the object store")
		}
	})
}

func TestFailures(t *testing.T) {
	t.Parallel()
	for name, setUp := range map[string]func(f *fixture){
		"pre-commit": func(f *fixture) { f.hook(".git/hooks/pre-commit", "echo no: not so >&2; exit 1") },
		"commit-msg": func(f *fixture) { f.hook(".git/hooks/commit-msg", "echo no: bad message >&2; exit 1") },
		"silent":     func(f *fixture) { f.hook(".git/hooks/pre-commit", "exit 1") },
		"signing": func(f *fixture) {
			f.git("config", "commit.gpgSign", "true")
			f.git("config", "gpg.program", "false")
		},
		"signing with ssh": func(f *fixture) {
			f.git("config", "commit.gpgSign", "true")
			f.git("config", "gpg.format", "ssh")
			f.git("config", "user.signingKey", f.file("no-such-key"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, implementation{})
			f.write("a.md", "a\n")
			f.write("file", "a\n")
			f.git("add", ".")
			f.git("commit", "-qm", "start")
			f.write("staged.md", "s\n")
			f.git("add", ".")
			setUp(f)
			f.write("a.md", "b\n")
			f.write("new.md", "b\n")
			f.remove("file")
			f.write("file/now a folder.md", "b\n")
			before := f.state()
			r := f.find()
			changes, err := r.Changes(t.Context(), []string{"a.md", "new.md", "file"}, all)
			if err != nil {
				t.Fatal(err)
			}
			_, err = r.Commit(t.Context(), changes, "x")
			if err == nil {
				t.Fatal("committed")
			}
			if name != "silent" && !strings.HasPrefix(name, "signing") && !strings.Contains(err.Error(), "no:") {
				t.Errorf("error %q", err)
			}
			if after := f.state(); after != before {
				t.Errorf("before:\n%s\nafter:\n%s", before, after)
			}
		})
	}
}

// TestHooksRun has hooks see and change what they may.
func TestHooksRun(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementation{})
	f.write("a.md", "a\n")
	f.git("add", ".")
	f.git("commit", "-qm", "start")
	log := filepath.Join(t.TempDir(), "log")
	f.hook(".git/hooks/pre-commit", "git diff --cached --name-only -- '*.md' >>"+log)
	f.hook(".git/hooks/commit-msg", `echo "Reviewed-by: hook" >>"$1"`)
	f.hook(".git/hooks/post-commit", "echo post >>"+log+"; echo '[x deadbeef] noise'")
	f.write("staged.md", "s\n")
	f.git("add", ".")
	f.write("a.md", "b\n")
	f.write("b.md", "b\n")
	r := f.find()
	changes, err := r.Changes(t.Context(), []string{"a.md", "b.md"}, all)
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.Commit(t.Context(), changes, "Subject")
	if err != nil || c.ID != f.git("rev-parse", "HEAD") {
		t.Fatalf("%v %v", c, err)
	}
	if got, _ := os.ReadFile(log); string(got) != "a.md\nb.md\npost\n" {
		t.Errorf("the hooks saw %q", got)
	}
	if got := f.git("log", "-1", "--format=%B"); got != "Subject\nReviewed-by: hook\n" {
		t.Errorf("message %q", got)
	}
	f.check("A  staged.md")
}

// TestLooksWithoutLocks: to see what changed, git writes no index, since others may be writing it.
func TestLooksWithoutLocks(t *testing.T) {
	each(t, func(f *fixture) {
		f.write("people/a.md", "a\n")
		f.commit("", ".")
		old := time.Now().Add(-time.Hour)
		if err := errors.Join(os.Chtimes(f.file("people/a.md"), old, old), os.Chtimes(f.file(".git/index"), old, old)); err != nil {
			f.Fatal(err)
		}
		if found := f.changes("."); len(found) > 0 {
			f.Errorf("found %s", kinds(found))
		}
		if info, err := os.Stat(f.file(".git/index")); err != nil || !info.ModTime().Equal(old) {
			f.Errorf("the index was written, %v", err)
		}
	})
}

package gitrepo

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestIdentity(t *testing.T) {
	for _, c := range []struct {
		name, global, local string
		env                 map[string]string
		want                string // "" for a refusal
		needsGit            bool
	}{
		{"global", "[user]\n\tname = Ann\n\temail = a@b.c\n", "", nil, "Ann <a@b.c>", false},
		{"local over global", "[user]\n\tname = Ann\n\temail = a@b.c\n", "[user]\n\tname = Bo\n", nil, "Bo <a@b.c>", false},
		{"author over user", "[user]\n\tname = Ann\n\temail = a@b.c\n[author]\n\tname = Au\n", "", nil, "Au <a@b.c>", false},
		{"environment", "[user]\n\tname = Ann\n\temail = a@b.c\n", "", map[string]string{"GIT_AUTHOR_NAME": "Env"}, "Env <a@b.c>", false},
		{"EMAIL", "[user]\n\tname = Ann\n", "", map[string]string{"EMAIL": "e@b.c"}, "Ann <e@b.c>", false},
		{"EMAIL not to be used", "[user]\n\tname = Ann\n\tuseConfigOnly = true\n", "", map[string]string{"EMAIL": "e@b.c"}, "", false},
		{"include", "[include]\n\tpath = more\n", "", nil, "Inc <i@b.c>", true},
		{"includeIf", "[includeIf \"gitdir:**\"]\n\tpath = more\n", "", nil, "Inc <i@b.c>", true},
		{"xdg", "", "", map[string]string{"GIT_CONFIG_GLOBAL": ""}, "Xdg <x@b.c>", false},
		{"count", "", "", map[string]string{"GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_0": "User.Name", "GIT_CONFIG_VALUE_0": "C", "GIT_CONFIG_KEY_1": "user.email", "GIT_CONFIG_VALUE_1": "c@b.c"}, "C <c@b.c>", false},
		{"quoted", "[user]\n\tname = \"Ann # \\\"B\\\"\" ; comment\n\temail = a@b.c\n", "", nil, `Ann # "B <a@b.c>`, false},
		{"none", "", "", nil, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, implementations[0])
			home := t.TempDir()
			for name, content := range map[string]string{
				"global": c.global, "more": "[user]\n\tname = Inc\n\temail = i@b.c\n", "xdg/git/config": "[user]\n\tname = Xdg\n\temail = x@b.c\n",
			} {
				os.MkdirAll(filepath.Dir(filepath.Join(home, name)), 0o755)
				os.WriteFile(filepath.Join(home, name), []byte(content), 0o600)
			}
			t.Setenv("HOME", home)
			t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "xdg"))
			t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(home, "global"))
			for name, value := range c.env {
				t.Setenv(name, value)
				if value == "" {
					os.Unsetenv(name)
				}
			}
			config := f.read(".git/config")
			f.write(".git/config", config+c.local)
			r, err := Find(f.dir)
			if err != nil {
				t.Fatal(err)
			}
			check := func(want string) {
				t.Helper()
				id, err := r.Identity()
				var refusal *Refusal
				switch {
				case want == "" && !errors.As(err, &refusal):
					t.Errorf("%v, %v; want a refusal", id, err)
				case want != "" && (err != nil || id.String() != want):
					t.Errorf("%v, %v; want %s", id, err, want)
				}
			}
			check(c.want)
			if c.want != "" {
				if got := f.git("var", "GIT_AUTHOR_IDENT"); !strings.HasPrefix(got, c.want+" ") {
					t.Errorf("git says %s", got)
				}
			}
			r.native, r.cfg = nil, nil
			if c.needsGit {
				check("")
			} else {
				check(c.want)
			}
		})
	}
}

func TestInit(t *testing.T) {
	for _, withGit := range []bool{true, false} {
		for name, want := range map[string]string{"": "main", "trunk": "trunk"} {
			dir := filepath.Join(t.TempDir(), "new", "logbook")
			t.Run(name, func(t *testing.T) {
				global := filepath.Join(t.TempDir(), "global")
				content := "[user]\n\tname = Ann Coach\n\temail = ann@example.com\n"
				if name != "" {
					content += "[init]\n\tdefaultBranch = " + name + "\n"
				}
				os.WriteFile(global, []byte(content), 0o600)
				t.Setenv("GIT_CONFIG_GLOBAL", global)
				path := os.Getenv("PATH")
				if !withGit {
					t.Setenv("PATH", "")
				}
				for range 2 { // the second time it is there already
					if err := Init(dir); err != nil {
						t.Fatal(err)
					}
				}
				os.Setenv("PATH", path)
				r, err := Find(dir)
				if err != nil {
					t.Fatal(err)
				}
				if branch, err := r.Branch(); branch != want || err != nil {
					t.Errorf("branch %q, %v", branch, err)
				}
				f := &fixture{t, dir, implementations[0]}
				f.write("a.md", "a\n")
				f.commit("")
			})
		}
	}
}

func TestHooksDir(t *testing.T) {
	f := newFixture(t, implementations[0])
	for set, want := range map[string]string{
		"": ".git/hooks", "my/hooks": "my/hooks", "~/hooks": filepath.Join(os.Getenv("HOME"), "hooks"), "/abs/hooks": "/abs/hooks",
	} {
		if set != "" {
			f.git("config", "core.hooksPath", set)
		}
		if !filepath.IsAbs(want) {
			want = filepath.Join(f.find().Root(), want)
		}
		for range 2 {
			r := f.find()
			if got := r.hooksDir(); got != want {
				t.Errorf("%q: %s", set, got)
			}
			if got := f.git("rev-parse", "--path-format=absolute", "--git-path", "hooks"); got != want {
				t.Errorf("%q: git says %s", set, got)
			}
		}
		f.tryGit(nil, "config", "--unset", "core.hooksPath")
	}
}

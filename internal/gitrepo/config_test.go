package gitrepo

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestConfigFilesAsGit holds the reading of configuration files against git's, over
// texts of all that can stand in one, in order and not.
func TestConfigFilesAsGit(t *testing.T) {
	pieces := []string{
		"[core]\n", "[Core]\n", "[user]\n", "[alias]", "[remote \"origin\"]\n", "[remote \"A \\\"b\\\" \\\\c\"]\n", "[branch \"x.y\"]\n",
		"[a.B]\n", "[core] ; comment\n", "[core]bare = false\n", "[core]\tautocrlf = input # why\n", "\n", "  \n", "# comment\n", "; comment\n",
		"\tname = Ann Coach\n", "name=Ann  Coach  \n", "\tEMail = ann@example.org\n", "bare\n", "  bare = \n", "x-1 = y\n",
		"v = \"quoted ; # \"\n", "v = a\"b c\"d\n", "v = a\\\\b\\\"c\\tt\\nn\n", "v = one \\\ntwo\n", "v = \"open\\\n closed\"\n",
		"v = a ; b\n", "v = a#b\n", "v = \"a\" \"b\"\n", "v = \ttab\tin\t\n", "v = ü é\n", "v = 'single'\n", "v = !sh -c \"a; b\"\n",
		"v = true\r\n", "\r\n", "[crlf]\r\n", "v = end", "v = =\n", "v =\n", "1v = x\n", "v_ = x\n", "= x\n", "[core\n", "[]\n", "[a b]\n", "[a \"b]\n",
		"v = \"open\n", "v = a\\qb\n", "\ufeff", "v = \x00\n", "[include]\n", "path = other\n", "v = a\\bb\n", "v = \x01\n", "v\t=\tx\n", "v x\n", "[-a]\n", "[a-b \"\"]\n", "[A \"\"]\n",
	}
	rng := rand.New(rand.NewPCG(7, 11))
	read := 0
	for range 400 {
		var b strings.Builder
		if rng.IntN(8) > 0 {
			b.WriteString("[core]\n")
		}
		for range rng.IntN(9) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		text := b.String()
		file := filepath.Join(t.TempDir(), "config")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cfg := config{}
		if cfg.readFile(file) != nil {
			continue // git is asked
		}
		read++
		f := &fixture{T: t, dir: filepath.Dir(file)}
		out, err := f.tryGit(nil, "config", "--list", "-z", "--no-includes", "--file", file)
		if err != nil {
			t.Errorf("%q: git can't read it: %v; coachlog reads %v", text, err, cfg)
			continue
		}
		want := config{}
		for item := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
			if item == "" {
				continue
			}
			key, value, set := strings.Cut(item, "\n")
			if !set {
				value = "true"
			}
			want[key] = append(want[key], value)
		}
		if diff := cmp.Diff(want, cfg); diff != "" {
			t.Errorf("%q (-git +coachlog):\n%s", text, diff)
		}
	}
	if read < 50 {
		t.Errorf("only %d of the files could be read", read)
	}
}

// TestConfigAsGit has git list its settings from everywhere, and reads the same files.
func TestConfigAsGit(t *testing.T) {
	f := newFixture(t, implementations[0])
	home := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(home, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	write("system", "[user]\n\tname = System\n[core]\n\tautocrlf = input\n")
	write(".config/git/config", "[user]\n\tname = XDG\n\temail = xdg@example.org\n")
	write(".gitconfig", "[user]\n\tname = Home\n[Alias]\n\tS = status\n")
	write("elsewhere/git/config", "[user]\n\tname = Elsewhere\n")
	write("global", "[user]\n\tname = Global\n")
	f.git("config", "user.signingKey", "A B")
	f.git("config", "branch.Some/Branch.remote", "origin")
	t.Setenv("HOME", home)
	type setting struct{ name, value string }
	all := []string{"GIT_CONFIG_SYSTEM", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "XDG_CONFIG_HOME", "GIT_CONFIG_PARAMETERS"}
	for _, s := range []setting{
		{"GIT_CONFIG_SYSTEM", filepath.Join(home, "system")},
		{"XDG_CONFIG_HOME", filepath.Join(home, "elsewhere")},
		{"GIT_CONFIG_GLOBAL", filepath.Join(home, "global")},
		{"GIT_CONFIG_GLOBAL", ""},
		{"GIT_CONFIG_NOSYSTEM", "true"},
		{"GIT_CONFIG_PARAMETERS", "'user.name'='Argument'"},
		{"include", filepath.Join(home, "global")},
	} {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			for _, name := range all {
				t.Setenv(name, s.value)
				if name != s.name {
					os.Unsetenv(name)
				}
			}
			if s.name == "include" {
				f.git("config", "include.path", s.value)
			}
			r, err := Find(f.dir)
			if err != nil {
				t.Fatal(err)
			}
			got, err := r.readConfig()
			if err != nil {
				t.Fatal(err)
			}
			want, err := r.configFromGit()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
				t.Errorf("(-git +coachlog):\n%s", diff)
			}
		})
	}
}

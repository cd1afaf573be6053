package cmd_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/coachlog/coachlog/cmd"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/report"
)

var update = flag.Bool("update", false, "write the scripts' expected output anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"coachlog": func() { os.Exit(cmd.Main(os.Args[1:], terminal.System())) },
	})
}

// TestScripts runs the sessions at a terminal that specify each command.
func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../examples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"unescape": unescape, "for-every-format": forEveryFormat},
		Setup: func(env *testscript.Env) error {
			gitconfig := filepath.Join(env.WorkDir, ".gitconfig")
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, ".config"))
			env.Setenv("GIT_CONFIG_GLOBAL", gitconfig)
			env.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			env.Setenv("EXAMPLES", examples)
			env.Setenv("TZ", "UTC")
			env.Setenv("GORACE", os.Getenv("GORACE"))
			return os.WriteFile(gitconfig, []byte("[user]\n\tname = Josh Lee\n\temail = josh@example.org\n[init]\n\tdefaultBranch = main\n"), 0o644)
		},
	})
}

// unescape writes control characters in place of their names, which a script's
// archive can't hold.
func unescape(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		text := strings.NewReplacer("ESC", "\x1b", "BEL", "\a", "RETURN\n", "\r", "NUL", "\x00").Replace(ts.ReadFile(name))
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o644))
	}
}

// forEveryFormat looks for a pattern in the report on rep1 in every format and, of CSV,
// in every table: with "!" it is to be in none of them. Flags of the report follow.
func forEveryFormat(ts *testscript.TestScript, neg bool, args []string) {
	if args[0] == "!" {
		neg, args = true, args[1:]
	}
	pattern := regexp.MustCompile(args[0])
	for _, format := range report.Formats {
		folder := ts.MkAbs("every-format")
		ts.Check(os.RemoveAll(folder))
		ts.Check(os.Mkdir(folder, 0o755))
		flags := append([]string{"report", "rep1", "--format", format, "--output", filepath.Join(folder, "report")}, args[1:]...)
		ts.Check(ts.Exec("coachlog", flags...))
		ts.Check(filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			if found := pattern.Find(text); (found != nil) == neg {
				ts.Fatalf("%s in %s: %q is in it: %v", format, path, args[0], found != nil)
			}
			return err
		}))
	}
}

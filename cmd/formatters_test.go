package cmd_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/cmd"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

// formatters are commands that write a folder's markdown anew, each with its program.
var formatters = []struct {
	name, program string
	flags         []string
}{
	{"prettier", "prettier", []string{"--log-level", "warn", "--write", "."}},
	{"prettier, wrapped and indented by four", "prettier", []string{"--log-level", "warn", "--no-editorconfig", "--prose-wrap", "always", "--print-width", "60", "--tab-width", "4", "--write", "."}},
	{"markdownlint", "markdownlint-cli2", []string{"--fix", "**/*.md"}},
	{"remark", "remark", []string{"--no-ignore", "--quiet", "--output", "--use", "remark-frontmatter", "--use", "remark-gfm", "."}},
	{"pandoc", "pandoc", []string{"--standalone", "--from", "gfm+yaml_metadata_block", "--to", "gfm+yaml_metadata_block"}},
}

// TestFormatters: a logbook means the same once a formatter wrote it anew: the examples,
// one with all that the format knows, and what init and new write.
func TestFormatters(t *testing.T) {
	for _, f := range formatters {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			program := formatter(t, f.program)
			for _, logbook := range []string{"../examples/team", "testdata/formatters", ""} {
				dir := logbookCopy(t, logbook)
				before := meaning(t, dir)
				format(t, dir, program, f.flags)
				if diff := gocmp.Diff(before, meaning(t, dir)); diff != "" {
					t.Errorf("%s -before +after:\n%s", cmp.Or(logbook, "a fresh logbook"), diff)
				}
			}
		})
	}
}

// TestFmtAndPrettier: neither has anything to do where the other was last, and what new and
// prep write is as both want it.
func TestFmtAndPrettier(t *testing.T) {
	t.Parallel()
	program := formatter(t, "prettier")
	canonical := func(dir, when string) {
		t.Helper()
		if out, stderr, code := coachlog(dir, "fmt", "--check"); code != 0 {
			t.Errorf("%s, fmt --check ends with %d: %s%s", when, code, out, stderr)
		}
	}
	dir := logbookCopy(t, "")
	answer := filepath.Join(t.TempDir(), "answer.txt")
	if err := os.WriteFile(answer, []byte("What feels good? The new greeting.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"prep", "rep1", "--from", answer, "--date", "2026-10-12"}, {"new", "session", "rep1", "--date", "2026-10-13", "--kind", "kick-off", "--no-edit"}, {"new", "session", "rep1", "--date", "2026-10-14", "--kind", "review", "--no-edit"},
		{"new", "session", "josh", "--coach", "rep1", "--date", "2026-10-15", "--kind", "peer", "--no-edit"}, {"new", "assessment", "pulse", "rep1", "--no-edit"},
	} {
		if _, stderr, code := coachlog(dir, args...); code != 0 {
			t.Fatalf("%v: %s", args, stderr)
		}
	}
	logs, err := filepath.Glob(filepath.Join(dir, "people/rep1/*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, log := range logs { // a person's own emphasis is as they typed it
		text, err := os.ReadFile(log)
		if err == nil {
			err = os.WriteFile(log, []byte(strings.ReplaceAll(string(text), "*Calmer*", "_Calmer_")), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	canonical(dir, "fresh")
	format(t, dir, program, []string{"--log-level", "warn", "--check", "people"})
	example, all := logbookCopy(t, "../examples/team"), logbookCopy(t, "testdata/formatters")
	people := []string{filepath.Join(example, "people"), filepath.Join(all, "people")}
	format(t, example, program, append([]string{"--log-level", "warn", "--write"}, people...))
	for _, dir := range []string{example, all} {
		if _, stderr, code := coachlog(dir, "fmt"); code == 2 {
			t.Fatal(stderr)
		}
	}
	format(t, example, program, append([]string{"--log-level", "warn", "--check"}, people...))
	canonical(example, "after prettier")
	canonical(all, "after prettier")
}

// TestFormatterWithoutFrontMatter: remark alone takes front matter apart. What init writes
// keeps it away, and where it comes all the same, every command says so.
func TestFormatterWithoutFrontMatter(t *testing.T) {
	program := formatter(t, "remark")
	dir := logbookCopy(t, "")
	before := meaning(t, dir)
	format(t, dir, program, []string{"--quiet", ".", "--output"})
	if diff := gocmp.Diff(before, meaning(t, dir)); diff != "" {
		t.Errorf("in spite of .remarkignore: -before +after:\n%s", diff)
	}
	format(t, dir, program, []string{"--no-ignore", "--quiet", ".", "--output"})
	if _, stderr, code := coachlog(dir, "check"); code != 2 || !strings.Contains(stderr, "a formatter that doesn't know front matter has rewritten it as text") {
		t.Errorf("check ends with %d and says %s", code, stderr)
	}
}

// formatter is where a program is: in COACHLOG_FORMATTERS, a folder that npm installed it
// into, or on the PATH.
func formatter(t *testing.T, program string) string {
	t.Helper()
	path := filepath.Join(os.Getenv("COACHLOG_FORMATTERS"), "node_modules", ".bin", program)
	if _, err := os.Stat(path); err == nil {
		return path
	}
	path, err := exec.LookPath(program)
	switch {
	case err == nil:
	case os.Getenv("COACHLOG_CI") != "":
		t.Fatalf("%s isn't here: npm install it, and set COACHLOG_FORMATTERS to where", program)
	default:
		t.Skipf("SKIPPED: %s isn't here: npm install it, and set COACHLOG_FORMATTERS to where", program)
	}
	return path
}

// format runs a formatter in a folder; pandoc takes one file at a time.
func format(t *testing.T, dir, program string, flags []string) {
	t.Helper()
	run := func(flags ...string) {
		c := exec.Command(program, flags...)
		c.Dir = dir
		out, err := c.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && !(strings.Contains(program, "markdownlint") && asExit(err, &exit) && exit.ExitCode() == 1) { // it found what it can't mend
			t.Fatalf("%v\n%s", err, out)
		}
	}
	for i, flag := range flags { // remark looks for its plugins in the folder
		if strings.HasPrefix(flag, "remark-") {
			flags = slices.Clone(flags)
			flags[i] = filepath.Join(filepath.Dir(program), "..", flag, "index.js")
		}
	}
	if filepath.Base(program) != "pandoc" {
		run(flags...)
		return
	}
	err := filepath.WalkDir(filepath.Join(dir, "people"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".md" {
			run(append(slices.Clone(flags), path, "--output", path)...)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func asExit(err error, to **exec.ExitError) bool {
	exit, ok := err.(*exec.ExitError)
	*to = exit
	return ok
}

// logbookCopy is a copy of a logbook or, without a name, a new one with a plan and two logs.
func logbookCopy(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if name != "" {
		if err := os.CopyFS(dir, os.DirFS(name)); err != nil {
			t.Fatal(err)
		}
		for _, more := range []string{"ana", "tom"} { // two people are enough
			if err := os.RemoveAll(filepath.Join(dir, "people", more)); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	for _, args := range [][]string{
		{"init"}, {"new", "person", "josh", "--no-edit"}, {"new", "person", "rep1", "--coach", "josh", "--email", "rep1@example.org", "--no-edit"},
		{"new", "session", "rep1", "--date", "2026-10-05", "--no-edit"},
	} {
		if _, stderr, code := coachlog(dir, args...); code != 0 {
			t.Fatalf("%v: %s", args, stderr)
		}
	}
	path := filepath.Join(dir, "people/rep1/2026-10-05.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	filled := strings.NewReplacer("status: planned", "status: held", "## Short-term goals\n", "## Short-term goals\n\n- [ ] *Calmer* calls ^calm due:2026-10-31\n  - [ ] Say \"hello\" -- first @josh\n  - [x] Sum up ^sum #calls\n").Replace(string(text))
	if err := os.WriteFile(path, []byte(filled), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, stderr, code := coachlog(dir, "new", "session", "rep1", "--date", "2026-10-12", "--no-edit"); code != 0 {
		t.Fatal(stderr)
	}
	return dir
}

func coachlog(dir string, args ...string) (stdout, stderr string, code int) {
	var out, errs strings.Builder
	code = cmd.Main(append([]string{"-C", dir, "--today", "2026-10-02"}, args...), &terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	return out.String(), errs.String(), code
}

// meaning is what programs get of a logbook, without places, and with texts in the form to
// compare them by.
func meaning(t *testing.T, dir string) []any {
	t.Helper()
	var all []any
	commands := [][]string{{"show", "--everything"}, {"check", "--format", "json"}, {"lint", "--all", "--format", "json"}}
	for _, person := range []string{"rep1", "priya", "josh"} {
		if _, err := os.Stat(filepath.Join(dir, "people", person)); err == nil {
			commands = append(commands, []string{"report", person, "--period", "2026-Q3", "--format", "json"})
		}
	}
	for _, args := range commands {
		out, stderr, code := coachlog(dir, args...)
		var got any
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, stderr)
		}
		all = append(all, normal(got), fmt.Sprint(code, stderr))
	}
	return all
}

func normal(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for _, place := range []string{"line", "column", "end_line", "end_column", "fingerprint", "diagnostics"} {
			delete(v, place)
		}
		for key, value := range v {
			v[key] = normal(value)
		}
	case []any:
		for i, value := range v {
			v[i] = normal(value)
		}
		slices.SortStableFunc(v, func(x, y any) int { return cmp.Compare(fmt.Sprint(x), fmt.Sprint(y)) }) // pandoc sorts keys
	case string:
		return logparse.NormalText(v)
	}
	return v
}

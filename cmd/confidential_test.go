package cmd_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/cmd"
	"github.com/coachlog/coachlog/internal/terminal"
)

// confidentialForms are ways to say that SECRETX is confidential, right and nearly
// right; logparse tests many more.
var confidentialForms = []string{
	"## Confidential\n\nSECRETX said\n---\n\nSECRETX more\n\n- [ ] SECRETX ^secretx",
	"## Confidential\n\nSECRETX <!-- coachlog: ignore SECRETX: SECRETX -->\n\n### Short-term goals\n\n- [ ] SECRETX ^secretx @nobody",
	"##Confidential\n\n- [ ] SECRETX ^secretx due:SECRETX",
	"**Confidential**\n\n- SECRETX",
	"- calm\n\n  ## Confidential\n\n  - [ ] SECRETX @josh",
	"#### Private\n\n- SECRETX",
	"<!-- a note\n\n## Confidential\n\nSECRETX\n\n## Short-term goals\n\n- [ ] SECRETX",
	"```\n## Confidential\n\n- [ ] SECRETX\n\n## Mid-term goals\n\n- [ ] SECRETX",
	"Confidential: SECRETX\n\n- [ ] SECRETX",
	"[x]:\n## Соnfidеntiаl\n\n- [ ] SECRETX ^secretx",
	"a\f## Confidential\n| aht | 5 SECRETX |\n|---|---|\n| SECRETX | SECRETX |",
	"<h2>Nur für uns</h2>\n\nSECRETX\n\n<<<<<<< SECRETX\nSECRETX\n=======\nSECRETX\n>>>>>>> SECRETX",
	"%%\nSECRETX\n%%\n\n- calm %%SECRETX%%\n\n## Short-term goals\n\n- [ ] Calls ^calls %%SECRETX%%\n  - [ ] Greet %%SECRETX%% @josh\n    - %%SECRETX%%\n",
}

// TestConfidentialIsNowhere runs every command that prints something, in all its
// formats, and looks for the text in what it prints, writes and commits.
func TestConfidentialIsNowhere(t *testing.T) {
	for i, form := range confidentialForms {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			dir, exports := t.TempDir(), t.TempDir()
			write := func(name, text string) {
				t.Helper()
				name = filepath.Join(dir, name)
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			write("coachlog.yaml", "name: Team\nsections: {confidential: [Nur für uns]}\n")
			write("notes/2026-06-01 Ana.md", "# Ana\n\nTalked\n\n"+form+"\n")
			write("people/josh/plan.md", "---\ntype: plan\nperson: josh\nname: Josh\n---\n\n# Plan\n")
			write("people/ana/plan.md", "---\ntype: plan\nperson: ana\nname: Ana\ncoach: josh\nshare: {mgmt: {since: 2026-07-01, parts: [commitment, goals, open, metrics, strengths]}}\n---\n\n# Plan\n\n"+form+"\n")
			log := "---\nstatus: held\nminutes: 30 min\n---\n\n## Feedback\n\n### Going well\n\n- Friendly\n\n"
			write("people/ana/2026-07-06.md", log)
			git := func(args ...string) string {
				t.Helper()
				command := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=Josh", "-c", "user.email=josh@example.org"}, args...)...)
				out, err := command.CombinedOutput()
				if err != nil {
					t.Fatalf("git %v: %v\n%s", args, err, out)
				}
				return string(out)
			}
			git("init", "-q")
			git("config", "user.name", "Josh")
			git("config", "user.email", "josh@example.org")
			git("add", "-A")
			git("commit", "-qm", "Start")
			write("people/ana/2026-07-06.md", log+form+"\n")
			write("people/ana/prep-2026-07-13.md", "---\ntype: preparation\nperson: ana\nsession: 2026-07-13\n---\n\n## Focus\n\n"+form+"\n")
			comment := strings.Contains(form, "%%") // of those, the file's own lines are shown to the two
			for _, line := range commandsThatTell {
				if comment && (strings.HasPrefix(line, "show") || strings.HasPrefix(line, "lint") && !strings.Contains(line, "--format") || strings.HasPrefix(line, "fmt")) {
					continue
				}
				var out, err bytes.Buffer
				args := append([]string{"-C", dir, "--today", "2026-07-10"}, strings.Fields(strings.ReplaceAll(line, "OUT", exports))...)
				cmd.Main(args, &terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &err})
				for what, text := range map[string]string{"output": out.String(), "messages": err.String()} {
					if at := strings.Index(strings.ToUpper(text), "SECRETX"); at >= 0 {
						t.Errorf("coachlog %s: it is in the %s: %s", line, what, text[max(0, at-200):min(len(text), at+100)])
					}
				}
				if strings.Contains(err.String(), "unknown") || strings.Contains(err.String(), "bug in coachlog") {
					t.Errorf("coachlog %s: %s", line, err.String())
				}
			}
			for what, folder := range map[string]string{"kept of people": filepath.Join(dir, ".git", "coachlog"), "exported": exports} {
				searchFolder(t, what, folder)
			}
			if body := git("log", "--format=%B"); strings.Contains(body, "SECRETX") || !strings.Contains(body, "oachlog") {
				t.Errorf("the commits say:\n%s", body)
			}
			if text, err := os.ReadFile(filepath.Join(dir, "people/ana/2026-07-13.md")); err != nil || !comment && bytes.Contains(text, []byte("SECRETX")) {
				t.Errorf("the next log holds it, or isn't there (%v):\n%s", err, text)
			}
		})
	}
}

// searchFolder looks for the text in all files below a folder, of which there have to be some.
func searchFolder(t *testing.T, what, folder string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files++
		text, err := os.ReadFile(name)
		if bytes.Contains(bytes.ToUpper(text), []byte("SECRETX")) {
			t.Errorf("it is %s, in %s", what, name)
		}
		return err
	})
	if err != nil || files < 2 {
		t.Errorf("%d files are %s: %v", files, what, err)
	}
}

var commandsThatTell = []string{
	"fmt --check", "fmt --diff", "lint --fix --dry-run",
	"check", "check --format json", "check --format slack --words", "check --format teams --words", "check --format teams", "schedule --format slack", "show ana/2026-07-06", "show ana/2026-07-06 --format json", "show ana",
	"lint --tier strict", "lint --tier strict --format json", "lint --tier strict --format github", "lint --tier strict --format jsonl", "lint --tier strict --format gitlab", "lint --tier strict --format sarif",
	"lint --tier strict --format junit", "lint --tier strict --format checkstyle", "lint --tier strict --format template={{.}}", "lint people/ana/prep-2026-07-13.md",
	"report ana --period 2026-07", "report ana --period 2026-07 --format markdown", "report ana --period 2026-07 --format html", "report ana --period 2026-07 --format json",
	"report ana --period 2026-07 --format csv", "report ana --period 2026-07 --for mgmt", "report --coach josh --period 2026-07", "report --logbook --period 2026-07",
	"list sessions", "list actions --format json", "list goals", "list plans", "plan show ana", "plan show ana --format json", "prep ana --date 2026-07-13", "prep ana --format json",
	"schedule", "commit --dry-run", "commit", "history ana", "history ana --format json", "history people/ana/2026-07-06.md", "audit", "agree people/ana/2026-07-06.md", "agree --pending",
	"show --everything", "lint --all", "list people", "list metrics", "report --team --period 2026-07 --format html", "schedule --format json", "audit --format json", "agree --mail ana", "adopt notes", "adopt notes --format json",
	"export --figures --period 2026-07", "export --names --output OUT/csv --format csv", "export --output OUT/jsonl --format jsonl",
	"__complete show ana/", "__complete history ^", "history secret", "new session ana --date 2026-07-13 --no-edit", "commit", "doctor",
}

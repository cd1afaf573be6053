package cmd_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A writer is a command that writes, and what it needs besides the logbook of newWriter.
type writer struct {
	name    string
	prepare func(tm *team)
	args    []string
}

// writers are all ways to write: one for each command, or more.
var writers = []writer{
	{"new session", nil, []string{"new", "session", "rep0", "--no-edit"}},
	{"new person", nil, []string{"new", "person", "ana", "--no-edit"}},
	{"new plan", nil, []string{"new", "plan", "josh", "--no-edit"}},
	{"new assessment", nil, []string{"new", "assessment", "self-assessment", "josh", "--no-edit"}},
	{"prep", nil, []string{"prep", "rep0", "--from", "../answer.txt", "--date", "2026-10-05"}},
	{"assess collect", nil, []string{"assess", "collect", "josh", "../answers.csv"}},
	{"adopt", nil, []string{"adopt", "../notes", "--person", "rep0", "--coach", "josh", "--yes"}},
	{"metrics import", nil, []string{"metrics", "import", "../phone.csv"}},
	{"move", (*team).planned, []string{"move", "rep0", "2026-10-07"}},
	{"fmt", (*team).loose, []string{"fmt"}},
	{"lint", (*team).loose, []string{"lint", "--fix", "--yes", "people/rep1"}},
	{"commit", nil, []string{"commit"}},
	{"commit", (*team).hooked, []string{"commit"}},
	{"agree", (*team).committed, []string{"agree", logOf(0)}},
	{"agree", (*team).committed, []string{"agree", logOf(0), "--counter", "One glass", "--action", "^water"}},
	{"agree", (*team).agreed, []string{"agree", logOf(0), "--withdraw"}},
	{"undo", (*team).committed, []string{"undo"}},
	{"undo", func(tm *team) { tm.committed(); tm.hooked() }, []string{"undo"}},
	{"migrate", (*team).ofFormat1, []string{"migrate", "--yes"}},
	{"forget", (*team).committed, []string{"forget", "rep0", "--yes"}},
	{"init", nil, []string{"init", "--hook", "--merge-driver"}},
	{"report", nil, []string{"report", "rep0", "--output", "../review.html", "--format", "html"}},
	{"report", nil, []string{"report", "rep0", "--output", "../review", "--format", "csv"}},
	{"export", nil, []string{"export", "--names", "--output", "../export"}},
	{"schedule", nil, []string{"schedule", "--ics", "--output", "../josh.ics"}},
	{"schedule", func(tm *team) {
		tm.coachlog("schedule", "--ics", "--output", "../josh.ics", "--today", "2026-08-02")
		tm.planned()
	}, []string{"schedule", "--ics", "--output", "../josh.ics"}},
}

// sealing are writers that need keys to get anywhere.
var sealing = []writer{
	{"seal", nil, []string{"seal"}},
	{"unseal", nil, []string{"unseal", logOf(0)}},
}

// alone are commands that write, and wait for no lock: git calls the first, the second makes a
// new file, the third takes the lock only to clean up, and the fourth puts a text in place of
// the one that it opened, or keeps it elsewhere.
var alone = []string{"merge-driver", "audit anchor", "doctor", "edit"}

// reading are all other commands.
var reading = []string{"check", "list", "show", "recipients", "history", "audit", "plan show", "templates list", "templates show", "version", "man",
	"coachlog", "help", "format", "git", "judging", "periods", "lsp", "completion", "bash", "zsh", "fish", "powershell"}

// newWriter is a logbook with something to do for each writer.
func newWriter(t *testing.T) *team {
	t.Helper()
	tm := emptyTeam(t)
	tm.env = append(tm.env, "GORACE="+os.Getenv("GORACE"))
	tm.dir = filepath.Join(tm.dir, "team")
	tm.write("coachlog.yaml", "")
	tm.git("init", "-q")
	tm.fill(2)
	tm.append("coachlog.yaml", "metrics:\n  aht: {name: Handle time, unit: s, better: lower}\nimports:\n  phone:\n    date: Day\n    person: [Who]\n    metrics:\n      aht: {from: AHT, unit: s}")
	tm.write("metrics/phone-2026.csv", "date,person,metric,value\n2026-07-01,rep0,aht,400\n")
	tm.git("add", ".")
	tm.git("commit", "-qm", "start")
	tm.append(logOf(0), "Said since.")
	tm.write("people/rep1/2026-07-13.md", session("rep1", "2026-07-13"))
	tm.write("../answer.txt", "What feels good? The new greeting.\n")
	tm.write("../phone.csv", "Day,Who,AHT\n2026-07-02,rep0,395\n2026-07-03,rep1,390\n2025-07-03,rep1,380\n")
	answers := "person,time,worth,heard\n"
	for i := range 6 {
		answers += fmt.Sprintf("p%d,4,3,%d\n", i, 1+i%5)
	}
	tm.write("../answers.csv", answers)
	for day := 1; day <= 3; day++ {
		tm.write(fmt.Sprintf("../notes/2024-03-%02d.md", day), fmt.Sprintf("# 1:1 with rep0\n\nWe talked about call %d.\n", day))
	}
	return tm
}

// again runs the writer.
func (w writer) again(tm *team) (int, string) { return tm.run("coachlog", w.line()...) }

func (w writer) line() []string { return append([]string{"--today", "2026-10-02"}, w.args...) }

func (w writer) String() string { return strings.Join(w.args, " ") }

// nothingNew says whether no file is beside the logbook that newWriter didn't put there.
func (tm *team) nothingNew() bool {
	entries, err := os.ReadDir(filepath.Dir(tm.dir))
	names := ""
	for _, e := range entries {
		names += e.Name() + " "
	}
	return err == nil && strings.ReplaceAll(names, "josh.ics ", "") == "answer.txt answers.csv notes phone.csv team "
}

func (tm *team) planned() {
	tm.write("people/rep0/2026-10-05.md", strings.Replace(session("rep0", "2026-10-05"), "held", "planned", 1))
	tm.write("people/rep0/prep-2026-10-05.md", "---\ntype: preparation\nperson: rep0\nsession: 2026-10-05\n---\n\n# Preparation\n\n## Notes\n\nTea.\n")
	tm.write(logOf(0), strings.Replace(tm.read(logOf(0)), "status: held\n", "status: held\nnext: 2026-10-05\n", 1))
}

func (tm *team) loose() {
	tm.write("people/rep1/2026-07-13.md", session("rep1", "13 July 2026")+"## Mid-term goals\n\n-[ ] Sing more\n")
	tm.append(logOf(0), "## Mid-term goals\n- [ ] Sing more @rep0 ^sing due:2026-12-01")
}

func (tm *team) committed() { tm.coachlog("commit") }

func (tm *team) agreed() {
	tm.coachlog("commit")
	tm.coachlog("agree", logOf(0))
}

func (tm *team) hooked() { tm.hook("exit 0") }

func (tm *team) ofFormat1() {
	tm.write("coachlog.yaml", strings.Replace(tm.read("coachlog.yaml"), "format: 2\n", "", 1))
	tm.write("people/rep1/2026-07-13.md", strings.Replace(session("rep1", "2026-07-13"), "## Short", "## Follow-through\n\n- [ ] Calmer calls ^calm due:2026-08-31\n  - [ ] Drink water ^water\n\n## Short", 1))
	tm.coachlog("commit")
}

package cmd_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// TestLintSince changes a logbook at random, and holds what lint --since finds against what
// lint finds of everything: nothing else, all of whoever has a changed file, and all that
// wasn't there at the commit. COACHLOG_SEEDS and COACHLOG_STEPS set how much of it.
func TestLintSince(t *testing.T) {
	t.Parallel()
	for seed := range uint64(number("COACHLOG_SEEDS", 3)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			l := newLintWalk(t, seed)
			fewer := 0
			for step := range number("COACHLOG_STEPS", 25) {
				if l.since(step) {
					fewer++
				}
				if t.Failed() {
					t.Fatalf("seed %d, step %d: %v", seed, step, l.did)
				}
			}
			t.Logf("%d with fewer", fewer)
			if fewer == 0 {
				t.Error("every time everything was linted, which shows nothing")
			}
		})
	}
}

// A lintWalk is a logbook that is changed at random.
type lintWalk struct {
	*team
	random *rand.Rand
	did    []string        // since the commit
	before map[string]bool // findings at the commit
}

func newLintWalk(t *testing.T, seed uint64) *lintWalk {
	l := &lintWalk{team: newTeam(t, 5), random: rand.New(rand.NewPCG(seed, 16))}
	l.write("people/josh/plan.md", "---\ntype: plan\nperson: josh\nname: Josh Lee\nemail: josh@example.org\n---\n")
	for i := range 5 {
		if seed%2 == 0 || i > 2 {
			l.write("people/"+rep(i)+"/2026-05-04.md", session(rep(i), "2026-05-04"))
		}
	}
	l.write("metrics/may.csv", "date,person,metric,value\n2026-05-04,rep1,aht,400\n2026-05-04,rep2,aht,390\n")
	l.git("add", ".")
	l.git("commit", "-qm", "more")
	return l
}

// since makes some changes and compares. The answer is whether there were fewer findings than
// of everything.
func (l *lintWalk) since(step int) (fewer bool) {
	l.before, l.did = l.found(nil, "lint"), nil
	rev := strings.TrimSpace(l.git("rev-parse", "HEAD"))
	for range 1 + l.random.IntN(3) {
		l.change(step)
	}
	var changed map[string]bool
	if l.random.IntN(3) == 0 {
		l.git("add", "-A")
		l.git("commit", "-qm", "changes", "--allow-empty")
		changed = l.names("diff", "--name-only", "--no-renames", "-z", rev)
	} else {
		changed = l.names("diff", "--name-only", "--no-renames", "-z", rev)
		for name := range l.names("ls-files", "--others", "-z") {
			changed[name] = true
		}
	}
	all, said := l.found(nil, "lint"), ""
	some := l.found(&said, "lint", "--since", rev)
	for f := range some {
		if !all[f] {
			l.Errorf("found with --since alone: %s", f)
		}
	}
	for f := range all {
		file, _, _ := strings.Cut(f, "\x00")
		if near := changed[file] || hasIn(changed, personFolder(file)); !some[f] && (near || !l.before[f]) {
			l.Errorf("not found with --since (changed with it: %v, there before: %v): %s\n%s", near, l.before[f], f, said)
		}
	}
	l.git("add", "-A")
	l.git("commit", "-qm", "changes", "--allow-empty")
	return len(some) < len(all)
}

// personFolder is the folder of a person that a file is in or that it is.
func personFolder(name string) string {
	parts := strings.SplitN(name, "/", 3)
	if len(parts) < 2 || parts[0] != "people" {
		return "none"
	}
	return path.Join(parts[:2]...)
}

func hasIn(names map[string]bool, folder string) bool {
	for name := range names {
		if strings.HasPrefix(name, folder+"/") {
			return true
		}
	}
	return false
}

// found runs lint: each finding is its file and what is said.
func (l *lintWalk) found(said *string, args ...string) map[string]bool {
	l.Helper()
	c := l.command("coachlog", append(args, "--tier", "strict", "--format", "json", "--today", "2026-07-20")...)
	var errors strings.Builder
	c.Stderr = &errors
	out, _ := c.Output()
	if said != nil {
		*said = errors.String()
	}
	var all struct {
		Findings []struct {
			Rule, Severity, File, Message, Remedy string
			Line, Column                          int
		}
	}
	if err := json.Unmarshal(out, &all); err != nil {
		l.Fatalf("%v: %v\n%s%s", args, err, out, errors.String())
	}
	found := make(map[string]bool)
	for _, f := range all.Findings {
		found[fmt.Sprintf("%s\x00 %d:%d %s %s: %s; %s", f.File, f.Line, f.Column, f.Severity, f.Rule, f.Message, f.Remedy)] = true
	}
	return found
}

// names are what git lists.
func (l *lintWalk) names(args ...string) map[string]bool {
	l.Helper()
	names := make(map[string]bool)
	for name := range strings.SplitSeq(l.git(args...), "\x00") {
		names[name] = true
	}
	delete(names, "")
	return names
}

func (l *lintWalk) one(of ...string) string { return of[l.random.IntN(len(of))] }

func (l *lintWalk) anyFile(keep func(string) bool) string {
	all := slices.DeleteFunc(strings.Split(l.git("ls-files", "-z", "people"), "\x00"), func(name string) bool {
		_, err := os.Stat(l.file(name))
		return name == "" || err != nil || !keep(name)
	})
	if len(all) == 0 {
		return ""
	}
	return l.one(all...)
}

func isPlan(name string) bool { return path.Base(name) == "plan.md" }
func isLog(name string) bool  { return !isPlan(name) && strings.HasSuffix(name, ".md") }

// change changes something.
func (l *lintWalk) change(step int) {
	log, planFile := l.anyFile(isLog), l.anyFile(isPlan)
	if log == "" || planFile == "" {
		l.write("people/rep1/plan.md", "---\ntype: plan\nperson: rep1\ncoach: josh\n---\n")
		l.write(logOf(1), session("rep1", "2026-07-06"))
		return
	}
	id := l.one("rep0", "rep1", "rep2", "rep3", "rep4", "josh", "Rep1", "zoe")
	day := l.one("2026-05-04", "2026-06-08", "2026-07-06", "2026-07-13", "2026-07-27")
	change := l.one("line", "line", "line", "log", "log", "log", "delete", "coachee", "owner", "mention", "rename", "copy", "plan", "plan",
		"coach", "coach", "head", "head", "settings", "metrics", "metrics", "metrics copy", "stray", "template", "signature", "agree", "new", "ignored", "away and back")
	l.did = append(l.did, change+" "+log+" "+planFile+" "+id+" "+day)
	switch change {
	case "line":
		l.append(log, l.one("- something", "- [?] what", "## Agenda", "- [ ] A goal due:2026-08-01", "<!-- coachlog: ignore agenda: so -->"))
	case "log":
		l.write("people/"+id+"/"+day+l.one("", "-2")+".md", strings.Replace(session(id, day), "status: held", "status: "+l.one("held", "planned", "missed"), 1))
	case "delete":
		l.check(os.Remove(l.file(l.one(log, log, planFile))))
	case "coachee":
		l.write(log, strings.Replace(l.read(log), "coachee: rep", l.one("coachee: rep1", "coachee: zed", "coachee: r"), 1))
	case "owner":
		l.append(log, "\n## Mid-term goals\n\n- [ ] Lead ^lead due:2026-12-31\n  - [ ] Assign cases @"+id)
	case "mention":
		l.append(log, "\n## Mid-term goals\n\n- [ ] Lead ^lead due:2026-12-31\n  - [ ] Ask @"+id+" for cases")
	case "rename":
		l.check(os.MkdirAll(l.file("people/"+id), 0o755))
		l.check(os.Rename(l.file(log), l.file("people/"+id+"/"+path.Base(log))))
	case "copy":
		l.write(strings.TrimSuffix(log, ".md")+l.one(" (1).md", " copy.md", "-2.md", ".orig.md"), l.read(log))
	case "plan":
		l.append(planFile, l.one("\n## Skills\n\n- [ ] Listening", "words"))
	case "coach":
		l.front(planFile, "coach: "+id)
	case "head":
		l.front(planFile, l.one("name: "+id, "aliases: ["+id+"]", "email: "+id+"@example.org", "left: "+day, "away: ["+day+".."+day+"]", "cadence: monthly", "next_role: Lead", "person: "+id))
	case "settings":
		l.write("coachlog.yaml", "name: Team\nformat: 2\npeople:\n  "+l.one("josh: {name: Josh Lee, email: josh@example.org}", "zoe: {name: Zoe, coach: josh}")+"\n"+l.one("", "cadence: weekly\n", "rules: {nothing: off}\n"))
	case "metrics":
		l.write("metrics/"+l.one("may", "june")+".csv", "date,person,metric,value\n"+day+","+id+",aht,400\n"+day+","+l.one("rep1", id)+","+l.one("aht", "fcr")+",41\n")
	case "metrics copy":
		l.write("metrics/"+l.one("may (1)", "may", "june copy")+".csv", "date,person,metric,value\n2026-05-04,rep1,aht,"+l.one("400", "410")+"\n")
	case "stray":
		l.write(l.one("people/"+day+".md", "people/"+id+"/notes.txt", "people/"+id+"/"+day+".txt", "people/REP2/"+day+".md", "people/rep3 (1)/"+day+".md", "coachlog (1).yaml", "coachlog copy.yaml"), session("rep2", day))
	case "template":
		l.write("templates/"+l.one("session.md", "session (1).md"), l.one("one\n", "two\n"))
	case "signature":
		l.write(strings.TrimSuffix(log, ".md")+"."+l.one("josh", "rep1")+".sig", "none\n")
	case "agree":
		l.command("coachlog", "agree", "--yes", log).Run() // refused or not
		l.git("commit", "-q", "--allow-empty", "-m", "Agree\n\nCoachlog-Agreed: "+log+"\nCoachlog-Agreed-Text: "+strings.TrimSpace(l.git("hash-object", "--", log))+"\nCoachlog-Agreed-By: "+l.one("josh", path.Base(path.Dir(log))))
	case "new":
		l.write("people/"+l.one("zoe", "max", "REP4")+"/plan.md", "---\ntype: plan\ncoach: "+id+"\n---\n")
	case "ignored":
		l.write(".gitignore", l.one("people/rep2\n", "*.md\n", ""))
	case "away and back":
		text := l.read(log)
		l.append(log, "more")
		l.git("add", "-A")
		l.git("commit", "-q", "--allow-empty", "-m", fmt.Sprint("away ", step))
		l.write(log, text)
	}
}

// front puts a line into a plan's front matter, in place of one with the same key.
func (l *lintWalk) front(name, line string) {
	key, _, _ := strings.Cut(line, ":")
	front, rest, _ := strings.Cut(strings.TrimPrefix(l.read(name), "---\n"), "---\n")
	lines := slices.DeleteFunc(strings.Split(strings.TrimSpace(front), "\n"), func(other string) bool { return strings.HasPrefix(other, key+":") })
	l.write(name, "---\n"+strings.Join(append(lines, line), "\n")+"\n---\n"+rest)
}

func (l *lintWalk) check(err error) {
	l.Helper()
	if err != nil {
		l.Fatal(err)
	}
}

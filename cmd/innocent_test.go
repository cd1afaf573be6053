package cmd_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestInnocentWays: a logbook of half a year in which people work as people do, and nothing
// is changed afterwards that anybody was judged by. The audit finds nothing.
func TestInnocentWays(t *testing.T) {
	tm := emptyTeam(t)
	tm.git("init", "-q", "-b", "main")
	y := &innocentYear{team: tm, day: time.Date(2026, 1, 5, 10, 0, 0, 0, time.UTC), priya: "priya@example.org", ben: "ben", folder: "."}
	y.start()
	for week := range 33 {
		y.week(week)
		y.day = y.day.AddDate(0, 0, 7)
	}
	if n := len(strings.Fields(tm.git("rev-list", "HEAD"))); n < 300 {
		t.Errorf("only %d commits", n)
	}
	y.at(tm.file(y.folder)).audit()
}

func (tm *team) audit() {
	tm.Helper()
	if code, out := tm.run("coachlog", "audit"); code != 0 || !strings.Contains(out, "Nothing found") {
		tm.Errorf("audit ends with %d: %s", code, out)
	}
}

// An innocentYear is a logbook and the day that it has come to.
type innocentYear struct {
	*team
	day       time.Time
	priya     string // her address now
	ben       string // his id now
	folder    string // the logbook's in the repository
	rows      string
	committed int
}

func (y *innocentYear) path(name string) string { return strings.TrimPrefix(y.folder+"/"+name, "./") }

// on is a day of this week: 0 is Monday.
func (y *innocentYear) on(days int) string { return y.day.AddDate(0, 0, days).Format("2006-01-02") }

// as is somebody at some time of a day of this week.
func (y *innocentYear) who(name, address string, days int) *team {
	y.committed++
	at := y.day.AddDate(0, 0, days).Add(time.Duration(y.committed%400) * time.Minute).Format(time.RFC3339)
	return y.as("GIT_AUTHOR_NAME="+name, "GIT_COMMITTER_NAME="+name, "GIT_AUTHOR_EMAIL="+address, "GIT_COMMITTER_EMAIL="+address, "GIT_AUTHOR_DATE="+at, "GIT_COMMITTER_DATE="+at)
}

func (y *innocentYear) josh(days int) *team   { return y.who("Josh", "josh@example.org", days) }
func (y *innocentYear) priyas(days int) *team { return y.who("Priya", y.priya, days) }

func (tm *team) all(message string) {
	tm.Helper()
	tm.git("add", "-A")
	tm.git("commit", "-q", "--allow-empty", "-m", message)
}

// change replaces a text in a file, which has to be there.
func (y *innocentYear) change(name, old, now string) {
	y.Helper()
	was := y.read(y.path(name))
	if !strings.Contains(was, old) {
		y.Fatalf("%s hasn't got %q:\n%s", name, old, was)
	}
	y.write(y.path(name), strings.Replace(was, old, now, 1))
}

func (y *innocentYear) start() {
	y.write("coachlog.yaml", "format: 2\nname: Desk\nmetrics:\n  aht: {name: Handle time, direction: lower}\n")
	y.write("people/josh/plan.md", "---\ntype: plan\nperson: josh\nname: Josh\nemail: josh@example.org\n---\n\n# Plan\n")
	y.write("people/priya/plan.md", "---\ntype: plan\nperson: priya\nname: Priya\nemail: priya@example.org\ncoach: josh\nrole: Agent\n---\n\n# Plan\n\n## Strengths\n\n- Patient\n")
	y.write("people/ben/plan.md", "---\ntype: plan\nperson: ben\nname: Ben\nemail: ben@example.org\ncoach: josh\n---\n\n# Plan\n")
	y.write("people/cleo/plan.md", "---\ntype: plan\nperson: cleo\nname: Cleo\nemail: cleo@example.org\ncoach: josh\n---\n\n# Plan\n")
	y.rows = "date,person,metric,value\n"
	y.josh(0).all("Start")
}

// log is the text of a session's log, planned or held, with what came of the week before.
func (y *innocentYear) log(person string, week int, status string) string {
	followed := ""
	if week > 0 && status == "held" {
		followed = fmt.Sprintf("- [>] Handle time ^aht\n  - [x] Greet in week %d ^greet%d\n  - [/] Print the list of week %d ^print%d @josh\n", week-1, week-1, week-1, week-1)
	}
	times := ""
	if status == "held" {
		times = "minutes: 30\ntalk: 70\n"
	}
	return fmt.Sprintf("---\ntype: session\ncoachee: %s\ncoach: josh\ndate: %s\nstatus: %s\n%snext: %s\n---\n\n## Follow-through\n\n%s\n## Short-term goals\n\n- [ ] Handle time ^aht metric:aht<=390 due:%s\n  - [ ] Greet in week %d ^greet%d\n  - [ ] Print the list of week %d ^print%d @josh\n\n## Notes\n\nA wrod in week %d.\n",
		person, y.on(0), status, times, y.on(7), followed, "2026-12-18", week, week, week, week, week)
}

func (y *innocentYear) week(week int) {
	for _, part := range []func(person, name string, week int){y.planned, y.held, y.after} {
		for _, person := range []string{"priya", y.ben} {
			part(person, "people/"+person+"/"+y.on(0)+".md", week)
		}
	}
	y.rows += fmt.Sprintf("%s,priya,aht,%d\n%s,%s,aht,%d\n", y.on(4), 430-week, y.on(4), y.ben, 440-week)
	y.write(y.path("metrics/aht.csv"), y.rows)
	y.josh(4).all("Values of the week")
	switch week {
	case 2: // a talk that is written down three days later
		y.write(y.path("people/priya/"+y.on(1)+".md"), "---\ntype: session\nkind: ad-hoc\ncoachee: priya\ncoach: josh\ndate: "+y.on(1)+"\nstatus: held\n---\n\n# Talk\n")
		y.josh(4).all("Talk")
	case 4: // settings grow
		y.change("coachlog.yaml", "metrics:\n", "metrics:\n  csat: {name: Satisfaction, direction: higher}\n")
		y.josh(4).all("Another metric")
	case 6: // a new address, and the old one is kept
		y.change("people/priya/plan.md", "email: priya@example.org", "email: [priya@example.com, priya@example.org]")
		y.priyas(4).all("New address")
		y.priya = "priya@example.com"
	case 8: // another role, and what she is good at
		y.change("people/priya/plan.md", "role: Agent", "role: Senior agent")
		y.change("people/priya/plan.md", "- Patient\n", "- Patient\n- Clear\n")
		y.priyas(4).all("Role")
	case 10: // somebody has another name
		y.git("mv", "people/ben", "people/benjamin")
		y.ben = "benjamin"
		y.change("people/benjamin/plan.md", "person: ben\n", "person: benjamin\naliases: [ben]\n")
		y.josh(4).all("Ben is Benjamin")
	case 12: // all ids of his in the values as well
		y.rows = strings.ReplaceAll(y.rows, ",ben,", ",benjamin,")
		y.write("metrics/aht.csv", y.rows)
		y.josh(4).all("Benjamin's values")
	case 14: // what both wrote at once is merged, with a conflict
		y.conflict(week)
	case 16: // the other one rebases
		y.rebase(week)
	case 18: // the logbook goes into a folder
		y.run("mkdir", "coaching")
		y.git("mv", "people", "metrics", "coachlog.yaml", "coaching/")
		y.folder = "coaching"
		y.josh(4).all("A folder of its own")
	case 20: // values in two files, one for each half
		y.write(y.path("metrics/old.csv"), y.rows)
		y.rows = "date,person,metric,value\n"
		y.write(y.path("metrics/aht.csv"), y.rows)
		y.josh(4).all("Another file")
	case 22:
		if code, out := y.josh(4).at(y.file(y.folder)).run("coachlog", "forget", "cleo", "--yes"); code != 0 {
			y.Fatal(out)
		}
	}
}

func missed(week int) bool { return week%9 == 6 }

// planned, held and after are one week of a person: the log is planned, held, put right on
// the same day, agreed, and looked at again.
func (y *innocentYear) planned(person, name string, week int) {
	y.write(y.path(name), y.log(person, week, "planned"))
	y.josh(0).all("Planned")
}

func (y *innocentYear) held(person, name string, week int) {
	if missed(week) {
		y.change(name, "status: planned", "status: missed")
		y.josh(0).all("Missed")
		return
	}
	y.write(y.path(name), y.log(person, week, "held"))
	y.josh(0).all("Held")
	y.change(name, "wrod", "word")
	y.change(name, "minutes: 30", "minutes: 35")
	y.josh(0).all("Put right")
	if person == "priya" && week%3 == 0 {
		for _, who := range []*team{y.josh(0), y.priyas(0)} {
			if code, out := who.at(y.file(y.folder)).run("coachlog", "agree", name); code != 0 {
				y.Fatal(out)
			}
		}
	}
}

func (y *innocentYear) after(person, name string, week int) {
	switch {
	case missed(week):
	case week%3 == 0:
		y.change(name, "[ ] Greet", "[x] Greet")
		y.priyas(2).all("Ticked")
	case week%3 == 1:
		y.write(y.path(name), y.read(y.path(name))+"\nMore that was said.\n")
		y.josh(2).all("More notes")
	default:
		y.change(name, "coach: josh\n", "coach:   josh\n")
		y.josh(2).all("Formatted")
	}
}

// conflict has two people change one line, and one of them settle it.
func (y *innocentYear) conflict(week int) {
	name := "people/priya/" + y.on(0) + ".md"
	y.git("checkout", "-q", "-b", "hers")
	y.change(name, "A word", "Her words")
	y.priyas(4).all("Hers")
	y.git("checkout", "-q", "main")
	y.change(name, "A word", "His words")
	y.josh(4).all("His")
	y.josh(4).run("git", "merge", "-q", "hers")
	y.write(name, strings.ReplaceAll(y.log("priya", week, "held"), "A wrod", "Both their words"))
	y.change(name, "minutes: 30", "minutes: 35")
	y.josh(4).all("Both")
}

// rebase has josh put a commit of priya's behind his own.
func (y *innocentYear) rebase(week int) {
	name := "people/priya/" + y.on(0) + ".md"
	y.git("checkout", "-q", "-b", "more")
	y.change(name, "A word", "What she says")
	y.priyas(4).all("Hers")
	y.git("checkout", "-q", "main")
	y.write(y.path("README.md"), "# Desk\n")
	y.josh(4).all("Read me")
	rebased := y.as("GIT_COMMITTER_NAME=Josh", "GIT_COMMITTER_EMAIL=josh@example.org", "GIT_COMMITTER_DATE="+y.on(4)+"T20:00:00Z")
	rebased.git("rebase", "-q", "main", "more")
	y.git("checkout", "-q", "main")
	y.git("merge", "-q", "--ff-only", "more")
}

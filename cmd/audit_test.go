package cmd_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// A laterEdit is something that somebody does to a logbook after its sessions, and what the
// audit says of it: "" for nothing.
type laterEdit struct {
	name string
	by   string // josh, where nothing else is said
	day  string // 2026-08-20, where nothing else is said
	file string
	old  string
	new  string // where old is "", all of the file; "-" to delete it
	want string // a pattern of it all, on one line
}

const (
	first  = "people/priya/2026-07-06.md"
	second = "people/priya/2026-07-13.md"
	third  = "people/priya/2026-07-20.md"
	values = "metrics/aht.csv"
	pulse  = "people/priya/pulse-2026-Q2.md"
)

var laterEdits = []laterEdit{
	{name: "coachee", file: second, old: "coachee: priya", new: "coachee: ben", want: `record-changed.*coachee \(line 3\) was changed from priya to ben on 2026-08-20 sessions held: 3 -> 2`},
	{name: "coach", file: second, old: "coach: josh", new: "coach: maria", want: `coach \(line 4\) was changed from josh to maria.*josh's follow-up: \d of \d -> \d of \d`},
	{name: "coach taken out", file: second, old: "coach: josh\n", new: "", want: ``}, // the plan says the same
	{name: "date", file: second, old: "date: 2026-07-13", new: "date: 2026-07-12", want: `date-contradicted.*from 2026-07-13 to 2026-07-12 on 2026-08-20`},
	{name: "status", file: second, old: "status: held", new: "status: cancelled", want: `the session was held, and since 2026-08-20 the log no longer says so, but cancelled sessions held: 3 -> 2`},
	{name: "kind", file: second, old: "status: held", new: "status: held\nkind: ad-hoc", want: `kind \(line 7\) was changed from regular to ad-hoc`},
	{name: "kind written out", file: second, old: "status: held", new: "status: held\nkind: regular"},
	{name: "minutes", file: second, old: "minutes: 30", new: "minutes: 60", want: `minutes \(line 7\) was changed from 30 to 60.*minutes in all: 90 -> 120`},
	{name: "minutes on the next day", day: "2026-07-21", file: third, old: "minutes: 30", new: "minutes: 35"},
	{name: "minutes taken out", file: second, old: "minutes: 30\n", new: "", want: `minutes was changed from 30 to none`},
	{name: "talk", file: second, old: "talk: 80", new: "talk: 60", want: `talk \(line 8\) was changed from 80 to 60.*priya's share of the talking: 80% -> 73%`},
	{name: "value in a log", file: third, old: "fcr: 71", new: "fcr: 81", want: `the value of fcr \(line 9\) was changed from 71 to 81.*verdict of \^fcr on 2026-07-20: plan fell short -> plan worked`},
	{name: "another value in a log", day: "2026-07-22", file: third, old: "{fcr: 71}", new: "{fcr: 71, aht: 380}", want: `a value of aht \(line 9\) was added on 2026-07-22: 380 verdict of \^aht on 2026-07-20: plan fell short -> plan worked`},
	{name: "a value that nothing was held to", file: third, old: "{fcr: 71}", new: "{fcr: 71, csat: 4}"},
	{name: "adopted", file: second, old: "status: held", new: "status: held\nadopted: 2026-07-14", want: `adopted was changed from none to 2026-07-14`},
	{name: "next", file: third, old: "next: 2026-07-27", new: "next: 2026-07-28"},

	{name: "target", file: first, old: "aht<=390", new: "aht<=440", want: `^ *people/priya/2026-07-06.md \[moved-after-due\] the target of "Handle time" \^aht was moved from aht<=390 to aht<=440 on 2026-08-20, when its date 2026-07-20 had passed verdict of \^aht on 2026-07-20: plan fell short -> plan worked`},
	{name: "owner", file: first, old: "@josh", new: "@priya", want: `the owner of "Print the list" \^print was moved from josh to priya.*priya's commitment`},
	{name: "line taken out", file: first, old: "  - [ ] Print the list ^print @josh\n", new: "", want: `"Print the list" \^print was removed`},
	{name: "words under one id", file: first, old: "Take 5 calls", new: "Take 2 calls", want: `the text of \^calls was changed from "Take 5 calls a day" to "Take 2 calls a day"`},
	{name: "typo", file: first, old: "Print the list", new: "Print the lsit"},
	{name: "result", file: second, old: "[n] Print", new: "[x] Print", want: `account-changed\] the results in Follow-through were changed on 2026-08-20, after the session of 2026-07-20 had been held: "Print the list" \^print \(line 15\) from not done to done result of \^print, agreed on 2026-07-06: not done -> done josh's commitment: 0 of 1 -> 1 of 1`},
	{name: "result given late", file: second, old: "[ ] Take 5", new: "[x] Take 5", want: `\^calls \(line 14\) from none to done`},
	{name: "result given in time", file: third, day: "2026-07-22", old: "[ ] Breathe", new: "[x] Breathe"},
	{name: "result of the last session", day: "2026-08-25", file: third, old: "[ ] Breathe", new: "[x] Breathe", want: `more than 31 days after the session: "Breathe" \^breathe \(line 20\) from none to done result of \^breathe, agreed on 2026-07-06: none -> done priya's commitment`},
	{name: "tick", file: first, old: "[ ] Breathe", new: "[x] Breathe", want: `the text was edited on 2026-08-20, after the session of 2026-07-13.*result of \^breathe, agreed on 2026-07-06: none -> done`},
	{name: "tick that moves nothing", file: first, old: "[ ] Print", new: "[x] Print"},
	{name: "action added", file: first, old: "  - [ ] Print", new: "  - [ ] Greet ^greet\n  - [ ] Print", want: `the text was edited.*`},
	{name: "prose", file: first, old: "What was said.", new: "What was said, and more."},
	{name: "formatting", file: first, old: "coach: josh\ndate: 2026-07-06\n", new: "coach:   josh\ndate: 2026-07-06   \n"},
	{name: "a prose section", file: second, old: "\n## Short", new: "\n## What I noticed\n\nA lot.\n\n## Short"},

	{name: "value", file: values, old: "2026-07-20,priya,aht,430", new: "2026-07-20,priya,aht,380", want: `figures-changed\] aht of priya on 2026-07-20 \(line 4\) was changed from 430 to 380 on 2026-08-20 priya, verdict of \^aht on 2026-07-20: plan fell short -> plan worked`},
	{name: "value on the same day", day: "2026-07-20", file: values, old: "2026-07-20,priya,aht,430", new: "2026-07-20,priya,aht,380"},
	{name: "value a day later", day: "2026-07-21", file: values, old: "2026-07-20,priya,aht,430", new: "2026-07-20,priya,aht,380", want: `from 430 to 380`},
	{name: "value that is corrected before it decides", day: "2026-07-22", file: values, old: "2026-07-20,priya,aht,430", new: "2026-07-20,priya,aht,431"},
	{name: "row taken out", file: values, old: "2026-07-20,priya,aht,430\n", new: "", want: `aht of priya on 2026-07-20 was changed from 430 to none`},
	{name: "second value", file: "metrics/other.csv", new: "date,person,metric,value\n2026-07-20,priya,aht,380\n", want: `aht of priya on 2026-07-20 \(line 2\) was changed from 430 to 430 and 380 on 2026-08-20 priya, verdict`},
	{name: "late row", day: "2026-09-20", file: values, old: "2026-07-20,priya", new: "2026-07-19,priya,aht,300\n2026-07-18,priya,aht,300\n2026-07-20,priya", want: `only added on 2026-09-20: 300 .*verdict of \^aht`},
	{name: "row of yesterday", file: values, old: "2026-07-20,priya,aht,430\n", new: "2026-07-20,priya,aht,430\n2026-08-19,priya,aht,300\n"},
	{name: "rows in another order", file: values, old: "2026-07-06,priya,aht,440\n2026-07-13,priya,aht,435\n", new: "2026-07-13,priya,aht,435\n2026-07-06,priya,aht,440\n"},
	{name: "file of values", file: values, new: "-", want: `from 430 to none`},

	{name: "carried_out", file: "coachlog.yaml", old: "name: Desk", new: "name: Desk\ncarried_out: 20", want: `carried_out was changed from 75 \(not set\) to 20`},
	{name: "direction", file: "coachlog.yaml", old: "direction: lower", new: "direction: higher", want: `the direction of aht was changed from lower to higher`},
	{name: "range", file: "coachlog.yaml", old: "possible: [0, 3000]", new: "possible: [0, 400]", want: `the possible range of aht was changed from 0 to 3000 to 0 to 400`},
	{name: "definition", file: "coachlog.yaml", old: "how: talk time and after-call work", new: "how: talk time alone", want: `the definition of aht was changed`},
	{name: "another metric", file: "coachlog.yaml", old: "metrics:\n", new: "metrics:\n  csat: {name: Satisfaction}\n"},
	{name: "headings", file: "coachlog.yaml", old: "short-term-goals: Ziele", new: "notes: Short-term goals", want: `the headings of sections were changed on 2026-08-20.*result of \^calls`},
	{name: "another heading", file: "coachlog.yaml", old: "short-term-goals: Ziele", new: "short-term-goals: [Ziele, Aufgaben]"},

	{name: "alias", file: "people/priya/plan.md", old: "aliases: [rep1]\n", new: "", want: `aliases rep1 was changed from rep1 to none`},
	{name: "another alias", file: "people/priya/plan.md", old: "aliases: [rep1]", new: "aliases: [rep1, pri]"},
	{name: "known_as", file: "people/priya/plan.md", old: "known_as: [Raman P.]\n", new: "", want: `known_as Raman P. was changed from Raman P. to none`},
	{name: "signing key", file: "people/priya/plan.md", old: "coach: josh\n", new: "coach: josh\nsigning_keys: [ssh-ed25519 AAAA]\n"}, // nobody has signed
	{name: "sharing", file: "people/priya/plan.md", old: "coach: josh\n", new: "coach: josh\nshare:\n  lead: {since: 2026-08-01, parts: [all]}\n", want: `sharing with lead was granted by somebody else on 2026-08-20: all`},
	{name: "own sharing", by: "priya", file: "people/priya/plan.md", old: "coach: josh\n", new: "coach: josh\nshare:\n  lead: {since: 2026-08-01, parts: [all]}\n"},
	{name: "another coach from now on", file: "people/priya/plan.md", old: "coach: josh", new: "coach: maria"},
	{name: "own address", by: "priya", file: "people/priya/plan.md", old: "priya@example.org", new: "priya@example.com"},
	{name: "address by another", file: "people/priya/plan.md", old: "priya@example.org", new: "priya@example.com"}, // nobody signed from there
	{name: "role", by: "priya", file: "people/priya/plan.md", old: "coach: josh\n", new: "coach: josh\nrole: Lead\n"},

	{name: "person", file: "people/priya/plan.md", old: "person: priya", new: "person: pri", want: `person was changed from priya to pri.*sessions held: 3 -> 0`},
	{name: "broken", file: second, old: "status: held", new: "status: [held", want: `2026-07-13.md`},
	{name: "emptied", file: second, new: "", want: `2026-07-13.md`},
	{name: "commented out", file: first, old: "  - [ ] Print the list ^print @josh\n", new: "<!--   - [ ] Print the list ^print @josh -->\n", want: `"Print the list" \^print was removed`},
	{name: "repeated", file: first, old: "^calls\n", new: "^calls every:week\n", want: `the text was edited`},

	{name: "pulse", file: pulse, old: "listens: 2", new: "listens: 5", want: `the answer to "listens" was changed from 2 to 5 on 2026-08-20`},
	{name: "own pulse", by: "priya", file: pulse, old: "listens: 2", new: "listens: 5"},
	{name: "whose pulse", file: "people/josh/pulse-2026-Q2.md", old: "person: josh", new: "person: maria", want: `person was changed from josh to maria`},
	{name: "pulse of several", file: "people/josh/pulse-2026-Q2.md", old: "[1, 2, 3, 4, 5]", new: "[5, 5, 5, 5, 5]", want: `the answers to "listens" were changed on 2026-08-20`},

	{name: "log deleted", file: second, new: "-", want: `the held session's log was deleted on 2026-08-20 sessions held: 3 -> 2`},
	{name: "second log of a day", file: "people/priya/2026-07-20-2.md", new: strings.Replace(laterLogs[third], "fcr: 71", "fcr: 85", 1), want: `this log of 2026-07-20 was added on 2026-08-20.*verdict of \^fcr on 2026-07-20: plan fell short -> none`},
	{name: "log of an earlier day", file: "people/priya/2026-07-15.md", new: strings.ReplaceAll(laterLogs[second], "2026-07-13", "2026-07-15"), want: `date-contradicted|this log of 2026-07-15 was added on 2026-08-20`},
}

func TestLaterEdits(t *testing.T) {
	base := laterTeam(t)
	for _, e := range laterEdits {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			tm := (&team{t, t.TempDir(), base.env}).at(t.TempDir())
			tm.run("cp", "-R", base.dir+"/.", ".")
			if e.by == "" {
				e.by = "josh"
			}
			if e.day == "" {
				e.day = "2026-08-20"
			}
			text := e.new
			if e.old != "" {
				was := tm.read(e.file)
				if !strings.Contains(was, e.old) {
					t.Fatalf("%s hasn't got %q", e.file, e.old)
				}
				text = strings.Replace(was, e.old, e.new, 1)
			}
			if text == "-" {
				tm.run("rm", e.file)
			} else {
				tm.write(e.file, text)
			}
			tm.record(e.by, e.day, "A word")
			code, out := tm.run("coachlog", "audit")
			got := strings.Join(strings.Fields(out), " ")
			if e.want == "" && code != 0 || e.want != "" && (code != 1 || !regexp.MustCompile(e.want).MatchString(got)) {
				t.Errorf("audit ends with %d and says\n%s\nwant %q", code, out, e.want)
			}
		})
	}
}

// TestTakenBack: what is said twice, or goes with a person's new id, is no change.
func TestTakenBack(t *testing.T) {
	base := laterTeam(t)
	for name, steps := range map[string][]string{
		"a copy of the values": {"cp metrics/aht.csv metrics/copy.csv", "rm metrics/copy.csv"},
		"the first of two":     {"cp metrics/aht.csv metrics/copy.csv", "rm metrics/aht.csv"},
		"a second value":       {"echo date,person,metric,value >metrics/b.csv; echo 2026-07-20,priya,aht,380 >>metrics/b.csv", "rm metrics/b.csv"},
		"one export twice": {"git checkout -q -b more; echo 2026-08-17,priya,aht,420 >>metrics/aht.csv", "git checkout -q main; echo 2026-08-17,priya,aht,420 >>metrics/aht.csv; echo 2026-08-17,ben,aht,400 >>metrics/aht.csv",
			"git merge -q more || true; grep -v '^[<=>]' metrics/aht.csv | awk '!said[$0]++' >new; mv new metrics/aht.csv"},
		"a new id everywhere": {"git mv people/priya people/pri; for f in people/pri/*.md metrics/aht.csv; do sed -e 's/priya$/pri/; s/,priya,/,pri,/; s/aliases: .rep1/&, priya/' $f >new; cat new >$f; done; rm new"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tm := (&team{t, t.TempDir(), base.env}).at(t.TempDir())
			tm.run("cp", "-R", base.dir+"/.", ".")
			for i, step := range steps {
				if code, out := tm.run("sh", "-ec", step); code != 0 {
					t.Fatal(out)
				}
				tm.record("josh", fmt.Sprintf("2026-08-2%d", i), "A word")
			}
			tm.audit()
		})
	}
}

// TestLittleByLittle: typos of several days that make other words of an action.
func TestLittleByLittle(t *testing.T) {
	tm := laterTeam(t)
	was := "Print"
	for i, word := range []string{"Paint", "Paints", "Taints"} {
		tm.write(first, strings.Replace(tm.read(first), was+" the list", word+" the list", 1))
		tm.record("josh", fmt.Sprintf("2026-08-2%d", i), "Typo")
		was = word
	}
	_, out := tm.run("coachlog", "audit")
	got := strings.Join(strings.Fields(out), " ")
	if want := `the text of ^print was changed from "Print the list", little by little, to "Taints the list" on 2026-08-22`; !strings.Contains(got, want) {
		t.Errorf("%s\nwant %s", out, want)
	}
}

// record commits everything as somebody did on a day.
func (tm *team) record(who, day, message string) {
	tm.Helper()
	as := tm.by(who, day)
	as.git("add", "-A")
	as.git("commit", "-q", "--allow-empty", "-m", message)
}

func (tm *team) by(who, day string) *team {
	at := day + "T10:00:00Z"
	return tm.as("GIT_AUTHOR_NAME="+who, "GIT_COMMITTER_NAME="+who, "GIT_AUTHOR_EMAIL="+who+"@example.org", "GIT_COMMITTER_EMAIL="+who+"@example.org", "GIT_AUTHOR_DATE="+at, "GIT_COMMITTER_DATE="+at)
}

// laterTeam is a logbook with three sessions that were recorded on their days.
func laterTeam(t *testing.T) *team {
	t.Helper()
	tm := emptyTeam(t)
	tm.git("init", "-q", "-b", "main")
	for _, name := range []string{"coachlog.yaml", "people/josh/plan.md", "people/priya/plan.md", "people/ben/plan.md", "people/maria/plan.md", pulse, "people/josh/pulse-2026-Q2.md"} {
		tm.write(name, laterLogs[name])
	}
	tm.record("josh", "2026-07-01", "Start")
	rows := "date,person,metric,value\n"
	for i, day := range []string{"2026-07-06", "2026-07-13", "2026-07-20"} {
		rows += fmt.Sprintf("%s,priya,aht,%s\n", day, []string{"440", "435", "430"}[i])
		tm.write(values, rows)
		tm.write("people/priya/"+day+".md", laterLogs["people/priya/"+day+".md"])
		tm.record("josh", day, "Session")
	}
	if code, out := tm.run("coachlog", "audit"); code != 0 {
		t.Fatalf("%s", out)
	}
	return tm
}

var laterLogs = map[string]string{
	"coachlog.yaml": `format: 2
name: Desk
metrics:
  aht:
    name: Handle time
    direction: lower
    how: talk time and after-call work
    possible: [0, 3000]
  fcr: {name: Solved at once, direction: higher}
sections:
  short-term-goals: Ziele
`,
	"people/josh/plan.md":          "---\ntype: plan\nperson: josh\nname: Josh\nemail: josh@example.org\n---\n\n# Plan\n",
	"people/ben/plan.md":           "---\ntype: plan\nperson: ben\nname: Ben\nemail: ben@example.org\n---\n\n# Plan\n",
	"people/maria/plan.md":         "---\ntype: plan\nperson: maria\nname: Maria\nemail: maria@example.org\n---\n\n# Plan\n",
	"people/priya/plan.md":         "---\ntype: plan\nperson: priya\nname: Priya\nemail: priya@example.org\naliases: [rep1]\nknown_as: [Raman P.]\ncoach: josh\n---\n\n# Plan\n",
	pulse:                          "---\ntype: assessment\nkind: pulse\nperson: priya\ndate: 2026-06-30\nscores: {listens: 2}\n---\n\n# Pulse\n",
	"people/josh/pulse-2026-Q2.md": "---\ntype: assessment\nkind: pulse\nperson: josh\ndate: 2026-06-30\nscores: {listens: [1, 2, 3, 4, 5]}\n---\n\n# Pulse\n",
	first: `---
type: session
coachee: priya
coach: josh
date: 2026-07-06
status: held
minutes: 30
talk: 80
---

## Short-term goals

- [ ] Handle time ^aht metric:aht<=390 due:2026-07-20
  - [ ] Take 5 calls a day ^calls
  - [ ] Print the list ^print @josh
- [ ] Solve at once ^fcr metric:fcr>=80 due:2026-07-20
  - [ ] Sit with Ana ^sit due:2026-07-20
- [ ] Calmer calls ^calm due:2026-08-31
  - [ ] Breathe ^breathe due:2026-07-20

## Notes

What was said.
`,
	second: `---
type: session
coachee: priya
coach: josh
date: 2026-07-13
status: held
minutes: 30
talk: 80
---

## Follow-through

- [>] Handle time ^aht
  - [ ] Take 5 calls a day ^calls
  - [n] Print the list ^print
- [>] Solve at once ^fcr

## Short-term goals
`,
	third: `---
type: session
coachee: priya
coach: josh
date: 2026-07-20
status: held
minutes: 30
next: 2026-07-27
metrics: {fcr: 71}
talk: 80
---

## Follow-through

- [n] Handle time ^aht
  - [x] Take 5 calls a day ^calls
- [n] Solve at once ^fcr
  - [x] Sit with Ana ^sit
- [>] Calmer calls ^calm
  - [ ] Breathe ^breathe

## Short-term goals
`,
}

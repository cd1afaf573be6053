// Generate writes a logbook of any size to measure with: weekly logs of some
// 2.5 kB, each with the account of what the one before it agreed. The same flags
// write the same bytes.
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/coachlog/coachlog/templates"
)

func main() {
	log.SetFlags(0)
	logs := flag.Int("logs", 1000, "how many session logs")
	people := flag.Int("people", 0, "of how many people (default: one for 50 logs)")
	coaches := flag.Int("coaches", 1, "of how many coaches, each with a team")
	dir := flag.String("dir", "", "the `folder` of the logbook, which must not be there yet")
	seed := flag.Uint64("seed", 1, "what the text is drawn from")
	once := flag.Bool("git", false, "make it a git repository with one commit, by git itself")
	history := flag.Bool("history", false, "make it a git repository with two commits for each log, in the order of the weeks")
	flag.Parse()
	if *dir == "" || *logs < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if *people == 0 {
		*people = max(1, *logs/50)
	}
	if *coaches < 1 || *coaches > len(coachNames) {
		log.Fatalf("generate: there can be 1 to %d coaches", len(coachNames))
	}
	if err := write(*dir, *logs, *people, *coaches, *seed); err != nil {
		log.Fatal("generate: ", err)
	}
	err := error(nil)
	switch {
	case *history:
		err = recordWeekByWeek(*dir)
	case *once:
		err = recordOnce(*dir)
	}
	if err != nil {
		log.Fatal("generate: ", err)
	}
}

func write(dir string, logs, people, coaches int, seed uint64) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	settings, err := templates.Text("coachlog.yaml")
	if err != nil {
		return err
	}
	if err := writeFile(dir, "coachlog.yaml", string(settings)); err != nil {
		return err
	}
	for _, name := range coachNames[:coaches] {
		plan := fmt.Sprintf("---\ntype: plan\nperson: %s\nname: %s\nshare: {team: {since: 2026-01-05, parts: [coaching]}}\n---\n\n# Development plan of %s\n", coachID(name), name, name)
		if err := writeFile(dir, "people/"+coachID(name)+"/plan.md", plan); err != nil {
			return err
		}
	}
	for i := range people {
		weeks := logs / people
		if i < logs%people {
			weeks++
		}
		w := &writer{
			rand:   rand.New(rand.NewPCG(seed, uint64(i))),
			id:     fmt.Sprintf("rep%d", i+1),
			coach:  coachID(coachNames[i%coaches]),
			team:   teamNames[i%coaches],
			shares: i%8 != 7, // most approve what a team's report shows
			monday: time.Date(2026, 7, 6, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -7*(weeks-1)),
		}
		if err := writeFile(dir, "people/"+w.id+"/plan.md", w.plan()); err != nil {
			return err
		}
		for week := range weeks {
			if err := writeFile(dir, fmt.Sprintf("people/%s/%s.md", w.id, w.date(week)), w.session(week)); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeFile(dir, name, text string) error {
	name = filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

// A writer writes one person's files.
type writer struct {
	rand   *rand.Rand
	id     string
	coach  string
	team   string
	shares bool
	monday time.Time // of the first week

	out strings.Builder
}

// A goal runs for this many weeks and is judged at the first session after them.
const goalWeeks = 4

func (w *writer) date(week int) string { return w.monday.AddDate(0, 0, 7*week).Format(time.DateOnly) }

func (w *writer) plan() string {
	share := "share:"
	if w.shares {
		share = "share: {team: {since: 2026-01-05, parts: [sessions, commitment, goals, skills, metrics, open]}}"
	}
	number := strings.TrimPrefix(w.id, "rep")
	return fmt.Sprintf(`---
type: plan
person: %s
name: Person %s
role: Support specialist
next_role: Support specialist, tier 2
coach: %s
team: %s
cadence: weekly
%s
---

# Development plan of Person %s

## How we work

Mondays at ten. Each session starts with the account of what was agreed in the last.

## Skills for the current role

- [ ] %s skill:closing

## Skills for the next role

- [ ] %s skill:escalation
`, w.id, number, w.coach, w.team, share, number, pick(w.rand, deeds), pick(w.rand, deeds))
}

// coachNames are the names of the coaches, and teamNames those of their teams.
var (
	coachNames = []string{"Josh Keller", "Maria Sosa", "Sam Okoro", "Lena Vogt", "Ines Prado"}
	teamNames  = []string{"North desk", "South desk", "Evening desk", "Billing", "Escalations"}
)

func coachID(name string) string { return strings.ToLower(strings.Fields(name)[0]) }

// session is the log of one week.
func (w *writer) session(week int) string {
	w.out.Reset()
	block, inBlock := week/goalWeeks, week%goalWeeks
	judges := week > 0 && inBlock == 0
	reached := w.rand.IntN(10) < 7
	value := 401 + w.rand.IntN(30)
	if judges && reached {
		value = 380 + w.rand.IntN(20)
	}
	w.linef("---\ntype: session\ncoachee: %s\ncoach: %s\ndate: %s", w.id, w.coach, w.date(week))
	w.linef("status: held              # planned | held | missed | cancelled")
	w.linef("minutes: %d               # how long it took", 20+5*w.rand.IntN(5))
	w.linef("talk: %d                  # percent of the talking done by the coachee", 55+5*w.rand.IntN(7))
	w.linef("next: %s          # when the two meet again", w.date(week+1))
	w.linef("metrics: {aht: %d, fcr: %d}\n---\n", value, 68+w.rand.IntN(15))
	w.linef("# Session of %s\n", w.date(week))
	w.linef("## Agenda\n\n- Follow-through\n- Focus: %s\n", pick(w.rand, subjects))
	w.linef("## Follow-through\n")
	if week > 0 {
		w.account(week-1, judges, reached)
	}
	w.linef("## Successes and challenges\n")
	w.points(3, moments)
	w.linef("## Feedback\n\n### Going well\n")
	w.points(2, praise)
	w.linef("### To develop\n")
	w.points(2, advice)
	w.linef("## Short-term goals\n")
	due := w.date((block + 1) * goalWeeks)
	w.linef("- [ ] Bring handle time to 400 s or less ^aht%d metric:aht<=400 due:%s", block, due)
	w.linef("  - [ ] %s ^a%d", actionText(week, 0), week)
	w.linef("- [ ] %s ^m%d due:%s", milestones[block%len(milestones)], block, due)
	w.linef("  - [ ] %s ^b%d", actionText(week, 1), week)
	w.linef("  - [ ] %s ^c%d @%s\n", actionText(week, 2), week, w.coach)
	w.linef("## Mid-term goals\n")
	w.linef("- [ ] Move to tier 2 ^tier2 due:2027-12-31")
	w.linef("  - [ ] Take two escalated cases a week ^cases @%s", w.id)
	w.linef("  - [ ] Assign two escalated cases a week ^assign @%s\n", w.coach)
	w.linef("## Long-term goals\n\n- [ ] Finish the networking degree ^degree\n")
	w.linef("## Notes\n")
	for range 3 {
		w.linef("%s.\n%s.", pick(w.rand, moments), pick(w.rand, advice))
	}
	return w.out.String()
}

// account says what became of the actions that the week before agreed.
func (w *writer) account(agreed int, judges, reached bool) {
	block := agreed / goalWeeks
	box := ' '
	switch {
	case judges && reached:
		box = 'x'
	case judges && w.rand.IntN(3) > 0:
		box = 'n'
	case judges:
		box = '-'
	}
	w.linef("- [%c] Bring handle time to 400 s or less ^aht%d", box, block)
	w.result(actionText(agreed, 0), fmt.Sprintf("^a%d", agreed))
	w.linef("- [%c] %s ^m%d", box, milestones[block%len(milestones)], block)
	w.result(actionText(agreed, 1), fmt.Sprintf("^b%d", agreed))
	w.result(actionText(agreed, 2), fmt.Sprintf("^c%d @%s", agreed, w.coach))
	w.linef("- [ ] Move to tier 2 ^tier2")
	w.result("Take two escalated cases a week", "^cases @"+w.id)
	w.result("Assign two escalated cases a week", "^assign @"+w.coach)
	w.linef("")
}

func (w *writer) result(text, tokens string) {
	const boxes = "xxxxxxxxxxxxxx//n--"
	w.linef("  - [%c] %s %s", boxes[w.rand.IntN(len(boxes))], text, tokens)
	if w.rand.IntN(3) == 0 {
		w.linef("    - %s.", pick(w.rand, moments))
	}
}

func (w *writer) points(n int, from []string) {
	for range n {
		w.linef("- %s", pick(w.rand, from))
	}
	w.linef("")
}

func (w *writer) linef(format string, args ...any) { fmt.Fprintf(&w.out, format+"\n", args...) }

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// actionText differs from week to week, as plans do.
func actionText(week, which int) string { return deeds[(3*week+which)%len(deeds)] }

var subjects = []string{
	"the last minute of a call", "what to type while talking", "customers who call a second time",
	"the handover to the late shift", "refunds", "cases that come back from tier 2",
}

var milestones = []string{
	"End each call with a summary that the caller confirms", "Solve refund questions without handing them on",
	"Write case notes that others can work from", "Let callers finish before answering", "Explain a bill without reading it out",
}

var deeds = []string{
	"Keep the checklist open on the second screen", "Write the case note during the call", "Set up text blocks for the five commonest answers",
	"Say what is being looked for before the hold", "Listen to two calls of a colleague and note what is left out",
	"Ask what made the caller call today", "Write down the question before answering it", "Name the likely second question at the end of each call",
	"Call two unhappy customers back", "Read the refund guide to its end", "Note for five calls a day whether the caller confirmed the summary",
	"Plan an hour off the phones on Wednesday", "Bring three calls to listen to together",
}

var moments = []string{
	"The caller on Tuesday who rang off laughing", "The printed list ran out on Thursday, so it was three days of five",
	"Busy from Monday noon on, and the last minute is where time is saved", "A case that nobody else had solved, closed in one call",
	"The new screen is slow in the mornings; two callers noticed", "Two escalated cases, one handed back with a clear note",
	"It feels endless at first, and it works", "The queue was full on two days and nobody got to it",
}

var praise = []string{
	"Calm with the caller who had been passed on twice", "The greeting, in every call that was listened to",
	"The notes were finished when the call was", "Found the pattern in the repeat calls alone",
	"Said early that there would be no time", "Explains bills without reading them out",
}

var advice = []string{
	"Close with what was agreed: what happens next, and when", "Write down what solved it, so that the next one is quicker",
	"Tell the caller what the search is for", "Ask what else may be behind the question",
	"Say on the same day when an action is stuck", "Use ready-made text for the answers given ten times a day",
}

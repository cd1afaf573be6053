package report_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// markedFiles are those of one coachee who is called rep: each text names the parts
// that let others see it. What is josh's takes josh's approval, `coaching`, too.
var markedFiles = map[string]string{
	"plan.md": `---
type: plan
name: Name-rep
coach: josh
team: Team-name
share: SHARE
---
## Strengths
- strengths-mark of the plan
## Skills for the current role
- [x] skills-mark at present skill:skills-mark
## Skills for the next role
- [/] skills-mark of the next role skill:deep
## Role history
- Agent since:2025-01-01
- Senior promoted:2026-07-08
`,
	"pulse-2026-Q3.md": "---\ntype: assessment\nscores: {coaching-mark-pulse: [4, 5, 4, 5, 4]}\n---\n",
	"2026-06-01.md": `---
status: held
minutes: 31
talk: 60
metrics: {metrics-mark: 500.5}
---
## Short-term goals
- [ ] Warm up ^warm metric:metrics-mark<=400 due:2026-06-08
  - [ ] Breathe ^breathe
  - [ ] Watch @josh ^watch
  - [ ] Watch more @josh ^watch2
  - [ ] Watch longer @josh ^watch3
  - [ ] Watch again @josh ^watch4
- [ ] Cool down ^cool
  - [ ] Stretch ^stretch
  - [ ] Walk ^walk
`,
	"2026-06-08.md": `---
status: held
metrics: {metrics-mark: 480.5}
---
## Follow-through
- [n] Warm up ^warm
  - [x] Breathe ^breathe
  - [x] Watch ^watch
  - [x] Watch more ^watch2
  - [x] Watch longer ^watch3
  - [x] Watch again ^watch4
`,
	"2026-07-06.md": `---
status: held
minutes: 37
talk: 81
metrics: {metrics-mark: 451.25}
---
## Feedback
### Going well
- strengths-mark of the log
### To develop
- Nothing of this is in a report
## Short-term goals
- [ ] goals-mark first ^first metric:metrics-mark<=390.75 due:2026-07-13 by:rep
  - [ ] goals-open-mark one skill:skills-mark ^one by:josh
    - counter: remarks-mark counter by:josh
  - [ ] coaching-mark two @josh ^two skill:coaching-mark-skill
- [ ] goals-mark wrong ^wrong metric:metrics-mark<=390.75 due:2026-07-13 by:josh
  - [ ] goals-open-mark three ^three
- [ ] goals-mark unanswered ^unanswered metric:metrics-mark<=390.75 due:2026-07-13
  - [ ] goals-open-mark four ^four
- [ ] goals-mark silent ^silent due:2026-07-13
  - [ ] goals-open-mark five ^five
  - [ ] coaching-mark thirteen @josh ^thirteen
- [ ] goals-mark quiet ^quiet due:2026-12-01
  - [ ] goals-open-mark quiet ^quietly
  - [ ] goals-open-mark late ^late
  - [ ] goals-open-mark held up ^heldup
  - [ ] goals-open-mark weekly ^weekly every:week
- [ ] goals-mark without a value ^valueless metric:metrics-mark-missing<=3 due:2026-07-13
  - [ ] goals-open-mark six ^six
- [ ] goals-mark worked ^worked due:2026-07-13
  - [ ] goals-open-mark eight ^eight
MORE-AGREED- [ ] goals-mark another way ^another due:2026-07-13
  - [ ] goals-open-mark nine ^nine
  - [ ] coaching-mark ten @josh ^ten
  - [ ] coaching-mark eleven @josh ^eleven
- [ ] goals-mark moved ^moved metric:metrics-mark<=390.75 due:2026-12-01
## Mid-term goals
- [ ] goals-mark mid ^mid due:2026-12-31
  - [ ] goals-open-mark mid @rep ^midrep due:2026-09-28
  - [ ] coaching-mark mid @josh ^midjosh due:2026-12-01
  - [ ] goals-open-mark carried ^carried
- [ ] goals-mark reached ^reached
  - [ ] goals-open-mark reached ^reaching
## Long-term goals
- long-term-mark
  - [x] long-term-mark help @rep
  - [x] coaching-mark help @josh
`,
	"2026-07-13.md": `---
status: held
kind: coach
metrics: {metrics-mark: 429.25}
---
## Follow-through
- [n] goals-mark first ^first
  - [x] goals-open-mark one ^one
    - remarks-mark below it
  - [n] coaching-mark two ^two
- [n] goals-mark wrong ^wrong
  - [x] goals-open-mark three ^three
- [n] goals-mark unanswered ^unanswered
  - [x] goals-open-mark four ^four
- [ ] goals-mark quiet ^quiet
  - [/] goals-open-mark late ^late
  - [!] goals-open-mark held up ^heldup
    - remarks-mark of what @kim has
- [ ] goals-mark without a value ^valueless
  - [x] goals-open-mark six ^six
- [x] goals-mark worked ^worked
  - [x] goals-open-mark eight ^eight
MORE-DONE- [x] goals-mark another way ^another
  - [n] goals-open-mark nine ^nine
  - [x] coaching-mark ten ^ten
  - [/] coaching-mark eleven ^eleven
- [ ] goals-mark mid ^mid
  - [>] goals-open-mark carried ^carried
- [x] goals-mark reached ^reached
  - [-] goals-open-mark reached ^reaching
`,
	"2026-07-20.md": `---
status: held
next: 2026-08-03
metrics: {metrics-mark: 408.25}
---
## Follow-through
- [n] goals-mark silent ^silent
  - [n] goals-open-mark five ^five
- [ ] goals-mark quiet ^quiet
  - [n] goals-open-mark late ^late
- [ ] goals-mark mid ^mid
  - [/] goals-open-mark carried ^carried
## Short-term goals
- [ ] goals-mark wrong ^wrong metric:metrics-mark<=390.75 due:2026-08-31
  - [ ] goals-open-mark seven ^seven
  - [ ] coaching-mark twelve @josh ^twelve
- [ ] goals-mark moved ^moved metric:metrics-mark<=380.25 due:2026-12-08
`,
	"2026-07-22.md": "---\nstatus: held\nkind: ad-hoc\n---\n",
	"2026-07-23.md": "---\nstatus: held\nkind: requested\n---\n",
	"2026-07-24.md": "---\nstatus: held\nkind: peer\n---\n",
	"2026-07-25.md": "---\nstatus: missed\n---\n",
	"2026-07-26.md": "---\nstatus: cancelled\n---\n",
	"2026-09-28.md": "---\nstatus: planned\n---\n",
	"2026-07-01.md": "---\nstatus: held\nadopted: 2026-07-02\n---\n## Notes\n- [ ] own-mark older\n- [ ] own-mark older @josh\n",
}

// markedBook is a logbook of six such people, all coached by josh, who is coached by
// lee. The coachees and josh approved some parts, but for some coachees who approved
// nothing.
func markedBook(t testing.TB, coachees, coach []plan.Part, silent ...int) *plan.Logbook {
	t.Helper()
	share := func(parts []plan.Part) string {
		words := strings.ReplaceAll(strings.Trim(fmt.Sprint(parts), "[]"), " ", ", ")
		return "{team: {since: 2026-01-01, parts: [" + words + "]}}"
	}
	settings, _ := logparse.ParseSettings("coachlog.yaml", []byte("name: Desk\ncadence: weekly\nminutes: 30\nmetrics:\n  metrics-mark: {name: metrics-mark name, unit: metrics-mark-unit, direction: lower}\n"))
	docs := []*logparse.Document{
		logparse.Parse("people/lee/plan.md", []byte("---\ntype: plan\n---\n"), settings.Headings),
		logparse.Parse("people/josh/plan.md", []byte("---\ntype: plan\nname: Josh\ncoach: lee\nshare: "+share(coach)+"\n---\n"), settings.Headings),
		logparse.Parse("people/josh/2026-07-03.md", []byte("---\nstatus: held\n---\n"), settings.Headings),
		logparse.Parse("people/josh/self-assessment-2026-Q3.md", []byte("---\ntype: assessment\nscores: {coaching-mark-self: 4}\n---\n"), settings.Headings),
		logparse.Parse("people/josh/360-2026-Q3.md", []byte("---\ntype: assessment\nscores: {coaching-mark-round: [4, 4, 4, 4, 5]}\n---\n"), settings.Headings),
	}
	more := func(box string) (lines string) { // results enough for a percentage
		for i := range 14 {
			lines += fmt.Sprintf("  - [%s] goals-open-mark more %d ^more%d\n", box, i, i)
		}
		return lines
	}
	var values []plan.Observation // enough of before and since to compare
	for i := range 6 {
		for day, value := range map[string]float64{"2026-05-04": 500, "2026-05-11": 490, "2026-05-18": 500, "2026-05-25": 490, "2026-07-27": 400, "2026-08-03": 410, "2026-08-10": 400, "2026-08-17": 410} {
			date, _ := logparse.ParseDate(day)
			values = append(values, plan.Observation{Person: fmt.Sprintf("rep%d", i+1), Metric: "metrics-mark", Date: date, Value: value})
		}
		id, approved := fmt.Sprintf("rep%d", i+1), coachees
		if slices.Contains(silent, i) {
			approved = nil
		}
		for name, text := range markedFiles {
			text = regexp.MustCompile(`(@|by:|Name-)rep\b`).ReplaceAllString(strings.NewReplacer("SHARE", share(approved), "MORE-AGREED", more(" "), "MORE-DONE", more("x")).Replace(text), "${1}"+id)
			d := logparse.Parse("people/"+id+"/"+name, []byte(text), settings.Headings)
			for _, diagnostic := range d.Diagnostics {
				t.Fatalf("%s: %v", name, diagnostic)
			}
			docs = append(docs, d)
		}
	}
	return plan.New(settings, docs, values)
}

// marks are the texts of markedFiles, with the parts that it takes to see them, and
// behind | others that will do.
var marks = map[string]string{
	"strengths-mark": "strengths", "skills-mark": "skills", "remarks-mark": "goals remarks", "long-term-mark": "long-term", "goals-mark": "goals", "goals-open-mark": "goals|open",
	"coaching-mark": "coaching", "metrics-mark": "metrics", "own-mark": "own", "390.75": "metrics", "451.25": "metrics", "429.25": "metrics", "josh": "sessions|coaching",
	"Finding a better one is": "goals open coaching", " and needs new actions": "goals open coaching", "New actions followed on": "goals open coaching", "What got in the way": "goals coaching",
	"upport was missing": "goals coaching", "blocked by": "own", "waits for @": "own", "nobody noted": "goals metrics coaching", "380.25": "metrics", " late: ": "goals coaching",
	"not talked about yet": "open commitment coaching", "Not talked about": "commitment coaching", "not talked about on": "goals coaching", `"result": "not talked about"`: "goals coaching",
}

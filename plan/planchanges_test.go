package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

func planDoc(text string) *logparse.Document {
	if text == "" {
		return nil
	}
	return logparse.Parse("people/rep1/plan.md", []byte(text), logparse.Headings{})
}

func TestPlanChanges(t *testing.T) {
	const front = "---\ntype: plan\nname: Priya\n---\n"
	for _, c := range []struct {
		name, before, after string
		want                []string
	}{
		{"nothing", front, front, nil},
		{"a new plan", "", front, []string{"added plan"}},
		{"a deleted plan", front, "", []string{"removed plan"}},
		{"a plan that can't be read", "---\n: [\n---\n", front, []string{"added plan"}},
		{"keys", "---\nname: Priya\nrole: Agent\nroom: 4\nmetrics: [aht]\n---\n",
			"---\nname: \"Priya\" # the same\nrole: Lead\nmetrics:\n  - aht\n  - fcr\nagreed: {a: 2026-07-01}\ncadence:\n---\n",
			[]string{"edited key role: Agent → Lead", "edited key metrics: aht → aht, fcr", "added key agreed:  → a: 2026-07-01", "removed key room: 4 → "}},
		{"skills", front + "## Skills for the current role\n- [ ] Close a call skill:closing\n- [/] Note names\n- [x] Old one\n",
			front + "## Skills for the current role\n- [/] Close each call skill:closing\n- [/] note  names.\n- [ ] New one\n",
			[]string{"edited skill Close each call: not started → practising", "added skill New one:  → not started", "removed skill Old one: mastered → "}},
		{"a skill that moves to the current role", front + "## Skills for the next role\n- [/] Close a call skill:closing\n",
			front + "## Skills for the current role\n- [/] Close a call skill:closing\n",
			[]string{"edited skill Close a call: practising, for the next role → practising, for the current role"}},
		{"a skill in other words", front + "## Skills for the next role\n- [/] Close a call skill:closing\n",
			front + "## Skills for the next role\n- [/] Close each call skill:closing\n",
			[]string{"edited section Skills for the next role"}},
		{"sections", front + "Top.\n\n## How we work\nMondays.\n\n## Strengths\n- Calm\n\n## Support needed\n<!-- prompt -->\n\n## Hobbies\nBikes\n",
			front + "Top!\n\n## HOW WE WORK:\n\nMondays.  <!-- a word -->\n\n## Strengths\n- Calm received:2026-07-01\n\n## Support needed\nTime\n",
			[]string{"edited section ", "edited section Strengths", "added section Support needed", "removed section Hobbies"}},
		{"confidential", front + "## Confidential\nold secret\n\n### Strengths\n- one\n", front + "## Confidential\nnew secret\n\n### Strengths\n- two\n", nil},
		{"text that becomes confidential", front + "## Hobbies\nsecret\n", front + "## Confidential\nsecret\n", []string{"removed section Hobbies"}},
		{"line ends", strings.ReplaceAll(front+"## How we work\nMondays.\nAt ten.\n", "\n", "\r\n"), front + "## How we work\nMondays. At ten.\n", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, change := range plan.PlanChanges(planDoc(c.before), planDoc(c.after)) {
				line := fmt.Sprintf("%s %s %s", change.Verb, change.What, change.Name)
				switch change.What {
				case "plan":
					line = change.Verb + " plan"
				case "key", "skill":
					line += ": " + change.Old + " → " + change.New
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSkills counts practice by name, also where a later line leaves the token out.
func TestSkills(t *testing.T) {
	docs := []*logparse.Document{
		planDoc("---\ntype: plan\n---\n## Skills for the current role\n- [/] Close a call skill:closing\n- Note names\n## Skills for the next role\n- [-] Write skill:writing\n"),
		log{"2026-07-06", "", "S Calm ^g due:2026-07-31\n- [ ] Sum up ^sum skill:closing\n- [ ] Draw ^draw skill:drawing\n- [ ] Nothing ^none"}.doc(t),
		log{"2026-07-13", "", "F Calm ^g\n- [>] Sum up each call ^sum\n  - with a remark\n- [/] Draw ^draw\nS Calm ^g due:2026-07-31\n- [ ] Say it ^say skill:closing"}.doc(t),
		log{"2026-07-20", "", "F Calm ^g\n- [x] Sum up ^sum"}.doc(t),
	}
	var got []string
	p := plan.New(&logparse.Settings{}, docs, nil).Person("rep1")
	for _, s := range p.Skills() {
		c, open := p.Facts().Tally(s.PractisedSkill)
		got = append(got, fmt.Sprintf("%s %s next:%t listed:%t %+v open:%d", s.Name, s.Level, s.Next, s.Item != nil, c, open))
	}
	want := []string{
		"closing practising next:false listed:true {Done:1 Partly:0 NotDone:0 Blocked:0 Dropped:0 NotTalked:0 Carried:1} open:1",
		"note names not started next:false listed:true {Done:0 Partly:0 NotDone:0 Blocked:0 Dropped:0 NotTalked:0 Carried:0} open:0",
		"writing left aside next:true listed:true {Done:0 Partly:0 NotDone:0 Blocked:0 Dropped:0 NotTalked:0 Carried:0} open:0",
		"drawing practising next:false listed:false {Done:0 Partly:1 NotDone:0 Blocked:0 Dropped:0 NotTalked:0 Carried:0} open:0",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAims(t *testing.T) {
	docs := []*logparse.Document{
		planDoc("---\ntype: plan\naliases: [old]\n---\n## Aims\n- [ ] Some day\n- [x] Soon due:2026-07-20\n"),
		logparse.Parse("people/rep1/prep-2026-06-01.md", []byte("---\ntype: preparation\nreceived: 2026-05-30\n---\n## Next 30 days\n- Long past\n"), logparse.Headings{}),
		logparse.Parse("people/old/prep-2026-07-13.md", []byte("---\ntype: preparation\nreceived: 2026-07-10\n---\n## Next 30 days\n- First\n## Next 60 days\nSecond, as prose.\n## Next 90 days\n- Third\n## Confidential\n- Secret\n"), logparse.Headings{}),
	}
	b := plan.New(&logparse.Settings{}, docs, nil)
	var got []string
	for _, a := range b.Person("rep1").Aims() {
		got = append(got, fmt.Sprintf("%s %s %s %t", a.By, a.Text, a.State, a.Prepared))
	}
	want := []string{
		"2026-07-20 Soon done false",
		"2026-08-09 First plain true",
		"2026-09-08 Second, as prose. plain true",
		"2026-10-08 Third plain true",
		" Some day open false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// planOf is a plan that lets the readers see some parts.
func planOf(coach string, parts ...plan.Part) string {
	words := strings.ReplaceAll(strings.Trim(fmt.Sprint(parts), "[]"), " ", ", ")
	return "---\ntype: plan\ncoach: " + coach + "\nshare: {team: {since: 2026-01-01, parts: [" + words + "]}}\n---\n"
}

// sharedBook is a logbook of people by their coach, each with the same two sessions: a plan
// that fell short, and one that worked with a helper's action, if there is a helper. More
// are other files.
func sharedBook(t testing.TB, coaches map[string]int, parts []plan.Part, helper string, more map[string]string) *plan.Logbook {
	t.Helper()
	settings, _ := logparse.ParseSettings("coachlog.yaml", []byte("name: Desk\n"))
	files, accounted := map[string]string{"people/hana/plan.md": planOf("")}, ""
	if helper != "" {
		helper, accounted = "  - [ ] Lend a hand @"+helper+" ^hand\n", "  - [x] Lend a hand ^hand\n"
	}
	for coach, people := range coaches {
		for i := range people {
			folder := fmt.Sprintf("people/%s%d/", coach, i)
			files[folder+"plan.md"] = planOf(coach, parts...)
			files[folder+"2026-07-06.md"] = "---\nstatus: held\n---\n## Short-term goals\n- [ ] Short ^short due:2026-07-13\n  - [ ] Try ^try\n  - [ ] Join in @" + coach + " ^join\n- [ ] Worked ^worked due:2026-07-13\n  - [ ] Do ^do\n" + helper
			files[folder+"2026-07-13.md"] = "---\nstatus: held\n---\n## Follow-through\n- [n] Short ^short\n  - [x] Try ^try\n  - [x] Join in ^join\n- [x] Worked ^worked\n  - [x] Do ^do\n" + accounted
		}
	}
	for path, text := range more {
		files[path] = text
	}
	var docs []*logparse.Document
	for path, text := range files {
		docs = append(docs, logparse.Parse(path, []byte(text), settings.Headings))
	}
	return plan.New(settings, docs, nil)
}

// TestGroupVerdictsTakeTheCoaches counts only the plans of those coaches, and with only
// those helpers, who let the readers see it: none where fewer than five people are left on
// either side.
func TestGroupVerdictsTakeTheCoaches(t *testing.T) {
	parts := []plan.Part{plan.PartGoals, plan.PartCommitment}
	for _, test := range []struct {
		name      string
		coaches   map[string]int
		approving []string
		helper    string
		want      *plan.VerdictCount
		success   string
	}{
		{"nobody", map[string]int{"josh": 6}, nil, "", nil, "not approved"},
		{"the coach", map[string]int{"josh": 6}, []string{"josh"}, "", &plan.VerdictCount{Worked: 6, FellShort: 6, Goals: 12}, "6 of 12"},
		{"one of two coaches", map[string]int{"josh": 6, "anna": 5}, []string{"josh"}, "", &plan.VerdictCount{Worked: 6, FellShort: 6, Goals: 12}, "6 of 12"},
		{"not the coach of one", map[string]int{"josh": 6, "anna": 1}, []string{"josh"}, "", nil, "fewer than 5 people"},
		{"not the coach of most", map[string]int{"josh": 6, "anna": 4}, []string{"anna"}, "", nil, "not approved"},
		{"not the helper", map[string]int{"josh": 6}, []string{"josh"}, "hana", &plan.VerdictCount{FellShort: 6, Goals: 6}, "0 of 6"},
		{"the helper too", map[string]int{"josh": 6}, []string{"josh", "hana"}, "hana", &plan.VerdictCount{Worked: 6, FellShort: 6, Goals: 12}, "6 of 12"},
	} {
		more := make(map[string]string)
		for _, id := range test.approving {
			more["people/"+id+"/plan.md"] = planOf("", plan.PartCoaching)
		}
		b := sharedBook(t, test.coaches, parts, test.helper, more)
		scope := scopeOf(t, "2026-Q3", "2026-10-02", "team")
		for _, r := range []*report.Team{report.NewTeam(b.Everybody(), "All", report.TeamMembers(""), scope), report.NewLogbook(b.Everybody(), scope)} {
			if r.Verdicts != nil {
				if test.want == nil || *r.Verdicts != *test.want {
					t.Errorf("%s: %s has the verdicts %v, not %v", test.name, r.Name, *r.Verdicts, test.want)
				}
			} else if test.want != nil {
				t.Errorf("%s: %s has no verdicts", test.name, r.Name)
			}
			for _, f := range r.Figures {
				if f.Key == "plan_success" && f.Now.String() != test.success {
					t.Errorf("%s: %s has plans that worked %s, not %s", test.name, r.Name, f.Now, test.success)
				}
				if f.Key == "goals_reached" && f.Now.Hidden {
					t.Errorf("%s: %s has no goals reached, which are the coachees'", test.name, r.Name)
				}
			}
		}
	}
}

// TestTeamRowsSayWhyTheyAreHidden is for want of a coach's approval, or of people.
func TestTeamRowsSayWhyTheyAreHidden(t *testing.T) {
	parts := []plan.Part{plan.PartGoals, plan.PartCommitment}
	more := make(map[string]string)
	for i := range 6 {
		more[fmt.Sprintf("people/josh%d/plan.md", i)] = strings.Replace(planOf("josh", parts...), "coach:", "team: North\ncoach:", 1)
	}
	r := report.NewLogbook(sharedBook(t, map[string]int{"josh": 6}, parts, "", more).Everybody(), scopeOf(t, "2026-Q3", "2026-10-02", "team"))
	if len(r.Teams) != 1 {
		t.Fatalf("%d teams", len(r.Teams))
	}
	row, want := r.Teams[0], "not approved"
	if row.FollowUp.String() != want || row.Success.String() != want || row.Held.String() != "fewer than 5 people" || row.Commitment.Hidden {
		t.Errorf("follow-up %s, plans %s, held %s, commitment %s", row.FollowUp, row.Success, row.Held, row.Commitment)
	}
}

// TestCoachTellsOfOthersWhoApprove is a coach's report with a helper who promised something
// to each coachee: the helper's rate would follow from the employer's.
func TestCoachTellsOfOthersWhoApprove(t *testing.T) {
	scope := scopeOf(t, "2026-Q3", "2026-10-02", "team")
	for _, helps := range []bool{false, true} {
		more := map[string]string{"people/josh/plan.md": planOf("", plan.PartCoaching)}
		if helps {
			more["people/hana/plan.md"] = planOf("", plan.PartCoaching)
		}
		b := sharedBook(t, map[string]int{"josh": 6}, []plan.Part{plan.PartCommitment, plan.PartGoals}, "hana", more)
		for _, c := range []*report.Coach{report.NewCoach(b.Everybody(), "josh", scope), &report.NewLogbook(b.Everybody(), scope).Coaches[0]} {
			figures := make(map[string]string)
			for _, f := range c.Figures {
				figures[f.Key] = f.Now.String()
			}
			employer, plans := "", "0 of 6"
			if helps {
				employer, plans = "12 of 12", "6 of 12"
			}
			if figures["employer"] != employer || figures["own_actions"] != "6 of 6" || figures["plan_success"] != plans {
				t.Errorf("the helper's approval is %v: employer %q, own %q, plans %q", helps, figures["employer"], figures["own_actions"], figures["plan_success"])
			}
			if said := slices.ContainsFunc(c.LeftOut, func(l report.LeftOut) bool { return strings.HasPrefix(l.Why, "what others promised") }); said == helps {
				t.Errorf("the helper's approval is %v, and left out is %v", helps, c.LeftOut)
			}
		}
	}
}

// TestCoachIsACoacheeToo: `coaching` is the work in other people's sessions; what a coach did
// in their own takes the same parts as with everybody.
func TestCoachIsACoacheeToo(t *testing.T) {
	for _, test := range []struct {
		parts    []plan.Part
		sessions bool
		own      string
	}{
		{[]plan.Part{plan.PartCoaching}, false, "6 of 6"},
		{[]plan.Part{plan.PartCoaching, plan.PartSessions}, true, "6 of 6"},
		{[]plan.Part{plan.PartCoaching, plan.PartCommitment}, false, "6 of 7"},
	} {
		b := sharedBook(t, map[string]int{"josh": 6}, []plan.Part{plan.PartSessions, plan.PartCommitment}, "", map[string]string{
			"people/josh/plan.md":       planOf("lee", test.parts...),
			"people/josh/2026-07-08.md": "---\nstatus: held\n---\n## Short-term goals\n- [ ] Mine ^mine due:2026-07-22\n  - [ ] Own ^own\n",
			"people/josh/2026-07-22.md": "---\nstatus: held\n---\n## Follow-through\n- [n] Mine ^mine\n  - [n] Own ^own\n",
		})
		c := report.NewCoach(b.Everybody(), "josh", scopeOf(t, "2026-Q3", "2026-10-02", "team"))
		own, weeks := "", 0
		for _, f := range c.Figures {
			if f.Key == "own_actions" {
				own = f.Now.String()
			}
		}
		for _, w := range c.Weeks {
			weeks += w.Done + w.NotDone
		}
		if own != test.own || (c.AsCoachee != nil) != test.sessions || fmt.Sprintf("%d of", weeks) != own[5:6]+" of" {
			t.Errorf("with %v: own actions %s, %d in the weeks, sessions as a coachee %v", test.parts, own, weeks, c.AsCoachee)
		}
		text := write(t, c, report.Output{Format: "text"})
		if strings.Contains(text, "of their own") != test.sessions {
			t.Errorf("with %v:\n%s", test.parts, text)
		}
	}
}

// TestPersonTellsNothingOfOthers looks at what follows from a coachee's approvals about a
// coach and a helper who approved nothing.
func TestPersonTellsNothingOfOthers(t *testing.T) {
	more := map[string]string{
		"people/josh0/2026-07-06.md": `---
status: held
---
## Short-term goals
- [ ] Both ^both due:2026-07-13
  - [ ] Try ^try
  - [ ] Join in @josh ^join skill:calls
- [ ] Helped ^helped due:2026-07-13
  - [ ] Do ^do
  - [ ] Lend a hand @hana ^hand skill:only-theirs
- [ ] Later ^later due:2026-12-01
  - [ ] Missing ^missing due:2026-07-10
  - [ ] Undone ^undone
`,
		"people/josh0/2026-07-13.md": "---\nstatus: held\nnext: 2026-12-01\n---\n## Follow-through\n- [n] Both ^both\n  - [x] Try ^try\n  - [n] Join in ^join\n- [n] Helped ^helped\n  - [x] Do ^do\n  - [x] Lend a hand ^hand\n- [ ] Later ^later\n  - [n] Undone ^undone\n",
	}
	person := func(coaching bool, parts ...plan.Part) *report.Person {
		more["people/josh0/plan.md"] = planOf("josh", parts...) + "## Skills for the current role\n- [/] Calls skill:calls\n"
		more["people/josh/plan.md"] = planOf("")
		if coaching {
			more["people/josh/plan.md"] = planOf("", plan.PartCoaching)
		}
		return report.NewPerson(sharedBook(t, map[string]int{"josh": 1}, nil, "", more), "josh0", scopeOf(t, "2026-Q3", "2026-10-02", "team"))
	}

	r := person(false, plan.PartGoals, plan.PartCommitment, plan.PartOpen)
	for _, g := range r.Short[:2] { // all that the coachee did is there, so any verdict tells the rest
		if g.Outcome != report.GoalNotReached || g.Verdicts[0].Others != nil || g.Verdicts[0].Support {
			t.Errorf("%s: %s, the others did %v, support was missing: %v", g.Text, g.Outcome, g.Verdicts[0].Others, g.Verdicts[0].Support)
		}
	}
	if r.Verdicts != (plan.VerdictCount{}) || r.Sides[0].NotTalked != nil {
		t.Errorf("verdicts %v, not talked about %v", r.Verdicts, r.Sides[0].NotTalked)
	}
	if r = person(true, plan.PartGoals, plan.PartOpen); len(r.Owed) != 1 || r.Owed[0].Goal != "Both" {
		t.Errorf("the plans that need new actions, %v, tell of the helper's", r.Owed)
	}

	for _, parts := range [][]plan.Part{{plan.PartOpen}, {plan.PartOpen, plan.PartCommitment}} {
		overdue, results := make(map[string]bool), make(map[string]plan.Result)
		for _, a := range person(false, parts...).Open {
			overdue[a.Text], results[a.Text] = a.Overdue, a.Result
		}
		want := plan.Open
		if len(parts) == 2 {
			want = plan.NotDone
		}
		if !overdue["Missing"] || overdue["Undone"] || results["Undone"] != want {
			t.Errorf("with %v: overdue are %v, results %v", parts, overdue, results)
		}
	}

	if r = person(false, plan.PartSkills); len(r.Skills) != 1 || r.Skills[0].Practice.Whole != 0 || r.Figures[0].Now.String() != "0" {
		t.Errorf("skills %+v, practised %s", r.Skills, r.Figures[0].Now)
	}
	if r = person(true, plan.PartSkills); len(r.Skills) != 1 || r.Skills[0].Practice.Whole != 1 {
		t.Errorf("with the coach's approval: skills %+v", r.Skills)
	}

	named := person(false, plan.PartSessions).Coach + "," + person(false, plan.PartSessions, plan.PartGoals).Coach + "," + person(true, plan.PartSessions, plan.PartGoals).Coach
	if named != "josh,,josh" {
		t.Errorf("the coaches that are named are %q", named)
	}
}

// TestCoachPlansOfTooFew has a helper, who approved nothing, in the plan of one coachee of
// six: that one's plan would follow from the goals reached.
func TestCoachPlansOfTooFew(t *testing.T) {
	b := sharedBook(t, map[string]int{"josh": 6}, []plan.Part{plan.PartGoals}, "", map[string]string{
		"people/josh/plan.md":        planOf("", plan.PartCoaching),
		"people/josh0/2026-07-06.md": "---\nstatus: held\n---\n## Short-term goals\n- [ ] Helped ^helped due:2026-07-13\n  - [ ] Lend a hand @hana ^hand\n",
		"people/josh0/2026-07-13.md": "---\nstatus: held\n---\n## Follow-through\n- [n] Helped ^helped\n  - [x] Lend a hand ^hand\n",
	})
	c := report.NewCoach(b.Everybody(), "josh", scopeOf(t, "2026-Q3", "2026-10-02", "team"))
	if c.Verdicts != (plan.VerdictCount{}) || slices.ContainsFunc(c.Figures, func(f report.Figure) bool { return f.Key == "plan_success" }) || len(c.Figures) == 0 {
		t.Errorf("verdicts %v and figures %v", c.Verdicts, c.Figures)
	}
}

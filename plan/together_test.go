package plan_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// logbookOf is one logbook of several, from its files.
func logbookOf(folder, settings string, files map[string]string, owners ...string) (plan.Member, []*plan.Facts) {
	s, _ := logparse.ParseSettings("coachlog.yaml", []byte(settings))
	var docs []*logparse.Document
	for name, text := range files {
		docs = append(docs, logparse.Parse("people/"+name, []byte(text), s.Headings))
	}
	b := plan.New(s, docs, nil)
	return plan.Member{Roster: b.Roster, Name: folder, Folder: folder, Owners: owners}, b.Facts()
}

// TestSamePerson tells who of two people with one id is the same.
func TestSamePerson(t *testing.T) {
	for _, c := range []struct {
		a, b  string // front matter of their plans; "-" is none, and the logs name them
		names []string
	}{
		{"name: Ana Berg\n", "name: ana berg\n", []string{"ana", "ana"}},
		{"name: Ana Berg\nemail: a@x.org\n", "name: A. Berg\nemail: A@x.org\n", []string{"ana", "ana"}},
		{"name: Ana Berg\nemail: a@x.org\n", "name: Ana Berg\nemail: b@x.org\n", []string{"a/ana", "b/ana"}},
		{"name: Ana Berg\nemail: a@x.org\n", "name: Ana Berg\n", []string{"ana", "ana"}},
		{"name: Ana Berg\n", "name: Ana Lund\n", []string{"a/ana", "b/ana"}},
		{"name: Ana Berg\n", "", []string{"a/ana", "b/ana"}},
		{"", "", []string{"a/ana", "b/ana"}},
		{"name: Ana Berg\n", "-", []string{"ana", "ana"}},
		{"-", "-", []string{"ana", "ana"}},
	} {
		var members []plan.Member
		for i, said := range []string{c.a, c.b} {
			files, owners := map[string]string{fmt.Sprintf("rep%d/2026-07-06.md", i): "---\nstatus: held\ncoach: ana\n---\n"}, []string{fmt.Sprintf("rep%d", i)}
			if said != "-" {
				files["ana/plan.md"] = "---\ntype: plan\n" + said + "---\n"
				owners = append(owners, "ana")
			}
			m, _ := logbookOf(string(rune('a'+i)), "", files, owners...)
			members = append(members, m)
		}
		u := plan.NewUnion(members)
		if names := []string{u.ID(0, "ana"), u.ID(1, "ana")}; !slices.Equal(names, c.names) {
			t.Errorf("%q and %q are %v", c.a, c.b, names)
		}
		if several := u.Several("ana"); (c.names[0] != c.names[1]) != (len(several) == 2) {
			t.Errorf("%q and %q: several are %v", c.a, c.b, several)
		}
		for i := range members {
			if local, ok := u.In(i, c.names[i]); local != "ana" || !ok {
				t.Errorf("in logbook %d, %s is %q", i, c.names[i], local)
			}
		}
	}
}

// TestBothPlansShare has a person with two plans, of which others see what both share.
func TestBothPlansShare(t *testing.T) {
	var members []plan.Member
	for i, share := range []string{
		"{team: {since: 2026-01-01, parts: all}, boss: {since: 2026-01-01, parts: [sessions]}}",
		"{team: {since: 2026-03-01, withdrawn: 2026-06-01, parts: [goals, sessions]}}",
	} {
		m, _ := logbookOf(string(rune('a'+i)), "", map[string]string{"ana/plan.md": "---\nname: Ana\nshare: " + share + "\n---\n"}, "ana")
		members = append(members, m)
	}
	ana := plan.NewUnion(members).Someone("ana")
	for day, want := range map[string][]plan.Part{"2026-02-01": nil, "2026-04-01": {plan.PartSessions, plan.PartGoals}, "2026-07-01": nil} {
		date, _ := logparse.ParseDate(day)
		if got := ana.ConsentTo("team", date, nil).Parts; !slices.Equal(got, want) {
			t.Errorf("on %s the team sees %v", day, got)
		}
		if got := ana.ConsentTo("boss", date, nil).Parts; got != nil {
			t.Errorf("on %s the boss sees %v", day, got)
		}
	}
}

// TestMovedPerson has sessions in two logbooks: seeing them together as of a day is the same as
// putting together what each has as of that day.
func TestMovedPerson(t *testing.T) {
	var members []plan.Member
	var facts [][]*plan.Facts
	for i := range 2 {
		files := map[string]string{"ana/plan.md": "---\nname: Ana\n---\n"}
		for n := range 6 {
			done := ""
			if n > 0 {
				done = fmt.Sprintf("## Follow-through\n- [n] Goal %d ^g%d\n  - [x] One ^one%d\n  - [n] Two @josh ^two%d\n", n-1, n-1, n-1, n-1)
			}
			day := logparse.Date{Year: 2026, Month: 3, Day: 1 + i}.AddDays(7 * n)
			files[fmt.Sprintf("ana/%s.md", day)] = fmt.Sprintf("---\nstatus: held\ncoach: josh\nmetrics: {aht: %d}\n---\n%s## Short-term goals\n- [ ] Goal %d ^g%d due:%s\n  - [ ] One ^one%d\n  - [ ] Two @josh ^two%d\n",
				400+n, done, n, n, day.AddDays(7), n, n)
		}
		m, f := logbookOf(string(rune('a'+i)), "", files, "ana")
		members, facts = append(members, m), append(facts, f)
	}
	whole := plan.NewUnion(members).Everybody(facts)
	if n := len(whole.Facts("ana").Sessions); n != 12 {
		t.Fatalf("%d sessions", n)
	}
	for day := (logparse.Date{Year: 2026, Month: 2, Day: 27}); day.Before(logparse.Date{Year: 2026, Month: 4, Day: 20}); day = day.AddDays(1) {
		var then [][]*plan.Facts
		for _, of := range facts {
			then = append(then, []*plan.Facts{of[0].AsOf(day)})
		}
		got, want := whole.AsOf(day), plan.NewUnion(members).Everybody(then)
		period := plan.Period{From: day.AddDays(-20), To: day}
		for _, owner := range []string{"ana", "josh"} {
			if g, w := got.Commitments(period)[owner], want.Commitments(period)[owner]; g != w {
				t.Errorf("by %s %s did %v, and %v", day, owner, g, w)
			}
		}
		if g, w := got.VerdictsIn(period, "josh"), want.VerdictsIn(period, "josh"); !reflect.DeepEqual(g, w) {
			t.Errorf("by %s the verdicts are %v, and %v", day, g, w)
		}
		if g, w := got.Commitments(plan.AllTime)["ana"].Rate(), whole.Commitments(plan.Period{From: plan.AllTime.From, To: day})["ana"].Rate(); g != w {
			t.Errorf("as of %s ana did %s, and until then %s", day, g, w)
		}
	}
}

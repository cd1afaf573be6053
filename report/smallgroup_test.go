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

// TestTeamTellsNothingOfOne is a team of five who share everything, of whom only one
// gave an account, had a verdict and mastered a skill.
func TestTeamTellsNothingOfOne(t *testing.T) {
	settings, _ := logparse.ParseSettings("coachlog.yaml", []byte("name: Desk\n"))
	var docs []*logparse.Document
	for i := range 5 {
		account, level := "", " "
		if i == 0 {
			account, level = "  - [x] Breathe ^a\n", "x"
		}
		for name, text := range map[string]string{
			"plan.md":       "---\nname: One\ncoach: josh\nshare: {team: {since: 2026-01-01, parts: all}}\n---\n## Skills for the current role\n- [" + level + "] Listen\n",
			"2026-04-06.md": "---\nstatus: held\n---\n## Short-term goals\n- [ ] Calm ^g due:2026-04-13\n  - [ ] Breathe ^a\n",
			"2026-04-13.md": "---\nstatus: held\nnext: 2026-04-20\n---\n## Follow-through\n- [ ] Calm ^g\n" + account,
		} {
			docs = append(docs, logparse.Parse(fmt.Sprintf("people/p%d/%s", i, name), []byte(text), settings.Headings))
		}
	}
	scope := scopeOf(t, "2026-Q2", "2026-07-01", "team")
	team := report.NewLogbook(plan.New(settings, docs, nil).Everybody(), scope)
	if len(team.Weeks) > 0 || team.Verdicts != nil || len(team.Skills) > 0 || len(team.Commitment) > 0 {
		t.Errorf("weeks %v, verdicts %v, skills %v, bands %v", team.Weeks, team.Verdicts, team.Skills, team.Commitment)
	}
	for _, f := range team.Figures {
		if f.Now.People != nil && *f.Now.People > 0 && *f.Now.People < plan.SmallGroup {
			t.Errorf("%s is about %d people: %s", f.Title, *f.Now.People, f.Now)
		}
	}
	if met, held := team.Figures[0], team.Figures[1]; met.Now.String() != "5 of 5" || held.Now.String() != "10" {
		t.Errorf("%s are %s, %s are %s", met.Title, met.Now, held.Title, held.Now)
	}
	if i := slices.IndexFunc(team.Figures, func(f report.Figure) bool { return f.Key == "sessions_forgotten" }); team.Figures[i].Now.String() != "5" {
		t.Errorf("%s of 5 sessions were forgotten", team.Figures[i].Now)
	}
}

// TestCoachTellsOfThoseWhoApprove is a coach with six coachees, of whom some approved
// nothing: the coach's report is over the others, where they are at least five.
func TestCoachTellsOfThoseWhoApprove(t *testing.T) {
	scope := scopeOf(t, "2026-Q3", "2026-10-02", "team")
	own := report.NewCoach(markedBook(t, nil, nil).Everybody(), "josh", scopeOf(t, "2026-Q3", "2026-10-02", ""))
	for silent := range 3 {
		b := markedBook(t, plan.Parts, []plan.Part{plan.PartCoaching}, []int{0, 1}[:silent]...)
		alone, logbook := report.NewCoach(b.Everybody(), "josh", scope), report.NewLogbook(b.Everybody(), scope)
		held, figures := own.Held/6*(6-silent), 18
		if silent == 2 {
			held, figures = 0, 0
		}
		for _, c := range []report.Coach{*alone, logbook.Coaches[0]} {
			if c.Held != held || len(c.Figures) != figures || len(c.LeftOut) != 5*min(silent, 1) || c.Coaches != "" {
				t.Errorf("of %d silent: %d held, %d figures, %v left out, coached by %q", silent, c.Held, len(c.Figures), c.LeftOut, c.Coaches)
			}
		}
	}
}

// TestCoachesLeaveNobodyOver is a logbook in which five people are coached by josh, and
// one by lee, who lets nobody see it: what josh's report says would tell of that one.
func TestCoachesLeaveNobodyOver(t *testing.T) {
	b := markedBook(t, plan.Parts, []plan.Part{plan.PartCoaching})
	docs := slices.Clone(b.Docs)
	for i, d := range docs {
		if d.Path == "people/rep6/plan.md" {
			text := []byte("---\ntype: plan\ncoach: lee\nshare: {team: {since: 2026-01-01, parts: all}}\n---\n")
			docs[i] = logparse.Parse(d.Path, text, b.Settings.Headings)
		}
	}
	scope := scopeOf(t, "2026-Q3", "2026-10-02", "team")
	r := report.NewLogbook(plan.New(b.Settings, docs, nil).Everybody(), scope)
	if len(r.Coaches) != 1 || len(r.Coaches[0].Figures) > 0 || r.Coaches[0].Held > 0 {
		t.Errorf("%d coaches; of the first %d figures and %d sessions are told", len(r.Coaches), len(r.Coaches[0].Figures), r.Coaches[0].Held)
	}
}

// TestCoachBeforeOfTooFew has only four of six people coached in the period before.
func TestCoachBeforeOfTooFew(t *testing.T) {
	b := markedBook(t, plan.Parts, []plan.Part{plan.PartCoaching})
	docs := slices.DeleteFunc(slices.Clone(b.Docs), func(d *logparse.Document) bool {
		return strings.HasPrefix(d.Path, "people/rep1/2026-06") || strings.HasPrefix(d.Path, "people/rep2/2026-06")
	})
	e, scope := plan.New(b.Settings, docs, nil).Everybody(), scopeOf(t, "2026-Q3", "2026-10-02", "team")
	r := report.NewCoach(e, "josh", scope)
	everyFormat(t, report.NewLogbook(e, scope)) // tables have no counts of it
	for _, f := range r.Figures {
		if !f.Before.Hidden || f.Now.Hidden || f.Moved != "" {
			t.Errorf("%s was %s, is %s and moved %q", f.Title, f.Before, f.Now, f.Moved)
		}
	}
	if len(r.Figures) == 0 {
		t.Error("there are no figures")
	}
}

// TestTeamForNobody names no readers: nobody approved anything for them.
func TestTeamForNobody(t *testing.T) {
	r := report.NewLogbook(markedBook(t, plan.Parts, plan.Parts).Everybody(), scopeOf(t, "2026-Q3", "2026-10-02", ""))
	for _, f := range r.Figures {
		if !f.Now.Hidden || !f.Before.Hidden {
			t.Errorf("%s is told: %s", f.Title, f.Now)
		}
	}
	if len(r.Coaches) > 0 || len(r.Weeks) > 0 || r.Verdicts != nil {
		t.Errorf("%d coaches, %d weeks and verdicts %v are told", len(r.Coaches), len(r.Weeks), r.Verdicts)
	}
}

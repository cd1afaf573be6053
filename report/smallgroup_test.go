package report_test

import (
	"fmt"
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
			"2026-04-13.md": "---\nstatus: held\n---\n## Follow-through\n- [ ] Calm ^g\n" + account,
		} {
			docs = append(docs, logparse.Parse(fmt.Sprintf("people/p%d/%s", i, name), []byte(text), settings.Headings))
		}
	}
	scope := scopeOf(t, "2026-Q2", "2026-07-01", "team")
	team := report.NewLogbook(plan.New(settings, docs, nil), scope)
	if len(team.Weeks) > 0 || team.Verdicts != nil || len(team.Skills) > 0 || len(team.Commitment) > 0 {
		t.Errorf("weeks %v, verdicts %v, skills %v, bands %v", team.Weeks, team.Verdicts, team.Skills, team.Commitment)
	}
	for _, f := range team.Figures {
		if f.Now.People != nil && *f.Now.People > 0 && *f.Now.People < plan.SmallGroup {
			t.Errorf("%s is about %d people: %s", f.Title, *f.Now.People, f.Now)
		}
	}
	if held := team.Figures[0]; held.Now.String() != "10" {
		t.Errorf("%s are %s", held.Title, held.Now)
	}
}

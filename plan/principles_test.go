package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

func judged(t testing.TB, logs []log) *plan.Person {
	return plan.New(known, docsOf(t, logs), nil).Person("rep1")
}

var known = &logparse.Settings{People: []logparse.PersonSettings{{ID: "rep1"}}}

// blank takes every mark out of a body.
func blank(body string) string {
	for _, mark := range []string{"[x]", "[/]", "[n]", "[!]", "[-]", "[>]"} {
		body = strings.ReplaceAll(body, mark, "[ ]")
	}
	return body
}

// Silence counts against nobody but the coach whose own promise it is.
func TestAllBoxesBlank(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		for i := range logs {
			logs[i].body = blank(logs[i].body)
		}
		for _, a := range judged(t, logs).Agreements {
			switch a.Result {
			case plan.Open, plan.Ended, plan.NotTalked, plan.Dropped: // dropped: another owner took it over
			case plan.NotDone:
				if a.Account.Coach != a.Owner {
					r.Fatalf("%s of %s is not done, in a session of %s", a.ID, a.Owner, a.Account.Coach)
				}
			default:
				r.Fatalf("%s is %s", a.ID, a.Result)
			}
		}
	})
}

// A talk that marks nothing changes nothing.
func TestTalkWithoutMarks(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		at := rapid.IntRange(0, len(logs)-1).Draw(r, "at")
		date, _ := logparse.ParseDate(logs[at].date)
		with := append(append([]log{}, logs...), log{date: date.AddDays(2).String(), front: "kind: ad-hoc", body: ""})
		sum := func(p *plan.Person) []string {
			var out []string
			for _, a := range p.Agreements {
				out = append(out, fmt.Sprint(a.ID, a.Agreed.Date, a.Result, a.Owner))
			}
			for _, g := range p.Goals {
				for _, v := range g.Verdicts {
					out = append(out, fmt.Sprint(g.ID, v.Log.Date, v.Outcome, v.Coach))
				}
			}
			return out
		}
		if diff := cmp.Diff(sum(judged(t, logs)), sum(judged(t, with))); diff != "" {
			r.Fatal(diff)
		}
	})
}

// Whoever leads a session gains nothing by breaking, dropping, renaming or leaving out what
// they promised.
func TestNothingToGainForTheCoach(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		lines := ownDone(logs, judged(t, logs))
		if len(lines) == 0 {
			return
		}
		at := rapid.SampledFrom(lines).Draw(r, "line")
		mark := rapid.SampledFrom([]string{"[n]", "[-]", "[!]", "[/]", "[ ]"}).Draw(r, "mark")
		if mark == "[-]" && at.repeated {
			return // it ends there, and later turns, which nobody may have asked about, with it
		}
		worse := append([]log{}, logs...)
		worse[at.log].body = strings.Replace(worse[at.log].body, at.line, strings.Replace(at.line, "[x]", mark, 1), 1)
		coach := at.coach
		before, after := judged(t, logs).Facts(), judged(t, worse).Facts()
		for name, of := range map[string]func(f *plan.Facts) plan.Rate{
			"own":          func(f *plan.Facts) plan.Rate { return f.CommitmentOf(coach, plan.AllTime).Rate() },
			"follow-up":    func(f *plan.Facts) plan.Rate { return f.FollowUpOf(coach, plan.AllTime) },
			"plan success": func(f *plan.Facts) plan.Rate { return f.VerdictsIn(plan.AllTime, coach).PlanSuccess() },
		} {
			x, y := of(before), of(after)
			if x.Whole > 0 && y.Part*x.Whole > x.Part*y.Whole {
				r.Fatalf("%s of %s rises from %v to %v by %s in %s of %s", name, coach, x, y, mark, at.line, logs[at.log].date)
			}
		}
	})
}

type ownLine struct {
	log      int
	line     string
	coach    string
	repeated bool
}

// ownDone are the lines of a session's Follow-through by which its leading coach's own is done.
func ownDone(logs []log, p *plan.Person) (lines []ownLine) {
	for _, a := range p.Agreements {
		if a.Result != plan.Done || a.Account.Coach != a.Owner {
			continue
		}
		i := slices.IndexFunc(logs, func(l log) bool { return l.date == a.Account.Date.String() })
		for _, line := range strings.Split(logs[i].body, "\n") {
			if strings.HasPrefix(line, "S ") || strings.HasPrefix(line, "M ") {
				break
			}
			if strings.HasPrefix(line, "- [x]") && strings.Contains(line+" ", " ^"+a.ID+" ") {
				lines = append(lines, ownLine{i, line, a.Owner, a.Every != ""})
			}
		}
	}
	return lines
}

// A verdict whose date has come stands, whether the session that gave it drops the goal, moves
// its date or its target, or makes it a mid-term goal.
func TestMovedTooLate(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		i := rapid.IntRange(0, len(logs)-1).Draw(r, "log")
		goal := goals.Draw(r, "goal")
		late := slices.Clone(logs)
		var body []string
		section := byte(' ')
		for _, line := range strings.Split(late[i].body, "\n") {
			if line != "" && line[0] != '-' {
				section = line[0]
			}
			if section != 'F' && strings.Contains(line, " ^"+goal) && line[0] == section {
				section = 'X' // its lines make room for another
			}
			if section != 'X' {
				body = append(body, line)
			}
		}
		late[i].body = strings.Join(body, "\n") // as if the plan left the goal out
		given := datedVerdicts(judged(t, late))
		body = append(body, rapid.SampledFrom([]string{"S [-] Goal", "S [ ] Goal", "M [ ] Goal"}).Draw(r, "how")+" "+goal+" ^"+goal+rapid.SampledFrom([]string{"", " due:2026-12-01"}).Draw(r, "due"))
		late[i].body = strings.Join(body, "\n")
		now := datedVerdicts(judged(t, late))
		for _, v := range given {
			if v.session <= logs[i].date && !slices.Contains(now, v) {
				r.Fatalf("%+v went: now %+v\n%s", v, now, late[i].body)
			}
		}
	})
}

type datedVerdict struct {
	goal, session string
	due           logparse.Date
	outcome       plan.Outcome
}

// datedVerdicts are those on dates that had come by the session that gave them.
func datedVerdicts(p *plan.Person) (all []datedVerdict) {
	if p == nil {
		return nil
	}
	for _, g := range p.Goals {
		for _, v := range g.Verdicts {
			if !v.Due.IsZero() && !v.Log.Date.Before(v.Due) {
				all = append(all, datedVerdict{g.ID, v.Log.Date.String(), v.Due, v.Outcome})
			}
		}
	}
	return all
}

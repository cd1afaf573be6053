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
	"github.com/coachlog/coachlog/plan/draft"
)

// figures are everything that anybody is measured by.
func figures(b *plan.Logbook) []string {
	var out []string
	if b.Person("rep1") == nil {
		return nil
	}
	out = append(out, accounts(b)...)
	out = append(out, verdicts(b)...)
	for _, who := range everybody {
		e := b.Everybody()
		out = append(out, fmt.Sprint(who, e.Commitments(plan.AllTime)[who], e.FollowUpOf(who, plan.AllTime), e.VerdictsIn(plan.AllTime, who).PlanSuccess()))
		coaching := e.CoachingOf(who, plan.AllTime, logparse.Date{Year: 2026, Month: 12, Day: 31})
		coaching.LogWords = nil // how long the logs are is no score
		for i := range coaching.Led {
			coaching.Led[i].Words = 0
		}
		out = append(out, fmt.Sprintf("%+v", *coaching))
	}
	return out
}

// The order in which files are read changes nothing.
func TestOrderChangesNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		docs := docsOf(t, history(r))
		want := figures(plan.New(&logparse.Settings{}, docs, nil))
		got := figures(plan.New(&logparse.Settings{}, rapid.Permutation(docs).Draw(r, "order"), nil))
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatal(diff)
		}
	})
}

// Nothing under Long-term goals changes any figure, whatever it says.
func TestLongTermGoalsAreNeverCounted(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		want := figures(plan.New(&logparse.Settings{}, docsOf(t, logs), nil))
		for i := range logs {
			if rapid.Bool().Draw(r, "long") {
				logs[i].body += fmt.Sprintf("\nL [%s] A career ^career%s metric:aht<=1\n- [%s] Help ^help @josh%s\n",
					states.Draw(r, "state"), dates.Draw(r, "due"), states.Draw(r, "state"), dates.Draw(r, "due"))
			}
		}
		if diff := cmp.Diff(want, figures(plan.New(&logparse.Settings{}, docsOf(t, logs), nil))); diff != "" {
			r.Fatal(diff)
		}
	})
}

// A failed action of one owner more changes nobody else's rate.
func TestFailureIsTheOwnersAlone(t *testing.T) {
	failed := 0
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		sessions := slices.DeleteFunc(judged(t, logs).CountedLogs(), func(l *plan.Log) bool { return plan.Reactive(l.Kind.V) || l.Kind.V == "peer" })
		if len(sessions) < 2 {
			return
		}
		at := rapid.IntRange(0, len(sessions)-2).Draw(r, "session")
		owner := rapid.SampledFrom(everybody).Draw(r, "owner")
		more := slices.Clone(logs)
		for i, l := range more {
			switch l.date {
			case sessions[at].Date.String(): // below the last goal, whichever that is
				more[i].body = strings.TrimSpace("S [ ] Goal x ^x\n" + l.body + "\n- [ ] One more ^more @" + owner)
			case sessions[at+1].Date.String():
				more[i].body = "F [n] One more ^more\n" + l.body
			}
		}
		for _, who := range everybody {
			x, y := judged(t, logs).Facts().CommitmentOf(who, plan.AllTime), judged(t, more).Facts().CommitmentOf(who, plan.AllTime)
			if who != owner && x.Rate() != y.Rate() {
				r.Fatalf("%s had %+v and has %+v after %s failed\n%s", who, x, y, owner, more[0].body)
			}
			failed += y.NotDone - x.NotDone
		}
	})
	if failed < 10 {
		t.Errorf("%d failures were added", failed)
	}
}

const blankLog = "---\nstatus: planned\n---\n## Follow-through\n\n## Short-term goals\n\n## Mid-term goals\n"

// What the list names and what the next log asks about are the same actions, and the next log
// asks about every goal that is to be checked.
func TestListedIsAsked(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		b := plan.New(known, docsOf(t, logs), nil)
		p := b.Person("rep1")
		last, _ := logparse.ParseDate(logs[len(logs)-1].date)
		next := last.AddDays(7)
		doc, err := draft.Session(b, p, draft.Meeting{Date: next, Path: "people/rep1/" + next.String() + ".md"}, []byte(blankLog))
		if err != nil {
			r.Fatal(err)
		}
		var listed, asked, checked []string
		for _, u := range p.Facts().Unfulfilled(last, next) {
			if u.Stands != plan.DueLater {
				listed = append(listed, u.ID)
			}
		}
		for _, goal := range doc.Session.FollowThrough {
			checked = append(checked, goal.ID.V)
			for _, action := range goal.Actions {
				if action.State != logparse.Done {
					asked = append(asked, action.ID.V)
				}
			}
		}
		slices.Sort(listed)
		slices.Sort(asked)
		if diff := cmp.Diff(listed, asked); diff != "" {
			r.Fatalf("-listed +asked: %s\n%s", diff, doc.Text)
		}
		for _, g := range p.Goals {
			if g.JudgedOn(next) && !slices.Contains(checked, g.ID) {
				r.Fatalf("%s is to be checked, and the log doesn't ask: %s", g.ID, doc.Text)
			}
		}
	})
}

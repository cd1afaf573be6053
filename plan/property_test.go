//go:build firstedition

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
		out = append(out, fmt.Sprint(who, e.CommitmentOf(who, plan.AllTime), e.FollowUpOf(who, plan.AllTime), e.VerdictsIn(plan.AllTime, who).PlanSuccess()))
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

// Each agreement has one account at most, in a held session after the one that
// agreed it, and no earlier than its date; and the counts add up.
func TestEveryActionIsAccountedForOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := plan.New(&logparse.Settings{}, docsOf(t, history(r)), nil)
		p := b.Person("rep1")
		if p == nil {
			return
		}
		held := p.HeldLogs()
		closed := 0
		for _, a := range p.Agreements {
			if !a.Closed() {
				if after := held[slices.Index(held, a.Agreed)+1:]; len(after) > 0 && a.Due.IsZero() && a.Carried == 0 {
					r.Fatalf("%s is open, and %d sessions were held since", a.ID, len(after))
				}
				continue
			}
			closed++
			if slices.Index(held, a.Account) <= slices.Index(held, a.Agreed) {
				r.Fatalf("%s has its account before it was agreed", a.ID)
			}
			if a.Account.Date.Before(a.Due) {
				r.Fatalf("%s has its account on %s, and is due on %s", a.ID, a.Account.Date, a.Due)
			}
			if len(a.Goal.Agreements) == 0 || !slices.Contains(a.Goal.Agreements, a) {
				r.Fatalf("%s is lost to its goal", a.ID)
			}
		}
		counted, due := 0, 0
		for _, who := range everybody {
			c := b.Everybody().CommitmentOf(who, plan.AllTime)
			counted += c.Kept + c.Partly + c.NotKept + c.Dropped + c.NoAccount
			due += b.Everybody().FollowUpOf(who, plan.AllTime).Whole
		}
		dropped := 0
		for _, who := range everybody {
			dropped += b.Everybody().CommitmentOf(who, plan.AllTime).Dropped
		}
		if counted != closed || due+dropped != closed {
			r.Fatalf("%d accounts, %d counted for owners, %d due and %d dropped for coaches", closed, counted, due, dropped)
		}
	})
}

// Keeping an action never lowers its owner's commitment rate.
func TestKeepingNeverLowersCommitment(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		before := plan.New(&logparse.Settings{}, docsOf(t, logs), nil)
		for i := range logs {
			logs[i].body = strings.ReplaceAll(logs[i].body, "- [/]", "- [x]")
		}
		after := plan.New(&logparse.Settings{}, docsOf(t, logs), nil)
		for _, who := range everybody {
			x, y := before.Everybody().CommitmentOf(who, plan.AllTime).Rate(), after.Everybody().CommitmentOf(who, plan.AllTime).Rate()
			if x.Part*y.Whole > y.Part*x.Whole {
				r.Fatalf("%s had %v and has %v after keeping more", who, x, y)
			}
		}
	})
}

// A plan that is followed never lowers anybody's commitment rate, whether or not
// its goal was reached.
func TestFollowedPlanNeverLowersCommitment(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		owner := owners.Draw(r, "owner")
		reached := states.Draw(r, "reached")
		last, _ := logparse.ParseDate(logs[len(logs)-1].date)
		agreed := log{date: last.AddDays(7).String(), body: "S New ^new\n- [ ] First ^new1" + owner + "\n- [ ] Second ^new2"}
		account := log{date: last.AddDays(14).String(), body: "F [" + reached + "] New ^new\n- [x] First ^new1\n- [x] Second ^new2"}
		// What was open before has its account in the two new sessions too, and
		// that is no part of the plan: leave it as it would be without.
		without := []log{{date: agreed.date}, {date: account.date}}
		before := plan.New(&logparse.Settings{}, docsOf(t, append(slices.Clone(logs), without...)), nil)
		after := plan.New(&logparse.Settings{}, docsOf(t, append(slices.Clone(logs), agreed, account)), nil)
		for _, who := range everybody {
			x, y := before.Everybody().CommitmentOf(who, plan.AllTime).Rate(), after.Everybody().CommitmentOf(who, plan.AllTime).Rate()
			if x.Part*y.Whole > y.Part*x.Whole || y.Whole < x.Whole {
				r.Fatalf("%s had %v and has %v with one more plan that was followed", who, x, y)
			}
		}
	})
}

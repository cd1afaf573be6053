//go:build firstedition

package plan_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

func TestFollowThrough(t *testing.T) {
	for _, test := range []struct {
		name     string
		logs     []log
		accounts []string
		verdicts []string
	}{
		{
			name: "a late session takes the account that was due",
			logs: []log{
				{date: "2026-07-06", front: "next: 2026-07-13", body: "S Calm ^g due:2026-07-13\n- [ ] Greet ^a due:2026-07-10"},
				{date: "2026-08-24", body: "F Calm ^g\n- [x] Greet ^a"},
			},
			accounts: []string{"a 07-06>08-24 kept"},
			verdicts: []string{"g 08-24 plan was wrong"},
		},
		{
			name: "an early session doesn't",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-07-13\n- [ ] Greet ^a due:2026-07-13"},
				{date: "2026-07-08", body: "F Calm ^g\n- [ ] Greet ^a"},
				{date: "2026-07-13", body: "F [x] Calm ^g\n- [x] Greet ^a"},
			},
			accounts: []string{"a 07-06>07-13 kept"},
			verdicts: []string{"g 07-13 plan worked"},
		},
		{
			name: "missed, cancelled and planned sessions take none",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-07-31\n- [ ] Greet ^a"},
				{date: "2026-07-13", front: "status: missed", body: "F Calm ^g\n- [ ] Greet ^a"},
				{date: "2026-07-20", front: "status: cancelled"},
				{date: "2026-07-27", front: "status: planned", body: "F Calm ^g\n- [ ] Greet ^a"},
				{date: "2026-08-03", body: "F Calm ^g\n- [/] Greet ^a"},
			},
			accounts: []string{"a 07-06>08-03 partly"},
			verdicts: []string{"g 08-03 follow-through first"},
		},
		{
			name: "an ad-hoc session is a session",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-07-31\n- [ ] Greet ^a"},
				{date: "2026-07-08", front: "kind: ad-hoc", body: "F Calm ^g\n- [x] Greet ^a"},
				{date: "2026-07-13", body: "F Calm ^g\n- [ ] Greet ^a"},
			},
			accounts: []string{"a 07-06>07-08 kept"},
		},
		{
			name: "two on one day, the tenth behind the second",
			logs: []log{
				{date: "2026-07-06-10", body: "F Calm ^g\n- [x] Sum up ^b"},
				{date: "2026-07-06", body: "S Calm ^g due:2026-07-31\n- [ ] Greet ^a"},
				{date: "2026-07-06-2", body: "F Calm ^g\n- [x] Greet ^a\nS Calm ^g\n- [ ] Sum up ^b"},
			},
			accounts: []string{"a 07-06>07-06 kept", "b 07-06>07-06 kept"},
		},
		{
			name: "carried through five sessions",
			logs: []log{
				{date: "2026-07-01", body: "S Calm ^g due:2026-07-06\n- [ ] Greet ^a"},
				{date: "2026-07-02", body: "F Calm ^g\n- [>] Greet ^a"},
				{date: "2026-07-03", body: "F Calm ^g\n- [>] Greet ^a"},
				{date: "2026-07-04", body: "F Calm ^g\n- [>] Greet ^a"},
				{date: "2026-07-05", body: "F Calm ^g\n- [>] Greet ^a"},
				{date: "2026-07-06", body: "F [x] Calm ^g\n- [>] Greet ^a"},
				{date: "2026-07-07", body: "F Calm ^g\n- [x] Greet ^a"},
			},
			accounts: []string{"a 07-01>07-07 kept carried 5"},
			// On the sixth no account was due: nothing was followed yet.
			verdicts: []string{"g 07-06 reached another way"},
		},
		{
			name: "carried on to a date",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-08-31\n- [ ] Greet ^a"},
				{date: "2026-07-13", body: "F Calm ^g\n- [>] Greet ^a due:2026-07-27"},
				{date: "2026-07-20", body: "F Calm ^g\n- [ ] Greet ^a"},
				{date: "2026-07-27", body: "F Calm ^g\n- [x] Greet ^a"},
			},
			accounts: []string{"a 07-06>07-27 kept carried 1"},
		},
		{
			name: "agreed again while open is the same agreement, and keeps what is left out",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-08-31\n- [ ] Greet ^a due:2026-07-20 @josh"},
				{date: "2026-07-13", body: "S Calm ^g\n- [ ] Greet ^a"},
				{date: "2026-07-20", body: "F Calm ^g\n- [x] Greet ^a"},
			},
			accounts: []string{"a 07-06>07-20 kept"},
		},
		{
			name: "ticked in the old log and never spoken of",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-07-13\n- [x] Greet ^a"},
				{date: "2026-07-13", body: "F [x] Calm ^g"},
			},
			accounts: []string{"a 07-06>07-13 kept (not followed up)"},
			verdicts: []string{"g 07-13 plan worked"},
		},
		{
			name: "not spoken of: no account, and no verdict",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-07-13\n- [ ] Greet ^a"},
				{date: "2026-07-13", body: "F [x] Calm ^g"},
			},
			accounts: []string{"a 07-06>07-13 no account (not followed up)"},
			verdicts: []string{"g 07-13 no verdict"},
		},
		{
			name: "a dropped action is out of the plan that is judged",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-07-13\n- [ ] Greet ^a\n- [ ] Sum up ^b"},
				{date: "2026-07-13", body: "F [x] Calm ^g\n- [x] Greet ^a\n- [-] Sum up ^b"},
			},
			accounts: []string{"a 07-06>07-13 kept", "b 07-06>07-13 dropped"},
			verdicts: []string{"g 07-13 plan worked"},
		},
		{
			name: "a goal without a date is judged at each next session",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g\n- [ ] Greet ^a"},
				{date: "2026-07-13", body: "F Calm ^g\n- [x] Greet ^a\nS Calm ^g\n- [ ] Sum up ^b"},
				{date: "2026-07-20", body: "F [x] Calm ^g\n- [x] Sum up ^b"},
			},
			accounts: []string{"a 07-06>07-13 kept", "b 07-13>07-20 kept"},
			verdicts: []string{"g 07-13 plan was wrong", "g 07-20 plan worked"},
		},
		{
			name: "a date that was judged isn't judged again",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-07-13\n- [ ] Greet ^a"},
				{date: "2026-07-13", body: "F Calm ^g\n- [x] Greet ^a\nS Calm ^g due:2026-07-13\n- [ ] Sum up ^b"},
				{date: "2026-07-20", body: "F [x] Calm ^g\n- [x] Sum up ^b"},
			},
			accounts: []string{"a 07-06>07-13 kept", "b 07-13>07-20 kept"},
			verdicts: []string{"g 07-13 plan was wrong"},
		},
		{
			name: "an action without its goal, and a goal carried on by its action",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-07-20\n- [ ] Greet ^a"},
				{date: "2026-07-13", body: "F [>] Greet ^a"},
				{date: "2026-07-20", body: "F [x] Calm ^g\n- [x] Greet ^a"},
			},
			accounts: []string{"a 07-06>07-20 kept carried 1"},
			verdicts: []string{"g 07-20 plan worked"},
		},
		{
			name: "a goal that moves to the long term is judged no more",
			logs: []log{
				{date: "2026-07-06", body: "S Calm ^g due:2026-07-20\n- [ ] Greet ^a"},
				{date: "2026-07-13", body: "F Calm ^g\n- [x] Greet ^a\nL Calm ^g\n- [ ] Read a book @josh"},
				{date: "2026-07-20", body: "F Calm ^g\n- [ ] Read a book @josh"},
			},
			accounts: []string{"a 07-06>07-13 kept"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := judge(t, test.logs...)
			if diff := cmp.Diff(test.accounts, accounts(b)); diff != "" {
				t.Errorf("accounts (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.verdicts, verdicts(b)); diff != "" {
				t.Errorf("verdicts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCoachChanges(t *testing.T) {
	b := judge(t,
		log{date: "2026-07-06", front: "coach: josh", body: "S Calm ^g due:2026-07-13\n- [ ] Greet ^a\n- [ ] Print the list ^b @josh"},
		log{date: "2026-07-13", front: "coach: maria", body: "F Calm ^g\n- [x] Greet ^a"},
	)
	for coach, want := range map[string][2]plan.Rate{
		"josh":  {{Part: 0, Whole: 0}, {Part: 0, Whole: 0}},
		"maria": {{Part: 1, Whole: 2}, {Part: 0, Whole: 0}},
	} {
		got := [2]plan.Rate{b.Everybody().FollowUpOf(coach, plan.AllTime), b.Everybody().VerdictsIn(plan.AllTime, coach).PlanSuccess()}
		if got != want {
			t.Errorf("%s: follow-up and plan success are %v, want %v", coach, got, want)
		}
	}
	if c := b.Everybody().CommitmentOf("josh", plan.AllTime); c.NoAccount != 1 || c.Rate().Whole != 0 {
		t.Errorf("an account that was not given counts against its owner: %+v", c)
	}
}

func TestUnfulfilled(t *testing.T) {
	b := judge(t,
		log{date: "2026-07-06", body: "S Calm ^g due:2026-08-31\n- [ ] Greet ^a\n- [ ] Sum up ^b\n- [ ] Later ^c due:2026-07-20\n- [ ] Not told ^d"},
		log{date: "2026-07-13", front: "next: 2026-07-27", body: "F Calm ^g\n- [x] Greet ^a\n- [ ] Sum up ^b\nS Calm ^g\n- [ ] Ask ^e"},
	)
	today := logparse.Date{Year: 2026, Month: 7, Day: 22}
	var got []string
	for _, u := range b.Person("rep1").Unfulfilled(today) {
		state := "open"
		if u.Overdue {
			state = "overdue"
		}
		got = append(got, u.ID+" "+state+" "+u.By.String()+" "+string(u.Result))
	}
	want := []string{
		"c overdue 2026-07-20 open",
		"d open 2026-07-27 no account",
		"e open 2026-07-27 open",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unfulfilled (-want +got):\n%s", diff)
	}
}

func TestPeriods(t *testing.T) {
	today := logparse.Date{Year: 2026, Month: 2, Day: 10}
	for text, want := range map[string]string{
		"2026-Q3":                "2026-07-01..2026-09-30",
		"2026q1":                 "2026-01-01..2026-03-31",
		"2024-02":                "2024-02-01..2024-02-29",
		"2026":                   "2026-01-01..2026-12-31",
		"this-quarter":           "2026-01-01..2026-03-31",
		"last-quarter":           "2025-10-01..2025-12-31",
		"2026-07-06..2026-07-06": "2026-07-06..2026-07-06",
		"2025-Q4..2026-07":       "2025-10-01..2026-07-31",
		"2026-07-06..2026":       "2026-07-06..2026-12-31",
		"2026-H2":                "2026-07-01..2026-12-31",
		"2026h1":                 "2026-01-01..2026-06-30",
		"this-month":             "2026-02-01..2026-02-28",
		"last-month":             "2026-01-01..2026-01-31",
		"last-half":              "2025-07-01..2025-12-31",
		"last-year":              "2025-01-01..2025-12-31",
		"FY2026":                 "2025-04-01..2026-03-31",
		"FY2026-Q1":              "2025-04-01..2025-06-30",
		"FY2026-Q4":              "2026-01-01..2026-03-31",
		"FY2026-H2":              "2025-10-01..2026-03-31",
		"this-fiscal-year":       "2025-04-01..2026-03-31",
		"last-fiscal-quarter":    "2025-10-01..2025-12-31",
	} {
		p, err := plan.ParsePeriod(text, today, 4)
		if got := p.From.String() + ".." + p.To.String(); err != nil || got != want {
			t.Errorf("%s is %s, want %s (%v)", text, got, want, err)
		}
	}
	for _, text := range []string{"", "2026-Q5", "2026-13", "0000", "2026-07-06..2026-07-05", "2026-02-30..2026-03-01", "soon", "2026-H3", "FY2026-07",
		"2026-Q3..2026-Q1", "last-fiscal-month", "this-week", "FY2026..", "2026-00", "last", "this-"} {
		if p, err := plan.ParsePeriod(text, today, 4); err == nil {
			t.Errorf("%q is read as %v", text, p)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, test := range []struct {
		rate    plan.Rate
		percent int
		ok      bool
	}{
		{plan.Rate{Part: 7, Whole: 9}, 78, true}, {plan.Rate{Part: 1, Whole: 8}, 13, true}, {plan.Rate{Part: 0, Whole: 3}, 0, true}, {plan.Rate{}, 0, false},
	} {
		if percent, ok := test.rate.Percent(); percent != test.percent || ok != test.ok {
			t.Errorf("%v is %d, %v", test.rate, percent, ok)
		}
	}
}

func TestPeriodNames(t *testing.T) {
	today := logparse.Date{Year: 2026, Month: 2, Day: 10}
	for _, test := range []struct {
		text, name, before string
		starts             int
	}{
		{"this-quarter", "2026-Q1", "2025-Q4", 0},
		{"2026-01", "2026-01", "2025-12", 0},
		{"2026-H2", "2026-H2", "2026-H1", 0},
		{"2026", "2026", "2025", 0},
		{"this-fiscal-quarter", "FY2026-Q4", "FY2026-Q3", 4},
		{"FY2026-Q1", "FY2026-Q1", "FY2025-Q4", 4},
		{"FY2026-H1", "FY2026-H1", "FY2025-H2", 4},
		{"FY2026", "FY2026", "FY2025", 1},
		{"FY2026-Q2", "FY2026-Q2", "FY2026-Q1", 2},
		{"2026-07-01..2026-08-31", "2026-07-01..2026-08-31", "2026-05-01..2026-06-30", 0},
		{"2026-07-06..2026-07-08", "2026-07-06..2026-07-08", "2026-07-03..2026-07-05", 0},
	} {
		p, err := plan.ParsePeriod(test.text, today, test.starts)
		if before := p.Before(); err != nil || p.Name != test.name || before.Name != test.before || before.To != p.From.AddDays(-1) {
			t.Errorf("%s is %s after %s, want %s after %s (%v)", test.text, p.Name, before.Name, test.name, test.before, err)
		}
	}
	if _, err := plan.ParsePeriod("FY2026", today, 0); err == nil || !strings.Contains(err.Error(), "fiscal_year_starts") {
		t.Errorf("without a fiscal year, FY2026 is %v", err)
	}
}

// A goal that both let go stays so, whatever a later account says of it, until a plan
// agrees it anew.
func TestDroppedGoalStaysDropped(t *testing.T) {
	agreed := log{date: "2026-07-06", body: "S Calm ^g due:2026-07-20\n- [ ] Breathe ^a"}
	dropped := log{date: "2026-07-13", body: "F Calm ^g\n- [x] Breathe ^a\nS [-] Calm ^g"}
	for _, box := range []string{"[x]", "[ ]", "[/]"} {
		told := log{date: "2026-07-20", body: "F " + box + " Calm ^g"}
		b := judge(t, agreed, dropped, told)
		if g := b.Person("rep1").Goals[0]; g.State != logparse.Dropped || g.Running() || len(g.Verdicts) > 0 {
			t.Errorf("told as %s it is %v, running %v, verdicts %v", box, g.State, g.Running(), verdicts(b))
		}
		again := log{date: "2026-07-27", body: "S Calm ^g due:2026-08-03\n- [ ] Listen ^b"}
		if g := judge(t, agreed, dropped, told, again).Person("rep1").Goals[0]; !g.Running() {
			t.Errorf("agreed anew after %s it doesn't run", box)
		}
	}
}

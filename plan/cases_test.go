package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// Small logbooks on which two implementations of the first edition disagreed, and what the
// second edition says of each.
func TestDisagreements(t *testing.T) {
	first := log{"2026-07-06", "", "S Calm ^g due:2026-07-13\n- [ ] Greet ^a"}
	checkJudged(t, []judgedCase{
		{"moved to the long term on its day: judged first", []log{first, {"2026-07-13", "", "F [x] Greet ^a\nL [ ] Calm ^g"}},
			[]string{"a 07-06>07-13 done"}, []string{"g 07-13 plan fell short"}},
		{"moved there before its day: not judged, and what is carried on under it agrees nothing", []log{
			{"2026-07-06", "", "S Calm ^g due:2026-08-30\n- [ ] Greet ^a"}, {"2026-07-13", "", "F Calm ^g\n- [x] Greet ^a\nL [ ] Calm ^g"},
			{"2026-07-20", "", "F Calm ^g\n- [>] Sum up ^b"}, {"2026-07-27", "", "F Calm ^g\n- [ ] Sum up ^b"}},
			[]string{"a 07-06>07-13 done"}, nil},
		{"carried on without its goal: the plan is still the first coach's", []log{
			{"2026-07-06", "", "S Calm ^g due:2026-07-20\n- [ ] Greet ^a"}, {"2026-07-13", "coach: maria", "F [>] Greet ^a"}, {"2026-07-20", "", "F [x] Calm ^g\n- [x] Greet ^a"}},
			[]string{"a 07-06>07-20 done carried 1"}, []string{"g 07-20 plan worked"}},
		{"the same text under another goal is another action", []log{
			{"2026-07-06", "", "S Calm ^g due:2026-08-30\n- [ ] Greet due:2026-07-20"}, {"2026-07-13", "", "S Notes ^h due:2026-08-30\n- [ ] Greet due:2026-08-01"},
			{"2026-08-01", "", "F Notes ^h\n- [/] Greet"}},
			[]string{" 07-06>... open (not asked)", " 07-13>08-01 partly"}, nil},
		{"dropped on its day, ticked in the plan, and an action that nobody talked about", []log{first, {"2026-07-13", "", "F [-] Calm ^g\n- [ ] Greet ^a\nS [x] Calm ^g"}},
			[]string{"a 07-06>07-13 ended (not asked)"}, []string{"g 07-13 plan fell short"}},
		{"dropped early, and named later: nothing revives it", []log{
			{"2026-07-06", "", "S Calm ^g due:2026-07-20\n- [ ] Greet ^a"}, {"2026-07-13", "", "F [-] Calm ^g\n- [x] Greet ^a"}, {"2026-07-20", "", "F [ ] Calm ^g"}},
			[]string{"a 07-06>07-13 done"}, nil},
		{"dropped on its day, and agreed again: another life", []log{first, {"2026-07-13", "", "F [-] Calm ^g\n- [x] Greet ^a"},
			{"2026-07-20", "", "S Calm ^g\n- [ ] Sum up ^b"}, {"2026-07-27", "", "F [x] Calm ^g\n- [x] Sum up ^b"}},
			[]string{"a 07-06>07-13 done", "b 07-20>07-27 done"}, []string{"g 07-13 plan fell short", "g 07-27 plan worked"}},
		{"without a date a blank box judges nothing", []log{
			{"2026-07-06", "", "S Calm ^g\n- [ ] Greet ^a"}, {"2026-07-13", "", "F Calm ^g\n- [x] Greet ^a\nS Calm ^g\n- [ ] Sum up ^b"}, {"2026-07-20", "", "F [x] Calm ^g\n- [x] Sum up ^b"}},
			[]string{"a 07-06>07-13 done", "b 07-13>07-20 done"}, []string{"g 07-20 plan worked"}},
		{"a date moved back and forth is judged once, when somebody marks the goal", []log{first,
			{"2026-07-13", "", "F Calm ^g\n- [x] Greet ^a\nS Calm ^g due:2026-07-27\n- [ ] Sum up ^b"}, {"2026-07-20", "", "F Calm ^g\n- [x] Sum up ^b\nS Calm ^g due:2026-07-13"},
			{"2026-07-27", "", "F [x] Calm ^g"}},
			[]string{"a 07-06>07-13 done", "b 07-13>07-20 done"}, []string{"g 07-27 plan worked, 14 days late"}},
		{"it waits for an action that nobody mentions, through a new date", []log{first,
			{"2026-07-13", "", "S Calm ^g due:2026-07-20\n- [ ] Sum up ^b"}, {"2026-07-20", "", "F [x] Calm ^g\n- [x] Sum up ^b"}},
			[]string{"a 07-06>... open (not asked)", "b 07-13>07-20 done"}, []string{`g waits for what came of "Greet"`}},
		{"first stated in Follow-through, carried on alone", []log{{"2026-07-06", "", "F [>] Calm ^g due:2026-07-13"}, {"2026-07-13", "", "F [x] Calm ^g"}},
			nil, []string{"g 07-13 another way"}},
		{"a long-term goal as a plain item: what is below it, and carried on below it, has no result", []log{
			{"2026-07-06", "", "L Degree\n- [ ] Pay the books ^b"}, {"2026-07-13", "", "F Degree\n- [>] Pay the books ^b"}, {"2026-07-20", "", "F Degree\n- [x] Pay the books ^b"}},
			nil, nil},
		{"carried in for the first time while the goal waits: it waits for that too", []log{first, {"2026-07-13", "", "F Calm ^g\n- [x] Greet ^a\n- [>] Sum up ^b"}, {"2026-07-20", "", ""}},
			[]string{"a 07-06>07-13 done", "b 07-13>... open (not asked)"}, []string{`g waits for what came of "Sum up", whether it was reached`}},
		{"ticked by another tool before the session", []log{
			{"2026-07-06", "", "S Calm ^g due:2026-08-30\n- [x] Greet ^a ✅ 2026-07-12"}, {"2026-07-13", "", ""}},
			[]string{"a 07-06>07-13 done (not asked)"}, nil},
		{"ticked by another tool after the session: done at the next", []log{
			{"2026-07-06", "", "S Calm ^g due:2026-08-30\n- [x] Greet ^a ✅ 2026-07-14"}, {"2026-07-13", "", ""}, {"2026-07-20", "", ""}},
			[]string{"a 07-06>07-20 done (not asked)"}, nil},
		{"a milestone ticked by another tool after its date", []log{
			{"2026-07-06", "", "S [x] Calm ^g due:2026-07-13 ✅ 2026-07-14\n- [ ] Greet ^a"}, {"2026-07-13", "", "F Calm ^g\n- [x] Greet ^a"}, {"2026-07-20", "", ""}},
			[]string{"a 07-06>07-13 done"}, []string{"g 07-20 plan worked, 7 days late"}},
		{"due on another tool's date", []log{
			{"2026-07-06", "", "S Calm ^g 📅 2026-07-20\n- [ ] Greet ^a 📅 2026-07-20"}, {"2026-07-13", "", ""}, {"2026-07-20", "", "F [x] Calm ^g\n- [x] Greet ^a"}},
			[]string{"a 07-06>07-20 done"}, []string{"g 07-20 plan worked"}},
		{"a dotted capital is another letter, so the texts differ", []log{
			{"2026-07-06", "", "S Calm ^g due:2026-08-30\n- [ ] İstanbul"}, {"2026-07-13", "", "F Calm ^g\n- [x] istanbul"}},
			[]string{" 07-06>... open (not asked)"}, nil},
		{"under a long-term goal nothing has a result; its id hides no action", []log{
			{"2026-07-06", "", "S Calm ^g due:2026-08-30\n- [ ] Greet ^a\n- [ ] Sum up ^b"}, {"2026-07-08", "kind: peer", "L [ ] Degree ^b"}, {"2026-07-13", "", "F [x] Sum up ^b"},
			{"2026-07-20", "", "F Calm ^g\n- [ ] Greet ^a"}},
			[]string{"a 07-06>... open (not asked)", "b 07-06>07-13 done"}, nil},
		{"below a long-term goal a line speaks of an action that was agreed elsewhere", []log{
			{"2026-07-06", "", "L Degree ^l\n- [ ] Pay the books ^b\nS Calm ^g due:2026-08-30\n- [ ] Greet ^a"}, {"2026-07-13", "", "F Degree ^l\n- [x] Greet ^a\n- [x] Pay the books ^b\n- [>] Enrol ^e"}},
			[]string{"a 07-06>07-13 done"}, nil},
		{"two lines about one action: the first counts", []log{first, {"2026-07-13", "", "F [n] Calm ^g\n- [n] Greet ^a\n- [x] Greet"}},
			[]string{"a 07-06>07-13 not done"}, []string{"g 07-13 follow-through first"}},
		{"a talk closes nothing", []log{{"2026-07-06", "", "S Calm ^g due:2026-07-20\n- [ ] Greet ^a"}, {"2026-07-08", "kind: ad-hoc", "F Calm ^g\n- [ ] Greet ^a"}, {"2026-07-13", "", "F Calm ^g\n- [x] Greet ^a"}},
			[]string{"a 07-06>07-13 done"}, nil},
		{"dating an undated goal is no move", []log{{"2026-07-06", "", "S Calm ^g\n- [ ] Greet ^a"}, {"2026-07-13", "", "F Calm ^g\n- [x] Greet ^a\nS Calm ^g due:2026-07-20"}, {"2026-07-20", "", "F [n] Calm ^g"}},
			[]string{"a 07-06>07-13 done"}, []string{"g 07-20 plan fell short"}},
		{"another owner's new action leaves the coach's where it is", []log{
			{"2026-07-06", "", "S Calm ^g due:2026-08-30\n- [ ] Get a screen ^s @maria"}, {"2026-07-13", "", "F Calm ^g\n- [ ] Get a screen ^s @maria\nS Calm ^g\n- [ ] Greet ^a"}},
			[]string{"s 07-06>... open @maria (not asked)", "a 07-13>... open"}, nil},
	})
}

// Known under another goal, an action is new under this one; a new wording under the goal's id
// later takes no answer away.
func TestAnswers(t *testing.T) {
	for name, logs := range map[string][]log{
		"known elsewhere": {{"2026-07-06", "", "S Calm ^g due:2026-07-13\n- [ ] Greet ^a\nS Notes ^h due:2026-09-13\n- [ ] Sum up ^b"},
			{"2026-07-13", "", "F [n] Calm ^g\n- [x] Greet ^a\nF Notes ^h\n- [x] Sum up ^b\nS Calm ^g due:2026-08-30\n- [ ] Sum up ^b"}},
		"carried in": {{"2026-07-06", "", "S Calm ^g due:2026-07-13\n- [ ] Greet ^a"}, {"2026-07-13", "", "F [n] Calm ^g\n- [x] Greet ^a\n- [>] Sum up ^b"}},
		"renamed afterwards": {{"2026-07-06", "", "S Calm ^g due:2026-07-13\n- [ ] Greet ^a"},
			{"2026-07-13", "", "F [n] Calm\n- [x] Greet ^a\nS Calm due:2026-08-30\n- [ ] Sum up ^b"}, {"2026-07-20", "", "S Quieter ^g"}},
	} {
		goals := judge(t, logs...).Person("rep1").Goals
		if v := goals[0].Verdicts; len(v) != 1 || v[0].Outcome != plan.FellShort || v[0].Answer == nil || v[0].Answer.Date.String() != "2026-07-13" {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// How a log is written decides nothing: a key without a value, a comment behind a heading and a
// no-break space change no result, and a file of somebody else's kind gives none.
func TestAsWritten(t *testing.T) {
	const first = "---\nstatus: held\n---\n## Short-term goals\n- [ ] Calm ^g due:2026-07-13\n  - [ ] Greet ^a\n"
	const second = "---\nstatus: held\n---\n## Follow-through\n- [x] Calm ^g\n  - [x] Greet ^a\n"
	done, worked := []string{"a 07-06>07-13 done"}, []string{"g 07-13 plan worked"}
	for _, test := range []struct {
		name, first, second string
		accounts, verdicts  []string
	}{
		{"as it is", first, second, done, worked},
		{"a date without a value", strings.Replace(first, "held", "held\ndate:", 1), second, done, worked},
		{"a date that is null", first, strings.Replace(second, "held", "held\ndate: null", 1), done, worked},
		{"a coach that is nobody", first, strings.Replace(second, "held", "held\ncoach: ~", 1), done, worked},
		{"a comment behind a heading", strings.Replace(first, "goals", "goals <!-- one to three -->", 1), second, done, worked},
		{"a no-break space behind a box", strings.Replace(first, "] Greet", "]\u00a0 Greet", 1), second, done, worked},
		{"a no-break space in a text", strings.Replace(first, "Greet ^a", "Greet them", 1), strings.Replace(second, "Greet ^a", "Greet\u00a0them", 1), []string{" 07-06>07-13 done"}, worked},
		{"lines that end as on Windows", strings.ReplaceAll(first, "\n", "\r\n"), strings.ReplaceAll(second, "\n", "\r\n"), done, worked},
		{"a log of somebody else's kind", first, strings.Replace(second, "held", "held\ntype: note", 1), []string{"a 07-06>... open"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			docs := []*logparse.Document{
				logparse.Parse("people/rep1/2026-07-06.md", []byte(test.first), logparse.Headings{}),
				logparse.Parse("people/rep1/2026-07-13.md", []byte(test.second), logparse.Headings{}),
			}
			b := plan.New(&logparse.Settings{}, docs, nil)
			if diff := cmp.Diff(test.accounts, accounts(b)); diff != "" {
				t.Errorf("agreements: %s", diff)
			}
			if diff := cmp.Diff(test.verdicts, verdicts(b)); diff != "" {
				t.Errorf("verdicts: %s", diff)
			}
		})
	}
}

// Two logs of one day are read in the order of their numbers, and of two values that differ
// none counts, whichever log is a talk's.
func TestTwoLogsOfADay(t *testing.T) {
	for _, test := range []struct {
		name, value string
		verdicts    []string
	}{
		{"the same value", "385", []string{"g 07-13 plan worked"}},
		{"another value", "420", []string{"g waits for a value of aht"}},
	} {
		b := judge(t, log{"2026-07-06", "", "S Calm ^g metric:aht<=390 due:2026-07-13\n- [ ] Greet ^a"},
			log{"2026-07-13-2", "kind: ad-hoc\nmetrics: {aht: " + test.value + "}", ""},
			log{"2026-07-13", "metrics: {aht: 385}", "F Calm ^g\n- [x] Greet ^a"})
		if diff := cmp.Diff(test.verdicts, verdicts(b)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
	b := judge(t, log{"2026-07-06", "", "S Calm ^g due:2026-08-30\n- [ ] Greet ^a"}, log{"2026-07-13-10", "", "F Calm ^g\n- [x] Greet ^a"}, log{"2026-07-13-2", "", "F Calm ^g\n- [n] Greet ^a"})
	if diff := cmp.Diff([]string{"a 07-06>07-13 not done settled 07-13"}, accounts(b)); diff != "" {
		t.Errorf("the second log of the day goes before the tenth: %s", diff)
	}
}

// A mid-term goal is never judged; by its last value it is shown as reached, and it goes on.
func TestMidTermByValue(t *testing.T) {
	g := judge(t, log{"2026-07-06", "", "M Faster ^g metric:aht<=390 due:2026-07-13"}, log{"2026-07-13", "metrics: {aht: 385}", "F Faster ^g"}).Person("rep1").Goals[0]
	if !g.MetricReached() || len(g.Verdicts) > 0 || g.Waits != nil {
		t.Errorf("reached by value %v, verdicts %+v, waits %v", g.MetricReached(), g.Verdicts, g.Waits)
	}
}

// A promise stays on the list of its owner, whatever else is agreed, until somebody says what
// became of it.
func TestStaysOnTheList(t *testing.T) {
	for _, test := range []struct {
		name string
		logs []log
		want []string
	}{
		{"the coach's own, and a new action of the coachee's", []log{
			{"2026-07-06", "", "S Calm due:2026-09-30\n- [ ] Get a screen ^screen @josh"},
			{"2026-07-13", "", "F Calm due:2026-09-30\n- [ ] Get a screen ^screen @josh\nS Calm due:2026-09-30\n- [ ] Ask first ^ask"}},
			[]string{"screen @josh unsettled", "ask @rep1 due next"}},
		{"the coach's own under a mid-term goal, and another of theirs", []log{
			{"2026-07-06", "", "M Calm due:2026-09-30\n- [ ] Get a screen ^screen @josh"},
			{"2026-07-13", "", "F Calm due:2026-09-30\n- [ ] Get a screen ^screen @josh\nM Calm due:2026-09-30\n- [ ] Order a chair ^chair @josh"}},
			[]string{"screen @josh unsettled", "chair @josh due next"}},
		{"under a goal without a date that nobody states again", []log{
			{"2026-07-06", "", "S Calm\n- [ ] Sum up ^sum"}, {"2026-07-13", "", "F Calm"}, {"2026-07-20", "", ""}},
			[]string{"sum @rep1 not noted"}},
		{"carried on for the coach, with a remark, and done in the end", []log{
			{"2026-07-06", "", "S Calm due:2026-09-30\n- [ ] Get a screen ^screen @josh"},
			{"2026-07-13", "", "F Calm due:2026-09-30\n- [>] Get a screen ^screen @josh\n  - still none\nS Calm due:2026-09-30"},
			{"2026-07-20", "", "F Calm due:2026-09-30\n- [x] Get a screen ^screen @josh\n  - it came\nS Calm due:2026-09-30"}},
			nil},
		{"after a talk that marks nothing", []log{
			{"2026-07-06", "", "S Calm due:2026-09-30\n- [ ] Sum up ^sum"}, {"2026-07-08", "kind: ad-hoc", "F Calm"}},
			[]string{"sum @rep1 due next"}},
	} {
		var got []string
		for _, u := range judge(t, test.logs...).Person("rep1").Facts().Unfulfilled(day(t, "2026-07-21"), day(t, "2026-07-27")) {
			got = append(got, fmt.Sprintf("%s @%s %s", u.ID, u.Owner(), u.Stands))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// Dating a goal that had no date is no move of it, and its one day is judged once.
func TestDatedLate(t *testing.T) {
	g := judge(t, log{"2026-07-06", "", "S Calm ^g\n- [ ] Greet ^a"}, log{"2026-07-13", "", "F Calm ^g\n- [x] Greet ^a\nS Calm ^g due:2026-07-20"},
		log{"2026-07-20", "", "F [n] Calm ^g"}).Person("rep1").Goals[0]
	if len(g.Moves) > 0 || len(g.Verdicts) != 1 {
		t.Errorf("moves %+v, verdicts %+v", g.Moves, g.Verdicts)
	}
}

// A target that moves is judged, on each date, as it stood before.
func TestMovedTarget(t *testing.T) {
	docs := docsOf(t, []log{
		{"2026-07-06", "", "S Fast ^g metric:aht<=420 due:2026-07-20\n- [ ] Greet ^a"},
		{"2026-07-20", "", "F Fast ^g\n- [x] Greet ^a\nS Fast ^g metric:aht<=410 due:2026-08-03\n- [ ] Sum up ^b"},
		{"2026-08-03", "", "F Fast ^g\n- [x] Sum up ^b"},
	})
	values := []plan.Observation{{Person: "rep1", Metric: "aht", Date: day(t, "2026-07-20"), Value: 425}, {Person: "rep1", Metric: "aht", Date: day(t, "2026-08-03"), Value: 415}}
	g := plan.New(&logparse.Settings{}, docs, values).Person("rep1").Goals[0]
	if len(g.Verdicts) != 2 || g.Verdicts[0].Target.V.Number != 420 || g.Verdicts[1].Target.V.Number != 410 || g.Verdicts[0].Reached || g.Verdicts[1].Reached {
		t.Errorf("%+v", g.Verdicts)
	}
}

// A coach answers for their own time: sessions before the change are the first one's.
func TestCoachOfTheDay(t *testing.T) {
	b := judge(t, log{"2026-07-08", "coach: dana", ""}, log{"2026-07-22", "coach: dana", ""}, log{"2026-08-05", "coach: omar", ""}, log{"2026-08-08", "coach: eva\nkind: peer", ""})
	f := b.Person("rep1").Facts()
	for date, want := range map[string]string{"2026-07-08": "dana", "2026-08-04": "dana", "2026-08-05": "omar", "2026-09-01": "omar"} {
		if got := b.CoachOn(f, day(t, date)); got != want {
			t.Errorf("on %s the coach is %q, want %q", date, got, want)
		}
	}
	q3 := plan.Period{From: day(t, "2026-07-01"), To: day(t, "2026-09-30")}
	if c := b.Everybody().CoachingOf("omar", q3, day(t, "2026-09-30")); c.Held != 1 {
		t.Errorf("omar held %d", c.Held)
	}
}

// The three goals that docs/judging.md works out by hand.
func TestWorkedByHand(t *testing.T) {
	values := []plan.Observation{}
	for date, value := range map[string]float64{"2026-07-08": 350, "2026-07-15": 394, "2026-07-17": 401, "2026-07-20": 430} {
		values = append(values, plan.Observation{Person: "rep1", Metric: "aht", Date: day(t, date), Value: value})
	}
	docs := docsOf(t, []log{
		{"2026-07-06", "coach: joe", "S Faster ^aht metric:aht<=400 due:2026-07-20\n- [ ] Greet ^a\n- [ ] Sum up ^b\n- [ ] Note the case ^c\n- [ ] Listen in ^d @joe\nS Escalated ^esc due:2026-07-31\n- [ ] Take one ^e\n- [ ] Read up ^f\n- [ ] Assign one ^g @joe\n- [ ] Order the book ^h @joe"},
		{"2026-07-20", "coach: joe", "F Faster ^aht\n- [x] Greet ^a\n- [/] Sum up ^b\n- [x] Note the case ^c\n- [x] Listen in ^d\nF Escalated ^esc\n- [x] Take one ^e\n- [n] Read up ^f\n- [n] Assign one ^g\n- [n] Order the book ^h"},
		{"2026-08-03", "coach: joe", "F [n] Escalated ^esc\nS Calm ^calm due:2026-08-24\n- [ ] Ask first ^i due:2026-08-24"},
		{"2026-08-24", "coach: joe", "F Calm ^calm\n- [ ] Ask first ^i"},
		{"2026-08-31", "coach: joe", "F [x] Calm ^calm\n- [x] Ask first ^i"},
	})
	b := plan.New(&logparse.Settings{}, docs, values)
	if diff := cmp.Diff([]string{"aht 07-20 plan fell short", "esc 08-03 follow-through first, support missing", "calm 08-31 plan worked, 7 days late"}, verdicts(b)); diff != "" {
		t.Error(diff)
	}
	goals := b.Person("rep1").Goals
	for i, want := range []struct{ part, others plan.DonePart }{{plan.DonePart{Done: 2.5, Whole: 3}, plan.DonePart{Done: 1, Whole: 1}}, {plan.DonePart{Done: 1, Whole: 2}, plan.DonePart{Whole: 2}}, {plan.DonePart{Done: 1, Whole: 1}, plan.DonePart{}}} {
		if v := goals[i].Verdicts[0]; v.Coachee != want.part || v.Others != want.others {
			t.Errorf("%s: %+v and %+v", goals[i].ID, v.Coachee, v.Others)
		}
	}
	if r := goals[0].Verdicts[0].Reading; r.Median != 401 || len(r.Values) != 3 || r.From.String() != "2026-07-14" || r.To.String() != "2026-07-20" {
		t.Errorf("%+v", r)
	}
	august := plan.Period{From: day(t, "2026-08-01"), To: day(t, "2026-08-31")}
	if r := b.Everybody().FollowUpOf("joe", august); r.Part != 0 || r.Whole != 1 {
		t.Errorf("follow-up %d of %d", r.Part, r.Whole)
	}
}

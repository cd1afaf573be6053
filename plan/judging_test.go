package plan_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// agreed is a first session with a milestone by 20 July and one action.
const agreed = "S Calm calls ^calm due:2026-07-20\n- [ ] Sum up each call ^sum"

// A judgedCase is some logs, and what is judged of them.
type judgedCase struct {
	name     string
	logs     []log
	accounts []string
	verdicts []string
}

func checkJudged(t *testing.T, cases []judgedCase) {
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			b := judge(t, test.logs...)
			if diff := cmp.Diff(test.accounts, accounts(b)); diff != "" {
				t.Errorf("agreements: %s", diff)
			}
			if diff := cmp.Diff(test.verdicts, verdicts(b)); diff != "" {
				t.Errorf("verdicts: %s", diff)
			}
		})
	}
}

func TestJudging(t *testing.T) {
	checkJudged(t, []judgedCase{
		{"a blank box says nothing, and the promise stays", []log{{"2026-07-06", "", agreed}, {"2026-07-13", "", "F Calm calls ^calm\n- [ ] Sum up each call ^sum"}},
			[]string{"sum 07-06>... open (not asked)"}, nil},
		{"asked a session later", []log{{"2026-07-06", "", agreed}, {"2026-07-13", "", "F Calm calls ^calm\n- [ ] Sum up ^sum"}, {"2026-07-20", "", "F [x] Calm calls ^calm\n- [x] Sum up ^sum"}},
			[]string{"sum 07-06>07-20 done (not asked)"}, []string{"calm 07-20 plan worked"}},
		{"not done, not reached", []log{{"2026-07-06", "", agreed}, {"2026-07-13", "", "F Calm calls ^calm\n- [n] Sum up ^sum"}, {"2026-07-20", "", "F [n] Calm calls ^calm"}},
			[]string{"sum 07-06>07-13 not done"}, []string{"calm 07-20 follow-through first"}},
		{"done, not reached", []log{{"2026-07-06", "", agreed}, {"2026-07-13", "", "F Calm calls ^calm\n- [x] Sum up ^sum"}, {"2026-07-20", "", "F [n] Calm calls ^calm"}},
			[]string{"sum 07-06>07-13 done"}, []string{"calm 07-20 plan fell short"}},
		{"not done, reached", []log{{"2026-07-06", "", agreed}, {"2026-07-13", "", "F Calm calls ^calm\n- [n] Sum up ^sum"}, {"2026-07-20", "", "F [x] Calm calls ^calm"}},
			[]string{"sum 07-06>07-13 not done settled 07-20"}, []string{"calm 07-20 another way"}},
		{"partly settles when agreed again", []log{{"2026-07-06", "", agreed}, {"2026-07-13", "", "F Calm calls ^calm\n- [/] Sum up ^sum\n" + agreed}, {"2026-07-20", "", "F [x] Calm calls ^calm\n- [x] Sum up ^sum"}},
			[]string{"sum 07-06>07-13 partly settled 07-13", "sum 07-13>07-20 done"}, []string{"calm 07-20 plan worked"}},
		{"the goal waits for what nobody said", []log{{"2026-07-06", "", agreed}, {"2026-07-20", "", "F Calm calls ^calm"}, {"2026-07-27", "", "F [x] Calm calls ^calm\n- [x] Sum up ^sum"}},
			[]string{"sum 07-06>07-27 done (not asked)"}, []string{"calm 07-27 plan worked, 7 days late"}},
		{"it waits still", []log{{"2026-07-06", "", agreed}, {"2026-07-20", "", "F [n] Calm calls ^calm"}},
			[]string{"sum 07-06>... open (not asked)"}, []string{"calm waits for what came of \"Sum up each call\""}},
		{"ticked before its date", []log{{"2026-07-06", "", agreed}, {"2026-07-13", "", "F [x] Calm calls ^calm\n- [x] Sum up ^sum"}},
			[]string{"sum 07-06>07-13 done"}, []string{"calm 07-13 plan worked"}},
		{"a talk marks, and makes nothing due", []log{{"2026-07-06", "", agreed}, {"2026-07-08", "kind: ad-hoc", "F Calm calls ^calm\n- [x] Sum up ^sum"}, {"2026-07-13", "", "F Calm calls ^calm"}},
			[]string{"sum 07-06>07-13 done (not asked)"}, nil},
		{"the leading coach's own silence", []log{{"2026-07-06", "", "S Calm ^calm due:2026-07-20\n- [ ] Listen ^listen @josh"}, {"2026-07-13", "", "F Calm ^calm\n- [ ] Listen ^listen @josh"}},
			[]string{"listen 07-06>07-13 not done @josh (not asked)"}, nil},
		{"the leading coach can't drop what came due", []log{{"2026-07-06", "", "S Calm ^calm\n- [ ] Listen ^listen @josh"}, {"2026-07-13", "", "F Calm ^calm\n- [-] Listen ^listen @josh"}},
			[]string{"listen 07-06>07-13 not done @josh settled 07-13"}, nil},
		{"moved on for the third time", []log{{"2026-07-06", "", "S Calm ^calm\n- [ ] Listen ^listen @josh"}, {"2026-07-13", "", "F Calm ^calm\n- [>] Listen ^listen @josh"},
			{"2026-07-20", "", "F Calm ^calm\n- [>] Listen ^listen @josh"}, {"2026-07-27", "", "F Calm ^calm\n- [>] Listen ^listen @josh"}},
			[]string{"listen 07-06>07-27 not done @josh carried 3 settled 07-27", "listen 07-27>... open @josh"}, nil},
		{"blocked by somebody", []log{{"2026-07-06", "", agreed}, {"2026-07-20", "", "F [n] Calm calls ^calm\n- [!] Sum up once @josh has the headset ^sum"}},
			[]string{"sum 07-06>07-20 blocked"}, []string{"calm 07-20 plan fell short, support missing"}},
		{"blocked by nobody", []log{{"2026-07-06", "", agreed}, {"2026-07-20", "", "F [n] Calm calls ^calm\n- [!] Sum up ^sum"}},
			[]string{"sum 07-06>07-20 not done"}, []string{"calm 07-20 follow-through first"}},
		{"every week, one result for each", []log{{"2026-07-06", "", "S Calm ^calm\n- [ ] Sum up ^sum every:week"}, {"2026-07-13", "", "F Calm ^calm\n- [x] Sum up ^sum"}, {"2026-07-20", "", "F Calm ^calm\n- [ ] Sum up ^sum"}, {"2026-07-27", "", "F Calm ^calm\n- [/] Sum up ^sum"}},
			[]string{"sum 07-06>07-13 done", "sum 07-06>07-27 not talked about (not asked)", "sum 07-06>07-27 partly"}, nil},
		{"a date moved before it came", []log{{"2026-07-06", "", agreed}, {"2026-07-13", "", "F Calm calls ^calm\n- [x] Sum up ^sum\nS Calm calls ^calm due:2026-07-27"}, {"2026-07-20", "", "F Calm calls ^calm"}, {"2026-07-27", "", "F [n] Calm calls ^calm"}},
			[]string{"sum 07-06>07-13 done"}, []string{"calm 07-27 plan fell short"}},
		{"a date moved on its day is judged all the same", []log{{"2026-07-06", "", agreed}, {"2026-07-20", "", "F [/] Calm calls ^calm\n- [x] Sum up ^sum\nS Calm calls ^calm due:2026-08-03\n- [ ] Ask more ^ask"}},
			[]string{"sum 07-06>07-20 done", "ask 07-20>... open"}, []string{"calm 07-20 plan fell short"}},
		{"dropped on its day is judged first", []log{{"2026-07-06", "", agreed}, {"2026-07-20", "", "F [-] Calm calls ^calm\n- [x] Sum up ^sum"}},
			[]string{"sum 07-06>07-20 done"}, []string{"calm 07-20 plan fell short"}},
		{"dropped before is only dropped", []log{{"2026-07-06", "", agreed}, {"2026-07-13", "", "F [-] Calm calls ^calm"}},
			[]string{"sum 07-06>07-13 ended (not asked)"}, nil},
		{"support was missing", []log{{"2026-07-06", "", agreed + "\n- [ ] Get a headset ^set @josh"}, {"2026-07-20", "", "F [n] Calm calls ^calm\n- [x] Sum up ^sum\n- [n] Get a headset ^set"}},
			[]string{"sum 07-06>07-20 done", "set 07-06>07-20 not done @josh"}, []string{"calm 07-20 plan fell short, support missing"}},
		{"no action at all", []log{{"2026-07-06", "", "S Calm ^calm due:2026-07-13"}, {"2026-07-13", "", "F [n] Calm ^calm"}}, nil, []string{"calm 07-13 plan fell short"}},
		{"three quarters are enough", []log{{"2026-07-06", "", "S Calm ^calm due:2026-07-13\n- [ ] A ^a\n- [ ] B ^b\n- [ ] C ^c\n- [ ] D ^d"}, {"2026-07-13", "", "F [x] Calm ^calm\n- [x] A ^a\n- [x] B ^b\n- [x] C ^c\n- [n] D ^d"}},
			[]string{"a 07-06>07-13 done", "b 07-06>07-13 done", "c 07-06>07-13 done", "d 07-06>07-13 not done settled 07-13"}, []string{"calm 07-13 plan worked"}},
		{"another life", []log{{"2026-07-06", "", agreed}, {"2026-07-13", "", "F [x] Calm calls ^calm\n- [x] Sum up ^sum"}, {"2026-07-20", "", "S Calm calls ^calm due:2026-07-27\n- [ ] Sum up ^sum"}, {"2026-07-27", "", "F [n] Calm calls ^calm\n- [x] Sum up ^sum"}},
			[]string{"sum 07-06>07-13 done", "sum 07-20>07-27 done"}, []string{"calm 07-13 plan worked", "calm 07-27 plan fell short"}},
	})
}

// The median of the last half of the days decides, not one day.
func TestReading(t *testing.T) {
	logs := []log{
		{"2026-07-06", "", "S Handle calls faster ^aht due:2026-07-20 metric:aht<=400\n- [ ] Sum up ^sum"},
		{"2026-07-20", "", "F Handle calls faster ^aht\n- [x] Sum up ^sum"},
	}
	for _, test := range []struct {
		name   string
		values map[string]float64
		want   []string
	}{
		{"one bad day", map[string]float64{"2026-07-15": 390, "2026-07-17": 395, "2026-07-20": 450}, []string{"aht 07-20 plan worked"}},
		{"mostly over", map[string]float64{"2026-07-15": 410, "2026-07-17": 395, "2026-07-20": 450}, []string{"aht 07-20 plan fell short"}},
		{"early values don't count", map[string]float64{"2026-07-07": 300, "2026-07-08": 300, "2026-07-20": 450}, []string{"aht 07-20 plan fell short"}},
		{"nothing on or after the date", map[string]float64{"2026-07-17": 390}, []string{"aht 07-20 plan worked"}},
		{"nothing lately", map[string]float64{"2026-07-09": 390}, []string{"aht waits for a value of aht"}},
		{"nothing of after the session", map[string]float64{"2026-07-21": 390}, []string{"aht waits for a value of aht"}},
	} {
		var values []plan.Observation
		for date, value := range test.values {
			values = append(values, plan.Observation{Person: "rep1", Metric: "aht", Date: day(t, date), Value: value})
		}
		var docs []*logparse.Document
		for _, l := range logs {
			docs = append(docs, l.doc(t))
		}
		got := verdicts(plan.New(&logparse.Settings{}, docs, values))
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

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

// timetable judges logs of rep1 under settings.
func timetable(t testing.TB, settings string, logs []log) *plan.Logbook {
	t.Helper()
	read, doc := logparse.ParseSettings("coachlog.yaml", []byte(settings+"\n"))
	if len(doc.Diagnostics) > 0 {
		t.Fatalf("%+v", doc.Diagnostics)
	}
	return plan.New(read, docsOf(t, logs), nil)
}

// standing sums up rep1's part of a schedule.
func standing(s plan.Scheduled) string {
	next := "..."
	if s.Next != nil {
		next = s.Next.Date.String()[5:]
		if s.Next.Log != nil {
			next += " planned"
		}
	}
	due := "..."
	if !s.Due.IsZero() {
		due = s.Due.String()[5:]
	}
	text := fmt.Sprintf("%s; next %s; due %s", s.Standing, next, due)
	for _, log := range s.Unfilled {
		text += "; unfilled " + log.Date.String()[5:]
	}
	return text
}

// held, with a next date where one is given.
func held(date, next string) log {
	if next != "" {
		next = "next: " + next
	}
	return log{date: date, front: next}
}

func with(status, date, front string) log {
	return log{date: date, front: "status: " + status + "\n" + front}
}

func TestStanding(t *testing.T) {
	const weekly = "cadence: weekly\npeople: {rep1: {coach: josh}}"
	for _, test := range []struct {
		name     string
		settings string
		today    string
		logs     []log
		want     string
	}{
		{name: "nobody met", today: "2026-07-06", want: "never met; next ...; due ..."},
		{name: "nobody met, the first is planned", today: "2026-07-06", logs: []log{with("planned", "2026-07-08", "")}, want: "booked; next 07-08 planned; due ..."},
		{name: "nobody met, the first has passed", today: "2026-07-09", logs: []log{with("planned", "2026-07-08", "")}, want: "overdue; next 07-08 planned; due ...; unfilled 07-08"},
		{name: "nobody met, the first was cancelled", today: "2026-07-09", logs: []log{with("cancelled", "2026-07-08", "")}, want: "never met; next ...; due ..."},

		{name: "agreed", today: "2026-07-08", logs: []log{held("2026-07-06", "2026-07-14")}, want: "booked; next 07-14; due 07-13"},
		{name: "agreed for today", today: "2026-07-14", logs: []log{held("2026-07-06", "2026-07-14")}, want: "due; next 07-14; due 07-13"},
		{name: "agreed and passed", today: "2026-07-15", logs: []log{held("2026-07-06", "2026-07-14")}, want: "overdue; next 07-14; due 07-13"},
		{name: "agreed for long after", today: "2026-07-31", logs: []log{held("2026-07-06", "2026-09-01")}, want: "booked; next 09-01; due 07-13"},
		{name: "a planned log goes before the agreed day", today: "2026-07-08", logs: []log{held("2026-07-06", "2026-07-13"), with("planned", "2026-07-15", "")}, want: "booked; next 07-15 planned; due 07-13"},
		{name: "a planned log for an earlier day too", today: "2026-07-10", logs: []log{held("2026-07-06", "2026-07-13"), with("planned", "2026-07-08", "")}, want: "overdue; next 07-08 planned; due 07-13; unfilled 07-08"},
		{name: "planned for later on the day of the last", today: "2026-07-07", logs: []log{with("planned", "2026-07-06-2", ""), held("2026-07-06", "")}, want: "overdue; next 07-06 planned; due 07-13; unfilled 07-06"},
		{name: "planned for today", today: "2026-07-13", logs: []log{held("2026-07-06", ""), with("planned", "2026-07-13", "")}, want: "due; next 07-13 planned; due 07-13"},
		{name: "two planned", today: "2026-07-08", logs: []log{held("2026-07-06", ""), with("planned", "2026-07-13", ""), with("planned", "2026-07-20", "")}, want: "booked; next 07-13 planned; due 07-13"},

		{name: "nothing agreed", today: "2026-07-12", logs: []log{held("2026-07-06", "")}, want: "no next date; next ...; due 07-13"},
		{name: "nothing agreed, due", today: "2026-07-13", logs: []log{held("2026-07-06", "")}, want: "due; next ...; due 07-13"},
		{name: "nothing agreed, overdue", today: "2026-07-14", logs: []log{held("2026-07-06", "")}, want: "overdue; next ...; due 07-13"},
		{name: "two steps", today: "2026-07-20", logs: []log{held("2026-07-06", "")}, want: "overdue; next ...; due 07-13"},
		{name: "more than two steps", today: "2026-07-21", logs: []log{held("2026-07-06", "")}, want: "lapsed; next ...; due 07-13"},
		{name: "more than two steps, and a day that passed", today: "2026-07-28", logs: []log{held("2026-07-06", "2026-07-13")}, want: "lapsed; next 07-13; due 07-13"},
		{name: "more than two steps, and a day to come", today: "2026-07-28", logs: []log{held("2026-07-06", ""), with("planned", "2026-07-30", "")}, want: "booked; next 07-30 planned; due 07-13"},
		{name: "no cadence, no date", settings: "name: Team", today: "2027-07-06", logs: []log{held("2026-07-06", "")}, want: "no next date; next ...; due ..."},
		{name: "no cadence, a day passed", settings: "name: Team", today: "2027-07-06", logs: []log{held("2026-07-06", "2026-07-13")}, want: "overdue; next 07-13; due ..."},
		{name: "monthly, two steps", settings: "cadence: monthly", today: "2026-03-31", logs: []log{held("2026-01-31", "")}, want: "overdue; next ...; due 02-28"},
		{name: "monthly, lapsed", settings: "cadence: monthly", today: "2026-04-01", logs: []log{held("2026-01-31", "")}, want: "lapsed; next ...; due 02-28"},
		{name: "fortnightly", settings: "cadence: fortnightly", today: "2026-08-03", logs: []log{held("2026-07-06", "")}, want: "overdue; next ...; due 07-20"},

		{name: "missed, and a new day", today: "2026-07-14", logs: []log{held("2026-07-06", "2026-07-13"), with("missed", "2026-07-13", "next: 2026-07-16")}, want: "booked; next 07-16; due 07-13"},
		{name: "missed, and no new day", today: "2026-07-14", logs: []log{held("2026-07-06", "2026-07-13"), with("missed", "2026-07-13", "")}, want: "overdue; next ...; due 07-13"},
		{name: "missed sessions keep no cadence up", today: "2026-07-21", logs: []log{held("2026-07-06", ""), with("missed", "2026-07-13", ""), with("missed", "2026-07-20", "")}, want: "lapsed; next ...; due 07-13"},
		{name: "cancelled beforehand", today: "2026-07-10", logs: []log{held("2026-07-06", "2026-07-13"), with("cancelled", "2026-07-13", "")}, want: "no next date; next ...; due 07-13"},
		{name: "cancelled another than the agreed one", today: "2026-07-10", logs: []log{held("2026-07-06", "2026-07-16"), with("cancelled", "2026-07-13", "")}, want: "booked; next 07-16; due 07-13"},
		{name: "cancelled after the agreed day", today: "2026-07-16", logs: []log{held("2026-07-06", "2026-07-13"), with("cancelled", "2026-07-15", "")}, want: "overdue; next ...; due 07-13"},

		{name: "planned, passed, and agreed anew", today: "2026-07-15", logs: []log{held("2026-07-06", ""), with("planned", "2026-07-13", ""), with("planned", "2026-07-20", "")}, want: "booked; next 07-20 planned; due 07-13; unfilled 07-13"},
		{name: "an old planned log", today: "2026-07-15", logs: []log{with("planned", "2026-06-29", ""), held("2026-07-06", "2026-07-16")}, want: "booked; next 07-16; due 07-13; unfilled 06-29"},
		{name: "what still says planned may have been held", today: "2026-07-27", logs: []log{held("2026-07-06", ""), with("planned", "2026-07-13", "")}, want: "overdue; next 07-13 planned; due 07-13; unfilled 07-13"},
		{name: "but not for ever", today: "2026-07-28", logs: []log{held("2026-07-06", ""), with("planned", "2026-07-13", "")}, want: "lapsed; next 07-13 planned; due 07-13; unfilled 07-13"},

		{name: "ad hoc in between moves nothing", today: "2026-07-09", logs: []log{held("2026-07-06", "2026-07-13"), with("held", "2026-07-08", "kind: ad-hoc")}, want: "booked; next 07-13; due 07-13"},
		{name: "ad hoc names a new day", today: "2026-07-09", logs: []log{held("2026-07-06", "2026-07-13"), with("held", "2026-07-08", "kind: ad-hoc\nnext: 2026-07-15")}, want: "booked; next 07-15; due 07-13"},
		{name: "requested moves nothing", today: "2026-07-09", logs: []log{held("2026-07-06", ""), with("held", "2026-07-08", "kind: requested")}, want: "no next date; next ...; due 07-13"},
		{name: "a colleague's session moves nothing", today: "2026-07-09", logs: []log{held("2026-07-06", ""), with("held", "2026-07-08", "kind: peer\ncoach: maria")}, want: "no next date; next ...; due 07-13"},
		{name: "requested on the agreed day", today: "2026-07-14", logs: []log{held("2026-07-06", "2026-07-13"), with("held", "2026-07-13", "kind: requested")}, want: "overdue; next ...; due 07-13"},
		{name: "ad hoc is a session, so nothing lapsed", today: "2026-07-27", logs: []log{held("2026-07-06", ""), with("held", "2026-07-20", "kind: ad-hoc")}, want: "overdue; next ...; due 07-13"},
		{name: "ad hoc only", today: "2026-07-09", logs: []log{with("held", "2026-07-06", "kind: ad-hoc")}, want: "no next date; next ...; due 07-13"},
		{name: "ad hoc planned before the agreed day", today: "2026-07-07", logs: []log{held("2026-07-06", "2026-07-13"), with("planned", "2026-07-08", "kind: ad-hoc")}, want: "booked; next 07-08 planned; due 07-13"},
		{name: "held today", today: "2026-07-13", logs: []log{held("2026-07-06", "2026-07-13"), held("2026-07-13", "2026-07-20")}, want: "booked; next 07-20; due 07-20"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.settings == "" {
				test.settings = weekly
			}
			b := timetable(t, test.settings, test.logs)
			if got := standing(b.ScheduleOf(b.Person("rep1").Facts(), day(t, test.today))); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestSchedule says who is in it, and in which order.
func TestSchedule(t *testing.T) {
	const settings = `
cadence: weekly
people:
  maria: {name: Maria}
  josh: {coach: maria}
  rep2: {cadence: monthly}`
	docs := docsOf(t, []log{held("2026-07-06", "2026-07-13")})
	for path, front := range map[string]string{
		"people/gone/plan.md":       "type: plan\ncoach: josh\nleft: 2026-07-09",
		"people/leaving/plan.md":    "type: plan\ncoach: josh\nleft: 2026-07-10",
		"people/gone/2026-07-01.md": "status: held",
		"people/rep3/2026-07-01.md": "status: held",
	} {
		docs = append(docs, logparse.Parse(path, []byte("---\n"+front+"\n---\n"), logparse.Headings{}))
	}
	read, _ := logparse.ParseSettings("coachlog.yaml", []byte(settings))
	var got []string
	for _, s := range plan.New(read, docs, nil).Everybody().Schedule(day(t, "2026-07-09")) {
		got = append(got, s.ID+" "+string(s.Standing))
	}
	want := []string{"rep3 overdue", "josh never met", "leaving never met", "rep2 never met", "rep1 booked"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// keys are rep1's bookings: "day status key".
func keys(b *plan.Logbook) []string {
	var out []string
	for _, k := range b.Bookings(b.Person("rep1").Facts()) {
		_, key, _ := strings.Cut(k.Key(), " after ")
		out = append(out, fmt.Sprintf("%s %s: %s", k.Date.String()[5:], k.Status, key))
	}
	return out
}

// TestBookingKeys says which bookings are one and the same before and after a
// change.
func TestBookingKeys(t *testing.T) {
	first := held("2026-07-06", "2026-07-13")
	const session = ": 2026-07-06 1: session 0"
	for _, test := range []struct {
		name string
		logs []log
		want []string
	}{
		{"agreed", []log{first}, []string{"07-13 planned" + session}},
		{"agreed for another day", []log{held("2026-07-06", "2026-07-15")}, []string{"07-15 planned" + session}},
		{"planned", []log{first, with("planned", "2026-07-13", "")}, []string{"07-13 planned" + session}},
		{"planned for another day", []log{first, with("planned", "2026-07-14", "")}, []string{"07-14 planned" + session}},
		{"held", []log{first, held("2026-07-13", "2026-07-20")}, []string{"07-13 held" + session, "07-20 planned: 2026-07-13 1: session 0"}},
		{"cancelled", []log{first, with("cancelled", "2026-07-13", "")}, []string{"07-13 cancelled" + session}},
		{"missed, and a new day", []log{first, with("missed", "2026-07-13", "next: 2026-07-15")}, []string{"07-13 missed" + session, "07-15 planned: 2026-07-06 1: session 1"}},
		{"another cancelled later", []log{first, with("cancelled", "2026-07-20", "")}, []string{"07-20 cancelled" + session}},
		{"an ad hoc one before", []log{first, with("held", "2026-07-08", "kind: ad-hoc")}, []string{"07-08 held: 2026-07-06 1: extra 0", "07-13 planned" + session}},
		{"two on one day", []log{first, held("2026-07-06-2", "2026-07-13")}, []string{"07-06 held" + session, "07-13 planned: 2026-07-06 2: session 0"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := keys(timetable(t, "name: Team", test.logs))[1:]
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// Every coachee has one standing, and it is what the method says of it.
func TestStandingHolds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		logs := history(r)
		for i := range logs {
			if rapid.Bool().Draw(r, "next") {
				logs[i].front += "\nnext: " + day(t, logs[i].date).AddDays(rapid.IntRange(1, 30).Draw(r, "days")).String()
			}
			if rapid.IntRange(0, 3).Draw(r, "ad hoc") == 0 && !strings.Contains(logs[i].front, "kind:") {
				logs[i].front += "\nkind: ad-hoc"
			}
		}
		cadence := rapid.SampledFrom([]string{"", "cadence: weekly", "cadence: fortnightly", "cadence: monthly"}).Draw(r, "cadence")
		b := timetable(t, cadence, logs)
		today := day(t, "2026-07-01").AddDays(rapid.IntRange(0, 120).Draw(r, "today"))
		p := b.Person("rep1")
		s := b.ScheduleOf(p.Facts(), today)
		if !slices.Contains(plan.Standings, s.Standing) {
			r.Fatalf("no standing: %q", s.Standing)
		}
		ahead := s.Next != nil && !s.Next.Date.Before(today)
		if agreed := s.Standing == plan.SessionBooked || s.Standing == plan.SessionDue && s.Next != nil; agreed != ahead {
			r.Fatalf("%s, and the next is %+v", s.Standing, s.Next)
		}
		if s.Standing == plan.CadenceLapsed && (cadence == "" || today.AddDays(-14).Before(s.Last.Date)) {
			r.Fatalf("lapsed, and the last was on %s (%s)", s.Last.Date, cadence)
		}
		if (s.Last == nil) != (len(p.HeldLogs()) == 0) || s.Standing == plan.NeverMet && s.Last != nil {
			r.Fatalf("%s, the last is %v", s.Standing, s.Last)
		}
		// A missed or cancelled session changes no day of the cadence.
		without := slices.DeleteFunc(slices.Clone(logs), func(l log) bool { return strings.Contains(l.front, "missed") })
		if other := timetable(t, cadence+"\npeople: {rep1: {name: A}}", without); other.ScheduleOf(other.Person("rep1").Facts(), today).Due != s.Due {
			r.Fatal("a missed session moved the cadence")
		}
		seen := make(map[string]bool)
		for _, k := range b.Bookings(p.Facts()) {
			if seen[k.Key()] {
				r.Fatalf("two bookings are %s", k.Key())
			}
			seen[k.Key()] = true
		}
	})
}

package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// prepared are logs of rep1 with preparations: "session received".
func prepared(t testing.TB, logs []log, preps ...string) *plan.Person {
	t.Helper()
	b := preparedBook(t, logs, preps...)
	return b.Person("rep1")
}

func preparedBook(t testing.TB, logs []log, preps ...string) *plan.Logbook {
	t.Helper()
	docs := []*logparse.Document{logparse.Parse("people/rep1/plan.md", []byte("---\ntype: plan\ncadence: weekly\naliases: [priya]\nemail: Rep1@example.org\nknown_as: [rep1@home.example.org]\n---\n"), logparse.Headings{})}
	for _, l := range logs {
		docs = append(docs, l.doc(t))
	}
	for i, prep := range preps {
		session, received, _ := strings.Cut(prep, " ")
		text := fmt.Sprintf("---\ntype: preparation\nperson: priya\nsession: %s\nreceived: %s\n---\n\n## Focus\n\n%d\n", session, received, i)
		docs = append(docs, logparse.Parse(fmt.Sprintf("people/rep1/prep-%d.md", i), []byte(text), logparse.Headings{}))
	}
	return plan.New(&logparse.Settings{}, docs, nil)
}

func TestPreparationFor(t *testing.T) {
	held := []log{{date: "2026-07-06"}}
	for _, test := range []struct {
		name  string
		logs  []log
		preps []string
		day   string
		want  string // its number, "" where there is none
	}{
		{"none", held, nil, "2026-07-13", ""},
		{"for the day", held, []string{"2026-07-13 2026-07-11"}, "2026-07-13", "0"},
		{"for the day, though a newer one is there", held, []string{"2026-07-13 2026-07-11", "2026-07-20 2026-07-12"}, "2026-07-13", "0"},
		{"for the day, though its session was held", held, []string{"2026-07-06 2026-07-04"}, "2026-07-06", "0"},
		{"the session was moved", held, []string{"2026-07-13 2026-07-11"}, "2026-07-15", "0"},
		{"the session was held", held, []string{"2026-07-06 2026-07-04"}, "2026-07-13", ""},
		{"the newest of two", held, []string{"2026-07-13 2026-07-11", "2026-07-14 2026-07-12"}, "2026-07-20", "1"},
		{"not come yet", held, []string{"2026-07-20 2026-07-18"}, "2026-07-13", ""},
		{"before any session", nil, []string{"2026-07-06 2026-07-04"}, "2026-07-07", "0"},
	} {
		got := ""
		if prep := prepared(t, test.logs, test.preps...).PreparationFor(day(t, test.day)); prep != nil {
			got = strings.Join(prep.Lines(logparse.Focus), "\n")
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestUpcoming(t *testing.T) {
	for _, test := range []struct {
		name  string
		logs  []log
		preps []string
		from  string
		want  string
	}{
		{"nothing is known", nil, nil, "2026-07-01", ""},
		{"the day has passed", []log{{date: "2026-07-06"}}, nil, "2026-07-14", ""},
		{"the day is now", []log{{date: "2026-07-06"}}, nil, "2026-07-13", "2026-07-13"},
		{"somebody prepared", nil, []string{"2026-07-06 2026-07-04"}, "2026-07-05", "2026-07-06"},
		{"by the log", []log{{date: "2026-07-06", front: "next: 2026-07-15"}}, nil, "2026-07-08", "2026-07-15"},
		{"planned", []log{{date: "2026-07-06", front: "next: 2026-07-15"}, {date: "2026-07-16", front: "status: planned"}}, nil, "2026-07-08", "2026-07-16"},
		{"held since", []log{{date: "2026-07-06"}, {date: "2026-07-13"}}, nil, "2026-07-11", "2026-07-13"},
		{"held that day", []log{{date: "2026-07-06"}}, nil, "2026-07-06", "2026-07-13"},
		{"ad hoc in between", []log{{date: "2026-07-06"}, {date: "2026-07-12", front: "kind: ad-hoc"}, {date: "2026-07-13"}}, nil, "2026-07-11", "2026-07-13"},
		{"missed", []log{{date: "2026-07-06"}, {date: "2026-07-13", front: "status: missed"}}, nil, "2026-07-11", "2026-07-13"},
	} {
		b := preparedBook(t, test.logs, test.preps...)
		if got := b.Upcoming(b.Person("rep1"), day(t, test.from)); got.String() != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestUntilLeavesLaterPreparationsOut(t *testing.T) {
	b := preparedBook(t, nil, "2026-07-13 2026-07-11").Until(day(t, "2026-07-10"))
	if got := b.Person("rep1").Preparations; len(got) > 0 {
		t.Errorf("there are %d", len(got))
	}
}

func TestByAddress(t *testing.T) {
	b := preparedBook(t, nil)
	for address, want := range map[string]int{"rep1@example.org": 1, "REP1@example.org": 1, "rep1@home.example.org": 1, "": 0, "rep2@example.org": 0} {
		if got := b.ByAddress(address); len(got) != want {
			t.Errorf("%q is the address of %d", address, len(got))
		}
	}
}

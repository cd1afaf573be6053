package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/templates"
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

// TestNewPreparation: whatever an answer holds, each heading is read, and each
// line is there.
func TestNewPreparation(t *testing.T) {
	p := prepared(t, nil)
	b := preparedBook(t, nil)
	for _, answer := range []string{
		"calm\nbilling", "- calm\n- billing\n  - and taxes", "```\nopen code", "~~~~\nopen code", "<!-- an open comment", "<script>\nx", "# My garden\nroses",
		"calm\n---\nbilling", "calm\n==", "---", "<<<<<<< mine\na\n=======\nb\n>>>>>>> yours", "## Focus\nnotes", "### Focus\nnotes", "## Confidential\nx",
		"### Their own heading\nx", "<![CDATA[", "[x]: /url", "> a quotation\nlazy", "\ttab", "\x1b[2J", "1. calm\n2) billing", "    code already\n```",
	} {
		lines := strings.Split(answer, "\n")
		doc, err := b.NewPreparation(p, "people/rep1/prep-2026-07-06.md", plan.Answers{
			Session: day(t, "2026-07-06"), Received: day(t, "2026-07-04"),
			Sections: map[logparse.SectionName][]string{logparse.Strengths: lines, logparse.Focus: {"notes"}, logparse.Confidential: lines},
		})
		if err != nil {
			t.Errorf("%q: %v", answer, err)
			continue
		}
		var names []logparse.SectionName
		for _, section := range doc.Preparation.Sections {
			if section.Name != logparse.OwnSection {
				names = append(names, section.Name)
			}
		}
		want := slices.DeleteFunc(slices.Clone(logparse.PreparationSectionNames), func(n logparse.SectionName) bool { return n == logparse.Notes })
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("%q: -want +got:\n%s\n%s", answer, diff, doc.Text)
		}
		private := strings.Contains(answer, "Confidential") // the answer says so itself
		if doc.Preparation.Section(logparse.Strengths).Written == private && !strings.HasPrefix(answer, "[x]:") && answer != "---" {
			t.Errorf("%q is not read as an answer:\n%s", answer, doc.Text)
		}
		var shown strings.Builder
		for n := range doc.LineCount() {
			line, _ := doc.Line(n + 1)
			shown.WriteString(line + "\n")
		}
		for _, line := range lines {
			if strings.Count(string(doc.Text), line) < 2 {
				t.Errorf("%q: the line %q is lost", answer, line)
			}
			if strings.Count(shown.String(), line) >= strings.Count(string(doc.Text), line) || private && strings.Contains(shown.String(), "    x") {
				t.Errorf("%q: the line %q is shown, though it is confidential:\n%s", answer, line, shown.String())
			}
		}
	}
}

func TestNewPreparationRefuses(t *testing.T) {
	b := preparedBook(t, nil)
	deep := strings.Repeat(">", 100) + " x"
	_, err := b.NewPreparation(b.Person("rep1"), "people/rep1/prep-2026-07-06.md", plan.Answers{
		Session: day(t, "2026-07-06"), Received: day(t, "2026-07-04"),
		Sections: map[logparse.SectionName][]string{logparse.Notes: {strings.Repeat("x", 2<<20), deep}},
	})
	if err == nil || !strings.Contains(err.Error(), "can't be filed") {
		t.Errorf("the error is %v", err)
	}
}

func bank(t *testing.T, own string) []plan.Question {
	t.Helper()
	text, err := templates.Text("questions.md")
	if err != nil {
		t.Fatal(err)
	}
	bank, err := plan.ReadQuestions("questions.md", text, false)
	if err != nil {
		t.Fatal(err)
	}
	more, err := plan.ReadQuestions("templates/questions.md", []byte(own), true)
	if err != nil {
		t.Fatal(err)
	}
	return append(bank, more...)
}

// TestShippedQuestions: they are many, open, and blame nobody.
func TestShippedQuestions(t *testing.T) {
	questions := bank(t, "")
	if len(questions) < 40 {
		t.Errorf("there are %d", len(questions))
	}
	seen := make(map[string]bool)
	for _, q := range questions {
		first, _, _ := strings.Cut(q.Text, " ")
		open := slices.Contains([]string{"What", "How", "Which", "Where", "Who", "When"}, first)
		if !open || !strings.HasSuffix(q.Text, "?") || strings.Contains(strings.ToLower(q.Text), "why ") || seen[q.Text] {
			t.Errorf("%q is not an open question, or stands there twice", q.Text)
		}
		seen[q.Text] = true
	}
}

func TestChooseQuestions(t *testing.T) {
	const goal = "S Goal ^g metric:aht<=390 due:2026-07-13\n- [ ] Act ^a"
	running := log{date: "2026-07-06", body: "S Goal ^g due:2026-12-31\n- [ ] Act ^a due:2026-12-31"}
	for _, test := range []struct {
		name string
		logs []log
		own  string
		want string // groups
	}{
		{"the first session", nil, "", "Opening, Successes, Feedback, Goals, Long-term, Closing"},
		{"all goes well", []log{running}, "", "Opening, Successes, Feedback, Long-term, Closing"},
		{"not followed", []log{{date: "2026-07-06", body: goal}, {date: "2026-07-13", front: "metrics: {aht: 400}", body: "F Goal ^g\n- [ ] Act ^a\nS Goal ^g due:2026-12-31\n- [ ] Act ^a due:2026-12-31"}}, "",
			"Opening, Follow-through, Successes, Feedback, Long-term, Closing"},
		{"the plan was wrong", []log{{date: "2026-07-06", body: goal}, {date: "2026-07-13", front: "metrics: {aht: 400}", body: "F Goal ^g\n- [x] Act ^a"}}, "",
			"Opening, When the plan was wrong, Successes, Goals, Long-term, Closing"},
		{"own groups", []log{running}, "## Team\n\n- What does the team need?\n\n## OPENING\n\n- How was the way here?\n", "Opening, Successes, Feedback, Long-term, Team, Closing"},
		{"own, without a heading", []log{running}, "- What else?\n", "Opening, Successes, Feedback, Long-term, More, Closing"},
	} {
		questions := bank(t, test.own)
		p := prepared(t, test.logs)
		got := p.ChooseQuestions(questions, day(t, "2026-07-20"), day(t, "2026-07-18"))
		var groups []string
		for _, q := range got {
			groups = append(groups, q.Group)
		}
		if text := strings.ReplaceAll(strings.Join(groups, ", "), "OPENING", "Opening"); text != test.want {
			t.Errorf("%s: got %s, want %s", test.name, text, test.want)
		}
		if diff := cmp.Diff(got, p.ChooseQuestions(questions, day(t, "2026-07-20"), day(t, "2026-07-18"))); diff != "" {
			t.Errorf("%s: another time they are others:\n%s", test.name, diff)
		}
	}
	// Over a year, every question of a group has its turn.
	seen := make(map[string]bool)
	questions := bank(t, "")
	for week := range 52 {
		for _, q := range prepared(t, nil).ChooseQuestions(questions, day(t, "2026-07-06").AddDays(7*week), day(t, "2026-07-06")) {
			seen[q.Text] = true
		}
	}
	for _, q := range questions {
		if q.Group == "Opening" && !seen[q.Text] {
			t.Errorf("%q is never asked", q.Text)
		}
	}
}

package draft_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
	"github.com/coachlog/coachlog/templates"
)

func day(t testing.TB, text string) logparse.Date {
	t.Helper()
	d, err := logparse.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// held is the log of a session of rep1; nil where it says nothing.
func held(date, body string) *logparse.Document {
	if body == "" {
		return nil
	}
	text := "---\nstatus: held\ncoach: josh\nmetrics: {aht: 400}\n---\n\n" + body
	return logparse.Parse("people/rep1/"+date+".md", []byte(text), logparse.Headings{})
}

// book is a logbook of rep1 with some logs.
func book(logs ...*logparse.Document) *plan.Logbook {
	docs := []*logparse.Document{logparse.Parse("people/rep1/plan.md", []byte("---\ntype: plan\ncadence: weekly\n---\n"), logparse.Headings{})}
	docs = append(docs, slices.DeleteFunc(logs, func(d *logparse.Document) bool { return d == nil })...)
	return plan.New(&logparse.Settings{}, docs, nil)
}

// TestPreparation: whatever an answer holds, each heading is read, and each
// line is there.
func TestPreparation(t *testing.T) {
	b := book()
	for _, answer := range []string{
		"calm\nbilling", "- calm\n- billing\n  - and taxes", "```\nopen code", "~~~~\nopen code", "<!-- an open comment", "<script>\nx", "# My garden\nroses",
		"calm\n---\nbilling", "calm\n==", "---", "<<<<<<< mine\na\n=======\nb\n>>>>>>> yours", "## Focus\nnotes", "### Focus\nnotes", "## Confidential\nx",
		"### Their own heading\nx", "<![CDATA[", "[x]: /url", "> a quotation\nlazy", "\ttab", "\x1b[2J", "1. calm\n2) billing", "    code already\n```",
	} {
		lines := strings.Split(answer, "\n")
		doc, err := draft.Preparation(b, b.Person("rep1"), "people/rep1/prep-2026-07-06.md", draft.Answers{
			Session: day(t, "2026-07-06"), Received: day(t, "2026-07-04"),
			Titles:   map[logparse.SectionName]string{logparse.Strengths: "Strengths", logparse.Support: "Support needed"},
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
		want := []logparse.SectionName{logparse.Strengths, logparse.Support, logparse.Focus, logparse.Confidential}
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

// word is a word of a prompt, or one of its marks.
var word = regexp.MustCompile(`[\pL\pN@^][\pL\pN:<='/]*|\[[^ ]\]`)

// TestBlankLogs: what asks to be filled in counts for nothing, and the blank log asks
// in few words.
func TestBlankLogs(t *testing.T) {
	for _, kind := range append([]string{"session", "session-long"}, logparse.Kinds[1:]...) {
		text, err := templates.Text(kind)
		if err != nil {
			t.Fatal(err)
		}
		filled := strings.NewReplacer("\nstatus: planned\n", "\nstatus: held\n", "\ndate:\n", "\ndate: 2026-07-06\n").Replace(string(text))
		doc := logparse.Parse("people/rep1/2026-07-06.md", []byte(filled), logparse.Headings{})
		if doc.Broken() || len(doc.Diagnostics) > 0 || !strings.Contains(filled, "\nstatus: held\n") {
			t.Errorf("%s: %v", kind, doc.Diagnostics)
		}
		for _, section := range doc.Session.Sections {
			if section.Name != logparse.Figures && section.Written {
				t.Errorf("%s: something is written under %q", kind, section.Title)
			}
		}
		if len(doc.Session.Metrics) > 0 {
			t.Errorf("%s has figures", kind)
		}
		words := 0
		for line := range strings.Lines(string(text[doc.Front.Span.End:])) {
			if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "|") {
				words += len(word.FindAllString(line, -1))
			}
		}
		if kind == "session" && words >= 60 {
			t.Errorf("the session's prompts have %d words", words)
		}
	}
}

// TestAnswersAreFilledIn: an answer stands on the line that asks for it, whatever it
// holds, and nothing else of the log changes.
func TestAnswersAreFilledIn(t *testing.T) {
	blank, err := templates.Text("session")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ answer, want string }{
		{"closing calls", "- Focus, chosen by the coachee: closing calls\n"},
		{"- closing calls", "- Focus, chosen by the coachee: closing calls\n"},
		{"- closing calls\n- notes", "- Focus, chosen by the coachee:\n  - closing calls\n  - notes\n"},
		{"calls\n  at noon", "- Focus, chosen by the coachee:\n  calls\n    at noon\n"},
		{"TBD", "- Focus, chosen by the coachee:\n"},
		{"<!-- hm -->", "- Focus, chosen by the coachee:\n"},
	} {
		prep := logparse.Parse("people/rep1/prep-2026-07-06.md", []byte("---\nreceived: 2026-07-05\n---\n\n## Focus\n\n"+test.answer+"\n"), logparse.Headings{})
		for _, eol := range []string{"\n", "\r\n"} {
			b := book(prep)
			doc, err := draft.Session(b, b.Person("rep1"), draft.Meeting{Date: day(t, "2026-07-06"), Kind: "regular", Path: "people/rep1/2026-07-06.md"}, []byte(strings.ReplaceAll(string(blank), "\n", eol)))
			if err != nil {
				t.Fatalf("%q: %v", test.answer, err)
			}
			got := strings.ReplaceAll(string(doc.Text), "\r\n", "\n")
			want := strings.NewReplacer("coachee:\ncoach:\ndate:\n", "coachee: rep1\ncoach:\ndate: 2026-07-06\n", "# DATE", "# 6 July 2026", "- Focus, chosen by the coachee:\n", test.want).Replace(string(blank))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%q: -want +got:\n%s", test.answer, diff)
			}
		}
	}
}

func TestPreparationRefuses(t *testing.T) {
	b := book()
	deep := strings.Repeat(">", 100) + " x"
	_, err := draft.Preparation(b, b.Person("rep1"), "people/rep1/prep-2026-07-06.md", draft.Answers{
		Session: day(t, "2026-07-06"), Received: day(t, "2026-07-04"),
		Sections: map[logparse.SectionName][]string{logparse.Notes: {strings.Repeat("x", 2<<20), deep}},
	})
	if err == nil || !strings.Contains(err.Error(), "can't be filed") {
		t.Errorf("the error is %v", err)
	}
}

func bank(t *testing.T, own string) []draft.Question {
	t.Helper()
	text, err := templates.Text("questions.md")
	if err != nil {
		t.Fatal(err)
	}
	bank, err := draft.ReadQuestions("questions.md", text, false)
	if err != nil {
		t.Fatal(err)
	}
	more, err := draft.ReadQuestions("templates/questions.md", []byte(own), true)
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
	const (
		running = "## Short-term goals\n\n- [ ] Goal ^g due:2026-12-31\n  - [ ] Act ^a due:2026-12-31\n"
		missed  = "## Short-term goals\n\n- [ ] Goal ^g metric:aht<=390 due:2026-07-13\n  - [ ] Act ^a\n"
	)
	for _, test := range []struct {
		name   string
		first  string // what the log of 6 July says; "" where there is none
		second string // and that of 13 July
		own    string
		want   string // groups
	}{
		{"the first session", "", "", "", "Opening, Successes, Feedback, Goals, Long-term, Closing"},
		{"all goes well", running, "", "", "Opening, Successes, Feedback, Long-term, Closing"},
		{"not done", missed, "## Follow-through\n\n- [n] Goal ^g\n  - [n] Act ^a\n\n" + running, "", "Opening, Follow-through, Successes, Feedback, Long-term, Closing"},
		{"the plan fell short", missed, "## Follow-through\n\n- [n] Goal ^g\n  - [x] Act ^a\n", "", "Opening, When the plan fell short, Successes, Feedback, Long-term, Closing"},
		{"own groups", running, "", "## Team\n\n- What does the team need?\n\n## OPENING\n\n- How was the way here?\n", "Opening, Successes, Feedback, Long-term, Team, Closing"},
		{"own, without a heading", running, "", "- What else?\n", "Opening, Successes, Feedback, Long-term, More, Closing"},
	} {
		questions := bank(t, test.own)
		p := book(held("2026-07-06", test.first), held("2026-07-13", test.second)).Person("rep1")
		got := draft.ChooseQuestions(p, questions, day(t, "2026-07-20"), day(t, "2026-07-18"))
		var groups []string
		for _, q := range got {
			groups = append(groups, q.Group)
		}
		if text := strings.ReplaceAll(strings.Join(groups, ", "), "OPENING", "Opening"); text != test.want {
			t.Errorf("%s: got %s, want %s", test.name, text, test.want)
		}
		if diff := cmp.Diff(got, draft.ChooseQuestions(p, questions, day(t, "2026-07-20"), day(t, "2026-07-18"))); diff != "" {
			t.Errorf("%s: another time they are others:\n%s", test.name, diff)
		}
	}
	// Over a year, every question of a group has its turn.
	seen := make(map[string]bool)
	questions := bank(t, "")
	for week := range 52 {
		for _, q := range draft.ChooseQuestions(book().Person("rep1"), questions, day(t, "2026-07-06").AddDays(7*week), day(t, "2026-07-06")) {
			seen[q.Text] = true
		}
	}
	for _, q := range questions {
		if q.Group == "Opening" && !seen[q.Text] {
			t.Errorf("%q is never asked", q.Text)
		}
	}
}

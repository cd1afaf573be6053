package adopt

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
)

// TestFrontMatter shows what is added, and what becomes of other tools' keys.
func TestFrontMatter(t *testing.T) {
	for _, test := range []struct {
		what, name, text string
		want             string // of the log; or why not, after "ask: "
		inPlace          bool
		rewrite          bool
	}{
		{what: "none yet", name: "n/2024-03-04 1-1 Priya.md", text: "# Hello\n",
			want: "---\ntype: session\ncoachee: priya\ndate: 2024-03-04\nstatus: held\nadopted: 2024-06-01\nadopted_from: n/2024-03-04 1-1 Priya.md\n---\n# Hello\n"},
		{what: "a byte-order mark and CRLF", name: "n/2024-03-04 1-1 Priya.md", text: "\ufeff# Hello\r\n",
			want: "\ufeff---\r\ntype: session\r\ncoachee: priya\r\ndate: 2024-03-04\r\nstatus: held\r\nadopted: 2024-06-01\r\nadopted_from: n/2024-03-04 1-1 Priya.md\r\n---\r\n# Hello\r\n"},
		{what: "other keys stay", name: "n/2024-03-04 1-1 Priya.md", text: "---\n# mine\ntags: [a, \"b\"]\ncssclass: wide\n---\n\nHello",
			want: "---\n# mine\ntags: [a, \"b\"]\ncssclass: wide\ntype: session\ncoachee: priya\ndate: 2024-03-04\nstatus: held\nadopted: 2024-06-01\nadopted_from: n/2024-03-04 1-1 Priya.md\n---\n\nHello"},
		{what: "values of other tools, in a copy", name: "n/a.md", text: "---\ntype: meeting\ndate: 2024-03-04T10:00\nstatus: done # at last\ncoach: Josh Keller\nwith: Priya\nnext: ask about the queue\n---\nHello\n",
			want: "---\ntype: session  # was: meeting\ndate: 2024-03-04  # was: 2024-03-04T10:00\nstatus: held  # was: done # at last\ncoach: josh  # was: Josh Keller\nwith: Priya\nnext: ~  # was: ask about the queue\ncoachee: priya\nadopted: 2024-06-01\nadopted_from: n/a.md\n---\nHello\n"},
		{what: "the same in place, not allowed", name: "people/priya/a.md", inPlace: true, text: "---\ntype: meeting\ndate: 2024-03-04\n---\nHello\n", want: "ask: its key `type` has another tool's value"},
		{what: "the same in place, allowed", name: "people/priya/a.md", inPlace: true, rewrite: true, text: "---\ntype: meeting\ndate: 2024-03-04\n---\nHello\n",
			want: "---\ntype: session  # was: meeting\ndate: 2024-03-04\ncoachee: priya\nstatus: held\nadopted: 2024-06-01\n---\nHello\n"},
		{what: "front matter that nobody can read is text", name: "n/a.md", text: "---\nattendees: [[Josh]], [[Priya]]\ndate: 2024-03-04\n---\nHello\n",
			want: "---\ntype: session\ncoachee: priya\ncoach: josh\ndate: 2024-03-04\nstatus: held\nadopted: 2024-06-01\nadopted_from: n/a.md\n---\n---\nattendees: [[Josh]], [[Priya]]\ndate: 2024-03-04\n---\nHello\n"},
		{what: "a line across is no front matter", name: "n/2024-03-04 1-1 Priya.md", text: "---\n\nHello\n",
			want: "---\ntype: session\ncoachee: priya\ndate: 2024-03-04\nstatus: held\nadopted: 2024-06-01\nadopted_from: n/2024-03-04 1-1 Priya.md\n---\n---\n\nHello\n"},
		{what: "a list where one value is meant", name: "n/2024-03-04 1-1 Priya.md", text: "---\nstatus: [done, filed]\n---\nHello\n", want: "ask: its key `status` has another tool's value"},
		{what: "links, tags and blocks of other programs are text", name: "n/2024-03-04 1-1 Priya.md", text: "#work [[Queue|q]] ((62f1)) %%hidden%%\n> [!note] a\n<b>x</b> ^id1 ^id1\n\n## Short-term goals\n\n- [!] a due:tomorrow @everyone\n",
			want: "---\ntype: session\ncoachee: priya\ndate: 2024-03-04\nstatus: held\nadopted: 2024-06-01\nadopted_from: n/2024-03-04 1-1 Priya.md\n---\n#work [[Queue|q]] ((62f1)) %%hidden%%\n> [!note] a\n<b>x</b> ^id1 ^id1\n\n## Short-term goals\n\n- [!] a due:tomorrow @everyone\n"},
	} {
		note := &Note{Name: test.name, Text: []byte(test.text)}
		if test.inPlace {
			note.Inside = test.name
		}
		p := run(team(t), Options{Rewrite: test.rewrite}, note)[0]
		got := string(p.Text)
		if p.Outcome != Adopt {
			got = said(p)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.what, diff)
		}
		if p.Outcome == Adopt {
			log := logparse.Parse(p.Target, p.Text, logparse.Headings{})
			if len(log.Diagnostics) > 0 {
				t.Errorf("%s: lint would say %+v", test.what, log.Diagnostics)
			}
		}
	}
}

// TestAgain adopts what was adopted: nothing is left to do, though somebody has
// written in the log since.
func TestAgain(t *testing.T) {
	b := team(t)
	note := func() *Note { return &Note{Name: "n/2024-03-04 1-1 Priya.md", Text: []byte("Hello\n")} }
	p := run(b, Options{}, note())[0]
	if p.Target != "people/priya/2024-03-04.md" {
		t.Fatal(p.Target)
	}
	for _, text := range [][]byte{p.Text, append(slices.Clone(p.Text), "\nMore words.\n"...)} {
		b := team(t, p.Target, string(text))
		if again := run(b, Options{}, note())[0]; again.Outcome != Already || !strings.Contains(again.Why, p.Target) {
			t.Errorf("again it is to %s (%s)", again.Outcome, again.Why)
		}
	}
	// Another session of that day is another log.
	b = team(t, p.Target, string(p.Text))
	r := &Run{Roster: b.Roster, People: b.Known, Logs: logsIn(b), Options: Options{Person: "priya", Today: today}, Taken: func(path string) bool { return path == p.Target }}
	other := r.Propose([]*Note{{Name: "n/2024-03-04 1-1 Priya late.md", Text: []byte("Other\n"), Named: true}})[0]
	if other.Outcome != Adopt || other.Target != "people/priya/2024-03-04-2.md" {
		t.Errorf("the second of the day: %s %s", other.Outcome, other.Target)
	}
}

// FuzzAdopt adopts any text: the log ends with exactly the note's own.
func FuzzAdopt(f *testing.F) {
	for _, text := range []string{
		"", "a", "# 1-1\n\n- [ ] a\n", "---\n", "---\n---\n", "---\na: b\n---\nc", "---\na: b\n...\nc", "---\r\na: b\r\n---\r\nc\r\n", "\ufeffa", "\ufeff---\na: b\n---\n", "\r", "---\ra: b\r---\rc",
		"---\ntype: note\ndate: 2024-03-04 10:00\nstatus: done\n---\n", "---\n{a: b}\n---\n", "---\na: |\n  b\n---\n", "---\n- a\n---\n", "---\na: &x b\nc: *x\n---\n", "---\ndate: \"2024-03-04\"\ncoach: |\n  a\n---\nb",
		"---\nattendees: [[a]], [[b]]\n---\n", "## Confidential\n\nsecret\n", "```\n---\n```\n", "a\n---\nb\n---\n", "---\nadopted: never\nadopted_from: [a]\n---\n", "---\nkind: 1on1\nminutes: half an hour\n---\n", "<<<<<<< a\n",
		"---\ncoachee: priya\ndate: 2024-03-04\nstatus: held\n---\n", "---\na: b\na: c\n---\n",
	} {
		f.Add(text)
	}
	b := team(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		note := &Note{Name: "n/a.md", Text: []byte(text), Named: true}
		p := run(b, Options{Person: "priya", Date: logparse.Date{Year: 2024, Month: 3, Day: 4}, Status: "held"}, note)[0]
		if string(note.Text) != text {
			t.Fatal("the note was changed")
		}
		if p.Outcome != Adopt {
			return
		}
		body := p.Body()
		if !bytes.HasSuffix(p.Text, body) || !strings.HasSuffix(text, string(body)) {
			t.Fatalf("%q became %q with the body %q", text, p.Text, body)
		}
		if strings.HasPrefix(text, "\ufeff") != strings.HasPrefix(string(p.Text), "\ufeff") {
			t.Fatal("the byte-order mark is not kept")
		}
		if !strings.HasPrefix(strings.TrimPrefix(text, "\ufeff"), "---") && string(body) != strings.TrimPrefix(text, "\ufeff") {
			t.Fatalf("the body of %q is %q", text, body)
		}
		log := logparse.Parse(p.Target, p.Text, logparse.Headings{})
		if log.Broken() || log.Session == nil || log.Session.Coachee.V != "priya" || log.Session.Date.V.String() != "2024-03-04" || !bytes.Equal(log.Text[log.Front.Span.End:], body) {
			t.Fatalf("%q is no log", p.Text)
		}
		if s := log.Session; len(s.FollowThrough)+len(s.ShortTerm)+len(s.MidTerm) > 0 {
			t.Fatal("an adopted log agrees something")
		}
	})
}

// FuzzSplit splits any text: its parts, one behind the other, are the text.
func FuzzSplit(f *testing.F) {
	for _, text := range []string{
		"# Priya\n\nWords.\n\n## 2024-03-11\n\nb\n\n## 2024-03-04\n\na\n", "## 4 March 2024\r\n\r\na\r\n## 11 March 2024\r\nb", "# 2024\n## 4 March\na\n# 2023\n## 4 March\nb\n",
		"---\ntags: a\n---\n## 2024-03-04\n## 2024-03-05\n", "2024-03-04\n===\na\n2024-03-05\n===\nb\n", "## 2024-03-04\n```\n## 2024-03-05\n```\n## 2024-03-06\n", "## Confidential\n### 2024-03-04\n### 2024-03-05\n",
		"## 25/3/2024\n## 1/4/2024\n", "\ufeff## 2024-03-04\n## 2024-03-05\n", "---\n## 2024-03-04\n---\n## 2024-03-05\n",
	} {
		f.Add(text)
	}
	b := team(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		var all strings.Builder
		parts := run(b, Options{Split: true, Person: "priya", Status: "held"}, &Note{Name: "n/a.md", Text: []byte(text), Named: true})
		for _, p := range parts {
			all.WriteString(string(p.Note.Text[p.from:p.to]))
			if p.Outcome == Adopt && !bytes.HasSuffix(p.Text, p.Note.Text[max(p.from, p.to-len(p.Body())):p.to]) {
				t.Fatalf("the part %q became %q", p.Note.Text[p.from:p.to], p.Text)
			}
		}
		if all.String() != text {
			t.Fatalf("%q was split into %q", text, all.String())
		}
	})
}

func TestSplit(t *testing.T) {
	for _, test := range []struct {
		what, name, text string
		o                Options
		want             []string
	}{
		{"asked for", "1-1s/Priya.md", "# Priya\n\nRunning notes.\n\n## 2024-03-11\n\nb\n\n## 2024-03-04 – kick-off\n\na\n", Options{Split: true},
			[]string{"priya 2024-03-11: # Priya\n\nRunning notes.\n\n## 2024-03-11\n\nb\n\n", "priya 2024-03-04: ## 2024-03-04 – kick-off\n\na\n"}},
		{"not asked for", "1-1s/Priya.md", "# Priya\n\n## 2024-03-11\n\nb\n\n## 2024-03-04\n\na\n", Options{}, []string{"ask: it has 2 meetings"}},
		{"a year in a heading above is no year", "1-1s/Priya.md", "# 2024\n## 4 January\na\n# 2023\n## 28 December\nb\n", Options{Split: true}, []string{`ask: "4 January" has no year`, `ask: "28 December" has no year`}},
		{"the others say how dates are written", "1-1s/Priya.md", "## 25/3/2024\na\n## 1/4/2024\nb\n", Options{Split: true},
			[]string{"priya 2024-03-25: ## 25/3/2024\na\n", "priya 2024-04-01: ## 1/4/2024\nb\n"}},
		{"nothing says how dates are written", "1-1s/Priya.md", "## 2/3/2024\na\n## 1/4/2024\nb\n", Options{Split: true}, []string{`ask: "2/3/2024" can be 2024-03-02 or 2024-02-03`, `ask: "1/4/2024" can be 2024-04-01 or 2024-01-04`}},
		{"several people in one file", "notes/1-1s.md", "## Priya\n### 2024-03-04\na\n## Daniel\n### 2024-03-05\nb\n", Options{Split: true},
			[]string{"priya 2024-03-04: ## Priya\n### 2024-03-04\na\n", "daniel 2024-03-05: ## Daniel\n### 2024-03-05\nb\n"}},
		{"the heading names who", "notes/1-1s.md", "## 2024-03-04 Priya\na\n## 2024-03-05 Daniel\nb\n", Options{Split: true},
			[]string{"priya 2024-03-04: ## 2024-03-04 Priya\na\n", "daniel 2024-03-05: ## 2024-03-05 Daniel\nb\n"}},
		{"code is no heading", "1-1s/Priya.md", "## 2024-03-04\n```\n## 2024-03-05\n```\n", Options{Split: true}, []string{"priya 2024-03-04: ## 2024-03-04\n```\n## 2024-03-05\n```\n"}},
		{"goals with a date are no meetings", "1-1s/2024-03-04 Priya.md", "## Done by 2024-04-01\na\n## Goals until 2024-05-01\nb\n", Options{Split: true}, []string{"priya 2024-03-04: ## Done by 2024-04-01\na\n## Goals until 2024-05-01\nb\n"}},
		{"somebody new, by the file's name", "Work/1on1s/Jane Doe.md", "Running log. Newest first.\n\n---\n\n## 11 March 2024 — promotion (10:30)\na\n## 4 March 2024\nb\n", Options{Split: true},
			[]string{"ask: it names nobody in the logbook", "ask: it names nobody in the logbook"}},
		{"links as headings", "pages/Priya 1-1.md", "## [[2024-03-04]]\na\n## [[Mar 11th, 2024]]\nb\n", Options{Split: true},
			[]string{"priya 2024-03-04: ## [[2024-03-04]]\na\n", "priya 2024-03-11: ## [[Mar 11th, 2024]]\nb\n"}},
		{"the first day is the title", "1-1s/Priya.md", "# 11/14/23\n\n## Tools\na\n\n## 11/27/23\nb\n", Options{Split: true},
			[]string{"priya 2023-11-14: # 11/14/23\n\n## Tools\na\n\n", "priya 2023-11-27: ## 11/27/23\nb\n"}},
		{"days on two levels", "1-1s/Priya.md", "# 2024-02-02\na\n# 2024-02-09\nb\n## 2024-02-16\nc\n", Options{Split: true},
			[]string{"priya 2024-02-02: # 2024-02-02\na\n", "priya 2024-02-09: # 2024-02-09\nb\n", "priya 2024-02-16: ## 2024-02-16\nc\n"}},
		{"a day within a meeting's text", "1-1s/Priya.md", "## 2024-02-02\n### Calls from 2024-01-30\na\n## 2024-02-09\nb\n", Options{Split: true},
			[]string{"priya 2024-02-02: ## 2024-02-02\n### Calls from 2024-01-30\na\n", "priya 2024-02-09: ## 2024-02-09\nb\n"}},
		{"a date below each heading", "1-1s/Priya.md", "# Notes\n\n## Meeting 1\n**Date:** 4 March 2024\na\n### Next steps\n**Date:** 9 March 2024\n## Meeting 2\n- Date: 2024-03-11\nb\n", Options{Split: true},
			[]string{"priya 2024-03-04: # Notes\n\n## Meeting 1\n**Date:** 4 March 2024\na\n### Next steps\n**Date:** 9 March 2024\n", "priya 2024-03-11: ## Meeting 2\n- Date: 2024-03-11\nb\n"}},
		{"dates below headings, not asked for", "1-1s/Priya.md", "## Meeting 1\nDate: 2024-03-04\n## Meeting 2\nDate: 2024-03-11\n", Options{}, []string{"ask: it has 2 meetings"}},
		{"a day alone below each heading", "1-1s/Priya.md", "## Session 1\n\n_4 March 2024_\na\n## Session 2\n\n_11 March 2024_\nb\n", Options{Split: true},
			[]string{"priya 2024-03-04: ## Session 1\n\n_4 March 2024_\na\n", "priya 2024-03-11: ## Session 2\n\n_11 March 2024_\nb\n"}},
		{"two people on the level of the days", "n/x.md", "# Priya\n# 2024-03-04\na\n# Daniel\n# 2024-03-11\nb\n", Options{Split: true},
			[]string{"ask: it names nobody in the logbook", "ask: it names nobody in the logbook"}},
		{"a meeting without a day", "1-1s/Priya.md", "## Meeting 1: 2024-03-04\na\n## Date: 2024-03-11\nb\n## Meeting 3: to come\nc\n", Options{Split: true},
			[]string{"priya 2024-03-04: ## Meeting 1: 2024-03-04\na\n", "priya 2024-03-11: ## Date: 2024-03-11\nb\n", `ask: "Meeting 3: to come" names no single day`}},
		{"dates without headings", "1-1s/Priya.md", "Date: 2024-03-04\na\n\nDate: 2024-03-11\nb\n", Options{Split: true}, []string{`ask: "2024-03-04" and "2024-03-11" are different days`}},
		{"several days in one heading", "1-1s/Priya.md", "## 2024-03-04\na\n## April 8th - 28th\nb\n## March 3-5, 2024\nc\n## Week 12\nd\n## 2024-03-11\ne\n", Options{Split: true},
			[]string{"priya 2024-03-04: ## 2024-03-04\na\n", `ask: "April 8th - 28th" is more than one day`, `ask: "March 3-5, 2024" is more than one day`, `ask: "Week 12" names no single day`, "priya 2024-03-11: ## 2024-03-11\ne\n"}},
		{"student and supervisor", "notes/log.md", "# Log\n\n**Student:** Priya Raman\n**Supervisor:** Josh Keller\n\n### Meeting 1 - Monday 4 March 2024\na\n### Meeting 2 - 11 March 2024\nb\n", Options{Split: true},
			[]string{"priya 2024-03-04 by josh: # Log\n\n**Student:** Priya Raman\n**Supervisor:** Josh Keller\n\n### Meeting 1 - Monday 4 March 2024\na\n", "priya 2024-03-11 by josh: ### Meeting 2 - 11 March 2024\nb\n"}},
		{"a section that reads as confidential, over meetings", "1-1s/Priya.md", "# Private\n## 2024-03-04\na\n## 2024-03-11\nb\n", Options{Split: true},
			[]string{"ask: line 1: this is nearly a Confidential heading, but it says private; to be safe, lines 2 to 5 are left out everywhere"}},
		{"what is confidential is never cut", "1-1s/Priya.md", "## 2024-03-04\na\n## 2024-03-11\nb\n### Confidential\n#### 2024-03-18\nc\n", Options{Split: true},
			[]string{"priya 2024-03-04: ## 2024-03-04\na\n", "priya 2024-03-11: ## 2024-03-11\nb\n### Confidential\n#### 2024-03-18\nc\n"}},
	} {
		var got []string
		for _, p := range run(team(t), test.o, &Note{Name: test.name, Text: []byte(test.text)}) {
			line := said(p)
			if p.Outcome == Adopt {
				line += ": " + string(p.Body())
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.what, diff)
		}
	}
}

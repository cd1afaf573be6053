package logparse_test

import (
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
)

// agendaOf reads a log with this text below Agenda.
func agendaOf(text string) *logparse.Session {
	doc := logparse.Parse("people/rep1/2026-07-06.md", []byte("---\nstatus: held\n---\n\n## Agenda\n\n"+text+"\n\n## Notes\n"), logparse.Headings{})
	return doc.Session
}

// TestUnfilled: a question of a template and a placeholder are nothing that
// somebody wrote, in an item and in a paragraph.
func TestUnfilled(t *testing.T) {
	for _, text := range []string{
		"[TODO]", "TODO", "todo", "To do", "(tbd)", "TBD", "t.b.d.", "<TBD>", "`TODO`", "**TBD**", "to be determined", "[to be filled in]",
		"...", "…", "[...]", "(…)", "?", "???", "xxx", "XXXX", "FIXME", "[fill in]", "lorem ipsum", "[ Your text here ]", "_____", "–", "TODO!", "TODO: ...",
		"Focus, chosen by the coachee:", "**Focus:**", "Focus: ", "Focus: TBD", "Focus: ...", "Focus: [TODO]", "Worum es geht:", "Focus: _", "Focus: <!-- closing calls -->",
		"主题：", "Must be covered (from the coach):",
	} {
		for _, written := range []string{text, "- " + text, "* " + text, "1. " + text, "- " + text + "\n  - " + text, "- " + text + "\n- \n- " + text, "<!-- What for? -->\n\n" + text} {
			s := agendaOf(written)
			if s.Points(logparse.Agenda) != 0 || s.Written(logparse.Agenda) {
				t.Errorf("%q counts as written: %d points", written, s.Points(logparse.Agenda))
			}
		}
	}
}

func TestFilled(t *testing.T) {
	for _, text := range []string{
		"closing calls", "TODO: ask Ana", "TBD with Josh", "The to do list", "Focus: closing calls", "A week of great calls :)", "Calls:)", "3", "👍", "✓", "x", "None", "n/a", "See https://example.org",
		"at 9:30", "xxx-large", "What about the breaks?", "Tier 2: TBD in May", "[[Focus]] notes", "Focus:\n  closing calls", "Josh: she said:", "Hard: Monday. She said:",
	} {
		for _, written := range []string{text, "- " + text, "- Focus, chosen by the coachee:\n  - " + strings.ReplaceAll(text, "\n", "\n  "), "Today:\n\n- " + text} {
			if s := agendaOf(written); s.Points(logparse.Agenda) != 1 || !s.Written(logparse.Agenda) {
				t.Errorf("%q doesn't count as written: %d points", written, s.Points(logparse.Agenda))
			}
		}
	}
}

// TestPlaceholderItems: a goal, a remark and a long-term goal that only keep a place
// are none; what an owner is named for stays a promise, and the bytes stay.
func TestPlaceholderItems(t *testing.T) {
	const text = "---\nstatus: held\n---\n\n## Short-term goals\n\n- [ ] ...\n- [ ] [TODO]\n- [ ] Calmer calls:\n  - [ ] TBD @josh\n  - [ ] Breathe first\n    - ...\n    - It helps.\n\n## Long-term goals\n\n- [TODO]\n- In three years:\n- A degree\n"
	doc := logparse.Parse("people/rep1/2026-07-06.md", []byte(text), logparse.Headings{})
	s := doc.Session
	if len(s.ShortTerm) != 1 || s.ShortTerm[0].Text != "Calmer calls:" || len(s.ShortTerm[0].Actions) != 2 || len(s.LongTerm) != 1 || string(doc.Text) != text {
		t.Fatalf("read as %d goals with %d actions and %d long-term goals", len(s.ShortTerm), len(s.ShortTerm[0].Actions), len(s.LongTerm))
	}
	if remarks := s.ShortTerm[0].Actions[1].Remarks(); len(remarks) != 1 || remarks[0].Text != "It helps." {
		t.Errorf("%d remarks", len(remarks))
	}
}

// TestWordsOfPeople: what a template brings along is not counted.
func TestWordsOfPeople(t *testing.T) {
	const body = "# 6 July\n\n## Figures\n\n| metric | now |\n|---|---|\n| aht | 398 |\n\n## Agenda\n\n- Focus, chosen by the coachee: closing calls\n- The coach must cover:\n  - TODO\n<!-- a comment -->\n\n## Confidential\n\nx y z\n"
	doc := logparse.Parse("people/rep1/2026-07-06.md", []byte("---\nstatus: held\n---\n\n"+body), logparse.Headings{})
	if got, want := doc.Words(), len(strings.Fields("# 6 July ## Figures ## Agenda - Focus, chosen by the coachee: closing calls")); got != want {
		t.Errorf("%d words, want %d", got, want)
	}
}

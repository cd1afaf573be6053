package logparse

import (
	"strings"
	"testing"
)

// TestAddHeadings adds a heading to settings in every shape: nothing but its own
// lines may be new.
func TestAddHeadings(t *testing.T) {
	add := []SectionHeadings{{GoingWell, []string{"Wins", "Was gut lief, und warum"}}, {FollowUp, []string{"Rückblick"}}}
	line := "going-well: [Wins, \"Was gut lief, und warum\"]\n"
	for _, test := range []struct{ what, text, want string }{
		{"no file's text", "", "sections:\n  " + line + "  follow-through: [Rückblick]\n"},
		{"no sections", "name: Team\n", "name: Team\nsections:\n  " + line + "  follow-through: [Rückblick]\n"},
		{"no line end", "name: Team", "name: Team\nsections:\n  " + line + "  follow-through: [Rückblick]\n"},
		{"as the template has it", "# a\nsections: {}\n#  follow-through: [x]\nname: Team\n", "# a\nsections:\n  " + line + "  follow-through: [Rückblick]\n#  follow-through: [x]\nname: Team\n"},
		{"empty", "sections:   # own\nname: Team\n", "sections:   # own\n  " + line + "  follow-through: [Rückblick]\nname: Team\n"},
		{"null", "sections: ~ # own\nname: Team\n", "sections: # own\n  " + line + "  follow-through: [Rückblick]\nname: Team\n"},
		{"some", "sections:\n    notes: Notizen\nname: Team\n", "sections:\n    " + line + "    follow-through: [Rückblick]\n    notes: Notizen\nname: Team\n"},
		{"CRLF", "name: Team\r\nsections: {}\r\n", "name: Team\r\nsections:\r\n  going-well: [Wins, \"Was gut lief, und warum\"]\r\n  follow-through: [Rückblick]\r\n"},
		{"on one line", "sections: {notes: Notizen}\n", "by hand"},
		{"the section is there", "sections:\n  going-well: Kudos\n", "by hand"},
		{"the heading is another's", "sections:\n  notes: Wins\n", "not be read"},
		{"a list", "sections: [a]\n", "by hand"},
		{"no YAML", "sections: [\n", "can't be read"},
	} {
		got, err := AddHeadings([]byte(test.text), add)
		if err != nil {
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("%s: %v", test.what, err)
			}
			continue
		}
		if string(got) != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", test.what, got, test.want)
		}
	}
}

func TestOutline(t *testing.T) {
	text := "---\nstatus: held\n---\n# Monday\n\n## 1. **Feedback**\n\n### Going well\n\n```\n# code\n```\n\n## 🔒 Confidential\n\n### hidden\n\nAfter\n=====\n"
	d := ParseSession(sessionPath, []byte(text), Headings{})
	var got []string
	for _, h := range d.Outline() {
		got = append(got, strings.Repeat("#", h.Level)+h.Title+" "+string(h.Section)+" "+string(d.Text[h.Span.Start:h.Span.End]))
	}
	want := "#Monday  # Monday|##1. **Feedback** feedback ## 1. **Feedback**|###Going well going-well ### Going well|#After  After\n====="
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
}

// TestNumberedHeadings reads headings with numbers and emblems in front.
func TestNumberedHeadings(t *testing.T) {
	for _, title := range []string{
		"Feedback", "1. Feedback", "1) Feedback", "12. Feedback", "1.2 Feedback", "1.2. Feedback", "§3 Feedback", "§ 3 Feedback", "3 Feedback", "3 – Feedback", "3: Feedback", "a) Feedback", "A. Feedback",
		"ii. Feedback", "IV) Feedback", "🎯 Feedback", "✅ 2. Feedback", "1️⃣ Feedback", "**2. Feedback**", "**2.** Feedback", "(Feedback", "- Feedback", "# Feedback:",
	} {
		if got := (Headings{}).section(title, sessionSections); got != Feedback {
			t.Errorf("%q opens the section %q", title, got)
		}
	}
	for title, want := range map[string]string{
		"360 Feedback": "360 feedback", "1:1 topics": "11 topics", "1-1 notes": "1 1 notes", "I like notes": "i like notes", "3": "3", "§": "§", "2.": "2", "1. ": "1", "C++": "c++", "a. ": "a", "": "", "x Feedback": "x feedback",
	} {
		if got := normalTitle(title); got != want {
			t.Errorf("%q is compared as %q, want %q", title, got, want)
		}
	}
}

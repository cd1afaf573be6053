package reply

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
)

const sent = `Hello Priya,

we meet on Monday, 6 July 2026. Please answer
by Sunday, 5 July 2026.

1. Strengths
Two or three things that you do well.

2. Areas to develop
Two or three things that you would like to do better.

3. What feels good
What feels good in your work at the moment?

4. Support needed
What help do you need, from me or from anybody else?

5. Focus
What should we focus on when we meet?

To answer, reply to this message.

Josh
`

func quote(text string) string {
	return "> " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n> ") + "\n"
}

// under puts answers below the questions of the message, quoted or not.
func under(message string, answers map[string]string) string {
	var out strings.Builder
	for _, line := range strings.Split(message, "\n") {
		out.WriteString(line + "\n")
		for after, answer := range answers {
			if strings.Contains(line, after) {
				out.WriteString("\n" + answer + "\n\n")
			}
		}
	}
	return out.String()
}

var inline = map[string]string{"that you do well": "- calm\n- *billing*", "when we meet?": "The notes,\nand nothing else."}

// written is an answer as one text: each section with its lines.
func written(a *Answer) string {
	var out strings.Builder
	for _, name := range logparse.PreparationSectionNames {
		if lines := a.Sections[name]; len(lines) > 0 {
			out.WriteString("[" + string(name) + "]\n" + strings.Join(lines, "\n") + "\n")
		}
	}
	if len(a.LeftOut) > 0 {
		out.WriteString("[left out]\n" + strings.Join(a.LeftOut, "\n") + "\n")
	}
	return out.String()
}

func TestRead(t *testing.T) {
	const both = "[strengths]\n- calm\n- *billing*\n[focus]\nThe notes,\nand nothing else.\n"
	for _, test := range []struct{ name, text, want string }{
		{"below each question, unquoted", under(sent, inline), both},
		{"below each question, quoted", under(quote(sent), inline), both},
		{"quoted twice", under(quote(quote(sent)), inline), both},
		{"quoted without blanks", under(strings.ReplaceAll(quote(sent), "> ", ">"), inline), both},
		{"all of it quoted, as in a forwarded mail", quote(under(quote(sent), inline)), both},
		{"quoted and wrapped anew",
			under(strings.ReplaceAll(quote(sent), "help do you need, from me", "help do you need,\n> from me"), inline), both},
		{"with CRLF", strings.ReplaceAll(under(quote(sent), inline), "\n", "\r\n"), both},
		{"a greeting, and what a mail program adds",
			"Hi Josh!\n\nOn Sat, 4 Jul 2026 at 9:12, Josh <josh@example.org>\nwrote:\n" + under(quote(sent), inline) + "See you,\nPriya\n\n-- \nPriya, north desk\n",
			both + "[notes]\nHi Josh!\n\nSee you,\nPriya\n[left out]\nOn Sat, 4 Jul 2026 at 9:12, Josh <josh@example.org>\nwrote:\n-- \nPriya, north desk\n"},
		{"numbers above the quoted message",
			"1. calm\n2. notes\n3) the headset\n5. the trial week\n   and when\n\n-----Original Message-----\nFrom: Josh\nSent: Saturday, 4 July 2026 09:12\nTo: Priya\n\n" + sent,
			"[strengths]\ncalm\n[areas-to-develop]\nnotes\n[what-feels-good]\nthe headset\n[focus]\nthe trial week\n   and when\n" +
				"[left out]\n-----Original Message-----\nFrom: Josh\nSent: Saturday, 4 July 2026 09:12\nTo: Priya\n"},
		{"a list of three may be one answer", "1. calm\n2. notes\n3. the headset\n", "[notes]\n1. calm\n2. notes\n3. the headset\n"},
		{"a numbered list below a question",
			under(quote(sent), map[string]string{"that you do well": "1. calm\n2. billing\n3. tea\n4. notes"}), "[strengths]\n1. calm\n2. billing\n3. tea\n4. notes\n"},
		{"headings", "# Strengths\ncalm\n\n## **focus:**\n\nnotes\n\n### My garden\n\nroses\n", "[strengths]\ncalm\n[focus]\nnotes\n\n### My garden\n\nroses\n"},
		{"typed titles", "Strengths: calm\n  and billing\n**Focus:** notes\n4) Support needed\ntime\n- Focus: on one thing\n",
			"[strengths]\ncalm\n  and billing\n[support-needed]\ntime\n- Focus: on one thing\n[focus]\nnotes\n"},
		{"titles in an answer are the answer's own",
			under(quote(sent), map[string]string{"that you do well": "Focus: I can read for hours"}), "[strengths]\nFocus: I can read for hours\n"},
		{"a quotation of their own",
			under(quote(sent), map[string]string{"that you do well": "A caller said:\n> You are the first who listens."}),
			"[strengths]\nA caller said:\n> You are the first who listens.\n"},
		{"free text", "All is well.\n\nSee you.", "[notes]\nAll is well.\n\nSee you.\n"},
		{"free text above the quoted message", "All is well.\n\n" + quote(sent), "[notes]\nAll is well.\n"},
		{"their own words before a quotation", "My ideas for 2026:\n\n" + quote(sent), "[notes]\nMy ideas for 2026:\n"},
		{"confidential", under(quote(sent), map[string]string{"that you do well": "calm\n\n## Confidential\nI look for another job.\n"}),
			"[strengths]\ncalm\n[confidential]\nI look for another job.\n"},
		{"confidential, without a heading's marks", under(quote(sent), map[string]string{"that you do well": "calm\n\nConfidential: I look\nfor another job.\n"}),
			"[strengths]\ncalm\n[confidential]\nI look\nfor another job.\n"},
		{"a name that is a line of ours", under(quote(sent), map[string]string{"from anybody else": "Josh"}), "[support-needed]\nJosh\n"},
		{"the session was moved", under(strings.ReplaceAll(quote(sent), "Monday, 6 July 2026", "Thursday,\n> 16 July 2026"), inline), both},
		{"another wording", under(strings.ReplaceAll(strings.ReplaceAll(quote(sent), "> 5. Focus", "> 9) Next 30 days"), "we focus on ", ""), inline),
			"[strengths]\n- calm\n- *billing*\n[next-30-days]\n> What should when we meet?\n\nThe notes,\nand nothing else.\n"},
		{"no answer", quote(sent), ""},
		{"nothing", "\n \n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := written(NewMessage(sent, logparse.Headings{}).Read(test.text))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s\nin:\n%s", diff, test.text)
			}
		})
	}
}

func TestReadInAnotherLanguage(t *testing.T) {
	var headings logparse.Headings
	headings.Add(logparse.Strengths, "Stärken")
	headings.Add(logparse.Focus, "Worum es gehen soll")
	message := NewMessage("Hallo,\n\n1. Stärken\nWas gelingt dir?\n\n2. Worum es gehen soll\n", headings)
	if len(message.Questions) != 2 || message.Questions[1] != (Question{logparse.Focus, "Worum es gehen soll", 2}) {
		t.Fatalf("the questions are %+v", message.Questions)
	}
	got := written(message.Read("> 1. Stärken\n> Was gelingt dir?\nRuhe\n> 2. Worum es gehen soll\nNotizen\n"))
	if want := "[strengths]\nRuhe\n[focus]\nNotizen\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// FuzzRead: each line that nobody quoted is found in what comes out, unless it
// is made of nothing but the message's own words.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		under(sent, inline), under(quote(sent), inline), quote(under(quote(sent), inline)),
		"Hi!\n\nOn Sat, 4 Jul 2026 at 9:12, Josh <j@example.org> wrote:\n" + quote(sent) + "-- \nPriya\n",
		"1. calm\n2. notes\n3. tea\n4) time\n\n" + sent, "Strengths: calm\n**Focus:** notes\n## Confidential\nx\n",
		"From: a\nTo: b\nSent: 9:12\n\n1. Strengths\n>>> x\n\r\n\ufeff", "> > a\n> -- \n> b\n",
	} {
		f.Add(text)
	}
	m := NewMessage(sent, logparse.Headings{})
	ours := make(map[string]bool)
	words := func(text string) []string {
		return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !('a' <= r && r <= 'z') && !('0' <= r && r <= '9') && r < 0x80 })
	}
	for _, word := range append(words(sent), words("Next 30 60 90 days Notes Confidential Monday Tuesday Wednesday Thursday Friday Saturday Sunday "+
		"January February March April May June July August September October November December")...) {
		ours[word] = true
	}
	isOurs := func(text string) bool {
		if title, _ := bareTitle(text); m.section(title) != logparse.OwnSection {
			return true // also with the marks that headings are compared without
		}
		return !slices.ContainsFunc(words(text), func(w string) bool { return !ours[w] && strings.Trim(w, "0123456789") != "" })
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := m.Read(text)
		out := make(map[string]bool)
		var ends []string
		for _, lines := range a.Sections {
			if len(lines) == 0 || strings.TrimSpace(lines[0]) == "" || strings.TrimSpace(lines[len(lines)-1]) == "" {
				t.Fatalf("a section is empty, or starts or ends with a blank line: %q", lines)
			}
			for _, line := range lines {
				out[line] = true
				ends = append(ends, line)
			}
		}
		for _, line := range a.LeftOut {
			out[line] = true
		}
		for _, line := range linesOf(text) {
			if strings.HasPrefix(line, ">") || strings.TrimSpace(line) == "" || out[line] || isOurs(line) {
				continue
			}
			// The rest behind a title or number.
			if !slices.ContainsFunc(ends, func(end string) bool {
				before, ok := strings.CutSuffix(line, end)
				return ok && end != "" && isOurs(before)
			}) {
				t.Fatalf("%q is lost of\n%s", line, text)
			}
		}
	})
}

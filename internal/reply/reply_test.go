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

const three = `Hello Priya,

we meet on Monday, 6 July 2026, 10:00 (Europe/Berlin), Room 4.

1. What feels good
What feels good in your work at the moment?

2. Support needed
What help do you need, from me or from anybody else?

3. Focus
What should we focus on when we meet?

Just reply.

Josh
`

// TestReadThree: a short message is answered in many ways.
func TestReadThree(t *testing.T) {
	const all = "[what-feels-good]\nfriendly\n[support-needed]\nmore time\n[focus]\nclosing calls\n"
	for name, text := range map[string]string{
		"numbers alone":             "1 friendly\n2 more time\n3 closing calls",
		"numbers with a point":      "1. friendly\n2. more time\n3. closing calls\n",
		"glued":                     "1.friendly\n2.more time\n3.closing calls",
		"with a bracket":            "1) friendly\n2) more time\n3) closing calls",
		"in brackets":               "(1) friendly\n(2) more time\n(3) closing calls",
		"with a colon":              "1: friendly\n2: more time\n3: closing calls",
		"with a dash":               "1 - friendly\n2 – more time\n3- closing calls",
		"Q":                         "Q1: friendly\nQ2: more time\nQ3: closing calls",
		"Q alone":                   "Q1 friendly\nQ2 more time\nQ3 closing calls",
		"question":                  "Question 1: friendly\nQuestion 2: more time\nQuestion 3: closing calls",
		"hash":                      "#1 friendly\n#2 more time\n#3 closing calls",
		"bold":                      "**1.** friendly\n**2.** more time\n**3.** closing calls",
		"boxes":                     "1\ufe0f\u20e3 friendly\n2\ufe0f\u20e3 more time\n3\ufe0f\u20e3 closing calls",
		"blank lines between":       "1. friendly\n\n2. more time\n\n\n3. closing calls",
		"below the numbers":         "1.\nfriendly\n\n2.\nmore time\n\n3.\nclosing calls",
		"mixed":                     "1. friendly\n2) more time\n3: closing calls",
		"no-break spaces":           "1\u00a0friendly\n2\u00a0more time\n3\u00a0closing calls",
		"behind the questions":      "What feels good in your work at the moment? friendly\nWhat help do you need, from me or from anybody else? more time\nWhat should we focus on when we meet? - closing calls",
		"moved in":                  "  1. friendly\n  2. more time\n  3. closing calls",
		"a list":                    "- friendly\n- more time\n- closing calls",
		"a list with blank lines":   "- friendly\n\n- more time\n\n- closing calls\n",
		"a list with stars":         "* friendly\n* more time\n* closing calls",
		"a list with dots":          "• friendly\n• more time\n• closing calls",
		"a list with long dashes":   "– friendly\n– more time\n– closing calls",
		"above the message":         "1 friendly\n2 more time\n3 closing calls\n\n" + quote(three),
		"a list above the message":  "- friendly\n- more time\n- closing calls\n\n" + quote(three),
		"titles":                    "What feels good: friendly\nSupport needed: more time\nFocus: closing calls",
		"between the quoted lines":  under(quote(three), map[string]string{"at the moment?": "friendly", "anybody else?": "more time", "when we meet?": "closing calls"}),
		"between, at another time":  under(strings.ReplaceAll(quote(three), "10:00", "9:30"), map[string]string{"at the moment?": "friendly", "anybody else?": "more time", "when we meet?": "closing calls"}),
		"between, below the titles": under(quote(three), map[string]string{"feels good\n": "", "1. What": "friendly", "2. Support": "more time", "3. Focus": "closing calls"}),
	} {
		if got := written(NewMessage(three, logparse.Headings{}).Read(text)); got != all {
			t.Errorf("%s:\n%s\nis read as\n%s", name, text, got)
		}
	}
	for _, test := range []struct{ name, text, want string }{
		{"two of three", "1. friendly\n3. closing calls", "[what-feels-good]\nfriendly\n[focus]\nclosing calls\n"},
		{"one", "2) more time", "[support-needed]\nmore time\n"},
		{"a greeting and a list", "Hi Josh,\n\n- friendly\n  and calm\n- more time\n  - also on Fridays\n- closing calls\n\nSee you!",
			"[what-feels-good]\nfriendly\n  and calm\n[support-needed]\nmore time\n  - also on Fridays\n[focus]\nclosing calls\n[notes]\nHi Josh,\n\nSee you!\n"},
		{"a list of two", "- friendly\n- calm", "[notes]\n- friendly\n- calm\n"},
		{"a list of four", "- a\n- b\n- c\n- d", "[notes]\n- a\n- b\n- c\n- d\n"},
		{"numbers that go down", "3 calls went well\n1 did not", "[notes]\n3 calls went well\n1 did not\n"},
		{"one number alone", "2 calls a day are hard.", "[notes]\n2 calls a day are hard.\n"},
		{"times, figures and dates", "9:30 is too early\n10:15 is fine\n1-on-1 please\n2.5 hours", "[notes]\n9:30 is too early\n10:15 is fine\n1-on-1 please\n2.5 hours\n"},
		{"an answer that starts with a number", "1. 3 callers thanked me\n2. 20 minutes more", "[what-feels-good]\n3 callers thanked me\n[support-needed]\n20 minutes more\n"},
		{"numbers beyond the questions", "1. a\n2. b\n3. c\n4. d", "[what-feels-good]\na\n[support-needed]\nb\n[focus]\nc\n4. d\n"},
		{"a number below what is confidential", "1. a\n\nConfidential: x\n2. b\n3. c", "[what-feels-good]\na\n[confidential]\nx\n2. b\n3. c\n"},
		{"an item below what is confidential", "- a\n- b\n\n## Confidential\n- c", "[what-feels-good]\na\n[support-needed]\nb\n[confidential]\n- c\n"},
	} {
		if got := written(NewMessage(three, logparse.Headings{}).Read(test.text)); got != test.want {
			t.Errorf("%s: got\n%s, want\n%s", test.name, got, test.want)
		}
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
		if number, rest := cut(text, markedNumbers); number > 0 && rest == "" {
			return true
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
		for _, line := range strings.Split(plainLines(text), "\n") {
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

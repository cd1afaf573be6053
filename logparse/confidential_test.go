package logparse

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// nearlyConfidential are lines that read like the heading and are none, and
// headings that something has swallowed. %s is where the text in confidence stands.
var nearlyConfidential = []string{
	"##Confidential\n\n%s", "######Confidential\n%s", "####### Confidential\n\n%s", "##\u00a0Confidential\n\n%s", "##\u200bConfidential\n\n%s", "\\## Confidential\n\n%s", "＃＃ Confidential\n\n%s",
	"**Confidential**\n\n%s", "**Confidential:**\n%s", "**Confidential**:\n%s", "__Confidential__\n%s", "_Confidential_\n\n%s", "***CONFIDENTIAL***\n\n%s",
	"Confidential:\n\n%s", "confidential\n\n%s", "CONFIDENTIAL!!!\n\n%s", "Confidential: %s", "Confidential: she said\n%s", "- Confidential: %s", "**Confidential:** %s", "Confidential：\n%s",
	"- ## Confidential\n\n%s", "- Confidential\n  %s", "* **Confidential**\n  %s", "1. ## Confidential\n   %s", "- calm\n\n  ## Confidential\n\n  %s", "- [ ] Confidential\n  %s",
	"> ## Confidential\n>\n> %s", "> **Confidential**\n> %s", "> [!warning] Confidential\n> %s", "> [!note]- Confidential\n> %s",
	"<h2>Confidential</h2>\n\n%s", "<b>Confidential</b>\n%s", "<details><summary>Confidential</summary>\n\n%s", "<div>\n## Confidential\n\n%s", "| Confidential |\n|---|\n%s",
	"## Confidential (HR)\n\n%s", "#### Confidential (HR)\n\n%s", "## Confidential notes\n\n%s", "## Confidential - HR only\n\n%s", "## Confidential {#c}\n\n%s",
	"## [Confidential](#c)\n\n%s", "## Confidential&nbsp;\n\n%s", "## Strictly confidential\n\n%s", "### For HR: confidential matters\n\n%s", "## Confidental\n\n%s",
	"## Confidentail\n\n%s", "## Сonfidential\n\n%s", "## Confi\u00addential\n\n%s", "## Confi-dential\n\n%s", "## C o n f i d e n t i a l\n\n%s", "== Confidential ==\n\n%s", "~~Confidential~~\n\n%s", "`Confidential`\n\n%s",
	"- **Confidential** - %s", "**Confidential** – %s", "- (confidential) %s", "[confidential] %s", "- CONFIDENTIAL %s", "Confidential — %s", "> [!confidential]\n> %s", "> [!private] HR\n> %s",
	"## Confidential 🔒 do not share outside of us two please\n\n%s", "<!-- Confidential: %s", "<!-- Confidential:\n%s", "<!-- **Confidential** -\n\n%s", "1. **Confidential** %s",
	"#### (Confidential)\n\n%s", "**(Confidential)**\n%s", "(Confidential)\n\n%s", "## Notes (confidential)\n\n%s", "#### Confidential – only the coach and HR\n\n%s", "## Strictly confidential a b c d e\n\n%s",
	"\u200b## Confidential\n\n%s", "#### Ｃonfidential\n\n%s", "**Confidential** %s", "Confidential - %s", "Strictly confidential: %s", "(confidential: %s)", "- [x] Confidential\n  %s", "- [ ] Confidential ^a\n  %s",
	"#### Private ^p\n\n%s", "<!-- a\n--> ## Confidential\n\n%s", "|Topic|Confidential|\n|---|---|\n|a|%s|", "From here on: confidential\n\n%s", "Everything below is confidential\n\n%s", "h2. Confidential\n\n%s",
	"She spoke of it\nConfidential\n\n%s", "She spoke of it\n«Confidential»\n%s", "> ```\nconfidential\n%s", "Term\n: Confidential: %s", "''Confidential''\n%s", ":lock: Confidential\n%s",
	"## Ｃｏｎｆｉｄｅｎｔｉａｌ\n\n%s", "＃＃\u3000Ｃｏｎｆｉｄｅｎｔｉａｌ\n\n%s", "## 𝐂𝐨𝐧𝐟𝐢𝐝𝐞𝐧𝐭𝐢𝐚𝐥\n\n%s", "## Соnfidеntiаl\n\n%s", "## C\u200bo\u200bn\u200bf\u200bi\u200bd\u200be\u200bn\u200bt\u200bi\u200ba\u200bl\n\n%s",
	"## Strictly\u00a0confidential\u00a0notes\n\n%s", "## Confi&shy;dential\n\n%s", "## Confi<wbr>dential\n\n%s", "## &#67;onfidential\n\n%s", "## Streng vertraulich\n\n%s", "## Vertrauliche Notizen\n\n%s",
	"<!-- Confidential -->\n\n%s", "%%%%Confidential%%%%\n\n%s", "<div class=\"confidential\">\n%s", "{Confidential}\n%s", "[START CONFIDENTIAL]\n%s", "\\section{Confidential}\n%s", "- Notes (confidential)\n  %s", "- Her health (confidential)\n  %s", "- Private:\n\n%s",
	"## HR only\n\n%s", "**HR-only:**\n%s", "- Off the record\n  %s", "## DO NOT SHARE\n%s", "Confidential. Not for sharing.\n%s", "This section is confidential.\n\n%s", "Confidential from here on\n%s",
	"%%%% note\n\n## Confidential\n%s\n\ntext %%%%note%%%%\n\n%s", "a\f## Confidential\n%s", "a\u2028## Confidential\u2028%s", "a\u0085Confidential\u0085%s", "Confidential\u2029%s",
	"#### Private\n\n%s", "## Private notes\n\n%s", "**Private**\n%s", "Private:\n%s", "## Vertraulich\n\n%s", "### Privé\n\n%s",
	"Notes\nConfidential\n---\n\n%s", "Notes\nConfidential\n===\n\n%s", "    ## Confidential\n\n%s", "\t## Confidential\n\n%s",
	"```\nsome code\n\n## Confidential\n\n%s", "~~~ log\n## Confidential\n%s\n\n- [ ] %s", "```\nx\n\n## Confidential\n\n```\n%s\n```\n%s", "- a\n  ```\n  ## Confidential\n  %s",
	"<!-- a note\n\n## Confidential\n\n%s", "<!-- a note\n\n## Confidential\n\n%s\n<!-- another -->\n%s", "<!--\nConfidential:\n%s", "<?php\n## Confidential\n%s", "<script>\n\n## Confidential\n%s", "<![CDATA[\n## Confidential\n%s",
}

// TestNearlyConfidential holds that what follows such a line is in nothing that
// is read, shown or said, and that the line is reported; what is under the
// next heading that is certain is read, unless everything was swallowed.
func TestNearlyConfidential(t *testing.T) {
	const secret = "SECRETX about HR"
	for _, form := range nearlyConfidential {
		args := make([]any, strings.Count(strings.ReplaceAll(form, "%%", ""), "%s"))
		for i := range args {
			args[i] = "- [ ] " + secret + " ^secretx @nobody due:never"
		}
		near := fmt.Sprintf(form, args...)
		for _, ends := range []string{"\n", "\r\n"} {
			text := "---\nstatus: held\n---\n\n## Feedback\n\n### Going well\n\n- calm\n\n" + near + "\n\n" + secret + " in prose <!-- coachlog: ignore SECRETX: " + secret + " -->\n\n## Long-term goals\n\n- A degree\n"
			d := parseForSecrets(t, near, strings.ReplaceAll(text, "\n", ends))
			reported := false
			for _, found := range d.Diagnostics {
				reported = reported || found.Code == "confidential-unclear"
			}
			if !reported {
				t.Errorf("%q isn't reported", near)
			}
			if well := d.Session.Section(GoingWell); well == nil || len(well.Items) == 0 || !strings.HasPrefix(well.Items[0].Text, "calm") {
				t.Errorf("%q: what stands above it is gone", near)
			}
		}
	}
}

// TestBareLookIsShown: a line that says nothing else is shown with its finding, so
// that people see what is meant.
func TestBareLookIsShown(t *testing.T) {
	for _, end := range []string{"\n", "\r\n"} {
		d := Parse("people/ana/2026-07-06.md", []byte(strings.ReplaceAll("---\nstatus: held\n---\n\n**Confidential**\n- SECRETX\n", "\n", end)), Headings{})
		if text, ok := d.Line(5); !ok || text != "**Confidential**" {
			t.Errorf("line 5 is %q, %v", text, ok)
		}
		if _, ok := d.Line(6); ok {
			t.Error("line 6 is shown")
		}
		if _, ok := Parse("people/ana/2026-07-06.md", []byte("---\nstatus: held\n---\n\n**Confidential** 5000\n"), Headings{}).Line(5); ok {
			t.Error("a figure behind it is shown")
		}
	}
}

// TestConfidential holds the same of a section whose heading is right, whatever
// stands in it.
func TestConfidential(t *testing.T) {
	for _, body := range []string{
		"SECRETX said\n---\n\nSECRETX more\n\n- [ ] SECRETX call",
		"- SECRETX\n---\nSECRETX",
		"She said <!-- coachlog: ignore SECRETX: SECRETX --> y",
		"### SECRETX\n\n- [ ] SECRETX ^secretx due:SECRETX",
		"### Short-term goals\n\n- [ ] SECRETX",
		"SECRETX a\nSECRETX b\n-------\nSECRETX",
		"x\n\n%%\n## Short-term goals\n%%\n\n- [ ] SECRETX c",
		"SECRETX told me about her divorce\n=====\n\n- [ ] SECRETX call HR",
		"```\nSECRETX\n## Short-term goals\n\n- SECRETX",
		"<!-- SECRETX\n\n## Short-term goals\n\n- SECRETX",
		"## Confidential\n\nSECRETX",
		"**Confidential**\n\nSECRETX",
		"<<<<<<< ours\nSECRETX\n=======\nSECRETX\n>>>>>>> theirs",
		"SECRETX\n<<<<<<< SECRETX\n",
		"%%\nSECRETX\n%%\nSECRETX",
	} {
		for _, heading := range []string{"## Confidential\n\n", "## **CONFIDENTIAL:**\n", "Confidential\n---\n", "Confidential\n====\n\n", "## 🔒 7. Confidential ##\n", "   ## Confidential\n"} {
			parseForSecrets(t, heading+body, "---\nstatus: held\n---\n\n## Notes\n\n- calm\n\n"+heading+body+"\n")
		}
	}
}

// TestConfidentialInTheFrontMatter: a front matter that ends too late, or never,
// swallows the heading.
func TestConfidentialInTheFrontMatter(t *testing.T) {
	for _, text := range []string{
		"---\nstatus: held\n\n# Confidential\n\nSECRETX told: me\n- SECRETX\n\n---\nSECRETX",
		"---\nstatus: held\n\n## Confidential\n\nSECRETX: told me\n\n---\nSECRETX",
		"---\nstatus: held\n## Confidential\nSECRETX\n",
		"---\nstatus: held\n\nConfidential:\n\nSECRETX told: me\n- SECRETX\n---\nSECRETX",
		"---\nstatus: held\n\nConfidential:\n\nSECRETX\n",
		"---\nstatus: held\n**Confidential**\nSECRETX: x\n...\nSECRETX",
	} {
		d := parseForSecrets(t, text, text)
		if d.Session.Status.V != Held {
			t.Errorf("%q: the status above it isn't read", text)
		}
	}
	d := Parse("people/ana/2026-07-06.md", []byte("---\nstatus: held\nConfidential: true\ntags:\n  - private\n---\n\n## Notes\n\n- calm\n"), Headings{})
	if len(d.Diagnostics) > 0 || len(d.Session.Section(Notes).Items) != 1 {
		t.Errorf("a key or value of somebody else's hides the log: %v", d.Diagnostics)
	}
}

// TestOwnConfidentialHeading: a logbook's own word for it has look-alikes too.
func TestOwnConfidentialHeading(t *testing.T) {
	var headings Headings
	headings.Add(Confidential, "Nur für uns")
	for _, line := range []string{"## Nur für uns", "##Nur für uns", "**Nur fuer uns**", "Nur für uns:", "- ## NUR FÜR UNS", "## Nur für uns (HR)", "## Nur für uns beide", "## Confidential",
		"## 7. Nur für uns", "<h2>Nur für uns</h2>", "> [!note] Nur für uns", "## Nur f\u200bür uns", "## *Nur* f**ü**r uns", "## Nur fu\u0308r uns ##", "Notizen (nur für uns)", "- Nur für uns: SECRETX and so on, and so on, and so on", "| nur für uns |"} {
		text := "---\nstatus: held\n---\n\n## Notes\n\n- calm\n\n" + line + "\n\n- SECRETX\n"
		d := Parse("people/ana/2026-07-06.md", []byte(text), headings)
		if secrets(d) != "" {
			t.Errorf("%q: %s", line, secrets(d))
		}
		if d.Session.Section(Notes).Items[0].Text != "calm" {
			t.Errorf("%q: what stands above it is gone", line)
		}
	}
}

// TestNotConfidential has lines that say the word and hide nothing.
func TestNotConfidential(t *testing.T) {
	for _, line := range []string{
		"- [ ] Keep caller data confidential ^data", "- [ ] Shred the confidential papers", "- We spoke about confidential calls", "This stays confidential, she said.", "- She took a private call at work",
		"- [ ] Keep what the customer tells about their card strictly\n  confidential\n- [ ] Send the summary", "She asked that it stays\nprivate.", "- **Keep it confidential**", "Customer details are confidential:", "- Confidentiality",
		"**Confidentiality**: what we talk about stays between us.", "- Confidentiality: agreed", "### Confidentiality", "**What is confidential**", "- Confidential: no", "- Confidential data was handled well",
		"## Work and private life", "## Confidence", "### More confidence: how?", "- Confident on the phone", "- Private and business calls mixed up again", "<!-- Confidential notes go to the end. -->",
		"<!--\nConfidential:\n-->", "A confidential matter came up: the caller wept", "## Providential", "- [ ] Read the chapter on confidential data by Friday",
		"### Growing in confidence", "She told me in confidence\nand I keep it.", "- Send it to HR only", "- [ ] Keep this confidential", "<!-- coachlog: ignore confidential-unclear: it is a quote -->", "- On the record",
	} {
		text := "---\nstatus: held\n---\n\n## Notes\n\n- calm\n\n" + line + "\n\n## Short-term goals\n\n- [ ] AFTER\n\n## Notes\n\n- AFTER\n"
		d := Parse("people/ana/2026-07-06.md", []byte(text), Headings{})
		for _, found := range d.Diagnostics {
			if found.Code == "confidential-unclear" {
				t.Errorf("%q is taken for a heading", line)
			}
		}
		if len(d.Session.ShortTerm) != 1 {
			t.Errorf("%q hides what stands below", line)
		}
	}
}

// parseForSecrets parses a log in which SECRETX is told in confidence.
func parseForSecrets(t *testing.T, what, text string) *Document {
	t.Helper()
	d := Parse("people/ana/2026-07-06.md", []byte(text), Headings{})
	if found := secrets(d); found != "" {
		t.Errorf("%q: %s", what, found)
	}
	if !bytes.Equal(d.Text, []byte(text)) {
		t.Errorf("%q: the file's own text has changed", what)
	}
	return d
}

// secrets is where SECRETX can be seen.
func secrets(d *Document) string {
	has := func(text string) bool { return strings.Contains(strings.ToUpper(text), "SECRETX") }
	for _, found := range d.Diagnostics {
		if found.Code == InternalError {
			return found.Message
		}
		if has(found.Message) || has(found.Remedy) {
			return "the message " + found.Message
		}
	}
	for line := range d.LineCount() {
		if text, ok := d.Line(line + 1); ok && has(text) {
			return fmt.Sprintf("line %d is shown", line+1)
		}
	}
	if d.Session != nil && has(string(d.plain)) {
		return "the text that is read"
	}
	for field := range d.Front.Fields() {
		if has(field.Key) || has(field.Text) || has(strings.Join(field.Values, " ")) {
			return "the key " + field.Key
		}
	}
	for _, section := range d.sections {
		for it := range AllItems(section.Items) {
			if has(it.Text) || has(d.Copy(it, "", func(*Item) (State, bool) { return Open, true })) {
				return "an item of " + section.Title
			}
		}
		if has(section.Title) || has(strings.Join(d.SectionLines(section), " ")) {
			return "the section " + section.Title
		}
	}
	for _, ignore := range d.Ignores {
		if has(strings.Join(ignore.Rules, " ") + ignore.Reason) {
			return "an ignore comment"
		}
	}
	return ""
}

// TestObsidianComments: what is in them isn't read, and is carried along.
func TestObsidianComments(t *testing.T) {
	for _, test := range []struct{ body, want string }{
		{"- calm %%SECRETX%%", "calm"},
		{"- calm %%SECRETX%% and %%SECRETX%% clear", "calm and clear"},
		{"- calm %%SECRETX\n  SECRETX%% clear", "calm clear"},
		{"- calm\n%%\nSECRETX\n\n- SECRETX\n%%\n- clear", "calm|clear"},
		{"%%SECRETX%%\n- calm", "calm"},
		{"%%SECRETX%% calm\n\n- clear", "clear"},
		{"%% SECRETX\n\n## Notes\n\n- SECRETX\nSECRETX %%\n\n- calm", "calm"},
		{"- 100%% calm", "100%% calm"},
		{"- 50%% calm\n\n- 60%% clear", "50%% calm|60%% clear"},
		{"```mermaid\n%% not a comment\n```\n\n- calm", "calm"},
		{"- calm\n\n%%", "calm"},
		{"- %%SECRETX%%\n- calm\n  - %%SECRETX%%", "calm"},
		{"- calm %%SECRETX\n  SECRETX\n  SECRETX%% clear %%a%%", "calm clear"},
		{"%%SECRETX\n\n<!-- SECRETX -->\nSECRETX%%\n\n- calm", "calm"},
	} {
		text := "---\nstatus: held\n---\n\n## Notes\n\n" + test.body + "\n\n## Long-term goals\n\n- A degree\n"
		for _, text := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
			d := Parse("people/ana/2026-07-06.md", []byte(text), Headings{})
			var got []string
			for _, it := range d.Session.Section(Notes).Items {
				if it.Text != "" {
					got = append(got, it.Text)
				}
			}
			if strings.Join(got, "|") != test.want || len(d.Session.LongTerm) != 1 || strings.Contains(string(d.plain), "SECRETX") {
				t.Errorf("%q: got %q, want %q", test.body, strings.Join(got, "|"), test.want)
			}
		}
	}
	d := Parse("people/ana/2026-07-06.md", []byte("---\nstatus: held\n---\n\n## Short-term goals\n\n- [ ] Calls %%why%% ^c\n  - [ ] Greet %%mine%% ^g\n"), Headings{})
	if got := d.Copy(d.Session.ShortTerm[0].Item, "", func(it *Item) (State, bool) { return it.State, true }); got != "- [ ] Calls %%why%% ^c\n  - [ ] Greet %%mine%% ^g" {
		t.Errorf("the copy is %q", got)
	}
}

// FuzzConfidential puts a confidential section behind and before any text: what
// it holds is in nothing that is read, shown or said.
func FuzzConfidential(f *testing.F) {
	for _, form := range nearlyConfidential {
		f.Add(strings.ReplaceAll(form, "%s", "x"), "## Confidential", "- [ ] and more")
	}
	f.Add("%%\n", "Confidential\n---", "%%\n- x")
	f.Add("<!--", "**Confidential**", "-->\n\n- x")
	f.Fuzz(func(t *testing.T, before, heading, after string) {
		if !strings.Contains(heading, "Confidential") || len(findLooks(newSource("x.md", []byte(heading)), Headings{})) != 1 || strings.ContainsAny(heading, "\r") {
			return
		}
		if strings.Contains(strings.ToUpper(before+heading+after), "SECRETX") {
			return
		}
		secrecy := "\n\nSECRETX said\n\n- [ ] SECRETX ^SECRETX\n  - SECRETX\n"
		text := "---\nstatus: held\n---\n" + before + "\n\n" + heading + secrecy + after + "\n"
		if found := secrets(Parse(sessionPath, []byte(text), Headings{})); found != "" {
			t.Fatalf("%s\n%q", found, text)
		}
	})
}

// TestPrivateItem: a private word at the start of a list item keeps that item back,
// with what is nested in it, and not the items behind it.
func TestPrivateItem(t *testing.T) {
	d := parseForSecrets(t, "private item", "---\nstatus: held\n---\n\n## Short-term goals\n\n- Private: SECRETX\n  - SECRETX\n- [ ] Calls ^calls\n  - [ ] Greet\n    - Private: SECRETX\n  - [ ] Sum up\n")
	if len(d.Session.ShortTerm) != 1 || len(d.Session.ShortTerm[0].Actions) != 2 {
		t.Errorf("there are %d goals", len(d.Session.ShortTerm))
	}
}

// FuzzMayBePrivate: a line that the first look passes over has no private word.
func FuzzMayBePrivate(f *testing.F) {
	for _, form := range nearlyConfidential {
		for line := range strings.Lines(form) {
			f.Add([]byte(line))
		}
	}
	for word := range privateWords {
		f.Add([]byte("## " + strings.ToUpper(word)))
	}
	for phrase := range privatePhrases {
		f.Add([]byte("- " + strings.ReplaceAll(phrase, " ", "-")))
	}
	f.Add([]byte("c-o-n-f-i x-e-n t-i x l"))
	f.Add([]byte("xxidentxxx"))
	f.Fuzz(func(t *testing.T, text []byte) {
		for line := range bytes.Lines(text) {
			if mayBePrivate(line) {
				continue
			}
			if !isPlain(line) {
				t.Errorf("%q may show as other letters", line)
			}
			if hasPrivateWord(bytes.TrimRight(line, "\n")) {
				t.Errorf("%q has a private word", line)
			}
		}
	})
}

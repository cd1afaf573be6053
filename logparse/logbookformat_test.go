package logparse_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/templates"
)

func TestLogbookFormat(t *testing.T) {
	for text, want := range map[string]int{
		"": 1, "# Nothing set.\n": 1, "name: Desk\n": 1, "format:\nname: x\n": 1, "format: ~\n": 1, "\xef\xbb\xbfname: Desk\r\n": 1,
		"format: 1\n": 1, "format: 2\n": 2, "name: x\nformat: \"2\"\n": 2, "'format': 02 # of July\n": 2, "{name: x, format: 2}\n": 2, "  name: x\n  format: 2\n": 2,
		"format: 3\n": 3, "format: 12 # new\n": 12,
		"format: two\n": logparse.UnclearFormat, "format: 2.0\n": logparse.UnclearFormat, "format: -2\n": logparse.UnclearFormat, "format: 0\n": logparse.UnclearFormat, "format: [2]\n": logparse.UnclearFormat,
		"- a\n": 0, "name: [\n": 0, "name: [\nformat: 2\n": 0, "\xff\n": 0,
		"<<<<<<< ours\nname: x\n=======\nname: y\n>>>>>>> theirs\nformat: 2\n": 2,
		"name: [\nformat: 3\n": 0, "format: 99999999999999999999999\n": logparse.UnclearFormat, "metrics:\n  a: {format: 3}\n": 1, "name: \"a\n  format: 3\"\n": 1,
	} {
		settings, _ := logparse.ParseSettings("coachlog.yaml", []byte(text))
		if got := settings.WholeFormat(); got != want {
			t.Errorf("%q is of format %d, want %d", text, got, want)
		}
	}
}

func TestMigrateSettings(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "format: 2\n",
		"# Nothing set.\n":                "# Nothing set.\nformat: 2\n",
		"# Nothing set.":                  "# Nothing set.\nformat: 2\n",
		"name: Desk":                      "name: Desk\nformat: 2\n",
		"# Ours.\n\n# Who.\nname: Desk\n": "# Ours.\n\n# Who.\nname: Desk\nformat: 2\n",
		"\xef\xbb\xbfname: Desk\r\n":      "\xef\xbb\xbfname: Desk\r\nformat: 2\r\n",
		"---\nname: Desk\n":               "---\nname: Desk\nformat: 2\n",
		"name: Desk\nformat: 1 # once\n":  "name: Desk\nformat: 2 # once\n",
		"format: '1'\n":                   "format: 2\n",
		"format:   # to fill in\n":        "format: 2 # to fill in\n",
		"format: ~ # none\nname: Desk\n":  "format: 2 # none\nname: Desk\n",
		"name: Desk\nformat: null\n":      "name: Desk\nformat: 2\n",
		"people:\n  a: {name: A}\n":       "people:\n  a: {name: A}\nformat: 2\n",
		"format: 2\nname: Desk\n":         "format: 2\nname: Desk\n",
		"format: 3\n":                     "format: 3\n",
		"format: two\n":                   "format: two\n",
		"{name: Desk, minutes: 30}\n":     "{name: Desk, minutes: 30}\n",
		"  name: Desk\n":                  "  name: Desk\n",
		"name: Desk\n...\n":               "name: Desk\n...\n",
		"name: [\n":                       "name: [\n",
	} {
		_, doc := logparse.ParseSettings("coachlog.yaml", []byte(text))
		if got := string(doc.Migrated()); got != want {
			t.Errorf("%q became\n%q, want\n%q", text, got, want)
		}
	}
}

const oldLog = `---
coachee: rep1
status: held
---
A [ ] in words.

## Agenda
- [ ] Ours
## Follow-through

<!-- - [ ] a hint -->
- [ ] Calmer calls ^calm due:2026-07-31
  - [x] Greet ^a
  - [ ] Use the checklist ^b
    - the [ ] was open
    - [ ] Print it
  - [/] Note names
  - [-] Sum up
  - [>] Call back
  - [ ]
- [ ] Fewer transfers
  * [	] Ask first
  + [` + "\u00a0" + `] Ask twice
- [ ]
%% - [ ] never read %%
## Short-term goals
- [ ] Calmer calls ^calm
  - [ ] Use the checklist ^b
## Confidential
- [ ] Nobody's business
`

func TestMigrateLog(t *testing.T) {
	done := strings.NewReplacer("- [ ] Calmer calls ^calm due", "- [n] Calmer calls ^calm due", "- [ ] Use the checklist ^b\n    -", "- [n] Use the checklist ^b\n    -",
		"- [ ] Print", "- [n] Print", "- [ ] Fewer", "- [n] Fewer", "[	] Ask", "[n] Ask", "[\u00a0] Ask", "[n] Ask").Replace(oldLog)
	const name = "people/rep1/2026-07-13.md"
	other := func(old, now string) string { return strings.Replace(oldLog, old, now, 1) }
	crlf := strings.NewReplacer("\n", "\r\n")
	for what, c := range map[string]struct{ name, text, want string }{
		"held":                    {name, oldLog, done},
		"again":                   {name, done, done},
		"other line ends":         {name, crlf.Replace(oldLog), crlf.Replace(done)},
		"a byte-order mark":       {name, "\xef\xbb\xbf" + oldLog, "\xef\xbb\xbf" + done},
		"any name":                {"people/rep1/first.md", other("coachee", "type: session\ndate: 2026-07-13\ncoachee"), strings.Replace(done, "coachee", "type: session\ndate: 2026-07-13\ncoachee", 1)},
		"planned":                 {name, other("held", "planned"), ""},
		"missed":                  {name, other("held", "missed"), ""},
		"cancelled":               {name, other("held", "cancelled"), ""},
		"no status":               {name, other("status: held\n", ""), ""},
		"adopted":                 {name, other("status: held", "status: held\nadopted: 2026-09-01"), ""},
		"a conflict":              {name, oldLog + "<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n", ""},
		"front matter in pieces":  {name, other("coachee: rep1", "coachee: [rep1"), ""},
		"a copy":                  {"people/rep1/2026-07-13 (1).md", oldLog, ""},
		"not text":                {name, oldLog + "\x00", ""},
		"a part that is unclear":  {name, other("## Confidential", "## Confidental"), ""},
		"no follow-through":       {name, other("## Follow-through", "## Notes"), ""},
		"not a log":               {"people/rep1/plan.md", other("coachee", "type: plan\nperson"), ""},
		"notes of no known kind":  {"people/rep1/notes.md", strings.SplitN(oldLog, "---\n", 3)[2], ""},
		"a heading of the own":    {name, other("## Follow-through", "## Rückblick"), strings.Replace(done, "## Follow-through", "## Rückblick", 1)},
		"a copied blank template": {"templates/session.md", strings.Replace(oldLog, "held", "planned", 1), ""},
	} {
		t.Run(what, func(t *testing.T) {
			if c.want == "" {
				c.want = c.text
			}
			var headings logparse.Headings
			headings.Add(logparse.FollowUp, "Rückblick")
			doc := logparse.Parse(c.name, []byte(c.text), headings)
			if got := doc.Migrated(); string(got) != c.want {
				t.Errorf("got\n%s", got)
			}
		})
	}
}

// TestMigrateTemplates: every template of the first edition with a line of marks gets the
// new one, and nothing else changes.
func TestMigrateTemplates(t *testing.T) {
	const legend = "<!-- What became of each action? [x] done, [/] partly, [ ] not done, [-] dropped\n     by agreement. As in\n     - [ ] Greet -->"
	const text = "---\ntype: session\nstatus: planned\n---\n## Follow-through\n\n" + legend + "\n\n- [ ]\n\n## Short-term goals\n\n" + legend + "\n"
	want := strings.Replace(text, "[ ] not done", "[n] not done", 1)
	for range 2 {
		doc := logparse.Parse("templates/review.md", []byte(text), logparse.Headings{})
		if got := doc.Migrated(); string(got) != want {
			t.Errorf("got\n%s", got)
		}
	}
	for _, name := range templates.Names() {
		text, err := templates.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		doc := logparse.Parse("templates/"+name, text, logparse.Headings{})
		once := doc.Migrated()
		if twice := logparse.Parse("templates/"+name, once, logparse.Headings{}).Migrated(); !bytes.Equal(once, twice) {
			t.Errorf("%s changes twice", name)
		}
	}
}

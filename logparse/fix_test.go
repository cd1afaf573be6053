package logparse_test

import (
	"testing"

	"github.com/coachlog/coachlog/logparse"
)

// TestNoFix: what a person could have meant in another way, or has to say themselves, has no fix.
func TestNoFix(t *testing.T) {
	log := func(front, body string) string {
		return "---\nstatus: held\n" + front + "---\n## Short-term goals\n" + body
	}
	for _, test := range []struct{ name, path, text string }{
		{"an approval", "people/rep1/plan.md", "---\ntype: plan\nshared: {team: {since: 2026-07-06, parts: [all]}}\n---\n"},
		{"a sign-off", "people/rep1/2026-07-06.md", log("agred: {rep1: 2026-07-06}\n", "")},
		{"somebody's own key", "people/rep1/2026-07-06.md", log("text: about the summer\n", "")},
		{"two keys as near", "people/rep1/2026-07-06.md", log("coache: ana\n", "")},
		{"a value that can be two", "people/rep1/2026-07-06.md", "---\nstatus: hold\n---\n"},
		{"biweekly", "people/rep1/plan.md", "---\ntype: plan\ncadence: biweekly\n---\n"},
		{"a day that can be two", "people/rep1/2026-07-06.md", log("next: 6/7/2026\n", "")},
		{"prose about a day", "people/rep1/2026-07-06.md", log("", "- [ ] Pay what is due 2026-07-31\n")},
		{"a token in a sentence", "people/rep1/2026-07-06.md", log("", "- [ ] Do it due:2026-07-10 or never\n")},
		{"a box in a quote", "people/rep1/2026-07-06.md", log("", "> - [ ] Call Tom\n")},
		{"half a box", "people/rep1/2026-07-06.md", log("", "- [50%] Call Tom\n")},
		{"an indent", "people/rep1/2026-07-06.md", log("", "- [ ] Call Tom\n - [ ] Call Ana\n")},
		{"thousands", "people/rep1/2026-07-06.md", log("metrics:\n  aht: 1,398\n", "")},
		{"front matter that goes on", "people/rep1/2026-07-06.md", "---\ndate: 2026-07-06\n\nstatus: held\n\n# A log\n"},
		{"nearly confidential", "people/rep1/2026-07-06.md", log("", "-[ ] Call Tom\n\n##Confidential\n\n-[ ] Mine\n")},
		{"in confidence", "people/rep1/2026-07-06.md", log("", "\n## Confidential\n\n### Short-term goals\n\n-[ ] Mine\n")},
		{"a conflict", "people/rep1/2026-07-06.md", log("", "<<<<<<< a\n-[ ] Call Tom\n=======\n-[ ] Call Ana\n>>>>>>> b\n")},
	} {
		doc := logparse.Parse(test.path, []byte(test.text), logparse.Headings{})
		if len(doc.Diagnostics) == 0 && test.name != "in confidence" {
			t.Errorf("%s: nothing is said of it", test.name)
		}
		for _, d := range doc.Diagnostics {
			if len(d.Fix) > 0 {
				t.Errorf("%s: the fix of %q writes %q", test.name, d.Message, d.Fix[0].Text)
			}
		}
	}
}

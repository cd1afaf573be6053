package rules_test

import (
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
)

// FuzzRules lets every rule look at any log, plan, preparation, pulse and settings, each
// of the text it is given: none of them has a fault, and no finding lies outside its file.
func FuzzRules(f *testing.F) {
	f.Add("---\nstatus: held\n---\n## Short-term goals\n- [ ] Goal ^g due:2026-10-30\n  - [ ] ...\n", "---\ntype: plan\nperson: rep1\n---\n", "rules: {agenda: off}\n")
	f.Add("---\nstatus: held\nroom: \"\u2028\u0085\u2029\"\nminutes: {a: 1}\n---\r\r\n- [x] … @... ^... by:... every:week\n", "---\r---\r", "name: \"\u2028\"\n")
	for _, file := range archives(f, "bad") {
		var log, person, settings string
		for _, file := range read(f, file).Files {
			switch text := string(file.Data); {
			case file.Name == "coachlog.yaml":
				settings = text
			case strings.HasSuffix(file.Name, "plan.md"):
				person = text
			case strings.HasSuffix(file.Name, ".md"):
				log = text
			}
		}
		f.Add(log, person, settings)
	}
	f.Fuzz(func(t *testing.T, log, person, settings string) {
		shared, doc := logparse.ParseSettings("coachlog.yaml", []byte(settings))
		docs := []*logparse.Document{doc}
		for path, text := range map[string]string{
			"people/rep1/2026-07-06.md": log, "people/rep1/2026-07-13.md": log, "people/rep1/plan.md": person, "people/josh/plan.md": person,
			"people/rep1/prep-2026-07-20.md": log, "people/josh/pulse-2026-Q3.md": log,
		} {
			docs = append(docs, logparse.Parse(path, []byte(text), shared.Headings))
		}
		b := plan.New(shared, docs[1:], nil)
		for _, found := range rules.Lint(b, rules.Options{Today: logparse.Date{Year: 2026, Month: 7, Day: 15}, Tier: rules.Strict, Past: func(string, logparse.Date) bool { return true }}, doc) {
			if found.Rule == logparse.InternalError {
				t.Fatalf("%s: %s", found.File, found.Message)
			}
		}
	})
}

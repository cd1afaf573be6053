package docs_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/plan/rules"
	"github.com/coachlog/coachlog/report"
)

// TestRulesPage holds rules.md to the rules. It is generated: go test ./docs -update.
func TestRulesPage(t *testing.T) { generated(t, "rules.md", rulesPage()) }

// generated compares a generated page with the file, or writes it.
func generated(t *testing.T, name, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is not up to date (go test ./docs -update):\n%s", name, diff)
	}
}

func rulesPage() string {
	var out strings.Builder
	out.WriteString(`# The rules of coachlog lint

Generated from the rules themselves; ` + "`coachlog lint --explain RULE`" + ` prints the same. The numbers are
those of [the method](method.md), whose requirements come from published accounts of coaching.

By default a rule of the method looks at what somebody can do something about: each person's last session, their
plan, and what is still open. ` + "`--all`" + `, ` + "`--period`" + ` and the path of a log look at the past, as it was on each log's day. What is
broken is always shown.

A rule is set in coachlog.yaml (` + "`rules: {talk-share: off}`" + `; error, warning, info or off), or silenced on one
line with a reason: ` + "`<!-- coachlog: ignore RULE: REASON -->`" + `, in front matter ` + "`# coachlog: ignore RULE: REASON`" + `.
What the parser finds, and what concerns the whole logbook, can be set and not silenced.

`)
	for _, tier := range rules.Tiers {
		fmt.Fprintf(&out, "- %s\n", report.TierNotes[rules.Tier(tier)])
	}
	out.WriteString("\n| Rule | Tier | Severity | |\n|---|---|---|---|\n")
	infos := report.Rules()
	for _, r := range infos {
		fmt.Fprintf(&out, "| [%s](#%s) | %s | %s | %s |\n", r.ID, r.ID, r.Tier, r.Severity, r.Title)
	}
	for _, r := range infos {
		fmt.Fprintf(&out, "\n## %s\n\n**%s** (%s)\n\n%s\n", r.ID, r.Title, r.Severity, r.Why)
		if r.Judgement {
			fmt.Fprintf(&out, "\nThis rule guesses what is meant, and you may know better. To keep the line as it is: `<!-- coachlog: ignore %s: REASON -->`.\n", r.ID)
		}
		for _, example := range []struct{ title, text string }{{"Instead of", r.Bad}, {"Write", r.Good}} {
			if example.text != "" {
				fmt.Fprintf(&out, "\n%s\n\n    %s\n", example.title, strings.ReplaceAll(example.text, "\n", "\n    "))
			}
		}
		if len(r.Requirements) > 0 {
			out.WriteString("\nFrom the method:\n\n")
		}
		for _, n := range r.Requirements {
			need := rules.Requirements()[n-1]
			fmt.Fprintf(&out, "- [%d](method.md#%d): %s (%s)\n", n, n, need.Text, rules.Sources[need.Source])
		}
	}
	return strings.ReplaceAll(out.String(), "\n    \n", "\n\n")
}

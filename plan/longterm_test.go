package plan_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// TestLongTermGoalsDoNotCompileAsScored: what judges and counts takes goals,
// actions and agreements, and the compiler refuses a long-term goal for any of
// them (method 87).
func TestLongTermGoalsDoNotCompileAsScored(t *testing.T) {
	program := `package main

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

func main() {
	long := &logparse.LongTermGoal{}
	_ = long
	%s
}
`
	file := filepath.Join(t.TempDir(), "main.go")
	compile := func(line string) (string, error) {
		if err := os.WriteFile(file, fmt.Appendf(nil, program, line), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("go", "build", "-o", os.DevNull, file).CombinedOutput()
		return string(out), err
	}
	if out, err := compile(`_ = plan.Statement{Goal: &logparse.Goal{}}`); err != nil {
		t.Fatalf("a short-term goal should compile: %s", out)
	}
	for _, line := range []string{
		`_ = plan.Statement{Goal: long}`,
		`_ = plan.Goal{Stated: []*plan.Statement{{Goal: long}}}`,
		`_ = plan.Agreement{Stated: long}`,
		`_ = plan.Agreement{Goal: long}`,
		`_ = plan.Agreement{Stated: long.Help[0]}`,
		`_ = plan.Verdict{Goal: long}`,
		`(&plan.Commitment{}).Count(long)`,
		`(&plan.Goal{}).Is(long)`,
	} {
		out, err := compile(line)
		if err == nil || !strings.Contains(out, "cannot use long") {
			t.Errorf("%s compiles, or not for this reason:\n%s", line, out)
		}
	}
}

// TestPlainLongTermGoals: a long-term goal is one with a box or without, by its id
// or its text; what is under it agrees nothing, and what moves there is
// followed no longer.
func TestPlainLongTermGoals(t *testing.T) {
	for _, test := range []struct {
		name               string
		logs               []string
		agreements, judged int
	}{
		{"help under a plain goal", []string{
			"## Long-term goals\n- Finish the degree\n  - [ ] Pay the books ^b\n",
			"## Follow-through\n- [ ] Finish the degree\n  - [>] Pay the books ^b\n",
			"## Follow-through\n- [ ] Finish the degree\n  - [x] Pay the books ^b\n",
		}, 0, 0},
		{"known by its id", []string{
			"## Long-term goals\n* Finish the degree ^degree\n",
			"## Follow-through\n- [ ] The degree, at last ^degree\n  - [>] Pay the books ^b\n",
		}, 0, 0},
		{"moved there by its text", []string{
			"## Short-term goals\n- [ ] Calmer calls due:2026-07-20\n  - [ ] Greet ^a\n",
			"## Follow-through\n- [ ] Calmer calls\n  - [x] Greet ^a\n## Long-term goals\n- Calmer calls\n",
			"## Follow-through\n",
		}, 1, 0},
		{"moved there by its id", []string{
			"## Short-term goals\n- [ ] Calmer calls ^calm due:2026-07-20\n  - [ ] Greet ^a\n",
			"## Follow-through\n- [ ] Calmer calls ^calm\n  - [x] Greet ^a\n## Long-term goals\n1. One day ^calm\n",
			"## Follow-through\n",
		}, 1, 0},
		{"not moved", []string{
			"## Short-term goals\n- [ ] Calmer calls ^calm due:2026-07-20\n  - [ ] Greet ^a\n",
			"## Follow-through\n- [ ] Calmer calls ^calm\n  - [x] Greet ^a\n## Long-term goals\n- Calm\n",
			"## Follow-through\n- [n] Calmer calls ^calm\n",
		}, 1, 1},
	} {
		var docs []*logparse.Document
		for i, text := range test.logs {
			path := fmt.Sprintf("people/rep1/2026-07-%02d.md", 6+7*i)
			docs = append(docs, logparse.Parse(path, []byte("---\nstatus: held\ncoach: josh\n---\n"+text), logparse.Headings{}))
		}
		p := plan.New(&logparse.Settings{}, docs, nil).Person("rep1")
		judged := 0
		for _, g := range p.Goals {
			judged += len(g.Verdicts)
		}
		if len(p.Agreements) != test.agreements || judged != test.judged {
			t.Errorf("%s: %d agreements and %d verdicts, want %d and %d", test.name, len(p.Agreements), judged, test.agreements, test.judged)
		}
	}
}

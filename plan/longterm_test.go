package plan_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
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

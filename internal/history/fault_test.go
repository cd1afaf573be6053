package history

import (
	"strings"
	"testing"

	"github.com/coachlog/coachlog/plan"
)

// A bug at one commit is an error that names it.
func TestABugIsNoCrash(t *testing.T) {
	c := &plan.Commit{ID: "1234567890abcdef1234567890abcdef12345678", Files: []plan.FileVersion{{Path: "people/ana/plan.md", After: "1"}}}
	_, bug, err := (&Reader{}).events(c)
	if bug == nil || err != nil || !strings.HasPrefix(bug.Error(), "commit "+plan.Short(c.ID)+": a bug in coachlog") {
		t.Errorf("bug %v, error %v", bug, err)
	}
}

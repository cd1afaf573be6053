package gitrepo

import (
	"strings"
	"testing"
)

// A bug in what runs beside is an error, too.
func TestABugBesideIsAnError(t *testing.T) {
	if err := (&native{}).checkTrees("HEAD"); err == nil || !strings.HasPrefix(err.Error(), "a bug in coachlog") {
		t.Errorf("error %v", err)
	}
}

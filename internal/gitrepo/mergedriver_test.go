package gitrepo

import (
	"errors"
	"strings"
	"testing"
)

func TestMergeDriver(t *testing.T) {
	f := newFixture(t, implementation{})
	r := f.find()
	if command, err := r.MergeDriver("logs"); command != "" || err != nil {
		t.Errorf("%q, %v before it is set", command, err)
	}
	for _, command := range []string{"old %A", "coachlog merge-driver --ours=%X %O %A %B %P"} {
		if err := r.SetMergeDriver("logs", "logs, item by item", command); err != nil {
			t.Fatal(err)
		}
		if got, err := r.MergeDriver("logs"); got != command || err != nil {
			t.Errorf("%q, %v", got, err)
		}
	}
	if got := f.git("config", "--get-all", "merge.logs.driver"); strings.Count(strings.TrimSpace(got), "\n") > 0 {
		t.Errorf("it stands twice: %s", got)
	}
	r.native = nil
	var refusal *Refusal
	if err := r.SetMergeDriver("logs", "logs", "x %A"); !errors.As(err, &refusal) || !strings.Contains(refusal.Remedy, "driver = x %A") {
		t.Errorf("without git: %v", err)
	}
}

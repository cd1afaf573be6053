package plainfile

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// ended is the number of a process that has ended.
func ended(t *testing.T) string {
	c := exec.Command(os.Args[0], "-test.run=^$")
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(c.Process.Pid)
}

func TestRemoveLeftovers(t *testing.T) {
	folder, gone, parent := t.TempDir(), ended(t), strconv.Itoa(os.Getppid())
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	yesterday := time.Now().Add(-25 * time.Hour)
	for name, c := range map[string]struct {
		left bool
		at   time.Time
	}{
		".2026-07-06.md." + gone + "-0.tmp":               {left: true},
		".gitattributes." + gone + "-12.tmp":              {left: true},
		".index." + gone + "-3.tmp.lock":                  {left: true},
		".plan.md." + parent + "-0.tmp":                   {},
		".notes.md." + parent + "-0.tmp":                  {left: true, at: yesterday},
		TemporaryName("plan.md"):                          {},
		".old.md." + strconv.Itoa(os.Getpid()) + "-0.tmp": {left: true, at: time.Now().Add(-time.Hour)},
		"2026-07-06.md." + gone + "-0.tmp":                {at: yesterday},
		".2026-07-06.md.tmp":                              {at: yesterday},
		".2026-07-06.md." + gone + "-0.tmp.md":            {at: yesterday},
		"2026-07-06.md":                                   {at: yesterday},
	} {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if !c.at.IsZero() {
			if err := os.Chtimes(file, c.at, c.at); err != nil {
				t.Fatal(err)
			}
		}
		removed := RemoveLeftovers(root, ".")
		if got := slices.Contains(removed, name); got != c.left {
			t.Errorf("%s: removed %v, want %v", name, got, c.left)
		}
		if _, err := os.Stat(file); (err != nil) != c.left {
			t.Errorf("%s: %v", name, err)
		}
	}
}

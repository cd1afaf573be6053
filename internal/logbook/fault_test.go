package logbook

import (
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/logparse"
)

// A bug while one file is read costs that file, although files are read on all processors.
func TestABugCostsOneFile(t *testing.T) {
	dir := open(t)
	if err := dir.Create("people/ana/plan.md", []byte("---\ntype: plan\nperson: ana\n---\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	folder, err := plainfile.OpenFolder(dir.root, "people/ana")
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	c := &Contents{Settings: &logparse.Settings{}}
	c.readLogs(&Dir{}, []logFile{{nil, "a.md", "people/ana/a.md"}, {folder, "plan.md", "people/ana/plan.md"}})
	if len(c.Docs) != 1 || len(c.Unreadable) != 1 || !strings.HasPrefix(c.Unreadable[0].Error(), "people/ana/a.md: a bug in coachlog") {
		t.Errorf("read %d, not %v", len(c.Docs), c.Unreadable)
	}
}

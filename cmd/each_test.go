package cmd

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/terminal"
)

// A bug while one person is looked at costs that person: the others are there.
func TestABugCostsOnePerson(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"coachlog.yaml": "name: x\n", "people/ana/plan.md": "---\ntype: plan\nperson: ana\n---\n", "people/ben/plan.md": "---\ntype: plan\nperson: ben\n---\n"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	a := &app{Streams: (&terminal.Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard}).Guarded(), dir: dir}
	w, err := a.openRoster()
	if err != nil {
		t.Fatal(err)
	}
	got, bugs := each(a, w.Everybody(), func(id string) string {
		b := w.judge(id)
		if b.Judged()[0].ID == "ana" {
			panic("oops")
		}
		return b.Judged()[0].ID
	})
	if len(got) != 2 || got[0] != "" || got[1] != "ben" {
		t.Errorf("got %q", got)
	}
	if len(bugs) != 1 || bugs[0].Path != "people/ana" || !strings.Contains(bugs[0].Error(), "a bug in coachlog") {
		t.Errorf("bugs %v", bugs)
	}
}

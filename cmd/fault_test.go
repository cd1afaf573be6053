package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

type faulty struct{}

func (faulty) Write([]byte) (int, error) { panic("what Ana said") }
func (faulty) Read([]byte) (int, error)  { panic("what Ana said") }

// A bug in any command is one line, which names what the command was about and quotes
// nothing, and the exit code is 2.
func TestABugIsOneLine(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"coachlog.yaml": "format: 2\nname: x\n", "people/ana/plan.md": "---\ntype: plan\nperson: ana\n---\n", "x.csv": "Agent,Date\nana,2026-07-06\n"} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	csv := filepath.Join(dir, "x.csv")
	for line, names := range map[string]string{
		"version": "coachlog version", "check": "coachlog check", "show ana": "coachlog show ana", "plan show ana": "coachlog plan show ana", "report ana": "coachlog report ana", "list people": "coachlog list people", "lint --list-rules": "coachlog lint",
		"metrics import " + csv: "coachlog metrics import " + csv, "prep ana --from -": "coachlog prep ana -", "agree --from -": "coachlog agree -", "adopt " + csv: "coachlog adopt " + csv, "doctor": "coachlog doctor",
	} {
		var out strings.Builder
		code := Main(append([]string{"-C", dir}, strings.Fields(line)...), &terminal.Streams{In: faulty{}, Out: faulty{}, Err: &out})
		said := names + ": a bug in coachlog, not in your files (panic with a string); please report it, with what coachlog version shows\n"
		if code != exitFailed || !strings.HasSuffix(out.String(), "coachlog: "+said) || strings.Contains(out.String(), "goroutine") || strings.Contains(out.String(), "Ana") {
			t.Errorf("%s: %d: %s", line, code, out.String())
		}
	}
}

// A bug costs migrate and seal the file that they were working with.
func TestABugCostsOneFile(t *testing.T) {
	doc := logparse.Parse("people/ana/2026-07-06.md", []byte("---\nstatus: held\n---\n## Follow-through\n- [ ] Calls\n"), logparse.Headings{})
	doc.Text = nil // where the spans point to nothing
	m := &migration{}
	m.add(doc)
	if len(m.left) != 1 || !strings.HasPrefix(m.left[0], doc.Path+": a bug in coachlog") {
		t.Errorf("migrate: %q", m.left)
	}
	s := &sealer{}
	err := s.each(nil, []string{"a.md", "b.md"}, nil)
	if err == nil || !strings.HasPrefix(err.Error(), "a.md: a bug in coachlog") || !strings.Contains(err.Error(), "\nb.md: a bug in coachlog") {
		t.Errorf("seal: %v", err)
	}
}

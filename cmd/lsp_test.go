package cmd_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// edited is a logbook that editors open.
const edited = `
-- coachlog.yaml --
format: 2
-- people/josh/plan.md --
---
type: plan
person: josh
name: Josh Keller
---
-- people/ana/plan.md --
---
type: plan
person: ana
name: Ana Ruiz
coach: josh
cadence: weekly
---
-- people/ana/2026-07-27.md --
---
type: session
coach: josh
date: 2026-07-27
status: held
next: 2026-08-03
---

# 27 July

## Short-term goals

- [ ] Solve refunds alone ^refunds due:2026-08-24
  - [ ] Walk through the checklist with every refund ^checklist
  - [ ] Sit beside Ana for an hour ^sit @josh
-- people/ana/2026-08-03.md --
---
type: session
coach: josh
date: 2026-08-03
status: held
next: 2026-08-10
---

# 3 August

## Follow-through

- [ ] Walk through the checklist with every refund ^checklist
  - Twice without looking.
`

// editedLogbook makes the logbook, and says where coachlog is.
func editedLogbook(t *testing.T) (dir, program string) {
	t.Helper()
	program, err := exec.LookPath("coachlog") // as TestMain has it for the scripts
	if err != nil {
		t.Skip("the test program isn't on the PATH as coachlog")
	}
	dir = t.TempDir()
	unpack(t, dir, txtar.Parse([]byte(edited)))
	return dir, program
}

// TestNeovim has Neovim's own client open a log, and look at what it shows.
func TestNeovim(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("nvim"); err != nil {
		missing(t, "nvim isn't here")
	}
	dir, program := editedLogbook(t)
	script, err := filepath.Abs("testdata/editor/neovim.lua")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	c := exec.Command("nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile "+script)
	c.Dir = dir
	c.Env = append(os.Environ(), "OUT="+out, "HOME="+t.TempDir(), "PATH="+filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"))
	shown, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, shown)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	compareSaid(t, "neovim", got, shown)
	if text, err := os.ReadFile(filepath.Join(dir, "people/ana/2026-08-03.md")); err != nil || strings.Contains(string(text), "beside") {
		t.Error("what wasn't saved is in the file", err)
	}
}

// compareSaid compares what an editor's script said with what it is to say.
func compareSaid(t *testing.T, name string, got, shown []byte) {
	t.Helper()
	file := "testdata/editor/" + name + ".want"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s\n%s", diff, shown)
	}
}

// TestProtocolClient has the client that VS Code is made of talk to the server.
func TestProtocolClient(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(filepath.Join(os.Getenv("COACHLOG_EDITOR"), "node_modules", "vscode-languageserver-protocol")); err != nil {
		missing(t, "vscode-languageserver-protocol isn't here: npm install it, and set COACHLOG_EDITOR to where")
	}
	dir, program := editedLogbook(t)
	script, err := filepath.Abs("testdata/editor/client.js")
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("node", script)
	c.Dir = dir
	c.Env = append(os.Environ(), "HOME="+t.TempDir(), "PATH="+filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"))
	var shown bytes.Buffer
	c.Stderr = &shown
	got, err := c.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, got, shown.String())
	}
	compareSaid(t, "client", got, shown.Bytes())
}

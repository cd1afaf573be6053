package cmd_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/jsonrpc2"
	"golang.org/x/tools/txtar"

	"github.com/coachlog/coachlog/internal/lsp"
	"github.com/coachlog/coachlog/logparse"
)

// An editor opens files one after the other, and waits for what is found in each.
type editor struct {
	t     *testing.T
	conn  *jsonrpc2.Conn
	found chan published
}

type published struct {
	URI         string
	Diagnostics []struct {
		Code, Message string
		Severity      int
		Range         struct{ Start struct{ Line, Character int } }
	}
}

func (e *editor) Handle(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) {
	var p published
	if r.Method == "textDocument/publishDiagnostics" && json.Unmarshal(*r.Params, &p) == nil {
		e.found <- p
	}
}

type bothEnds struct {
	io.Reader
	io.WriteCloser
}

func startEditor(t *testing.T, waitForGit time.Duration) *editor {
	e := &editor{t: t, found: make(chan published, 100)}
	day, _ := logparse.ParseDate("2026-10-02") // as of coachlog, the helper
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	s := &lsp.Server{Today: func() logparse.Date { return day }, Err: os.Stderr, Wait: time.Millisecond, WaitForGit: waitForGit}
	go func() { _ = s.Serve(t.Context(), in, out) }()
	e.conn = jsonrpc2.NewConn(t.Context(), jsonrpc2.NewBufferedStream(bothEnds{fromServer, toServer}, jsonrpc2.VSCodeObjectCodec{}), e)
	if err := e.conn.Call(t.Context(), "initialize", json.RawMessage(`{"capabilities": {"general": {"positionEncodings": ["utf-8"]}}}`), nil); err != nil {
		t.Fatal(err)
	}
	return e
}

// findings opens a file and writes what is found in it.
func (e *editor) findings(file string, text []byte) string {
	e.t.Helper()
	found := e.findingsWith(file, text, "")
	_ = e.conn.Notify(e.t.Context(), "textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": (&url.URL{Scheme: "file", Path: file}).String()}})
	<-e.found // what the file says
	return found
}

// findingsWith opens a file and waits until something is found in it.
func (e *editor) findingsWith(file string, text []byte, something string) string {
	e.t.Helper()
	document := map[string]any{"uri": (&url.URL{Scheme: "file", Path: file}).String(), "languageId": "markdown", "version": 1, "text": string(text)}
	if err := e.conn.Notify(e.t.Context(), "textDocument/didOpen", map[string]any{"textDocument": document}); err != nil {
		e.t.Fatal(err)
	}
	for end := time.After(20 * time.Second); ; {
		select {
		case p := <-e.found:
			var out strings.Builder
			for _, d := range p.Diagnostics {
				fmt.Fprintf(&out, "%d %s %d: %s\n", d.Range.Start.Line+1, d.Code, d.Severity, d.Message)
			}
			if p.URI == document["uri"] && strings.Contains(out.String(), something) {
				return out.String()
			}
		case <-end:
			e.t.Fatalf("no findings of %s with %q", file, something)
		}
	}
}

// linted is what lint says of a file, in the same form.
func linted(t *testing.T, dir, name string) string {
	t.Helper()
	stdout, stderr, _ := coachlog(dir, "lint", filepath.Join(dir, name), "--format", "json")
	var found struct {
		Findings []struct {
			Rule, Severity, File, Message, Remedy string
			Line                                  int
		}
	}
	if err := json.Unmarshal([]byte(stdout), &found); err != nil {
		t.Fatalf("%s: %v\n%s%s", name, err, stdout, stderr)
	}
	var out strings.Builder
	for _, f := range found.Findings {
		message := f.Message
		if f.Remedy != "" {
			message += "\n" + f.Remedy
		}
		fmt.Fprintf(&out, "%d %s %d: %s\n", f.Line, f.Rule, map[string]int{"error": 1, "warning": 2, "info": 3}[f.Severity], message)
	}
	return out.String()
}

// compareFindings has an editor and lint look at each of a logbook's logs and plans.
func compareFindings(t *testing.T, e *editor, dir string) (files int) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, "people"), func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || !strings.HasSuffix(file, ".md") {
			return nil
		}
		name, _ := filepath.Rel(dir, file)
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		files++
		if diff := cmp.Diff(linted(t, dir, name), e.findings(file, text)); diff != "" {
			t.Errorf("%s of %s: -lint +editor:\n%s", name, t.Name(), diff)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestEditorFindsWhatLintDoes compares them in each logbook that provokes a rule, and in one
// that people have signed off.
func TestEditorFindsWhatLintDoes(t *testing.T) {
	t.Parallel()
	e := startEditor(t, time.Minute)
	archives, err := filepath.Glob("../plan/rules/testdata/bad/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, archive := range archives {
		a, err := txtar.ParseFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		unpack(t, dir, a)
		if _, err := os.Stat(filepath.Join(dir, "coachlog.yaml")); err == nil {
			files += compareFindings(t, e, dir)
		}
	}
	if files < 100 {
		t.Errorf("only %d files were compared", files)
	}
	t.Run("signed", func(t *testing.T) {
		dir := t.TempDir()
		unpack(t, dir, txtar.Parse([]byte(strings.ReplaceAll(edited, "name: Josh Keller", "name: Josh Keller\nemail: josh@example.org"))))
		for _, args := range [][]string{{"init", "-q"}, {"config", "user.name", "Josh Keller"}, {"config", "user.email", "josh@example.org"}, {"add", "."}, {"commit", "-qm", "The logbook"}} {
			git(t, dir, args...)
		}
		if _, stderr, code := coachlog(dir, "agree", filepath.Join(dir, "people/ana/2026-07-27.md")); code != 0 {
			t.Fatal(stderr)
		}
		compareFindings(t, e, dir)
		name := filepath.Join(dir, "people/ana/2026-07-27.md")
		text, _ := os.ReadFile(name)
		if err := os.WriteFile(name, []byte(strings.Replace(string(text), "checklist with", "list with", 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		compareFindings(t, e, dir)
		if found := linted(t, dir, "people/ana/2026-07-27.md"); !strings.Contains(found, "sign-off-void") {
			t.Errorf("no sign-off was voided, so nothing was compared: %s", found)
		}
		if text, err := os.ReadFile(name); err != nil || !strings.Contains(startEditor(t, 0).findingsWith(name, text, "sign-off-void"), "sign-off-void") {
			t.Error("what git says late isn't told", err)
		}
	})
}

func unpack(t *testing.T, dir string, a *txtar.Archive) {
	t.Helper()
	for _, f := range a.Files {
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

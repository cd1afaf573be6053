package logbook

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func open(t *testing.T) *Dir {
	t.Helper()
	dir, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// names are what is in a folder: no temporary file may be left.
func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return strings.Join(out, " ")
}

func TestCreateNeverWritesOver(t *testing.T) {
	dir := open(t)
	if err := dir.Create("people/rep1/a.md", []byte("first"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := dir.Create("people/rep1/a.md", []byte("second"), 0o644); !errors.Is(err, ErrExists) {
		t.Errorf("the second is created: %v", err)
	}
	text, err := dir.ReadFile("people/rep1/a.md")
	if err != nil || string(text) != "first" {
		t.Errorf("the file holds %q (%v)", text, err)
	}
	if got := names(t, filepath.Join(dir.Path, "people/rep1")); got != "a.md" {
		t.Errorf("there are %s", got)
	}
}

func TestCreateAtOnce(t *testing.T) {
	dir := open(t)
	var wait sync.WaitGroup
	created := make([]bool, 20)
	for i := range created {
		wait.Go(func() { created[i] = dir.Create("a.md", []byte(strings.Repeat("x", 1000*(i+1))), 0o644) == nil })
	}
	wait.Wait()
	winners := 0
	for i, ok := range created {
		if ok {
			winners++
			if text, err := dir.ReadFile("a.md"); err != nil || len(text) != 1000*(i+1) {
				t.Errorf("%d wrote it, and it has %d bytes (%v)", i, len(text), err)
			}
		}
	}
	if winners != 1 || names(t, dir.Path) != "a.md" {
		t.Errorf("%d created it; there are %s", winners, names(t, dir.Path))
	}
}

func TestNothingOutsideIsTouched(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret.md"), []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := open(t)
	for link, to := range map[string]string{"people": outside, "a.md": filepath.Join(outside, "secret.md"), "up": ".."} {
		if err := os.Symlink(to, filepath.Join(dir.Path, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"people/secret.md", "a.md", "../secret.md", "up/secret.md"} {
		if text, err := dir.ReadFile(name); err == nil {
			t.Errorf("%s is read: %q", name, text)
		}
	}
	for _, name := range []string{"people/new.md", "up/new.md", "../new.md"} {
		if err := dir.Create(name, []byte("x"), 0o644); err == nil {
			t.Errorf("%s is written", name)
		}
	}
	if got := names(t, outside); got != "secret.md" {
		t.Errorf("outside there are %s", got)
	}
}

// TestNamesForEverySystem writes nothing that another system couldn't have.
func TestNamesForEverySystem(t *testing.T) {
	dir := open(t)
	for _, name := range []string{"people/nul/plan.md", "people/rep1./plan.md", "people/rep1/a:b.md", "metrics/con.csv", "templates/aux.md"} {
		if err := dir.Create(name, nil, 0o644); err == nil || !strings.Contains(err.Error(), "choose another name") {
			t.Errorf("%s is written: %v", name, err)
		}
	}
	if err := dir.Create("notes/nul.md", nil, 0o644); err != nil { // no place of the logbook's own
		t.Error(err)
	}
}

func TestReplace(t *testing.T) {
	dir := open(t)
	old := []byte("first\r\n")
	if err := dir.Create("people/rep1/plan.md", old, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := dir.Replace("people/rep1/plan.md", old, []byte("second\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := dir.Replace("people/rep1/plan.md", old, []byte("third")); !errors.Is(err, ErrChanged) {
		t.Errorf("a file that was changed since is written over: %v", err)
	}
	if text, err := dir.ReadFile("people/rep1/plan.md"); err != nil || string(text) != "second\r\n" {
		t.Errorf("the file holds %q (%v)", text, err)
	}
	info, err := os.Stat(filepath.Join(dir.Path, "people/rep1/plan.md"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v (%v)", info.Mode(), err)
	}
	if err := dir.Replace("people/rep1/none.md", nil, []byte("x")); err == nil {
		t.Error("a file that isn't there is replaced")
	}
	if got := names(t, filepath.Join(dir.Path, "people/rep1")); got != "plan.md" {
		t.Errorf("there are %s", got)
	}
}

package rules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// TestFixes makes each fix of the parser's and the rules' own bad files alone: the finding is
// gone then, and nothing that is broken is new.
func TestFixes(t *testing.T) {
	var archives []*txtar.Archive
	files, err := filepath.Glob("../../logparse/testdata/err/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		switch kind, _, _ := strings.Cut(name, "-"); {
		case filepath.Ext(name) == ".out":
			continue
		case kind == "session":
			name = "people/rep1/2026-07-06.md"
		case kind == "settings":
			name = "coachlog.yaml"
		default:
			name = "people/rep1/" + kind + filepath.Ext(name)
		}
		archives = append(archives, &txtar.Archive{Comment: []byte(file), Files: []txtar.File{{Name: name, Data: text}}})
	}
	bad, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range bad {
		archives = append(archives, read(t, file))
	}
	fixes := make(map[string]int)
	for _, archive := range archives {
		before := lintBroken(t, archive, rules.Always)
		for _, f := range before {
			if f.Fix != nil {
				fixes[f.Rule]++
				fixed := fixedArchive(t, archive, f)
				checkFixed(t, string(archive.Comment), f, before, lintBroken(t, fixed, rules.Always))
			}
		}
	}
	t.Logf("fixes: %v", fixes)
	for _, rule := range []string{"unknown-state", "misspelt-key", "unknown-value", "token-in-text", "bad-id", "unknown-section", "front-matter-unclosed", "value-behind-hint", "bad-number"} {
		if fixes[rule] == 0 {
			t.Errorf("no file shows a fix of %s", rule)
		}
	}
}

func fixedArchive(t *testing.T, archive *txtar.Archive, f rules.Finding) *txtar.Archive {
	t.Helper()
	fixed := &txtar.Archive{Files: append([]txtar.File(nil), archive.Files...)}
	for i, file := range fixed.Files {
		if file.Name != f.File {
			continue
		}
		doc := logparse.Parse(file.Name, file.Data, logparse.Headings{})
		done, err := doc.Apply(f.Fix.Edits...)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %s\n%s", archive.Comment, f.Message, diffOf(string(file.Data), string(done.Text)))
		fixed.Files[i].Data = done.Text
	}
	return fixed
}

// diffOf are the lines that a fix changes.
func diffOf(before, after string) string {
	var out strings.Builder
	old, now := strings.Split(before, "\n"), strings.Split(after, "\n")
	for i := range min(len(old), len(now)) {
		if old[i] != now[i] {
			fmt.Fprintf(&out, "- %s\n+ %s\n", old[i], now[i])
		}
	}
	return out.String()
}

func checkFixed(t *testing.T, where string, f rules.Finding, before, after []rules.Finding) {
	t.Helper()
	counts := make(map[string]int)
	for _, x := range before {
		counts[x.Rule]++
	}
	for _, x := range after {
		if counts[x.Rule]--; counts[x.Rule] < 0 && rules.Find(x.Rule) == nil {
			t.Errorf("%s: after the fix of %q there is %s: %s", where, f.Message, x.Rule, x.Message)
		}
		if x.Rule == f.Rule && x.Span == f.Span && x.Message == f.Message {
			t.Errorf("%s: after its fix there is still %q", where, f.Message)
		}
	}
}

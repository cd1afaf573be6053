package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSafetyPage looks up each place, test and script that safety.md names, and wants each
// of its rows to name a test.
func TestSafetyPage(t *testing.T) {
	text, err := os.ReadFile("safety.md")
	if err != nil {
		t.Fatal(err)
	}
	tests, rows := testNames(t), 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(line, "|\n"), "|")
		if len(cells) != 4 || strings.TrimSpace(cells[0]) == "" || cells[0] == "---" {
			continue
		}
		rows++
		for _, place := range names(cells[2]) {
			if _, err := os.Stat(filepath.Join("..", place)); err != nil {
				t.Errorf("%s: %v", cells[0], err)
			}
		}
		held := names(cells[3])
		if len(held) == 0 {
			t.Errorf("%s: no test is named", cells[0])
		}
		for _, name := range held {
			if _, err := os.Stat(filepath.Join("../cmd/testdata/script", name)); err != nil && !tests[name] {
				t.Errorf("%s: there is no test %s", cells[0], name)
			}
		}
	}
	if rows < 40 {
		t.Errorf("only %d rows were found", rows)
	}
}

// names are what a cell has between backquotes.
func names(cell string) (found []string) {
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cell, -1) {
		found = append(found, m[1])
	}
	return found
}

// testNames are the tests of all packages.
func testNames(t *testing.T) map[string]bool {
	found := make(map[string]bool)
	err := filepath.WalkDir("..", func(file string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		text, err := os.ReadFile(file)
		for _, m := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`).FindAllSubmatch(text, -1) {
			found[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

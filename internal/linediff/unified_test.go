package linediff_test

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/linediff"
)

func all(int) bool { return true }

func TestUnified(t *testing.T) {
	before := "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16"
	after := "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n"
	want := `--- a/x.md
+++ b/x.md
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
@@ -13,4 +13,4 @@
 13
 14
 15
-16
\ No newline at end of file
+16
`
	if got := linediff.Unified("x.md", before, after, all); got != want {
		t.Errorf("got\n%s", got)
	}
	if got := linediff.Unified("x.md", before, before, all); got != "" {
		t.Errorf("the same text has the diff\n%s", got)
	}
	got := linediff.Unified("x.md", before, after, func(line int) bool { return line != 4 && line != 7 })
	if want := "@@ -5,2 +5,2 @@\n-5\n+five\n 6\n@@"; !strings.Contains(got, want) || strings.Contains(got, " 4\n") || strings.Contains(got, " 7\n") {
		t.Errorf("it shows what it may not:\n%s", got)
	}
}

// TestUnifiedIsRead: git makes the second text of the first and the diff.
func TestUnifiedIsRead(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("SKIPPED: git isn't here")
	}
	for range 20 {
		before, after := randomLines(), randomLines()
		if rand.IntN(2) == 0 {
			after = strings.Replace(before, "a\n", "b\n", 1+rand.IntN(3))
		}
		diff := linediff.Unified("x", before, after, all)
		if diff == "" {
			continue
		}
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "x"), []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		c := exec.Command(git, "apply", "-")
		c.Dir, c.Stdin = dir, strings.NewReader(diff)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s\n%s", err, out, diff)
		}
		if got, _ := os.ReadFile(filepath.Join(dir, "x")); string(got) != after {
			t.Fatalf("%q became %q, not %q, by\n%s", before, got, after, diff)
		}
	}
}

func randomLines() string {
	var text strings.Builder
	for range 1 + rand.IntN(30) {
		text.WriteString(string(rune('a'+rand.IntN(4))) + "\n")
	}
	if rand.IntN(2) == 0 {
		return text.String() + "end"
	}
	return text.String()
}

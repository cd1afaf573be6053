package gitrepo

import (
	"os/exec"
	"strings"
	"testing"
)

// TestMailmap holds the reading of .mailmap against git's own.
func TestMailmap(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementations[0])
	const text = "# people\nAnn Coach <ann@example.com>\nAnn Coach <ann@example.com> <ann@old.example>\n" +
		"Ann Coach <ann@example.com> A. Coach <shared@example.com>\n<ben@example.com> <ben@old.example>\n" +
		"Ben Rep <ben@example.com> Ben <SHARED@example.com> # a comment\nno address\nCut <short\n  Cy   <cy@example.com>  <Cy@Old.example>\n" +
		"Later Ann <ann@example.com>\n<only@example.com>\n<kim@example.com> <kim@old.example>\n#Not <not@example.com> <x@example.com>\n"
	f.write(".mailmap", text)
	m := parseMailmap([]byte(text))
	for _, id := range []Identity{
		{"x", "ann@example.com"}, {"x", "ANN@old.example"}, {"A. Coach", "shared@example.com"}, {"ben", "Shared@example.com"},
		{"Somebody", "shared@example.com"}, {"B", "ben@old.example"}, {"c", "cy@old.example"}, {"o", "only@example.com"}, {"n", "x@example.com"}, {"k", "KIM@old.example"}, {"not K", "\u212aim@old.example"},
	} {
		cmd := exec.Command("git", "check-mailmap", id.String())
		cmd.Dir = f.dir
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		if got, want := m.Now(id).String(), strings.TrimSpace(string(out)); got != want {
			t.Errorf("%s is now %s, git says %s", id, got, want)
		}
	}
}

package linediff

import (
	"strings"
	"testing"
)

func TestUnified(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"", "", ""},
		{"a b c", "a b c", ""},
		{"a b c", "a x c", "@@ -2 +2 @@\n-b\n+x\n"},
		{"a b c", "n a b c", "@@ -0,0 +1 @@\n+n\n"},
		{"a b c", "a b c n", "@@ -3,0 +4 @@\n+n\n"},
		{"", "n", "@@ -0,0 +1 @@\n+n\n"},
		{"a b c", "a", "@@ -2,2 +1,0 @@\n-b\n-c\n"},
		{"a b c d e", "a x y d z", "@@ -2,2 +2,2 @@\n-b\n-c\n+x\n+y\n@@ -5 +5 @@\n-e\n+z\n"},
	} {
		if got := Unified("f", strings.Fields(c.a), strings.Fields(c.b)); got != "--- f\n+++ f\n"+c.want {
			t.Errorf("%q to %q:\n%s", c.a, c.b, got)
		}
	}
}

package report

import "testing"

// FuzzReadAnchor reads any text as an anchor: what it takes for one is written as it was read.
func FuzzReadAnchor(f *testing.F) {
	anchor := "coachlog-anchor: 1\nmade: 2026-07-06\nbranch: main\nhead: 0123456789abcdef0123456789abcdef01234567\ncommits: 3\nsign-offs: 1\nlogs: 2\n"
	for _, text := range []string{anchor, "> " + anchor, "", "coachlog-anchor: 2\n", anchor + "commits: -1\n", anchor + "branch: \u2028\x1b[2J\r\n", anchor + "logs: 99999999999999999999\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := ReadAnchor(text)
		if (a == nil) == (err == nil) {
			t.Fatalf("%v and %v", a, err)
		}
		if a == nil {
			return
		}
		again, err := ReadAnchor([]byte(AnchorText(*a)))
		if err != nil || again.Head != a.Head || again.Made != a.Made || again.Commits != a.Commits || again.SignOffs != a.SignOffs || again.Logs != a.Logs {
			t.Fatalf("%+v is read again as %+v: %v", a, again, err)
		}
	})
}

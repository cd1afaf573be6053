package terminal

import "testing"

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"Plain, ünïcode 要約":       "Plain, ünïcode 要約",
		"\x1b[2J\x1b]52;c;aGk=\a": `\x1b[2J\x1b]52;c;aGk=\x07`,
		"a\tb\nc":                 "a b c",
		"a\rb\u009bc\x7f":         `a\x0db\x9bc\x7f`,
		"\u202eevil\u2066\u200f":  `\u202eevil\u2066\u200f`,
		"a\u2028b\ufeff":          `a\u2028b\ufeff`,
	} {
		if got := Escape(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"one line", "one line"},
		{"a word that is-never-broken-in-its-middle here", "a word that\n  is-never-broken-in-its-middle\n  here"},
		{"", ""},
	} {
		if got := Wrap(test.text, 24, "  "); got != test.want {
			t.Errorf("%q is wrapped to %q, want %q", test.text, got, test.want)
		}
	}
}

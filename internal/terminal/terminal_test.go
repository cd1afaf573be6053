package terminal

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

const england = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"Plain, ünïcode 要約":       "Plain, ünïcode 要約",
		"\x1b[2J\x1b]52;c;aGk=\a": `\x1b[2J\x1b]52;c;aGk=\x07`,
		"a\tb\nc":                 "a b c",
		"a\rb\u009bc\x7f":         `a\x0db\x9bc\x7f`,
		"\u202eevil\u2066\u200f":  `\u202eevil\u2066\u200f`,
		"a\u2028b\ufeff":          `a\u2028b\ufeff`,
		"José Jos\xe9 \xc2":       `José Jos\xe9 \xc2`,

		// what nobody sees
		"pri\u200bya\u2060 so\u00adft": `pri\u200bya\u2060 so\xadft`,
		"a\U000e0041b\U000e0100":       `a\U000e0041b\U000e0100`,
		"ad\u200dmin ad\u200cmin":      `ad\u200dmin ad\u200cmin`,
		"a\ufe0f 1\ufe0f😀\ufe0f\ufe0e": `a\ufe0f 1\ufe0f` + "😀\ufe0f" + `\ufe0e`,
		"\u3164 \u115f \u180e":         `\u3164 \u115f \u180e`,
		"می\u200c\u200cx":              "می\u200c" + `\u200cx`,

		// what belongs to emoji and to scripts
		"👩\u200d💻 ❤\ufe0f\u200d🔥 🏳\ufe0f\u200d🌈 👍🏽 1\ufe0f\u20e3 ™\ufe0f": "👩\u200d💻 ❤\ufe0f\u200d🔥 🏳\ufe0f\u200d🌈 👍🏽 1\ufe0f\u20e3 ™\ufe0f",
		"می\u200cخواهم क्\u200dष क्\u200cष":                               "می\u200cخواهم क्\u200dष क्\u200cष",
		"SLA\u200cها 2\u200cماهه ABC\u200bไทย x \u200cه":                  "SLA\u200cها 2\u200cماهه ABC\u200bไทย x " + `\u200c` + "ه",
		england + " 🏴\U000e0067":                                          england + ` 🏴\U000e0067`,
		"ภาษา\u200bไทย 葛\U000e0100":                                       "ภาษา\u200bไทย 葛\U000e0100",
	} {
		if got := Escape(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// TestEscapeJSON holds JSON to mean what it meant, and to be safe where it is read.
func TestEscapeJSON(t *testing.T) {
	const text = "a\u009bb\u202ec\u200bd\U000e0041 می\u200cx 👩\u200d💻"
	plain, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	safe := escape(string(plain), asJSON)
	if want := `"a\u009bb\u202ec\u200bd\udb40\udc41 ` + "می\u200cx 👩\u200d💻\""; safe != want {
		t.Errorf("it is %s, want %s", safe, want)
	}
	var back string
	if err := json.Unmarshal([]byte(safe), &back); err != nil || back != text {
		t.Errorf("it means %q: %v", back, err)
	}
}

// TestGuard holds the streams to let through coachlog's own colours, and nobody else's.
func TestGuard(t *testing.T) {
	var out, err bytes.Buffer
	s := (&Streams{Out: &out, Err: &err}).Guarded()
	style := Style{Color: true, Width: 80}
	s.Out.Write([]byte(style.Red("a\x1b[31m\nb") + "\t\x1b[1mc\r\n\x1b[?1;1md" + clear()))
	s.Err.Write([]byte("\x1b]0;x\a\n"))
	if got, want := out.String(), "\x1b[31ma\\x1b[31m\x1b[m\n\x1b[31mb\x1b[m\t\\x1b[1mc\n\\x1b[?1;1md\x1b[G\x1b[K"; got != want {
		t.Errorf("output is %q, want %q", got, want)
	}
	if got, want := err.String(), `\x1b]0;x\x07`+"\n"; got != want {
		t.Errorf("an error is %q, want %q", got, want)
	}
	out.Reset()
	s.File.Write([]byte("a\x1b[1m\r\n")) // no terminal
	if got, want := out.String(), "a\x1b[1m\r\n"; got != want {
		t.Errorf("a file is %q, want %q", got, want)
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

func TestChosen(t *testing.T) {
	options := []Option{{Value: "ana"}, {Value: "anton"}, {Value: "2nd"}, {Value: "josh"}}
	for text, want := range map[string]string{"1": "ana", "4": "josh", "2": "2nd", "j": "josh", "ana": "ana", "an": "ana anton", "5": "", "0": "", "-1": "", "x": ""} {
		var names []string
		for _, o := range chosen(options, text) {
			names = append(names, o.Value)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%q chooses %q, want %q", text, got, want)
		}
	}
}

package logparse

import (
	"bytes"
	"testing"
)

func TestShownUntil(t *testing.T) {
	var plain Headings
	for _, c := range []struct {
		text string
		may  bool
	}{
		{"## Short-term\n\n- [ ] HERE\n", true},
		{"## Short-term\n\n- [ ] HERE\n\n## Confidential\n\n- [ ] nobody\n", true},
		{"## Confidential\n\n- [ ] HERE\n", false},
		{"## Confidential\r\n\r\n- [ ] HERE\r\n", false},
		{"## Notes\r\rConfidential\r------\r\r- [ ] HERE\r", false},
		{"<!-- confidential: HERE -->\n", false},
		{"Private: HERE\n", false},
		{"HERE confidential\n---\n", false},
		{"## C\x00o\x00n\x00fidential\nHERE", false},
		{"## Gr\xfc\xdfe\nHERE", false},
	} {
		at := bytes.Index([]byte(c.text), []byte("HERE"))
		if got := ShownUntil([]byte(c.text), plain) > at; got != c.may {
			t.Errorf("%q: %v", c.text, got)
		}
	}
}

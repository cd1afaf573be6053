package gitrepo

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestHides(t *testing.T) {
	const log = "---\ntype: session\ncoachee: rep1\ncoach: josh\ndate: 2026-07-06\nstatus: held\n---\n\n## Short-term goals\n\n- [ ] Calmer calls\n  - [ ] Take a breath before each call\n"
	rotated := strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return 'a' + (r-'a'+1)%26
		}
		return r
	}, log)
	prose := strings.Repeat("Lost with the old laptop; nobody knows any more. ", 5)
	for _, c := range []struct {
		name, text       string
		always, filtered bool // hidden without any filter, and where there may be one
	}{
		{"the same", log, false, false},
		{"edited", strings.Replace(log, "Calmer", "Shorter", 1), false, false},
		{"without front matter", log[strings.Index(log, "##"):], false, false},
		{"nothing", "", false, false},
		{"blank", " \n\n", false, false},
		{"a word", "gone\n", false, false},
		{"other prose", prose, false, true},
		{"other letters", rotated, true, true},
		{"base64", base64.StdEncoding.EncodeToString([]byte(log)), true, true},
		{"bytes", "a\x00b", true, true},
		{"no UTF-8", "caf\xe9 and more", true, true},
		{"armored", "-----BEGIN PGP MESSAGE-----\n\nhQ==\n", true, true},
		{"a vault", "$ANSIBLE_VAULT;1.1;AES256\n62\n", true, true},
	} {
		for mayFilter, want := range map[bool]bool{false: c.always, true: c.filtered} {
			if got := hides([]byte(c.text), []byte(log), mayFilter); (got != "") != want {
				t.Errorf("%s, filter %v: %q", c.name, mayFilter, got)
			}
		}
	}
}

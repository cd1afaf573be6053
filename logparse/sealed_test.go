package logparse

import (
	"bytes"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"
)

// sealLines stands for encryption: it writes a text in age's form.
func sealLines(text []byte) ([]byte, error) {
	return []byte(SealStart + "\n" + base64.StdEncoding.EncodeToString(slices.Concat([]byte(ageHead), text)) + "\n" + SealEnd + "\n"), nil
}

func openLines(sealed []byte) ([]byte, error) {
	lines := strings.Split(strings.TrimSpace(string(sealed)), "\n")
	if len(lines) != 3 {
		return nil, errors.New("damaged")
	}
	text, err := base64.StdEncoding.DecodeString(lines[1])
	return bytes.TrimPrefix(text, []byte(ageHead)), err
}

const sealedLog = "---\nstatus: held\n---\n\n## Notes\n\nPublic\n\n## Confidential\n\nSECRET one\n\n- [ ] SECRET two\n\n### More\n\n    SECRET three\n\n## Short-term goals\n\n- [ ] Calmer calls ^calm\n"

// FuzzSeal seals and opens any text: what was there comes back byte for byte, nothing
// else of the file changes, and what nobody changed isn't sealed again.
func FuzzSeal(f *testing.F) {
	for _, text := range []string{
		sealedLog, strings.ReplaceAll(sealedLog, "\n", "\r\n"), "\ufeff" + sealedLog,
		"## Confidential", "## Confidential\nSECRET", "## Confidential\n\n```age\nSECRET\n", "## Confidential\n\n```\nSECRET\n```\n",
		"## Feedback\n\n#### Confidential\n\nSECRET\n\n## Confidential\n\nSECRET\n# Confidential\nSECRET\n", "## Confidential\n\n<!-- SECRET\n\n## Notes\n",
		"<!--\n## Confidential\nSECRET\n-->\n", "**Confidential**\n\nSECRET\n", "## Confidential\n\nSECRET\n---\nSECRET\n", "## Confidential\n\n-----BEGIN AGE ENCRYPTED FILE-----\nSECRET\n",
		"---\ntype: assessment\nkind: pulse\nscores:\n  time: 4\n---\nSECRET\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc := Parse("people/ana/2026-07-06.md", text, Headings{})
		sealed, err := doc.Seal([]string{"ana", "josh"}, nil, sealLines)
		if err != nil {
			if sealed != nil {
				t.Fatal("a document and an error")
			}
			return
		}
		if sealed.HasPlain() {
			t.Fatalf("still plain:\n%q\n%q", text, sealed.Text)
		}
		if again, err := sealed.Seal([]string{"ana"}, nil, sealLines); err == nil && !sealed.isPulse() && !bytes.Equal(again.Text, sealed.Text) {
			t.Fatalf("sealed twice: %q", again.Text)
		}
		opened, err := sealed.Unseal(openLines)
		if err != nil {
			if doc.HasSealed() {
				return // it had a block already that nobody can open
			}
			t.Fatalf("%v\n%q\n%q", err, text, sealed.Text)
		}
		if !doc.HasSealed() && !bytes.Equal(opened.Text, text) {
			t.Fatalf("%q became %q", text, opened.Text)
		}
		back, err := opened.Seal([]string{"eve"}, sealed.Known(openLines), sealLines)
		if err != nil {
			t.Fatal(err)
		}
		if !doc.HasSealed() && !bytes.Equal(back.Text, sealed.Text) {
			t.Fatalf("%q was sealed again as %q", sealed.Text, back.Text)
		}
	})
}

// TestSealHides seals a log, in which nothing confidential is then left to be read.
func TestSealHides(t *testing.T) {
	doc := Parse("people/ana/2026-07-06.md", []byte(sealedLog), Headings{})
	if !doc.HasPlain() || doc.HasSealed() {
		t.Error("before")
	}
	sealed, err := doc.Seal([]string{"ana", "josh"}, nil, sealLines)
	if err != nil {
		t.Fatal(err)
	}
	if sealed.HasPlain() || !sealed.HasSealed() || bytes.Contains(sealed.Text, []byte("SECRET")) || !bytes.Contains(sealed.Text, []byte("\n```age ana josh\n")) {
		t.Errorf("%s", sealed.Text)
	}
	added := bytes.Replace(sealed.Text, []byte("```\n\n## Short"), []byte("```\n\nSECRET four\n\n## Short"), 1)
	doc = Parse(doc.Path, added, Headings{})
	if !doc.HasPlain() {
		t.Fatalf("%s", added)
	}
	both, err := doc.Seal([]string{"ana"}, nil, sealLines)
	if err != nil || len(both.Confidential()[0].Sealed) != 2 || both.HasPlain() {
		t.Errorf("%v\n%s", err, both.Text)
	}
}

// TestUnsealRefuses opens nothing that would become readable for everybody by what it says.
func TestUnsealRefuses(t *testing.T) {
	for _, text := range []string{"## Notes\n\nfor everybody", "x\n\n# Confidential\n\ny\n\n# Other\n\nz", "```\nno end", "<!-- no end", "Notes\n====="} {
		lines, _ := sealLines([]byte(text))
		doc := Parse("people/ana/2026-07-06.md", []byte("---\nstatus: held\n---\n\n## Confidential\n\n```age\n"+string(lines)+"```\n\n## Short-term goals\n\n- [ ] Calmer calls ^calm\n"), Headings{})
		if opened, err := doc.Unseal(openLines); err == nil && !opened.HasPlain() || err == nil && !strings.Contains(string(opened.outsideConfidential()), "calm") {
			t.Errorf("%q: %s", text, opened.Text)
		}
	}
	open := func([]byte) ([]byte, error) { return []byte("## Notes\n\nfor everybody"), nil }
	lines, _ := sealLines([]byte("x"))
	doc := Parse("people/ana/2026-07-06.md", []byte("---\nstatus: held\n---\n\n## Confidential\n\n```age\n"+string(lines)+"```\n"), Headings{})
	if opened, err := doc.Unseal(open); err == nil {
		t.Errorf("a heading came out: %s", opened.Text)
	}
}

// TestDiscloses finds confidential lines that an edit has let out.
func TestDiscloses(t *testing.T) {
	doc := Parse("people/ana/2026-07-06.md", []byte(sealedLog), Headings{})
	for change, want := range map[[2]string]bool{
		{"## Confidential\n\n", ""}:                   true,
		{"## Confidential", "## Confidental matters"}: true, // hidden, but never sealed
		{"SECRET one\n", ""}:                          false,
		{"Public", "Public SECRET"}:                   false,
		{"### More", "## Notes"}:                      true,
		{"Public", "SECRET one"}:                      true,
	} {
		after := Parse(doc.Path, []byte(strings.Replace(sealedLog, change[0], change[1], 1)), Headings{})
		if got := doc.Discloses(after); got != want {
			t.Errorf("%q: %v", change, got)
		}
	}
}

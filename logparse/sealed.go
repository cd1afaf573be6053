package logparse

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A ConfidentialText is what is below one heading Confidential.
type ConfidentialText struct {
	Heading Span          // the line
	Span    Span          // without the blank lines around it; empty where there is nothing
	Sealed  []SealedBlock // in order
	Plain   []Span        // what anybody can read, between sealed blocks, in order
}

// A SealedBlock is text that only some people can read: age's lines, in a fence that
// formatters leave alone.
//
//	```age ana josh
//	-----BEGIN AGE ENCRYPTED FILE-----
type SealedBlock struct {
	Span  Span   // with the fence, without the last line end
	lines []byte // as age writes them
	whole bool   // nothing but a ciphertext, from its start to its end
}

// The first and the last line of what age writes.
const (
	SealStart = "-----BEGIN AGE ENCRYPTED FILE-----"
	SealEnd   = "-----END AGE ENCRYPTED FILE-----"
)

const (
	sealFence = "```"
	sealInfo  = "age"
	ageHead   = "age-encryption.org/" // and the version
)

// Confidential is all text below headings Confidential, in order. What is hidden for
// another reason isn't among it: a diagnostic says where that is.
func (d *Document) Confidential() []ConfidentialText {
	texts := make([]ConfidentialText, len(d.confidential))
	for i, part := range d.confidential {
		texts[i] = d.readConfidential(part.line, d.trimLines(part.text))
	}
	return texts
}

// LooseConfidential is confidential text that is below no heading but in a comment.
func (d *Document) LooseConfidential() []Span { return d.loose }

// trimLines takes the blank lines around a part away.
func (d *Document) trimLines(span Span) Span {
	text := d.Text[span.Start:span.End]
	lead := len(text) - len(bytes.TrimLeft(text, " \t\r\n"))
	lead = 1 + bytes.LastIndexAny(text[:lead], "\r\n") // a line keeps its indent
	return Span{span.Start + lead, span.Start + max(lead, len(bytes.TrimRight(text, " \t\r\n")))}
}

// readConfidential tells sealed from plain text.
func (d *Document) readConfidential(heading, span Span) ConfidentialText {
	c := ConfidentialText{Heading: heading, Span: span}
	plain := span.Start
	addPlain := func(end int) {
		if run := d.trimLines(Span{plain, max(plain, end)}); run.Start < run.End {
			c.Plain = append(c.Plain, run)
		}
	}
	for at := span.Start; at < span.End; {
		line := d.lineSpan(d.lineAt(at))
		if !opensSealed(d.Text[line.Start:line.End]) {
			at = line.End
			continue
		}
		addPlain(at)
		block := d.sealedBlock(Span{at, span.End})
		c.Sealed = append(c.Sealed, block)
		at = max(block.Span.End, d.lineSpan(d.lineAt(block.Span.End)).End)
		plain = at
	}
	addPlain(span.End)
	return c
}

// opensSealed says whether a line starts a sealed block: the fence, or age's first line
// where somebody took the fence away.
func opensSealed(line []byte) bool {
	text := bytes.TrimSpace(line)
	info := bytes.Fields(bytes.TrimLeft(text, "`~"))
	return bytes.HasPrefix(text, []byte(SealStart)) || IsCodeFence(text) && len(info) > 0 && string(info[0]) == sealInfo
}

// IsCodeFence says whether a line without its blanks starts or ends a block of code.
func IsCodeFence(text []byte) bool {
	return bytes.HasPrefix(text, []byte("```")) || bytes.HasPrefix(text, []byte("~~~"))
}

// sealedBlock reads the block that a part starts with. One without an end goes to the
// end of the part.
func (d *Document) sealedBlock(part Span) (b SealedBlock) {
	b.Span = part
	fenced, ended := false, false
	for line := d.lineAt(part.Start); line < len(d.lines) && d.lines[line] < part.End && !ended; line++ {
		span := d.lineSpan(line)
		text := bytes.TrimSpace(d.Text[span.Start:span.End])
		b.Span.End = span.Start + len(bytes.TrimRight(d.Text[span.Start:span.End], " \t\r\n"))
		switch {
		case span.Start == part.Start && IsCodeFence(text):
			fenced = true
		case fenced && IsCodeFence(text):
			ended = true
		case len(text) > 0:
			b.lines = append(append(b.lines, text...), '\n')
			ended = !fenced && string(text) == SealEnd
		}
	}
	inner, started := bytes.CutPrefix(b.lines, []byte(SealStart+"\n"))
	inner, finished := bytes.CutSuffix(inner, []byte(SealEnd+"\n"))
	b.whole = ended && started && finished && isCiphertext(inner)
	return b
}

// isCiphertext says whether lines are what age makes: words of people, put in between, are
// not base64 of its format.
func isCiphertext(lines []byte) bool {
	raw, err := base64.StdEncoding.DecodeString(string(lines)) // which passes over line ends
	return err == nil && bytes.HasPrefix(raw, []byte(ageHead))
}

// Damage says what is wrong with a sealed block that nobody can open; "" where nothing
// is, as far as can be seen without a key.
func (b SealedBlock) Damage() string {
	if b.whole {
		return ""
	}
	return "a part of the sealed text is missing, or something else has got into it"
}

// open returns what a block says. The error is a *SealError.
func (d *Document) open(b SealedBlock, open func(sealed []byte) ([]byte, error)) (text []byte, err error) {
	if damage := b.Damage(); damage != "" {
		err = errors.New(damage)
	} else {
		text, err = open(b.lines)
	}
	if err != nil {
		return nil, &SealError{d.Position(b.Span.Start).Line, err}
	}
	return text, nil
}

// HasSealed says whether a file has sealed text.
func (d *Document) HasSealed() bool {
	return slices.ContainsFunc(d.Confidential(), func(c ConfidentialText) bool { return len(c.Sealed) > 0 })
}

// HasPlain says whether a file has confidential text that isn't sealed, or may have:
// anything can be in a block that is damaged. A pulse has, once there is a score in it.
func (d *Document) HasPlain() bool {
	return d.isPulse() && len(d.Assessment.Scores) > 0 || d.hasPlainText()
}

func (d *Document) hasPlainText() bool {
	if d.NotText() != nil { // UTF-16, or an editor's swap file
		return bytes.Contains(bytes.ToLower(bytes.ReplaceAll(d.Text, []byte{0}, nil)), []byte("confidential"))
	}
	unclear := func(one Diagnostic) bool { return one.Code == HeldBack }
	damaged := func(b SealedBlock) bool { return !b.whole }
	plain := func(c ConfidentialText) bool { return len(c.Plain) > 0 || slices.ContainsFunc(c.Sealed, damaged) }
	return len(d.loose) > 0 || slices.ContainsFunc(d.Diagnostics, unclear) || slices.ContainsFunc(d.Confidential(), plain)
}

// Seal replaces all plain text below headings Confidential, by blocks for the people with
// these ids. known has sealed text by what it says, so that what nobody changed stays as
// it was.
func (d *Document) Seal(ids []string, known map[string]string, seal func(text []byte) ([]byte, error)) (*Document, error) {
	if err := d.Unclear(); err != nil {
		return nil, err
	}
	if len(d.loose) > 0 {
		return nil, fmt.Errorf("line %d is in a comment; put it below a heading `## Confidential` of its own", d.Position(d.loose[0].Start).Line)
	}
	if d.isPulse() {
		return d.sealPulse(ids, known, seal)
	}
	var edits []Edit
	for _, c := range d.Confidential() {
		for _, b := range c.Sealed {
			if damage := b.Damage(); damage != "" {
				return nil, fmt.Errorf("line %d: %s", d.Position(b.Span.Start).Line, damage)
			}
		}
		for _, span := range c.Plain {
			text := string(d.Text[span.Start:span.End])
			lines, ok := known[text]
			if !ok {
				sealed, err := seal([]byte(text))
				if err != nil {
					return nil, err
				}
				lines = d.fenced(ids, sealed)
			}
			edits = append(edits, Edit{Span: span, Text: lines})
		}
	}
	return d.applyConfidential(edits)
}

// fenced is a sealed text as it stands in the file.
func (d *Document) fenced(ids []string, sealed []byte) string {
	lines := []string{strings.Join(append([]string{sealFence + sealInfo}, ids...), " "), strings.TrimSpace(string(sealed)), sealFence}
	return strings.ReplaceAll(strings.Join(lines, "\n"), "\n", d.eol())
}

// Unseal replaces all sealed blocks by what they say. The error is a *SealError if one
// can't be opened.
func (d *Document) Unseal(open func(sealed []byte) ([]byte, error)) (*Document, error) {
	if err := d.Unclear(); err != nil {
		return nil, err
	}
	var edits []Edit
	for _, c := range d.Confidential() {
		if d.isPulse() && len(c.Sealed) == 1 && len(c.Plain) == 0 {
			return d.openPulse(c.Sealed[0], open)
		}
		for _, b := range c.Sealed {
			text, err := d.open(b, open)
			if err != nil {
				return nil, err
			}
			edits = append(edits, Edit{Span: b.Span, Text: string(text)})
		}
	}
	return d.applyConfidential(edits)
}

// A SealError says why the sealed block that starts in a line can't be opened.
type SealError struct {
	Line int
	Err  error
}

func (e *SealError) Error() string { return e.Err.Error() }

func (e *SealError) Unwrap() error { return e.Err }

// Known is the sealed text of a file by what it says, as far as it can be opened.
func (d *Document) Known(open func(sealed []byte) ([]byte, error)) map[string]string {
	known := make(map[string]string)
	if d.isPulse() {
		if opened, err := d.Unseal(open); err == nil {
			known[string(opened.Text)] = string(d.Text)
		}
		return known
	}
	for _, c := range d.Confidential() {
		says, opened := d.Text[c.Span.Start:c.Span.End], len(c.Sealed) > 0
		for _, b := range slices.Backward(c.Sealed) {
			text, err := d.open(b, open)
			says = slices.Concat(says[:b.Span.Start-c.Span.Start], text, says[b.Span.End-c.Span.Start:])
			opened = opened && err == nil
		}
		if opened && len(c.Plain) == 0 {
			known[string(says)] = string(d.Text[c.Span.Start:c.Span.End])
		}
	}
	return known
}

// Discloses says whether a line that is confidential in a file is outside of what is
// confidential in its next version, and wasn't before.
func (d *Document) Discloses(after *Document) bool {
	if d.isPulse() {
		return false
	}
	lines := func(text []byte) map[string]bool {
		all := make(map[string]bool)
		for line := range bytes.Lines(text) {
			all[string(bytes.TrimSpace(line))] = true
		}
		return all
	}
	before, now := lines(d.outsideConfidential()), lines(after.outsideConfidential())
	for _, c := range d.Confidential() {
		for line := range lines(d.Text[c.Span.Start:c.Span.End]) {
			if now[line] && !before[line] {
				return true
			}
		}
	}
	return false
}

// applyConfidential edits what is below headings Confidential, and makes sure that
// everything else stays: a text that is opened may hold a heading that ends its section.
func (d *Document) applyConfidential(edits []Edit) (*Document, error) {
	after, err := d.Apply(edits...)
	if err != nil {
		return nil, err
	}
	if after.Unclear() != nil || !bytes.Equal(after.outsideConfidential(), d.outsideConfidential()) {
		return nil, errors.New("a line in it would end the confidential section or start another one; reword that line, so that it isn't a heading")
	}
	return after, nil
}

// Unclear says why nobody can tell where a file's confidential text is; nil where that is
// certain.
func (d *Document) Unclear() error {
	for _, one := range d.Diagnostics {
		if one.Code == HeldBack || d.broken {
			return errors.New(one.String())
		}
	}
	return nil
}

// outsideConfidential is the file without what is below headings Confidential.
func (d *Document) outsideConfidential() []byte {
	var out []byte
	at := 0
	for _, c := range d.Confidential() {
		out = append(append(out, d.Text[at:c.Span.Start]...), '\n')
		at = c.Span.End
	}
	return append(out, d.Text[at:]...)
}

package logparse

import (
	"bytes"

	"github.com/coachlog/coachlog/internal/pattern"
)

// MustSeal says whether the logbook wants what is confidential in a file sealed, and some
// of it isn't, or may not be.
func (s *Settings) MustSeal(d *Document) bool {
	return s.SealsText() && d.hasPlainText() || s.sealsPulses() && d.isPulse() && d.HasPlain()
}

// Seals says whether anything of the logbook has to be sealed.
func (s *Settings) Seals() bool { return s.SealsText() || s.sealsPulses() }

// SealsText says whether confidential text has to be sealed.
func (s *Settings) SealsText() bool { return s.Sealing.V == "sealed" || s.unsure.text }

func (s *Settings) sealsPulses() bool { return s.PulsesTo.Set || s.unsure.pulses }

// unsureSealing is what settings may ask for that can't be read: sealing once too often
// can be taken back, and what git has in plain text can't.
type unsureSealing struct{ text, pulses bool }

var (
	sealedLine = pattern.Of(`(?im)^["']?(confidential["']?\s*:[ \t]*[^\s#]|conf\w*["']?\s*:[ \t]*["']?sealed\b)`)
	openLine   = pattern.Of(`(?m)^["']?confidential["']?\s*:[ \t]*["']?plain\b`)
	pulsesLine = pattern.Of(`(?im)^["']?pulses?_to["']?\s*:[ \t]*[^\s#]`)
)

// unsureOf looks for what the lines of settings say of sealing, however broken they are.
func unsureOf(text []byte) unsureSealing {
	if len(text) > MaxFileBytes {
		return unsureSealing{true, true}
	}
	text = bytes.ReplaceAll(text, []byte{0}, nil) // as in UTF-16
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	text = bytes.TrimPrefix(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\xff\xfe")) // byte order marks
	return unsureSealing{len(sealedLine().FindAll(text, -1)) > len(openLine().FindAll(text, -1)), pulsesLine().Match(text)}
}

// UnknownSettings are those of a file that can't be read at all.
func UnknownSettings() *Settings { return &Settings{unsure: unsureSealing{true, true}} }

package signature

import (
	"bytes"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

// AllowedSigners are the lines of an allowed-signers file, as ssh-keygen(1)
// describes it.
type AllowedSigners []allowedSigner

type allowedSigner struct {
	principals    string // patterns, with commas between them
	key           ssh.PublicKey
	authority     bool    // the key signs certificates, not commits
	namespaces    *string // patterns; nil for all
	after, before validity
}

// ReadAllowedSigners leaves out the lines that can't be read, as ssh-keygen does:
// who stands there, has no say.
func ReadAllowedSigners(file []byte) AllowedSigners {
	var signers AllowedSigners
	for line := range bytes.Lines(file) {
		if signer, ok := readSigner(string(line)); ok {
			signers = append(signers, signer)
		}
	}
	return signers
}

const blank = " \t\r\n"

// readSigner reads PRINCIPALS [OPTIONS] KEY. The principals may be in quotes.
func readSigner(line string) (s allowedSigner, ok bool) {
	line = strings.TrimLeft(line, blank)
	end := strings.IndexAny(line, blank+`"`)
	if end < 0 || line[0] == '#' {
		return s, false
	}
	s.principals, line = line[:end], line[end:]
	if line[0] == '"' {
		quoted, rest, closed := strings.Cut(line[1:], `"`)
		if !closed {
			return s, false
		}
		s.principals += quoted
		line = rest
	}
	key, _, options, _, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return s, false
	}
	s.key = key
	for _, option := range options {
		if !s.read(option) {
			return s, false
		}
	}
	if after, before := s.after.in(time.UTC), s.before.in(time.UTC); !after.IsZero() && !before.IsZero() && !after.Before(before) {
		return s, false
	}
	return s, true
}

// read takes one option. What isn't known might be a restriction, so that the
// line doesn't count then.
func (s *allowedSigner) read(option string) bool {
	if strings.EqualFold(option, "cert-authority") {
		s.authority = true
		return true
	}
	name, value, _ := strings.Cut(option, "=")
	value, opened := strings.CutPrefix(value, `"`)
	value, closed := strings.CutSuffix(value, `"`)
	if !opened || !closed {
		return false
	}
	value = strings.ReplaceAll(value, `\"`, `"`)
	switch strings.ToLower(name) {
	case "namespaces":
		if s.namespaces != nil {
			return false
		}
		s.namespaces = &value
		return true
	case "valid-after":
		return s.after.set(value)
	case "valid-before":
		return s.before.set(value)
	}
	return false
}

// validity is one end of a key's time, zero for none. Without a zone it is a time
// on the clock of whoever looks.
type validity struct {
	clock time.Time // as if it were UTC
	utc   bool
}

func (v *validity) set(text string) bool {
	if !v.clock.IsZero() {
		return false
	}
	upper := strings.ToUpper(text)
	digits := strings.TrimSuffix(upper, "Z")
	if digits == upper {
		digits = strings.TrimSuffix(upper, "UTC")
	}
	layout := "20060102150405"
	if len(digits) != 8 && len(digits) != 12 && len(digits) != 14 {
		return false
	}
	clock, err := time.Parse(layout[:len(digits)], digits)
	v.clock, v.utc = clock, digits != upper
	return err == nil && clock.Unix() > 0
}

func (v validity) in(zone *time.Location) time.Time {
	if v.clock.IsZero() || v.utc {
		return v.clock
	}
	year, month, day := v.clock.Date()
	hour, minute, second := v.clock.Clock()
	return time.Date(year, month, day, hour, minute, second, 0, zone)
}

// matchList reports that one pattern fits and none that begins with ! does.
func matchList(text, patterns string) bool {
	found := false
	for pattern := range strings.SplitSeq(patterns, ",") {
		pattern, negated := strings.CutPrefix(pattern, "!")
		if match(text, pattern) {
			if negated {
				return false
			}
			found = true
		}
	}
	return found
}

// match knows * and ?, byte by byte.
func match(text, pattern string) bool {
	star, resume := -1, 0 // the last star, and where its text may end
	t, p := 0, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, resume = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			t, p = t+1, p+1
		case star >= 0:
			resume++
			t, p = resume, star+1
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

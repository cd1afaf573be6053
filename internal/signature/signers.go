package signature

import (
	"bytes"
	"regexp"
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
	authority     bool      // the key signs certificates, not commits
	namespaces    *string   // patterns; nil for all
	after, before time.Time // zero for none
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
	return s, s.after.IsZero() || s.before.IsZero() || s.after.Before(s.before)
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
		return readTime(&s.after, value)
	case "valid-before":
		return readTime(&s.before, value)
	}
	return false
}

// readTime reads one end of a key's time. Without a zone it is a time on the clock of
// whoever looks.
func readTime(end *time.Time, text string) bool {
	const layout = "20060102150405"
	digits, utc := strings.CutSuffix(strings.ToUpper(text), "Z")
	if !utc {
		digits, utc = strings.CutSuffix(digits, "UTC")
	}
	zone := time.Local
	if utc {
		zone = time.UTC
	}
	if !end.IsZero() || len(digits) != 8 && len(digits) != 12 && len(digits) != 14 {
		return false
	}
	at, err := time.ParseInLocation(layout[:len(digits)], digits, zone)
	*end = at
	return err == nil && at.Unix() > 0
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

// match knows * and ?.
func match(text, pattern string) bool {
	form := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	fits, err := regexp.MatchString("(?s)^"+form+"$", text)
	return fits && err == nil // not where the pattern is no UTF-8
}

package logparse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/coachlog/coachlog/internal/pattern"
)

// NormalID is the form in which ids of people, goals, actions, metrics and
// skills are compared: Unicode NFC, so that two ways to type one letter are one
// id. Case counts.
func NormalID(id string) string {
	if isASCII(id) {
		return id
	}
	return norm.NFC.String(id)
}

// NormalText is the form in which the texts of two items are compared where an
// id is missing: Unicode NFC, case folded, white space as single blanks, a
// closing full stop dropped, and without what formatters write in another way.
func NormalText(text string) string {
	return normalWords(strings.Join(strings.Fields(text), " "))
}

// normalWords is NormalText of a text whose white space is single blanks.
func normalWords(text string) string {
	ascii := isASCII(text)
	if !ascii {
		text = typewritten.Replace(text)
	}
	if strings.ContainsAny(text, "*_\\<") || strings.Contains(text, "--") {
		text = brackets().ReplaceAllString(text, "$1")
		text = rewritten().ReplaceAllString(text, "$1")
		text = dashes().ReplaceAllString(text, "-")
	}
	text = strings.TrimRight(text, ". ")
	if ascii {
		return strings.ToLower(text)
	}
	return norm.NFC.String(strings.Map(fold, norm.NFC.String(text)))
}

// Formatters write *emphasis* as _emphasis_, put backslashes before marks and brackets around
// addresses; and editors put other quotes, dashes and dots for those of a typewriter.
var (
	rewritten   = pattern.Of(`\\*[*_]|\\+([!-)+-/:-@[\]^\x60{-~])`)
	brackets    = pattern.Of(`<+(https?://[^ <>]+|[^ <>@]+@[^ <>@]+)>+`)
	dashes      = pattern.Of(`--+`)
	typewritten = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "‚", "'", "–", "-", "—", "-", "‐", "-", "‑", "-", "…", "...")
)

// fold is Unicode's simple case folding: the same letter for all cases of one.
func fold(r rune) rune {
	if unicode.SimpleFold(r) == r {
		return r // İ has no simple folding, and a small letter that isn't its own
	}
	least := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		least = min(least, other)
	}
	return unicode.ToLower(least)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// IsID says whether s can be the id of a person, goal, action or skill: letters and digits of any script, and "_",
// "-" and "." between them.
func IsID(s string) bool {
	last := rune('.')
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r) && last != '.':
		case (r == '.' || r == '-' || r == '_') && last != '.':
		default:
			return false
		}
		last = r
	}
	return last != '.' && last != '-' && s != ""
}

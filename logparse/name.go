package logparse

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
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
// closing full stop dropped.
func NormalText(text string) string {
	return normalWords(strings.Join(strings.Fields(text), " "))
}

// normalWords is NormalText of a text whose white space is single blanks.
func normalWords(text string) string {
	text = strings.TrimRight(text, ". ")
	if isASCII(text) {
		return strings.ToLower(text)
	}
	return norm.NFC.String(strings.Map(fold, norm.NFC.String(text)))
}

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

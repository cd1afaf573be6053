package gitrepo

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// What no reading makes a file of the logbook is named, and nothing is told of it. This
// file tells such a text from what somebody wrote.

// mostVersions bounds in how many versions one is looked for that can be read.
const mostVersions = 50

// otherVersion is a version of a file that reads as what its path should hold, the newest
// of them; nil where there is none.
func (f *filterReader) otherVersion(name string) ([]byte, error) {
	if text, known := f.readable[name]; known {
		return text, nil
	}
	f.readable[name] = nil // until one is found
	h, err := f.repo.History(HistoryOptions{Paths: []string{name}})
	if err != nil {
		return nil, err
	}
	for _, record := range h.Records[:min(mostVersions, len(h.Records))] {
		for _, d := range record.Files {
			if d.After == "" || d.Path != name {
				continue
			}
			stored, err := h.Blob(d.After)
			if err != nil {
				return nil, err
			}
			text, err := f.read(name, d.After, stored)
			if err == nil && f.repo.reads(name, text) {
				f.readable[name] = text
				return text, nil
			}
		}
	}
	if f.repo.root != "" {
		text, err := plainfile.Read(f.repo.file(name), plainfile.Most(name))
		if err == nil && f.repo.reads(name, text) {
			f.readable[name] = text
		}
	}
	return f.readable[name], nil
}

// Hides says why a text that is about to be recorded looks as if a filter had made it of
// the other version; "" where it doesn't.
func Hides(text, like []byte) string { return hides(text, like, false) }

// hides says why a text looks like no text that people wrote, beside another version of
// it; "" where it may well be one. Where no filter is known of, other words alone may be
// another text; but nobody writes front matter without a word that is known, or lines
// without spaces.
func hides(text, like []byte, mayFilter bool) string {
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return ""
	case slices.ContainsFunc(encryptedMarks, func(mark string) bool { return bytes.HasPrefix(text, []byte(mark)) }):
		return "it is encrypted"
	case bytes.IndexByte(text, 0) >= 0 || !utf8.Valid(text):
		return "it isn't text, so it may be encrypted or damaged"
	}
	words, known := wordsOf(text), wordsOf(like)
	common := 0
	for word := range words {
		if known[word] {
			common++
		}
	}
	const manyWords, longWord = 10, 20
	shaped := bytes.HasPrefix(text, []byte("---")) || len(text) >= longWord*(1+len(bytes.Fields(text)))
	if 4*len(text) >= 3*len(like) && 10*common < max(len(words), 1) && (mayFilter || shaped && len(known) >= manyWords) {
		return "none of its words are in other versions of the file, so it may be encrypted"
	}
	return ""
}

// encryptedMarks are how texts start that well-known programs have encrypted.
var encryptedMarks = []string{"age-encryption.org/", "-----BEGIN AGE ", "-----BEGIN PGP MESSAGE", "$ANSIBLE_VAULT;", "Salted__", "U2FsdGVkX1"}

// wordsOf are the words of a text that have three letters or more.
func wordsOf(text []byte) map[string]bool {
	words := make(map[string]bool)
	for word := range bytes.FieldsFuncSeq(bytes.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if utf8.RuneCount(word) >= 3 {
			words[string(word)] = true
		}
	}
	return words
}

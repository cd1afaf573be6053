package gitrepo

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// Attributes don't always say how a text was stored: a clone without the filter stores
// plain text, a filter may be named outside of the commits, a key may change. So a text
// is also looked at: what reads as a file of the logbook was never hidden, and what no
// reading makes one is named, and nothing is told of it.

// ReadsAs has a caller say which texts read as what their path should hold. Without it,
// attributes alone count.
func (r *Repo) ReadsAs(reads func(name string, text []byte) bool) { r.reads = reads }

// byText settles what to read, after the attributes had their say: text and err are what
// undoing the filter gave.
func (f *filterReader) byText(name, id string, stored, text []byte, filtered bool, err error) ([]byte, bool, error) {
	switch reads := f.repo.reads; {
	case reads == nil || err == nil && reads(name, text):
		return text, filtered, err
	case reads(name, stored):
		return bytes.Clone(stored), true, nil // never filtered
	case err != nil:
		return nil, false, err
	}
	text, err = f.recover(name, id, stored, text)
	return text, true, err
}

// Recover reads a stored text that doesn't read as what its path should hold: through
// any filter that this clone knows. The error is a *Refusal where the text is hidden.
func (h *History) Recover(name, id string, stored []byte) ([]byte, error) {
	if h.repo.reads == nil {
		return stored, nil
	}
	return h.repo.filterReader().recover(name, id, stored, stored)
}

// MayFilter says whether a path has or had a filter by any attributes, as far as can be
// told.
func (h *History) MayFilter(name string) bool {
	filter, err := h.repo.filterReader().mayFilter(h, name)
	return err != nil || filter != ""
}

// recover is Recover, with the text that the attributes make of what is stored.
func (f *filterReader) recover(name, id string, stored, text []byte) ([]byte, error) {
	like, err := f.otherVersion(name)
	if err != nil {
		return nil, err
	}
	looks := hides(text, like, len(f.rules) > 0)
	if like == nil || looks == "" {
		return text, nil // what somebody wrote, and no log
	}
	if f.repo.native != nil {
		for _, filter := range f.known(name) {
			if other, err := f.undo(name, id, filter); err == nil && f.repo.reads(name, other) {
				return other, nil
			}
		}
	}
	return nil, &Refusal{
		Reason:   fmt.Sprintf("%s can't be read in one of its versions (git show %s): %s", name, id[:min(10, len(id))], looks),
		Remedy:   "if a filter such as git-crypt stored it, set that up in this clone, with the key of that time, and try again; else see in git log -p " + name + " what happened to it",
		Filtered: true,
	}
}

// known are the filters that this clone can undo: those that attributes name first.
func (f *filterReader) known(name string) []string {
	var filters []string
	add := func(filter string) {
		if filter != "" && f.isSetUp(filter) && !slices.Contains(filters, filter) {
			filters = append(filters, filter)
		}
	}
	if now, err := f.filterNow(name); err == nil {
		add(now)
	}
	for _, rule := range f.rules {
		if rule.mayMatch(name) {
			add(rule.filter)
		}
	}
	if cfg, err := f.repo.config(); err == nil {
		var others []string
		for key := range cfg {
			if rest, ok := strings.CutPrefix(key, "filter."); ok && strings.Contains(rest, ".") {
				others = append(others, rest[:strings.LastIndexByte(rest, '.')])
			}
		}
		slices.Sort(others)
		for _, filter := range others {
			add(filter)
		}
	}
	return filters
}

// mostVersions bounds in how many versions one is looked for that can be read.
const mostVersions = 50

// otherVersion is a version of a file that reads as what its path should hold, the newest
// of them; nil where there is none.
func (f *filterReader) otherVersion(name string) ([]byte, error) {
	if text, known := f.readable[name]; known {
		return text, nil
	}
	if f.readable == nil {
		f.readable = make(map[string][]byte)
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
			text, err := f.plainly(h, name, d.After, stored)
			if err == nil && f.repo.reads(name, text) {
				f.readable[name] = text
				return text, nil
			}
		}
	}
	if f.repo.root != "" {
		text, err := plainfile.Read(filepath.Join(f.repo.root, filepath.FromSlash(name)), plainfile.Most(name))
		if err == nil && f.repo.reads(name, text) {
			f.readable[name] = text
		} else if err != nil && !os.IsNotExist(err) {
			return nil, nil // there is none to be had
		}
	}
	return f.readable[name], nil
}

// plainly reads a version as it is stored, or by its attributes alone.
func (f *filterReader) plainly(h *History, name, id string, stored []byte) ([]byte, error) {
	if f.repo.reads(name, stored) {
		return bytes.Clone(stored), nil
	}
	filter, err := f.mayFilter(h, name)
	if err != nil || filter == "" {
		return stored, err
	}
	text, _, err := f.undone(name, id, stored, filter)
	return text, err
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
	case isEncrypted(text):
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

func isEncrypted(text []byte) bool {
	return slices.ContainsFunc(encryptedMarks, func(mark string) bool { return bytes.HasPrefix(text, []byte(mark)) })
}

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

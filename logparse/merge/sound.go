package merge

import (
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/logparse"
)

// sound says whether a merge kept what each side wrote, and has nothing more often
// than a side has it, or than both additions make it: no id twice, no word where
// everybody may read it that was confidential.
func (m merger) sound(base, ours, theirs, merged string) bool {
	asOurs, asTheirs, whole := logparse.Sides(m.path, []byte(merged))
	if !whole {
		return false
	}
	all := counts{countWords(base), countWords(ours), countWords(theirs)}
	inOurs, inTheirs := countWords(asOurs), countWords(asTheirs)
	if !all.kept(inOurs, inTheirs) || !all.within(inOurs) || !all.within(inTheirs) {
		return false
	}
	public := func(text string) map[string]int {
		return countWords(logparse.Parse(m.path, []byte(text), m.headings).Public())
	}
	seen := counts{public(base), public(ours), public(theirs)}
	return seen.within(public(asOurs)) && seen.within(public(asTheirs))
}

// counts are how often each word is in the three versions.
type counts struct{ base, ours, theirs map[string]int }

// within says whether no word is there too often.
func (c counts) within(merged map[string]int) bool {
	for word, n := range merged {
		base, ours, theirs := c.base[word], c.ours[word], c.theirs[word]
		most := max(ours, theirs)
		switch {
		case word[0] == '\n' && (ours <= base || theirs <= base): // made of what each changed in it
			continue
		case word[0] != '^' && word[0] != '\n':
			most = max(most, ours+theirs-base)
		}
		if n > most {
			return false
		}
	}
	return true
}

// kept says whether no word is missing from both sides.
func (c counts) kept(inOurs, inTheirs map[string]int) bool {
	for _, side := range []map[string]int{c.ours, c.theirs} {
		for word := range side {
			base, ours, theirs := c.base[word], c.ours[word], c.theirs[word]
			least := max(ours, theirs)
			if base > 0 {
				least = min(ours, theirs, ours+theirs-base)
			}
			if word[0] == '^' && min(inOurs[word], inTheirs[word]) < min(ours, theirs) {
				return false // nobody deleted it
			}
			if word[0] != '\n' && max(inOurs[word], inTheirs[word]) < least {
				return false
			}
		}
	}
	return true
}

// countWords counts words, lines of a few words, which start with "\n", and headings,
// which are as single as ids.
func countWords(text string) map[string]int {
	count := make(map[string]int)
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(line, " \t>")
		if number := strings.TrimLeft(line, "0123456789"); number != line && (strings.HasPrefix(number, ". ") || strings.HasPrefix(number, ") ")) {
			line = number // an editor numbers a list anew
		}
		words := strings.FieldsFunc(line, func(r rune) bool {
			return r != '^' && r < unicode.MaxASCII && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		})
		for _, word := range words {
			count[word]++
		}
		if strings.HasPrefix(line, "#") {
			count["^"+line]++
		}
		if box, found := strings.CutPrefix(strings.TrimLeft(strings.TrimLeft(line, "-*+.)"), " "), "["); found && line[0] != '[' && len(box) > 2 && box[1] == ']' && box[0] != ' ' {
			count["["+box[:1]]++
		}
		if len(words) >= fewWords {
			count["\n"+strings.Join(words, " ")]++
		}
	}
	return count
}

// fewWords make a line that two people don't write by chance.
const fewWords = 4

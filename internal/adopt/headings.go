package adopt

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A Heading is one that notes have more than once and that coachlog doesn't know.
type Heading struct {
	Title string `json:"title"` // as first written
	Notes int    `json:"notes"` // that have it
}

// Headings are the headings that recur in the notes to be adopted and name no
// section, the most frequent first. Titles and dates of notes are none.
func Headings(all []*Proposal) []Heading {
	titles, notes := make(map[string]string), make(map[string]int)
	for _, p := range all {
		seen := make(map[string]bool)
		for i, h := range p.doc.Outline() {
			key, title := logparse.NormalTitle(h.Title), strings.Trim(plainText(logparse.BareTitle(h.Title)), ": ")
			isTitle := i == 0 && h.Level == 1 || plainText(h.Title) == p.Heading || len(findDates(plainText(h.Title))) > 0
			if p.Outcome != Adopt || h.Section != logparse.OwnSection || isTitle || title == "" || len(title) > 60 || seen[key] {
				continue
			}
			seen[key] = true
			titles[key] = cmp.Or(titles[key], title)
			notes[key]++
		}
	}
	headings := []Heading{}
	for key, n := range notes {
		if n > 1 {
			headings = append(headings, Heading{titles[key], n})
		}
	}
	slices.SortFunc(headings, func(a, b Heading) int {
		return cmp.Or(cmp.Compare(b.Notes, a.Notes), cmp.Compare(a.Title, b.Title))
	})
	return headings
}

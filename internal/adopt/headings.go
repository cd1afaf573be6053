package adopt

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A Heading is one that notes have more than once and that coachlog doesn't know.
type Heading struct {
	Title string               `json:"title"` // as first written
	Notes int                  `json:"notes"` // that have it
	Means logparse.SectionName `json:"means,omitempty"`
}

// Headings are the headings that recur in the notes to be adopted and name no
// section, the most frequent first. Titles and dates of notes are none.
func Headings(all []*Proposal) []Heading {
	found := make(map[string]*Heading)
	for _, p := range all {
		if p.Outcome != Adopt {
			continue
		}
		seen := make(map[string]bool)
		for i, h := range p.doc.Outline() {
			key := logparse.NormalTitle(h.Title)
			title := strings.Trim(plainText(logparse.BareTitle(h.Title)), ": ")
			if h.Section != logparse.OwnSection || i == 0 && h.Level == 1 || title == "" || len(title) > 60 || seen[key] || len(findDates(plainText(h.Title))) > 0 || title == p.Heading {
				continue
			}
			seen[key] = true
			if found[key] == nil {
				found[key] = &Heading{Title: title, Means: sectionFor(h.Title)}
			}
			found[key].Notes++
		}
	}
	var headings []Heading
	for _, h := range found {
		if h.Notes > 1 {
			headings = append(headings, *h)
		}
	}
	slices.SortFunc(headings, func(a, b Heading) int {
		return cmp.Or(cmp.Compare(b.Notes, a.Notes), cmp.Compare(a.Title, b.Title))
	})
	return headings
}

// sectionFor is the section that people mean by a heading, or none.
func sectionFor(title string) logparse.SectionName {
	title = logparse.NormalTitle(title)
	for name, titles := range wellKnown {
		for known := range strings.SplitSeq(titles, "|") {
			if logparse.NormalTitle(known) == strings.TrimRight(title, "?!") {
				return name
			}
		}
	}
	return logparse.OwnSection
}

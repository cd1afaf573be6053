package adopt

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

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

// A Heading is one heading that notes have and that coachlog doesn't know.
type Heading struct {
	Title string               `json:"title"` // as most often written
	Notes int                  `json:"notes"` // that have it
	Tasks int                  `json:"tasks"` // below it, in all notes
	Means logparse.SectionName `json:"means,omitempty"`
}

// OwnHeadings are the headings of the notes to be adopted that name no section,
// the most frequent first. Titles and dates of notes are none.
func OwnHeadings(all []*Proposal) []Heading {
	var docs []*logparse.Document
	for _, p := range all {
		if p.Outcome == Adopt {
			docs = append(docs, p.doc)
		}
	}
	return HeadingsOf(docs)
}

// HeadingsOf are the headings of logs that name no section, the most frequent
// first.
func HeadingsOf(docs []*logparse.Document) []Heading {
	found := make(map[string]*Heading)
	spelt := make(map[string]map[string]int)
	for _, doc := range docs {
		seen := make(map[string]bool)
		for i, h := range doc.Outline() {
			key := logparse.NormalTitle(h.Title)
			title := strings.Trim(plainText(logparse.BareTitle(h.Title)), ": ")
			if h.Section != logparse.OwnSection || i == 0 && h.Level == 1 || title == "" || len(title) > 60 || len(findDates(plainText(h.Title), false)) > 0 {
				continue
			}
			if found[key] == nil {
				found[key], spelt[key] = &Heading{Means: sectionFor(h.Title)}, make(map[string]int)
			}
			if !seen[key] {
				found[key].Notes++
			}
			seen[key] = true
			spelt[key][title]++
		}
		if doc.Session == nil {
			continue
		}
		for _, s := range doc.Session.Sections {
			if h := found[logparse.NormalTitle(s.Title)]; h != nil && s.Name == logparse.OwnSection {
				h.Tasks += tasks(s.Items)
			}
		}
	}
	var headings []Heading
	for key, h := range found {
		for title, n := range spelt[key] {
			if m := spelt[key][h.Title]; n > m || n == m && title < h.Title {
				h.Title = title
			}
		}
		headings = append(headings, *h)
	}
	slices.SortFunc(headings, func(a, b Heading) int {
		return cmp.Or(cmp.Compare(b.Notes, a.Notes), cmp.Compare(a.Title, b.Title))
	})
	return headings
}

func tasks(items []*logparse.Item) int {
	n := 0
	for _, it := range items {
		if it.IsTask() && it.Text != "" {
			n++
		}
		n += tasks(it.Items)
	}
	return n
}

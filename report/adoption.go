package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/adopt"
	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report/page"
)

// An Adoption is what would be done with older notes, or was done.
type Adoption struct {
	Notes    []*adopt.Proposal `json:"notes"` // in the order in which they were read
	Adopt    int               `json:"adopt"`
	Ask      int               `json:"ask"`     // something has to be said first
	Already  int               `json:"already"` // in the logbook
	Alone    int               `json:"alone"`   // no notes of a meeting
	Refused  int               `json:"refused"` // they can't be read
	Skipped  int               `json:"skipped"` // files that aren't markdown
	Headings []adopt.Heading   `json:"headings"`
}

// NewAdoption counts proposals. Skipped counts the files that are not markdown.
func NewAdoption(proposals []*adopt.Proposal, skipped int) *Adoption {
	a := &Adoption{Notes: proposals, Headings: adopt.Headings(proposals), Skipped: skipped}
	counts := map[adopt.Outcome]*int{adopt.Adopt: &a.Adopt, adopt.Ask: &a.Ask, adopt.Already: &a.Already, adopt.Alone: &a.Alone, adopt.Refused: &a.Refused}
	for _, p := range proposals {
		*counts[p.Outcome]++
	}
	return a
}

// Text is what would be done, for people. A command stays on one line, so that it can
// be copied.
func (a *Adoption) Text(style terminal.Style) string {
	for _, n := range a.Notes {
		style.Width = max(style.Width, terminal.Width(n.Command)+len("  - "))
	}
	var text strings.Builder
	a.page().Text(&text, style)
	return text.String()
}

// page is what would be done.
func (a *Adoption) page() *page.Page {
	p := &page.Page{Title: "To adopt: " + sentence.Count(a.Adopt, "note")}
	if a.Adopt == 0 {
		p.Title = "There is nothing to adopt" + only(a.Ask > 0, " yet")
	}
	p.Add("", "", a.table(), a.remarks())
	p.Add("Not taken: "+sentence.Count(a.Ask, "note"), "Each with what is missing and the command that takes it.", a.listed(adopt.Ask))
	p.Add("Can't be read", "", a.listed(adopt.Refused))
	others := only(a.Skipped > 0, "Not markdown: "+sentence.Count(a.Skipped, "file")+".")
	p.Add("Left alone", "", a.listed(adopt.Alone), page.Paragraph(others))
	p.Add("", "", page.Paragraph(only(a.Already > 0, "In the logbook already: "+sentence.Count(a.Already, "file")+".")))
	lines := ""
	for _, h := range a.Headings {
		lines += fmt.Sprintf("  # SECTION: [%s]   in %s\n", logparse.QuoteFlow(h.Title), sentence.Count(h.Notes, "note"))
	}
	if lines != "" {
		p.Add("Headings that recur", "Lines for coachlog.yaml. Replace SECTION with the section that each one means.", page.Paste("sections:\n"+lines))
	}
	return p
}

// table lists the notes that are clear, without columns of blanks.
func (a *Adoption) table() page.Table {
	clear := where(a.Notes, func(n *adopt.Proposal) bool { return n.Outcome == adopt.Adopt })
	return page.Table{Columns: []string{"note", "person", "day", "coach", "status"}, Rows: each(clear, func(n *adopt.Proposal) []string {
		return []string{n.File, n.Person, n.Date.String(), n.Coach, strings.Replace(n.Status, string(logparse.Held), "", 1)}
	})}.WithoutEmpty("")
}

// remarks say what else is worth knowing of the notes that are clear.
func (a *Adoption) remarks() page.List {
	copied, inPlace := 0, 0
	var keys []string
	for _, n := range a.Notes {
		switch {
		case n.Outcome != adopt.Adopt:
			continue
		case n.InPlace:
			inPlace++
		default:
			copied++
		}
		for _, key := range n.Rewrites {
			keys = appendNew(keys, "`"+key+"`")
		}
	}
	return plain(filled(
		only(copied > 0, are(copied, "note")+" copied to people/ID/DATE.md, with front matter before the text. The originals stay as they are."),
		only(inPlace > 0, are(inPlace, "note")+" in place already: front matter is added, and the text stays as it is."),
		only(len(keys) > 0, "Another tool's values of "+strings.Join(keys, ", ")+" are replaced; the old values stay after the new ones, as comments."),
	))
}

// listed names every note of an outcome, those with the same reason together.
func (a *Adoption) listed(outcome adopt.Outcome) (list page.List) {
	var files []*adopt.Proposal // the meetings of one file as one
	for _, n := range a.Notes {
		last := len(files) - 1
		switch {
		case n.Outcome != outcome:
		case last >= 0 && n.Heading != "" && files[last].Heading != "" && files[last].File == n.File:
			files[last].Join(n)
		default:
			file := *n
			files = append(files, &file)
		}
	}
	for len(files) > 0 {
		n := files[0]
		isSame := func(f *adopt.Proposal) bool {
			return f.Why == n.Why && f.Fix == n.Fix && slices.Equal(f.Flags, n.Flags)
		}
		same := where(files, isSame)
		files = slices.DeleteFunc(files, isSame)
		for _, f := range same {
			list = append(list, page.Item{Text: placeOf(f)})
		}
		command := n.Command
		if len(same) > 1 && command != "" {
			command = n.CommandFor("FILE")
		}
		list[len(list)-1].Below = filled(n.Why, n.Fix, command)
	}
	return list
}

// placeOf is a file, with how many meetings it has and from when to when, or the
// heading of one of them.
func placeOf(n *adopt.Proposal) string {
	switch {
	case n.Meetings > 1 && len(n.Days) > 0:
		return n.File + ", " + sentence.Count(n.Meetings, "meeting") + ", " + spanOf(n.Days)
	case n.Meetings > 1:
		return n.File + ", " + sentence.Count(n.Meetings, "meeting")
	case n.Heading != "":
		return fmt.Sprintf("%s, %q", n.File, n.Heading)
	}
	return n.File
}

// spanOf is the first and the last of days. Where one of them names no year, none
// is named.
func spanOf(days []logparse.Date) string {
	first, last, layout := days[0], days[len(days)-1], "2 Jan"
	if !slices.ContainsFunc(days, func(d logparse.Date) bool { return d.Year == 0 }) {
		first, last, layout = slices.MinFunc(days, logparse.Date.Compare), slices.MaxFunc(days, logparse.Date.Compare), "2 Jan 2006"
	}
	if first == last {
		return last.Time().Format(layout)
	}
	start := layout
	if first.Year == last.Year {
		start = "2 Jan"
	}
	return first.Time().Format(start) + " to " + last.Time().Format(layout)
}

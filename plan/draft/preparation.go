package draft

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// Answers are what a coachee answered before a session.
type Answers struct {
	Session  logparse.Date // the day of the session that they are for
	Asked    logparse.Date // zero where it isn't known
	Received logparse.Date

	Titles   map[logparse.SectionName]string   // headings of what was asked, as the message had them
	Sections map[logparse.SectionName][]string // the coachee's own lines
}

// Preparation files answers under their headings, in the coachee's own words. path
// names the file to be.
func Preparation(b *plan.Logbook, p *plan.Person, path string, a Answers) (*logparse.Document, error) {
	var out strings.Builder
	fmt.Fprintf(&out, "---\ntype: preparation\nperson: %s\nsession: %s\n", logparse.QuoteYAML(p.ID), a.Session)
	if !a.Asked.IsZero() {
		fmt.Fprintf(&out, "asked: %s\n", a.Asked)
	}
	fmt.Fprintf(&out, "received: %s\n---\n\n# Preparation for %s\n", a.Received, longDate(a.Session))
	for _, name := range logparse.PreparationSectionNames {
		lines := a.Sections[name]
		title, asked := a.Titles[name]
		if len(lines) == 0 && !asked {
			continue
		}
		if b.Settings.Headings.PreparationSection(title) != name {
			title = name.Title()
		}
		fmt.Fprintf(&out, "\n## %s\n", title)
		if len(lines) > 0 {
			fmt.Fprintf(&out, "\n%s\n", strings.Join(contained(b.Settings.Headings, title, lines), "\n"))
		}
	}
	doc := logparse.Parse(path, []byte(out.String()), b.Settings.Headings)
	if doc.Preparation == nil || doc.Broken() {
		return nil, errors.New("the answers can't be filed as they are" + firstError(doc))
	}
	return doc, nil
}

func firstError(doc *logparse.Document) string {
	for _, d := range doc.Diagnostics {
		if d.Severity == logparse.Error {
			return ": " + d.String()
		}
	}
	return ""
}

// contained is an answer in a form that ends before the next heading. One that
// wouldn't, since it brings headings along or leaves a block of code or a comment
// open, is moved in by four blanks: then markdown takes it as it is.
func contained(headings logparse.Headings, title string, lines []string) []string {
	text := "---\ntype: preparation\n---\n\n## " + title + "\n\n" + strings.Join(lines, "\n") + "\n\n"
	doc := logparse.Parse("prep.md", []byte(text+"## "+title+"\n"), headings)
	if prep := doc.Preparation; prep != nil && !doc.Broken() && len(prep.Sections) == 3 && prep.Sections[2].Heading.Start == len(text) {
		return lines
	}
	moved := slices.Clone(lines)
	for i, line := range moved {
		if strings.TrimSpace(line) != "" {
			moved[i] = "    " + line
		}
	}
	return moved
}

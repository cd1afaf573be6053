package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/coachlog/coachlog/report/page"
)

// markdown writes the plan as a page that a forge renders.
func (r *Plan) markdown(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n\n| | |\n|---|---|\n", page.MarkdownText(r.title()))
	for _, fact := range r.facts() {
		fmt.Fprintf(&out, "| %s | %s |\n", fact.name, page.MarkdownText(fact.text))
	}
	for _, part := range r.parts() {
		if part.empty() {
			continue
		}
		fmt.Fprintf(&out, "\n## %s\n\n", page.MarkdownText(part.title))
		for _, text := range part.texts {
			fmt.Fprintf(&out, "%s%s\n", bulletOf(part.texts), page.MarkdownText(text))
		}
		for _, line := range part.lines {
			fmt.Fprintf(&out, "- %s%s%s\n", strings.TrimPrefix(line.mark, "- "), page.MarkdownText(line.text), markdownNote(line.note))
		}
		for _, s := range part.skills {
			fmt.Fprintf(&out, "- %s %s%s\n", levelBoxes[s.Level], page.MarkdownText(s.Text), markdownNote(s.notes()))
			for _, a := range s.Actions {
				fmt.Fprintf(&out, "  - %s: %s\n", page.MarkdownText(a.Text), page.MarkdownText(a.notes()))
			}
		}
	}
	r.markdownVersions(&out)
	_, err := io.WriteString(w, out.String())
	return err
}

func markdownNote(note string) string {
	if note == "" {
		return ""
	}
	return " (" + page.MarkdownText(note) + ")"
}

func (r *Plan) markdownVersions(out *strings.Builder) {
	out.WriteString("\n## Versions\n\n")
	if r.Note != "" {
		fmt.Fprintf(out, "%s\n", page.MarkdownText(r.Note))
	}
	list := func(changes []PlanChange) {
		for _, c := range changes {
			fmt.Fprintf(out, "  - %s\n", page.MarkdownText(c.sentence()))
		}
	}
	if len(r.Changes) > 0 {
		out.WriteString("- Not recorded yet\n")
		list(r.Changes)
	}
	for _, v := range r.Versions {
		fmt.Fprintf(out, "- %s, %s: **%s**\n", v.when.Format("2 Jan 2006"), page.MarkdownText(v.Author), page.MarkdownText(v.Subject))
		if v.Reason != "" {
			fmt.Fprintf(out, "\n  %s\n\n", page.MarkdownText(v.Reason))
		}
		list(v.Changes)
	}
	if r.Older > 0 {
		fmt.Fprintf(out, "\nand %s before\n", count(r.Older, "version"))
	}
}

package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/internal/terminal"
)

// markdown writes the report as a page that a forge renders.
func (r *Person) markdown(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n\n%s\n\n## Sessions\n\n%s\n", markdownText(r.title()), markdownText(r.subtitle()), r.Session.sentence())
	var strengths []string
	for _, s := range r.Going {
		strengths = append(strengths, fmt.Sprintf("%s (%s)", s.Text, s.Date.Time().Format("2 Jan")))
	}
	markdownList(&out, "Going well", strengths)
	r.markdownSides(&out)
	markdownGoals(&out, "Short-term goals", r.Short)
	markdownGoals(&out, "Mid-term goals", r.Mid)
	markdownList(&out, "Long-term goals", r.Long)
	var help, skills []string
	for _, h := range r.Help {
		help = append(help, h.sentence())
	}
	markdownList(&out, "Help with long-term goals", help)
	for _, s := range r.Skills {
		skills = append(skills, fmt.Sprintf("%s (%s)", s.sentence(), s.Level))
	}
	markdownList(&out, "Skills", skills)
	if len(r.Metrics) > 0 {
		out.WriteString("\n## Metrics\n\n| Metric | Course |\n|---|---|\n")
		for _, m := range r.Metrics {
			fmt.Fprintf(&out, "| %s | %s |\n", markdownText(m.Name), markdownText(m.sentence()))
		}
	}
	r.markdownOpen(&out)
	var older []string
	for _, t := range r.Older {
		older = append(older, fmt.Sprintf("%s (%s)", t.Text, shortDate(t.Date)))
	}
	markdownList(&out, "Not ticked in older notes", older)
	_, err := io.WriteString(w, out.String())
	return err
}

func markdownList(out *strings.Builder, title string, texts []string) {
	if len(texts) == 0 {
		return
	}
	fmt.Fprintf(out, "\n## %s\n\n", title)
	for _, text := range texts {
		fmt.Fprintf(out, "- %s\n", markdownText(text))
	}
}

func (r *Person) markdownSides(out *strings.Builder) {
	out.WriteString("\n## Commitment\n\nDid each side do what it agreed to?\n\n| Owner | Kept | Partly | Not kept | Dropped by agreement | Carried on | No account given |\n|---|---|---|---|---|---|---|\n")
	for _, s := range r.Sides {
		fmt.Fprintf(out, "| @%s | %s | %d | %d | %d | %d | %d |\n", markdownText(s.Owner), s.Rate, s.Partly, s.NotKept, s.Dropped, s.Carried, s.NoAccount)
	}
	for _, remark := range r.remarks() {
		fmt.Fprintf(out, "\n%s.\n", markdownText(remark))
	}
	if len(r.Coaches) > 0 {
		out.WriteString("\n## Plans\n\nDid doing it reach the goal? That is what the coach answers for.\n\n| Coach | Plans that worked | Follow-up given |\n|---|---|---|\n")
	}
	for _, c := range r.Coaches {
		fmt.Fprintf(out, "| @%s | %s | %s |\n", markdownText(c.Coach), c.PlanSuccess, c.FollowUp)
	}
}

func markdownGoals(out *strings.Builder, title string, goals []GoalReport) {
	if len(goals) == 0 {
		return
	}
	fmt.Fprintf(out, "\n## %s\n", title)
	for _, g := range goals {
		fmt.Fprintf(out, "\n### %s\n\n**%s**", markdownText(g.Text), g.Outcome)
		if line := g.dateAndTarget(); line != "" {
			fmt.Fprintf(out, ", %s", markdownText(line))
		}
		out.WriteString("\n\n")
		for _, v := range g.Verdicts {
			fmt.Fprintf(out, "%s\n\n", markdownText(v.sentence(g.Target)))
		}
		for _, a := range g.Actions {
			fmt.Fprintf(out, "- %s: %s\n", markdownText(a.Text), markdownText(a.notes()))
			for _, remark := range a.remarks() {
				fmt.Fprintf(out, "  - %s\n", markdownText(remark))
			}
		}
	}
}

func (r *Person) markdownOpen(out *strings.Builder) {
	if len(r.Open)+len(r.Owed) == 0 {
		return
	}
	out.WriteString("\n## Still open\n\n")
	markdownOpen(out, r.Open, r.Owed)
}

// markdownOpen lists what is not fulfilled, and the plans that are due new
// actions.
func markdownOpen(out *strings.Builder, open []CheckAction, plans []CheckPlan) {
	for _, a := range open {
		fmt.Fprintf(out, "- %s (@%s): %s\n", markdownText(a.Text), markdownText(a.Owner), markdownText(a.when()))
	}
	for _, owed := range plans {
		fmt.Fprintf(out, "- New actions for %s (@%s), since %s\n", markdownText(owed.Goal), markdownText(owed.Coach), owed.Judged)
	}
}

// markdownText makes text from a log safe within a line or a table cell: no
// HTML, no cell ends, no links or images, no new block, nothing that a terminal
// would obey. Emphasis stays.
func markdownText(text string) string {
	var out strings.Builder
	runes := []rune(terminal.Escape(text))
	for i, r := range runes {
		switch {
		case r == '<' && i+1 < len(runes) && (unicode.IsLetter(runes[i+1]) || strings.ContainsRune("/!?", runes[i+1])):
			out.WriteString("&lt;")
			continue
		case strings.ContainsRune("|[]`\\", r), i == 0 && strings.ContainsRune("#>-+=~", r):
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

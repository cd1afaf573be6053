package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/coachlog/coachlog/report/page"
)

// markdown writes the page as one that a forge renders, or that a coach keeps
// open in an editor.
func (prep *Prep) markdown(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n\n%s\n\n## %s\n\n", page.MarkdownText("Before the session with "+prep.Name), page.MarkdownText(prep.subtitle()), page.MarkdownText(prep.askedTitle()))
	if prep.Asked == nil {
		fmt.Fprintf(&out, "%s\n", page.MarkdownText(prep.notAsked()))
	} else {
		for i, answer := range prep.Asked.Answers {
			if i > 0 {
				out.WriteString("\n")
			}
			fmt.Fprintf(&out, "### %s\n\n", answer.Title)
			markdownQuote(&out, answer.Lines)
		}
	}
	if len(prep.Strengths.Lines) > 0 {
		fmt.Fprintf(&out, "\n## Strengths to begin with, from the %s\n\n", prep.Strengths.From)
		markdownQuote(&out, prep.Strengths.Lines)
	}
	if len(prep.Open)+len(prep.Owed) > 0 {
		out.WriteString("\n## Open on both sides\n\n")
		markdownOpen(&out, prep.Open, prep.Owed)
	}
	prep.markdownRemarks(&out)
	if len(prep.Metrics) > 0 {
		out.WriteString("\n## Figures\n\n| Metric | Course | |\n|---|---|---|\n")
		for _, m := range prep.Metrics {
			fmt.Fprintf(&out, "| %s | %s | %s |\n", page.MarkdownText(m.Name), page.MarkdownText(m.prepSentence()), m.sparkline())
		}
	}
	markdownList(&out, "Long-term goals to touch", prep.Long)
	if len(prep.Delivery) > 0 {
		fmt.Fprintf(&out, "\n## %s\n\n", page.MarkdownText("How "+prep.Name+" likes to be coached"))
		markdownQuote(&out, prep.Delivery)
	}
	var questions []string
	for _, q := range prep.Questions {
		questions = append(questions, q.Text)
	}
	markdownList(&out, "Questions, in place of advice", questions)
	markdownList(&out, "Keep in mind", prep.Mind)
	_, err := io.WriteString(w, out.String())
	return err
}

// markdownQuote writes somebody's own lines as a quotation, line by line.
func markdownQuote(out *strings.Builder, lines []string) {
	for i, line := range lines {
		end := "  \n" // two blanks break the line
		if i == len(lines)-1 {
			end = "\n"
		}
		fmt.Fprintf(out, "> %s%s", page.MarkdownText(strings.TrimSpace(line)), end)
	}
}

func (prep *Prep) markdownRemarks(out *strings.Builder) {
	if len(prep.Remarks) == 0 {
		return
	}
	fmt.Fprintf(out, "\n## Said of what was agreed, on %s\n\n", shortDate(prep.Last))
	for _, r := range prep.Remarks {
		fmt.Fprintf(out, "- %s (@%s)\n", page.MarkdownText(r.Text), page.MarkdownText(r.Owner))
		for _, remark := range r.Remarks {
			fmt.Fprintf(out, "  - %s\n", page.MarkdownText(remark))
		}
	}
}

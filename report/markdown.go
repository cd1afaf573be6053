package report

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/report/page"
)

func markdownList(out *strings.Builder, title string, texts []string) {
	if len(texts) == 0 {
		return
	}
	fmt.Fprintf(out, "\n## %s\n\n", title)
	for _, text := range texts {
		fmt.Fprintf(out, "- %s\n", page.MarkdownText(text))
	}
}

// markdownOpen lists what is not fulfilled, and the plans that are due new
// actions.
func markdownOpen(out *strings.Builder, open []CheckAction, plans []CheckPlan) {
	for _, a := range open {
		fmt.Fprintf(out, "- %s (@%s): %s\n", page.MarkdownText(a.Text), page.MarkdownText(a.Owner), page.MarkdownText(a.when()))
	}
	for _, owed := range plans {
		fmt.Fprintf(out, "- New actions for %s (@%s), since %s\n", page.MarkdownText(owed.Goal), page.MarkdownText(owed.Coach), owed.Judged)
	}
}

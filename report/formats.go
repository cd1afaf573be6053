package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report/page"
)

// A Review is a report in any format: of a person, a coach, a team or the whole
// logbook. Every format is made from the one model that it is.
type Review interface {
	Page() *page.Page
	Tables() []Table
	Covers() logparse.Date // the last day of which it tells
}

// Formats are the formats of a review.
var Formats = []string{"text", "markdown", "html", "json", "csv"}

// An Output says how a review is written.
type Output struct {
	Format   string         // of Formats
	Style    terminal.Style // of text
	Table    string         // of CSV: the name of the table
	Pictures page.Pictures  // of markdown: keeps the charts; nil for none
	Template *Template      // of text and markdown; nil for coachlog's own
}

// Write writes a review.
func Write(w io.Writer, r Review, out Output) error {
	switch out.Format {
	case "json":
		return writeJSON(w, r)
	case "html":
		return r.Page().HTML(w)
	case "csv":
		for _, t := range r.Tables() {
			if t.Name == out.Table {
				return t.CSV(w)
			}
		}
		return fmt.Errorf("there is no table %q; the tables are %s", out.Table, strings.Join(TableNames(r), ", "))
	case "markdown":
		if out.Template != nil {
			return out.Template.write(w, r, page.MarkdownText)
		}
		return r.Page().Markdown(w, out.Pictures)
	}
	if out.Template != nil {
		return out.Template.write(w, r, terminal.Escape)
	}
	return r.Page().Text(w, out.Style)
}

package canonical

import (
	"strings"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// tables lines up the tables under Figures, and writes the numbers in them. One in which a
// cell can hold more than plain text, or be wider than it looks, keeps its blanks.
func (f *form) tables() {
	for _, table := range f.FigureTables() {
		if texts, ok := f.cells(table); ok {
			f.lineUp(table, texts)
		}
	}
}

// cells are the texts of a table's cells; ok is false where they can't be told for certain.
func (f *form) cells(table []logparse.TableLine) (texts [][]string, ok bool) {
	for _, line := range table {
		row := f.raw(line.Span)
		if len(line.Cells) != len(table[0].Cells) || !strings.HasPrefix(row, "|") || !strings.HasSuffix(row, "|") || len(row) < 2 || f.isDoubtful(line.Span) || odd().MatchString(row) {
			return nil, false
		}
		var cells []string
		for _, cell := range line.Cells {
			text := f.raw(cell)
			if number, ok := logparse.Percent(text); ok {
				text = number + "%"
			}
			cells = append(cells, text)
		}
		texts = append(texts, cells)
	}
	return texts, len(texts) > 1 && strings.Trim(strings.Join(texts[1], ""), "-") == "" && f.raw(table[1].Span) != ""
}

// odd is what can make a cell more than plain text of its length.
var odd = pattern.Of("[^ -~\u00a1-\u017f]|[\\\\`]|<[a-zA-Z/!?]")

func (f *form) lineUp(table []logparse.TableLine, texts [][]string) {
	widths := make([]int, len(table[0].Cells))
	for _, cells := range texts {
		for i, text := range cells {
			if strings.Trim(text, "-") != "" {
				widths[i] = max(widths[i], utf8.RuneCountInString(text))
			}
		}
	}
	for n, line := range table {
		var row strings.Builder
		for i, text := range texts[n] {
			width := max(3, widths[i])
			if n == 1 {
				text = strings.Repeat("-", width)
			}
			row.WriteString("| " + text + strings.Repeat(" ", width-utf8.RuneCountInString(text)) + " ")
		}
		f.write(line.Span, row.String()+"|")
	}
}

package logparse

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// text adds what is written from here to end: tables row by row, and the lines
// between them.
func (p *piecer) text(parts []Piece, gap, end int) []Piece {
	for from := p.at; from < end; {
		next := p.lineEnd(from, end)
		if !p.isRow(from, next) || !tableRuler().Match(p.plain[next:p.lineEnd(next, end)]) {
			from = next
			continue
		}
		if before := bytes.TrimRight(p.plain[p.at:from], " \t\n"); len(before) > 0 {
			parts = append(parts, p.after(gap, ProsePiece, p.lineEnd(p.at+len(before)-1, from)))
			gap = p.at
			p.at = from
		}
		parts = append(parts, p.table(gap, end))
		gap, from = p.at, p.at
		p.blankLines(end)
		from = max(from, p.at)
	}
	if p.at < end {
		return append(parts, p.after(gap, ProsePiece, end))
	}
	return parts
}

func (p *piecer) lineEnd(at, end int) int {
	if at >= end {
		return end
	}
	return min(end, p.lineSpan(p.lineAt(at)).End)
}

func (p *piecer) isRow(start, end int) bool {
	return bytes.HasPrefix(bytes.TrimLeft(p.plain[start:end], " \t"), []byte{'|'})
}

// tableRuler is the line below a table's head.
var tableRuler = pattern.Of(`^[ \t]*\|[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\n?$`)

// table takes a table apart: a row is known by its first cell, a cell by its column.
func (p *piecer) table(gap, end int) Piece {
	start := p.at
	table := Piece{Kind: TablePiece, Gap: string(p.Text[gap:start])}
	var columns []string
	for line := 0; p.at < end && p.isRow(p.at, p.lineEnd(p.at, end)); line++ {
		last := p.lineEnd(p.at, end)
		if line == 1 {
			table.Parts = append(table.Parts, p.take(RowPiece, last, "ruler"))
			continue
		}
		row := p.row(columns, last)
		if line == 0 {
			for i := 1; i < len(row.Parts); i += 2 {
				columns = append(columns, strings.ToLower(row.Parts[i].Text))
			}
			row.Names = []string{"head"}
			table.Names = []string{"", strings.Join(columns, "|")}
		}
		table.Parts = append(table.Parts, row)
	}
	table.Text = string(p.Text[start:p.at])
	return table
}

// row takes a line apart, where it ends in a bar.
func (p *piecer) row(columns []string, end int) Piece {
	line := Span{p.at, end}
	text := bytes.TrimSpace(p.plain[line.Start:line.End])
	closed := len(text) > 1 && bytes.HasSuffix(text, []byte{'|'}) && !bytes.HasSuffix(text, []byte(`\|`))
	row := Piece{Kind: RowPiece, Names: []string{""}, Text: string(p.Text[line.Start:line.End])}
	for i, cell := range p.cells(line) {
		written := p.plain[cell.Start:cell.End]
		text := string(bytes.Trim(written, " \t"))
		if i == 0 && text != "" {
			row.Names[0] = "row " + strings.ToLower(text)
		}
		if !closed {
			break
		}
		name := fmt.Sprint("cell ", i)
		if i < len(columns) {
			name = columns[i]
		}
		start := cell.End - len(bytes.TrimLeft(written, " \t"))
		row.Parts = append(row.Parts, p.take(LayoutPiece, start, fmt.Sprint("bar ", i)), p.take(WordPiece, start+len(text), name))
	}
	if last := p.take(LayoutPiece, end, "line end"); closed {
		row.Parts = append(row.Parts, last)
	}
	return row
}

package logparse

import (
	"bytes"
	"fmt"
	"strings"
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

// after is the piece from here to end, with the blank lines from gap on before it.
func (p *piecer) after(gap int, kind PieceKind, end int) Piece {
	start := p.at
	piece := p.take(kind, end)
	piece.Gap = string(p.Text[gap:start])
	return piece
}

func (p *piecer) lineEnd(at, end int) int {
	if at >= end {
		return end
	}
	return min(end, p.lineSpan(p.lineAt(at)).End)
}

func (p *piecer) passBlanks(at, end int) int {
	return end - len(bytes.TrimLeft(p.plain[at:end], " \t"))
}

func (p *piecer) isRow(start, end int) bool {
	return bytes.HasPrefix(bytes.TrimLeft(p.plain[start:end], " \t"), []byte{'|'})
}

// tableRuler is the line below a table's head.
var tableRuler = pattern(`^[ \t]*\|[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\n?$`)

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

func (p *piecer) row(columns []string, end int) Piece {
	start, from := p.at, p.at
	row := Piece{Kind: RowPiece, Names: []string{""}}
	for cell := 0; ; cell++ {
		bar := p.passBlanks(from, end)
		if bar >= end || p.plain[bar] != '|' {
			break
		}
		content := p.passBlanks(bar+1, end)
		next := content
		for next < end && p.plain[next] != '|' {
			if p.plain[next] == '\\' {
				next++
			}
			next++
		}
		if next >= end { // behind the last bar
			break
		}
		text := bytes.TrimRight(p.plain[content:next], " \t")
		row.Parts = append(row.Parts, p.take(LayoutPiece, content, fmt.Sprint("bar ", cell)))
		name := fmt.Sprint("cell ", cell)
		if cell < len(columns) {
			name = columns[cell]
		}
		row.Parts = append(row.Parts, p.take(WordPiece, content+len(text), name))
		if cell == 0 && len(text) > 0 {
			row.Names[0] = "row " + strings.ToLower(string(text))
		}
		from = p.at
	}
	if closing := bytes.TrimSpace(p.plain[p.at:end]); len(closing) > 1 || len(row.Parts) == 0 {
		row.Parts, p.at = nil, end // no bar behind the last cell
	} else {
		row.Parts = append(row.Parts, p.take(LayoutPiece, end, "line end"))
	}
	row.Text = string(p.Text[start:end])
	return row
}

package logparse

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// A conflict is what a merge leaves where both sides changed one thing: lines
// between markers, as git writes them. It has the index of the marker's line above each
// side and of the one below the last, -1 where that is missing.
type conflict [4]int // <<<<<<<, |||||||, =======, >>>>>>>

// The sides of a conflict.
const (
	ourSide = iota
	baseSide
	theirSide
	conflictEnd
)

var noConflict = conflict{-1, -1, -1, -1}

// lines are the lines of one side, the last one not included.
func (c conflict) lines(side int) (first, last int) {
	switch {
	case c[side] < 0:
		return c[theirSide], c[theirSide]
	case side == ourSide && c[baseSide] < 0:
		return c[side] + 1, c[theirSide]
	}
	return c[side] + 1, c[side+1]
}

// whole says whether it can be told where each side starts and ends.
func (c conflict) whole() bool { return c[ourSide] >= 0 && c[theirSide] >= 0 && c[conflictEnd] >= 0 }

// findConflicts finds the merge conflicts that are left in a file. Only inside
// of one does ======= mean anything: elsewhere it underlines a heading.
func findConflicts(s *Source) (conflicts []conflict) {
	if !bytes.Contains(s.plain, ourMarker) && !bytes.Contains(s.plain, theirMarker) {
		return nil
	}
	open := noConflict
	for line := range s.lines {
		switch {
		case isMarker(s, line, '<'):
			if open[ourSide] >= 0 {
				conflicts = append(conflicts, open)
			}
			open = noConflict
			open[ourSide] = line
		case isMarker(s, line, '>') && (open[ourSide] >= 0 || s.conflictLabel(line) != ""):
			open[conflictEnd] = line
			conflicts = append(conflicts, open)
			open = noConflict
		case open[ourSide] < 0 || open[theirSide] >= 0:
		case isMarker(s, line, '|') && open[baseSide] < 0:
			open[baseSide] = line
		case isMarker(s, line, '='):
			open[theirSide] = line
		}
	}
	if open[ourSide] >= 0 {
		conflicts = append(conflicts, open)
	}
	return conflicts
}

const markerLength = 7

var ourMarker, theirMarker = []byte("<<<<<<<"), []byte(">>>>>>>")

func isMarker(s *Source, line int, mark byte) bool {
	span := s.lineSpan(line)
	text := s.plain[span.Start:span.End]
	return len(text) >= markerLength && text[0] == mark && len(bytes.Trim(text[:markerLength], string(mark))) == 0 && isMarkerEnd(text, markerLength)
}

// conflictLabel is what comes after a marker: the name of a side.
func (s *Source) conflictLabel(line int) string {
	span := s.lineSpan(line)
	return string(bytes.TrimSpace(s.Text[span.Start+markerLength : span.End]))
}

// readConflicts makes the file be read as our side has it, so that nothing is
// read twice and a marker is never taken for YAML, or for the line that makes
// the text above it a heading. What is confidential on any side stays hidden.
func (d *Document) readConflicts() {
	d.conflicts = findConflicts(d.Source)
	if len(d.conflicts) == 0 {
		return
	}
	for _, side := range []int{theirSide, baseSide, ourSide} {
		version := *d.Source
		version.plain, version.blocks = oneSide(d.Source, d.conflicts, side), nil
		_, body := frontMatterLines(&version, func(Diagnostic) {})
		plain := version.plain
		version.skipComments(body)
		for _, part := range confidentialParts(&version, d.headings, func(Diagnostic) {}) {
			d.hidden = append(d.hidden, part.hidden())
		}
		if side == ourSide {
			d.plain = plain
		}
	}
}

// oneSide is the text with blanks for all lines that only others have.
func oneSide(s *Source, conflicts []conflict, side int) []byte {
	plain := bytes.Clone(s.plain)
	blankLines := func(first, last int) { blank(plain, Span{s.lineSpan(first).Start, s.lineSpan(last - 1).End}) }
	for _, c := range conflicts {
		if c.whole() {
			first, last := c.lines(side)
			blankLines(c[ourSide], first)
			blankLines(last, c[conflictEnd]+1)
			continue
		}
		for _, line := range c {
			if line >= 0 {
				blankLines(line, line+1)
			}
		}
	}
	return plain
}

// reportConflicts reports each conflict, with both sides, and nothing else:
// until it is solved, nobody can say what else is wrong.
func (d *Document) reportConflicts() {
	if len(d.conflicts) == 0 {
		return
	}
	d.broken = true // neither version was agreed
	d.Diagnostics = nil
	for _, c := range d.conflicts {
		at, message := c[ourSide], "a merge conflict is left here"
		switch {
		case c.whole():
			message += fmt.Sprintf(": %s; %s", d.sideOf(c, ourSide, c[ourSide], "one side"), d.sideOf(c, theirSide, c[conflictEnd], "the other"))
		case c[ourSide] < 0:
			at, message = c[conflictEnd], message+", and the line <<<<<<< where it starts is missing"
		default:
			message += ", and the line ======= or >>>>>>> that belongs to it is missing"
		}
		remedy := "keep what was agreed, delete the lines with <<<<<<<, ======= and >>>>>>>"
		if c[baseSide] >= 0 {
			remedy = "keep what was agreed, delete the lines with <<<<<<<, |||||||, ======= and >>>>>>>, and what both sides started from below |||||||"
		}
		start := d.lineSpan(at).Start
		d.report(Diagnostic{Code: "conflict-marker", Span: Span{start, start + markerLength}, Message: message,
			Remedy: remedy})
	}
}

// Of a conflict's sides, and of a copy, so much is shown.
const (
	shownLines   = 3
	shownLetters = 60
)

// sideOf says what one side of a conflict has. Nothing confidential is shown.
func (d *Document) sideOf(c conflict, side, marker int, name string) string {
	if label := d.conflictLabel(marker); label != "" && !d.isHidden(d.LineSpan(marker+1)) {
		name = label
	}
	first, last := c.lines(side)
	var lines []int
	for line := first; line < last; line++ {
		lines = append(lines, line+1)
	}
	return name + " has " + d.SomeLines(lines, len(d.lines))
}

// SomeLines says what is in some lines, by their numbers. Nothing confidential is
// shown, and no line behind the last that may be.
func (d *Document) SomeLines(lines []int, last int) string {
	var shown []string
	more, hidden := 0, 0
	for _, line := range lines {
		text, ok := d.Line(line)
		text = strings.TrimSpace(text)
		switch {
		case !ok || line > last:
			hidden++
		case text == "":
		case len(shown) == shownLines:
			more++
		default:
			if letters := []rune(text); len(letters) > shownLetters {
				text = string(letters[:shownLetters]) + "…"
			}
			shown = append(shown, fmt.Sprintf("%q (line %d)", text, line))
		}
	}
	if more > 0 {
		shown = append(shown, fmt.Sprintf("%d more", more))
	}
	if hidden > 0 {
		shown = append(shown, fmt.Sprintf("confidential lines (%d)", hidden))
	}
	if len(shown) == 0 {
		return "nothing"
	}
	return strings.Join(shown, ", ")
}

// Sides are the texts that a file with conflicts can become by taking one side of
// each, and whether each conflict is whole.
func Sides(path string, text []byte) (ours, theirs string, whole bool) {
	s := newSource(path, text)
	conflicts := findConflicts(s)
	if slices.ContainsFunc(conflicts, func(c conflict) bool { return !c.whole() || c[baseSide] >= 0 }) {
		return "", "", false
	}
	take := func(side int) string {
		var out strings.Builder
		at := 0
		for _, c := range conflicts {
			first, last := c.lines(side)
			out.Write(text[at:s.lines[c[ourSide]]])
			out.Write(text[s.lines[first]:s.lines[last]])
			at = s.lineSpan(c[conflictEnd]).End
		}
		out.Write(text[at:])
		return out.String()
	}
	return take(ourSide), take(theirSide), true
}

// Public is the file's text with blanks for all that is confidential.
func (d *Document) Public() string {
	public := bytes.Clone(d.Text)
	for _, span := range d.hidden {
		blank(public, span)
	}
	return string(public)
}

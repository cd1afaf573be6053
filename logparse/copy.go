package logparse

import (
	"bytes"
	"strings"
)

// Copy is an item's own lines with all that is nested in it, moved to the left
// edge, with LF line ends: remarks, comments and markdown stay as they are. For
// each task item, the item itself included, keep says which state its copy has,
// or that it is left out with all that is nested in it. said is written before the item and
// those nested in it that are remarks, where they don't name a day or propose something else.
func (d *Document) Copy(it *Item, said string, keep func(*Item) (State, bool)) string {
	start := d.lineStart(it.Span.Start)
	out := itemCopy{indent: columns(d.plain[start:it.Span.Start])}
	d.copyItem(&out, it, it.Span.Start, it.Span.End, said, keep)
	lines := strings.Split(out.text.String(), "\n")
	for i, line := range lines[1:] {
		lines[i+1] = dedent(line, out.indent)
	}
	if bytes.IndexByte(d.Text, '\r') >= 0 { // each CR stands as a blank
		for i, line := range lines {
			lines[i] = strings.TrimSuffix(line, " ")
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n ")
}

// An itemCopy is a copy in the making, whose lines are yet to be moved to the left.
type itemCopy struct {
	text   strings.Builder
	indent int // by so much
}

// columns is how wide text is, with tabs to every fourth column.
func columns(text []byte) int {
	n := 0
	for _, r := range string(text) {
		if n++; r == '\t' {
			n += 3 - (n-1)%4
		}
	}
	return n
}

// dedent takes up to n columns of white space from the start of a line.
func dedent(line string, n int) string {
	at, i := 0, 0
	for i < len(line) && at < n && (line[i] == ' ' || line[i] == '\t') {
		i++
		at = columns([]byte(line[:i]))
	}
	return strings.Repeat(" ", max(0, at-n)) + line[i:]
}

// copyItem writes the bytes from at to end, without those of nested items that
// are left out and with the states that keep gives.
func (d *Document) copyItem(out *itemCopy, it *Item, at, end int, said string, keep func(*Item) (State, bool)) {
	var dropped Span // the day of a tick that the copy hasn't got
	write := func(to int) {
		if at <= dropped.Start && dropped.End <= to && dropped.End > 0 {
			out.text.Write(bytes.TrimRight(d.kept[at:dropped.Start], " "))
			at = dropped.End
		}
		out.text.Write(d.kept[at:max(at, to)])
		at = max(at, to)
	}
	if it.IsTask() {
		if state, ok := keep(it); ok {
			if state != Done {
				dropped = it.Ticked.Span
			}
			write(it.box.Start) // a page can only tick a box without backslashes
			out.text.WriteString("[" + string(rune(state)) + "]")
			at = it.box.End
			if at < end && blankLength(d.kept[at:end]) > 1 { // a no-break space
				out.text.WriteByte(' ')
				at += blankLength(d.kept[at:end])
			}
		}
	}
	if !it.IsTask() && said != "" && it.Text != "" && !it.IsCounter() && !it.namesDay() {
		write(it.TextSpan.Start)
		out.text.WriteString(said)
		said = "" // what is below a remark is of the same day
	}
	for i, line := range it.lines {
		text := bytes.TrimLeft(d.plain[line.Start:line.End], " \t")
		if start := d.lineStart(line.Start); i > 0 && start >= at && len(text) > 0 && !startsText(text) {
			write(start) // further left it could start an item
			first := it.lines[0].Start
			out.text.WriteString(strings.Repeat(" ", out.indent+columns(d.plain[d.lineStart(first):first])+4))
			at = line.End - len(text)
		}
	}
	for _, child := range it.Items {
		write(d.lineStart(child.Span.Start))
		if _, ok := keep(child); ok || !child.IsTask() {
			d.copyItem(out, child, at, child.Span.End, said, keep)
		}
		at = max(at, child.Span.End)
	}
	write(end)
}

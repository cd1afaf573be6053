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
	out := itemCopy{deep: make(map[int]int)}
	start := d.lineStart(it.Span.Start)
	indent := columns(d.plain[start:it.Span.Start])
	d.copyItem(&out, it, it.Span.Start, it.Span.End, said, keep)
	lines := strings.Split(out.text.String(), "\n")
	for i, line := range lines[1:] {
		lines[i+1] = dedent(line, indent)
		if deep := out.deep[out.starts[i]]; deep > 0 {
			lines[i+1] = strings.Repeat(" ", deep) + strings.TrimLeft(line, " \t")
		}
	}
	if bytes.IndexByte(d.Text, '\r') >= 0 { // each CR stands as a blank
		for i, line := range lines {
			lines[i] = strings.TrimSuffix(line, " ")
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n ")
}

// An itemCopy is a copy in the making.
type itemCopy struct {
	text   strings.Builder
	starts []int       // where in the file each line but the first starts
	deep   map[int]int // lines of a text that would start an item further left, with the indent that keeps them text
}

func (c *itemCopy) write(kept []byte, at, to int) {
	if n := len(c.starts); n > 0 && at < to && strings.HasSuffix(c.text.String(), "\n") {
		c.starts[n-1] = at
	}
	c.text.Write(kept[at:to])
	for i := at; i < to; i++ {
		if kept[i] == '\n' {
			c.starts = append(c.starts, i+1)
		}
	}
}

// keepText notes the lines of an item's text that could be read as something else.
func (c *itemCopy) keepText(d *Document, it *Item) {
	for i, line := range it.lines {
		text := bytes.TrimLeft(d.plain[line.Start:line.End], " \t")
		if i > 0 && len(text) > 0 && !startsText(text) {
			first := it.lines[0].Start
			c.deep[d.lineStart(line.Start)] = columns(d.plain[d.lineStart(first):first]) + 4
		}
	}
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
	write := func(to int) {
		out.write(d.kept, at, max(at, to))
		at = max(at, to)
	}
	out.keepText(d, it)
	if it.IsTask() {
		if state, ok := keep(it); ok {
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
	for _, child := range it.Items {
		childStart := d.lineStart(child.Span.Start)
		write(childStart)
		if _, ok := keep(child); child.IsTask() && !ok {
			at = max(at, child.Span.End)
			continue
		}
		d.copyItem(out, child, at, child.Span.End, said, keep)
		at = max(at, child.Span.End)
	}
	write(end)
}

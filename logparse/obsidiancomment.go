package logparse

import "bytes"

var obsidianMark = []byte("%%")

// skipComments makes Obsidian's comments, %%like this%%, be read as HTML comments:
// their text is in nothing that is read. One that starts a line ends with a line that ends in %%; any
// other ends in its own paragraph. A mark without a second one is text.
func (d *Document) skipComments(body int) {
	d.kept = d.plain
	if !bytes.Contains(d.plain[body:], obsidianMark) {
		return
	}
	plain := bytes.Clone(d.plain)
	fence := byte(0) // what opened the code block that the line is in
	unended := false // no line further down ends a comment
	for at := body; at < len(plain); {
		end := at + lineLength(plain[at:])
		text := bytes.TrimLeft(plain[at:end], " \t")
		opens := bytes.HasPrefix(text, []byte("```")) || bytes.HasPrefix(text, []byte("~~~"))
		switch {
		case opens && fence == 0:
			fence = text[0]
		case opens && fence == text[0]:
			fence = 0
		case fence != 0:
		case bytes.HasPrefix(text, obsidianMark) && !unended:
			start := end - len(text)
			length := blockComment(plain[start:])
			comment(plain[start : start+length])
			unended = length == 0
			end = max(end, start+length)
		default:
			for start := bytes.Index(plain[at:end], obsidianMark); start >= 0; start = bytes.Index(plain[at:end], obsidianMark) {
				length := inlineComment(plain[at+start:])
				if length == 0 {
					break
				}
				comment(plain[at+start : at+start+length])
				end = max(end, at+start+length)
			}
		}
		at = end
	}
	d.plain, d.blocks = plain, nil
}

// comment overwrites a text with an HTML comment of its length; blanks and line
// ends stay, so that the lines around it mean what they meant.
func comment(text []byte) {
	short := len(text) < len("<!---->")
	for i, b := range text {
		switch {
		case short:
			text[i] = ' '
		case b != ' ' && b != '\t' && b != '\n':
			text[i] = 'x'
		}
	}
	if !short {
		copy(text, "<!--")
		copy(text[len(text)-3:], "-->")
	}
}

func lineLength(text []byte) int {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

// blockComment is the length of the comment that text starts with: to the %% that
// ends a line, or that ends it on its first line. 0 where nothing ends it.
func blockComment(text []byte) int {
	at := len(obsidianMark)
	if i := bytes.Index(text[at:lineLength(text)], obsidianMark); i >= 0 {
		return at + i + len(obsidianMark)
	}
	for at < len(text) {
		end := at + lineLength(text[at:])
		if line := bytes.TrimRight(text[at:end], " \t\n"); bytes.HasSuffix(line, obsidianMark) {
			return at + len(line)
		}
		at = end
	}
	return 0
}

// inlineComment is the length of the comment that text starts with, which ends
// before a blank line.
func inlineComment(text []byte) int {
	end := bytes.Index(text[len(obsidianMark):], obsidianMark)
	if end < 0 {
		return 0
	}
	length := end + 2*len(obsidianMark)
	for line := range bytes.SplitSeq(text[:length], []byte{'\n'}) {
		if len(bytes.TrimSpace(line)) == 0 {
			return 0
		}
	}
	return length
}

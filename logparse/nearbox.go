package logparse

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// boxSigns have a byte of every box that people write: one of the bytes, or one
// that isn't ASCII.
var boxSigns = func() (set [256]bool) {
	for b := range set {
		set[b] = b >= utf8.RuneSelf || strings.IndexByte("[](", byte(b)) >= 0
	}
	return set
}()

var (
	// beforeBox is what can stand before a box on its line.
	beforeBox = pattern(`^(?:[\pZ\p{Cf}\t>|]|\[\^[^\]]+\]:|#{1,6}[ \t])*`)
	bullets   = pattern(`^(?:(?:[-*+•‣⁃◦·∙●○▪■□▸►→⁎–—−‐‑]|\d{1,9}[.)]|[a-zA-Z][.)])[\pZ\p{Cf}\t]*)+`)
	emphasis  = pattern(`^[*_~]*`)

	squareBox = pattern(`^\\?[\[［【][\pZ\p{Cf}\t]*(?:\\?[xX/>!nN✓✔✗✘-]{0,2}|(?i:done|todo|ok|yes|no|open|partly|dropped|blocked))[\pZ\p{Cf}\t]*\\?[\]］】](?:[^(\[:]|$)`)
	ownLetter = pattern(`^\[[nN]\]\pL`) // "[N]obody told me"
	unclosed  = pattern(`^\[(?:[\pZ\t]+[xX/>!nN-]?|[xX/>!nN-])[\pZ\t]+[^\]]+$`)
	unopened  = pattern(`^[xX/>!nN-]?\][\pZ\t]+\S[^\[\]]*$`)
	roundBox  = pattern(`^\([\pZ\t]*[xX]?[\pZ\t]*\)[\pZ\t]+\S`)
	ballot    = pattern(`^[☐☑☒🗹⬜◻🔲✅✔✓✗✘❌]\x{fe0f}?[\pZ\t]*\S`)
)

// A nearBoxFinder goes through the lines of a section whose boxes count, and
// reports those that aren't read: they would be nobody's promise.
type nearBoxFinder struct {
	*itemReader
	read   []int // of the boxes that are read, in order
	quoted bool  // the line before is in a quote that was reported
}

func (p *itemReader) findNearBoxes(section *Section) {
	p.boxes = p.boxes[:0]
	for it := range allItems(section.Items) {
		if it.IsTask() {
			p.boxes = append(p.boxes, it.Box.Start)
		}
	}
	f := nearBoxFinder{itemReader: p, read: p.boxes}
	for start, line := range p.textLines(Span{section.Heading.End, section.Span.End}) {
		text := bytes.TrimRight(line, " \t\n")
		if !hasBoxSign(text) {
			f.quoted = f.quoted && len(text) > 0
			continue
		}
		for len(f.read) > 0 && f.read[0] < start {
			f.read = f.read[1:]
		}
		if len(f.read) == 0 || f.read[0] >= start+len(line) {
			f.line(text, start)
		}
	}
}

func hasBoxSign(line []byte) bool {
	for _, b := range line {
		if boxSigns[b] {
			return true
		}
	}
	return false
}

// line reports the box of a line, if it has one.
func (f *nearBoxFinder) line(line []byte, start int) {
	text := string(line)
	before := beforeBox().FindString(text)
	bullet := bullets().FindString(text[len(before):])
	at := len(before) + len(bullet)
	box := text[at+len(emphasis().FindString(text[at:])):]
	isBox := squareBox().MatchString(box) && !ownLetter().MatchString(box) || bullet != "" && (unclosed().MatchString(box) || roundBox().MatchString(box)) || ballot().MatchString(box) && (bullet != "" || strings.IndexAny(box, "☐☑☒🗹⬜◻🔲") == 0)
	if !isBox {
		box = text[at:]
		if isBox = unopened().MatchString(box) && bullet != ""; !isBox {
			return
		}
	}
	quote := strings.Contains(before, ">")
	if quote && f.quoted {
		return // one finding a quote
	}
	f.quoted = quote
	at = start + len(text) - len(box)
	d := Diagnostic{Code: "unknown-state", Span: Span{at, at + 1}}
	d.Message, d.Remedy = nearlyBecause(before, bullet, box)
	f.report(d)
}

const boxRemedy = "write `- [ ] ` and the text, with one mark between the brackets and a blank after them"

// nearlyBecause says why a box isn't read as one, and what to do.
func nearlyBecause(before, bullet, box string) (message, remedy string) {
	mark, end := boxAt([]byte(box))
	wellFormed := end > 0 && stateOf([]rune(box[mark.Start:mark.End])[0]) != Unknown
	odd := nameOddBlank(before + bullet)
	if odd == "" && !wellFormed {
		odd = nameOddBlank(box[:min(len(box), 8)])
	}
	bare := strings.TrimSpace(bullet)
	switch {
	case odd != "":
		return fmt.Sprintf("this is nearly a checkbox, but there is %s here, so it is read as plain text", odd), "type plain blanks: " + strings.TrimPrefix(boxRemedy, "write ")
	case strings.Contains(before, ">"):
		return "this checkbox is in a quote or callout, so it isn't read", "if these are goals or actions, remove the `>` at the start of the lines"
	case strings.ContainsAny(before, "|"):
		return "this checkbox is in a table, so it isn't read", boxRemedy
	case strings.Contains(before, "[^"):
		return "this checkbox is in a footnote, so it isn't read", boxRemedy
	case strings.ContainsAny(before, "#"):
		return "this checkbox is in a heading, so it isn't read", boxRemedy
	case bullet == "":
		return "this checkbox has no bullet before it, so it is read as plain text", "write `- ` before it"
	case wellFormed && !isBullet(bare):
		return fmt.Sprintf("`%s` isn't a bullet in markdown, so this checkbox is read as plain text", bare), "write `-` and a blank in its place"
	case wellFormed && bullet == bare:
		return fmt.Sprintf("a blank is missing after `%s`, so this checkbox is read as plain text", bare), "write `- [ ] `, with a blank before and after the brackets"
	case wellFormed:
		return "this checkbox is indented so far that it is code or goes on with the text above", "indent it by two blanks more than the line that it belongs to"
	}
	return "this is nearly a checkbox, so it is read as plain text", boxRemedy
}

func isBullet(text string) bool {
	if len(text) == 1 {
		return strings.IndexByte("-*+", text[0]) >= 0
	}
	return len(text) > 1 && isNumber(text[:len(text)-1]) && (text[len(text)-1] == '.' || text[len(text)-1] == ')')
}

// findIndents reports tasks that look nested and aren't: indented more than the item
// above them, and less than its text.
func (p *itemReader) findIndents(items []*Item) {
	column := func(offset int) int { return columns(p.plain[p.lineStart(offset):offset]) }
	for i, it := range items {
		p.findIndents(it.Items)
		if i == 0 || !it.IsTask() {
			continue
		}
		above := items[i-1]
		at, margin := column(it.Marker.Start), column(above.Marker.Start)
		if at <= margin {
			continue
		}
		want := column(above.Marker.End) + 1
		if above.IsTask() {
			want = max(want, column(above.Box.Start-1))
		}
		p.report(Diagnostic{Code: "indented-too-little", Span: it.Marker,
			Message: fmt.Sprintf("this is indented by %d, too little to belong to line %d above it", at, p.lineAt(above.Marker.Start)+1),
			Remedy:  fmt.Sprintf("indent it by %d blanks to make it an action of that line, or by %d to keep it beside it", want, margin)})
	}
}

package logparse

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/pattern"
)

const oneBullet = `\\?(?:[-*+•‣⁃◦·∙●○▪■▸►→⁎–—−‐‑]|\d{1,2}(?:\.\d{1,2})+\.?|\(?\d{1,9}[.)]|[a-zA-Z][.)]|\([a-wA-W]\))`

// boxSigns have a byte of every box that people write: one of the bytes, or one
// that isn't ASCII.
var boxSigns = func() (set [256]bool) {
	for b := range set {
		set[b] = b >= utf8.RuneSelf || strings.IndexByte("[]({<", byte(b)) >= 0
	}
	return set
}()

var (
	// beforeBox is what can stand before a box on its line.
	beforeBox = pattern.Of(`^(?:[\pZ\p{Cf}\t>|]|:[ \t]|\[\^[^\]]+\]:|#{1,6}[ \t])*`)
	// bullets are one, which a box can be glued to, and more that it can't.
	bullets  = pattern.Of(`^` + oneBullet + `[\pZ\p{Cf}\t]*(?:` + oneBullet + `[\pZ\p{Cf}\t]+)*`)
	emphasis = pattern.Of(`^[*_~]*`)

	squareBox = pattern.Of(`^\\?[\[［【][\pZ\p{Cf}\t]*(?:\\?[xX/>!nN✓✔✗✘-]{0,2}|&(?:gt|nbsp);|\d{1,3} ?%|\d/\d|(?i:done|todo|ok|yes|no|open|partly|not done|dropped|blocked|n/a))[\pZ\p{Cf}\t]*\\?[\]］】](?:[^(]|$)`)
	ownLetter = pattern.Of(`^\[N\]\p{Ll}`) // "[N]obody told me"
	unclosed  = pattern.Of(`^\[(?:[\pZ\t]+|[xX/>!nN-][\pZ\t]+)[^\]]+$`)
	unopened  = pattern.Of(`^[xX/>!nN-]?\][\pZ\t]+\S[^\[\]]*$`)
	roundBox  = pattern.Of(`^(?:\([\pZ\t]*[xX]?[\pZ\t]*\)|\{[\pZ\t]*[xX]?[\pZ\t]*\}|<[xX]?>)[\pZ\t]+\S`)
	ballot    = pattern.Of(`^(?:[☐☑☒🗹⬜◻▢□🔲✅✔✓✗✘❌]\x{fe0f}?|<input [^>]*checkbox[^>]*>)[\pZ\t]*\S`)
	taskWord  = pattern.Of(`^(TODO|DOING|DONE|NOW|LATER|WAITING|WAIT|CANCELED|CANCELLED|IN-PROGRESS)[\pZ\t]+\S`) // of Logseq and Org
	setext    = pattern.Of(`^(?:-+|=+)$`)
	behindBox = pattern.Of(`[\pZ\t](\[[xX/>!nN \t-]?\])(?:[\pZ\t]+(?:[@^]|due:)\S+)*$`) // at the end of a line
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
	for it := range AllItems(section.Items) {
		if it.IsTask() {
			p.boxes = append(p.boxes, it.Box.Start)
		}
	}
	f := nearBoxFinder{itemReader: p, read: p.boxes}
	for start, line := range p.textLines(Span{section.Heading.End, section.Span.End}) {
		text := bytes.TrimRight(line, " \t\n")
		if text := bytes.TrimLeft(text, " \t"); len(text) > 0 && p.tokenKind(text) != nil {
			f.tokensAlone(text, start+len(line)-len(bytes.TrimLeft(line, " \t")), section.Items)
		}
		if !hasBoxSign(text) && !hasTaskWord(text) {
			f.quoted = f.quoted && len(text) > 0
			continue
		}
		for len(f.read) > 0 && f.read[0] < start {
			f.read = f.read[1:]
		}
		if len(f.read) == 0 || f.read[0] >= start+len(line) {
			f.line(text, start)
			continue
		}
		mark := f.read[0] - start
		behind := bytes.TrimLeft(text[mark+bytes.IndexByte(line[mark:], ']')+1:], " \t")
		if len(behind) > 0 && behind[0] == '[' && squareBox().Match(behind) {
			f.reportBox(start+len(text)-len(behind), "this is a second checkbox on one line, and only the first one is read", "keep one of the two")
		}
	}
}

func (f *nearBoxFinder) reportBox(at int, message, remedy string, fix ...Edit) {
	f.report(Diagnostic{Code: "unknown-state", Span: Span{at, at + 1}, Message: message, Remedy: remedy, Fix: fix})
}

// tokensAlone reports a paragraph of nothing but tokens: they were meant for the task above.
func (f *nearBoxFinder) tokensAlone(text []byte, at int, items []*Item) {
	for word := range bytes.FieldsSeq(text) {
		if f.tokenKind(word) == nil {
			return
		}
	}
	for it := range AllItems(items) {
		if n := len(it.lines); n > 0 && it.lines[0].Start <= at && at < it.lines[n-1].End {
			return
		}
	}
	f.report(Diagnostic{Code: "token-in-text", Span: Span{at, at + len(text)},
		Message: fmt.Sprintf("`%s` is in a paragraph of its own, so it isn't read", text),
		Remedy:  "write it at the end of the line of the action that it is for"})
}

func hasBoxSign(line []byte) bool {
	return slices.ContainsFunc(line, func(b byte) bool { return boxSigns[b] })
}

// hasTaskWord says whether a line is an item that starts with two capitals, as in TODO.
func hasTaskWord(line []byte) bool {
	line = bytes.TrimLeft(line, "-*+ \t")
	return len(line) > 2 && 'A' <= line[0] && line[0] <= 'Z' && 'A' <= line[1] && line[1] <= 'Z'
}

// line reports the box of a line, if it has one.
func (f *nearBoxFinder) line(line []byte, start int) {
	text := string(line)
	before := beforeBox().FindString(text)
	bullet := bullets().FindString(text[len(before):])
	at := len(before) + len(bullet)
	box := text[at+len(emphasis().FindString(text[at:])):]
	if word := taskWord().FindStringSubmatch(text[at:]); word != nil && bullet != "" {
		f.reportBox(start+at, "`"+word[1]+"` isn't a checkbox, so this is read as plain text", "write `[ ]` instead, or `[x]` if it is done", fixTaskWord(word[1], start+at)...)
		return
	}
	isBox := squareBox().MatchString(box) && !ownLetter().MatchString(box) || bullet != "" && unclosed().MatchString(box) || roundBox().MatchString(box) || ballot().MatchString(box) && (bullet != "" || strings.IndexAny(box, "☐☑☒🗹⬜◻▢□🔲<") == 0)
	if !isBox {
		box = text[at:]
		if isBox = unopened().MatchString(box) && bullet != ""; !isBox {
			if found := behindBox().FindStringSubmatchIndex(text); found != nil && bullet != "" {
				f.reportBox(start+found[2], "this checkbox is after the text, so it isn't read", "write it before the text: `- [ ] ...`")
			}
			return
		}
	}
	quote := strings.Contains(before, ">")
	if quote && f.quoted {
		return // one finding a quote
	}
	f.quoted = quote
	message, remedy := nearlyBecause(before, bullet, text[at:])
	if bullet != "" && strings.TrimSpace(before) == "" {
		if sign := f.underline(start); sign != "" {
			message, remedy = "the `"+sign+"` below makes this line a heading, so its checkbox isn't read", "finish that line, as in `- [ ] Listen to three calls`, or delete it"
		}
	}
	f.reportBox(start+len(text)-len(box), message, remedy, f.fixBox(nearBox{before, bullet, text[at:]}, start)...)
}

// underline is the line that makes a heading of a line and those below it, as a bullet with
// nothing behind it yet does; "" where the paragraph ends without one.
func (f *nearBoxFinder) underline(start int) string {
	for at, line := range f.textLines(Span{start, len(f.plain)}) {
		if at == start {
			continue
		}
		text := string(bytes.TrimSpace(line))
		if sign := setext().FindString(text); sign != "" {
			return sign
		}
		if text == "" || bullets().MatchString(text) {
			return ""
		}
	}
	return ""
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
		return "this checkbox is part of the text or HTML above it, or indented so far that it is code", "indent it by two blanks more than the line that it belongs to, and put a blank line before it"
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
// above them, and less than its text, or cut off from it by what is no part of a list.
func (p *itemReader) findIndents(items []*Item) {
	column := func(offset int) int { return columns(p.plain[p.lineStart(offset):offset]) }
	for i, it := range items {
		p.findIndents(it.Items)
		if i == 0 || !it.IsTask() {
			continue
		}
		above := items[i-1]
		at, margin, line := column(it.Marker.Start), column(above.Marker.Start), p.lineAt(above.Marker.Start)+1
		if at <= margin {
			continue
		}
		want := column(above.Marker.End) + 1
		if above.IsTask() {
			want = max(want, column(above.Box.Start-1))
		}
		d := Diagnostic{Code: "indented-too-little", Span: it.Marker,
			Message: fmt.Sprintf("this is indented by %d, too little to belong to line %d above it", at, line),
			Remedy:  fmt.Sprintf("indent it by %d blanks to make it an action of that line, or by %d to keep it beside it", want, margin)}
		if at >= want {
			d.Message = fmt.Sprintf("this doesn't belong to line %d: what is between them isn't indented, and ends the list", line)
			d.Remedy = fmt.Sprintf("move or indent what is between them, or indent this by %d to keep it beside that line", margin)
		}
		p.report(d)
	}
}

// findUnboxed reports the first task below an item without a box: neither is read. Among
// goals, lint has a rule for those with a text.
func (p *itemReader) findUnboxed(items []*Item, withText bool) {
	for _, it := range items {
		if below := it.tasks(); !it.IsTask() && len(below) > 0 && (withText || it.Text == "") {
			p.report(Diagnostic{Code: "unknown-state", Span: below[0].Box,
				Message: fmt.Sprintf("this checkbox isn't read, since it is below line %d, which has none", p.lineAt(it.Marker.Start)+1),
				Remedy:  "write `- [ ] ` and the goal's text on that line, or take this one out of it"})
		}
	}
}

package adopt

import (
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A line is one line of a note's text that is not confidential, code or blank.
type line struct {
	number  int
	text    string // without marks
	label   string // of "Label: text", or ""
	raw     string // behind the label
	item    bool   // of a list
	heading *logparse.HeadingLine
}

var (
	lineMarks = pattern(`^(?:[>\s]|[-*+•]\s+|\[[ xX]\]\s+|#{1,6}\s+)+`)
	labelLine = pattern(`^([\pL][^:：|]{0,28}?)\s*(?:::|[:：])(?:\s+|$)(.*)$`)
)

// visibleLines are the lines of a note that anybody may see: the parser has blanked
// what is confidential.
func visibleLines(doc *logparse.Document) []line {
	headings := make(map[int]logparse.HeadingLine)
	for _, h := range doc.Outline() {
		headings[doc.Position(h.Span.Start).Line] = h
	}
	var lines []line
	fenced := false
	for number := doc.Position(bodyStart(doc)).Line; number <= doc.LineCount(); number++ {
		text, ok := doc.Line(number)
		if !ok {
			continue
		}
		bare := strings.TrimSpace(text)
		fence := strings.HasPrefix(bare, "```") || strings.HasPrefix(bare, "~~~")
		if fence {
			fenced = !fenced
		}
		if bare == "" || fence || fenced {
			continue
		}
		l := line{number: number, text: plainText(lineMarks().ReplaceAllString(bare, "")), item: strings.ContainsRune("-*+•", []rune(bare + " ")[0]) && strings.Contains(bare, " ")}
		if h, ok := headings[number]; ok {
			l.heading = &h
		} else if m := labelLine().FindStringSubmatch(l.text); m != nil {
			l.label, l.raw = strings.TrimSpace(m[1]), m[2]
		}
		lines = append(lines, l)
	}
	return lines
}

var (
	wikiLink     = pattern(`!?\[\[([^\]|]*)(?:\|([^\]]*))?\]\]`)
	markdownLink = pattern(`!?\[([^\]]*)\]\([^)]*\)`)
)

// maxLine is how much of one line is read for names and dates.
const maxLine = 300

// plainText is a line of a note without links and emphasis.
func plainText(text string) string {
	if len(text) > maxLine {
		text = strings.ToValidUTF8(text[:maxLine], "")
	}
	if strings.Contains(text, "]") {
		text = withoutLinks(text)
	}
	return strings.Trim(strings.TrimSpace(emphasis.Replace(text)), "*_\"'")
}

var emphasis = strings.NewReplacer("**", "", "__", "", "`", "", "\u200b", "", "\u00a0", " ", "\ufeff", "", "\ufe0f", "")

func withoutLinks(text string) string {
	text = wikiLink().ReplaceAllStringFunc(text, func(link string) string {
		m := wikiLink().FindStringSubmatch(link)
		target, _, _ := strings.Cut(m[1], "#")
		target = path.Base(target)
		if m[2] != "" && strings.ContainsAny(target, "0123456789.") && len(findDates(target)) == 0 {
			return m[2]
		}
		return target
	})
	return markdownLink().ReplaceAllString(text, "$1")
}

// A field is a key with its value.
type field struct{ label, text string }

// frontFields reads the front matter line by line: that of other tools need not
// be YAML that anybody else can read, as in `attendees: [[Ana]], [[Josh]]`.
func frontFields(doc *logparse.Document) []field {
	var fields []field
	lines := strings.FieldsFunc(string(doc.Text[doc.Front.Span.Start:doc.Front.Span.End]), func(r rune) bool { return r == '\n' || r == '\r' })
	for _, line := range lines {
		key, value, ok := strings.Cut(line, ":")
		switch {
		case strings.HasPrefix(strings.TrimSpace(line), "#"), strings.TrimSpace(line) == "---":
		case strings.HasPrefix(strings.TrimLeft(line, " \t"), "- ") && len(fields) > 0:
			last := &fields[len(fields)-1]
			item := strings.TrimPrefix(strings.TrimLeft(line, " \t"), "- ")
			if last.text != "" {
				last.text += ", "
			}
			last.text += strings.Trim(item, `"' `)
		case ok && line[0] != ' ' && line[0] != '\t':
			fields = append(fields, field{strings.Trim(key, `"' `), listText(value)})
		}
	}
	return fields
}

// listText is a value of YAML on one line, a list in brackets without them.
func listText(value string) string {
	value = strings.TrimSpace(value)
	if at := strings.Index(value, " #"); at >= 0 && !strings.ContainsAny(value, `"'`) {
		value = strings.TrimSpace(value[:at])
	}
	if strings.HasPrefix(value, "[") && !strings.HasPrefix(value, "[[") && strings.HasSuffix(value, "]") && strings.Contains(value, ",") {
		value = value[1 : len(value)-1]
	}
	return strings.NewReplacer(`"`, "", `'[`, "[", `]'`, "]").Replace(value)
}

// bodyStart is where the text of a note starts, behind front matter that can be
// read as such.
func bodyStart(doc *logparse.Document) int {
	if hasFront(doc) {
		return doc.Front.Span.End
	}
	if strings.HasPrefix(string(doc.Text), "\ufeff") {
		return len("\ufeff")
	}
	return 0
}

// hasFront says whether the file has front matter that is closed and can be read.
func hasFront(doc *logparse.Document) bool {
	return doc.Front.Span.End > 0 && doc.Front.Readable() &&
		!slices.ContainsFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool { return d.Code == "front-matter-unclosed" })
}

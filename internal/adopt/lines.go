package adopt

import (
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// A line is one line of a note's text that is not confidential, code or blank.
type line struct {
	number  int
	text    string // without marks
	label   string // of "Label: text", or ""
	value   string // behind the label
	item    bool   // of a list
	heading *logparse.HeadingLine
}

var (
	lineMarks = pattern.Of(`^(?:[>\s]|[-*+•]\s+|\[[ xX]\]\s+|#{1,6}\s+)+`)
	listItem  = pattern.Of(`^[-*+•]\s`)
	labelLine = pattern.Of(`^([\pL][^:：|]{0,28}?)\s*(?:::|[:：])(?:\s+|$)(.*)$`)
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
		text, _ := doc.Line(number)
		text = strings.TrimSpace(text)
		fence := strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~")
		if fence {
			fenced = !fenced
		}
		if text == "" || fence || fenced {
			continue
		}
		l := line{number: number, text: plainText(lineMarks().ReplaceAllString(text, "")), item: listItem().MatchString(text)}
		if h, ok := headings[number]; ok {
			l.heading, l.text = &h, plainText(h.Title)
		} else if m := labelLine().FindStringSubmatch(l.text); m != nil {
			l.label, l.value = strings.TrimSpace(m[1]), plainText(m[2])
		}
		lines = append(lines, l)
	}
	return lines
}

var (
	wikiLink     = pattern.Of(`!?\[\[([^\]|#]*)[^\]]*\]\]`)
	markdownLink = pattern.Of(`!?\[([^\]]*)\]\([^)]*\)`)
	emphasis     = strings.NewReplacer("**", "", "__", "", "`", "", "\u200b", "", "\u00a0", " ", "\ufeff", "", "\ufe0f", "")
)

// maxLine is how much of one line is read for names and dates.
const maxLine = 300

// plainText is a line of a note without links and emphasis.
func plainText(text string) string {
	if len(text) > maxLine {
		text = strings.ToValidUTF8(text[:maxLine], "")
	}
	text = wikiLink().ReplaceAllStringFunc(text, func(link string) string {
		return path.Base(wikiLink().FindStringSubmatch(link)[1])
	})
	text = markdownLink().ReplaceAllString(text, "$1")
	return strings.Trim(strings.TrimSpace(emphasis.Replace(text)), "*_\"'")
}

// A field is a key with its value.
type field struct{ label, text string }

// frontFields are the keys of other tools. Front matter that is no YAML, such as
// `attendees: [[Ana]], [[Josh]]`, is text, and its keys are labels.
func frontFields(doc *logparse.Document) (fields []field) {
	for f := range doc.Front.Fields() {
		fields = append(fields, field{f.Key, strings.ReplaceAll(doc.Front.Shown(f.Key), `"`, "")})
	}
	return fields
}

// bodyStart is where the text of a note starts, behind front matter that can be
// read as such.
func bodyStart(doc *logparse.Document) int {
	if hasFront(doc) {
		return doc.Front.Span.End
	}
	return len(doc.Text) - len(strings.TrimPrefix(string(doc.Text), "\ufeff"))
}

// hasFront says whether the file has front matter that is closed and can be read.
func hasFront(doc *logparse.Document) bool {
	return doc.Front.Span.End > 0 && doc.Front.Readable() &&
		!slices.ContainsFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool { return d.Code == "front-matter-unclosed" })
}

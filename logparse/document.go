package logparse

import (
	"bytes"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/nearest"
	"github.com/coachlog/coachlog/internal/pattern"
)

// A FileKind says what a file of a logbook is.
type FileKind int

// The kinds of files.
const (
	OtherFile FileKind = iota // not coachlog's: left alone
	SessionLog
	PlanFile
	AssessmentFile
	PreparationFile
	SettingsFile
	MetricsFile
)

var fileKindNames = []string{"other", "session", "plan", "assessment", "preparation", "settings", "metrics"}

func (k FileKind) String() string { return fileKindNames[k] }

// A Document is one file with all that could be read of it.
type Document struct {
	*Source
	Kind        FileKind
	Front       FrontMatter
	Session     *Session         // of a session log, else nil
	Plan        *DevelopmentPlan // of a development plan, else nil
	Assessment  *Assessment      // of an assessment, else nil
	Preparation *Preparation     // of a preparation, else nil
	Ignores     []Ignore
	Diagnostics []Diagnostic // in the file's order
	CopyOf      string       // the path of the file that this is a copy of, by their names; else ""

	headings     Headings
	confidential []confidentialPart // below headings Confidential
	loose        []Span             // confidential text in comments
	sections     []*Section         // of its body
	conflicts    []conflict
	broken       bool // nothing below the surface could be read
}

// Sections are those of the file's body, in its order.
func (d *Document) Sections() []*Section {
	switch {
	case d.Session != nil:
		return d.Session.Sections
	case d.Plan != nil:
		return d.Plan.Sections
	case d.Preparation != nil:
		return d.Preparation.Sections
	}
	return nil
}

// Broken says whether the file can't be counted: it isn't readable, its front
// matter isn't, or a session's log lacks what a session can't be without.
func (d *Document) Broken() bool {
	if d.broken {
		return true
	}
	s := d.Session
	return s != nil && !(s.Date.Set && s.Status.Set && s.Coachee.Set)
}

// Words counts the words below the front matter, comments, figures, unanswered
// questions and what is confidential left out.
func (d *Document) Words() int {
	at, words := d.Front.Span.End, 0
	var few [8]Span
	leftOut := append(append(few[:0], d.hidden...), Span{len(d.plain), len(d.plain)})
	for _, section := range d.sections {
		if section.Name == Figures {
			leftOut = append(leftOut, Span{section.Heading.End, section.Span.End})
		}
		for _, it := range section.Items {
			if !it.filled() {
				leftOut = append(leftOut, it.Span)
			}
		}
	}
	slices.SortFunc(leftOut, func(x, y Span) int { return x.Start - y.Start })
	for _, h := range leftOut {
		if at < h.Start {
			words += countWords(uncommented(d.plain[at:h.Start]))
		}
		at = max(at, h.End)
	}
	return words
}

// countWords counts what white space parts.
func countWords(text []byte) (words int) {
	between, all := byte(1), byte(0)
	for _, b := range text {
		blank := blankByte[b]
		words += int(between &^ blank)
		between, all = blank, all|b
	}
	if all < utf8.RuneSelf {
		return words
	}
	words = 0
	for range bytes.FieldsSeq(text) {
		words++
	}
	return words
}

// blankByte has 1 for ASCII's white space.
var blankByte = [256]byte{' ': 1, '\t': 1, '\n': 1, '\v': 1, '\f': 1, '\r': 1}

// Parse reads one file of a logbook. path names the file, with slashes, and
// relative to the logbook where it is in one: it says whose log it is, and of
// what day, where the front matter leaves that out. Parse never fails: what
// can't be read is in Diagnostics, and the rest is there.
func Parse(path string, text []byte, headings Headings) *Document {
	switch kind := kindByName(path); kind {
	case SettingsFile:
		_, doc := ParseSettings(path, text)
		return doc
	case MetricsFile:
		_, doc := ParseMetrics(path, text)
		return doc
	default:
		return parse(path, text, headings, kind, false)
	}
}

// Head is a file's front matter alone, or all of it where that has no end.
func Head(text []byte) []byte {
	closed := true
	front, _ := frontMatterLines(newSource("", text), func(Diagnostic) { closed = false })
	if !closed || front.Span.End == 0 {
		return text
	}
	return text[:front.Span.End]
}

// Codes of diagnostics that commands treat in their own way.
const (
	InternalError = "internal-error"       // a bug in coachlog: a file that some code could not cope with
	FileCopy      = "file-copy"            // the file is named like a copy, and counts for nothing
	HeldBack      = "confidential-unclear" // a part of the file is kept back
)

// Fail takes a document out of everything that is counted or shown, because of a
// bug: one fault costs one file and not the whole run.
func (d *Document) Fail(cause any) {
	broken := Document{Source: d.Source, Kind: d.Kind, broken: true}
	broken.hidden = []Span{{0, len(d.Text)}}
	broken.Diagnostics = []Diagnostic{{Code: InternalError, Severity: Error,
		Message: fmt.Sprintf("coachlog can't work with this file: a bug in coachlog, not in your file (%s)", fault.Words(cause)),
		Remedy:  "please report it, with the version that coachlog version shows; the other files are not affected"}}
	*d = broken
}

// catch is deferred around the reading of a file.
func (d *Document) catch() {
	if cause := recover(); cause != nil {
		d.Fail(cause)
	}
}

// ParseSession is Parse for a text that is a session log whatever it is named.
func ParseSession(path string, text []byte, headings Headings) *Document {
	return parse(path, text, headings, SessionLog, true)
}

// parse takes a file that doesn't say what it is for the fallback kind; so it does
// where a type is somebody else's and the caller is sure of the kind.
func parse(path string, text []byte, headings Headings, fallback FileKind, sure bool) (d *Document) {
	d = &Document{Source: newSource(path, text), headings: headings, Kind: fallback}
	defer d.catch()
	if !d.readable() {
		return d
	}
	d.readConflicts()
	_, body := frontMatterLines(d.Source, func(Diagnostic) {})
	d.skipComments(body)
	d.hideConfidential()
	front, body := frontMatterLines(d.Source, d.report)
	d.Front = front
	if front.Span.End > 0 {
		parseFrontMatter(d.Source, &d.Front, d.report)
		d.broken = d.Front.root == nil
	}
	d.Kind = d.kind(fallback, sure)
	if d.Kind == OtherFile {
		d.Diagnostics, d.broken = nil, false
		d.reportNotRead()
		return d
	}
	if d.Kind != SessionLog && d.isNamedAsLog() {
		d.reportNotRead()
	}
	if front.Span.End == 0 && unframed().Match(d.plain[d.bom:]) {
		d.broken = true
		d.report(Diagnostic{Code: "front-matter-unclosed", Span: Span{d.bom, d.bom},
			Message: "a formatter that doesn't know front matter has rewritten it as text",
			Remedy:  "take the file back from git (git restore FILE), and give the formatter its plugin for front matter, such as remark-frontmatter"})
	} else if front.Span.End == 0 {
		d.broken = true
		d.report(Diagnostic{Code: "front-matter-missing", Span: Span{d.bom, d.bom},
			Message: "the file doesn't start with front matter",
			Remedy:  "write `---`, `type: " + d.Kind.String() + "`, the other keys and `---` at the very top"})
	}
	r := &keyReader{root: d.Front.root, report: d.report, reading: d.headings}
	d.readKind(r, body)
	d.Ignores = d.findIgnores()
	d.finish()
	d.refuseCopy()
	return d
}

// readKind reads the file as what it is.
func (d *Document) readKind(r *keyReader, body int) {
	r.means("the kind of file").text("type")
	switch d.Kind {
	case SessionLog:
		d.readSession(r, body)
	case PlanFile:
		d.readDevelopmentPlan(r, body)
	case AssessmentFile:
		d.readAssessment(r, body)
	case PreparationFile:
		d.readPreparation(r, body)
	}
}

// unframed is front matter after a formatter took its lines for a rule and a heading.
var unframed = pattern.Of(`^(?:\*[ *]*|_[ _]*|-{20,})\n\s*(?:.+\n){0,40}?(?:.* )?type: (?:session|plan|preparation|assessment)`)

// startOfFront is where to point at for what the front matter lacks.
func (d *Document) startOfFront() Span { return Span{d.Front.Span.Start, d.Front.Span.Start + 3} }

// finish looks for what any file can hold, and puts the diagnostics in order.
func (d *Document) finish() {
	d.reportConflicts()
	slices.SortFunc(d.hidden, func(a, b Span) int { return a.Start - b.Start })
	slices.SortStableFunc(d.Diagnostics, func(a, b Diagnostic) int { return a.Span.Start - b.Span.Start })
	d.dropFixes()
}

// maxDiagnostics bounds what is said of one file: nobody reads more, and a
// hostile file could have one for every word.
const maxDiagnostics = 100

// report notes a diagnostic, with the severity of its kind.
func (d *Document) report(diagnostic Diagnostic) {
	if len(d.Diagnostics) == maxDiagnostics {
		return
	}
	for _, kind := range Diagnostics {
		if kind.Code == diagnostic.Code {
			diagnostic.Severity = kind.Severity
		}
	}
	d.Diagnostics = append(d.Diagnostics, diagnostic)
}

// noText is the code of what is said of a file that holds no UTF-8 text.
const noText = "not-text"

// NotText is what is said of a file that holds no UTF-8 text; nil of text.
func (d *Document) NotText() *Diagnostic {
	if at := slices.IndexFunc(d.Diagnostics, func(d Diagnostic) bool { return d.Code == noText }); at >= 0 {
		return &d.Diagnostics[at]
	}
	return nil
}

// readable refuses what would be misread or take too long. Nothing of such a
// file is shown, since nobody can say where its confidential part is.
func (d *Document) readable() bool {
	where, why, remedy := Span{}, "", "save the file as UTF-8 text"
	code := noText
	switch stored, unlock := storedAs(d.Text); {
	case stored != "":
		why, remedy = stored, unlock
	case bytes.HasPrefix(d.Text, []byte{0xff, 0xfe}), bytes.HasPrefix(d.Text, []byte{0xfe, 0xff}):
		why = "the file is UTF-16"
	case bytes.IndexByte(d.Text, 0) >= 0:
		at := bytes.IndexByte(d.Text, 0)
		where, why = Span{at, at + 1}, "the file holds a NUL byte, so it isn't text"
	case !utf8.Valid(d.Text):
		at := invalidUTF8(d.Text)
		where, why = Span{at, at + 1}, "the bytes here are not UTF-8"
	case d.Kind != MetricsFile: // rows don't nest, and there may be many
		code, remedy = "too-complex", "split the file"
		if where, why = tooComplex(d.Source); where.End > 0 {
			remedy = "take some of the nesting out"
		}
	}
	if why == "" {
		return true
	}
	d.broken = true
	d.hidden = []Span{{0, len(d.Text)}}
	d.report(Diagnostic{Code: code, Span: where, Message: why, Remedy: remedy})
	return false
}

func invalidUTF8(text []byte) int {
	for i := 0; ; {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
}

// kind is what the front matter's type says, else the fallback.
func (d *Document) kind(fallback FileKind, sure bool) FileKind {
	field := d.Front.Field("type")
	if field == nil || field.Text == "" || d.Front.root.empty("type") {
		return fallback
	}
	kinds := []FileKind{SessionLog, PlanFile, AssessmentFile, PreparationFile}
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		if names[i] = kind.String(); names[i] == field.Text {
			return kind
		}
	}
	if fallback == OtherFile || !sure && nearest.To(field.Text, names) == "" {
		return OtherFile // it is somebody else's
	}
	d.report(Diagnostic{Code: "unknown-value", Span: field.Span,
		Message: fmt.Sprintf("`type` can't be %q", field.Text), Remedy: chooseFrom(field.Text, names)})
	return fallback
}

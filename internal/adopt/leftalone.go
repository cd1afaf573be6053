package adopt

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// triage sorts out what is no note to adopt, whoever it names.
func (r *Run) triage(p *Proposal) (Outcome, string) {
	n := p.Note
	if isEncrypted(n.Text[bodyStart(p.doc):]) {
		return Alone, "its text is encrypted"
	}
	for _, d := range p.doc.Diagnostics {
		if d.Code == "not-text" || d.Code == "too-complex" && d.Span.Start >= p.doc.Front.Span.End {
			return Refused, fmt.Sprintf("line %d: %s; %s", p.doc.Position(d.Span.Start).Line, d.Message, d.Remedy)
		}
	}
	if n.Inside != "" {
		inside := logparse.Parse(n.Inside, n.Text, r.Logbook.Settings.Headings)
		switch kind := inside.Kind; {
		case kind == logparse.SessionLog && !inside.Broken():
			return Already, "it is a log already"
		case kind != logparse.SessionLog && kind != logparse.OtherFile:
			return Already, "it is one of coachlog's own files"
		}
	}
	if t := p.doc.Front.Field("type"); t != nil && (slices.Contains([]string{"plan", "assessment", "preparation"}, t.Text) || t.Text == "session" && !p.doc.Broken()) {
		return Already, "it is one of coachlog's own files; copy it into people/ID/"
	}
	switch {
	case len(bytes.TrimSpace(n.Text)) == 0:
		return Alone, "it is empty"
	case isTemplate(p):
		return Alone, "it is a template"
	case isPrivate(p.doc):
		return Alone, "it is marked as confidential, and coachlog can keep only sections so"
	case !n.Named && isOneOf(fold(plainStem(n.Name)), "readme index license licence changelog contributing"):
		return Alone, "it is no note of a meeting"
	}
	return Adopt, ""
}

var (
	encryptedMark = pattern(`-----BEGIN (?:PGP|AGE ENCRYPTED|ENCRYPTED)|\$ANSIBLE_VAULT;|age-encryption\.org/|JED0\d|%%🔐|🔐[αβ]|U2FsdGVkX1|Salted__|"?encryptedData"?\s*:`)
	encodedWord   = pattern(`[A-Za-z0-9+/=_-]{40,}`)
)

// isEncrypted says whether a text is unreadable to people: it says so, or most of
// it is one long code.
func isEncrypted(text []byte) bool {
	if encryptedMark().Match(text) {
		return true
	}
	coded, letters := 0, 0
	for _, word := range bytes.Fields(text) {
		letters += len(word)
		if encodedWord().Match(word) && bytes.ContainsAny(word, "0123456789") && !bytes.Contains(word, []byte("//")) {
			coded += len(word)
		}
	}
	return 10*coded > 8*letters
}

var (
	templateName = pattern(`(?i)(?:^|[^\pL])(?:template|templates|vorlage|vorlagen|plantilla|modèle)(?:$|[^\pL])`)
	placeholder  = pattern(`\{\{[^{}]*\}\}|<%[^%]*%>`)
	// blankValue is what a template has where a day or a name belongs.
	blankValue = pattern(`(?i)^(?:[ymdjt]{2,4}(?:[-./ ][ymdjt]{2,4}){1,2}|\[(?:[^\]\[|]*)\]|<[^>]*>|_{2,}|\.{3,}|tbd|xx+)$`)
	// blankTitle is a placeholder between brackets in a title. A link has more behind it.
	blankTitle = pattern(`(?i)\[(?:name|date|datum|person|coachee|employee|title|topic|thema|your [^\]]*)\](?:[^(\[]|$)|\b(?:YYYY[-./]MM[-./]DD|DD[-./]MM[-./]YYYY|MM[-./]DD[-./]YYYY)\b`)
)

// isTemplate says whether a file is to be filled in, and no note yet.
func isTemplate(p *Proposal) bool {
	if templateName().MatchString(plainStem(p.Note.Name)) || placeholder().MatchString(p.Note.Name) {
		return true
	}
	if strings.HasPrefix(p.Note.Inside, "templates/") || templateName().MatchString(path.Base(path.Dir(p.Note.Name))) {
		return true
	}
	blank := func(value string) bool {
		value = strings.Trim(strings.TrimSpace(value), "*_`\"' ")
		return blankValue().MatchString(value) && !wikiLink().MatchString(value) || placeholder().MatchString(value)
	}
	for _, f := range frontFields(p.doc) {
		if blank(f.text) && isLabel(f.label, dateLabels+"|"+coacheeLabels+"|"+titleLabels) {
			return true
		}
	}
	headings := 0
	for _, l := range p.visible() {
		switch {
		case l.heading != nil:
			if headings++; headings > 2 {
				return false
			}
			if blankTitle().MatchString(l.heading.Title) || placeholder().MatchString(l.heading.Title) {
				return true
			}
		case isLabel(l.label, dateLabels+"|"+coacheeLabels) && blank(l.raw):
			return true
		}
	}
	return false
}

// privateWords mark a whole note as confidential, or a section whose heading the
// parser doesn't know as such.
var privateWords = pattern(`(?i)(?:^|[^\pL])(?:confidential|private|secret|(?:hr|coach|managers?) only|eyes only|not shared|do(?: not|n['’]t) share|off the record|vertraulich|privat|geheim|confidencial|confidentiel)(?:$|[^\pL])`)

// isPrivate says whether the front matter marks the whole note as confidential.
func isPrivate(doc *logparse.Document) bool {
	for _, f := range frontFields(doc) {
		marked := privateWords().MatchString(f.label) && !isOneOf(fold(f.text), "false no 0")
		if marked || isOneOf(fold(f.label), "tags tag visibility access classification sensitivity") && privateWords().MatchString(f.text) {
			return true
		}
	}
	return false
}

// keepsConfidential takes no note with text that may be confidential and that
// coachlog wouldn't keep so for certain.
func (p *Proposal) keepsConfidential() bool {
	for _, d := range p.doc.Diagnostics {
		if d.Code == "confidential-unclear" {
			p.ask(fmt.Sprintf("line %d: %s", p.doc.Position(d.Span.Start).Line, d.Message), d.Remedy)
			return false
		}
	}
	for _, h := range p.doc.Outline() {
		if title := plainText(h.Title); h.Section == logparse.OwnSection && privateWords().MatchString(title) {
			p.ask(fmt.Sprintf("its heading %q reads as confidential, and coachlog doesn't know it", title),
				"add it to coachlog.yaml: sections: {confidential: ["+logparse.QuoteFlow(logparse.BareTitle(title))+"]}")
			return false
		}
	}
	return true
}

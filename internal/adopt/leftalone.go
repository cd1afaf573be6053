package adopt

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
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
		inside := logparse.Parse(n.Inside, n.Text, r.Roster.Settings.Headings)
		switch kind := inside.Kind; {
		case kind == logparse.SessionLog && !inside.Broken():
			return Already, "it is a log already"
		case kind != logparse.SessionLog && kind != logparse.OtherFile:
			return Already, "it is already a coachlog file"
		}
	}
	if t := p.doc.Front.Field("type"); t != nil && (isOneOf(t.Text, "plan assessment preparation") || t.Text == "session" && !p.doc.Broken()) {
		return Already, "it is already a coachlog file; copy it into people/ID/"
	}
	p.lines = visibleLines(p.doc)
	switch {
	case len(bytes.TrimSpace(n.Text)) == 0:
		return Alone, "it is empty"
	case isTemplate(p):
		return Alone, "it is a template"
	case isPrivate(p.doc):
		return Alone, "it is marked as confidential, and coachlog can only keep sections confidential"
	case !n.Named && isOneOf(fold(path.Base(n.Name)), "readme.md index.md"):
		return Alone, "it isn't about a meeting"
	}
	return Adopt, ""
}

var (
	encryptedMark = pattern.Of(`-----BEGIN (?:PGP|AGE ENCRYPTED|ENCRYPTED)|\$ANSIBLE_VAULT;|age-encryption\.org/|JED0\d|%%🔐|🔐[αβ]|U2FsdGVkX1|Salted__|"?encryptedData"?\s*:`)
	encodedWord   = pattern.Of(`[A-Za-z0-9+/=_-]{40,}`)
)

// isEncrypted says whether a text is unreadable to people: it says so, or most of
// it is one long code.
func isEncrypted(text []byte) bool {
	if encryptedMark().Match(text) {
		return true
	}
	coded, letters := 0, 0
	for word := range bytes.FieldsSeq(text) {
		letters += len(word)
		if encodedWord().Match(word) && bytes.ContainsAny(word, "0123456789") && !bytes.Contains(word, []byte("//")) {
			coded += len(word)
		}
	}
	return 10*coded > 8*letters
}

var (
	templateName = pattern.Of(`(?i)(?:^|[^\pL])(?:templates?|vorlagen?|plantillas?|modèles?)(?:$|[^\pL])`)
	placeholder  = pattern.Of(`(?i)\{\{[^{}]*\}\}|<%[^%]*%>|\[(?:name|date|person|coachee|employee)\](?:[^(\[]|$)|\b(?:YYYY[-./]MM[-./]DD|(?:DD[-./]MM|MM[-./]DD)[-./]YYYY)\b`)
	// blankValue is what a template has where a day or a name belongs.
	blankValue = pattern.Of(`(?i)^(?:[ymdjt]{2,4}(?:[-./ ][ymdjt]{2,4}){1,2}|\[[^\]\[|]*\]|<[^>]*>|_{2,}|\.{3,}|tbd|xx+)$`)
)

// isTemplate says whether a file is to be filled in, and no note yet: it is called so,
// or has a placeholder where a day, a name or a title belongs.
func isTemplate(p *Proposal) bool {
	dir, file := path.Split(p.Note.Name)
	if templateName().MatchString(file) || templateName().MatchString(path.Base(dir)) || placeholder().MatchString(file) {
		return true
	}
	fields := frontFields(p.doc)
	for _, l := range p.lines[:min(len(p.lines), headLines)] {
		fields = append(fields, field{l.label, l.value})
		if l.heading != nil {
			fields = append(fields, field{"title", l.heading.Title})
		}
	}
	return slices.ContainsFunc(fields, func(f field) bool {
		blank := blankValue().MatchString(strings.Trim(f.text, "*_`\"' ")) || placeholder().MatchString(f.text)
		return blank && isLabel(f.label, dateLabels+"|"+coacheeLabels+"|"+titleLabels)
	})
}

// privateWords mark a whole note as confidential, or a section whose heading the
// parser doesn't know as such.
var privateWords = pattern.Of(`(?i)(?:^|[^\pL])(?:confidential|private|secret|(?:hr|coach|managers?) only|eyes only|not shared|do(?: not|n['’]t) share|off the record|vertraulich|privat|geheim|confidencial|confidentiel)(?:$|[^\pL])`)

// isPrivate says whether the front matter marks the whole note as confidential.
func isPrivate(doc *logparse.Document) bool {
	return slices.ContainsFunc(frontFields(doc), func(f field) bool {
		label := fold(f.label)
		return privateWords().MatchString(label) && !isOneOf(fold(f.text), "false no 0") ||
			isOneOf(label, "tags tag visibility access classification sensitivity") && privateWords().MatchString(f.text)
	})
}

// keepsConfidential takes no note with text that may be confidential and that
// coachlog wouldn't keep so for certain.
func (p *Proposal) keepsConfidential() bool {
	for _, d := range p.doc.Diagnostics {
		if d.Code == "confidential-unclear" {
			p.Question(fmt.Sprintf("line %d: %s", p.doc.Position(d.Span.Start).Line, d.Message), d.Remedy)
			return false
		}
	}
	for _, h := range p.doc.Outline() {
		if title := plainText(h.Title); h.Section == logparse.OwnSection && privateWords().MatchString(title) {
			p.Question(fmt.Sprintf("its heading %q looks confidential, but coachlog doesn't know it", title),
				"add it to coachlog.yaml: sections: {confidential: ["+logparse.QuoteFlow(logparse.BareTitle(title))+"]}")
			return false
		}
	}
	return true
}

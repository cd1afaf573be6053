package adopt

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// keys are the front matter of the log, in its order.
func (r *Run) keys(p *Proposal) []field {
	keys := []field{{"type", "session"}, {"coachee", p.Person.ID}}
	if p.Coach != "" {
		keys = append(keys, field{"coach", p.Coach})
	}
	keys = append(keys, field{"date", p.Date.String()}, field{"status", p.Status})
	keys = append(keys, field{"adopted", r.Options.Today.String()})
	if !p.InPlace {
		keys = append(keys, field{"adopted_from", p.source()})
	}
	return keys
}

// yaml is the key's value as YAML; a date needs no quotes.
func (f field) yaml() string {
	if _, err := logparse.ParseDate(f.text); err == nil {
		return f.text
	}
	return logparse.QuoteYAML(f.text)
}

// write puts the front matter before the note's body. Where that can't be done
// without touching what belongs to another tool, it says why, and which flags allow it.
func (r *Run) write(p *Proposal) (why string, flags []string) {
	text := p.Note.Text[p.from:p.to]
	keys := r.keys(p)
	if hasFront(p.doc) {
		p.Text, p.Rewrites, why = addKeys(p.doc, keys, r.Options.Rewrite || !p.InPlace)
	} else {
		p.Text = newFront(text, keys)
	}
	if why != "" {
		return why, []string{"--rewrite-keys"}
	}
	// Nothing is taken on trust: what is written is read again.
	log := logparse.Parse(p.Target, p.Text, r.Logbook.Settings.Headings)
	switch s := log.Session; {
	case s == nil || log.Broken():
		return "with the keys added, the file can't be read as a log", nil
	case s.Coachee.V != p.Person.ID || s.Date.V != p.Date || string(s.Status.V) != p.Status || p.Coach != "" && s.Coach.V != p.Coach || !s.Adopted.Set:
		return "the keys would not be read as they are meant", nil
	case !bytes.Equal(log.Text[log.Front.Span.End:], p.Body()):
		return "the text would not stay as it is", nil
	}
	return "", nil
}

// newFront writes front matter before a text, behind its byte-order mark, with
// its line ends.
func newFront(text []byte, keys []field) []byte {
	body, found := bytes.CutPrefix(text, []byte("\ufeff"))
	eol := "\n"
	if i := bytes.IndexAny(body, "\r\n"); i >= 0 && body[i] == '\r' {
		eol = "\r"
		if i+1 < len(body) && body[i+1] == '\n' {
			eol = "\r\n"
		}
	}
	var out bytes.Buffer
	if found {
		out.WriteString("\ufeff")
	}
	out.WriteString("---" + eol)
	for _, k := range keys {
		out.WriteString(k.label + ": " + k.yaml() + eol)
	}
	out.WriteString("---" + eol)
	out.Write(body)
	return out.Bytes()
}

// addKeys adds keys to the front matter of another tool. Its own keys stay; one
// that coachlog has too, with a value that coachlog can't read, gets another
// value, and keeps the old one behind it as a comment.
func addKeys(doc *logparse.Document, keys []field, rewrite bool) (text []byte, rewrites []string, why string) {
	var edits []logparse.Edit
	set := func(key, value string) string {
		edit, err := doc.SetField(key, value)
		if err != nil {
			return fmt.Sprintf("its key `%s` can't be added: %v", key, err)
		}
		edits = append(edits, edit)
		return ""
	}
	replace := func(f *logparse.Field, value string) string {
		rewrites = append(rewrites, f.Key)
		old := string(doc.Text[f.Span.Start:f.Span.End])
		if !rewrite || strings.ContainsAny(old, "\r\n") || f.Text == "" {
			return fmt.Sprintf("its key `%s` has a value of another tool's", f.Key)
		}
		return set(f.Key, value+"  # was: "+old)
	}
	for _, k := range keys {
		f := doc.Front.Field(k.label)
		switch {
		case f == nil || f.Text == "" && f.Span.Start == f.Span.End:
			why = set(k.label, k.yaml())
		case f.Text != k.text:
			why = replace(f, k.yaml())
		}
		if why != "" {
			return nil, rewrites, why
		}
	}
	for _, f := range doc.Front.Fields { // coachlog's other keys
		unreadable := slices.ContainsFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool {
			return d.Severity == logparse.Error && d.Span == f.Span && d.Span.Start < d.Span.End
		})
		if unreadable && !slices.ContainsFunc(keys, func(k field) bool { return k.label == f.Key }) {
			if why = replace(&f, "~"); why != "" {
				return nil, rewrites, why
			}
		}
	}
	result, err := doc.Apply(edits...)
	if err != nil {
		return nil, rewrites, err.Error()
	}
	return result.Text, rewrites, ""
}

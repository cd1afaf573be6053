package adopt

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// keys are the front matter of the log, in its order.
func (r *Run) keys(p *Proposal) []field {
	keys := []field{{"type", "session"}, {"coachee", p.Person}}
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
	if f.text == "" {
		return "~"
	}
	if _, err := logparse.ParseDate(f.text); err == nil {
		return f.text
	}
	return logparse.QuoteYAML(f.text)
}

// write puts the front matter before the note's body. Where that can't be done
// without touching what belongs to another tool, it says why, and which flags allow it.
func (r *Run) write(p *Proposal) (why string, flags []string) {
	doc := p.doc
	if !hasFront(doc) {
		doc = r.parse(withFront(p.Note.Text[p.from:p.to]))
	}
	if p.Text, p.Rewrites, why = addKeys(doc, r.keys(p), r.Options.Rewrite || !p.InPlace); why != "" {
		return why, []string{"--rewrite-keys"}
	}
	// Nothing is taken on trust: what is written is read again.
	log := logparse.Parse(p.Target, p.Text, r.Roster.Settings.Headings)
	switch s := log.Session; {
	case s == nil || log.Broken():
		return "with the keys added, the file couldn't be read as a log", nil
	case s.Coachee.V != p.Person || s.Date.V != p.Date || string(s.Status.V) != p.Status || p.Coach != "" && s.Coach.V != p.Coach || !s.Adopted.Set:
		return "the keys wouldn't be read as intended", nil
	case !bytes.Equal(log.Text[log.Front.Span.End:], p.Body()):
		return "the text would change", nil
	}
	return "", nil
}

var lineEnd = pattern.Of(`\r\n?|\n`)

// withFront is a text with empty front matter, behind its byte-order mark and with its
// line ends.
func withFront(text []byte) []byte {
	body := bytes.TrimPrefix(text, []byte("\ufeff"))
	line := "---" + cmp.Or(string(lineEnd().Find(body)), "\n")
	return slices.Concat(text[:len(text)-len(body)], []byte(line+line), body)
}

// addKeys adds keys to front matter. Those of another tool stay; one that coachlog has
// too, with a value that coachlog can't read, gets another value, and keeps the old one
// behind it as a comment.
func addKeys(doc *logparse.Document, keys []field, rewrite bool) (text []byte, rewrites []string, why string) {
	for f := range doc.Front.Fields() { // coachlog's other keys
		unreadable := slices.ContainsFunc(doc.Diagnostics, func(d logparse.Diagnostic) bool {
			return d.Severity == logparse.Error && d.Span == f.Span && d.Span.Start < d.Span.End
		})
		if unreadable && !slices.ContainsFunc(keys, func(k field) bool { return k.label == f.Key }) {
			keys = append(keys, field{label: f.Key})
		}
	}
	var edits []logparse.Edit
	for _, k := range keys {
		value := k.yaml()
		if f := doc.Front.Field(k.label); f != nil && f.Span.Start < f.Span.End {
			if f.Text == k.text {
				continue
			}
			rewrites = append(rewrites, f.Key)
			old := string(doc.Text[f.Span.Start:f.Span.End])
			if !rewrite || strings.ContainsAny(old, "\r\n") || f.Text == "" {
				return nil, rewrites, fmt.Sprintf("its key `%s` has another tool's value", f.Key)
			}
			value += "  # was: " + old
		}
		edit, err := doc.SetField(k.label, value)
		if err != nil {
			return nil, rewrites, fmt.Sprintf("its key `%s` can't be added: %v", k.label, err)
		}
		edits = append(edits, edit)
	}
	result, err := doc.Apply(edits...)
	if err != nil {
		return nil, rewrites, err.Error()
	}
	return result.Text, rewrites, ""
}

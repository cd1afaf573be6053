package history

import (
	"errors"
	"io/fs"
	"slices"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/sshsign"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// signatures takes the signatures that lie beside a file. One is of the present text, or
// of an earlier version that git still has.
func (w *words) signatures(doc *logparse.Document) {
	for _, id := range w.book.Sides(doc) {
		s := plan.SignOff{Person: id, Path: doc.Path, How: plan.Signed}
		name, signature, err := w.signatureBeside(doc, id)
		switch {
		case err != nil:
			s.Doubt = "the signature can't be read: " + err.Error()
			w.take(s, doc)
		case name != "" && !w.signatureCame(&s, name, signature):
			signed := w.signedText(&s, doc, signature)
			if signed == nil {
				s.Doubt = "the signature matches no version of the file, or no key that only their plan lists"
			}
			w.take(s, signed)
		}
	}
}

// signatureBeside is somebody's signature on a file, by the id that they have or had; "" for
// none.
func (w *words) signatureBeside(doc *logparse.Document, id string) (name string, signature []byte, err error) {
	ids := []string{id}
	if p := w.book.Person(id); p != nil {
		ids = p.IDs()
	}
	for _, id := range ids {
		name = plan.SignaturePath(doc.Path, id)
		if signature, err = w.dir.ReadFile(name); !errors.Is(err, fs.ErrNotExist) {
			return name, signature, err
		}
	}
	return "", nil, nil
}

// signatureCame finds the commit that brought a signature in. The person may have taken it
// back since: then it says nothing, whoever brings it back, until they do.
func (w *words) signatureCame(s *plan.SignOff, name string, signature []byte) (withdrawn bool) {
	again := false
	for _, c := range w.readPast(w.book.Settings).of(name) { // the newest first
		if c.after == "" || !gitrepo.IsText(signature, c.after) {
			continue
		}
		if s.Commit == nil {
			s.Commit, s.Day = c.commit, c.commit.Day()
		}
		by := *s
		by.Commit = c.commit
		withdrawn = w.withdrawn(by)
		writer := w.book.WordOf(c.commit)
		again = again || !withdrawn && writer != nil && writer.ID == s.Person
	}
	return withdrawn && !again
}

// signedText is the version of a file that a signature is of; nil for none.
func (w *words) signedText(s *plan.SignOff, doc *logparse.Document, signature []byte) *logparse.Document {
	keys := KeysOf(w.book.Roster, w.book.Person(s.Person))
	if keys.Verify(signature, doc.Text) {
		return doc
	}
	past := w.readPast(w.book.Settings)
	for _, c := range past.of(doc.Path) {
		if then := past.text(doc.Path, c.after); then != nil && keys.Verify(signature, then.Text) {
			s.Text = c.after
			return then
		}
	}
	return nil
}

// ToSign is a recorded text as others will have it: without the CRLF that git may have made of
// its line ends here.
func (s *SignOffs) ToSign(b *plan.Logbook, name, id string) ([]byte, error) {
	doc := s.readPast(b.Settings).text(name, id)
	if doc == nil {
		return nil, s.err
	}
	return doc.Text, nil
}

// KeysOf are the keys with which somebody's plan says that they sign. One that is in another's
// plan as well is nobody's, as an address is.
func KeysOf(roster *plan.Roster, p *plan.Person) (keys sshsign.Allowed) {
	if p == nil || p.Plan == nil {
		return nil
	}
	for _, key := range p.Plan.Keys {
		if !slices.ContainsFunc(roster.Known, func(o *plan.Person) bool {
			return o.ID != p.ID && o.Plan != nil && slices.ContainsFunc(o.Plan.Keys, func(theirs logparse.Value[string]) bool { return sshsign.Same(theirs.V, key.V) })
		}) {
			keys = append(keys, key.V)
		}
	}
	return keys
}

// SignatureChange puts a signature in place, or takes it away where there is none.
func (r *Repo) SignatureChange(dir *logbook.Dir, name string, signature []byte) (gitrepo.Change, error) {
	old, err := dir.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return gitrepo.Change{}, err
	}
	change := r.Replaces(name, old, signature)
	switch {
	case signature == nil:
		change.Kind = gitrepo.Deleted
	case old == nil:
		change.Kind = gitrepo.Added
	}
	return change, nil
}

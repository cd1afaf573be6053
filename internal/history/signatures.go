package history

import (
	"context"
	"errors"
	"io/fs"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/sshsign"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// signatures takes the signatures that lie beside a file. One is of the present text, or
// of an earlier version that git still has.
func (w *words) signatures(doc *logparse.Document) error {
	for _, id := range w.book.Sides(doc) {
		s := plan.SignOff{Person: id, Path: doc.Path, How: plan.Signed}
		signature, err := w.dir.ReadFile(plan.SignaturePath(doc.Path, id))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		signed, err := w.signedText(&s, doc, signature)
		switch {
		case errors.Is(err, sshsign.ErrNoKeygen):
			s.Doubt = err.Error() + ", so the signature can't be checked"
		case err != nil:
			return err
		case signed == nil:
			s.Doubt = "the signature fits no version of the file, or no key in the plan"
		}
		w.take(s, signed)
	}
	return nil
}

// signedText is the version of a file that a signature is of; nil for none.
func (w *words) signedText(s *plan.SignOff, doc *logparse.Document, signature []byte) (*logparse.Document, error) {
	keys := KeysOf(w.book.Person(s.Person))
	past, err := w.readPast(w.book.Settings)
	if err != nil {
		return nil, err
	}
	if past != nil {
		if made := past.versions[plan.SignaturePath(doc.Path, s.Person)]; len(made) > 0 {
			s.Commit, s.Day = made[0], made[0].Day()
		}
	}
	fits, err := keys.Verify(context.Background(), signature, doc.Text)
	if err != nil || fits || past == nil {
		if !fits {
			doc = nil
		}
		return doc, err
	}
	for _, c := range past.versions[doc.Path] {
		id := textIn(c, doc.Path)
		then, err := past.document(doc.Path, id)
		if err != nil || then == nil {
			return nil, err
		}
		if fits, err = keys.Verify(context.Background(), signature, then.Text); err != nil || fits {
			s.Text = id
			return then, err
		}
	}
	return nil, nil
}

// KeysOf are the keys with which somebody's plan says that they sign.
func KeysOf(p *plan.Person) (keys sshsign.Allowed) {
	if p == nil || p.Plan == nil {
		return nil
	}
	for _, key := range p.Plan.Keys {
		keys = append(keys, key.V)
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

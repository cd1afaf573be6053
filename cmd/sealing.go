package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/seal"
	"github.com/coachlog/coachlog/logparse"
)

// A sealer seals and opens confidential text, for the commands that do.
type sealer struct {
	*app
	keyFile string
	own     []seal.SecretKey // once one was needed
}

func (s *sealer) flags(c *cobra.Command) {
	c.Flags().StringVarP(&s.keyFile, "key", "k", "", "the `file` of your secret key (default: the one of \"coachlog recipients --new\", else ~/.ssh/id_ed25519 or id_rsa)")
	_ = c.MarkFlagFilename("key")
}

// open decrypts one sealed block with the user's keys.
func (s *sealer) open(sealed []byte) ([]byte, error) {
	if s.own == nil {
		own, err := seal.OwnKeys(s.keyFile, s.passphrase)
		if err != nil {
			return nil, err
		}
		if len(own) == 0 {
			return nil, hint.New("if you have one elsewhere: --key FILE; a new one (coachlog recipients --new) opens only what is sealed after you write it into your plan", "no key of yours is on this computer")
		}
		s.own = own
	}
	return seal.Open(sealed, s.own)
}

// passphrase asks a person, who may take their time.
func (s *sealer) passphrase(question string) ([]byte, error) {
	return unlocked(s.app, func() ([]byte, error) { return s.Passphrase(question) })
}

// unseal opens all of a file, or says where it can't be opened.
func (s *sealer) unseal(doc *logparse.Document) (*logparse.Document, error) {
	opened, err := doc.Unseal(s.open)
	if block, is := errors.AsType[*logparse.SealError](err); is {
		return nil, fmt.Errorf("%s:%d: the sealed text can't be opened: %w", doc.Path, block.Line, block.Err)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doc.Path, err)
	}
	return opened, nil
}

// seal seals the plain text of a file for some people.
func (w *workspace) seal(doc *logparse.Document, ids []string, known map[string]string) (*logparse.Document, error) {
	keys, err := w.sealingKeys(doc.Path, ids)
	if err != nil {
		return nil, err
	}
	sealed, err := doc.Seal(ids, known, func(text []byte) ([]byte, error) { return seal.Seal(text, keys) })
	if err != nil {
		return nil, fmt.Errorf("%s can't be sealed: %w", doc.Path, err)
	}
	return sealed, nil
}

// sealingKeys are the keys of the people who may read what is sealed in a file. Each needs
// one: nobody is left out without being told.
func (w *workspace) sealingKeys(file string, ids []string) ([]seal.Key, error) {
	if len(ids) == 0 {
		return nil, hint.New("name them: --to PERSON", "%s doesn't say who may read what is sealed in it", file)
	}
	var keys []seal.Key
	for _, id := range ids {
		p := w.Roster.Someone(id)
		if p.Plan == nil || len(p.Plan.SealTo) == 0 {
			return nil, hint.New("they make a key on their own computer with: coachlog recipients --new; to seal for others only: --to PERSON",
				"%s can't be sealed for %s yet: there are no `sealing_keys` in %s", file, id, logparse.PlanPath(id))
		}
		for _, text := range p.Plan.SealTo {
			key, err := seal.ParseKey(text.V)
			if err != nil {
				return nil, fmt.Errorf("%s: `sealing_keys`: %w", p.PlanDoc.Where(text.Span.Start), err)
			}
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// readers are those whom a file's confidential text is for: both sides, or of a pulse who
// evaluates it.
func (b *book) readers(doc *logparse.Document) []string {
	if doc.Assessment != nil && doc.Assessment.Kind.V == "pulse" {
		if to := b.shared.Settings.PulsesTo; to.Set {
			return []string{b.Roster.Resolve(to.V)}
		}
		return nil // not the coach, unless somebody says so
	}
	if sides := b.Sides(doc); len(sides) > 0 {
		return sides
	}
	p := b.Person(b.OwnerOfFile(doc.Path))
	if p == nil {
		return nil
	}
	return slices.Compact(slices.DeleteFunc([]string{p.ID, b.CoachOf(p)}, func(id string) bool { return id == "" }))
}

// committed is a file as it is in the last commit; nil where it isn't there.
func (a *app) committed(ctx context.Context, b *book, doc *logparse.Document) (*logparse.Document, error) {
	repo, err := history.Find(b.dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	changes, err := repo.Changes(ctx, []string{repo.InRepository(doc.Path)}, repo.Holds)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(changes, func(c gitrepo.Change) bool { return repo.InLogbook(c.Path) == doc.Path })
	switch {
	case at < 0:
		return doc, nil
	case changes[at].Kind == gitrepo.Added:
		return nil, nil
	}
	return logparse.Parse(doc.Path, changes[at].Before, b.shared.Settings.Headings), nil
}

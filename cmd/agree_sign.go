package cmd

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/sshsign"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// sign signs the bytes of a file, and records the signature beside it together with the
// sign-off.
func (o *agreeOptions) sign(ctx context.Context, s *signer, b *book, doc *logparse.Document) error {
	id, err := s.recorded(doc)
	if err != nil {
		return err
	}
	key := o.key
	if key == "" {
		if key, err = s.signs.SigningKey(ctx); err != nil {
			return err
		}
	}
	if key == "" {
		return hint.New("name one: coachlog agree "+doc.Path+" --sign --key ~/.ssh/id_ed25519; or tell git: git config user.signingKey FILE", "git's settings name no SSH key to sign with")
	}
	text, err := s.signs.ToSign(b.Logbook, doc.Path, id)
	if err != nil {
		return err
	}
	name, keys := plan.SignaturePath(doc.Path, s.me.ID), history.KeysOf(s.Roster, s.me)
	if word, ok := s.own(b, doc); ok && word.Stands() && word.How == plan.Signed && word.Commit != nil {
		if old, err := s.dir.ReadFile(name); err == nil && keys.Verify(old, text) {
			return o.sayAlready(ctx, s, b, doc, "signed", word)
		}
	}
	signature, err := unlocked(o.app, func() ([]byte, error) { return sshsign.Sign(ctx, key, text) }) // it may ask for a passphrase
	if err != nil {
		return err
	}
	if !keys.Verify(signature, text) {
		return hint.New("add its public half there, and record it: `signing_keys: [\"ssh-ed25519 AAAA...\"]`, as in "+strings.TrimSuffix(key, ".pub")+".pub",
			"nobody could check this signature: %s doesn't list the key %s, or another plan does too", logparse.PlanPath(s.me.ID), key)
	}
	change, err := s.signs.SignatureChange(s.dir, name, signature)
	if err != nil {
		return err
	}
	message := report.SignOffMessage(s.me.ID, doc.Path, id, name)
	if err := o.rewrite(ctx, s.signs.Repo, s.dir, []gitrepo.Change{change}, message, message); err != nil {
		return err
	}
	return o.sayStanding(s, doc)
}

// withdraw takes a sign-off back, with the signature beside the file if there is one. Only
// its author can.
func (a *app) withdraw(ctx context.Context, repo *history.Repo, dir *logbook.Dir, s plan.SignOff, dryRun bool) error {
	message := report.WithdrawalMessage(s)
	if dryRun {
		return a.showMessage(message)
	}
	var changes []gitrepo.Change
	name := plan.SignaturePath(s.Path, s.Person)
	switch _, err := dir.ReadFile(name); {
	case err == nil:
		change, err := repo.SignatureChange(dir, name, nil)
		if err != nil {
			return err
		}
		changes = append(changes, change)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if len(changes) > 0 {
		return a.rewrite(ctx, repo, dir, changes, message, message)
	}
	return a.note(ctx, repo, message, nil)
}

// takeBack withdraws the signer's word on a file.
func (o *agreeOptions) takeBack(ctx context.Context, s *signer, b *book, doc *logparse.Document) error {
	word, ok := s.own(b, doc)
	if !ok || word.Commit == nil || word.Doubt != "" && word.How != plan.Signed {
		return hint.New("see what waits for you: coachlog agree --pending", "there is no sign-off of yours on %s to take back", doc.Path)
	}
	return o.withdraw(ctx, s.signs.Repo, s.dir, word, false)
}

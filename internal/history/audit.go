package history

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// Audit gathers what the commits are held against. Nothing that was kept is used.
func (r *Reader) Audit() (*trail.Audit, error) {
	moves := r.readMoving(gitrepo.HistoryOptions{Every: true}, ".")
	if r.err != nil {
		return nil, r.err
	}
	if r.h.Head == "" {
		return nil, hint.New("to record the logbook: coachlog commit", "there are no commits to audit yet")
	}
	// That of the work tree may say something that nobody has recorded.
	m, err := r.h.RecordedMailmap()
	r.fail(err)
	r.mailmap = &m
	a := &trail.Audit{Moves: moves, Ends: r.h.Ends, Read: r.document, Text: r.checkedOutText, FilesAt: r.filesAt, Between: r.between}
	a.Signs = func(s plan.SignOff) bool { return r.signs(r.h, s) }
	a.Commits, err = r.commits(r.h)
	r.fail(err)
	r.joined(a.Commits, moves)
	r.agreedTexts = make(map[string]bool)
	for _, c := range a.Commits {
		for _, s := range plan.ReadSignOffs(c) {
			r.agreedTexts[s.Text] = true
		}
	}
	a.Head = r.filesAt(r.h.Head, ".")
	a.Substituted, err = r.Substituted()
	r.fail(err)
	a.Migrations, err = plan.FindMigrations(a.Commits, r.written)
	r.fail(err)
	a.Book = r.bookOf(a.Head, a.Needs)
	return a, r.err
}

// written is one version of a file as people wrote it.
func (r *Reader) written(name, id string) ([]byte, error) {
	doc, err := r.document(name, id)
	if err != nil {
		return nil, err
	}
	return doc.Text, nil
}

// checkedOutText is one version of a file as git would check it out, with nothing read in
// it. Values that begin with their header weren't stored in another form: parsing all of
// them each time they grow would be most of the work.
func (r *Reader) checkedOutText(name, id string) ([]byte, error) {
	stored, err := r.h.Blob(id)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(stored, []byte(strings.Join(logparse.MetricColumns, ","))) {
		return stored, nil
	}
	return r.h.Text(r.InRepository(name), id)
}

// Run makes the checks of an audit. A file that can't be read ends it: nothing may be
// found in what nobody could look at.
func (r *Reader) Run(a *trail.Audit) error {
	if err := a.Run(); err != nil {
		return err
	}
	return r.err
}

// Anchor says which history there is.
func (r *Reader) Anchor(a *trail.Audit, made logparse.Date) trail.Anchor {
	branch, err := r.Branch()
	if err != nil {
		branch = "" // HEAD is detached: the id says it all
	}
	return trail.Anchor{Head: r.h.Head, Branch: branch, Commits: len(a.Commits), SignOffs: trail.SignOffsIn(a.Commits), Logs: a.Logs(), Made: made}
}

// between lists what differs between two commits below a folder.
func (r *Reader) between(from, to, dir string) (all []plan.FileVersion) {
	for _, name := range r.inRepository(dir) {
		deltas, err := r.h.Between(from, to, name)
		r.fail(err)
		all = append(all, r.versions(deltas)...)
	}
	return all
}

// Compare has an audit compare the history with an anchor: where the anchor's commit
// isn't in it, by what git still has of that.
func (r *Reader) Compare(a *trail.Audit, anchor *trail.Anchor) {
	a.Anchor = anchor
	known := make(map[string]bool, len(a.Commits))
	for _, c := range a.Commits {
		known[c.ID] = true
	}
	if known[anchor.Head] {
		return
	}
	// Where git has it no longer, that is what the finding says.
	_, commits, _ := r.list(gitrepo.HistoryOptions{Every: true, From: anchor.Head})
	a.Beyond = slices.DeleteFunc(commits, func(c *plan.Commit) bool { return known[c.ID] })
}

// Verify has git check the signatures of those commits that have to have one: of which
// the caller says, else the settings.
func (r *Reader) Verify(ctx context.Context, a *trail.Audit, of, allowedSigners string) error {
	s := &trail.Signatures{Of: of, Verdicts: make(map[string]trail.Signature)}
	if of == "" {
		s.Of, s.Since = r.settings.Signatures.V, r.settings.SignaturesFrom.V
	}
	if s.Of == "" || s.Of == "none" {
		return nil
	}
	var asked []string
	for _, c := range a.Commits {
		if a.Asked(s, c) {
			asked = append(asked, c.ID)
		}
	}
	found, err := r.Signatures(ctx, asked, allowedSigners)
	if err != nil {
		return fmt.Errorf("signatures can't be checked: %w", err)
	}
	for id, sig := range found {
		s.Verdicts[id] = trail.Signature(sig)
	}
	a.Signatures = s
	return nil
}

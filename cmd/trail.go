package cmd

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A gitTrail is the repository of a logbook, as the source of its history.
type gitTrail struct {
	repo    *gitrepo.Repo
	prefix  string // the logbook's folder in the repository; "." where they are the same
	mailmap *gitrepo.Mailmap
}

// inRepository is a path of the logbook as the repository names it.
func (t *gitTrail) inRepository(name string) string { return path.Join(t.prefix, name) }

// inLogbook is a path of the repository as the logbook names it.
func (t *gitTrail) inLogbook(name string) string {
	if t.prefix == "." {
		return name
	}
	return strings.TrimPrefix(name, t.prefix+"/")
}

// trailOf finds the repository of a logbook.
func trailOf(dir *logbook.Dir) (*gitTrail, error) {
	repo, prefix, err := repositoryOf(dir)
	if err != nil {
		return nil, err
	}
	return &gitTrail{repo: repo, prefix: prefix}, nil
}

// commits puts a history into the logbook's words: its own paths, and people as
// .mailmap names them now.
func (t *gitTrail) commits(h *gitrepo.History) ([]*plan.Commit, error) {
	if t.mailmap == nil {
		m, err := h.Mailmap(t.repo)
		if err != nil {
			return nil, err
		}
		t.mailmap = &m
	}
	commits := make([]*plan.Commit, len(h.Records))
	for i, r := range h.Records {
		c := &plan.Commit{
			ID: r.Commit, Author: t.author(r.Author), Committer: t.author(r.Committer), Written: r.Date, Recorded: r.Committed,
			Subject: r.Subject, Body: r.Body, Parents: r.Parents,
		}
		for _, d := range r.Files {
			c.Files = append(c.Files, plan.FileVersion{Path: t.inLogbook(d.Path), Before: d.Before, After: d.After, Others: d.Others})
		}
		commits[i] = c
	}
	return commits, nil
}

func (t *gitTrail) author(id gitrepo.Identity) plan.Author {
	now := t.mailmap.Now(id)
	return plan.Author{Name: strings.ToValidUTF8(now.Name, "�"), Email: now.Email, Was: id.Email}
}

// signOffCommits are the commits with which people agreed, the newest first.
func (t *gitTrail) signOffCommits() (*gitrepo.History, []*plan.Commit, error) {
	h, err := t.repo.History(gitrepo.HistoryOptions{Marked: plan.SignOffMark})
	if err != nil {
		return nil, nil, err
	}
	commits, err := t.commits(h)
	return h, commits, err
}

// readSignOffs takes the sign-offs from the commits into the logbook. Outside of a
// repository there are none, and no history.
func (b *book) readSignOffs() (*gitTrail, *gitrepo.History, error) {
	t, err := trailOf(b.dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	h, commits, err := t.signOffCommits()
	if err != nil {
		return nil, nil, err
	}
	return t, h, b.takeSignOffs(t, h, commits)
}

// signedTexts reads the texts that people signed.
type signedTexts struct {
	trail   *gitTrail
	head    *gitrepo.History
	book    *book
	docs    map[string]*logparse.Document       // by path, as they are now
	changed map[*plan.Commit]*logparse.Document // by the sign-off, where it isn't the present text
}

// read is the text that a sign-off names: the present one, or what git has of it; nil
// where its commit isn't plainly about that text.
func (x *signedTexts) read(s plan.SignOff) (*logparse.Document, error) {
	if plain, err := x.trail.signsPlainly(x.head, s); err != nil || !plain {
		return nil, err
	}
	doc := x.docs[s.Path]
	same, err := x.trail.isText(x.head, s.Path, doc.Text, s.Text)
	if err != nil || same {
		return doc, err
	}
	text, err := x.head.Blob(s.Text)
	if err == nil {
		text, err = x.head.InWorkTree(x.trail.inRepository(s.Path), s.Text, text)
	}
	if err != nil {
		return nil, fmt.Errorf("the text of %s that %s agreed to: %w", s.Path, s.Person, err)
	}
	if plan.SameText(text, doc.Text) {
		return doc, nil // stored in another way now
	}
	signed := logparse.Parse(s.Path, text, x.book.Settings.Headings)
	if !readsAsIs(signed) {
		if text, err = x.head.Recover(x.trail.inRepository(s.Path), s.Text, text); err != nil {
			return nil, err
		}
		signed = logparse.Parse(s.Path, text, x.book.Settings.Headings)
	}
	x.changed[s.Commit] = signed
	return signed, nil
}

// signsPlainly says whether a sign-off's commit has the text that it names, and changes no
// file, as the audit asks too.
func (t *gitTrail) signsPlainly(h *gitrepo.History, s plan.SignOff) (bool, error) {
	name := t.inRepository(s.Path)
	files, err := h.FilesAt(s.Commit.ID, name)
	if err != nil || files[name] != s.Text {
		return false, err
	}
	if slices.Contains(h.Ends, s.Commit.ID) {
		return true, nil // what was before it isn't known
	}
	changed, err := h.Changed(s.Commit.ID, t.prefix)
	return len(changed) == 0, err
}

// isText says whether a file's present text is the one that an id stands for, as git
// sees it, with whatever filter it has for the file.
func (t *gitTrail) isText(h *gitrepo.History, file string, text []byte, id string) (bool, error) {
	if gitrepo.IsText(text, id) {
		return true, nil
	}
	name := t.inRepository(file)
	files, err := h.FilesAt(h.Head, name)
	if err != nil || files[name] != id {
		return false, err
	}
	changes, err := t.repo.Changes(context.Background(), []string{name}, func(string) bool { return true })
	if err != nil {
		if _, unread := h.Text(name, id); unread != nil {
			err = unread // which names the filter
		}
	}
	return len(changes) == 0, err
}

// findLaterEdits says of each sign-off whose text isn't the present one what changed it.
func (x *signedTexts) findLaterEdits() error {
	var paths []string
	for _, s := range x.book.Signed {
		if name := x.trail.inRepository(s.Path); x.changed[s.Commit] != nil && !slices.Contains(paths, name) {
			paths = append(paths, name)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	slices.Sort(paths)
	edits, err := x.trail.repo.History(gitrepo.HistoryOptions{Paths: paths})
	if err != nil {
		return err
	}
	commits, err := x.trail.commits(edits)
	if err != nil {
		return err
	}
	for i, s := range x.book.Signed {
		if signed := x.changed[s.Commit]; signed != nil {
			x.book.Signed[i].Void = plan.NewLaterEdit(signed, x.docs[s.Path], firstEdit(commits, s))
		}
	}
	return nil
}

// firstEdit is the commit that changed a text first after somebody agreed to it;
// nil where none has, or where the text was brought back since.
func firstEdit(commits []*plan.Commit, s plan.SignOff) *plan.Commit {
	for _, c := range commits { // the newest first
		for _, f := range c.Files {
			switch {
			case f.Path != s.Path:
			case f.After == s.Text:
				return nil
			case f.Before == s.Text:
				return c
			}
		}
	}
	return nil
}

// readSignOffsOf is readSignOffs for commands that have more to tell: where sign-offs
// can't be read, it says so. The error, for the end of the command, is that git can't
// undo a filter here.
func (a *app) readSignOffsOf(b *book) error {
	_, _, err := b.readSignOffs()
	return (&signOffs{err: err}).say(a)
}

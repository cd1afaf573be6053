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
	"github.com/coachlog/coachlog/internal/terminal"
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
	h, err := t.repo.History(gitrepo.HistoryOptions{Marked: plan.SignOffMark, Cache: "sign-offs"})
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
	b.Signed = b.SignOffs(commits)
	return t, h, t.findLaterEdits(b, h)
}

// isText says whether a file's present text is the one that an id stands for, as git
// sees it, with whatever filter it has for the file.
func (t *gitTrail) isText(h *gitrepo.History, doc *logparse.Document, id string) (bool, error) {
	if gitrepo.IsText(doc.Text, id) {
		return true, nil
	}
	name := t.inRepository(doc.Path)
	files, err := h.FilesAt(h.Head, name)
	if err != nil || files[name] != id {
		return false, err
	}
	changes, err := t.repo.Changes(context.Background(), []string{name}, func(string) bool { return true })
	return len(changes) == 0, err
}

// findLaterEdits says of each sign-off whether its text is still the present one.
func (t *gitTrail) findLaterEdits(b *book, h *gitrepo.History) error {
	docs := make(map[string]*logparse.Document)
	for _, doc := range b.Docs {
		docs[doc.Path] = doc
	}
	void := make([]bool, len(b.Signed))
	changed := make(map[string]bool)
	for i, s := range b.Signed {
		same, err := t.isText(h, docs[s.Path], s.Text)
		if err != nil {
			return err
		}
		if !same {
			void[i], changed[t.inRepository(s.Path)] = true, true
		}
	}
	if len(changed) == 0 {
		return nil
	}
	var paths []string
	for name := range changed {
		paths = append(paths, name)
	}
	slices.Sort(paths)
	edits, err := t.repo.History(gitrepo.HistoryOptions{Paths: paths})
	if err != nil {
		return err
	}
	commits, err := t.commits(edits)
	if err != nil {
		return err
	}
	for i, s := range b.Signed {
		if !void[i] {
			continue
		}
		doc := docs[s.Path]
		text, err := h.Blob(s.Text)
		if err != nil {
			return fmt.Errorf("the text of %s that %s agreed to: %w", s.Path, s.Person, err)
		}
		agreed := logparse.Parse(s.Path, text, b.Settings.Headings)
		b.Signed[i].Void = plan.NewLaterEdit(agreed, doc, firstEdit(commits, s))
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
// can't be read, it says so.
func (a *app) readSignOffsOf(b *book) {
	if _, _, err := b.readSignOffs(); err != nil {
		fmt.Fprintf(a.Err, "%s sign-offs could not be read from git, so nothing is said of them: %s\n", a.ErrStyle.Yellow("coachlog:"), terminal.Escape(err.Error()))
	}
}

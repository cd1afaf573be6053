// Package history reads what git has of a logbook, in the logbook's own words: its
// files by their paths in it, versions of them as documents, commits by who people
// are now, sign-offs with the texts that they are about. It also puts back what a
// commit changed. What all that means is for plan and plan/trail to say.
package history

import (
	"path"
	"path/filepath"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/plan"
)

// A Repo is the git repository that a logbook is in.
type Repo struct {
	*gitrepo.Repo
	Prefix string // the logbook's folder in the repository; "." where they are the same

	earlier []string // folders in which it was before, once somebody has looked for them
	mailmap *gitrepo.Mailmap
	were    []string // folders where the logbook was before, as far as sign-offs have shown
}

// Find finds the repository of a logbook.
func Find(dir *logbook.Dir) (*Repo, error) {
	repo, err := gitrepo.Find(dir.Path)
	if err != nil {
		return nil, err
	}
	real, err := filepath.EvalSymlinks(dir.Path)
	if err != nil {
		return nil, err
	}
	root, err := filepath.EvalSymlinks(repo.Root())
	if err != nil {
		return nil, err
	}
	prefix, err := filepath.Rel(root, real)
	return newRepo(repo, filepath.ToSlash(prefix)), err
}

func newRepo(repo *gitrepo.Repo, prefix string) *Repo {
	r := &Repo{Repo: repo, Prefix: prefix}
	repo.ReadsAs(func(name string, text []byte) bool { return readsAsLogbook(r.InLogbook(name), text) })
	return r
}

// InRepository is a path of the logbook as the repository names it.
func (r *Repo) InRepository(name string) string { return path.Join(r.Prefix, name) }

// folders are those in which the logbook is and was.
func (r *Repo) folders() []string { return append([]string{r.Prefix}, r.earlier...) }

// InLogbook is a path of the repository as the logbook names it.
func (r *Repo) InLogbook(name string) string {
	folder := r.Prefix
	if len(r.earlier) > 0 {
		folder = r.folderOf(name)
	}
	if folder == "." {
		return name
	}
	return strings.TrimPrefix(name, folder+"/")
}

// Holds says whether a path of the repository is one of the logbook's files.
func (r *Repo) Holds(name string) bool {
	return (r.Prefix == "." || strings.HasPrefix(name, r.Prefix+"/")) && logbook.IsOwnFile(r.InLogbook(name))
}

// list reads commits, in the logbook's words.
func (r *Repo) list(o gitrepo.HistoryOptions) (*gitrepo.History, []*plan.Commit, error) {
	h, err := r.History(o)
	if err != nil {
		return nil, nil, err
	}
	commits, err := r.commits(h)
	return h, commits, err
}

// commits puts a history into the logbook's words: its own paths, and people as
// .mailmap names them now.
func (r *Repo) commits(h *gitrepo.History) ([]*plan.Commit, error) {
	if r.mailmap == nil {
		m, err := h.Mailmap(r.Repo)
		if err != nil {
			return nil, err
		}
		r.mailmap = &m
	}
	commits := make([]*plan.Commit, len(h.Records))
	for i, record := range h.Records {
		commits[i] = &plan.Commit{
			ID: record.Commit, Author: r.Author(record.Author), Committer: r.Author(record.Committer), Written: record.Date, Recorded: record.Committed,
			Subject: record.Subject, Body: record.Body, Parents: record.Parents, Files: r.versions(record.Files),
		}
	}
	return commits, nil
}

// versions puts what git says of changed files into the logbook's words.
func (r *Repo) versions(deltas []gitrepo.Delta) []plan.FileVersion {
	files := make([]plan.FileVersion, len(deltas))
	for i, d := range deltas {
		files[i] = plan.FileVersion{Path: r.InLogbook(d.Path), Before: d.Before, After: d.After, Others: d.Others}
	}
	return files
}

// Author is who somebody that git names is now.
func (r *Repo) Author(id gitrepo.Identity) plan.Author {
	now := r.mailmap.Now(id)
	return plan.Author{Name: now.Name, Email: now.Email, Was: id.Email}
}

package cmd

import (
	"errors"
	"fmt"
	"path"
	"sync"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// signOffs are the commits with which people agreed, read once, for books of one
// person each. A repository is not for two at a time, so they wait for each other.
type signOffs struct {
	mutex    sync.Mutex
	trail    *gitTrail
	head     *gitrepo.History
	byFolder map[string][]*plan.Commit // the newest first
	err      error                     // the first
}

// openSignOffs reads them. Outside of a repository there are none.
func (a *app) openSignOffs(w *workspace) *signOffs {
	s := &signOffs{byFolder: make(map[string][]*plan.Commit)}
	t, err := trailOf(w.dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return s
	}
	if err != nil {
		s.err = err
		return s
	}
	head, commits, err := t.signOffCommits()
	if err != nil {
		s.err = err
		return s
	}
	s.trail, s.head = t, head
	for _, c := range commits {
		about, _ := plan.ReadSignOff(c)
		if _, name := plan.ReadWithdrawal(c); name != "" {
			about.Path = name
		}
		folder := path.Dir(about.Path)
		s.byFolder[folder] = append(s.byFolder[folder], c)
	}
	return s
}

// of takes the sign-offs of a book's people into it.
func (s *signOffs) of(b *book) {
	if s.trail == nil {
		return
	}
	var commits []*plan.Commit
	seen := make(map[string]bool)
	for _, doc := range b.Docs {
		if folder := path.Dir(doc.Path); !seen[folder] {
			seen[folder] = true
			commits = append(commits, s.byFolder[folder]...)
		}
	}
	if len(commits) == 0 {
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if err := b.takeSignOffs(s.trail, s.head, commits); err != nil && s.err == nil {
		s.err = err
	}
}

// say tells why sign-offs could not be read. The error, for the end of a command, is
// that git can't undo a filter here.
func (s *signOffs) say(a *app) error {
	if s.err == nil {
		return nil
	}
	fmt.Fprintf(a.Err, "%s sign-offs could not be read from git, so nothing is said of them: %s\n", a.ErrStyle.Yellow("coachlog:"), terminal.Escape(s.err.Error()))
	var refusal *gitrepo.Refusal
	if errors.As(s.err, &refusal) && refusal.Filtered {
		return errSaid
	}
	return nil
}

// takeSignOffs takes those of some commits, and says of each what changed its text.
func (b *book) takeSignOffs(t *gitTrail, head *gitrepo.History, commits []*plan.Commit) (err error) {
	texts := &signedTexts{trail: t, head: head, book: b, docs: make(map[string]*logparse.Document), changed: make(map[*plan.Commit]*logparse.Document)}
	for _, doc := range b.Docs {
		texts.docs[doc.Path] = doc
	}
	if b.Signed, err = b.SignOffs(commits, texts.read); err != nil {
		return err
	}
	return texts.findLaterEdits()
}

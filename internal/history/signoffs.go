package history

import (
	"cmp"
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/plan"
)

// SignOffs are the commits with which people agreed, read once, for a logbook of
// everybody or for many of one person each. A repository is not for two at a time, so
// they wait for each other.
type SignOffs struct {
	*Repo // nil outside of a repository, where there are none
	Head  *gitrepo.History

	dir      *logbook.Dir
	mutex    sync.Mutex
	signing  []*plan.Commit   // that speak of sign-offs, the newest first
	byFolder map[string][]int // the places of those that speak of what is in it
	past     *past
	edits    *laterEdits // of the files that were asked for last
	err      error       // the first
}

// ReadSignOffs reads them. What can't be read, Err says.
func ReadSignOffs(dir *logbook.Dir) *SignOffs {
	s := &SignOffs{dir: dir, byFolder: make(map[string][]int)}
	repo, err := Find(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return s
	}
	if err == nil {
		s.Head, s.signing, err = repo.signOffCommits()
	}
	if s.err = err; err != nil {
		return s
	}
	s.Repo = repo
	for i, c := range s.signing {
		for _, name := range plan.AgreedPaths(c) {
			folder := path.Dir(name)
			s.byFolder[folder] = append(s.byFolder[folder], i)
		}
	}
	return s
}

// Err is why sign-offs could not be read: from the first error on, nothing else counts.
func (s *SignOffs) Err() error { return s.err }

func (s *SignOffs) fail(err error) { s.err = cmp.Or(s.err, err) }

// Speak says whether a commit speaks of what is in one of some folders.
func (s *SignOffs) Speak(folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool { return len(s.byFolder[folder]) > 0 })
}

// signOffCommits are the commits with which people agreed, the newest first.
func (r *Repo) signOffCommits() (*gitrepo.History, []*plan.Commit, error) {
	return r.list(gitrepo.HistoryOptions{Marked: plan.SignOffMark})
}

// Add takes what is known of people's agreement to a logbook's files into it, and says of
// each word what changed its text.
func (s *SignOffs) Add(b *plan.Logbook) {
	w := s.wordsOf(b)
	if w.none() {
		return // as in most folders
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.err == nil {
		w.add()
	}
}

// signsThere says whether the text that a sign-off names was in its commit: under the same
// path or, where the logbook has moved since, below another folder.
func (r *Repo) signsThere(h *gitrepo.History, s plan.SignOff) (bool, error) {
	for _, folder := range append([]string{r.Prefix}, r.were...) {
		name := path.Join(folder, s.Path)
		files, err := h.FilesAt(s.Commit.ID, name)
		if err != nil || files[name] == s.Text {
			return err == nil, err
		}
	}
	files, err := h.FilesAt(s.Commit.ID, ".")
	for name, id := range files {
		if id == s.Text && (name == s.Path || strings.HasSuffix(name, "/"+s.Path)) {
			r.were = append(r.were, strings.TrimSuffix(name, s.Path)) // where the next is, most likely
			return true, err
		}
	}
	return false, err
}

// IsText says whether a file's present text is the one that an id stands for, as git
// sees it, with whatever filter it has for the file.
func (r *Repo) IsText(h *gitrepo.History, file string, text []byte, id string) (bool, error) {
	if gitrepo.IsText(text, id) {
		return true, nil
	}
	name := r.InRepository(file)
	files, err := h.FilesAt(h.Head, name)
	if err != nil || files[name] != id {
		return false, err
	}
	changes, err := r.Changes(context.Background(), []string{name}, func(string) bool { return true })
	if err != nil {
		if _, unread := h.Text(name, id); unread != nil {
			err = unread // which names the filter
		}
	}
	return len(changes) == 0, err
}

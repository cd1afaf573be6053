package history

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"sync"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// SignOffs are the commits with which people agreed, read once, for a logbook of
// everybody or for many of one person each. A repository is not for two at a time, so
// they wait for each other.
type SignOffs struct {
	*Repo // nil outside of a repository, where there are none
	Head  *gitrepo.History

	mutex    sync.Mutex
	byFolder map[string][]*plan.Commit // the newest first
	dated    []datedFile
	err      error // the first
}

// ReadSignOffs reads them. What can't be read, Err says.
func ReadSignOffs(dir *logbook.Dir) *SignOffs {
	s := &SignOffs{byFolder: make(map[string][]*plan.Commit)}
	repo, err := Find(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return s
	}
	var commits []*plan.Commit
	if err == nil {
		s.Head, commits, err = repo.signOffCommits()
	}
	if s.err = err; err != nil {
		return s
	}
	s.Repo = repo
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

// Err is why sign-offs could not be read.
func (s *SignOffs) Err() error { return s.err }

// signOffCommits are the commits with which people agreed, the newest first.
func (r *Repo) signOffCommits() (*gitrepo.History, []*plan.Commit, error) {
	h, err := r.History(gitrepo.HistoryOptions{Marked: plan.SignOffMark})
	if err != nil {
		return nil, nil, err
	}
	commits, err := r.commits(h)
	return h, commits, err
}

// Add takes the sign-offs of a logbook's files into it, and says of each what changed
// its text.
func (s *SignOffs) Add(b *plan.Logbook) {
	if s.Repo == nil {
		return
	}
	texts := &signedTexts{SignOffs: s, book: b, docs: make(map[string]*logparse.Document), changed: make(map[*plan.Commit]*logparse.Document)}
	var commits []*plan.Commit
	seen := make(map[string]bool)
	for _, doc := range b.Docs {
		texts.docs[doc.Path] = doc
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
	var err error
	if b.Signed, err = b.SignOffs(commits, texts.read); err == nil {
		err = texts.findLaterEdits()
	}
	if s.err == nil {
		s.err = err
	}
}

// signedTexts reads the texts that people signed.
type signedTexts struct {
	*SignOffs
	book    *plan.Logbook
	docs    map[string]*logparse.Document       // by path, as they are now
	changed map[*plan.Commit]*logparse.Document // by the sign-off, where it isn't the present text
}

// read is the text that a sign-off names: the present one, or what git has of it; nil
// where its commit isn't plainly about that text.
func (x *signedTexts) read(s plan.SignOff) (*logparse.Document, error) {
	if plain, err := x.signsPlainly(x.Head, s); err != nil || !plain {
		return nil, err
	}
	doc := x.docs[s.Path]
	same, err := x.IsText(x.Head, s.Path, doc.Text, s.Text)
	if err != nil || same {
		return doc, err
	}
	text, err := x.Head.Blob(s.Text)
	if err == nil {
		text, err = x.Head.InWorkTree(x.InRepository(s.Path), s.Text, text)
	}
	if err != nil {
		return nil, fmt.Errorf("the text of %s that %s agreed to: %w", s.Path, s.Person, err)
	}
	if plan.SameText(text, doc.Text) {
		return doc, nil // stored in another way now
	}
	signed := logparse.Parse(s.Path, text, x.book.Settings.Headings)
	if !Readable(signed) {
		if text, err = x.Head.Recover(x.InRepository(s.Path), s.Text, text); err != nil {
			return nil, err
		}
		signed = logparse.Parse(s.Path, text, x.book.Settings.Headings)
	}
	x.changed[s.Commit] = signed
	return signed, nil
}

// signsPlainly says whether a sign-off's commit has the text that it names, and changes no
// file, as the audit asks too.
func (r *Repo) signsPlainly(h *gitrepo.History, s plan.SignOff) (bool, error) {
	name := r.InRepository(s.Path)
	files, err := h.FilesAt(s.Commit.ID, name)
	if err != nil || files[name] != s.Text {
		return false, err
	}
	if slices.Contains(h.Ends, s.Commit.ID) {
		return true, nil // what was before it isn't known
	}
	changed, err := h.Changed(s.Commit.ID, r.Prefix)
	return len(changed) == 0, err
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

// findLaterEdits says of each sign-off whose text isn't the present one what changed it. A
// migration to a newer format is no edit.
func (x *signedTexts) findLaterEdits() error {
	if len(x.changed) == 0 {
		return nil
	}
	paths := []string{logbook.SettingsName}
	for _, s := range x.book.Signed {
		if x.changed[s.Commit] != nil {
			paths = append(paths, s.Path)
		}
	}
	slices.Sort(paths)
	edits, err := x.History(gitrepo.HistoryOptions{Paths: x.inRepository(slices.Compact(paths))})
	if err != nil {
		return err
	}
	commits, err := x.commits(edits)
	if err != nil {
		return err
	}
	text := func(name, id string) ([]byte, error) { return edits.Text(x.InRepository(name), id) }
	migrations, err := plan.FindMigrations(commits, text)
	if err != nil {
		return err
	}
	for i, s := range x.book.Signed {
		signed, present := x.changed[s.Commit], x.docs[s.Path]
		if signed == nil {
			continue
		}
		if id := migrations.Moved(s.Path, s.Text); id != s.Text {
			moved, err := text(s.Path, id)
			if err != nil {
				return err
			}
			signed, s.Text = logparse.Parse(s.Path, moved, x.book.Settings.Headings), id
		}
		if !plan.SameText(signed.Text, present.Text) {
			x.book.Signed[i].Void = plan.NewLaterEdit(signed, present, firstEdit(commits, s))
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

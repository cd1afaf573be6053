package gitrepo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// A commit that puts other texts into the files is made before the files are touched: its
// objects, then the branch, then the files. What is killed on the way leaves everything as
// it was, or a commit, and a journal by which the next coachlog puts the files in place.

// journalName is what a journal's temporary file is for.
const journalName = "rewrite"

// journal is what is known before such a commit.
type journal struct {
	Message string // of the commit
	Files   []journalFile
}

type journalFile struct {
	Path []byte // which may be in any encoding
	Head string // what HEAD has there: mode and id
	Disk string // the id that the file's bytes have; "" for no file
}

// CommitAhead records changes that the files don't hold yet, and then calls place, which
// puts them there. A file may also hold its new text already. The error is as Commit's;
// where there is a commit all the same, its ID is set, and the files are left for
// Unfinished.
func (r *Repo) CommitAhead(ctx context.Context, changes []Change, message string, place func() error) (commit Commit, err error) {
	req, err := r.prepare(request{changes: changes, message: message, place: place})
	if err != nil {
		return commit, err
	}
	if req.holding, err = r.headItems(req.changes); err != nil {
		return commit, err
	}
	file, err := r.writeJournal(req)
	if err != nil {
		return commit, err
	}
	commit, err = r.record(ctx, req)
	if err == nil || commit.ID == "" {
		os.Remove(file)
	}
	return commit, err
}

// headItems is what HEAD has in the changes' places.
func (r *Repo) headItems(changes []Change) (map[string]item, error) {
	from, err := r.source()
	if err != nil {
		return nil, err
	}
	head, err := r.head()
	if err != nil {
		return nil, err
	}
	items := make(map[string]item, len(changes))
	for _, c := range changes {
		if items[c.Path], err = itemIn(from, head, c.Path); err != nil {
			return nil, orNeedsGit(err)
		}
	}
	return items, nil
}

func (r *Repo) writeJournal(req request) (file string, err error) {
	j := journal{Message: req.message}
	for _, c := range req.changes {
		_, disk, err := r.onDisk(c.Path)
		if err != nil {
			return "", err
		}
		j.Files = append(j.Files, journalFile{[]byte(c.Path), req.holding[c.Path].String(), disk})
	}
	text, err := json.Marshal(j)
	if err != nil {
		return "", err
	}
	file = filepath.Join(r.gitDir, plainfile.TemporaryName(journalName))
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), plainfile.Close(f)); err != nil {
		os.Remove(file)
	}
	return file, err
}

func (i item) String() string { return fmt.Sprintf("%o %s", i.mode, i.id) }

// onDisk reads a file, and says the id of its bytes; "" for no file.
func (r *Repo) onDisk(name string) (text []byte, id string, err error) {
	text, _, err = r.readFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", nil
	}
	return text, plumbing.ComputeHash(plumbing.BlobObject, text).String(), err
}

// checkStaged refuses a change of a file of which something is staged that is neither in
// HEAD nor what the commit is to hold.
func checkStaged(changes []Change, staged, head map[string]item) error {
	for _, c := range changes {
		now := staged[c.Path]
		if now == head[c.Path] || c.Kind == Deleted && now == (item{}) || c.Kind != Deleted && now.id != "" && IsText(c.After, now.id) {
			continue
		}
		return refuse("commit them with git commit, or unstage them: git restore --staged "+c.Path, "%s has staged changes that are in no commit, and they would be lost", c.Path)
	}
	return nil
}

// mode is that of a file in the commit, where HEAD has it with another one or not at all.
func (c Change) mode(head item) uint32 {
	switch {
	case c.Kind == Modified && !c.ModeChanged:
		return head.mode
	case c.Executable:
		return modeExecutable
	}
	return modeRegular
}

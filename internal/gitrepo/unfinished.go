package gitrepo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// Unfinished is what a killed coachlog had begun to rewrite.
type Unfinished struct {
	Message string   // of its commit
	Changes []Change // that the commit holds and the files don't
	Kept    []string // files that somebody changed in between
	journal string
}

// Done removes what is known of it.
func (u *Unfinished) Done() error { return os.Remove(u.journal) }

// Unfinished finds what killed coachlogs had begun to rewrite and recorded, and brings the
// index up to date with it. What was not recorded has changed nothing.
func (r *Repo) Unfinished(ctx context.Context) (found []*Unfinished, err error) {
	root, err := os.OpenRoot(r.gitDir)
	if err != nil {
		return nil, nil // whoever needs the folder says so
	}
	defer root.Close()
	for name, whatFor := range plainfile.Leftovers(root, ".") {
		mine := plainfile.TemporaryName(journalName)
		if whatFor != journalName || root.Rename(name, mine) != nil { // else another one has it
			continue
		}
		u, err := r.unfinished(ctx, filepath.Join(r.gitDir, mine))
		if err != nil {
			return found, errors.Join(err, root.Rename(mine, name))
		}
		if u != nil {
			found = append(found, u)
		}
	}
	return found, nil
}

func (r *Repo) unfinished(ctx context.Context, file string) (*Unfinished, error) {
	text, err := readGitFile(file, plainfile.GitList)
	if err != nil {
		return nil, err
	}
	var j journal
	if json.Unmarshal(text, &j) != nil { // killed before it was whole
		return nil, os.Remove(file)
	}
	var changes []Change
	for _, f := range j.Files {
		changes = append(changes, Change{Path: string(f.Path)})
	}
	head, err := r.headItems(changes)
	if err != nil {
		return nil, err
	}
	u := &Unfinished{Message: j.Message, journal: file}
	moved := make(map[string]item)
	for _, f := range j.Files {
		name := string(f.Path)
		if now := head[name]; now.String() != f.Head {
			moved[name] = now
			if err := u.add(r, name, f, now); err != nil {
				return nil, err
			}
		}
	}
	if len(moved) == 0 {
		return nil, u.Done()
	}
	return u, r.restage(ctx, j.Files, moved)
}

// add adds a file that HEAD has otherwise than before.
func (u *Unfinished) add(r *Repo, name string, f journalFile, head item) error {
	text, disk, err := r.onDisk(name)
	if err != nil {
		return err
	}
	c := Change{Path: name, Kind: Modified, Before: text, Executable: head.mode == modeExecutable, ModeChanged: true}
	from, err := r.source()
	if err != nil {
		return err
	}
	if c.After, err = (&History{source: from, repo: r}).InWorkTreeLike(name, head.id, c.Before); err != nil {
		return err
	}
	switch {
	case disk != f.Disk:
		if (disk == "") != (head.mode == 0) || !bytes.Equal(c.Before, c.After) {
			u.Kept = append(u.Kept, name)
		}
		return nil
	case head.mode == 0 && disk == "":
		return nil
	case head.mode == 0:
		c.Kind = Deleted
	case disk == "":
		c.Kind = Added
	}
	u.Changes = append(u.Changes, c)
	return nil
}

// restage brings entries of the index that are as HEAD was to what it is now.
func (r *Repo) restage(ctx context.Context, files []journalFile, head map[string]item) error {
	l, err := r.acquire(ctx, r.indexFile())
	if err != nil {
		return err
	}
	defer l.release()
	moved := func(staged map[string]item) map[string]item {
		entries := make(map[string]item)
		for _, f := range files {
			name := string(f.Path)
			if now, has := head[name]; has && staged[name].String() == f.Head {
				entries[name] = now
			}
		}
		return entries
	}
	if r.native != nil {
		staged, err := r.native.staged(ctx)
		if err != nil {
			return err
		}
		commit, err := r.head()
		if entries := moved(staged); err == nil && len(entries) > 0 {
			err = r.native.enterForAll(ctx, entries, commit)
		}
		return err
	}
	idx, err := r.readIndex()
	if err != nil {
		return orNeedsGit(err)
	}
	var entries []indexEntry
	for name, now := range moved(idx.items()) {
		entries = append(entries, newIndexEntry(name, now.mode, now.id, stat{}))
	}
	idx.markRacy()
	idx.apply(entries)
	if err := errors.Join(idx.writeTo(l.file), l.file.Sync()); err != nil {
		return err
	}
	return l.publish()
}

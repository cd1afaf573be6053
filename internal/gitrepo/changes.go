package gitrepo

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// ChangeKind says what became of a file since HEAD.
type ChangeKind int

// The kinds of changes.
const (
	Added ChangeKind = iota
	Modified
	Deleted
)

// Change is one file that differs from HEAD.
type Change struct {
	Path        string // slash-separated, relative to Root
	Kind        ChangeKind
	Before      []byte // as in HEAD; nil when Added
	After       []byte // as in the work tree; nil when Deleted
	Executable  bool   // as the file will be committed
	ModeChanged bool   // where Modified: it is executable now and wasn't, or the other way round
}

// difference is what HEAD and the work tree have at one path. Of the work tree only the
// mode is known.
type difference struct{ head, now item }

// changesOf reads what differs. What it was before is what git would put into the work tree.
func (r *Repo) changesOf(differ map[string]difference, before func(name, id string) ([]byte, error)) (found []Change, err error) {
	for _, name := range slices.Sorted(maps.Keys(differ)) {
		d := differ[name]
		c := Change{Path: name, Kind: Modified, Executable: d.now.mode == modeExecutable}
		switch {
		case d.now.mode == modeSymlink:
			return nil, symlink(name)
		case d.now.mode == 0:
			c.Kind = Deleted
			_, err = r.checkParents(name)
		case d.head.mode == 0:
			c.Kind = Added
		default:
			c.ModeChanged = d.now.mode != d.head.mode
		}
		if err == nil && c.Kind != Deleted {
			if c.After, _, err = r.readFile(name); errors.Is(err, fs.ErrNotExist) {
				err = stale(name)
			}
		}
		if err == nil && c.Kind != Added {
			c.Before, err = before(name, d.head.id)
		}
		if err != nil {
			return nil, err
		}
		found = append(found, c)
	}
	return found, nil
}

// changes compares HEAD and the work tree, through the index only where its
// entry is surely as old as the file.
func (e *engine) changes(ctx context.Context, paths []string, keep func(string) bool) ([]Change, error) {
	r := e.repo
	idx, err := r.readIndex()
	if err != nil {
		return nil, err
	}
	if err := idx.checkUnmerged(paths); err != nil {
		return nil, err
	}
	commit, err := r.headCommit()
	if err != nil {
		return nil, err
	}
	scan := &scan{repo: r, idx: idx, head: map[string]item{}, attributes: newAttributes(r, idx), differ: map[string]difference{}}
	for _, p := range paths {
		at, err := itemIn(e, commit, p)
		if err == nil {
			err = differences(e, p, item{}, at, func(name string, _, is item) {
				if is.fileID() != "" && keep(name) {
					scan.head[name] = is
				}
			})
		}
		if err != nil {
			return nil, err
		}
	}
	files, err := r.walk(ctx, paths, keep)
	if err != nil {
		return nil, err
	}
	var untracked []string
	for _, f := range files {
		_, inHead := scan.head[f.name]
		if _, tracked := idx.find(f.name); !tracked && !inHead {
			untracked = append(untracked, f.name)
		}
	}
	ignored, err := r.ignored(ctx, untracked)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if !ignored[f.name] {
			if err := scan.file(f.name, f.info); err != nil {
				return nil, err
			}
		}
	}
	if err := scan.missing(); err != nil {
		return nil, err
	}
	return r.changesOf(scan.differ, func(name, id string) ([]byte, error) { // which no attribute has git change
		text, err := e.read(plumbing.BlobObject, id)
		if err != nil {
			return nil, err
		}
		return text, CheckPlain(name, text)
	})
}

// scan gathers what one walk through the work tree finds to differ.
type scan struct {
	repo       *Repo
	idx        *index
	head       map[string]item // what the walk hasn't met
	attributes *attributes
	differ     map[string]difference
}

func (s *scan) file(name string, info os.FileInfo) error {
	was := s.head[name]
	delete(s.head, name)
	mode := was.mode
	if at, tracked := s.idx.find(name); tracked {
		entry := s.idx.entries[at]
		if mode == 0 {
			mode = entry.mode()
		}
		if !entry.intentToAdd() && (entry.pinned() || s.untouched(entry, info)) && was == (item{entry.mode(), entry.id()}) {
			return nil
		}
	}
	if info.Mode()&os.ModeSymlink != 0 {
		target, err := os.Readlink(s.repo.file(name))
		if err != nil || was != (item{modeSymlink, plumbing.ComputeHash(plumbing.BlobObject, []byte(target)).String()}) {
			s.differ[name] = difference{was, item{mode: modeSymlink}}
		}
		return nil
	}
	if !info.Mode().IsRegular() {
		return notRegular(name)
	}
	content, info, err := s.repo.readFile(name)
	if err != nil {
		return err
	}
	if err := s.attributes.check(name, content); err != nil {
		return err
	}
	now := item{fileMode(s.repo.cfg, info, mode), plumbing.ComputeHash(plumbing.BlobObject, content).String()}
	if now != was {
		s.differ[name] = difference{was, now}
	}
	return nil
}

// untouched is git's rule: the same metadata, and older than the index.
func (s *scan) untouched(entry indexEntry, info os.FileInfo) bool {
	if entry.mtime() >= s.idx.mtime || !entry.stat().same(statOf(info), !s.repo.cfg.isFalse("core.trustctime")) {
		return false
	}
	switch entry.mode() {
	case modeSymlink:
		return info.Mode()&os.ModeSymlink != 0
	case modeRegular, modeExecutable:
		return info.Mode().IsRegular() && fileMode(s.repo.cfg, info, entry.mode()) == entry.mode()
	}
	return false
}

// missing notes HEAD's files that the walk didn't meet.
func (s *scan) missing() error {
	for name, was := range s.head {
		if at, ok := s.idx.find(name); ok && s.idx.entries[at].pinned() {
			continue
		}
		if err := s.attributes.check(name, nil); err != nil {
			return err
		}
		s.differ[name] = difference{was, item{}}
	}
	return nil
}

// fileMode is the mode that git would record for a file that had mode was; the
// zero value stands for a new one.
func fileMode(cfg config, info os.FileInfo, was uint32) uint32 {
	executable := info.Mode()&0o100 != 0
	if cfg.isFalse("core.filemode") {
		executable = was == modeExecutable
	}
	if executable {
		return modeExecutable
	}
	return modeRegular
}

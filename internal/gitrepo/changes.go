package gitrepo

import (
	"context"
	"os"
	"slices"
	"strings"

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
	head := map[string]item{}
	for _, p := range paths {
		at, err := itemIn(e, commit, p)
		if err == nil {
			err = differences(e, p, item{}, at, func(name string, _, is item) {
				if is.fileID() != "" && keep(name) {
					head[name] = is
				}
			})
		}
		if err != nil {
			return nil, err
		}
	}
	scan := &scan{engine: e, idx: idx, head: head, attributes: newAttributes(r, idx)}
	files, err := r.walk(ctx, paths, keep)
	if err != nil {
		return nil, err
	}
	var untracked []string
	for _, f := range files {
		_, inHead := head[f.name]
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
	slices.SortFunc(scan.found, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return scan.found, nil
}

// scan gathers the changes of one walk through the work tree.
type scan struct {
	*engine
	idx        *index
	head       map[string]item // what the walk hasn't met
	attributes *attributes
	found      []Change
}

func (s *scan) file(name string, info os.FileInfo) error {
	was, inHead := s.head[name]
	delete(s.head, name)
	mode := was.mode
	if at, tracked := s.idx.find(name); tracked {
		entry := s.idx.entries[at]
		if mode == 0 {
			mode = entry.mode()
		}
		if !entry.intentToAdd() && (entry.pinned() || s.untouched(entry, info)) {
			if inHead && was == (item{entry.mode(), entry.id()}) {
				return nil
			}
		}
	}
	switch {
	case info.Mode()&os.ModeSymlink != 0 && mode == modeSymlink && inHead:
		target, err := os.Readlink(s.repo.file(name))
		if err == nil && plumbing.ComputeHash(plumbing.BlobObject, []byte(target)).String() == was.id {
			return nil
		}
		return symlink(name)
	case info.Mode()&os.ModeSymlink != 0:
		return symlink(name)
	case !info.Mode().IsRegular():
		return notRegular(name)
	}
	return s.compare(name, was, inHead, mode)
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

// compare reads the file, and notes a change if it differs from HEAD.
func (s *scan) compare(name string, was item, inHead bool, mode uint32) error {
	content, info, err := s.repo.readFile(name)
	if err != nil {
		return err
	}
	if err := s.attributes.check(name, content); err != nil {
		return err
	}
	mode = fileMode(s.repo.cfg, info, mode)
	if inHead && mode == was.mode && plumbing.ComputeHash(plumbing.BlobObject, content).String() == was.id {
		return nil
	}
	change := Change{Path: name, Kind: Added, After: content, Executable: mode == modeExecutable}
	if inHead {
		change.Kind, change.ModeChanged = Modified, mode != was.mode
		if change.Before, err = s.before(name, was); err != nil {
			return err
		}
	}
	s.found = append(s.found, change)
	return nil
}

// before is a file's text in HEAD, which no attribute has git change.
func (s *scan) before(name string, was item) ([]byte, error) {
	text, err := s.read(plumbing.BlobObject, was.id)
	if err != nil {
		return nil, err
	}
	return text, CheckPlain(name, text)
}

// missing notes HEAD's files that the walk didn't meet.
func (s *scan) missing() error {
	for name, was := range s.head {
		if at, ok := s.idx.find(name); ok && s.idx.entries[at].pinned() {
			continue
		}
		if _, err := s.repo.checkParents(name); err != nil {
			return err
		}
		if err := s.attributes.check(name, nil); err != nil {
			return err
		}
		before, err := s.before(name, was)
		if err != nil {
			return err
		}
		s.found = append(s.found, Change{Path: name, Kind: Deleted, Before: before})
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

package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
	"unicode"

	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/storage/filesystem"
)

// engine reads and writes git's files itself. It writes only the objects on
// the way to a change, and patches the index rather than writing it anew.
type engine struct {
	repo  *Repo               // whose configuration was read
	store *filesystem.Storage // nil until the first object is read
}

// locks are git's own, on what a commit moves.
type locks struct {
	index, head, branch *lock
	ref                 string // the branch's full name
}

func (l *locks) release() {
	l.branch.release()
	l.head.release()
	l.index.release()
}

func (r *Repo) lock(ctx context.Context) (*locks, error) {
	l := &locks{}
	var err error
	if l.index, err = r.acquire(ctx, r.indexFile()); err != nil {
		return l, err
	}
	if l.head, err = r.acquire(ctx, filepath.Join(r.gitDir, "HEAD")); err != nil {
		return l, err
	}
	// Again, now that nobody else can begin anything.
	if err := r.checkProgress(); err != nil {
		return l, err
	}
	if l.ref, err = r.headRef(); err != nil {
		return l, err
	}
	l.branch, err = r.lockRef(ctx, l.ref)
	return l, err
}

// commit holds git's locks from the first look to the last rename. The index
// goes before the branch: killed in between, the change is staged and nothing
// else is wrong; and a git that read the old HEAD fails on the moved branch,
// rather than write back the index it has read. Only where the files are still
// to be put in place the branch goes first, and a journal tells the rest.
func (e *engine) commit(ctx context.Context, req request) (Commit, error) {
	r := e.repo
	l, err := r.lock(ctx)
	defer l.release()
	if err != nil {
		return Commit{}, err
	}
	parent, err := r.resolve(l.ref)
	if err != nil {
		return Commit{}, err
	}
	if err := checkHolding(e, parent, req.holding); err != nil {
		return Commit{}, err
	}
	var batch batch
	tree, err := e.stage(l, parent, req, &batch)
	if err != nil {
		return Commit{}, err
	}
	now := time.Now()
	author, err := r.cfg.signature("author", now)
	if err != nil {
		return Commit{}, err
	}
	committer, err := r.cfg.signature("committer", now)
	if err != nil {
		return Commit{}, err
	}
	id := batch.add(plumbing.CommitObject, commitObject(parent, tree, author, committer, req.message))
	if err := l.branch.write([]byte(id + "\n")); err != nil {
		return Commit{}, err
	}
	written := []*os.File{l.branch.file}
	if len(req.changes) > 0 {
		written = append(written, l.index.file)
	}
	if err := e.write(batch, written...); err != nil {
		return Commit{}, err
	}
	if err := context.Cause(ctx); err != nil {
		return Commit{}, err
	}
	moved := reflogLine(parent, id, committer, req.message)
	for _, log := range []string{
		filepath.Join(r.gitDir, "logs", "HEAD"),
		filepath.Join(r.common, "logs", filepath.FromSlash(l.ref)),
	} {
		if err := r.appendReflog(log, moved); err != nil {
			return Commit{}, err
		}
	}
	return l.publish(Commit{ID: id, Branch: shortName(l.ref), Engine: "go-git"}, req)
}

// publish moves the index and the branch to a commit whose objects are written.
func (l *locks) publish(commit Commit, req request) (Commit, error) {
	if req.place != nil {
		if err := l.branch.publish(); err != nil {
			return Commit{}, err
		}
		return commit, errors.Join(l.index.publish(), req.place())
	}
	if len(req.changes) > 0 {
		if err := l.index.publish(); err != nil {
			return Commit{}, err
		}
	}
	if err := l.branch.publish(); err != nil {
		return Commit{}, fmt.Errorf("the changes are staged, but the branch couldn't be moved: %w", err)
	}
	return commit, nil
}

// stage writes the index as it will be after the commit into its lock, and returns the
// commit's tree.
func (e *engine) stage(l *locks, parent string, req request, batch *batch) (tree string, err error) {
	idx, err := e.repo.readIndex()
	if err != nil {
		return "", err
	}
	if err := idx.checkUnmerged([]string{"."}); err != nil {
		return "", err
	}
	head, err := itemIn(e, parent, ".")
	if err != nil {
		return "", err
	}
	if len(req.changes) == 0 {
		if head.id == "" {
			return batch.add(plumbing.TreeObject, nil), nil
		}
		return head.id, nil
	}
	if req.place != nil {
		if err := checkStaged(req.changes, idx.items(), req.holding); err != nil {
			return "", err
		}
	}
	entries, err := e.stageFiles(idx, l.index, req, batch)
	if err != nil {
		return "", err
	}
	edits := make([]treeEntry, len(entries))
	for i, entry := range entries {
		edits[i] = treeEntry{entry.name, entry.mode(), entry.id()}
	}
	if tree, err = e.editTree(head.id, edits, batch); err != nil {
		return "", err
	}
	if tree == head.id {
		return "", ErrNothingToCommit
	}
	if tree == "" { // the last file went
		tree = batch.add(plumbing.TreeObject, nil)
	}
	idx.markRacy()
	idx.apply(entries)
	return tree, idx.writeTo(l.index.file)
}

// lockRef takes the branch's lock; for an unborn one it makes the folders first.
func (r *Repo) lockRef(ctx context.Context, ref string) (*lock, error) {
	current, err := r.resolve(ref)
	if err != nil {
		return nil, err
	}
	if current == "" {
		if err := r.checkBorn(ref); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(filepath.Dir(r.refFile(ref)), 0o777); err != nil {
		return nil, err
	}
	return r.acquire(ctx, r.refFile(ref))
}

// stageFiles turns changes into blobs and entries.
func (e *engine) stageFiles(idx *index, held *lock, req request, batch *batch) (entries []indexEntry, err error) {
	info, err := held.file.Stat()
	if err != nil {
		return nil, err
	}
	now := uint32(info.ModTime().Unix())
	attributes := newAttributes(e.repo, idx)
	for _, c := range req.changes {
		info, err := e.repo.match(req, c)
		if err != nil {
			return nil, err
		}
		at, tracked := idx.find(c.Path)
		for name := range parents(c.Path + "/") { // and the file itself
			if at, ok := idx.find(name); ok && idx.entries[at].mode() == modeSubmodule {
				return nil, inSubmodule(name)
			}
		}
		if tracked && idx.entries[at].pinned() {
			return nil, &unfit{c.Path + " is marked as unchanged or outside the sparse checkout"}
		}
		if c.Kind == Deleted {
			entries = append(entries, newIndexEntry(c.Path, 0, "", stat{}))
			continue
		}
		if err := attributes.check(c.Path, c.After); err != nil {
			return nil, err
		}
		if !tracked {
			if err := e.checkNewName(idx, c.Path); err != nil {
				return nil, err
			}
		}
		id := batch.add(plumbing.BlobObject, c.After)
		was := uint32(0)
		if tracked {
			was = idx.entries[at].mode()
		}
		entry := newIndexEntry(c.Path, c.mode(req.holding[c.Path]), id, stat{})
		if req.place == nil { // else git looks at the file's content, once it is in place
			entry = newIndexEntry(c.Path, fileMode(e.repo.cfg, info, was), id, statOf(info))
		}
		// Read in the second in which it was written, the file may change
		// again without a trace in its metadata.
		if entry.mtime() >= now {
			entry = entry.withoutSize()
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// checkNewName leaves new names to git where it may store another one.
func (e *engine) checkNewName(idx *index, name string) error {
	if e.repo.cfg.isTrue("core.precomposeunicode") && runtime.GOOS == "darwin" && strings.ContainsFunc(name, func(c rune) bool { return c > unicode.MaxASCII }) {
		return &unfit{"core.precomposeUnicode may change the name " + name}
	}
	if e.repo.cfg.isTrue("core.ignorecase") {
		for _, entry := range idx.entries {
			if strings.EqualFold(entry.name, name) {
				return &unfit{fmt.Sprintf("core.ignoreCase makes %s and %s one file", entry.name, name)}
			}
		}
	}
	return nil
}

func commitObject(parent, tree, author, committer, message string) []byte {
	head := "tree " + tree + "\n"
	if parent != "" {
		head += "parent " + parent + "\n"
	}
	return fmt.Appendf(nil, "%sauthor %s\ncommitter %s\n\n%s", head, author, committer, message)
}

func reflogLine(from, to, committer, message string) string {
	action := "commit"
	if from == "" {
		from, action = plumbing.ZeroHash.String(), "commit (initial)"
	}
	subject, _, _ := strings.Cut(message, "\n")
	return fmt.Sprintf("%s %s %s\t%s: %s\n", from, to, committer, action, strings.Join(strings.Fields(subject), " "))
}

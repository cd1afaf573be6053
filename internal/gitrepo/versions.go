package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// Version is one commit that changed a file. Names, subject and body are the
// bytes that stand in the commit, in whatever encoding: whoever shows them
// escapes them.
type Version struct {
	Commit  string // full object id
	Author  Identity
	Date    time.Time // of the author, with the offset from UTC that they had
	Subject string    // the message's first paragraph, on one line
	Body    string    // the rest of the message, without blank lines at its ends

	text func() ([]byte, error)
}

// Text reads the file as it is in this version: nil where the commit deleted it.
func (v Version) Text() ([]byte, error) { return v.text() }

// Versions lists the commits that changed a file, newest first, as git log does
// with the file's path and no options: of a merge, only the first parent that
// has the same file is followed. The path is slash-separated and relative to
// Root; the file need not be there any more. Renames are not followed: what the
// file was under another name is another file's history. Where a shallow clone
// ends, its oldest commit counts as the file's first. Without any commit there
// are no versions.
func (r *Repo) Versions(name string) ([]Version, error) {
	name = path.Clean(name)
	if err := checkPath(name); err != nil {
		return nil, err
	}
	if err := r.checkEnvironment(); err != nil {
		return nil, err
	}
	obstacles, err := r.readObstacles()
	if err != nil {
		return nil, err
	}
	if len(obstacles) == 0 {
		versions, err := newEngine(r).versions(name)
		var cannot *unfit
		if !errors.As(err, &cannot) {
			return versions, err
		}
		obstacles = []string{cannot.reason}
	}
	if r.native == nil {
		return nil, needsGit(obstacles[0])
	}
	return r.native.versions(name)
}

// versions walks back from HEAD as git does: the newest commit first, by the
// committers' dates; from a commit that leaves the file alone, only on to the
// parent that it has the file from.
func (e *engine) versions(name string) ([]Version, error) {
	head, err := e.repo.headCommit()
	if err != nil || head.IsZero() {
		return nil, err
	}
	ends, err := e.repo.shallowEnds()
	if err != nil {
		return nil, err
	}
	w := &walk{
		objects: newObjectsInBulk(e.repo.common), ends: ends, path: strings.Split(name, "/"),
		steps: map[plumbing.Hash]*step{}, known: make([]found, strings.Count(name, "/")+1),
	}
	first, err := w.look(head)
	if err != nil {
		return nil, err
	}
	w.enqueue(first)
	var versions []Version
	for len(w.queue) > 0 {
		s := w.queue[0]
		w.queue = w.queue[1:]
		changed, err := w.advance(s)
		if err != nil {
			return nil, err
		}
		if changed {
			commit, err := w.objects.read(plumbing.CommitObject, s.id)
			if err != nil {
				return nil, err
			}
			v := parseVersion(s.id.String(), string(commit))
			v.text = func() ([]byte, error) { return e.objects.text(s.file) }
			versions = append(versions, v)
		}
	}
	return versions, nil
}

// walk is one way back through the history of one file.
type walk struct {
	objects *objectsInBulk
	ends    map[plumbing.Hash]bool // commits at which a shallow clone ends
	path    []string
	queue   []*step // the newest first; of one second, in the order of their finding
	steps   map[plumbing.Hash]*step
	known   []found // by depth, what was found last: most commits leave most folders as they are
}

// step is a commit on the way, with what stands at the path in it.
type step struct {
	commitHead
	id     plumbing.Hash
	file   blobRef
	queued bool // now, or before
}

// found is what stands at the path, as seen from the tree of a folder on it.
type found struct {
	tree plumbing.Hash
	file blobRef
}

// look reads a commit, once.
func (w *walk) look(id plumbing.Hash) (*step, error) {
	if s := w.steps[id]; s != nil {
		return s, nil
	}
	data, err := w.objects.read(plumbing.CommitObject, id)
	if err != nil {
		return nil, err
	}
	s := &step{id: id}
	if s.commitHead, err = parseCommitHead(data); err != nil {
		return nil, fmt.Errorf("commit %s: %w", id, err)
	}
	if w.ends[id] {
		s.parents = nil
	}
	if s.file, err = w.find(s.tree, 0); err != nil {
		return nil, err
	}
	w.steps[id] = s
	return s, nil
}

func (w *walk) enqueue(s *step) {
	if s.queued {
		return
	}
	s.queued = true
	at := len(w.queue)
	for at > 0 && w.queue[at-1].committed < s.committed {
		at--
	}
	w.queue = slices.Insert(w.queue, at, s)
}

// advance queues the parents that may tell more, and says whether the commit
// changed the file.
func (w *walk) advance(s *step) (changed bool, err error) {
	var parents []*step
	for _, id := range s.parents {
		p, err := w.look(id)
		if err != nil {
			return false, err
		}
		if p.file == s.file {
			w.enqueue(p)
			return false, nil
		}
		parents = append(parents, p)
	}
	for _, p := range parents {
		w.enqueue(p)
	}
	return len(parents) > 0 || s.file != (blobRef{}), nil
}

// find returns what stands at the path, as seen from a folder on it; the zero
// value for nothing.
func (w *walk) find(tree plumbing.Hash, depth int) (blobRef, error) {
	known := &w.known[depth]
	if known.tree == tree {
		return known.file, nil
	}
	data, err := w.objects.read(plumbing.TreeObject, tree)
	if err != nil {
		return blobRef{}, err
	}
	entry, err := findInTree(data, w.path[depth])
	if err != nil {
		return blobRef{}, fmt.Errorf("tree %s: %w", tree, err)
	}
	file := blobRef{}
	switch {
	case depth == len(w.path)-1:
		file = blobRef{sameMode(entry.mode), entry.id}
	case entry.isTree():
		if file, err = w.find(entry.id, depth+1); err != nil {
			return blobRef{}, err
		}
	}
	*known = found{tree, file}
	return file, nil
}

// sameMode is the mode that git takes a tree's for: of a file's permissions only
// the owner's execution counts.
func sameMode(mode uint32) uint32 {
	switch {
	case mode&0o170000 != 0o100000:
		return mode
	case mode&0o100 != 0:
		return modeExecutable
	}
	return modeRegular
}

// shallowEnds are the commits whose parents a shallow clone hasn't got.
func (r *Repo) shallowEnds() (map[plumbing.Hash]bool, error) {
	data, err := os.ReadFile(filepath.Join(r.common, "shallow"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	ends := map[plumbing.Hash]bool{}
	for line := range strings.Lines(string(data)) {
		ends[plumbing.NewHash(strings.TrimSpace(line))] = true
	}
	return ends, nil
}

// versions has git say which commits there are, and reads them all in one go. A
// plumbing command is used for it, whose output no configuration changes.
func (n *native) versions(name string) ([]Version, error) {
	ctx := context.Background()
	if _, err := n.run(ctx, nil, "rev-parse", "-q", "--verify", "HEAD^{commit}"); err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() == 1 {
			return nil, nil // no commit yet
		}
		return nil, err
	}
	out, err := n.run(ctx, nil, append([]string{"rev-list", "HEAD", "--"}, pathspecs([]string{name})...)...)
	if err != nil {
		return nil, err
	}
	ids := strings.Fields(string(out))
	commits, err := n.objects(ctx, "commit", ids)
	if err != nil {
		return nil, err
	}
	versions := make([]Version, len(ids))
	for i, id := range ids {
		versions[i] = parseVersion(id, string(commits[id]))
		versions[i].text = func() ([]byte, error) { return n.textAt(id, name) }
	}
	return versions, nil
}

// textAt reads a file as a commit has it; nil where it hasn't.
func (n *native) textAt(commit, name string) ([]byte, error) {
	ctx := context.Background()
	out, err := n.run(ctx, nil, "--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, "--", name)
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(string(out)) // mode, type, id, name
	if len(fields) < 4 || fields[1] != "blob" {
		return nil, nil
	}
	blobs, err := n.objects(ctx, "blob", fields[2:3])
	return blobs[fields[2]], err
}

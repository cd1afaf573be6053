package gitrepo

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
	"golang.org/x/sync/errgroup"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// history walks back from HEAD as git does: the newest commit first, by the
// committers' dates; from a commit that leaves the paths alone, only on to the
// parent that it has them from, unless every commit is wanted.
func (e *engine) history(o HistoryOptions) (*History, error) {
	if o.From != "" {
		return e.historyFrom(plumbing.NewHash(o.From), o)
	}
	head, err := e.repo.headCommit()
	if err != nil {
		return nil, err
	}
	return e.historyFrom(head, o)
}

func (e *engine) historyFrom(head plumbing.Hash, o HistoryOptions) (*History, error) {
	h := &History{source: e}
	if head.IsZero() {
		return h, nil
	}
	h.Head = head.String()
	ends, err := e.repo.shallowEnds()
	if err != nil {
		return nil, err
	}
	h.addEnds(ends)
	w := newWalk(e.objects, ends, o)
	kept := e.repo.readKept(o)
	if kept != nil {
		goesOn, err := w.leadsTo(head, kept.head)
		if err != nil {
			return nil, err
		}
		if !goesOn {
			kept = nil
		}
	}
	first, err := w.look(head)
	if err != nil {
		return nil, err
	}
	w.enqueue(first)
	var listed []*step
	var older []Record
	for len(w.queue) > 0 {
		s := w.queue[0]
		w.queue = w.queue[1:]
		if kept != nil && s.id == kept.head {
			if older, err = e.restore(kept, ends); err != nil {
				return nil, err
			}
			break
		}
		changed, err := w.advance(s)
		if err != nil {
			return nil, err
		}
		delete(w.steps, s.id) // its time is over, and a long history has many
		w.done[s.id] = true
		if changed {
			listed = append(listed, s)
		} else {
			s.near = nil // or all commits would stay in memory
		}
	}
	if h.Records, err = w.records(listed); err != nil {
		return nil, err
	}
	h.Records = append(h.Records, older...)
	return h, nil
}

// manyRecords is from how many commits on it is worth it to read them on all
// processors, each with a reader of its own.
const manyRecords = 500

// records reads all of the commits that are to be listed.
func (w *walk) records(listed []*step) ([]Record, error) {
	records := make([]Record, len(listed))
	read := func(w *walk, from, to int) (err error) {
		for i := from; i < to && err == nil; i++ {
			records[i], err = w.record(listed[i])
		}
		return err
	}
	if len(listed) < manyRecords {
		return records, read(w, 0, len(listed))
	}
	var group errgroup.Group
	workers := runtime.GOMAXPROCS(0)
	for i := range workers { // neighbours have most of their trees in common
		from, to := i*len(listed)/workers, (i+1)*len(listed)/workers
		group.Go(func() error {
			return read(newWalk(&objects{dir: w.objects.dir}, w.ends, w.HistoryOptions), from, to)
		})
	}
	return records, group.Wait()
}

// walk is one way back through the history of some paths.
type walk struct {
	HistoryOptions
	objects *objects
	graph   *commitGraph
	ends    map[plumbing.Hash]bool // commits at which a shallow clone ends
	paths   []*pathOnWalk
	queue   []*step // the newest first; of one second, in the order of their finding
	steps   map[plumbing.Hash]*step
	done    map[plumbing.Hash]bool
	trees   map[plumbing.Hash][]byte // read lately
	room    [][]byte                 // of trees that aren't kept any longer
}

// pathOnWalk is one of the paths, with what was found last on each depth: most
// commits leave most folders as they are.
type pathOnWalk struct {
	names []string // none for the root
	known []found
}

// found is what stands at a path, as seen from the tree of a folder on it.
type found struct {
	tree plumbing.Hash
	at   blobRef
}

// step is a commit on the way, with what stands at the paths in it.
type step struct {
	commitHead
	id      plumbing.Hash
	at      []blobRef
	near    []*step // its parents, where they were looked at
	queued  bool    // now, or before
	message bool    // holds the mark that is looked for
}

func newWalk(objects *objects, ends map[plumbing.Hash]bool, o HistoryOptions) *walk {
	w := &walk{
		HistoryOptions: o, objects: objects, graph: readCommitGraph(objects.dir), ends: ends,
		steps: map[plumbing.Hash]*step{}, done: map[plumbing.Hash]bool{}, trees: map[plumbing.Hash][]byte{},
	}
	for _, p := range o.Paths {
		names := strings.Split(p, "/")
		if p == "." {
			names = nil
		}
		w.paths = append(w.paths, &pathOnWalk{names, make([]found, len(names))})
	}
	return w
}

// look reads a commit, once.
func (w *walk) look(id plumbing.Hash) (*step, error) {
	if s := w.steps[id]; s != nil {
		return s, nil
	}
	s := &step{id: id, queued: w.done[id], message: w.Marked == ""}
	if err := w.readHead(s); err != nil {
		return nil, err
	}
	if w.ends[id] {
		s.parents = nil
	}
	var err error
	s.at = make([]blobRef, len(w.paths))
	for i, p := range w.paths {
		if s.at[i], err = w.find(p, s.tree, 0); err != nil {
			return nil, err
		}
	}
	w.steps[id] = s
	return s, nil
}

// readHead reads what the walk goes by: from git's commit-graph, where it has the
// commit and the message isn't looked at.
func (w *walk) readHead(s *step) error {
	if w.Marked == "" {
		if head, ok := w.graph.find(s.id); ok {
			s.commitHead = head
			return nil
		}
	}
	data, err := w.objects.borrow(plumbing.CommitObject, s.id)
	if err != nil {
		return err
	}
	if s.commitHead, err = parseCommitHead(data); err != nil {
		return fmt.Errorf("commit %s: %w", s.id, err)
	}
	s.message = w.Marked == "" || isMarked(data, w.Marked)
	return nil
}

// isMarked says whether a line of a commit's message starts with mark.
func isMarked(commit []byte, mark string) bool {
	return bytes.Contains(commit, []byte("\n"+mark))
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

// advance queues the parents that may tell more, and says whether the commit is
// one to list.
func (w *walk) advance(s *step) (listed bool, err error) {
	for _, id := range s.parents {
		p, err := w.look(id)
		if err != nil {
			return false, err
		}
		if !w.Every && w.Marked == "" && slices.Equal(p.at, s.at) {
			w.enqueue(p)
			return false, nil
		}
		s.near = append(s.near, p)
	}
	for _, p := range s.near {
		w.enqueue(p)
	}
	if w.Every || w.Marked != "" {
		return s.message, nil
	}
	anything := slices.ContainsFunc(s.at, func(b blobRef) bool { return b != blobRef{} })
	return s.message && (len(s.near) > 0 || anything), nil
}

// record reads all of a commit that is to be listed.
func (w *walk) record(s *step) (Record, error) {
	data, err := w.objects.borrow(plumbing.CommitObject, s.id)
	if err != nil {
		return Record{}, err
	}
	r := parseRecord(s.id.String(), string(data))
	r.Parents = nil
	for _, id := range s.parents {
		r.Parents = append(r.Parents, id.String())
	}
	w.makeRoom()
	for i, p := range w.Paths {
		files, err := w.compare(s, i, p)
		if err != nil {
			return Record{}, err
		}
		r.Files = append(r.Files, files...)
	}
	return r, nil
}

var emptyTree = plumbing.ComputeHash(plumbing.TreeObject, nil)

// find returns what stands at a path, as seen from a folder on it; the zero
// value for nothing.
func (w *walk) find(p *pathOnWalk, tree plumbing.Hash, depth int) (blobRef, error) {
	if len(p.names) == 0 {
		if tree == emptyTree {
			return blobRef{}, nil
		}
		return blobRef{modeTree, tree}, nil
	}
	known := &p.known[depth]
	if known.tree == tree {
		return known.at, nil
	}
	data, err := w.objects.borrow(plumbing.TreeObject, tree)
	if err != nil {
		return blobRef{}, err
	}
	entry, err := findInTree(data, p.names[depth])
	if err != nil {
		return blobRef{}, fmt.Errorf("tree %s: %w", tree, err)
	}
	at := blobRef{}
	switch {
	case depth == len(p.names)-1:
		at = entry.ref()
	case entry.isTree():
		if at, err = w.find(p, entry.id, depth+1); err != nil {
			return blobRef{}, err
		}
	}
	*known = found{tree, at}
	return at, nil
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

func (e treeEntry) ref() blobRef { return blobRef{sameMode(e.mode), e.id} }

// shallowIDs are the commits whose parents a shallow clone hasn't got.
func (r *Repo) shallowIDs() ([]string, error) {
	data, err := readGitFile(filepath.Join(r.common, "shallow"), plainfile.GitList)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	return strings.Fields(string(data)), nil
}

func (r *Repo) shallowEnds() (map[plumbing.Hash]bool, error) {
	ids, err := r.shallowIDs()
	ends := map[plumbing.Hash]bool{}
	for _, id := range ids {
		ends[plumbing.NewHash(id)] = true
	}
	return ends, err
}

func (e *engine) blob(id string) ([]byte, error) {
	text, err := e.borrowBlob(id)
	return bytes.Clone(text), err
}

// borrowBlob holds a text against its id: what somebody agreed to is shown as it was,
// or not at all.
func (e *engine) borrowBlob(id string) ([]byte, error) {
	text, err := e.objects.borrow(plumbing.BlobObject, plumbing.NewHash(id))
	if err != nil {
		return nil, err
	}
	if TextID(text, id) != id {
		return nil, fmt.Errorf("blob %s: what is stored isn't what its id stands for; run git fsck", id)
	}
	return text, nil
}

// inOrder sorts by the place in the packs, where a file lies near those that it is
// stored as the difference to.
func (e *engine) inOrder(ids []string) []string {
	type place struct {
		pack int
		at   int64
	}
	places := make(map[string]place, len(ids))
	for _, id := range ids {
		for i, p := range e.objects.openPacks() {
			if at, ok := p.find(plumbing.NewHash(id)); ok {
				places[id] = place{i, at}
				break
			}
		}
	}
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(x, y string) int {
		a, b := places[x], places[y]
		return cmp.Or(cmp.Compare(a.pack, b.pack), cmp.Compare(a.at, b.at), cmp.Compare(x, y))
	})
	return slices.Compact(ids)
}

func (e *engine) filesAt(commit, dir string) (map[string]string, error) {
	deltas, err := e.between("", commit, dir)
	files := make(map[string]string, len(deltas))
	for _, d := range deltas {
		if d.After != "" {
			files[d.Path] = d.After
		}
	}
	return files, err
}

func (e *engine) between(from, to, dir string) ([]Delta, error) {
	w := newWalk(e.objects, nil, HistoryOptions{Paths: []string{dir}})
	var sides [2]blobRef
	for i, commit := range []string{from, to} {
		if commit == "" {
			continue
		}
		data, err := e.objects.borrow(plumbing.CommitObject, plumbing.NewHash(commit))
		if err != nil {
			return nil, err
		}
		head, err := parseCommitHead(data)
		if err != nil {
			return nil, fmt.Errorf("commit %s: %w", commit, err)
		}
		if sides[i], err = w.find(w.paths[0], head.tree, 0); err != nil {
			return nil, err
		}
	}
	return w.differences(dir, sides[0], sides[1], nil)
}

func (e *engine) changed(commit, path string) ([]Delta, error) {
	ends, err := e.repo.shallowEnds()
	if err != nil {
		return nil, err
	}
	w := newWalk(e.objects, ends, HistoryOptions{Paths: []string{path}, Every: true})
	s, err := w.look(plumbing.NewHash(commit))
	if err != nil {
		return nil, err
	}
	if _, err := w.advance(s); err != nil {
		return nil, err
	}
	return w.compare(s, 0, path)
}

package gitrepo

import (
	"path"

	"github.com/go-git/go-git/v5/plumbing"
)

// compare lists what a commit changed at one of the paths.
func (w *walk) compare(s *step, i int, name string) ([]Delta, error) {
	if len(s.near) == 0 {
		return w.differences(name, blobRef{}, s.at[i], nil)
	}
	first, err := w.differences(name, s.near[0].at[i], s.at[i], nil)
	if err != nil || len(s.near) == 1 || len(first) == 0 {
		return first, err
	}
	for _, p := range s.near[1:] {
		other, err := w.differences(name, p.at[i], s.at[i], nil)
		if err != nil {
			return nil, err
		}
		before := make(map[string]string, len(other))
		for _, d := range other {
			before[d.Path] = d.Before
		}
		both := first[:0]
		for _, d := range first {
			if id, differs := before[d.Path]; differs {
				d.Others = append(d.Others, id)
				both = append(both, d)
			}
		}
		first = both
	}
	return first, nil
}

// differences lists the files that differ between what stands at a path in two
// trees. It goes down only where the ids differ.
func (w *walk) differences(name string, before, after blobRef, to []Delta) ([]Delta, error) {
	if before == after {
		return to, nil
	}
	if !before.isTree() && !after.isTree() {
		return append(to, Delta{Path: name, Before: before.fileID(), After: after.fileID()}), nil
	}
	if before.isLeaf() || after.isLeaf() { // a folder took the place of a file or a submodule
		to = append(to, Delta{Path: name, Before: before.fileID(), After: after.fileID()})
	}
	old, err := w.treeOf(before)
	if err != nil {
		return nil, err
	}
	now, err := w.treeOf(after)
	if err != nil {
		return nil, err
	}
	err = compareTrees(old, now, func(entry string, before, after blobRef) error {
		to, err = w.differences(path.Join(name, entry), before, after, to)
		return err
	})
	return to, err
}

func (b blobRef) isTree() bool { return b.mode == modeTree }

// isLeaf says that there is something, and no folder.
func (b blobRef) isLeaf() bool { return b.mode != 0 && !b.isTree() }

// fileID is the id of a file's content, and "" of what is no file.
func (b blobRef) fileID() string {
	if !b.isFile() {
		return ""
	}
	return b.id.String()
}

// keptTrees bounds the trees that are kept in memory.
const keptTrees = 256

// treeOf is the content of a folder's tree, and nothing of what is no folder.
func (w *walk) treeOf(b blobRef) ([]byte, error) {
	if !b.isTree() {
		return nil, nil
	}
	return w.tree(b.id)
}

// makeRoom forgets the trees where there are many. Nothing may be looking at one.
func (w *walk) makeRoom() {
	if len(w.trees) < keptTrees {
		return
	}
	for _, data := range w.trees {
		w.room = append(w.room, data)
	}
	clear(w.trees)
}

// tree reads a tree: most are asked for twice, by a commit and by its child. It holds
// until makeRoom.
func (w *walk) tree(id plumbing.Hash) ([]byte, error) {
	if data, ok := w.trees[id]; ok {
		return data, nil
	}
	data, err := w.objects.borrow(plumbing.TreeObject, id)
	if err != nil {
		return nil, err
	}
	var room []byte
	if n := len(w.room); n > 0 {
		room, w.room = w.room[n-1][:0], w.room[:n-1]
	}
	data = append(room, data...)
	w.trees[id] = data
	return data, nil
}

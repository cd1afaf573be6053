package gitrepo

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// item is what is at a path in a commit: the zero value for nothing.
type item struct {
	mode uint32
	id   string
}

// item takes of a file's permissions only the owner's execution, as git does.
func (e treeEntry) item() item {
	switch {
	case e.mode&0o170000 != 0o100000:
		return item{e.mode, e.id}
	case e.mode&0o100 != 0:
		return item{modeExecutable, e.id}
	}
	return item{modeRegular, e.id}
}

func (i item) isTree() bool { return i.mode == modeTree }

// isLeaf says that there is something, and no folder.
func (i item) isLeaf() bool { return i.mode != 0 && !i.isTree() }

// fileID is the id of a file's content, and "" of what is no file.
func (i item) fileID() string {
	if i.mode == modeRegular || i.mode == modeExecutable || i.mode == modeSymlink {
		return i.id
	}
	return ""
}

func newDelta(name string, before, after item) Delta {
	return Delta{
		Path: name, Before: before.fileID(), After: after.fileID(),
		WasExecutable: before.mode == modeExecutable, IsExecutable: after.mode == modeExecutable,
	}
}

// entriesOf are those of a folder, and none of what is no folder.
func entriesOf(from source, i item) ([]treeEntry, error) {
	if !i.isTree() {
		return nil, nil
	}
	return readTree(from, i.id)
}

// itemAt goes down a path, "." for the root, from a commit's tree.
func itemAt(from source, tree, name string) (item, error) {
	at := item{modeTree, tree}
	if name == "." {
		if tree == emptyTree {
			at = item{}
		}
		return at, nil
	}
	for part := range strings.SplitSeq(name, "/") {
		entries, err := entriesOf(from, at)
		if err != nil {
			return item{}, err
		}
		i := slices.IndexFunc(entries, func(e treeEntry) bool { return e.name == part })
		if i < 0 {
			return item{}, nil
		}
		at = entries[i].item()
	}
	return at, nil
}

// itemIn is itemAt for a commit; nothing for none.
func itemIn(from source, commit, name string) (item, error) {
	if commit == "" {
		return item{}, nil
	}
	record, _, err := readRecord(from, commit)
	if err != nil {
		return item{}, err
	}
	return itemAt(from, record.tree, name)
}

// readRecord reads a commit, and returns its bytes as well.
func readRecord(from source, commit string) (Record, []byte, error) {
	data, err := from.read(plumbing.CommitObject, commit)
	if err != nil {
		return Record{}, nil, err
	}
	record := parseRecord(commit, string(data))
	if record.tree == "" {
		return Record{}, nil, fmt.Errorf("commit %s: it names no tree", commit)
	}
	return record, data, nil
}

// changedAt lists what a commit changed at a path, from what its parents have there.
func changedAt(from source, name string, at item, before []item) ([]Delta, error) {
	if len(before) == 0 {
		return deltas(from, name, item{}, at)
	}
	first, err := deltas(from, name, before[0], at)
	for _, parent := range before[1:] {
		if err != nil || len(first) == 0 {
			break
		}
		var other []Delta
		other, err = deltas(from, name, parent, at)
		was := make(map[string]string, len(other))
		for _, d := range other {
			was[d.Path] = d.Before
		}
		both := first[:0]
		for _, d := range first {
			if id, differs := was[d.Path]; differs {
				d.Others = append(d.Others, id)
				both = append(both, d)
			}
		}
		first = both
	}
	return first, err
}

// deltas lists the files that differ between what is at a path in two trees.
func deltas(from source, name string, before, after item) (found []Delta, err error) {
	err = differences(from, name, before, after, func(name string, before, after item) { found = append(found, newDelta(name, before, after)) })
	return found, err
}

// differences goes through the files that differ between what is at a path in two
// trees. It goes down only where the ids differ.
func differences(from source, name string, before, after item, each func(name string, before, after item)) error {
	if before == after {
		return nil
	}
	if !before.isTree() && !after.isTree() || before.isLeaf() || after.isLeaf() {
		// Also where a folder took the place of a file or a submodule.
		each(name, before, after)
	}
	old, err := entriesOf(from, before)
	if err != nil {
		return err
	}
	now, err := entriesOf(from, after)
	for len(old)+len(now) > 0 && err == nil {
		var was, is treeEntry
		order := 0
		switch {
		case len(old) == 0:
			order = 1
		case len(now) == 0:
			order = -1
		default:
			order = strings.Compare(old[0].sortName(), now[0].sortName())
		}
		if order <= 0 {
			was, old = old[0], old[1:]
		}
		if order >= 0 {
			is, now = now[0], now[1:]
		}
		// A file in one and a folder in the other are met one after the other.
		err = differences(from, path.Join(name, cmp.Or(was.name, is.name)), was.item(), is.item(), each)
	}
	return err
}

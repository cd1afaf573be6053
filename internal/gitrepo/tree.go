package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// treeEntry is one line of a tree object. The mode is kept as it was written,
// since a commit must not touch what it isn't about.
type treeEntry struct {
	name string
	mode uint32
	id   plumbing.Hash
}

func (e treeEntry) isTree() bool { return e.mode == modeTree }

// sortName is the name by which git sorts: a folder's as if it ended in a slash.
func (e treeEntry) sortName() string {
	if e.isTree() {
		return e.name + "/"
	}
	return e.name
}

var errMalformedTree = errors.New("malformed tree")

func parseTree(data []byte) ([]treeEntry, error) {
	var entries []treeEntry
	for len(data) > 0 {
		head, rest, ok := bytes.Cut(data, []byte{0})
		mode, name, _ := strings.Cut(string(head), " ")
		m, err := strconv.ParseUint(mode, 8, 32)
		if !ok || err != nil || name == "" || len(rest) < 20 {
			return nil, errMalformedTree
		}
		e := treeEntry{name: name, mode: uint32(m)}
		data = rest[copy(e.id[:], rest):]
		entries = append(entries, e)
	}
	return entries, nil
}

// findInTree is the entry of one name, the zero value where there is none. It
// reads no further than it must.
func findInTree(data []byte, name string) (treeEntry, error) {
	for len(data) > 0 {
		end := bytes.IndexByte(data, 0)
		if end < 0 || len(data) < end+1+len(plumbing.ZeroHash) {
			return treeEntry{}, errMalformedTree
		}
		blank := bytes.IndexByte(data[:end], ' ')
		if string(data[blank+1:end]) == name && blank > 0 {
			entries, err := parseTree(data[:end+1+len(plumbing.ZeroHash)])
			if err != nil {
				return treeEntry{}, err
			}
			return entries[0], nil
		}
		data = data[end+1+len(plumbing.ZeroHash):]
	}
	return treeEntry{}, nil
}

// compareTrees calls each with every name whose entry differs. Entries stand in
// the order of sortName: a name that is a file in one and a folder in the other
// is met twice, once for each.
func compareTrees(before, after []byte, each func(name string, before, after blobRef) error) error {
	for len(before)+len(after) > 0 {
		a, err := cutEntry(before)
		if err != nil {
			return err
		}
		b, err := cutEntry(after)
		if err != nil {
			return err
		}
		if bytes.Equal(a, b) {
			before, after = before[len(a):], after[len(b):]
			continue
		}
		was, err := parseTree(a)
		if err != nil {
			return err
		}
		is, err := parseTree(b)
		if err != nil {
			return err
		}
		order := 0
		switch {
		case len(was) == 0:
			order = 1
		case len(is) == 0:
			order = -1
		default:
			order = strings.Compare(was[0].sortName(), is[0].sortName())
		}
		var name string
		var old, now blobRef
		if order <= 0 {
			name, old, before = was[0].name, was[0].ref(), before[len(a):]
		}
		if order >= 0 {
			name, now, after = is[0].name, is[0].ref(), after[len(b):]
		}
		if err := each(name, old, now); err != nil {
			return err
		}
	}
	return nil
}

// cutEntry is the first entry of a tree; nothing of an empty one.
func cutEntry(data []byte) ([]byte, error) {
	if len(data) == 0 {
		return nil, nil
	}
	end := bytes.IndexByte(data, 0)
	if end < 0 || len(data) < end+1+len(plumbing.ZeroHash) {
		return nil, errMalformedTree
	}
	return data[:end+1+len(plumbing.ZeroHash)], nil
}

func encodeTree(entries []treeEntry) []byte {
	var data []byte
	for _, e := range entries {
		data = fmt.Appendf(data, "%o %s\x00", e.mode, e.name)
		data = append(data, e.id[:]...)
	}
	return data
}

// fileEdit puts a file into a tree, or removes one if mode is zero.
type fileEdit struct {
	path string // relative to the tree
	mode uint32
	id   plumbing.Hash
}

// treeEdit is what became of one folder's tree; the zero hash means that the
// folder wasn't, or is no longer, there.
type treeEdit struct {
	old, new plumbing.Hash
	subtrees map[string]*treeEdit // those on the way to an edit
}

// editTree makes the trees on the edits' paths, and no others. The objects are
// added to the batch, the deepest first.
func (o *objects) editTree(old plumbing.Hash, edits []fileEdit, batch *batch) (*treeEdit, error) {
	entries, err := o.tree(old)
	if err != nil {
		return nil, err
	}
	result := &treeEdit{old: old, subtrees: map[string]*treeEdit{}}
	direct, nested := groupEdits(edits)
	for _, e := range direct {
		i := slices.IndexFunc(entries, func(t treeEntry) bool { return t.name == e.path })
		if i >= 0 && e.mode != 0 && entries[i].isTree() {
			result.subtrees[e.path] = &treeEdit{old: entries[i].id}
		}
		switch {
		case i >= 0 && entries[i].mode == modeSubmodule:
			return nil, inSubmodule(e.path)
		case i >= 0 && e.mode != 0:
			entries[i] = treeEntry{e.path, e.mode, e.id}
		case i >= 0 && !entries[i].isTree():
			entries = slices.Delete(entries, i, i+1)
		case e.mode != 0:
			entries = append(entries, treeEntry{e.path, e.mode, e.id})
		}
	}
	for name, edits := range nested {
		i := slices.IndexFunc(entries, func(t treeEntry) bool { return t.name == name })
		removals := !slices.ContainsFunc(edits, func(e fileEdit) bool { return e.mode != 0 })
		below := plumbing.ZeroHash
		switch {
		case i >= 0 && entries[i].mode == modeSubmodule:
			return nil, inSubmodule(name)
		case i >= 0 && entries[i].isTree():
			below = entries[i].id
		case removals:
			continue // a file stands, or nothing does, where the folder was
		}
		sub, err := o.editTree(below, edits, batch)
		if err != nil {
			return nil, err
		}
		result.subtrees[name] = sub
		switch {
		case sub.new.IsZero():
			entries = slices.Delete(entries, i, i+1)
		case i >= 0:
			entries[i] = treeEntry{name, modeTree, sub.new}
		default:
			entries = append(entries, treeEntry{name, modeTree, sub.new})
		}
	}
	if len(entries) == 0 {
		return result, nil
	}
	slices.SortFunc(entries, func(a, b treeEntry) int { return strings.Compare(a.sortName(), b.sortName()) })
	result.new = batch.add(plumbing.TreeObject, encodeTree(entries))
	return result, nil
}

// groupEdits parts the edits of a folder's own files from those below it.
func groupEdits(edits []fileEdit) (direct []fileEdit, nested map[string][]fileEdit) {
	nested = map[string][]fileEdit{}
	for _, e := range edits {
		name, rest, ok := strings.Cut(e.path, "/")
		if !ok {
			direct = append(direct, e)
			continue
		}
		e.path = rest
		nested[name] = append(nested[name], e)
	}
	return direct, nested
}

func inSubmodule(name string) *Refusal {
	return &Refusal{Reason: name + " is a submodule, a repository of its own", Remedy: "run coachlog in it"}
}

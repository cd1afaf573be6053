package gitrepo

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// cacheTree is the index's TREE extension: for each folder, the tree that its
// entries make. git takes a valid node at its word, so a wrong one would
// corrupt the next commit.
type cacheTree struct {
	name     string
	count    int // entries below, -1 if the node is invalid
	id       plumbing.Hash
	children []*cacheTree
}

func parseCacheTree(data []byte) (*cacheTree, error) {
	t, rest, err := parseCacheNode(data)
	if err == nil && len(rest) > 0 {
		err = errCacheTree
	}
	return t, err
}

var errCacheTree = errors.New("its tree extension is malformed")

func parseCacheNode(data []byte) (*cacheTree, []byte, error) {
	name, data, ok := bytes.Cut(data, []byte{0})
	if !ok {
		return nil, nil, errCacheTree
	}
	head, data, ok := bytes.Cut(data, []byte{'\n'})
	if !ok {
		return nil, nil, errCacheTree
	}
	entries, subtrees, _ := strings.Cut(string(head), " ")
	count, err1 := strconv.Atoi(entries)
	children, err2 := strconv.Atoi(subtrees)
	if err1 != nil || err2 != nil || children < 0 {
		return nil, nil, errCacheTree
	}
	t := &cacheTree{name: string(name), count: count}
	if count >= 0 {
		if len(data) < len(t.id) {
			return nil, nil, errCacheTree
		}
		data = data[copy(t.id[:], data):]
	}
	for range children {
		child, rest, err := parseCacheNode(data)
		if err != nil {
			return nil, nil, err
		}
		t.children = append(t.children, child)
		data = rest
	}
	return t, data, nil
}

func (t *cacheTree) encode(data []byte) []byte {
	data = append(data, t.name...)
	data = append(data, 0)
	data = fmt.Appendf(data, "%d %d\n", t.count, len(t.children))
	if t.count >= 0 {
		data = append(data, t.id[:]...)
	}
	for _, child := range t.children {
		data = child.encode(data)
	}
	return data
}

func (t *cacheTree) child(name string) *cacheTree {
	if t == nil {
		return nil
	}
	for _, c := range t.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// clone is a copy that can be changed.
func (t *cacheTree) clone() *cacheTree {
	if t == nil {
		return nil
	}
	c := *t
	c.children = make([]*cacheTree, len(t.children))
	for i, child := range t.children {
		c.children[i] = child.clone()
	}
	return &c
}

// update follows a commit, after idx has been patched. A node that stood for
// HEAD's tree stands for the new one; any other node on the way holds
// something staged besides, and becomes invalid.
func (t *cacheTree) update(idx *index, prefix string, edit *treeEdit) {
	valid := t.count >= 0 && t.id.String() == edit.old
	t.count = -1
	if valid {
		from, to := idx.below(prefix)
		t.count, t.id = to-from, plumbing.NewHash(edit.new)
	}
	for name, sub := range edit.subtrees {
		below := prefix + name + "/"
		child := t.child(name)
		if from, to := idx.below(below); from == to {
			t.children = slices.DeleteFunc(t.children, func(c *cacheTree) bool { return c == child })
			continue
		}
		if child == nil {
			if !valid {
				continue
			}
			child = &cacheTree{name: name, id: plumbing.NewHash(sub.old)}
			t.children = append(t.children, child)
			slices.SortFunc(t.children, compareCacheNames)
		}
		child.update(idx, below, sub)
	}
}

// compareCacheNames is git's order in this extension: short names first.
func compareCacheNames(a, b *cacheTree) int {
	return cmp.Or(cmp.Compare(len(a.name), len(b.name)), cmp.Compare(a.name, b.name))
}

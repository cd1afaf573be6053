package gitrepo

import (
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

func parseCacheTree(data string) (*cacheTree, error) {
	t, rest, ok := parseCacheNode(data)
	if !ok || rest != "" {
		return nil, errors.New("its tree extension is malformed")
	}
	return t, nil
}

func parseCacheNode(data string) (t *cacheTree, rest string, ok bool) {
	name, data, _ := strings.Cut(data, "\x00")
	head, data, _ := strings.Cut(data, "\n")
	entries, subtrees, _ := strings.Cut(head, " ")
	count, err1 := strconv.Atoi(entries)
	children, err2 := strconv.Atoi(subtrees)
	t = &cacheTree{name: name, count: count}
	if err1 != nil || err2 != nil || children < 0 || count >= 0 && len(data) < len(t.id) {
		return nil, "", false
	}
	if count >= 0 {
		data = data[copy(t.id[:], data):]
	}
	for range children {
		child, rest, ok := parseCacheNode(data)
		if !ok {
			return nil, "", false
		}
		t.children = append(t.children, child)
		data = rest
	}
	return t, data, true
}

func (t *cacheTree) encode(data []byte) []byte {
	data = fmt.Appendf(data, "%s\x00%d %d\n", t.name, t.count, len(t.children))
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
	if i := slices.IndexFunc(t.children, func(c *cacheTree) bool { return c.name == name }); i >= 0 {
		return t.children[i]
	}
	return nil
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
			slices.SortFunc(t.children, func(a, b *cacheTree) int { // git has short names first
				return cmp.Or(cmp.Compare(len(a.name), len(b.name)), cmp.Compare(a.name, b.name))
			})
		}
		child.update(idx, below, sub)
	}
}

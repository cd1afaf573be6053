package gitrepo

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// difference is what HEAD and the work tree have at one path. Of the work tree only the
// mode is known.
type difference struct{ head, now item }

func (n *native) changes(ctx context.Context, paths []string, keep func(string) bool) ([]Change, error) {
	if err := n.repo.checkUnmerged(paths); err != nil {
		return nil, err
	}
	if err := n.checkFiles(ctx, paths, keep); err != nil {
		return nil, err
	}
	differ, err := n.differences(ctx, paths, keep)
	if err != nil {
		return nil, err
	}
	var found []Change
	for name, d := range differ {
		c := Change{Path: name, Kind: Modified, Executable: d.now.mode == modeExecutable}
		switch {
		case d.head.mode == modeSubmodule || d.now.mode == modeSubmodule || d.head.mode == 0 && d.now.mode == 0:
			continue
		case d.now.mode == 0:
			if _, err := n.repo.checkParents(name); err != nil {
				return nil, err
			}
			c.Kind = Deleted
		case d.now.mode == modeSymlink:
			return nil, symlink(name)
		case d.head.mode == 0:
			c.Kind = Added
		default:
			c.ModeChanged = d.now.mode != d.head.mode
		}
		found = append(found, c)
	}
	slices.SortFunc(found, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return found, n.readTexts(found, differ)
}

// readTexts reads what changes were before, as git would put it into the work tree, and
// what they are now.
func (n *native) readTexts(found []Change, differ map[string]difference) error {
	var ids []string
	for _, c := range found {
		if c.Kind != Added {
			ids = append(ids, differ[c.Path].head.id)
		}
	}
	blobs := map[string][]byte{}
	if err := n.readMany(plumbing.BlobObject, ids, func(id string, data []byte) { blobs[id] = data }); err != nil {
		return err
	}
	h := &History{repo: n.repo}
	for i, c := range found {
		var err error
		if c.Kind != Deleted {
			if found[i].After, _, err = n.repo.readFile(c.Path); errors.Is(err, fs.ErrNotExist) {
				err = stale(c.Path)
			}
		}
		if err == nil && c.Kind != Added {
			id := differ[c.Path].head.id
			found[i].Before, err = h.InWorkTree(c.Path, id, blobs[id])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// differences asks git what differs between HEAD and the work tree, and which files it
// doesn't track: on an unborn branch, those that it tracks as well.
func (n *native) differences(ctx context.Context, paths []string, keep func(string) bool) (map[string]difference, error) {
	head, err := n.repo.head()
	if err != nil {
		return nil, err
	}
	specs := append([]string{"--"}, pathspecs(paths)...)
	list := []string{"ls-files", "-z", "--others", "--exclude-standard"}
	var asked [][]string
	if head == "" {
		list = append(list, "--cached")
	} else {
		asked = append(asked, slices.Concat(rawDiff, []string{"--ignore-submodules=all", head}, specs))
	}
	said, err := n.all(ctx, nil, append(asked, append(list, specs...)))
	if err != nil {
		return nil, err
	}
	differ := map[string]difference{}
	if head != "" {
		for line, name := range inPairs(said[0]) {
			items, _, err := rawItems(line)
			if err != nil {
				return nil, err
			}
			if keep(name) {
				differ[name] = difference{items[0], items[1]}
			}
		}
	}
	for _, name := range said[len(said)-1] {
		if strings.HasSuffix(name, "/") || !keep(name) {
			continue // a repository of its own
		}
		info, err := os.Lstat(n.repo.file(name))
		if err != nil || info.IsDir() {
			continue // gone again, or a submodule
		}
		d := differ[name]
		d.now.mode = modeSymlink
		if info.Mode()&os.ModeSymlink == 0 {
			d.now.mode = fileMode(n.repo.cfg, info, 0)
		}
		differ[name] = d
		if d.head.mode == d.now.mode { // taken from the index but not from the work tree
			if text, _, err := n.repo.readFile(name); err == nil && objectID(plumbing.BlobObject, text, d.head.id) == d.head.id {
				delete(differ, name)
			}
		}
	}
	return differ, nil
}

package gitrepo

import (
	"context"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

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
	maps.DeleteFunc(differ, func(_ string, d difference) bool {
		return d.head.mode == modeSubmodule || d.now.mode == modeSubmodule || d.head.mode == 0 && d.now.mode == 0
	})
	var ids []string
	for _, d := range differ {
		if d.head.mode != 0 {
			ids = append(ids, d.head.id)
		}
	}
	blobs := map[string][]byte{}
	if err := n.readMany(plumbing.BlobObject, ids, func(id string, data []byte) { blobs[id] = data }); err != nil {
		return nil, err
	}
	h := &History{repo: n.repo}
	return n.repo.changesOf(differ, func(name, id string) ([]byte, error) { return h.InWorkTree(name, id, blobs[id]) })
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

package gitrepo

import (
	"context"
	"fmt"
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
// doesn't track. (A git diff would write the index, and take its lock from others.)
func (n *native) differences(ctx context.Context, paths []string, keep func(string) bool) (map[string]difference, error) {
	args := []string{"--no-optional-locks", "status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all", "--"}
	out, err := n.run(ctx, nil, append(args, pathspecs(paths)...)...)
	if err != nil {
		return nil, err
	}
	differ := map[string]difference{}
	var staged []string // whose content may be HEAD's all the same
	for line := range strings.SplitSeq(string(out), "\x00") {
		kind, name, _ := strings.Cut(line, " ")
		var d difference
		switch kind {
		case "1":
			var xy, sub, inIndex, id string
			if _, err := fmt.Sscanf(name, "%s %s %o %s %o %s %s ", &xy, &sub, &d.head.mode, &inIndex, &d.now.mode, &d.head.id, &id); err != nil {
				return nil, fmt.Errorf("git status: %q: %w", line, err)
			}
			if name = strings.SplitN(name, " ", 8)[7]; xy[0] != '.' {
				staged = append(staged, name)
			}
		case "?":
			info, err := os.Lstat(n.repo.file(name))
			if err != nil || strings.HasSuffix(name, "/") {
				continue // gone again, or a repository of its own
			}
			d = differ[name] // taken from the index but not from the work tree
			d.now.mode = modeSymlink
			if info.Mode()&os.ModeSymlink == 0 {
				d.now.mode = fileMode(n.repo.cfg, info, 0)
			}
		default:
			continue
		}
		if keep(name) {
			differ[name] = d
		}
	}
	return differ, n.dropSame(ctx, differ, staged)
}

// dropSame takes out those files whose content, as git would store it, is HEAD's.
func (n *native) dropSame(ctx context.Context, differ map[string]difference, names []string) error {
	names = slices.DeleteFunc(names, func(name string) bool {
		d := differ[name]
		return d.head.mode != d.now.mode || d.now.mode == modeSymlink || d.now.mode == modeSubmodule || d.now.mode == 0 || strings.Contains(name, "\n")
	})
	if len(names) == 0 {
		return nil
	}
	out, err := n.run(ctx, strings.NewReader(strings.Join(names, "\n")+"\n"), "hash-object", "--stdin-paths")
	for i, id := range strings.Fields(string(out)) {
		if differ[names[i]].head.id == id {
			delete(differ, names[i])
		}
	}
	return err
}

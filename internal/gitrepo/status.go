package gitrepo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// statusEntry is what git status says of one path.
type statusEntry struct {
	headMode  uint32 // zero if HEAD hasn't the file
	headID    string
	mode      uint32 // in the work tree; zero if the file is gone
	staged    bool   // HEAD and the index differ
	submodule bool
}

func (n *native) changes(ctx context.Context, paths []string, keep func(string) bool) ([]Change, error) {
	if err := n.repo.checkUnmerged(paths); err != nil {
		return nil, err
	}
	if err := n.checkFiles(ctx, paths, keep); err != nil {
		return nil, err
	}
	status, err := n.status(ctx, paths, keep)
	if err != nil {
		return nil, err
	}
	var found []Change
	var recheck []string
	for name, s := range status {
		if s.submodule || s.headMode == 0 && s.mode == 0 {
			continue
		}
		c := Change{Path: name, Kind: Modified, Executable: s.mode == modeExecutable, ModeChanged: s.headMode != 0 && s.mode != 0 && s.mode != s.headMode}
		switch {
		case s.mode == 0:
			if _, err := n.repo.checkParents(name); err != nil {
				return nil, err
			}
			c.Kind = Deleted
		case s.mode == modeSymlink:
			return nil, symlink(name)
		case s.headMode == 0:
			c.Kind = Added
		case s.staged && s.mode == s.headMode:
			recheck = append(recheck, name)
		}
		found = append(found, c)
	}
	same, err := n.sameAsHead(ctx, recheck, status)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(c Change) bool { return same[c.Path] })
	slices.SortFunc(found, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return found, n.readTexts(found, status)
}

// readTexts reads what changes were before, as git would put it into the work tree, and
// what they are now.
func (n *native) readTexts(found []Change, status map[string]*statusEntry) error {
	var ids []string
	for _, c := range found {
		if c.Kind != Added {
			ids = append(ids, status[c.Path].headID)
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
			id := status[c.Path].headID
			found[i].Before, err = h.InWorkTree(c.Path, id, blobs[id])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (n *native) status(ctx context.Context, paths []string, keep func(string) bool) (map[string]*statusEntry, error) {
	args := []string{
		"--no-optional-locks", "status", "--porcelain=v2", "-z", "--untracked-files=all",
		"--no-renames", "--ignore-submodules=all", "--",
	}
	out, err := n.run(ctx, nil, append(args, pathspecs(paths)...)...)
	if err != nil {
		return nil, err
	}
	status := map[string]*statusEntry{}
	for line := range strings.SplitSeq(string(out), "\x00") {
		name, s, err := n.parseStatus(line)
		if err != nil {
			return nil, err
		}
		if name == "" || !keep(name) {
			continue
		}
		if before := status[name]; before != nil {
			// Taken from the index but not from the work tree: two lines.
			before.mode = max(before.mode, s.mode)
			continue
		}
		status[name] = s
	}
	return status, nil
}

// parseStatus reads a line of status --porcelain=v2; no name for those that
// don't matter.
func (n *native) parseStatus(line string) (string, *statusEntry, error) {
	kind, rest, _ := strings.Cut(line, " ")
	switch kind {
	case "1": // XY sub mH mI mW hH hI path
		f := strings.SplitN(rest, " ", 8)
		if len(f) < 8 {
			return "", nil, fmt.Errorf("git status: %q is cut short", line)
		}
		head, err1 := strconv.ParseUint(f[2], 8, 32)
		mode, err2 := strconv.ParseUint(f[4], 8, 32)
		return f[7], &statusEntry{
			headMode: uint32(head), headID: f[5], mode: uint32(mode),
			staged: f[0][0] != '.', submodule: f[1] != "N...",
		}, errors.Join(err1, err2)
	case "?":
		if strings.HasSuffix(rest, "/") {
			return "", nil, nil // a repository of its own
		}
		info, err := os.Lstat(n.repo.file(rest))
		if err != nil {
			return "", nil, nil // gone again
		}
		mode := uint32(modeSymlink)
		if info.Mode()&os.ModeSymlink == 0 {
			mode = fileMode(n.repo.cfg, info, 0)
		}
		return rest, &statusEntry{mode: mode, staged: true}, nil
	}
	return "", nil, nil
}

// sameAsHead returns those files whose content, as git would store it, is HEAD's.
func (n *native) sameAsHead(ctx context.Context, names []string, status map[string]*statusEntry) (map[string]bool, error) {
	names = slices.DeleteFunc(names, func(name string) bool { return strings.Contains(name, "\n") })
	if len(names) == 0 {
		return nil, nil
	}
	out, err := n.run(ctx, strings.NewReader(strings.Join(names, "\n")+"\n"), "hash-object", "--stdin-paths")
	if err != nil {
		return nil, err
	}
	same := map[string]bool{}
	ids := strings.Fields(string(out))
	for i, name := range names {
		same[name] = i < len(ids) && ids[i] == status[name].headID
	}
	return same, nil
}

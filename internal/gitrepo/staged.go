package gitrepo

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Staged reads what is about to be committed of the files that keep wants, by path. It is for
// the hooks that git runs: `git commit -a` has an index of its own for them, and that one
// counts. Without the git program there is no hook, and nothing.
func (r *Repo) Staged(ctx context.Context, keep func(path string) bool) (map[string][]byte, error) {
	if r.native == nil {
		return nil, nil
	}
	if err := r.checkEnvironment(); err != nil {
		return nil, err
	}
	index, err := filepath.Abs(os.Getenv("GIT_INDEX_FILE"))
	if err != nil {
		return nil, err
	}
	out, err := r.native.runWith(ctx, []string{"GIT_INDEX_FILE=" + index}, nil, "diff", "--cached", "--raw", "--no-abbrev", "--no-renames", "--diff-filter=d", "-z")
	if err != nil {
		return nil, err
	}
	texts := make(map[string][]byte)
	lines := strings.Split(string(out), "\x00")
	for i := 0; i+1 < len(lines); i += 2 { // ":MODE MODE ID ID STATUS", PATH
		fields, name := strings.Fields(lines[i]), lines[i+1]
		if len(fields) < 5 || fields[1] == "160000" || !keep(name) { // another repository has no text
			continue
		}
		if texts[name], err = r.native.read(plumbing.BlobObject, fields[3]); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

package gitrepo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// hooksDir is the folder in which git looks for hooks; it need not exist.
func (r *Repo) hooksDir() string {
	if dir := r.cfg.path("core.hookspath"); dir != "" {
		return absolute(r.root, dir)
	}
	return filepath.Join(r.common, "hooks")
}

// OwnHooksDir is hooksDir where a hook in it runs for this repository alone, in all of
// its work trees. Where git looks elsewhere, in a folder of the user's, of the system's
// or in one that is recorded for everybody, the error is a *Refusal whose remedy is for
// the caller to say, and the folder is that one.
func (r *Repo) OwnHooksDir() (string, error) {
	if _, err := r.config(); err != nil {
		return "", err
	}
	dir := r.hooksDir()
	real := realPath(dir)
	rel, err := filepath.Rel(realPath(r.common), real)
	own := err == nil && filepath.IsLocal(rel)
	if len(r.cfg["core.hookspath"]) == 0 {
		if !own {
			return dir, refuse("", "%s is a link to %s, which others may share", dir, real)
		}
		return dir, nil
	}
	set := r.cfg.last("core.hookspath")
	where, forThis := r.hooksPathOrigin()
	switch {
	case set == "":
		return dir, refuse("", "core.hooksPath, set in %s, is empty, so git runs no hooks here: git config --unset core.hooksPath, then run this again", where)
	case !own:
		return dir, refuse("", "git looks for hooks in %[2]s, which others may share (core.hooksPath in %[1]s)", where, dir)
	case !forThis && !filepath.IsLocal(set): // an absolute path that other repositories have too
		return dir, refuse("", "every repository runs the hooks in %s (core.hooksPath in %s)", dir, where)
	}
	return dir, nil
}

// HasLinkedTrees says whether the work tree is one of several of its repository.
func (r *Repo) HasLinkedTrees() bool {
	linked, err := os.ReadDir(filepath.Join(r.common, "worktrees"))
	return err == nil && len(linked) > 0
}

// realPath is a path without links, also where its end isn't there yet.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	// A link that leads nowhere: what is made through it lies where it leads.
	if target, err := os.Readlink(path); err == nil {
		return filepath.Clean(absolute(filepath.Dir(path), target))
	}
	above := filepath.Dir(path)
	if above == path {
		return path
	}
	return filepath.Join(realPath(above), filepath.Base(path))
}

// hooksPathOrigin says where core.hooksPath is set, and whether that is for this
// repository alone.
func (r *Repo) hooksPathOrigin() (where string, forThis bool) {
	if r.native != nil {
		out, err := r.native.run(context.Background(), nil, "config", "-z", "--show-scope", "--show-origin", "--get", "core.hooksPath")
		if f := strings.Split(string(out), "\x00"); err == nil && len(f) >= 3 {
			file, isFile := strings.CutPrefix(f[1], "file:")
			if !isFile {
				return "the environment or the command line", false
			}
			return fmt.Sprintf("%s (%s)", absolute(r.place(), file), f[0]), f[0] == "local" || f[0] == "worktree"
		}
	}
	return "git's settings", false
}

package gitrepo

import (
	"fmt"
	"os"
	"path/filepath"
)

// named opens the repository that GIT_DIR names, of a folder that leads to none.
func named(dir string) (*Repo, error) {
	gitDir, root := os.Getenv("GIT_DIR"), os.Getenv("GIT_WORK_TREE")
	if gitDir == "" {
		return nil, fmt.Errorf("%s: %w", dir, ErrNoRepository)
	}
	gitDir, err := filepath.Abs(gitDir)
	if err != nil {
		return nil, err
	}
	const remedy = "unset GIT_DIR, or set GIT_WORK_TREE to the folder that the files are in"
	common, err := commonDir(gitDir)
	if err != nil {
		return nil, err
	}
	if !isGitDir(gitDir, common) {
		return nil, refuse(remedy, "GIT_DIR is set to %s, which isn't a git folder", gitDir)
	}
	if root, err = filepath.Abs(root); err == nil { // without GIT_WORK_TREE it is the current folder
		root, err = filepath.EvalSymlinks(root)
	}
	if err != nil {
		return nil, err
	}
	if below, err := filepath.Rel(root, dir); err != nil || !filepath.IsLocal(below) {
		return nil, refuse(remedy, "GIT_DIR is set to %s, and its files are in %s, not in %s", gitDir, root, dir)
	}
	r, err := open(root, gitDir)
	if err == nil {
		r.named = true
	}
	return r, err
}

// checkEnvironment refuses where git's variables point to another place than
// the one that was found: neither is surely meant.
func (r *Repo) checkEnvironment() error {
	for _, place := range [][2]string{
		{"GIT_DIR", r.gitDir}, {"GIT_WORK_TREE", r.root}, {"GIT_COMMON_DIR", r.common},
		{"GIT_INDEX_FILE", r.indexFile()}, {"GIT_OBJECT_DIRECTORY", filepath.Join(r.common, "objects")},
		{"GIT_ALTERNATE_OBJECT_DIRECTORIES", ""}, {"GIT_NAMESPACE", ""},
	} {
		name, own := place[0], place[1]
		set := os.Getenv(name)
		if set == "" {
			continue
		}
		if at, err := filepath.Abs(set); err == nil && own != "" && samePath(at, own) {
			continue
		}
		// For its hooks git names an index of its own, beside the other one.
		if name == "GIT_INDEX_FILE" && samePath(filepath.Dir(set), r.gitDir) {
			continue
		}
		return refuse("unset "+name, "%s is set to %s, but the files are in %s", name, set, r.place())
	}
	return nil
}

func samePath(a, b string) bool {
	if a == b {
		return true
	}
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

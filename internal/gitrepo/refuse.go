package gitrepo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// refusals are why no commit at all may be made now, whoever makes it. The error is one
// of reading the repository.
func (r *Repo) refusals() ([]*Refusal, error) {
	cfg, err := r.config()
	if err != nil {
		return nil, err
	}
	var found []*Refusal
	add := func(err error) error {
		if refusal, ok := err.(*Refusal); ok {
			found = append(found, refusal)
			return nil
		}
		return err
	}
	for _, check := range []func() error{
		r.checkEnvironment,
		func() error { return r.checkBare(cfg) },
		r.checkProgress,
		func() error { _, err := r.headRef(); return err },
		func() error { _, err := r.Identity(); return err },
		func() error { _, err := r.Committer(); return err },
	} {
		if err := add(check()); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func (r *Repo) checkBare(cfg config) error {
	if r.gitDir != r.common {
		return nil // a linked worktree has one, whatever the repository itself has
	}
	if os.Getenv("GIT_WORK_TREE") != "" {
		return nil // which goes before both settings, and names this one
	}
	if cfg.isTrue("core.bare") {
		return &Refusal{Reason: r.root + " is a bare repository (core.bare)", Remedy: "use a clone with a work tree"}
	}
	tree := cfg.path("core.worktree")
	if tree == "" {
		return nil
	}
	if !filepath.IsAbs(tree) {
		tree = filepath.Join(r.gitDir, tree)
	}
	if !samePath(tree, r.root) {
		return &Refusal{Reason: fmt.Sprintf("core.worktree places the files in %s, not in %s", tree, r.root), Remedy: "run coachlog there"}
	}
	return nil
}

// operations are git's marks of something half done, and the way out of each.
var operations = []struct{ file, name, remedy string }{
	{"rebase-apply/applying", "an am", "git am --continue or git am --abort"},
	{"rebase-merge", "a rebase", "git rebase --continue or git rebase --abort"},
	{"rebase-apply", "a rebase", "git rebase --continue or git rebase --abort"},
	{"MERGE_HEAD", "a merge", "git merge --continue or git merge --abort"},
	{"CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick --continue or git cherry-pick --abort"},
	{"REVERT_HEAD", "a revert", "git revert --continue or git revert --abort"},
	{"sequencer/todo", "a cherry-pick or revert", "git cherry-pick --continue or --abort, or git revert --continue or --abort"},
}

func (r *Repo) checkProgress() error {
	for _, op := range operations {
		if _, err := os.Stat(filepath.Join(r.gitDir, filepath.FromSlash(op.file))); err == nil {
			return &Refusal{Reason: op.name + " is in progress", Remedy: "end it first: " + op.remedy}
		}
	}
	return nil
}

// checkUnmerged refuses files with unsolved conflicts below the paths.
func (r *Repo) checkUnmerged(paths []string) error {
	if r.native == nil {
		idx, err := r.readIndex()
		if err != nil {
			_, err = leftToGit(err) // which is refused later
			return err
		}
		return idx.checkUnmerged(paths)
	}
	out, err := r.native.run(context.Background(), nil, append([]string{"ls-files", "-u", "-z", "--"}, pathspecs(paths)...)...)
	if _, name, ok := strings.Cut(string(out), "\t"); ok && err == nil {
		name, _, _ = strings.Cut(name, "\x00")
		return unmerged(name)
	}
	return err
}

func unmerged(name string) *Refusal {
	return &Refusal{Reason: name + " has unresolved conflicts", Remedy: "resolve them, then run git add " + name}
}

package gitrepo

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// refusals are why no commit at all may be made now, whoever makes it: each a *Refusal, or
// an error of reading the repository.
func (r *Repo) refusals() []error {
	if _, err := r.config(); err != nil {
		return []error{err}
	}
	_, noBranch := r.headRef()
	_, noAuthor := r.Identity()
	_, noCommitter := r.Committer()
	all := []error{r.checkEnvironment(), r.checkBare(), r.checkProgress(), noBranch, noAuthor, noCommitter}
	return slices.DeleteFunc(all, func(err error) bool { return err == nil })
}

func (r *Repo) checkBare() error {
	if r.gitDir != r.common {
		return nil // a linked worktree has one, whatever the repository itself has
	}
	if os.Getenv("GIT_WORK_TREE") != "" {
		return nil // which goes before both settings, and names this one
	}
	if r.cfg.isTrue("core.bare") {
		return refuse("use a clone with a work tree", "%s is a bare repository (core.bare)", r.root)
	}
	tree := r.cfg.path("core.worktree")
	if tree == "" {
		return nil
	}
	tree = absolute(r.gitDir, tree)
	if !samePath(tree, r.root) {
		return refuse("run coachlog there", "core.worktree places the files in %s, not in %s", tree, r.root)
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
			return refuse("end it first: "+op.remedy, "%s is in progress", op.name)
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
	return refuse("resolve them, then run git add "+name, "%s has unresolved conflicts", name)
}

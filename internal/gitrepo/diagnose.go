package gitrepo

import (
	"errors"
	"os"
)

// Problem is something that `coachlog doctor` tells about.
type Problem struct {
	Summary string
	Remedy  string
	Fatal   bool // a commit made now would be refused
}

// Diagnose lists each refusal that a commit would meet now, and each reason
// why commits here go through the git program.
func (r *Repo) Diagnose() []Problem {
	var problems []Problem
	fatal := func(err error) {
		if refusal, ok := errors.AsType[*Refusal](err); ok {
			problems = append(problems, Problem{refusal.Reason, refusal.Remedy, true})
		} else if err != nil {
			problems = append(problems, Problem{err.Error(), "", true})
		}
	}
	for _, err := range r.refusals() {
		fatal(err)
	}
	if r.cfg == nil { // which everything else asks
		return problems
	}
	fatal(r.checkUnmerged([]string{"."}))
	for _, file := range r.lockFiles() {
		if _, err := os.Lstat(file); err == nil {
			fatal(heldLocks(file))
		}
	}
	obstacles, err := r.commitObstacles()
	if err == nil && len(obstacles) == 0 {
		obstacles, err = r.fileObstacles()
	}
	fatal(err)
	for _, reason := range obstacles {
		if r.native == nil {
			fatal(needsGit(reason))
		} else {
			problems = append(problems, Problem{Summary: reason + ": commits go through the git program"})
		}
	}
	return problems
}

// fileObstacles are those that engine meets only when it reads the files.
func (r *Repo) fileObstacles() ([]string, error) {
	if ref, err := r.headRef(); err == nil {
		head, err := r.resolve(ref)
		if err == nil {
			_, err = itemIn(&engine{repo: r}, head, ".")
		}
		if err != nil {
			return leftToGit(err)
		}
	}
	idx, err := r.readIndex()
	if err != nil {
		return leftToGit(err)
	}
	converts, err := newAttributes(r, idx).of("log.md")
	if err == nil && converts == convertsAnything {
		return []string{"attributes may change the content of *.md files"}, nil
	}
	return nil, err
}

// leftToGit is why engine leaves something to git, where the error says that.
func leftToGit(err error) ([]string, error) {
	if cannot, ok := errors.AsType[*unfit](err); ok {
		return []string{cannot.reason}, nil
	}
	return nil, err
}

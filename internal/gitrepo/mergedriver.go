package gitrepo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/pattern"
)

// MergeDriver is the command that this clone merges files with whose attribute
// merge is name, or "" where it knows none: git then merges by lines.
func (r *Repo) MergeDriver(name string) (command string, err error) {
	cfg, err := r.config()
	if err != nil {
		return "", err
	}
	return cfg.last("merge." + name + ".driver"), nil
}

// SetMergeDriver makes this clone merge such files with command. The
// configuration is git's own to write: without git the error is a *Refusal.
func (r *Repo) SetMergeDriver(name, title, command string) error {
	if r.native == nil {
		return refuse(fmt.Sprintf("write this into %s:\n[merge %q]\n\tname = %s\n\tdriver = %s", r.commonConfig(), name, title, command), "git isn't installed, so the merge driver can't be set")
	}
	defer interrupt.Step()()
	for _, setting := range [][2]string{{"name", title}, {"driver", command}} {
		if _, err := r.native.run(context.Background(), nil, "config", "--local", "--replace-all", "merge."+name+"."+setting[0], setting[1]); err != nil {
			return err
		}
	}
	r.cfg = nil // read it anew
	return nil
}

// RebaseAuthors are who wrote the two versions of a file that a rebase brings together:
// first what it puts commits onto, then the commit. Nil where no rebase asks for it.
func (r *Repo) RebaseAuthors(name string) []Identity {
	if r.native == nil || slices.ContainsFunc(os.Environ(), func(set string) bool { return strings.HasPrefix(set, "GITHEAD_") }) { // a merge
		return nil
	}
	for _, file := range []string{"rebase-merge/done", "rebase-apply/original-commit"} {
		text, _ := os.ReadFile(filepath.Join(r.gitDir, filepath.FromSlash(file)))
		steps := strings.Split(strings.TrimSpace(string(text)), "\n")
		commit := commitID().FindString(steps[len(steps)-1])
		if commit == "" {
			continue
		}
		own := r.authors("--no-walk", commit)
		there := r.authors(commit+"..HEAD", "--", name)
		if len(own) == 0 || len(there) == 0 {
			return nil
		}
		// Your own commits may be there already, on top of what others had made.
		other := max(0, slices.IndexFunc(there, func(by Identity) bool { return by != own[0] }))
		return []Identity{there[other], own[0]}
	}
	return nil
}

var commitID = pattern.Of(`\b[0-9a-f]{40,64}\b`)

// authors are those of the commits, the newest first.
func (r *Repo) authors(commits ...string) (authors []Identity) {
	out, err := r.native.run(context.Background(), nil, append([]string{"--literal-pathspecs", "log", "--no-show-signature", "--format=%aN%x00%aE"}, commits...)...)
	if err != nil {
		return nil // they are only names
	}
	for line := range strings.Lines(string(out)) {
		who, email, _ := strings.Cut(strings.TrimSpace(line), "\x00")
		authors = append(authors, Identity{Name: who, Email: email})
	}
	return authors
}

package gitrepo

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
)

// A Since is what changed between a commit and the work tree.
type Since struct {
	// Files are those that differ, staged or not, and those that git doesn't have, also where it
	// ignores them: each with the id of what the commit has there, "" for nothing.
	Files map[string]string
	// Touched are those that a commit in between changed, whatever became of that.
	Touched []string
	// Messages are those with a marked line, of the commits that only one of the two has.
	Messages []string
}

// Since asks git what changed below some paths since a revision, or with "..." behind it, since
// the last commit that it shares with HEAD. Only messages that have a line which starts with
// marked are read.
func (r *Repo) Since(ctx context.Context, rev string, paths []string, marked string) (*Since, error) {
	if err := r.checkAsked("what changed since a commit", "leave out --since", paths); err != nil {
		return nil, err
	}
	commit, head, err := r.native.start(ctx, rev)
	if err != nil {
		return nil, err
	}
	specs := append([]string{"--"}, pathspecs(paths)...)
	s := &Since{Files: make(map[string]string)}
	between := func(what ...string) []string {
		return slices.Concat([]string{"-c", "log.showRoot=false", "log", "-z", "--no-show-signature", "--no-color"}, what, []string{commit + "..." + head}) // a shallow clone's ends show no files
	}
	asked := [][]string{
		slices.Concat(rawDiff, []string{commit}, specs),
		append([]string{"-c", "core.fsmonitor=false", "ls-files", "--others", "-z"}, specs...),
	}
	if commit != head {
		asked = append(asked, append(between("--format=", "--name-only", "--full-history", "-c", "--no-renames", "--ignore-submodules=none"), specs...),
			append(between("--format=%B", "--no-patch", "--basic-regexp", "--grep=^"+marked), "--"))
	}
	said, err := r.native.all(ctx, nil, asked)
	if err != nil {
		return nil, err
	}
	if commit != head {
		s.Touched, s.Messages = said[2], said[3]
	}
	for _, name := range said[1] {
		s.Files[strings.TrimSuffix(name, "/")] = "" // of another repository git lists the folder
	}
	return s, s.addRaw(said[0])
}

// checkAsked refuses where git can't be asked something about some paths.
func (r *Repo) checkAsked(what, instead string, paths []string) error {
	if r.native == nil {
		return refuse("install git, or "+instead, "only the git program can tell %s, and it isn't installed", what)
	}
	return cmp.Or(r.checkEnvironment(), r.checkBelow(paths))
}

// A Range is what came to HEAD since another commit.
type Range struct {
	From, To string   // full ids
	Marked   []string // those of the commits in between that have a line in their message which is marked
}

// Range asks git for the commits since a revision, or with "..." behind it, since the last
// commit that it shares with HEAD. Marked is how a line starts that marks a commit.
func (r *Repo) Range(ctx context.Context, rev, marked string) (*Range, error) {
	if err := r.checkAsked("which commit that is", "give --since a day", nil); err != nil {
		return nil, err
	}
	from, to, err := r.native.start(ctx, rev)
	if err != nil {
		return nil, err
	}
	ids, err := r.native.run(ctx, nil, "rev-list", "--basic-regexp", "--grep=^"+marked, from+".."+to, "--")
	return &Range{from, to, strings.Fields(string(ids))}, err
}

// rawDiff is a git diff in the raw format that no setting changes.
var rawDiff = []string{"-c", "core.fsmonitor=false", "-c", "diff.autoRefreshIndex=true", "diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--ignore-submodules=none", "-O/dev/null"}

// all runs several gits at once with some settings, and returns what each of them lists.
func (n *native) all(ctx context.Context, env []string, commands [][]string) ([][]string, error) {
	said, errs := make([][]string, len(commands)), make([]error, len(commands))
	if err := n.repo.checkOwnFiles(); err != nil { // once, and not by each at the same time
		return nil, err
	}
	var wait sync.WaitGroup
	for i, args := range commands {
		wait.Go(func() {
			var out []byte
			out, errs[i] = n.runWith(ctx, append([]string{"GIT_OPTIONAL_LOCKS=0"}, env...), nil, args...)
			said[i] = strings.FieldsFunc(string(out), func(c rune) bool { return c == 0 })
		})
	}
	wait.Wait()
	return said, errors.Join(errs...)
}

// inPairs goes through fields two by two, such as a line in git's raw format and its path.
func inPairs(fields []string) iter.Seq2[string, string] {
	return func(yield func(first, second string) bool) {
		for i := 0; i+1 < len(fields) && yield(fields[i], fields[i+1]); i += 2 {
		}
	}
}

// addRaw adds what git lists in its raw format.
func (s *Since) addRaw(fields []string) error {
	for line, name := range inPairs(fields) {
		d, err := parseRaw(line, name)
		if err != nil {
			return err
		}
		s.Files[d.Path] = cmp.Or(d.Before, s.Files[d.Path]) // of an unsolved conflict there are two lines
	}
	return nil
}

// Text is what the commit has at one of the paths.
func (r *Repo) Text(id string) ([]byte, error) { return r.native.read(plumbing.BlobObject, id) }

// start finds the commit that a revision means, and HEAD's.
func (n *native) start(ctx context.Context, rev string) (commit, head string, err error) {
	name, shared := strings.CutSuffix(rev, "...")
	if strings.TrimSpace(name) == "" || strings.Contains(name, "..") || strings.ContainsFunc(name, func(c rune) bool { return c < ' ' }) {
		return "", "", refuse("name one, as in main or HEAD~3, or main... for where this branch left main; everything since then counts, up to the files as they are now", "%q isn't one commit", rev)
	}
	if head, err = n.commitOf("HEAD"); err != nil {
		return "", "", err
	}
	if head == "" {
		return "", "", refuse("leave out --since", "there is no commit here yet")
	}
	if commit, err = n.commitOf(name); err == nil && commit == "" {
		err = n.unknown(name)
	}
	if err != nil || !shared || commit == head {
		return commit, head, err
	}
	base, err := n.lookUp(ctx, nil, "merge-base", commit, head)
	if base = strings.TrimSpace(base); err == nil && base == "" {
		err = refuse(n.fetchMore(), "nothing here shows where this branch left %s", name)
	}
	return base, head, err
}

// unknown is the error of a revision that isn't here.
func (n *native) unknown(name string) error {
	refusal := refuse(n.fetchMore(), "there is no commit %q here", name)
	if there, err := n.commitOf("refs/remotes/origin/" + name); err == nil && there != "" {
		refusal.Remedy = "the server's is: origin/" + name
	}
	return refusal
}

// fetchMore says how to get what isn't here.
func (n *native) fetchMore() string {
	if ends, _ := n.repo.shallowEnds(); len(ends) > 0 {
		return "this clone has only the newest commits; in a workflow, set fetch-depth: 0 for actions/checkout (GIT_DEPTH: 0 in GitLab); elsewhere: git fetch --unshallow"
	}
	return "git fetch brings what the server has; git log shows what is here"
}

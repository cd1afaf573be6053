package gitrepo

import (
	"context"
	"strings"
)

// A Range is what came to HEAD since another commit.
type Range struct {
	From, To string   // full ids
	Marked   []string // those of the commits in between that have a line in their message which is marked
}

// Range asks git for the commits since a revision, or with "..." behind it, since the last
// commit that it shares with HEAD. Marked is how a line starts that marks a commit.
func (r *Repo) Range(ctx context.Context, rev, marked string) (*Range, error) {
	if r.native == nil {
		return nil, &Refusal{Reason: "only the git program can tell which commit that is, and it isn't installed", Remedy: "install git, or give --since a day"}
	}
	if err := r.checkEnvironment(); err != nil {
		return nil, err
	}
	from, to, err := r.native.start(ctx, rev)
	if err != nil {
		return nil, err
	}
	ids, err := r.native.run(ctx, nil, "rev-list", "--basic-regexp", "--grep=^"+marked, from+".."+to, "--")
	return &Range{from, to, strings.Fields(string(ids))}, err
}

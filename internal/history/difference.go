package history

import (
	"context"
	"errors"
	"slices"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// A Difference is what the commits since another one come to, taken together: what was changed and
// changed back is no change.
type Difference struct {
	From, To string // full ids
	Events   []trail.Event
}

// Difference compares HEAD with a revision, as gitrepo.Range knows it. About is as in a Question.
func (r *Reader) Difference(ctx context.Context, rev, about string) (*Difference, error) {
	between, err := r.Range(ctx, rev, plan.SignOffMark)
	if err != nil {
		return nil, err
	}
	h, signed, err := r.signOffCommits()
	if err != nil {
		return nil, err
	}
	r.h, r.signed = h, &signedCommits{h: h, commits: signed}
	subject := r.subject(about)
	r.h = h // which the files of both commits can be read from, whatever the subject needed
	deltas, err := h.Between(between.From, between.To, r.Prefix)
	r.fail(err)
	files := slices.DeleteFunc(r.versions(deltas), func(f plan.FileVersion) bool { return !within(subject.paths, f.Path) })
	commits := []*plan.Commit{{ID: between.To, Files: files}}
	r.readAhead(commits)
	for _, c := range signed {
		if slices.Contains(between.Marked, c.ID) {
			agreed := *c
			agreed.Files = nil
			commits = append(commits, &agreed)
		}
	}
	d := &Difference{From: between.From, To: between.To}
	var bugs error
	for _, c := range commits {
		events, bug := r.eventsAbout(c, subject, false)
		if r.err != nil {
			return nil, r.err
		}
		bugs = errors.Join(bugs, bug)
		d.Events = append(d.Events, events...)
	}
	return d, bugs
}

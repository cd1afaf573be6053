package history

import (
	"errors"
	"slices"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// approvals finds out who recorded what people's plans let a group see. It reads the
// commits of their plans only; sign-offs, which may be anywhere, once somebody else
// recorded an approval.
type approvals struct {
	*Reader
	roster *plan.Roster
	group  string

	signedIn *gitrepo.History // nil until it is asked for
	signOffs []*plan.Commit   // the newest first
}

// OthersEdits are, by whose plan it is, the last changes of what the plans of some people
// let a group see, where somebody else recorded them. Where nothing says who did, as
// outside of a repository, it isn't among them.
func OthersEdits(dir *logbook.Dir, roster *plan.Roster, group string, people []*plan.Person) (map[string]*plan.OthersEdit, error) {
	var paths []string
	for _, p := range people {
		paths = append(paths, plansOf(p)...)
	}
	if len(paths) == 0 {
		return nil, nil
	}
	r, err := Open(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	commits, err := r.historyOf(paths)
	if err == nil {
		err = r.readAhead(commits)
	}
	if err != nil {
		return nil, err
	}
	a := &approvals{Reader: r, roster: roster, group: group}
	edits := make(map[string]*plan.OthersEdit)
	for _, p := range people {
		edit, err := a.othersEdit(p, commits)
		if err != nil {
			return nil, err
		}
		if edit != nil {
			edits[p.ID] = edit
		}
	}
	return edits, nil
}

// plansOf are the paths that somebody's plan has, and had under their earlier ids.
func plansOf(p *plan.Person) []string {
	paths := []string{p.PlanDoc.Path}
	for _, id := range append([]logparse.Value[string]{{V: p.ID}}, p.Plan.Aliases...) {
		if name := logparse.PlanPath(id.V); !slices.Contains(paths, name) {
			paths = append(paths, name)
		}
	}
	return paths
}

// othersEdit is the last change of somebody's approvals, where another person recorded
// it; nil where they did themselves, or nothing says who did.
func (a *approvals) othersEdit(p *plan.Person, commits []*plan.Commit) (*plan.OthersEdit, error) {
	paths := plansOf(p)
	commits = slices.DeleteFunc(slices.Clone(commits), func(c *plan.Commit) bool {
		return !slices.ContainsFunc(c.Files, func(f plan.FileVersion) bool { return slices.Contains(paths, f.Path) })
	})
	if len(commits) == 0 {
		return nil, nil // the plan isn't in git yet
	}
	changed, edit, err := a.notCommitted(p)
	if err != nil || changed && edit == nil {
		return nil, err
	}
	var own *plan.Commit
	for _, c := range commits { // the newest first
		share, changed, err := a.changedIn(c, paths)
		if err != nil {
			return nil, err
		}
		if !changed {
			continue
		}
		by, author := a.recordedBy(c)
		// Where nobody can tell who it was, it may have been the person.
		if by == nil || by == p || slices.Contains(a.h.Ends, c.ID) {
			if edit != nil {
				own, edit.Own = c, share
			}
			break
		}
		if edit == nil {
			edit = &plan.OthersEdit{By: author, Commit: c}
		}
	}
	if edit == nil {
		return nil, nil
	}
	share, when, err := a.agreedTo(p)
	if err != nil || when == nil {
		return edit, err
	}
	if own != nil {
		// By what it stands on, since clocks differ, and two commits can be of one second.
		before, err := a.History(gitrepo.HistoryOptions{Paths: a.inRepository(paths), From: when.ID})
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(before.Records, func(r gitrepo.Record) bool { return r.Commit == own.ID }) {
			return edit, nil
		}
	}
	edit.Own = share
	return edit, nil
}

// recordedBy is who recorded a commit: its committer or, where nobody has that address,
// as when a forge recorded it, its author; nil where nobody can tell.
func (a *approvals) recordedBy(c *plan.Commit) (*plan.Person, plan.Author) {
	for _, author := range []plan.Author{c.Committer, c.Author} {
		switch found := a.roster.ByAuthor(author); len(found) {
		case 0:
		case 1:
			return found[0], author
		default:
			return nil, author
		}
	}
	return nil, c.Committer
}

// notCommitted says whether somebody's approvals were changed and not committed yet; edit
// is that change where another person is at work here.
func (a *approvals) notCommitted(p *plan.Person) (changed bool, edit *plan.OthersEdit, err error) {
	files, err := a.filesAt(a.h.Head, p.PlanDoc.Path)
	if err != nil {
		return false, nil, err
	}
	recorded, err := a.shareIn(p.PlanDoc.Path, files[p.PlanDoc.Path])
	if err != nil || plan.SameApprovals(recorded, p.Plan.Share, a.group) {
		return false, nil, err
	}
	id, err := a.Identity()
	if err != nil {
		return true, nil, nil // nobody is known to be at work
	}
	by := a.Author(id)
	if found := a.roster.ByAuthor(by); len(found) != 1 || found[0] == p {
		return true, nil, nil
	}
	return true, &plan.OthersEdit{By: by}, nil
}

// changedIn is what a commit made of somebody's approvals, and whether it changed them.
// What a merge took over from one of its parents, it didn't change.
func (a *approvals) changedIn(c *plan.Commit, paths []string) (after []logparse.Approval, changed bool, err error) {
	var before [][]logparse.Approval
	for _, f := range c.Files {
		if !slices.Contains(paths, f.Path) {
			continue
		}
		for _, id := range append([]string{f.Before}, f.Others...) {
			share, err := a.shareIn(f.Path, id)
			if err != nil {
				return nil, false, err
			}
			if id != "" {
				before = append(before, share)
			}
		}
		share, err := a.shareIn(f.Path, f.After)
		if err != nil {
			return nil, false, err
		}
		if f.After != "" {
			after = share
		}
	}
	if len(before) == 0 {
		before = append(before, nil)
	}
	same := func(b []logparse.Approval) bool { return plan.SameApprovals(b, after, a.group) }
	return after, !slices.ContainsFunc(before, same), nil
}

// shareIn is what one version of a plan lets others see.
func (a *approvals) shareIn(name, id string) ([]logparse.Approval, error) {
	doc, err := a.document(name, id)
	if err != nil || doc == nil || doc.Plan == nil {
		return nil, err
	}
	return doc.Plan.Share, nil
}

// agreedTo is what a plan lets others see in the text that the person agreed to last, and
// the commit that says so.
func (a *approvals) agreedTo(p *plan.Person) (share []logparse.Approval, when *plan.Commit, err error) {
	if a.signedIn == nil {
		if a.signedIn, a.signOffs, err = a.signOffCommits(); err != nil {
			return nil, nil, err
		}
	}
	withdrawn := a.roster.Withdrawn(a.signOffs)
	for _, c := range a.signOffs {
		s, ok := plan.ReadSignOff(c)
		if !ok || withdrawn[c.ID] || !slices.Contains(plansOf(p), s.Path) || a.roster.Resolve(s.Person) != p.ID || !a.roster.Own(s) {
			continue
		}
		if plain, err := a.signsPlainly(a.signedIn, s); err != nil || !plain {
			return nil, nil, err
		}
		share, err := a.shareIn(s.Path, s.Text)
		return share, c, err
	}
	return nil, nil, nil
}

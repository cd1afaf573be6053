package history

import (
	"errors"
	"slices"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// approvals finds out who recorded what people's plans let a group see.
type approvals struct {
	*Reader
	roster    *plan.Roster
	group     string
	present   map[string]string       // the ids of the files that HEAD has below people/, once somebody asks
	commits   []*plan.Commit          // those that change a plan, the newest first; once all is read, sign-offs too
	withdrawn func(plan.SignOff) bool // sign-offs that were taken back
}

// OthersEdits are, by whose plan it is, the last changes of what the plans of some people
// let a group see, where somebody else recorded them. Where nothing says who did, as
// outside of a repository, it isn't among them.
func OthersEdits(dir *logbook.Dir, roster *plan.Roster, group string, people []*plan.Person) (map[string]*plan.OthersEdit, error) {
	if len(people) == 0 {
		return nil, nil
	}
	r, err := Open(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	a := &approvals{Reader: r, roster: roster, group: group}
	// Sign-offs may be anywhere, so all commits are read where the plans' own tell of
	// somebody else.
	var edits map[string]*plan.OthersEdit
	for _, every := range []bool{false, true} {
		if err := a.readCommits(people, every); err != nil {
			return nil, err
		}
		edits = make(map[string]*plan.OthersEdit)
		for _, p := range people {
			if edit := a.othersEdit(p); edit != nil {
				edits[p.ID] = edit
			}
		}
		if a.err != nil {
			return nil, a.err
		}
		if len(edits) == 0 {
			break
		}
	}
	return edits, nil
}

func (a *approvals) readCommits(people []*plan.Person, every bool) error {
	var paths []string
	for _, p := range people {
		paths = append(paths, a.inRepository(plansOf(p)...)...)
	}
	h, commits, err := a.list(gitrepo.HistoryOptions{Paths: paths, Every: every})
	if err != nil {
		return err
	}
	a.h, a.withdrawn = h, a.roster.Withdrawn(commits)
	a.commits = slices.DeleteFunc(commits, func(c *plan.Commit) bool {
		_, signs := plan.ReadSignOff(c)
		return !signs && len(c.Files) == 0
	})
	a.readAhead(a.commits)
	return a.err
}

// plansOf are the paths that somebody's plan has, and had under their earlier ids.
func plansOf(p *plan.Person) []string {
	paths := []string{p.PlanDoc.Path}
	for _, id := range p.IDs() {
		paths = append(paths, logparse.PlanPath(id))
	}
	return paths
}

// othersEdit is the last change of somebody's approvals, where another person recorded
// it; nil where they did themselves, or nothing says who did.
func (a *approvals) othersEdit(p *plan.Person) *plan.OthersEdit {
	paths := plansOf(p)
	edit, maybeOwn := a.notCommitted(p, paths)
	if maybeOwn {
		return nil
	}
	for _, c := range a.commits {
		share, signed := a.signedIn(c, p, paths)
		changed := signed
		if !signed {
			share, changed = a.changedIn(c, paths)
		}
		if !changed || edit == nil && !plan.SameApprovals(share, p.Plan.Share, a.group) {
			continue // as where a merge discarded it
		}
		by, author := a.recordedBy(c)
		// Where nobody can tell who it was, it may have been the person.
		if signed || by == nil || by == p || slices.Contains(a.h.Ends, c.ID) {
			if edit != nil {
				edit.Own = share
			}
			break
		}
		if edit == nil {
			edit = &plan.OthersEdit{By: author, Commit: c}
		}
	}
	return edit
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

// notCommitted is a change of somebody's approvals that isn't committed yet, where another
// person is at work here. Before the plan is in git, and where nobody can tell who is at
// work, it may be the person's own.
func (a *approvals) notCommitted(p *plan.Person, paths []string) (edit *plan.OthersEdit, maybeOwn bool) {
	var name, text string
	if a.present == nil {
		a.present = a.filesAt(a.h.Head, logparse.PeopleFolder)
	}
	for _, name = range paths { // the present one first
		if text = a.present[name]; text != "" {
			break
		}
	}
	if text == "" {
		return nil, true
	}
	if plan.SameApprovals(a.shareIn(name, text), p.Plan.Share, a.group) {
		return nil, false
	}
	id, err := a.Identity()
	if err != nil {
		return nil, true // nobody is known to be at work
	}
	by := a.Author(id)
	if found := a.roster.ByAuthor(by); len(found) != 1 || found[0] == p {
		return nil, true
	}
	return &plan.OthersEdit{By: by}, false
}

// changedIn is what a commit made of somebody's approvals, and whether it changed them.
// What a merge took over from one of its parents, it didn't change.
func (a *approvals) changedIn(c *plan.Commit, paths []string) (after []logparse.Approval, changed bool) {
	files := slices.DeleteFunc(slices.Clone(c.Files), func(f plan.FileVersion) bool { return !slices.Contains(paths, f.Path) })
	for _, f := range files {
		if f.After != "" {
			after = a.shareIn(f.Path, f.After)
		}
	}
	for _, f := range files {
		for _, id := range append([]string{f.Before}, f.Others...) {
			if id != "" && plan.SameApprovals(a.shareIn(f.Path, id), after, a.group) {
				return nil, false
			}
			changed = true
		}
	}
	return after, changed
}

// signedIn is what a plan lets others see in the text that a commit has the person agree to.
func (a *approvals) signedIn(c *plan.Commit, p *plan.Person, paths []string) (share []logparse.Approval, signed bool) {
	for _, s := range plan.ReadSignOffs(c) {
		withdrawn := a.withdrawn(s)
		if a.roster.Weigh(&s); withdrawn || s.Doubt != "" || s.Person != p.ID || !slices.Contains(paths, s.Path) {
			continue
		}
		if !a.signs(a.h, s) {
			return nil, false
		}
		return a.shareIn(s.Path, s.Text), true
	}
	return nil, false
}

// shareIn is what one version of a plan lets others see.
func (a *approvals) shareIn(name, id string) []logparse.Approval {
	if a.err != nil {
		return nil
	}
	doc, err := a.document(name, id)
	if a.fail(err); doc == nil || doc.Plan == nil {
		return nil
	}
	return doc.Plan.Share
}

package history

import (
	"maps"
	"slices"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// leftOut says what merges left out of some paths, whose commits of all sides are given:
// the events by the merge's commit, and those commits that are to be told in its light. Of
// a shallow clone, or a logbook that moved, nobody can tell what was made of what.
func (r *Reader) leftOut(paths []string, commits []*plan.Commit, all bool) (map[string][]trail.Event, []*plan.Commit) {
	if len(r.h.Ends) > 0 || len(r.moves) > 0 {
		return nil, commits
	}
	now := make(map[string]string)
	for _, name := range paths {
		maps.Copy(now, r.filesAt(r.h.Head, name))
	}
	l := trail.NewLeftOut(commits, now, r.document, r.signersOf)
	events := make(map[string][]trail.Event)
	for _, c := range commits {
		if len(c.Parents) < 2 {
			continue
		}
		merge := *c
		if l.Any() { // what git says that the merge didn't change counts as well
			merge.Files = r.merged(c, paths)
		}
		var err error
		events[c.ID], err = l.Events(&merge)
		r.fail(err)
	}
	return events, slices.DeleteFunc(commits, func(c *plan.Commit) bool { return !all && l.Hides(c) })
}

// signersOf are the people who signed a version off.
func (r *Reader) signersOf(name, id string) (people []string) {
	for _, c := range r.signed.commits {
		for _, s := range plan.ReadSignOffs(c) {
			if s.Path == name && s.Text == id && !slices.Contains(people, s.Person) {
				people = append(people, s.Person)
			}
		}
	}
	return people
}

// merged are the files below some paths that a merge has otherwise than one of its
// parents at least.
func (r *Reader) merged(c *plan.Commit, paths []string) []plan.FileVersion {
	var files []plan.FileVersion
	had := make(map[string][]string) // by path, what each parent has
	for i, parent := range c.Parents {
		for _, name := range paths {
			deltas, err := r.h.Between(parent, c.ID, r.InRepository(name))
			r.fail(err)
			for _, f := range r.versions(deltas) {
				if had[f.Path] == nil {
					had[f.Path] = slices.Repeat([]string{f.After}, len(c.Parents))
					files = append(files, plan.FileVersion{Path: f.Path, After: f.After})
				}
				had[f.Path][i] = f.Before
			}
		}
	}
	for i, f := range files {
		files[i].Before, files[i].Others = had[f.Path][0], had[f.Path][1:]
	}
	return files
}

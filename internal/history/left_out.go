package history

import (
	"maps"
	"slices"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// leftOut says what merges left out of some paths, whose commits of all sides are given:
// the events by the merge's commit, and those commits that are to be told in its light. Of
// a shallow clone nobody can tell what was made of what.
func (r *Reader) leftOut(paths []string, commits []*plan.Commit, all bool) (map[string][]trail.Event, []*plan.Commit, error) {
	if len(r.h.Ends) > 0 {
		return nil, commits, nil
	}
	now := make(map[string]string)
	for _, name := range paths {
		files, err := r.filesAt(r.h.Head, name)
		if err != nil {
			return nil, nil, err
		}
		maps.Copy(now, files)
	}
	l := trail.NewLeftOut(commits, now, r.document, r.signersOf)
	merges := commits
	var err error
	if l.Any() { // those of which git says that they changed nothing count as well
		if merges, err = r.everyMerge(paths); err != nil {
			return nil, nil, err
		}
	}
	events := make(map[string][]trail.Event)
	var losing []*plan.Commit
	for _, c := range merges {
		if len(c.Parents) < 2 || len(c.Files) == 0 {
			continue
		}
		if events[c.ID], err = l.Events(c); err != nil {
			return nil, nil, err
		}
		if len(events[c.ID]) > 0 {
			merge := *c
			merge.Files = nil // what it made is told where git lists it
			losing = append(losing, &merge)
		}
	}
	commits = slices.DeleteFunc(commits, func(c *plan.Commit) bool { return !all && l.Hides(c) })
	return events, byDay(commits, losing), nil
}

// signersOf are the people who signed a version off.
func (r *Reader) signersOf(name, id string) (people []string) {
	for _, c := range r.signed.commits {
		if s, ok := plan.ReadSignOff(c); ok && s.Path == name && s.Text == id && !slices.Contains(people, s.Person) {
			people = append(people, s.Person)
		}
	}
	return people
}

// everyMerge are the merges that have something below some paths otherwise than one of
// their parents.
func (r *Reader) everyMerge(paths []string) ([]*plan.Commit, error) {
	h, err := r.History(gitrepo.HistoryOptions{Every: true})
	if err != nil {
		return nil, err
	}
	h.Records = slices.DeleteFunc(h.Records, func(c gitrepo.Record) bool { return len(c.Parents) < 2 })
	merges, err := r.commits(h)
	for _, c := range merges {
		if err == nil {
			c.Files, err = r.merged(c, paths)
		}
	}
	return merges, err
}

// merged are the files below some paths that a merge has otherwise than one of its
// parents at least.
func (r *Reader) merged(c *plan.Commit, paths []string) ([]plan.FileVersion, error) {
	var files []plan.FileVersion
	had := make([]map[string]string, len(c.Parents)) // by parent and path, where it differs
	for i, parent := range c.Parents {
		had[i] = make(map[string]string)
		for _, name := range paths {
			deltas, err := r.h.Between(parent, c.ID, r.InRepository(name))
			if err != nil {
				return nil, err
			}
			for _, f := range r.versions(deltas) {
				had[i][f.Path] = f.Before
				if !slices.ContainsFunc(files, func(o plan.FileVersion) bool { return o.Path == f.Path }) {
					files = append(files, plan.FileVersion{Path: f.Path, After: f.After})
				}
			}
		}
	}
	for i, f := range files {
		for p := range c.Parents {
			was, differs := had[p][f.Path]
			if !differs {
				was = f.After
			}
			if p == 0 {
				files[i].Before = was
			} else {
				files[i].Others = append(files[i].Others, was)
			}
		}
	}
	return files, nil
}

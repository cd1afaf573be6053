package history

import (
	"slices"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// leftOut reads what merges left out of some paths: the events by the merge's commit, and
// the commits that tell of it, each with just those files, the newest first. Of a shallow
// clone nobody can tell what was made of what.
func (r *Reader) leftOut(paths []string) (events map[string][]trail.Event, commits []*plan.Commit, err error) {
	if len(r.h.Ends) > 0 || r.h.Head == "" {
		return nil, nil, nil
	}
	h, err := r.History(gitrepo.HistoryOptions{Paths: r.inRepository(paths), AllSides: true})
	if err != nil {
		return nil, nil, err
	}
	sides, err := r.commits(h)
	if err != nil {
		return nil, nil, err
	}
	now := make(map[string]string)
	for _, name := range paths {
		files, err := r.filesAt(h.Head, name)
		if err != nil {
			return nil, nil, err
		}
		for name, id := range files {
			now[name] = id
		}
	}
	l := trail.NewLeftOut(sides, now, r.document, r.signersOf)
	merges := sides
	if l.Any() { // those that git says changed nothing as well
		if merges, err = r.everyMerge(); err != nil {
			return nil, nil, err
		}
	}
	events = make(map[string][]trail.Event)
	for _, c := range merges {
		if len(c.Parents) < 2 {
			continue
		}
		if l.Any() {
			if c.Files, err = r.merged(c, paths); err != nil {
				return nil, nil, err
			}
		}
		for _, f := range c.Files {
			found, err := l.Events(c, f.Path, f.After, append([]string{f.Before}, f.Others...))
			if err != nil {
				return nil, nil, err
			}
			events[c.ID] = append(events[c.ID], found...)
		}
		if len(events[c.ID]) > 0 {
			merge := *c
			merge.Files = nil // what it made is told of the others
			commits = append(commits, &merge)
		}
	}
	for _, c := range sides {
		if files := l.Told(c); len(files) > 0 && len(c.Parents) < 2 {
			part := *c
			part.Files = files
			commits = append(commits, &part)
		}
	}
	slices.SortStableFunc(commits, func(x, y *plan.Commit) int { return y.Recorded.Compare(x.Recorded) })
	return events, commits, nil
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

func (r *Reader) everyMerge() ([]*plan.Commit, error) {
	h, err := r.History(gitrepo.HistoryOptions{Every: true})
	if err != nil {
		return nil, err
	}
	h.Records = slices.DeleteFunc(h.Records, func(c gitrepo.Record) bool { return len(c.Parents) < 2 })
	return r.commits(h)
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

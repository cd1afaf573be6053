package history

import (
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

func within(paths []string, name string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return p == "." || name == p || strings.HasPrefix(name, p+"/") })
}

// follow reads the commits of a subject's paths; where its files came from another
// place, or went to one, the commits of that too.
func (r *Reader) follow(about *subject) (commits []*plan.Commit, err error) {
	const most = 10 // names that somebody has had
	for range most {
		if commits, err = r.historyOf(about.paths); err != nil {
			return nil, err
		}
		more, err := r.otherNames(commits, about.paths)
		if err != nil || len(more) == 0 {
			return commits, err
		}
		about.paths = append(about.paths, more...)
	}
	return commits, nil
}

// otherNames are the paths from which a subject's files came in the commit that
// made them first, or to which they went in the one that took the last away.
func (r *Reader) otherNames(commits []*plan.Commit, paths []string) (more []string, err error) {
	for _, name := range paths {
		first, last := ends(commits, name)
		for _, c := range []*plan.Commit{first, last} {
			if c == nil {
				continue
			}
			names, err := r.renamedIn(c, name)
			if err != nil {
				return nil, err
			}
			more = append(more, names...)
		}
	}
	slices.Sort(more)
	return slices.DeleteFunc(slices.Compact(more), func(n string) bool { return within(paths, n) }), nil
}

// ends are the oldest commit that adds something below a path and the newest that
// takes something away; nil where there is none.
func ends(commits []*plan.Commit, name string) (first, last *plan.Commit) {
	for _, c := range commits { // the newest first
		for _, f := range c.Files {
			switch {
			case !within([]string{name}, f.Path):
			case f.Before == "":
				first = c
			case f.After == "" && last == nil:
				last = c
			}
		}
	}
	return first, last
}

// renamedIn are the other paths of what a commit renamed below a path: of a
// person's folder the folder, of a file the file.
func (r *Reader) renamedIn(c *plan.Commit, name string) (names []string, err error) {
	files, err := r.changed(c.ID, logparse.PeopleFolder)
	if err != nil {
		return nil, err
	}
	renamed, err := trail.Renames(&plan.Commit{ID: c.ID, Files: files}, r.document)
	if err != nil {
		return nil, err
	}
	for to, from := range renamed {
		a, b := to, from.Path
		if !strings.HasSuffix(name, ".md") {
			a, b = path.Dir(a), path.Dir(b)
		}
		switch {
		case a == b:
		case within([]string{name}, a):
			names = append(names, b)
		case within([]string{name}, b):
			names = append(names, a)
		}
	}
	return names, nil
}

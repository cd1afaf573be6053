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
func (r *Reader) follow(about *subject) (commits []*plan.Commit) {
	const most = 10 // names that somebody has had
	for range most {
		commits = r.historyOf(about.paths)
		more := r.otherNames(commits, about.paths)
		if len(more) == 0 {
			break
		}
		about.paths = append(about.paths, more...)
	}
	return commits
}

// otherNames are the paths from which a subject's files came in the commit that
// made them first, or to which they went in the one that took the last away.
func (r *Reader) otherNames(commits []*plan.Commit, paths []string) (more []string) {
	for _, name := range paths {
		first, last := ends(commits, name)
		for _, c := range []*plan.Commit{first, last} {
			if c != nil {
				more = append(more, r.renamedIn(c, name)...)
			}
		}
	}
	slices.Sort(more)
	return slices.DeleteFunc(slices.Compact(more), func(n string) bool { return within(paths, n) })
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
func (r *Reader) renamedIn(c *plan.Commit, name string) (names []string) {
	renamed, err := trail.Renames(&plan.Commit{ID: c.ID, Files: r.changed(c.ID, logparse.PeopleFolder)}, r.document)
	r.fail(err)
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
	return names
}

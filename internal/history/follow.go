package history

import (
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
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
	for range most + mostFolders {
		if commits, err = r.historyOf(about.paths, true); err != nil {
			return nil, err
		}
		moved, err := r.followFolder(commits, about.paths)
		if err != nil {
			return nil, err
		}
		if moved {
			continue
		}
		more, err := r.otherNames(commits, about.paths)
		if err != nil || len(more) == 0 {
			return commits, err
		}
		about.paths = append(about.paths, more...)
	}
	return commits, nil
}

// followFolder looks for the newest commit that moved the logbook from another folder of
// its repository and isn't known yet: then there is more to be read. Such a commit adds
// what there was of a person, with the settings.
func (r *Reader) followFolder(commits []*plan.Commit, paths []string) (moved bool, err error) {
	prefix, start := r.Prefix, 0
	if n := len(r.moves); n > 0 {
		last := r.moves[n-1]
		prefix, start = last.From, 1+slices.IndexFunc(commits, func(c *plan.Commit) bool { return c.ID == last.Commit })
	}
	for i, c := range commits[start:] {
		added := 0
		for _, f := range c.Files {
			if f.Before == "" {
				added++
			}
		}
		if added == 0 || added == 1 && len(commits) > start+i+1 && !strings.HasSuffix(paths[0], ".md") || len(r.moves) >= mostFolders {
			continue
		}
		settings, err := r.h.Changed(c.ID, path.Join(prefix, logbook.SettingsName))
		if err != nil {
			return false, err
		}
		move, err := r.cameFrom(prefix, gitrepo.Record{Commit: c.ID, Parents: c.Parents, Committed: c.Recorded, Files: settings})
		if err != nil {
			return false, err
		}
		if move.Commit != "" {
			r.moves = append(r.moves, move)
			if move.From != r.Prefix && !slices.Contains(r.earlier, move.From) {
				r.earlier = append(r.earlier, move.From)
			}
			return true, nil
		}
	}
	return false, nil
}

// otherNames are the paths from which a subject's files came in the commit that
// made them first, or to which they went in the one that took the last away.
func (r *Reader) otherNames(commits []*plan.Commit, paths []string) ([]string, error) {
	var more []string
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
			for _, n := range names {
				if !within(paths, n) && !slices.Contains(more, n) {
					more = append(more, n)
				}
			}
		}
	}
	return more, nil
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
func (r *Reader) renamedIn(c *plan.Commit, name string) ([]string, error) {
	files, err := r.changed(c.ID, logparse.PeopleFolder)
	if err != nil {
		return nil, err
	}
	renamed, err := trail.Renames(&plan.Commit{ID: c.ID, Files: files}, r.document)
	if err != nil {
		return nil, err
	}
	var names []string
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
	slices.Sort(names)
	return slices.Compact(names), nil
}

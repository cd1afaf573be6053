package cmd

import (
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// foldersOf are the folders that a person has had: by the plan's aliases. There are
// none where no commit knows the person.
func (p *past) foldersOf(id string) ([]string, error) {
	paths := []string{path.Join("people", id)}
	h, err := p.historyOf(paths)
	if err != nil || len(h.Records) == 0 {
		return nil, err
	}
	doc, err := p.planOf(id)
	if err != nil || doc == nil {
		return paths, err
	}
	for _, alias := range doc.Plan.Aliases {
		paths = append(paths, path.Join("people", alias.V))
	}
	return paths, nil
}

func within(paths []string, name string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return p == "." || name == p || strings.HasPrefix(name, p+"/") })
}

// follow reads the commits of a subject's paths; where its files came from another
// place, or went to one, the commits of that too.
func (p *past) follow(about *subject) ([]*plan.Commit, error) {
	const most = 10 // names that somebody has had
	for range most {
		h, err := p.historyOf(about.paths)
		if err != nil {
			return nil, err
		}
		commits, err := p.commits(h)
		if err != nil {
			return nil, err
		}
		more, err := p.otherNames(commits, about.paths)
		if err != nil || len(more) == 0 {
			return commits, err
		}
		about.paths = append(about.paths, more...)
	}
	return p.commits(p.h)
}

// otherNames are the paths from which a subject's files came in the commit that
// made them first, or to which they went in the one that took the last away.
func (p *past) otherNames(commits []*plan.Commit, paths []string) ([]string, error) {
	var more []string
	for _, name := range paths {
		first, last := ends(commits, name)
		for _, c := range []*plan.Commit{first, last} {
			if c == nil {
				continue
			}
			names, err := p.renamedIn(c, name)
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
func (p *past) renamedIn(c *plan.Commit, name string) ([]string, error) {
	deltas, err := p.h.Changed(c.ID, p.inRepository("people"))
	if err != nil {
		return nil, err
	}
	all := &plan.Commit{ID: c.ID}
	for _, d := range deltas {
		all.Files = append(all.Files, plan.FileVersion{Path: p.inLogbook(d.Path), Before: d.Before, After: d.After})
	}
	renamed, err := trail.Renames(all, p.document)
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

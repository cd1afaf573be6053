package trail

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

// lostIn lists what a merge has taken back: files of which it keeps an older version than
// one of its sides had, or none. git tells of no change there, since the other side is
// what it kept.
func (a *Audit) lostIn(c *plan.Commit) (lost []plan.FileVersion) {
	if len(c.Parents) < 2 {
		return nil
	}
	if a.newer == nil {
		a.newer = newerVersions(a.Commits)
	}
	for _, parent := range c.Parents {
		if a.byID[parent] == nil {
			continue // a shallow clone hasn't got it
		}
		files, err := a.Between(parent, c.ID, "people")
		a.fail(err)
		for _, f := range files {
			own := slices.ContainsFunc(c.Files, func(o plan.FileVersion) bool { return o.Path == f.Path })
			if !own && f.Before != "" && a.newer.reaches(f.Path, f.After, f.Before) && !a.newer.reaches(f.Path, f.Before, f.After) {
				lost = append(lost, f)
			}
		}
	}
	return lost
}

// versions are, by path, what commits made of each version of a file; "" is no file.
type versions map[string]map[string][]string

func newerVersions(commits []*plan.Commit) versions {
	v := make(versions)
	for _, c := range commits {
		for _, f := range c.Files {
			for _, before := range append([]string{f.Before}, f.Others...) {
				v.add(f.Path, before, f.After)
			}
		}
	}
	return v
}

func (v versions) add(path, from, to string) {
	if v[path] == nil {
		v[path] = make(map[string][]string)
	}
	v[path][from] = append(v[path][from], to)
}

// from are a version and those that its edges lead to, the nearest first.
func (v versions) from(path, id string) []string {
	all := []string{id}
	seen := map[string]bool{id: true}
	for i := 0; i < len(all); i++ {
		for _, next := range v[path][all[i]] {
			if !seen[next] {
				seen[next] = true
				all = append(all, next)
			}
		}
	}
	return all
}

// reaches says whether commits lead from one version to another.
func (v versions) reaches(path, from, to string) bool {
	return slices.Contains(v.from(path, from)[1:], to)
}

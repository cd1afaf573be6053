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
		files, err := a.Between(parent, c.ID, ".")
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
			if v[f.Path] == nil {
				v[f.Path] = make(map[string][]string)
			}
			v[f.Path][f.Before] = append(v[f.Path][f.Before], f.After)
		}
	}
	return v
}

// reaches says whether commits lead from one version to another.
func (v versions) reaches(path, from, to string) bool {
	seen := map[string]bool{from: true}
	for next := []string{from}; len(next) > 0; {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		for _, after := range v[path][at] {
			if after == to {
				return true
			}
			if !seen[after] {
				seen[after] = true
				next = append(next, after)
			}
		}
	}
	return false
}

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
	if a.became == nil {
		a.became = make(edges[fileVersion])
		for _, c := range a.Commits {
			for _, f := range c.Files {
				a.became.link(fileVersion{f.Path, f.Before}, fileVersion{f.Path, f.After})
			}
		}
	}
	for _, parent := range c.Parents {
		if a.commit(parent) == nil {
			continue // a shallow clone hasn't got it
		}
		for _, f := range a.Between(parent, c.ID, ".") {
			own := slices.ContainsFunc(c.Files, func(o plan.FileVersion) bool { return o.Path == f.Path })
			theirs, kept := fileVersion{f.Path, f.Before}, fileVersion{f.Path, f.After}
			if !own && f.Before != "" && a.became.lead(kept, theirs) && !a.became.lead(theirs, kept) {
				lost = append(lost, f)
			}
		}
	}
	return lost
}

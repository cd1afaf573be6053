package trail

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Forgetting is a person whose files a commit removed at their request.
type Forgetting struct {
	IDs    []string
	Commit *plan.Commit
}

// findForgotten finds the commits that forget somebody: none of the person's files is
// there any more, neither in that commit nor now.
func (a *Audit) findForgotten() {
	for _, c := range a.Commits {
		ids := c.Forgotten()
		if len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool { return a.hasFiles(c.ID, id) }) {
			continue
		}
		a.Forgotten = append(a.Forgotten, Forgetting{ids, c})
	}
}

func (a *Audit) hasFiles(commit, id string) bool {
	for name := range a.Head {
		if personOf(name) == id {
			return true
		}
	}
	return len(a.FilesAt(commit, logparse.PersonFolder(id))) > 0
}

// forgot says whether somebody was forgotten. What they agreed to, and what became of
// their files before, isn't asked any more.
func (a *Audit) forgot(id string) bool {
	return slices.ContainsFunc(a.Forgotten, func(f Forgetting) bool { return slices.Contains(f.IDs, id) })
}

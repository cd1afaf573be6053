package plan

import (
	"path"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Withdrawal takes back what somebody agreed to.
type Withdrawal struct {
	SignOff string // the id of its commit
	Path    string // of the file that it was about
}

// ReadWithdrawals are those in a commit's message.
func ReadWithdrawals(c *Commit) (found []Withdrawal) {
	for _, block := range signOffBlocks(c) {
		if w := (Withdrawal{block.only(SignOffWithdrawn), block.only(SignOffPath)}); w.SignOff != "" && w.Path != "" {
			found = append(found, w)
		}
	}
	return found
}

// AgreedPaths are the files that a commit's sign-offs and withdrawals are about.
func AgreedPaths(c *Commit) (paths []string) {
	for _, s := range ReadSignOffs(c) {
		paths = append(paths, s.Path)
	}
	for _, w := range ReadWithdrawals(c) {
		paths = append(paths, w.Path)
	}
	return paths
}

// A withdrawnWord is somebody's on a file.
type withdrawnWord struct{ person, path string }

// wordOn is somebody's word on a file: in the folder that a person has now.
func (r *Roster) wordOn(person, name string) withdrawnWord {
	folder, base := path.Split(name)
	if path.Dir(path.Clean(folder)) == logparse.PeopleFolder {
		name = path.Join(logparse.PersonFolder(r.Resolve(path.Base(folder))), base)
	}
	return withdrawnWord{r.Resolve(person), name}
}

// Withdrawn says of commits, the newest first, which of their sign-offs were taken back since by
// whom they name: that takes back every earlier one of theirs on the file. It isn't known by
// the commit alone, which a rebase makes another one. Where a squash put both into one
// commit, nothing says which came last, and the sign-off doesn't count.
func (r *Roster) Withdrawn(commits []*Commit) func(SignOff) bool {
	signed := make(map[string][]SignOff, len(commits)) // by their commit
	for _, c := range commits {
		signed[c.ID] = ReadSignOffs(c)
	}
	since := make(map[withdrawnWord]*Commit) // the newest withdrawal
	age := make(map[string]int, len(commits))
	for i, c := range commits {
		age[c.ID] = i + 1
		for _, w := range ReadWithdrawals(c) {
			for _, word := range r.takenBack(r.WordOf(c), w, signed[w.SignOff]) {
				if since[word] == nil {
					since[word] = c
				}
			}
		}
	}
	return func(s SignOff) bool {
		newest := since[r.wordOn(s.Person, s.Path)]
		switch {
		case newest == nil || s.Commit == nil:
			return false
		case age[s.Commit.ID] == 0: // it is no sign-off's
			return !s.Commit.Recorded.After(newest.Recorded)
		}
		return age[s.Commit.ID] >= age[newest.ID]
	}
}

// takenBack is what somebody takes back, where the named commit has these sign-offs: on the
// file as it is called now, and as it was when they signed it off.
func (r *Roster) takenBack(by *Person, w Withdrawal, signed []SignOff) []withdrawnWord {
	if by == nil {
		return nil
	}
	own := slices.DeleteFunc(slices.Clone(signed), func(s SignOff) bool { return r.Resolve(s.Person) != by.ID })
	words := []withdrawnWord{r.wordOn(by.ID, w.Path)}
	switch {
	case len(own) == 0 && len(signed) > 0:
		return nil
	case len(own) == 1:
		words = append(words, r.wordOn(by.ID, own[0].Path))
	}
	return words
}

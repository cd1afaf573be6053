package history

import (
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// mostFolders bounds how often a logbook is followed to where it was before.
const mostFolders = 10

// readEverything lists all commits, with the files of the logbook in whatever folder of the
// repository it was.
func (r *Reader) readEverything() (moves []trail.LogbookMove, err error) {
	prefix := r.Prefix
	for range mostFolders {
		if r.h, err = r.History(gitrepo.HistoryOptions{Paths: append([]string{r.Prefix}, r.earlier...), Every: true}); err != nil {
			return nil, err
		}
		move, err := r.cameFrom(prefix)
		if err != nil || move.Commit == "" || move.From == r.Prefix || slices.Contains(r.earlier, move.From) {
			return moves, err
		}
		prefix = move.From
		r.earlier = append(r.earlier, prefix)
		moves = append(moves, move)
	}
	return moves, nil
}

// cameFrom finds the commit that made a folder the logbook's, where its settings were in
// another folder before, and aren't there any more.
func (r *Reader) cameFrom(prefix string) (move trail.LogbookMove, err error) {
	name := path.Join(prefix, logbook.SettingsName)
	for _, record := range r.h.Records { // the oldest that adds them is the last
		for _, f := range record.Files {
			if f.Path == name && f.Before == "" {
				move.Commit, move.Into = record.Commit, prefix
				move.Day = record.Committed
			}
		}
	}
	i := slices.IndexFunc(r.h.Records, func(record gitrepo.Record) bool { return record.Commit == move.Commit })
	if i < 0 || len(r.h.Records[i].Parents) == 0 || slices.Contains(r.h.Ends, move.Commit) {
		return trail.LogbookMove{}, nil
	}
	if move.From, err = r.folderBefore(move.Commit, r.h.Records[i].Parents[0], prefix); move.From == "" {
		return trail.LogbookMove{}, err
	}
	return move, nil
}

// folderBefore is where the logbook was before a commit made a folder its own; "" where
// that is new, or can't be told.
func (r *Reader) folderBefore(commit, parent, prefix string) (string, error) {
	name := path.Join(prefix, logbook.SettingsName)
	now, err := r.h.FilesAt(commit, name)
	if err != nil {
		return "", err
	}
	before, err := r.h.FilesAt(parent, ".")
	if err != nil || before[name] != "" || now[name] == "" {
		return "", err
	}
	var same, gone []string
	for other, id := range before {
		if path.Base(other) != logbook.SettingsName || other == name {
			continue
		}
		still, err := r.h.FilesAt(r.h.Head, other)
		switch {
		case err != nil:
			return "", err
		case still[other] != "":
		case id == now[name]:
			same = append(same, other)
		default:
			gone = append(gone, other)
		}
	}
	if len(same) == 0 {
		same = gone // they were edited as well
	}
	if len(same) != 1 {
		return "", nil
	}
	return path.Dir(same[0]), nil
}

// followFolder finds out whether the oldest of some commits moved the logbook to where it
// is, or was since: then there are older ones to be read.
func (r *Reader) followFolder(commits []*plan.Commit) (moved bool, err error) {
	if len(commits) == 0 || len(r.earlier) >= mostFolders {
		return false, nil
	}
	c := commits[len(commits)-1]
	if len(c.Parents) == 0 || slices.Contains(r.h.Ends, c.ID) {
		return false, nil
	}
	prefix := r.Prefix
	if n := len(r.earlier); n > 0 {
		prefix = r.earlier[n-1]
	}
	from, err := r.folderBefore(c.ID, c.Parents[0], prefix)
	if err != nil || from == "" || from == r.Prefix || slices.Contains(r.earlier, from) {
		return false, err
	}
	r.earlier = append(r.earlier, from)
	r.moves = append(r.moves, trail.LogbookMove{From: from, Into: prefix, Commit: c.ID, Day: c.Recorded})
	return true, nil
}

// joined puts the two halves of a move together: what is in the new folder was in the old
// one before.
func (r *Reader) joined(commits []*plan.Commit, moves []trail.LogbookMove) error {
	for _, move := range moves {
		at := slices.IndexFunc(commits, func(c *plan.Commit) bool { return c.ID == move.Commit })
		if at < 0 {
			continue
		}
		c := commits[at]
		was, err := r.h.FilesAt(c.Parents[0], move.From)
		if err != nil {
			return err
		}
		for i := range c.Files {
			if f := &c.Files[i]; f.Before == "" {
				f.Before = was[path.Join(move.From, f.Path)]
			}
		}
		c.Files = slices.DeleteFunc(c.Files, func(f plan.FileVersion) bool { return f.Before == f.After })
	}
	return nil
}

// withoutLeft leaves out that files were taken away from a folder in which the logbook
// isn't any more: they are where it went.
func (r *Repo) withoutLeft(records []gitrepo.Record, moves []trail.LogbookMove) {
	for _, move := range moves {
		at := slices.IndexFunc(records, func(record gitrepo.Record) bool { return record.Commit == move.Commit })
		for i := range max(at+1, 0) {
			records[i].Files = slices.DeleteFunc(slices.Clone(records[i].Files), func(f gitrepo.Delta) bool {
				return f.After == "" && r.folderOf(f.Path) == move.From
			})
		}
	}
}

// folderOf is the folder of the logbook, now or earlier, that a path is in.
func (r *Repo) folderOf(name string) string {
	folders := append([]string{r.Prefix}, r.earlier...)
	slices.SortFunc(folders, func(x, y string) int { return len(y) - len(x) })
	for _, folder := range folders {
		if folder != "." && strings.HasPrefix(name, folder+"/") {
			return folder
		}
	}
	if slices.Contains(folders, ".") {
		return "."
	}
	return r.Prefix
}

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

// readMoving lists commits with what they changed below some paths, in whatever folder of
// the repository the logbook was, and what moved it. The settings are to be among the paths.
func (r *Reader) readMoving(o gitrepo.HistoryOptions, paths ...string) (moves []trail.LogbookMove) {
	read := func() {
		o.Paths = r.inRepository(paths...)
		h, err := r.History(o)
		if r.fail(err); err == nil {
			r.h = h
		}
	}
	read()
	for at, prefix := 0, r.Prefix; r.err == nil && at < len(r.h.Records) && len(moves) < mostFolders; at++ {
		move := r.cameFrom(prefix, r.h.Records[at])
		if move.Commit == "" {
			continue
		}
		prefix, moves = move.From, append(moves, move)
		if slices.Contains(r.folders(), prefix) {
			continue
		}
		r.earlier = append(r.earlier, prefix)
		read()
		at = slices.IndexFunc(r.h.Records, func(record gitrepo.Record) bool { return record.Commit == move.Commit })
	}
	r.withoutLeft(r.h.Records, moves)
	return moves
}

// cameFrom says whether a commit made a folder the logbook's, where its settings were in
// another folder before, and aren't there any more.
func (r *Reader) cameFrom(prefix string, record gitrepo.Record) (move trail.LogbookMove) {
	name := path.Join(prefix, logbook.SettingsName)
	added := slices.IndexFunc(record.Files, func(f gitrepo.Delta) bool { return f.Path == name && f.Before == "" })
	if added < 0 || len(record.Parents) == 0 || slices.Contains(r.h.Ends, record.Commit) {
		return move
	}
	before, err := r.h.FilesAt(record.Parents[0], ".")
	r.fail(err)
	var same, gone []string
	for other, id := range before {
		if path.Base(other) != logbook.SettingsName || other == name {
			continue
		}
		still, err := r.h.FilesAt(r.h.Head, other)
		r.fail(err)
		switch {
		case still[other] != "" && path.Dir(other) != r.Prefix:
		case id == record.Files[added].After:
			same = append(same, other)
		default:
			gone = append(gone, other)
		}
	}
	if len(same) == 0 {
		same = gone // they were edited as well
	}
	if len(same) != 1 {
		return move
	}
	return trail.LogbookMove{From: path.Dir(same[0]), Into: prefix, Commit: record.Commit, Day: record.Committed}
}

// joined puts the two halves of a move together: what is in the new folder was in the old
// one before.
func (r *Reader) joined(commits []*plan.Commit, moves []trail.LogbookMove) {
	for _, move := range moves {
		at := slices.IndexFunc(commits, func(c *plan.Commit) bool { return c.ID == move.Commit })
		if at < 0 {
			continue
		}
		c := commits[at]
		was, err := r.h.FilesAt(c.Parents[0], move.From)
		r.fail(err)
		for i := range c.Files {
			if f := &c.Files[i]; f.Before == "" {
				f.Before = was[path.Join(move.From, f.Path)]
			}
		}
		c.Files = slices.DeleteFunc(c.Files, func(f plan.FileVersion) bool { return f.Before == f.After })
	}
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
	folders := r.folders()
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

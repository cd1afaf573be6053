package lsp

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// rosterFiles are the stamps of what a roster is made of: the settings, the plans, the
// metrics, and which folders there are.
func (w *workspace) rosterFiles() []logbook.Stamp {
	var stamps []logbook.Stamp
	add := func(name string) {
		if s, err := w.dir.Stamp(name); err == nil {
			stamps = append(stamps, s)
		}
	}
	add(logbook.SettingsName)
	metrics, _ := w.dir.FilesIn(logparse.MetricsFolder)
	for _, name := range metrics {
		add(name)
	}
	folders, _ := w.dir.FilesIn(logparse.PeopleFolder)
	for _, folder := range folders {
		add(folder)
		add(path.Join(folder, "plan.md"))
	}
	return stamps
}

// same says whether files are certainly as they were: what was written in the seconds
// before may have been written again.
func (w *workspace) same(before, now []logbook.Stamp) bool {
	moment := time.Now()
	return slices.Equal(before, now) && !slices.ContainsFunc(now, func(s logbook.Stamp) bool { return s.TooFresh(moment) })
}

// signOffs are those that the commits hold, until there are other commits.
type signOffs struct {
	read  *history.SignOffs // nil before git was asked, and where that failed
	asked bool
	heads string // what git's files said of its branches
	added int

	coming chan signOffs // while git is asked, those that it will have
	late   bool          // something was found without them
}

// maxAdded is how often people's words are taken from what was read: it keeps texts of the
// past, which would grow.
const maxAdded = 200

// sign takes what is known of people's agreement into a book. A long history takes git a while
// to list: nobody's key strokes wait for it for longer than they are said to, and then it is
// false.
func (w *workspace) sign(b *plan.Logbook, wait time.Duration) (whole bool) {
	heads := w.heads()
	if w.signs.coming == nil && (!w.signs.asked || w.signs.added > maxAdded || heads != w.signs.heads) {
		w.signs.coming = make(chan signOffs, 1)
		go w.askGit(w.signs.coming, heads)
	}
	if w.signs.coming != nil {
		select {
		case found := <-w.signs.coming:
			w.take(found)
		case <-time.After(wait):
			w.signs.late = true
		}
	}
	if w.signs.read != nil {
		w.signs.added++
		w.signs.read.Add(b)
	}
	return !w.signs.late
}

func (w *workspace) askGit(coming chan<- signOffs, heads string) {
	var bug error
	found := signOffs{asked: true, heads: heads}
	func() {
		defer fault.Catch("", &bug)
		found.read = history.ReadSignOffs(w.dir)
	}()
	coming <- found
	w.later(func() { // in turn with all else
		if w.signs.late {
			w.take(<-w.signs.coming)
		}
	})
}

// take has what was found without sign-offs be found again.
func (w *workspace) take(found signOffs) {
	if w.signs.late {
		w.state++
	}
	w.signs = found
}

// heads say in which state git's branches are, as far as files tell.
func (w *workspace) heads() (heads string) {
	if w.gitDir == "" {
		repo, err := history.Find(w.dir)
		if err != nil {
			return ""
		}
		w.gitDir = repo.GitDir()
	}
	for _, name := range []string{"HEAD", "logs/HEAD", "packed-refs", "ORIG_HEAD"} {
		if info, err := os.Lstat(filepath.Join(w.gitDir, filepath.FromSlash(name))); err == nil {
			heads += fmt.Sprintln(name, info.Size(), info.ModTime().UnixNano())
		}
	}
	return heads
}

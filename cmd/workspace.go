package cmd

import (
	"fmt"
	"slices"
	"sync"

	"github.com/coachlog/coachlog/internal/factcache"
	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A workspace is an open logbook before anybody's logs are read: who there is, and
// where their files are.
type workspace struct {
	*plan.Belongings
	dir    *logbook.Dir
	today  logparse.Date
	shared *logbook.Contents // settings, metrics, the front matter of plans

	cache      func() *factcache.Cache // opened once somebody asks
	sharedHash func() []byte

	draft *logparse.Document // read in place of the file that it is the new text of
}

// openRoster reads who there is.
func (a *app) openRoster() (*workspace, error) {
	dir, err := a.find()
	if err != nil {
		return nil, err
	}
	return a.readRoster(dir)
}

// readRoster is openRoster of an open logbook.
func (a *app) readRoster(dir *logbook.Dir) (*workspace, error) {
	shared, err := dir.ReadRoster()
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", logbook.SettingsName, err)
	}
	roster := plan.NewRoster(shared.Settings, shared.Docs)
	w := &workspace{dir: dir, today: a.today(), shared: shared, Belongings: roster.Belongings(shared.Folders)}
	w.cache = sync.OnceValue(func() *factcache.Cache { return openCache(dir) })
	w.sharedHash = sync.OnceValue(func() []byte { return sharedHashOf(shared) })
	for _, m := range shared.Metrics {
		w.Measure(m.Doc, m.Rows)
	}
	return w, nil
}

// knows says whether there is somebody with an id, or a folder of theirs.
func (w *workspace) knows(id string) bool {
	id = w.Roster.Resolve(id)
	return w.Folders[id] != nil || w.Roster.Someone(id).Known
}

// A book is what the folders of one person or of some say, judged.
type book struct {
	*plan.Logbook
	*workspace
	contents *logbook.Contents
}

// judge reads and judges some people, by their folders.
func (w *workspace) judge(ids ...string) *book {
	var folders []string
	var values []plan.Observation
	for _, id := range ids {
		folders = append(folders, w.Folders[id]...)
		values = append(values, w.Values[id]...)
	}
	contents := w.dir.ReadFolders(w.shared.Settings, folders)
	if w.draft != nil && slices.Contains(ids, w.ownerOfDraft()) {
		contents.Docs = slices.DeleteFunc(contents.Docs, func(d *logparse.Document) bool { return d.Path == w.draft.Path })
		contents.Docs = append(contents.Docs, w.draft)
	}
	return &book{w.Roster.Judge(ids, contents.Docs, values), w, contents}
}

// doc is the log or plan of a path; nil where that wasn't read.
func (b *book) doc(name string) *logparse.Document {
	if at := slices.IndexFunc(b.Docs, func(d *logparse.Document) bool { return d.Path == name }); at >= 0 {
		return b.Docs[at]
	}
	return nil
}

// hasLogs says whether somebody's folders have logs.
func (w *workspace) hasLogs(id string) bool { return slices.ContainsFunc(w.Folders[id], w.dir.HasLogs) }

// each goes over people one after the other, on all processors, and keeps what do
// makes of each, in the order of ids: never everybody's logs at once. A bug costs
// one person, of whom nothing is made.
func each[T any](a *app, ids []string, do func(id string) T) (made []T, bugs []logbook.Problem) {
	progress := a.Progress("reading")
	defer progress.Done()
	return eachOf(ids, func(i int) { progress.Say(i, len(ids)) }, do)
}

// eachOf is each of some people, of whom tell says how far it is.
func eachOf[T any](ids []string, tell func(i int), do func(id string) T) (made []T, bugs []logbook.Problem) {
	made = make([]T, len(ids))
	errs := fault.Each(len(ids), func(i int) error {
		tell(i)
		made[i] = do(ids[i])
		return nil
	})
	for i, err := range errs {
		if err != nil {
			bugs = append(bugs, logbook.Problem{Path: logparse.PersonFolder(ids[i]), Err: err})
		}
	}
	return made, bugs
}

// ownerOfDraft is whose the draft is, by its place, else by what it says; "" where
// nothing says.
func (w *workspace) ownerOfDraft() string {
	switch {
	case w.draft == nil:
		return ""
	case w.OwnerOfFile(w.draft.Path) != "":
		return w.OwnerOfFile(w.draft.Path)
	case w.draft.Session != nil && w.draft.Session.Coachee.Set:
		return w.Roster.Resolve(w.draft.Session.Coachee.V)
	case w.draft.Plan != nil && w.draft.Plan.Person.Set:
		return w.Roster.Resolve(w.draft.Plan.Person.V)
	}
	return ""
}

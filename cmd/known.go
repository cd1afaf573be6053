package cmd

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"time"

	"github.com/coachlog/coachlog/internal/factcache"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A known is one person of whom a command needs the facts: those that were kept, where all
// that they were made of is as it was, else those of the files.
type known struct {
	*workspace
	id    string
	facts *plan.Facts
	files *book // nil of facts that were kept
	state factcache.State
}

// read is somebody with what their files say, whatever is kept.
func (w *workspace) read(id string) *known { return (&known{workspace: w, id: id}).read() }

// know is what is known of somebody.
func (w *workspace) know(id string) *known {
	k := &known{workspace: w, id: id}
	cache := w.cache()
	var err error
	if cache == nil || w.draft != nil || w.Folders[id] == nil {
		return k.read()
	}
	k.state = factcache.State{Shared: w.sharedHash(), Values: hashOf(func(h io.Writer) { fmt.Fprintln(h, w.Values[id]) }), Seen: time.Now()}
	if k.state.Stamps, err = w.dir.Stamps(w.Folders[id]); err != nil {
		return k.read()
	}
	if k.facts = cache.Facts(id, k.state, w.dir.ReadFile); k.facts != nil {
		return k
	}
	if k.read(); k.files.missing().none() {
		cache.Keep(id, k.state, k.facts, func(name string) []byte {
			if doc := k.files.doc(name); doc != nil {
				return doc.Text
			}
			return nil
		})
	}
	return k
}

// read reads the person's files, whatever is kept.
func (k *known) read() *known {
	k.files = k.judge(k.id)
	k.facts = k.files.Facts()[0]
	return k
}

// documents are the person's files, also where facts were kept.
func (k *known) documents() *book {
	if k.files == nil {
		k.read()
	}
	return k.files
}

// missing is what is left out of the person's files: nothing, where facts were kept.
func (k *known) missing() (m missing) {
	if k.files != nil {
		m = k.files.missing()
	}
	return m
}

// concerns says whether the person's texts may be between them and somebody: who coaches them,
// or did, or owns an action.
func (k *known) concerns(id string) bool {
	return k.id == id || k.Roster.CoachOf(k.Roster.Someone(k.id)) == id || slices.Contains(k.facts.Named, id)
}

// isSigned says whether there are signatures among the person's files.
func (k *known) isSigned() bool {
	return slices.ContainsFunc(k.state.Stamps, func(s logbook.Stamp) bool { return logbook.IsSignature(s.Path) })
}

// everyFolder are the folders that the person's files are in, or were under another id.
func (k *known) everyFolder() []string {
	folders := slices.Clone(k.Folders[k.id])
	for _, id := range k.Roster.Someone(k.id).IDs() {
		folders = append(folders, logparse.PersonFolder(id))
	}
	return folders
}

// learn is each with what is missing, from people's files and from what they share. know is
// w.know for commands that need facts, and w.read for those that need everybody's documents.
func learn[T any](a *app, w *workspace, ids []string, know func(id string) *known, do func(k *known) T) ([]T, missing) {
	type part struct {
		made    T
		missing missing
	}
	parts, bugs := each(a, ids, func(id string) part {
		k := know(id)
		return part{do(k), k.missing()}
	})
	all := w.missing()
	made := make([]T, len(parts))
	for i, p := range parts {
		made[i] = p.made
		all.add(p.missing)
	}
	for _, bug := range bugs {
		all.unread = append(all.unread, bug.Error())
	}
	return made, all
}

// facts are everybody's. What was kept of people who aren't there any more is dropped.
func (a *app) facts(w *workspace) ([]*plan.Facts, missing) {
	ids := w.Everybody()
	facts, missing := learn(a, w, ids, w.know, func(k *known) *plan.Facts { return k.facts })
	w.cache().Drop(ids)
	return slices.DeleteFunc(facts, func(f *plan.Facts) bool { return f == nil }), missing // of whom a bug made nothing
}

// openCache opens where facts are kept, or is nil: nothing depends on it.
func openCache(dir *logbook.Dir) *factcache.Cache {
	if os.Getenv("COACHLOG_CACHE") == "off" {
		return nil
	}
	return keptOf(dir)
}

// keptOf opens where facts are kept, also where commands are told to keep none.
func keptOf(dir *logbook.Dir) *factcache.Cache {
	place, name := "", dir.Path
	if repo, err := history.Find(dir); err == nil {
		place, name = repo.GitDir(), repo.Prefix
	}
	folder, name := factcache.PlaceOf(place, name)
	return factcache.Open(folder, name)
}

// sharedHashOf stands for all that everybody's facts depend on besides their own files: the
// program, the settings, and the front matter of all plans.
func sharedHashOf(shared *logbook.Contents) []byte {
	return hashOf(func(h io.Writer) {
		if name, err := os.Executable(); err == nil {
			if info, err := os.Stat(name); err == nil {
				fmt.Fprintln(h, name, info.Size(), info.ModTime().UnixNano(), plainfile.SystemOf(info)) // packages often set one time for all versions
			}
		}
		for _, doc := range append([]*logparse.Document{shared.SettingsDoc}, shared.Docs...) {
			fmt.Fprintln(h, doc.Path, len(doc.Text))
			_, _ = h.Write(doc.Text)
		}
		fmt.Fprintln(h, shared.Folders)
	})
}

func hashOf(write func(h io.Writer)) []byte {
	h := sha256.New()
	write(h)
	return h.Sum(nil)
}

// words are the texts of the facts.
func (k *known) words() plan.Words {
	if k.files != nil {
		return k.files.Judged()[0]
	}
	return &filedWords{known: k, texts: make(map[string][]byte)}
}

// filedWords are the texts of facts that were kept, read from the files at their places.
type filedWords struct {
	*known
	texts   map[string][]byte
	changed bool // a file is no longer as it was seen
}

func (w *filedWords) GoalText(goal int) string { return w.at(w.facts.Goals[goal].Running.Text) }

func (w *filedWords) ActionText(agreement int) string {
	return w.at(w.facts.Agreements[agreement].Asks.Text)
}

func (w *filedWords) at(place plan.Place) string {
	name := w.facts.Sessions[place.Session].Path
	text, read := w.texts[name]
	if !read {
		var err error
		if !w.has(name) { // the record isn't one of ours
			w.changed = true
		} else if text, err = w.dir.ReadFile(name); err != nil || !w.isAsSeen(name) {
			w.changed = true
		}
		text = text[:logparse.ShownUntil(text, w.shared.Settings.Headings)]
		w.texts[name] = text
	}
	w.changed = w.changed || place.At.End > len(text)
	return plan.At(text, place.At)
}

// has says whether a path is that of one of the person's logs.
func (w *filedWords) has(name string) bool {
	return logparse.IsLogName(path.Base(name)) && w.stamp(name) != nil
}

func (w *filedWords) isAsSeen(name string) bool {
	now, err := w.dir.Stamp(name)
	seen := w.stamp(name)
	return err == nil && seen != nil && now == *seen
}

func (w *filedWords) stamp(name string) *logbook.Stamp {
	for i := range w.state.Stamps {
		if w.state.Stamps[i].Path == name {
			return &w.state.Stamps[i]
		}
	}
	return nil
}

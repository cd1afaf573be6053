package gitrepo

import (
	"maps"
	"path"
	"slices"

	"github.com/go-git/go-git/v5/plumbing"
)

// While git lists a history of some files, others read what is asked for next: these
// files' texts, and the attribute files that say how they are stored.

// mostAhead bounds the texts that are held in memory.
const mostAhead = 2000

// textsAhead are the texts of a history's files, by id, read as it is listed.
type textsAhead struct {
	wanted chan string
	asked  map[string]bool
	done   chan struct{}
	found  map[string][]byte
}

func (r *Repo) readTextsAhead() *textsAhead {
	a := &textsAhead{
		wanted: make(chan string, mostAhead), asked: make(map[string]bool), // which always has room
		done: make(chan struct{}), found: make(map[string][]byte),
	}
	go func() {
		defer close(a.done)
		// What can't be read is read again, and told, when somebody asks for it.
		r.Again().native.readMany(plumbing.BlobObject, func(yield func(string) bool) {
			for id := range a.wanted {
				if !yield(id) {
					return
				}
			}
		}, func(id string, text []byte) { a.found[id] = text })
	}()
	return a
}

// want asks for the texts of a commit. It may be called on nil.
func (a *textsAhead) want(r Record) {
	if a == nil {
		return
	}
	for _, d := range r.Files {
		for _, id := range []string{d.After, d.Before} {
			if id != "" && !a.asked[id] && len(a.asked) < mostAhead {
				a.asked[id] = true
				a.wanted <- id
			}
		}
	}
}

func (a *textsAhead) end() {
	if a != nil {
		close(a.wanted)
	}
}

// text waits for a text that was asked for; nil for others.
func (a *textsAhead) text(id string) []byte {
	if a == nil || !a.asked[id] {
		return nil
	}
	<-a.done
	return a.found[id]
}

// attributesAhead is the history of some attribute files, once it is done.
type attributesAhead struct {
	files    []string
	done     chan struct{}
	versions *History
	err      error
}

// attributeFilesAbove are those that may speak of what lies below the paths, and lie
// above themselves.
func attributeFilesAbove(paths []string) []string {
	seen := make(map[string]bool)
	for _, p := range paths {
		for dir := p; dir != "."; {
			dir = path.Dir(dir)
			if file := path.Join(dir, attributesFile); !covers(paths, file) {
				seen[file] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// expectAttributes has the log of a history tell of its attribute files as well, where it
// has no merges: with one, git log may follow another parent for more paths. Else a second
// log tells of them.
func (n *native) expectAttributes(h *History, o *HistoryOptions) {
	files := attributeFilesAbove(o.Paths)
	f := n.repo.filterReader()
	if o.ahead == nil || len(files) == 0 || f.ahead != nil {
		return
	}
	a := &attributesAhead{files: files, done: make(chan struct{})}
	f.ahead = a
	merge, err := n.run(reading, nil, "rev-list", "--merges", "--max-count=1", h.Head)
	if err == nil && len(merge) == 0 {
		a.versions = &History{source: n, repo: n.repo}
		o.beside = a
		return
	}
	go func() {
		defer close(a.done)
		a.versions, a.err = n.repo.Again().listHistory(HistoryOptions{Paths: files}, nil)
	}()
}

// take parts what a commit changed in the attribute files from the rest, and says whether
// there is any rest. It may be called on nil.
func (a *attributesAhead) take(r *Record) bool {
	if a == nil {
		return true
	}
	isBeside := func(d Delta) bool { return slices.Contains(a.files, d.Path) }
	if i := slices.IndexFunc(r.Files, isBeside); i >= 0 {
		a.versions.Records = append(a.versions.Records, Record{Version: r.Version, Files: slices.Clone(r.Files)})
		r.Files = slices.DeleteFunc(r.Files, isBeside)
	}
	return len(r.Files) > 0
}

// end says that the log has told all; after an error the files are looked for again.
func (a *attributesAhead) end(err error) {
	if a != nil {
		a.err = err
		close(a.done)
	}
}

func (f *filterReader) versionsOf(files []string) (*History, error) {
	if a := f.ahead; a != nil && slices.Equal(a.files, files) {
		<-a.done
		return a.versions, a.err
	}
	return f.repo.listHistory(HistoryOptions{Paths: files}, nil)
}

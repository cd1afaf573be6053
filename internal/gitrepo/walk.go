package gitrepo

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// history walks back from HEAD as git log does: the newest commit first, by the
// committers' dates; from a commit that leaves the paths alone, only on to the
// parent that it has them from, unless every commit is wanted. (go-git's own log
// compares with the commit listed before, which may be no parent.)
func (e *engine) history(o HistoryOptions) (*History, error) {
	h := &History{source: e, Head: o.From}
	var err error
	if h.Head == "" {
		h.Head, err = e.repo.headCommit()
	}
	if err != nil || h.Head == "" {
		return h, err
	}
	if h.Ends, err = e.repo.shallowEnds(); err != nil {
		return nil, err
	}
	w := &walk{HistoryOptions: o, from: e, ends: h.Ends, steps: map[string]*step{}}
	first, err := w.look(h.Head)
	if err != nil {
		return nil, err
	}
	w.enqueue(first)
	for len(w.queue) > 0 {
		s := w.queue[0]
		w.queue = w.queue[1:]
		before, listed, err := w.advance(s)
		if err != nil {
			return nil, err
		}
		if !listed {
			continue
		}
		for i, p := range o.Paths {
			at := make([]item, len(before))
			for n := range before {
				at[n] = before[n].at[i]
			}
			files, err := changedAt(e, p, s.at[i], at)
			if err != nil {
				return nil, err
			}
			s.Files = append(s.Files, files...)
		}
		h.Records = append(h.Records, s.Record)
	}
	return h, nil
}

// walk is one way back through the history of some paths.
type walk struct {
	HistoryOptions
	from  source
	ends  []string // commits at which a shallow clone ends
	queue []*step  // the newest first; of one second, in the order of their finding
	steps map[string]*step
}

// step is a commit on the way, with what is at the paths in it.
type step struct {
	Record
	at     []item
	queued bool // now, or before
	marked bool // holds the mark that is looked for
}

// look reads a commit, once.
func (w *walk) look(id string) (*step, error) {
	if s := w.steps[id]; s != nil {
		return s, nil
	}
	record, data, err := readRecord(w.from, id)
	if err != nil {
		return nil, err
	}
	s := &step{Record: record, at: make([]item, len(w.Paths)), marked: isMarked(data, w.Marked)}
	if slices.Contains(w.ends, id) {
		s.Parents = nil
	}
	for i, p := range w.Paths {
		if s.at[i], err = itemAt(w.from, s.tree, p); err != nil {
			return nil, err
		}
	}
	w.steps[id] = s
	return s, nil
}

// isMarked says whether a line of a commit's message starts with mark.
func isMarked(commit []byte, mark string) bool {
	return mark == "" || bytes.Contains(commit, []byte("\n"+mark))
}

func (w *walk) enqueue(s *step) {
	if s.queued {
		return
	}
	s.queued = true
	at := len(w.queue)
	for at > 0 && w.queue[at-1].Committed.Unix() < s.Committed.Unix() {
		at--
	}
	w.queue = slices.Insert(w.queue, at, s)
}

// advance queues the parents that may tell more, and says what they are and whether
// the commit is one to list.
func (w *walk) advance(s *step) (parents []*step, listed bool, err error) {
	every := w.Every || w.Marked != ""
	differs := len(s.Parents) == 0 && slices.ContainsFunc(s.at, func(i item) bool { return i != item{} })
	for _, id := range s.Parents {
		p, err := w.look(id)
		if err != nil {
			return nil, false, err
		}
		same := slices.Equal(p.at, s.at)
		if same && !every && !w.AllSides {
			w.enqueue(p)
			return nil, false, nil
		}
		differs = differs || !same
		parents = append(parents, p)
	}
	for _, p := range parents {
		w.enqueue(p)
	}
	return parents, s.marked && (every || differs), nil
}

// shallowEnds are the commits whose parents a shallow clone hasn't got.
func (r *Repo) shallowEnds() ([]string, error) {
	data, err := readGitFile(filepath.Join(r.common, "shallow"), plainfile.GitList)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	ids := strings.Fields(string(data))
	slices.Sort(ids)
	return ids, nil
}

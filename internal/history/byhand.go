package history

import (
	"slices"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A datedFile is one in which somebody wrote by hand that people agreed, who signed off
// nothing.
type datedFile struct {
	doc    *logparse.Document
	people []string
	dates  map[string]logparse.Date
}

// NoteByHand takes note of the days on which people agreed as files say it themselves: each
// person's plan and last session.
func (s *SignOffs) NoteByHand(b *plan.Logbook) {
	if s.Repo == nil {
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, p := range b.Judged() {
		for _, doc := range p.Agreeables() {
			f := datedFile{doc, nil, b.DatesByHand(doc)}
			for _, id := range b.Missing(doc.Path, b.Sides(doc)...) {
				if !f.dates[id].IsZero() {
					f.people = append(f.people, id)
				}
			}
			if len(f.people) > 0 {
				s.dated = append(s.dated, f)
			}
		}
	}
}

// ChangedByHand are those of the noted files, and of the days in them, where the text changed
// since somebody wrote the day. The history is read once for all; what can't be read, Err says.
func (s *SignOffs) ChangedByHand(r *plan.Roster) (docs []*logparse.Document, changed []plan.SignOff) {
	if len(s.dated) == 0 || s.err != nil {
		return nil, nil
	}
	var paths []string
	for _, f := range s.dated {
		paths = append(paths, s.InRepository(f.doc.Path))
	}
	h, err := s.History(gitrepo.HistoryOptions{Paths: paths})
	var commits []*plan.Commit
	if err == nil {
		commits, err = s.commits(h)
	}
	if s.err = err; err != nil {
		return nil, nil
	}
	versions := make(map[string][]int) // the commits that changed a path, the newest first
	for i, record := range h.Records {
		for _, file := range record.Files {
			versions[file.Path] = append(versions[file.Path], i)
		}
	}
	for _, f := range s.dated {
		for _, id := range f.people {
			was, at := s.writtenBy(h, versions[s.InRepository(f.doc.Path)], f, id, r)
			if was == nil {
				continue
			}
			if lines := plan.ChangedSince(was, f.doc); len(lines) > 0 {
				docs = append(docs, f.doc)
				changed = append(changed, plan.SignOff{Person: id, Path: f.doc.Path, Commit: commits[at], Void: &plan.LaterEdit{Lines: lines}})
			}
		}
	}
	return slices.Compact(docs), changed
}

// writtenBy is the text with which somebody's day came into a file, and the index of its
// commit; nil where none has it.
func (s *SignOffs) writtenBy(h *gitrepo.History, versions []int, f datedFile, id string, r *plan.Roster) (was *logparse.Document, at int) {
	name := s.InRepository(f.doc.Path)
	for _, i := range versions {
		text, err := h.TextIn(h.Records[i], name)
		if err != nil {
			s.err = err
			return nil, 0
		}
		then := logparse.Parse(f.doc.Path, text, r.Settings.Headings)
		if r.DatesByHand(then)[id] != f.dates[id] {
			break
		}
		was, at = then, i
	}
	return was, at
}

package history

import (
	"maps"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A datedFile is one in which somebody wrote by hand on which days people agreed who
// signed off nothing.
type datedFile struct {
	doc   *logparse.Document
	dates map[string]logparse.Date // by who agreed
}

// NoteByHand takes note of the days of agreement that each person's plan and last session
// say themselves.
func (s *SignOffs) NoteByHand(b *plan.Logbook) {
	if s.Repo == nil {
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, p := range b.Judged() {
		for _, doc := range p.Agreeables() {
			missing := b.Missing(doc.Path, b.Sides(doc)...)
			dates := b.DatesByHand(doc)
			maps.DeleteFunc(dates, func(id string, day logparse.Date) bool { return day.IsZero() || !slices.Contains(missing, id) })
			if len(dates) > 0 {
				s.dated = append(s.dated, datedFile{doc, dates})
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
		paths = append(paths, f.doc.Path)
	}
	past := newReader(s.Repo)
	past.settings = r.Settings
	commits, err := past.historyOf(paths, false)
	if s.err = err; err != nil {
		return nil, nil
	}
	versions := make(map[string][]*plan.Commit) // the commits that changed a path, the newest first
	for _, c := range commits {
		for _, file := range c.Files {
			versions[file.Path] = append(versions[file.Path], c)
		}
	}
	for _, f := range s.dated {
		docs = append(docs, f.doc)
		for _, id := range slices.Sorted(maps.Keys(f.dates)) {
			was, in, err := past.dateCame(versions[f.doc.Path], f, id, r)
			if s.err = err; err != nil {
				return nil, nil
			}
			if was == nil {
				continue
			}
			if lines := plan.ChangedSince(was, f.doc); len(lines) > 0 {
				changed = append(changed, plan.SignOff{Person: id, Path: f.doc.Path, Commit: in, Void: &plan.LaterEdit{Lines: lines}})
			}
		}
	}
	return docs, changed
}

// dateCame is the text with which somebody's day came into a file, and its commit; nil
// where none has it.
func (r *Reader) dateCame(commits []*plan.Commit, f datedFile, id string, roster *plan.Roster) (was *logparse.Document, in *plan.Commit, err error) {
	for _, c := range commits {
		i := slices.IndexFunc(c.Files, func(v plan.FileVersion) bool { return v.Path == f.doc.Path })
		then, err := r.document(f.doc.Path, c.Files[i].After)
		if err != nil {
			return nil, nil, err
		}
		if then == nil || roster.DatesByHand(then)[id] != f.dates[id] {
			break
		}
		was, in = then, c
	}
	return was, in, nil
}

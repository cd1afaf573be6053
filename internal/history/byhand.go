package history

import (
	"slices"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// AddByHand takes into a logbook the days on which people agreed as files say it
// themselves, where the text changed since somebody wrote that: of each person's plan and
// last session, and of those who signed off neither. What can't be read, Err says.
func (s *SignOffs) AddByHand(b *plan.Logbook) {
	if s.Repo == nil {
		return
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, p := range b.Judged() {
		for _, doc := range p.Agreeables() {
			if err := s.addByHand(b, doc); err != nil && s.err == nil {
				s.err = err
			}
		}
	}
}

func (s *SignOffs) addByHand(b *plan.Logbook, doc *logparse.Document) error {
	dates := b.DatesByHand(doc)
	missing := slices.DeleteFunc(b.Missing(doc.Path, b.Sides(doc)...), func(id string) bool { return dates[id].IsZero() })
	if len(missing) == 0 {
		return nil
	}
	h, err := s.History(gitrepo.HistoryOptions{Paths: []string{s.InRepository(doc.Path)}})
	if err != nil {
		return err
	}
	commits, err := s.commits(h)
	if err != nil {
		return err
	}
	for _, id := range missing {
		was, commit := doc, (*plan.Commit)(nil)
		for i, c := range commits { // the newest first, back to the one that wrote the day
			text, err := h.TextIn(h.Records[i], s.InRepository(doc.Path))
			if err != nil {
				return err
			}
			then := logparse.Parse(doc.Path, text, b.Settings.Headings)
			if b.DatesByHand(then)[id] != dates[id] {
				break
			}
			was, commit = then, c
		}
		if lines := plan.ChangedSince(was, doc); len(lines) > 0 && commit != nil {
			b.ByHand = append(b.ByHand, plan.SignOff{Person: id, Path: doc.Path, Commit: commit, Void: &plan.LaterEdit{Lines: lines}})
		}
	}
	return nil
}

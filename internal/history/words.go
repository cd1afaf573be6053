package history

import (
	"fmt"
	"maps"
	"path"
	"slices"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// words gathers what is known of people's agreement to a logbook's files.
type words struct {
	*SignOffs
	book      *plan.Logbook
	docs      map[string]*logparse.Document // by path, as they are now
	folders   map[string]bool               // of the people, and of the files
	had       map[string]*logparse.Document // the same by the id of each text that they had, once a sign-off's path is gone
	withdrawn func(plan.SignOff) bool
	found     []plan.SignOff                // the newest first, by kind
	signed    map[string]*logparse.Document // by word, the text where it isn't the present one
}

// wordsOf looks at a logbook alone, which takes no part of a repository that is read once.
func (s *SignOffs) wordsOf(b *plan.Logbook) *words {
	w := &words{SignOffs: s, book: b, docs: make(map[string]*logparse.Document), signed: make(map[string]*logparse.Document)}
	for _, doc := range b.Docs {
		if len(b.Sides(doc)) > 0 {
			w.docs[doc.Path] = doc
		}
	}
	w.folders = w.ownFolders()
	return w
}

// none says whether nobody said anything of any of the files: as far as can be told without
// looking at what was there before.
func (w *words) none() bool {
	for folder := range w.folders {
		if len(w.byFolder[folder]) > 0 || w.dir.HasSignatures(folder) {
			return false
		}
	}
	return !slices.ContainsFunc(w.book.Docs, func(doc *logparse.Document) bool { return len(w.book.DatesByHand(doc)) > 0 })
}

func (w *words) add() error {
	b, commits := w.book, w.commits()
	w.withdrawn = b.Withdrawn(commits)
	for _, c := range commits {
		for _, word := range plan.ReadSignOffs(c) {
			if err := w.commit(word); err != nil {
				return err
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(w.docs)) {
		if err := w.signatures(w.docs[name]); err != nil {
			return err
		}
	}
	for _, p := range b.Judged() {
		for _, log := range p.Logs {
			if err := w.dates(p, log.Doc); err != nil {
				return err
			}
		}
		if p.PlanDoc != nil {
			if err := w.dates(p, p.PlanDoc); err != nil {
				return err
			}
		}
	}
	b.Choose(w.found)
	return w.findLaterEdits()
}

// ownFolders are the folders of the logbook's people, also by the ids that they had before, and
// those of its files.
func (w *words) ownFolders() map[string]bool {
	folders := make(map[string]bool)
	for _, p := range w.book.Judged() {
		for _, id := range p.IDs() {
			folders[logparse.PersonFolder(id)] = true
		}
	}
	for name := range w.docs {
		folders[path.Dir(name)] = true
	}
	return folders
}

// commits are those that speak of these folders, the newest first.
func (w *words) commits() (commits []*plan.Commit) {
	at := make(map[int]*plan.Commit)
	for folder := range w.folders {
		for _, c := range w.byFolder[folder] {
			at[c.place] = c.Commit
		}
	}
	for _, place := range slices.Sorted(maps.Keys(at)) {
		commits = append(commits, at[place])
	}
	return commits
}

// key tells words from each other.
func key(s plan.SignOff) string { return string(s.How) + " " + s.Person + " " + s.Path + " " + s.Text }

// stands says whether a word was found that stands.
func (w *words) stands(person, name string) bool {
	return slices.ContainsFunc(w.found, func(s plan.SignOff) bool { return s.Person == person && s.Path == name && s.Stands() })
}

// take takes a word on some text, which may be the present one.
func (w *words) take(s plan.SignOff, signed *logparse.Document) {
	doc := w.docs[s.Path]
	if s.Doubt == "" && !plan.SameAgreement(signed, doc) {
		s.Void = plan.NewLaterEdit(signed, doc, nil)
		w.signed[key(s)] = signed
	}
	w.found = append(w.found, s)
}

// now is the present file that a sign-off is about: by its path, by that of a person who had
// another id, or where the file has another name, by a text that it had.
func (w *words) now(s plan.SignOff) (*logparse.Document, error) {
	if doc := w.docs[s.Path]; doc != nil {
		return doc, nil
	}
	folder, base := path.Split(s.Path)
	if doc := w.docs[path.Join(logparse.PersonFolder(w.book.Resolve(path.Base(folder))), base)]; doc != nil {
		return doc, nil
	}
	if w.had == nil {
		past, err := w.readPast(w.book.Settings)
		if err != nil {
			return nil, err
		}
		w.had = make(map[string]*logparse.Document)
		for _, name := range slices.Sorted(maps.Keys(w.docs)) {
			changes, err := past.of(name)
			if err != nil {
				return nil, err
			}
			for _, c := range changes {
				w.had[c.after] = w.docs[name]
			}
		}
	}
	return w.had[s.Text], nil
}

// commit takes the sign-off of a commit.
func (w *words) commit(s plan.SignOff) error {
	w.book.Weigh(&s)
	doc, err := w.now(s)
	if err != nil || doc == nil || !slices.Contains(w.book.Sides(doc), s.Person) || w.withdrawn(s) || w.stands(s.Person, doc.Path) {
		return err
	}
	there, err := w.signsThere(w.Head, s)
	if err != nil {
		return err
	}
	s.Path = doc.Path
	if !there && s.Doubt == "" && s.How != plan.ByMail { // the text may have changed before they answered
		s.Doubt = "the file had a different text in that commit"
	}
	if s.Doubt != "" {
		w.take(s, doc)
		return nil
	}
	signed, err := w.text(s, doc)
	if err != nil && s.How == plan.ByMail {
		s.Doubt = "git doesn't have the text that it answers"
		w.take(s, doc)
		return nil
	}
	if err == nil && slices.Contains(w.book.Sides(signed), s.Person) {
		w.take(s, signed)
	}
	return err
}

// text is the text that a sign-off names: the present one, or what git has of it.
func (w *words) text(s plan.SignOff, doc *logparse.Document) (*logparse.Document, error) {
	if same, err := w.IsText(w.Head, doc.Path, doc.Text, s.Text); err != nil || same {
		return doc, err
	}
	text, err := w.Head.Blob(s.Text)
	if err == nil {
		text, err = w.Head.InWorkTree(w.InRepository(s.Path), s.Text, text)
	}
	if err != nil {
		return nil, fmt.Errorf("the text of %s that %s agreed to: %w", s.Path, s.Person, err)
	}
	signed := logparse.Parse(s.Path, text, w.book.Settings.Headings)
	if !plan.SameAgreement(signed, doc) && !Readable(signed) {
		if text, err = w.Head.Recover(w.InRepository(s.Path), s.Text, text); err != nil {
			return nil, err
		}
		signed = logparse.Parse(s.Path, text, w.book.Settings.Headings)
	}
	return signed, nil
}

// dates takes the days that a file itself has for people's agreement: as the person's own
// word where they brought the day in themselves. In an earlier log that nobody signed
// otherwise they are looked at no more.
func (w *words) dates(p *plan.Person, doc *logparse.Document) error {
	dates := w.book.DatesByHand(doc)
	sides := w.book.Sides(doc)
	maps.DeleteFunc(dates, func(id string, day logparse.Date) bool {
		return day.IsZero() || !slices.Contains(sides, id) || w.stands(id, doc.Path)
	})
	isOfFile := func(s plan.SignOff) bool { return s.Path == doc.Path }
	if len(dates) == 0 || !slices.Contains(p.Agreeables(), doc) && !slices.ContainsFunc(w.found, isOfFile) {
		return nil
	}
	past, err := w.readPast(w.book.Settings)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(dates)) {
		s, was := plan.SignOff{Person: id, Path: doc.Path, How: plan.OwnCommit, Day: dates[id]}, doc
		if past != nil {
			var brought change
			if was, brought, err = past.dateCame(doc, id, dates[id], w.book.Roster); err != nil {
				return err
			}
			s.Commit, s.Text = brought.commit, brought.after
		}
		if w.book.WeighDate(&s); doc.Session != nil && s.Day.Before(doc.Session.Date.V) { // as in a copy of an earlier log
			s.How, s.Doubt = plan.ByHand, "it is before the session"
		}
		if s.Doubt == "" && w.withdrawn(s) {
			continue
		}
		if s.Doubt == "" || s.How != plan.ByHand {
			w.take(s, was)
			continue
		}
		if lines := plan.ChangedSince(was, doc); len(lines) > 0 {
			s.Void = &plan.LaterEdit{Lines: lines}
		}
		w.found = append(w.found, s)
	}
	return nil
}

// findLaterEdits says of each word whose text isn't the present one what changed it. A
// migration to a newer format is no edit.
func (w *words) findLaterEdits() error {
	paths := []string{logbook.SettingsName}
	for _, s := range w.book.Words {
		if s.Void != nil && w.signed[key(s)] != nil {
			paths = append(paths, s.Path)
		}
	}
	if len(paths) == 1 || w.Repo == nil {
		return nil
	}
	slices.Sort(paths)
	l, err := w.later(slices.Compact(paths))
	if err != nil {
		return err
	}
	for i, s := range w.book.Words {
		signed, present := w.signed[key(s)], w.docs[s.Path]
		if s.Void == nil || signed == nil {
			continue
		}
		if id := l.migrations.Moved(s.Path, s.Text); id != s.Text {
			moved, err := l.text(s.Path, id)
			if err != nil {
				return err
			}
			signed, s.Text = logparse.Parse(s.Path, moved, w.book.Settings.Headings), id
		}
		w.book.Words[i].Void = nil
		if !plan.SameAgreement(signed, present) {
			w.book.Words[i].Void = plan.NewLaterEdit(signed, present, firstEdit(l.commits, s))
		}
	}
	return nil
}

// laterEdits are the commits that changed some files.
type laterEdits struct {
	paths      []string
	commits    []*plan.Commit
	migrations plan.Migrations
	text       func(name, id string) ([]byte, error)
}

// later are the commits that changed some files, kept for who asks again while somebody types.
func (s *SignOffs) later(paths []string) (*laterEdits, error) {
	if s.edits != nil && slices.Equal(s.edits.paths, paths) {
		return s.edits, nil
	}
	edits, err := s.History(gitrepo.HistoryOptions{Paths: s.inRepository(paths)})
	if err != nil {
		return nil, err
	}
	l := &laterEdits{paths: paths, text: func(name, id string) ([]byte, error) { return edits.Text(s.InRepository(name), id) }}
	if l.commits, err = s.commits(edits); err != nil {
		return nil, err
	}
	if l.migrations, err = plan.FindMigrations(l.commits, l.text); err == nil {
		s.edits = l
	}
	return l, err
}

// firstEdit is the commit that changed a text first after somebody agreed to it;
// nil where none has, or where the text was brought back since.
func firstEdit(commits []*plan.Commit, s plan.SignOff) *plan.Commit {
	for _, c := range commits { // the newest first
		for _, f := range c.Files {
			switch {
			case f.Path != s.Path:
			case f.After == s.Text:
				return nil
			case f.Before == s.Text:
				return c
			}
		}
	}
	return nil
}

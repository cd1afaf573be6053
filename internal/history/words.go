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
	folders   []string                      // of the people, and of the files
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
	dated := func(doc *logparse.Document) bool { return len(w.book.DatesByHand(doc)) > 0 }
	return !w.Speak(w.folders) && !slices.ContainsFunc(w.folders, w.dir.HasSignatures) && !slices.ContainsFunc(w.book.Docs, dated)
}

func (w *words) add() {
	b, commits := w.book, w.about()
	w.withdrawn = b.Withdrawn(commits)
	for _, c := range commits {
		for _, word := range plan.ReadSignOffs(c) {
			w.commit(word)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(w.docs)) {
		w.signatures(w.docs[name])
	}
	for _, p := range b.Judged() {
		for _, log := range p.Logs {
			w.dates(p, log.Doc)
		}
		if p.PlanDoc != nil {
			w.dates(p, p.PlanDoc)
		}
	}
	if w.err == nil {
		b.Choose(w.found)
		w.findLaterEdits()
	}
}

// ownFolders are the folders of the logbook's people, also by the ids that they had before, and
// those of its files.
func (w *words) ownFolders() (folders []string) {
	for _, p := range w.book.Judged() {
		for _, id := range p.IDs() {
			folders = append(folders, logparse.PersonFolder(id))
		}
	}
	for name := range w.docs {
		folders = append(folders, path.Dir(name))
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// about are the commits that speak of these folders, the newest first.
func (w *words) about() (commits []*plan.Commit) {
	var places []int
	for _, folder := range w.folders {
		places = append(places, w.byFolder[folder]...)
	}
	slices.Sort(places)
	for _, place := range slices.Compact(places) {
		commits = append(commits, w.signing[place])
	}
	return commits
}

// key tells words from each other.
func key(s plan.SignOff) string { return string(s.How) + " " + s.Person + " " + s.Path + " " + s.Text }

// stands says whether a sign-off was found that still counts.
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
func (w *words) now(s plan.SignOff) *logparse.Document {
	if doc := w.docs[s.Path]; doc != nil {
		return doc
	}
	folder, base := path.Split(s.Path)
	if doc := w.docs[path.Join(logparse.PersonFolder(w.book.Resolve(path.Base(folder))), base)]; doc != nil {
		return doc
	}
	if w.had == nil {
		w.had = make(map[string]*logparse.Document)
		for _, name := range slices.Sorted(maps.Keys(w.docs)) {
			for _, c := range w.readPast(w.book.Settings).of(name) {
				w.had[c.after] = w.docs[name]
			}
		}
	}
	return w.had[s.Text]
}

// commit takes the sign-off of a commit.
func (w *words) commit(s plan.SignOff) {
	if w.err != nil {
		return
	}
	w.book.Weigh(&s)
	doc := w.now(s)
	if doc == nil || !slices.Contains(w.book.Sides(doc), s.Person) || w.withdrawn(s) || w.stands(s.Person, doc.Path) {
		return
	}
	there, err := w.signsThere(w.Head, s)
	w.fail(err)
	s.Path = doc.Path
	if !there && s.Doubt == "" && s.How != plan.ByMail { // the text may have changed before they answered
		s.Doubt = "the file had a different text in that commit"
	}
	signed := doc
	if s.Doubt == "" {
		signed, err = w.text(s, doc)
	}
	if err != nil && s.How == plan.ByMail {
		signed, err, s.Doubt = doc, nil, "git doesn't have the text that it answers"
	}
	w.fail(err)
	if w.err == nil && slices.Contains(w.book.Sides(signed), s.Person) {
		w.take(s, signed)
	}
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
func (w *words) dates(p *plan.Person, doc *logparse.Document) {
	dates := w.book.DatesByHand(doc)
	sides := w.book.Sides(doc)
	maps.DeleteFunc(dates, func(id string, day logparse.Date) bool {
		return day.IsZero() || !slices.Contains(sides, id) || w.stands(id, doc.Path)
	})
	isOfFile := func(s plan.SignOff) bool { return s.Path == doc.Path }
	if len(dates) == 0 || !slices.Contains(p.Agreeables(), doc) && !slices.ContainsFunc(w.found, isOfFile) {
		return
	}
	for _, id := range slices.Sorted(maps.Keys(dates)) {
		was, brought := w.readPast(w.book.Settings).dateCame(doc, id, dates[id], w.book.Roster)
		s := plan.SignOff{Person: id, Path: doc.Path, Text: brought.after, How: plan.OwnCommit, Day: dates[id], Commit: brought.commit}
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
}

// findLaterEdits says of each word whose text isn't the present one what changed it. A
// migration to a newer format is no edit.
func (w *words) findLaterEdits() {
	paths := []string{logbook.SettingsName}
	for _, s := range w.book.Words {
		if s.Void != nil && w.signed[key(s)] != nil {
			paths = append(paths, s.Path)
		}
	}
	if len(paths) == 1 || w.Repo == nil {
		return
	}
	slices.Sort(paths)
	l, err := w.later(slices.Compact(paths))
	if err != nil {
		w.fail(err)
		return
	}
	for i, s := range w.book.Words {
		signed, present := w.signed[key(s)], w.docs[s.Path]
		if s.Void == nil || signed == nil {
			continue
		}
		if id := l.migrations.Moved(s.Path, s.Text); id != s.Text {
			moved, err := l.text(s.Path, id)
			w.fail(err)
			signed, s.Text = logparse.Parse(s.Path, moved, w.book.Settings.Headings), id
		}
		w.book.Words[i].Void = nil
		if !plan.SameAgreement(signed, present) {
			w.book.Words[i].Void = plan.NewLaterEdit(signed, present, firstEdit(l.commits, s))
		}
	}
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
	edits, commits, err := s.list(gitrepo.HistoryOptions{Paths: s.inRepository(paths...)})
	if err != nil {
		return nil, err
	}
	l := &laterEdits{paths: paths, commits: commits, text: func(name, id string) ([]byte, error) { return edits.Text(s.InRepository(name), id) }}
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

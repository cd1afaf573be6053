package history

import (
	"path"
	"slices"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// A past is what the commits did to people's files, also where the logbook was in another
// folder of the repository.
type past struct {
	*Reader
	fail     func(error)
	folders  map[string]bool               // folders of the repository
	changes  map[string][]change           // by path in the repository, the newest first
	followed map[string][]change           // by path in the logbook: the same, with those under earlier names
	removed  map[string][]plan.FileVersion // by commit
}

// A change is what a commit did to one file.
type change struct {
	commit        *plan.Commit
	before, after string   // ids; before is what the file was under its earlier name
	others        []string // before, in a merge's further parents
	unknown       bool     // what was before: a shallow clone ends here
}

// readPast reads it, once somebody asks for it; nil outside of a repository.
func (s *SignOffs) readPast(settings *logparse.Settings) *past {
	if s.past != nil || s.Repo == nil {
		return s.past
	}
	p := &past{newReader(s.Repo), s.fail, make(map[string]bool), make(map[string][]change), make(map[string][]change), make(map[string][]plan.FileVersion)}
	p.settings = settings
	p.h = s.Head
	s.past = p
	s.fail(p.readFolder(p.InRepository(logparse.PeopleFolder)))
	return p
}

// text is one version of a file; nil for none.
func (p *past) text(name, id string) *logparse.Document {
	doc, err := p.document(name, id)
	p.fail(err)
	return doc
}

// readFolder reads what the commits did below a folder of the repository. What its first
// commit took away elsewhere may be where its files were before.
func (p *past) readFolder(folder string) error {
	p.folders[folder] = true
	h, commits, err := p.list(gitrepo.HistoryOptions{Paths: []string{folder}})
	if err != nil {
		return err
	}
	for i, c := range commits {
		for _, f := range h.Records[i].Files {
			unknown := f.Before == "" && slices.Contains(h.Ends, c.ID)
			p.changes[f.Path] = append(p.changes[f.Path], change{c, f.Before, f.After, f.Others, unknown})
		}
		files := h.Records[i].Files
		if i == len(commits)-1 {
			if files, err = h.Changed(c.ID, "."); err != nil {
				return err
			}
		}
		for _, f := range files {
			if f.After == "" {
				p.removed[c.ID] = append(p.removed[c.ID], plan.FileVersion{Path: f.Path, Before: f.Before})
			}
		}
	}
	return nil
}

// of are the changes of one of the logbook's files, the newest first, also under the names
// that it had before; none outside of a repository.
func (p *past) of(name string) []change {
	if p == nil {
		return nil
	}
	if all, ok := p.followed[name]; ok {
		return all
	}
	at := p.InRepository(name)
	all := slices.Clone(p.changes[at])
	for seen := map[string]bool{}; len(all) > 0 && !seen[at]; {
		seen[at] = true
		oldest := &all[len(all)-1]
		if oldest.before != "" || oldest.unknown {
			break
		}
		from, err := p.earlier(oldest, at)
		if p.fail(err); from.Path == "" {
			break
		}
		at, oldest.before = from.Path, from.Before
		older := p.changes[at]
		i := slices.IndexFunc(older, func(c change) bool { return c.commit.ID == oldest.commit.ID })
		all = append(all, older[i+1:]...) // what came to the old name later is another file
	}
	p.followed[name] = all
	return all
}

// Had says whether a text is one that a file has or had.
func (s *SignOffs) Had(b *plan.Logbook, name, text string) (bool, error) {
	had := slices.ContainsFunc(s.readPast(b.Settings).of(name), func(c change) bool { return c.after == text || slices.Contains(c.others, text) })
	return had, s.err
}

// earlier is where a file was before the commit that added it under a name; none where it is
// new.
func (p *past) earlier(added *change, name string) (plan.FileVersion, error) {
	files := []plan.FileVersion{{Path: name, After: added.after}}
	for _, f := range p.removed[added.commit.ID] {
		if f.Before == added.after || path.Base(f.Path) == path.Base(name) || path.Dir(f.Path) == path.Dir(name) {
			files = append(files, f)
		}
	}
	if len(files) == 1 {
		return plan.FileVersion{}, nil
	}
	renames, err := trail.Renames(&plan.Commit{ID: added.commit.ID, Files: files}, p.document)
	from := renames[name]
	if folder := path.Dir(path.Dir(from.Path)); err == nil && path.Base(folder) == logparse.PeopleFolder && !p.folders[folder] {
		err = p.readFolder(folder)
	}
	return from, err
}

// dateCame is the text with which somebody's day came into a file, and the change that brought
// it: its commit is nil where nobody can tell, as before it is recorded.
func (p *past) dateCame(doc *logparse.Document, id string, day logparse.Date, roster *plan.Roster) (*logparse.Document, change) {
	dated := func(then *logparse.Document) bool { return then != nil && roster.DatesByHand(then)[id] == day }
	was := func(text string) bool { return dated(p.text(doc.Path, text)) }
	for i, c := range p.of(doc.Path) {
		switch then := p.text(doc.Path, c.after); {
		case !dated(then) && i == 0:
			return doc, change{}
		case !dated(then): // as on the other branch of a merge
			continue
		case c.unknown:
			return then, change{}
		case !slices.ContainsFunc(append([]string{c.before}, c.others...), was):
			return then, c
		}
	}
	return doc, change{}
}

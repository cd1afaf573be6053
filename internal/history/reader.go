package history

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// A Reader reads what git has of a logbook, also where there are no files.
type Reader struct {
	*Repo
	settings *logparse.Settings
	h        *gitrepo.History               // read last; documents come from it
	read     map[string]moving              // by the paths
	docs     map[version]*logparse.Document // that were read: mostKept of them
	people   *plan.Logbook                  // who has which address, once a sign-off asks
	err      error                          // the first: from then on nothing else counts, and whoever asked is told

	moves []trail.LogbookMove // that took along what is asked for, the newest first

	agreedTexts map[string]bool // ids, once all commits are known
	signed      *signedCommits  // nil until they are asked for
}

// A moving history is one of a logbook that may have moved, with the moves, the newest first.
type moving struct {
	*gitrepo.History
	moves []trail.LogbookMove
}

// A version is one text of one file.
type version struct{ path, id string }

func newReader(repo *Repo) *Reader {
	return &Reader{Repo: repo, settings: &logparse.Settings{}, h: &gitrepo.History{}, read: make(map[string]moving), docs: make(map[version]*logparse.Document)}
}

func (r *Reader) fail(err error) { r.err = cmp.Or(r.err, err) }

// Open reads what git has of the logbook in a folder.
func Open(dir *logbook.Dir) (*Reader, error) {
	repo, err := Find(dir)
	if err != nil {
		return nil, err
	}
	r := newReader(repo)
	r.settings = dir.Settings()
	return r, nil
}

// OpenBare reads a logbook of which only a bare repository is there; nil where the
// folder is none.
func OpenBare(folder string) (*Reader, error) {
	repo, err := gitrepo.FindToRead(folder)
	if err != nil || repo.Root() != "" {
		return nil, nil
	}
	r := newReader(newRepo(repo, "."))
	if r.h, err = repo.History(gitrepo.HistoryOptions{Marked: plan.SignOffMark}); err != nil {
		return nil, err
	}
	files := r.filesAt(r.h.Head, logbook.SettingsName)
	if r.err == nil && files[logbook.SettingsName] == "" {
		return nil, hint.New("use a clone with a work tree for a logbook in a folder of a repository", "the bare repository %s has no %s at the top of its branch", repo.CommonDir(), logbook.SettingsName)
	}
	r.readSettings(files)
	return r, r.err
}

// Settings are those of the logbook's files or, where there are none, of its newest commit.
func (r *Reader) Settings() *logparse.Settings { return r.settings }

// readSettings takes the settings from a commit's files, where they are among them.
func (r *Reader) readSettings(files map[string]string) {
	id := files[logbook.SettingsName]
	if id == "" {
		return
	}
	text, err := r.h.Text(r.InRepository(logbook.SettingsName), id)
	if r.fail(err); err == nil {
		r.settings, _ = logparse.ParseSettings(logbook.SettingsName, text)
		clear(r.docs)
	}
}

// historyOf reads the commits of some paths of the logbook, once, including those
// from which merges took nothing. Documents then come from what it has read.
func (r *Reader) historyOf(paths []string) []*plan.Commit {
	key := strings.Join(paths, "\x00")
	read, ok := r.read[key]
	if !ok {
		read.moves = r.readMoving(gitrepo.HistoryOptions{AllSides: true}, append([]string{logbook.SettingsName}, paths...)...)
		if r.err != nil {
			return nil
		}
		read.History = r.h
		r.read[key] = read
	}
	r.h = read.History
	commits, err := r.commits(r.h)
	r.fail(err)
	commits = slices.DeleteFunc(commits, func(c *plan.Commit) bool {
		files := len(c.Files)
		c.Files = slices.DeleteFunc(c.Files, func(f plan.FileVersion) bool { return !within(paths, f.Path) })
		return files > 0 && len(c.Files) == 0 // it changed the settings alone
	})
	r.moves = slices.DeleteFunc(slices.Clone(read.moves), func(move trail.LogbookMove) bool {
		return !slices.ContainsFunc(commits, func(c *plan.Commit) bool { return c.ID == move.Commit })
	})
	r.joined(commits, r.moves)
	return commits
}

// inRepository are paths of the logbook as the repository names them, and did before.
func (r *Repo) inRepository(paths ...string) (names []string) {
	for _, folder := range r.folders() {
		for _, name := range paths {
			names = append(names, path.Join(folder, name))
		}
	}
	return names
}

// mostKept bounds the versions that are held in memory at once.
const mostKept = 2000

// document reads one version of a file, and keeps it for who asks for it next: what one
// commit made of a file is mostly what another one finds.
func (r *Reader) document(name, id string) (*logparse.Document, error) {
	if id == "" {
		return nil, nil
	}
	v := version{name, id}
	if doc := r.docs[v]; doc != nil {
		return doc, nil
	}
	text, err := r.h.Blob(id)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if text, err = r.checkedOut(name, id, text); err != nil {
		return nil, err // which names the file
	}
	doc, err := r.recovered(id, logparse.Parse(name, text, r.settings.Headings))
	if err == nil {
		if len(r.docs) >= mostKept {
			clear(r.docs)
		}
		r.docs[v] = doc
	}
	return doc, err // which names the file
}

// checkedOut is a file's stored content as people wrote it. A file that can't be read
// so is never taken for a log, and the command ends with that.
func (r *Reader) checkedOut(name, id string, stored []byte) ([]byte, error) {
	if !logbook.IsOwnFile(name) {
		return stored, nil
	}
	text, err := r.h.CheckedOut(r.InRepository(name), id, stored)
	r.fail(err)
	return text, err
}

// documents reads and parses many versions, on all processors, of those that are
// needed: in no order.
func (r *Reader) documents(versions []version, needed func(name string, text []byte) bool) map[version]*logparse.Document {
	byID := make(map[string][]version)
	var ids []string
	for _, v := range versions {
		byID[v.id] = append(byID[v.id], v)
		ids = append(ids, v.id)
	}
	var texts []logbook.Text
	var read []version
	err := r.h.Blobs(ids, func(id string, stored []byte) {
		for _, v := range byID[id] {
			text, err := r.checkedOut(v.path, id, stored)
			if err == nil && needed(v.path, text) {
				texts = append(texts, logbook.Text{Path: v.path, Text: bytes.Clone(text)})
				read = append(read, v)
			}
		}
	})
	r.fail(err)
	docs := make(map[version]*logparse.Document, len(read))
	for i, doc := range logbook.Parse(texts, r.settings.Headings) {
		if doc, err := r.recovered(read[i].id, doc); err == nil {
			docs[read[i]] = doc
		}
	}
	return docs
}

func everything(string, []byte) bool { return true }

// readAhead reads the files of all commits, where they are few enough: a person's and
// not a whole logbook's.
func (r *Reader) readAhead(commits []*plan.Commit) {
	versions := make(map[version]bool)
	for _, c := range commits {
		for _, f := range c.Files {
			for _, id := range []string{f.Before, f.After} {
				if id != "" {
					versions[version{f.Path, id}] = true
				}
			}
		}
	}
	if len(versions) <= mostKept {
		r.docs = r.documents(slices.Collect(maps.Keys(versions)), everything)
	}
}

// signs says whether the text that a sign-off names was in its commit.
func (r *Reader) signs(h *gitrepo.History, s plan.SignOff) bool {
	there, err := r.signsThere(h, s)
	r.fail(err)
	return there
}

// planOf is a person's development plan as HEAD has it; nil where there is none.
func (r *Reader) planOf(id string) *logparse.DevelopmentPlan {
	name := logparse.PlanPath(id)
	doc, err := r.document(name, r.filesAt(r.h.Head, name)[name])
	if r.fail(err); doc == nil {
		return nil
	}
	return doc.Plan
}

// addressesOf are a person's addresses, by the plan or the settings; none for what
// is no person's id.
func (r *Reader) addressesOf(id string) []logparse.Value[string] {
	if !logparse.IsID(id) {
		return nil
	}
	if p := r.planOf(logparse.NormalID(id)); p != nil && len(p.Emails) > 0 {
		return p.Emails
	}
	for _, person := range r.settings.People {
		if person.ID == logparse.NormalID(id) {
			return person.Emails
		}
	}
	return nil
}

// filesAt lists a commit's files below a path, as the logbook names them.
func (r *Reader) filesAt(commit, below string) map[string]string {
	named := make(map[string]string)
	for _, name := range r.inRepository(below) {
		if r.err != nil {
			break
		}
		files, err := r.h.FilesAt(commit, name)
		r.fail(err)
		for name, id := range files {
			named[r.InLogbook(name)] = id
		}
		if len(files) > 0 {
			break
		}
	}
	return named
}

// changed lists what a commit changed below a path.
func (r *Reader) changed(commit, below string) []plan.FileVersion {
	for _, name := range r.inRepository(below) {
		deltas, err := r.h.Changed(commit, name)
		if r.fail(err); len(deltas) > 0 {
			return r.versions(deltas)
		}
	}
	return nil
}

// bookOf is the logbook as a commit's files have it, of those files that are needed.
func (r *Reader) bookOf(files map[string]string, needed func(name string, text []byte) bool) *plan.Logbook {
	r.readSettings(files)
	var versions []version
	for name, id := range files {
		if strings.HasPrefix(name, logparse.PeopleFolder+"/") && logbook.IsOwnFile(name) {
			versions = append(versions, version{name, id})
		}
	}
	var docs []*logparse.Document
	for _, doc := range r.documents(versions, needed) {
		if doc.Kind != logparse.OtherFile {
			docs = append(docs, doc)
		}
	}
	return plan.New(r.settings, docs, nil)
}

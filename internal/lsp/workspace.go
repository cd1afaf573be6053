package lsp

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// maxJudged is how many judged people are kept: those whose files somebody has open just now.
const maxJudged = 3

// A workspace is a logbook in which files are open: who there is, and a few people,
// judged. It is read again where its files have changed.
type workspace struct {
	dir   *logbook.Dir
	today logparse.Date
	later func(do func()) // has something done in turn, and then the findings told
	wait  time.Duration   // for git, before findings are told without sign-offs

	stamps  []logbook.Stamp   // of what the roster is made of, when it was read
	fresh   bool              // nothing has told that they have changed
	watched bool              // somebody tells when files change, so that nobody needs to look
	read    *logbook.Contents // what the files say
	key     string            // stands for the open texts that are in it now

	shared *logbook.Contents // what the open texts and the other files say
	*plan.Belongings
	first  logparse.Date // of a log that is some weeks old, if there is one, else of any
	looked bool          // for that log
	state  int           // a new number whenever all this is read again

	gitDir string // "" where there is none, or nobody has looked yet
	signs  signOffs
	said   string    // what is wrong with the logbook, as the editor has shown it
	judged []*judged // the one that was used last comes first
}

// A judged is one person with what their files and the open texts say.
type judged struct {
	id       string
	state    int // of the workspace
	stamps   []logbook.Stamp
	key      string
	contents *logbook.Contents // of the files
	strays   []*logparse.Document
	book     *plan.Logbook
	signed   bool // the sign-offs are in the book
}

// refresh reads who there is, if that has changed. open are the texts that are open here.
func (w *workspace) refresh(open []*document, today logparse.Date) error {
	if w.read == nil || !w.fresh && !w.same(w.stamps, w.rosterFiles()) {
		stamps := w.rosterFiles()
		read, err := w.dir.ReadRoster()
		if err != nil {
			return fmt.Errorf("%s can't be read: %w", filepath.Join(w.dir.Path, logbook.SettingsName), err)
		}
		w.read, w.stamps, w.key, w.looked = read, stamps, "", false
	}
	w.fresh = w.watched
	if format := w.read.Settings.WholeFormat(); format > logparse.NewestFormat {
		return fmt.Errorf("the logbook %s has format %d, and this coachlog knows formats 1 to %d; install a newer coachlog", w.dir.Path, format, logparse.NewestFormat)
	}
	key := today.String() + w.heads()
	for _, d := range open {
		if isShared(d.path) {
			key += "\n" + d.path + "\n" + headOf(d)
		}
	}
	if key == w.key {
		return nil
	}
	w.key, w.today = key, today
	w.state++
	w.overlay(open)
	w.Belongings = plan.NewRoster(w.shared.Settings, w.shared.Docs).Belongings(w.shared.Folders)
	for _, m := range w.shared.Metrics {
		w.Measure(m.Doc, m.Rows)
	}
	return nil
}

// isShared says whether other people's files depend on this one.
func isShared(name string) bool {
	return name == logbook.SettingsName || path.Dir(name) == logparse.MetricsFolder || strings.HasPrefix(name, logparse.PeopleFolder+"/") && !logparse.IsLogName(path.Base(name))
}

// headOf is the part of an open text on which others depend.
func headOf(d *document) string {
	if strings.HasSuffix(d.path, ".md") {
		return string(logparse.Head(d.text))
	}
	return strconv.Itoa(d.edits)
}

// overlay puts the open texts in place of their files.
func (w *workspace) overlay(open []*document) {
	shared := *w.read
	shared.Docs, shared.Metrics = slices.Clone(shared.Docs), slices.Clone(shared.Metrics)
	for _, d := range open {
		if d.path == logbook.SettingsName {
			shared.Settings, shared.SettingsDoc = logparse.ParseSettings(d.path, d.text)
		}
	}
	for _, d := range open {
		switch {
		case path.Dir(d.path) == logparse.MetricsFolder:
			rows, doc := logparse.ParseMetrics(d.path, d.text)
			shared.Metrics = slices.DeleteFunc(shared.Metrics, func(m logbook.Metrics) bool { return m.Doc.Path == d.path })
			shared.Metrics = append(shared.Metrics, logbook.Metrics{Doc: doc, Rows: rows})
		case isShared(d.path) && d.path != logbook.SettingsName:
			shared.Docs = slices.DeleteFunc(shared.Docs, func(doc *logparse.Document) bool { return doc.Path == d.path })
			if doc := logparse.Parse(d.path, logparse.Head(d.text), shared.Settings.Headings); doc.Plan != nil || doc.NotText() != nil {
				shared.Docs = append(shared.Docs, doc)
			}
			if folder := path.Dir(d.path); !slices.Contains(shared.Folders, folder) {
				shared.Folders = append(slices.Clone(shared.Folders), folder)
			}
		}
	}
	w.shared = &shared
}

// judge is a person with what their files and the open texts say now.
func (w *workspace) judge(id string, open []*document) *judged {
	folders, key := slices.Clone(w.Folders[id]), ""
	var own []*document
	for _, d := range open {
		if w.OwnerOfFile(d.path) != id || path.Dir(path.Dir(d.path)) != logparse.PeopleFolder || !strings.HasSuffix(d.path, ".md") {
			continue
		}
		own, key = append(own, d), key+strconv.Itoa(d.edits)+"\n"
	}
	at := slices.IndexFunc(w.judged, func(j *judged) bool { return j.id == id })
	stamps, err := w.dir.Stamps(folders)
	if at >= 0 && err == nil {
		j := w.judged[at]
		w.judged = slices.Insert(slices.Delete(w.judged, at, at+1), 0, j)
		isSame := j.state == w.state && w.same(j.stamps, stamps)
		if isSame && j.key == key {
			return j
		}
		if isSame {
			j.key = key
			w.put(j, own)
			return j
		}
	}
	if at >= 0 {
		w.judged = slices.DeleteFunc(w.judged, func(j *judged) bool { return j.id == id })
	}
	j := &judged{id: id, state: w.state, stamps: stamps, key: key, contents: w.dir.ReadFolders(w.shared.Settings, folders)}
	w.put(j, own)
	w.judged = slices.Insert(w.judged, 0, j)
	w.judged = slices.Delete(w.judged, min(maxJudged, len(w.judged)), len(w.judged))
	return j
}

// put judges the person by their files, with the open texts in place of some.
func (w *workspace) put(j *judged, open []*document) {
	isOpen := func(doc *logparse.Document) bool {
		return slices.ContainsFunc(open, func(d *document) bool { return d.path == doc.Path })
	}
	docs := slices.DeleteFunc(slices.Clone(j.contents.Docs), isOpen)
	j.strays = slices.DeleteFunc(slices.Clone(j.contents.Strays), isOpen)
	for _, d := range open {
		if doc := logparse.Parse(d.path, d.text, w.shared.Settings.Headings); doc.Kind != logparse.OtherFile {
			docs = append(docs, doc)
		} else {
			j.strays = append(j.strays, doc)
		}
	}
	j.book, j.signed = w.Judge([]string{j.id}, docs, w.Values[j.id]), false
}

// doc is a file of the person's as it was judged; nil where there is none.
func (j *judged) doc(name string) *logparse.Document {
	for _, doc := range slices.Concat(j.book.Docs, j.strays) {
		if doc.Path == name {
			return doc
		}
	}
	return nil
}

func (w *workspace) hasLogs(id string) bool { return slices.ContainsFunc(w.Folders[id], w.dir.HasLogs) }

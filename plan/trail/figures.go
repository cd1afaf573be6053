package trail

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A figureMove is a verdict, a result or a figure of the past that a commit has made
// another one.
type figureMove struct {
	person  string
	figure  figure
	was, is string
}

type figure struct {
	rank  int // figures of a kind stand together
	label string
	value string
}

// The ranks of figures.
const (
	ofVerdict = iota
	ofResult
	ofRate
	ofSessions
)

// isVerdict says whether a verdict, a result or a rate moved.
func (m figureMove) isVerdict() bool { return m.figure.rank < ofSessions }

// ofGiven says whether it is a verdict or result that was there, and still is.
func (m figureMove) ofGiven() bool {
	return m.figure.rank < ofRate && m.was != nothing && m.is != nothing
}

const nothing = "none"

// words say what moved; of a file that isn't the person's, whose it is.
func (m figureMove) words(owner string) string {
	text := m.figure.label + ": " + m.was + " -> " + m.is
	if m.person != owner {
		text = m.person + ", " + text
	}
	return text
}

// consequences are, by person, what a commit's later changes moved: the files of those
// people are judged as they are and as they would be without them, and only sessions that
// were recorded before count.
func (a *Audit) consequences(c *plan.Commit, changes []laterChange) map[string][]figureMove {
	undone, fresh := make(map[string]changedFile), make(map[string]bool) // by path
	for _, f := range a.files {
		fresh[f.Path] = f.Before == ""
	}
	people := make(map[string]bool)
	for _, l := range changes {
		i := slices.IndexFunc(a.files, func(f changedFile) bool { return f.Path == l.path || f.was == l.path })
		if i >= 0 {
			undone[a.files[i].Path] = a.files[i]
			if l.key == "log" {
				fresh[a.files[i].Path] = false
			}
		}
		for _, id := range l.people {
			people[id] = true
		}
	}
	renamed := func(f changedFile) bool { return personOf(f.Path) != personOf(f.was) }
	values := slices.ContainsFunc(changes, func(l laterChange) bool { return isMetrics(l.path) }) || slices.ContainsFunc(a.files, renamed)
	for _, f := range a.files { // a value may have moved from one file to another, and a folder and values with a person's new id
		if isMetrics(f.Path) && values || renamed(f) {
			undone[f.Path] = f
		}
	}
	return a.compare(c, undone, fresh, people)
}

// compare judges people, or everybody, with what a commit has made of some files, and without
// it. Fresh are those that it added.
func (a *Audit) compare(c *plan.Commit, undone map[string]changedFile, fresh, people map[string]bool) map[string][]figureMove {
	dir := logparse.PeopleFolder
	if len(people) == 1 && !people[everybody] {
		for id := range people {
			dir = a.folderOf(id, undone)
		}
	}
	files := a.FilesAt(c.ID, dir)
	versions := make(map[string][]sides) // by person
	for _, name := range slices.Sorted(maps.Keys(files)) {
		v := sides{fileVersion{name, files[name]}, fileVersion{name, files[name]}}
		if f, ok := undone[name]; ok {
			v.before = fileVersion{f.was, f.Before}
		}
		owner := a.ownerOf(name)
		versions[owner] = append(versions[owner], v)
		people[owner] = people[owner] || people[everybody]
	}
	for name, f := range undone {
		if _, there := files[name]; !there { // it is gone
			owner := a.ownerOf(f.was)
			versions[owner] = append(versions[owner], sides{before: fileVersion{f.was, f.Before}})
		}
	}
	moves := make(map[string][]figureMove)
	before, after := a.standards(c, undone)
	for id, asked := range people {
		if !asked || id == "" || id == everybody {
			continue
		}
		var old, now []*logparse.Document
		moved := make(map[string]string) // by path: where a file was before
		for _, v := range versions[id] {
			doc := a.parsed(v.after, after.settings)
			if doc != nil && doc.Session != nil && fresh[v.after.path] {
				continue // a session that wasn't recorded before
			}
			moved[v.after.path] = v.before.path
			old, now = append(old, a.parsed(v.before, before.settings)), append(now, doc)
		}
		moves[id] = movesBetween(id, a.figuresOf(id, before, old, nil), a.figuresOf(id, after, now, moved))
		moves[everybody] = append(moves[everybody], moves[id]...)
	}
	slices.SortStableFunc(moves[everybody], func(x, y figureMove) int {
		return cmp.Or(cmp.Compare(x.figure.rank, y.figure.rank), cmp.Compare(x.person, y.person))
	})
	return moves
}

// sides are a file as it was without a commit, and with it.
type sides struct{ before, after fileVersion }

// folderOf is where a person's files are: that of a changed file of theirs, else by the id.
func (a *Audit) folderOf(id string, undone map[string]changedFile) string {
	for name := range undone {
		if a.ownerOf(name) == id {
			return path.Dir(name)
		}
	}
	if p := a.Book.Someone(id); p.PlanDoc != nil {
		return path.Dir(p.PlanDoc.Path)
	}
	return logparse.PersonFolder(id)
}

// A standard is by what somebody's files are judged.
type standard struct {
	settings *logparse.Settings
	rows     []plan.Observation
}

// standards are the settings and values without and with what a commit changed.
func (a *Audit) standards(c *plan.Commit, undone map[string]changedFile) (before, after standard) {
	now := make(map[string]string)
	maps.Copy(now, a.FilesAt(c.ID, logparse.MetricsFolder))
	maps.Copy(now, a.FilesAt(c.ID, settingsName))
	was := maps.Clone(now)
	for name := range undone {
		delete(was, name)
	}
	for _, f := range undone {
		if f.Before != "" {
			was[f.was] = f.Before
		}
	}
	return standard{a.settingsOf(was[settingsName]), a.observations(was)}, standard{a.settingsOf(now[settingsName]), a.observations(now)}
}

func (a *Audit) observations(files map[string]string) (all []plan.Observation) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !isMetrics(name) {
			continue
		}
		isCopy := logparse.CopyOf(path.Base(name), func(original string) bool { return files[path.Join(path.Dir(name), original)] != "" }) != ""
		id := fmt.Sprint(name, " ", isCopy, files[name])
		rows, ok := a.observed[id]
		if !ok {
			read, _ := logparse.ParseMetrics(name, a.rawText(name, files[name]))
			rows = plan.ObservationsOf(name, read)
			for i := range rows {
				rows[i].InCopy = isCopy
			}
			if a.observed == nil || len(a.observed) > mostKept {
				a.observed = make(map[string][]plan.Observation)
			}
			a.observed[id] = rows
		}
		all = append(all, rows...)
	}
	return all
}

// mostKept bounds the versions of files that are kept for the next commit.
const mostKept = 2000

// parsed is one version of a file, with the headings of some settings.
func (a *Audit) parsed(v fileVersion, settings *logparse.Settings) *logparse.Document {
	if !strings.HasSuffix(v.path, ".md") {
		return nil
	}
	doc := a.text(v.path, v.id)
	if doc != nil && !reflect.DeepEqual(settings.Headings, a.Book.Settings.Headings) {
		return logparse.Parse(v.path, doc.Text, settings.Headings)
	}
	return doc
}

// figuresOf are what a person's files come to, by what each is about. moved says where
// files were before, so that a session keeps its name.
func (a *Audit) figuresOf(id string, by standard, docs []*logparse.Document, moved map[string]string) figures {
	docs = slices.DeleteFunc(docs, func(d *logparse.Document) bool { return d == nil })
	plans := slices.DeleteFunc(slices.Clone(docs), func(d *logparse.Document) bool { return d.Plan == nil })
	for _, p := range a.Book.Known {
		if p.PlanDoc != nil && p.ID != a.Book.Resolve(id) {
			plans = append(plans, p.PlanDoc)
		}
	}
	for _, doc := range docs {
		if doc.Plan != nil && doc.Plan.Person.Set && !doc.Broken() {
			id = logparse.NormalID(doc.Plan.Person.V) // which may be another one by now
		}
	}
	book := plan.NewRoster(by.settings, plans).Judge([]string{id}, docs, by.rows)
	found := make(figures)
	place := func(l *plan.Log) string { return cmp.Or(moved[l.Path()], l.Path()) }
	p := book.Person(id)
	for _, g := range p.Goals {
		of := nameOf(g.ID, g.Text)
		for _, v := range g.Verdicts {
			found.add(ofVerdict, "verdict "+of+place(v.Log), "verdict of "+of+" on "+v.Log.Date.String(), string(v.Outcome))
			found.add(ofVerdict, whosePlan+of+place(v.Log), "whose plan "+of+" was on "+v.Log.Date.String(), a.Book.Resolve(v.Coach))
		}
	}
	for _, g := range p.Agreements {
		if g.Closed() && g.Result != plan.Ended {
			of := nameOf(g.ID, g.Text)
			found.add(ofResult, "result "+of+place(g.Agreed)+place(g.Began), "result of "+of+", agreed on "+g.Began.Date.String(), string(g.Result))
		}
	}
	found.addRates(p.Facts(), a.Book.Resolve)
	return found
}

func nameOf(id, text string) string {
	if id != "" {
		return "^" + id
	}
	return fmt.Sprintf("%q", text)
}

// figures are somebody's, by what each is about.
type figures map[string]figure

func (f figures) add(rank int, key, label, value string) {
	for f[key].label != "" {
		key += "'"
	}
	f[key] = figure{rank, label, value}
}

// addRates adds the rates of everybody whom the facts name, by their present ids.
func (f figures) addRates(facts *plan.Facts, now func(id string) string) {
	var owners, coaches []string
	for _, a := range facts.Agreements {
		owners = append(owners, a.Owner())
	}
	for _, s := range facts.Sessions {
		coaches = append(coaches, s.Coach)
	}
	rate := func(key, label string, r plan.Rate) {
		if r.Whole > 0 {
			f.add(ofRate, key, label, r.String())
		}
	}
	for _, id := range unique(owners) {
		rate("commitment "+now(id), now(id)+"'s commitment", facts.CommitmentOf(id, plan.AllTime).Rate())
	}
	for _, id := range unique(coaches) {
		rate("follow-up "+now(id), now(id)+"'s follow-up", facts.FollowUpOf(id, plan.AllTime))
	}
	sessions := facts.SessionsIn(plan.AllTime)
	f.add(ofSessions, "held", "sessions held", fmt.Sprint(sessions.Held))
	f.add(ofSessions, "talks", "talks held", fmt.Sprint(sessions.Talks()))
	f.add(ofSessions, "minutes", "minutes in all", fmt.Sprint(sessions.Minutes))
	if percent, ok := sessions.Talk.Percent(); ok {
		f.add(ofSessions, "talk", now(facts.ID)+"'s share of the talking", fmt.Sprintf("%d%%", percent))
	}
}

// whosePlan is how the keys begin of what says whose a plan was: where there is no verdict
// any more, that says all.
const whosePlan = "coach "

func unique(ids []string) []string {
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}

// movesBetween are the figures that differ.
func movesBetween(person string, before, after figures) (moves []figureMove) {
	keys := slices.Concat(slices.Collect(maps.Keys(before)), slices.Collect(maps.Keys(after)))
	for _, key := range unique(keys) {
		was, is := before[key], after[key]
		gone := was.label == "" || is.label == ""
		if was.value != is.value && !(gone && strings.HasPrefix(key, whosePlan)) {
			known := was
			if was.label == "" {
				known = is
			}
			moves = append(moves, figureMove{person, known, cmp.Or(was.value, nothing), cmp.Or(is.value, nothing)})
		}
	}
	slices.SortStableFunc(moves, func(x, y figureMove) int { return cmp.Compare(x.figure.rank, y.figure.rank) })
	return moves
}

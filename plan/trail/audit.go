// Package trail reads the commits of a logbook: what happened to people, goals and
// actions, and what was changed after it had been agreed. It is told what the
// commits say, and works out the rest from both sides of each change, never from
// messages: commits that somebody made with git alone count as much.
package trail

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Finding is one place where the commits don't bear out what the logbook says. It
// says what the commits show, and blames nobody.
type Finding struct {
	Check   string // a check's id
	Path    string // relative to the logbook; "" where no file is meant
	Message string
	Remedy  string
	Commit  *plan.Commit // that shows it; nil where none is at hand
}

// A Check is one thing that the audit looks for.
type Check struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Why   string `json:"why"`

	commit func(a *Audit, c *plan.Commit) // each commit, oldest first
	end    func(a *Audit)                 // once, after the last
}

// Checks lists them in the order of the documentation.
var Checks = []*Check{
	agreedChanged, movedAfterDue, accountChanged, logRemoved, dateContradicted, clockContradicted,
	signOffByOther, signOffText, notMigration, notSigned, historyRewritten, historyIncomplete,
}

// An Audit is what the commits of a logbook are held against. Everything but
// Findings is given by the caller.
type Audit struct {
	Book    *plan.Logbook  // as the newest commit has it: those documents that Needs asks for
	Commits []*plan.Commit // all of them, the newest first
	Ends    []string       // commits before which a shallow clone knows nothing
	Head    map[string]string
	Read    Documents
	// FilesAt lists a commit's files below a folder of the logbook.
	FilesAt func(commit, dir string) (map[string]string, error)
	// Between lists what differs between two commits below a folder of the logbook.
	Between func(from, to, dir string) ([]plan.FileVersion, error)
	// Signs says whether the text that a sign-off names was in its commit.
	Signs func(plan.SignOff) (bool, error)

	// Substituted is what has git show other objects than were recorded; "" for nothing.
	Substituted string

	Migrations plan.Migrations

	Signatures *Signatures // nil where nobody asks for signed commits
	Anchor     *Anchor     // nil where there is none to compare with
	Beyond     []*plan.Commit

	Findings []Finding

	reader
	state
	check       *Check
	touched     map[string]touch
	signedPaths map[string]bool
	tops        map[string]*plan.Commit // by commit: of it and those that it stands on, the one that was made last
	newer       versions

	renamed map[string]plan.FileVersion // by the commit that is looked at: where a path was before
	edits   []edit                      // by the same
	lost    []plan.FileVersion          // by the same, a merge
}

// Needs says whether the audit has to have a file of the newest commit parsed, by its
// text: what isn't a log, what somebody has agreed to, and logs whose day isn't
// plainly the one of the file's name, or doesn't fit the commits. Most logs are none
// of these.
func (a *Audit) Needs(name string, text []byte) bool {
	if a.touched == nil {
		a.touched = make(map[string]touch)
		a.signedPaths = make(map[string]bool)
		for _, c := range a.Commits { // the newest first
			for _, f := range c.Files {
				t := a.touched[f.Path]
				if t.last == nil {
					t.last = c
				}
				if f.Before == "" {
					t.first = c
				}
				a.touched[f.Path] = t
			}
			if s, ok := plan.ReadSignOff(c); ok {
				a.signedPaths[s.Path] = true
			}
		}
	}
	day, ok := session(name)
	t := a.touched[name]
	if !ok || a.signedPaths[name] || t.first == nil || !plainDay(text, day) {
		return true
	}
	return day.DaysUntil(lastDay(t.first)) > lateDays || lastDay(t.last).AddDays(1).Before(day)
}

// touch is which commits changed a path first and last.
type touch struct{ first, last *plan.Commit }

// plainDay says whether a log's front matter has the day on a line of its own.
func plainDay(text []byte, day logparse.Date) bool {
	front, _, ok := bytes.Cut(text, []byte("\n---"))
	return ok && bytes.Count(front, []byte("\ndate:")) == 1 && bytes.Contains(front, []byte("\ndate: "+day.String()))
}

// Logs counts the sessions' logs among the files of the newest commit.
func (a *Audit) Logs() (n int) {
	for name := range a.Head {
		if _, ok := session(name); ok {
			n++
		}
	}
	return n
}

// Run makes every check.
func (a *Audit) Run() error {
	a.reader = reader{read: a.Read}
	a.state = newState(a.Commits, a.Book.Withdrawn(a.Commits))
	for _, c := range slices.Backward(a.Commits) {
		a.look(c)
		for _, a.check = range Checks {
			if a.check.commit != nil {
				a.check.commit(a, c)
			}
		}
		if a.err != nil {
			return a.err
		}
	}
	for _, a.check = range Checks {
		if a.check.end != nil {
			a.check.end(a)
		}
	}
	if a.err != nil {
		return a.err
	}
	a.Findings = slices.DeleteFunc(a.Findings, func(f Finding) bool { return f.Check == "" }) // mended since
	order := func(f Finding) int { return slices.IndexFunc(Checks, func(c *Check) bool { return c.ID == f.Check }) }
	slices.SortStableFunc(a.Findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(order(x), order(y)), cmp.Compare(x.Path, y.Path))
	})
	return nil
}

// LeaveOutBefore takes those findings out which commits of earlier days show. A commit
// that stands on a later one is no earlier than that.
func (a *Audit) LeaveOutBefore(day logparse.Date) {
	a.Findings = slices.DeleteFunc(a.Findings, func(f Finding) bool { return f.Commit != nil && a.latestDay(f.Commit).Before(day) })
}

// latestDay is the latest day of a commit and those that it stands on.
func (a *Audit) latestDay(c *plan.Commit) logparse.Date {
	day := lastDay(c)
	if top := a.latest(c.ID); top != nil && day.Before(top.RecordedDay()) {
		return top.RecordedDay()
	}
	return day
}

// latest is, of a commit and those that it stands on, the one that was made last; nil
// where the commit isn't known.
func (a *Audit) latest(id string) *plan.Commit {
	if a.tops == nil {
		a.tops = make(map[string]*plan.Commit)
		known := newState(a.Commits, nil).byID
		for _, c := range slices.Backward(a.Commits) {
			topOf(c, known, a.tops)
		}
	}
	return a.tops[id]
}

// topOf goes below a commit to what isn't in tops yet: the order of commits doesn't say
// for certain what stands on what.
func topOf(c *plan.Commit, known, tops map[string]*plan.Commit) *plan.Commit {
	if tops[c.ID] != nil {
		return tops[c.ID]
	}
	top := c
	for _, id := range c.Parents {
		if known[id] == nil {
			continue // a shallow clone hasn't got it
		}
		if below := topOf(known[id], known, tops); top.Recorded.Before(below.Recorded) {
			top = below
		}
	}
	tops[c.ID] = top
	return top
}

func (a *Audit) note(c *plan.Commit, path, message, remedy string) {
	a.Findings = append(a.Findings, Finding{a.check.ID, path, message, remedy, c})
}

// session says whether a path is that of a session's log, and its day by the name.
func session(name string) (day logparse.Date, ok bool) {
	base := path.Base(name)
	if personOf(name) == "" || len(base) < len("2006-01-02.md") || !strings.HasSuffix(base, ".md") {
		return day, false
	}
	day, err := logparse.ParseDate(base[:len("2006-01-02")])
	return day, err == nil
}

// An edit is a change to a held session's log that was recorded after the session's day.
type edit struct {
	path          string
	before, after *logparse.Document   // after may say no longer that the session was held
	others        []*logparse.Document // of a merge: before in its further parents
}

// look finds out what a commit renamed and which held sessions' logs it edited.
func (a *Audit) look(c *plan.Commit) {
	a.renamed, a.lost, a.edits = a.renames(c), a.lostIn(c), nil
	for to, from := range a.renamed { // a log that isn't that person's any more counts as deleted
		plans := a.renamed[path.Join(path.Dir(to), "plan.md")]
		if personOf(to) == "" || personOf(to) != personOf(from.Path) && path.Dir(plans.Path) != path.Dir(from.Path) &&
			a.Book.Resolve(personOf(to)) != a.Book.Resolve(personOf(from.Path)) {
			delete(a.renamed, to)
		}
	}
	for _, f := range slices.Concat(c.Files, a.lost) {
		was := f.Path
		if from, ok := a.renamed[f.Path]; ok {
			f.Before, was = from.Before, from.Path
		}
		a.lateEdit(c, f, was)
	}
}

// lateEdit reads both sides of a file. Nothing that a log agrees can be overdue on its own
// day, so that most commits need not be read. While a log doesn't say that the session
// was held, its last text that did is what later ones are compared with.
func (a *Audit) lateEdit(c *plan.Commit, f plan.FileVersion, was string) {
	day, ok := session(f.Path)
	if !ok {
		day, ok = session(was)
	}
	id, unheld := a.unheld[was]
	if unheld {
		f.Before = id
	}
	other := personOf(f.Path) != "" && path.Base(f.Path) != "plan.md" && strings.HasSuffix(f.Path, ".md") // a log may have any name
	if !ok && !other || f.Before == "" || f.After == "" || f.Before == f.After || ok && !day.Before(lastDay(c)) {
		return
	}
	e := edit{path: f.Path, before: a.text(was, f.Before)}
	if !held(e.before) {
		return
	}
	switch e.after = a.text(f.Path, f.After); {
	case held(e.after):
		delete(a.unheld, was)
	case unheld:
		return // told already
	default:
		a.unheld[was] = f.Before
	}
	for _, id := range f.Others {
		e.others = append(e.others, a.text(f.Path, id))
	}
	a.edits = append(a.edits, e)
}

// taken says whether a merge took something from another of its parents, as the caller
// compares that one with what came out.
func (e edit) taken(same func(other *logparse.Document) bool) bool {
	return slices.ContainsFunc(e.others, func(d *logparse.Document) bool { return d != nil && d.Session != nil && same(d) })
}

func held(doc *logparse.Document) bool {
	return doc != nil && doc.Session != nil && doc.Session.Status.V == logparse.Held
}

// lastDay is the later one of the days on which a commit was written and made: a
// false date of the one is borne out by the other.
func lastDay(c *plan.Commit) logparse.Date {
	if written, made := c.Day(), c.RecordedDay(); made.Before(written) {
		return written
	}
	return c.RecordedDay()
}

// nextHeld is the day of the first held session after a log's, as the commit
// before c had it; zero where there was none. A talk makes nothing due, so it is none.
func (a *Audit) nextHeld(c *plan.Commit, log string) (next logparse.Date) {
	if len(c.Parents) == 0 {
		return next
	}
	day, _ := session(log)
	files, err := a.FilesAt(c.Parents[0], path.Dir(log))
	a.fail(err)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if other, ok := session(name); !ok || !day.Before(other) {
			continue
		}
		if doc := a.text(name, files[name]); held(doc) && !plan.IsTalk(doc.Session.Kind.V) && !lastDay(c).Before(doc.Session.Date.V) {
			return doc.Session.Date.V
		}
	}
	return next
}

// named is an item as people know it.
func named(it *logparse.Item) string {
	if it.ID.Set {
		return "\"" + it.Text + "\" ^" + it.ID.V
	}
	return "\"" + it.Text + "\""
}

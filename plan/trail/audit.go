package trail

import (
	"bytes"
	"cmp"
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

	commit func(a *Audit, c *plan.Commit) error // each commit, the oldest first
	end    func(a *Audit) error                 // once, after the last
}

// Checks lists them in the order of the documentation.
var Checks = []*Check{
	agreedChanged, movedAfterDue, accountChanged, logRemoved, dateContradicted, clockContradicted,
	signOffByOther, signOffText, notSigned, historyRewritten, historyIncomplete,
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

	// Substituted is what has git show other objects than were recorded; "" for nothing.
	Substituted string

	Signatures *Signatures // nil where nobody asks for signed commits
	Anchor     *Anchor     // nil where there is none to compare with
	Beyond     []*plan.Commit

	Findings []Finding

	touched     map[string]touch
	signedPaths map[string]bool

	check   *Check
	docs    map[string]*logparse.Document
	state   state
	renamed map[string]plan.FileVersion // by the commit that is looked at: where a path was before
	edits   []edit                      // by the same
	lost    []plan.FileVersion          // by the same, a merge
	tops    map[string]*plan.Commit
	newer   versions
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
	a.docs = make(map[string]*logparse.Document)
	for _, doc := range a.Book.Docs {
		a.docs[doc.Path] = doc
	}
	a.state = newState(a.Commits, a.Book.Withdrawn(a.Commits))
	for _, c := range slices.Backward(a.Commits) {
		if err := a.look(c); err != nil {
			return err
		}
		for _, check := range Checks {
			if a.check = check; check.commit == nil {
				continue
			}
			if err := check.commit(a, c); err != nil {
				return err
			}
		}
	}
	for _, check := range Checks {
		if a.check = check; check.end == nil {
			continue
		}
		if err := check.end(a); err != nil {
			return err
		}
	}
	a.Findings = slices.DeleteFunc(a.Findings, func(f Finding) bool { return f.Check == "" }) // mended since
	order := make(map[string]int)
	for i, check := range Checks {
		order[check.ID] = i
	}
	slices.SortStableFunc(a.Findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(order[x.Check], order[y.Check]), cmp.Compare(x.Path, y.Path))
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
		a.tops = topsOf(a.Commits)
	}
	return a.tops[id]
}

// topsOf finds the latest commit below each, parents first: their dates don't say which
// are.
func topsOf(commits []*plan.Commit) map[string]*plan.Commit {
	byID := make(map[string]*plan.Commit, len(commits))
	for _, c := range commits {
		byID[c.ID] = c
	}
	tops := make(map[string]*plan.Commit, len(commits))
	for _, c := range commits {
		for stack := []*plan.Commit{c}; len(stack) > 0; {
			c := stack[len(stack)-1]
			top, ready := c, tops[c.ID] == nil
			for _, id := range c.Parents {
				parent := byID[id]
				if !ready || parent == nil {
					continue
				}
				if below := tops[id]; below == nil {
					stack, ready = append(stack, parent), false
				} else if top.Recorded.Before(below.Recorded) {
					top = below
				}
			}
			if ready {
				tops[c.ID] = top
			}
			if ready || tops[c.ID] != nil {
				stack = stack[:len(stack)-1]
			}
		}
	}
	return tops
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
func (a *Audit) look(c *plan.Commit) (err error) {
	if a.renamed, err = a.renames(c); err != nil {
		return err
	}
	if a.lost, err = a.lostIn(c); err != nil {
		return err
	}
	a.edits = nil
	for _, f := range slices.Concat(c.Files, a.lost) {
		was := f.Path
		if from, ok := a.renamed[f.Path]; ok {
			f.Before, was = from.Before, from.Path
		}
		if err := a.lateEdit(c, f, was); err != nil {
			return err
		}
	}
	return nil
}

// renames are those after which a log is still that person's: moved elsewhere, it counts
// as deleted.
func (a *Audit) renames(c *plan.Commit) (map[string]plan.FileVersion, error) {
	renamed, err := Renames(c, a.Read)
	if err != nil {
		return nil, err
	}
	for to, from := range renamed {
		plans := renamed[path.Join(path.Dir(to), "plan.md")]
		if personOf(to) == "" || personOf(to) != personOf(from.Path) && path.Dir(plans.Path) != path.Dir(from.Path) &&
			a.Book.Resolve(personOf(to)) != a.Book.Resolve(personOf(from.Path)) {
			delete(renamed, to)
		}
	}
	return renamed, nil
}

// lateEdit reads both sides of a file. Nothing that a log agrees can be overdue on its own
// day, so that most commits need not be read. While a log doesn't say that the session
// was held, its last text that did is what later ones are compared with.
func (a *Audit) lateEdit(c *plan.Commit, f plan.FileVersion, was string) error {
	day, ok := session(f.Path)
	if !ok {
		day, ok = session(was)
	}
	id, unheld := a.state.unheld[was]
	if unheld {
		f.Before = id
	}
	other := personOf(f.Path) != "" && path.Base(f.Path) != "plan.md" && strings.HasSuffix(f.Path, ".md") // a log may have any name
	if !ok && !other || f.Before == "" || f.After == "" || f.Before == f.After || ok && !day.Before(lastDay(c)) {
		return nil
	}
	before, err := a.Read(was, f.Before)
	if err != nil || !held(before) {
		return err
	}
	after, err := a.Read(f.Path, f.After)
	if err != nil {
		return err
	}
	switch {
	case held(after):
		delete(a.state.unheld, was)
	case unheld:
		return nil // told already
	default:
		a.state.unheld[was] = f.Before
	}
	e := edit{path: f.Path, before: before, after: after}
	for _, id := range f.Others {
		other, err := a.Read(f.Path, id)
		if err != nil {
			return err
		}
		e.others = append(e.others, other)
	}
	a.edits = append(a.edits, e)
	return nil
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
// before c had it; zero where there was none.
func (a *Audit) nextHeld(c *plan.Commit, log string) (logparse.Date, error) {
	day, _ := session(log)
	if len(c.Parents) == 0 {
		return logparse.Date{}, nil
	}
	files, err := a.FilesAt(c.Parents[0], path.Dir(log))
	if err != nil {
		return logparse.Date{}, err
	}
	var later []string
	for name := range files {
		if other, ok := session(name); ok && day.Before(other) {
			later = append(later, name)
		}
	}
	slices.Sort(later)
	for _, name := range later {
		doc, err := a.Read(name, files[name])
		if err != nil {
			return logparse.Date{}, err
		}
		if held(doc) && !lastDay(c).Before(doc.Session.Date.V) {
			return doc.Session.Date.V, nil
		}
	}
	return logparse.Date{}, nil
}

// named is an item as people know it.
func named(it *logparse.Item) string {
	if it.ID.Set {
		return "\"" + it.Text + "\" ^" + it.ID.V
	}
	return "\"" + it.Text + "\""
}

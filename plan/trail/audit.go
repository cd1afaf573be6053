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
	ID    string
	Title string
	Why   string

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

	Signatures *Signatures // nil where nobody asks for signed commits
	Anchor     *Anchor     // nil where there is none to compare with
	Beyond     []*plan.Commit

	Findings []Finding

	touched     map[string]touch
	signedPaths map[string]bool

	check *Check
	docs  map[string]*logparse.Document
	state state
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
	a.state = newState(a.Commits)
	for _, c := range slices.Backward(a.Commits) {
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
	order := make(map[string]int)
	for i, check := range Checks {
		order[check.ID] = i
	}
	slices.SortStableFunc(a.Findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(order[x.Check], order[y.Check]), cmp.Compare(x.Path, y.Path))
	})
	return nil
}

// LeaveOutBefore takes those findings out which commits of earlier days show.
func (a *Audit) LeaveOutBefore(day logparse.Date) {
	a.Findings = slices.DeleteFunc(a.Findings, func(f Finding) bool { return f.Commit != nil && lastDay(f.Commit).Before(day) })
}

func (a *Audit) note(c *plan.Commit, path, message, remedy string) {
	a.Findings = append(a.Findings, Finding{a.check.ID, path, message, remedy, c})
}

// state is what is known at one commit on the way.
type state struct {
	byID      map[string]*plan.Commit
	withdrawn map[string]bool                    // sign-offs
	signed    map[string]map[string]plan.SignOff // by path, then by person: the latest
	agreed    map[string]plan.SignOff            // by path: the one that completed the latest agreement of both
	seen      map[string]*plan.Commit            // by path: the commit that recorded it first
	last      map[string]*plan.Commit            // by path: the commit that changed it last
}

func newState(commits []*plan.Commit) state {
	s := state{
		byID: make(map[string]*plan.Commit, len(commits)), withdrawn: plan.Withdrawn(commits),
		signed: make(map[string]map[string]plan.SignOff), agreed: make(map[string]plan.SignOff), seen: make(map[string]*plan.Commit), last: make(map[string]*plan.Commit),
	}
	for _, c := range commits {
		s.byID[c.ID] = c
	}
	return s
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

// lateEdit reads both sides of a change to a held session's log that was recorded
// after the session's day; before is nil for all other changes. Nothing that a log
// agrees can be overdue on its own day, so that most commits need not be read.
func (a *Audit) lateEdit(c *plan.Commit, f plan.FileVersion) (before, after *logparse.Document, err error) {
	day, ok := session(f.Path)
	if !ok || f.Before == "" || f.After == "" || f.Before == f.After || !day.Before(lastDay(c)) {
		return nil, nil, nil
	}
	if before, err = a.Read(f.Path, f.Before); err != nil {
		return nil, nil, err
	}
	if !held(before) {
		return nil, nil, nil
	}
	after, err = a.Read(f.Path, f.After)
	return before, after, err
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

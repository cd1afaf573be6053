// Package trail reads the commits of a logbook: what happened to people, goals and
// actions, and what was changed after it had been agreed. It is told what the
// commits say, and works out the rest from both sides of each change, never from
// messages: commits that somebody made with git alone count as much.
package trail

import (
	"bytes"
	"cmp"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Finding is one place where the commits don't bear out what the logbook says. It
// says what the commits show, and blames nobody.
type Finding struct {
	Check   string       `json:"check"`          // its id
	Path    string       `json:"file,omitempty"` // relative to the logbook; missing where no file is meant
	Message string       `json:"message"`
	Moved   []string     `json:"moved,omitempty"` // verdicts, results and figures of the past, before and after
	Remedy  string       `json:"remedy"`
	Commit  *plan.Commit `json:"-"` // that shows it; nil where none is at hand

	verdicts bool // among these is a verdict, a result or a rate
}

// A LogbookMove says that the logbook was in another folder of its repository before.
type LogbookMove struct {
	From, Into string // "." is the top
	Commit     string
	Day        time.Time
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
	agreedChanged, movedAfterDue, accountChanged, figuresChanged, recordChanged, logRemoved, dateContradicted, clockContradicted,
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
	// Text reads a version of a file of which the audit looks at a few lines.
	Text func(path, id string) ([]byte, error)
	// FilesAt lists a commit's files below a folder of the logbook.
	FilesAt func(commit, dir string) map[string]string
	// Between lists what differs between two commits below a folder of the logbook.
	Between func(from, to, dir string) []plan.FileVersion
	// Signs says whether the text that a sign-off names was in its commit.
	Signs func(plan.SignOff) bool

	// Substituted is what has git show other objects than were recorded; "" for nothing.
	Substituted string

	Moves      []LogbookMove // of the logbook in its repository, the newest first
	Migrations plan.Migrations

	Signatures *Signatures // nil where nobody asks for signed commits
	Anchor     *Anchor     // nil where there is none to compare with
	Beyond     []*plan.Commit

	Findings  []Finding
	Bugs      error        // of coachlog, each in one check of one thing: what the others found is there
	Forgotten []Forgetting // the newest first

	reader
	state
	check   *Check
	touched map[string]touch
	byID    map[string]*plan.Commit
	tops    map[string]*plan.Commit // by commit: of it and those that it builds on, the one that was made last
	became  edges[fileVersion]

	renamed map[string]plan.FileVersion // by the commit that is looked at: where a path was before
	lost    []plan.FileVersion          // by the same, a merge
	files   []changedFile               // by the same

	lastText map[string]versionText        // by path: of a metrics file, the version that was read last
	observed map[string][]plan.Observation // by version of a metrics file
	settings map[string]*logparse.Settings // by version
}

// Needs says whether the audit has to have a file of the newest commit parsed, by its
// text: what isn't a log, what somebody has agreed to, and logs whose day isn't
// plainly the one of the file's name, or doesn't fit the commits. Most logs are none
// of these.
func (a *Audit) Needs(name string, text []byte) bool {
	day, ok := session(name)
	t := a.touch(name)
	if !ok || t.signed || t.first == nil || !plainDay(text, day) {
		return true
	}
	return day.DaysUntil(lastDay(t.first)) > lateDays || lastDay(t.last).AddDays(1).Before(day)
}

// A touch is which commits changed a path first and last, and whether one signs it off.
type touch struct {
	first, last *plan.Commit
	signed      bool
}

func (a *Audit) touch(name string) touch {
	if a.touched == nil {
		a.touched = make(map[string]touch)
		for _, c := range a.Commits { // the newest first
			for _, f := range c.Files {
				t := a.touched[f.Path]
				t.last = cmp.Or(t.last, c)
				if f.Before == "" {
					t.first = c
				}
				a.touched[f.Path] = t
			}
			for _, s := range plan.ReadSignOffs(c) {
				t := a.touched[s.Path]
				t.signed = true
				a.touched[s.Path] = t
			}
		}
	}
	return a.touched[name]
}

// plainDay says whether a log's front matter has the day on a line of its own.
func plainDay(text []byte, day logparse.Date) bool {
	front, _, ok := bytes.Cut(text, []byte("\n---"))
	return ok && bytes.Count(front, []byte("\ndate:")) == 1 && bytes.Contains(front, []byte("\ndate: "+day.String()))
}

// Logs counts the sessions' logs among the files of the newest commit.
func (a *Audit) Logs() (n int) {
	for name := range a.Head {
		if isLog(name) {
			n++
		}
	}
	return n
}

// SignOffsIn counts the commits that sign something off.
func SignOffsIn(commits []*plan.Commit) (n int) {
	for _, c := range commits {
		if _, ok := plan.ReadSignOff(c); ok {
			n++
		}
	}
	return n
}

// Run makes every check.
func (a *Audit) Run() error {
	a.reader = reader{read: a.Read}
	a.state = newState(a.Book.Withdrawn(a.Commits))
	a.findForgotten()
	for _, c := range slices.Backward(a.Commits) {
		a.look(c)
		a.findLater(c)
		a.remember(c)
		for _, a.check = range Checks {
			if a.check.commit != nil {
				a.try("commit "+plan.Short(c.ID), func() { a.check.commit(a, c) })
			}
		}
		if a.err != nil {
			return a.err
		}
	}
	for _, a.check = range Checks {
		if a.check.end != nil {
			a.try("the whole history", func() { a.check.end(a) })
		}
	}
	if a.err != nil {
		return a.err
	}
	a.tellLater()
	a.Findings = slices.DeleteFunc(a.Findings, func(f Finding) bool { return f.Check == "" || a.forgot(personOf(f.Path)) }) // mended since, or of somebody forgotten
	order := func(f Finding) int {
		at := slices.IndexFunc(Checks, func(c *Check) bool { return c.ID == f.Check })
		if !f.verdicts {
			at += len(Checks) // what moved a verdict comes first
		}
		return at
	}
	slices.SortStableFunc(a.Findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(order(x), order(y)), cmp.Compare(x.Path, y.Path))
	})
	return nil
}

// try makes one check of one thing. What others find counts without it.
func (a *Audit) try(what string, check func()) {
	var bug error
	func() {
		defer fault.Catch("the check "+a.check.ID+" of "+what, &bug)
		check()
	}()
	a.Bugs = errors.Join(a.Bugs, bug)
}

// LeaveOutBefore takes those findings out which commits of earlier days show. A commit
// that builds on a later one is no earlier than that.
func (a *Audit) LeaveOutBefore(day logparse.Date) {
	a.Findings = slices.DeleteFunc(a.Findings, func(f Finding) bool { return f.Commit != nil && a.latestDay(f.Commit).Before(day) })
}

// latestDay is the latest day of a commit and those that it builds on.
func (a *Audit) latestDay(c *plan.Commit) logparse.Date {
	day := lastDay(c)
	if top := a.latest(c.ID); top != nil && day.Before(top.RecordedDay()) {
		return top.RecordedDay()
	}
	return day
}

// latest is, of a commit and those that it builds on, the one that was made last; nil
// where the commit isn't known, as in a shallow clone. The order of commits doesn't say for
// certain what builds on what.
func (a *Audit) latest(id string) *plan.Commit {
	c := a.commit(id)
	if c == nil || a.tops[id] != nil {
		return a.tops[id]
	}
	top := c
	for _, parent := range c.Parents {
		if below := a.latest(parent); below != nil && top.Recorded.Before(below.Recorded) {
			top = below
		}
	}
	a.tops[id] = top
	return top
}

// commit is one by its id; nil where it isn't known.
func (a *Audit) commit(id string) *plan.Commit {
	if a.byID == nil {
		a.byID, a.tops = make(map[string]*plan.Commit, len(a.Commits)), make(map[string]*plan.Commit, len(a.Commits))
		for _, c := range a.Commits {
			a.byID[c.ID] = c
		}
	}
	return a.byID[id]
}

func (a *Audit) note(c *plan.Commit, path, message, remedy string) {
	a.Findings = append(a.Findings, Finding{Check: a.check.ID, Path: path, Message: message, Remedy: remedy, Commit: c})
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

func isLog(name string) bool {
	_, ok := session(name)
	return ok
}

func held(doc *logparse.Document) bool {
	return doc != nil && doc.Session != nil && doc.Session.Status.V == logparse.Held
}

// lastDay is the later one of the days on which a commit was written and made: a false date
// of the one is borne out by the other. Where somebody else made it, as by a rebase or a
// forge, it is the day on which it was written.
func lastDay(c *plan.Commit) logparse.Date {
	written, made := c.Day(), c.RecordedDay()
	if made.Before(written) || !c.Author.Same(c.Committer) {
		return written
	}
	return made
}

// nextHeld is the day of the first held session after a day, beside a log, as a commit
// has it; zero where there was none. A talk makes nothing due, so it is none.
func (a *Audit) nextHeld(c *plan.Commit, log string, day logparse.Date) (next logparse.Date) {
	if !day.Before(a.latestLog[path.Dir(log)]) && !slices.ContainsFunc(a.files, func(f changedFile) bool { return path.Dir(f.Path) == path.Dir(log) && f.Path != log }) {
		return next
	}
	files := a.FilesAt(c.ID, path.Dir(log))
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

package history

import (
	"errors"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
)

// A Question is what somebody asks of a history.
type Question struct {
	About    string // an id with its ^, a file, a person, or else a goal's text; "" for all
	From, To logparse.Date
	Author   string // an id, or a part of the name or address
	All      bool   // also what changed nothing in the coaching
}

// Tell hands over what happened, commit by commit, the newest first, and says before
// which commits a shallow clone knows nothing.
func (r *Reader) Tell(q Question, tell func(*plan.Commit, []trail.Event)) (incomplete []string, err error) {
	r.readSignOffs()
	about := r.subject(q.About)
	commits := r.follow(&about)
	<-r.signed.ready
	r.fail(r.signed.err)
	addresses := r.addressesOf(q.Author)
	lost, commits := r.leftOut(about.paths, commits, q.All)
	if r.err != nil {
		return nil, r.err
	}
	told := slices.DeleteFunc(byDay(commits, r.signed.commits), func(c *plan.Commit) bool { return !q.wants(c, addresses) })
	r.readAhead(told)
	var bugs error // of single commits, without which the others are told
	for _, c := range told {
		events, bug := r.eventsAbout(c, about, q.All)
		if r.err != nil {
			return nil, r.err
		}
		bugs = errors.Join(bugs, bug)
		for _, e := range lost[c.ID] {
			if about.is(e) || e.Verb == trail.VerbLeftOut && slices.ContainsFunc(lost[c.ID], func(o trail.Event) bool { return o.Path == e.Path && about.is(o) }) {
				events = append(events, e)
			}
		}
		for _, move := range r.moves {
			if move.Commit == c.ID {
				moved := plan.Change{Verb: plan.VerbMoved, What: "logbook", Path: logbook.SettingsName}
				events = append(events, trail.Event{Change: moved, Commit: c, Old: move.From, New: move.Into})
			}
		}
		if len(events) > 0 {
			tell(c, events)
		}
	}
	return r.h.Ends, bugs
}

// events are what one commit did.
func (r *Reader) events(c *plan.Commit) (events []trail.Event, bug, err error) {
	defer fault.Catch("commit "+plan.Short(c.ID), &bug)
	events, err = trail.Events(c, r.document)
	return events, nil, err
}

// eventsAbout are what one commit did of what somebody asks for: what changed nothing in the
// coaching only where all is asked for.
func (r *Reader) eventsAbout(c *plan.Commit, about subject, all bool) (events []trail.Event, bug error) {
	events, bug, err := r.events(c)
	r.fail(err)
	events = slices.DeleteFunc(events, func(e trail.Event) bool { return e.Minor && !all || !about.is(e) })
	r.doubt(c, events)
	return events, bug
}

// wants says whether a commit is of the days and by the author that were asked for.
func (q Question) wants(c *plan.Commit, addresses []logparse.Value[string]) bool {
	day := c.Day()
	switch {
	case !q.From.IsZero() && day.Before(q.From), !q.To.IsZero() && q.To.Before(day):
		return false
	case len(addresses) > 0:
		return slices.ContainsFunc(addresses, func(v logparse.Value[string]) bool { return c.Author.Has(v.V) })
	}
	return contains(c.Author.Name+" <"+c.Author.Email+">", q.Author)
}

// contains says whether a text has a part, in whatever case, and however their accents
// are put together.
func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(norm.NFC.String(text)), strings.ToLower(norm.NFC.String(part)))
}

// A subject is whom or what a history is about.
type subject struct {
	paths []string // in the logbook
	keep  func(trail.Event) bool
}

// is says whether an event is about it.
func (s subject) is(e trail.Event) bool { return s.keep(e) && within(s.paths, e.Path) }

// subject says what a text means.
func (r *Reader) subject(text string) subject {
	text = strings.TrimSuffix(text, "/")
	all := subject{[]string{logparse.PeopleFolder, logbook.SettingsName, logparse.MetricsFolder}, func(trail.Event) bool { return true }}
	id, isID := strings.CutPrefix(text, "^")
	switch {
	case text == "":
		return all
	case isID:
		return subject{all.paths, func(e trail.Event) bool { return e.ID == id || e.GoalID == id }}
	case strings.Contains(text, "/"), strings.HasSuffix(text, ".md"), text == logbook.SettingsName:
		return subject{[]string{path.Clean(text)}, all.keep}
	case logparse.IsID(text):
		if paths := r.foldersOf(logparse.NormalID(text)); len(paths) > 0 {
			return subject{paths, all.keep}
		}
	}
	return subject{all.paths, func(e trail.Event) bool { return e.What == "goal" && contains(e.Text, text) || contains(e.Goal, text) }}
}

// foldersOf are the folders that a person has had: by the plan's aliases. There are
// none where no commit knows the person.
func (r *Reader) foldersOf(id string) []string {
	paths := []string{logparse.PersonFolder(id)}
	if len(r.historyOf(paths)) == 0 {
		return nil
	}
	if p := r.planOf(id); p != nil {
		for _, alias := range p.Aliases {
			paths = append(paths, logparse.PersonFolder(alias.V))
		}
	}
	return paths
}

// signedCommits are the sign-offs among all commits, once ready is closed.
type signedCommits struct {
	h       *gitrepo.History
	commits []*plan.Commit
	err     error
	ready   chan struct{}
}

// readSignOffs looks for the sign-offs among all commits, while others are read.
func (r *Reader) readSignOffs() {
	s := &signedCommits{ready: make(chan struct{})}
	r.signed = s
	other := &Repo{Repo: r.Again(), Prefix: r.Prefix}
	go func() {
		defer close(s.ready)
		defer fault.Catch("", &s.err)
		s.h, s.commits, s.err = other.signOffCommits()
	}()
}

// byDay merges commits with those that agree to what they record, both with the
// newest first, by when they were made: of one second, the agreement came later,
// unless the other builds on it.
func byDay(commits, signed []*plan.Commit) []*plan.Commit {
	known := make(map[string]bool, len(commits))
	for _, c := range commits {
		known[c.ID] = true
	}
	signed = slices.DeleteFunc(slices.Clone(signed), func(c *plan.Commit) bool { return known[c.ID] })
	var all []*plan.Commit
	for _, c := range commits {
		for len(signed) > 0 && !signed[0].Recorded.Before(c.Recorded) && !slices.Contains(c.Parents, signed[0].ID) {
			all, signed = append(all, signed[0]), signed[1:]
		}
		all = append(all, c)
	}
	return append(all, signed...)
}

// doubt notes at each sign-off that doesn't count why.
func (r *Reader) doubt(c *plan.Commit, events []trail.Event) {
	for _, s := range plan.ReadSignOffs(c) {
		named := s.Person // as the event has it
		at := slices.IndexFunc(events, func(e trail.Event) bool {
			return e.Verb == trail.VerbSignedOff && e.Path == s.Path && e.New == named
		})
		if at < 0 {
			continue
		}
		if r.people == nil {
			r.people = r.peopleNow()
		}
		if r.people.Weigh(&s); s.Doubt != "" {
			events[at].Doubt = "not counted: " + s.Doubt
			continue
		}
		if !r.signs(r.signed.h, s) {
			events[at].Doubt = "not counted: the file had a different text then"
		}
	}
}

// peopleNow is the logbook as HEAD has it, without its sessions: who has which address.
func (r *Reader) peopleNow() *plan.Logbook {
	files := r.filesAt(r.h.Head, logparse.PeopleFolder)
	for name := range files {
		base := path.Base(name)
		if _, err := logparse.ParseDate(base[:min(len(base), len("2006-01-02"))]); err == nil {
			delete(files, name)
		}
	}
	return r.bookOf(files, everything)
}

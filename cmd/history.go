package cmd

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
	"github.com/coachlog/coachlog/report"
)

type historyOptions struct {
	*app
	reverse bool
	since   string
	until   string
	author  string
	format  string

	from, to logparse.Date
	authors  []logparse.Value[string] // addresses of the person that --author names
}

func newHistory(app *app) *cobra.Command {
	o := &historyOptions{app: app}
	c := &cobra.Command{
		Use:   "history [PERSON|LOG|^id|GOAL]",
		Short: "Tell what happened to a person, a log, a goal or an action, from the commits",
		Long: `history reads the commits and tells what each did in the words of coaching: a goal
set, its date or target moved, an action agreed, done, dropped, carried on or
followed up, a text agreed to, a promotion. It compares both sides of each change,
so that commits made with git alone count as much; messages are not believed.

Name a person's id, a file, an id with its ^, or a goal's text; without one, it is
the whole logbook. Files and people are followed when they get another name, and
authors are who .mailmap says that they are now.

It works in a bare repository too, and in a shallow clone as far as that goes.`,
		Example: `  coachlog history rep1
  coachlog history people/rep1/2026-07-06.md
  coachlog history ^aht --reverse
  coachlog history rep1 --since 2026-07-01 --until 2026-09-30 --author josh
  coachlog history rep1 --format json`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: app.completePeople(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(args)
		},
	}
	c.Flags().BoolVar(&o.reverse, "reverse", false, "the oldest first")
	c.Flags().StringVar(&o.since, "since", "", "only from this `date` on, by the day on which a commit was written")
	c.Flags().StringVar(&o.until, "until", "", "only up to this `date`")
	c.Flags().StringVar(&o.author, "author", "", "only commits by this `person`: an id, or a part of the name or address")
	formatFlag(c, &o.format, plainFormats)
	return c
}

func (o *historyOptions) run(args []string) error {
	if err := oneOf("format", o.format, plainFormats); err != nil {
		return err
	}
	for _, day := range []struct {
		flag, text string
		to         *logparse.Date
	}{{"since", o.since, &o.from}, {"until", o.until, &o.to}} {
		if day.text == "" {
			continue
		}
		date, err := logparse.ParseDate(day.text)
		if err != nil {
			return fmt.Errorf("--%s: %w", day.flag, err)
		}
		*day.to = date
	}
	r, err := o.openPast()
	if err != nil {
		return err
	}
	r.readSignOffs()
	about, err := r.subject(args)
	if err != nil {
		return err
	}
	h, err := o.tell(r, about)
	if err != nil {
		return err
	}
	if o.reverse {
		slices.Reverse(h.Commits)
	}
	return o.print(o.format, h)
}

// A subject is whom or what a history is about.
type subject struct {
	paths []string // in the logbook
	keep  func(trail.Event) bool
}

// subject says what an argument means: an id with its ^, a file, a person, or else
// a goal's text.
func (p *past) subject(args []string) (subject, error) {
	everything := subject{paths: []string{"people", logbook.SettingsName, "metrics"}, keep: func(trail.Event) bool { return true }}
	if len(args) == 0 {
		return everything, nil
	}
	arg := strings.TrimSuffix(args[0], "/")
	if id, ok := strings.CutPrefix(arg, "^"); ok {
		everything.keep = func(e trail.Event) bool { return e.ID == id || e.GoalID == id }
		return everything, nil
	}
	if strings.Contains(arg, "/") || strings.HasSuffix(arg, ".md") || arg == logbook.SettingsName {
		return subject{paths: []string{path.Clean(arg)}, keep: everything.keep}, nil
	}
	if logparse.IsID(arg) {
		if paths, err := p.foldersOf(logparse.NormalID(arg)); err != nil || len(paths) > 0 {
			return subject{paths: paths, keep: everything.keep}, err
		}
	}
	text := strings.ToLower(arg)
	everything.keep = func(e trail.Event) bool {
		return e.What == "goal" && strings.Contains(strings.ToLower(e.Text), text) || strings.Contains(strings.ToLower(e.Goal), text)
	}
	return everything, nil
}

// tell reads the commits of a subject, newest first, with those that agree to its
// files.
func (o *historyOptions) tell(p *past, about subject) (*report.History, error) {
	commits, err := p.follow(&about)
	if err != nil {
		return nil, err
	}
	<-p.signedReady
	signed, err := p.signed, p.signedErr
	if err != nil {
		return nil, err
	}
	if o.authors, err = p.addressesOf(o.author); err != nil {
		return nil, err
	}
	h := &report.History{Incomplete: p.h.Ends}
	told := slices.DeleteFunc(byDay(commits, signed), func(c *plan.Commit) bool { return !o.wanted(c) })
	if err := p.readAhead(told); err != nil {
		return nil, err
	}
	for _, c := range told {
		events, err := trail.Events(c, p.document)
		if err != nil {
			return nil, err
		}
		events = slices.DeleteFunc(events, func(e trail.Event) bool {
			return !about.keep(e) || !within(about.paths, e.Path)
		})
		if err := p.doubt(c, events); err != nil {
			return nil, err
		}
		if len(events) > 0 {
			h.AddCommit(c, events)
		}
	}
	return h, nil
}

// doubt notes at a sign-off that it doesn't count, and why.
func (p *past) doubt(c *plan.Commit, events []trail.Event) error {
	at := slices.IndexFunc(events, func(e trail.Event) bool { return e.Verb == trail.VerbSignedOff })
	if at < 0 {
		return nil
	}
	if p.people == nil {
		var err error
		if p.people, err = p.peopleNow(); err != nil {
			return err
		}
	}
	s, _ := plan.ReadSignOff(c)
	if !p.people.Own(s) {
		events[at].Doubt = "not counted: author and committer of the commit are not both " + s.Person
		return nil
	}
	plain, err := p.signsPlainly(p.signedIn, s)
	if !plain {
		events[at].Doubt = "not counted: the commit changes files, or the file held another text then"
	}
	return err
}

// peopleNow is the logbook as HEAD has it, without its sessions: who has which address.
func (p *past) peopleNow() (*plan.Logbook, error) {
	files, err := p.filesAt(p.h.Head, "people")
	if err != nil {
		return nil, err
	}
	for name := range files {
		base := path.Base(name)
		if _, err := logparse.ParseDate(base[:min(len(base), len("2006-01-02"))]); err == nil {
			delete(files, name)
		}
	}
	return p.bookOf(files, func(string, []byte) bool { return true })
}

// wanted says whether a commit is of the days and by the author that were asked for.
func (o *historyOptions) wanted(c *plan.Commit) bool {
	day := c.Day()
	if !o.from.IsZero() && day.Before(o.from) || !o.to.IsZero() && o.to.Before(day) {
		return false
	}
	if len(o.authors) > 0 {
		return slices.ContainsFunc(o.authors, func(v logparse.Value[string]) bool { return c.Author.Has(v.V) })
	}
	return o.author == "" || strings.Contains(strings.ToLower(c.Author.Name+" <"+c.Author.Email+">"), strings.ToLower(o.author))
}

// byDay merges commits with those that agree to what they record, both with the
// newest first, by when they were made: of one second, the agreement came later,
// unless the other stands on it.
func byDay(commits, signed []*plan.Commit) []*plan.Commit {
	known := make(map[string]bool, len(commits))
	for _, c := range commits {
		known[c.ID] = true
	}
	var all []*plan.Commit
	for _, c := range commits {
		for len(signed) > 0 && !signed[0].Recorded.Before(c.Recorded) && !slices.Contains(c.Parents, signed[0].ID) {
			if !known[signed[0].ID] {
				all = append(all, signed[0])
			}
			signed = signed[1:]
		}
		all = append(all, c)
	}
	for _, c := range signed {
		if !known[c.ID] {
			all = append(all, c)
		}
	}
	return all
}

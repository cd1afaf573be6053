package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
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
	if o.format == "json" {
		return h.JSON(o.Out)
	}
	return h.Text(o.Out, o.OutStyle)
}

// A past is what git has of a logbook: for reading, also where there are no files.
type past struct {
	*gitTrail
	settings *logparse.Settings
	read     map[string]*gitrepo.History   // by the paths
	ready    map[string]*logparse.Document // by path and id, where they were read beforehand
	last     map[string]*logparse.Document // by path, the version that was read last
	lastID   map[string]string
	h        *gitrepo.History

	signed      []*plan.Commit // the sign-offs, once signedReady is closed
	signedErr   error
	signedReady chan struct{}
}

// readSignOffs looks for the sign-offs among all commits, while others are read.
func (p *past) readSignOffs() {
	p.signedReady = make(chan struct{})
	other := &gitTrail{repo: p.repo.Again(), prefix: p.prefix}
	go func() {
		defer close(p.signedReady)
		_, p.signed, p.signedErr = other.signOffCommits()
	}()
}

// openPast finds the logbook's repository: that of the files, or a bare one.
func (a *app) openPast() (*past, error) {
	p := &past{settings: &logparse.Settings{}, read: make(map[string]*gitrepo.History), last: make(map[string]*logparse.Document), lastID: make(map[string]string)}
	dir, err := a.find()
	if err != nil {
		repo, bareErr := gitrepo.FindToRead(a.folder())
		if bareErr != nil || repo.Root() != "" {
			return nil, err
		}
		p.gitTrail = &gitTrail{repo: repo, prefix: "."}
		return p, p.readSettings()
	}
	if p.gitTrail, err = trailOf(dir); err != nil {
		if errors.Is(err, gitrepo.ErrNoRepository) {
			err = fmt.Errorf("the logbook %s is not in a git repository, so it has no history\nto make it one: coachlog init %s", dir.Path, dir.Path)
		}
		return nil, err
	}
	if text, err := dir.ReadFile(logbook.SettingsName); err == nil {
		p.settings, _ = logparse.ParseSettings(logbook.SettingsName, text)
	}
	return p, nil
}

// readSettings takes them from HEAD.
func (p *past) readSettings() error {
	h, err := p.repo.History(gitrepo.HistoryOptions{Marked: plan.SignOffMark, Cache: "sign-offs"})
	if err != nil {
		return err
	}
	files, err := h.FilesAt(h.Head, logbook.SettingsName)
	if err != nil {
		return err
	}
	id := files[logbook.SettingsName]
	if id == "" {
		return fmt.Errorf("the bare repository %s has no %s at the top of its branch\nuse a clone with a work tree for a logbook in a folder of a repository", p.repo.CommonDir(), logbook.SettingsName)
	}
	text, err := h.Blob(id)
	p.settings, _ = logparse.ParseSettings(logbook.SettingsName, text)
	return err
}

// document reads one version of a file. Commits come one after the other, so the
// version read last is often the next that is asked for.
func (p *past) document(name, id string) (*logparse.Document, error) {
	if id == "" {
		return nil, nil
	}
	if doc := p.ready[name+"\x00"+id]; doc != nil {
		return doc, nil
	}
	if p.lastID[name] == id {
		return p.last[name], nil
	}
	text, err := p.h.Blob(id)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	doc := logparse.Parse(name, text, p.settings.Headings)
	p.last[name], p.lastID[name] = doc, id
	return doc, nil
}

// mostReady bounds the versions that are held in memory at once.
const mostReady = 2000

// readAhead reads and parses the files of all commits, on all processors, where
// they are few enough: a person's and not a whole logbook's.
func (p *past) readAhead(commits []*plan.Commit) error {
	keys := make(map[string][]string) // by the content's id: path and id
	names := make(map[string]string)
	var ids []string
	for _, c := range commits {
		for _, f := range c.Files {
			for _, id := range []string{f.Before, f.After} {
				key := f.Path + "\x00" + id
				if id == "" || names[key] != "" {
					continue
				}
				names[key] = f.Path
				keys[id] = append(keys[id], key)
				ids = append(ids, id)
			}
		}
	}
	if len(names) > mostReady {
		return nil
	}
	var texts []logbook.Text
	var order []string
	err := p.h.Blobs(ids, func(id string, text []byte) {
		for _, key := range keys[id] {
			texts = append(texts, logbook.Text{Path: names[key], Text: bytes.Clone(text)})
			order = append(order, key)
		}
	})
	if err != nil {
		return err
	}
	p.ready = make(map[string]*logparse.Document, len(order))
	for i, doc := range logbook.Parse(texts, p.settings.Headings) {
		p.ready[order[i]] = doc
	}
	return nil
}

// A subject is whom or what a history is about.
type subject struct {
	paths []string // in the logbook
	keep  func(trail.Event) bool
	cache string
}

// subject says what an argument means: an id with its ^, a file, a person, or else
// a goal's text.
func (p *past) subject(args []string) (subject, error) {
	everything := subject{paths: []string{"people", logbook.SettingsName, "metrics"}, keep: func(trail.Event) bool { return true }, cache: "history-all"}
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
			return subject{paths: paths, keep: everything.keep, cache: "history-" + logparse.NormalID(arg)}, err
		}
	}
	text := strings.ToLower(arg)
	everything.keep = func(e trail.Event) bool {
		return e.What == "goal" && strings.Contains(strings.ToLower(e.Text), text) || strings.Contains(strings.ToLower(e.Goal), text)
	}
	return everything, nil
}

// foldersOf are the folders that a person has had: by the plan's aliases. There are
// none where no commit knows the person.
func (p *past) foldersOf(id string) ([]string, error) {
	paths := []string{path.Join("people", id)}
	h, err := p.historyOf(paths, "history-"+id)
	if err != nil || len(h.Records) == 0 {
		return nil, err
	}
	doc, err := p.planOf(id)
	if err != nil || doc == nil {
		return paths, err
	}
	for _, alias := range doc.Plan.Aliases {
		paths = append(paths, path.Join("people", alias.V))
	}
	return paths, nil
}

// planOf is a person's development plan as HEAD has it; nil where there is none.
func (p *past) planOf(id string) (*logparse.Document, error) {
	name := path.Join("people", id, "plan.md")
	files, err := p.h.FilesAt(p.h.Head, p.inRepository(name))
	if err != nil {
		return nil, err
	}
	doc, err := p.document(name, files[p.inRepository(name)])
	if err != nil || doc == nil || doc.Plan == nil {
		return nil, err
	}
	return doc, nil
}

// historyOf reads the commits of some paths of the logbook, once. What it reads is
// then where documents come from.
func (p *past) historyOf(paths []string, cache string) (*gitrepo.History, error) {
	var inRepository []string
	for _, name := range paths {
		inRepository = append(inRepository, p.inRepository(name))
	}
	key := strings.Join(inRepository, "\x00")
	if p.read[key] == nil {
		if cache != "" {
			cache += "-" + strconv.Itoa(len(paths)) // other names are another question
		}
		h, err := p.repo.History(gitrepo.HistoryOptions{Paths: inRepository, Cache: cache})
		if err != nil {
			return nil, err
		}
		p.read[key] = h
	}
	p.h = p.read[key]
	return p.h, nil
}

// addressesOf are a person's addresses, by the plan or the settings; none for what
// is no person's id.
func (p *past) addressesOf(id string) ([]logparse.Value[string], error) {
	if !logparse.IsID(id) {
		return nil, nil
	}
	doc, err := p.planOf(logparse.NormalID(id))
	if err != nil {
		return nil, err
	}
	if doc != nil && len(doc.Plan.Emails) > 0 {
		return doc.Plan.Emails, nil
	}
	for _, person := range p.settings.People {
		if person.ID == logparse.NormalID(id) {
			return person.Emails, nil
		}
	}
	return nil, nil
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
		if len(events) > 0 {
			h.AddCommit(c, events)
		}
	}
	return h, nil
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

func within(paths []string, name string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return p == "." || name == p || strings.HasPrefix(name, p+"/") })
}

// follow reads the commits of a subject's paths; where its files came from another
// place, or went to one, the commits of that too.
func (p *past) follow(about *subject) ([]*plan.Commit, error) {
	const most = 10 // names that somebody has had
	for range most {
		h, err := p.historyOf(about.paths, about.cache)
		if err != nil {
			return nil, err
		}
		commits, err := p.commits(h)
		if err != nil {
			return nil, err
		}
		more, err := p.otherNames(commits, about.paths)
		if err != nil || len(more) == 0 {
			return commits, err
		}
		about.paths = append(about.paths, more...)
	}
	return p.commits(p.h)
}

// otherNames are the paths from which a subject's files came in the commit that
// made them first, or to which they went in the one that took the last away.
func (p *past) otherNames(commits []*plan.Commit, paths []string) ([]string, error) {
	var more []string
	for _, name := range paths {
		first, last := ends(commits, name)
		for _, c := range []*plan.Commit{first, last} {
			if c == nil {
				continue
			}
			names, err := p.renamedIn(c, name)
			if err != nil {
				return nil, err
			}
			for _, n := range names {
				if !within(paths, n) && !slices.Contains(more, n) {
					more = append(more, n)
				}
			}
		}
	}
	return more, nil
}

// ends are the oldest commit that adds something below a path and the newest that
// takes something away; nil where there is none.
func ends(commits []*plan.Commit, name string) (first, last *plan.Commit) {
	for _, c := range commits { // the newest first
		for _, f := range c.Files {
			switch {
			case !within([]string{name}, f.Path):
			case f.Before == "":
				first = c
			case f.After == "" && last == nil:
				last = c
			}
		}
	}
	return first, last
}

// renamedIn are the other paths of what a commit renamed below a path: of a
// person's folder the folder, of a file the file.
func (p *past) renamedIn(c *plan.Commit, name string) ([]string, error) {
	deltas, err := p.h.Changed(c.ID, p.inRepository("people"))
	if err != nil {
		return nil, err
	}
	all := &plan.Commit{ID: c.ID}
	for _, d := range deltas {
		all.Files = append(all.Files, plan.FileVersion{Path: p.inLogbook(d.Path), Before: d.Before, After: d.After})
	}
	renamed, err := trail.Renames(all, p.document)
	if err != nil {
		return nil, err
	}
	var names []string
	for to, from := range renamed {
		a, b := to, from.Path
		if !strings.HasSuffix(name, ".md") {
			a, b = path.Dir(a), path.Dir(b)
		}
		switch {
		case a == b:
		case within([]string{name}, a):
			names = append(names, b)
		case within([]string{name}, b):
			names = append(names, a)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// byDay merges commits with those that agree to what they record, both with the
// newest first, by when they were made: of one second, the agreement came later.
func byDay(commits, signed []*plan.Commit) []*plan.Commit {
	known := make(map[string]bool, len(commits))
	for _, c := range commits {
		known[c.ID] = true
	}
	var all []*plan.Commit
	for _, c := range commits {
		for len(signed) > 0 && !signed[0].Recorded.Before(c.Recorded) {
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

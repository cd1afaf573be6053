package cmd

import (
	"context"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// askGit has git look for changes while people are read.
func (o *lintOptions) askGit() func() (*history.Since, error) {
	if !o.isSince || o.isNewBranch() {
		return nil
	}
	type answer struct {
		since *history.Since
		err   error
	}
	answers := make(chan answer, 1)
	go func() {
		dir, err := logbook.Find(o.folder())
		if err != nil {
			answers <- answer{err: err}
			return
		}
		since, err := history.ReadSince(context.Background(), dir, o.since)
		if errors.Is(err, gitrepo.ErrNoRepository) {
			err = hint.New("lint without --since reads everything", "the logbook isn't in a git repository, so nothing says what has changed")
		}
		answers <- answer{since, err}
	}()
	return func() (*history.Since, error) {
		a := <-answers
		return a.since, a.err
	}
}

// isNewBranch says whether the commit is what forges give for a branch that they didn't have
// before: only zeros.
func (o *lintOptions) isNewBranch() bool {
	return len(o.since) >= 40 && strings.Trim(o.since, "0") == ""
}

// whomChangesConcern lints these people.
func (o *lintOptions) whomChangesConcern(w *workspace, past func(string, logparse.Date) bool, changes func() (*history.Since, error)) (*linted, error) {
	l := o.linting(w, past)
	concerned := &plan.Concerned{All: "a new branch has no commit to compare with"}
	var since *history.Since
	if changes != nil {
		var err error
		if since, err = changes(); err != nil {
			return nil, err
		}
		concerned, l.changed = l.concerned(since), since.Files
	}
	var ids, others []string
	for _, id := range l.Everybody() {
		if concerned.All != "" || concerned.People[id] {
			ids = append(ids, id)
		} else {
			others = append(others, id)
		}
	}
	if l.people(o.app, ids); len(ids) > 0 && !l.grownUp(others) {
		concerned.All = "every log that is some weeks old has changed"
		l.people(o.app, others)
	}
	wanted := func(string) bool { return true }
	if concerned.All == "" {
		wanted = commonNear(since.Files)
	} else {
		o.tell(plainly, "%s, so everything is linted", concerned.All)
	}
	return l.end(o.app, wanted), nil
}

// grownUp is false where the logs that are some weeks old all changed: people who weren't linted
// may then hear of what a young logbook needn't.
func (l *linting) grownUp(others []string) bool {
	for _, id := range others {
		if l.grown.Load() {
			return true
		}
		b := l.judge(id)
		l.Note(b.Logbook)
		l.noteGrown(b)
	}
	return len(others) == 0 || l.grown.Load() || l.Young()
}

func (l *linting) noteGrown(b *book) {
	if !l.grown.Load() && l.Grown(b.Logbook, func(name string) bool { _, changed := l.changed[name]; return changed }) {
		l.grown.Store(true)
	}
}

// concerned are those whose findings may be others since the changes.
func (l *linting) concerned(since *history.Since) *plan.Concerned {
	c := plan.NewConcerned(l.Roster, l.shared.Docs, l.shared.Folders)
	metrics := false
	for _, name := range slices.Sorted(maps.Keys(since.Files)) {
		top, _, below := strings.Cut(name, "/")
		switch {
		case c.All != "" || slices.ContainsFunc(strings.Split(name, "/"), logparse.PassedOver):
		case top == logparse.PeopleFolder && below:
			c.File(name, func() string { return since.Text(name) })
		case name == logbook.SettingsName, top == logparse.PeopleFolder:
			c.All = name + " has changed"
		case top == logparse.MetricsFolder:
			metrics = true
		}
	}
	if since.Rules != "" {
		c.All = since.Rules + " has changed"
	}
	for _, name := range since.Whose {
		c.Whose(name)
	}
	if metrics {
		l.measured(c, since)
	}
	c.Coaches(l.hasLogs)
	return c
}

// measured takes those of whom a changed file of metrics/ has or had values, or a copy, of which
// it may be the original.
func (l *linting) measured(c *plan.Concerned, since *history.Since) {
	take := func(rows []logparse.MetricRow) {
		for _, row := range rows {
			c.People[l.Roster.Resolve(row.Person)] = true
		}
	}
	for _, m := range l.shared.Metrics {
		_, changed := since.Files[m.Doc.Path]
		if changed || logparse.CopyOf(path.Base(m.Doc.Path), func(string) bool { return true }) != "" {
			take(m.Rows)
		}
	}
	for name := range since.Files {
		if strings.HasPrefix(name, logparse.MetricsFolder+"/") {
			rows, _ := logparse.ParseMetrics(name, []byte(since.Text(name)))
			take(rows)
		}
	}
}

// commonNear says which findings in files that are nobody's the changes concern: those in a
// folder of a person with a changed file, or in one that has nearly the same name; all, where
// a file that is nobody's has changed; and always that a file at the top isn't read.
func commonNear(changed map[string]string) func(name string) bool {
	near := make(map[string]bool)
	all := false
	folder := func(name string) string {
		parts := strings.SplitN(name, "/", 3)
		return logparse.NormalText(strings.Join(parts[:min(2, len(parts))], "/"))
	}
	for name := range changed {
		near[folder(name)] = true
		all = all || strings.Count(name, "/") < 2 && !strings.HasPrefix(name, ".")
	}
	return func(name string) bool {
		return all || near[folder(name)] || !strings.Contains(name, "/") && name != logbook.SettingsName
	}
}

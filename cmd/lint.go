package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
	"github.com/coachlog/coachlog/report"
)

type lintOptions struct {
	*app
	many      manyFlags
	explain   string
	list      bool
	strict    bool
	tier      rules.Tier
	all       bool
	period    string
	format    string
	template  string
	baseline  string
	isStaged  bool
	stdinPath string
	since     string
	isSince   bool

	newBaseline string
	fixing
}

func newLint(app *app) *cobra.Command {
	o := &lintOptions{app: app, tier: rules.Method}
	c := &cobra.Command{
		Use:   "lint [PATH...]",
		Short: "Find what is missing in the logs, by the method's rules",
		Long: `lint reads the logbook and shows, line by line, what is broken in a log and what
somebody can do today: about each person's last session, their plan, and what is
still open. It leaves the past alone, unless you ask: --all looks at every log as it
was on its day, --period at those of a period, and so does the path of a single log.
What is broken is always shown.

With paths it shows only findings in those files and folders; "-" is standard input.
With --since it reads only the people whose files have changed since a commit, committed
or not, and others whom that may concern: see docs/ci.md. With --staged it does so for
what is about to be committed, and reads that in place of the files.

--baseline leaves out findings that are known since --write-baseline wrote them down.

The rules come in three tiers: always (the record is broken, or a commitment could
get lost), method (the method asks for it) and strict (extra care: that both signed
off, and that the coachee was asked before). --tier says how far to go; a strict rule
also runs if coachlog.yaml gives it a severity.

It ends with 1 if there are errors, with --strict also for warnings, and with 2 if
a file couldn't be read. You can change or switch off a rule in coachlog.yaml, or
silence it on one line with a reason:

  - [ ] Be yourself ^self <!-- coachlog: ignore action-trackable: her own words -->`,
		Example: `  coachlog lint
  coachlog lint people/rep1 --strict
  coachlog lint --tier strict
  coachlog lint --period last-quarter  what each log of it lacked then
  coachlog lint - < draft.md
  coachlog lint --since origin/main... what this branch changed
  coachlog lint --staged               in a hook: what is about to be committed
  coachlog lint --explain plan-owed
  coachlog lint --format github        in a workflow: findings beside the lines
  coachlog lint --format 'template={{.file}}:{{.line}}: {{.message}}'
  coachlog lint --write-baseline lint-baseline.txt`,
		RunE: o.writing(o.fixing.writes, o.run),
	}
	o.many.add(c)
	o.fixing.add(c)
	c.Flags().StringVar(&o.explain, "explain", "", "explain a `rule`: what it is for, and how to follow it")
	c.Flags().BoolVar(&o.list, "list-rules", false, "list the rules")
	c.Flags().BoolVar(&o.strict, "strict", false, "end with 1 on warnings too")
	choiceFlag(c, &o.tier, "tier", rules.Tiers, "how `far` to go: "+strings.Join(rules.Tiers, ", "))
	c.Flags().BoolVar(&o.all, "all", false, "look at all logs, as they were on their day")
	periodFlag(c, &o.period, "period", "", "look at the logs of this `period` too: "+plan.PeriodForms)
	c.MarkFlagsMutuallyExclusive("all", "period")
	c.Flags().StringVar(&o.stdinPath, "stdin-path", "", "the `path` of standard input in the logbook")
	o.changesFlags(c)
	o.baselineFlags(c)
	o.formatFlag(c)
	completeFlagWith(c, "explain", ruleIDs)
	return c
}

// ruleIDs are the rules that can be explained, for completion.
func ruleIDs() (ids []string) {
	for _, r := range report.Rules() {
		ids = append(ids, cobra.CompletionWithDesc(r.ID, r.Title))
	}
	return ids
}

func (o *lintOptions) run(c *cobra.Command, paths []string) error {
	o.isSince = c.Flags().Changed("since")
	switch {
	case o.list:
		return o.print(o.format, report.Rules())
	case o.explain != "":
		return o.explainRule()
	case o.fix:
		return o.runFix(c, paths)
	case o.dryRun, o.yes:
		return fmt.Errorf("--dry-run and --yes go with --fix")
	}
	if err := o.checkBaseline(paths); err != nil {
		return err
	}
	known, err := o.readBaseline()
	if err != nil {
		return err
	}
	found, err := o.lint(paths)
	if err != nil {
		return err
	}
	left := o.takeOutKnown(known, found, len(paths) == 0 && !o.isSince && !o.isStaged)
	counted, err := o.counted(found)
	if err != nil {
		return err
	}
	counted.Known = left
	if o.newBaseline != "" {
		err, counted = o.writeBaseline(found), &report.Findings{}
	} else {
		err = o.print(o.format, counted)
	}
	if err != nil {
		return err
	}
	for _, p := range found.unreadable {
		o.tell(o.ErrStyle.Red, "%s", p.Error())
	}
	switch {
	case len(found.unreadable) > 0, found.unread != nil, slices.ContainsFunc(found.findings, func(f rules.Finding) bool { return f.Rule == logparse.InternalError }):
		return errSaid
	case counted.Errors > 0, o.strict && counted.Warnings > 0:
		return errFindings
	}
	return nil
}

func (o *lintOptions) explainRule() error {
	var ids []string
	for _, r := range report.Rules() {
		if r.ID == o.explain {
			return o.print("text", r)
		}
		ids = append(ids, r.ID)
	}
	return hint.New("coachlog lint --list-rules lists them", "there is no rule %q%s", o.explain, hint.DidYouMean(o.explain, ids))
}

// A linted is what lint finds, of one person or of all.
type linted struct {
	findings   []rules.Finding
	unreadable []logbook.Problem
	unread     error  // why sign-offs were not read
	place      string // of the logbook in its repository, where files are named from there
}

// lint looks at the logbook, or, outside of one, at each file on its own.
func (o *lintOptions) lint(paths []string) (*linted, error) {
	if o.stdinPath != "" && !slices.Contains(paths, "-") {
		return nil, fmt.Errorf("--stdin-path only works with the path \"-\"")
	}
	if err := o.checkChanges(paths); err != nil {
		return nil, err
	}
	l, changes, err := o.open()
	if errors.Is(err, errNotStaged) {
		o.tell(plainly, "%v", err)
		return &linted{}, nil
	}
	if err != nil {
		if !errors.Is(err, logbook.ErrNotFound) || len(paths) == 0 || o.isSince || o.isStaged {
			return nil, err
		}
		return o.alone(paths), nil
	}
	if l.union != nil {
		return o.lintAll(l, paths)
	}
	w := l.all[0]
	wanted, err := o.wanted(w, paths)
	if err != nil {
		return nil, err
	}
	past, err := o.past(w, wanted)
	if err != nil {
		return nil, err
	}
	var all *linted
	if o.isSince || o.isStaged {
		all, err = o.whomChangesConcern(w, past, changes)
	} else {
		all = o.everything(w, past)
	}
	if err != nil {
		return nil, err
	}
	staged, err := o.staged(w, all.findings)
	if err != nil {
		return nil, err
	}
	all.findings = slices.DeleteFunc(all.findings, func(f rules.Finding) bool { return !inScope(wanted, f.File) })
	all.unreadable = slices.DeleteFunc(all.unreadable, func(p logbook.Problem) bool { return !inScope(wanted, p.Path) })
	all.findings = append(notesTogether(all.findings), staged...)
	rules.Fingerprint(all.findings)
	if report.NamesFromRepository(o.format) {
		err = all.nameFromRepository(w.dir)
	}
	return all, err
}

// lintAll looks at several logbooks, one after the other.
func (o *lintOptions) lintAll(l *logbooks, paths []string) (*linted, error) {
	if len(paths) > 0 {
		return nil, hint.New("coachlog -C FOLDER lint PATH", "paths are looked for in one logbook, and there are several here")
	}
	all := &linted{}
	for _, reason := range l.missing.logbooks {
		place, why, _ := strings.Cut(reason, ": ")
		all.unreadable = append(all.unreadable, logbook.Problem{Path: place, Err: errors.New(why)})
	}
	said := make(map[string]bool)
	place := l.placing(o.format)
	for i, w := range l.all {
		l.noteCoached(i)
		past, err := o.past(w, nil)
		if err != nil {
			return nil, err
		}
		found := o.everything(w, past)
		found.findings = notesTogether(found.findings)
		rules.Fingerprint(found.findings)
		for _, f := range found.findings {
			about := f.Rule + f.Message
			if f.Rule == "coach-coached" && said[about] {
				continue // one for each coach
			}
			said[about], f.File = true, place(i, f.File)
			all.findings = append(all.findings, f)
		}
		for _, p := range found.unreadable {
			all.unreadable = append(all.unreadable, logbook.Problem{Path: place(i, p.Path), Err: p.Err})
		}
		all.unread = cmp.Or(all.unread, found.unread)
	}
	return all, nil
}

// past says which logs of the past lint looks at: those of the period, and those that are
// asked for by name.
func (o *lintOptions) past(w *workspace, wanted []string) (func(string, logparse.Date) bool, error) {
	var period plan.Period
	if o.period != "" {
		var err error
		if period, err = plan.ParsePeriod(o.period, w.today, plan.FiscalYearsOf(w.shared.Settings)); err != nil {
			return nil, fmt.Errorf("--period: %w", err)
		}
	}
	return func(path string, day logparse.Date) bool {
		return o.all || slices.Contains(wanted, path) || o.period != "" && period.Contains(day)
	}, nil
}

// everything lints one person after the other, and what is nobody's.
func (o *lintOptions) everything(w *workspace, past func(string, logparse.Date) bool) *linted {
	l := o.linting(w, past)
	if w.draft != nil && w.ownerOfDraft() == "" {
		l.findings = l.People(w.Roster.Judge(nil, []*logparse.Document{w.draft}, nil))
	}
	l.people(o.app, w.Everybody())
	return l.end(o.app, func(string) bool { return true })
}

// wanted are the paths that were asked for, as the logbook names them; none where
// it is all.
func (o *lintOptions) wanted(w *workspace, paths []string) ([]string, error) {
	var wanted []string
	for _, p := range paths {
		rel, err := "", error(nil)
		if p == "-" {
			rel, err = o.readStdin(w)
		} else {
			rel, err = o.inLogbook(w.dir, p)
		}
		if err != nil {
			return nil, err
		}
		wanted = append(wanted, rel)
	}
	return wanted, nil
}

func inScope(wanted []string, name string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(w string) bool {
		return w == "." || name == w || strings.HasPrefix(name, w+"/")
	})
}

// readStdin takes a draft from standard input, in place of the file that it is the
// new text of.
func (o *lintOptions) readStdin(w *workspace) (string, error) {
	text, err := plainfile.ReadStream(o.In, plainfile.Text)
	if err != nil {
		return "", err
	}
	name := "-"
	if o.stdinPath != "" {
		rel, ok := w.dir.Rel(w.dir.Path, o.stdinPath)
		if !ok {
			return "", fmt.Errorf("--stdin-path %s is outside the logbook", o.stdinPath)
		}
		name = rel
	}
	w.draft = parseAnything(name, text, w.shared.Settings.Headings)
	if id := w.ownerOfDraft(); id != "" && !w.knows(id) {
		w.Folders[id] = nil // to be looked at without a folder, too
	}
	return name, nil
}

// parseAnything reads text as a session log where nothing says what it is:
// somebody asked for it to be looked at.
func parseAnything(name string, text []byte, headings logparse.Headings) *logparse.Document {
	doc := logparse.Parse(name, text, headings)
	if doc.Kind == logparse.OtherFile {
		doc = logparse.ParseSession(name, text, headings)
	}
	return doc
}

// alone lints files that lie in no logbook: what needs one isn't looked for.
func (o *lintOptions) alone(paths []string) *linted {
	var docs []*logparse.Document
	all := &linted{}
	for _, p := range paths {
		text, err := o.readAlone(p)
		if err != nil {
			all.unreadable = append(all.unreadable, logbook.Problem{Path: p, Err: err})
			continue
		}
		docs = append(docs, parseAnything(path.Clean(p), text, logparse.Headings{}))
	}
	findings := rules.Lint(plan.New(&logparse.Settings{}, docs, nil), rules.Options{
		Today: o.today(), Tier: o.tier, Past: func(string, logparse.Date) bool { return true },
	})
	all.findings = slices.DeleteFunc(findings, func(f rules.Finding) bool {
		rule := rules.Find(f.Rule)
		return rule != nil && rule.NeedsLogbook
	})
	rules.Fingerprint(all.findings)
	return all
}

func (o *lintOptions) readAlone(name string) ([]byte, error) {
	if name == "-" {
		return plainfile.ReadStream(o.In, plainfile.Text)
	}
	return logbook.ReadAnyFile(name)
}

package cmd

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
	"github.com/coachlog/coachlog/report"
)

type lintOptions struct {
	*app
	paths     []string
	explain   string
	list      bool
	strict    bool
	tier      string
	format    string
	stdinPath string

	unread error // why sign-offs were not read, where that is told at the end
}

func newLint(app *app) *cobra.Command {
	o := &lintOptions{app: app}
	c := &cobra.Command{
		Use:   "lint [PATH...]",
		Short: "Find what is missing in the logs, by the method's rules",
		Long: `lint reads the logbook and shows, with the line and the place, what is broken in
a log and what the method asks for and isn't there. With paths it shows only what
concerns those files and folders; "-" is standard input.

The rules come in three tiers: always (the record is broken, or a commitment could
be lost), method (what the method asks for) and strict (what takes some ceremony:
sign-offs, who proposed what). --tier says how far to go; a rule of the strict tier
also runs where coachlog.yaml gives it a severity.

It ends with 1 where there are errors, with --strict also where there are
warnings; with 2 where a file could not be read. A rule can be set or switched
off in coachlog.yaml, or silenced on one line with a reason:

  - [ ] Be yourself ^self <!-- coachlog: ignore action-trackable: her own words -->`,
		Example: `  coachlog lint
  coachlog lint people/rep1 --strict
  coachlog lint --tier strict
  coachlog lint - < draft.md
  coachlog lint --explain plan-owed
  coachlog lint --format github        in a workflow: findings beside the lines`,
		RunE: func(_ *cobra.Command, args []string) error {
			o.paths = args
			return o.run()
		},
	}
	c.Flags().StringVar(&o.explain, "explain", "", "say what a `rule` is for, and how to follow it")
	c.Flags().BoolVar(&o.list, "list-rules", false, "list the rules")
	c.Flags().BoolVar(&o.strict, "strict", false, "end with 1 on warnings too")
	c.Flags().StringVar(&o.tier, "tier", string(rules.Method), "how `much` to look for: "+strings.Join(rules.Tiers, ", "))
	completeFlag(c, "tier", rules.Tiers)
	c.Flags().StringVar(&o.stdinPath, "stdin-path", "", "the `path` that standard input has in the logbook")
	formatFlag(c, &o.format, report.FindingFormats)
	completeFlagWith(c, "explain", func() (ids []string) {
		for _, r := range report.Rules() {
			ids = append(ids, cobra.CompletionWithDesc(r.ID, r.Title))
		}
		return ids
	})
	return c
}

func (o *lintOptions) run() error {
	if err := oneOf("format", o.format, report.FindingFormats); err != nil {
		return err
	}
	if err := oneOf("tier", o.tier, rules.Tiers); err != nil {
		return err
	}
	switch {
	case o.list:
		return o.print(o.format, report.Rules())
	case o.explain != "":
		return o.explainRule()
	}
	findings, unreadable, err := o.findings()
	if err != nil {
		return err
	}
	found := report.CountFindings(findings)
	if err := o.print(o.format, found); err != nil {
		return err
	}
	for _, p := range unreadable {
		fmt.Fprintf(o.Err, "%s %s\n", o.ErrStyle.Red("coachlog:"), terminal.Escape(p.Error()))
	}
	switch {
	case len(unreadable) > 0, o.unread != nil, slices.ContainsFunc(findings, func(f rules.Finding) bool { return f.Rule == logparse.InternalError }):
		return errSaid
	case found.Errors > 0, o.strict && found.Warnings > 0:
		return errFindings
	}
	return nil
}

func (o *lintOptions) explainRule() error {
	for _, r := range report.Rules() {
		if r.ID == o.explain {
			return o.print("text", r)
		}
	}
	return fmt.Errorf("there is no rule %q; coachlog lint --list-rules lists them", o.explain)
}

// findings lints the logbook, or, outside of one, each file on its own.
func (o *lintOptions) findings() ([]rules.Finding, []logbook.Problem, error) {
	stdin := slices.Contains(o.paths, "-")
	if o.stdinPath != "" && !stdin {
		return nil, nil, fmt.Errorf("--stdin-path goes with the path \"-\"")
	}
	w, err := o.openRoster()
	if err != nil {
		if _, findErr := o.find(); findErr == nil || len(o.paths) == 0 {
			return nil, nil, err
		}
		return o.alone()
	}
	wanted, err := o.wanted(w)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range w.roster.Known { // whom it may be asked of whether they are coached
		for _, folder := range w.folders[w.roster.CoachOf(p)] {
			if w.dir.HasLogs(folder) {
				w.roster.NoteLogs(w.roster.CoachOf(p))
			}
		}
	}
	linter := rules.NewLinter(w.shared.Settings, w.today, rules.Tier(o.tier), w.others()...)
	signs := o.openSignOffs(w)
	parts, bugs := each(o.app, w, w.everybody(), func(b *book) lintPart {
		signs.of(b)
		return lintPart{linter.People(b.Logbook), b.CoachesInLogs(), b.contents.Unreadable}
	})
	findings, problems := linter.Settings(w.roster), slices.Concat(w.shared.Unreadable, bugs)
	if w.draft != nil && w.ownerOfDraft() == "" {
		findings = append(findings, linter.People(w.roster.Judge(nil, []*logparse.Document{w.draft}, nil))...)
	}
	coaches := make(map[string]bool)
	for _, part := range parts {
		findings = append(findings, part.findings...)
		problems = append(problems, part.unreadable...)
		for _, id := range part.coaches {
			coaches[id] = true
		}
	}
	findings = slices.DeleteFunc(rules.Settle(findings, coaches), func(f rules.Finding) bool { return !inScope(wanted, f.File) })
	problems = slices.DeleteFunc(problems, func(p logbook.Problem) bool { return !inScope(wanted, p.Path) })
	o.unread = signs.say(o.app)
	findings = notesTogether(findings)
	if o.format == "github" {
		err = namePathsFromRepository(w.dir, findings)
	}
	return findings, problems, err
}

// A lintPart is what lint finds of one person.
type lintPart struct {
	findings   []rules.Finding
	coaches    []string // whom the person's logs name
	unreadable []logbook.Problem
}

// wanted are the paths that were asked for, as the logbook names them; none where
// it is all.
func (o *lintOptions) wanted(w *workspace) ([]string, error) {
	var wanted []string
	for _, p := range o.paths {
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
			return "", fmt.Errorf("--stdin-path %s lies outside the logbook", o.stdinPath)
		}
		name = rel
	}
	w.draft = parseAnything(name, text, w.shared.Settings.Headings)
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
func (o *lintOptions) alone() ([]rules.Finding, []logbook.Problem, error) {
	today, err := o.today()
	if err != nil {
		return nil, nil, fmt.Errorf("--today: %w", err)
	}
	var docs []*logparse.Document
	var problems []logbook.Problem
	for _, p := range o.paths {
		text, err := o.readAlone(p)
		if err != nil {
			problems = append(problems, logbook.Problem{Path: p, Err: err})
			continue
		}
		docs = append(docs, parseAnything(path.Clean(p), text, logparse.Headings{}))
	}
	findings := rules.Lint(plan.New(&logparse.Settings{}, docs, nil), today, rules.Tier(o.tier))
	findings = slices.DeleteFunc(findings, func(f rules.Finding) bool {
		rule := rules.Find(f.Rule)
		return rule != nil && rule.NeedsLogbook
	})
	return findings, problems, nil
}

func (o *lintOptions) readAlone(name string) ([]byte, error) {
	if name == "-" {
		return plainfile.ReadStream(o.In, plainfile.Text)
	}
	return logbook.ReadAnyFile(name)
}

// namePathsFromRepository gives findings the paths that a forge knows files by.
func namePathsFromRepository(dir *logbook.Dir, findings []rules.Finding) error {
	_, prefix, err := repositoryOf(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return nil // the logbook's own paths are as good as any
	}
	for i := range findings {
		findings[i].File = path.Join(prefix, findings[i].File)
	}
	return err
}

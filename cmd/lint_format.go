package cmd

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/report"
)

// templatePrefix comes before a template of one finding, or before @ and its file.
const templatePrefix = "template="

// A findingFormat is --format of lint, which takes a template too.
type findingFormat struct {
	choice[string]
	template *string
}

func (f findingFormat) Set(text string) error {
	template, is := strings.CutPrefix(text, templatePrefix)
	if !is {
		return f.choice.Set(text)
	}
	*f.template, *f.to = template, "template"
	return nil
}

func (o *lintOptions) formatFlag(c *cobra.Command) {
	o.format = "text"
	values := slices.Concat(report.FindingFormats, []string{templatePrefix + "TEXT", templatePrefix + "@FILE"})
	c.Flags().Var(findingFormat{choice[string]{&o.format, values}, &o.template}, "format", "`form` of the output: "+strings.Join(values, ", "))
	completeFlag(c, "format", values)
}

// counted are the findings as the formats want them.
func (o *lintOptions) counted(found *linted) (*report.Findings, error) {
	counted := report.CountFindings(found.findings)
	counted.Version, counted.Place, counted.Strict = version(), found.place, o.strict
	for _, p := range found.unreadable {
		counted.Unreadable = append(counted.Unreadable, report.Unread{File: p.Path, Why: p.Err.Error()})
	}
	if o.format != "template" {
		return counted, nil
	}
	name, text, err := "--format "+templatePrefix, []byte(o.template), error(nil)
	if file, is := strings.CutPrefix(o.template, "@"); is {
		if text, err = logbook.ReadAnyFile(file); err != nil {
			return nil, errors.New(file + " can't be read: " + err.Error())
		}
		name = file
	}
	counted.Template, err = report.NewTemplate(name, text)
	return counted, err
}

// nameFromRepository gives findings the paths that a forge knows files by.
func (l *linted) nameFromRepository(dir *logbook.Dir) error {
	repo, err := history.Find(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return nil // the logbook's own paths are as good as any
	}
	if err != nil {
		return err
	}
	l.place = repo.Prefix
	for i := range l.findings {
		l.findings[i].File = repo.InRepository(l.findings[i].File)
	}
	for i := range l.unreadable {
		l.unreadable[i].Path = repo.InRepository(l.unreadable[i].Path)
	}
	return nil
}

// placing says how files of several logbooks are named: for forges from the top of the repository, if
// it is one.
func (l *logbooks) placing(format string) func(i int, name string) string {
	var repos []*history.Repo
	for _, w := range l.all {
		repo, err := history.Find(w.dir)
		if err != nil || !report.NamesFromRepository(format) || len(repos) > 0 && repos[0].Root() != repo.Root() {
			return l.union.Place
		}
		repos = append(repos, repo)
	}
	return func(i int, name string) string { return repos[i].InRepository(name) }
}

package cmd

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

func newPlan(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:     "plan",
		Short:   "Read a person's development plan, with its practice and its versions",
		Example: "  coachlog plan show rep1",
	}
	c.AddCommand(newPlanShow(app))
	return c
}

type planShowOptions struct {
	*app
	versions int
	format   string
}

func newPlanShow(app *app) *cobra.Command {
	o := &planShowOptions{app: app}
	c := &cobra.Command{
		Use:   "show [PERSON]",
		Short: "Show a development plan, the practice of its skills and why it changed",
		Long: `plan show prints a person's development plan: how the two work together, what the
coachee thinks, the skills with the actions that practised them, the aims with their
days, and who agreed to it. Below that come the file's versions in git: who changed
what, when and why (the commit's message). Confidential text and changes to it are
left out.

Versions under an earlier file name aren't listed.`,
		Example: `  coachlog plan show rep1
  coachlog plan show rep1 --versions 20
  coachlog plan show rep1 --format markdown > plan-of-rep1.md`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: app.completePeople(1),
		RunE:              o.run,
	}
	c.Flags().IntVar(&o.versions, "versions", 5, "`how many` versions to list, newest first")
	formatFlag(c, &o.format, report.PageFormats)
	return c
}

func (o *planShowOptions) run(_ *cobra.Command, args []string) error {
	if o.versions < 0 {
		return fmt.Errorf("--versions can't be %d; it is 0 or more", o.versions)
	}
	b, p, err := o.openPerson(args, "Whose plan?")
	if err != nil {
		return err
	}
	if p.Plan == nil {
		return noPlan(b, p)
	}
	signs := history.ReadSignOffs(b.dir)
	signs.Add(b.Logbook)
	unread := o.saySignOffs(signs)
	versions, problem := o.history(b, p.PlanDoc)
	if err := o.print(o.format, report.NewPlan(b.Logbook, p, b.today, versions)); err != nil {
		return err
	}
	return cmp.Or(errors.Join(problem, o.sayMissing(b.allMissing())), unread)
}

// noPlan says why there is no plan to show, and what to do.
func noPlan(b *book, p *plan.Person) error {
	if name := logparse.PlanPath(p.ID); b.dir.Exists(name) {
		return hint.New("coachlog lint "+name+" shows where", "%s can't be read as a development plan", name)
	}
	return hint.New("to write one: coachlog new plan "+p.ID, "%s has no development plan yet", p.ID)
}

// history asks git for the plan's versions. Where there is no repository that is
// no problem; where it can't be read, the plan is shown nevertheless.
func (o *planShowOptions) history(b *book, doc *logparse.Document) (h report.PlanHistory, problem error) {
	h.List = o.versions
	repo, err := history.Find(b.dir)
	var git *gitrepo.History
	if err == nil {
		git, err = repo.History(gitrepo.HistoryOptions{Paths: []string{repo.InRepository(doc.Path)}})
	}
	switch {
	case errors.Is(err, gitrepo.ErrNoRepository):
		h.Missing = "The logbook is not in a git repository, so there are no versions."
		return h, nil
	case err != nil:
		h.Missing = "The versions couldn't be read."
		return h, fmt.Errorf("the versions of %s can't be read: %w", doc.Path, err)
	case len(git.Records) == 0:
		h.Missing = "The plan isn't in git yet; coachlog commit records it."
		return h, nil
	}
	h.Count = len(git.Records)
	for _, v := range git.Records[:min(len(git.Records), o.versions+1)] {
		text, err := git.TextIn(v, repo.InRepository(doc.Path))
		if err != nil {
			return h, fmt.Errorf("the versions of %s can't be read: %w", doc.Path, err)
		}
		revision := report.Revision{Commit: v.Commit, Author: v.Author.Name, Email: v.Author.Email, Date: v.Date, Subject: v.Subject, Body: v.Body}
		if text != nil {
			revision.Doc = logparse.Parse(doc.Path, text, b.Settings.Headings)
		}
		h.Revisions = append(h.Revisions, revision)
	}
	return h, nil
}

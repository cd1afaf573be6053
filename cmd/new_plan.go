package cmd

import (
	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/plan/draft"
)

type newPlanOptions struct {
	*app
	newFile
}

func newNewPlan(app *app) *cobra.Command {
	o := &newPlanOptions{app: app}
	c := &cobra.Command{
		Use:   "plan [PERSON]",
		Short: "Write the development plan of somebody who has none yet",
		Long: `new plan writes people/ID/plan.md for somebody who is in coachlog.yaml or has logs,
but has no development plan yet. What coachlog knows about them is filled in. For
somebody new, use coachlog new person.`,
		Example: `  coachlog new plan rep1
  coachlog new plan rep1 --dry-run`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: o.complete,
		RunE:              o.writing(o.writes, o.run),
	}
	o.flags(c, "plan")
	return c
}

// complete completes those who have no plan.
func (o *newPlanOptions) complete(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	w, err := o.openRoster()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, p := range w.members() {
		if p.Plan == nil && isTypable(p.ID) {
			ids = append(ids, cobra.CompletionWithDesc(p.ID, p.Name))
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

func (o *newPlanOptions) run(_ *cobra.Command, args []string) error {
	b, p, err := o.openPerson(args, "Whose plan?")
	if err != nil {
		return err
	}
	if p.Plan != nil {
		return hint.New("to read it: coachlog plan show "+p.ID, "%s already has a development plan: %s", p.ID, p.PlanDoc.Path)
	}
	return o.writePlan(b.workspace, draft.Known(b.Logbook, p), o.newFile)
}

// writePlan writes a person's plan from the template, with what is known of them.
func (a *app) writePlan(w *workspace, of draft.Newcomer, n newFile) error {
	blank, err := templateText(w.dir, "plan")
	if err != nil {
		return err
	}
	doc, err := draft.Plan(of, blank, w.shared.Settings.Headings)
	if err != nil {
		return err
	}
	return a.writeNew(w.dir, n, doc.Path, doc.Text, "")
}

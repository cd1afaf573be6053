package cmd

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

type newPlanOptions struct {
	*app
	noEdit bool
	dryRun bool
}

func newNewPlan(app *app) *cobra.Command {
	o := &newPlanOptions{app: app}
	c := &cobra.Command{
		Use:   "plan [PERSON]",
		Short: "Write the development plan of somebody who is here without one",
		Long: `new plan writes people/ID/plan.md for somebody who stands in coachlog.yaml or has
logs, and has no development plan yet. What is known of them is filled in. For
somebody who is new here there is coachlog new person.`,
		Example: `  coachlog new plan rep1
  coachlog new plan rep1 --dry-run`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: o.complete,
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(args)
		},
	}
	c.Flags().BoolVar(&o.noEdit, "no-edit", false, "open no editor")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "print the plan and write nothing")
	return c
}

// complete completes those who have no plan.
func (o *newPlanOptions) complete(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	b, err := o.read()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var ids []string
	for _, p := range b.Members() {
		if p.Plan == nil {
			ids = append(ids, cobra.CompletionWithDesc(p.ID, p.Name))
		}
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

func (o *newPlanOptions) run(args []string) error {
	b, err := o.read()
	if err != nil {
		return err
	}
	p, err := o.personOrAsk(b, args, "Whose plan?")
	if err != nil {
		return err
	}
	switch {
	case p.Plan != nil:
		return fmt.Errorf("%s has a development plan: %s\nto read it: coachlog plan show %s", p.ID, p.PlanDoc.Path, p.ID)
	case !slices.Contains(b.Members(), p):
		return fmt.Errorf("%s is only named in logs\nto add them: coachlog new person %s", p.ID, p.ID)
	}
	file, err := o.writePlan(b, p.ID, p.Name, knownFields(b, p), o.dryRun)
	if err != nil || o.dryRun {
		return err
	}
	return o.open(file, o.noEdit)
}

// knownFields are the keys of a plan whose values the settings know, or the logs.
// The logbook's own defaults stay out of it: they hold without it.
func knownFields(b *book, p *plan.Person) [][2]string {
	coach := b.CoachOf(p)
	if last := p.LastHeld(); coach == "" && last != nil {
		coach = last.Coach
	}
	fields := [][2]string{{"coach", quoteGiven(coach)}}
	if s := p.Settings; s != nil {
		fields = append(fields, [][2]string{
			{"name", quoteGiven(s.Name.V)}, {"email", flowList(s.Emails)}, {"known_as", flowList(s.KnownAs)}, {"cadence", s.Cadence.V},
		}...)
	}
	return fields
}

// quoteGiven is a text as YAML, and no text as nothing.
func quoteGiven(text string) string {
	if text == "" {
		return ""
	}
	return logparse.QuoteYAML(text)
}

// flowList is one value as it is, several as a list in brackets.
func flowList(values []logparse.Value[string]) string {
	var items []string
	for _, v := range values {
		item := logparse.QuoteYAML(v.V)
		if len(values) > 1 && strings.Contains(item, ",") && item[0] != '"' {
			item = `"` + item + `"` // a comma would end it
		}
		items = append(items, item)
	}
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// writePlan writes a person's plan from the template, with the keys whose values
// are known; these are YAML, and empty ones are left out. It gives back where the
// file is; a dry run prints the plan.
func (a *app) writePlan(b *book, id, shown string, fields [][2]string, dryRun bool) (file string, err error) {
	name := path.Join("people", id, "plan.md")
	blank, err := templateText(b.dir, "plan")
	if err != nil {
		return "", err
	}
	doc := logparse.Parse(name, blank, b.Settings.Headings)
	if shown == "" {
		shown = id
	}
	edits := doc.FillTitle(map[string]string{"NAME": shown})
	for _, field := range append([][2]string{{"person", logparse.QuoteYAML(id)}}, fields...) {
		if field[1] == "" {
			continue
		}
		edit, err := doc.SetField(field[0], field[1])
		if err != nil {
			return "", fmt.Errorf("the template plan.md can't be filled in: %w", err)
		}
		edits = append(edits, edit)
	}
	filled, err := doc.Apply(edits...)
	if err != nil {
		return "", fmt.Errorf("the template plan.md can't be filled in: %w", err)
	}
	if dryRun {
		_, err := a.Out.Write(filled.Text)
		return "", err
	}
	err = b.dir.Create(name, filled.Text, 0o644)
	if errors.Is(err, logbook.ErrExists) {
		return "", fmt.Errorf("%s is there already and stays as it is", name)
	}
	return filepath.Join(b.dir.Path, filepath.FromSlash(name)), err
}

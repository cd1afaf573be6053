package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/report"
)

type listOptions struct {
	*app
	where  []string
	format string
}

func newList(app *app) *cobra.Command {
	o := &listOptions{app: app}
	c := &cobra.Command{
		Use:   "list [sessions|people|goals|actions|metrics]",
		Short: "List sessions, people, goals, actions or metrics, filtered by any key",
		Long: `list prints a line for each session, person, goal, action or metric. --where takes any
front-matter key, your own included, and can be repeated; goals and actions are
filtered by the keys of their person's plan.`,
		Example: `  coachlog list sessions --where coach=josh --where status=missed
  coachlog list people --where cadence=weekly
  coachlog list actions --format json
  coachlog list sessions --where "room"        logs with the key room`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: cobra.FixedCompletions(report.ListKinds, cobra.ShellCompDirectiveNoFileComp),
		RunE:              o.run,
	}
	c.Flags().StringArrayVar(&o.where, "where", nil, "only those with this `key=value`, or with this key")
	formatFlag(c, &o.format, plainFormats)
	return c
}

func (o *listOptions) run(_ *cobra.Command, args []string) error {
	kind := "sessions"
	if len(args) > 0 {
		kind = args[0]
	}
	var conditions []report.Condition
	for _, w := range o.where {
		key, value, has := strings.Cut(w, "=")
		if key == "" {
			return fmt.Errorf("--where %q names no key; write KEY=VALUE", w)
		}
		conditions = append(conditions, report.Condition{Key: key, Value: value, AnyValue: !has})
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	list, err := report.NewList(kind, conditions, w.Roster.Settings)
	if err != nil {
		return err
	}
	rows, missing := learn(o.app, w, w.Everybody(), w.read, func(k *known) [][]string { return report.ListRows(k.files.Logbook, kind, conditions) })
	list.Rows = append(list.Rows, slices.Concat(rows...)...)
	if kind == "sessions" {
		list.ByDate()
	}
	return o.end(missing, o.print(o.format, list))
}

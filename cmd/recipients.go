package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/seal"
	"github.com/coachlog/coachlog/report"
)

type recipientsOptions struct {
	*app
	newKey bool
	format string
}

func newRecipients(app *app) *cobra.Command {
	o := &recipientsOptions{app: app}
	c := &cobra.Command{
		Use:   "recipients [PERSON...]",
		Short: "List who confidential text can be sealed for, or make your key",
		Long: `recipients lists the public keys of everybody, or of some people: those for which "seal"
encrypts what they may read. They are below "sealing_keys:" in each person's plan. Read
them out to each other before you rely on them: whoever can change a plan can change the
keys in it.

--new makes a pair of keys on this computer. The secret one stays here, in a file that
only you can read; make a copy of it in a safe place, since without it nobody can open
what was sealed for you. The public one goes into your plan.`,
		Example: `  coachlog recipients
  coachlog recipients --new`,
		ValidArgsFunction: app.completePeople(0),
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(args) },
	}
	c.Flags().BoolVar(&o.newKey, "new", false, "make a pair of keys for yourself")
	formatFlag(c, &o.format, plainFormats)
	return c
}

func (o *recipientsOptions) run(args []string) error {
	if o.newKey {
		return o.makeKey()
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	ids, err := w.named(args)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		ids = idsOf(w.members())
	}
	list := &report.List{Columns: []string{"id", "key", "place"}}
	for _, id := range ids {
		p := w.Roster.Someone(id)
		if p.Plan == nil || len(p.Plan.SealTo) == 0 {
			list.Rows = append(list.Rows, []string{id, "(none yet)", ""})
			continue
		}
		for _, key := range p.Plan.SealTo {
			text := key.V
			if _, err := seal.ParseKey(text); err != nil {
				text = "(" + err.Error() + ")"
			}
			list.Rows = append(list.Rows, []string{id, text, p.PlanDoc.Where(key.Span.Start)})
		}
	}
	return o.print(o.format, list)
}

// makeKey writes a new key where OwnKeys looks for it, never over another.
func (o *recipientsOptions) makeKey() error {
	name, err := seal.OwnKeyFile()
	if err != nil {
		return err
	}
	text, public, err := seal.NewKey()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	dir, err := logbook.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	err = dir.Create(filepath.Base(name), text, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("you have a key already, in %s; its second line is the public half, for your plan", name)
	}
	if err != nil {
		return err
	}
	return o.printf("Your secret key is in %s.\nMake a copy of it in a safe place; nobody else should ever have it.\n\nThis line goes into your plan, people/ID/plan.md, between the lines of ---:\nsealing_keys: %s\n", name, public)
}

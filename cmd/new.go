package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/logbook"
)

func newNew(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:     "new",
		Short:   "Write a new log, plan or assessment from a template",
		Example: "  coachlog new person rep1 --name \"Priya Shah\" --coach josh\n  coachlog new session rep1",
	}
	c.AddCommand(newNewSession(app), newNewPerson(app), newNewPlan(app), newNewAssessment(app))
	return c
}

// newFile is how a command writes a new file: it opens it in the editor, prints it
// instead, or only names it.
type newFile struct {
	noEdit bool
	dryRun bool
}

func (n *newFile) flags(c *cobra.Command, what string) {
	c.Flags().BoolVar(&n.noEdit, "no-edit", false, "open no editor")
	c.Flags().BoolVarP(&n.dryRun, "dry-run", "n", false, "print the "+what+" and write nothing")
}

func (n *newFile) writes() bool { return !n.dryRun }

// create writes a file that isn't there yet. Where it is, advice follows.
func create(dir *logbook.Dir, name string, text []byte, mode fs.FileMode, advice string) error {
	err := dir.Create(name, text, mode)
	if errors.Is(err, logbook.ErrExists) {
		return errExists(name, advice)
	}
	return err
}

// errExists says that a file is there already, and what to do.
func errExists(name, advice string) error {
	return fmt.Errorf("%s exists already and was left alone%s", name, advice)
}

// writeNew writes a file of the logbook that isn't there yet and opens it, or prints it.
func (a *app) writeNew(dir *logbook.Dir, n newFile, name string, text []byte, advice string) error {
	if n.dryRun {
		return a.writeRaw(text)
	}
	if err := create(dir, name, text, 0o644, advice); err != nil {
		return err
	}
	return a.open(dir, name, n.noEdit)
}

// open prints where a new file is, and opens it for a person at a terminal.
func (a *app) open(dir *logbook.Dir, name string, noEdit bool) error {
	file := filepath.Join(dir.Path, filepath.FromSlash(name))
	if err := a.printf("%s\n", hereRelative(file)); err != nil {
		return err
	}
	if noEdit || !a.Interactive {
		return nil
	}
	a.giveBack() // the editor may be open for an hour
	return a.Edit(file)
}

// hereRelative shortens a path below this folder.
func hereRelative(file string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return file
	}
	if rel, err := filepath.Rel(here, file); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return file
}

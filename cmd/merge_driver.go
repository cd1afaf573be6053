package cmd

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/logparse/merge"
)

// How git is told about the driver: the name in .gitattributes and in each
// clone's configuration.
const (
	driverName      = "coachlog"
	driverTitle     = "coaching logs, item by item"
	driverCommand   = "coachlog merge-driver --ours=%X --theirs=%Y %O %A %B %P"
	driverAttribute = "people/**/*.md merge=" + driverName
)

type mergeDriverOptions struct {
	*app
	ours, theirs string
}

func newMergeDriver(app *app) *cobra.Command {
	o := &mergeDriverOptions{app: app}
	c := &cobra.Command{
		Use:   "merge-driver BASE OURS THEIRS [PATH]",
		Short: "Merge two versions of a log item by item; git calls it",
		Long: `merge-driver merges OURS and THEIRS, which were both made from BASE, and writes
the result over OURS. PATH is the file's path in the repository.

Front matter is merged key by key, sections by their headings, goals, actions and
remarks item by item wherever they were moved, tables row by row, and within an item
the tick, the text and each token on its own; prose is merged by lines. Only if both
sides changed the same thing, a conflict is left between git's markers. It ends with 1 if conflicts are left, and with 2 if it
couldn't merge; OURS is then unchanged.

git calls it in merge, pull, rebase, cherry-pick and stash once it is set up.
coachlog init --merge-driver does that, with a line in .gitattributes, which is
recorded with the logbook,

  ` + driverAttribute + `

and with a setting that each clone needs once, because git never runs a command that
comes with a repository:

  git config merge.` + driverName + `.name "` + driverTitle + `"
  git config merge.` + driverName + `.driver "` + driverCommand + `"`,
		Example: `  coachlog init --merge-driver
  coachlog merge-driver base.md mine.md hers.md people/rep1/2026-07-06.md`,
		Args: cobra.RangeArgs(3, 4),
		RunE: o.run,
	}
	c.Flags().StringVar(&o.ours, "ours", "", "the name of our side in a conflict's `marker` (default: ours)")
	c.Flags().StringVar(&o.theirs, "theirs", "", "the name of the other side in a conflict's `marker` (default: theirs)")
	return c
}

func (o *mergeDriverOptions) run(_ *cobra.Command, args []string) error {
	var versions [3][]byte
	for i := range versions {
		text, err := logbook.ReadAnyFile(args[i])
		if err != nil {
			return fmt.Errorf("%s can't be read, so nothing was merged: %w", args[i], err)
		}
		versions[i] = text
	}
	name := args[1]
	var repo *gitrepo.Repo // that git merges in
	if len(args) > 3 {
		name = args[3]
		repo, _ = gitrepo.Find(".")
	}
	if err := mergeable(repo, name, versions[:]); err != nil {
		return fmt.Errorf("nothing was merged: %w", err)
	}
	names := merge.Names{Ours: sideName(o.ours, "ours"), Theirs: sideName(o.theirs, "theirs")}
	if repo != nil {
		nameByAuthor(repo, &names, filepath.ToSlash(name))
	}
	headings, err := o.headings(name)
	if err != nil {
		return fmt.Errorf("nothing was merged: %w", err)
	}
	merged, conflicts := merge.Files(filepath.ToSlash(name), versions[0], versions[1], versions[2], headings, names)
	if !bytes.Equal(versions[1], merged) {
		dir, err := logbook.Open(filepath.Dir(args[1]))
		if err == nil {
			err = dir.Replace(filepath.Base(args[1]), versions[1], merged)
		}
		if err != nil {
			return fmt.Errorf("the merged file can't be written: %w", err)
		}
	}
	if conflicts > 0 {
		o.tell(plainly, "conflicts left in %s: %d; coachlog lint shows both sides of each", name, conflicts)
		return errFindings
	}
	return nil
}

// mergeable refuses what isn't text as people wrote it: git hands over what it stores.
func mergeable(repo *gitrepo.Repo, name string, versions [][]byte) error {
	for _, text := range versions {
		if err := gitrepo.CheckPlain(name, text); err != nil {
			return err
		}
	}
	if repo == nil {
		return nil
	}
	return repo.Mergeable(filepath.ToSlash(name))
}

// sideName is what git calls a side. A git older than 2.44 hands the placeholder
// on as it is.
func sideName(name, otherwise string) string {
	if name = strings.TrimSpace(name); name == "" || name == "%X" || name == "%Y" {
		return otherwise
	}
	return name
}

// nameByAuthor calls the sides by whose they are in a rebase: there, what git calls
// ours is what others had made, and theirs is your own commit.
func nameByAuthor(repo *gitrepo.Repo, names *merge.Names, name string) {
	authors := repo.RebaseAuthors(name)
	if authors == nil {
		return
	}
	*names = merge.Names{Ours: "theirs (" + authors[0].Name + ")", Theirs: "yours (" + authors[1].Name + ")"}
	you, err := repo.Identity()
	switch {
	case err != nil || !strings.EqualFold(authors[1].Email, you.Email):
		*names = merge.Names{Ours: "there before (" + authors[0].Name + ")", Theirs: "the commit of " + authors[1].Name}
	case authors[0] == authors[1]:
		names.Ours = "there before (yours too)"
	}
}

// headings are those of the logbook that holds the file. A logbook that can't be
// read has the usual ones; one of a newer format is refused.
func (o *mergeDriverOptions) headings(name string) (logparse.Headings, error) {
	for start := cmp.Or(o.dir, filepath.Dir(name)); ; start = filepath.Dir(start) {
		dir, err := logbook.Find(start)
		if err == nil {
			settings := dir.Settings()
			o.formatSaid = true // git calls this for each file
			return settings.Headings, o.checkFormat(dir.Path, settings)
		}
		// The file's folder may only come with the merge.
		if errors.Is(err, logbook.ErrNotFound) || filepath.Dir(start) == start {
			return logparse.Headings{}, nil
		}
	}
}

package cmd

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/linediff"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A rewriting is a file with the other text that fmt or lint --fix has for it.
type rewriting struct {
	doc   *logparse.Document
	after []byte
}

// diff is what changes, without a confidential line.
func (r rewriting) diff() string {
	return linediff.Unified(r.doc.Path, string(r.doc.Text), string(r.after), func(line int) bool {
		_, shown := r.doc.Line(line)
		return shown
	})
}

// agreed takes those files out that somebody has signed off as they are, unless what changes
// is nothing that anybody reads.
func (b *book) agreed(signs *history.SignOffs, all []rewriting) (rest []rewriting, left []string) {
	read := false
	for _, r := range all {
		if !plan.SameAgreement(r.doc, logparse.Parse(r.doc.Path, r.after, b.shared.Settings.Headings)) {
			if !read {
				signs.Add(b.Logbook)
				read = true
			}
			if len(b.Standing(r.doc.Path)) > 0 {
				left = append(left, r.doc.Path)
				continue
			}
		}
		rest = append(rest, r)
	}
	return rest, left
}

// replaceAll writes what became of some files, and says which.
func (a *app) replaceAll(w *workspace, all []rewriting) error {
	var failed []error
	for _, r := range all {
		if err := w.dir.Replace(r.doc.Path, r.doc.Text, r.after); err != nil {
			failed = append(failed, err) // the others are written all the same
			continue
		}
		if err := a.printf("%s\n", r.doc.Path); err != nil {
			return err
		}
	}
	return errors.Join(failed...)
}

// showDiffs prints what changes in some files.
func (a *app) showDiffs(all []rewriting) error {
	var out strings.Builder
	for _, r := range all {
		out.WriteString(r.diff())
	}
	return a.writeRaw([]byte(out.String()))
}

// errChangedMeanwhile is for files that changed after a person was shown them.
var errChangedMeanwhile = errors.New("the files changed while you were asked, so nothing was changed; run this again to see what is there now")

// beforehand is how a command that changes many files asks first.
type beforehand struct{ dryRun, yes bool }

func (b *beforehand) writes() bool { return !b.dryRun }

// flags adds the flags; what says what --dry-run does.
func (b *beforehand) flags(c *cobra.Command, what, yes string) {
	c.Flags().BoolVarP(&b.dryRun, "dry-run", "n", false, what)
	c.Flags().BoolVarP(&b.yes, "yes", "y", false, yes)
}

// sure asks whether to go on: without a terminal, only --yes says so. command is what to
// add it to, and yes what that does. Others may have written while a person was asked, so look
// finds what was shown once more.
func (b beforehand) sure(a *app, question, yes, command string, shown any, look func() (any, error)) (bool, error) {
	switch {
	case b.dryRun || b.yes:
		return !b.dryRun, nil
	case !a.Interactive:
		return false, hint.New("to do it: "+command+" --yes", "nothing was changed, since there is no terminal to ask on")
	}
	answer, err := a.choose(question, []terminal.Option{{Value: "yes", Label: yes}, {Value: "no", Label: "leave everything as it is"}})
	if err != nil || answer != "yes" {
		return false, err
	}
	now, err := look()
	if err == nil && !reflect.DeepEqual(now, shown) {
		err = errChangedMeanwhile
	}
	return err == nil, err
}

// pending opens the logbook's repository, ready for a commit, and finds what isn't in git yet; nil
// where there is no repository.
func pending(ctx context.Context, dir *logbook.Dir) (repo *history.Repo, changes []gitrepo.Change, err error) {
	repo, err = history.Find(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		return nil, nil, nil
	}
	if err == nil {
		err = repo.Ready()
	}
	if err == nil {
		changes, err = repo.Changes(ctx, []string{repo.Prefix}, repo.Holds)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("nothing was changed: %w", err)
	}
	return repo, changes, nil
}

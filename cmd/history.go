package cmd

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/report"
)

type historyOptions struct {
	*app
	history.Question
	since   string
	details bool
	reverse bool
	format  string
}

func newHistory(app *app) *cobra.Command {
	o := &historyOptions{app: app}
	c := &cobra.Command{
		Use:   "history [PERSON|LOG|^id|GOAL]",
		Short: "Show what happened to a person, a log, a goal or an action, from the commits",
		Long: `history reads the commits and says what each one changed in the coaching: a goal set,
its date or target moved, an action agreed, what came of it, a sign-off, a promotion. It
compares the files themselves, not the messages, so commits made with plain git count
just as much.

Name a person's id, a file, an id with its ^, or a goal's text; without one you get
the whole logbook. Renamed files and people are followed, and authors are named as
.mailmap names them now. What a merge left out of a branch is told if somebody had signed
it off, or if it was an agreement.

--since takes a day, or a commit as any git command does. Since a day, you get each
commit. Since a commit, you get what all later commits come to: only counts, which name
nobody, or with --details every change. COMMIT... means since this branch left it.

It works in a bare repository too, and in a shallow clone as far back as that goes.`,
		Example: `  coachlog history rep1
  coachlog history people/rep1/2026-07-06.md
  coachlog history ^aht --reverse
  coachlog history rep1 --since 2026-07-01 --until 2026-09-30 --author josh
  coachlog history rep1 --all
  coachlog history --since origin/main... --format markdown   what a branch changes
  coachlog history rep1 --format json`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: app.completePeople(1),
		RunE:              o.run,
	}
	c.Flags().BoolVar(&o.reverse, "reverse", false, "oldest first")
	c.Flags().StringVar(&o.since, "since", "", "only from this `date` on, by the day a commit was written; or what has changed since a commit")
	completeFlag(c, "since", dayWords)
	c.Flags().BoolVar(&o.details, "details", false, "since a commit: every change, and not just counts")
	app.dateFlag(c, &o.To, "until", "only up to this `date`")
	c.Flags().StringVar(&o.Author, "author", "", "only commits by this `person`: an id, or a part of the name or address")
	onFlag(c.RegisterFlagCompletionFunc("author", app.completePeople(0)))
	c.Flags().BoolVar(&o.All, "all", false, "also what changed nothing in the coaching: spacing, line ends, a file's mode, how git stores it")
	formatFlag(c, &o.format, report.PageFormats)
	return c
}

func (o *historyOptions) run(c *cobra.Command, args []string) error {
	r, err := o.openHistory()
	if err != nil {
		return err
	}
	if len(args) > 0 {
		o.About = args[0]
	}
	if c.Flags().Changed("since") && (dateFlag{&o.From, o.today}).Set(o.since) != nil {
		return o.difference(c, r)
	}
	if o.details {
		return errors.New("--details is for what has changed since a commit: give --since a commit, as in --since HEAD~5")
	}
	h := &report.History{}
	progress := o.Progress("reading the history")
	h.Incomplete, err = r.Tell(o.Question, h.AddCommit)
	progress.Done()
	if err != nil {
		return err
	}
	if o.reverse {
		slices.Reverse(h.Commits)
	}
	return o.print(o.format, h)
}

// difference shows what the commits since another one come to.
func (o *historyOptions) difference(c *cobra.Command, r *history.Reader) error {
	for _, name := range []string{"until", "author", "reverse", "all"} {
		if c.Flags().Changed(name) {
			return fmt.Errorf("--%s is for commits one by one: give --since a day, as in --since 2026-07-01", name)
		}
	}
	found, err := r.Difference(c.Context(), o.since, o.About)
	if refusal, ok := errors.AsType[*gitrepo.Refusal](err); ok {
		return hint.New(refusal.Remedy+"; a day is written as in 2026-07-01", "--since: %s", refusal.Reason)
	}
	if err != nil {
		return err
	}
	return o.print(o.format, report.NewDifference(found.From, found.To, found.Events, o.details))
}

// openHistory finds the logbook's repository: that of the files, or a bare one.
func (a *app) openHistory() (*history.Reader, error) {
	dir, err := a.find()
	if err != nil {
		if r, bareErr := history.OpenBare(a.folder()); r != nil || bareErr != nil {
			if bareErr == nil {
				bareErr = a.checkFormat(a.folder(), r.Settings())
			}
			return r, bareErr
		}
		return nil, err
	}
	r, err := history.Open(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		err = notInGit(dir, ", so it has no history")
	}
	return r, err
}

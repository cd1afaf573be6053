package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
)

type moveOptions struct {
	*app
	session string
	time    string
	dryRun  bool

	at       *logparse.Clock
	from, to logparse.Date
}

func newMove(app *app) *cobra.Command {
	o := &moveOptions{app: app}
	c := &cobra.Command{
		Use:   "move PERSON DATE",
		Short: "Move a planned session to another day",
		Long: `move puts a planned session on another day: it renames the log and changes the date in
it, and "next" in the log that announced the session. What the coachee prepared moves
along. The time of day stays unless --time gives another. If there is no log yet, only
"next" changes.

It refuses if the new day already has a log. Nothing is recorded in git; coachlog
commit does that.`,
		Example: `  coachlog move rep1 2026-07-15
  coachlog move rep1 friday --time 14:30
  coachlog move rep1 2026-07-29 --session 2026-07-27    if several are planned
  coachlog move rep1 2026-07-15 --dry-run`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: o.complete,
		RunE: o.writing(func() bool { return !o.dryRun }, func(_ *cobra.Command, args []string) error {
			return o.run(args[0], args[1])
		}),
	}
	c.Flags().StringVar(&o.session, "session", "", "the `day` or file of the session, if several are planned")
	c.Flags().StringVar(&o.time, "time", "", "the `time` at which it starts, as in 14:30")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would change and write nothing")
	return c
}

// complete completes a person, then a day.
func (o *moveOptions) complete(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 1 {
		return dayWords, cobra.ShellCompDirectiveNoFileComp
	}
	return o.completePeople(1)(c, args, word)
}

func (o *moveOptions) run(person, day string) error {
	if err := o.readTerms(day); err != nil {
		return err
	}
	b, p, err := o.openPerson([]string{person}, "")
	if err != nil {
		return err
	}
	log, err := o.planned(p)
	if err != nil {
		return err
	}
	if o.from == o.to && o.at == nil {
		return o.printf("Nothing to do: the session is planned for %s.\n", o.to)
	}
	moves, err := o.moves(b.dir, p, log)
	if err != nil {
		return err
	}
	if !o.dryRun {
		for _, m := range moves {
			if err := b.dir.Move(m.from, m.to, m.old, m.now); err != nil {
				return hint.New("once that is fixed, run the same command again", "%w", err)
			}
		}
	}
	return o.say(b, moves)
}

// readTerms reads the new day and time.
func (o *moveOptions) readTerms(day string) (err error) {
	if o.to, err = logparse.SpokenDay(day, o.today()); err != nil {
		return err
	}
	if from, err := logparse.SpokenDay(o.session, o.today()); err == nil {
		o.session = from.String()
	}
	if o.time == "" {
		return nil
	}
	at, ok := logparse.ParseClock(o.time)
	if !ok {
		return fmt.Errorf("--time: %q is not a time of day; %s", o.time, logparse.ClockRemedy)
	}
	o.at = &at
	return nil
}

// planned is the log of the session to move; nil where its day was only announced.
func (o *moveOptions) planned(p *plan.Person) (*plan.Log, error) {
	var found, others []*plan.Log
	var paths []string
	for _, l := range p.Logs {
		if l.Status.V == logparse.Planned && slices.Contains([]string{"", l.Date.String(), l.Path()}, o.session) {
			found, paths = append(found, l), append(paths, l.Path())
			if l.Date != o.to {
				others = append(others, l)
			}
		}
	}
	if len(others) == 1 && o.at == nil {
		found = others // the other one is where it is to go
	}
	switch {
	case len(found) == 1:
		o.from = found[0].Date
		return found[0], nil
	case len(found) > 1:
		return nil, fmt.Errorf("%s has several planned sessions; choose one with --session:%s", p.ID, asList(paths))
	case len(p.Logs) > 0:
		last := p.Logs[len(p.Logs)-1]
		o.from = last.Next.V
		if last.Date.Before(o.from) && (o.session == "" || o.session == o.from.String()) {
			if o.at != nil {
				return nil, hint.New("write it first, then move it: coachlog new session "+p.ID+" --date "+o.from.String(), "the session on %s has no log yet, so there is no place for its time", o.from)
			}
			return nil, nil
		}
	}
	return nil, hint.New("to plan one: coachlog new session "+p.ID+" --date "+o.to.String(), "%s has no planned session to move", p.ID)
}

// A fileMove is a file that gets another text, and maybe another name.
type fileMove struct {
	from, to string
	old, now []byte
}

// moves are the files that change: the logs that announced the session, what was prepared
// for it, and its own log, which comes last so that a second run can finish the first.
func (o *moveOptions) moves(dir *logbook.Dir, p *plan.Person, log *plan.Log) (moves []fileMove, err error) {
	add := func(doc *logparse.Document, dayKey string, at *logparse.Clock) {
		folder, name := path.Split(doc.Path)
		m := fileMove{from: doc.Path, to: folder + strings.Replace(name, o.from.String(), o.to.String(), 1), old: doc.Text}
		text, wrong := draft.OnAnotherDay(doc, dayKey, o.from, o.to, at)
		m.now, err = text, errors.Join(err, wrong)
		if m.to != m.from && dir.Exists(m.to) {
			if there, _ := dir.ReadFile(m.to); !bytes.Equal(there, text) { // else a move was killed
				err = errors.Join(err, errExists(m.to, ", so nothing was moved"))
			}
		}
		moves = append(moves, m)
	}
	var own []byte
	if log != nil {
		own, _ = draft.OnAnotherDay(log.Doc, "date", o.from, o.to, o.at)
	}
	for _, l := range p.Logs {
		switch {
		case l == log || o.from == o.to:
		case l.Date == o.to && bytes.Equal(l.Doc.Text, own): // a move was killed
		case l.Date == o.to:
			return nil, fmt.Errorf("there is a log for %s already, %s, so nothing was moved", o.to, l.Path())
		case l.Next.V == o.from && o.to.Before(l.Date):
			return nil, fmt.Errorf("%s announced this session, so it can't be on %s", l.Path(), o.to)
		case l.Next.V == o.from && l.Date.Before(o.from):
			add(l.Doc, "next", nil)
		}
	}
	for _, prep := range p.Preparations {
		if prep.Session == o.from && o.from != o.to {
			add(prep.Doc, "session", nil)
		}
	}
	if log != nil {
		add(log.Doc, "date", o.at)
	}
	return moves, err
}

// say says what was changed, and who had agreed to it as it was.
func (o *moveOptions) say(b *book, moves []fileMove) error {
	history.ReadSignOffs(b.dir).Add(b.Logbook)
	for _, m := range moves {
		what := "changed  " + m.from
		if m.to != m.from {
			what = "moved    " + m.from + " to " + m.to
		}
		fmt.Fprintln(o.Out, "  "+what)
		if len(b.Standing(m.from)) > 0 {
			fmt.Fprintln(o.Out, "           It was signed off; sign the new text off again once it is recorded.")
		}
	}
	if o.dryRun {
		return o.printf("Nothing was written.\n")
	}
	return o.printf("To record it: coachlog commit\n")
}

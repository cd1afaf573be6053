package cmd

import (
	"cmp"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

type checkOptions struct {
	*app
	many     manyFlags
	filter   report.CheckFilter
	owner    personFlag
	exitCode bool
	words    bool
	format   string
}

var horizons = []string{string(plan.ShortTerm), string(plan.MidTerm)}

func newCheck(app *app) *cobra.Command {
	o := &checkOptions{app: app}
	c := &cobra.Command{
		Use:   "check [PERSON...]",
		Short: "List what is still to be done, on both sides",
		Long: `check lists the actions that were agreed and aren't done yet, overdue ones first,
with the goal they serve; the goals that nobody talked about when their date came;
the plans that fell short (the actions were done, the goal was missed, and the coach
owes new ones); and support that was missing. What you agreed stays on the list until
a log says what became of it. docs/judging.md explains that on one page.

A log or plan that changed after somebody had agreed to it is listed too, with the
commit and the lines.

--format slack or teams makes a message for a webhook: how much is open in all. With
--words it says what, and for whom. Sending it is the job's part: docs/ci.md.

It ends with 0 even if there are open actions; with --exit-code it ends with 1
then. It ends with 2 if a file couldn't be read, after showing the rest.`,
		Example: `  coachlog check
  coachlog check rep1 --overdue
  coachlog check --owner josh          what a coach promised
  coachlog check --due-before 2026-08-01 --format json
  coachlog check --logbook north --logbook south    several logbooks as one`,
		ValidArgsFunction: app.completePeople(0),
		RunE:              o.run,
	}
	o.many.add(c)
	app.personFlag(c, &o.owner, "owner", "only what this `person` promised")
	c.Flags().BoolVar(&o.filter.Overdue, "overdue", false, "only what is overdue")
	app.dateFlag(c, &o.filter.DueBefore, "due-before", "only what is due before this `date`")
	choiceFlag(c, &o.filter.Horizon, "horizon", horizons, "only actions for goals of this `horizon`: short-term, mid-term")
	c.Flags().BoolVar(&o.exitCode, "exit-code", false, "end with 1 if anything is listed")
	formatFlag(c, &o.format, report.MessageFormats)
	c.Flags().BoolVar(&o.words, "words", false, "in a message for Slack or Teams, say what is to be done, and for whom")
	return c
}

func (o *checkOptions) run(_ *cobra.Command, people []string) error {
	if o.words && !report.IsMessage(o.format) {
		return errors.New("--words is for --format slack and teams; the others say it anyway")
	}
	l, err := o.openLogbooks(&o.many)
	if err != nil {
		return err
	}
	if people, err = l.named(people); err != nil {
		return err
	}
	owner, err := o.owner.in(l)
	if err != nil {
		return err
	}
	check, missing := report.NewCheck(&plan.Logbook{}, o.today(), o.filter), l.missing
	var signs []*history.SignOffs
	for i, w := range l.all {
		filter := o.filter
		filter.Owner, _ = l.union.In(i, owner)
		part, m, s := o.of(w, l.idsIn(i, people), filter)
		part.In(l.union, i)
		check.Add(part)
		missing.add(l.in(i, m))
		signs = append(signs, s)
	}
	check.ByPerson()
	check.Unreadable = missing.unreadable()
	if err := o.write(check, report.Output{Format: o.format, Style: o.OutStyle, Words: o.words}); err != nil {
		return err
	}
	l.sayNotes()
	err = o.sayMissing(missing)
	for _, s := range signs {
		err = cmp.Or(err, o.saySignOffs(s))
	}
	if err != nil {
		return err
	}
	if o.exitCode && check.Open() > 0 {
		return errFindings
	}
	return nil
}

// of is what is still to be done by one logbook.
func (o *checkOptions) of(w *workspace, ids []string, filter report.CheckFilter) (*report.Check, missing, *history.SignOffs) {
	signs := history.ReadSignOffs(w.dir)
	parts, missing := learn(o.app, w, ids, w.know, func(k *known) report.Check { return *checkOf(k, signs, filter) })
	if slices.Equal(ids, w.Everybody()) {
		w.cache().Drop(ids)
	}
	check := report.NewCheck(&plan.Logbook{Roster: w.Roster}, w.today, filter)
	for _, part := range parts {
		check.Add(&part)
	}
	return check, missing, signs
}

// checkOf lists what is open for one person: by their facts alone where those were kept and
// tell all, else by their files.
func checkOf(k *known, signs *history.SignOffs, filter report.CheckFilter) *report.Check {
	if k.files == nil && !k.facts.NeedsFiles && !k.isSigned() && !signs.Speak(k.everyFolder()) {
		words := &filedWords{known: k, texts: make(map[string][]byte)}
		if check := report.CheckFacts(k.Roster, k.facts, words, k.today, filter); !words.changed {
			return check
		}
	}
	b := k.documents()
	signs.Add(b.Logbook)
	return report.NewCheck(b.Logbook, k.today, filter)
}

package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/email"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/metricsimport"
	"github.com/coachlog/coachlog/internal/scores"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
)

func newAssess(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "assess",
		Short: "Collect what people think of the coaching, without names",
		Long: `coachlog new assessment writes a file in which one person scores the coaching.
assess collect files the answers of several people together, without their names.
report --coach shows both.`,
		Example: `  coachlog assess collect josh answers/*.eml`,
	}
	c.AddCommand(newAssessCollect(app))
	return c
}

type assessCollectOptions struct {
	sealer
	period string
	dryRun bool
}

func newAssessCollect(app *app) *cobra.Command {
	o := &assessCollectOptions{sealer: sealer{app: app}}
	c := &cobra.Command{
		Use:   "collect COACH FILE...",
		Short: "File several people's answers to the pulse without their names",
		Long: `collect reads what the coachees answered to the pulse, from saved mails (.eml or a
mailbox), text files with one person's answers each (also pulses that are sealed for
you), or a table (.csv) with a row for each person, and writes people/COACH/pulse-PERIOD.md. That file has only numbers: no
names, days or words, and the answers to each question are sorted, so that nobody can
tell which came from the same person. Of somebody who answers twice, the last answer
counts.

It takes five people, and leaves out questions that fewer answered. If all give the same
score, everybody knows what each of them answered. Collect all answers of a period at
once: git keeps every version of the file, so it would show which answers came later.
Git also shows who committed the file. It doesn't show who answered, as long as you keep
the mails and tables out of the logbook.

A table's columns are headed by a question's key (time) or its words. A column "email",
"person" or "name" says who answered; without one, each row counts as another person.
Rows about another coach or period are left out, if a column "coach" or "period" says so.`,
		Example: `  coachlog assess collect josh answers/*.eml
  coachlog assess collect josh survey.csv --period last-quarter
  coachlog assess collect josh answers.mbox --dry-run`,
		Args: cobra.MinimumNArgs(2),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return app.completePeople(1)(c, args, word)
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: o.writing(func() bool { return !o.dryRun }, func(_ *cobra.Command, args []string) error { return o.run(args[0], args[1:]) }),
	}
	o.flags(c)
	periodFlag(c, &o.period, "period", "this-quarter", "the `quarter` it is about, as in 2026-Q3, this-quarter or last-quarter")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "print the file and write nothing")
	return c
}

// addLater is why nothing is added to what was collected.
const addLater = "; comparing the versions in git would show which answers were added later"

func (o *assessCollectOptions) run(name string, files []string) error {
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	coach, err := w.find(name)
	if err != nil {
		return err
	}
	quarter, err := w.quarterOf(o.period)
	if err != nil {
		return fmt.Errorf("--period: %w", err)
	}
	path := logparse.AssessmentPath(coach, "pulse", quarter)
	if w.dir.Exists(path) && !o.dryRun {
		return errExists(path, addLater)
	}
	blank, err := templateText(w.dir, "pulse")
	if err != nil {
		return err
	}
	form := scores.NewForm(blank)
	if len(form.Keys()) == 0 {
		return errors.New("the template pulse.md of this logbook has no questions below `scores:`")
	}
	responses, err := o.readResponses(form, files)
	if err != nil {
		return err
	}
	byPerson, left, err := w.byPerson(responses, coach, quarter)
	if err != nil {
		return err
	}
	if left > 0 {
		o.tell(plainly, "answers left out: %d, by %s or about another coach or period", left, coach)
	}
	people := len(byPerson)
	o.tellStrangers(w, byPerson)
	if people < plan.SmallGroup {
		return fmt.Errorf("only %d people answered, and their answers could be guessed, so nothing was written; wait until at least %d have, and collect them all together", people, plan.SmallGroup)
	}
	answers, tooFew := form.Together(byPerson, plan.SmallGroup)
	if len(answers) == 0 {
		return fmt.Errorf("no question was answered by %d people or more, so nothing was written", plan.SmallGroup)
	}
	text := draft.Collected(coach, quarter, people, answers)
	if err := o.writeNew(w.dir, newFile{noEdit: true, dryRun: o.dryRun}, path, text, addLater); err != nil {
		return err
	}
	if len(tooFew) > 0 {
		o.tell(plainly, "left out, since fewer than %d people answered: %s", plan.SmallGroup, strings.Join(tooFew, ", "))
	}
	return nil
}

// tellStrangers says how many answered from addresses that nobody has: one of them can be
// somebody's second one, and then they count twice.
func (o *assessCollectOptions) tellStrangers(w *workspace, byPerson map[string]map[string]int) {
	strangers := 0
	for by := range byPerson {
		if !strings.HasPrefix(by, "#") && len(w.Roster.ByAddress(by)) == 0 {
			strangers++
		}
	}
	if strangers > 0 {
		o.tell(plainly, "answers from addresses that nobody here has: %d; if somebody used two, add the other one to the `email` of their plan", strangers)
	}
}

// readResponses reads the answers in some files, those of mails by when they were sent.
func (s *sealer) readResponses(form scores.Form, files []string) ([]scores.Response, error) {
	var all []scores.Response
	for _, file := range slices.Compact(slices.Sorted(slices.Values(files))) {
		responses, err := s.readResponsesIn(file, form)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, responses...)
	}
	slices.SortStableFunc(all, func(x, y scores.Response) int { return x.Sent.Compare(y.Sent) })
	return all, nil
}

// readResponsesIn reads a table, one mail or several, or one person's answers as plain text.
func (s *sealer) readResponsesIn(file string, form scores.Form) (all []scores.Response, err error) {
	raw, err := logbook.ReadAnyFile(file)
	if err != nil {
		return nil, err
	}
	if ext := strings.ToLower(filepath.Ext(file)); ext == ".csv" || ext == ".tsv" {
		table, problem := metricsimport.Open(file, raw)
		if problem != nil {
			return nil, fmt.Errorf("%s; %s", problem.Message, problem.Remedy)
		}
		return form.ReadTable(table.EachRow)
	}
	if doc := logparse.Parse(filepath.Base(file), raw, logparse.Headings{}); doc.HasSealed() {
		if doc, err = s.unseal(doc); err != nil {
			return nil, err
		}
		raw = doc.Text
	}
	for _, text := range email.Mails(raw) {
		in, err := email.Read(text)
		if err != nil {
			return nil, err
		}
		r, err := form.ReadText(in.Text)
		if err != nil && in.From != "" {
			err = fmt.Errorf("the mail from %s: %w", in.From, err)
		}
		if err != nil {
			return nil, err
		}
		r.By, r.Sent = in.From, in.Date
		all = append(all, r)
	}
	return all, nil
}

// byPerson puts the answers about a coach's work in a quarter together by who gave them,
// the last to each question. Left are those by the coach or about something else.
func (w *workspace) byPerson(responses []scores.Response, coach, quarter string) (scoresOf map[string]map[string]int, left int, err error) {
	scoresOf = make(map[string]map[string]int)
	for i, r := range responses {
		if address, err := mail.ParseAddress(r.By); err == nil { // Ana Lima <ana@example.org>
			r.By = address.Address
		}
		by := cmp.Or(strings.ToLower(r.By), fmt.Sprintf("#%d", i))
		switch people := w.Roster.ByAddress(r.By); len(people) {
		case 0:
		case 1:
			by = people[0].ID
		default:
			return nil, 0, fmt.Errorf("%q can be %s; use their ids or addresses", r.By, strings.Join(idsOf(people), " or "))
		}
		about, err := w.quarterOf(cmp.Or(r.Period, quarter))
		if by == coach || err != nil || about != quarter || r.About != "" && !slices.Contains(idsOf(w.Roster.ByAddress(r.About)), coach) {
			left++
			continue
		}
		if scoresOf[by] == nil {
			scoresOf[by] = make(map[string]int)
		}
		maps.Copy(scoresOf[by], r.Scores)
	}
	return scoresOf, left, nil
}

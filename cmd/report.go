package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

type reportOptions struct {
	*app
	team, logbook bool
	many          manyFlags
	coach         personFlag
	period        string
	compare       string
	sinceLast     bool
	readers       string
	format        string
	output        string
	force         bool
	open          bool
	charts        bool
	table         string
	csv           csvFlags
}

// teamReaders is the group of readers for whom a report on a team is, where no
// other is named.
const teamReaders = "team"

func newReport(app *app) *cobra.Command {
	o := &reportOptions{app: app}
	c := &cobra.Command{
		Use:   "report [PERSON | --team [NAME] | --coach COACH | --logbook]",
		Short: "Write the review of a person, a team or a coach for a period",
		Long: `report shows how one person's sessions, promises and goals went in a period: what
each side did of what it agreed to and, kept apart from that, whether the plans
worked. docs/judging.md explains that on one page. Long-term goals are shown and never
counted. Beside it you see the period before, or another one with --compare.

With --coach it shows one coach's work: sessions kept, hours, follow-up, plans
that worked, their own promises, and what changed. It says nothing about a
single coachee, and leaves out answers from fewer than five people.

With --team it shows a team in counts and distributions, and with --logbook
everybody, the teams and the coaches. NAME is a team, or a coach's id for the people
they coach; without it, everybody is the team. Nothing is shown about fewer than
five people.

For anybody but coach and coachee, --for GROUP writes only what each person has
approved for that group ("share" in their plan), and says what is left out. The
coach's part needs approval from both coach and coachee. Confidential text never
leaves its file. A team report is for the group "team" unless you name another.

HTML is one file to send or print. CSV is one table: --table names it, and with
--output FOLDER each table goes to its own file. Your logbook can have its own text
and markdown in templates/report-person.txt.tmpl or .md.tmpl (also report-coach,
report-team, report-logbook); see docs/reports.md.

A rate always comes with its counts; if nothing was due, it says so.`,
		Example: `  coachlog report rep1                       this quarter, and the one before
  coachlog report rep1 --period last-quarter --format html --output review.html --open
  coachlog report rep1 --period 2026-07-01..2026-08-15
  coachlog report rep1 --compare 2026-Q2 2026-Q3
  coachlog report rep1 --since-last-report
  coachlog report rep1 --for management      what rep1 has approved for management
  coachlog report --team --period 2026-H2
  coachlog report --coach josh --period FY2026-Q3 --format markdown
  coachlog report rep1 --format csv --output review/`,
		Args:              cobra.MaximumNArgs(2),
		ValidArgsFunction: app.completePeople(1),
		RunE: o.writing(func() bool { return o.output != "" && o.many.one(o.app) }, func(c *cobra.Command, args []string) error {
			o.logbook = c.Flags().Changed("logbook") && !o.team && o.coach.id == ""
			return o.run(args)
		}),
	}
	o.addFlags(c)
	return c
}

// addFlags adds the command's flags.
func (o *reportOptions) addFlags(c *cobra.Command) {
	flags := c.Flags()
	flags.BoolVar(&o.team, "team", false, "review a team, or everybody")
	o.many.add(c)
	flags.Lookup("logbook").Usage = "review everybody, with teams and coaches; with a `folder`, that logbook, and again for each of several as one"
	o.personFlag(c, &o.coach, "coach", "review this person's work as a coach: their `id`")
	periodFlag(c, &o.period, "period", "this-quarter", "the `period`: "+plan.PeriodForms)
	periodFlag(c, &o.compare, "compare", "", "compare with this `period`; a second one is the period of the report itself")
	flags.BoolVar(&o.sinceLast, "since-last-report", false, "from the end of the last report that was written to a file")
	flags.StringVar(&o.readers, "for", "", "only what is approved for this `group` of readers")
	formatFlag(c, &o.format, report.Formats)
	flags.StringVarP(&o.output, "output", "o", "", "write to this `file`; for CSV, to this folder")
	flags.BoolVar(&o.force, "force", false, "overwrite an existing file")
	flags.BoolVar(&o.open, "open", false, "open the written file")
	flags.BoolVar(&o.charts, "charts", false, "put charts into markdown, as files beside the output")
	flags.StringVar(&o.table, "table", "figures", "which `table` to write as CSV")
	completeFlag(c, "table", report.TableNames)
	o.csv.add(c)
	o.completeWith(c, "for", groups)
	c.MarkFlagsMutuallyExclusive("team", "coach")
	c.MarkFlagsMutuallyExclusive("period", "since-last-report")
	onFlag(c.MarkFlagFilename("output"))
}

// checkFlags refuses flags that mean nothing together, before anything is read.
func (o *reportOptions) checkFlags() error {
	switch {
	case !o.logbook && slices.Contains(o.many.folders, ""):
		return errors.New("--team, --coach and --logbook without a folder can't be used together")
	case o.open && o.output == "":
		return errors.New("--open needs --output FILE: coachlog leaves no review in a temporary folder")
	case o.force && o.output == "":
		return errors.New("--force needs --output FILE")
	case o.charts && o.format != "markdown":
		return errors.New("--charts is for markdown; HTML always has charts, and a terminal shows them in its own way")
	case o.charts && o.output == "":
		return errors.New("--charts needs --output FILE: the pictures go beside it")
	}
	return o.csv.fit(o.format)
}

func (o *reportOptions) run(args []string) error {
	if err := o.checkFlags(); err != nil {
		return err
	}
	l, err := o.openLogbooks(&o.many)
	if err != nil {
		return err
	}
	args, scope, err := o.scope(l, args)
	if err != nil {
		return err
	}
	r, err := o.review(l, args, scope)
	if err != nil {
		return err
	}
	if o.sinceLast {
		if l.union != nil {
			return errors.New("--since-last-report is about one logbook; name the days with --period")
		}
		if r.scope.Period, err = l.all[0].sinceLastReport(r.kind.String()); err != nil {
			return err
		}
	}
	l.confirm(&r.scope, r.people)
	ledger, err := l.openLedger(&r.scope)
	if err != nil {
		return err
	}
	review := r.build(r.scope)
	if err := ledger.note(&r.scope, review); err != nil {
		return err
	}
	if err := o.write(l, r.kind, review); err != nil {
		return err
	}
	if groups := l.groups(); scope.For != "" && !slices.Contains(groups, scope.For) {
		others := ""
		if len(groups) > 0 {
			others = "; the groups in the plans are " + strings.Join(groups, ", ")
		}
		fmt.Fprintf(o.Err, "coachlog: no plan shares anything with %q%s%s\n", scope.For, hint.DidYouMean(scope.For, groups), others)
	}
	return o.sayMissing(r.missing)
}

// scope reads the periods and the readers, and takes a second period of --compare
// from the arguments.
func (o *reportOptions) scope(l *logbooks, args []string) ([]string, report.Scope, error) {
	scope := report.Scope{Today: o.today(), For: logparse.NormalID(o.readers)}
	period := o.period
	if o.compare != "" {
		before, err := l.period(o.compare)
		if err != nil {
			return nil, scope, fmt.Errorf("--compare: %w", err)
		}
		scope.Before = before
		if n := len(args); n > 0 && !l.knows(args[n-1]) {
			if _, err := l.period(args[n-1]); err == nil {
				period, args = args[n-1], args[:n-1]
			}
		}
	}
	if o.sinceLast {
		return args, scope, nil // once it is known whose report it is
	}
	var err error
	scope.Period, err = l.period(period)
	return args, scope, err
}

// A request is a report that is asked for: all that it takes was read, and it is
// built once the period is known.
type request struct {
	kind    reviewKind
	scope   report.Scope
	build   func(scope report.Scope) report.Review
	people  []string // whose approvals it draws on; nil for everybody's
	missing missing  // what could not be read, or isn't counted
}

// review reads what the report that is asked for takes.
func (o *reportOptions) review(l *logbooks, args []string, scope report.Scope) (request, error) {
	most := 1
	if o.coach.id != "" || o.logbook {
		most = 0
	}
	if len(args) > most {
		return request{}, fmt.Errorf("%q is one argument too many; see --help", args[most])
	}
	r := request{scope: scope}
	if !o.team && !o.logbook && o.coach.id == "" {
		if l.union != nil {
			return r, hint.New("name the person's with -C FOLDER", "a report on one person is of one logbook, and there are several here")
		}
		b, person, err := o.readPerson(l.all[0], args, "Whose review?")
		if err != nil {
			return r, err
		}
		r.kind, r.missing = reviewKind{"person", person.ID}, b.allMissing()
		r.build = func(scope report.Scope) report.Review { return report.NewPerson(b.Logbook, person.ID, scope) }
		r.people = append([]string{person.ID, b.CoachOf(person)}, person.Facts().Named...)
		return r, nil
	}
	all, missing := l.readEverybody()
	r.missing = missing
	if o.team || o.logbook {
		r.scope.For = cmp.Or(scope.For, teamReaders)
	}
	switch {
	case o.coach.id != "":
		coach, err := o.coach.in(l, all.Has)
		if err != nil {
			return r, err
		}
		r.kind = reviewKind{"coach", coach}
		r.build = func(scope report.Scope) report.Review { return report.NewCoach(all, coach, scope) }
	case o.logbook:
		r.kind = reviewKind{"logbook", ""}
		r.build = func(scope report.Scope) report.Review { return report.NewLogbook(all, scope) }
	default:
		name, people, err := teamOf(all, args)
		if err != nil {
			return r, err
		}
		r.kind = reviewKind{"team", name}
		r.build = func(scope report.Scope) report.Review { return report.NewTeam(all, name, people, scope) }
	}
	return r, nil
}

// A reviewKind is the form of a review, and whom it is about.
type reviewKind struct{ form, of string }

func (k reviewKind) String() string { return strings.TrimSuffix(k.form+"-"+k.of, "-") }

// teamOf finds a team by its name, else by the id of its coach; without a name it is
// everybody, where there are no several teams.
func teamOf(e *plan.Everybody, args []string) (name string, people report.Members, err error) {
	teams := e.Teams()
	if len(args) == 0 {
		if len(teams) > 1 {
			return "", nil, fmt.Errorf("name one of the teams %s, or use --logbook for all of them", strings.Join(teams, ", "))
		}
		return cmp.Or(e.Settings.Name.V, "Everybody"), report.TeamMembers(""), nil
	}
	i := slices.IndexFunc(teams, func(t string) bool { return strings.EqualFold(t, args[0]) })
	if i >= 0 {
		return teams[i], report.TeamMembers(teams[i]), nil
	}
	coach := e.Someone(e.Resolve(args[0]))
	if len(e.CoachedBy(coach.ID, plan.AllTime)) > 0 {
		return "The people of " + coach.Name, func(now *plan.Everybody, period plan.Period) []*plan.Facts { return now.CoachedBy(coach.ID, period) }, nil
	}
	what := "a plan names its team with `team: NAME`; without NAME, everybody is the team"
	if len(teams) > 0 {
		what = "the teams are " + strings.Join(teams, ", ")
	}
	return "", nil, fmt.Errorf("%q is neither a team nor a coach%s; %s", args[0], hint.DidYouMean(args[0], teams), what)
}

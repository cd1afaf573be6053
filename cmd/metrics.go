package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/metricsimport"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report"
)

func newMetrics(app *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "metrics",
		Short: "Import figures from other systems",
		Long: `A logbook's figures are in metrics/*.csv, as date,person,metric,value, or in the
session logs. coachlog list metrics shows the catalogue.`,
		Example: `  coachlog metrics import agents-july.csv --dry-run
  coachlog list metrics`,
	}
	c.AddCommand(newMetricsImport(app))
	return c
}

type metricsImportOptions struct {
	*app
	metricsimport.Options
	as      string
	partial bool
	dryRun  bool
	format  string
}

func newMetricsImport(app *app) *cobra.Command {
	o := &metricsImportOptions{app: app}
	c := &cobra.Command{
		Use:   "import FILE.csv",
		Short: "Import another system's export into metrics/",
		Long: `import reads the columns that an import in coachlog.yaml names, whatever else is in the
file, and writes the values to metrics/NAME-YEAR.csv. If no import fits the file, it
imports nothing and prints one for you to fill in: every column, with three of its
values and what it could be. Only what is certain is filled in.

A file that can be read in two ways (03/04/25, 1,234, 6:38, 0.92, a name that two
people share, two rows for one day) is refused, with the line, the column and the key
that settles it. If you import a corrected file again, its values replace the old
ones; values that it no longer has stay. The details are in docs/metrics.md.`,
		Example: `  coachlog metrics import agents-july.csv             get an import to fill in
  coachlog metrics import agents-july.csv --dry-run   what would change
  coachlog metrics import agents-july.csv
  coachlog metrics import scores.csv --as quality --date 2026-07-31`,
		Args: cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"csv", "tsv", "txt"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: o.writing(func() bool { return !o.dryRun }, func(_ *cobra.Command, args []string) error { return o.run(args[0]) }),
	}
	c.Flags().StringVar(&o.as, "as", "", "the `import` in coachlog.yaml to use (default: the one that fits)")
	app.completeWith(c, "as", imports)
	app.dateFlag(c, &o.Day, "date", "the `day` of all values, if the file has no dates")
	choiceFlag(c, &o.DateFormat, "date-format", logparse.DateFormats, "the `order` of day, month and year: "+strings.Join(logparse.DateFormats, ", "))
	c.Flags().BoolVar(&o.SkipUnknown, "skip-unknown", false, "leave out rows about people who aren't in this logbook")
	c.Flags().BoolVar(&o.partial, "partial", false, "let part of a week or month replace the value that is there")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would change and write nothing")
	formatFlag(c, &o.format, plainFormats)
	return c
}

// run imports a file, or prints an import for it.
func (o *metricsImportOptions) run(name string) error {
	if o.as != "" && !logparse.IsID(o.as) {
		return fmt.Errorf("--as: %q can't be the name of an import; use letters and digits, with - _ or . between them", o.as)
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	if err := settingsAreClean(w.shared.SettingsDoc, "nothing was imported"); err != nil {
		return err
	}
	if err := w.valuesAreRead("nothing was imported"); err != nil {
		return err
	}
	raw, err := logbook.ReadAnyFile(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	file, problem := metricsimport.Open(name, raw)
	if problem != nil {
		return o.refuse(report.NewMetricsImport(w.Roster, name, o.dryRun, *problem))
	}
	in, err := o.choose(w, file)
	if err != nil {
		return err
	}
	if in == nil {
		return o.list(w, file)
	}
	return o.importFile(w, file, in)
}

// valuesAreRead refuses to change metrics/ where not all of it can be read. Undone is what
// was not done then.
func (w *workspace) valuesAreRead(undone string) error {
	for _, p := range w.shared.Unreadable {
		if strings.HasPrefix(p.Path, logparse.MetricsFolder) {
			return hint.New("see that it can be read, then run this again", "%s, because not all values can be read: %w", undone, p)
		}
	}
	return nil
}

// settingsAreClean refuses to read anything by settings of which a part can't be
// read: it could be the part that says how. Undone is what was not done then.
func settingsAreClean(doc *logparse.Document, undone string) error {
	reasons := ""
	for _, d := range doc.Diagnostics {
		at := doc.Position(d.Span.Start)
		reasons += fmt.Sprintf("\n%s:%d:%d: %s; %s", logbook.SettingsName, at.Line, at.Column, d.Message, d.Remedy)
	}
	if reasons == "" {
		return nil
	}
	return errors.New(undone + ", because part of the settings can't be read" + reasons)
}

// zoneOf is a time zone of the settings, nil where there is none.
func zoneOf(name logparse.Value[string]) (*time.Location, error) {
	if !name.Set || name.V == logparse.AsWritten {
		return nil, nil
	}
	zone, err := time.LoadLocation(name.V)
	if err != nil {
		return nil, fmt.Errorf("coachlog.yaml names the time zone %s, which is unknown here; write continent and city, as in Europe/Berlin", name.V)
	}
	return zone, nil
}

// choose is the import that the user names, or the only one that fits; nil where
// none does.
func (o *metricsImportOptions) choose(w *workspace, file *metricsimport.File) (*logparse.Import, error) {
	var fitting *logparse.Import
	var names []string
	for i := range w.shared.Settings.Imports {
		in := &w.shared.Settings.Imports[i]
		if o.as != "" {
			if in.Name == logparse.NormalID(o.as) {
				return in, nil
			}
			continue
		}
		missing := file.Missing(in)
		if len(missing) == 0 {
			fitting, names = in, append(names, in.Name)
		} else if o.format == "text" {
			o.tell(plainly, `the import %s of coachlog.yaml doesn't fit: the file has no column "%s"`, in.Name, strings.Join(missing, `", "`))
		}
	}
	if len(names) > 1 {
		return nil, fmt.Errorf("several imports of coachlog.yaml fit %s: %s\nsay which one: --as NAME", file.Name, strings.Join(names, ", "))
	}
	return fitting, nil
}

// refuse says why nothing is imported.
func (o *metricsImportOptions) refuse(m *report.MetricsImport) error {
	if o.format == "json" {
		return cmp.Or(o.print(o.format, m), errSaid)
	}
	if err := m.WriteProblems(o.Err, o.ErrStyle); err != nil {
		return err
	}
	o.tell(o.ErrStyle.Red, "nothing was imported")
	return errSaid
}

// list prints an import to fill in.
func (o *metricsImportOptions) list(w *workspace, file *metricsimport.File) error {
	name := cmp.Or(o.as, metricsimport.NameFor(file.Name))
	for n := 2; o.as == "" && slices.ContainsFunc(w.shared.Settings.Imports, func(in logparse.Import) bool { return in.Name == name }); n++ {
		name = fmt.Sprintf("%s-%d", metricsimport.NameFor(file.Name), n)
	}
	listing, problem := metricsimport.List(file, name, metricsimport.NewPeople(w.members()))
	if problem != nil {
		return o.refuse(report.NewMetricsImport(w.Roster, file.Name, o.dryRun, *problem))
	}
	m := report.NewMetricsImport(w.Roster, file.Name, o.dryRun)
	m.Columns, m.Mapping = listing.Columns, listing.YAML
	if err := o.print(o.format, m); err != nil {
		return err
	}
	o.tell(o.ErrStyle.Red, "nothing was imported: no import in coachlog.yaml fits this file. Fill in the one above, put it\ninto coachlog.yaml, and try it: coachlog metrics import FILE --dry-run")
	return errSaid
}

func (o *metricsImportOptions) importFile(w *workspace, file *metricsimport.File, in *logparse.Import) (err error) {
	o.Today = w.today
	if o.Logbook, err = zoneOf(w.shared.Settings.TimeZone); err != nil {
		return err
	}
	if o.Zone, err = zoneOf(in.TimeZone); err != nil {
		return err
	}
	defer o.Progress("reading " + path.Base(file.Name)).Done()
	res := metricsimport.Read(file, in, w.shared.Settings, metricsimport.NewPeople(w.members()), o.Options)
	m := report.NewMetricsImport(w.Roster, file.Name, o.dryRun)
	if m.AddResult(res); len(m.Problems) > 0 {
		return o.refuse(m)
	}
	var kept []metricsimport.Kept
	for _, k := range w.shared.Metrics {
		kept = append(kept, metricsimport.Kept{Doc: k.Doc, Rows: k.Rows})
	}
	merged := metricsimport.Merge(res, kept, w.Roster.Resolve, o.partial)
	if m.AddMerged(merged); len(m.Problems) > 0 {
		return o.refuse(m)
	}
	for i, u := range merged.Updates {
		if o.dryRun {
			break
		}
		if u.Old != nil {
			err = w.dir.Replace(u.Path, u.Old, u.New)
		} else if err = w.dir.Create(u.Path, u.New, 0o644); errors.Is(err, logbook.ErrExists) {
			err = fmt.Errorf("somebody else wrote to %s in the meantime", u.Path)
		}
		if err != nil {
			return fmt.Errorf("%w\n%d of %d files were written before that; it is safe to run it again", err, i, len(merged.Updates))
		}
	}
	return o.print(o.format, m)
}

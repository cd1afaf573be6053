package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// A manyFlags are the flags that name several logbooks.
type manyFlags struct {
	folders []string
	list    string
}

func (f *manyFlags) add(c *cobra.Command) {
	c.Flags().StringArrayVar(&f.folders, "logbook", nil, "the `folder` of a logbook; again for each of several, as one")
	onFlag(c.MarkFlagDirname("logbook"))
	c.Flags().StringVar(&f.list, "logbooks", "", "a `file` that names several logbooks (default: logbooks.yaml here)")
	onFlag(c.MarkFlagDirname("logbook"))
	onFlag(c.MarkFlagFilename("logbooks", "yaml", "yml"))
}

// named are the folders that the flags name or, without them, a list here.
func (f *manyFlags) named(a *app) (folders []string, err error) {
	for _, folder := range f.folders {
		if folder != "" { // as where report means all of the logbook
			folders = append(folders, folder)
		}
	}
	list := f.list
	if here := filepath.Join(a.folder(), logbook.ListName); list == "" && len(folders) == 0 && isFile(here) && !isFile(filepath.Join(a.folder(), logbook.SettingsName)) {
		list = here
	} else if a.dir != "" && (list != "" || len(folders) > 0) {
		return nil, errors.New("-C names one logbook; leave it out, or --logbook and --logbooks")
	}
	if list != "" {
		more, err := logbook.ReadList(list)
		if err != nil {
			return nil, err
		}
		folders = append(folders, more...)
	}
	return logbook.FindAll(folders), nil
}

// one says whether the flags name at most one logbook, which is then the one that is here.
func (f *manyFlags) one(a *app) bool {
	names, _ := f.named(a) // an error is told when it is opened
	places, problems := placesOf(names)
	if len(places) == 1 && len(problems) == 0 {
		a.dir, f.folders, f.list = places[0], nil, ""
	}
	return len(places)+len(problems) < 2
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// A logbooks is what a command reads that speaks of many people: one logbook, or several as
// one.
type logbooks struct {
	*app
	all     []*workspace
	union   *plan.Union // nil of one
	folders []string    // by which their files are named
	missing missing     // those that can't be read
}

// openLogbooks reads who there is in the logbooks that the flags name, else in the one here.
// One that can't be read is named, and the rest count.
func (a *app) openLogbooks(flags *manyFlags) (*logbooks, error) {
	names, err := flags.named(a)
	if err != nil {
		return nil, err
	}
	places, problems := placesOf(names)
	if len(names) == 0 || len(places) == 1 && len(problems) == 0 {
		one := *a
		one.dir = cmp.Or(strings.Join(places, ""), a.dir)
		w, err := one.openRoster()
		return &logbooks{app: a, all: []*workspace{w}}, err
	}
	l := &logbooks{app: a, missing: missing{logbooks: problems}}
	opened := make([]*workspace, len(places))
	for i, err := range fault.Each(len(places), func(i int) (err error) {
		one := *a
		one.dir, one.formatSaid = places[i], true
		opened[i], err = one.openRoster()
		return err
	}) {
		if err != nil {
			l.missing.logbooks = append(l.missing.logbooks, folderOf(places[i])+": "+err.Error())
			continue
		}
		l.all, l.folders = append(l.all, opened[i]), append(l.folders, folderOf(places[i]))
	}
	if len(l.all) == 0 {
		return nil, fmt.Errorf("none of the logbooks can be read:%s", asList(l.missing.logbooks))
	}
	l.union = plan.NewUnion(l.members())
	return l, nil
}

// placesOf are the folders that are logbooks, each once, in one order however they are named.
func placesOf(names []string) (places, problems []string) {
	real := make(map[string]string)
	for _, name := range names {
		folder, err := filepath.Abs(name)
		whole, errReal := filepath.EvalSymlinks(folder)
		switch {
		case err != nil || errReal != nil:
			problems = append(problems, folderOf(folder)+": there is no such folder")
		case !isFile(filepath.Join(whole, logbook.SettingsName)):
			problems = append(problems, folderOf(folder)+": there is no "+logbook.SettingsName+" in it")
		case real[whole] == "" || folder < real[whole]:
			real[whole] = folder
		}
	}
	for _, folder := range real {
		places = append(places, folder)
	}
	slices.Sort(places)
	slices.Sort(problems)
	return places, slices.Compact(problems)
}

// folderOf names a folder as seen from here.
func folderOf(place string) string {
	if here, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(here, place); err == nil {
			place = rel
		}
	}
	return filepath.ToSlash(place)
}

func (l *logbooks) members() (members []plan.Member) {
	for i, w := range l.all {
		m := plan.Member{Roster: w.Roster, Folder: l.folders[i], Name: filepath.Base(w.dir.Path)}
		for id := range w.Folders {
			m.Owners = append(m.Owners, id)
		}
		members = append(members, m)
	}
	return members
}

// readEverybody reads and judges everybody, and keeps their facts.
func (l *logbooks) readEverybody() (*plan.Everybody, missing) {
	all, facts := l.missing, make([][]*plan.Facts, len(l.all))
	for i, w := range l.all {
		of, m := l.facts(w)
		facts[i] = of
		all.add(l.in(i, m))
	}
	if l.union == nil {
		return plan.NewEverybody(l.all[0].Roster, facts[0]), all
	}
	defer l.sayNotes()
	return l.union.Everybody(facts), all
}

// sayNotes says what isn't put together, and why.
func (l *logbooks) sayNotes() {
	if l.union != nil && len(l.union.Notes) > 0 {
		l.tell(l.ErrStyle.Yellow, "the logbooks don't agree on everything:%s", asList(l.union.Notes))
	}
}

// find is workspace.find among several.
func (l *logbooks) find(name string, inLogs ...func(id string) bool) (string, error) {
	if l.union == nil {
		return l.all[0].find(name, inLogs...)
	}
	if several := l.union.Several(name); len(several) > 0 {
		return "", fmt.Errorf("%q may be several people; name one: %s", name, strings.Join(several, ", "))
	}
	if l.union.Has(name) || slices.ContainsFunc(inLogs, func(named func(string) bool) bool { return named(name) }) {
		return l.union.Resolve(name), nil
	}
	return "", hint.New("coachlog list people -C FOLDER shows those of one logbook", "there is nobody called %q%s in these logbooks: %s", name, hint.DidYouMean(name, l.everybody()), strings.Join(l.folders, ", "))
}

// everybody are the ids that anybody has in any of the logbooks.
func (l *logbooks) everybody() (ids []string) {
	for _, w := range l.all {
		ids = append(ids, w.Everybody()...)
	}
	return ids
}

// named are the ids of people who are named, each once, in order.
func (l *logbooks) named(names []string, inLogs ...func(id string) bool) ([]string, error) {
	var ids []string
	for _, name := range names {
		id, err := l.find(name, inLogs...)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// idsIn are the people of one logbook: all or, of those who are named, whom it knows.
func (l *logbooks) idsIn(i int, named []string) (ids []string) {
	if len(named) == 0 {
		return l.all[i].Everybody()
	}
	for _, id := range named {
		if local, ok := l.union.In(i, id); ok && l.all[i].knows(local) {
			ids = append(ids, local)
		}
	}
	return ids
}

// confirm is app.confirm among several.
func (l *logbooks) confirm(scope *report.Scope, ids []string) {
	edits := make(map[string]*plan.OthersEdit)
	for i, w := range l.all {
		of := *scope
		l.app.confirm(w, &of, ids)
		for local, edit := range of.OthersEdits {
			id := l.union.ID(i, local)
			edits[id] = edit.And(edits[id])
		}
	}
	scope.OthersEdits = edits
}

// noteCoached notes which of one logbook's coaches are coached in another.
func (l *logbooks) noteCoached(i int) {
	roster, looked := l.all[i].Roster, map[string]bool{"": true}
	for _, p := range roster.Known {
		coach := roster.CoachOf(p)
		if looked[coach] {
			continue
		}
		looked[coach] = true
		for k, w := range l.all {
			if local, ok := l.union.In(k, l.union.ID(i, coach)); ok && w.hasLogs(local) {
				roster.NoteLogs(coach)
			}
		}
	}
}

// knows says whether there is somebody with an id.
func (l *logbooks) knows(id string) bool {
	return slices.ContainsFunc(l.all, func(w *workspace) bool { return w.knows(id) })
}

// groups are the groups of readers that anybody's plan names.
func (l *logbooks) groups() (groups []string) {
	for _, w := range l.all {
		groups = append(groups, w.Roster.Groups()...)
	}
	slices.Sort(groups)
	return slices.Compact(groups)
}

// period reads a period, which has to mean the same days in all logbooks.
func (l *logbooks) period(text string) (plan.Period, error) {
	years := func(w *workspace) plan.FiscalYears { return plan.FiscalYearsOf(w.shared.Settings) }
	first, err := plan.ParsePeriod(text, l.today(), years(l.all[0]))
	for _, w := range l.all[1:] {
		if p, errThere := plan.ParsePeriod(text, l.today(), years(w)); p != first || (errThere == nil) != (err == nil) {
			return first, fmt.Errorf("%s means other days in %s than in %s, by the settings of fiscal years; name the days: A..B", text, folderOf(w.dir.Path), folderOf(l.all[0].dir.Path))
		}
	}
	return first, err
}

// in is what is missing of one logbook, with its folder where there are several.
func (l *logbooks) in(i int, m missing) missing {
	if l.union == nil {
		return m
	}
	folder := l.folders[i]
	name := func(reasons []string) (named []string) {
		for _, reason := range reasons {
			first, _, _ := strings.Cut(reason, "/")
			if first == "people" || first == logparse.MetricsFolder || strings.HasPrefix(reason, logbook.SettingsName) {
				named = append(named, folder+"/"+reason)
			} else {
				named = append(named, folder+": "+reason)
			}
		}
		return named
	}
	return missing{unread: name(m.unread), uncounted: name(m.uncounted), notes: name(m.notes)}
}

// wholeLogbook gives --logbook of a report, where no folder follows, an empty value: the
// report is on everybody.
func wholeLogbook(args []string) []string {
	if !slices.Contains(args, "report") {
		return args
	}
	args = slices.Clone(args)
	for i, arg := range args {
		if arg == "--" {
			break
		}
		alone := i+1 == len(args) || strings.HasPrefix(args[i+1], "-")
		if !alone {
			_, err := plan.ParsePeriod(args[i+1], logparse.Date{Year: 2000, Month: 1, Day: 1}, plan.FiscalYears{Starts: 1})
			alone = err == nil // of --compare
		}
		if arg == "--logbook" && alone || arg == "--logbook=true" {
			args[i] = "--logbook="
		}
	}
	return args
}

package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/linediff"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report"
	"github.com/coachlog/coachlog/templates"
)

type migrateOptions struct {
	*app
	dryRun, yes bool
}

func newMigrate(app *app) *cobra.Command {
	o := &migrateOptions{app: app}
	c := &cobra.Command{
		Use:   "migrate",
		Short: "Move a logbook to the newest format",
		Long: `migrate shows what has to change in the files for the logbook to be of the newest
format, asks, and then changes just that and records it in a commit of its own.
Sign-offs keep counting, and the audit knows the commit.

In format 1 an open box in Follow-through of a held session meant not done. In format 2
it says nothing, and [n] means not done. So migrate writes [n] into those boxes, also
where a copied template says what the marks mean, and format: 2 into coachlog.yaml.

The files that change have to be in git as they are. Have everybody commit and push
first, and pull afterwards: what is still open in a log that comes in later is not
changed. migrate names the logs that it can't read, leaves them as they are, and then
ends with 2. Running it again does nothing.`,
		Example: `  coachlog migrate             show the changes, and ask
  coachlog migrate --dry-run   only show them
  coachlog migrate --yes       don't ask`,
		Args: cobra.NoArgs,
		RunE: interruptibly(o.run),
	}
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would change and write nothing")
	c.Flags().BoolVarP(&o.yes, "yes", "y", false, "don't ask")
	return c
}

// A moved file is one that has another text in the newest format.
type movedFile struct{ before, after *logparse.Document }

// migration is what there is to do.
type migration struct {
	logs, templates int
	files           []movedFile // the settings last: until they are written, it can be run again
	left            []string
	begun           map[string]gitrepo.Change // written already, and not recorded
}

func (o *migrateOptions) run(ctx context.Context, _ []string) error {
	o.formatSaid = true
	dir, err := o.find()
	if err != nil {
		return err
	}
	repo, begun, err := o.repositoryOf(ctx, dir)
	if err != nil {
		return err
	}
	text, err := dir.ReadFile(logbook.SettingsName)
	if err != nil {
		return fmt.Errorf("%s can't be read: %w", logbook.SettingsName, err)
	}
	if c, ok := begun[logbook.SettingsName]; ok {
		text = c.Before
	}
	settings, doc := logparse.ParseSettings(logbook.SettingsName, text)
	if settings.WholeFormat() == logparse.NewestFormat {
		_, err := fmt.Fprintf(o.Out, "Nothing to do: the logbook is of format %d, the newest.\n", logparse.NewestFormat)
		return err
	}
	if err := settingsAreClean(doc, "nothing was changed"); err != nil {
		return err
	}
	m, err := o.changes(dir, settings, doc, begun)
	if err != nil {
		return err
	}
	if repo != nil {
		if err := m.recordedBefore(ctx, repo); err != nil {
			return err
		}
	}
	o.show(m)
	if sure, err := o.sure(); err != nil || !sure {
		return errors.Join(err, o.sayLeft(m))
	}
	if err := o.write(ctx, dir, repo, m); err != nil {
		return err
	}
	return o.sayLeft(m)
}

// repositoryOf is the logbook's repository, ready for a commit, nil where there is none;
// and what an earlier run wrote that ended before it could record it, by its path.
func (o *migrateOptions) repositoryOf(ctx context.Context, dir *logbook.Dir) (*history.Repo, map[string]gitrepo.Change, error) {
	repo, err := history.Find(dir)
	switch {
	case errors.Is(err, gitrepo.ErrNoRepository):
		return nil, nil, nil
	case err != nil:
		return nil, nil, err
	}
	if err := repo.Ready(); err != nil {
		return nil, nil, fmt.Errorf("nothing was changed: %w", err)
	}
	changes, err := repo.Changes(ctx, []string{repo.Prefix}, repo.Holds)
	if err != nil {
		return nil, nil, fmt.Errorf("nothing was changed: %w", err)
	}
	begun := make(map[string]gitrepo.Change)
	for _, c := range changes {
		name := repo.InLogbook(c.Path)
		if c.Kind != gitrepo.Modified || bytes.Equal(c.Before, c.After) {
			continue
		}
		if bytes.Equal(logparse.Parse(name, c.Before, dir.Settings().Headings).Migrated(), c.After) {
			begun[name] = c
		}
	}
	return repo, begun, nil
}

// changes are all files that change, and the logs that are left.
func (o *migrateOptions) changes(dir *logbook.Dir, settings *logparse.Settings, settingsDoc *logparse.Document, begun map[string]gitrepo.Change) (*migration, error) {
	roster, err := dir.ReadRoster()
	if err != nil {
		return nil, err
	}
	m := &migration{begun: begun}
	for _, p := range roster.Unreadable {
		if strings.HasPrefix(p.Path, logparse.PeopleFolder+"/") {
			m.left = append(m.left, p.Error())
		}
	}
	for _, folder := range roster.Folders { // one after the other, so that never all logs are in memory
		contents := dir.ReadFolders(settings, []string{folder})
		for _, p := range contents.Unreadable {
			m.left = append(m.left, p.Error())
		}
		for _, doc := range contents.Docs {
			m.add(doc, settings, &m.logs)
		}
	}
	for _, t := range templates.All {
		name := logparse.TemplatePath(t.Name)
		text, err := dir.ReadFile(name)
		if noSuchFile(err) {
			continue
		}
		if err != nil {
			m.left = append(m.left, fmt.Sprintf("%s: %v", name, err))
			continue
		}
		m.add(logparse.Parse(name, text, settings.Headings), settings, &m.templates)
	}
	one := 0
	if m.add(settingsDoc, settings, &one); one == 0 {
		return nil, hint.New("write it with one key a line, then run coachlog migrate again", "the form of %s is unusual, so coachlog can't write the format into it", logbook.SettingsName)
	}
	return m, nil
}

// add adds a file, where it changes.
func (m *migration) add(doc *logparse.Document, settings *logparse.Settings, number *int) {
	if left := doc.LeftByMigration(); left != nil {
		m.left = append(m.left, left.Where+": "+left.Reason)
		return
	}
	if c, ok := m.begun[doc.Path]; ok {
		doc = logparse.Parse(doc.Path, c.Before, settings.Headings)
	}
	after := doc.Migrated()
	if bytes.Equal(after, doc.Text) {
		return
	}
	*number++
	m.files = append(m.files, movedFile{doc, logparse.Parse(doc.Path, after, settings.Headings)})
}

// recordedBefore refuses files that git doesn't have as they are: the commit would hold
// more than the migration.
func (m *migration) recordedBefore(ctx context.Context, repo *history.Repo) error {
	var paths, names []string
	for _, f := range m.files {
		if _, ok := m.begun[f.before.Path]; !ok {
			paths = append(paths, repo.InRepository(f.before.Path))
		}
	}
	changes, err := repo.Changes(ctx, paths, func(string) bool { return true })
	if err != nil {
		return fmt.Errorf("nothing was changed: %w", err)
	}
	for _, c := range changes {
		names = append(names, repo.InLogbook(c.Path))
	}
	if len(names) == 0 {
		return nil
	}
	return hint.New("record them first: coachlog commit", "nothing was changed, because these files have changes that aren't in git yet:%s", asList(names))
}

// show prints the changes. Nothing else of a file is shown: what is around may be
// confidential.
func (o *migrateOptions) show(m *migration) {
	lines := func(doc *logparse.Document) []string {
		var lines []string
		for number := range doc.LineCount() {
			text, _ := doc.Line(number + 1)
			lines = append(lines, terminal.Escape(text))
		}
		return lines
	}
	for _, f := range m.files {
		for line := range strings.Lines(linediff.Unified(terminal.Escape(f.before.Path), lines(f.before), lines(f.after))) {
			line = strings.TrimSuffix(line, "\n")
			style := plainly
			switch {
			case strings.HasPrefix(line, "---"), strings.HasPrefix(line, "+++"):
				style = o.OutStyle.Bold
			case strings.HasPrefix(line, "@@"):
				style = o.OutStyle.Cyan
			case strings.HasPrefix(line, "-"):
				style = o.OutStyle.Red
			case strings.HasPrefix(line, "+"):
				style = o.OutStyle.Green
			}
			fmt.Fprintln(o.Out, style(line))
		}
	}
	fmt.Fprintf(o.Out, "\nTo change: %s.\n", report.MigratedFiles(m.logs, m.templates))
}

// sure says whether the changes are to be written.
func (o *migrateOptions) sure() (bool, error) {
	switch {
	case o.dryRun:
		return false, nil
	case o.yes:
		return true, nil
	case o.Interactive:
		answer, err := o.Choose("Change these files?", []terminal.Option{{Value: "yes", Label: "and record it"}, {Value: "no", Label: "leave everything as it is"}})
		return answer == "yes", err
	}
	return false, hint.New("to do it: coachlog migrate --yes", "nothing was changed, since there is no terminal to ask on")
}

// write changes the files and records that; where the logbook isn't in git, it only
// changes them.
func (o *migrateOptions) write(ctx context.Context, dir *logbook.Dir, repo *history.Repo, m *migration) error {
	unlock, err := dir.Lock()
	if err != nil {
		return err
	}
	defer unlock()
	if repo == nil {
		for _, f := range m.files {
			if err := dir.Replace(f.before.Path, f.before.Text, f.after.Text); err != nil {
				return fmt.Errorf("%w\nrun coachlog migrate again for the files that are left", err)
			}
		}
		_, err := fmt.Fprintln(o.Out, "Done. The logbook isn't in a git repository, so nothing was recorded.")
		return err
	}
	var changes []gitrepo.Change
	for _, f := range m.files {
		if c, ok := m.begun[f.before.Path]; ok { // as git has it, so that all is written in one go
			if err := dir.Replace(f.before.Path, c.After, c.Before); err != nil {
				return err
			}
		}
		changes = append(changes, repo.Replaces(f.before.Path, f.before.Text, f.after.Text))
	}
	message := report.MigrationMessage(m.logs, m.templates)
	done, err := repo.Rewrite(ctx, dir, changes, message)
	if err != nil {
		return err
	}
	return o.recorded(done, message)
}

// sayLeft names the logs that are left as they are.
func (o *migrateOptions) sayLeft(m *migration) error {
	if len(m.left) == 0 {
		return nil
	}
	o.tell(o.ErrStyle.Yellow, "left as they are; once they can be read, mark [n] what was not done:%s", asList(m.left))
	return errSaid
}

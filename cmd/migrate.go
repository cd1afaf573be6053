package cmd

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/linediff"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report"
	"github.com/coachlog/coachlog/templates"
)

type migrateOptions struct {
	*app
	beforehand
}

func newMigrate(app *app) *cobra.Command {
	o := &migrateOptions{app: app}
	c := &cobra.Command{
		Use:   "migrate",
		Short: "Move a logbook to the newest format",
		Long: `migrate shows what it would change to bring the logbook to the newest format, asks,
changes only that, and records it in a commit of its own. Sign-offs still count, and
the audit recognizes the commit.

In format 1 an open box in Follow-through of a held session meant not done. In format 2
it says nothing, and [n] means not done. So migrate writes [n] into those boxes and into
the line of marks of copied templates, and format: 2 into coachlog.yaml.

Commit the files first, and have everybody push; pull afterwards. A log that only comes
in later keeps its open boxes. If migrate can't read a log, it names it, leaves it as it
is, and ends with 2. Running it again does no harm.`,
		Example: `  coachlog migrate             show the changes, and ask
  coachlog migrate --dry-run   only show them
  coachlog migrate --yes       don't ask`,
		Args:   cobra.NoArgs,
		PreRun: func(*cobra.Command, []string) { o.formatSaid = true },
		RunE:   o.writing(o.writes, o.run),
	}
	o.flags(c, "show what would change and write nothing", "don't ask")
	return c
}

// A migration is what there is to do.
type migration struct {
	repo       *history.Repo // nil where there is none
	headings   logparse.Headings
	pending    map[string]gitrepo.Change // files that git doesn't have as they are
	files      []migratedFile
	unrecorded []string // files to change that somebody has changed already
	left       []string // files that can't be read for certain
}

// A migratedFile is one that has another text in the newest format.
type migratedFile struct {
	name          string
	before, after []byte
	written       bool // by a run that was ended before it could record it
}

func (o *migrateOptions) run(c *cobra.Command, _ []string) error {
	dir, err := o.find()
	if err != nil {
		return err
	}
	m, err := o.everything(c.Context(), dir)
	if err != nil {
		return err
	}
	if len(m.files) == 0 {
		return o.printf("Nothing to do: the logbook has format %d, the newest.\n", logparse.NewestFormat)
	}
	o.show(m)
	sure, err := o.sure(o.app, "Change these files?", "and record it", "coachlog migrate", m.files, func() (any, error) {
		if m, err = o.everything(c.Context(), dir); err != nil {
			return nil, err
		}
		return m.files, nil
	})
	if sure {
		err = o.write(c.Context(), dir, m)
	}
	if err != nil || len(m.left) == 0 {
		return err
	}
	o.tell(o.ErrStyle.Yellow, "left as they are; once they can be read, mark [n] what was not done:%s", asList(m.left))
	return errSaid
}

// everything finds what there is to do; no files where that is nothing.
func (o *migrateOptions) everything(ctx context.Context, dir *logbook.Dir) (*migration, error) {
	defer o.Progress("reading").Done()
	repo, changes, err := pending(ctx, dir)
	if err != nil {
		return nil, err
	}
	m := &migration{repo: repo, pending: make(map[string]gitrepo.Change)}
	for _, c := range changes {
		m.pending[repo.InLogbook(c.Path)] = c
	}
	roster, err := dir.ReadRoster()
	if err != nil {
		return nil, err
	}
	m.headings = roster.Settings.Headings
	m.add(roster.SettingsDoc)
	unchanged := len(m.files)+len(m.unrecorded) == 0
	if unchanged && roster.Settings.WholeFormat() == logparse.NewestFormat {
		return m, nil
	}
	if err := settingsAreClean(roster.SettingsDoc, "nothing was changed"); err != nil {
		return nil, err
	}
	if unchanged {
		return nil, hint.New("write one key a line, none of them indented, then run coachlog migrate again", "coachlog can't write the format into %s as it is", logbook.SettingsName)
	}
	m.addLogs(dir, roster)
	m.addTemplates(dir)
	if len(m.unrecorded) > 0 {
		return nil, hint.New("record them first: coachlog commit", "nothing was changed, because these files have changes that aren't in git yet:%s", asList(m.unrecorded))
	}
	m.files = append(m.files[1:], m.files[0]) // the settings last: until they are written, it can be run again
	return m, nil
}

func (m *migration) addLogs(dir *logbook.Dir, roster *logbook.Contents) {
	unreadable := roster.Unreadable
	for _, folder := range roster.Folders { // one after the other, so that never all logs are in memory
		contents := dir.ReadFolders(roster.Settings, []string{folder})
		unreadable = append(unreadable, contents.Unreadable...)
		for _, doc := range contents.Docs {
			m.add(doc)
		}
	}
	for _, p := range unreadable {
		if strings.HasPrefix(p.Path, logparse.PeopleFolder+"/") {
			m.left = append(m.left, p.Error())
		}
	}
}

func (m *migration) addTemplates(dir *logbook.Dir) {
	for _, t := range templates.All {
		name := logparse.TemplatePath(t.Name)
		text, err := dir.ReadFile(name)
		if err == nil {
			m.add(logparse.Parse(name, text, m.headings))
		} else if !noSuchFile(err) {
			m.left = append(m.left, fmt.Sprintf("%s: %v", name, err))
		}
	}
}

// add adds a file, where it changes.
func (m *migration) add(doc *logparse.Document) {
	var bug error
	defer func() {
		if bug != nil {
			m.left = append(m.left, bug.Error())
		}
	}()
	defer fault.Catch(doc.Path, &bug)
	if left := doc.LeftByMigration(); left != "" {
		m.left = append(m.left, left)
		return
	}
	f := migratedFile{name: doc.Path, before: doc.Text, after: doc.Migrated()}
	c, pending := m.pending[f.name]
	if c.Kind == gitrepo.Modified && bytes.Equal(logparse.Parse(f.name, c.Before, m.headings).Migrated(), f.before) {
		f = migratedFile{f.name, c.Before, f.before, true}
	}
	switch {
	case bytes.Equal(f.before, f.after):
	case pending && !f.written:
		m.unrecorded = append(m.unrecorded, f.name)
	default:
		m.files = append(m.files, f)
	}
}

// show prints the lines that change, and none of those around them: they may be
// confidential.
func (o *migrateOptions) show(m *migration) {
	show := func(style func(string) string, sign, line string) {
		fmt.Fprintln(o.Out, style(sign+strings.TrimRight(line, "\r\n")))
	}
	for _, f := range m.files {
		show(o.OutStyle.Bold, "", f.name)
		for sign, line := range linediff.Changes(string(f.before), string(f.after)) {
			style := o.OutStyle.Red
			if sign == "+" {
				style = o.OutStyle.Green
			}
			show(style, sign, line)
		}
	}
	fmt.Fprintf(o.Out, "\nFiles to change: %d\n", len(m.files))
}

// write changes the files and records that; where the logbook isn't in git, it only
// changes them.
func (o *migrateOptions) write(ctx context.Context, dir *logbook.Dir, m *migration) error {
	defer o.Progress("writing").Done()
	var changes []gitrepo.Change
	for _, f := range m.files {
		if m.repo != nil {
			changes = append(changes, m.repo.Replaces(f.name, f.before, f.after))
		} else if err := dir.Replace(f.name, f.before, f.after); err != nil {
			return hint.New("for the files that are left, run coachlog migrate again", "%w", err)
		}
	}
	if m.repo == nil {
		return o.printf("Done. The logbook isn't in a git repository, so nothing was recorded.\n")
	}
	message := report.MigrationMessage(len(m.files))
	return o.rewrite(ctx, m.repo, dir, changes, message, message)
}

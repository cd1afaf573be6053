package cmd

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

type forgetOptions struct {
	*app
	beforehand
}

func newForget(app *app) *cobra.Command {
	o := &forgetOptions{app: app}
	c := &cobra.Command{
		Use:   "forget PERSON",
		Short: "Remove a person's files and figures, at their request",
		Long: `forget removes what the logbook keeps about a person: their folder below people/, their
rows in metrics/, and their entry under people: in coachlog.yaml. It records that in a
commit of its own, which the audit recognizes, and says what git still holds, how to
take it out, and which other files name the person. Those it leaves as they are.

It can't be undone once the history is rewritten. docs/people.md says what to settle
before.`,
		Example: `  coachlog forget rep1 --dry-run   show what would be removed
  coachlog forget rep1             show it, and ask
  coachlog forget rep1 --yes       don't ask`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: app.completePeople(0),
		RunE:              o.writing(o.writes, o.run),
	}
	o.flags(c, "show what would be removed and do nothing", "don't ask")
	return c
}

// A forgetting is what there is to remove.
type forgetting struct {
	*workspace
	repo    *history.Repo
	person  *plan.Person
	folders []string
	changes []gitrepo.Change
	rows    int
	left    []string // what has to be taken out by hand
}

func (o *forgetOptions) run(c *cobra.Command, args []string) error {
	f, err := o.everything(c.Context(), args[0])
	if err != nil {
		return err
	}
	id := f.person.ID
	for _, c := range f.changes {
		what := "change"
		if c.Kind == gitrepo.Deleted {
			what = "remove"
		}
		fmt.Fprintf(o.Out, "%s  %s\n", what, f.repo.InLogbook(c.Path))
	}
	if len(f.changes) == 0 {
		return fmt.Errorf("there is nothing of %s to remove", id)
	}
	sure, err := o.sure(o.app, "Remove all this?", "and record it", "coachlog forget "+id, f.changes, func() (any, error) {
		if f, err = o.everything(c.Context(), args[0]); err != nil {
			return nil, err
		}
		return f.changes, nil
	})
	if err != nil || !sure {
		return err
	}
	return o.write(c.Context(), f, id)
}

// everything finds what there is of somebody.
func (o *forgetOptions) everything(ctx context.Context, name string) (*forgetting, error) {
	w, err := o.openRoster()
	if err != nil {
		return nil, err
	}
	id, err := w.find(name)
	if err != nil {
		return nil, err
	}
	if err := w.valuesAreRead("nothing was changed"); err != nil {
		return nil, err
	}
	repo, changes, err := pending(ctx, w.dir)
	switch {
	case err != nil:
		return nil, err
	case repo == nil:
		return nil, hint.New("delete the person's folder below people/ and their rows in metrics/", "the logbook isn't in a git repository, so there is nothing that forget could record")
	case len(changes) > 0: // what is removed has to be in git
		return nil, hint.New("record them first: coachlog commit", "nothing was changed, because there are changes that aren't in git yet")
	}
	f := &forgetting{workspace: w, repo: repo, person: w.Roster.Someone(id), folders: w.Folders[id]}
	return f, f.gather(id)
}

// gather finds what is kept of the person.
func (f *forgetting) gather(id string) error {
	for _, folder := range f.folders {
		names, err := f.dir.FilesIn(folder)
		if err != nil {
			return err
		}
		for _, name := range names {
			text, err := f.dir.ReadFile(name)
			if err != nil || !logbook.IsOwnFile(name) {
				f.left = append(f.left, name)
				continue
			}
			f.changes = append(f.changes, gitrepo.Change{Path: f.repo.InRepository(name), Kind: gitrepo.Deleted, Before: text})
		}
	}
	for _, m := range f.shared.Metrics {
		f.removeRows(id, m)
	}
	f.removeSettings(id)
	return nil
}

// removeRows takes a person's rows out of a metrics file. Where a row isn't one line, the
// file is left for somebody to look at.
func (f *forgetting) removeRows(id string, m logbook.Metrics) {
	lines := slices.Collect(strings.Lines(string(m.Doc.Text)))
	n := 0
	for _, row := range slices.Backward(m.Rows) {
		if f.Roster.Resolve(row.Person) == id && row.Line <= len(lines) {
			lines = slices.Delete(lines, row.Line-1, row.Line)
			n++
		}
	}
	if n == 0 {
		return
	}
	text := strings.Join(lines, "")
	rows, _ := logparse.ParseMetrics(m.Doc.Path, []byte(text))
	if len(rows) != len(m.Rows)-n {
		f.left = append(f.left, m.Doc.Path+" (the rows of "+id+")")
		return
	}
	f.rows += n
	f.changes = append(f.changes, f.repo.Replaces(m.Doc.Path, m.Doc.Text, []byte(text)))
}

// removeSettings takes a person's entry out of the settings, where it has lines of its own.
func (f *forgetting) removeSettings(id string) {
	doc := f.shared.SettingsDoc
	at := slices.IndexFunc(f.shared.Settings.People, func(p logparse.PersonSettings) bool { return f.Roster.Resolve(p.ID) == id })
	if at < 0 {
		return
	}
	lines := slices.Collect(strings.Lines(string(doc.Text)))
	from := doc.Position(f.shared.Settings.People[at].Span.Start).Line - 1
	indent := func(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
	to := from + 1
	for to < len(lines) && strings.TrimSpace(lines[to]) != "" && indent(lines[to]) > indent(lines[from]) {
		to++
	}
	text := []byte(strings.Join(slices.Delete(slices.Clone(lines), from, to), ""))
	settings, read := logparse.ParseSettings(doc.Path, text)
	if read.Broken() || len(settings.People) != len(f.shared.Settings.People)-1 || len(settings.Metrics) != len(f.shared.Settings.Metrics) {
		f.left = append(f.left, doc.Path+" (people: "+id+")")
		return
	}
	f.changes = append(f.changes, f.repo.Replaces(doc.Path, doc.Text, text))
}

// write removes the files and records that, and says what is left.
func (o *forgetOptions) write(ctx context.Context, f *forgetting, id string) error {
	message := report.ForgetMessage(id, f.ids(id))
	if err := o.rewrite(ctx, f.repo, f.dir, f.changes, message, message); err != nil {
		return err
	}
	for _, folder := range f.folders {
		f.dir.RemoveEmpty(folder)
	}
	keptOf(f.dir).Drop(nil) // what is kept of others may name the person too
	return o.tellLeft(f, id)
}

// tellLeft says what is still there, and how to take it out.
func (o *forgetOptions) tellLeft(f *forgetting, id string) error {
	var folders []string
	for _, folder := range f.folders {
		folders = append(folders, f.repo.InRepository(folder))
	}
	h, err := f.repo.History(gitrepo.HistoryOptions{Paths: folders})
	if err != nil {
		return err
	}
	if len(f.left) > 0 {
		fmt.Fprintf(o.Out, "\nTake out by hand:%s\n", asList(f.left))
	}
	if named := f.named(id); len(named) > 0 {
		fmt.Fprintf(o.Out, "\nThese files still name %s:%s\n", id, asList(named))
	}
	fmt.Fprintf(o.Out, "\nGit still has the earlier versions (commits with them: %d), and so have other clones and the forge.\nTo take them out for good, in a fresh clone (docs/people.md says what else to do):\n", len(h.Records))
	for _, folder := range folders {
		fmt.Fprintf(o.Out, "    git filter-repo --invert-paths --path %s\n", folder)
	}
	if f.rows > 0 {
		fmt.Fprintf(o.Out, "    printf '%%s\\n' 'regex:(?m)^[^,\\n]*,%s,.*\\n==>' > rows.txt && git filter-repo --replace-text rows.txt\n", id)
	}
	return nil
}

// ids are all by which the person was known, of which the record is made.
func (f *forgetting) ids(id string) []string {
	ids := append(f.person.IDs(), id)
	for _, folder := range f.folders {
		ids = append(ids, path.Base(folder))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// named are the files of others in which the person's id or name is a word.
func (f *forgetting) named(id string) (names []string) {
	words := []string{regexp.QuoteMeta(id)}
	if f.person.Name != "" {
		words = append(words, regexp.QuoteMeta(f.person.Name))
	}
	word := regexp.MustCompile(`(?i)(^|[^\pL\pN_-])(` + strings.Join(words, "|") + `)($|[^\pL\pN_-])`)
	for _, folder := range f.shared.Folders {
		if slices.Contains(f.folders, folder) {
			continue
		}
		for _, doc := range f.dir.ReadFolders(f.shared.Settings, []string{folder}).Docs {
			if word.Match(doc.Text) {
				names = append(names, doc.Path)
			}
		}
	}
	return names
}

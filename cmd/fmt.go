package cmd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/logparse/canonical"
)

type fmtOptions struct {
	*app
	check, diff bool
	stdinPath   string
	paths       []string
}

func newFmt(app *app) *cobra.Command {
	o := &fmtOptions{app: app}
	c := &cobra.Command{
		Use:   "fmt [PATH...]",
		Short: "Write logs and plans in one form",
		Long: `fmt puts the files of a logbook into one form: days as 2026-07-20, lengths in minutes,
the tokens behind an action in one order, the tables under Figures lined up.
docs/format.md lists it all. The meaning stays the same, and everything that isn't
coachlog's stays byte for byte: your words, comments, other keys, line ends, bullets,
and what is confidential. It gets on with prettier.

Without PATH it goes over the whole logbook; "-" reads standard input and writes to
standard output. What somebody has signed off stays as it is, since another text would
need another sign-off. So do files that can't be read or hold a merge conflict; fmt
names them and ends with 2.`,
		Example: `  coachlog fmt
  coachlog fmt people/rep1
  coachlog fmt --diff                  only show what would change
  coachlog fmt --check                 in CI: end with 1 if something would
  coachlog fmt - --stdin-path people/rep1/2026-07-06.md < draft.md`,
		PreRun: func(_ *cobra.Command, args []string) { o.paths = args },
		RunE:   o.writing(o.writes, o.run),
	}
	c.Flags().BoolVar(&o.check, "check", false, "write nothing; list the files that would change, and end with 1 if there are any")
	c.Flags().BoolVar(&o.diff, "diff", false, "write nothing; show what would change")
	c.Flags().StringVar(&o.stdinPath, "stdin-path", "", "the `path` of standard input in the logbook")
	return c
}

func (o *fmtOptions) isStdin() bool { return slices.Contains(o.paths, "-") }

func (o *fmtOptions) writes() bool { return !o.check && !o.diff && !o.isStdin() }

func (o *fmtOptions) run(_ *cobra.Command, paths []string) error {
	switch {
	case o.isStdin() && len(paths) > 1:
		return fmt.Errorf("the path \"-\" is standard input, and goes with no other path")
	case o.stdinPath != "" && !o.isStdin():
		return fmt.Errorf("--stdin-path only works with the path \"-\"")
	case o.isStdin():
		return o.stdin()
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	var wanted []string
	for _, p := range paths {
		rel, err := o.inLogbook(w.dir, p)
		if err != nil {
			return err
		}
		wanted = append(wanted, rel)
	}
	f := o.everything(w, wanted)
	if f.signs.Err() != nil {
		return fmt.Errorf("nothing was changed, since it isn't clear what is signed off: %w", f.signs.Err())
	}
	return o.finish(w, f)
}

// A formatting is what fmt finds to do.
type formatting struct {
	signs  *history.SignOffs
	all    []rewriting
	agreed []string // files that stay as they are, since somebody signed them off
	left   []string // files that can't be rewritten, each with the reason
}

func (f *formatting) add(doc *logparse.Document, wanted []string) {
	if !inScope(wanted, doc.Path) {
		return
	}
	if why := doc.WhyUnsafe(); why != nil {
		f.left = append(f.left, doc.Where(why.Span.Start)+": "+why.Message)
		return
	}
	after, err := formatted(doc)
	if err != nil {
		f.left = append(f.left, doc.Path+": "+err.Error())
	} else if string(after) != string(doc.Text) {
		f.all = append(f.all, rewriting{doc, after})
	}
}

func formatted(doc *logparse.Document) (after []byte, err error) {
	defer fault.Catch(doc.Path, &err)
	return canonical.Text(doc)
}

// everything finds what there is to do in the wanted files.
func (o *fmtOptions) everything(w *workspace, wanted []string) *formatting {
	f := &formatting{signs: history.ReadSignOffs(w.dir)}
	f.add(w.shared.SettingsDoc, wanted)
	ids := slices.DeleteFunc(w.Everybody(), func(id string) bool {
		return !slices.ContainsFunc(w.Folders[id], func(folder string) bool {
			return inScope(wanted, folder) || slices.ContainsFunc(wanted, func(p string) bool { return strings.HasPrefix(p, folder+"/") })
		})
	})
	parts, bugs := each(o.app, ids, func(id string) formatting {
		var part formatting
		b := w.judge(id)
		for _, doc := range b.Docs {
			if doc.Kind != logparse.OtherFile {
				part.add(doc, wanted)
			}
		}
		for _, p := range b.contents.Unreadable {
			if inScope(wanted, p.Path) {
				part.left = append(part.left, p.Error())
			}
		}
		part.all, part.agreed = b.agreed(f.signs, part.all)
		return part
	})
	for _, part := range parts {
		f.all, f.agreed, f.left = append(f.all, part.all...), append(f.agreed, part.agreed...), append(f.left, part.left...)
	}
	for _, bug := range bugs {
		f.left = append(f.left, bug.Error())
	}
	return f
}

// finish writes, lists or shows what changes, and says what stays.
func (o *fmtOptions) finish(w *workspace, f *formatting) (err error) {
	switch {
	case o.writes():
		err = o.replaceAll(w, f.all)
	case o.diff:
		err = o.showDiffs(f.all)
	default:
		for _, r := range f.all {
			err = o.printf("%s\n", r.doc.Path)
		}
	}
	if err != nil {
		return err
	}
	if len(f.agreed) > 0 {
		o.tell(plainly, "left as they are, since somebody has signed them off:%s", asList(f.agreed))
	}
	if len(f.left) > 0 {
		o.tell(o.ErrStyle.Yellow, "left as they are, since they can't be read for certain:%s\ncoachlog lint says what to do", asList(f.left))
		return errSaid
	}
	if o.check && len(f.all) > 0 {
		return errFindings
	}
	return nil
}

// stdin writes standard input in its canonical form, or says what would change in it.
func (o *fmtOptions) stdin() error {
	text, err := plainfile.ReadStream(o.In, plainfile.Text)
	if err != nil {
		return err
	}
	name, headings := "-", logparse.Headings{}
	if dir, err := o.find(); err == nil {
		headings = dir.Settings().Headings
		if o.stdinPath != "" {
			if name, err = o.placeInLogbook(dir, o.stdinPath); err != nil {
				return err
			}
		}
	} else if o.stdinPath != "" {
		return err
	}
	doc := logparse.Parse(name, text, headings)
	if o.stdinPath == "" {
		doc = parseAnything(name, text, headings)
	}
	if why := doc.WhyUnsafe(); why != nil {
		return fmt.Errorf("%s: %s", doc.Where(why.Span.Start), why.String())
	}
	after, err := formatted(doc)
	if err != nil {
		return err
	}
	if !o.diff && !o.check {
		return o.writeRaw(after)
	}
	f := &formatting{}
	if string(after) != string(text) {
		f.all = []rewriting{{doc, after}}
	}
	return o.finish(nil, f)
}

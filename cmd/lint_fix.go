package cmd

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// fixing is how lint --fix asks first.
type fixing struct {
	fix bool
	beforehand
}

func (f *fixing) add(c *cobra.Command) {
	c.Long += `

--fix corrects what can only be meant in one way, such as "-[ ]", "due: 2026-07-31" or
"mintues:". It shows the changes and asks first, since what wasn't read before counts
then. What somebody has signed off stays as it is.`
	c.Example += `
  coachlog lint --fix                  correct what is certain; --dry-run only shows it`
	c.Flags().BoolVar(&f.fix, "fix", false, "correct what can only be meant in one way: show the changes, and ask")
	f.flags(c, "with --fix: show what would change and write nothing", "with --fix: don't ask")
}

func (f *fixing) writes() bool { return f.fix && !f.dryRun }

// runFix makes the fixes that lint has, and then shows what is left to a person.
func (o *lintOptions) runFix(c *cobra.Command, paths []string) error {
	if o.format != "text" {
		return fmt.Errorf("--fix shows a diff, so it only works with --format text")
	}
	if slices.Contains(paths, "-") {
		return fmt.Errorf("--fix writes to files, so it doesn't work with the path \"-\"")
	}
	if !o.many.one(o.app) {
		return fmt.Errorf("--fix works in one logbook: coachlog -C FOLDER lint --fix")
	}
	agreed, err := o.fixAll(paths)
	if err != nil || o.dryRun {
		return err
	}
	if len(agreed) > 0 {
		o.tell(plainly, "left as they are, since somebody has signed them off:%s", asList(agreed))
	}
	o.fixing = fixing{}
	return o.run(c, paths)
}

// fixAll shows and makes fixes while there are any: what is read only now can have some too.
// It returns the files that stay as they are since somebody signed them off.
func (o *lintOptions) fixAll(paths []string) (agreed []string, err error) {
	for {
		w, all, agreed, err := o.fixes(paths)
		if err != nil || len(all) == 0 {
			return agreed, err
		}
		if err := o.showDiffs(all); err != nil {
			return nil, err
		}
		sure, err := o.sure(o.app, "Change these files?", "write these changes", "coachlog lint --fix", texts(all), func() (now any, err error) {
			w, all, agreed, err = o.fixes(paths)
			return texts(all), err
		})
		if err != nil || !sure {
			return agreed, err
		}
		if err := o.replaceAll(w, all); err != nil {
			return nil, err
		}
	}
}

func texts(all []rewriting) (texts []string) {
	for _, r := range all {
		texts = append(texts, r.doc.Path, string(r.doc.Text), string(r.after))
	}
	return texts
}

// fixes are the files in which lint has something to fix, with what becomes of them, and those
// that stay as they are since somebody signed them off.
func (o *lintOptions) fixes(paths []string) (w *workspace, all []rewriting, agreed []string, err error) {
	if w, err = o.openRoster(); err != nil {
		return nil, nil, nil, err
	}
	found, err := o.lint(paths)
	if err != nil {
		return nil, nil, nil, err
	}
	signs := history.ReadSignOffs(w.dir)
	var files []string // in their order
	fixes := make(map[string][]*rules.Fix)
	for _, f := range found.findings {
		if f.Fix != nil {
			fixes[f.File] = append(fixes[f.File], f.Fix)
			files = append(files, f.File)
		}
	}
	for _, file := range slices.Compact(files) {
		if file == logbook.SettingsName {
			all = append(all, fixedFile(w.shared.SettingsDoc, fixes[file])...)
			continue
		}
		b := w.judge(w.OwnerOfFile(file))
		if doc := b.doc(file); doc != nil {
			rest, left := b.agreed(signs, fixedFile(doc, fixes[file]))
			all, agreed = append(all, rest...), append(agreed, left...)
		}
	}
	if signs.Err() != nil {
		return nil, nil, nil, fmt.Errorf("nothing was changed, since it isn't clear what is signed off: %w", signs.Err())
	}
	return w, all, agreed, nil
}

// fixedFile makes those fixes of a file that go together; none of a file where none does.
func fixedFile(doc *logparse.Document, fixes []*rules.Fix) []rewriting {
	var edits []logparse.Edit
	after := doc
	for _, fix := range fixes {
		more := slices.Concat(edits, fix.Edits)
		if done, err := doc.Fixed(more...); err == nil {
			edits, after = more, done
		}
	}
	if after == doc {
		return nil
	}
	return []rewriting{{doc, after.Text}}
}

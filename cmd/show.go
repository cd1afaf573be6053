package cmd

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report"
)

type showOptions struct {
	sealer
	everything bool
	readable   bool
	format     string
}

func newShow(app *app) *cobra.Command {
	o := &showOptions{sealer: sealer{app: app}}
	c := &cobra.Command{
		Use:   "show LOG|PERSON|^ID | --everything",
		Short: "Show one log, one person's plan, or how one action went",
		Long: `show prints a log (people/rep1/2026-07-06.md, or rep1/2026-07-06), a development plan
(rep1), or how a goal or action went, by its id (^greet). Confidential text is left
out; --unseal shows the whole file, with what is sealed in it for you.`,
		Example: `  coachlog show rep1
  coachlog show rep1/2026-07-06 --format json
  coachlog show ^greet
  coachlog show rep1/2026-07-06 --unseal
  coachlog show --everything           the whole logbook as coachlog reads it, as JSON`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: o.complete,
		RunE:              o.run,
	}
	c.Flags().BoolVar(&o.everything, "everything", false, "the whole logbook as coachlog reads it, as JSON (docs/format.md, section 12)")
	c.Flags().BoolVar(&o.readable, "unseal", false, "show confidential text too, opened with your key")
	o.flags(c)
	formatFlag(c, &o.format, plainFormats)
	c.MarkFlagsMutuallyExclusive("unseal", "everything")
	c.MarkFlagsMutuallyExclusive("unseal", "format")
	return c
}

// textsByID are the ids of goals and actions, with the texts of those that aren't over.
func (k *known) textsByID() map[string]string {
	texts := make(map[string]string)
	words := k.words()
	for i, g := range k.facts.Goals {
		if texts[g.ID] = ""; g.Running != nil {
			texts[g.ID] = words.GoalText(i)
		}
	}
	for i, a := range k.facts.Agreements {
		text := texts[a.ID]
		if a.Asks != nil {
			text = words.ActionText(i)
		}
		texts[a.ID] = text
	}
	if filed, ok := words.(*filedWords); ok && filed.changed {
		return k.read().textsByID()
	}
	return texts
}

// textsByID are those of everybody.
func (a *app) textsByID(w *workspace) map[string]string {
	texts := make(map[string]string)
	parts, _ := each(a, w.Everybody(), func(id string) map[string]string { return w.know(id).textsByID() })
	for _, part := range parts {
		maps.Copy(texts, part)
	}
	delete(texts, "")
	return texts
}

// complete completes people and, behind "^", the ids of goals and actions.
func (o *showOptions) complete(c *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
	w, err := o.openRoster()
	if !strings.HasPrefix(start, "^") || err != nil || len(args) > 0 {
		return o.completePeople(1)(c, args, start)
	}
	texts := o.textsByID(w)
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(texts)) {
		ids = append(ids, cobra.CompletionWithDesc("^"+id, texts[id]))
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

func (o *showOptions) run(_ *cobra.Command, args []string) error {
	if o.everything == (len(args) == 1) {
		return errors.New("name one log, person or ^id, or --everything")
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	if o.everything {
		b := w.judge(w.Everybody()...)
		return errors.Join(o.print("json", report.NewMeaning(b.Logbook)), o.sayMissing(b.allMissing()))
	}
	if id, ok := strings.CutPrefix(args[0], "^"); ok {
		return o.course(w, logparse.NormalID(id))
	}
	_, doc, err := o.document(w, args[0])
	if err != nil {
		return err
	}
	if d := doc.NotText(); d != nil {
		return fmt.Errorf("%s can't be shown: %s", doc.Path, d)
	}
	if o.readable {
		if doc, err = o.unseal(doc); err != nil {
			return err
		}
	}
	return o.print(o.format, report.File{Document: doc, Whole: o.readable})
}

// course shows what became of the goals and actions with an id, whosever they are.
func (o *showOptions) course(w *workspace, id string) error {
	course := &report.Course{ID: id}
	parts, bugs := each(o.app, w.Everybody(), func(person string) *report.Course { return report.NewCourse(w.judge(person).Logbook, id) })
	if len(bugs) > 0 {
		return bugs[0]
	}
	for _, part := range parts {
		course.Add(part)
	}
	if course.Empty() {
		return hint.New("coachlog list actions lists them", "no goal or action has the id ^%s%s", id, hint.DidYouMean(id, slices.Collect(maps.Keys(o.textsByID(w)))))
	}
	return o.print(o.format, course)
}

// document finds a log or plan by its path, by PERSON/DATE, or by its person.
func (a *app) document(w *workspace, what string) (*book, *logparse.Document, error) {
	names := []string{what, path.Join(logparse.PeopleFolder, what+".md"), logparse.PlanPath(what)}
	if rel, err := a.inLogbook(w.dir, what); err == nil {
		names = append(names, rel)
	}
	for _, name := range names {
		if owner := w.OwnerOfFile(name); owner != "" {
			b := w.judge(owner)
			if doc := b.doc(name); doc != nil {
				return b, doc, nil
			}
		}
	}
	if id := w.Roster.Resolve(what); w.knows(id) {
		b := w.judge(id)
		if p := b.Person(id); p.PlanDoc != nil {
			return b, p.PlanDoc, nil
		}
		return nil, nil, noPlan(b, b.Person(id))
	}
	return nil, nil, fmt.Errorf("%q isn't a log, a person or an ^id%s; %s", what, w.didYouMean(what), w.people())
}

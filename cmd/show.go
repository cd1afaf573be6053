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
	*app
	everything bool
	format     string
}

func newShow(app *app) *cobra.Command {
	o := &showOptions{app: app}
	c := &cobra.Command{
		Use:   "show LOG|PERSON|^ID | --everything",
		Short: "Show one log, one person's plan, or how one action went",
		Long: `show prints a log (people/rep1/2026-07-06.md, or rep1/2026-07-06), a development plan
(rep1), or how a goal or action went, by its id (^greet). Confidential text is left
out.`,
		Example: `  coachlog show rep1
  coachlog show rep1/2026-07-06 --format json
  coachlog show ^greet
  coachlog show --everything           the whole logbook as coachlog reads it, as JSON`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: o.complete,
		RunE:              o.run,
	}
	c.Flags().BoolVar(&o.everything, "everything", false, "the whole logbook as coachlog reads it, as JSON (docs/format.md, section 12)")
	formatFlag(c, &o.format, plainFormats)
	return c
}

// complete completes people and, behind "^", the ids of goals and actions.
func (o *showOptions) complete(c *cobra.Command, args []string, start string) ([]string, cobra.ShellCompDirective) {
	b, err := o.read()
	if !strings.HasPrefix(start, "^") || err != nil || len(args) > 0 {
		return o.completePeople(1)(c, args, start)
	}
	texts := make(map[string]string)
	for _, p := range b.People {
		for _, g := range p.Goals {
			texts[g.ID] = g.Text
		}
		for _, a := range p.Agreements {
			texts[a.ID] = a.Text
		}
	}
	delete(texts, "")
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
	b, err := o.readOf(o.whose(args)...)
	if err != nil {
		return err
	}
	if o.everything {
		return errors.Join(o.print("json", report.NewMeaning(b.Logbook)), o.sayUncounted(b))
	}
	what := args[0]
	if id, ok := strings.CutPrefix(what, "^"); ok {
		course := report.NewCourse(b.Logbook, logparse.NormalID(id))
		if course.Empty() {
			return hint.New("coachlog list actions lists them", "no goal or action has the id ^%s", id)
		}
		return o.print(o.format, course)
	}
	doc, err := o.document(b, what)
	if err != nil {
		return err
	}
	if d := notText(doc); d != nil {
		return fmt.Errorf("%s can't be shown: %s", doc.Path, d)
	}
	return o.print(o.format, report.File{Document: doc})
}

// whose are the people whose files have to be read for what is asked for; none where
// that may be anybody.
func (o *showOptions) whose(args []string) []string {
	if len(args) == 0 || strings.HasPrefix(args[0], "^") {
		return nil
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(args[0], logparse.PeopleFolder+"/"), "/")
	return []string{id}
}

// document finds a log or plan by its path, by PERSON/DATE, or by its person.
func (o *showOptions) document(b *book, what string) (*logparse.Document, error) {
	names := []string{what, path.Join(logparse.PeopleFolder, what+".md"), logparse.PlanPath(what)}
	if rel, err := o.inLogbook(b.dir, what); err == nil {
		names = append(names, rel)
	}
	for _, name := range names {
		for _, doc := range b.Docs {
			if doc.Path == name {
				return doc, nil
			}
		}
	}
	if p := b.Person(what); p != nil {
		if p.PlanDoc != nil {
			return p.PlanDoc, nil
		}
		return nil, noPlan(b, p)
	}
	return nil, fmt.Errorf("%q isn't a log, a person or an ^id; the people are %s", what, b.ids())
}

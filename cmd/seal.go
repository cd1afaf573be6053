package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/logparse"
)

type sealOptions struct {
	sealer
	to    []string
	renew bool
}

func newSeal(app *app) *cobra.Command {
	o := &sealOptions{sealer: sealer{app: app}}
	c := &cobra.Command{
		Use:   "seal [LOG...]",
		Short: "Encrypt confidential text, so that only both sides can read it",
		Long: `seal encrypts what is below "## Confidential" in logs and plans, in place, so that
only the coach and the coachee can read it: with the keys below "sealing_keys:" in their
plans. Without a LOG it seals all that should be: in a logbook with
"confidential: sealed" in coachlog.yaml, every log. A pulse is sealed as a whole, for
whoever evaluates it ("pulses_to: ID").

Text that nobody changed since it was unsealed goes back to what it was in git. What was
committed as plain text before stays in git's history; docs/confidentiality.md says what
to do about that, and what sealing doesn't hide.`,
		Example: `  coachlog seal
  coachlog seal people/rep1/2026-07-06.md
  coachlog seal people/rep1/pulse-2026-Q3.md --to ana
  coachlog seal --renew people/rep1/2026-*.md      after somebody has a new key`,
		RunE: o.writing(func() bool { return true }, func(c *cobra.Command, args []string) error { return o.run(c.Context(), args) }),
	}
	o.flags(c)
	c.Flags().StringSliceVar(&o.to, "to", nil, "seal for these `people` only, by id")
	onFlag(c.RegisterFlagCompletionFunc("to", app.completePeople(0)))
	c.Flags().BoolVar(&o.renew, "renew", false, "open what is sealed, and seal it again with today's keys")
	return c
}

func (o *sealOptions) run(ctx context.Context, args []string) error {
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	if o.to, err = w.named(o.to); err != nil {
		return err
	}
	if len(args) > 0 {
		return o.each(w, args, func(b *book, doc *logparse.Document) error { return o.seal(ctx, b, doc) })
	}
	var failed error
	found, plain := false, []string(nil)
	progress, ids := o.Progress("sealing"), w.everybody()
	defer progress.Done()
	for i, id := range ids {
		progress.Say(i, len(ids))
		b := w.judge(id)
		for _, doc := range b.Docs {
			switch {
			case w.shared.Settings.MustSeal(doc):
				found = true
				failed = errors.Join(failed, o.seal(ctx, b, doc))
			case doc.Assessment == nil && doc.HasPlain():
				plain = append(plain, doc.Path)
			}
		}
	}
	if len(plain) > 0 {
		failed = errors.Join(failed, hint.New("to seal all such text, write `confidential: sealed` in coachlog.yaml; to seal one file, name it: coachlog seal FILE", "this logbook doesn't ask for sealing, so these files keep their confidential text as it is:\n  %s", strings.Join(plain, "\n  ")))
	} else if !found {
		_, err = fmt.Fprintln(o.Out, "Nothing to seal.")
	}
	return errors.Join(failed, err)
}

// each does something with the files that are named, and says of all where it can't.
func (s *sealer) each(w *workspace, names []string, do func(b *book, doc *logparse.Document) error) error {
	var failed error
	for _, name := range names {
		failed = errors.Join(failed, func() (err error) {
			defer fault.Catch(name, &err)
			b, doc, err := s.document(w, name)
			if err != nil {
				return err
			}
			return do(b, doc)
		}())
	}
	return failed
}

// seal seals one file, and says for whom.
func (o *sealOptions) seal(ctx context.Context, b *book, doc *logparse.Document) (err error) {
	defer fault.Catch(doc.Path, &err)
	if err := doc.Unclear(); err != nil {
		return fmt.Errorf("%s can't be sealed: %w", doc.Path, err)
	}
	ids := o.to
	if len(ids) == 0 {
		ids = b.readers(doc)
	}
	opened, known, text := doc, map[string]string(nil), doc
	committed, err := o.committed(ctx, b, doc)
	switch {
	case err != nil:
		return err
	case o.renew:
		if opened, err = o.unseal(doc); err != nil {
			return err
		}
	case committed != nil && committed.HasSealed() && doc.HasPlain():
		known = committed.Known(o.open)
	}
	if opened.HasPlain() {
		if text, err = b.seal(opened, ids, known); err != nil {
			return err
		}
	}
	if slices.Equal(text.Text, doc.Text) {
		_, err := fmt.Fprintf(o.Out, "%s: nothing to seal\n", doc.Path)
		return err
	}
	if err := b.replace(doc, text); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(o.Out, "%s: sealed for %s\n", doc.Path, strings.Join(ids, ", ")); err != nil {
		return err
	}
	if committed != nil && committed.HasPlain() {
		o.tell(plainly, "git still has the plain text of %s, in earlier commits; docs/confidentiality.md says what to do", doc.Path)
	}
	return nil
}

package cmd

import (
	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/logparse"
)

func newUnseal(app *app) *cobra.Command {
	s := &sealer{app: app}
	c := &cobra.Command{
		Use:   "unseal LOG...",
		Short: "Turn sealed text back into plain text",
		Long: `unseal decrypts what is sealed in a log, a plan or a pulse, in place, with your secret
key. From then on everybody who has the folder can read it. To read it only: coachlog
show LOG --unseal; to change it: coachlog edit LOG.`,
		Example: "  coachlog unseal people/rep1/2026-07-06.md",
		Args:    cobra.MinimumNArgs(1),
		RunE: s.writing(func() bool { return true }, func(_ *cobra.Command, args []string) error {
			w, err := s.openRoster()
			if err != nil {
				return err
			}
			return s.each(w, args, s.unsealFile)
		}),
	}
	s.flags(c)
	return c
}

func (s *sealer) unsealFile(b *book, doc *logparse.Document) error {
	opened, err := s.unseal(doc)
	if err != nil {
		return err
	}
	if !doc.HasSealed() {
		return s.printf("%s: nothing is sealed\n", doc.Path)
	}
	if err := b.dir.Replace(doc.Path, doc.Text, opened.Text); err != nil {
		return err
	}
	return s.printf("%s: plain text now; to seal it again: coachlog seal %s\n", doc.Path, doc.Path)
}

package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/logparse"
)

func newEdit(app *app) *cobra.Command {
	s := &sealer{app: app}
	c := &cobra.Command{
		Use:   "edit LOG",
		Short: "Open a log with sealed text in your editor",
		Long: `edit opens a log in your editor ($VISUAL or $EDITOR) with its sealed text readable, and
seals it again when you close the editor. Sealed text that you leave alone stays as it
is. Until then the readable text is in a temporary file that only you can read, outside
of the logbook.`,
		Example: "  coachlog edit people/rep1/2026-07-06.md",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return s.edit(args[0]) },
	}
	s.flags(c)
	return c
}

func (s *sealer) edit(name string) error {
	w, err := s.openRoster()
	if err != nil {
		return err
	}
	b, doc, err := s.document(w, name)
	if err != nil {
		return err
	}
	if !s.HasEditor() {
		return errors.New("no editor is set; set one, as in: export EDITOR=nano")
	}
	opened, err := s.unseal(doc)
	if err != nil {
		return err
	}
	sealing := doc.HasSealed() || w.shared.Settings.MustSeal(doc) || w.shared.Settings.SealsText()
	if sealing { // asked before somebody writes a page
		if _, err := w.sealingKeys(doc.Path, b.readers(doc)); err != nil {
			return err
		}
	}
	folder, err := os.MkdirTemp(os.Getenv("XDG_RUNTIME_DIR"), "coachlog-edit-") // in memory, where there is one; mode 0700
	if err != nil {
		if folder, err = os.MkdirTemp("", "coachlog-edit-"); err != nil {
			return err
		}
	}
	file := filepath.Join(folder, path.Base(doc.Path))
	if err := s.editIn(file, b, doc, opened, sealing); err != nil {
		if now, readErr := os.ReadFile(file); readErr != nil || bytes.Equal(now, opened.Text) {
			return errors.Join(err, os.RemoveAll(folder))
		}
		return fmt.Errorf("%w\nwhat you wrote is in %s, as plain text: put it where it belongs, and delete it there", err, file)
	}
	return os.RemoveAll(folder)
}

// editIn opens a copy of the readable text in the editor and puts what comes of it in the
// log's place.
func (s *sealer) editIn(file string, b *book, doc, opened *logparse.Document, sealing bool) error {
	if err := os.WriteFile(file, opened.Text, 0o600); err != nil {
		return err
	}
	if err := s.Edit(file); err != nil {
		return err
	}
	text, err := plainfile.Read(file, 2*logparse.MaxFileBytes)
	if err != nil {
		return err
	}
	if bytes.Equal(text, opened.Text) {
		_, err := fmt.Fprintf(s.Out, "%s: nothing has changed\n", doc.Path)
		return err
	}
	after := logparse.Parse(doc.Path, text, b.shared.Settings.Headings)
	if opened.Discloses(after) {
		return errors.New("a line that was confidential would not be any more: the heading above it is gone, or isn't `## Confidential`")
	}
	if sealing && after.HasPlain() {
		if after, err = b.seal(after, b.readers(doc), doc.Known(s.open)); err != nil {
			return err
		}
	}
	if err := b.replace(doc, after); err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.Out, doc.Path)
	return err
}

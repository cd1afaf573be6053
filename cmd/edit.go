package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/interrupt"
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
		RunE:    func(c *cobra.Command, args []string) error { return s.edit(c.Context(), args[0]) },
	}
	s.flags(c)
	return c
}

func (s *sealer) edit(ctx context.Context, name string) error {
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
	for _, left := range leftCopies() {
		s.tell(s.ErrStyle.Yellow, "an earlier edit was ended before it could seal: what was open is in %s, as plain text\nkeep what you need of it, and then delete that folder", left)
	}
	defer interrupt.Step()() // so that nothing confidential is left open
	folder, err := copyFolder()
	if err != nil {
		return err
	}
	file := filepath.Join(folder, path.Base(doc.Path))
	if err := s.editIn(ctx, file, b, doc, opened, sealing); err != nil {
		if now, readErr := plainfile.Read(file, plainfile.Text); errors.Is(readErr, fs.ErrNotExist) || readErr == nil && (len(now) == 0 || bytes.Equal(now, opened.Text)) {
			return errors.Join(err, os.RemoveAll(folder))
		}
		return fmt.Errorf("%w\nwhat you wrote is in %s, as plain text; copy it back from there, and then delete that file", err, file)
	}
	return os.RemoveAll(folder)
}

// copyOf is what the folder of a readable copy is for, by its name.
const copyOf = "coachlog-edit"

// copyPlaces are where readable copies are: in memory, where there is such a place.
func copyPlaces() []string { return []string{os.Getenv("XDG_RUNTIME_DIR"), os.TempDir()} }

// copyFolder makes the folder for a readable copy, which nobody else can open.
func copyFolder() (folder string, err error) {
	for _, place := range copyPlaces() {
		if folder, err = os.MkdirTemp(place, fmt.Sprintf(".%s.%d-*.tmp", copyOf, os.Getpid())); err == nil {
			break
		}
	}
	return folder, err
}

// leftCopies are the folders that coachlogs have left that were killed.
func leftCopies() (folders []string) {
	for _, place := range copyPlaces() {
		root, err := os.OpenRoot(place)
		if err != nil {
			continue
		}
		defer root.Close()
		for name, whatFor := range plainfile.Leftovers(root, ".") {
			folder := filepath.Join(place, name)
			if _, err := os.ReadDir(folder); err == nil && whatFor == copyOf { // and not somebody else's
				folders = append(folders, folder)
			}
		}
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// editIn opens a copy of the readable text in the editor and puts what comes of it in the
// log's place.
func (s *sealer) editIn(ctx context.Context, file string, b *book, doc, opened *logparse.Document, sealing bool) error {
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
	if len(text) == 0 {
		return errors.New("the editor left an empty file, so nothing was written")
	}
	if bytes.Equal(text, opened.Text) {
		return s.printf("%s: nothing has changed\n", doc.Path)
	}
	after := logparse.Parse(doc.Path, text, b.shared.Settings.Headings)
	if opened.Discloses(after) {
		return errors.New("a line that was confidential would not be any more: the heading above it is gone, or isn't `## Confidential`")
	}
	if sealing && after.HasPlain() {
		known := doc.Known(s.open)
		if committed, err := s.committed(ctx, b, doc); err == nil && committed != nil { // it may be unsealed for now
			maps.Copy(known, committed.Known(s.open))
		}
		if after, err = b.seal(after, b.readers(doc), known); err != nil {
			return err
		}
	}
	if !bytes.Equal(after.Text, doc.Text) {
		if err := b.dir.Replace(doc.Path, doc.Text, after.Text); err != nil {
			return err
		}
	}
	return s.printf("%s\n", doc.Path)
}

package logbook

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/templates"
)

// copiesIn finds the copies of settings, templates and signatures among a folder's entries.
// Nothing reads them. They are compared with their originals, which come with them.
func (c *Contents) copiesIn(d *Dir, dir string, entries []fs.DirEntry, known func(original string) bool) (docs []*logparse.Document) {
	for _, e := range entries {
		original := logparse.CopyOf(e.Name(), known)
		if original == "" || !known(original) {
			continue
		}
		doc := c.readCopy(d, path.Join(dir, e.Name()))
		if doc == nil {
			continue
		}
		doc.RefuseAsCopy(original)
		docs = append(docs, doc)
		if name := path.Join(dir, original); name != SettingsName && d.Exists(name) {
			docs = append(docs, c.readCopy(d, name))
		}
	}
	return slices.DeleteFunc(docs, func(doc *logparse.Document) bool { return doc == nil })
}

func (c *Contents) readCopy(d *Dir, name string) *logparse.Document {
	text, err := d.ReadFile(name)
	if err != nil {
		c.Unreadable = append(c.Unreadable, Problem{name, plainReason(err)})
		return nil
	}
	return logparse.Parse(name, text, c.Settings.Headings)
}

// listCopies finds the copies of what the whole logbook has.
func (c *Contents) listCopies(d *Dir) {
	top, _ := d.entries(".")
	c.Strays = append(c.Strays, c.copiesIn(d, ".", top, func(original string) bool { return original == SettingsName })...)
	blank := func(original string) bool { full, ok := templates.FullName(original); return ok && full == original }
	c.Strays = append(c.Strays, c.copiesIn(d, logparse.TemplatesFolder, c.list(d, logparse.TemplatesFolder), blank)...)
}

// signatureCopies finds the copies of signatures among a person's files.
func (c *Contents) signatureCopies(d *Dir, dir string, entries []fs.DirEntry) []*logparse.Document {
	signatures := slices.DeleteFunc(slices.Clone(entries), func(e fs.DirEntry) bool { return !strings.HasSuffix(e.Name(), ".sig") })
	return c.copiesIn(d, dir, signatures, has(signatures))
}

// has says whether a name is among a folder's entries.
func has(entries []fs.DirEntry) func(name string) bool {
	return func(name string) bool {
		return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name })
	}
}

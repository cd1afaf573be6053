package logbook

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/templates"
)

// noteCopies notes the copies of settings, templates and signatures among a folder's entries.
// Nothing reads them. They are compared with their originals, which come with them.
func (c *Contents) noteCopies(d *Dir, dir string, entries []fs.DirEntry, known func(original string) bool) {
	for _, e := range entries {
		original := logparse.CopyOf(e.Name(), known)
		if original == "" || !known(original) {
			continue
		}
		doc := c.readStray(d, path.Join(dir, e.Name()))
		if doc == nil {
			continue
		}
		doc.RefuseAsCopy(original)
		if name := path.Join(dir, original); name != SettingsName && d.Exists(name) {
			c.readStray(d, name)
		}
	}
}

func (c *Contents) readStray(d *Dir, name string) *logparse.Document {
	text, err := d.ReadFile(name)
	if err != nil {
		c.Unreadable = append(c.Unreadable, Problem{name, plainReason(err)})
		return nil
	}
	doc := logparse.Parse(name, text, c.Settings.Headings)
	c.Strays = append(c.Strays, doc)
	return doc
}

// listCopies finds the copies of what the whole logbook has.
func (c *Contents) listCopies(d *Dir) {
	top, _ := d.entries(".")
	top = slices.DeleteFunc(top, func(e fs.DirEntry) bool { return !isNamedLikeOwn(e.Name()) })
	c.noteTwins(".", top)
	c.noteTop(top)
	c.noteCopies(d, ".", top, func(original string) bool { return original == SettingsName })
	blank := func(original string) bool { full, ok := templates.FullName(original); return ok && full == original }
	c.noteCopies(d, logparse.TemplatesFolder, c.list(d, logparse.TemplatesFolder), blank)
}

// listSignatureCopies finds the copies of signatures among a person's files.
func (c *Contents) listSignatureCopies(d *Dir, dir string, entries []fs.DirEntry) {
	signatures := slices.DeleteFunc(slices.Clone(entries), func(e fs.DirEntry) bool { return !strings.HasSuffix(e.Name(), ".sig") })
	c.noteCopies(d, dir, signatures, has(signatures))
}

// ownNames are what a logbook has at its top.
var ownNames = []string{logparse.PeopleFolder, logparse.MetricsFolder, logparse.TemplatesFolder, SettingsName}

// isNamedLikeOwn says whether a name is one of the logbook's, or nearly, or that of a copy.
func isNamedLikeOwn(name string) bool {
	return slices.ContainsFunc(ownNames, func(own string) bool {
		return own == name || logparse.AreTwins(own, name) || logparse.CopiedFolder(name) == own || own == SettingsName && path.Ext(name) == path.Ext(own)
	})
}

// noteTop notes what is named like one of the logbook's own, which isn't there, or like a
// copy of its folders.
func (c *Contents) noteTop(top []fs.DirEntry) {
	for _, own := range ownNames {
		for _, e := range top {
			if logparse.AreTwins(own, e.Name()) && !has(top)(own) || e.IsDir() && logparse.CopiedFolder(e.Name()) == own {
				c.noteUnread(e.Name(), "coachlog reads "+own+", so "+e.Name()+" isn't read", "move what counts into "+own)
			}
		}
	}
}

// noteLoose notes a file in people/ that would be a log or plan in somebody's folder.
func (c *Contents) noteLoose(name string) {
	if logparse.LooksLikeLog(path.Base(name)) != "" {
		c.noteUnread(name, "this looks like a log but isn't read, since it is in nobody's folder", "move it into its person's folder, as in people/rep1/")
	}
}

// noteOther notes what isn't read in a person's folder and would be under another name or in
// another place.
func (c *Contents) noteOther(d *Dir, name string, isFolder bool) {
	switch read := logparse.LooksLikeLog(path.Base(name)); {
	case isFolder && d.HasLogs(name):
		c.noteUnread(name, "the logs in this folder aren't read, since it isn't a person's own", "move them into "+path.Dir(name)+"/")
	case !isFolder && read != "":
		c.noteUnread(name, "this looks like a log but isn't read, since its name isn't a log's, as in "+read, "rename it to "+read)
	}
}

func (c *Contents) noteUnread(name, message, remedy string) {
	c.note(name, logparse.Diagnostic{Code: logparse.NotRead, Message: message, Remedy: remedy})
}

func (c *Contents) note(name string, d logparse.Diagnostic) {
	c.Strays = append(c.Strays, logparse.Stray(name, d))
}

// noteTwins notes files and folders whose names are one to some systems.
func (c *Contents) noteTwins(dir string, entries []fs.DirEntry) {
	first := make(map[string]string)
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		if logparse.IsLogName(e.Name()) || !e.IsDir() && !IsOwnFile(name) {
			continue // a log's name is figures
		}
		key := logparse.NormalText(e.Name())
		if first[key] == "" {
			first[key] = name
			continue
		}
		c.note(name, logparse.Diagnostic{Code: logparse.FileName, Remedy: "move what counts into one of the two, and delete the other",
			Message: logparse.Spelt(first[key]) + " and " + logparse.Spelt(name) + " are one on some systems, so one of them would be lost there"})
	}
}

// has says whether a name is among a folder's entries.
func has(entries []fs.DirEntry) func(name string) bool {
	return func(name string) bool {
		return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name })
	}
}

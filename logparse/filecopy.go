package logparse

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// What sync tools, file managers, editors and git add to the name of a copy.
var (
	conflictEnding = pattern.Of(`(?i)(?:[ _.-]+\(?(?:[\w' ]{0,40} )?conflicted copy(?:[ _-]?\d[\w .-]*)?\)?|[.-]sync-conflict-\d[\w-]*)$`) // Dropbox, Nextcloud, Syncthing

	// These say so only behind a name that coachlog itself gives: "Team conflict" and
	// "Week 12" are names.
	copyStart  = pattern.Of(`(?i)^(?:copy|kopie|copie|copia)(?: \(?\d+\)?)? (?:of|von|de|di) `)
	copyEnding = pattern.Of(`(?i)(?:[ _.-]+\(?(?:[\w' ]{0,40}[ '-])?(?:conflict|konflikt|conflit)(?:[ _-]?\d[\w .-]*)?\)?` +
		`|[ _-]+\(?(?:copy|kopie|copie|copia|backup)\)?(?: ?\(?\d+\)?)?` + // Windows, macOS, Linux
		`| ?\(\d+\)| \d+` + // browsers, iCloud
		`|[_.-](?:base|local|remote|orig|bak|old)(?:[_.-]?\d+)?|[_.-]backup[_.-]?\d+|~\d*` + // git's merge tools, editors
		`|-(?:desktop|laptop|surface|macbook|imac|pc)(?:-[a-z0-9]+)*)$`) // OneDrive
	computerEnding = pattern.Of(`-[A-Z]{2,}[A-Z0-9]*-[A-Z0-9]+$`) // OneDrive, by the computer's name
)

// copyOf is the name of the log, plan or table that a file's name says it is a copy of; ""
// where it says no such thing.
func copyOf(base string) string {
	if base == "plan.md" || IsLogName(base) {
		return "" // as nearly all are
	}
	return CopyOf(base, func(original string) bool {
		return path.Ext(base) == ".csv" || kindByName("people/x/"+original) != OtherFile
	})
}

// IsCopy says whether a file's name says that it is a copy. Tables have free names, so that
// one may have such a name by itself.
func IsCopy(name string) bool { return copyOf(path.Base(name)) != "" }

// CopyOf is the name of the file that a file's name says it is a copy of; "" where it
// says no such thing. Many names end as copies do, so that most endings say so only behind
// a name that known knows.
func CopyOf(base string, known func(original string) bool) string {
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	if original := conflictEnding().ReplaceAllString(stem, ""); original != stem && original != "" {
		return original + ext
	}
	for _, mark := range []func() *regexp.Regexp{copyStart, copyEnding, computerEnding} {
		original := mark().ReplaceAllString(stem, "") + ext
		if original != base && original != ext && known(original) && CopyOf(original, known) == "" {
			return original
		}
	}
	return ""
}

// CopiedFolder is the person's folder that another says it is a copy of; "" where
// it says no such thing: nobody's id looks like a copy.
func CopiedFolder(folder string) string {
	if IsID(folder) {
		return ""
	}
	for _, mark := range []func() *regexp.Regexp{copyStart, conflictEnding, copyEnding} {
		if original := mark().ReplaceAllString(folder, ""); original != folder && IsID(original) {
			return original
		}
	}
	return ""
}

// refuseCopy reports a file that is named like a copy, or lies in a folder that
// is: nothing in it counts, since nobody can say which of the two is the right one.
func (d *Document) refuseCopy() {
	place := folderOf(d.Path)
	if place == "" || d.Session != nil && d.Session.Adopted.Set {
		return // adopted notes keep the names that they had
	}
	base := path.Base(d.Path)
	if folder := CopiedFolder(place); folder != "" {
		d.isCopyOf(path.Join(path.Dir(path.Dir(d.Path)), folder, base), fmt.Sprintf("the folder %s looks like a copy of %s, so nothing in it counts", place, folder))
	} else if original := copyOf(base); original != "" {
		d.RefuseAsCopy(original)
	}
}

// RefuseAsCopy has a file count for nothing, as a copy of another in its folder.
func (d *Document) RefuseAsCopy(original string) {
	d.isCopyOf(path.Join(path.Dir(d.Path), original), fmt.Sprintf("this looks like a copy of %s, so it doesn't count", original))
}

func (d *Document) isCopyOf(original, message string) {
	d.CopyOf, d.broken, d.Diagnostics = original, true, nil
	remedy := fmt.Sprintf("move anything new into %s and delete this file", original)
	if day, _, ok := splitLogName(path.Base(original)); ok && path.Dir(original) == path.Dir(d.Path) {
		remedy += fmt.Sprintf("; a second session that day is %s-2.md", day)
	}
	d.report(Diagnostic{Code: FileCopy, Message: message, Remedy: remedy})
}

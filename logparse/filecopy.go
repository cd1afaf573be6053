package logparse

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

// What sync tools, file managers, editors and git add to the name of a copy.
var (
	copyStart  = pattern(`(?i)^(?:copy|kopie|copie|copia)(?: \(?\d+\)?)? (?:of|von|de|di) `)
	copyEnding = pattern(`(?i)(?:[ _.-]+\(?(?:[\w' ]{0,40}[ '-])?(?:conflict|konflikt|conflit)(?:ed copy|ed)?(?:[ _-]?\d[\w .-]*)?\)?` + // Dropbox, Syncthing, Nextcloud
		`|[ _-]+\(?(?:copy|kopie|copie|copia|backup)\)?(?: ?\(?\d+\)?)?)$`) // Windows, macOS, Linux

	// These say so only behind a name that coachlog itself gives: "Week 12" is a name.
	numberEnding = pattern(`(?i)(?: ?\(\d+\)| \d+` + // browsers, iCloud
		`|[_.-](?:base|local|remote|orig|bak|old)(?:[_.-]?\d+)?|[_.-]backup[_.-]?\d+|~\d*` + // git's merge tools, editors
		`|-(?:desktop|laptop|surface|macbook|imac|pc)(?:-[a-z0-9]+)*)$`) // OneDrive
	computerEnding = pattern(`-[A-Z]{2,}[A-Z0-9]*-[A-Z0-9]+$`) // OneDrive, by the computer's name
)

// copyOf is the name of the file that a file's name says it is a copy of; ""
// where it says no such thing.
func copyOf(base string) string {
	ext := path.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	for _, mark := range []func() *regexp.Regexp{copyStart, copyEnding} {
		if original := mark().ReplaceAllString(stem, ""); original != stem && original != "" {
			return original + ext
		}
	}
	for _, mark := range []func() *regexp.Regexp{numberEnding, computerEnding} {
		if original := mark().ReplaceAllString(stem, "") + ext; original != base && kindByName("people/x/"+original) != OtherFile && copyOf(original) == "" {
			return original
		}
	}
	return ""
}

// refuseCopy reports a file that is named like a copy: nothing in it counts,
// since nobody can say which of the two is the right one.
func (d *Document) refuseCopy() {
	base := path.Base(d.Path)
	original := copyOf(base)
	if original == "" || !logPlace().MatchString(d.Path) {
		return
	}
	d.broken, d.Diagnostics = true, nil
	d.report(Diagnostic{Code: "file-copy", Span: Span{d.bom, min(d.bom+3, len(d.Text))},
		Message: "by its name this file is a copy of " + original + ", as sync tools make them, so it counts for nothing",
		Remedy:  "compare the two, keep what was agreed in " + original + " and delete the other; a second session of one day is named like 2026-07-06-2.md"})
}

// ComparePaths is the order of a logbook's files: by folder, and in it by name,
// but the logs of one day by their number (none is 1; then 2 ... 10).
func ComparePaths(x, y string) int {
	if dir := strings.Compare(path.Dir(x), path.Dir(y)); dir != 0 {
		return dir
	}
	x, y = path.Base(x), path.Base(y)
	logX, logY := logName().FindStringSubmatch(x), logName().FindStringSubmatch(y)
	if logX != nil && logY != nil && logX[1] == logY[1] {
		return sessionNumber(logX) - sessionNumber(logY)
	}
	return strings.Compare(x, y)
}

// sessionNumber is the number of the day's session in a log's name.
func sessionNumber(name []string) int {
	if name == nil || name[2] == "" {
		return 1
	}
	number, _ := strconv.Atoi(name[2]) // at most four digits
	return number
}

package logbook

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// OutputMode is the mode of files that leave the logbook: they are about people.
const OutputMode = 0o600

// OpenOutput opens the folder of a file that leaves the logbook, by the folder's real
// place: not among git's files, nor among those that a logbook is made of. name is the
// file's name in it, where no link may be.
func OpenOutput(file string) (folder *Dir, name string, err error) {
	full, err := filepath.Abs(file)
	if err != nil {
		return nil, "", err
	}
	place, err := filepath.EvalSymlinks(filepath.Dir(full))
	if err != nil {
		return nil, "", fmt.Errorf("%w\nmake that folder first, or name another place", plainError(err))
	}
	name = filepath.Base(full)
	if whose := takenBy(place, name); whose != "" {
		return nil, "", fmt.Errorf("%s is a place among %s, where coachlog writes no output\nname a file somewhere else, as in: --output %s", file, whose, filepath.Join("..", "reports", name))
	}
	if info, err := os.Lstat(filepath.Join(place, name)); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return nil, "", fmt.Errorf("%s is a link, and coachlog writes no output through one\nname the file that it leads to, or another one", file)
	}
	if folder, err = Open(place); err == nil {
		folder.RemoveLeftovers()
	}
	return folder, name, err
}

// MakeOutputFolder makes the folder for several files that leave the logbook, if it isn't
// there yet.
func MakeOutputFolder(folder string) error {
	above, name, err := OpenOutput(folder)
	if err != nil {
		return err
	}
	if err := above.root.Mkdir(name, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return plainError(err)
	}
	return nil
}

// takenBy says whose place a name in a folder is: git's, or a logbook's; "" for nobody's.
// Upper and lower case count as one, since many disks take them for one.
func takenBy(folder, name string) string {
	if len(name) >= 4 && strings.EqualFold(name[:4], ".git") || strings.EqualFold(name, ".mailmap") {
		return "git's files"
	}
	inside := name // of folder, and the way from there to the file
	for {
		if isGitFolder(folder) {
			return "git's files"
		}
		top, _, _ := strings.Cut(filepath.ToSlash(inside), "/")
		if _, err := os.Stat(filepath.Join(folder, SettingsName)); err == nil || strings.EqualFold(inside, SettingsName) {
			if strings.HasPrefix(top, ".") {
				return "the logbook's own files" // such as .editorconfig and .husky, which other programs obey
			}
			for _, own := range []string{logparse.PeopleFolder, logparse.MetricsFolder, logparse.TemplatesFolder, SettingsName, ReadmeName} {
				if strings.EqualFold(strings.TrimRight(top, ". "), own) {
					return "the logbook's own files"
				}
			}
		}
		above := filepath.Dir(folder)
		if above == folder {
			return ""
		}
		folder, inside = above, filepath.Join(filepath.Base(folder), inside)
	}
}

// isGitFolder tells a repository's own folder by its name or by what is in it.
func isGitFolder(folder string) bool {
	if strings.EqualFold(strings.TrimRight(filepath.Base(folder), ". "), ".git") {
		return true
	}
	for _, name := range []string{"HEAD", "objects", "refs"} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			return false
		}
	}
	return true
}

package logbook

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/logparse"
)

// A NoteFile is a markdown file from anywhere.
type NoteFile struct {
	File  string // the path, to open it by
	Name  string // the path below the folder that was asked for, with that folder's name, and slashes
	Below string // the path below what was asked for; "" for that itself
	Named bool   // it was asked for itself
	Text  []byte
	Mode  fs.FileMode // for a copy, which nobody else gets to read
}

// Notes reads the markdown file at a path, or all below a folder. Hidden files
// and folders and links are passed over, a link that was asked for is a problem. Skipped
// counts the files that are not markdown.
func Notes(name string) (notes []NoteFile, skipped int, problems []Problem) {
	full, err := filepath.Abs(name)
	if err != nil {
		return nil, 0, []Problem{{name, err}}
	}
	info, err := os.Lstat(full)
	switch {
	case err != nil:
		return nil, 0, []Problem{{name, plainReason(err)}}
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, 0, []Problem{{name, errors.New("it is a symbolic link, which coachlog doesn't follow; name what it leads to")}}
	case !info.IsDir() && !isMarkdown(name):
		return nil, 0, []Problem{{name, errors.New("it isn't a markdown file: its name doesn't end in .md or .markdown")}}
	}
	above := filepath.Dir(full)
	if !info.IsDir() {
		above = filepath.Dir(above) // the folder's name can say whose note it is
	}
	err = filepath.WalkDir(full, func(file string, d fs.DirEntry, err error) error {
		hidden := file != full && logparse.PassedOver(d.Name())
		switch {
		case err != nil:
			problems = append(problems, Problem{file, plainReason(err)})
			return nil
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir():
			return nil
		case file != full && !d.Type().IsRegular(), hidden, !isMarkdown(file):
			skipped++
			return nil
		}
		text, err := plainfile.Read(file, plainfile.Text)
		var info fs.FileInfo
		if err == nil {
			info, err = d.Info()
		}
		if err != nil {
			problems = append(problems, Problem{file, plainReason(err)})
			return nil
		}
		note := NoteFile{File: file, Name: below(above, file), Named: file == full, Text: text, Mode: info.Mode().Perm()&0o644 | 0o600}
		if !note.Named {
			note.Below = below(full, file)
		}
		notes = append(notes, note)
		return nil
	})
	if err != nil {
		problems = append(problems, Problem{name, plainReason(err)})
	}
	return notes, skipped, problems
}

func isMarkdown(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return ext == ".md" || ext == ".markdown"
}

// below is the path of a file from a folder above it, with slashes.
func below(folder, file string) string {
	rel, _ := filepath.Rel(folder, file) // which both are whole paths
	return filepath.ToSlash(rel)
}

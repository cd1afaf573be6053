package logbook

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/logparse"
)

// ListName is the file that names several logbooks.
const ListName = "logbooks.yaml"

// ReadList is what a list of logbooks names, seen from where it lies.
func ReadList(name string) ([]string, error) {
	text, err := plainfile.Read(name, plainfile.Text)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", name, plainReason(err))
	}
	folders, doc := logparse.ParseLogbookList(filepath.ToSlash(name), text)
	switch {
	case len(doc.Diagnostics) > 0:
		d := doc.Diagnostics[0]
		return nil, fmt.Errorf("%s: %s", doc.Where(d.Span.Start), d.String())
	case len(folders) == 0:
		return nil, hint.New("write them as a list: logbooks: [north, teams/*]", "%s names no logbooks", name)
	}
	var names []string
	for _, folder := range folders {
		place := filepath.FromSlash(folder.V)
		if !filepath.IsAbs(place) {
			place = filepath.Join(filepath.Dir(name), place)
		}
		names = append(names, place)
	}
	return names, nil
}

// FindAll are the folders that names mean, where * and the like stand for any logbook's. A
// pattern that finds none stays, so that somebody is told.
func FindAll(names []string) (folders []string) {
	for _, name := range names {
		found, err := filepath.Glob(name)
		if err != nil || !strings.ContainsAny(name, "*?[") {
			found = []string{name}
		} else {
			found = slices.DeleteFunc(found, func(folder string) bool {
				_, err := os.Lstat(filepath.Join(folder, SettingsName))
				return err != nil
			})
		}
		if len(found) == 0 {
			found = []string{name}
		}
		folders = append(folders, found...)
	}
	return folders
}

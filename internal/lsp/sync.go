package lsp

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
)

func (s *Server) didOpen(p didOpenParams) (any, error) {
	of := p.TextDocument
	if file := fileOf(of.URI); file != "" {
		s.edits++
		s.documents[of.URI] = &document{uri: of.URI, file: file, version: of.Version, edits: s.edits, text: []byte(of.Text)}
		s.tell()
	}
	return nil, nil
}

func (s *Server) didChange(p didChangeParams) (any, error) {
	d := s.documents[p.TextDocument.URI]
	if d == nil {
		return nil, nil
	}
	d.change(p.ContentChanges, s.utf8)
	s.edits++
	d.version, d.edits = p.TextDocument.Version, s.edits
	s.tellSoon()
	return nil, nil
}

func (s *Server) didClose(p documentParams) (any, error) {
	d := s.documents[p.TextDocument.URI]
	if d == nil {
		return nil, nil
	}
	delete(s.documents, d.uri)
	s.tellOfFile(d)
	s.tellSoon()
	return nil, nil
}

func (s *Server) didSave(documentParams) (any, error) {
	s.tellSoon()
	return nil, nil
}

// didChangeFiles has the logbook read again, where somebody else has changed it.
func (s *Server) didChangeFiles(watchedFilesParams) (any, error) {
	for _, w := range s.workspaces {
		w.fresh = false
	}
	s.tellSoon()
	return nil, nil
}

// locate finds the logbook that a text is in; ok is false where it is in none, or isn't
// one of its files.
func (s *Server) locate(d *document) (ok bool, err error) {
	if d.workspace == nil {
		dir, err := logbook.Find(existing(filepath.Dir(d.file)))
		if errors.Is(err, logbook.ErrNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if d.path, ok = dir.Rel("", d.file); !ok {
			return false, nil
		}
		if s.workspaces[dir.Path] == nil {
			s.workspaces[dir.Path] = &workspace{dir: dir, watched: s.watched, later: s.later, wait: s.WaitForGit}
		}
		d.workspace = s.workspaces[dir.Path]
	}
	return d.path == logbook.SettingsName || strings.HasPrefix(d.path, logparse.PeopleFolder+"/") || strings.HasPrefix(d.path, logparse.MetricsFolder+"/"), nil
}

// openIn are the texts that are open in a logbook, by path.
func (s *Server) openIn(w *workspace) (open []*document) {
	for _, d := range s.documents {
		if ok, _ := s.locate(d); ok && d.workspace == w {
			open = append(open, d)
		}
	}
	slices.SortFunc(open, func(x, y *document) int { return strings.Compare(x.path+x.uri, y.path+y.uri) })
	return open
}

// existing is the first folder from one upwards that is there.
func existing(folder string) string {
	for {
		if info, err := os.Stat(folder); err == nil && info.IsDir() || filepath.Dir(folder) == folder {
			return folder
		}
		folder = filepath.Dir(folder)
	}
}

// later has something done in turn, and tells what there is to find then.
func (s *Server) later(do func()) {
	select {
	case s.jobs <- func() { do(); s.tell() }:
	case <-s.conn.DisconnectNotify():
	}
}

// tellSoon tells what there is to find once nobody has typed for a moment.
func (s *Server) tellSoon() {
	if s.timer != nil {
		s.timer.Reset(s.Wait)
		return
	}
	s.timer = time.AfterFunc(s.Wait, func() { s.later(func() {}) })
}

package history

import (
	"context"
	"path"
	"strings"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Since is what changed in a logbook since a commit.
type Since struct {
	repo  *Repo
	Files map[string]string // by path in the logbook, the id of what the commit has there; "" for nothing
	Whose []string          // files that the commits since then, or sign-offs in them, are about
	Rules string            // what changed of that by which git reads all files, and names all people; ""
}

// ReadSince asks git for it, as gitrepo.Since does.
func ReadSince(ctx context.Context, dir *logbook.Dir, rev string) (*Since, error) {
	repo, err := Find(dir)
	if err != nil {
		return nil, err
	}
	paths := []string{".mailmap", repo.InRepository(".gitattributes")}
	for _, name := range []string{logbook.SettingsName, logparse.PeopleFolder, logparse.MetricsFolder, logparse.TemplatesFolder} {
		paths = append(paths, repo.InRepository(name))
	}
	for folder := repo.Prefix; folder != "."; folder = path.Dir(folder) {
		paths = append(paths, path.Join(path.Dir(folder), ".gitattributes"))
	}
	found, err := repo.Since(ctx, rev, paths, plan.SignOffMark)
	if err != nil {
		return nil, err
	}
	s := &Since{repo: repo, Files: make(map[string]string)}
	for name, id := range found.Files {
		if base := path.Base(name); base == ".mailmap" || base == ".gitattributes" {
			s.Rules = name
		}
		s.Files[repo.InLogbook(name)] = id
	}
	for _, name := range found.Touched {
		s.Whose = append(s.Whose, repo.InLogbook(name))
	}
	for _, message := range found.Messages {
		c := &plan.Commit{Body: strings.ReplaceAll(message, "\r\n", "\n")}
		for _, about := range plan.ReadSignOffs(c) {
			s.Whose = append(s.Whose, about.Path)
		}
		for _, w := range plan.ReadWithdrawals(c) {
			s.Whose = append(s.Whose, w.Path)
		}
	}
	return s, nil
}

// Text is a file's as the commit has it; "" where that has none, or one that only a filter
// could read.
func (s *Since) Text(name string) string {
	id := s.Files[name]
	if id == "" {
		return ""
	}
	text, err := s.repo.Text(id)
	if err != nil {
		return ""
	}
	return string(text)
}

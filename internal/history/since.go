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
	found, err := repo.Since(ctx, rev, repo.ownPaths(), plan.SignOffMark)
	if err != nil {
		return nil, err
	}
	s := &Since{repo: repo, Files: make(map[string]string)}
	s.add(found.Files)
	for _, name := range found.Touched {
		s.Whose = append(s.Whose, repo.InLogbook(name))
	}
	for _, message := range found.Messages {
		c := &plan.Commit{Body: strings.ReplaceAll(message, "\r\n", "\n")}
		s.Whose = append(s.Whose, plan.AgreedPaths(c)...)
	}
	return s, nil
}

// ownPaths are the paths of the repository on which it depends what is found.
func (r *Repo) ownPaths() []string {
	paths := []string{".mailmap", r.InRepository(".gitattributes")}
	for _, name := range []string{logbook.SettingsName, logparse.PeopleFolder, logparse.MetricsFolder, logparse.TemplatesFolder} {
		paths = append(paths, r.InRepository(name))
	}
	for folder := r.Prefix; folder != "."; folder = path.Dir(folder) {
		paths = append(paths, path.Join(path.Dir(folder), ".gitattributes"))
	}
	return paths
}

func (s *Since) add(files map[string]string) {
	for name, id := range files {
		if base := path.Base(name); base == ".mailmap" || base == ".gitattributes" {
			s.Rules = name
		}
		s.Files[s.repo.InLogbook(name)] = id
	}
}

// ReadStaged asks git what is staged since the last commit. From then on the logbook is read as that
// is, and not as the work tree has it.
func ReadStaged(ctx context.Context, dir *logbook.Dir) (*Since, error) {
	repo, err := Find(dir)
	if err != nil {
		return nil, err
	}
	staging, err := repo.Staging(ctx, repo.ownPaths(), repo.Prefix)
	if err != nil {
		return nil, err
	}
	s := &Since{repo: repo, Files: make(map[string]string)}
	s.add(staging.Files)
	instead := make(map[string]*logbook.Version)
	for name, staged := range staging.Unlike {
		if repo.Prefix != "." && !strings.HasPrefix(name, repo.Prefix+"/") {
			continue
		}
		var version *logbook.Version
		if staged.ID != "" {
			version = &logbook.Version{Link: staged.Link}
		}
		if staged.ID != "" && !staged.Link {
			version.Text, version.Err = repo.StagedText(name, staged.ID)
		}
		instead[repo.InLogbook(name)] = version
	}
	dir.ReadInstead(instead)
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

package gitrepo

import (
	"context"
	"path"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// ignored returns which of the untracked files git ignores.
func (r *Repo) ignored(ctx context.Context, names []string) (map[string]bool, error) {
	if len(names) == 0 {
		return nil, nil
	}
	if err := r.checkBeside(names); err != nil {
		return nil, err
	}
	if r.native != nil {
		return r.native.ignored(ctx, names)
	}
	cfg, err := r.config()
	if err != nil {
		return nil, err
	}
	rules := ignoreRules{repo: r, dirs: map[string]gitignore.Matcher{}}
	user := cfg.path("core.excludesfile")
	if dir := xdgConfig(); user == "" && dir != "" {
		user = filepath.Join(dir, "git", "ignore")
	}
	exclude := filepath.Join(r.common, "info", "exclude")
	for _, file := range []string{user, exclude} {
		if err := checkGitFile(file, plainfile.GitList); err != nil {
			return nil, err
		}
	}
	rules.top = append(readIgnoreFile(user, nil), readIgnoreFile(exclude, nil)...)
	ignored := map[string]bool{}
	for _, name := range names {
		ignored[name] = rules.match(name, false)
	}
	return ignored, nil
}

// ignoreRules is the plain implementation for where git isn't installed.
type ignoreRules struct {
	repo *Repo
	top  []gitignore.Pattern
	dirs map[string]gitignore.Matcher
}

// match reports whether name or a folder above it is ignored: nothing below an
// ignored folder can be taken back.
func (i *ignoreRules) match(name string, isDir bool) bool {
	if name == "." {
		return false
	}
	dir := path.Dir(name)
	return i.match(dir, true) || i.matcher(dir).Match(strings.Split(name, "/"), isDir)
}

func (i *ignoreRules) matcher(dir string) gitignore.Matcher {
	if m, ok := i.dirs[dir]; ok {
		return m
	}
	patterns := i.top
	for d := "."; ; {
		var domain []string
		if d != "." {
			domain = strings.Split(d, "/")
		}
		patterns = append(patterns[:len(patterns):len(patterns)], readIgnoreFile(i.repo.file(path.Join(d, ".gitignore")), domain)...)
		if d == dir {
			break
		}
		rest := strings.TrimPrefix(dir, strings.TrimPrefix(d+"/", "./"))
		next, _, _ := strings.Cut(rest, "/")
		d = path.Join(d, next)
	}
	m := gitignore.NewMatcher(patterns)
	i.dirs[dir] = m
	return m
}

func readIgnoreFile(file string, domain []string) []gitignore.Pattern {
	data, err := plainfile.Read(file, plainfile.GitList)
	if err != nil {
		return nil
	}
	var patterns []gitignore.Pattern
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") {
			patterns = append(patterns, gitignore.ParsePattern(line, domain))
		}
	}
	return patterns
}

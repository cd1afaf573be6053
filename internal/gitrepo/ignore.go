package gitrepo

import (
	"context"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/format/gitignore"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// Ignored are those of the files that git ignores and doesn't track, so that no commit has them.
func (r *Repo) Ignored(ctx context.Context, names []string) ([]string, error) {
	idx, err := r.readIndex()
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool { _, tracked := idx.find(name); return tracked })
	ignored, err := r.ignored(ctx, names)
	return slices.DeleteFunc(names, func(name string) bool { return !ignored[name] }), err
}

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
	var patterns []gitignore.Pattern
	for _, file := range []string{userFile(cfg, "core.excludesfile", "ignore"), filepath.Join(r.common, "info", "exclude")} {
		if err := checkGitFile(file, plainfile.GitList); err != nil {
			return nil, err
		}
		patterns = append(patterns, readIgnoreFile(file, nil)...)
	}
	patterns = append(patterns, readIgnoreFile(r.file(".gitignore"), nil)...)
	var dirs []string
	for _, name := range names {
		dirs = slices.AppendSeq(dirs, parents(name))
	}
	slices.Sort(dirs) // the rules of a folder come after those above it
	for _, dir := range slices.Compact(dirs) {
		patterns = append(patterns, readIgnoreFile(r.file(path.Join(dir, ".gitignore")), strings.Split(dir, "/"))...)
	}
	rules := gitignore.NewMatcher(patterns)
	ignored := map[string]bool{}
	for _, name := range names {
		ignored[name] = rules.Match(strings.Split(name, "/"), false)
		for dir := range parents(name) { // nothing below an ignored folder can be taken back
			ignored[name] = ignored[name] || rules.Match(strings.Split(dir, "/"), true)
		}
	}
	return ignored, nil
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

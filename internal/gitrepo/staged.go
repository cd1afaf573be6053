package gitrepo

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// Staged reads what is about to be committed of the files that keep wants, by path. It is for
// the hooks that git runs: `git commit -a` has an index of its own for them, and that one
// counts. Without the git program there is no hook, and nothing.
func (r *Repo) Staged(ctx context.Context, keep func(path string) bool) (map[string][]byte, error) {
	if r.native == nil {
		return nil, nil
	}
	if err := r.checkEnvironment(); err != nil {
		return nil, err
	}
	index, err := hookIndex()
	if err != nil {
		return nil, err
	}
	said, err := r.native.all(ctx, index, [][]string{append(slices.Clip(rawDiff), "--cached")})
	if err != nil {
		return nil, err
	}
	texts := make(map[string][]byte)
	for line, name := range inPairs(said[0]) {
		d, err := parseRaw(line, name)
		if err == nil && d.After != "" && keep(name) {
			texts[name], err = r.native.read(plumbing.BlobObject, d.After)
		}
		if err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// hookIndex is the setting by which a git uses the index of the hook that this is.
func hookIndex() ([]string, error) {
	set := os.Getenv("GIT_INDEX_FILE")
	if set == "" {
		return nil, nil
	}
	index, err := filepath.Abs(set)
	return []string{"GIT_INDEX_FILE=" + index}, err
}

// A Staging is what is staged.
type Staging struct {
	Since                    // what differs between HEAD, or nothing, and the index
	Unlike map[string]Staged // what the index has otherwise than the work tree
}

// A Staged is a file of the index; the zero value is of none.
type Staged struct {
	ID   string
	Link bool
}

// Staging asks git what is staged below some paths, and what it has otherwise there and among the files
// of a folder, without those below it.
func (r *Repo) Staging(ctx context.Context, paths []string, folder string) (*Staging, error) {
	if err := r.checkAsked("what is staged", "leave out --staged", paths); err != nil {
		return nil, err
	}
	index, err := hookIndex()
	if err != nil {
		return nil, err
	}
	specs := append([]string{"--"}, pathspecs(paths)...)
	near := append(slices.Clone(specs), ":(top,glob)"+strings.TrimPrefix(globEscape.Replace(folder)+"/*", "./"))
	said, err := r.native.all(ctx, index, [][]string{
		slices.Concat(rawDiff, []string{"--cached"}, specs), slices.Concat(rawDiff, near),
		slices.Concat([]string{"-c", "core.fsmonitor=false", "ls-files", "--others", "-z"}, near),
		slices.Concat([]string{"ls-files", "-v", "--stage", "-z"}, near),
	})
	if err != nil {
		return nil, err
	}
	s := &Staging{Since: Since{Files: make(map[string]string)}, Unlike: make(map[string]Staged)}
	for _, name := range said[2] {
		s.Unlike[strings.TrimSuffix(name, "/")] = Staged{}
	}
	if err := s.addUnlike(said[1]); err != nil {
		return nil, err
	}
	s.addUnwatched(said[3])
	return s, s.addRaw(said[0])
}

var globEscape = strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`)

// addUnlike adds what git lists in its raw format. Of a conflict that isn't solved nothing is
// staged yet: the file is what there is.
func (s *Staging) addUnlike(fields []string) error {
	unsolved := make(map[string]bool)
	for line, name := range inPairs(fields) { // of each path one, or two of a conflict
		items, letter, err := rawItems(line)
		if err != nil {
			return err
		}
		switch staged := items[0]; {
		case letter == "U":
			unsolved[name] = true
		case staged.mode == 0: // only meant to be added
			s.Unlike[name] = Staged{}
		case staged.mode != modeSubmodule: // which has no text
			s.Unlike[name] = Staged{ID: staged.id, Link: staged.mode == modeSymlink}
		}
	}
	for name := range unsolved {
		delete(s.Unlike, name)
	}
	return nil
}

// addUnwatched adds files that git doesn't look for in the work tree: those that a sparse checkout leaves
// out, and those that it was told are unchanged. They are listed as "TAG MODE ID STAGE\tPATH".
func (s *Staging) addUnwatched(fields []string) {
	for _, field := range fields {
		about, name, _ := strings.Cut(field, "\t")
		f := strings.Fields(about)
		if len(f) < 4 || f[0] != "S" && f[0] != strings.ToLower(f[0]) || f[1] == "160000" || f[3] != "0" {
			continue
		}
		s.Unlike[name] = Staged{ID: f[2], Link: f[1] == "120000"}
	}
}

// StagedText is the text of a file of the index, as History.Text is of a commit's.
func (r *Repo) StagedText(name, id string) ([]byte, error) {
	return (&History{source: r.native, repo: r}).Text(name, id)
}

package gitrepo

import (
	"errors"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// An era is the commits that have the same attribute files.
type era struct {
	files   map[string]string // ids by path
	filters map[string]string // by path, once git was asked
}

// findEras goes through all commits, the oldest first.
func (f *filterReader) findEras() error {
	h, err := f.repo.History(HistoryOptions{Paths: []string{"."}, Every: true})
	if err != nil {
		return err
	}
	f.brought = make(map[string]*era)
	eras := make(map[string]*era)     // by what they have
	byCommit := make(map[string]*era) // by the commit
	for _, record := range slices.Backward(h.Records) {
		e, err := eraOf(h, record, byCommit, eras)
		if err != nil {
			return err
		}
		byCommit[record.Commit] = e
		for _, d := range record.Files {
			if key := d.Path + "\x00" + d.After; f.brought[key] == nil {
				f.brought[key] = e
			}
		}
	}
	f.head = byCommit[h.Head]
	return nil
}

// eraOf is that of the parents, where they have the same one and the commit changes no
// attributes.
func eraOf(h *History, record Record, byCommit, eras map[string]*era) (*era, error) {
	same := len(record.Parents) > 0 && !slices.ContainsFunc(record.Files, func(d Delta) bool { return path.Base(d.Path) == attributesFile })
	for _, parent := range record.Parents {
		same = same && byCommit[parent] != nil && byCommit[parent] == byCommit[record.Parents[0]]
	}
	if same {
		return byCommit[record.Parents[0]], nil
	}
	files, err := h.FilesAt(record.Commit, ".")
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(files, func(name, _ string) bool { return path.Base(name) != attributesFile })
	key := ""
	for _, name := range slices.Sorted(maps.Keys(files)) {
		key += name + "\x00" + files[name] + "\x00"
	}
	if eras[key] == nil {
		eras[key] = &era{files: files}
	}
	return eras[key], nil
}

// filterOf is a path's filter in an era; "" for none.
func (e *era) filterOf(f *filterReader, name string) (string, error) {
	if _, known := e.filters[name]; known {
		return e.filters[name], nil
	}
	texts := make(map[string][]byte)
	for file, id := range e.files {
		text, err := f.repo.native.read(plumbing.BlobObject, id)
		if err != nil {
			return "", err
		}
		texts[file] = text
	}
	names := f.names(name)
	err := f.repo.native.withAttributes(texts, func(n *native) error {
		found, err := n.attributesOf(names, "filter")
		e.filters = firstOf(found, names)
		return err
	})
	return e.filters[name], err
}

// withAttributes shows git a work tree that has nothing but these attribute files.
func (n *native) withAttributes(files map[string][]byte, ask func(n *native) error) error {
	dir, err := os.MkdirTemp("", "coachlog-*")
	if err != nil {
		return err
	}
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err == nil && !filepath.IsLocal(filepath.FromSlash(name)) {
			err = errors.New(name + " lies outside of the repository")
		}
		if err == nil {
			err = os.MkdirAll(filepath.Dir(file), 0o700)
		}
		if err == nil {
			err = os.WriteFile(file, text, 0o600)
		}
	}
	if err == nil {
		there := &native{repo: n.repo, program: n.program, elsewhere: dir}
		err = ask(there)
		if there.checked != nil {
			there.checked.in.Close()
			err = errors.Join(err, there.checked.end())
		}
	}
	return errors.Join(err, os.RemoveAll(dir))
}

// elsewhereEnvironment sends git to another work tree of the same repository, with no index.
func (n *native) elsewhereEnvironment() []string {
	return []string{"GIT_DIR=" + n.repo.gitDir, "GIT_WORK_TREE=" + n.elsewhere, "GIT_INDEX_FILE=" + filepath.Join(n.elsewhere, strings.Repeat("x", 8))}
}

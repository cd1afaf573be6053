package gitrepo

import (
	"bytes"
	"cmp"
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/plainfile"
)

// filterReader reads files that are stored through filters. A filter may have been taken
// up or given up on the way, be named outside of the commits, or be missing in the clone
// that stored a text. So the text decides: it was stored in the way that gives one which
// reads as what its path should hold.
type filterReader struct {
	repo     *Repo
	now      map[string]pathAttributes
	looked   bool
	rules    []attributeRule   // with a filter, of all versions of all attribute files, once looked
	readable map[string][]byte // by path, a version that can be read, once one was looked for
}

// pathAttributes is what the present attributes say of a path.
type pathAttributes struct {
	filter   string // "" for none
	converts bool   // git may keep other content in the work tree than it stores, apart from line ends
}

func (r *Repo) filterReader() *filterReader {
	if r.filters == nil {
		r.filters = &filterReader{repo: r, now: make(map[string]pathAttributes), readable: make(map[string][]byte)}
	}
	return r.filters
}

// read is a stored file as it was before its filter.
func (f *filterReader) read(name, id string, stored []byte) ([]byte, error) {
	now, err := f.attributes(name)
	if err != nil {
		return nil, err
	}
	if f.mayHideParts() && f.isSetUp(now.filter) {
		if text, err := f.undo(name, id, now.filter, stored); err == nil && f.repo.reads(name, text) {
			return text, nil
		}
	}
	if f.repo.reads(name, stored) {
		return stored, CheckPlain(name, stored)
	}
	return f.recover(name, id, bytes.Clone(stored))
}

// recover reads a stored text that doesn't read as what its path should hold: through the
// filters that the path has or had, then through any that this clone knows. What none of
// them makes readable somebody wrote so, or nobody can tell.
func (f *filterReader) recover(name, id string, stored []byte) ([]byte, error) {
	named, err := f.named(name)
	if err != nil {
		return nil, err
	}
	var failed, past error // by the present filter, and by those of the past, of which this text may have had none
	written := [][]byte{stored}
	for _, filter := range named {
		text, err := f.undo(name, id, filter, stored)
		switch present := filter == f.now[name].filter; {
		case err == nil && f.repo.reads(name, text):
			return text, nil
		case err == nil && present:
			written = slices.Insert(written, 0, text) // most likely what somebody wrote
		case err == nil:
			written = append(written, text)
		case present:
			failed = err
		default:
			past = cmp.Or(past, err)
		}
	}
	if failed = cmp.Or(failed, CheckPlain(name, stored)); failed != nil {
		return nil, failed
	}
	like, err := f.otherVersion(name)
	if err != nil || like == nil {
		return written[0], cmp.Or(err, past)
	}
	looks := ""
	for _, text := range written {
		if looks = hides(text, like, len(f.rules) > 0); looks == "" {
			return text, nil
		}
	}
	for _, filter := range f.setUp() {
		if text, err := f.undo(name, id, filter, stored); err == nil && f.repo.reads(name, text) {
			return text, nil
		}
	}
	return nil, cmp.Or(past, error(refuseFiltered("if a filter such as git-crypt stored it, set that up in this clone, with the key used then, and try again; otherwise, see in git log -p "+name+" what happened to it",
		"%s can't be read in one of its versions (git show %s): %s", name, id[:min(10, len(id))], looks)))
}

// undo has git check a file out. Where the present attributes are others than those with
// which it was stored, git is shown a work tree that has nothing but these.
func (f *filterReader) undo(name, id, filter string, stored []byte) ([]byte, error) {
	if f.repo.native == nil {
		return nil, refuseFiltered("install git", "%s may be stored through the filter %q, which only the git program handles, and it isn't installed", name, filter)
	}
	if !f.isSetUp(filter) {
		return nil, cmp.Or(CheckPlain(name, stored), error(refuseFiltered("set it up as in a clone where it works (git config --get-regexp filter."+filter+" shows it there), then try again",
			"%s is stored through the filter %q, which is not set up in this clone", name, filter)))
	}
	now, err := f.attributes(name)
	if err != nil {
		return nil, err
	}
	there := f.repo.native
	if now.filter != filter {
		dir, err := emptyFolder()
		if err != nil {
			return nil, err
		}
		remove := func() { os.RemoveAll(dir) }
		defer interrupt.AtEnd(remove)()
		defer remove()
		if err := os.WriteFile(filepath.Join(dir, attributesFile), []byte("* filter="+filter+"\n"), 0o600); err != nil {
			return nil, err
		}
		there = &native{repo: f.repo, program: f.repo.native.program, elsewhere: dir}
	}
	text, err := there.checkOut(name, id)
	switch {
	case err != nil:
		return nil, refuseFiltered("make sure that the filter works in this clone (git checkout uses it), then try again", "%s can't be read through its filter %q: %v", name, filter, err)
	case CheckPlain(name, text) == nil && bytes.IndexByte(text, 0) >= 0:
		return nil, refuseFiltered("check what git show --textconv prints, and whether the filter is unlocked", "%s isn't text after its filter %q", name, filter)
	}
	return text, CheckPlain(name, text)
}

// emptyFolder is a new one for a moment, outside the work tree.
func emptyFolder() (string, error) {
	root, err := os.OpenRoot(os.TempDir())
	if err != nil {
		return "", err
	}
	defer root.Close()
	plainfile.RemoveLeftovers(root, ".")
	name := plainfile.TemporaryName("coachlog")
	return filepath.Join(root.Name(), name), root.Mkdir(name, 0o700)
}

// setUp are the filters that this clone can undo.
func (f *filterReader) setUp() []string {
	var filters []string
	cfg, err := f.repo.config()
	if err != nil || f.repo.native == nil {
		return nil
	}
	for key := range cfg {
		rest, isFilter := strings.CutPrefix(key, "filter.")
		at := strings.LastIndexByte(rest, '.')
		if isFilter && at > 0 && (rest[at:] == ".smudge" || rest[at:] == ".process") && cfg.last(key) != "" {
			filters = append(filters, rest[:at])
		}
	}
	slices.Sort(filters)
	return slices.Compact(filters)
}

func (f *filterReader) isSetUp(filter string) bool { return slices.Contains(f.setUp(), filter) }

// mayHideParts says whether a filter is set up that may leave a text which still reads as
// a log, unlike what git-lfs and git-crypt leave.
func (f *filterReader) mayHideParts() bool {
	return slices.ContainsFunc(f.setUp(), func(filter string) bool { return filter != "lfs" && !strings.HasPrefix(filter, "git-crypt") })
}

// storesText says whether a filter only has git store another text: it is checked out as
// it is stored.
func (f *filterReader) storesText(filter string) bool {
	cfg, err := f.repo.config()
	return err == nil && cfg.last("filter."+filter+".clean") != "" && cfg.last("filter."+filter+".smudge") == "" && cfg.last("filter."+filter+".process") == ""
}

// named are the filters that a path may have, or may have had, and that hide what is
// stored: the present one first.
func (f *filterReader) named(name string) ([]string, error) {
	if err := f.look(); err != nil {
		return nil, err
	}
	now, err := f.attributes(name)
	if err != nil {
		return nil, err
	}
	var filters []string
	add := func(filter string) {
		if filter != "" && !f.storesText(filter) && !slices.Contains(filters, filter) {
			filters = append(filters, filter)
		}
	}
	add(now.filter)
	for _, rule := range f.rules {
		if rule.mayMatch(name) {
			add(rule.filter)
		}
	}
	return filters, nil
}

// attributes are what git says of a path in the work tree.
func (f *filterReader) attributes(name string) (pathAttributes, error) {
	now, known := f.now[name]
	if known || f.repo.native == nil || f.repo.root == "" {
		return now, nil
	}
	if err := f.repo.checkBeside([]string{name}); err != nil {
		return now, err
	}
	out, err := f.repo.native.run(reading, lines([]string{name}), "check-attr", "-z", "--stdin", "filter", "working-tree-encoding", "ident")
	if err != nil {
		return now, err
	}
	fields := strings.Split(string(out), "\x00")
	for i := 0; i+2 < len(fields); i += 3 { // path, attribute, value
		value := fields[i+2]
		switch {
		case value == "unspecified" || value == "unset":
		case fields[i+1] != "filter":
			now.converts = true
		case value != "set": // which names none
			now.filter, now.converts = value, true
		}
	}
	f.now[name] = now
	return now, nil
}

// look reads every version of every attribute file, and the attributes that are not
// recorded with the files.
func (f *filterReader) look() error {
	if f.looked {
		return nil
	}
	f.looked = true
	if _, err := f.repo.config(); err != nil {
		return err
	}
	for _, file := range f.repo.attributeFiles() {
		text, err := readGitFile(file, plainfile.GitList)
		if _, refused := errors.AsType[*Refusal](err); refused {
			return err
		}
		if err == nil { // else git doesn't read it either
			f.addRules(".", text)
		}
	}
	h, err := f.repo.History(HistoryOptions{Paths: []string{"."}, AllSides: true})
	if err != nil {
		return err
	}
	for _, record := range h.Records {
		for _, d := range record.Files {
			if d.After == "" || path.Base(d.Path) != attributesFile {
				continue
			}
			text, err := h.Blob(d.After)
			if err != nil {
				return err
			}
			f.addRules(path.Dir(d.Path), text)
		}
	}
	return nil
}

func (f *filterReader) addRules(dir string, text []byte) {
	for _, rule := range attributeRules(dir, text) {
		if rule.filter != "" && !slices.Contains(f.rules, rule) {
			f.rules = append(f.rules, rule)
		}
	}
}

package gitrepo

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// attributesFile is what git calls its files of attributes.
const attributesFile = ".gitattributes"

// filterReader reads files that are stored through filters. A filter may have been taken
// up or given up on the way, so what counts are the attributes of the commit that brought
// a text: an era is the commits with the same ones.
type filterReader struct {
	repo   *Repo
	looked map[string]bool // attribute files, in all their versions
	rules  []filterRule

	ahead *attributesAhead // nil where nothing is expected

	brought map[string]*era   // by path and id
	head    *era              // of HEAD
	now     map[string]string // filter by path, in the work tree

	readable map[string][]byte // by path, a version that can be read, once one was looked for
}

// A filterRule is a line of an attribute file that names a filter.
type filterRule struct{ dir, pattern, filter string }

func (r *Repo) filterReader() *filterReader {
	if r.filters == nil {
		r.filters = &filterReader{repo: r, looked: make(map[string]bool)}
	}
	return r.filters
}

// read is a stored file as it was before its filter; filtered says whether it had one,
// or that nothing else of the attributes is to be done to it.
func (f *filterReader) read(h *History, name, id string, stored []byte) (text []byte, filtered bool, err error) {
	filter, err := f.mayFilter(h, name)
	if err != nil {
		return nil, false, err
	}
	if filter == "" {
		return stored, false, CheckPlain(name, stored)
	}
	stored = bytes.Clone(stored)
	text, filtered, err = f.undone(name, id, stored, filter)
	return f.byText(name, id, stored, text, filtered, err)
}

// undone is read of a path that may have a filter, by the attributes alone.
func (f *filterReader) undone(name, id string, stored []byte, filter string) (text []byte, filtered bool, err error) {
	if f.repo.native == nil {
		refusal := needsGit(fmt.Sprintf("%s may be stored through the filter %q", name, filter))
		refusal.Filtered = true
		return nil, false, refusal
	}
	if filter, err = f.of(name, id); err != nil {
		return nil, false, err
	}
	if filter == "" || f.storesText(filter) {
		return stored, false, CheckPlain(name, stored)
	}
	if !f.isSetUp(filter) {
		if err := CheckPlain(name, stored); err != nil {
			return nil, false, err
		}
		return nil, false, &Refusal{
			Reason:   fmt.Sprintf("%s is stored through the filter %q, which is not set up in this clone", name, filter),
			Remedy:   fmt.Sprintf("set it up as whoever uses it has it (git config --get-regexp filter.%s), then try again", filter),
			Filtered: true,
		}
	}
	if text, err = f.undo(name, id, filter); err == nil {
		err = CheckPlain(name, text)
	}
	return text, true, err
}

// storesText says whether a filter only has git store another text: it is checked out as
// it is stored.
func (f *filterReader) storesText(filter string) bool {
	return f.setting(filter, "clean") != "" && f.setting(filter, "smudge") == "" && f.setting(filter, "process") == ""
}

func (f *filterReader) isSetUp(filter string) bool {
	return f.setting(filter, "smudge") != "" || f.setting(filter, "process") != ""
}

func (f *filterReader) setting(filter, key string) string {
	cfg, err := f.repo.config()
	if err != nil {
		return ""
	}
	return cfg.last("filter." + filter + "." + key)
}

// mayFilter names a filter that a path may have or have had; "" where it certainly never
// had one.
func (f *filterReader) mayFilter(h *History, name string) (string, error) {
	if err := f.look(h, name); err != nil {
		return "", err
	}
	for _, rule := range f.rules {
		if rule.mayMatch(name) && !f.storesText(rule.filter) {
			return rule.filter, nil
		}
	}
	return "", nil
}

// look reads the attribute files that may speak of a path, and, in the same go, of those
// that a history speaks of: every version of each.
func (f *filterReader) look(h *History, name string) error {
	if len(f.looked) == 0 {
		if err := f.lookOutside(); err != nil {
			return err
		}
	}
	listed := make(map[string]bool) // by the history itself
	var wanted []string
	add := func(name string) {
		for dir := path.Dir(name); ; dir = path.Dir(dir) {
			file := path.Join(dir, attributesFile)
			if f.looked[file] {
				return
			}
			f.looked[file] = true
			if listed[file] = h.lists(file); !listed[file] {
				wanted = append(wanted, file)
			}
			if dir == "." {
				return
			}
		}
	}
	if add(name); len(listed) == 0 {
		return nil
	}
	for _, record := range h.Records {
		for _, d := range record.Files {
			add(d.Path)
		}
	}
	if err := f.addVersions(h, func(name string) bool { return listed[name] }); err != nil || len(wanted) == 0 {
		return err
	}
	slices.Sort(wanted)
	versions, err := f.versionsOf(wanted)
	if err != nil {
		return err
	}
	return f.addVersions(versions, func(string) bool { return true })
}

// addVersions takes the rules of all versions that a history has of attribute files.
func (f *filterReader) addVersions(h *History, wanted func(name string) bool) error {
	for _, record := range h.Records {
		for _, d := range record.Files {
			if d.After == "" || path.Base(d.Path) != attributesFile || !wanted(d.Path) {
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

// lookOutside reads the attributes that are not recorded with the files.
func (f *filterReader) lookOutside() error {
	cfg, err := f.repo.config()
	if err != nil {
		return err
	}
	for _, file := range f.repo.attributeFiles(cfg) {
		text, err := readGitFile(file, plainfile.GitList)
		var refusal *Refusal
		if errors.As(err, &refusal) {
			return err
		}
		if err == nil { // else git doesn't read it either
			f.addRules(".", text)
		}
	}
	return nil
}

func (f *filterReader) addRules(dir string, text []byte) {
	for pattern, fields := range attributeLines(text) {
		for _, field := range fields {
			filter, ok := strings.CutPrefix(field, "filter=")
			if rule := (filterRule{dir, pattern, filter}); ok && !slices.Contains(f.rules, rule) {
				f.rules = append(f.rules, rule)
			}
		}
	}
}

// mayMatch is false only where the name is surely not meant.
func (r filterRule) mayMatch(name string) bool {
	if r.dir != "." {
		rest, below := strings.CutPrefix(name, r.dir+"/")
		if !below {
			return false
		}
		name = rest
	}
	if !(attributeRule{pattern: r.pattern}).mayMatch(name) {
		return false
	}
	first, _, nested := strings.Cut(strings.TrimPrefix(r.pattern, "/"), "/")
	if !nested || strings.ContainsAny(first, `*?[]\"`) {
		return true
	}
	own, _, _ := strings.Cut(name, "/")
	return strings.EqualFold(own, first)
}

// of is the filter of a path by the attributes of the commit that brought a text of it;
// "" for none.
func (f *filterReader) of(name, id string) (string, error) {
	if f.brought == nil {
		if err := f.findEras(); err != nil {
			return "", err
		}
	}
	e := f.brought[name+"\x00"+id]
	if e == nil {
		e = f.head
	}
	if e == nil {
		return f.filterNow(name)
	}
	return e.filterOf(f, name)
}

// filterNow is the filter of a path by the work tree's attributes; "" for none.
func (f *filterReader) filterNow(name string) (string, error) {
	if f.repo.root == "" {
		return "", nil
	}
	if _, known := f.now[name]; !known {
		names := f.names(name)
		found, err := f.repo.native.attributesOf(names, "filter")
		if err != nil {
			return "", err
		}
		f.now = firstOf(found, names)
	}
	return f.now[name], nil
}

// names are the paths that may be stored through a filter, so that git is asked once.
func (f *filterReader) names(name string) []string {
	all := map[string]bool{name: true}
	for key := range f.brought {
		other, _, _ := strings.Cut(key, "\x00")
		all[other] = all[other] || slices.ContainsFunc(f.rules, func(r filterRule) bool { return r.mayMatch(other) })
	}
	var names []string
	for name, may := range all {
		if may {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func firstOf(found map[string][]string, names []string) map[string]string {
	first := make(map[string]string, len(names))
	for _, name := range names {
		first[name] = ""
		if len(found[name]) > 0 {
			first[name] = found[name][0]
		}
	}
	return first
}

// undo has git check a file out. Where the present attributes are others than those with
// which it was stored, git is shown a work tree that has nothing but these.
func (f *filterReader) undo(name, id, filter string) ([]byte, error) {
	now, err := f.filterNow(name)
	if err != nil {
		return nil, err
	}
	var text []byte
	if now == filter {
		text, err = f.repo.native.checkOut(name, id)
	} else {
		err = f.repo.native.withAttributes(map[string][]byte{attributesFile: []byte("* filter=" + filter + "\n")}, func(n *native) error {
			text, err = n.checkOut(name, id)
			return err
		})
	}
	if err != nil {
		return nil, &Refusal{Reason: fmt.Sprintf("%s can't be read through its filter %q: %v", name, filter, err), Remedy: "see that the filter works in this clone (git checkout uses it), then try again", Filtered: true}
	}
	if bytes.IndexByte(text, 0) >= 0 {
		if err := CheckPlain(name, text); err != nil {
			return nil, err
		}
		return nil, &Refusal{Reason: fmt.Sprintf("%s is no text after its filter %q", name, filter), Remedy: "see what git show --textconv makes of it, and whether the filter is unlocked", Filtered: true}
	}
	return text, nil
}

// attributesOf lists the values that paths have for some attributes, where they have any.
func (n *native) attributesOf(names []string, attributes ...string) (map[string][]string, error) {
	out, err := n.run(reading, lines(names), slices.Concat([]string{"check-attr", "-z", "--stdin"}, attributes)...)
	if err != nil {
		return nil, err
	}
	found := make(map[string][]string)
	fields := strings.Split(string(out), "\x00")
	for i := 0; i+2 < len(fields); i += 3 { // path, attribute, value
		value := fields[i+2]
		if value != "unspecified" && value != "unset" && (value != "set" || fields[i+1] != "filter") { // which names none
			found[fields[i]] = append(found[fields[i]], value)
		}
	}
	return found, nil
}

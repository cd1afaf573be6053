package gitrepo

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// conversion is how far attributes and settings may make git change a file's
// content between the work tree and the repository.
type conversion int

const (
	convertsNothing  conversion = iota
	convertsLineEnds            // only where the content has a CR
	convertsAnything
)

// attributesFile is what git calls its files of attributes.
const attributesFile = ".gitattributes"

// An attributeRule is a line of an attribute file that speaks of content.
type attributeRule struct {
	dir, pattern string
	filter       string // "" where it names none
	converts     conversion
}

// attributes knows the attribute files, each read once.
type attributes struct {
	repo  *Repo // whose configuration was read
	idx   *index
	files map[string][]attributeRule
}

func newAttributes(r *Repo, idx *index) *attributes {
	return &attributes{repo: r, idx: idx, files: map[string][]attributeRule{}}
}

// check returns an *unfit error where git might store other bytes than content for the
// file. It errs on the side of that.
func (a *attributes) check(name string, content []byte) error {
	converts, err := a.of(name)
	if err != nil {
		return err
	}
	if converts == convertsAnything || converts == convertsLineEnds && bytes.IndexByte(content, '\r') >= 0 {
		return &unfit{"attributes or core.autocrlf change the content of " + name}
	}
	return nil
}

// of is how far git may change a file. The error is a *Refusal: of an attribute file
// that nobody can read.
func (a *attributes) of(name string) (conversion, error) {
	most := convertsNothing
	if a.repo.cfg.isTrue("core.autocrlf") { // or input
		most = convertsLineEnds
	}
	look := func(dir, file string) error {
		rules, err := a.rules(dir, file)
		for _, rule := range rules {
			if rule.mayMatch(name) {
				most = max(most, rule.converts)
			}
		}
		return err
	}
	for _, file := range a.repo.attributeFiles() {
		if err := look(".", file); err != nil {
			return convertsAnything, err
		}
	}
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		own := path.Join(dir, attributesFile)
		if _, tracked := a.idx.find(own); tracked {
			if _, err := os.Lstat(a.repo.file(own)); err != nil {
				return convertsAnything, nil // git reads it from the index then
			}
		}
		if err := look(dir, a.repo.file(own)); err != nil {
			return convertsAnything, err
		}
		if dir == "." {
			return most, nil
		}
	}
}

func (a *attributes) rules(dir, file string) ([]attributeRule, error) {
	rules, known := a.files[file]
	if known {
		return rules, nil
	}
	data, err := plainfile.Read(file, plainfile.GitList)
	if plainfile.Harmful(err) {
		return nil, refuseHarmful(file, err)
	}
	a.files[file] = attributeRules(dir, data)
	return a.files[file], nil
}

// attributeFiles are those that don't lie among the files.
func (r *Repo) attributeFiles() []string {
	files := []string{filepath.Join(r.common, "info", "attributes"), userFile(r.cfg, "core.attributesfile", "attributes")}
	if os.Getenv("GIT_ATTR_NOSYSTEM") == "" {
		files = append(files, "/etc/gitattributes")
	}
	return files
}

// attributeRules are the lines of an attribute file in dir that speak of content.
func attributeRules(dir string, text []byte) (rules []attributeRule) {
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\ufeff"))) {
		fields := strings.Fields(string(line))
		if len(fields) == 0 || fields[0][0] == '#' {
			continue
		}
		rule := attributeRule{dir: dir, pattern: fields[0]}
		for _, f := range fields[1:] {
			if filter, ok := strings.CutPrefix(f, "filter="); ok {
				rule.filter = filter
			}
			f, _, _ = strings.Cut(strings.TrimLeft(f, "-!"), "=")
			switch f {
			case "filter", "ident", "working-tree-encoding":
				rule.converts = convertsAnything
			case "text", "crlf", "eol":
				rule.converts = max(rule.converts, convertsLineEnds)
			}
		}
		if rule.converts > convertsNothing {
			rules = append(rules, rule)
		}
	}
	return rules
}

// mayMatch is false only where the name is surely not meant: it is in another folder, or
// hasn't the suffix of a plain *.suffix.
func (r attributeRule) mayMatch(name string) bool {
	if r.dir != "." {
		rest, below := strings.CutPrefix(name, r.dir+"/")
		if !below {
			return false
		}
		name = rest
	}
	suffix, ok := strings.CutPrefix(r.pattern, "*")
	if ok && strings.HasPrefix(suffix, ".") && !strings.ContainsAny(suffix, `*?[]\/"`) {
		return strings.HasSuffix(strings.ToLower(name), strings.ToLower(suffix))
	}
	first, _, nested := strings.Cut(strings.TrimPrefix(r.pattern, "/"), "/")
	if !nested || strings.ContainsAny(first, `*?[]\"`) {
		return true
	}
	own, _, _ := strings.Cut(name, "/")
	return strings.EqualFold(own, first)
}

package gitrepo

import (
	"bytes"
	"iter"
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

// attributes knows the attribute files, each read once.
type attributes struct {
	repo  *Repo
	cfg   config
	idx   *index
	files map[string][]attributeRule
}

// attributeRule is a line that names an attribute about content.
type attributeRule struct {
	pattern  string
	converts conversion
}

func newAttributes(r *Repo, cfg config, idx *index) *attributes {
	return &attributes{repo: r, cfg: cfg, idx: idx, files: map[string][]attributeRule{}}
}

// mayChange reports whether git might store other bytes than content for the
// file. It errs on the side of yes.
func (a *attributes) mayChange(name string, content []byte) (bool, error) {
	converts, err := a.of(name)
	switch converts {
	case convertsNothing:
		return false, err
	case convertsLineEnds:
		return strings.ContainsRune(string(content), '\r'), err
	default:
		return true, err
	}
}

// of is how far git may change a file. The error is a *Refusal: of an attribute file
// that nobody can read.
func (a *attributes) of(name string) (conversion, error) {
	most := convertsNothing
	if v := strings.ToLower(a.cfg.last("core.autocrlf")); v == "input" || a.cfg.isTrue("core.autocrlf") {
		most = convertsLineEnds
	}
	files := a.repo.attributeFiles(a.cfg)
	for dir := path.Dir(name); ; dir = path.Dir(dir) {
		own := path.Join(dir, ".gitattributes")
		files = append(files, a.repo.file(own))
		if _, tracked := a.idx.find(own); tracked {
			if _, err := os.Lstat(a.repo.file(own)); err != nil {
				return convertsAnything, nil // git reads it from the index then
			}
		}
		if dir == "." {
			break
		}
	}
	for _, file := range files {
		rules, err := a.rules(file)
		if err != nil {
			return convertsAnything, err
		}
		for _, rule := range rules {
			if rule.mayMatch(name) {
				most = max(most, rule.converts)
			}
		}
	}
	return most, nil
}

func (a *attributes) rules(file string) ([]attributeRule, error) {
	rules, known := a.files[file]
	if known {
		return rules, nil
	}
	data, err := plainfile.Read(file, plainfile.GitList)
	if plainfile.Harmful(err) {
		return nil, refuseHarmful(file, err)
	}
	for pattern, fields := range attributeLines(data) {
		rule := attributeRule{pattern: pattern}
		for _, f := range fields {
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
	a.files[file] = rules
	return rules, nil
}

// attributeFiles are those that don't lie among the files.
func (r *Repo) attributeFiles(cfg config) []string {
	files := []string{filepath.Join(r.common, "info", "attributes"), userFile(cfg, "core.attributesfile", "attributes")}
	if os.Getenv("GIT_ATTR_NOSYSTEM") == "" {
		files = append(files, "/etc/gitattributes")
	}
	return files
}

// attributeLines are a file's patterns, with what each says.
func attributeLines(text []byte) iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\ufeff"))) {
			fields := strings.Fields(string(line))
			if len(fields) > 0 && fields[0][0] != '#' && !yield(fields[0], fields[1:]) {
				return
			}
		}
	}
}

// mayMatch is false only for a plain *.suffix that the name doesn't have.
func (r attributeRule) mayMatch(name string) bool {
	suffix, ok := strings.CutPrefix(r.pattern, "*")
	if !ok || !strings.HasPrefix(suffix, ".") || strings.ContainsAny(suffix, `*?[]\/"`) {
		return true
	}
	return strings.HasSuffix(strings.ToLower(name), strings.ToLower(suffix))
}

package docs_test

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// oldest are the first versions of modules without a fault that lets somebody else's
// text or repository do harm.
var oldest = map[string]string{
	"github.com/go-git/go-git/v5":   "v5.19.2",
	"github.com/go-git/go-billy/v5": "v5.9.0",
	"golang.org/x/text":             "v0.39.0",
}

// licences are those that let anybody use coachlog, at work too, each by words that only
// it has.
var licences = map[string]*regexp.Regexp{
	"MIT":        regexp.MustCompile(`Permission is hereby granted, free of charge, to any person`),
	"BSD":        regexp.MustCompile(`Redistribution and use in source and binary forms, with or without modification, are permitted`),
	"Apache-2.0": regexp.MustCompile(`Apache License,? Version 2\.0`),
	"MPL-2.0":    regexp.MustCompile(`Mozilla Public License,? [Vv]ersion 2\.0`),
}

// A builtOf is a module that coachlog or its tests are built of.
type builtOf struct{ path, version, folder string }

func modules(t *testing.T) (all []builtOf) {
	out, err := exec.Command("go", "list", "-deps", "-test", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(lines)
	for _, line := range slices.Compact(lines) {
		if fields := strings.Split(line, "\t"); len(fields) == 3 {
			all = append(all, builtOf{fields[0], fields[1], fields[2]})
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d modules were found", len(all))
	}
	return all
}

// TestDependenciesPage holds the page to go.mod: each module that coachlog asks for itself has its line.
func TestDependenciesPage(t *testing.T) {
	page, err := os.ReadFile("dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`/v[0-9]+$`)
	for _, m := range mod.Require {
		name := path.Base(version.ReplaceAllString(m.Mod.Path, ""))
		if !m.Indirect && !regexp.MustCompile(`(?m)^\| [^|]*\b`+regexp.QuoteMeta(name)+`\b[^|]* \|`).Match(page) {
			t.Errorf("docs/dependencies.md doesn't say why %s is here", m.Mod.Path)
		}
	}
}

// TestVersions holds modules to versions without known holes (.ci/run asks the database
// of vulnerabilities about the rest).
func TestVersions(t *testing.T) {
	seen := 0
	for _, m := range modules(t) {
		if first, ok := oldest[m.path]; ok {
			seen++
			if semver.Compare(m.version, first) < 0 {
				t.Errorf("%s is %s, and has to be %s or later", m.path, m.version, first)
			}
		}
	}
	if seen != len(oldest) {
		t.Errorf("%d of %d modules were seen", seen, len(oldest))
	}
}

// TestLicences finds a licence that allows all that people do with coachlog in each module
// that it is built of.
func TestLicences(t *testing.T) {
	for _, m := range modules(t) {
		files, err := filepath.Glob(filepath.Join(m.folder, "*"))
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, file := range files {
			if name := strings.ToUpper(filepath.Base(file)); !strings.HasPrefix(name, "LICEN") && !strings.HasPrefix(name, "COPYING") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				continue // a folder
			}
			for licence, words := range licences {
				if words.MatchString(strings.Join(strings.Fields(string(text)), " ")) {
					found = append(found, licence)
				}
			}
		}
		if len(found) == 0 {
			t.Errorf("%s %s has no licence that is known to allow its use", m.path, m.version)
		}
	}
}

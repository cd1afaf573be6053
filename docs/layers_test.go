package docs_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/coachlog/coachlog/"

// mayImport says which of the project's packages each one may import.
var mayImport = map[string][]string{
	"logparse":               {"internal/fault", "internal/nearest", "internal/pattern"},
	"logparse/canonical":     {"internal/pattern", "logparse"},
	"logparse/merge":         {"internal/linediff", "internal/pattern", "logparse"},
	"internal/hint":          {"internal/nearest"},
	"internal/nearest":       {},
	"internal/fault":         {},
	"internal/linediff":      {},
	"internal/pattern":       {},
	"internal/sentence":      {},
	"internal/interrupt":     {},
	"plan":                   {"internal/hint", "internal/linediff", "internal/pattern", "internal/sentence", "logparse"},
	"plan/draft":             {"logparse", "logparse/canonical", "plan"},
	"plan/rules":             {"internal/fault", "internal/hint", "internal/pattern", "internal/sentence", "logparse", "plan"},
	"plan/trail":             {"internal/fault", "logparse", "plan"},
	"templates":              {},
	"internal/terminal":      {"internal/interrupt"},
	"internal/gitrepo":       {"internal/fault", "internal/interrupt", "internal/pattern", "internal/plainfile"},
	"internal/history":       {"internal/fault", "internal/gitrepo", "internal/hint", "internal/logbook", "internal/pattern", "internal/sshsign", "logparse", "plan", "plan/trail"},
	"internal/logbook":       {"internal/fault", "internal/hint", "internal/interrupt", "internal/plainfile", "logparse", "templates"},
	"internal/plainfile":     {"internal/interrupt", "internal/pattern"},
	"internal/factcache":     {"internal/interrupt", "internal/logbook", "internal/plainfile", "logparse", "plan"},
	"internal/parquetfile":   {},
	"internal/calendar":      {"logparse"},
	"internal/reply":         {"internal/pattern", "logparse"},
	"internal/email":         {"internal/pattern"},
	"internal/seal":          {"internal/plainfile"},
	"internal/sshsign":       {},
	"internal/scores":        {"internal/pattern", "logparse"},
	"internal/assist":        {"internal/pattern", "internal/sentence", "logparse", "logparse/canonical", "plan", "plan/rules", "report", "report/page"},
	"internal/lsp":           {"internal/assist", "internal/fault", "internal/history", "internal/logbook", "logparse", "plan", "plan/rules"},
	"internal/adopt":         {"internal/fault", "internal/pattern", "logparse", "plan"},
	"internal/metricsimport": {"internal/pattern", "internal/sentence", "logparse", "plan"},
	"report/chart":           {"internal/terminal", "logparse"},
	"report/page":            {"internal/terminal", "report/chart"},
	"report":                 {"internal/adopt", "internal/calendar", "internal/fault", "internal/hint", "internal/metricsimport", "internal/parquetfile", "internal/pattern", "internal/sentence", "internal/terminal", "logparse", "plan", "plan/draft", "plan/rules", "plan/trail", "report/chart", "report/page"},
	"cmd": {
		"internal/adopt", "internal/calendar", "internal/email", "internal/factcache", "internal/fault", "internal/gitrepo", "internal/hint", "internal/history", "internal/interrupt", "internal/linediff", "internal/logbook", "internal/lsp", "internal/metricsimport", "internal/plainfile", "internal/reply", "internal/scores", "internal/seal", "internal/sentence", "internal/sshsign", "internal/terminal",
		"logparse", "logparse/canonical", "logparse/merge", "plan", "plan/draft", "plan/rules", "plan/trail", "report", "templates",
	},
	"cmd/coachlog": {"cmd", "internal/terminal"},
}

// pure packages do no input or output.
var pure = []string{"logparse", "logparse/canonical", "logparse/merge", "plan", "plan/draft", "plan/rules", "plan/trail", "internal/adopt", "internal/assist", "internal/metricsimport", "internal/parquetfile", "internal/reply", "internal/scores"}

type listed struct {
	ImportPath string
	Imports    []string
}

func list(t *testing.T) map[string]listed {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := make(map[string]listed)
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p listed
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		packages[strings.TrimPrefix(p.ImportPath, module)] = p
	}
	return packages
}

// TestLayers holds the imports to the picture in architecture.md.
func TestLayers(t *testing.T) {
	packages := list(t)
	for name := range mayImport {
		if _, ok := packages[name]; !ok {
			t.Errorf("there is no package %s", name)
		}
	}
	for name, p := range packages {
		allowed, known := mayImport[name]
		if !known && name != "docs" && !strings.HasPrefix(name, "bench/") {
			t.Errorf("package %s has no place in the architecture", name)
		}
		for _, path := range p.Imports {
			if own, ok := strings.CutPrefix(path, module); ok && known && !slices.Contains(allowed, own) {
				t.Errorf("%s imports %s", name, own)
			}
			forbidden := path == "os" || strings.HasPrefix(path, "os/") || strings.HasPrefix(path, "net") || path == "io/fs" || path == "path/filepath" ||
				strings.HasPrefix(path, "github.com/go-git/") || strings.HasPrefix(path, "github.com/spf13/")
			if slices.Contains(pure, name) && forbidden {
				t.Errorf("%s imports %s, and is to do no input or output", name, path)
			}
			if strings.HasPrefix(path, "gopkg.in/yaml.v3") && known && name != "logparse" {
				t.Errorf("%s imports %s", name, path)
			}
			if strings.HasPrefix(path, "github.com/go-git/") && known && name != "internal/gitrepo" {
				t.Errorf("%s imports %s", name, path)
			}
		}
	}
}

// TestNoClock holds the pure packages to having no clock: today is a parameter.
func TestNoClock(t *testing.T) {
	for _, name := range pure {
		out, err := exec.Command("grep", "-rnE", `time\.(Now|Since|Until|After|Tick)\(`, "../"+name, "--include=*.go", "--exclude=*_test.go").Output()
		if len(out) > 0 || err == nil {
			t.Errorf("%s reads a clock:\n%s", name, out)
		}
	}
}

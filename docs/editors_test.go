package docs_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
)

const extension = "../editors/vscode"

// TestExtensionFiles holds together what is said in several places of VS Code's extension.
func TestExtensionFiles(t *testing.T) {
	var manifest struct {
		Version         string
		Files           []string
		DevDependencies map[string]string
		Capabilities    struct {
			UntrustedWorkspaces struct{ RestrictedConfigurations []string }
		}
		Contributes struct {
			Configuration struct {
				Properties map[string]struct{ Scope string }
			}
			Grammars []struct{ ScopeName, Path string }
		}
	}
	readJSON(t, "package.json", &manifest)
	const path = "coachlog.path"
	if scope := manifest.Contributes.Configuration.Properties[path].Scope; scope != "machine" {
		t.Errorf("%s has the scope %q: a repository could name a program", path, scope)
	}
	if restricted := manifest.Capabilities.UntrustedWorkspaces.RestrictedConfigurations; !slices.Contains(restricted, path) {
		t.Errorf("%s is not among %q", path, restricted)
	}
	for _, grammar := range manifest.Contributes.Grammars {
		var file struct{ ScopeName string }
		readJSON(t, grammar.Path, &file)
		if file.ScopeName != grammar.ScopeName {
			t.Errorf("%s is for %q and not %q", grammar.Path, file.ScopeName, grammar.ScopeName)
		}
	}
	var lock struct {
		Packages map[string]struct{ Version string }
	}
	readJSON(t, "package-lock.json", &lock)
	page := string(extensionFile(t, "../../docs/dependencies.md"))
	for name, version := range manifest.DevDependencies {
		if locked := lock.Packages["node_modules/"+name].Version; locked != version {
			t.Errorf("%s is asked for as %s, and locked as %s", name, version, locked)
		}
		if !strings.Contains(page, name) {
			t.Errorf("docs/dependencies.md has nothing about %s", name)
		}
	}
	if !bytes.Equal(extensionFile(t, "LICENSE"), extensionFile(t, "../../LICENSE")) {
		t.Error("its licence is not that of coachlog")
	}
	for file, words := range map[string]string{"CHANGELOG.md": "## " + manifest.Version + "\n", "README.md": "coachlog-" + manifest.Version + ".vsix"} {
		if !strings.Contains(string(extensionFile(t, file)), words) {
			t.Errorf("%s doesn't have %q", file, words)
		}
	}
}

func extensionFile(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(extension, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(extensionFile(t, name), into); err != nil {
		t.Fatal(name, err)
	}
}

// TestExtension checks, bundles and packages the extension, with its own tests: VS Code's
// client against a server, and VS Code's tokenizer. COACHLOG_VSCODE is a folder with its packages.
func TestExtension(t *testing.T) {
	packages := filepath.Join(os.Getenv("COACHLOG_VSCODE"), "node_modules")
	if _, err := os.Stat(packages); err != nil || !filepath.IsAbs(packages) {
		if os.Getenv("COACHLOG_CI") != "" {
			t.Fatal("COACHLOG_VSCODE names no folder that npm ci was run in")
		}
		t.Skip("COACHLOG_VSCODE names no folder that npm ci was run in")
	}
	dir := t.TempDir()
	copyExtension(t, dir)
	if err := os.Symlink(packages, filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	examples, err := filepath.Abs("../examples")
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"run", "package", "--", "--out", "coachlog.vsix"}, {"test"}} {
		c := exec.Command("npm", command...)
		c.Dir, c.Env = dir, append(os.Environ(), "COACHLOG_EXAMPLES="+examples)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("npm %s: %v\n%s", strings.Join(command, " "), err, out)
		}
	}
	want := []string{
		"LICENSE.txt", "changelog.md", "out/extension.js", "out/third-party-licences.txt", "package.json", "readme.md",
		"syntaxes/coachlog.tmLanguage.json", "syntaxes/confidential.tmLanguage.json",
	}
	if diff := cmp.Diff(want, packaged(t, filepath.Join(dir, "coachlog.vsix"))); diff != "" {
		t.Errorf("the package, -want +got:\n%s", diff)
	}
}

// copyExtension copies the extension without what npm and its build have made.
func copyExtension(t *testing.T, dir string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(extension), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dir, name)
		switch {
		case name == "node_modules" || name == "out":
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(to, 0o755)
		}
		return os.WriteFile(to, extensionFile(t, name), 0o755)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// packaged are the files of an extension's package.
func packaged(t *testing.T, file string) (names []string) {
	t.Helper()
	archive, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for _, f := range archive.File {
		if name, ok := strings.CutPrefix(f.Name, "extension/"); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// TestObsidianTemplate: what Obsidian writes of the template that its page shows is a log.
func TestObsidianTemplate(t *testing.T) {
	page := string(extensionFile(t, "../obsidian.md"))
	_, template, _ := strings.Cut(page, "```markdown\n")
	template, _, found := strings.Cut(template, "```\n")
	text := strings.ReplaceAll(template, "{{date:D MMMM YYYY}}", "6 July 2026")
	if !found || strings.Contains(text, "{{") || text == template {
		t.Fatalf("the page shows no template with a date: %q", template)
	}
	log := logparse.Parse("people/ana/2026-07-06.md", []byte(text), logparse.Headings{})
	if log.Session == nil || log.Session.Status.V != "held" || len(log.Diagnostics) > 0 {
		t.Errorf("it isn't read as a held session: %+v, %v", log.Session, log.Diagnostics)
	}
}

package gitrepo

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestFilterRules: no path to which git gives a filter is taken for one without.
func TestFilterRules(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementations[0])
	names := []string{"a.md", "people/a.md", "people/rep1/a.md", "People/rep1/A.MD", "other/people/a.md", "people/rep1/b.csv", "people/a b/c.md"}
	patterns := []string{
		"*", "*.md", "/a.md", "a.md", "people/**", "/people/**/*.md", "people/*.md", "**/rep1/*", "pe*le/rep1/*", "rep1/*.md", "*.csv",
		"people/rep1/", "[ap]*", `people/\rep1/a.md`, `"people/a b/*"`, "people", "other/**/a.md",
	}
	given := 0
	for _, dir := range []string{".", "people"} {
		for _, pattern := range patterns {
			text := "[attr]unused text\n# * filter=no\n" + pattern + " -text filter=mine\n"
			file := strings.TrimPrefix(dir+"/.gitattributes", "./")
			f.write(file, text)
			reader := &filterReader{repo: f.find()}
			reader.addRules(dir, []byte(text))
			if len(reader.rules) != 1 || reader.rules[0].filter != "mine" {
				t.Errorf("%s: rules %+v", pattern, reader.rules)
				continue
			}
			byGit := f.find().filterReader()
			for _, name := range names {
				now, err := byGit.attributes(name)
				if err != nil {
					t.Fatal(err)
				}
				if now.filter == "" {
					continue
				}
				given++
				if !reader.rules[0].mayMatch(name) {
					t.Errorf("%s in %s gives %s a filter, by git", pattern, file, name)
				}
			}
			f.remove(file)
		}
	}
	if given < 20 {
		t.Errorf("git gave a filter %d times, so little was tried", given)
	}
	for _, c := range [][3]string{{".", "*.png", "people/a.md"}, {".", "assets/**", "people/a.md"}, {"assets", "*", "people/a.md"}} {
		if (attributeRule{dir: c[0], pattern: c[1]}).mayMatch(c[2]) {
			t.Errorf("%s in %s is held for one that may mean %s", c[1], c[0], c[2])
		}
	}
}

// TestCheckedOut: a text is read with the filter that it is stored with, on every side of
// a merge, and nothing is read where the filter can't be undone.
func TestCheckedOut(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementations[0])
	f.git("config", "filter.rot.clean", "tr a-z b-za")
	f.git("config", "filter.rot.smudge", "tr b-za a-z")
	commit := func(name, text string) {
		f.write(name, text)
		f.git("add", name)
		f.git("commit", "-q", "--allow-empty", "-m", name)
	}
	commit("people/plain.md", "a plain text\n")
	f.git("switch", "-qc", "side")
	commit("people/side.md", "the side's text\n")
	f.git("switch", "-q", "-")
	commit(".gitattributes", "*.md filter=rot\n")
	commit("people/hidden.md", "a hidden text\n")
	f.git("merge", "-q", "--no-ff", "-m", "merge", "side")
	commit("people/after.md", "after the merge\n")
	f.git("rm", "-q", ".gitattributes")
	f.git("commit", "-qm", "given up")
	commit("people/last.md", "in the clear\n")

	want := map[string]string{
		"people/plain.md": "a plain text\n", "people/side.md": "the side's text\n", "people/hidden.md": "a hidden text\n",
		"people/after.md": "after the merge\n", "people/last.md": "in the clear\n",
	}
	stored := 0
	for name, text := range want {
		if f.git("show", "HEAD:"+name) != strings.TrimSpace(text) {
			stored++
		}
	}
	if stored != 2 {
		t.Fatalf("%d texts are hidden, so the test is none", stored)
	}
	read := func(r *Repo) error {
		r.ReadsAs(func(_ string, text []byte) bool {
			return strings.Contains(string(text), " the ") || strings.Contains(string(text), "text")
		})
		h, err := r.History(HistoryOptions{Paths: []string{"people"}})
		if err != nil {
			t.Fatal(err)
		}
		files, err := h.FilesAt(h.Head, "people")
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range want {
			got, textErr := h.Text(name, files[name])
			if textErr == nil && string(got) != text {
				t.Errorf("%s: %q, want %q", name, got, text)
			}
			err = errors.Join(err, textErr)
		}
		return err
	}
	if err := read(f.find()); err != nil {
		t.Error(err)
	}
	withoutGit := f.find()
	withoutGit.native = nil
	f.refusesFiltered("which only the git program handles", read(withoutGit))
	f.git("config", "--unset", "filter.rot.smudge")
	f.git("config", "--unset", "filter.rot.clean")
	f.refusesFiltered("which is not set up in this clone", read(f.find()))
}

// TestGivenUp: a filter of the past that nobody has set up keeps no plain text from being
// read, also one that reads as nothing.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	f := newFixture(t, implementations[0])
	for _, files := range [][2]string{{".gitattributes", "*.md filter=gone\n"}, {".gitattributes", "# nothing\n"}, {"a.md", "whole: some words of it\n"}, {"a.md", "broken: some words of it\n"}, {"a.md", "jipmf: tpnf xpset pg ju\n"}} {
		f.write(files[0], files[1])
		f.git("add", files[0])
		f.git("commit", "-qm", files[1])
	}
	r := f.find()
	r.ReadsAs(func(_ string, text []byte) bool { return strings.HasPrefix(string(text), "whole") })
	h, err := r.History(HistoryOptions{Paths: []string{"a.md"}})
	if err != nil {
		t.Fatal(err)
	}
	if text, err := h.TextIn(h.Records[1], "a.md"); err != nil || !strings.HasPrefix(string(text), "broken") {
		t.Errorf("%q, %v", text, err)
	}
	_, err = h.TextIn(h.Records[0], "a.md")
	f.refusesFiltered("which is not set up in this clone", err)
}

func (f *fixture) refusesFiltered(reason string, err error) {
	f.Helper()
	var refusal *Refusal
	if !errors.As(err, &refusal) || !refusal.Filtered || !strings.Contains(fmt.Sprint(err), reason) {
		f.Errorf("%v; want a refusal that says %q", err, reason)
	}
}

package logparse

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// tokenPrefixes are what the tokens of all documents start with.
func tokenPrefixes() (prefixes []string) {
	for _, kind := range slices.Concat(sessionTokens, planTokens) {
		if !slices.Contains(prefixes, kind.prefix) {
			prefixes = append(prefixes, kind.prefix)
		}
	}
	return prefixes
}

// TestColoursOfVSCode: VS Code colours the marks and tokens that are read, and no others.
func TestColoursOfVSCode(t *testing.T) {
	type rule struct{ Name, Match, Begin string }
	var grammar struct {
		Repository struct {
			Marks, Tokens struct{ Patterns []rule }
			Tail          rule
		}
	}
	if err := json.Unmarshal(editorFile(t, "vscode/syntaxes/coachlog.tmLanguage.json"), &grammar); err != nil {
		t.Fatal(err)
	}
	boxes := make(map[string]string)
	for _, mark := range grammar.Repository.Marks.Patterns {
		name := strings.TrimSuffix(strings.TrimPrefix(mark.Name, "constant.language.mark."), ".coachlog")
		_, box, _ := strings.Cut(mark.Match, `{4})`)
		boxes[strings.ReplaceAll(name, "-", " ")] = strings.TrimSuffix(box, `(?=\s|$)`)
	}
	holdBoxes(t, boxes)
	any := `(?:` + strings.ReplaceAll(strings.Join(tokenPrefixes(), "|"), "^", `\^`) + `)\S+`
	if n := strings.Count(grammar.Repository.Tail.Begin, any); n != 2 {
		t.Errorf("%s is there %d times, not twice, in %s", any, n, grammar.Repository.Tail.Begin)
	}
	var coloured []string
	for _, token := range grammar.Repository.Tokens.Patterns {
		coloured = append(coloured, prefixesIn(token.Match)...)
	}
	holdPrefixes(t, coloured)
}

// TestColoursOfVim: and so do Vim and Neovim.
func TestColoursOfVim(t *testing.T) {
	boxes := make(map[string]string)
	var coloured []string
	for _, m := range regexp.MustCompile(`(?m)^syntax match coachlog(\w+) +/(.*)/`).FindAllStringSubmatch(string(editorFile(t, "nvim/after/syntax/markdown.vim")), -1) {
		group, pattern := m[1], m[2]
		_, box, isMark := strings.Cut(pattern, `\s\+\)\@<=\[`)
		switch {
		case isMark:
			name := strings.ToLower(strings.Replace(group, "NotDone", "not done", 1))
			boxes[name] = `\[` + strings.TrimSuffix(box, `\%(\s\|$\)\@=`)
		case group == "Tail":
			any := `\%(` + strings.ReplaceAll(strings.Join(tokenPrefixes(), `\|`), "^", `\^`) + `\)\S\+`
			if n := strings.Count(pattern, any); n != 2 {
				t.Errorf("%s is there %d times, not twice, in %s", any, n, pattern)
			}
		case group == "Id" || group == "Person" || group == "Key":
			_, token, _ := strings.Cut(pattern, `\@1<=`)
			coloured = append(coloured, prefixesIn(strings.ReplaceAll(token, `\@=`, ""))...)
		}
	}
	holdBoxes(t, boxes)
	holdPrefixes(t, coloured)
}

func editorFile(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("../editors/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// holdBoxes compares expressions for checkboxes, by state, with what is read.
func holdBoxes(t *testing.T, boxes map[string]string) {
	t.Helper()
	for state, name := range stateNames {
		if state == Plain || state == Unknown {
			continue
		}
		box, err := regexp.Compile("^" + boxes[name] + "$")
		if err != nil || boxes[name] == "" {
			t.Errorf("%s has no colour: %v", name, err)
			continue
		}
		for mark := ' '; mark <= '~'; mark++ {
			if got, want := box.MatchString("["+string(mark)+"]"), stateOf(mark) == state; got != want {
				t.Errorf("[%c] is coloured as %s: %v, and read as it: %v", mark, name, got, want)
			}
		}
		delete(boxes, name)
	}
	if len(boxes) > 0 {
		t.Errorf("no mark is read as %v", boxes)
	}
}

func prefixesIn(expression string) []string {
	var found []string
	for _, prefix := range regexp.MustCompile(`\\\^|@|[a-z]+:`).FindAllString(expression, -1) {
		found = append(found, strings.TrimPrefix(prefix, `\`))
	}
	return found
}

func holdPrefixes(t *testing.T, coloured []string) {
	t.Helper()
	read := tokenPrefixes()
	slices.Sort(read)
	slices.Sort(coloured)
	if !slices.Equal(coloured, read) {
		t.Errorf("coloured are %q, and read are %q", coloured, read)
	}
}

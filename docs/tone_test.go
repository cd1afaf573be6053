package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// harsh are words that blame, order about or threaten.
var harsh = regexp.MustCompile(`(?i)\b(you (must|failed|forgot|should have|neglected|didn't)|must not|illegal|invalid|forbidden|stupid|lazy|violat\w+|punish\w*|penal\w+|disciplin\w+|unacceptable|poor (performance|performer)|underperform\w*|worst|blame\w*|fault of|guilty|failure|excuse)\b`)

// kindly are texts in which one of these words means well.
var kindly = []string{
	"one dip is never a failure",               // method 11
	"no message or page reads as a punishment", // method 50
}

// TestTone reads everything that coachlog says, each text of two words and more in
// the source and each template, and finds words that none of it uses (method 50).
func TestTone(t *testing.T) {
	check := func(where, text string) {
		if word := harsh.FindString(text); word != "" && !slices.ContainsFunc(kindly, func(k string) bool { return strings.Contains(text, k) }) {
			t.Errorf("%s says %q: %s", where, word, text)
		}
	}
	for _, file := range messages(t) {
		for _, text := range file.texts {
			check(file.name, text)
		}
	}
	templates, err := filepath.Glob("../templates/*.*")
	if err != nil || len(templates) == 0 {
		t.Fatal("no templates", err)
	}
	for _, name := range templates {
		if filepath.Ext(name) == ".go" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		check(name, string(text))
	}
	if !harsh.MatchString("You failed to follow up") || harsh.MatchString("What stood in the way?") {
		t.Error("the words are not found")
	}
}

type messageFile struct {
	name  string
	texts []string
}

// spoken are the folders whose programs speak to users.
var spoken = []string{"cmd", "internal", "logparse", "plan", "report", "templates"}

// messages are the string literals of two words and more, by file.
func messages(t *testing.T) []messageFile {
	var files []messageFile
	for _, dir := range spoken {
		err := filepath.WalkDir(filepath.Join("..", dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
				return err
			}
			if strings.HasSuffix(filepath.ToSlash(path), "adopt/words.go") {
				return nil // words that are looked for in notes, and never said
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			if texts := textsOf(parsed); len(texts) > 0 {
				files = append(files, messageFile{filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator))), texts})
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

var twoWords = regexp.MustCompile(`[\pL\pN]{2,}.* .*[\pL\pN]`)

func textsOf(file *ast.File) []string {
	var texts []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			return n.Tag == nil
		case *ast.CallExpr:
			// Regular expressions are no messages.
			switch f := n.Fun.(type) {
			case *ast.Ident:
				return f.Name != "pattern"
			case *ast.SelectorExpr:
				return f.Sel.Name != "MustCompile"
			}
		case *ast.BasicLit:
			text, err := strconv.Unquote(n.Value)
			if n.Kind == token.STRING && err == nil && twoWords.MatchString(text) && !slices.Contains(texts, text) {
				texts = append(texts, strings.TrimSpace(text))
			}
		}
		return true
	})
	return texts
}

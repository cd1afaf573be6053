package logparse

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	text, err := os.ReadFile("testdata/completed.md")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Parse("people/rep1/2026-07-06.md", text, Headings{})
	}
}

// BenchmarkParseLogs parses many logs that differ, one at a time.
func BenchmarkParseLogs(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "book")
	if out, err := exec.Command("go", "run", "../bench/generate", "-logs", "200", "-dir", dir).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	var paths []string
	var texts [][]byte
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasPrefix(filepath.Base(path), "20") {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		paths, texts = append(paths, filepath.ToSlash(name)), append(texts, text)
		return err
	})
	if err != nil || len(texts) == 0 {
		b.Fatalf("%d logs: %v", len(texts), err)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Parse(paths[i%len(paths)], texts[i%len(texts)], Headings{})
	}
}

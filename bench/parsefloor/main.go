// Parsefloor is what reading a logbook is measured against: it parses every
// markdown file below a folder with all of goldmark that logs are written in, and
// the front matter with yaml.v3, and keeps nothing.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"gopkg.in/yaml.v3"
)

func main() {
	jobs := flag.Int("j", runtime.GOMAXPROCS(0), "how many files are parsed at once")
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := parseAll(flag.Arg(0), *jobs); err != nil {
		fmt.Fprintln(os.Stderr, "parsefloor:", err)
		os.Exit(1)
	}
}

// parseAll parses the markdown files below dir and says how many nodes they have.
func parseAll(dir string, jobs int) error {
	var names []string
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && strings.HasSuffix(name, ".md") {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return err
	}
	var nodes atomic.Int64
	var first atomic.Pointer[error]
	var wait sync.WaitGroup
	for job := range jobs {
		wait.Go(func() {
			markdown := goldmark.New(goldmark.WithExtensions(extension.TaskList, extension.Table))
			for i := job; i < len(names); i += jobs {
				n, err := parse(markdown, names[i])
				if err != nil {
					first.CompareAndSwap(nil, &err)
				}
				nodes.Add(int64(n))
			}
		})
	}
	wait.Wait()
	if err := first.Load(); err != nil {
		return *err
	}
	fmt.Printf("%d files, %d nodes\n", len(names), nodes.Load())
	return nil
}

func parse(markdown goldmark.Markdown, name string) (nodes int, err error) {
	source, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	if rest, ok := bytes.CutPrefix(source, []byte("---\n")); ok {
		front, body, _ := bytes.Cut(rest, []byte("\n---\n"))
		var node yaml.Node
		if err := yaml.Unmarshal(front, &node); err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		source = body
	}
	root := markdown.Parser().Parse(text.NewReader(source))
	err = ast.Walk(root, func(_ ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			nodes++
		}
		return ast.WalkContinue, nil
	})
	return nodes, err
}

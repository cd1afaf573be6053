// Floor is what coachlog's start-up is measured against: the least that a program
// costs that links the libraries which coachlog can't do without. It prints a
// line; the flags are there so that the linker keeps what they call.
package main

import (
	"fmt"
	"os"

	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/spf13/cobra"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/text"
	"gopkg.in/yaml.v3"
)

func main() {
	var head, markdown, settings string
	c := &cobra.Command{
		Use:          "floor",
		Args:         cobra.NoArgs,
		SilenceUsage: true,
		RunE: func(*cobra.Command, []string) error {
			switch {
			case head != "":
				ref, err := filesystem.NewStorage(osfs.New(head), cache.NewObjectLRUDefault()).Reference(plumbing.HEAD)
				fmt.Println(ref)
				return err
			case markdown != "":
				fmt.Println(goldmark.DefaultParser().Parse(text.NewReader([]byte(markdown))).ChildCount())
			case settings != "":
				var node yaml.Node
				return yaml.Unmarshal([]byte(settings), &node)
			default:
				fmt.Println("floor")
			}
			return nil
		},
	}
	c.Flags().StringVar(&head, "head", "", "read HEAD of a `git folder`")
	c.Flags().StringVar(&markdown, "markdown", "", "parse a `text`")
	c.Flags().StringVar(&settings, "settings", "", "parse some `YAML`")
	if c.Execute() != nil {
		os.Exit(1)
	}
}

package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/templates"
)

type initOptions struct {
	*app
	hook bool
}

// workflowPath is where a forge looks for the workflow.
const workflowPath = ".github/workflows/coachlog.yml"

func newInit(app *app) *cobra.Command {
	o := &initOptions{app: app}
	c := &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Start a logbook",
		Long: `init makes a folder a logbook: a git repository, unless the folder lies in one, and
the files coachlog.yaml, README.md and a workflow that runs the lint. A file that
is there already stays as it is, so init can be run again at any time.`,
		Example: `  coachlog init team
  coachlog init --hook                 in this folder, with a pre-commit hook`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(args)
		},
	}
	c.Flags().BoolVar(&o.hook, "hook", false, "also install a pre-commit hook that runs the lint")
	return c
}

func (o *initOptions) run(args []string) error {
	target := o.dir
	if len(args) > 0 {
		target = filepath.Join(o.dir, args[0])
		if filepath.IsAbs(args[0]) {
			target = args[0]
		}
	}
	if target == "" {
		target = "."
	}
	if err := os.MkdirAll(target, 0o755); err != nil {
		return fmt.Errorf("%s can't be made a logbook: there is a file in its way, or no permission (%w)", target, err)
	}
	dir, err := logbook.Open(target)
	if err != nil {
		return err
	}
	repo, prefix, err := o.repository(dir)
	if err != nil {
		return err
	}
	for _, file := range []struct{ name, template string }{
		{logbook.SettingsName, "coachlog.yaml"}, {"README.md", "README.md"}, {workflowPath, "coachlog.yml"},
	} {
		if file.name == workflowPath && prefix != "." {
			fmt.Fprintf(o.Out, "  left out  %s: the repository starts at %s; coachlog templates show coachlog.yml prints it\n", workflowPath, repo.Root())
			continue
		}
		if err := o.write(dir, file.name, file.template); err != nil {
			return err
		}
	}
	if o.hook {
		if err := o.installHook(repo); err != nil {
			return err
		}
	}
	fmt.Fprintf(o.Out, "\nThe logbook is in %s. Next:\n  coachlog new person ID\n  coachlog new session ID\n  coachlog commit\n", dir.Path)
	return nil
}

// repository finds the repository that the logbook lies in, or makes one.
func (o *initOptions) repository(dir *logbook.Dir) (*gitrepo.Repo, string, error) {
	repo, prefix, err := repositoryOf(dir)
	if err == nil {
		fmt.Fprintf(o.Out, "  found     the git repository %s\n", repo.Root())
		return repo, prefix, nil
	}
	if !errors.Is(err, gitrepo.ErrNoRepository) {
		return nil, "", err
	}
	if err := gitrepo.Init(dir.Path); err != nil {
		return nil, "", err
	}
	fmt.Fprintf(o.Out, "  created   a git repository\n")
	return repositoryOf(dir)
}

func (o *initOptions) write(dir *logbook.Dir, name, template string) error {
	text, err := templates.Text(template)
	if err != nil {
		return err
	}
	err = dir.Create(name, text, 0o644)
	switch {
	case errors.Is(err, logbook.ErrExists):
		fmt.Fprintf(o.Out, "  kept      %s\n", name)
		return nil
	case err != nil:
		return fmt.Errorf("%s can't be written: %w", name, err)
	}
	fmt.Fprintf(o.Out, "  created   %s\n", name)
	return nil
}

// installHook writes the pre-commit hook, unless there is one.
func (o *initOptions) installHook(repo *gitrepo.Repo) error {
	hooks, err := repo.HooksDir()
	if err != nil {
		return err
	}
	text, err := templates.Text("pre-commit")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(hooks, 0o755); err != nil {
		return err
	}
	dir, err := logbook.Open(hooks)
	if err != nil {
		return err
	}
	err = dir.Create("pre-commit", text, 0o755)
	switch {
	case errors.Is(err, fs.ErrExist):
		fmt.Fprintf(o.Out, "  kept      the pre-commit hook that is there; to run the lint too, add to it: coachlog lint\n")
		return nil
	case err != nil:
		return err
	}
	fmt.Fprintf(o.Out, "  created   the pre-commit hook\n")
	return nil
}

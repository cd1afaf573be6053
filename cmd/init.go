package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/templates"
)

type initOptions struct {
	*app
	hook        bool
	mergeDriver bool
}

// workflowPath is where a forge looks for the workflow.
const workflowPath = ".github/workflows/coachlog.yml"

// attributesPath is where git looks for what to do with which files.
const attributesPath = ".gitattributes"

func newInit(app *app) *cobra.Command {
	o := &initOptions{app: app}
	c := &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Start a logbook",
		Long: `init makes a folder a logbook: a git repository, unless the folder lies in one, and
the files coachlog.yaml, README.md and a workflow that runs the lint. A file that
is there already stays as it is, so init can be run again at any time.

With --hook, git lints the logbook before each commit, in this clone. The hook goes
into this repository's own git folder and nowhere else: where core.hooksPath names
another one, which other repositories or other people use too, init says which line
to add there. A hook that is there already stays as it is.

With --merge-driver, git merges two people's changes to one log item by item
(coachlog merge-driver --help). In a logbook that is there already, this flag adds
only that; each clone needs it once.`,
		Example: `  coachlog init team
  coachlog init --hook                 in this folder, with a pre-commit hook
  coachlog init --merge-driver         for two who write in one logbook`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return o.run(args)
		},
	}
	c.Flags().BoolVar(&o.hook, "hook", false, "also install a pre-commit hook that runs the lint")
	c.Flags().BoolVar(&o.mergeDriver, "merge-driver", false, "also have git merge logs item by item")
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
	if o.mergeDriver {
		if dir := o.existing(target, len(args) > 0); dir != nil {
			return o.wire(dir)
		}
	}
	if err := os.MkdirAll(target, 0o755); err != nil {
		return fmt.Errorf("%s can't be made a logbook: there is a file in its way, or no permission (%w)", target, err)
	}
	dir, err := logbook.Open(target)
	if err != nil {
		return err
	}
	unlock, err := dir.Lock() // two at once make one repository
	if err != nil {
		return err
	}
	defer unlock()
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
	if o.mergeDriver {
		if err := o.installMergeDriver(dir, repo); err != nil {
			return err
		}
	}
	if o.hook {
		if err := o.installHook(repo, prefix); err != nil {
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

// existing is the logbook in the target, or, where no folder was named, the one
// that holds this folder; nil where there is none.
func (o *initOptions) existing(target string, named bool) *logbook.Dir {
	if named {
		if dir, err := logbook.Open(target); err == nil && dir.Exists(logbook.SettingsName) {
			return dir
		}
		return nil
	}
	if dir, err := logbook.Find(o.folder()); err == nil {
		return dir
	}
	return nil
}

// wire adds what flags ask for to a logbook that is there already.
func (o *initOptions) wire(dir *logbook.Dir) error {
	unlock, err := dir.Lock()
	if err != nil {
		return err
	}
	defer unlock()
	repo, prefix, err := o.repository(dir)
	if err != nil {
		return err
	}
	if err := o.installMergeDriver(dir, repo); err != nil || !o.hook {
		return err
	}
	return o.installHook(repo, prefix)
}

// installMergeDriver has git merge this logbook's logs by coachlog: a line that
// is recorded with the logbook, and a setting of this clone.
func (o *initOptions) installMergeDriver(dir *logbook.Dir, repo *gitrepo.Repo) error {
	done, err := addAttribute(dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.Out, "  %-9s %s: %s\n", done, attributesPath, driverAttribute)
	if command, err := repo.MergeDriver(driverName); err == nil && command == driverCommand {
		fmt.Fprintf(o.Out, "  kept      this clone's setting merge.%s.driver\n", driverName)
		return nil
	}
	if err := repo.SetMergeDriver(driverName, driverTitle, driverCommand); err != nil {
		return err
	}
	fmt.Fprintf(o.Out, "  set       merge.%s.driver, in this clone only: whoever else has one runs coachlog init --merge-driver too\n", driverName)
	return nil
}

// addAttribute adds the line that names the driver, unless it is there.
func addAttribute(dir *logbook.Dir) (done string, err error) {
	text, err := dir.ReadFile(attributesPath)
	if noSuchFile(err) {
		return "created", dir.Create(attributesPath, []byte(driverAttribute+"\n"), 0o644)
	}
	if err != nil {
		return "", fmt.Errorf("%s can't be read: %w", attributesPath, err)
	}
	if namesDriver(text) {
		return "kept", nil
	}
	eol := "\n"
	if bytes.Contains(text, []byte("\r\n")) {
		eol = "\r\n"
	}
	added := string(text)
	if added != "" && !strings.HasSuffix(added, "\n") {
		added += eol
	}
	return "added to", dir.Replace(attributesPath, text, []byte(added+driverAttribute+eol))
}

// namesDriver says whether attributes have logs merged by coachlog.
func namesDriver(attributes []byte) bool {
	for line := range strings.Lines(string(attributes)) {
		fields := strings.Fields(line)
		if len(fields) > 1 && fields[0] == "people/**/*.md" && slices.Contains(fields[1:], "merge="+driverName) {
			return true
		}
	}
	return false
}

package cmd

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/templates"
)

type initOptions struct {
	*app
	hook        bool
	mergeDriver bool
}

func newInit(app *app) *cobra.Command {
	o := &initOptions{app: app}
	c := &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Start a logbook",
		Long: `init turns a folder into a logbook: a git repository, unless the folder is already in
one, and the files coachlog.yaml, README.md, a workflow that runs the lint, and two
that tell editors and formatters how to write logs (docs/beside.md). Files that exist
stay as they are, so you can run init again at any time.

With --hook, git lints the logbook before each commit, in this clone. The hook goes
into this repository's own git folder and nowhere else: if core.hooksPath names
another folder, which other repositories or people may share, init prints the line
to add there. An existing hook stays as it is; for husky, lefthook and pre-commit,
init prints what to add to their own files.

With --merge-driver, git merges two people's changes to one log item by item
(coachlog merge-driver --help). In an existing logbook this flag adds only that;
each clone needs it once.`,
		Example: `  coachlog init team
  coachlog init --hook                 in this folder, with a pre-commit hook
  coachlog init --merge-driver         for two people who write in one logbook`,
		Args: cobra.MaximumNArgs(1),
		RunE: o.run,
	}
	c.Flags().BoolVar(&o.hook, "hook", false, "also install a pre-commit hook that runs the lint")
	c.Flags().BoolVar(&o.mergeDriver, "merge-driver", false, "also have git merge logs item by item")
	return c
}

func (o *initOptions) run(_ *cobra.Command, args []string) error {
	target := cmp.Or(o.dir, ".")
	if len(args) > 0 {
		target = filepath.Join(o.dir, args[0])
		if filepath.IsAbs(args[0]) {
			target = args[0]
		}
	}
	if o.mergeDriver {
		if dir := o.existing(target, len(args) > 0); dir != nil {
			return o.setUp(dir, false)
		}
	}
	if err := os.MkdirAll(target, 0o755); err != nil {
		return fmt.Errorf("%s can't be made a logbook: a file is in the way, or you have no permission (%w)", target, err)
	}
	dir, err := logbook.Open(target)
	if err != nil {
		return err
	}
	if err := o.setUp(dir, true); err != nil {
		return err
	}
	fmt.Fprintf(o.Out, "\nThe logbook is in %s. Next:\n  coachlog new person ID\n  coachlog new session ID\n  coachlog commit\n", dir.Path)
	return nil
}

// existing is the logbook in the target, or, where no folder was named, the one
// that holds this folder; nil where there is none.
func (o *initOptions) existing(target string, named bool) *logbook.Dir {
	if !named {
		dir, _ := logbook.Find(o.folder())
		return dir
	}
	if dir, err := logbook.Open(target); err == nil && dir.Exists(logbook.SettingsName) {
		return dir
	}
	return nil
}

// setUp gives a logbook its repository, its files unless it is an existing one, and what flags
// ask for.
func (o *initOptions) setUp(dir *logbook.Dir, files bool) error {
	if err := o.checkFormat(dir.Path, dir.Settings()); err != nil {
		return err
	}
	if _, err := o.lockFolder(dir); err != nil { // two at once make one repository
		return err
	}
	defer o.giveBack()
	repo, err := o.repository(dir)
	if err != nil {
		return err
	}
	if files {
		if err := o.writeFiles(dir, repo); err != nil {
			return err
		}
	}
	if o.mergeDriver {
		if err := o.installMergeDriver(dir, repo); err != nil {
			return err
		}
	}
	if o.hook {
		return o.installHook(repo)
	}
	return nil
}

// did says what was done about a part of the logbook.
func (o *initOptions) did(what, about string) {
	fmt.Fprintf(o.Out, "  %-9s %s\n", what, about)
}

// repository finds the repository that the logbook is in, or makes one.
func (o *initOptions) repository(dir *logbook.Dir) (*history.Repo, error) {
	repo, err := history.Find(dir)
	switch {
	case err == nil:
		o.did("found", "the git repository "+repo.Root())
	case errors.Is(err, gitrepo.ErrNoRepository):
		if err := gitrepo.Init(dir.Path); err != nil {
			return nil, err
		}
		o.did("created", "a git repository")
		return history.Find(dir)
	}
	return repo, err
}

// writeFiles writes the files of a logbook that aren't there yet.
func (o *initOptions) writeFiles(dir *logbook.Dir, repo *history.Repo) error {
	for _, name := range []string{logbook.SettingsName, logbook.ReadmeName, logbook.WorkflowPath, logbook.EditorsName, logbook.RemarkName} {
		if name == logbook.WorkflowPath && repo.Prefix != "." {
			o.did("left out", name+": the repository starts at "+repo.Root()+"; coachlog templates show coachlog.yml prints it")
			continue
		}
		text, err := templates.Text(path.Base(name))
		if err != nil {
			return err
		}
		err = dir.Create(name, text, 0o644)
		switch {
		case errors.Is(err, logbook.ErrExists):
			o.did("kept", name)
		case err != nil:
			return err
		default:
			o.did("created", name)
		}
	}
	return nil
}

// installMergeDriver has git merge this logbook's logs by coachlog: a line that
// is recorded with the logbook, and a setting of this clone.
func (o *initOptions) installMergeDriver(dir *logbook.Dir, repo *history.Repo) error {
	done, err := addAttribute(dir)
	if err != nil {
		return err
	}
	o.did(done, logbook.AttributesPath+": "+driverAttribute)
	if command, err := repo.MergeDriver(driverName); err == nil && command == driverCommand {
		o.did("kept", "this clone's setting merge."+driverName+".driver")
		return nil
	}
	if err := repo.SetMergeDriver(driverName, driverTitle, driverCommand); err != nil {
		return err
	}
	o.did("set", "merge."+driverName+".driver, in this clone only; in every other clone, run coachlog init --merge-driver too")
	return nil
}

// addAttribute adds the line that names the driver, unless it is there.
func addAttribute(dir *logbook.Dir) (done string, err error) {
	text, err := dir.ReadFile(logbook.AttributesPath)
	if noSuchFile(err) {
		return "created", dir.Create(logbook.AttributesPath, []byte(driverAttribute+"\n"), 0o644)
	}
	if err != nil {
		return "", fmt.Errorf("%s can't be read: %w", logbook.AttributesPath, err)
	}
	if namesDriver(text) {
		return "kept", nil
	}
	line := driverAttribute + "\n"
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		line = "\n" + line
	}
	return "added to", dir.Replace(logbook.AttributesPath, text, slices.Concat(text, gitrepo.WithLineEnds([]byte(line), text)))
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

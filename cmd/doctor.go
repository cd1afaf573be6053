package cmd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

type doctorOptions struct {
	*app
	problems int
}

func newDoctor(app *app) *cobra.Command {
	o := &doctorOptions{app: app}
	forMaintainers := false
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Find what is wrong with the set-up, and how to fix it",
		Long: `doctor looks at the logbook's folder, its settings and files, the git repository
and the editor. It ends with 1 if something needs fixing. What a coachlog that was
killed has left, it finishes or removes itself.

--report prints what helps to fix a bug in coachlog: versions, counts, which settings
are used, and which checks find something. It has no words, names, ids or paths of
yours, so you can send it as it is. It changes nothing.`,
		Example: `  coachlog doctor
  coachlog doctor --report             for an issue about coachlog`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if forMaintainers {
				return o.forMaintainers()
			}
			return o.run(c, args)
		},
	}
	c.Flags().BoolVar(&forMaintainers, "report", false, "print what helps to fix a bug, without anything of yours")
	return c
}

func (o *doctorOptions) good(format string, args ...any) {
	fmt.Fprintf(o.Out, "%s %s\n", o.OutStyle.Green("ok     "), terminal.Escape(fmt.Sprintf(format, args...)))
}

func (o *doctorOptions) note(summary, remedy string) {
	o.say(o.OutStyle.Cyan("note   "), summary, remedy)
}

func (o *doctorOptions) problem(summary, remedy string) {
	o.problems++
	o.say(o.OutStyle.Yellow("to fix "), summary, remedy)
}

func (o *doctorOptions) say(kind, summary, remedy string) {
	fmt.Fprintf(o.Out, "%s %s\n        %s\n", kind, terminal.Escape(summary), terminal.Escape(remedy))
}

func (o *doctorOptions) run(*cobra.Command, []string) error {
	o.good("coachlog %s", version())
	dir, err := o.find()
	switch {
	case errors.Is(err, logbook.ErrNotFound):
		o.problem("there is no logbook here", "to start one here: coachlog init; to use another: coachlog -C FOLDER")
		return errFindings
	case err != nil:
		return err
	}
	o.good("the logbook is %s", dir.Path)
	o.leftovers(dir)
	o.files()
	o.git(dir)
	o.editor()
	if o.problems > 0 {
		return errFindings
	}
	return nil
}

// leftovers ends what a killed coachlog had begun, and says which of its files it removed.
func (o *doctorOptions) leftovers(dir *logbook.Dir) {
	repo, err := o.lockFolder(dir)
	if err != nil {
		o.problem(err.Error(), "then run coachlog doctor again")
		return
	}
	defer o.giveBack()
	removed := dir.RemoveLeftovers()
	if repo != nil {
		removed = append(removed, repo.RemoveLeftovers()...)
		if _, err := o.finish(context.Background(), dir, repo); err != nil {
			o.problem(err.Error(), "git status, in the logbook's folder, may say more")
		}
	}
	for _, file := range removed {
		o.good("removed %s, which a coachlog that was killed had left", file)
	}
	for _, folder := range leftCopies() {
		o.problem("what was open in an edit that was ended before it could seal is in "+folder+", as plain text", "keep what you need of it, and then delete that folder")
	}
}

// files says which files the logbook has, and which of them can't be read.
func (o *doctorOptions) files() {
	w, err := o.openRoster()
	if err != nil {
		o.problem(err.Error(), "fix or restore the file: git log -p coachlog.yaml shows its history")
		return
	}
	found, missing := o.census(w)
	o.good("session logs: %d, development plans: %d, metrics files: %d; other files, left alone: %d",
		found.kinds[logparse.SessionLog], found.kinds[logparse.PlanFile], len(w.shared.Metrics), found.others)
	for _, reason := range missing.unreadable() {
		o.problem(reason, "coachlog lint shows where")
	}
	for _, id := range found.planless {
		o.note(fmt.Sprintf("%s has logs and no development plan", id), "coachlog new person "+id+" writes one")
	}
}

// A census is how many files there are of each kind, and who has logs and no plan.
type census struct {
	kinds    map[logparse.FileKind]int
	others   int
	planless []string
}

func (a *app) census(w *workspace) (census, missing) {
	parts, missing := learn(a, w, w.Everybody(), w.read, func(k *known) census {
		b := k.files
		found := census{kinds: make(map[logparse.FileKind]int), others: b.contents.Others}
		for _, doc := range b.Docs {
			found.kinds[doc.Kind]++
		}
		for _, p := range b.Judged() {
			if p.Plan == nil && len(p.Logs) > 0 {
				found.planless = append(found.planless, p.ID)
			}
		}
		return found
	})
	all := census{kinds: make(map[logparse.FileKind]int), others: w.shared.Others}
	for _, p := range parts {
		for kind, n := range p.kinds {
			all.kinds[kind] += n
		}
		all.others, all.planless = all.others+p.others, append(all.planless, p.planless...)
	}
	return all, missing
}

func (o *doctorOptions) git(dir *logbook.Dir) {
	if path, err := exec.LookPath("git"); err == nil {
		o.good("git is %s", path)
	} else {
		o.note("git is not installed", "coachlog commit works without it, except in repositories that need hooks, signing or filters")
	}
	repo, err := history.Find(dir)
	if errors.Is(err, gitrepo.ErrNoRepository) {
		o.problem("the logbook is not in a git repository", "coachlog init makes it one")
		return
	}
	if err != nil {
		o.problem(err.Error(), "git status, in the logbook's folder, may say more")
		return
	}
	o.good("the git repository is %s", repo.Root())
	if who, err := repo.Identity(); err == nil {
		o.good("commits are by %s <%s>", who.Name, who.Email)
	}
	o.mergeDriver(dir, repo)
	for _, p := range repo.Diagnose() {
		if p.Fatal {
			o.problem(p.Summary, p.Remedy)
		} else {
			o.note(p.Summary, p.Remedy)
		}
	}
}

// mergeDriver looks whether this clone merges logs as the logbook wants it.
func (o *doctorOptions) mergeDriver(dir *logbook.Dir, repo *history.Repo) {
	text, err := dir.ReadFile(logbook.AttributesPath)
	if err != nil || !namesDriver(text) {
		return
	}
	command, err := repo.MergeDriver(driverName)
	switch {
	case err != nil:
		o.problem(err.Error(), "git config --list, in the logbook's folder, may say more")
	case command == "":
		o.note(logbook.AttributesPath+" asks git to merge logs item by item, but this clone isn't set up for that, so git merges them by lines",
			"set it up, once in each clone: coachlog init --merge-driver")
	default:
		program, _, _ := strings.Cut(command, " ")
		if _, err := exec.LookPath(program); err != nil {
			o.problem(fmt.Sprintf("git merges logs with %s, which isn't there, so a merge would leave out the other side", program),
				"put coachlog's folder on the PATH, or remove the setting: git config --unset merge."+driverName+".driver")
			return
		}
		o.good("logs are merged item by item")
	}
}

func (o *doctorOptions) editor() {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if editor := os.Getenv(name); editor != "" {
			o.good("new logs open in %s ($%s)", editor, name)
			return
		}
	}
	o.note("neither VISUAL nor EDITOR is set, so new logs open in no editor", "export EDITOR=nano, or another, in your shell's start-up file")
}

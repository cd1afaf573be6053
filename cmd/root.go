// Package cmd wires the command line: each command is an options struct, the
// flags that fill it and a run function. What is worked out is worked out
// elsewhere.
package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/terminal"
)

// Exit codes. Findings are not a failure of the program.
const (
	exitDone     = 0
	exitFindings = 1
	exitFailed   = 2
)

// errFindings ends a command that found something, after it has said what.
var errFindings = errors.New("findings")

// errSaid ends a command that failed, after it has said why.
var errSaid = errors.New("failed")

// Main runs the command line and returns its exit code.
func Main(args []string, streams *terminal.Streams) int {
	streams = streams.Guarded()
	app := &app{Streams: streams}
	err := app.execute(args)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.Is(err, errSaid):
		return exitFailed
	}
	fmt.Fprintf(streams.Err, "%s %s\n", streams.ErrStyle.Red("coachlog:"), strings.TrimRight(err.Error(), "\n")+whatToDo(err))
	return exitFailed
}

func (a *app) execute(args []string) (err error) {
	defer fault.Catch("", &err)
	root := newRoot(a)
	root.SetArgs(wholeLogbook(args))
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	return root.Execute()
}

// whatToDo says what helps where the system refused something, whatever that was.
func whatToDo(err error) string {
	do := ""
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		do = "\nmake room on the disk"
	case errors.Is(err, syscall.EIO):
		do = "\nsee that the disk or network drive works"
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		do = "\nsee that you have the permissions it takes"
	}
	if _, more := errors.AsType[*hint.Error](err); do != "" && !more {
		do += ", then run this again"
	}
	return do
}

func newRoot(app *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "coachlog",
		Short: "Keep coaching logs, and what both sides agreed to",
		Long: `coachlog keeps coaching logs: markdown files in a git repository, one for each
session of a coach and a coachee. It lists what is still to be done, on both sides,
and keeps two questions apart: did each side do what it agreed to, and did doing it
reach the goal?`,
		Example: `  coachlog init team                 start a logbook in the folder team
  coachlog new person rep1           add somebody, with a development plan
  coachlog new session rep1          write the log of the next session
  coachlog check                     what is still to be done
  coachlog commit                    record the logs in git
  coachlog agree people/rep1/2026-07-06.md   sign off what you agreed to
  coachlog report rep1               the quarterly review`,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().StringVarP(&app.dir, "directory", "C", "", "the logbook's `folder` (default: $COACHLOG_DIR, else this folder or one above it)")
	root.PersistentFlags().Var(dateFlag{&app.day}, "today", "use this `date` as today, to look at another day")
	root.AddGroup(
		&cobra.Group{ID: "daily", Title: "Around a session:"},
		&cobra.Group{ID: "look", Title: "Looking things up:"},
		&cobra.Group{ID: "setup", Title: "Setting up:"},
	)
	for _, group := range []struct {
		id       string
		commands []*cobra.Command
	}{
		{"daily", []*cobra.Command{newPrep(app), newNew(app), newCheck(app), newSchedule(app), newMove(app), newLint(app), newCommit(app), newAgree(app), newUndo(app), newSeal(app), newUnseal(app), newEdit(app), newRecipients(app), newReport(app), newExport(app), newMetrics(app), newAssess(app)}},
		{"look", []*cobra.Command{newShow(app), newHistory(app), newAudit(app), newPlan(app), newList(app), newTemplates(app)}},
		{"setup", []*cobra.Command{newInit(app), newAdopt(app), newMigrate(app), newForget(app), newDoctor(app), newMergeDriver(app), newMan(app), newVersion(app)}},
	} {
		for _, command := range group.commands {
			command.GroupID = group.id
			root.AddCommand(command)
		}
	}
	root.SetHelpCommandGroupID("setup")
	root.SetCompletionCommandGroupID("setup")
	root.SetFlagErrorFunc(sayFlag)
	sayArguments(root)
	catchFaults(root)
	return root
}

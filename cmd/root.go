// Package cmd wires the command line: each command is an options struct, the
// flags that fill it and a run function. What is worked out is worked out
// elsewhere.
package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

// Exit codes, besides interrupt.Code. Findings are not a failure of the program.
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
	defer interrupt.Leave()
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
	a.day = anywhere(args).day // before other flags, whose days it moves
	root := newRoot(a, commandOf(args))
	root.SetArgs(wholeLogbook(args))
	root.SetIn(a.In)
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	mendCompletion(root)
	if err := unknownCommand(root, args); err != nil {
		return err
	}
	return sayTogether(root.ExecuteContext(interrupt.Context()))
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

// A command is made when it is called, or when all are listed: to make all of them took
// longer than the rest of a start.
type command struct {
	group, name string
	make        func(*app) *cobra.Command
}

// allCommands are in the order of the help.
func allCommands() []command {
	return []command{
		{"daily", "prep", newPrep},
		{"daily", "new", newNew},
		{"daily", "check", newCheck},
		{"daily", "schedule", newSchedule},
		{"daily", "move", newMove},
		{"daily", "lint", newLint},
		{"daily", "fmt", newFmt},
		{"daily", "commit", newCommit},
		{"daily", "agree", newAgree},
		{"daily", "undo", newUndo},
		{"daily", "seal", newSeal},
		{"daily", "unseal", newUnseal},
		{"daily", "edit", newEdit},
		{"daily", "recipients", newRecipients},
		{"daily", "report", newReport},
		{"daily", "export", newExport},
		{"daily", "metrics", newMetrics},
		{"daily", "assess", newAssess},
		{"look", "show", newShow},
		{"look", "history", newHistory},
		{"look", "audit", newAudit},
		{"look", "plan", newPlan},
		{"look", "list", newList},
		{"look", "templates", newTemplates},
		{"setup", "init", newInit},
		{"setup", "adopt", newAdopt},
		{"setup", "migrate", newMigrate},
		{"setup", "forget", newForget},
		{"setup", "doctor", newDoctor},
		{"setup", "merge-driver", newMergeDriver},
		{"setup", "lsp", newLSP},
		{"setup", "man", newMan},
		{"setup", "version", newVersion},
	}
}

// newRoot is the command line with one command, or with all where it has none of that name.
func newRoot(app *app, name string) *cobra.Command {
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
	app.addFlags(root.PersistentFlags())
	onFlag(root.MarkPersistentFlagDirname("directory"))
	completeFlag(root, "today", dayWords)
	root.AddGroup(
		&cobra.Group{ID: "daily", Title: "Around a session:"},
		&cobra.Group{ID: "look", Title: "Looking things up:"},
		&cobra.Group{ID: "setup", Title: "Setting up:"},
	)
	commands := allCommands()
	one := slices.ContainsFunc(commands, func(c command) bool { return c.name == name })
	for _, c := range commands {
		if !one || c.name == name {
			made := c.make(app)
			made.GroupID = c.group
			root.AddCommand(made)
		}
	}
	if !one {
		addTopics(root)
	}
	root.CompletionOptions.DisableDefaultCmd = one
	root.SetHelpCommandGroupID("setup")
	root.SetCompletionCommandGroupID("setup")
	root.SetFlagErrorFunc(sayFlag)
	everyCommand(root, sayArguments)
	everyCommand(root, catchFaults)
	return root
}

// addFlags adds the flags that may stand before any command.
func (a *app) addFlags(flags *pflag.FlagSet) {
	flags.StringVarP(&a.dir, "directory", "C", "", "the logbook's `folder` (default: $COACHLOG_DIR, else this folder or one above it)")
	flags.BoolVar(&a.noPager, "no-pager", false, "show long output without a pager")
	flags.Var(dateFlag{&a.day, clockDay}, "today", "use this `date` as today, to look at another day")
}

// commandOf is the first word of the command line that is no flag, where what is before it can be
// read.
func commandOf(args []string) string {
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.Usage = func() {}
	flags.SetInterspersed(false)
	new(app).addFlags(flags)
	if flags.Parse(args) != nil || flags.ArgsLenAtDash() == 0 { // behind --, cobra sees no command
		return ""
	}
	return flags.Arg(0)
}

// unknownCommand is the error of a command line that names no command there is: at its start,
// behind a command that only has others below it, or behind help.
func unknownCommand(root *cobra.Command, args []string) error {
	root.InitDefaultHelpCmd()
	c, rest, err := root.Find(args)
	if err == nil && c.Name() == "help" && c.Parent() == root {
		args = rest
		c, rest, err = root.Find(args)
	}
	if err != nil {
		c, rest = root, args
	}
	if c.Runnable() {
		return nil
	}
	word := anywhere(rest).word
	if word == "" || strings.HasPrefix(word, cobra.ShellCompRequestCmd) { // which cobra adds later
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() || sub.IsAdditionalHelpTopicCommand() {
			names = append(names, sub.Name())
		}
	}
	return hint.New(c.CommandPath()+" --help lists the commands", "there is no command %q%s", strings.TrimPrefix(c.CommandPath()+" "+word, "coachlog "), hint.DidYouMean(word, names))
}

// anywhere reads two things wherever they are on the command line: --today, and the first
// argument that is neither a flag nor a flag's value.
func anywhere(args []string) (found struct {
	day  logparse.Date
	word string
}) {
	var read app
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.Usage = func() {}
	flags.ParseErrorsAllowlist.UnknownFlags = true
	flags.BoolP("help", "h", false, "")
	read.addFlags(flags)
	if flags.Parse(args) == nil {
		found.day, found.word = read.day, flags.Arg(0)
	}
	return found
}

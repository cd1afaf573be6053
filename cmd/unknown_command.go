package cmd

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/logparse"
)

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

// anywhere reads what may stand before or behind any command, whatever else there is: --today,
// and the first argument that is no flag and no flag's value.
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

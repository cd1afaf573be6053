package cmd

import (
	"bytes"
	_ "embed" // the script
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/logparse"
)

// bashAlone stands in for the bash-completion package.
//
//go:embed completion.bash
var bashAlone string

// mendCompletion has the scripts of cobra's work in more places: in bash without the bash-completion
// package, and in bash and zsh behind the ^ of an id.
func mendCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	mend := func(shell string, write func(to io.Writer, descriptions bool) error, before, old, now string) *cobra.Command {
		c, _, err := root.Find([]string{"completion", shell})
		if err != nil || c.Name() != shell { // of other commands
			return &cobra.Command{}
		}
		c.RunE = func(c *cobra.Command, _ []string) error {
			without, err := c.Flags().GetBool("no-descriptions")
			if err != nil {
				return err
			}
			var script bytes.Buffer
			if err := write(&script, !without); err != nil {
				return err
			}
			_, err = io.WriteString(c.OutOrStdout(), before+strings.Replace(script.String(), old, now, 1))
			return err
		}
		return c
	}
	bash := mend("bash", root.GenBashCompletionV2, bashAlone, `[[ $comp == "$cur"* ]]`, `[[ $comp == "$cur"* || $compline == "$cur"* ]]`)
	bash.Long = strings.Replace(bash.Long, `This script depends on the 'bash-completion' package.
If it is not installed already, you can install it via your OS's package manager.
`, `The script works with the bash-completion package, which loads it by itself, and without.
`, 1)
	mend("zsh", func(to io.Writer, descriptions bool) error {
		if !descriptions {
			return root.GenZshCompletionNoDesc(to)
		}
		return root.GenZshCompletion(to)
	}, "", `out=$(eval `, `out=$(setopt noextendedglob; eval `)
}

// periodWords are periods that --period completes.
var periodWords = []string{"this-week", "last-week", "this-month", "last-month", "this-quarter", "last-quarter", "this-half", "last-half", "this-year", "last-year", "this-fiscal-quarter", "last-fiscal-quarter"}

// dayWords are days that flags complete.
var dayWords = []string{"today", "tomorrow", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday", "last-monday", "last-friday"}

// periodFlag adds a flag whose value is a period, with completion of some.
func periodFlag(c *cobra.Command, to *string, name, value, usage string) {
	c.Flags().StringVar(to, name, value, usage)
	completeFlag(c, name, periodWords)
}

func completeFlag(c *cobra.Command, flag string, values []string) {
	completeFlagWith(c, flag, func() []string { return values })
}

// completeFlagWith completes a flag whose values take some work to list.
func completeFlagWith(c *cobra.Command, flag string, values func() []string) {
	onFlag(c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	}))
}

// onFlag stops where a flag doesn't exist: a slip in this package.
func onFlag(err error) {
	if err != nil {
		panic(err)
	}
}

// completePeople completes ids of people.
func (a *app) completePeople(most int) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		a.formatSaid = true // a shell shows no errors while it completes
		w, err := a.openRoster()
		if err != nil || most > 0 && len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var ids []string
		for _, id := range w.Everybody() {
			if isTypable(id) && !slices.Contains(args, id) {
				ids = append(ids, cobra.CompletionWithDesc(id, w.Roster.Someone(id).Name))
			}
		}
		return ids, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeWith completes a flag with what the settings or plans of the logbook name.
func (a *app) completeWith(c *cobra.Command, flag string, names func(*workspace) []string) {
	completeFlagWith(c, flag, func() []string {
		a.formatSaid = true
		w, err := a.openRoster()
		if err != nil {
			return nil
		}
		return slices.DeleteFunc(names(w), func(name string) bool { return !isTypable(name) })
	})
}

// isTypable says whether a shell takes a name as it is. A folder can be called "$(rm x)": bash inserts what
// several such names start with as it is, and evaluates the line when it completes again.
func isTypable(name string) bool { return logparse.IsID(name) }

// groups are the groups of readers that somebody's plan names.
func groups(w *workspace) []string { return w.Roster.Groups() }

// imports are the ways to read an export that the settings have.
func imports(w *workspace) (names []string) {
	for _, i := range w.shared.Settings.Imports {
		names = append(names, i.Name)
	}
	return names
}

package cmd

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report"
)

// A flagError says what is wrong with a flag's value. It follows the flag's name.
type flagError string

func (e flagError) Error() string { return string(e) }

// sayFlag puts a flag's name before what is wrong with its value; of what is wrong with
// the command line it says where to look.
func sayFlag(c *cobra.Command, err error) error {
	if invalid, ok := err.(*pflag.InvalidValueError); ok {
		if why, ours := invalid.Unwrap().(flagError); ours {
			return fmt.Errorf("--%s%w", invalid.GetFlag().Name, why)
		}
	}
	near := ""
	if unknown, ok := err.(*pflag.NotExistError); ok && unknown.GetSpecifiedShortnames() == "" {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		near = hint.DidYouMean("--"+unknown.GetSpecifiedName(), names)
	}
	return hint.New(c.CommandPath()+" --help lists the flags", "%w%s", err, near)
}

// sayTogether names the flags that don't go together. cobra's error for that has no type.
func sayTogether(err error) error {
	if err == nil {
		return nil
	}
	_, set, ok := strings.Cut(err.Error(), " none of the others can be; [")
	set, both := strings.CutSuffix(set, "] were all set")
	if !ok || !both {
		return err
	}
	return fmt.Errorf("--%s can't be used together", strings.Join(strings.Fields(set), " and --"))
}

// everyCommand does something with a command and those below it.
func everyCommand(c *cobra.Command, do func(*cobra.Command)) {
	for _, sub := range c.Commands() {
		everyCommand(sub, do)
	}
	do(c)
}

// sayArguments has a command say how it is called, where it was given too many or too few arguments.
func sayArguments(c *cobra.Command) {
	check := c.Args
	if check == nil {
		return
	}
	c.Args = func(c *cobra.Command, args []string) error {
		if check(c, args) == nil {
			return nil
		}
		return hint.New(c.CommandPath()+" --help has examples", "the arguments don't fit; the command is: %s", c.UseLine())
	}
}

// catchFaults has a bug in a command name whom or which files the command was about.
func catchFaults(c *cobra.Command) {
	run := c.RunE
	if run == nil {
		return
	}
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		about := append([]string{c.CommandPath()}, args...)
		if from := c.Flags().Lookup("from"); from != nil && from.Changed {
			about = append(about, from.Value.String())
		}
		defer fault.Catch(strings.Join(about, " "), &err)
		return run(c, args)
	}
}

// A choice is a flag whose values are known.
type choice[T ~string] struct {
	to     *T
	values []string
}

func (f choice[T]) String() string { return string(*f.to) }
func (f choice[T]) Type() string   { return "string" }
func (f choice[T]) Set(text string) error {
	if text != string(*f.to) && !slices.Contains(f.values, text) { // none is one where there is no other
		return flagError(notOneOf(text, f.values))
	}
	*f.to = T(text)
	return nil
}

func notOneOf(text string, values []string) string {
	return fmt.Sprintf(" can't be %q%s; it is one of %s", text, hint.DidYouMean(text, values), strings.Join(values, ", "))
}

// choiceFlag adds a flag whose values are known, with completion of them. Its value
// stays what it is where nobody says otherwise.
func choiceFlag[T ~string](c *cobra.Command, to *T, name string, values []string, usage string) {
	c.Flags().Var(choice[T]{to, values}, name, usage)
	completeFlag(c, name, values)
}

// plainFormats are the formats of what is no document of its own.
var plainFormats = []string{"text", "json"}

// formatFlag adds --format.
func formatFlag(c *cobra.Command, to *string, formats []string) {
	*to = formats[0]
	choiceFlag(c, to, "format", formats, "`form` of the output: "+strings.Join(formats, ", "))
}

// A dateFlag is a flag whose value is a day; none where it isn't given.
type dateFlag struct {
	to    *logparse.Date
	today func() logparse.Date
}

// dateFlag adds a flag whose value is a day as people say it, as seen from today.
func (a *app) dateFlag(c *cobra.Command, to *logparse.Date, name, usage string) {
	c.Flags().Var(dateFlag{to, a.today}, name, usage)
	completeFlag(c, name, dayWords)
}

func (f dateFlag) String() string { return f.to.String() }
func (f dateFlag) Type() string   { return "string" }
func (f dateFlag) Set(text string) (err error) {
	if *f.to, err = logparse.SpokenDay(text, f.today()); err != nil {
		return flagError(": " + err.Error())
	}
	return nil
}

// A personFlag is a flag that names somebody.
type personFlag struct{ name, id string }

// personFlag adds a flag that names somebody, with completion.
func (a *app) personFlag(c *cobra.Command, to *personFlag, name, usage string) {
	to.name = name
	c.Flags().StringVar(&to.id, name, "", usage)
	onFlag(c.RegisterFlagCompletionFunc(name, a.completePeople(0)))
}

// in is the present id of whom the flag names; "" where it isn't given.
func (f *personFlag) in(w interface {
	find(name string, inLogs ...func(id string) bool) (string, error)
}, inLogs ...func(id string) bool) (string, error) {
	if f.id == "" {
		return "", nil
	}
	id, err := w.find(f.id, inLogs...)
	if err != nil {
		return "", fmt.Errorf("--%s: %w", f.name, err)
	}
	return id, nil
}

// csvFlags are the flags that say how CSV is written.
type csvFlags struct{ form report.CSV }

var (
	delimiterNames = []string{"comma", "semicolon", "tab"}
	delimiters     = map[string]rune{"comma": ',', ",": ',', "semicolon": ';', ";": ';', "tab": '\t', "\t": '\t'}
)

func (f *csvFlags) add(c *cobra.Command) {
	c.Flags().BoolVar(&f.form.BOM, "bom", false, "CSV: start with a byte-order mark, for Excel")
	c.Flags().Func("delimiter", "CSV: the `character` between cells: comma, semicolon, tab", func(text string) (err error) {
		if f.form.Delimiter = delimiters[text]; f.form.Delimiter == 0 {
			err = flagError(notOneOf(text, delimiterNames))
		}
		return err
	})
	completeFlag(c, "delimiter", delimiterNames)
}

// fit refuses the flags for another format.
func (f *csvFlags) fit(format string) error {
	if format != "csv" && f.form != (report.CSV{}) {
		return errors.New("--bom and --delimiter are for --format csv")
	}
	return nil
}

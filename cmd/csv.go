package cmd

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/report"
)

// csvFlags are the flags that say how CSV is written.
type csvFlags struct{ form report.CSV }

// delimiters are the ways to name one.
var delimiters = map[string]rune{"comma": ',', ",": ',', "semicolon": ';', ";": ';', "tab": '\t', "\t": '\t'}

func (f *csvFlags) add(c *cobra.Command) {
	c.Flags().BoolVar(&f.form.BOM, "bom", false, "CSV: start with a byte-order mark, for Excel")
	c.Flags().Var((*delimiterFlag)(&f.form.Delimiter), "delimiter", "CSV: the `character` between cells: comma, semicolon, tab")
	completeFlag(c, "delimiter", []string{"comma", "semicolon", "tab"})
}

// fit refuses the flags for another format.
func (f *csvFlags) fit(format string) error {
	if format != "csv" && f.form != (report.CSV{}) {
		return errors.New("--bom and --delimiter are for --format csv")
	}
	return nil
}

// A delimiterFlag is a flag whose value is a delimiter.
type delimiterFlag rune

func (f *delimiterFlag) String() string {
	if *f == 0 {
		return "" // a comma, as ever
	}
	return string(*f)
}
func (f *delimiterFlag) Type() string { return "string" }
func (f *delimiterFlag) Set(text string) error {
	delimiter, ok := delimiters[text]
	if !ok {
		return flagError(notOneOf(text, []string{"comma", "semicolon", "tab"}))
	}
	*f = delimiterFlag(delimiter)
	return nil
}

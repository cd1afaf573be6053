package cmd

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// A baseline is a file of findings that were known when it was written: a line for each, with its
// fingerprint, rule and file, and nobody's words.
type baseline struct {
	flags   string          // of the lint that wrote it
	entries map[string]bool // by fingerprint, whether it occurs
}

const (
	baselineTitle = "# coachlog lint --baseline doesn't show these findings: they were known when this file was written."
	baselineFlags = "# Written by: coachlog lint "
)

func (o *lintOptions) baselineFlags(c *cobra.Command) {
	c.Flags().StringVar(&o.baseline, "baseline", "", "leave out the known findings in this `file`")
	c.Flags().StringVar(&o.newBaseline, "write-baseline", "", "write what is found to this `file`, as known")
	c.MarkFlagsMutuallyExclusive("baseline", "write-baseline")
}

// flagsThatFind are the flags on which it depends what is found.
func (o *lintOptions) flagsThatFind() string {
	flags := "--tier " + string(o.tier)
	if o.all {
		flags += " --all"
	}
	if o.period != "" {
		flags += " --period " + o.period
	}
	return flags
}

// readBaseline reads the file of --baseline; without one nothing is known.
func (o *lintOptions) readBaseline() (*baseline, error) {
	b := &baseline{entries: make(map[string]bool)}
	if o.baseline == "" {
		return b, nil
	}
	text, err := logbook.ReadAnyFile(o.baseline)
	if err != nil {
		return nil, hint.New("coachlog lint --write-baseline "+o.baseline+" writes one", "%s can't be read: %w", o.baseline, err)
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimRight(line, "\r\n")
		print, _, _ := strings.Cut(line, " ")
		switch flags, is := strings.CutPrefix(line, baselineFlags); {
		case is:
			b.flags = flags
		case line == "", strings.HasPrefix(line, "# "):
		case !rules.IsFingerprint(print):
			return nil, hint.New("coachlog lint --write-baseline "+o.baseline+" writes the file again", "%s:%d: this isn't a line of a baseline", o.baseline, number)
		default:
			b.entries[print] = false
		}
	}
	return b, nil
}

// takeOutKnown takes out what the baseline knows, and says how many findings that were. Only a lint of
// everything, as the one that wrote it, can tell what is gone.
func (o *lintOptions) takeOutKnown(b *baseline, found *linted, whole bool) (known int) {
	found.findings = slices.DeleteFunc(found.findings, func(f rules.Finding) bool {
		_, is := b.entries[f.Fingerprint]
		if is {
			b.entries[f.Fingerprint] = true
		}
		if is = is && !f.MustShow; is {
			known++
		}
		return is
	})
	gone := 0
	for _, occurs := range b.entries {
		if !occurs {
			gone++
		}
	}
	if gone > 0 && whole && b.flags == o.flagsThatFind() {
		they := "entries don't"
		if gone == 1 {
			they = "entry doesn't"
		}
		takeOut := "to take out what is done with"
		if slices.ContainsFunc(found.findings, func(f rules.Finding) bool { return !f.MustShow }) {
			takeOut += ", once the new findings are dealt with (they would become known, too)"
		}
		o.tell(plainly, "%d %s occur any more; %s: coachlog lint %s --write-baseline %s", gone, they, takeOut, b.flags, o.baseline)
	}
	return known
}

// writeBaseline writes what is found as known.
func (o *lintOptions) writeBaseline(found *linted) error {
	all := len(found.findings)
	known := slices.DeleteFunc(found.findings, func(f rules.Finding) bool { return f.MustShow })
	slices.SortFunc(known, func(x, y rules.Finding) int {
		return cmp.Or(logparse.ComparePaths(x.File, y.File), cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Fingerprint, y.Fingerprint))
	})
	var text bytes.Buffer
	fmt.Fprintf(&text, "%s\n%s%s\n", baselineTitle, baselineFlags, o.flagsThatFind())
	for _, f := range known {
		file := f.File
		if quoted := strconv.Quote(file); quoted != `"`+file+`"` {
			file = quoted
		}
		fmt.Fprintf(&text, "%s %s %s\n", f.Fingerprint, f.Rule, file)
	}
	if err := putBaseline(o.newBaseline, text.Bytes()); err != nil {
		return err
	}
	if err := o.printf("%s: %s\n", o.newBaseline, sentence.Count(len(known), "known finding")); err != nil {
		return err
	}
	if shown := all - len(known); shown > 0 {
		o.tell(plainly, "%s will still be shown, since a file doesn't count because of it or tells what it shouldn't: coachlog lint --baseline %s", sentence.Count(shown, "finding"), o.newBaseline)
	}
	return nil
}

// putBaseline writes a new file, or in place of an earlier baseline.
func putBaseline(file string, text []byte) error {
	folder, name, err := logbook.OpenOutput(file)
	if err != nil {
		return err
	}
	err = folder.Create(name, text, 0o644)
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	old, err := folder.ReadFile(name)
	if err != nil {
		return fmt.Errorf("%s can't be read, so it was left as it is: %w", file, err)
	}
	if !bytes.HasPrefix(old, []byte(baselineTitle[:len("# coachlog lint --baseline")])) {
		return hint.New("name another file", "%s isn't a baseline, so it was left as it is", file)
	}
	if bytes.Equal(old, text) {
		return nil
	}
	return folder.Replace(name, old, text)
}

// checkBaseline refuses what a baseline can't be made of.
func (o *lintOptions) checkBaseline(paths []string) error {
	switch {
	case o.newBaseline == "" && o.baseline == "":
	case !o.many.one(o.app):
		return hint.New("coachlog -C FOLDER lint, for each of them", "a baseline is of one logbook, and there are several here")
	case o.newBaseline != "" && (len(paths) > 0 || o.isSince || o.isStaged):
		return errors.New("--write-baseline is about the whole logbook: leave out paths, --since and --staged")
	case o.newBaseline != "":
		o.format = "text" // which names files as the logbook does
	}
	return nil
}

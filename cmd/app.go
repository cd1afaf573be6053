package cmd

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/interrupt"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// An app is what every command shares: the streams and the flags that stand
// before or behind any command.
type app struct {
	*terminal.Streams

	dir string        // -C
	day logparse.Date // --today

	noPager bool // --no-pager
	unpaged bool // the command writes, and may have more to say or to ask

	formatSaid bool // nobody is to be told, or told again, that there is a newer format

	unlock func() // gives the logbook's lock back; nil without it
	undone bool   // an undo that was interrupted is finished now
}

// today is the civil date where the user is, or that of --today.
func (a *app) today() logparse.Date {
	if a.day.IsZero() {
		return clockDay()
	}
	return a.day
}

func clockDay() logparse.Date { return logparse.DateOf(time.Now()) }

// folder is where the logbook is looked for.
func (a *app) folder() string { return cmp.Or(a.dir, os.Getenv("COACHLOG_DIR"), ".") }

// find opens the logbook.
func (a *app) find() (*logbook.Dir, error) {
	interrupt.Listen()
	dir, err := logbook.Find(a.folder())
	if errors.Is(err, logbook.ErrNotFound) {
		if bare, _ := gitrepo.FindToRead(a.folder()); bare != nil && bare.Root() == "" {
			_, refusal := gitrepo.Find(a.folder())
			return nil, refusal
		}
		return nil, hint.New("to start one here: coachlog init; to use another: coachlog -C FOLDER", "%w", err)
	}
	if err != nil {
		return nil, err
	}
	return dir, a.checkFormat(dir.Path, dir.Settings())
}

// print writes what a command found, in the format that was asked for.
func (a *app) print(format string, thing any) error {
	return a.write(thing, report.Output{Format: format, Style: a.OutStyle})
}

// write is print with more to say about how.
func (a *app) write(thing any, out report.Output) error {
	var text bytes.Buffer
	if err := report.Write(&text, thing, out); err != nil {
		return err
	}
	if out.Format == "csv" { // whose cells are safe, and which may start with a byte-order mark
		return a.writeRaw(text.Bytes())
	}
	if a.unpaged {
		_, err := a.Out.Write(text.Bytes()) // in one piece, as it has to be
		return err
	}
	return a.Page(text.Bytes(), a.pager)
}

// printf writes a line or more to standard output.
func (a *app) printf(format string, args ...any) error {
	_, err := fmt.Fprintf(a.Out, format, args...)
	return err
}

// writeRaw writes to standard output what may become a file, byte for byte.
func (a *app) writeRaw(text []byte) error {
	_, err := a.File.Write(text)
	return err
}

// pager is the command that shows long output, as for git.
func (a *app) pager() string {
	if a.noPager {
		return terminal.NoPager
	}
	if pager, set := os.LookupEnv("COACHLOG_PAGER"); set {
		return pager
	}
	if pager := cmp.Or(gitrepo.UserPager(), os.Getenv("PAGER")); pager != "" {
		return pager
	}
	if _, err := exec.LookPath("less"); err != nil {
		return terminal.NoPager
	}
	return "less"
}

// inLogbook is a path as the logbook names it; something has to be there.
func (a *app) inLogbook(dir *logbook.Dir, name string) (string, error) {
	rel, err := a.placeInLogbook(dir, name)
	if err == nil && rel != "." && !dir.Exists(rel) {
		return "", fmt.Errorf("%s does not exist", name)
	}
	return rel, err
}

// placeInLogbook is a path as the logbook names it. It is seen from -C's folder
// or from here, whichever finds something.
func (a *app) placeInLogbook(dir *logbook.Dir, name string) (string, error) {
	var inside []string
	for _, base := range []string{a.dir, ""} {
		base, err := filepath.Abs(base)
		if err != nil {
			return "", err
		}
		rel, ok := dir.Rel(base, name)
		if ok && (rel == "." || dir.Exists(rel)) {
			return rel, nil
		}
		if ok {
			inside = append(inside, rel)
		}
	}
	if len(inside) == 0 {
		return "", fmt.Errorf("%s is outside the logbook %s", name, dir.Path)
	}
	return inside[0], nil
}

// tell writes to standard error what a person should know besides the output.
func (a *app) tell(style func(string) string, format string, args ...any) {
	fmt.Fprintf(a.Err, style("coachlog:")+" "+format+"\n", args...)
}

func plainly(text string) string { return text }

// recorded says which commit was made: by its branch, its id and its message's first
// line.
func (a *app) recorded(done gitrepo.Commit, message string) error {
	subject, _, _ := strings.Cut(message, "\n")
	return a.printf("[%s %s] %s\n", done.Branch, plan.Short(done.ID), subject)
}

// showMessage shows the message of the commit that would be made.
func (a *app) showMessage(message string) error {
	return a.printf("%s\n", strings.TrimRight(message, "\n"))
}

// notInGit says that a logbook is in no git repository, and why that matters.
func notInGit(dir *logbook.Dir, why string) error {
	return hint.New("to make it one: coachlog init "+dir.Path, "the logbook %s is not in a git repository%s", dir.Path, why)
}

// noSuchFile says whether an error is about a file that isn't there.
func noSuchFile(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// checkFormat refuses a logbook whose format this coachlog doesn't know, and says once that
// a newer one than the logbook's is there.
func (a *app) checkFormat(place string, settings *logparse.Settings) error {
	switch format := settings.WholeFormat(); {
	case format > logparse.NewestFormat:
		return hint.New("install a newer coachlog; coachlog version says which one this is",
			"the logbook %s has format %d, and this coachlog knows formats 1 to %d", place, format, logparse.NewestFormat)
	case format == logparse.UnclearFormat:
		return hint.New(fmt.Sprintf("write the number alone, as in format: %d; without the key it is format 1", logparse.NewestFormat),
			"`format` in %s of the logbook %s isn't a whole number", logbook.SettingsName, place)
	case format == 1 && !a.formatSaid:
		a.formatSaid = true
		a.tell(a.ErrStyle.Yellow, "this logbook has format 1, where an open box in Follow-through meant not done; to move it to format %d: coachlog migrate", logparse.NewestFormat)
	}
	return nil
}

// findAny is find for what works outside of a logbook as well: nil where there is none.
func (a *app) findAny() (*logbook.Dir, error) {
	dir, err := a.find()
	if errors.Is(err, logbook.ErrNotFound) {
		return nil, nil
	}
	return dir, err
}

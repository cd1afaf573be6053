package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
)

type moveOptions struct {
	*app
	session string
	time    string
	dryRun  bool

	at       *logparse.Clock
	from, to logparse.Date
	alone    bool // no other session is planned for the day
}

func newMove(app *app) *cobra.Command {
	o := &moveOptions{app: app}
	c := &cobra.Command{
		Use:   "move PERSON DATE",
		Short: "Move a planned session to another day",
		Long: `move puts a planned session on another day: it renames the log, changes the date in it,
and the "next" in the log that announced it. What the coachee prepared for that day
moves along. The time of day stays, unless --time sets another. If the day was only
announced, and there is no log yet, "next" alone changes.

It refuses if there is a log for the new day already, and if the session was held.
Nothing is recorded in git; coachlog commit does that.`,
		Example: `  coachlog move rep1 2026-07-15
  coachlog move rep1 2026-07-15 --time 14:30
  coachlog move rep1 2026-07-29 --session 2026-07-27    of two that are planned
  coachlog move rep1 2026-07-15 --dry-run`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: app.completePeople(1),
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(args[0], args[1]) },
	}
	c.Flags().StringVar(&o.session, "session", "", "the `day` of the session to move, or its file, if several are planned")
	c.Flags().StringVar(&o.time, "time", "", "the `time` of day at which it starts, as in 14:30")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "show what would change and write nothing")
	return c
}

func (o *moveOptions) run(person, day string) error {
	if err := o.readTerms(day); err != nil {
		return err
	}
	unlock, err := o.lock()
	if err != nil {
		return err
	}
	defer unlock()
	b, p, err := o.openPerson([]string{person}, "")
	if err != nil {
		return err
	}
	log, err := o.planned(b, p)
	if err != nil {
		return err
	}
	if o.from == o.to && o.at == nil {
		_, err := fmt.Fprintf(o.Out, "Nothing to do: the session is planned for %s.\n", o.to)
		return err
	}
	o.alone = !draft.HasAnotherPlanned(p, log, o.from)
	var announcing []*plan.Log
	if o.alone {
		announcing = draft.Announcing(p, o.from)
	}
	if err := o.checkDay(b, p, log, announcing); err != nil {
		return err
	}
	moves, err := o.moves(b, p, log, announcing)
	if err != nil {
		return err
	}
	if !o.dryRun {
		if err := moveFiles(b.dir, moves); err != nil {
			return err
		}
	}
	return o.say(b, moves)
}

// readTerms reads the new day and time.
func (o *moveOptions) readTerms(day string) (err error) {
	if o.to, err = logparse.ParseDate(day); err != nil {
		return err
	}
	if o.time == "" {
		return nil
	}
	at, ok := logparse.ParseClock(o.time)
	if !ok {
		return fmt.Errorf("--time: %q is not a time of day; %s", o.time, logparse.ClockRemedy)
	}
	o.at = &at
	return nil
}

// planned is the log of the session to move; nil where its day was only announced.
func (o *moveOptions) planned(b *book, p *plan.Person) (*plan.Log, error) {
	if o.session != "" {
		return o.named(b, p)
	}
	planned := slices.DeleteFunc(slices.Clone(p.Logs), func(l *plan.Log) bool { return l.Status.V != logparse.Planned })
	switch {
	case len(planned) == 1:
		o.from = planned[0].Date
		return planned[0], nil
	case len(planned) > 1:
		text := p.ID + " has several planned sessions, so say which one:"
		for _, l := range planned {
			text += fmt.Sprintf("\n  coachlog move %s %s --session %s", p.ID, o.to, sessionName(l))
		}
		return nil, errors.New(text)
	case len(p.Logs) > 0:
		last := p.Logs[len(p.Logs)-1]
		if last.Next.Set && last.Date.Before(last.Next.V) {
			o.from = last.Next.V
			if o.at != nil {
				return nil, hint.New("write it first, then move it: coachlog new session "+p.ID+" --date "+o.from.String(), "the session on %s has no log yet, so there is no place for its time", o.from)
			}
			return nil, nil
		}
	}
	return nil, hint.New("to plan one: coachlog new session "+p.ID+" --date "+o.to.String(), "%s has no planned session to move", p.ID)
}

// sessionName is a session as --session names it.
func sessionName(l *plan.Log) string {
	if l.NamedByDate {
		return strings.TrimSuffix(path.Base(l.Path()), ".md")
	}
	return l.Path()
}

// named is the planned session that --session names: by its day, or its file.
func (o *moveOptions) named(b *book, p *plan.Person) (*plan.Log, error) {
	var found []*plan.Log
	for _, l := range p.Logs {
		file, err := o.placeInLogbook(b.dir, o.session)
		if o.session == sessionName(l) || o.session == path.Base(l.Path()) || err == nil && file == l.Path() {
			found = []*plan.Log{l}
			break
		}
		if o.session == l.Date.String() {
			found = append(found, l)
		}
	}
	switch {
	case len(found) == 0:
		return nil, fmt.Errorf("--session: %s has no log of a session %s", p.ID, o.session)
	case len(found) > 1:
		return nil, fmt.Errorf("--session: %s has several logs on %s; name the file", p.ID, o.session)
	case found[0].Status.V != logparse.Planned:
		return nil, fmt.Errorf("the session on %s says `status: %s`; only a planned one can be moved", found[0].Date, found[0].Status.V)
	}
	o.from = found[0].Date
	return found[0], nil
}

// checkDay refuses a day that has a log already, or that isn't after the log which says
// when the two meet next.
func (o *moveOptions) checkDay(b *book, p *plan.Person, log *plan.Log, announcing []*plan.Log) error {
	if o.from == o.to {
		return nil
	}
	for _, doc := range b.Docs {
		day := doc.Session != nil && !doc.Broken() && doc.Session.Date.V == o.to
		if log != nil && doc == log.Doc || !day && !strings.HasPrefix(path.Base(doc.Path), o.to.String()) {
			continue
		}
		return fmt.Errorf("there is a log for %s already, %s, so nothing was moved", o.to, doc.Path)
	}
	for _, l := range announcing {
		if !l.Date.Before(o.to) {
			return fmt.Errorf("%s announced this session, so it can't be on %s", l.Path(), o.to)
		}
	}
	return nil
}

// A fileMove is a file that gets another text, and maybe another name.
type fileMove struct {
	from, to string
	old, now []byte
}

// moves are the files that change: the log, what was prepared for it, and the logs that
// announced it.
func (o *moveOptions) moves(b *book, p *plan.Person, log *plan.Log, announcing []*plan.Log) ([]fileMove, error) {
	var moves []fileMove
	add := func(doc *logparse.Document, to string, text []byte, err error) error {
		if to != doc.Path || !bytes.Equal(text, doc.Text) {
			moves = append(moves, fileMove{doc.Path, to, doc.Text, text})
		}
		return err
	}
	if log != nil {
		to := log.Path()
		if log.NamedByDate && o.from != o.to {
			to = path.Join(path.Dir(to), o.to.String()+".md")
		}
		text, err := draft.OnAnotherDay(log.Doc, o.from, o.to, o.at)
		if err := add(log.Doc, to, text, err); err != nil {
			return nil, err
		}
	}
	if o.from == o.to || !o.alone {
		return moves, nil
	}
	for _, doc := range b.Docs {
		name := fmt.Sprintf("prep-%s.md", o.from)
		to := path.Join(path.Dir(doc.Path), fmt.Sprintf("prep-%s.md", o.to))
		if doc.Preparation == nil || doc.Broken() || path.Base(doc.Path) != name || b.dir.Exists(to) || b.ownerOf(doc.Path) != p.ID {
			continue
		}
		text, err := draft.OnAnotherDay(doc, o.from, o.to, nil)
		if err := add(doc, to, text, err); err != nil {
			return nil, err
		}
	}
	for _, l := range announcing {
		text, err := draft.Announce(l.Doc, o.to)
		if err := add(l.Doc, l.Path(), text, err); err != nil {
			return nil, err
		}
	}
	return moves, nil
}

// moveFiles writes all new texts, and takes the old files away last: whenever it ends, no
// text is lost. Where something can't be written, all is as it was.
func moveFiles(dir *logbook.Dir, moves []fileMove) error {
	var undo []func() error
	fail := func(err error) error {
		for _, back := range slices.Backward(undo) {
			err = errors.Join(err, back())
		}
		return err
	}
	for _, m := range moves {
		write, back := func() error { return dir.Replace(m.from, m.old, m.now) }, func() error { return dir.Replace(m.from, m.now, m.old) }
		if m.to != m.from {
			write, back = func() error { return dir.Create(m.to, m.now, modeOf(dir, m.from)) }, func() error { return dir.Remove(m.to, m.now) }
		}
		err := write()
		if errors.Is(err, logbook.ErrExists) {
			err = errExists(m.to, ", so nothing was moved")
		}
		if err != nil {
			return fail(err)
		}
		undo = append(undo, back)
	}
	for _, m := range moves {
		if m.to == m.from {
			continue
		}
		mode := modeOf(dir, m.from)
		if err := dir.Remove(m.from, m.old); err != nil {
			return fail(err)
		}
		undo = append(undo, func() error { return dir.Create(m.from, m.old, mode) })
	}
	return nil
}

// modeOf is a file's mode, for the one that takes its place.
func modeOf(dir *logbook.Dir, name string) fs.FileMode {
	if info, err := os.Lstat(filepath.Join(dir.Path, filepath.FromSlash(name))); err == nil {
		return info.Mode().Perm()
	}
	return 0o644
}

// say says what was changed, and who had agreed to it as it was.
func (o *moveOptions) say(b *book, moves []fileMove) error {
	signs := history.ReadSignOffs(b.dir)
	signs.Add(b.Logbook)
	for _, m := range moves {
		what := "changed  " + m.from
		if m.to != m.from {
			what = "moved    " + m.from + " to " + m.to
		}
		fmt.Fprintln(o.Out, "  "+terminalLines(what))
		if slices.ContainsFunc(b.Signed, func(s plan.SignOff) bool { return s.Path == m.from && s.Void == nil }) {
			fmt.Fprintf(o.Out, "           It was signed off, and its text is another one now: sign it off again once it is recorded.\n")
		}
	}
	if o.dryRun {
		_, err := fmt.Fprintln(o.Out, "Nothing was written.")
		return err
	}
	_, err := fmt.Fprintln(o.Out, "To record it: coachlog commit")
	return err
}

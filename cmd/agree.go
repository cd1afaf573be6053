package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

type agreeOptions struct {
	*app
	pending bool
	counter string
	action  string
	format  string
}

func newAgree(app *app) *cobra.Command {
	o := &agreeOptions{app: app}
	c := &cobra.Command{
		Use:   "agree [LOG|PLAN]",
		Short: "Put on record that a log or plan says what you agreed to",
		Long: `agree records your word that just this text of a session's log, or of a
development plan, is what was agreed. Your word is a commit of your own that
changes no file; its trailers name the file and the content's id. Once both sides
have given theirs, the text is agreed. When anybody edits it afterwards, check and
lint say so, with the commit and the lines, until both have agreed again.

Who you are is told by the e-mail address that git commits with: your plan has to
list it (` + "`email:`" + `). Nobody can give another's word. Without a file, a terminal
lets you choose among those that wait for you.

--counter records, below an action, what you would rather do. That changes the log,
and is no agreement.`,
		Example: `  coachlog agree people/rep1/2026-07-06.md
  coachlog agree people/rep1/plan.md
  coachlog agree --pending                 what waits for my word
  coachlog agree people/rep1/2026-07-06.md --action ^notes --counter "Five, and ten from August"`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			ctx, stop := interruptible()
			defer stop()
			return o.run(ctx, args)
		},
	}
	c.Flags().BoolVar(&o.pending, "pending", false, "list what waits for your word, and record nothing")
	c.Flags().StringVar(&o.counter, "counter", "", "write this `text` below an action, as what you would rather do")
	c.Flags().StringVar(&o.action, "action", "", "the action that --counter is about: its `^id` or its text")
	formatFlag(c, &o.format, plainFormats)
	return c
}

// A signer is somebody at their own repository.
type signer struct {
	*book
	*gitTrail
	me     *plan.Person
	head   *gitrepo.History
	author plan.Author
}

func (o *agreeOptions) run(ctx context.Context, args []string) error {
	if err := oneOf("format", o.format, plainFormats); err != nil {
		return err
	}
	if o.action != "" && o.counter == "" {
		return errors.New("--action goes with --counter")
	}
	if o.pending && (len(args) > 0 || o.counter != "") {
		return errors.New("--pending lists what waits for your word, and takes nothing else")
	}
	s, err := o.signer()
	if err != nil {
		return err
	}
	if o.pending {
		return o.print(o.format, report.PendingList{Pending: s.pending()})
	}
	doc, err := o.chosen(s, args)
	if err != nil {
		return err
	}
	if err := s.mayAgree(doc); err != nil {
		return err
	}
	if o.counter != "" {
		return o.recordCounter(ctx, s, doc)
	}
	return o.record(ctx, s, doc)
}

// signer reads the logbook and its sign-offs, and finds out who is at work.
func (a *app) signer() (*signer, error) {
	b, err := a.read()
	if err != nil {
		return nil, err
	}
	t, h, err := b.readSignOffs()
	if err != nil {
		return nil, fmt.Errorf("the agreements so far can't be read: %w", err)
	}
	if t == nil {
		return nil, fmt.Errorf("the logbook %s is not in a git repository, where agreements are recorded\nto make it one: coachlog init %s", b.dir.Path, b.dir.Path)
	}
	if len(h.Ends) > 0 {
		fmt.Fprintf(a.Err, "%s this clone is shallow, so that agreements of older commits aren't seen: git fetch --unshallow\n", a.ErrStyle.Yellow("coachlog:"))
	}
	s := &signer{book: b, gitTrail: t, head: h}
	s.me, s.author, err = b.atWork(t)
	return s, err
}

// atWork is the one person who would be author and committer of a commit made now.
func (b *book) atWork(t *gitTrail) (*plan.Person, plan.Author, error) {
	author, err := t.repo.Identity()
	if err != nil {
		return nil, plan.Author{}, err
	}
	committer, err := t.repo.Committer()
	if err != nil {
		return nil, plan.Author{}, err
	}
	me, err := b.whoIs(t.author(author))
	if err != nil {
		return nil, plan.Author{}, err
	}
	if b.OnePerson(t.author(author), t.author(committer)) != me {
		return nil, plan.Author{}, fmt.Errorf("this sign-off would have two people on it: author %s, committer %s; both have to be you\n"+
			"check GIT_AUTHOR_EMAIL and GIT_COMMITTER_EMAIL, or git config user.email, author.email and committer.email", author.Email, committer.Email)
	}
	return me, t.author(author), nil
}

// whoIs is the one person who commits with an author's address.
func (b *book) whoIs(author plan.Author) (*plan.Person, error) {
	address := author.Was
	switch people := b.ByAuthor(author); len(people) {
	case 1:
		return people[0], nil
	case 0:
		if unread := b.unreadPlan(); unread != "" {
			return nil, fmt.Errorf("whose address %s is can't be told, since not every plan can be read\n%s", address, unread)
		}
		return nil, fmt.Errorf("git commits here as %s, and nobody's plan lists that address\nif it is yours, write it in your plan: `email: %s`; if not, set your own: git config user.email you@example.com", address, address)
	default:
		return nil, fmt.Errorf("git commits here as %s, which the plans of %s and %s both list, so git can't tell which of you this is\neach needs an address of their own", address, people[0].ID, people[1].ID)
	}
}

// datesNote says that dates in the file are no sign-offs.
func datesNote(dates []plan.DateByHand, me string) string {
	var days []string
	for _, day := range dates {
		who := day.Person
		if who == me {
			who = "you"
		}
		days = append(days, who+" "+day.Date.String())
	}
	switch len(days) {
	case 0:
		return ""
	case 1:
		return "the date in the file (" + days[0] + ") is not a sign-off"
	}
	return "the dates in the file (" + strings.Join(days, ", ") + ") are not sign-offs"
}

func (s *signer) pending() []report.Pending {
	var pending []report.Pending
	for _, w := range s.PendingWords(s.me.ID) {
		p := report.Pending{Path: w.Doc.Path, Person: s.me.ID, Since: w.Since}
		var reasons []string
		if w.Void != nil {
			since := w.Void.Void.Words()
			if w.Void.Void.Progress {
				since += ", by ticks alone"
			}
			reasons = append(reasons, "you agreed on "+w.Void.Commit.Day().String()+"; since then, "+since)
			p.Lines = w.Void.Void.Lines
			if w.Void.Void.Commit != nil {
				p.Commit = w.Void.Void.Commit.ID
			}
		}
		for _, other := range w.Others {
			reasons = append(reasons, other.Person+" agreed on "+other.Commit.Day().String())
		}
		if note := datesNote(w.Dates, s.me.ID); note != "" {
			reasons = append(reasons, note)
		}
		if len(reasons) == 0 {
			reasons = append(reasons, "nobody has agreed to it yet")
		}
		p.Reason = strings.Join(reasons, "; ")
		pending = append(pending, p)
	}
	return pending
}

// chosen is the file that is meant: named, or the one that waits.
func (o *agreeOptions) chosen(s *signer, args []string) (*logparse.Document, error) {
	var name string
	pending := s.PendingWords(s.me.ID)
	switch {
	case len(args) > 0:
		rel, err := o.inLogbook(s.dir, args[0])
		if err != nil {
			return nil, err
		}
		name = rel
	case len(pending) > 0 && o.Interactive:
		var options []terminal.Option
		for _, p := range s.pending() {
			options = append(options, terminal.Option{Value: p.Path, Label: p.Reason})
		}
		choice, err := o.Choose("Which text do you agree to?", options)
		if err != nil {
			return nil, err
		}
		name = choice
	case len(pending) == 0:
		return nil, errors.New("nothing waits for your word\nto agree to a text nevertheless, name its file: coachlog agree people/ID/DATE.md")
	default:
		var lines []string
		for _, w := range pending {
			lines = append(lines, "  coachlog agree "+w.Doc.Path)
		}
		return nil, errors.New("name the text that you agree to; these wait for your word:\n" + strings.Join(lines, "\n"))
	}
	for _, doc := range s.Docs {
		if doc.Path == name {
			return doc, nil
		}
	}
	return nil, fmt.Errorf("%s is neither a session's log nor a development plan, which are what people agree to; coachlog lint %s says what it is taken for", name, name)
}

// mayAgree refuses what can't be agreed to by this person, as it is.
func (s *signer) mayAgree(doc *logparse.Document) error {
	sides := s.Sides(doc)
	switch {
	case doc.Broken():
		return fmt.Errorf("%s can't be read as a whole, so nobody can agree to it; coachlog lint %s shows why", doc.Path, doc.Path)
	case doc.Session == nil && doc.Plan == nil:
		return fmt.Errorf("%s is neither a session's log nor a development plan, which are what people agree to", doc.Path)
	case doc.Session != nil && doc.Session.Status.V != logparse.Held:
		return fmt.Errorf("%s says `status: %s`, and promises nothing yet\nonce the two have met, write `status: held`", doc.Path, doc.Session.Status.V)
	case doc.Session != nil && doc.Session.Adopted.Set:
		return fmt.Errorf("%s is taken in from older notes, which agree nothing", doc.Path)
	case len(sides) < 2:
		return fmt.Errorf("%s names no two people who could agree to it; coachlog lint %s says more", doc.Path, doc.Path)
	case !slices.Contains(sides, s.me.ID):
		return fmt.Errorf("%s is between %s, and git commits here as %s, who is %s: nobody can give another's word", doc.Path, strings.Join(sides, " and "), s.author.Was, s.me.ID)
	}
	return nil
}

// recorded is the id of a file's content in HEAD, where that is its present text.
func (s *signer) recorded(doc *logparse.Document) (string, error) {
	name := s.inRepository(doc.Path)
	files, err := s.head.FilesAt(s.head.Head, name)
	if err != nil {
		return "", err
	}
	id, same := files[name], false
	if id != "" {
		if same, err = s.isText(s.head, doc.Path, doc.Text, id); err != nil {
			return "", err
		}
	}
	if !same {
		return "", fmt.Errorf("the present text of %s is not recorded in git yet, so there is nothing that could be pointed at\nrecord it first: coachlog commit %s", doc.Path, doc.Path)
	}
	return id, nil
}

func (o *agreeOptions) record(ctx context.Context, s *signer, doc *logparse.Document) error {
	id, err := s.recorded(doc)
	if err != nil {
		return err
	}
	for _, signed := range s.Signed {
		if signed.Path == doc.Path && signed.Person == s.me.ID && signed.Void == nil {
			_, err := fmt.Fprintf(o.Out, "You agreed to this text on %s already, in commit %s.\n", signed.Commit.Day(), plan.Short(signed.Commit.ID))
			o.tellLocks(ctx, s.repo)
			return err
		}
	}
	done, err := s.repo.Note(ctx, report.SignOffMessage(s.me.ID, doc.Path, id), map[string]string{s.inRepository(doc.Path): id})
	if err != nil {
		return fmt.Errorf("nothing was recorded: %w", err)
	}
	fmt.Fprintf(o.Out, "[%s %s] %s agrees to %s\n", terminalLines(done.Branch), plan.Short(done.ID), s.me.ID, terminal.Escape(doc.Path))
	_, err = fmt.Fprintln(o.Out, s.standing(doc))
	return err
}

// standing says whose word is still missing, now that this person's is there.
func (s *signer) standing(doc *logparse.Document) string {
	missing := s.Missing(doc.Path, s.Sides(doc)...)
	missing = slices.DeleteFunc(missing, func(id string) bool { return id == s.me.ID })
	if len(missing) == 0 {
		return "Both have agreed to it."
	}
	text := "It waits for the word of " + strings.Join(missing, " and ") + "."
	for _, id := range missing {
		if day, ok := s.DatesByHand(doc)[id]; ok {
			text += "\nThe file has a date for " + id + ", " + day.String() + ". Anybody can write that, so it is not a sign-off."
		}
	}
	return text
}

func (o *agreeOptions) recordCounter(ctx context.Context, s *signer, doc *logparse.Document) error {
	if doc.Session == nil {
		return errors.New("--counter is about an action of a session's log; a plan has none")
	}
	action, err := o.countered(doc)
	if err != nil {
		return err
	}
	if _, err := s.recorded(doc); err != nil {
		return err
	}
	edit, err := doc.AddCounter(action, o.counter, s.me.ID)
	if err != nil {
		return fmt.Errorf("--counter: %w", err)
	}
	result, err := doc.Apply(edit)
	if err != nil {
		return fmt.Errorf("--counter can't be written below %q: %w", action.Text, err)
	}
	message := report.CounterMessage(s.me.ID, doc.Path, action.Text, o.counter)
	done, err := o.rewrite(ctx, s.dir, s.gitTrail, []rewrite{{doc.Path, doc.Text, result.Text}}, message)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.Out, "[%s %s] %s would rather: %s\n", terminalLines(done.Branch), plan.Short(done.ID), s.me.ID, terminal.Escape(o.counter))
	return err
}

// countered is the action that --action names, or the log's only one.
func (o *agreeOptions) countered(doc *logparse.Document) (*logparse.Item, error) {
	var all, found []*logparse.Item
	for _, goal := range slices.Concat(doc.Session.ShortTerm, doc.Session.MidTerm) {
		for _, action := range goal.Actions {
			all = append(all, action.Item)
			if o.action == "" || action.ID.Set && "^"+action.ID.V == "^"+strings.TrimPrefix(o.action, "^") || strings.EqualFold(action.Text, o.action) {
				found = append(found, action.Item)
			}
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	var names []string
	for _, it := range all {
		name := fmt.Sprintf("%q", it.Text)
		if it.ID.Set {
			name = "^" + it.ID.V
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s has no action that could be countered", doc.Path)
	}
	return nil, fmt.Errorf("--action has to name one of the log's actions: %s", strings.Join(names, ", "))
}

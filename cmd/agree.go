package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/history"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
	"github.com/coachlog/coachlog/report"
)

type agreeOptions struct {
	*app
	pending bool
	counter string
	action  string
	signs   bool
	key     string
	mail    string
	from    string
	back    bool
	format  string
}

func newAgree(app *app) *cobra.Command {
	o := &agreeOptions{app: app}
	c := &cobra.Command{
		Use:   "agree [LOG|PLAN]",
		Short: "Sign off a log or plan: it says what you agreed to",
		Long: `agree records your sign-off on exactly this version of a session's log or a
development plan. A sign-off is a commit of your own that changes no file; its
trailers name the file and the content's id. Once both sides have signed off, the
text is agreed. If anybody edits it afterwards, check and lint say so, with the
commit and the lines, until both have signed off again.

coachlog knows you by the e-mail address that git commits with, so your plan has to
list it (` + "`email:`" + `). Nobody can sign off for somebody else. Without a file, on a
terminal, you choose from those that wait for you.

--sign also signs the text with your SSH key, and puts the signature beside the
file. It survives whatever a forge does to commits. --mail writes a mail that asks
somebody whether they agree, and --from files their answer. --withdraw takes your
sign-off back.

--counter writes below an action what you would rather do. That changes the log
and isn't a sign-off.`,
		Example: `  coachlog agree people/rep1/2026-07-06.md
  coachlog agree people/rep1/plan.md
  coachlog agree --pending                 what waits for my sign-off
  coachlog agree people/rep1/2026-07-06.md --sign --key ~/.ssh/id_ed25519
  coachlog agree --mail rep1 > mail.eml
  coachlog agree --from answer.eml
  coachlog agree people/rep1/2026-07-06.md --action ^notes --counter "Five, and ten from August"`,
		Args: cobra.MaximumNArgs(1),
		RunE: o.writing(func() bool { return !o.pending && o.mail == "" }, o.run),
	}
	c.Flags().BoolVar(&o.pending, "pending", false, "list what waits for your sign-off and record nothing")
	c.Flags().StringVar(&o.counter, "counter", "", "write this `text` below an action: what you would rather do")
	c.Flags().StringVar(&o.action, "action", "", "the action that --counter is about: its `^id` or its text")
	c.Flags().BoolVar(&o.signs, "sign", false, "sign the text itself with your SSH key, too")
	c.Flags().StringVar(&o.key, "key", "", "the `file` of the key for --sign; else the one that git signs with")
	c.Flags().BoolVar(&o.back, "withdraw", false, "take your sign-off of this file back")
	c.Flags().StringVar(&o.mail, "mail", "", "write a mail that asks this `person` whether they agree to their last log, or to the file")
	onFlag(c.RegisterFlagCompletionFunc("mail", app.completePeople(0)))
	c.Flags().StringVar(&o.from, "from", "", "file the answer to that mail: a `file`, or - for standard input")
	c.MarkFlagsMutuallyExclusive("pending", "counter", "sign", "withdraw", "mail", "from")
	formatFlag(c, &o.format, plainFormats)
	c.Flags().Lookup("format").Usage = "`form` of the list with --pending: text, json"
	return c
}

// checkFlags finds flags that say nothing without another one.
func (o *agreeOptions) checkFlags(args []string) error {
	switch {
	case o.action != "" && o.counter == "" && o.from == "":
		return errors.New("--action goes with --counter")
	case o.key != "" && !o.signs:
		return errors.New("--key goes with --sign")
	case o.pending && len(args) > 0:
		return errors.New("--pending lists what waits for your sign-off; it can't be combined with a file")
	}
	return nil
}

func (o *agreeOptions) run(c *cobra.Command, args []string) error {
	ctx := c.Context()
	if err := o.checkFlags(args); err != nil {
		return err
	}
	if o.from != "" {
		return o.fileAnswer(ctx, args)
	}
	s, err := o.signer()
	if err != nil {
		return err
	}
	if o.pending {
		pending, err := o.waiting(s)
		if err != nil {
			return err
		}
		return o.print(o.format, report.PendingList{Pending: pending})
	}
	if o.mail != "" {
		return o.writeMail(s, args)
	}
	name, err := o.chosen(s, args)
	if err != nil {
		return err
	}
	if len(args) == 0 { // others may have written while a person chose
		if s, err = o.signer(); err != nil {
			return err
		}
	}
	b, err := s.read(s.OwnerOfFile(name))
	if err != nil {
		return err
	}
	doc := b.doc(name)
	if doc == nil {
		return fmt.Errorf("people sign off session logs and development plans, and %s is neither; coachlog lint %s says what it was read as", name, name)
	}
	if !utf8.ValidString(name) { // which the sign-off couldn't name
		return fmt.Errorf("the name of %q isn't UTF-8, so it can't be signed off; rename it", name)
	}
	if err := b.MayAgree(doc, s.me.ID, s.author.Was); err != nil {
		return err
	}
	switch {
	case o.counter != "":
		return o.recordCounterBy(ctx, s, doc, s.me.ID)
	case o.signs:
		return o.sign(ctx, s, b, doc)
	case o.back:
		return o.takeBack(ctx, s, b, doc)
	}
	return o.record(ctx, s, b, doc)
}

// A signer is somebody at their own repository.
type signer struct {
	*workspace
	signs  *history.SignOffs
	me     *plan.Person
	author plan.Author
}

// signer reads the sign-offs, and finds out who is at work.
func (a *app) signer() (*signer, error) {
	w, err := a.openRoster()
	if err != nil {
		return nil, err
	}
	s := &signer{workspace: w, signs: history.ReadSignOffs(w.dir)}
	switch {
	case s.signs.Err() != nil:
		return nil, s.readable()
	case s.signs.Repo == nil:
		return nil, notInGit(w.dir, ", where sign-offs are recorded")
	case len(s.signs.Head.Ends) > 0:
		a.tell(a.ErrStyle.Yellow, "this clone is shallow, so sign-offs in older commits can't be seen: git fetch --unshallow")
	}
	s.me, s.author, err = w.atWork(s.signs.Repo)
	return s, err
}

// read reads somebody's files, and the sign-offs of them.
func (s *signer) read(id string) (*book, error) {
	b := s.judge(id)
	s.signs.Add(b.Logbook)
	return b, s.readable()
}

func (s *signer) readable() error {
	if err := s.signs.Err(); err != nil {
		return fmt.Errorf("the sign-offs so far can't be read: %w", err)
	}
	return nil
}

// waiting is what waits for the signer's word, in everybody's files.
func (o *agreeOptions) waiting(s *signer) ([]report.Pending, error) {
	parts, bugs := each(o.app, s.Everybody(), func(id string) []report.Pending {
		k := s.know(id)
		if !k.concerns(s.me.ID) {
			return nil
		}
		b := k.documents()
		s.signs.Add(b.Logbook)
		return report.NewPending(b.Logbook, s.me.ID)
	})
	if len(bugs) > 0 {
		return nil, bugs[0]
	}
	pending := slices.Concat(parts...)
	slices.SortStableFunc(pending, func(x, y report.Pending) int { return logparse.ComparePaths(x.Path, y.Path) })
	return pending, s.readable()
}

// atWork is the one person who would be author and committer of a commit made now.
func (w *workspace) atWork(repo *history.Repo) (*plan.Person, plan.Author, error) {
	author, err := repo.Identity()
	if err != nil {
		return nil, plan.Author{}, err
	}
	committer, err := repo.Committer()
	if err != nil {
		return nil, plan.Author{}, err
	}
	now := repo.Author(author)
	me, err := w.whoIs(now)
	if err != nil {
		return nil, now, err
	}
	if !w.Roster.IsBy(repo.Author(committer), me) {
		return nil, now, hint.New("check GIT_AUTHOR_EMAIL and GIT_COMMITTER_EMAIL, or git config user.email, author.email and committer.email",
			"this sign-off would carry two people, author %s and committer %s; both have to be you", author.Email, committer.Email)
	}
	return me, now, nil
}

// whoIs is the one person who commits with an author's address.
func (w *workspace) whoIs(author plan.Author) (*plan.Person, error) {
	address := author.Was
	switch people := w.Roster.ByAuthor(author); len(people) {
	case 1:
		return people[0], nil
	case 0:
		if unread := w.unreadPlan(); unread != "" {
			return nil, hint.New(unread, "not every plan can be read, so coachlog can't tell whose address %s is", address)
		}
		return nil, hint.New("if it is yours, write it in your plan: `email: "+address+"`; if not, set your own: git config user.email you@example.com", "git commits here as %s, and no plan lists that address", address)
	default:
		return nil, hint.New("each needs an address of their own", "git commits here as %s, and the plans of %s and %s both list that address, so coachlog can't tell which of you this is", address, people[0].ID, people[1].ID)
	}
}

// chosen is the path of the file that is meant: named, or the one that waits.
func (o *agreeOptions) chosen(s *signer, args []string) (string, error) {
	if len(args) > 0 {
		return o.inLogbook(s.dir, args[0])
	}
	pending, err := o.waiting(s)
	switch {
	case err != nil:
		return "", err
	case len(pending) == 0:
		return "", hint.New("to sign off a text anyway, name its file: coachlog agree people/ID/DATE.md", "nothing waits for your sign-off")
	case o.Interactive:
		var options []terminal.Option
		for _, p := range pending {
			options = append(options, terminal.Option{Value: p.Path, Label: p.Reason})
		}
		return o.choose("Which text do you agree to?", options)
	}
	text := "name the file you agree to; these wait for your sign-off:"
	for _, p := range pending {
		text += "\n  coachlog agree " + p.Path
	}
	return "", errors.New(text)
}

// recorded is the id of a file's content in HEAD, where that is its present text.
func (s *signer) recorded(doc *logparse.Document) (string, error) {
	name := s.signs.InRepository(doc.Path)
	files, err := s.signs.Head.FilesAt(s.signs.Head.Head, name)
	if err != nil {
		return "", err
	}
	id, same := files[name], false
	if id != "" {
		if same, err = s.signs.IsText(s.signs.Head, doc.Path, doc.Text, id); err != nil {
			return "", err
		}
	}
	if !same {
		return "", hint.New("record it first: coachlog commit "+doc.Path, "%s has changes that aren't in git yet, so there is no version to sign off", doc.Path)
	}
	return id, nil
}

func (o *agreeOptions) record(ctx context.Context, s *signer, b *book, doc *logparse.Document) error {
	id, err := s.recorded(doc)
	if err != nil {
		return err
	}
	if word, ok := s.own(b, doc); ok && word.Stands() && word.Commit != nil {
		return o.sayAlready(ctx, s, b, doc, "agreed to", word)
	}
	if !b.Takes(plan.OwnCommit) {
		return hint.New("sign the text: coachlog agree "+doc.Path+" --sign", "this logbook takes signatures only (`agreement: signed` in coachlog.yaml)")
	}
	message := report.SignOffMessage(s.me.ID, doc.Path, id, "")
	if err := o.note(ctx, s.signs.Repo, message, map[string]string{s.signs.InRepository(doc.Path): id}); err != nil {
		return err
	}
	return o.sayStanding(s, doc)
}

// sayAlready says that there is nothing to record.
func (o *agreeOptions) sayAlready(ctx context.Context, s *signer, b *book, doc *logparse.Document, did string, word plan.SignOff) error {
	err := o.printf("You already %s this text on %s, in commit %s.\n%s\n", did, word.Day.InWords(), plan.Short(word.Commit.ID), s.standing(b, doc))
	o.tellLocks(ctx, s.signs.Repo)
	return err
}

// sayStanding reads what was recorded again, since a hook may have changed it, and says
// whose word is still missing.
func (o *agreeOptions) sayStanding(s *signer, doc *logparse.Document) error {
	b, err := o.readAgain(doc)
	if err != nil {
		return err
	}
	word, ok := s.own(b, b.doc(doc.Path))
	if !ok || !word.Stands() {
		why := "its message doesn't name the text any more"
		if word.Doubt != "" {
			why = word.Doubt
		}
		return hint.New("see what a hook (.git/hooks, or core.hooksPath) does to the commits of coachlog agree, then agree again; or sign the text itself: coachlog agree "+doc.Path+" --sign",
			"your sign-off was recorded, but it doesn't count: %s", why)
	}
	return o.printf("%s\n", s.standing(b, b.doc(doc.Path)))
}

// readAgain reads what is known of a file's sign-offs after one more was recorded.
func (o *agreeOptions) readAgain(doc *logparse.Document) (*book, error) {
	s, err := o.signer()
	if err != nil {
		return nil, err
	}
	return s.read(s.OwnerOfFile(doc.Path))
}

// own is what there is of the signer's word on a file.
func (s *signer) own(b *book, doc *logparse.Document) (plan.SignOff, bool) {
	i := slices.IndexFunc(b.Words, func(w plan.SignOff) bool { return w.Path == doc.Path && w.Person == s.me.ID })
	if i < 0 {
		return plan.SignOff{}, false
	}
	return b.Words[i], true
}

// standing says whose word is still missing.
func (s *signer) standing(b *book, doc *logparse.Document) string {
	missing := b.Missing(doc.Path, b.Sides(doc)...)
	if len(missing) == 0 {
		return "Both have agreed to it."
	}
	text := "Still to agree: " + strings.Join(missing, " and ") + "."
	for _, id := range missing {
		switch word, ok := b.Doubted(doc.Path, id); {
		case !ok:
		case word.How == plan.ByHand:
			text += "\nThe file has a date for " + id + ", " + word.Day.InWords() + ". That isn't a sign-off: " + word.Doubt + "."
		default:
			text += "\n" + id + "'s sign-off" + plan.OfDay(word.Day) + " doesn't count: " + word.Doubt + "."
		}
	}
	return text
}

func (o *agreeOptions) recordCounterBy(ctx context.Context, s *signer, doc *logparse.Document, who string) error {
	if doc.Session == nil {
		return errors.New("--counter needs an action in a session's log; a plan has none")
	}
	action, err := draft.Action(doc, o.action)
	if err != nil {
		return err
	}
	if _, err := s.recorded(doc); err != nil {
		return err
	}
	text, err := draft.Counter(doc, action, o.counter, who)
	if err != nil {
		return err
	}
	message := report.CounterMessage(who, doc.Path, action, o.counter, s.Roster.Settings.CommitWords)
	change := s.signs.Replaces(doc.Path, doc.Text, text)
	return o.rewrite(ctx, s.signs.Repo, s.dir, []gitrepo.Change{change}, message, who+" would rather: "+o.counter)
}

package cmd

import (
	"fmt"
	"net/mail"
	"strings"

	"github.com/spf13/cobra"

	"github.com/coachlog/coachlog/internal/email"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
	"github.com/coachlog/coachlog/report"
	"github.com/coachlog/coachlog/templates"
)

type prepOptions struct {
	*app
	date      logparse.Date
	message   string
	from      string
	received  logparse.Date
	asked     logparse.Date
	questions bool
	long      bool
	dryRun    bool
	format    string
}

var messageForms = []string{"text", "mailto", "eml"}

func newPrep(app *app) *cobra.Command {
	o := &prepOptions{app: app}
	c := &cobra.Command{
		Use:   "prep [PERSON]",
		Short: "Prepare a session: ask the coachee, file their answers, read up",
		Long: `prep prints a page for the coach before a session: what the coachee wrote, their
strengths, what is open on both sides, how the figures went, what was said last
time, and open questions to ask instead of giving advice.

--message prints a message to the coachee that asks what feels good, what help they
need and what to focus on; before a kick-off and a review also for two or three
strengths and areas to develop, and their aims for 30, 60 and 90 days. You get it as
text, as a mailto: link, or as a draft (.eml) for your mail program. Send it a few
days ahead; coachlog sends nothing itself.

--from files the answers as people/ID/prep-DATE.md, in the coachee's own words: from a
text file, a saved mail (.eml), or - for standard input. new session writes them on
the lines of the log that ask for them.

The message is templates/prep-message.md or prep-message-long.md, the questions are
templates/questions.md; to use your own, see coachlog templates.`,
		Example: `  coachlog prep rep1
  coachlog prep rep1 --message text
  coachlog prep rep1 --message eml > ask.eml
  xdg-open "$(coachlog prep rep1 --message mailto)"
  coachlog prep rep1 --from answer.txt --received 2026-07-11
  coachlog prep --from answer.eml            the sender's address says who wrote it
  coachlog prep --questions                  the list of open questions`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: app.completePeople(1),
		RunE:              o.writing(func() bool { return o.from != "" && !o.dryRun }, o.run),
	}
	app.dateFlag(c, &o.date, "date", "the `day` of the session (default: the next one)")
	choiceFlag(c, &o.message, "message", messageForms, "print the message to the coachee, in this `form`: "+strings.Join(messageForms, ", "))
	c.Flags().StringVar(&o.from, "from", "", "file the answers in this `file`; - is standard input")
	app.dateFlag(c, &o.received, "received", "the `day` the answers came (default: the mail's, else today)")
	app.dateFlag(c, &o.asked, "asked", "the `day` the message went out")
	c.Flags().BoolVar(&o.long, "long", false, "ask all the questions, as before a kick-off or a review")
	c.Flags().BoolVar(&o.questions, "questions", false, "list the open questions")
	c.Flags().BoolVarP(&o.dryRun, "dry-run", "n", false, "with --from: print the file and write nothing")
	formatFlag(c, &o.format, report.PageFormats)
	c.MarkFlagsMutuallyExclusive("message", "from", "questions")
	c.MarkFlagsMutuallyExclusive("format", "message")
	c.MarkFlagsMutuallyExclusive("format", "from")
	return c
}

func (o *prepOptions) run(c *cobra.Command, args []string) error {
	for _, flag := range []string{"received", "asked", "dry-run"} {
		if c.Flags().Changed(flag) && o.from == "" {
			return fmt.Errorf("--%s only works with --from FILE", flag)
		}
	}
	if o.questions {
		dir, err := o.findAny() // outside a logbook there are only the shipped ones
		if err != nil {
			return err
		}
		bank, err := questionBank(dir)
		if err != nil {
			return err
		}
		return o.print(o.format, report.NewQuestions(bank))
	}
	if o.from != "" {
		return o.file(args)
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	question, do := "Whose session?", o.page
	if o.message != "" {
		question, do = "Who do you want to ask?", o.ask
	}
	b, person, err := o.readPerson(w, args, question)
	if err != nil {
		return err
	}
	return o.end(b.allMissing(), do(b, person))
}

// page prints the coach's page.
func (o *prepOptions) page(b *book, person *plan.Person) error {
	bank, err := questionBank(b.dir)
	if err != nil {
		return err
	}
	return o.print(o.format, report.NewPrep(b.Logbook, person, bank, o.session(b, person, b.today), b.today))
}

// session is the day that a preparation is for, as seen from another day; no
// date where nothing says.
func (o *prepOptions) session(b *book, p *plan.Person, from logparse.Date) logparse.Date {
	if !o.date.IsZero() {
		return o.date
	}
	return b.Upcoming(p, from)
}

// knownSession is session where a date is needed.
func (o *prepOptions) knownSession(b *book, p *plan.Person, from logparse.Date) (logparse.Date, error) {
	date := o.session(b, p, from)
	if date.IsZero() {
		return date, fmt.Errorf("no day is known for the next session with %s; name it with --date DATE, or plan it: coachlog new session %s --date DATE", p.ID, p.ID)
	}
	return date, nil
}

// questionBank is the shipped questions and the logbook's own.
func questionBank(dir *logbook.Dir) ([]draft.Question, error) {
	shipped, err := templates.Text("questions.md")
	if err != nil {
		return nil, err
	}
	bank, err := draft.ReadQuestions("questions.md", shipped, false)
	if err != nil || dir == nil {
		return bank, err
	}
	name := logparse.TemplatePath("questions.md")
	text, err := dir.ReadFile(name)
	if noSuchFile(err) {
		return bank, nil
	}
	if err != nil {
		return nil, err
	}
	own, err := draft.ReadQuestions(name, text, true)
	return append(bank, own...), err
}

// ask prints the message to the coachee.
func (o *prepOptions) ask(b *book, person *plan.Person) error {
	session, err := o.knownSession(b, person, b.today)
	if err != nil {
		return err
	}
	by := session.AddDays(-1)
	if by.Before(b.today) && !session.Before(b.today) {
		by = b.today
	}
	message, err := prepMessage(b, person, o.template(b, person, session), session, by)
	if err != nil {
		return err
	}
	o.sayIfLate(b, session)
	if o.message == "text" {
		return o.print("text", message)
	}
	mail := email.Message{Subject: message.Subject, Body: message.Body}
	if mail.To, err = address(person); err != nil {
		return err
	}
	if mail.To == nil {
		o.tell(plainly, "no address is known for %s, so the message has no recipient yet; to have it filled in, write `email:` into people/%s/plan.md", person.ID, person.ID)
	}
	if o.message == "mailto" {
		return o.printf("%s\n", mail.Mailto())
	}
	if coach := b.Person(b.CoachOf(person)); coach != nil {
		if mail.From, err = address(coach); err != nil {
			return err
		}
	}
	return o.writeRaw(mail.EML())
}

// The templates of the message: of a week, and of a kick-off or a review.
const (
	shortMessage = "prep-message"
	longMessage  = "prep-message-long"
)

// template is the message's template: the long one before a kick-off, which the first
// session is, and a review.
func (o *prepOptions) template(b *book, p *plan.Person, session logparse.Date) string {
	asksAll := o.long || p.LastHeld() == nil
	for _, log := range p.Logs {
		if log.Date == session {
			asksAll = o.long || log.Kind.V == "kick-off" || log.Kind.V == "review"
		}
	}
	if asksAll {
		return longMessage
	}
	return shortMessage
}

// prepMessage is the message to a coachee before a session, which asks for an
// answer by a day. A logbook's own short one serves for the long one too.
func prepMessage(b *book, p *plan.Person, name string, session, by logparse.Date) (*report.PrepMessage, error) {
	own := func(name string) bool { return b.dir.Exists(logparse.TemplatePath(name + ".md")) }
	if own(shortMessage) && !own(longMessage) {
		name = shortMessage
	}
	template, err := templateText(b.dir, name)
	if err != nil {
		return nil, err
	}
	return report.NewPrepMessage(b.Logbook, p, template, session, by)
}

// sayIfLate says where answers would come less than a day ahead (method 63).
func (o *prepOptions) sayIfLate(b *book, session logparse.Date) {
	when := "tomorrow"
	switch days := b.today.DaysUntil(session); {
	case days < 0:
		when = "in the past (" + session.String() + ")"
	case days == 0:
		when = "today"
	case days > 1:
		return
	}
	o.tell(plainly, "the session is %s, so there's less than a day for the answers; for another day: --date DATE", when)
}

// address is the first email address of a person; nil where none is known.
func address(p *plan.Person) (*mail.Address, error) {
	known := p.Addresses()
	if len(known) == 0 {
		return nil, nil
	}
	name := p.Name
	if name == p.ID {
		name = ""
	}
	a, err := email.Address(known[0].V, terminal.Escape(name))
	switch {
	case err == nil:
		return a, nil
	case p.Plan != nil && len(p.Plan.Emails) > 0:
		return nil, fmt.Errorf("%s: %w", p.PlanDoc.Where(known[0].Span.Start), err)
	}
	return nil, fmt.Errorf("%s, people, %s: %w", logbook.SettingsName, p.ID, err)
}

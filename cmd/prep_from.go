package cmd

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/email"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/internal/reply"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
)

// Longest text of a mail, in bytes, and most lines of it.
const (
	maxAnswer = 1 << 20
	maxLines  = 20_000
)

// anotherSession is what to do where answers for a session are filed already.
const anotherSession = "\nto add to it, open the file; for another session: --date DATE"

// file files a coachee's answers.
func (o *prepOptions) file(args []string) error {
	in, err := o.readAnswer(o.from)
	if err != nil {
		return err
	}
	w, err := o.openRoster()
	if err != nil {
		return err
	}
	if args, err = o.answerer(w, args, in.From); err != nil {
		return err
	}
	b, person, err := o.readPerson(w, args, "Whose answers are these?")
	if err != nil {
		return err
	}
	answers := draft.Answers{Received: cmp.Or(o.received, sentOn(in), b.today), Asked: o.asked}
	if answers.Session, err = o.knownSession(b, person, answers.Received); err != nil {
		return err
	}
	name := logparse.PreparationPath(person.ID, answers.Session)
	if b.dir.Exists(name) && !o.dryRun {
		return errExists(name, anotherSession)
	}
	sent, answer, err := o.readReply(b, person, answers.Session, in.Text)
	if err != nil {
		return err
	}
	answers.Titles = make(map[logparse.SectionName]string)
	for _, q := range sent.Questions {
		answers.Titles[q.Section] = q.Title
	}
	answers.Sections = answer.Sections
	if len(answers.Sections) == 0 {
		return fmt.Errorf("%s: it only has the questions and no answers; nothing was written", o.from)
	}
	doc, err := draft.Preparation(b.Logbook, person, name, answers)
	if err != nil {
		return fmt.Errorf("%s: %w", o.from, err)
	}
	if err := o.writeNew(b.dir, newFile{noEdit: true, dryRun: o.dryRun}, name, doc.Text, anotherSession); err != nil || o.dryRun {
		return err
	}
	o.sayPlaced(answer)
	return o.sayMissing(b.allMissing())
}

// readReply reads an answer by the message that was sent: that of the session's kind,
// or the other one where the answer shows it.
func (o *prepOptions) readReply(b *book, p *plan.Person, session logparse.Date, text string) (*reply.Message, *reply.Answer, error) {
	names := []string{shortMessage, longMessage}
	if o.template(b, p, session) == longMessage {
		slices.Reverse(names)
	}
	var messages []*reply.Message
	for _, name := range names {
		message, err := prepMessage(b, p, name, session, session.AddDays(-1))
		if err != nil {
			return nil, nil, err
		}
		messages = append(messages, reply.NewMessage(message.Body, b.Settings.Headings))
	}
	sent := reply.Sent(text, messages[0], messages[1])
	return sent, sent.Read(text), nil
}

// sayPlaced says what is under no question, and what was left out.
func (o *prepOptions) sayPlaced(answer *reply.Answer) {
	if n := len(answer.Sections[logparse.Notes]); n > 0 {
		what := "text that answers no question is under Notes"
		if len(answer.Sections) == 1 {
			what = "nothing in it says which question it answers, so all of it is under Notes"
		}
		o.tell(plainly, "%s", what)
	}
	if len(answer.LeftOut) > 0 {
		o.tell(plainly, "left out as a signature or mail header:%s", asList(answer.LeftOut))
	}
}

// sentOn is when a mail was sent, in the sender's own time zone; zero where nothing says.
func sentOn(in *email.Received) (day logparse.Date) {
	if !in.Date.IsZero() {
		day = logparse.DateOf(in.Date)
	}
	return day
}

// readAnswer reads --from: a mail, or plain text.
func (a *app) readAnswer(from string) (in *email.Received, err error) {
	var text []byte
	if from == "-" {
		text, err = unlocked(a, func() ([]byte, error) { return plainfile.ReadStream(a.In, plainfile.Export) }) // somebody may type it
	} else {
		text, err = logbook.ReadAnyFile(from)
	}
	if err == nil {
		in, err = email.Read(text)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", from, err)
	case len(in.Text) > maxAnswer || strings.Count(in.Text, "\n") > maxLines:
		return nil, fmt.Errorf("%s is too long for a logbook's file (1 MiB or 20,000 lines); save only the answers", from)
	}
	return in, nil
}

// answerer is whose answers they are: the person named, else the one who has the
// sender's address; nobody where neither says.
func (o *prepOptions) answerer(w *workspace, args []string, sender string) ([]string, error) {
	senders := w.Roster.ByAddress(sender)
	switch {
	case len(args) > 0:
		id, err := w.find(args[0])
		if err == nil && len(senders) == 1 && senders[0].ID != id {
			o.tell(plainly, "the mail is from %s; filed under %s, as you asked", senders[0].ID, id)
		}
		return args, err
	case len(senders) == 1:
		return idsOf(senders), nil
	case len(senders) > 1:
		return nil, fmt.Errorf("%s is the address of %s; name the person: coachlog prep PERSON --from %s", sender, strings.Join(idsOf(senders), " and "), o.from)
	case sender != "":
		return nil, hint.New("to make it known: write `email: "+sender+"` into their plan", "nobody's plan has the address %s; name the person: coachlog prep PERSON --from %s", sender, o.from)
	case o.from == "-":
		return nil, fmt.Errorf("name the person: coachlog prep PERSON --from -; %s", w.people())
	}
	return nil, nil
}

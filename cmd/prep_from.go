package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/email"
	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/plainfile"
	"github.com/coachlog/coachlog/internal/reply"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// An incoming is a text that may answer the message, and what its mail says.
type incoming struct {
	text   string
	sender string        // address; "" where it is no mail
	sent   logparse.Date // in the sender's own time zone; zero where nothing says
}

// Longest text of a mail, in bytes, and most lines of it.
const (
	maxAnswer = 1 << 20
	maxLines  = 20_000
)

// file files a coachee's answers.
func (o *prepOptions) file(b *book, args []string) error {
	in, err := o.readAnswer()
	if err != nil {
		return err
	}
	person, err := o.answerer(b, args, in)
	if err != nil {
		return err
	}
	answers := plan.Answers{Received: b.today}
	if !in.sent.IsZero() {
		answers.Received = in.sent
	}
	for _, flag := range []struct {
		name, value string
		to          *logparse.Date
	}{{"received", o.received, &answers.Received}, {"asked", o.asked, &answers.Asked}} {
		if flag.value == "" {
			continue
		}
		if *flag.to, err = logparse.ParseDate(flag.value); err != nil {
			return fmt.Errorf("--%s: %w", flag.name, err)
		}
	}
	if answers.Session, err = o.knownSession(b, person, answers.Received); err != nil {
		return err
	}
	name := path.Join("people", person.ID, fmt.Sprintf("prep-%s.md", answers.Session))
	if b.dir.Exists(name) && !o.dryRun {
		return errPrepExists(name)
	}
	sent, err := prepMessage(b, person, answers.Session, answers.Session.AddDays(-1))
	if err != nil {
		return err
	}
	answer := o.place(sent.Body, in.text, b.Settings.Headings, &answers)
	if len(answers.Sections) == 0 {
		return fmt.Errorf("%s: there is no answer in it besides the questions; nothing was written", o.from)
	}
	doc, err := b.NewPreparation(person, name, answers)
	if err != nil {
		return fmt.Errorf("%s: %w", o.from, err)
	}
	if o.dryRun {
		_, err := o.Out.Write(doc.Text)
		return err
	}
	err = b.dir.Create(name, doc.Text, 0o644)
	if errors.Is(err, logbook.ErrExists) {
		return errPrepExists(name)
	}
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(o.Out, hereRelative(filepath.Join(b.dir.Path, filepath.FromSlash(name)))); err != nil {
		return err
	}
	o.sayPlaced(answers, answer)
	return o.sayUncounted(b)
}

// place reads an answer by the message that it answers.
func (o *prepOptions) place(message, text string, headings logparse.Headings, answers *plan.Answers) *reply.Answer {
	sent := reply.NewMessage(message, headings)
	answers.Titles = make(map[logparse.SectionName]string)
	for _, q := range sent.Questions {
		answers.Titles[q.Section] = q.Title
	}
	answer := sent.Read(text)
	answers.Sections = answer.Sections
	return answer
}

// sayPlaced says what stands under no question, and what was left out.
func (o *prepOptions) sayPlaced(answers plan.Answers, answer *reply.Answer) {
	if n := len(answers.Sections[logparse.Notes]); n > 0 {
		what := "what answers no question stands under Notes"
		if len(answers.Sections) == 1 {
			what = "nothing in it says which question it answers, so all of it stands under Notes"
		}
		fmt.Fprintf(o.Err, "coachlog: %s\n", what)
	}
	if len(answer.LeftOut) > 0 {
		fmt.Fprintf(o.Err, "coachlog: left out, as a signature or a mail's heading:\n")
	}
	for _, line := range answer.LeftOut {
		fmt.Fprintf(o.Err, "  %s\n", terminal.Escape(line))
	}
}

// readAnswer reads --from: a mail, or plain text.
func (o *prepOptions) readAnswer() (*incoming, error) {
	var text []byte
	var err error
	if o.from == "-" {
		text, err = plainfile.ReadStream(o.In, plainfile.Export)
	} else {
		text, err = logbook.ReadAnyFile(o.from)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.from, err)
	}
	in := &incoming{text: string(text)}
	if email.IsMail(text) {
		received, err := email.Read(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.from, err)
		}
		in.text, in.sender = received.Text, received.From
		if !received.Date.IsZero() {
			in.sent = logparse.DateOf(received.Date)
		}
	}
	if !utf8.ValidString(in.text) || bytes.IndexByte([]byte(in.text), 0) >= 0 {
		return nil, fmt.Errorf("%s is not UTF-8 text; save the answers as a plain text file in UTF-8, and file that", o.from)
	}
	if len(in.text) > maxAnswer || strings.Count(in.text, "\n") > maxLines {
		return nil, fmt.Errorf("%s is longer than a file of a logbook can be, 1 MiB or 20,000 lines; file the answers alone", o.from)
	}
	return in, nil
}

// answerer is whose answers they are: the person named, else the one who has the
// sender's address.
func (o *prepOptions) answerer(b *book, args []string, in *incoming) (*plan.Person, error) {
	senders := b.ByAddress(in.sender)
	switch {
	case len(args) > 0:
		person, err := b.person(args[0])
		if err == nil && len(senders) == 1 && senders[0].ID != person.ID {
			fmt.Fprintf(o.Err, "coachlog: the mail is from %s, and is filed as %s's, as you said\n", senders[0].ID, person.ID)
		}
		return person, err
	case len(senders) == 1:
		return b.Person(senders[0].ID), nil
	case len(senders) > 1:
		ids := make([]string, len(senders))
		for i, p := range senders {
			ids[i] = p.ID
		}
		return nil, fmt.Errorf("%s is the address of %s; name the person: coachlog prep PERSON --from %s", in.sender, strings.Join(ids, " and "), o.from)
	case in.sender != "":
		return nil, fmt.Errorf("nobody here has the address %s; name the person: coachlog prep PERSON --from %s\nto have it known: write `email: %s` into their plan", in.sender, o.from, in.sender)
	case o.from == "-":
		return nil, fmt.Errorf("name the person: coachlog prep PERSON --from -; the people are %s", b.ids())
	}
	return o.choosePerson(b, "Whose answers are these?")
}

// errPrepExists says what to do where answers for a session are filed already.
func errPrepExists(name string) error {
	return fmt.Errorf("%s is there already and stays as it is\nto add to it, open it; for another session: --date DATE", name)
}

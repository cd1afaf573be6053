package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/email"
	"github.com/coachlog/coachlog/internal/gitrepo"
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/reply"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
	"github.com/coachlog/coachlog/report"
)

// writeMail writes a draft of the mail that asks somebody whether a text is what was agreed.
func (o *agreeOptions) writeMail(s *signer, args []string) error {
	b, p, err := o.readPerson(s.workspace, []string{o.mail}, "")
	if err != nil {
		return err
	}
	var doc *logparse.Document
	if len(args) > 0 {
		name, err := o.inLogbook(s.dir, args[0])
		if err != nil {
			return err
		}
		if b, err = s.read(s.OwnerOfFile(name)); err != nil { // a coach's mail is about a coachee's file
			return err
		}
		doc = b.doc(name)
	} else {
		for _, d := range p.Agreeables() { // the last session's comes behind the plan
			if b.MayAgree(d, s.me.ID, s.author.Was) == nil {
				doc = d
			}
		}
	}
	if doc == nil {
		return hint.New("name the file that you mean: coachlog agree people/ID/DATE.md --mail "+p.ID, "the files of %s have no log or plan for the two of you to agree to", p.ID)
	}
	if err := b.MayAgree(doc, s.me.ID, s.author.Was); err != nil {
		return err
	}
	if sides := b.Sides(doc); p.ID == s.me.ID || !slices.Contains(sides, p.ID) {
		return fmt.Errorf("%s is between %s, so the one to ask is the other of you two, and not %s", doc.Path, strings.Join(sides, " and "), p.ID)
	}
	id, err := s.recorded(doc)
	if err != nil {
		return err
	}
	to, err := address(p)
	if err != nil {
		return err
	}
	from, err := address(s.me)
	if err != nil {
		return err
	}
	m := report.NewAgreeMail(b.Logbook, doc, p, id)
	return o.writeRaw(email.Message{From: from, To: to, Subject: m.Subject, Body: m.Body}.EML())
}

// An answered is what a mail answers: whose mail, and which version of which file.
type answered struct {
	doc  *logparse.Document
	by   *plan.Person
	text string // the id
}

// fileAnswer files somebody's answer to that mail: a yes as a sign-off by mail, anything else as
// what they would rather do, below an action, or as a note.
func (o *agreeOptions) fileAnswer(ctx context.Context, args []string) error {
	in, err := o.readAnswer(o.from)
	if err != nil {
		return err
	}
	s, err := o.signer()
	if err != nil {
		return err
	}
	to, b, err := o.answered(s, args, in)
	if err != nil {
		return err
	}
	path := to.doc.Path
	sent := report.NewAgreeMail(b.Logbook, to.doc, to.by, to.text)
	lines := reply.NewMessage(sent.Body, b.Settings.Headings).Read(in.Text).Sections[logparse.Notes]
	if !reply.IsYes(lines, to.by.Name, s.me.Name) {
		return o.fileOther(ctx, s, to, in, lines)
	}
	message := report.MailSignOffMessage(to.by.ID, path, to.text, in.ID, in.From, sentOn(in))
	if err := o.note(ctx, s.signs.Repo, message, nil); err != nil {
		return err
	}
	if !b.Takes(plan.ByMail) {
		return o.printf("It is noted, but it isn't a sign-off: for that, coachlog.yaml has to say `agreement: mail`.\n")
	}
	if b, err = o.readAgain(to.doc); err != nil {
		return err
	}
	return o.printf("%s\n", s.standing(b, b.doc(path)))
}

// answered finds out what a mail answers, by what it quotes or by the file that is named.
func (o *agreeOptions) answered(s *signer, args []string, in *email.Received) (*answered, *book, error) {
	path, text := reply.AgreedText(in.Text)
	if len(args) > 0 {
		var err error
		if path, err = o.inLogbook(s.dir, args[0]); err != nil {
			return nil, nil, err
		}
		text = ""
	}
	if path == "" {
		return nil, nil, hint.New("name the file that it answers: coachlog agree people/ID/DATE.md --from "+o.from, "the answer doesn't quote which text it is about")
	}
	b, err := s.read(s.OwnerOfFile(path))
	if err != nil {
		return nil, nil, err
	}
	doc := b.doc(path)
	if doc == nil {
		return nil, nil, fmt.Errorf("%s isn't a log or plan of this logbook", path)
	}
	if err := b.MayAgree(doc, s.me.ID, s.author.Was); err != nil {
		return nil, nil, err
	}
	who, err := o.otherSide(s, b, path, in.From)
	if err != nil {
		return nil, nil, err
	}
	if text == "" {
		text, err = s.recorded(doc)
		return &answered{doc, who, text}, b, err
	}
	had, err := s.signs.Had(b.Logbook, path, text)
	if err == nil && !had {
		err = hint.New("name the file, if they agree to its present text: coachlog agree "+path+" --from "+o.from, "the answer is about a version of %s that git doesn't have", path)
	}
	return &answered{doc, who, text}, b, err
}

// otherSide is whose own address an answer came from, where that is the other side of its text.
func (o *agreeOptions) otherSide(s *signer, b *book, path, from string) (*plan.Person, error) {
	if from == "" {
		return nil, errors.New("the answer doesn't name one sender, so nobody can tell whose it is")
	}
	sides, senders := b.Sides(b.doc(path)), s.Roster.ByAddress(from)
	if len(senders) != 1 || senders[0].ID == s.me.ID || !slices.Contains(sides, senders[0].ID) {
		return nil, fmt.Errorf("the answer is from %q, and %s is between %s; only the other side's own address is theirs to answer from", from, path, strings.Join(sides, " and "))
	}
	return senders[0], nil
}

// fileOther writes an answer that is no yes into the log.
func (o *agreeOptions) fileOther(ctx context.Context, s *signer, to *answered, in *email.Received, lines []string) error {
	said := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	if said == "" {
		return errors.New("there is no answer in this mail")
	}
	if to.doc.Session == nil {
		return hint.New("change the plan together, and ask again: coachlog agree --mail "+to.by.ID+" "+to.doc.Path, "the answer isn't a plain yes, and %s has no place to file it: %s", to.doc.Path, terminal.Escape(said))
	}
	if o.action != "" {
		o.counter = said
		return o.recordCounterBy(ctx, s, to.doc, to.by.ID)
	}
	note := fmt.Sprintf("%s by mail, %s: %s", to.by.ID, sentOn(in), said)
	if bytes.Contains(to.doc.Text, []byte(note)) {
		return o.printf("This answer is under Notes already. To file it as a counter-proposal: --action ^id\n")
	}
	text, err := draft.Note(to.doc, note)
	if err != nil {
		return err
	}
	message := report.NoteMessage(to.by.ID, to.doc.Path)
	change := s.signs.Replaces(to.doc.Path, to.doc.Text, text)
	if err := o.rewrite(ctx, s.signs.Repo, s.dir, []gitrepo.Change{change}, message, message); err != nil {
		return err
	}
	return o.printf("That isn't a plain yes, so it is under Notes. To file it as a counter-proposal: --action ^id\n")
}

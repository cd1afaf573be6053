package cmd

import (
	"context"
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
		doc = b.doc(name)
	} else if all := p.Agreeables(); len(all) > 0 {
		doc = all[len(all)-1] // the last session's, which comes behind the plan
	}
	if doc == nil {
		return fmt.Errorf("%s has no log or plan that they could agree to", p.ID)
	}
	if err := b.MayAgree(doc, s.me.ID, s.author.Was); err != nil {
		return err
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
	_, err = o.Out.Write(email.Message{From: from, To: to, Subject: m.Subject, Body: m.Body}.EML())
	return err
}

// fileAnswer files somebody's answer to that mail: a yes as a sign-off by mail, anything else as
// what they would rather do, below an action, or as a note.
func (o *agreeOptions) fileAnswer(ctx context.Context, s *signer, args []string) error {
	in, err := o.readAnswer(o.from)
	if err != nil {
		return err
	}
	path, text := report.AgreedText(in.Text)
	if len(args) > 0 {
		if path, err = o.inLogbook(s.dir, args[0]); err != nil {
			return err
		}
	}
	if path == "" {
		return hint.New("name the file that it answers: coachlog agree people/ID/DATE.md --from "+o.from, "%s doesn't quote which text it answers", o.from)
	}
	b, err := s.read(s.ownerOf(path))
	if err != nil {
		return err
	}
	doc := b.doc(path)
	if doc == nil {
		return fmt.Errorf("%s is no log or plan of this logbook", path)
	}
	if err := b.MayAgree(doc, s.me.ID, s.author.Was); err != nil {
		return err
	}
	who, err := o.otherSide(s, b, path, in.From)
	if err != nil {
		return err
	}
	if text == "" || len(args) > 0 {
		if text, err = s.recorded(doc); err != nil {
			return err
		}
	}
	if had, err := s.signs.Had(b.Logbook, path, text); err != nil {
		return err
	} else if !had {
		return hint.New("name the file, if they agree to its present text: coachlog agree "+path+" --from "+o.from, "the answer is about a version of %s that git doesn't have", path)
	}
	sent := report.NewAgreeMail(b.Logbook, doc, who, text)
	lines := reply.NewMessage(sent.Body, b.Settings.Headings).Read(in.Text).Sections[logparse.Notes]
	if !report.IsYes(lines, who.Name, s.me.Name) {
		return o.fileOther(ctx, s, doc, who, in, lines)
	}
	message := report.MailSignOffMessage(who.ID, path, text, in.ID, in.From, in.day())
	if err := o.note(ctx, s, message, nil); err != nil {
		return err
	}
	if !b.Takes(plan.ByMail) {
		_, err = fmt.Fprintln(o.Out, "It is noted, and no sign-off: for that, coachlog.yaml has to say `agreement: mail`.")
		return err
	}
	if b, err = o.readAgain(doc); err != nil {
		return err
	}
	_, err = fmt.Fprintln(o.Out, s.standing(b, b.doc(path)))
	return err
}

// otherSide is whose own address an answer came from, where that is the other side of its text.
func (o *agreeOptions) otherSide(s *signer, b *book, path, from string) (*plan.Person, error) {
	if from == "" {
		return nil, fmt.Errorf("%s doesn't name one sender, so nobody can tell whose answer it is", o.from)
	}
	sides, senders := b.Sides(b.doc(path)), s.roster.ByAddress(from)
	if len(senders) != 1 || senders[0].ID == s.me.ID || !slices.Contains(sides, senders[0].ID) {
		return nil, fmt.Errorf("the answer is from %q, and %s is between %s; only the other side's own address is theirs to answer from", from, path, strings.Join(sides, " and "))
	}
	return senders[0], nil
}

// fileOther writes an answer that is no yes into the log.
func (o *agreeOptions) fileOther(ctx context.Context, s *signer, doc *logparse.Document, who *plan.Person, in incoming, lines []string) error {
	said := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	if said == "" {
		return fmt.Errorf("%s has no answer in it", o.from)
	}
	if doc.Session == nil {
		return hint.New("change the plan together, and ask again: coachlog agree --mail "+who.ID+" "+doc.Path, "the answer is no plain yes, and %s has no place to file it: %s", doc.Path, terminal.Escape(said))
	}
	if o.action != "" {
		o.counter = said
		return o.recordCounterBy(ctx, s, doc, who.ID)
	}
	text, err := draft.Note(doc, fmt.Sprintf("%s by mail, %s: %s", who.ID, in.day(), said))
	if err != nil {
		return err
	}
	message := report.NoteMessage(who.ID, doc.Path)
	done, err := s.signs.Rewrite(ctx, s.dir, []gitrepo.Change{s.signs.Replaces(doc.Path, doc.Text, text)}, message)
	if err != nil {
		return err
	}
	if err := o.recorded(done, message); err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.Out, "That is no plain yes, so it is under Notes. To file it as a counter-proposal: --action ^id\n")
	return err
}

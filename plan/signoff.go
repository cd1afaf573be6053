package plan

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// How says how it is known that somebody agreed.
type How string

// From the strongest to the weakest.
const (
	Signed    How = "signed"     // an SSH signature of exactly the text lies beside it
	OwnCommit How = "own commit" // of the person, or a forge's for them
	ByMail    How = "by mail"    // their answer, filed by somebody else
	ByHand    How = "by hand"    // a date in the file that somebody else wrote
)

// hows are in the order of logparse.Agreements.
var hows = []How{Signed, OwnCommit, ByMail, ByHand}

// The trailers of a sign-off, in a commit's message.
const (
	SignOffMark      = "Coachlog-Agreed"
	SignOffPath      = SignOffMark           // the file, relative to the logbook
	SignOffText      = SignOffMark + "-Text" // the id of its content
	SignOffPerson    = SignOffMark + "-By"   // the id of who agrees
	SignOffMail      = SignOffMark + "-Mail" // the Message-ID of their answer, where somebody else files it
	SignOffFrom      = SignOffMark + "-From" // the address that it came from
	SignOffWithdrawn = SignOffMark + "-Withdrawn"
)

// A SignOff is somebody's word that just this text of a log or plan is what was agreed
// (methods 4 and 59).
type SignOff struct {
	Person string // the present id of whom it names
	Path   string // of the present file, relative to the logbook
	Text   string // the id of the content; "" where git doesn't have it
	How    How
	Day    logparse.Date
	Commit *Commit    // nil where it is in none
	From   string     // by mail: the address
	Doubt  string     // why it counts for nothing; "" where it counts
	Void   *LaterEdit // what changed the text since; nil while the word stands
}

// SignaturePath is where a person's signature on a file lies.
func SignaturePath(name, person string) string {
	return strings.TrimSuffix(name, ".md") + "." + person + ".sig"
}

// ReadSignOffs are the sign-offs in a commit's message, wherever in it they stand: a
// forge that squashes commits puts their messages into one, and a hook may add to it.
func ReadSignOffs(c *Commit) (found []SignOff) {
	for _, block := range signOffBlocks(c) {
		s := SignOff{
			Person: logparse.NormalID(block.only(SignOffPerson)), Path: block.only(SignOffPath), Text: block.only(SignOffText),
			From: block.only(SignOffFrom), How: OwnCommit, Commit: c, Day: c.Day(),
		}
		if block.only(SignOffMail) != "" {
			s.How = ByMail
		}
		if s.Person != "" && s.Path != "" && s.Text != "" && block.only(SignOffWithdrawn) == "" {
			found = append(found, s)
		}
	}
	return found
}

// ReadSignOff is the first sign-off in a commit's message; ok is false where there is none.
func ReadSignOff(c *Commit) (s SignOff, ok bool) {
	if all := ReadSignOffs(c); len(all) > 0 {
		return all[0], true
	}
	return s, false
}

// Alone says whether a sign-off is all that its commit's message is about, as agree writes
// it: a forge that squashes commits puts more into one.
func (s SignOff) Alone() bool {
	return len(signOffBlocks(s.Commit)) == 1 && s.Commit.Trailers().only(SignOffPath) != ""
}

// signOffBlocks are the trailers of coachlog's in a message, by where they stand together.
func signOffBlocks(c *Commit) (blocks []Trailers) {
	if !strings.Contains(c.Body, SignOffMark) {
		return nil // as most
	}
	var block Trailers
	for line := range strings.Lines(c.Body + "\n\n") {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if ok && strings.HasPrefix(key, "Coachlog-") {
			block = append(block, Trailer{key, value})
		} else if len(block) > 0 {
			blocks = append(blocks, block)
			block = nil
		}
	}
	return blocks
}

// Sides are the two people who agree to a text, a log's or a plan's, by what is in
// it; nil for other files. It need not be the present text.
func (b *Logbook) Sides(doc *logparse.Document) []string {
	var sides []string
	switch {
	case doc == nil:
	case doc.Session != nil && doc.Session.Coachee.Set:
		if p := b.Person(doc.Session.Coachee.V); p != nil {
			sides = []string{p.ID, b.leaderOf(p, doc)}
		}
	case doc.Plan != nil:
		if p := b.Person(doc.Plan.Person.V); p != nil {
			coach := b.CoachOf(p)
			if doc.Plan.Coach.Set {
				coach = b.Resolve(doc.Plan.Coach.V)
			}
			sides = []string{p.ID, coach}
		}
	}
	return slices.Compact(slices.DeleteFunc(sides, func(id string) bool { return id == "" }))
}

// ByAuthor are the people whose plan, or else whose settings, list the address that
// an author commits with. Where nobody has that one, .mailmap may say which one
// they have now: it can't make somebody's address another's.
func (r *Roster) ByAuthor(a Author) []*Person {
	if found := r.addresses[foldAddress(a.Was)]; len(found) > 0 {
		return found
	}
	return r.addresses[foldAddress(a.Email)]
}

// IsBy says whether an author is one person and nobody else: an address that two
// people list is nobody's.
func (r *Roster) IsBy(a Author, p *Person) bool {
	found := r.ByAuthor(a)
	return p != nil && len(found) == 1 && found[0].ID == p.ID
}

// WordOf is the person whose own word a commit is: they wrote it, and recorded it, or a
// forge did for them. It is nil for nobody's, and where an address is two people's.
func (r *Roster) WordOf(c *Commit) *Person {
	found := r.ByAuthor(c.Author)
	if len(found) != 1 || !r.IsBy(c.Committer, found[0]) && !r.IsForge(c.Committer) {
		return nil
	}
	return found[0]
}

// Weigh finds out whether a commit's sign-off is the word of whom it names, and whether the
// logbook takes it, or why not. Every command asks here.
func (r *Roster) Weigh(s *SignOff) {
	if r.WeighWhose(s); s.Doubt == "" && !r.Takes(s.How) {
		s.Doubt = "it isn't a signature, and coachlog.yaml asks for one"
		if s.How == ByMail {
			s.Doubt = "it came by mail, which coachlog.yaml doesn't accept as a sign-off"
		}
	}
}

// WeighWhose finds out the first alone.
func (r *Roster) WeighWhose(s *SignOff) {
	c, p := s.Commit, r.Someone(r.Resolve(s.Person))
	s.Person = p.ID
	switch {
	case !p.Known || len(p.Addresses()) == 0:
		s.Doubt = "the logbook has no address for " + p.ID
	case s.How == ByMail:
		if !r.IsBy(Author{Email: s.From, Was: s.From}, p) {
			s.Doubt = "the answer came from " + s.From + ", which isn't " + p.ID + "'s own address"
		} else if r.WordOf(c) == nil {
			s.Doubt = "nobody in this logbook filed it: its author is " + c.Author.InCommit() + ", and its committer " + c.Committer.InCommit()
		}
	case !r.IsBy(c.Author, p):
		s.Doubt = "its author is " + c.Author.InCommit() + ", which isn't " + p.ID + "'s own address"
	case !r.IsBy(c.Committer, p) && !r.IsForge(c.Committer):
		s.Doubt = "it was committed by " + c.Committer.InCommit() + ", which isn't " + p.ID + "'s own address"
		if len(r.ByAuthor(c.Committer)) == 0 {
			s.Doubt += " (if that is your forge, name it under `forges:` in coachlog.yaml)"
		}
	}
}

// WeighDate finds out the same of a date in the file: whether the person, or somebody
// else, wrote it.
func (r *Roster) WeighDate(s *SignOff) {
	if s.Commit != nil {
		if r.Weigh(s); s.Doubt == "" {
			return
		}
	}
	s.How = ByHand
	switch {
	case r.Takes(ByHand):
		s.Doubt = ""
	case s.Commit == nil:
		s.Doubt = "no commit here shows who wrote it"
	case !r.IsBy(s.Commit.Author, r.Someone(s.Person)):
		s.Doubt = "anybody can write a date"
	}
}

// IsForge says whether an address is one with which a forge records what people do on its
// pages. Nobody is a forge.
func (r *Roster) IsForge(a Author) bool {
	return len(r.ByAuthor(a)) == 0 && slices.ContainsFunc(r.Settings.Forges, func(f logparse.Value[string]) bool { return foldAddress(f.V) == foldAddress(a.Was) })
}

// Takes says whether the logbook takes what is known in a way as somebody's word.
func (r *Roster) Takes(how How) bool {
	least := OwnCommit
	if i := slices.Index(logparse.Agreements, r.Settings.Agreement.V); i >= 0 {
		least = hows[i]
	}
	return slices.Index(hows, how) <= slices.Index(hows, least)
}

// OfDay says of which day a sign-off is; nothing of a signature that isn't recorded.
func OfDay(day logparse.Date) string {
	if day.IsZero() {
		return ""
	}
	return " of " + day.InWords()
}

// Counts says whether a sign-off counts: its person is a side of the text that they
// signed.
func (b *Logbook) Counts(s SignOff, signed *logparse.Document) bool {
	b.Weigh(&s)
	return s.Doubt == "" && slices.Contains(b.Sides(signed), s.Person)
}

// Choose takes of each person and file the word that says most about the present text: of
// those that count one that stands, the strongest; else the newest that a later edit
// voided; else the newest in doubt. The given ones are the newest first.
func (b *Logbook) Choose(all []SignOff) {
	rank := func(s SignOff) int {
		switch {
		case s.Doubt != "":
			return 2 * len(hows)
		case s.Void != nil:
			return len(hows)
		}
		return slices.Index(hows, s.How)
	}
	for _, s := range all {
		same := func(o SignOff) bool { return o.Person == s.Person && o.Path == s.Path }
		if i := slices.IndexFunc(b.Words, same); i < 0 {
			b.Words = append(b.Words, s)
		} else if rank(s) < rank(b.Words[i]) {
			b.Words[i] = s
		}
	}
}

// Missing are those of some people whose word on a file's present text is missing.
func (b *Logbook) Missing(path string, people ...string) []string {
	return slices.DeleteFunc(slices.Clone(people), func(id string) bool {
		return slices.ContainsFunc(b.Words, func(s SignOff) bool { return s.Path == path && s.Person == id && s.Stands() })
	})
}

// Stands says whether a sign-off counts, for the present text.
func (s SignOff) Stands() bool { return s.Doubt == "" && s.Void == nil }

// Standing are the sign-offs of a file's present text.
func (b *Logbook) Standing(path string) []SignOff {
	return slices.DeleteFunc(slices.Clone(b.Words), func(s SignOff) bool { return s.Path != path || !s.Stands() })
}

// Voided are the words on a file that a later edit has voided, dates by hand among them.
func (b *Logbook) Voided(path string) []SignOff {
	return slices.DeleteFunc(slices.Clone(b.Words), func(s SignOff) bool { return s.Path != path || s.Void == nil })
}

// Doubted is what there is of somebody's word on a file, where it counts for nothing.
func (b *Logbook) Doubted(path, person string) (s SignOff, ok bool) {
	i := slices.IndexFunc(b.Words, func(s SignOff) bool { return s.Path == path && s.Person == person && s.Doubt != "" })
	if i < 0 {
		return s, false
	}
	return b.Words[i], true
}

// DatesByHand are the days that a text's front matter has for people's agreement, by
// their present ids.
func (r *Roster) DatesByHand(doc *logparse.Document) map[string]logparse.Date {
	dates := make(map[string]logparse.Date)
	var byHand []logparse.SignOff
	switch {
	case doc.Session != nil:
		byHand = doc.Session.Agreed
	case doc.Plan != nil:
		byHand = doc.Plan.Agreed
	}
	for _, s := range byHand {
		dates[r.Resolve(s.Person.V)] = s.Date
	}
	return dates
}

package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/logparse"
)

// A PendingWord is a file that waits for somebody to agree to it.
type PendingWord struct {
	Doc     *logparse.Document
	Since   logparse.Date // the day of the session; none of a plan
	Others  []SignOff     // of the other side, that stand
	Void    *SignOff      // the person's own, where a later edit voided it
	Doubted []SignOff     // of sides, what there is of their word and counts for nothing
}

// PendingWords are the files that wait for a person's word, by path: those that the
// other side has agreed to, or that have changed since the person did, the last
// held session of each two people, and their plans.
func (b *Logbook) PendingWords(person string) []PendingWord {
	var pending []PendingWord
	for _, p := range b.Judged() {
		last := p.lastAgreeable()
		for _, log := range p.Logs {
			b.addPending(&pending, log.Doc, person, log.Date, log == last)
		}
		if p.Plan != nil {
			b.addPending(&pending, p.PlanDoc, person, logparse.Date{}, true)
		}
	}
	slices.SortStableFunc(pending, func(x, y PendingWord) int { return logparse.ComparePaths(x.Doc.Path, y.Doc.Path) })
	return pending
}

// lastAgreeable is the last log of a session that agreed something.
func (p *Person) lastAgreeable() *Log {
	for _, log := range slices.Backward(p.Logs) {
		if log.Agreeable() {
			return log
		}
	}
	return nil
}

// Agreeables are a person's plan and their last session's log, as far as they are there.
func (p *Person) Agreeables() (docs []*logparse.Document) {
	if p.Plan != nil {
		docs = append(docs, p.PlanDoc)
	}
	if log := p.lastAgreeable(); log != nil {
		docs = append(docs, log.Doc)
	}
	return docs
}

// Agreeable says whether there is something to agree to in a log: a session that
// was held, and that isn't taken in from older notes.
func (l *Log) Agreeable() bool { return l.Held() && !l.Adopted.Set }

// MayAgree says why a file can't be agreed to, as it is, by the person who commits with
// an address.
func (b *Logbook) MayAgree(doc *logparse.Document, person, address string) error {
	sides := b.Sides(doc)
	switch s := doc.Session; {
	case doc.Broken():
		return fmt.Errorf("part of %s can't be read, so nobody can sign it off; coachlog lint %s shows why", doc.Path, doc.Path)
	case s == nil && doc.Plan == nil:
		return fmt.Errorf("people sign off session logs and development plans, and %s is neither", doc.Path)
	case s != nil && s.Status.V != logparse.Held:
		return hint.New("once the two have met, write `status: held`", "%s says `status: %s`, so there is nothing to agree to yet", doc.Path, s.Status.V)
	case s != nil && s.Adopted.Set:
		return fmt.Errorf("%s comes from older notes, which agree nothing", doc.Path)
	case len(sides) < 2:
		return hint.New("write both into its front matter: `coach:` is whoever coaches them", "%s doesn't name two people who could agree to it", doc.Path)
	case !slices.Contains(sides, person):
		return fmt.Errorf("%s is between %s, but git commits here as %s, who is %s: nobody can sign off for somebody else", doc.Path, strings.Join(sides, " and "), address, person)
	}
	return nil
}

func (b *Logbook) addPending(to *[]PendingWord, doc *logparse.Document, person string, since logparse.Date, always bool) {
	sides := b.Sides(doc)
	if len(sides) < 2 || !slices.Contains(sides, person) || len(b.Missing(doc.Path, person)) == 0 {
		return
	}
	w := PendingWord{Doc: doc, Since: since}
	for _, s := range b.Words {
		switch {
		case s.Path != doc.Path || !slices.Contains(sides, s.Person):
		case s.Doubt != "":
			w.Doubted = append(w.Doubted, s)
		case s.Person == person && s.Void != nil:
			w.Void = &s
		case s.Person != person && s.Void == nil:
			w.Others = append(w.Others, s)
		}
	}
	if always || w.Void != nil || len(w.Others) > 0 {
		*to = append(*to, w)
	}
}

package cmd

import (
	"fmt"

	"github.com/coachlog/coachlog/internal/adopt"
	"github.com/coachlog/coachlog/report"
)

// An adopting is what is known of the notes, and what would be done with them.
type adopting struct {
	b       *book
	run     *adopt.Run
	notes   []*adopt.Note
	skipped int // files that are no notes

	proposals []*adopt.Proposal
	adoption  *report.Adoption
}

// propose finds out what would be done, by the logbook and what was said of the notes.
func (w *adopting) propose() {
	w.run.Logbook, w.run.Taken = w.b.Logbook, w.b.dir.Exists
	w.proposals = w.run.Propose(w.notes)
	w.adoption = report.NewAdoption(w.proposals, func(id string) string {
		if p := w.b.Person(id); p != nil {
			return w.b.CoachOf(p)
		}
		return ""
	}, w.skipped)
}

// lookAgain is for after the questions: another coachlog may have adopted notes since.
// From then on, none can.
func (o *adoptOptions) lookAgain(w *adopting) (unlock func(), err error) {
	if unlock, err = o.lock(); err != nil {
		return nil, err
	}
	if w.b, err = o.read(); err != nil {
		return nil, err
	}
	shown := w.adoption.Adopt
	w.propose()
	if n := shown - w.adoption.Adopt; n > 0 {
		fmt.Fprintf(o.Err, "coachlog: adopted by somebody else meanwhile, and not again: %d\n", n)
	}
	return unlock, nil
}

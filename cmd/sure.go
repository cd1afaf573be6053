package cmd

import (
	"errors"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/terminal"
)

// errChangedMeanwhile is for what is no longer as a person was shown it.
var errChangedMeanwhile = errors.New("the files changed while you were asked, so nothing was changed; run this again to see what is there now")

// beforehand is how a command that changes many files asks first.
type beforehand struct{ dryRun, yes bool }

func (b *beforehand) writes() bool { return !b.dryRun }

// sure asks whether to go on: without a terminal, only --yes says so. command is what to
// add it to, and yes what that does.
func (b beforehand) sure(a *app, question, yes, command string) (bool, error) {
	switch {
	case b.dryRun || b.yes:
		return !b.dryRun, nil
	case a.Interactive:
		answer, err := a.choose(question, []terminal.Option{{Value: "yes", Label: yes}, {Value: "no", Label: "leave everything as it is"}})
		return answer == "yes", err
	}
	return false, hint.New("to do it: "+command+" --yes", "nothing was changed, since there is no terminal to ask on")
}

package cmd

import (
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/terminal"
)

// beforehand is how a command that changes many files asks first.
type beforehand struct{ dryRun, yes bool }

// sure asks whether to go on: without a terminal, only --yes says so. command is what to
// add it to.
func (b beforehand) sure(a *app, question, command string) (bool, error) {
	switch {
	case b.dryRun || b.yes:
		return !b.dryRun, nil
	case a.Interactive:
		answer, err := a.Choose(question, []terminal.Option{{Value: "yes", Label: "and record it"}, {Value: "no", Label: "leave everything as it is"}})
		return answer == "yes", err
	}
	return false, hint.New("to do it: "+command+" --yes", "nothing was changed, since there is no terminal to ask on")
}

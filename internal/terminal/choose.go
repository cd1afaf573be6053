package terminal

import (
	"errors"

	"charm.land/huh/v2"
)

// ErrCancelled says that a person left a question without an answer.
var ErrCancelled = errors.New("nothing was chosen")

// An Option is one answer to a question.
type Option struct{ Value, Label string }

// Choose asks a person on the terminal for one of the options.
func (s *Streams) Choose(question string, options []Option) (string, error) {
	var chosen string
	choices := make([]huh.Option[string], len(options))
	for i, o := range options {
		choices[i] = huh.NewOption(Escape(o.Label), o.Value)
	}
	field := huh.NewSelect[string]().Title(question).Options(choices...).Value(&chosen)
	err := huh.NewForm(huh.NewGroup(field)).WithShowHelp(true).Run()
	if errors.Is(err, huh.ErrUserAborted) {
		return "", ErrCancelled
	}
	return chosen, err
}

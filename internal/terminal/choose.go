package terminal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"github.com/coachlog/coachlog/internal/interrupt"
)

// ErrCancelled says that a person left a question without an answer.
var ErrCancelled = errors.New("nothing was chosen")

// An Option is one answer to a question.
type Option struct{ Value, Label string }

// Choose asks a person on the terminal for one of the options: by its number, its value, or
// the start of that, which Tab completes.
func (s *Streams) Choose(question string, options []Option) (string, error) {
	s.alone()
	fd := int(os.Stdin.Fd())
	old, err := term.MakeRaw(fd)
	if err != nil {
		return "", err
	}
	restore := func() { term.Restore(fd, old) }
	defer interrupt.AtEnd(restore)()
	defer restore()
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{os.Stdin, os.Stdout}, "> ")
	t.AutoCompleteCallback = func(line string, pos int, key rune) (string, int, bool) {
		found := startingWith(options, line)
		if key != '\t' || len(found) != 1 {
			return "", 0, false
		}
		name := Escape(found[0].Value)
		return name, len(name), true
	}
	width := 0
	for _, o := range options {
		width = max(width, Width(Escape(o.Value)))
	}
	fmt.Fprintf(t, "%s\n", EscapeLines(question)) // the guard is no use here: t moves the cursor
	for i, o := range options {
		fmt.Fprintf(t, "%3d  %s  %s\n", i+1, Pad(Escape(o.Value), width), Escape(o.Label))
	}
	for {
		line, err := t.ReadLine()
		if err != nil {
			return "", ErrCancelled // Ctrl-C or Ctrl-D
		}
		switch found := chosen(options, strings.TrimSpace(line)); {
		case len(found) == 1:
			return found[0].Value, nil
		case len(found) == 0:
			fmt.Fprintf(t, "No answer starts with %q. Type its number or its first letters.\n", line)
		default:
			fmt.Fprintf(t, "Which one? Type more of it, or Ctrl-C to leave.\n")
		}
	}
}

// chosen are the options that a text names: by their value or its start, or else by number.
func chosen(options []Option, text string) []Option {
	found := startingWith(options, text)
	if number, err := strconv.Atoi(text); err == nil && len(found) == 0 && number > 0 && number <= len(options) {
		return options[number-1 : number]
	}
	return found
}

// startingWith are the options whose value, as it is shown, starts with text; the one
// that is text, where there is one.
func startingWith(options []Option, text string) []Option {
	var found []Option
	for _, o := range options {
		name := Escape(o.Value)
		if name == text {
			return []Option{o}
		}
		if strings.HasPrefix(name, text) {
			found = append(found, o)
		}
	}
	return found
}

// Passphrase asks a person on the terminal for one, and doesn't show it.
func (s *Streams) Passphrase(question string) ([]byte, error) {
	fd := int(os.Stdin.Fd())
	old, err := term.GetState(fd)
	if err != nil {
		return nil, errors.New("it has a passphrase, and there is no terminal to ask for it")
	}
	defer interrupt.AtEnd(func() { term.Restore(fd, old) })()
	s.alone()
	fmt.Fprint(s.Err, Escape(question))
	defer fmt.Fprintln(s.Err)
	return term.ReadPassword(fd)
}

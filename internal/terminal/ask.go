package terminal

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// Ask asks a person on the terminal for a line of text, until check has nothing
// against it. An empty line is an answer too.
func (s *Streams) Ask(question string, check func(answer string) error) (string, error) {
	fd := int(os.Stdin.Fd())
	old, err := term.MakeRaw(fd)
	if err != nil {
		return "", err
	}
	defer term.Restore(fd, old)
	if s.lines == nil { // kept, since it may have read ahead
		s.lines = term.NewTerminal(struct {
			io.Reader
			io.Writer
		}{os.Stdin, os.Stdout}, "")
	}
	s.lines.SetPrompt(Escape(question) + " ")
	for {
		line, err := s.lines.ReadLine()
		if err != nil {
			return "", ErrCancelled // Ctrl-C or Ctrl-D
		}
		line = strings.TrimSpace(line)
		if err := check(line); err != nil {
			fmt.Fprintf(s.lines, "%s\n", Escape(err.Error()))
			continue
		}
		return line, nil
	}
}

package terminal

import (
	"bytes"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/coachlog/coachlog/internal/interrupt"
)

// NoPager is the name of a pager that is none, as for git.
const NoPager = "cat"

// Page writes a text, through a pager where it is longer than the terminal. pager says which,
// as a command for the shell; it is asked only then. A pager that can't be started is none.
func (s *Streams) Page(text []byte, pager func() string) error {
	if s.taller(text) {
		if command := strings.TrimSpace(pager()); command != "" && command != NoPager && s.through(command, text) {
			return nil
		}
	}
	_, err := s.Out.Write(text) // in one piece, as it has to be
	return err
}

// taller says whether a text has more lines than the terminal, as it folds them.
func (s *Streams) taller(text []byte) bool {
	rows := 0
	for line := range bytes.Lines(text) {
		rows += 1 + max(0, Width(strings.TrimRight(string(line), "\n"))-1)/max(1, s.OutStyle.Width)
		if s.OutStyle.Height > 0 && rows >= s.OutStyle.Height { // the prompt takes a row
			return true
		}
	}
	return false
}

// through shows a text in a pager, until its reader leaves it; false where it could not be started.
func (s *Streams) through(command string, text []byte) bool {
	s.alone()
	c := exec.Command("sh", "-c", command)
	if runtime.GOOS == "windows" {
		words := strings.Fields(command)
		c = exec.Command(words[0], words[1:]...)
	}
	c.Env = os.Environ()
	for name, value := range map[string]string{"LESS": "FRX", "LV": "-c"} { // as git has them
		if _, set := os.LookupEnv(name); !set {
			c.Env = append(c.Env, name+"="+value)
		}
	}
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		return false
	}
	defer interrupt.Sleep()() // Ctrl-C is the pager's
	if c.Start() != nil {
		return false
	}
	guard{in, nil}.Write(text) // fails where the reader leaves early, which is fine
	in.Close()
	exit, failed := c.Wait().(*exec.ExitError)
	return !failed || exit.ExitCode() != 127 && exit.ExitCode() != 126 // no such program
}

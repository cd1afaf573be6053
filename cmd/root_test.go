package cmd

import (
	"testing"

	"github.com/coachlog/coachlog/internal/terminal"
)

// TestNamesOfCommands holds the list of commands to the names that they give themselves.
func TestNamesOfCommands(t *testing.T) {
	app := &app{Streams: &terminal.Streams{}}
	for _, c := range allCommands() {
		if name := c.make(app).Name(); name != c.name {
			t.Errorf("the command %s is listed as %s", name, c.name)
		}
	}
}

func TestCommandOf(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"check", "rep1"}, "check"},
		{[]string{"-C", "check", "lint"}, "lint"},
		{[]string{"--directory=check", "--today", "2026-07-06", "lint", "check"}, "lint"},
		{[]string{"-Ccheck", "--", "lint"}, ""},
		{[]string{"--owner", "check", "lint"}, ""}, // a flag of a command, before it
		{[]string{"--today", "never", "lint"}, ""},
		{[]string{"--help", "check"}, ""},
		{[]string{"-C"}, ""},
		{nil, ""},
	} {
		if got := commandOf(test.args); got != test.want {
			t.Errorf("%q calls %q, want %q", test.args, got, test.want)
		}
	}
}

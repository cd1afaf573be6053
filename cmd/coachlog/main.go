// Command coachlog keeps coaching logs in a git repository.
package main

import (
	"os"

	"github.com/coachlog/coachlog/cmd"
	"github.com/coachlog/coachlog/internal/terminal"
)

func main() {
	os.Exit(cmd.Main(os.Args[1:], terminal.System()))
}

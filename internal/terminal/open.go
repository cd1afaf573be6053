package terminal

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// Open shows a file in the program that the system has for it; $BROWSER names
// another.
func Open(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	name, args := "xdg-open", []string{path}
	switch {
	case os.Getenv("BROWSER") != "":
		name = os.Getenv("BROWSER")
	case runtime.GOOS == "darwin":
		name = "open"
	case runtime.GOOS == "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", path}
	}
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("the file is written, and %s can't show it: %w", name, err)
	}
	return nil
}

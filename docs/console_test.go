package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var consoleBlocks = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

// TestConsoleBlocks runs every command that the README and the pages show, in
// order, as somebody would who follows them, and holds the output against the one
// shown. A line "..." stands for any number of lines.
func TestConsoleBlocks(t *testing.T) {
	for page, least := range map[string]int{"../README.md": 4, "metrics.md": 2, "people.md": 1, "adopting.md": 6, "reports.md": 5, "audit.md": 4, "together.md": 6, "shell.md": 1} {
		t.Run(page, func(t *testing.T) { runConsoleBlocks(t, page, least) })
	}
}

func runConsoleBlocks(t *testing.T, page string, least int) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	bin := filepath.Join(home, "bin")
	if out, err := exec.Command("go", "build", "-o", bin+"/", "../cmd/coachlog").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), "HOME="+home, "PATH="+bin+":"+os.Getenv("PATH"), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+filepath.Join(home, ".gitconfig"))
	if err := os.WriteFile(filepath.Join(home, ".gitconfig"), []byte("[user]\n\tname = A Reader\n\temail = reader@example.org\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	blocks := consoleBlocks.FindAllStringSubmatch(string(text), -1)
	if len(blocks) < least {
		t.Fatalf("found %d console blocks in %s", len(blocks), page)
	}
	dir := root
	for _, block := range blocks {
		for _, command := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			line, want, _ := strings.Cut(command, "\n")
			// The shell says where it ends up, for a later command to start there.
			c := exec.Command("sh", "-c", line+"\nstatus=$?; pwd >&3; exit $status")
			c.Dir, c.Env = dir, env
			place, err := os.CreateTemp(home, "place")
			if err != nil {
				t.Fatal(err)
			}
			c.ExtraFiles = []*os.File{place}
			out, err := c.CombinedOutput()
			if err != nil {
				t.Errorf("$ %s\n%v\n%s", line, err, out)
			}
			if !sameOutput(want, string(out)) {
				t.Errorf("$ %s\nprinted\n%s\nand %s shows\n%s", line, out, page, want)
			}
			if here, err := os.ReadFile(place.Name()); err == nil && len(here) > 0 {
				dir = strings.TrimSpace(string(here))
			}
			if err := place.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func sameOutput(want, got string) bool {
	return sameLines(strings.Split(strings.TrimRight(want, "\n"), "\n"), strings.Split(strings.TrimRight(got, "\n"), "\n"))
}

func sameLines(want, got []string) bool {
	switch {
	case len(want) == 0:
		return len(got) == 0
	case want[0] == "...":
		for i := range len(got) + 1 {
			if sameLines(want[1:], got[i:]) {
				return true
			}
		}
		return false
	}
	return len(got) > 0 && want[0] == got[0] && sameLines(want[1:], got[1:])
}

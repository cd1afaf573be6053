package cmd_test

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A costRow is a logbook that grows, and the commands that must not cost more than it grows.
type costRow struct {
	files    func(n int) map[string]string
	commands []string
}

const (
	costHeld  = "---\nstatus: held\n---\n"
	costGoals = costHeld + "## Short-term goals\n\n"
	costLog   = "people/p/2026-09-28.md"
	costOlder = "people/p/2026-09-14.md"
)

// lines repeats a line, with its number for each %[1]d.
func lines(n int, line string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, line, i)
	}
	return b.String()
}

func oneLog(text func(n int) string) func(int) map[string]string {
	return func(n int) map[string]string { return map[string]string{costLog: text(n)} }
}

// usual are the commands that read everything.
var usual = []string{"lint", "check", "show p/2026-09-28", "show --everything", "report p --period 2026-Q3", "prep p", "schedule", "new session p --dry-run"}

// costRows have the names of the rows in the list of what cost too much.
var costRows = map[string]costRow{
	"flat-tasks": {oneLog(func(n int) string { return costGoals + lines(n, "- [ ] t%[1]d ^i%[1]d\n") }), usual},
	"casefold":   {oneLog(func(n int) string { return costGoals + lines(n, "- [ ] ßßßßßßßßßß %[1]d\n") }), usual},
	"ignore": {oneLog(func(n int) string {
		return costGoals + lines(n, "- [ ] a%[1]d <!-- coachlog: ignore action-trackable: x -->\n")
	}), usual},
	"owners":       {oneLog(func(n int) string { return costGoals + "- [ ] g\n" + lines(n, "  - [ ] a %[1]d @o%[1]d\n") }), usual},
	"skills":       {oneLog(func(n int) string { return costGoals + "- [ ] g\n" + lines(n, "  - [ ] a %[1]d skill:s%[1]d\n") }), usual},
	"front-matter": {oneLog(func(n int) string { return "---\nstatus: held\nmetrics:\n" + lines(n, "  k%[1]d: 1\n") + "---\n" }), usual},
	"metrics-rows": {func(n int) map[string]string {
		return map[string]string{costLog: costHeld, "metrics/z.csv": "date,person,metric,value\n" + lines(n, "2026-09-01,p,aht,1\n%.0[1]d")}
	}, usual},
	"headings": {func(n int) map[string]string { return map[string]string{"n/x.md": lines(n, "# h%[1]d\n")} }, []string{"adopt n"}},
	"columns": {func(n int) map[string]string {
		return map[string]string{"a.csv": "Agent Name,Week Ending" + lines(n, ",c%[1]d") + "\n" + strings.Repeat("p,2026-09-06"+lines(n, ",1%.0[1]d")+"\n", 30)}
	}, []string{"metrics import a.csv"}},
	"rows": {func(n int) map[string]string {
		return map[string]string{"a.csv": "Agent Name,Week Ending,Handle Time\n" + lines(10*n, "p,2026-09-06,300\n%.0[1]d")}
	}, []string{"metrics import a.csv"}},
	"results": {func(n int) map[string]string {
		return map[string]string{
			costOlder: costGoals + lines(n, "- [ ] goal %[1]d ^g%[1]d due:2026-09-20\n  - [ ] do %[1]d ^a%[1]d\n"),
			costLog:   costHeld + "## Follow-through\n\n" + lines(n, "- [n] goal %[1]d ^g%[1]d\n  - [x] do %[1]d ^a%[1]d\n") + "\n## Short-term goals\n\n" + lines(n, "- [ ] goal %[1]d ^g%[1]d due:2026-10-20\n  - [ ] more %[1]d\n"),
		}
	}, usual},
	"other words": {func(n int) map[string]string {
		return map[string]string{
			costOlder: costGoals + "- [ ] g ^g\n" + lines(n, "  - [ ] say the name %[1]d of them x%[1]d y%[1]d\n"),
			costLog:   costGoals + "- [ ] g ^g\n" + lines(n, "  - [ ] q%[1]d the name r%[1]d s%[1]d t%[1]d\n"),
		}
	}, usual},
}

// TestCost holds what is done for a logbook four times as large to four times as much, or a
// little more: it counts how often each statement runs, and no time.
func TestCost(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program anew")
	}
	bin := filepath.Join(t.TempDir(), "counted")
	if out, err := exec.Command("go", "build", "-cover", "-covermode=count", "-coverpkg=github.com/coachlog/coachlog/...", "-o", bin, "./coachlog").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const n = 150
	for _, name := range slices.Sorted(maps.Keys(costRows)) {
		row := costRows[name]
		t.Run(name, func(t *testing.T) {
			small, large := costBook(t, row.files(n)), costBook(t, row.files(4*n))
			for _, command := range row.commands {
				few, many := counted(t, bin, small, command), counted(t, bin, large, command)
				for block, times := range many {
					if times > 12*max(few[block], 4*n) {
						t.Errorf("%s: four times as much text, and %s runs %d times instead of %d", command, block, times, few[block])
					}
				}
			}
		})
	}
}

func costBook(t *testing.T, files map[string]string) string {
	dir := t.TempDir()
	files["coachlog.yaml"] = "name: cost\nformat: 2\n"
	files["people/p/plan.md"] = "---\ntype: plan\nperson: p\ncoach: c\n---\n"
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// counted is how often each block of statements runs in a command.
func counted(t *testing.T, bin, dir, command string) map[string]int {
	counts, profile := t.TempDir(), filepath.Join(t.TempDir(), "profile")
	c := exec.Command(bin, append([]string{"-C", dir, "--today", "2026-10-02"}, strings.Fields(command)...)...)
	c.Dir = dir
	c.Env = append(os.Environ(), "GOCOVERDIR="+counts)
	if out, _ := c.CombinedOutput(); c.ProcessState.ExitCode() > 2 {
		t.Fatalf("%s: %s", command, out)
	}
	if out, err := exec.Command("go", "tool", "covdata", "textfmt", "-i", counts, "-o", profile).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	file, err := os.Open(profile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	times := make(map[string]int)
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		if fields := strings.Fields(scanner.Text()); len(fields) == 3 {
			times[fields[0]], _ = strconv.Atoi(fields[2])
		}
	}
	if len(times) == 0 {
		t.Fatal("nothing was counted")
	}
	return times
}

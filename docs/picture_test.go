package docs_test

import (
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// TestPicture holds the README's picture to what check prints today.
func TestPicture(t *testing.T) {
	dir, err := logbook.Open("../examples/team")
	if err != nil {
		t.Fatal(err)
	}
	contents, err := dir.ReadRoster()
	if err != nil {
		t.Fatal(err)
	}
	b := plan.New(contents.Settings, dir.ReadFolders(contents.Settings, contents.Folders).Docs, nil)
	var out strings.Builder
	check := report.NewCheck(b, logparse.Date{Year: 2026, Month: 10, Day: 2}, report.CheckFilter{People: []string{"priya"}})
	seen := (&terminal.Streams{Out: &out}).Guarded().Out
	if err := report.Write(seen, check, report.Output{Style: terminal.Style{Color: true, Width: 92}}); err != nil {
		t.Fatal(err)
	}
	picture := drawTerminal("$ coachlog check priya\n" + out.String())
	if *update {
		if err := os.WriteFile("check.svg", []byte(picture), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	drawn, err := os.ReadFile("check.svg")
	if err != nil || string(drawn) != picture {
		t.Errorf("check.svg is not what check prints; go test ./docs -update draws it anew (%v)", err)
	}
}

// TestQuadrant holds the picture of docs/judging.md to the verdicts' names, each in its place.
func TestQuadrant(t *testing.T) {
	picture, err := os.ReadFile("judging.svg")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range verdictText.FindAllStringSubmatch(string(picture), -1) {
		got = append(got, fmt.Sprintf("%s %s %s", m[1], m[2], strings.ToLower(m[3])))
	}
	// reached and not reached from left to right, carried out and not from top to bottom
	want := []string{"320 95 " + string(plan.Worked), "600 95 " + string(plan.FellShort), "320 217 " + string(plan.AnotherWay), "600 217 " + string(plan.FollowThrough)}
	if !slices.Equal(got, want) {
		t.Errorf("judging.svg has %q, want %q", got, want)
	}
}

var verdictText = regexp.MustCompile(`<text x="(\d+)" y="(\d+)" font-size="18"[^>]*>([^<]+)</text>`)

var escapeCode = regexp.MustCompile("\x1b\\[([0-9;]*)m")

var inks = map[string]string{"1": `font-weight="bold"`, "2": `fill="#8b949e"`, "33": `fill="#d29922"`, "36": `fill="#39c5cf"`}

// drawTerminal draws lines of a terminal, with their colours, as SVG.
func drawTerminal(text string) string {
	const (
		lineHeight, top, left = 19, 30, 18
		width                 = 800
	)
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	var out strings.Builder
	height := top + lineHeight*len(lines)
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="Output of coachlog check">`+"\n", width, height, width, height)
	fmt.Fprintf(&out, `<rect width="%d" height="%d" rx="8" fill="#0d1117"/>`+"\n", width, height)
	out.WriteString(`<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13.5" fill="#e6edf3" xml:space="preserve">` + "\n")
	for i, line := range lines {
		fmt.Fprintf(&out, `<text x="%d" y="%d">`, left, top+lineHeight*i)
		at, ink := 0, ""
		write := func(s string) {
			if s != "" {
				fmt.Fprintf(&out, `<tspan %s>%s</tspan>`, ink, html.EscapeString(s))
			}
		}
		for _, m := range escapeCode.FindAllStringSubmatchIndex(line, -1) {
			write(line[at:m[0]])
			at, ink = m[1], inks[line[m[2]:m[3]]]
		}
		write(line[at:])
		out.WriteString("</text>\n")
	}
	out.WriteString("</g>\n</svg>\n")
	return out.String()
}

// TestGrowth holds the tables and the picture of docs/performance.md to the results that they are made of.
func TestGrowth(t *testing.T) {
	picture := filepath.Join(t.TempDir(), "growth.svg")
	tables, err := exec.Command("go", "run", "../bench/page", "-picture", picture, "performance.csv").Output()
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	for file, part := range map[string]string{"growth.svg": string(drawn), "performance.md": string(tables)} {
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), part) {
			t.Errorf("%s isn't made of performance.csv: go run ./bench/page -page docs/performance.md -picture docs/growth.svg docs/performance.csv (%v)", file, err)
		}
	}
}

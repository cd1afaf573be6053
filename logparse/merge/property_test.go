package merge_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/logparse/merge"
)

// checkMerge holds any merge to what is true of every one.
func checkMerge(t interface{ Fatalf(string, ...any) }, base, ours, theirs []byte) (merged []byte, conflicts int) {
	files := func(b, o, t []byte) ([]byte, int) {
		return merge.Files(logPath, b, o, t, logparse.Headings{}, names)
	}
	for _, c := range []struct {
		name                     string
		base, ours, theirs, want []byte
	}{
		{"ours is base", base, base, theirs, theirs},
		{"theirs is base", base, ours, base, ours},
		{"both are the same", base, ours, ours, ours},
	} {
		if merged, conflicts := files(c.base, c.ours, c.theirs); conflicts > 0 || !bytes.Equal(merged, c.want) {
			t.Fatalf("%s: %d conflicts\n%q\nand not\n%q", c.name, conflicts, merged, c.want)
		}
	}
	merged, conflicts = files(base, ours, theirs)
	again, _ := files(base, ours, theirs)
	if !bytes.Equal(merged, again) {
		t.Fatalf("two merges differ:\n%q\n%q", merged, again)
	}
	if _, turned := files(base, theirs, ours); turned != conflicts {
		t.Fatalf("%d conflicts, and %d the other way round; base\n%q\nours\n%q\ntheirs\n%q", conflicts, turned, base, ours, theirs)
	}
	if conflicts > 0 && !bytes.Contains(merged, []byte("<<<<<<< josh\n")) && !bytes.Contains(merged, []byte("<<<<<<< josh\r\n")) {
		t.Fatalf("%d conflicts and no markers:\n%q", conflicts, merged)
	}
	return merged, conflicts
}

func FuzzFiles(f *testing.F) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range cases {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		archive := txtar.Parse(text)
		f.Add(part(archive, "base"), part(archive, "ours"), part(archive, "theirs"))
	}
	f.Add([]byte("---\na: 1\n---\r\n- [ ] a\r- - b\n"), []byte("---\n{a: 1, b: 2}\n---\n\t- [x] a ^a ^a\n"), []byte("- [ ]\n  - [ ] <!-- x -->\n\n[a]: b\n"))
	f.Fuzz(func(t *testing.T, base, ours, theirs []byte) {
		start := time.Now()
		checkMerge(t, base, ours, theirs)
		if took := time.Since(start); took > 10*time.Second {
			t.Fatalf("it took %v", took)
		}
	})
}

// FuzzPieces holds the pieces of a file to be all of it.
func FuzzPieces(f *testing.F) {
	files, err := filepath.Glob("../testdata/*/*.md")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file, ok := logparse.Pieces(logPath, text, logparse.Headings{})
		if ok && file.Text != string(text) {
			t.Fatalf("the file's piece is %q", file.Text)
		}
		checkPiece(t, &file)
	})
}

func checkPiece(t *testing.T, p *logparse.Piece) {
	if len(p.Parts) == 0 {
		return
	}
	var text strings.Builder
	for i := range p.Parts {
		text.WriteString(p.Parts[i].Gap + p.Parts[i].Text)
		checkPiece(t, &p.Parts[i])
	}
	if text.String() != p.Text {
		t.Fatalf("the parts are %q, and not %q", text.String(), p.Text)
	}
}

// change is one thing that somebody does to a log.
type change struct{ old, new string }

// changes are such that each touches something else: any two of them go together.
var changes = []change{
	{"status: planned", "status: held"},
	{"coachee: rep1\n", "coachee: rep1\nminutes: 30\n"},
	{"{aht: 398", "{aht: 401"},
	{", csat: 80", ""},
	{" fcr: 70}", " fcr: 70, qa: 91}"},
	{"# Monday\n", "# Tuesday\n"},
	{"[ ] Calmer", "[x] Calmer"},
	{"Calmer calls", "Much calmer calls"},
	{"^calm\n", "^calm due:2026-07-31\n"},
	{"[ ] Open", "[/] Open"},
	{"the greeting", "the standard greeting"},
	{"^greet\n", "^greet @rep1\n"},
	{"  - [ ] Walk the checklist\n", ""},
	{"[ ] French", "[>] French"},
	{" French\n", " French\n- [ ] Spanish\n"},
	{"## Notes\n\nOne.\n", "## Notes\n\nEins.\n"},
	{"Three.\n", "Three.\nFour.\n"},
	{"## Confidential\n", "## Confidential\n\n- Hers.\n"},
}

const wholeLog = log + `  - [ ] Walk the checklist
    - The list ran out.

## Long-term goals

- [ ] French

## Notes

One.
Two.
Three.

## Confidential
`

// TestChanges lets two people make any changes, in any share. What only one of
// them changed is as they made it; what both changed alike stands once.
func TestChanges(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		ours, theirs, both := wholeLog, wholeLog, wholeLog
		for _, c := range changes {
			who := rapid.SampledFrom([]string{"nobody", "ours", "theirs", "both"}).Draw(r, c.new)
			if who == "ours" || who == "both" {
				ours = strings.Replace(ours, c.old, c.new, 1)
			}
			if who == "theirs" || who == "both" {
				theirs = strings.Replace(theirs, c.old, c.new, 1)
			}
			if who != "nobody" {
				both = strings.Replace(both, c.old, c.new, 1)
			}
		}
		merged, conflicts := checkMerge(r, []byte(wholeLog), []byte(ours), []byte(theirs))
		if conflicts > 0 || string(merged) != both {
			r.Fatalf("%d conflicts:\n%s\nand not\n%s", conflicts, merged, both)
		}
	})
}

// lines are what a log can be made of, at random.
var logLines = rapid.SampledFrom([]string{
	"", "## Notes", "### Going well", "## Short-term goals", "## Confidential", "# Monday",
	"- [ ] Calmer calls ^calm", "- [x] Calmer calls ^calm", "- [ ] Calmer calls", "- [ ] Calmer calls due:2026-07-31", "- [ ]",
	"  - [ ] Open every call ^greet", "  - [x] Open every call ^greet @rep1", "  - [ ] Walk the checklist", "  - [/] Walk the whole checklist",
	"    - A remark.", "    - Another.", "One.", "Two.", "  Indented.", "<!-- a note -->", "1. first", "* star", "- - two", "\t- [ ] Tab",
})

var someLog = rapid.Custom(func(t *rapid.T) []string { return rapid.SliceOfN(logLines, 0, 12).Draw(t, "lines") })

// TestAnyLogs merges logs of lines at random. Without a conflict, no line that
// one side added in words is lost, nor one that both kept.
func TestAnyLogs(t *testing.T) {
	text := func(lines []string) []byte {
		return []byte("---\nstatus: held\n---\n\n" + strings.Join(lines, "\n") + "\n")
	}
	rapid.Check(t, func(r *rapid.T) {
		base := someLog.Draw(r, "base")
		edit := func(label string) []string {
			lines := slices.Clone(base)
			for range rapid.IntRange(0, 3).Draw(r, label+" edits") {
				at := rapid.IntRange(0, len(lines)).Draw(r, label+" at")
				if at < len(lines) && rapid.Bool().Draw(r, label+" deletes") {
					lines = slices.Delete(lines, at, at+1)
				} else {
					lines = slices.Insert(lines, at, logLines.Draw(r, label+" line"))
				}
			}
			return lines
		}
		ours, theirs := edit("ours"), edit("theirs")
		merged, conflicts := checkMerge(r, text(base), text(ours), text(theirs))
		if conflicts > 0 {
			return
		}
		for _, side := range [][]string{ours, theirs} {
			for _, line := range side {
				word := strings.TrimLeft(strings.TrimSpace(line), "-#* []x/1.")
				word, _, _ = strings.Cut(word, " ")
				if word != "" && !slices.ContainsFunc(base, func(l string) bool { return strings.Contains(l, word) }) && !bytes.Contains(merged, []byte(word)) {
					r.Fatalf("%q is lost; base\n%s\nours\n%s\ntheirs\n%s\nmerged\n%s", word, text(base), text(ours), text(theirs), merged)
				}
			}
		}
	})
}

// TestHostile merges files that are made to take long: where one takes the square of its
// size, the tests don't end in time.
func TestHostile(t *testing.T) {
	front := "---\nstatus: held\n---\n"
	for name, line := range map[string]string{
		"items": "- [ ] a\n", "items of one text, nested": "- [ ] a\n  - [ ] b\n    - c\n", "headings": "## Notes\n", "prose": "one\n",
		"markers": "<<<<<<< a\n", "tokens": "- [ ] " + strings.Repeat("a ", 2000) + strings.Repeat("due:2026-07-06 ", 2000) + "\n",
		"deep": strings.Repeat("- ", 500) + "a\n", "blank": "\n", "alternating": "- [ ] a\n\npara\n\n",
	} {
		t.Run(name, func(t *testing.T) {
			text := front + strings.Repeat(line, min(19_000, (900<<10)/len(line)))
			ours, theirs := text+line+"\nours\n", front+"theirs\n\n"+text[len(front):]+line
			merged, conflicts := merge.Files(logPath, []byte(text), []byte(ours), []byte(theirs), logparse.Headings{}, names)
			for _, word := range []string{"\nours\n", "theirs\n"} {
				if !bytes.Contains(merged, []byte(word)) {
					t.Errorf("%q is lost, with %d conflicts", word, conflicts)
				}
			}
		})
	}
	// The same words under other ids, and long texts that are nearly the same.
	for name, line := range map[string]string{"ids": "- [ ] a ^%s%d\n", "wordings": "- [ ] " + strings.Repeat("a ", 58) + "%s%d\n"} {
		t.Run(name, func(t *testing.T) {
			version := func(side string) []byte {
				var out strings.Builder
				out.WriteString(front)
				for i := range min(19_000, (900<<10)/len(line)) {
					fmt.Fprintf(&out, line, side, i)
				}
				return []byte(out.String())
			}
			merged, _ := merge.Files(logPath, version("b"), version("o"), version("t"), logparse.Headings{}, names)
			for _, last := range [][]byte{version("o"), version("t")} {
				if at := bytes.LastIndex(bytes.TrimSpace(last), []byte("\n")); !bytes.Contains(merged, bytes.TrimSpace(last[at:])) {
					t.Errorf("%s is lost", last[at:])
				}
			}
		})
	}
	yaml := "---\na: &a [x,x,x]\n" + strings.Repeat("b: &b [*a,*a,*a]\n", 50) + "---\n"
	merge.Files(logPath, []byte(yaml), []byte(yaml+"a\n"), []byte("b\n"+yaml), logparse.Headings{}, names)
}

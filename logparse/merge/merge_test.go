package merge_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/logparse/merge"
)

var update = flag.Bool("update", false, "write the merged files of testdata anew")

const logPath = "people/rep1/2026-07-06.md"

var names = merge.Names{Ours: "josh", Theirs: "priya"}

// TestFiles merges each case of testdata: base, ours and theirs in, the merged
// file and the number of conflicts out. The comment says what it is about.
func TestFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			merged, conflicts := merge.Files(logPath, part(archive, "base"), part(archive, "ours"), part(archive, "theirs"), logparse.Headings{}, names)
			got := fmt.Sprintf("%s-- conflicts --\n%d\n", merged, conflicts)
			if *update {
				archive.Files = append(archive.Files[:3], txtar.File{Name: "merged", Data: merged}, txtar.File{Name: "conflicts", Data: fmt.Appendf(nil, "%d\n", conflicts)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want := fmt.Sprintf("%s-- conflicts --\n%s", part(archive, "merged"), part(archive, "conflicts"))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			_, turned := merge.Files(logPath, part(archive, "base"), part(archive, "theirs"), part(archive, "ours"), logparse.Headings{}, names)
			if turned != conflicts {
				t.Errorf("the other way round there are %d conflicts, and not %d", turned, conflicts)
			}
		})
	}
}

func part(archive *txtar.Archive, name string) []byte {
	for _, f := range archive.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

const log = `---
type: session
coachee: rep1
status: planned
metrics: {aht: 398, csat: 80, fcr: 70}
---

# Monday

## Short-term goals

- [ ] Calmer calls ^calm
  - [ ] Open every call with the greeting ^greet
`

// edited is the log with changes: old and new in turn.
func edited(text string, changes ...string) []byte {
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			panic(changes[i] + " is not there")
		}
		text = strings.Replace(text, changes[i], changes[i+1], 1)
	}
	return []byte(text)
}

// TestBytes has what a txtar file can't hold: byte-order marks, line ends and a
// last line without one.
func TestBytes(t *testing.T) {
	crlf := strings.ReplaceAll(log, "\n", "\r\n")
	for _, c := range []struct {
		name               string
		base, ours, theirs []byte
		want               string
	}{
		{"an editor changed the line ends", []byte(log), []byte(crlf), edited(log, "[ ] Open", "[x] Open"),
			string(edited(crlf, "[ ] Open", "[x] Open"))},
		{"both sides write CRLF", []byte(crlf), edited(crlf, "planned", "held"), edited(crlf, "[ ] Open", "[x] Open"),
			string(edited(crlf, "planned", "held", "[ ] Open", "[x] Open"))},
		{"mixed line ends stay", edited(log, "planned\n", "planned\r\n"), edited(log, "planned\n", "planned\r\n", "Monday", "Tuesday"), edited(log, "planned\n", "planned\r\n", "[ ] Open", "[x] Open"),
			string(edited(log, "planned\n", "planned\r\n", "Monday", "Tuesday", "[ ] Open", "[x] Open"))},
		{"a byte-order mark came", []byte(log), []byte("\ufeff" + log), edited(log, "planned", "held"),
			"\ufeff" + string(edited(log, "planned", "held"))},
		{"no line end at the end", []byte(strings.TrimSuffix(log, "\n")), []byte(log + "  - [ ] Smile\n"), []byte(strings.TrimSuffix(log, "\n") + " @rep1"),
			string(edited(log+"  - [ ] Smile\n", "^greet", "^greet @rep1"))},
		{"none on either side", []byte(strings.TrimSuffix(log, "\n")), edited(strings.TrimSuffix(log, "\n"), "planned", "held"), []byte(strings.TrimSuffix(log, "\n") + " @rep1"),
			string(edited(strings.TrimSuffix(log, "\n"), "planned", "held", "^greet", "^greet @rep1"))},
		{"bytes that are no text", []byte("a\nb\nc\nd\ne\xff\n"), []byte("A\nb\nc\nd\ne\xff\n"), []byte("a\nb\nc\nD\ne\xff\n"), "A\nb\nc\nD\ne\xff\n"},
		{"a NUL byte", []byte(log + "\x00\n"), append(edited(log, "planned", "held"), 0, '\n'), append(edited(log, "[ ] Open", "[x] Open"), 0, '\n'),
			string(edited(log, "planned", "held", "[ ] Open", "[x] Open")) + "\x00\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			merged, conflicts := merge.Files(logPath, c.base, c.ours, c.theirs, logparse.Headings{}, names)
			if diff := cmp.Diff(c.want, string(merged)); diff != "" || conflicts > 0 {
				t.Errorf("%d conflicts; -want +got:\n%s", conflicts, diff)
			}
		})
	}
}

// TestHeadings takes a section for the same in the logbook's own language.
func TestHeadings(t *testing.T) {
	var headings logparse.Headings
	headings.Add(logparse.ShortTerm, "Kurzfristige Ziele")
	theirs := edited(log, "## Short-term goals", "## Kurzfristige Ziele")
	merged, conflicts := merge.Files(logPath, []byte(log), edited(log, "[ ] Open", "[x] Open"), theirs, headings, names)
	want := edited(string(theirs), "[ ] Open", "[x] Open")
	if !bytes.Equal(merged, want) || conflicts > 0 {
		t.Errorf("%d conflicts:\n%s", conflicts, merged)
	}
}

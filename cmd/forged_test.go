package cmd_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A record with a right checksum and a wrong place shows nothing confidential: its facts are
// those of a logbook where the same bytes are a goal.
func TestForgedPlaceShowsNothing(t *testing.T) {
	const log = "---\nstatus: held\n---\n## Short-term goals\n\n- [ ] Plain goal ^g\n  - [ ] Plain action ^a\n\n## TITLE\n\n- [ ] Secret goal ^s\n  - [ ] Secret action ^t\n"
	facts := func(title string) (dir, file string, whole []byte) {
		dir = t.TempDir()
		for name, text := range map[string]string{
			"coachlog.yaml": "format: 2\n", "people/ana/plan.md": "---\nname: Ana\n---\n",
			"people/ana/2026-01-05.md": strings.Replace(log, "TITLE", title, 1),
		} {
			file := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		git(t, dir, "init", "-q")
		sayAll(dir, []string{"check"})
		records, err := filepath.Glob(filepath.Join(dir, ".git", "coachlog", "facts-*", "*"))
		if err != nil || len(records) != 1 {
			t.Fatal(records, err)
		}
		if whole, err = os.ReadFile(records[0]); err != nil {
			t.Fatal(err)
		}
		return dir, records[0], whole
	}
	split := func(record []byte) int { return bytes.Index(record, []byte("\x00\x06ana")) - 1 } // where the facts begin: their version, and the id as their first text
	_, _, open := facts("Mid-term goals")
	dir, file, closed := facts("Confidential  ")
	forged := slices.Concat(closed[:split(closed)], open[split(open):])
	binary.LittleEndian.PutUint32(forged, crc32.ChecksumIEEE(forged[4:]))
	if !bytes.Contains(forged, []byte("people/ana/2026-01-05.md")) {
		t.Fatal("the record isn't made as this test forges it")
	}
	for _, args := range [][]string{{"check"}, {"check", "--format", "json"}, {"__complete", "show", "^"}} {
		if err := os.WriteFile(file, forged, 0o600); err != nil {
			t.Fatal(err)
		}
		if said := sayAll(dir, args); strings.Contains(said, "Secret") || !strings.Contains(said, "Plain action") {
			t.Errorf("%v: %s", args, said)
		}
	}
}

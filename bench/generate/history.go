package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// recordWeekByWeek makes the folder a repository as if its logs had been recorded
// when they were written: each planned on the Friday before, then held.
// That is one commit for the settings and plans and two for each log.
func recordWeekByWeek(dir string) error {
	logs, err := filepath.Glob(filepath.Join(dir, "people", "*", "2*.md"))
	if err != nil {
		return err
	}
	slices.SortFunc(logs, func(a, b string) int { // by date, then by person
		return strings.Compare(filepath.Base(a)+a, filepath.Base(b)+b)
	})
	err = importInto(dir, func(s *stream) {
		s.start(logs)
		for len(logs) > 0 {
			n := slices.IndexFunc(logs, func(log string) bool { return filepath.Base(log) != filepath.Base(logs[0]) })
			if n < 0 {
				n = len(logs)
			}
			s.week(logs[:n])
			logs = logs[n:]
		}
	})
	if err != nil {
		return err
	}
	return git(dir, "gc", "--quiet")
}

// recordOnce makes the folder a repository with one commit and one pack, as after a clone.
func recordOnce(dir string) error {
	return importInto(dir, func(s *stream) {
		s.commit(time.Date(2026, 7, 10, 12, 0, 0, 0, time.UTC), "Generate")
		s.err = filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.Name() == ".git":
				return fs.SkipDir
			case entry.IsDir():
				return nil
			}
			name, err := filepath.Rel(dir, file)
			s.file(filepath.ToSlash(name), s.read(file))
			return err
		})
	})
}

// importInto makes the folder a repository of what write streams to git fast-import,
// which is quicker than adding each file.
func importInto(dir string, write func(*stream)) error {
	for _, args := range [][]string{
		{"init", "--quiet", "--initial-branch=main"},
		{"config", "user.name", "Josh Keller"},
		{"config", "user.email", "josh@example.org"},
		{"config", "gc.auto", "0"}, // nothing runs behind the measurements
		{"config", "fastimport.unpackLimit", "0"},
	} {
		if err := git(dir, args...); err != nil {
			return err
		}
	}
	cmd := exec.Command("git", "-C", dir, "fast-import", "--quiet")
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return err
	}
	s := &stream{Writer: bufio.NewWriter(in), dir: dir}
	write(s)
	if s.err == nil {
		s.err = s.Flush()
	}
	if err := in.Close(); err != nil {
		return err
	}
	if err := cmd.Wait(); err != nil || s.err != nil {
		return fmt.Errorf("git fast-import: %w %w", err, s.err)
	}
	if err := git(dir, "reset", "--quiet"); err != nil {
		return err
	}
	return git(dir, "status") // which notes in the index how the files are
}

func git(dir string, args ...string) error {
	out, err := exec.Command("git", append([]string{"-C", dir}, args...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("git %s: %w\n%s", strings.Join(args, " "), err, out)
	}
	return nil
}

// stream is what git fast-import reads.
type stream struct {
	*bufio.Writer
	dir string
	err error
}

func (s *stream) commit(when time.Time, message string) {
	fmt.Fprintf(s, "commit refs/heads/main\ncommitter Josh Keller <josh@example.org> %d +0000\n", when.Unix())
	fmt.Fprintf(s, "data %d\n%s\n", len(message), message)
}

func (s *stream) file(name, text string) {
	fmt.Fprintf(s, "M 100644 inline %s\ndata %d\n%s\n", name, len(text), text)
}

func (s *stream) read(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		s.err = err
	}
	return string(text)
}

// start records everything that is no log.
func (s *stream) start(logs []string) {
	first := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	if len(logs) > 0 {
		if day, err := time.Parse("2006-01-02", strings.TrimSuffix(filepath.Base(logs[0]), ".md")); err == nil {
			first = day.AddDate(0, 0, -30)
		}
	}
	s.commit(first, "The logbook")
	s.file("coachlog.yaml", s.read(filepath.Join(s.dir, "coachlog.yaml")))
	plans, err := filepath.Glob(filepath.Join(s.dir, "people", "*", "plan.md"))
	if err != nil {
		s.err = err
	}
	for _, plan := range plans {
		s.file("people/"+filepath.Base(filepath.Dir(plan))+"/plan.md", s.read(plan))
	}
}

var (
	heldLine = regexp.MustCompile(`(?m)^status: held.*$`)
	marks    = regexp.MustCompile(`(?m)^( *- )\[[x/>-]\]`)
)

// week records the logs of one day, first all as they were planned, then all as
// they were held.
func (s *stream) week(logs []string) {
	day, err := time.Parse("2006-01-02", strings.TrimSuffix(filepath.Base(logs[0]), ".md"))
	if err != nil {
		s.err = err
	}
	for _, file := range logs {
		s.log(file, day.AddDate(0, 0, -3).Add(9*time.Hour), func(held string) string {
			return marks.ReplaceAllString(heldLine.ReplaceAllString(held, "status: planned"), "$1[ ]")
		})
	}
	for _, file := range logs {
		s.log(file, day.Add(10*time.Hour), func(held string) string { return held })
	}
}

func (s *stream) log(file string, when time.Time, as func(held string) string) {
	name := path.Join("people", filepath.Base(filepath.Dir(file)), filepath.Base(file))
	s.commit(when, name)
	s.file(name, as(s.read(file)))
}

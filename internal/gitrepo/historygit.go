package gitrepo

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/go-git/go-git/v5/plumbing"
)

// logArgs are a git log that no setting changes. For an audit it asks the commits
// themselves: the commit-graph is a file that nobody holds against anything.
func logArgs(head string, o HistoryOptions) []string {
	args := []string{"-c", "log.showRoot=true", "-c", "log.follow=false"}
	if o.Every {
		args = append(args, "-c", "core.commitGraph=false")
	}
	args = append(args, "log", "-z", "--format=tformat:%H%x00%P", "--no-show-signature", "--no-use-mailmap", "--no-color", "--no-ext-diff")
	if o.Marked != "" {
		args = append(args, "--encoding=none", "--extended-regexp", "--grep=^"+regexp.QuoteMeta(o.Marked))
	}
	if len(o.Paths) == 0 {
		return append(args, "--no-patch", head, "--")
	}
	args = append(args, "--raw", "-c", "--no-renames", "--no-abbrev", "--ignore-submodules=none", "-O/dev/null")
	if o.Every || o.Marked != "" {
		if slices.Equal(o.Paths, []string{"."}) {
			return append(args, head, "--")
		}
		args = append(args, "--full-history", "--sparse")
	}
	return append(append(args, head, "--"), pathspecs(o.Paths)...)
}

// history has one git say which commits there are and what they changed, and another
// one, meanwhile, what they say.
func (n *native) history(o HistoryOptions) (*History, error) {
	h := &History{source: n}
	head, err := n.repo.headCommit()
	if err == nil && !head.IsZero() && o.From == "" {
		h.Head = head.String()
	} else if h.Head, err = n.commitOf(cmp.Or(o.From, "HEAD")); err != nil || h.Head == "" {
		return h, err
	}
	if h.Ends, err = n.repo.shallowEnds(); err != nil {
		return nil, err
	}
	var listing error
	var listed []Record // in the order of the answers
	var guard sync.Mutex
	ids := func(yield func(string) bool) {
		listing = n.stream(func(out *bufio.Reader) error {
			return readLog(out, func(r Record) bool {
				guard.Lock()
				listed = append(listed, r)
				guard.Unlock()
				o.ahead.want(r)
				return yield(r.Commit)
			})
		}, logArgs(h.Head, o)...)
	}
	err = n.readMany(plumbing.CommitObject, ids, func(id string, data []byte) {
		guard.Lock()
		r := listed[0]
		listed = listed[1:]
		guard.Unlock()
		if !isMarked(data, o.Marked) {
			return
		}
		record := parseRecord(id, string(data))
		record.Parents, record.Files = r.Parents, r.Files // as git sees them here, with shallow ends and grafts
		h.Records = append(h.Records, record)
	})
	err = cmp.Or(err, listing)
	return h, err
}

// readLog reads what logArgs ask for: a commit's id and its parents, then its files in
// git's raw format, each field with a NUL behind it.
func readLog(out *bufio.Reader, each func(Record) bool) error {
	var r Record
	for {
		field, err := nextField(out)
		if err == nil && field == "" {
			continue // as before the files of a merge
		}
		if errors.Is(err, io.EOF) || err == nil && !strings.HasPrefix(field, ":") && r.Commit != "" {
			if r.Commit != "" && !each(r) {
				return nil
			}
			r = Record{}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		more, err := nextField(out)
		if err != nil {
			return fmt.Errorf("git log: it ends with %q", field)
		}
		if !strings.HasPrefix(field, ":") {
			r.Commit, r.Parents = field, strings.Fields(more)
			continue
		}
		d, err := parseRaw(field, more)
		if err != nil || r.Commit == "" {
			return cmp.Or(err, fmt.Errorf("git log: no commit before %q", field))
		}
		r.Files = append(r.Files, d)
	}
}

// nextField is the text up to the next NUL. Before a commit's first file git ends the line.
func nextField(out *bufio.Reader) (string, error) {
	field, err := out.ReadString(0)
	field = strings.TrimSuffix(field, "\x00")
	if strings.HasPrefix(field, "\n:") {
		field = field[1:]
	}
	return field, err
}

// parseRaw reads a line of git's raw format: a colon for each parent, the modes,
// the ids and a letter for each parent.
func parseRaw(line, name string) (Delta, error) {
	parents := len(line) - len(strings.TrimLeft(line, ":"))
	f := strings.Fields(line[parents:])
	if len(f) < 2*(parents+1) {
		return Delta{}, fmt.Errorf("git log: %q is cut short", line)
	}
	modes, ids := f[:parents+1], f[parents+1:]
	id := func(i int) string {
		mode, err := strconv.ParseUint(modes[i], 8, 32)
		if err != nil {
			return ""
		}
		return item{uint32(mode), ids[i]}.fileID()
	}
	d := Delta{Path: name, Before: id(0), After: id(parents)}
	for i := 1; i < parents; i++ {
		d.Others = append(d.Others, id(i))
	}
	return d, nil
}

// readMany has a git of its own read the objects, which are asked for as their ids come.
func (n *native) readMany(kind plumbing.ObjectType, ids iter.Seq[string], each func(id string, data []byte)) error {
	if err := n.repo.checkOwnFiles(); err != nil {
		return err
	}
	c, err := n.startCatFile("--buffer")
	if err != nil {
		return err
	}
	asked := make(chan string, 1000)
	go func() {
		defer close(asked)
		to := bufio.NewWriterSize(c.in, 1<<10) // small: git is to begin while ids still come
		for id := range ids {
			if _, err := fmt.Fprintln(to, id); err != nil {
				return // what is missing, the answers say
			}
			asked <- id
		}
		to.Flush()
		c.in.Close()
	}()
	for id := range asked {
		if err != nil {
			continue // until nobody asks any longer
		}
		var data []byte
		if data, err = c.answer(kind, id); err != nil {
			c.cmd.Process.Kill()
			continue
		}
		each(id, data)
	}
	if err != nil {
		c.cmd.Wait()
		return err
	}
	return c.end()
}

package gitrepo

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/coachlog/coachlog/internal/fault"
)

// noGraph has git read the commits themselves: the commit-graph is a file that nobody
// holds against anything.
var noGraph = []string{"-c", "core.commitGraph=false"}

// logArgs are a git log that no setting changes.
func logArgs(head string, o HistoryOptions) []string {
	args := slices.Concat(noGraph, []string{"-c", "log.showRoot=true", "-c", "log.follow=false", "log", "-z", "--format=tformat:%H%x00%P", "--no-show-signature", "--no-use-mailmap", "--no-color", "--no-ext-diff"})
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
	} else if o.AllSides {
		args = append(args, "--full-history")
	}
	return append(append(args, head, "--"), pathspecs(o.Paths)...)
}

// history has one git say which commits there are and what they changed, and another
// one what they say.
func (n *native) history(o HistoryOptions) (*History, error) {
	h := &History{source: n}
	var err error
	if o.From != "" {
		h.Head, err = n.commitOf(o.From)
	} else {
		h.Head, err = n.repo.head()
	}
	if err != nil || h.Head == "" {
		return h, err
	}
	if h.Ends, err = n.repo.shallowEnds(); err != nil {
		return nil, err
	}
	hashed := make(chan error, 1)
	if o.Every && len(o.Paths) > 0 {
		other := n.repo.Again().native
		go func() { hashed <- other.checkTrees(h.Head) }()
	} else {
		hashed <- nil
	}
	// git compares bytes several times as fast as letters.
	out, err := n.runWith(reading, []string{"LC_ALL=C"}, nil, logArgs(h.Head, o)...)
	if err = cmp.Or(<-hashed, err); err != nil {
		return nil, err
	}
	listed, err := readLog(string(out))
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(listed))
	for i, r := range listed {
		ids[i] = r.Commit
	}
	err = n.readMany(plumbing.CommitObject, ids, func(id string, data []byte) {
		r := listed[0]
		listed = listed[1:]
		if isMarked(data, o.Marked) {
			record := parseRecord(id, string(data))
			record.Parents, record.Files = r.Parents, r.Files // as git sees them here, with shallow ends and grafts
			h.Records = append(h.Records, record)
		}
	})
	return h, err
}

// checkTrees holds every commit and tree that a commit builds on against its id: git log
// goes through them without that.
func (n *native) checkTrees(head string) (err error) {
	defer fault.Catch("", &err)
	list, err := n.run(reading, nil, slices.Concat(noGraph, []string{"rev-list", "--objects", "--no-object-names", "--filter=blob:none", head})...)
	if err != nil {
		return err
	}
	return n.readMany(plumbing.AnyObject, strings.Fields(string(list)), func(string, []byte) {})
}

// readLog reads what logArgs ask for: a commit's id and its parents, then its files in
// git's raw format, each field with a NUL behind it.
func readLog(out string) (records []Record, err error) {
	for len(out) > 0 {
		field, rest, _ := strings.Cut(out, "\x00")
		if out = rest; field == "" {
			continue // as before the files of a merge
		}
		more, rest, whole := strings.Cut(out, "\x00")
		if out = rest; !whole {
			return nil, fmt.Errorf("git log: it ends with %q", field)
		}
		field = strings.TrimPrefix(field, "\n") // as before a commit's first file
		if !strings.HasPrefix(field, ":") {
			records = append(records, Record{Commit: field, Parents: strings.Fields(more)})
			continue
		}
		d, err := parseRaw(field, more)
		if err != nil || len(records) == 0 {
			return nil, cmp.Or(err, fmt.Errorf("git log: no commit before %q", field))
		}
		last := &records[len(records)-1]
		last.Files = append(last.Files, d)
	}
	return records, nil
}

// parseRaw reads a line of git's raw format.
func parseRaw(line, name string) (Delta, error) {
	items, _, err := rawItems(line)
	if err != nil {
		return Delta{}, err
	}
	last := len(items) - 1
	d := newDelta(name, items[0], items[last])
	for _, other := range items[1:last] {
		d.Others = append(d.Others, other.fileID())
	}
	return d, nil
}

// rawItems reads what such a line has: a colon for each parent, the modes, the ids and a
// letter for each parent.
func rawItems(line string) (items []item, letters string, err error) {
	parents := len(line) - len(strings.TrimLeft(line, ":"))
	f := strings.Fields(line[parents:])
	if parents == 0 || len(f) != 2*(parents+1)+1 {
		return nil, "", fmt.Errorf("git: %q is cut short", line)
	}
	for i, id := range f[parents+1 : len(f)-1] {
		mode, err := strconv.ParseUint(f[i], 8, 32)
		if err != nil {
			return nil, "", fmt.Errorf("git: %q: %w", line, err)
		}
		items = append(items, item{uint32(mode), id})
	}
	return items, f[len(f)-1], nil
}

// readMany has a git of its own read the objects.
func (n *native) readMany(kind plumbing.ObjectType, ids []string, each func(id string, data []byte)) error {
	if len(ids) == 0 {
		return nil
	}
	if err := n.repo.checkOwnFiles(); err != nil {
		return err
	}
	c := n.newCatFile("--buffer")
	c.cmd.Stdin = strings.NewReader(strings.Join(ids, "\n") + "\n")
	if err := c.start(); err != nil {
		return err
	}
	for _, id := range ids {
		data, err := c.answer(kind, id)
		if err != nil {
			c.cmd.Process.Kill()
			c.cmd.Wait()
			c.ended()
			return err
		}
		each(id, data)
	}
	return c.end()
}

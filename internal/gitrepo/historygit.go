package gitrepo

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strconv"
	"strings"
)

// history has git say which commits there are and what they changed. Plumbing
// commands are used for it, whose output no configuration changes.
func (n *native) history(o HistoryOptions) (*History, error) {
	h := &History{source: n}
	out, err := n.run(reading, nil, "rev-parse", "-q", "--verify", cmp.Or(o.From, "HEAD")+"^{commit}")
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return h, nil // no commit yet
	}
	if err != nil {
		return nil, err
	}
	h.Head = strings.TrimSpace(string(out))
	if h.Ends, err = n.repo.shallowIDs(); err != nil {
		return nil, err
	}
	// Parents as git sees them here: the commit's own text doesn't know of shallow ends
	// and grafts.
	args := []string{"rev-list", "--format=%H %P", h.Head, "--"}
	if !o.Every && o.Marked == "" {
		args = append(args, pathspecs(o.Paths)...)
	}
	if out, err = n.run(reading, nil, args...); err != nil {
		return nil, err
	}
	var ids []string
	parents := make(map[string][]string)
	for line := range strings.Lines(string(out)) {
		if f := strings.Fields(line); len(f) > 0 && f[0] != "commit" { // a heading of its own
			ids = append(ids, f[0])
			parents[f[0]] = f[1:]
		}
	}
	files, err := n.deltas(ids, o.Paths)
	if err != nil {
		return nil, err
	}
	const atOnce = 1000 // commits held in memory
	for some := range slices.Chunk(ids, atOnce) {
		commits, err := n.objects(reading, "commit", some)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			if o.Marked != "" && !isMarked(commits[id], o.Marked) {
				continue
			}
			record := parseRecord(id, string(commits[id]))
			record.Parents = parents[id]
			record.Files = files[id]
			h.Records = append(h.Records, record)
		}
	}
	return h, nil
}

// deltas asks git what each of the commits changed below the paths.
func (n *native) deltas(commits, paths []string) (map[string][]Delta, error) {
	if len(commits) == 0 || len(paths) == 0 {
		return nil, nil
	}
	args := []string{"diff-tree", "--stdin", "-r", "-c", "--root", "--raw", "-z", "--no-renames", "--full-index", "--no-abbrev"}
	if !slices.Equal(paths, []string{"."}) {
		args = append(append(args, "--"), pathspecs(paths)...)
	}
	out, err := n.run(reading, strings.NewReader(strings.Join(commits, "\n")+"\n"), args...)
	if err != nil {
		return nil, err
	}
	all := make(map[string][]Delta)
	fields := strings.Split(string(out), "\x00")
	commit := ""
	for i := 0; i+1 < len(fields); i++ {
		if !strings.HasPrefix(fields[i], ":") {
			commit = strings.TrimSpace(fields[i])
			continue
		}
		d, err := parseRaw(fields[i], fields[i+1])
		if err != nil {
			return nil, err
		}
		all[commit] = append(all[commit], d)
		i++
	}
	return all, nil
}

func (n *native) changed(commit, path string) ([]Delta, error) {
	deltas, err := n.deltas([]string{commit}, []string{path})
	return deltas[commit], err
}

func (n *native) between(from, to, dir string) ([]Delta, error) {
	out, err := n.run(reading, nil, append([]string{"diff-tree", "-r", "--raw", "-z", "--no-renames", "--full-index", "--no-abbrev", from, to, "--"}, pathspecs([]string{dir})...)...)
	if err != nil {
		return nil, err
	}
	var deltas []Delta
	fields := strings.Split(string(out), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		d, err := parseRaw(fields[i], fields[i+1])
		if err != nil {
			return nil, err
		}
		deltas = append(deltas, d)
	}
	return deltas, nil
}

// parseRaw reads a line of git's raw format: a colon for each parent, the modes,
// the ids and a letter for each parent.
func parseRaw(line, name string) (Delta, error) {
	parents := len(line) - len(strings.TrimLeft(line, ":"))
	f := strings.Fields(line[parents:])
	if len(f) < 2*(parents+1) {
		return Delta{}, fmt.Errorf("git diff-tree: %q is cut short", line)
	}
	modes, ids := f[:parents+1], f[parents+1:]
	id := func(i int) string {
		mode, err := strconv.ParseUint(modes[i], 8, 32)
		if err != nil || !(blobRef{mode: uint32(mode)}).isFile() {
			return ""
		}
		return ids[i]
	}
	d := Delta{Path: name, Before: id(0), After: id(parents)}
	for i := 1; i < parents; i++ {
		d.Others = append(d.Others, id(i))
	}
	return d, nil
}

func (n *native) filesAt(commit, dir string) (map[string]string, error) {
	args := []string{"--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", commit}
	if dir != "." {
		args = append(args, "--", dir)
	}
	out, err := n.run(reading, nil, args...)
	if err != nil {
		return nil, err
	}
	files := make(map[string]string)
	for line := range strings.SplitSeq(string(out), "\x00") {
		what, name, _ := strings.Cut(line, "\t")
		if f := strings.Fields(what); len(f) == 3 && f[1] == "blob" { // mode, kind, id
			files[name] = f[2]
		}
	}
	return files, nil
}

func (n *native) borrowBlob(id string) ([]byte, error) { return n.blob(id) }

func (n *native) inOrder(ids []string) []string { return ids }

// blob asks one git process for all files, since there may be thousands.
func (n *native) blob(id string) ([]byte, error) {
	if n.files == nil {
		files, err := n.openFiles()
		if err != nil {
			return nil, err
		}
		n.files = files
	}
	return n.files.read(id)
}

// openFiles starts a git that answers until this program ends.
func (n *native) openFiles() (*catFile, error) {
	if err := n.repo.checkOwnFiles(); err != nil {
		return nil, err
	}
	cmd := n.command(reading, "cat-file", "--batch")
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &catFile{in, bufio.NewReader(out)}, cmd.Start()
}

// catFile is a running git cat-file --batch.
type catFile struct {
	in  io.Writer
	out *bufio.Reader
}

func (c *catFile) read(id string) ([]byte, error) {
	if _, err := fmt.Fprintln(c.in, id); err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	head, err := c.out.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	f := strings.Fields(head)
	if len(f) != 3 || f[1] != "blob" {
		return nil, fmt.Errorf("git cat-file: %s", strings.TrimSpace(head))
	}
	size, err := strconv.Atoi(f[2])
	if err != nil || size > maxObject {
		return nil, fmt.Errorf("git cat-file: %s: a file of %s bytes is more than is read", id, f[2])
	}
	data := make([]byte, size+1)
	if _, err := io.ReadFull(c.out, data); err != nil {
		return nil, fmt.Errorf("git cat-file: %s is cut short", id)
	}
	return data[:size:size], nil
}

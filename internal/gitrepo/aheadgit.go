package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// plainIndex keeps what speeds up large work trees out of an index that lives for a moment.
var plainIndex = []string{"-c", "core.splitIndex=false", "-c", "core.fsmonitor=false", "-c", "core.untrackedCache=false"}

// tryAhead has git commit an index of its own, made of HEAD and the new texts. Meanwhile
// it holds the lock of the repository's index, which keeps other writers out.
func (n *native) tryAhead(ctx context.Context, req request, messageFile string) (Commit, error) {
	r := n.repo
	lock, err := r.acquire(ctx, r.indexFile())
	if err != nil {
		return Commit{}, err
	}
	defer lock.release()
	branch, head, err := n.checkRequest(req)
	if err != nil {
		return Commit{}, err
	}
	staged, err := n.staged(ctx)
	if err != nil {
		return Commit{}, err
	}
	if err := checkStaged(req.changes, staged, req.holding); err != nil {
		return Commit{}, err
	}
	wanted, err := n.store(ctx, req)
	if err != nil {
		return Commit{}, err
	}
	own := filepath.Join(r.gitDir, plainfile.TemporaryName("index"))
	defer removeIndex(own)
	if head != "" {
		if _, err := n.withIndex(ctx, own, nil, "read-tree", head); err != nil {
			return Commit{}, err
		}
	}
	if err := n.enter(ctx, own, wanted, head); err != nil {
		return Commit{}, err
	}
	out, err := n.withIndex(ctx, own, nil, commitCommand(messageFile)...)
	if err != nil {
		return Commit{}, nothingOr(err, string(out))
	}
	commit := Commit{Branch: branch, Engine: "git"}
	ctx = context.WithoutCancel(ctx) // from here on there is a commit
	if commit.ID, err = n.committedID(ctx, string(out)); err != nil {
		return commit, err
	}
	if err := n.checkRecorded(commit.ID, head, wanted); err != nil {
		return commit, err
	}
	return commit, errors.Join(n.enterForAll(ctx, wanted, commit.ID), req.place())
}

// removeIndex removes an index of coachlog's own, and what an interrupted git left beside it.
func removeIndex(own string) {
	os.Remove(own + ".lock")
	os.Remove(own)
}

// store writes the new texts as git stores them, and returns what the commit is to have.
func (n *native) store(ctx context.Context, req request) (map[string]item, error) {
	wanted := make(map[string]item)
	for _, c := range req.changes {
		if c.Kind == Deleted {
			wanted[c.Path] = item{}
			continue
		}
		id, err := n.run(ctx, bytes.NewReader(c.After), "hash-object", "-w", "--stdin", "--path="+c.Path)
		if err != nil {
			return nil, err
		}
		wanted[c.Path] = item{c.mode(req.holding[c.Path]), strings.TrimSpace(string(id))}
	}
	return wanted, nil
}

// enter writes entries into an index.
func (n *native) enter(ctx context.Context, index string, entries map[string]item, like string) error {
	_, err := n.withIndex(ctx, index, indexInfo(entries, like), "update-index", "-z", "--index-info")
	return err
}

// indexInfo is what update-index reads. Like is an id, since one of that length has to come
// with what is removed.
func indexInfo(entries map[string]item, like string) (info []string) {
	for name, i := range entries {
		if i.mode == 0 {
			i.id = strings.Repeat("0", max(len(like), 40))
		}
		info = append(info, fmt.Sprintf("%o %s\t%s", i.mode, i.id, name))
	}
	return info
}

// enterForAll writes entries into the repository's index, whose lock is held.
func (n *native) enterForAll(ctx context.Context, entries map[string]item, like string) error {
	own := filepath.Join(n.repo.gitDir, plainfile.TemporaryName("index"))
	defer removeIndex(own)
	text, err := readGitFile(n.repo.indexFile(), maxIndex)
	if err == nil {
		err = os.WriteFile(own, text, 0o666)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return err
	}
	if err := n.enter(ctx, own, entries, like); err != nil {
		return err
	}
	return os.Rename(own, n.repo.indexFile())
}

func (n *native) withIndex(ctx context.Context, index string, input []string, args ...string) ([]byte, error) {
	var stdin io.Reader
	if input != nil {
		stdin = lines(input)
	}
	return n.runWith(ctx, []string{"GIT_INDEX_FILE=" + index}, stdin, append(plainIndex[:len(plainIndex):len(plainIndex)], args...)...)
}

// checkRecorded tells where a hook changed what was to be recorded, or another writer came
// in between.
func (n *native) checkRecorded(id, head string, wanted map[string]item) error {
	record, _, err := readRecord(n, id)
	if err != nil {
		return err
	}
	if head != "" && (len(record.Parents) != 1 || record.Parents[0] != head) {
		return fmt.Errorf("commit %s was made while another one was; see git show %s", id, id)
	}
	for name, want := range wanted {
		got, err := itemAt(n, record.tree, name)
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("a hook changed commit %s: its %s differs, so the file was left as it is; see git show %s", id, name, id)
		}
	}
	return nil
}

// staged is what the index has, by path.
func (n *native) staged(ctx context.Context) (map[string]item, error) {
	out, err := n.run(ctx, nil, "ls-files", "--stage", "-z")
	items := make(map[string]item)
	for line := range strings.SplitSeq(string(out), "\x00") { // MODE ID STAGE\tPATH
		about, name, _ := strings.Cut(line, "\t")
		mode, rest, _ := strings.Cut(about, " ")
		id, _, _ := strings.Cut(rest, " ")
		if m, err := strconv.ParseUint(mode, 8, 32); err == nil {
			items[name] = item{uint32(m), id}
		}
	}
	return items, err
}

package gitrepo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// A kept history is the list of a history's commits and their files, as the
// engine worked it out. It holds ids and paths only: what a commit or a file says
// is always read from git. A line that isn't in order makes all of it void.
type keptHistory struct {
	head    plumbing.Hash
	records []keptRecord
}

type keptRecord struct {
	commit plumbing.Hash
	files  []Delta
}

const keptFormat = "coachlog history 2"

// question is what a kept history answers.
func (o HistoryOptions) question() string {
	return fmt.Sprintf("%q %t %q %q", o.Paths, o.Every, o.Marked, o.From)
}

func (r *Repo) cacheFile(name string) string { return filepath.Join(r.common, "coachlog", name) }

// keepHistory writes a history down, where that is wanted and can be done.
func (r *Repo) keepHistory(h *History, o HistoryOptions) {
	if o.Cache == "" {
		return
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s\n%s\n", keptFormat, o.question(), h.Head)
	for _, record := range h.Records {
		fmt.Fprintf(&b, "%s\n", record.Commit)
		for _, d := range record.Files {
			ids := []string{orDash(d.After), orDash(d.Before)}
			for _, id := range d.Others {
				ids = append(ids, orDash(id))
			}
			fmt.Fprintf(&b, "\t%s %q\n", strings.Join(ids, ","), d.Path)
		}
	}
	fmt.Fprintf(&b, "%x\n", sha256.Sum256(b.Bytes()))
	file := r.cacheFile(o.Cache)
	if os.MkdirAll(filepath.Dir(file), 0o777) != nil {
		return
	}
	temp, err := os.CreateTemp(filepath.Dir(file), "tmp-*")
	if err != nil {
		return
	}
	_, err = temp.Write(b.Bytes())
	if closed := temp.Close(); err == nil && closed == nil && os.Rename(temp.Name(), file) == nil {
		return
	}
	os.Remove(temp.Name())
}

func orDash(id string) string {
	if id == "" {
		return "-"
	}
	return id
}

// readKept is nil where nothing in order is kept for this question.
func (r *Repo) readKept(o HistoryOptions) *keptHistory {
	if o.Cache == "" {
		return nil
	}
	data, err := plainfile.Read(r.cacheFile(o.Cache), maxPack)
	const sumLine = 2*sha256.Size + 1
	if err != nil || len(data) < sumLine {
		return nil
	}
	text := data[:len(data)-sumLine]
	sum := sha256.Sum256(text)
	if string(data[len(text):]) != hex.EncodeToString(sum[:])+"\n" {
		return nil
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(lines) < 3 || lines[0] != keptFormat || lines[1] != o.question() || !plumbing.IsHash(lines[2]) {
		return nil
	}
	kept := &keptHistory{head: plumbing.NewHash(lines[2])}
	for _, line := range lines[3:] {
		file, isFile := strings.CutPrefix(line, "\t")
		if !isFile {
			kept.records = append(kept.records, keptRecord{commit: plumbing.NewHash(line)})
			continue
		}
		ids, quoted, _ := strings.Cut(file, " ")
		name, err := strconv.Unquote(quoted)
		id := strings.Split(ids, ",")
		if err != nil || len(id) < 2 || len(kept.records) == 0 {
			return nil
		}
		for i := range id {
			id[i] = strings.TrimPrefix(id[i], "-")
		}
		d := Delta{Path: name, After: id[0], Before: id[1]}
		if len(id) > 2 {
			d.Others = id[2:]
		}
		last := &kept.records[len(kept.records)-1]
		last.files = append(last.files, d)
	}
	return kept
}

// cachedHistory is the answer of the last time, where HEAD is still the same. No
// configuration is read for it, which would take longer than all the rest.
func (r *Repo) cachedHistory(o HistoryOptions) *History {
	kept := r.readKept(o)
	if kept == nil {
		return nil
	}
	head, err := r.headCommit()
	if err != nil || head != kept.head || r.checkOwner() != nil {
		return nil
	}
	if found, err := r.storeObstacles(); err != nil || len(found) > 0 {
		return nil
	}
	e := newEngine(r)
	h := &History{Head: head.String(), source: e}
	ends, err := r.shallowEnds()
	if err != nil {
		return nil
	}
	h.addEnds(ends)
	if h.Records, err = e.restore(kept, ends); err != nil {
		return nil
	}
	return h
}

// restore reads the commits of a kept history.
func (e *engine) restore(kept *keptHistory, ends map[plumbing.Hash]bool) ([]Record, error) {
	records := make([]Record, 0, len(kept.records))
	for _, k := range kept.records {
		data, err := e.objects.borrow(plumbing.CommitObject, k.commit)
		if err != nil {
			return nil, err
		}
		record := parseRecord(k.commit.String(), string(data))
		if ends[k.commit] {
			record.Parents = nil
		}
		record.Files = k.files
		records = append(records, record)
	}
	return records, nil
}

// leadsTo says whether a commit stands on another one with no merge in between,
// so that the history from the one is that from the other with some on top.
func (w *walk) leadsTo(from, to plumbing.Hash) (bool, error) {
	const most = 10000
	for range most {
		if from == to {
			return true, nil
		}
		s, err := w.look(from)
		if err != nil || len(s.parents) != 1 {
			return false, err
		}
		from = s.parents[0]
	}
	return false, nil
}

func (h *History) addEnds(ends map[plumbing.Hash]bool) {
	for id := range ends {
		h.Ends = append(h.Ends, id.String())
	}
	slices.Sort(h.Ends)
}

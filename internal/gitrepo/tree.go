package gitrepo

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// The modes of git's tree and index entries.
const (
	modeTree       = 0o040000
	modeRegular    = 0o100644
	modeExecutable = 0o100755
	modeSymlink    = 0o120000
	modeSubmodule  = 0o160000
)

// treeEntry is one line of a tree object. The mode is kept as it was written,
// since a commit must not touch what it isn't about.
type treeEntry struct {
	name string
	mode uint32
	id   string
}

func (e treeEntry) isTree() bool { return e.mode == modeTree }

// sortName is the name by which git sorts: a folder's as if it ended in a slash.
func (e treeEntry) sortName() string {
	if e.isTree() {
		return e.name + "/"
	}
	return e.name
}

// emptyTree is known to git, which need not store it.
const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

// readTree lists a tree; the empty id stands for one without entries.
func readTree(from source, id string) ([]treeEntry, error) {
	if id == "" || id == emptyTree {
		return nil, nil
	}
	data, err := from.read(plumbing.TreeObject, id)
	if err != nil {
		return nil, err
	}
	entries, err := parseTree(data, len(id)/2)
	if err != nil {
		return nil, fmt.Errorf("tree %s: %w", id, err)
	}
	return entries, nil
}

// parseTree reads a tree in which ids have that many bytes.
func parseTree(data []byte, idSize int) ([]treeEntry, error) {
	var entries []treeEntry
	for len(data) > 0 {
		head, rest, ok := bytes.Cut(data, []byte{0})
		mode, name, _ := strings.Cut(string(head), " ")
		m, err := strconv.ParseUint(mode, 8, 32)
		if !ok || err != nil || name == "" || len(rest) < idSize {
			return nil, errors.New("malformed tree")
		}
		entries = append(entries, treeEntry{name, uint32(m), hex.EncodeToString(rest[:idSize])})
		data = rest[idSize:]
	}
	return entries, nil
}

func encodeTree(entries []treeEntry) []byte {
	var data []byte
	for _, e := range entries {
		id := plumbing.NewHash(e.id)
		data = fmt.Appendf(data, "%o %s\x00", e.mode, e.name)
		data = append(data, id[:]...)
	}
	return data
}

// editTree makes the trees on the edits' paths, and no others. An edit has a path for its
// name, and no mode where it removes the file. The objects are added to the batch, the
// deepest first. No id means that the folder wasn't, or is no longer, there.
func (e *engine) editTree(old string, edits []treeEntry, batch *batch) (now string, err error) {
	entries, err := readTree(e, old)
	if err != nil {
		return "", err
	}
	at := func(name string) int {
		return slices.IndexFunc(entries, func(t treeEntry) bool { return t.name == name })
	}
	direct, nested := groupEdits(edits)
	for _, edit := range direct {
		i := at(edit.name)
		switch {
		case i >= 0 && entries[i].mode == modeSubmodule:
			return "", inSubmodule(edit.name)
		case i >= 0 && edit.mode != 0:
			entries[i] = edit
		case i >= 0 && !entries[i].isTree():
			entries = slices.Delete(entries, i, i+1)
		case edit.mode != 0:
			entries = append(entries, edit)
		}
	}
	for name, edits := range nested {
		i := at(name)
		removals := !slices.ContainsFunc(edits, func(e treeEntry) bool { return e.mode != 0 })
		below := ""
		switch {
		case i >= 0 && entries[i].mode == modeSubmodule:
			return "", inSubmodule(name)
		case i >= 0 && entries[i].isTree():
			below = entries[i].id
		case removals:
			continue // a file stands, or nothing does, where the folder was
		}
		sub, err := e.editTree(below, edits, batch)
		if err != nil {
			return "", err
		}
		switch {
		case sub == "" && i >= 0:
			entries = slices.Delete(entries, i, i+1)
		case i >= 0:
			entries[i] = treeEntry{name, modeTree, sub}
		case sub != "":
			entries = append(entries, treeEntry{name, modeTree, sub})
		}
	}
	if len(entries) == 0 {
		return "", nil
	}
	slices.SortFunc(entries, func(a, b treeEntry) int { return strings.Compare(a.sortName(), b.sortName()) })
	return batch.add(plumbing.TreeObject, encodeTree(entries)), nil
}

// groupEdits parts the edits of a folder's own files from those below it.
func groupEdits(edits []treeEntry) (direct []treeEntry, nested map[string][]treeEntry) {
	nested = map[string][]treeEntry{}
	for _, e := range edits {
		name, rest, ok := strings.Cut(e.name, "/")
		if !ok {
			direct = append(direct, e)
			continue
		}
		e.name = rest
		nested[name] = append(nested[name], e)
	}
	return direct, nested
}

func inSubmodule(name string) *Refusal {
	return &Refusal{Reason: name + " is a submodule, a repository of its own", Remedy: "run coachlog in it"}
}

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
	byName := map[string][]treeEntry{}
	for _, edit := range edits {
		name, rest, _ := strings.Cut(edit.name, "/")
		byName[name] = append(byName[name], treeEntry{rest, edit.mode, edit.id})
	}
	for name, edits := range byName {
		var entry treeEntry
		if i := slices.IndexFunc(entries, func(t treeEntry) bool { return t.name == name }); i >= 0 {
			entry = entries[i]
			entries = slices.Delete(entries, i, i+1)
		}
		if entry.mode == modeSubmodule {
			return "", inSubmodule(name)
		}
		var below []treeEntry
		puts := false // anything below
		for _, edit := range edits {
			switch {
			case edit.name != "":
				below = append(below, edit)
				puts = puts || edit.mode != 0
			case edit.mode != 0 || !entry.isTree():
				entry = treeEntry{name, edit.mode, edit.id}
			}
		}
		if puts && !entry.isTree() {
			entry = treeEntry{name: name, mode: modeTree}
		}
		if entry.isTree() && len(below) > 0 { // else a file stands, or nothing does, where the folder was
			if entry.id, err = e.editTree(entry.id, below, batch); err != nil {
				return "", err
			}
		}
		if entry.id != "" && entry.mode != 0 {
			entries = append(entries, entry)
		}
	}
	if len(entries) == 0 {
		return "", nil
	}
	slices.SortFunc(entries, func(a, b treeEntry) int { return strings.Compare(a.sortName(), b.sortName()) })
	return batch.add(plumbing.TreeObject, encodeTree(entries)), nil
}

func inSubmodule(name string) *Refusal {
	return refuse("run coachlog in it", "%s is a submodule, a repository of its own", name)
}

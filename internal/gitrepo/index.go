package gitrepo

import (
	"bytes"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
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

type timestamp struct{ sec, nsec uint32 }

// stat is a file's metadata as the index holds it.
type stat struct {
	ctime, mtime timestamp
	dev, ino     uint32
	uid, gid     uint32
	size         uint32
}

// same reports whether git would take the file for untouched. The device is
// left out, as git does: it changes from one mount to the next.
func (s stat) same(t stat, trustCtime bool) bool {
	s.dev, t.dev = 0, 0
	if !trustCtime {
		s.ctime, t.ctime = timestamp{}, timestamp{}
	}
	return s == t
}

// indexEntry is one path in the index. raw is the entry's bytes on disk, which
// are kept for whatever isn't touched.
type indexEntry struct {
	name string
	raw  []byte
}

const (
	entryHeader = 62 // bytes before the name, in an entry without extended flags

	flagAssumeValid  = 1 << 15
	flagExtended     = 1 << 14
	flagStage        = 3 << 12
	flagName         = 1<<12 - 1
	flagSkipWorktree = 1 << 14 // in the extended flags
	flagIntentToAdd  = 1 << 13
)

func (e indexEntry) field(i int) uint32    { return binary.BigEndian.Uint32(e.raw[4*i:]) }
func (e indexEntry) mode() uint32          { return e.field(6) }
func (e indexEntry) id() (h plumbing.Hash) { copy(h[:], e.raw[40:60]); return h }
func (e indexEntry) flags() uint16         { return binary.BigEndian.Uint16(e.raw[60:]) }
func (e indexEntry) stage() int            { return int(e.flags()&flagStage) >> 12 }
func (e indexEntry) mtime() uint32         { return e.field(2) }

func (e indexEntry) stat() stat {
	return stat{
		ctime: timestamp{e.field(0), e.field(1)},
		mtime: timestamp{e.field(2), e.field(3)},
		dev:   e.field(4), ino: e.field(5),
		uid: e.field(7), gid: e.field(8),
		size: e.field(9),
	}
}

func (e indexEntry) extended() uint16 {
	if e.flags()&flagExtended == 0 {
		return 0
	}
	return binary.BigEndian.Uint16(e.raw[62:])
}

// pinned reports that the user told git not to look at the file.
func (e indexEntry) pinned() bool {
	return e.flags()&flagAssumeValid != 0 || e.extended()&flagSkipWorktree != 0
}

func (e indexEntry) intentToAdd() bool { return e.extended()&flagIntentToAdd != 0 }

// withoutSize returns the entry with size zero, which makes git compare the
// content the next time: the mark of an entry that may be racy.
func (e indexEntry) withoutSize() indexEntry {
	e.raw = bytes.Clone(e.raw)
	clear(e.raw[36:40])
	return e
}

func newIndexEntry(name string, mode uint32, id plumbing.Hash, s stat) indexEntry {
	raw := make([]byte, 0, entryHeader+len(name)+8)
	for _, v := range []uint32{s.ctime.sec, s.ctime.nsec, s.mtime.sec, s.mtime.nsec, s.dev, s.ino, mode, s.uid, s.gid, s.size} {
		raw = binary.BigEndian.AppendUint32(raw, v)
	}
	raw = append(raw, id[:]...)
	raw = binary.BigEndian.AppendUint16(raw, uint16(min(len(name), flagName)))
	raw = append(raw, name...)
	// One to eight NULs bring the length to a multiple of eight.
	raw = append(raw, make([]byte, 8-len(raw)%8)...)
	return indexEntry{name: name, raw: raw}
}

// index is git's staging area. Entries are sorted by name, then stage.
type index struct {
	version uint32
	entries []indexEntry
	tree    *cacheTree // nil if the index has none
	others  []byte     // extensions that stay true whatever is committed
	mtime   uint32     // of the file, in seconds; 0 if there is none yet
}

func (r *Repo) indexFile() string { return filepath.Join(r.gitDir, "index") }

// readIndex returns an *unfit error for the formats that only git handles.
func (r *Repo) readIndex() (*index, error) {
	f, err := os.Open(r.indexFile())
	if errors.Is(err, os.ErrNotExist) {
		return &index{version: 2}, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	data := make([]byte, info.Size())
	if _, err := f.ReadAt(data, 0); err != nil {
		return nil, err
	}
	idx, err := parseIndex(data)
	if err != nil {
		var cannot *unfit
		if errors.As(err, &cannot) {
			return nil, err
		}
		return nil, &Refusal{Reason: fmt.Sprintf("%s is damaged: %v", r.indexFile(), err), Remedy: "move that file away and run git reset"}
	}
	idx.mtime = uint32(info.ModTime().Unix())
	return idx, nil
}

func parseIndex(data []byte) (*index, error) {
	const trailer = sha1.Size
	if len(data) < 12+trailer || string(data[:4]) != "DIRC" {
		return nil, errors.New("it has no index header")
	}
	idx := &index{version: binary.BigEndian.Uint32(data[4:])}
	if idx.version != 2 && idx.version != 3 {
		return nil, &unfit{fmt.Sprintf("the index has version %d", idx.version)}
	}
	body, sum := data[:len(data)-trailer], data[len(data)-trailer:]
	if bytes.Equal(sum, make([]byte, trailer)) {
		return nil, &unfit{"the index has no checksum (index.skipHash)"}
	}
	if want := sha1.Sum(body); !bytes.Equal(sum, want[:]) {
		return nil, errors.New("its checksum is wrong")
	}
	count := int(binary.BigEndian.Uint32(data[8:]))
	if count > len(body)/entryHeader {
		return nil, errors.New("it is cut short")
	}
	rest, text := body[12:], string(body[12:]) // text lets the names share one allocation
	idx.entries = make([]indexEntry, 0, count)
	for range count {
		start := entryHeader
		if len(rest) > start && binary.BigEndian.Uint16(rest[60:])&flagExtended != 0 {
			start += 2
		}
		if len(rest) <= start {
			return nil, errors.New("an entry is cut short")
		}
		end := bytes.IndexByte(rest[start:], 0)
		if end == 0 {
			return nil, &unfit{"the index is split"} // a split one leaves names out
		}
		size := (start + end + 8) &^ 7
		if end < 0 || size > len(rest) {
			return nil, errors.New("an entry is cut short")
		}
		e := indexEntry{name: text[start : start+end], raw: rest[:size:size]}
		if e.mode() == modeTree {
			return nil, &unfit{"the index is sparse"}
		}
		if n := len(idx.entries); n > 0 && compareEntries(idx.entries[n-1], e) >= 0 {
			return nil, fmt.Errorf("its entries are out of order at %q", e.name)
		}
		idx.entries = append(idx.entries, e)
		rest, text = rest[size:], text[size:]
	}
	return idx, idx.parseExtensions(rest)
}

func (idx *index) parseExtensions(data []byte) error {
	for len(data) > 0 {
		if len(data) < 8 || len(data)-8 < int(binary.BigEndian.Uint32(data[4:])) {
			return errors.New("an extension is cut short")
		}
		size := 8 + int(binary.BigEndian.Uint32(data[4:]))
		ext := data[:size]
		data = data[size:]
		switch name := string(ext[:4]); name {
		case "TREE":
			tree, err := parseCacheTree(ext[8:])
			if err != nil {
				return err
			}
			idx.tree = tree
		case "REUC": // what resolved conflicts looked like
			idx.others = append(idx.others, ext...)
		case "EOIE", "IEOT": // offsets that speed up reading; git writes them anew
		case "UNTR":
			return &unfit{"the index holds an untracked cache"}
		case "FSMN":
			return &unfit{"the index is kept by a file system monitor"}
		case "link":
			return &unfit{"the index is split"}
		case "sdir":
			return &unfit{"the index is sparse"}
		default:
			return &unfit{fmt.Sprintf("the index has the extension %q", name)}
		}
	}
	return nil
}

func compareEntries(a, b indexEntry) int {
	if c := strings.Compare(a.name, b.name); c != 0 {
		return c
	}
	return a.stage() - b.stage()
}

// find returns where name is, or would be.
func (idx *index) find(name string) (int, bool) {
	return slices.BinarySearchFunc(idx.entries, name, func(e indexEntry, name string) int {
		return strings.Compare(e.name, name)
	})
}

// below returns the entries whose names begin with prefix.
func (idx *index) below(prefix string) (from, to int) {
	from = sort.Search(len(idx.entries), func(i int) bool { return idx.entries[i].name >= prefix })
	to = from + sort.Search(len(idx.entries)-from, func(i int) bool {
		return !strings.HasPrefix(idx.entries[from+i].name, prefix)
	})
	return from, to
}

// checkUnmerged refuses unsolved conflicts below the paths.
func (idx *index) checkUnmerged(paths []string) error {
	for _, e := range idx.entries {
		if e.stage() != 0 && covers(paths, e.name) {
			return unmerged(e.name)
		}
	}
	return nil
}

// markRacy takes the size from every entry as new as the index file. Such an
// entry would no longer look racy beside a newer index, and a change made in
// the same second would be lost. Whole seconds count, since git compares no finer.
func (idx *index) markRacy() {
	for i, e := range idx.entries {
		if e.mtime() >= idx.mtime && e.mode() != modeSubmodule {
			idx.entries[i] = e.withoutSize()
		}
	}
}

// apply sets and removes entries. It drops those that can't stand beside a new
// one: a file where that needs a folder, and the other way round.
func (idx *index) apply(put []indexEntry, remove []string) {
	dropped := make([]bool, len(idx.entries))
	drop := func(name string) {
		if i, ok := idx.find(name); ok {
			dropped[i] = true
		}
	}
	for _, name := range remove {
		drop(name)
	}
	for _, e := range put {
		drop(e.name)
		for dir := range parents(e.name) {
			drop(dir)
		}
		from, to := idx.below(e.name + "/")
		for i := from; i < to; i++ {
			dropped[i] = true
		}
	}
	slices.SortFunc(put, compareEntries)
	merged := make([]indexEntry, 0, len(idx.entries)+len(put))
	for i, e := range idx.entries {
		for len(put) > 0 && compareEntries(put[0], e) < 0 {
			merged = append(merged, put[0])
			put = put[1:]
		}
		if !dropped[i] {
			merged = append(merged, e)
		}
	}
	idx.entries = append(merged, put...)
}

// encode returns the index as a file.
func (idx *index) encode() []byte {
	size := 12 + len(idx.others) + sha1.Size
	for _, e := range idx.entries {
		size += len(e.raw)
	}
	data := make([]byte, 0, size+size/8)
	data = append(data, "DIRC"...)
	data = binary.BigEndian.AppendUint32(data, idx.version)
	data = binary.BigEndian.AppendUint32(data, uint32(len(idx.entries)))
	for _, e := range idx.entries {
		data = append(data, e.raw...)
	}
	if idx.tree != nil {
		tree := idx.tree.encode(nil)
		data = append(data, "TREE"...)
		data = binary.BigEndian.AppendUint32(data, uint32(len(tree)))
		data = append(data, tree...)
	}
	data = append(data, idx.others...)
	return withChecksum(data)
}

func withChecksum(data []byte) []byte {
	sum := sha1.Sum(data)
	return append(data, sum[:]...)
}

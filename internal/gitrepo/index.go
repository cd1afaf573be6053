package gitrepo

import (
	"bufio"
	"cmp"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// The index is patched: whatever isn't committed keeps its bytes. go-git's own writer
// forgets which files git was told not to look at, and drops every extension
// (docs/performance.md).

// indexEntry is one path in the index. raw is the entry's bytes on disk.
type indexEntry struct{ name, raw string }

const (
	entryHeader = 62 // bytes before the name, in an entry without extended flags

	flagAssumeValid  = 1 << 15
	flagExtended     = 1 << 14
	flagStage        = 3 << 12
	flagName         = 1<<12 - 1
	flagSkipWorktree = 1 << 14 // in the extended flags
	flagIntentToAdd  = 1 << 13
)

func (e indexEntry) field(i int) uint32 { return bigEndian32(e.raw[4*i:]) }
func (e indexEntry) mode() uint32       { return e.field(6) }
func (e indexEntry) id() string         { return hex.EncodeToString([]byte(e.raw[40:60])) }
func (e indexEntry) flags() uint32      { return bigEndian32(e.raw[58:]) & 0xffff }
func (e indexEntry) stage() int         { return int(e.flags()&flagStage) >> 12 }
func (e indexEntry) mtime() uint32      { return e.field(2) }

func (e indexEntry) stat() stat {
	return stat{
		ctime: timestamp{e.field(0), e.field(1)},
		mtime: timestamp{e.field(2), e.field(3)},
		dev:   e.field(4), ino: e.field(5),
		uid: e.field(7), gid: e.field(8),
		size: e.field(9),
	}
}

func (e indexEntry) extended() uint32 {
	if e.flags()&flagExtended == 0 {
		return 0
	}
	return bigEndian32(e.raw[60:]) & 0xffff
}

// pinned reports that the user told git not to look at the file.
func (e indexEntry) pinned() bool {
	return e.flags()&flagAssumeValid != 0 || e.extended()&flagSkipWorktree != 0
}

func (e indexEntry) intentToAdd() bool { return e.extended()&flagIntentToAdd != 0 }

// withoutSize returns the entry with size zero, which makes git compare the
// content the next time: the mark of an entry that may be racy.
func (e indexEntry) withoutSize() indexEntry {
	return indexEntry{e.name, e.raw[:36] + "\x00\x00\x00\x00" + e.raw[40:]}
}

// newIndexEntry makes an entry; one without a mode stands for a file to be removed.
func newIndexEntry(name string, mode uint32, id string, s stat) indexEntry {
	var raw []byte
	for _, v := range []uint32{s.ctime.sec, s.ctime.nsec, s.mtime.sec, s.mtime.nsec, s.dev, s.ino, mode, s.uid, s.gid, s.size} {
		raw = binary.BigEndian.AppendUint32(raw, v)
	}
	hash := plumbing.NewHash(id)
	raw = append(raw, hash[:]...)
	raw = binary.BigEndian.AppendUint16(raw, uint16(min(len(name), flagName)))
	raw = append(raw, name...)
	// One to eight NULs bring the length to a multiple of eight.
	return indexEntry{name, string(append(raw, make([]byte, 8-len(raw)%8)...))}
}

func bigEndian32(s string) uint32 { return binary.BigEndian.Uint32([]byte(s[:4])) }

// index is git's staging area. Entries are sorted by name, then stage.
type index struct {
	version uint32
	entries []indexEntry
	others  string // extensions that stay true whatever is committed
	mtime   uint32 // of the file, in seconds; 0 if there is none yet
}

// maxIndex is more than a million files need.
const maxIndex = 1 << 30

func (r *Repo) indexFile() string { return filepath.Join(r.gitDir, "index") }

// readIndex returns an *unfit error for the formats that only git handles.
func (r *Repo) readIndex() (*index, error) {
	info, err := os.Stat(r.indexFile()) // first: an entry that is younger may be racy
	if errors.Is(err, os.ErrNotExist) {
		return &index{version: 2}, nil
	}
	if err != nil {
		return nil, err
	}
	data, err := readGitFile(r.indexFile(), maxIndex)
	if err != nil {
		return nil, err
	}
	idx, err := parseIndex(data)
	if _, cannot := errors.AsType[*unfit](err); cannot {
		return nil, err
	}
	if err != nil {
		return nil, refuse("move that file away and run git reset", "%s is damaged: %v", r.indexFile(), err)
	}
	idx.mtime = uint32(info.ModTime().Unix())
	return idx, nil
}

func parseIndex(file []byte) (*index, error) {
	const trailer = sha1.Size
	if len(file) < 12+trailer || string(file[:4]) != "DIRC" {
		return nil, errors.New("it has no index header")
	}
	data, sum := string(file[:len(file)-trailer]), [trailer]byte(file[len(file)-trailer:])
	idx := &index{version: bigEndian32(data[4:])}
	if idx.version != 2 && idx.version != 3 {
		return nil, &unfit{fmt.Sprintf("the index has version %d", idx.version)}
	}
	if sum == [trailer]byte{} {
		return nil, &unfit{"the index has no checksum (index.skipHash)"}
	}
	if sha1.Sum(file[:len(data)]) != sum {
		return nil, errors.New("its checksum is wrong")
	}
	rest := data[12:]
	for range bigEndian32(data[8:]) {
		e, err := parseIndexEntry(rest)
		if err != nil {
			return nil, err
		}
		if n := len(idx.entries); n > 0 && compareEntries(idx.entries[n-1], e) >= 0 {
			return nil, fmt.Errorf("its entries are out of order at %q", e.name)
		}
		idx.entries = append(idx.entries, e)
		rest = rest[len(e.raw):]
	}
	return idx, idx.parseExtensions(rest)
}

func parseIndexEntry(data string) (indexEntry, error) {
	cut := errors.New("an entry is cut short")
	if len(data) < entryHeader+2 { // a name of one letter, and the NUL behind it
		return indexEntry{}, cut
	}
	start := entryHeader
	if (indexEntry{raw: data}).flags()&flagExtended != 0 {
		start += 2
	}
	length := strings.IndexByte(data[start:], 0)
	size := (start + length + 8) &^ 7
	switch {
	case length == 0:
		return indexEntry{}, &unfit{"the index is split"} // a split one leaves names out
	case length < 0 || size > len(data):
		return indexEntry{}, cut
	}
	e := indexEntry{data[start : start+length], data[:size]}
	if e.mode() == modeTree {
		return e, &unfit{"the index is sparse"}
	}
	return e, nil
}

// whyNot says what extensions mean that would no longer be true after a commit, and that
// only git can mend.
var whyNot = map[string]string{
	"UNTR": "holds an untracked cache",
	"FSMN": "is kept by a file system monitor",
	"link": "is split",
	"sdir": "is sparse",
}

func (idx *index) parseExtensions(data string) error {
	for len(data) > 0 {
		if len(data) < 8 || len(data)-8 < int(bigEndian32(data[4:])) {
			return errors.New("an extension is cut short")
		}
		name, size := data[:4], 8+int(bigEndian32(data[4:]))
		switch name {
		case "REUC": // what resolved conflicts looked like
			idx.others += data[:size]
		case "TREE", "EOIE", "IEOT": // these only save git time, and it writes them anew
		default:
			return &unfit{"the index " + cmp.Or(whyNot[name], fmt.Sprintf("has the extension %q", name))}
		}
		data = data[size:]
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
	return slices.BinarySearchFunc(idx.entries, name, func(e indexEntry, name string) int { return strings.Compare(e.name, name) })
}

// items is what the index has, by path.
func (idx *index) items() map[string]item {
	items := make(map[string]item, len(idx.entries))
	for _, e := range idx.entries {
		if !e.intentToAdd() {
			items[e.name] = item{e.mode(), e.id()}
		}
	}
	return items
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
func (idx *index) apply(entries []indexEntry) {
	dropped := make(map[string]bool)
	var put []indexEntry
	for _, e := range entries {
		dropped[e.name] = true
		if e.mode() == 0 {
			continue
		}
		put = append(put, e)
		for dir := range parents(e.name) {
			dropped[dir] = true
		}
		at, _ := idx.find(e.name + "/")
		for ; at < len(idx.entries) && strings.HasPrefix(idx.entries[at].name, e.name+"/"); at++ {
			dropped[idx.entries[at].name] = true
		}
	}
	kept := slices.DeleteFunc(idx.entries, func(e indexEntry) bool { return dropped[e.name] })
	idx.entries = append(kept, put...)
	slices.SortFunc(idx.entries, compareEntries)
}

// writeTo writes the index as a file, with its checksum.
func (idx *index) writeTo(file io.Writer) error {
	hash := sha1.New()
	w := bufio.NewWriter(io.MultiWriter(file, hash))
	head := binary.BigEndian.AppendUint32([]byte("DIRC"), idx.version)
	w.Write(binary.BigEndian.AppendUint32(head, uint32(len(idx.entries))))
	for _, e := range idx.entries {
		w.WriteString(e.raw)
	}
	w.WriteString(idx.others)
	if err := w.Flush(); err != nil { // the first error of all
		return err
	}
	_, err := file.Write(hash.Sum(nil))
	return err
}

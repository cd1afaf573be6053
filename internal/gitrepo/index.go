package gitrepo

import (
	"bufio"
	"bytes"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"unsafe"

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

// index is git's staging area. Entries are sorted by name, then stage. A big logbook
// has a hundred thousand, so that they stay where they are in the file: order holds
// their places, and above extraEntry those of entries that aren't in the file.
type index struct {
	version uint32
	data    []byte   // the file, without its checksum
	order   []uint32 // places in data; extraEntry and more: in extra
	extra   []indexEntry
	tree    *cacheTree // nil if the index has none
	others  []byte     // extensions that stay true whatever is committed
	mtime   uint32     // of the file, in seconds; 0 if there is none yet

	unmerged []int // entries of unsolved conflicts
}

const extraEntry = 1 << 31

// maxIndex is more than a million files need.
const maxIndex = 1 << 30

func (idx *index) len() int { return len(idx.order) }

func (idx *index) entry(i int) indexEntry {
	at := idx.order[i]
	if at >= extraEntry {
		return idx.extra[at-extraEntry]
	}
	raw := idx.data[at:]
	start := nameStart(raw)
	end := start + nameLength(raw, start)
	return indexEntry{unsafeString(raw[start:end]), raw[: (end+8)&^7 : (end+8)&^7]}
}

// nameStart is where an entry's name begins.
func nameStart(raw []byte) int {
	if binary.BigEndian.Uint16(raw[60:])&flagExtended != 0 {
		return entryHeader + 2
	}
	return entryHeader
}

// nameLength is that of an entry's name, up to the NUL; -1 where there is none.
func nameLength(raw []byte, start int) int {
	if n := int(binary.BigEndian.Uint16(raw[60:]) & flagName); n < flagName && start+n < len(raw) && raw[start+n] == 0 {
		return n
	}
	return bytes.IndexByte(raw[start:], 0)
}

// unsafeString shares the bytes of the index, which nobody changes.
func unsafeString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// add keeps an entry that isn't in the file, and returns its place for order.
func (idx *index) add(e indexEntry) uint32 {
	idx.extra = append(idx.extra, e)
	return extraEntry + uint32(len(idx.extra)-1)
}

func (r *Repo) indexFile() string { return filepath.Join(r.gitDir, "index") }

// readIndex returns an *unfit error for the formats that only git handles. The file
// is read once, as long as it stays the same one: whoever changes the index gets one
// of their own from ownIndex.
func (r *Repo) readIndex() (*index, error) {
	info, err := os.Stat(r.indexFile())
	if errors.Is(err, os.ErrNotExist) {
		return &index{version: 2}, nil
	}
	if err != nil {
		return nil, err
	}
	if old := r.index.info; old != nil && os.SameFile(old, info) && old.Size() == info.Size() && statOf(old) == statOf(info) {
		return r.index.index, nil
	}
	// git never writes into this file, but puts another in its place: the mapping
	// stays what it is.
	data, err := readGitFile(r.indexFile(), maxIndex)
	if err != nil {
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
	if now, err := os.Stat(r.indexFile()); err == nil && os.SameFile(now, info) && statOf(now) == statOf(info) {
		r.index.index, r.index.info = idx, info
	}
	return idx, nil
}

// own is a copy of the index that can be changed.
func (idx *index) own() *index {
	c := *idx
	c.order, c.extra = slices.Clone(idx.order), slices.Clone(idx.extra)
	c.tree = idx.tree.clone()
	return &c
}

func parseIndex(file []byte) (*index, error) {
	const trailer = sha1.Size
	if len(file) < 12+trailer || string(file[:4]) != "DIRC" {
		return nil, errors.New("it has no index header")
	}
	data, sum := file[:len(file)-trailer], file[len(file)-trailer:]
	idx := &index{version: binary.BigEndian.Uint32(data[4:]), data: data}
	if idx.version != 2 && idx.version != 3 {
		return nil, &unfit{fmt.Sprintf("the index has version %d", idx.version)}
	}
	if len(data) >= extraEntry {
		return nil, &unfit{"the index is larger than 2 GB"}
	}
	if bytes.Equal(sum, make([]byte, trailer)) {
		return nil, &unfit{"the index has no checksum (index.skipHash)"}
	}
	right := make(chan bool, 1)
	go func() { right <- sha1.Sum(data) == [trailer]byte(sum) }()
	err := idx.parseEntries(data)
	if !<-right {
		return nil, errors.New("its checksum is wrong")
	}
	return idx, err
}

func (idx *index) parseEntries(data []byte) error {
	count := int(binary.BigEndian.Uint32(data[8:]))
	if count > len(data)/entryHeader {
		return errors.New("it is cut short")
	}
	idx.order = make([]uint32, 0, count)
	at := 12
	var last indexEntry
	for range count {
		raw := data[at:]
		if len(raw) <= entryHeader+2 {
			return errors.New("an entry is cut short")
		}
		start := nameStart(raw)
		length := nameLength(raw, start)
		if length == 0 {
			return &unfit{"the index is split"} // a split one leaves names out
		}
		size := (start + length + 8) &^ 7
		if length < 0 || size > len(raw) {
			return errors.New("an entry is cut short")
		}
		e := indexEntry{unsafeString(raw[start : start+length]), raw[:size:size]}
		if e.mode() == modeTree {
			return &unfit{"the index is sparse"}
		}
		if len(idx.order) > 0 && compareEntries(last, e) >= 0 {
			return fmt.Errorf("its entries are out of order at %q", e.name)
		}
		if e.stage() != 0 {
			idx.unmerged = append(idx.unmerged, len(idx.order))
		}
		idx.order = append(idx.order, uint32(at))
		last = e
		at += size
	}
	return idx.parseExtensions(data[at:])
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
	i := sort.Search(idx.len(), func(i int) bool { return idx.entry(i).name >= name })
	return i, i < idx.len() && idx.entry(i).name == name
}

// below returns the entries whose names begin with prefix.
func (idx *index) below(prefix string) (from, to int) {
	from = sort.Search(idx.len(), func(i int) bool { return idx.entry(i).name >= prefix })
	to = from + sort.Search(idx.len()-from, func(i int) bool {
		return !strings.HasPrefix(idx.entry(from+i).name, prefix)
	})
	return from, to
}

// checkUnmerged refuses unsolved conflicts below the paths.
func (idx *index) checkUnmerged(paths []string) error {
	for _, i := range idx.unmerged {
		if e := idx.entry(i); covers(paths, e.name) {
			return unmerged(e.name)
		}
	}
	return nil
}

// markRacy takes the size from every entry as new as the index file. Such an
// entry would no longer look racy beside a newer index, and a change made in
// the same second would be lost. Whole seconds count, since git compares no finer.
func (idx *index) markRacy() {
	for i := range idx.order {
		if e := idx.entry(i); e.mtime() >= idx.mtime && e.mode() != modeSubmodule {
			idx.order[i] = idx.add(e.withoutSize())
		}
	}
}

// apply sets and removes entries. It drops those that can't stand beside a new
// one: a file where that needs a folder, and the other way round.
func (idx *index) apply(put []indexEntry, remove []string) {
	dropped := make(map[int]bool)
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
	order := make([]uint32, 0, len(idx.order)+len(put))
	from := 0
	for _, e := range put { // whatever lies between two new entries stays in one piece
		to, _ := idx.find(e.name)
		order = idx.keep(order, from, to, dropped)
		order = append(order, idx.add(e))
		from = to
	}
	idx.order = idx.keep(order, from, idx.len(), dropped)
	idx.unmerged = nil
}

// keep appends a range of the order, without what is dropped.
func (idx *index) keep(order []uint32, from, to int, dropped map[int]bool) []uint32 {
	for i := from; i < to; i++ {
		if !dropped[i] {
			order = append(order, idx.order[i])
		}
	}
	return order
}

// pieces are the index as a file, but for its checksum. What lies together in the old
// file is one piece.
func (idx *index) pieces() [][]byte {
	head := append([]byte("DIRC"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, idx.version), uint32(idx.len()))...)
	pieces := [][]byte{head}
	from, end := 0, 0 // of a piece that may go on
	for i, at := range idx.order {
		raw := idx.entry(i).raw
		if at < extraEntry && int(at) == end {
			end += len(raw)
			continue
		}
		pieces = append(pieces, idx.data[from:end])
		if at < extraEntry {
			from, end = int(at), int(at)+len(raw)
			continue
		}
		from, end = 0, 0
		pieces = append(pieces, raw)
	}
	pieces = append(pieces, idx.data[from:end])
	if idx.tree != nil {
		tree := idx.tree.encode(nil)
		pieces = append(pieces, []byte("TREE"), binary.BigEndian.AppendUint32(nil, uint32(len(tree))), tree)
	}
	return append(pieces, idx.others)
}

// writeTo writes the index as a file, with its checksum, which is worked out meanwhile.
func (idx *index) writeTo(w io.Writer) error {
	pieces := idx.pieces()
	sum := make(chan []byte, 1)
	go func() {
		hash := sha1.New()
		for _, p := range pieces {
			hash.Write(p)
		}
		sum <- hash.Sum(nil)
	}()
	out := bufio.NewWriter(w) // for the small pieces
	for _, p := range pieces {
		if _, err := out.Write(p); err != nil {
			return err
		}
	}
	if _, err := out.Write(<-sum); err != nil {
		return err
	}
	return out.Flush()
}

// encode is the index as a file.
func (idx *index) encode() []byte {
	var b bytes.Buffer
	idx.writeTo(&b) // a buffer takes everything
	return b.Bytes()
}

func withChecksum(data []byte) []byte {
	sum := sha1.Sum(data)
	return append(data, sum[:]...)
}

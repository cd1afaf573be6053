package gitrepo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"

	"github.com/coachlog/coachlog/internal/plainfile"
)

// Packs above maxPack bytes are left to go-git. maxObject bounds what a broken
// pack can make us allocate, maxKept what is kept of an object for its deltas.
const (
	maxPack   = 256 << 20
	maxObject = 32 << 20
	maxKept   = 64 << 10
)

// openPacks maps the packs into memory, once.
func (o *objects) openPacks() []*pack {
	if o.opened {
		return o.packs
	}
	o.opened = true
	names, _ := filepath.Glob(filepath.Join(o.dir, "pack", "pack-*.idx"))
	for _, name := range names {
		if p := readPack(strings.TrimSuffix(name, ".idx")); p != nil {
			o.packs = append(o.packs, p)
		}
	}
	return o.packs
}

// readLoose reads an object that has a file of its own.
func (o *objects) readLoose(kind plumbing.ObjectType, id plumbing.Hash) ([]byte, bool) {
	file, err := plainfile.Read(o.looseFile(id), maxObject)
	if err != nil || !o.open(file) {
		return nil, false
	}
	data := bytes.NewBuffer(o.out[:0])
	if n, err := io.Copy(data, io.LimitReader(o.zlib, maxObject)); err != nil || n == maxObject {
		return nil, false
	}
	o.out = data.Bytes()
	head, content, _ := bytes.Cut(o.out, []byte{0})
	return content, string(head) == kind.String()+" "+strconv.Itoa(len(content))
}

func (o *objects) looseFile(id plumbing.Hash) string {
	name := id.String()
	return filepath.Join(o.dir, name[:2], name[2:])
}

// open makes zlib read from data.
func (o *objects) open(data []byte) bool {
	o.source.Reset(data)
	if o.zlib == nil {
		z, err := zlib.NewReader(&o.source)
		o.zlib = z
		return err == nil
	}
	return o.zlib.(zlib.Resetter).Reset(&o.source, nil) == nil
}

// pack is a pack file with its index.
type pack struct {
	ids     []byte // sorted, 20 bytes each
	fanout  []byte // how many ids start with each byte, or a lower one
	offsets []byte // of each id, four bytes
	far     []byte // offsets that need eight
	data    []byte
	kept    [512]packedObject // each in the place that its offset gives it, until another one comes
}

type packedObject struct {
	kind plumbing.ObjectType // zero for none
	at   int64
	data []byte
}

// readPack is nil for what isn't a pack of the usual kind and size.
func readPack(base string) *pack {
	info, err := os.Stat(base + ".pack")
	if err != nil || info.Size() > maxPack {
		return nil
	}
	index, err := mapFile(base + ".idx")
	if err != nil {
		return nil
	}
	data, err := mapFile(base + ".pack")
	if err != nil {
		return nil
	}
	return parsePack(index, data)
}

// parsePack takes the second version of the index only, which git has written
// since 2008.
func parsePack(index, data []byte) *pack {
	const head, fanout, checksums = 8, 256 * 4, 2 * 20
	if len(index) < head+fanout+checksums || string(index[:head]) != "\xfftOc\x00\x00\x00\x02" {
		return nil
	}
	p := &pack{fanout: index[head : head+fanout], data: data}
	index = index[head+fanout : len(index)-checksums]
	n := p.below(255)
	if n < 0 || n > len(index)/(20+4+4) {
		return nil
	}
	p.ids = index[:n*20]
	p.offsets = index[n*(20+4) : n*(20+4+4)] // behind a checksum of each
	p.far = index[n*(20+4+4):]
	return p
}

// below is the number of ids whose first byte is at most this one.
func (p *pack) below(first int) int { return int(binary.BigEndian.Uint32(p.fanout[first*4:])) }

// find is the place of an object in the pack.
func (p *pack) find(id plumbing.Hash) (at int64, ok bool) {
	i, ok := findID(p.ids, p.below, id)
	if !ok {
		return 0, false
	}
	near := binary.BigEndian.Uint32(p.offsets[i*4:])
	if near>>31 == 0 {
		return int64(near), true
	}
	i = int(near&^(1<<31)) * 8
	if i+8 > len(p.far) {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(p.far[i:])), true
}

// maxChain is the longest chain of deltas that is followed; git makes 50, and
// 4095 at most.
const maxChain = 4096

// readPacked reads the object at an offset, on top of its delta's base.
func (o *objects) readPacked(p *pack, at int64, depth int) (packedObject, bool) {
	if at < 0 || at >= int64(len(p.data)) || depth > maxChain {
		return packedObject{}, false
	}
	if kept := p.place(at); kept.kind != 0 && kept.at == at {
		return *kept, true
	}
	kind, size, rest, ok := packedHeader(p.data[at:])
	if !ok {
		return packedObject{}, false
	}
	var base packedObject
	switch kind {
	case plumbing.OFSDeltaObject:
		var back int64
		if back, rest, ok = packedOffset(rest); ok {
			base, ok = o.readPacked(p, at-back, depth+1)
		}
	case plumbing.REFDeltaObject:
		var id plumbing.Hash
		if ok = copy(id[:], rest) == len(id); ok {
			rest = rest[len(id):]
			var below int64
			if below, ok = p.find(id); ok {
				base, ok = o.readPacked(p, below, depth+1)
			}
		}
	}
	if !ok || !o.open(rest) {
		return packedObject{}, false
	}
	if base.kind == 0 {
		o.out, ok = o.inflate(o.out, size)
	} else if o.delta, ok = o.inflate(o.delta, size); ok {
		kind = base.kind
		if len(base.data) > maxKept { // it lies where the result is to go
			o.out, o.base = o.base, o.out
		}
		o.out, ok = applyDelta(o.out[:0], base.data, o.delta)
	}
	if !ok {
		return packedObject{}, false
	}
	return o.keep(p, packedObject{kind, at, o.out}), true
}

// place is where an object is kept.
func (p *pack) place(at int64) *packedObject { return &p.kept[at%int64(len(p.kept))] }

// keep remembers the object in o.out as a base of others, and takes the room of
// the one that it displaces.
func (o *objects) keep(p *pack, found packedObject) packedObject {
	if len(found.data) <= maxKept {
		kept := p.place(found.at)
		o.out = kept.data[:0]
		*kept = found
	}
	return found
}

// inflate reads all that zlib has into the room of data; that must be size bytes.
func (o *objects) inflate(data []byte, size int) ([]byte, bool) {
	data = slices.Grow(data[:0], size)[:size]
	if _, err := io.ReadFull(o.zlib, data); err != nil {
		return data, false
	}
	n, err := o.zlib.Read(o.more[:]) // here the checksum is looked at
	return data, n == 0 && err == io.EOF
}

// applyDelta appends what a delta makes of its base to out.
func applyDelta(out, base, delta []byte) ([]byte, bool) {
	baseSize, delta, ok1 := deltaSize(delta)
	size, delta, ok2 := deltaSize(delta)
	if !ok1 || !ok2 || baseSize != len(base) || size > maxObject {
		return out, false
	}
	out = slices.Grow(out, size)
	for len(delta) > 0 {
		op := delta[0]
		delta = delta[1:]
		if op&0x80 == 0 { // that many bytes of the delta itself
			if op == 0 || int(op) > len(delta) {
				return out, false
			}
			out = append(out, delta[:op]...)
			delta = delta[op:]
			continue
		}
		var at, n int // a piece of the base; only bytes that aren't zero are there
		for bit := range 7 {
			if op>>bit&1 == 0 {
				continue
			}
			if len(delta) == 0 {
				return out, false
			}
			if bit < 4 {
				at |= int(delta[0]) << (8 * bit)
			} else {
				n |= int(delta[0]) << (8 * (bit - 4))
			}
			delta = delta[1:]
		}
		if n == 0 {
			n = 0x10000
		}
		if at < 0 || at > len(base) || n > len(base)-at || n > size-len(out) {
			return out, false
		}
		out = append(out, base[at:at+n]...)
	}
	return out, len(out) == size
}

// deltaSize reads a size from the start of a delta, and returns what follows.
func deltaSize(delta []byte) (size int, rest []byte, ok bool) {
	for i, b := range delta[:min(len(delta), 4)] {
		size |= int(b&0x7f) << (7 * i)
		if b&0x80 == 0 {
			return size, delta[i+1:], true
		}
	}
	return 0, nil, false
}

// packedHeader reads the kind and size of an object, and returns what follows.
func packedHeader(data []byte) (kind plumbing.ObjectType, size int, rest []byte, ok bool) {
	kind = plumbing.ObjectType(data[0] >> 4 & 7)
	size = int(data[0] & 15)
	for i, shift := 0, 4; i < len(data) && shift < 32; i, shift = i+1, shift+7 {
		if i > 0 {
			size |= int(data[i]&0x7f) << (shift - 7)
		}
		if data[i]&0x80 == 0 {
			return kind, size, data[i+1:], size >= 0 && size <= maxObject
		}
	}
	return 0, 0, nil, false
}

// packedOffset reads how far back a delta's base lies, and returns what follows.
func packedOffset(data []byte) (back int64, rest []byte, ok bool) {
	for i, b := range data[:min(len(data), 8)] {
		if i > 0 {
			back = (back + 1) << 7
		}
		back |= int64(b & 0x7f)
		if b&0x80 == 0 {
			return back, data[i+1:], true
		}
	}
	return 0, nil, false
}

package gitrepo

import (
	"bytes"
	"encoding/binary"
	"path/filepath"

	"github.com/go-git/go-git/v5/plumbing"
)

// commitGraph is git's own index of commits: their trees, parents and dates, for
// which nothing has to be unpacked. git keeps it in order, and so it is believed as
// git believes it; what isn't in it, or in a newer form, is read as an object.
type commitGraph struct {
	fanout, ids, data, edges []byte
}

// readCommitGraph is nil where there is none of the usual form: in one file, of
// SHA-1.
func readCommitGraph(objects string) *commitGraph {
	file, err := mapFile(filepath.Join(objects, "info", "commit-graph"))
	if err != nil {
		return nil
	}
	return parseCommitGraph(file)
}

const (
	graphHead  = 8
	graphEntry = 20 + 16 // a tree, two parents, and the date with the generation
	noParent   = 0x70000000
)

func parseCommitGraph(file []byte) *commitGraph {
	if len(file) < graphHead || string(file[:4]) != "CGPH" || file[4] != 1 || file[5] != 1 || file[7] != 0 {
		return nil
	}
	chunks := int(file[6])
	if len(file) < graphHead+12*(chunks+1) {
		return nil
	}
	g := &commitGraph{}
	for i := range chunks {
		entry := file[graphHead+12*i:]
		from, to := binary.BigEndian.Uint64(entry[4:]), binary.BigEndian.Uint64(entry[16:])
		if from > to || to > uint64(len(file)) {
			return nil
		}
		chunk := file[from:to]
		switch string(entry[:4]) {
		case "OIDF":
			g.fanout = chunk
		case "OIDL":
			g.ids = chunk
		case "CDAT":
			g.data = chunk
		case "EDGE":
			g.edges = chunk
		}
	}
	if len(g.fanout) != 4*256 {
		return nil
	}
	if n := g.below(255); len(g.ids) != 20*n || len(g.data) != graphEntry*n {
		return nil
	}
	return g
}

// below is the number of ids whose first byte is at most this one.
func (g *commitGraph) below(first int) int {
	return int(binary.BigEndian.Uint32(g.fanout[first*4:]))
}

// find is what the graph says of a commit.
func (g *commitGraph) find(id plumbing.Hash) (head commitHead, ok bool) {
	if g == nil {
		return head, false
	}
	i, ok := findID(g.ids, g.below, id)
	if !ok {
		return head, false
	}
	entry := g.data[i*graphEntry:]
	copy(head.tree[:], entry)
	high := binary.BigEndian.Uint32(entry[28:])
	head.committed = int64(high&3)<<32 | int64(binary.BigEndian.Uint32(entry[32:]))
	first, second := binary.BigEndian.Uint32(entry[20:]), binary.BigEndian.Uint32(entry[24:])
	ok = g.add(&head, first)
	switch {
	case second>>31 == 0:
		ok = ok && g.add(&head, second)
	default: // more than two: a list, whose last has the highest bit
		for at := int(second&^(1<<31)) * 4; ok; at += 4 {
			if at+4 > len(g.edges) {
				return head, false
			}
			edge := binary.BigEndian.Uint32(g.edges[at:])
			ok = g.add(&head, edge&^(1<<31))
			if edge>>31 == 1 {
				break
			}
		}
	}
	return head, ok
}

// add takes a parent by its place among the ids.
func (g *commitGraph) add(head *commitHead, at uint32) bool {
	if at == noParent {
		return true
	}
	if int(at) >= len(g.ids)/20 {
		return false
	}
	var id plumbing.Hash
	copy(id[:], g.ids[at*20:])
	head.parents = append(head.parents, id)
	return true
}

// findID looks an id up in a sorted list, with the number of ids whose first byte
// is at most a given one.
func findID(ids []byte, below func(first int) int, id plumbing.Hash) (int, bool) {
	from, to := 0, below(int(id[0]))
	if id[0] > 0 {
		from = below(int(id[0]) - 1)
	}
	if from > to || to > len(ids)/20 {
		return 0, false
	}
	for from < to {
		middle := int(uint(from+to) >> 1)
		if bytes.Compare(ids[middle*20:middle*20+20], id[:]) < 0 {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return from, from < len(ids)/20 && bytes.Equal(ids[from*20:from*20+20], id[:])
}

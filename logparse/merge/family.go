package merge

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A family is the same siblings in three versions.
type family struct {
	ours, theirs     []logparse.Piece
	members          []member // those of base come first
	ourIDs, theirIDs []int    // which member each piece is, in each version's order
}

// A member is one piece in the three versions, nil where it is missing.
type member struct {
	base, ours, theirs *logparse.Piece
	ourAt, theirAt     int // its places
}

func newFamily(base, ours, theirs []logparse.Piece) *family {
	f := &family{ours: ours, theirs: theirs, members: make([]member, len(base)), ourIDs: match(base, ours, true), theirIDs: match(base, theirs, true)}
	for i := range base {
		f.members[i].base = &base[i]
	}
	var added []logparse.Piece // of ours
	for i, id := range f.ourIDs {
		if id < 0 {
			added = append(added, ours[i])
			id = f.add()
		}
		f.ourIDs[i] = id
		f.members[id].ours, f.members[id].ourAt = &ours[i], i
	}
	twins := match(added, theirs, false)
	for i, id := range f.theirIDs {
		switch { // what both added under one name is one piece
		case id >= 0:
		case theirs[i].Kind == logparse.ProsePiece:
			id = f.proseTwin(i)
		case twins[i] >= 0:
			id = len(base) + twins[i]
		}
		if id < 0 {
			id = f.add()
		}
		f.theirIDs[i] = id
		f.members[id].theirs, f.members[id].theirAt = &theirs[i], i
	}
	return f
}

func (f *family) add() (id int) {
	f.members = append(f.members, member{})
	return len(f.members) - 1
}

// proseTwin is the number of the prose that ours added behind the piece behind
// which theirs added prose at i, or -1.
func (f *family) proseTwin(i int) int {
	before := -1
	if i > 0 {
		before = slices.Index(f.ourIDs, f.theirIDs[i-1])
		if before < 0 {
			return -1
		}
	}
	next := before + 1
	if next < len(f.ours) && f.ours[next].Kind == logparse.ProsePiece && !slices.Contains(f.theirIDs, f.ourIDs[next]) {
		return f.ourIDs[next]
	}
	return -1
}

// gapBehind is the gap of a piece that comes to stand behind one of the kind
// last. What its own side has is right unless it was written behind something else.
func (f *family) gapBehind(last logparse.PieceKind, m member) string {
	side, at := f.ours, m.ourAt
	if m.ours == nil || m.theirs != nil && m.base != nil && m.ours.Gap == m.base.Gap {
		side, at = f.theirs, m.theirAt
	}
	gap := side[at].Gap
	if side[at].Kind == logparse.EntryPiece && !strings.HasSuffix(side[at].Text, "\n") { // in braces
		switch comma := strings.Contains(gap, ","); {
		case last == logparse.EntryPiece && !comma:
			return ", "
		case last != logparse.EntryPiece && comma:
			return ""
		}
	}
	if side[at].Kind != logparse.ItemPiece || at == 0 {
		return gap
	}
	switch before := side[at-1].Kind; {
	case last == logparse.ItemPiece && before != logparse.ItemPiece:
		return ""
	case before == logparse.ItemPiece && gap == "" && (last == logparse.HeadingPiece || last == logparse.ProsePiece):
		return "\n"
	}
	return gap
}

// order is the numbers of both sides' pieces in the order of the side that moved
// some, or of ours where both or neither did. What the other side added stands
// behind what it added it to; of two such, ours comes first.
func (f *family) order() (order []int) {
	lead, other := f.ourIDs, f.theirIDs
	oursLead := f.inOrder(f.theirIDs) || !f.inOrder(f.ourIDs)
	if !oursLead {
		lead, other = other, lead
	}
	const start = -1
	added := make(map[int][]int) // what the other side added, by what is before it
	before := start
	for _, id := range other {
		if m := f.members[id]; oursLead && m.ours != nil || !oursLead && m.theirs != nil {
			before = id
		} else {
			added[before] = append(added[before], id)
		}
	}
	waiting := added[start]
	for _, id := range lead {
		if m := f.members[id]; !oursLead || m.theirs != nil || m.base != nil {
			order = append(order, waiting...)
			waiting = nil
		}
		order = append(order, id)
		waiting = append(waiting, added[id]...)
	}
	return append(order, waiting...)
}

// inOrder says whether the pieces of base stand in their order.
func (f *family) inOrder(ids []int) bool {
	return slices.IsSorted(slices.DeleteFunc(slices.Clone(ids), func(id int) bool { return f.members[id].base == nil }))
}

// match finds for each piece the place of its twin among the others, or -1: by
// the surest name that both have; then, with loosely, an item or a section of the
// authors' own by a new wording in the same place, and prose by what stands
// before or behind it.
func match(others, pieces []logparse.Piece, loosely bool) []int {
	m := &matching{others: others, pieces: pieces, to: slices.Repeat([]int{-1}, len(pieces)), taken: make([]bool, len(others))}
	for level := range 2 {
		m.byName(level)
	}
	if loosely {
		m.byWording()
		m.byNeighbour()
	}
	return m.to
}

type matching struct {
	others, pieces []logparse.Piece
	to             []int
	taken          []bool
}

func (m *matching) set(piece, other int) { m.to[piece], m.taken[other] = other, true }

// byText is the level at which prose is known by what it says.
const byText = 2

func name(p *logparse.Piece, level int) string {
	switch {
	case level < len(p.Names):
		return p.Names[level]
	case level == byText && p.Kind == logparse.ProsePiece:
		return p.Text
	}
	return ""
}

// A key is what a piece is known by.
type key struct {
	kind logparse.PieceKind
	name string
}

func (m *matching) byName(level int) {
	free := make(map[key][]int)
	for i := range m.others {
		if p := &m.others[i]; !m.taken[i] && name(p, level) != "" {
			k := key{p.Kind, name(p, level)}
			free[k] = append(free[k], i)
		}
	}
	for i := range m.pieces {
		p := &m.pieces[i]
		k := key{p.Kind, name(p, level)}
		if m.to[i] >= 0 || k.name == "" {
			continue
		}
		for n, other := range free[k] {
			// Two ids are two items, whatever they say.
			if level > 0 && name(p, 0) != "" && name(&m.others[other], 0) != "" {
				if n == maxCandidates {
					break
				}
				continue
			}
			m.set(i, other)
			free[k] = slices.Delete(free[k], n, n+1)
			break
		}
	}
}

// maxCandidates bounds how far a twin is looked for.
const maxCandidates = 20

// byWording finds items and sections between the same neighbours whose wording
// was changed.
func (m *matching) byWording() {
	next := len(m.others) // the twin of what follows the piece
	behind := make([]int, len(m.pieces))
	for i := len(m.pieces) - 1; i >= 0; i-- {
		behind[i] = next
		if m.to[i] >= 0 {
			next = m.to[i]
		}
	}
	before := -1
	for i := range m.pieces {
		p := &m.pieces[i]
		if m.to[i] < 0 && (p.Kind == logparse.ItemPiece || p.Kind == logparse.SectionPiece || p.Kind == logparse.TablePiece) {
			for other := before + 1; other < min(behind[i], before+1+maxCandidates); other++ {
				o := &m.others[other]
				if !m.taken[other] && reworded(o, p) {
					m.set(i, other)
					break
				}
			}
		}
		if m.to[i] >= 0 {
			before = m.to[i]
		}
	}
}

// reworded says whether a piece can be another with a new wording. An id is never
// another one, and what is confidential never becomes anything else.
func reworded(before, after *logparse.Piece) bool {
	switch {
	case before.Kind != after.Kind:
		return false
	case before.Kind == logparse.TablePiece:
		return true
	case before.Kind == logparse.SectionPiece:
		secret := string(logparse.Confidential)
		return name(before, 0) != secret && name(after, 0) != secret &&
			(shareParts(before, after) || len(before.Parts) == 1 || len(after.Parts) == 1) // empty, or emptied
	}
	return (name(before, 0) == "" || name(after, 0) == "") && similar(name(before, 1), name(after, 1))
}

// shareParts says whether two sections have something in common.
func shareParts(a, b *logparse.Piece) bool {
	has := make(map[key]bool)
	for i := range a.Parts {
		p := &a.Parts[i]
		has[key{p.Kind, p.Text}] = true
		for level := range p.Names {
			has[key{p.Kind, name(p, level)}] = true
		}
	}
	return slices.ContainsFunc(b.Parts, func(p logparse.Piece) bool {
		return p.Kind != logparse.HeadingPiece && (has[key{p.Kind, p.Text}] || name(&p, 0) != "" && has[key{p.Kind, name(&p, 0)}])
	})
}

// byNeighbour finds prose that is the same, else by the piece before it, else by the one
// behind it.
func (m *matching) byNeighbour() {
	m.byName(byText)
	try := func(i, other int) {
		if m.to[i] < 0 && other >= 0 && other < len(m.others) && !m.taken[other] && m.others[other].Kind == logparse.ProsePiece {
			m.set(i, other)
		}
	}
	for i := range m.pieces {
		switch {
		case m.pieces[i].Kind != logparse.ProsePiece:
		case i == 0:
			try(i, 0)
		case m.to[i-1] >= 0:
			try(i, m.to[i-1]+1)
		}
	}
	for i := range m.pieces {
		if m.pieces[i].Kind == logparse.ProsePiece && i+1 < len(m.pieces) && m.to[i+1] >= 0 {
			try(i, m.to[i+1]-1)
		}
	}
}

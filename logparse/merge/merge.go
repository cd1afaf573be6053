// Package merge brings two people's versions of one log together, item by item:
// a conflict is left only where both changed the same thing. It knows pieces and
// their names; what they are in a file is logparse's to say.
package merge

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// Names are what a conflict's two sides are called in its markers.
type Names struct{ Ours, Theirs string }

// Files merges two versions of a log that were both made from base. What only
// one side changed is taken from it, and what neither changed keeps its bytes.
// Each conflict that is left stands between markers as git writes them.
func Files(path string, base, ours, theirs []byte, headings logparse.Headings, names Names) (merged []byte, conflicts int) {
	switch {
	case bytes.Equal(ours, theirs), bytes.Equal(theirs, base):
		return bytes.Clone(ours), 0
	case bytes.Equal(ours, base):
		return bytes.Clone(theirs), 0
	}
	b, o, t := newVersion(base), newVersion(ours), newVersion(theirs)
	if b.mixed || o.mixed || t.mixed {
		b, o, t = rawVersion(base), rawVersion(ours), rawVersion(theirs)
	}
	m := merger{path: path, headings: headings, names: names}
	text, conflicts := m.texts(b.text, o.text, t.text)
	out := version{
		text:  text,
		mark:  oneOf(b.mark, o.mark, t.mark),
		crlf:  oneOf(b.crlf, o.crlf, t.crlf),
		ended: oneOf(b.ended, o.ended, t.ended) || conflicts > 0,
	}
	return out.bytes(), conflicts
}

// oneOf is what became of something that has no middle: what the side says that
// changed it. Where both did, ours.
func oneOf[T comparable](base, ours, theirs T) T {
	if ours == base {
		return theirs
	}
	return ours
}

// A version is a file's text with LF line ends, the last line's included, and
// how the file writes it. So an editor that changes all line ends of a file
// changes nothing that the other side could have changed too.
type version struct {
	text  string
	mark  bool // starts with a byte-order mark
	crlf  bool
	ended bool // the last line has a line end
	mixed bool // the lines end in more than one way
}

const byteOrderMark = "\ufeff"

func newVersion(text []byte) version {
	rest, mark := strings.CutPrefix(string(text), byteOrderMark)
	pairs, feeds, returns := strings.Count(rest, "\r\n"), strings.Count(rest, "\n"), strings.Count(rest, "\r")
	v := version{mark: mark, crlf: pairs > 0, mixed: returns != pairs || pairs > 0 && feeds != pairs}
	v.text, v.ended = endLine(strings.ReplaceAll(rest, "\r\n", "\n"))
	return v
}

func rawVersion(text []byte) (v version) {
	v.text, v.ended = endLine(string(text))
	return v
}

// endLine gives the last line a line end, and says whether it had one.
func endLine(text string) (string, bool) {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text, true
	}
	return text + "\n", false
}

func (v version) bytes() []byte {
	text := v.text
	if !v.ended {
		text = strings.TrimSuffix(text, "\n")
	}
	if v.crlf {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if v.mark {
		text = byteOrderMark + text
	}
	return []byte(text)
}

type merger struct {
	path     string
	headings logparse.Headings
	names    Names
	torn     map[string]bool // the items that can't be in one place
}

// texts merges piece by piece, or by lines where the structure can't be relied
// on: that of a version, or that of the result. Where neither keeps what both
// wrote, all that differs is one conflict.
func (m merger) texts(base, ours, theirs string) (string, int) {
	if text, conflicts, ok := m.byPieces(base, ours, theirs); ok {
		return text, conflicts
	}
	text, conflicts := m.lines(base, ours, theirs)
	if !strings.HasSuffix(m.path, ".md") || m.marked(base, ours, theirs) || m.sound(base, ours, theirs, text) {
		return text, conflicts
	}
	r := m.differing(splitLines(ours), splitLines(theirs))
	return r.text, r.conflicts
}

// marked says whether a version has conflicts already.
func (m merger) marked(versions ...string) bool {
	return slices.ContainsFunc(versions, func(text string) bool {
		asOurs, _, whole := logparse.Sides(m.path, []byte(text))
		return !whole || asOurs != text
	})
}

func (m merger) byPieces(base, ours, theirs string) (string, int, bool) {
	if !strings.HasSuffix(m.path, ".md") {
		return "", 0, false
	}
	b, o, t, ok := m.pieces(base, ours, theirs)
	if !ok {
		return "", 0, false
	}
	m.torn = make(map[string]bool)
	moved, ok := m.moves(&b, &o, &t)
	if ok && moved {
		b, o, t, ok = m.pieces(fresh(&b).Text, fresh(&o).Text, fresh(&t).Text)
	}
	if !ok {
		return "", 0, false
	}
	r, ok := m.checked(&b, &o, &t)
	// Which side is ours never decides whether something is a conflict.
	turned, okTurned := m.checked(&b, &t, &o)
	return r.text, r.conflicts, ok && okTurned && r.conflicts == turned.conflicts &&
		m.sound(base, ours, theirs, r.text) && m.sound(base, theirs, ours, turned.text)
}

// checked merges three files. ok is false where the result would be read
// otherwise than it is meant.
func (m merger) checked(base, ours, theirs *logparse.Piece) (r result, ok bool) {
	r = m.piece(base, ours, theirs)
	if r.conflicts > 0 {
		return r, true // people will read it
	}
	read, ok := m.read(r.text)
	return r, ok && shape(&read) == r.shape
}

func (m merger) pieces(base, ours, theirs string) (b, o, t logparse.Piece, ok bool) {
	b, okBase := m.read(base)
	o, okOurs := m.read(ours)
	t, okTheirs := m.read(theirs)
	return b, o, t, okBase && okOurs && okTheirs
}

func (m merger) read(text string) (logparse.Piece, bool) {
	return logparse.Pieces(m.path, []byte(text), m.headings)
}

// A result is merged text, what it is to be read as, and the conflicts in it.
type result struct {
	text, shape string
	conflicts   int
}

func whole(p *logparse.Piece) result { return result{text: p.Text, shape: shape(p)} }

// shape is what a piece holds, as far as it means something.
func shape(p *logparse.Piece) string {
	var parts strings.Builder
	for i := range p.Parts {
		parts.WriteString(shape(&p.Parts[i]))
	}
	return shapeOf(p, parts.String())
}

func shapeOf(p *logparse.Piece, parts string) string {
	switch p.Kind {
	case logparse.ProsePiece, logparse.LayoutPiece:
		return ""
	case logparse.WordPiece:
		return p.Names[0] + " "
	}
	return "(" + string(rune('A'+int(p.Kind))) + parts + ")"
}

// conflict puts both versions of whole lines between markers.
func (m merger) conflict(ours, theirs string) result {
	marker := func(mark, name string) string {
		return strings.Join(append([]string{mark}, strings.Fields(name)...), " ") + "\n"
	}
	ours, _ = endLine(ours) // a lone CR may end it
	theirs, _ = endLine(theirs)
	text := marker("<<<<<<<", m.names.Ours) + ours + "=======\n" + theirs + marker(">>>>>>>", m.names.Theirs)
	return result{text: text, conflicts: 1}
}

// piece merges what is on both sides; base is nil for what both added.
func (m merger) piece(base, ours, theirs *logparse.Piece) result {
	var was logparse.Piece
	if base != nil {
		was = *base
	}
	switch {
	case ours.Text == theirs.Text, base != nil && theirs.Text == was.Text && !m.isTorn(ours):
		return whole(ours)
	case base != nil && ours.Text == was.Text && !m.isTorn(theirs):
		return whole(theirs)
	case ours.Kind == logparse.LayoutPiece:
		return whole(ours)
	case ours.Kind == logparse.ProsePiece:
		return m.prose(was.Text, ours.Text, theirs.Text)
	case ours.Kind == logparse.WordPiece:
		return result{text: ours.Text, conflicts: 1} // the whole head shows it
	case ours.Parts == nil || theirs.Parts == nil:
		return m.conflict(ours.Text, theirs.Text)
	}
	r := m.parts(was.Parts, ours.Parts, theirs.Parts)
	switch {
	case r.conflicts > 0 && (ours.Kind == logparse.HeadPiece || ours.Kind == logparse.KeyPiece || ours.Kind == logparse.RowPiece),
		ours.Kind == logparse.KeyPiece && base != nil && (was.Parts == nil && hasValue(was.Text) || otherwise(was.Parts, ours.Parts, theirs.Parts)):
		return m.conflict(ours.Text, theirs.Text)
	}
	r.shape = shapeOf(ours, r.shape)
	return r
}

// hasValue says whether a key that isn't taken apart has a value.
func hasValue(key string) bool {
	_, value, _ := strings.Cut(key, ":")
	value, _, _ = strings.Cut(value, "#")
	return strings.TrimSpace(value) != ""
}

// otherwise says whether both put something of their own in the place of one entry.
func otherwise(base, ours, theirs []logparse.Piece) bool {
	in := func(pieces []logparse.Piece, p logparse.Piece) bool {
		return slices.ContainsFunc(pieces, func(other logparse.Piece) bool { return other.Names[0] == p.Names[0] })
	}
	added := func(side, other []logparse.Piece) bool {
		return slices.ContainsFunc(side, func(p logparse.Piece) bool { return !in(base, p) && !in(other, p) })
	}
	gone := slices.ContainsFunc(base, func(p logparse.Piece) bool { return !in(ours, p) && !in(theirs, p) })
	return gone && added(ours, theirs) && added(theirs, ours)
}

// parts merges siblings.
func (m merger) parts(base, ours, theirs []logparse.Piece) (r result) {
	f := newFamily(base, ours, theirs)
	var text, shape strings.Builder
	var last logparse.PieceKind
	for _, id := range f.order() {
		piece := f.members[id]
		one := m.sibling(piece.base, piece.ours, piece.theirs)
		if one.text != "" {
			text.WriteString(f.gapBehind(last, piece))
			last = cmp.Or(piece.ours, piece.theirs).Kind
		}
		text.WriteString(one.text)
		shape.WriteString(one.shape)
		r.conflicts += one.conflicts
	}
	r.text, r.shape = text.String(), shape.String()
	return r
}

// sibling merges one piece that may be missing anywhere: what one side added, or what it has
// and the other deleted, is here on one side only.
func (m merger) sibling(base, ours, theirs *logparse.Piece) result {
	switch here := cmp.Or(ours, theirs); {
	case here == nil:
		return result{}
	case ours != nil && theirs != nil:
		return m.piece(base, ours, theirs)
	case base == nil && !m.isTorn(here):
		return whole(here)
	case base != nil && (here.Text == base.Text || here.Kind == logparse.LayoutPiece):
		return result{}
	case base != nil && here.Kind == logparse.WordPiece:
		return result{conflicts: 1}
	case ours != nil:
		return m.conflict(ours.Text, "")
	}
	return m.conflict("", theirs.Text)
}

// similar says whether a text without an id can be a new wording of another:
// three in four words of the shorter one are left, in their order. A tick is
// nobody's to carry over to another promise, so it is strict.
func similar(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) > maxWords || len(y) > maxWords {
		return false
	}
	if len(x) == 0 || len(y) == 0 {
		return len(x) == len(y)
	}
	row := make([]int, len(y)+1) // the longest common subsequence
	for _, word := range x {
		diagonal := 0
		for j := range y {
			above := row[j+1]
			if word == y[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	shorter := min(len(x), len(y))
	return shorter > 1 && 4*row[len(y)] >= 3*shorter
}

const maxWords = 60

package merge

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A version of a file as a tree in which items can be followed to where they moved.
type tree struct {
	root   *logparse.Piece
	parent map[*logparse.Piece]*logparse.Piece
	twin   map[*logparse.Piece]*logparse.Piece // what a piece of base is here, and the other way round
	items  []*logparse.Piece                   // in the file's order
	scope  map[*logparse.Piece]string          // of an item: where its id may be again
	secret map[*logparse.Piece]bool            // what is confidential here
}

func newTree(root *logparse.Piece) *tree {
	t := &tree{root: root, parent: make(map[*logparse.Piece]*logparse.Piece), twin: make(map[*logparse.Piece]*logparse.Piece),
		scope: make(map[*logparse.Piece]string), secret: make(map[*logparse.Piece]bool)}
	t.add(root, "", false)
	return t
}

func (t *tree) add(p *logparse.Piece, scope string, secret bool) {
	switch p.Kind {
	case logparse.SectionPiece:
		switch logparse.SectionName(p.Names[0]) {
		case logparse.FollowUp: // says again what was agreed
			scope = p.Names[0]
		case logparse.Confidential:
			secret = true
		}
	case logparse.ItemPiece:
		t.items = append(t.items, p)
		t.scope[p], t.secret[p] = scope, secret
	case logparse.FilePiece:
	default:
		return
	}
	for i := range p.Parts {
		t.parent[&p.Parts[i]] = p
		t.add(&p.Parts[i], scope, secret)
	}
}

// follow finds what each piece of base is in the version: among the twins of its
// siblings; else, for an item that is only once in either, wherever it moved.
func (t *tree) follow(base *tree) {
	t.pair(base.root, t.root)
	for level := range 2 {
		gone, come := base.loose(t, level), t.loose(t, level)
		for _, item := range base.items {
			key := keyOf(base, item, level)
			if there := come[key]; gone[key] == item && there != nil && t.twin[item] == nil && t.twin[there] == nil {
				t.pair(item, there)
			}
		}
	}
}

func (t *tree) pair(before, after *logparse.Piece) {
	t.twin[before], t.twin[after] = after, before
	for i, at := range match(before.Parts, after.Parts, true) {
		if at >= 0 {
			t.pair(&before.Parts[at], &after.Parts[i])
		}
	}
}

// loose are the items without a twin by their key; nil for a key that several have.
func (t *tree) loose(twins *tree, level int) map[string]*logparse.Piece {
	found := make(map[string]*logparse.Piece)
	for _, item := range t.items {
		key := keyOf(t, item, level)
		if key == "" || twins.twin[item] != nil {
			continue
		}
		if _, again := found[key]; again {
			item = nil
		}
		found[key] = item
	}
	return found
}

// keyOf is what an item is known by wherever it stands: its id, or the words of one
// that has none.
func keyOf(t *tree, item *logparse.Piece, level int) string {
	id, text := name(item, 0), name(item, 1)
	switch {
	case level == 0 && id != "":
		return t.scope[item] + " ^" + id
	case level == 1 && id == "" && len(strings.Fields(text)) > 1:
		return t.scope[item] + " " + text
	}
	return ""
}

// home is what an item stands in, as both sides can name it.
func (t *tree) home(item *logparse.Piece) any {
	in := t.parent[item]
	if was := t.twin[in]; was != nil {
		return was
	}
	return string(rune('A'+int(in.Kind))) + strings.Join(in.Names, " ")
}

// moves brings together what was moved out of where it stood. An item that one side
// moved and the other changed is changed where it went; base and the side that left
// it there no longer have it. What both moved to different places, or one moved and
// the other deleted, is torn: each side's stays where it is, in a conflict.
// ok is false where two items were moved into each other.
func (m merger) moves(base, ours, theirs *logparse.Piece) (moved, ok bool) {
	b, o, t := newTree(base), newTree(ours), newTree(theirs)
	o.follow(b)
	t.follow(b)
	ok = true
	seen := make(map[*logparse.Piece]bool) // true once it was brought together
	var visit func(was *logparse.Piece)
	visit = func(was *logparse.Piece) {
		seen[was] = false
		for _, within := range nested(was, o, t) {
			if done, begun := seen[within]; !begun {
				visit(within)
			} else if !done {
				ok = false
			}
		}
		seen[was] = true
		moved = m.move(was, b, o, t) || moved
	}
	for _, was := range b.items {
		if _, begun := seen[was]; !begun {
			visit(was)
		}
	}
	m.addedTwice(o, t)
	return moved, ok
}

// nested are the items of base that an item holds in some version.
func nested(was *logparse.Piece, o, t *tree) (items []*logparse.Piece) {
	for i := range was.Parts {
		if part := &was.Parts[i]; part.Kind == logparse.ItemPiece {
			items = append(items, part)
		}
	}
	for _, side := range []*tree{o, t} {
		if twin := side.twin[was]; twin != nil {
			items = append(items, side.holds(twin)...)
		}
	}
	return items
}

// holds are the items of base that an item of a side holds.
func (t *tree) holds(item *logparse.Piece) (items []*logparse.Piece) {
	for i := range item.Parts {
		part := &item.Parts[i]
		switch was := t.twin[part]; {
		case part.Kind != logparse.ItemPiece:
		case was != nil:
			items = append(items, was)
		default:
			items = append(items, t.holds(part)...)
		}
	}
	return items
}

// move does that for an item, and says whether there was anything to do.
func (m merger) move(was *logparse.Piece, b, o, t *tree) bool {
	here, there := o.twin[was], t.twin[was]
	ourMove := here != nil && o.home(here) != any(b.parent[was])
	theirMove := there != nil && t.home(there) != any(b.parent[was])
	secret := here != nil && there != nil && o.secret[here] != t.secret[there]
	apart := here == nil || there == nil || ourMove && theirMove && o.home(here) != t.home(there)
	switch {
	case !ourMove && !theirMove,
		!apart && !theirMove && unchanged(was, there), !apart && !ourMove && unchanged(was, here):
		return false // it goes where it was moved
	case !apart && !secret && m.carry(was, here, there, ourMove, theirMove):
	default:
		m.tear(here, there)
	}
	*was = logparse.Piece{Kind: logparse.LayoutPiece}
	return true
}

func unchanged(before, after *logparse.Piece) bool { return fresh(before).Text == fresh(after).Text }

// carry puts an item as both have made it where it was moved, and says whether it could.
func (m merger) carry(was, here, there *logparse.Piece, ourMove, theirMove bool) bool {
	before, ours, theirs := fresh(was), fresh(here), fresh(there)
	to := indentation(ours.Text)
	if !ourMove {
		to = indentation(theirs.Text)
	}
	for _, p := range []*logparse.Piece{&before, &ours, &theirs} {
		if !reindent(p, indentation(p.Text), to) {
			return false
		}
	}
	r := m.piece(&before, &ours, &theirs)
	if r.conflicts > 0 {
		return false
	}
	for item, moved := range map[*logparse.Piece]bool{here: ourMove, there: theirMove} {
		if moved {
			item.Text, item.Parts = r.text, nil
		} else {
			*item = logparse.Piece{Kind: logparse.LayoutPiece}
		}
	}
	return true
}

// fresh is a piece as its parts are now, without those that were taken out.
func fresh(p *logparse.Piece) logparse.Piece {
	if p.Parts == nil {
		return *p
	}
	now := *p
	now.Parts = make([]logparse.Piece, 0, len(p.Parts))
	var text strings.Builder
	for i := range p.Parts {
		part := fresh(&p.Parts[i])
		if part.Kind == logparse.LayoutPiece && part.Names == nil {
			continue
		}
		text.WriteString(part.Gap + part.Text)
		now.Parts = append(now.Parts, part)
	}
	now.Text = text.String()
	return now
}

func indentation(text string) string { return text[:len(text)-len(strings.TrimLeft(text, " \t"))] }

// reindent gives a piece's lines another indentation. It fails where one has less.
func reindent(p *logparse.Piece, from, to string) bool {
	if from == to {
		return true
	}
	atStart, ok := true, true
	lines := func(text string) string {
		var out strings.Builder
		for line := range strings.Lines(text) {
			if atStart && strings.TrimSpace(line) != "" {
				rest, found := strings.CutPrefix(line, from)
				ok = ok && found
				line = to + rest
			}
			out.WriteString(line)
			atStart = strings.HasSuffix(line, "\n")
		}
		return out.String()
	}
	var all func(p *logparse.Piece)
	all = func(p *logparse.Piece) {
		p.Gap = lines(p.Gap)
		if p.Parts == nil {
			p.Text = lines(p.Text)
			return
		}
		for i := range p.Parts {
			all(&p.Parts[i])
		}
	}
	p.Gap = "" // it stays where it is
	all(p)
	*p = fresh(p)
	return ok
}

// tear has an item that can't be in one place be a conflict in each.
func (m merger) tear(items ...*logparse.Piece) {
	for _, item := range items {
		if item != nil {
			m.torn[surest(item)] = true
		}
	}
}

// surest is an item's id, or else its words.
func surest(item *logparse.Piece) string {
	if id := name(item, 0); id != "" {
		return "^" + id
	}
	return name(item, 1)
}

// isTorn says whether a piece is a torn item or holds one.
func (m merger) isTorn(p *logparse.Piece) bool {
	if len(m.torn) == 0 {
		return false
	}
	return p.Kind == logparse.ItemPiece && m.torn[surest(p)] || slices.ContainsFunc(p.Parts, func(part logparse.Piece) bool { return m.isTorn(&part) })
}

// addedTwice tears what both added to different places.
func (m merger) addedTwice(ours, theirs *tree) {
	for level := range 2 {
		here, there := ours.loose(ours, level), theirs.loose(theirs, level)
		for key, item := range here {
			if other := there[key]; item != nil && other != nil && ours.home(item) != theirs.home(other) &&
				(level == 0 || len(strings.Fields(name(item, 1))) >= fewWords) {
				m.tear(item, other)
			}
		}
	}
}

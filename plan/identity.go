package plan

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// An identity tells an item from others across sessions: by its id where both
// have one, else by its text (docs/format.md, "Identity").
type identity struct {
	id   string // "" where it has none
	text string // in logparse.NormalText's form
}

func identityOf(it *logparse.Item) identity { return identity{it.ID.V, it.NormalText} }

// match says how well two identities agree: by id, by text, or not at all.
func (x identity) match(y identity) matchKind {
	switch {
	case x.id != "" && y.id != "":
		if x.id == y.id {
			return byID
		}
		return noMatch
	case x.text == y.text:
		return byText
	}
	return noMatch
}

type matchKind int

const (
	noMatch matchKind = iota
	byText
	byID
)

// restated is what it is once an item states it: the id stays where the item has none.
func (x identity) restated(it *logparse.Item) identity {
	return identity{cmp.Or(it.ID.V, x.id), it.NormalText}
}

// An index finds what an identity may match without looking at everything there is. What
// changes its identity is added again, and stays under the old one: who asks compares it
// with what it has now.
type index[T interface{ order() int }] struct{ ids, texts, without map[indexKey][]T }

// An indexKey is an id or a text, of entries under one goal or, where that is nil, of all.
type indexKey struct {
	under *Goal
	word  string
}

func (x *index[T]) add(under *Goal, of identity, entry T) {
	if x.texts == nil {
		x.ids, x.texts, x.without = make(map[indexKey][]T), make(map[indexKey][]T), make(map[indexKey][]T)
	}
	into(x.texts, indexKey{under, of.text}, entry)
	if of.id == "" {
		into(x.without, indexKey{under, of.text}, entry)
	} else {
		into(x.ids, indexKey{under, of.id}, entry)
	}
}

// into adds an entry in its place, once: mostly it is the last.
func into[T interface{ order() int }](to map[indexKey][]T, key indexKey, entry T) {
	all := to[key]
	if len(all) == 0 || all[len(all)-1].order() < entry.order() {
		to[key] = append(all, entry)
		return
	}
	at, there := slices.BinarySearchFunc(all, entry.order(), func(e T, order int) int { return e.order() - order })
	if !there {
		to[key] = slices.Insert(all, at, entry)
	}
}

// of are the entries that an identity may match in one way, in their order.
func (x *index[T]) of(under *Goal, id identity, kind matchKind) []T {
	switch {
	case kind == byID && id.id == "":
		return nil
	case kind == byID:
		return x.ids[indexKey{under, id.id}]
	case id.id != "":
		return x.without[indexKey{under, id.text}]
	}
	return x.texts[indexKey{under, id.text}]
}

// A line is an entry that never changes: the number of an item in a log.
type line int

func (l line) order() int { return int(l) }

// identities are a set of some that don't change.
type identities map[matching]bool

// A matching is what an identity in a set is found by.
type matching struct {
	word string // an id or a text
	by   matchKind
	any  bool // a text, also of one with an id
}

func (x identities) add(id identity) {
	x[matching{id.text, byText, true}] = true
	if id.id == "" {
		x[matching{id.text, byText, false}] = true
	} else {
		x[matching{id.id, byID, false}] = true
	}
}

// has says whether an identity matches any of them.
func (x identities) has(id identity) bool {
	return id.id != "" && x[matching{id.id, byID, false}] || x[matching{id.text, byText, id.id == ""}]
}

// About are the log's lines about a goal, but for those under Long-term goals.
func (l *Log) About(g *Goal) []*logparse.Goal {
	if l.goals == nil {
		l.goals = slices.Concat(l.FollowThrough, l.ShortTerm, l.MidTerm)
		for i, goal := range l.goals {
			l.lines.add(nil, identityOf(goal.Item), line(i))
		}
	}
	found := slices.Concat(l.lines.of(nil, g.identity, byID), l.lines.of(nil, g.identity, byText))
	slices.Sort(found)
	var about []*logparse.Goal
	for _, i := range found {
		about = append(about, l.goals[i])
	}
	return about
}

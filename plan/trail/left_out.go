package trail

import (
	"maps"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// LeftOut finds what merges left out of what one of their sides had agreed to. Where a
// merge keeps all of the other side, git says that it changed nothing.
type LeftOut struct {
	reader
	signers func(path, id string) []string
	became  edges[fileVersion]
	was     edges[fileVersion]
	made    map[fileVersion]*plan.Commit // the newest that made a version
	lost    map[fileVersion]bool         // what the present files weren't made of
	agreed  map[fileVersion]bool         // of what merges have left out: whether somebody had agreed to it
}

// A fileVersion is one version of a file; no file where id is "".
type fileVersion struct{ path, id string }

// NewLeftOut takes the commits of all sides, the newest first, the files that there are
// now, and who has signed off which version.
func NewLeftOut(commits []*plan.Commit, now map[string]string, read Documents, signers func(path, id string) []string) *LeftOut {
	l := &LeftOut{
		reader: reader{read: read}, signers: signers, became: make(edges[fileVersion]), was: make(edges[fileVersion]),
		made: make(map[fileVersion]*plan.Commit), lost: make(map[fileVersion]bool), agreed: make(map[fileVersion]bool),
	}
	present := make(map[fileVersion]bool)
	for _, c := range commits {
		renamed := l.moves(c)
		for _, f := range c.Files {
			after := fileVersion{f.Path, f.After}
			if f.After != "" && l.made[after] == nil {
				l.made[after] = c
			}
			present[fileVersion{f.Path, now[f.Path]}] = true
			if from, ok := renamed[f.Path]; ok {
				l.link(fileVersion{from.Path, from.Before}, after)
			}
			for _, before := range append([]string{f.Before}, f.Others...) {
				l.link(fileVersion{f.Path, before}, after)
			}
		}
	}
	used := make(map[fileVersion]bool)
	for _, v := range l.was.from(slices.Collect(maps.Keys(present))...) {
		used[v] = true
	}
	for v := range l.made {
		if !used[v] {
			l.lost[v] = true
		}
	}
	return l
}

func (l *LeftOut) link(before, after fileVersion) {
	l.became.link(before, after)
	l.was.link(after, before)
}

// Any says whether there is a version that the present ones weren't made of.
func (l *LeftOut) Any() bool { return len(l.lost) > 0 }

// Hides says whether a commit changed nothing but what merges left out of no agreement.
func (l *LeftOut) Hides(c *plan.Commit) bool {
	return len(c.Files) > 0 && !slices.ContainsFunc(c.Files, func(f plan.FileVersion) bool {
		agreed, left := l.agreed[fileVersion{f.Path, f.After}]
		return !left || agreed
	})
}

// Events are what a merge left out of the files that it has otherwise than one of its
// parents at least.
func (l *LeftOut) Events(c *plan.Commit) ([]Event, error) {
	var events []Event
	had := make([]map[string]fileVersion, len(c.Parents))
	for i := range had {
		had[i] = l.sideOf(c, i)
	}
	for _, f := range c.Files {
		var sides []fileVersion
		for _, parent := range had {
			if side := parent[f.Path]; side.id != "" {
				sides = append(sides, side)
			}
		}
		for i, side := range sides {
			if side.id != f.After && !slices.Contains(sides[:i], side) {
				others := slices.DeleteFunc(slices.Clone(sides), func(other fileVersion) bool { return other == side })
				events = append(events, l.fromSide(c, fileVersion{f.Path, f.After}, side, others)...)
			}
		}
	}
	return events, l.err
}

// sideOf are the versions that one parent of a merge has of the merge's files, by their
// paths now: what became another path is there under that one alone.
func (l *LeftOut) sideOf(c *plan.Commit, parent int) map[string]fileVersion {
	had := make(map[string]fileVersion)
	one := &plan.Commit{}
	for _, f := range c.Files {
		before := append([]string{f.Before}, f.Others...)[parent]
		had[f.Path] = fileVersion{f.Path, before}
		one.Files = append(one.Files, plan.FileVersion{Path: f.Path, Before: before, After: f.After})
	}
	for to, from := range l.moves(one) {
		had[to] = fileVersion{from.Path, from.Before}
		delete(had, from.Path)
	}
	return had
}

// fromSide are what a merge left out of one side of a file: all of it, where the merge has
// what it has from another, or items.
func (l *LeftOut) fromSide(c *plan.Commit, merged, side fileVersion, others []fileVersion) []Event {
	taken := slices.ContainsFunc(others, func(o fileVersion) bool { return o.id == merged.id })
	whole := (taken || merged.id == "") && l.lost[side]
	if whole && l.became.lead(side, merged) || !whole && (taken || merged.id == "") {
		return nil
	}
	older := l.was.from(side)
	common := l.was.from(others...)
	base := fileVersion{}
	if i := slices.IndexFunc(older, func(v fileVersion) bool { return slices.Contains(common, v) }); i >= 0 {
		base = older[i]
	}
	text := func(v fileVersion) *logparse.Document { return l.text(v.path, v.id) }
	events := takenBack(text(base), text(side), text(merged))
	if !whole {
		events = slices.DeleteFunc(events, func(e Event) bool { // told as what the merge made
			return !slices.ContainsFunc(others, func(other fileVersion) bool {
				return !slices.ContainsFunc(fileEvents(text(other), text(merged)), e.same)
			})
		})
	}
	signers := l.signers(side.path, side.id)
	agreed := len(events) > 0 || whole && len(signers) > 0
	for _, v := range older {
		if whole && l.lost[v] {
			l.agreed[v] = l.agreed[v] || agreed
		}
	}
	if !agreed {
		return nil
	}
	from := ""
	if l.made[side] != nil {
		from = l.made[side].ID
	}
	header := newEvent(c, side.path, VerbLeftOut, "commit", from, strings.Join(signers, ", "))
	for i := range events {
		events[i].Commit, events[i].Path, events[i].Person = c, side.path, personOf(side.path)
	}
	return append([]Event{header}, events...)
}

// takenBack are the events between what one side of a merge had agreed to and what came
// out, of those items that this side had changed and the merge has otherwise.
func takenBack(base, side, merged *logparse.Document) []Event {
	if side == nil || !held(side) && side.Plan == nil {
		return nil // nothing in it is agreed
	}
	own, kept := fileEvents(base, side), fileEvents(base, merged)
	return slices.DeleteFunc(fileEvents(side, merged), func(e Event) bool {
		return e.Minor || e.Verb == plan.VerbEdited && e.ID == "" && e.Text == "" || merged != nil && !slices.ContainsFunc(own, func(o Event) bool {
			return o.What == e.What && o.ID == e.ID && (o.ID != "" || o.Text == e.Text) && !slices.ContainsFunc(kept, o.same)
		})
	})
}

// edges lead from things, such as versions of files, to others.
type edges[T comparable] map[T][]T

func (e edges[T]) link(one, next T) { e[one] = append(e[one], next) }

// lead says whether they lead from one thing to another.
func (e edges[T]) lead(one, other T) bool { return slices.Contains(e.from(one), other) }

// from are some things and those that edges lead to, the nearest first.
func (e edges[T]) from(all ...T) []T {
	seen := make(map[T]bool, len(all))
	for _, v := range all {
		seen[v] = true
	}
	for i := 0; i < len(all); i++ {
		for _, next := range e[all[i]] {
			if !seen[next] {
				seen[next] = true
				all = append(all, next)
			}
		}
	}
	return all
}

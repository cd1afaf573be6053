package plan

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A Member is one logbook among several.
type Member struct {
	*Roster
	Name   string   // of its folder
	Folder string   // as paths are to name it
	Owners []string // ids of those who have a folder in it

	short string            // what it is called in ids
	ids   map[string]string // from an id in it to that of the union
	local map[string]string // the other way
	keys  map[string]string // those of metrics that mean another thing elsewhere
}

// A Union is several logbooks as one: who is the same person in which of them, and which
// metrics are the same. A nil one is of one logbook, and leaves ids and paths as they are.
type Union struct {
	*Roster
	Notes []string // what is kept apart, or taken from one of them, and why

	of    []Member
	named map[string][]string // the ids of the union, by those in the logbooks and by aliases
}

// An entry is what one logbook says of an id.
type entry struct {
	in     int
	person *Person
	files  bool // they have a folder
}

// says says whether there is anything to tell the person by.
func (e entry) says() bool { return e.person.Name != e.person.ID || len(e.person.Addresses()) > 0 }

// same says whether two entries are of one person for certain: by an address or, where one of
// them has none, by the name.
func (e entry) same(other entry) bool {
	mine, theirs := e.person.Addresses(), other.person.Addresses()
	if len(mine) > 0 && len(theirs) > 0 {
		return slices.ContainsFunc(mine, func(a logparse.Value[string]) bool {
			return slices.ContainsFunc(theirs, func(b logparse.Value[string]) bool { return foldAddress(a.V) == foldAddress(b.V) })
		})
	}
	named := e.person.Name != e.person.ID && other.person.Name != other.person.ID
	return named && logparse.NormalText(e.person.Name) == logparse.NormalText(other.person.Name)
}

// weight is more where a logbook has more of somebody.
func (e entry) weight() int {
	switch {
	case !e.files:
		return 0
	case e.person.Plan == nil:
		return 1
	}
	return 2
}

// NewUnion puts logbooks together. Their order is that in which one is asked where only one
// can say.
func NewUnion(of []Member) *Union {
	of = slices.Clone(of) // which learn what the union calls things
	u := &Union{of: of, named: make(map[string][]string)}
	u.nameLogbooks()
	all := make(map[string][]entry)
	for i, m := range of {
		of[i].ids, of[i].local, of[i].keys = make(map[string]string), make(map[string]string), make(map[string]string)
		there := slices.Clone(m.Owners)
		for _, p := range m.Known {
			there = append(there, p.ID)
		}
		slices.Sort(there)
		for _, id := range slices.Compact(there) {
			all[id] = append(all[id], entry{i, m.Someone(id), slices.Contains(m.Owners, id)})
		}
	}
	people := make(map[string][]entry) // by id in the union
	for _, id := range slices.Sorted(maps.Keys(all)) {
		groups := peopleOf(all[id])
		for _, group := range groups {
			name := id
			if len(groups) > 1 {
				name = of[group[0].in].short + "/" + id
			}
			for _, e := range group {
				of[e.in].ids[id], of[e.in].local[name] = name, id
			}
			u.named[id] = append(u.named[id], name)
			people[name] = group
		}
		if len(groups) > 1 {
			u.note("%s may be several people, so they are shown as %s; if it is one person, give their plans the same `email`", id, strings.Join(u.named[id], " and "))
		}
	}
	u.makeRoster(people)
	return u
}

func (u *Union) note(format string, args ...any) {
	u.Notes = append(u.Notes, fmt.Sprintf(format, args...))
}

// nameLogbooks calls each logbook by its folder's name, else by its path.
func (u *Union) nameLogbooks() {
	times := make(map[string]int)
	for _, m := range u.of {
		times[m.Name]++
	}
	for i, m := range u.of {
		u.of[i].short = m.Name
		if times[m.Name] > 1 {
			u.of[i].short = m.Folder
		}
	}
}

// peopleOf tells how many people the entries of one id are. Who has nothing but the id, and
// no files, is whoever it is elsewhere, where that is one person. Who has files is somebody
// else, unless the same name or address says that they aren't: nobody's figures are to be
// mixed with another's.
func peopleOf(entries []entry) (groups [][]entry) {
	var bare []entry
	for _, e := range entries {
		if !e.files && !e.says() {
			bare = append(bare, e)
			continue
		}
		at := slices.IndexFunc(groups, func(g []entry) bool { return slices.ContainsFunc(g, e.same) })
		if at < 0 {
			groups = append(groups, []entry{e})
			continue
		}
		groups[at] = append(groups[at], e)
	}
	for i, g := range groups {
		for k, other := range groups {
			for _, e := range g {
				if slices.ContainsFunc(other, func(o entry) bool { return o.in != e.in && e.same(o) != (i == k) }) {
					return slices.Collect(slices.Chunk(entries, 1)) // one agrees with two who don't
				}
			}
		}
	}
	switch {
	case len(bare) == 0:
	case len(groups) == 0:
		groups = [][]entry{bare}
	case len(groups) == 1:
		groups[0] = append(groups[0], bare...)
	default:
		groups = slices.AppendSeq(groups, slices.Chunk(bare, 1))
	}
	return groups
}

// makeRoster makes one roster of the people and of what the settings agree on.
func (u *Union) makeRoster(people map[string][]entry) {
	u.Roster = NewRoster(u.settings(), nil)
	u.sameMetrics()
	for _, id := range slices.Sorted(maps.Keys(people)) {
		p := u.person(id, people[id])
		u.byID[id] = p
		if p.Known {
			u.Known = append(u.Known, p)
		}
		for _, alias := range p.IDs()[1:] {
			u.named[alias] = append(u.named[alias], id)
		}
	}
	for name, ids := range u.named {
		if len(ids) > 1 {
			continue
		}
		if u.byID[name] == nil {
			u.byID[name] = u.byID[ids[0]]
		}
		for _, m := range u.of { // where only logs name them, they are somebody too
			if p := u.byID[name]; m.byID[name] == nil && p.Known {
				m.byID[name] = &Person{ID: name, Name: p.Name, Known: true, Settings: &logparse.PersonSettings{ID: name, Coach: logparse.Value[string]{V: u.CoachOf(p), Set: true}}}
			}
		}
	}
}

// person is somebody as their logbooks know them: by the first that has most of them. They let
// others see what all their plans do.
func (u *Union) person(id string, entries []entry) *Person {
	from := slices.MaxFunc(entries, func(x, y entry) int { return cmp.Compare(x.weight(), y.weight()) })
	p := &Person{ID: id, Name: id, PlanDoc: from.person.PlanDoc, home: u.of[from.in].Settings, From: u.of[from.in].Folder}
	var planned []string
	for _, e := range append([]entry{from}, entries...) {
		if p.Name == id && e.person.Name != e.person.ID {
			p.Name = e.person.Name
		}
		p.Known = p.Known || e.person.Known
		if e.person.Settings != nil && p.Settings == nil {
			s := *e.person.Settings
			s.ID, s.Coach.V = id, u.ID(e.in, s.Coach.V)
			p.Settings = &s
		}
	}
	for _, e := range entries {
		if e.person.Plan == nil {
			continue
		}
		planned = append(planned, u.of[e.in].Folder)
		if p.Plan == nil {
			own := *from.person.Plan
			own.Coach.V = u.ID(from.in, own.Coach.V)
			p.Plan = &own
		}
		if e.in != from.in {
			p.Plan.Share = approvedInBoth(p.Plan.Share, e.person.Plan.Share)
		}
	}
	if len(planned) > 1 {
		u.note("%s has a plan in %s: that in %s counts, and others see what all of them share", id, strings.Join(planned, " and "), u.of[from.in].Folder)
	}
	return p
}

// And is what the edits of two plans of one person leave; nil is none.
func (e *OthersEdit) And(other *OthersEdit) *OthersEdit {
	if other == nil {
		return e
	}
	return &OthersEdit{Own: approvedInBoth(e.Own, other.Own), By: e.By, Commit: e.Commit}
}

// approvedInBoth are the approvals that two plans have.
func approvedInBoth(a, b []logparse.Approval) (both []logparse.Approval) {
	for _, x := range a {
		for _, y := range b {
			if x.Group.V != y.Group.V || !x.Since.Set || !y.Since.Set {
				continue
			}
			z := x
			if z.Since.V.Before(y.Since.V) {
				z.Since = y.Since
			}
			if !z.Withdrawn.Set || y.Withdrawn.Set && y.Withdrawn.V.Before(z.Withdrawn.V) {
				z.Withdrawn = y.Withdrawn
			}
			z.Parts = partsOfBoth(x.Parts, y.Parts)
			both = append(both, z)
		}
	}
	return both
}

func partsOfBoth(a, b []logparse.Value[string]) (both []logparse.Value[string]) {
	has := func(parts []logparse.Value[string], word string) bool {
		return slices.ContainsFunc(parts, func(p logparse.Value[string]) bool { return p.V == word || p.V == AllParts })
	}
	for _, part := range append([]Part{AllParts}, Parts...) {
		if word := string(part); has(a, word) && has(b, word) {
			both = append(both, logparse.Value[string]{V: word, Set: true})
		}
	}
	return both
}

// settings are what all logbooks say alike. What concerns one person is taken from their own.
func (u *Union) settings() *logparse.Settings {
	s := *u.of[0].Settings
	if slices.ContainsFunc(u.of, func(m Member) bool { return m.Settings.Name.V != s.Name.V }) {
		s.Name.V = fmt.Sprintf("%d logbooks", len(u.of))
	}
	s.People = nil
	return &s
}

// sameMetrics keeps metrics apart that have one key and another unit or direction.
func (u *Union) sameMetrics() {
	means := make(map[string][]int) // by key, the logbooks that have it
	for i, m := range u.of {
		for key := range m.metrics {
			means[key] = append(means[key], i)
		}
	}
	u.metrics = make(map[string]logparse.Metric)
	for _, key := range slices.Sorted(maps.Keys(means)) {
		first := u.of[means[key][0]].metrics[key]
		differ := slices.ContainsFunc(means[key], func(i int) bool {
			m := u.of[i].metrics[key]
			return m.Unit.V != first.Unit.V || m.Direction.V != first.Direction.V
		})
		if !differ {
			u.metrics[key] = first
			continue
		}
		u.note("the metric %s has another unit or direction in some logbooks, so it is shown for each", key)
		for _, i := range means[key] {
			m := u.of[i].metrics[key]
			m.Key = u.of[i].short + "/" + key
			m.Name.V = cmp.Or(m.Name.V, key) + " (" + u.of[i].short + ")"
			u.metrics[m.Key], u.of[i].keys[key] = m, m.Key
		}
	}
}

// ID is the id in the union of whom a logbook calls by an id.
func (u *Union) ID(in int, id string) string {
	if id == "" || u == nil {
		return id
	}
	id = u.of[in].Resolve(id)
	if known, ok := u.of[in].ids[id]; ok {
		return known
	}
	switch all := u.named[id]; len(all) { // only logs name them
	case 0:
		return id
	case 1:
		return all[0]
	}
	return u.of[in].short + "/" + id
}

// In is the id that a logbook has for somebody of the union; ok is false where it has none.
func (u *Union) In(in int, id string) (local string, ok bool) {
	if u == nil {
		return id, true
	}
	if local, ok := u.of[in].local[id]; ok {
		return local, true
	}
	local = strings.TrimPrefix(id, u.of[in].short+"/")
	return local, u.ID(in, local) == id
}

// Has says whether a logbook knows somebody, or has files of theirs.
func (u *Union) Has(id string) bool { return u.byID[u.Resolve(id)] != nil }

// Several are the ids of the people whom logbooks call by one id; none where that is one.
func (u *Union) Several(id string) []string {
	if ids := u.named[id]; len(ids) > 1 {
		return ids
	}
	return nil
}

// Place is a file of a logbook as the union names it.
func (u *Union) Place(in int, file string) string {
	if file == "" || u == nil {
		return file
	}
	return path.Join(u.of[in].Folder, file)
}

// Everybody puts together what the people of each logbook come to.
func (u *Union) Everybody(facts [][]*Facts) *Everybody {
	all := make(map[string]*Facts)
	for i := range facts {
		for _, f := range facts[i] {
			f = u.facts(i, f)
			switch there := all[f.ID]; {
			case there == nil:
				all[f.ID] = f
			case there.sharesDays(f):
				u.note("%s has sessions on the same days in several logbooks; those in %s are not counted", f.ID, u.of[i].Folder)
			default:
				all[f.ID] = there.with(f)
			}
		}
	}
	return NewEverybody(u.Roster, slices.Collect(maps.Values(all)))
}

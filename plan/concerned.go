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

// Concerned says whose findings may be others once some files have changed.
type Concerned struct {
	People map[string]bool // by id
	All    string          // why everybody's may be; "" where they aren't

	roster  *Roster
	plans   map[string]*logparse.Document
	folders map[string][]string // by the name that is one on some systems
}

// NewConcerned starts with nobody. The documents are the plans that the roster was made of.
func NewConcerned(r *Roster, plans []*logparse.Document, folders []string) *Concerned {
	c := &Concerned{People: make(map[string]bool), roster: r, plans: make(map[string]*logparse.Document), folders: make(map[string][]string)}
	for _, doc := range plans {
		c.plans[doc.Path] = doc
	}
	for _, folder := range folders {
		key := logparse.NormalText(folder)
		c.folders[key] = append(c.folders[key], folder)
	}
	return c
}

// Whose takes those whose a file below people/ is.
func (c *Concerned) Whose(name string) {
	folder := name
	for path.Dir(folder) != logparse.PeopleFolder {
		if folder = path.Dir(folder); folder == "." || folder == "/" {
			return
		}
	}
	c.People[c.roster.OwnerOf(folder)] = true
	for _, twin := range c.folders[logparse.NormalText(folder)] {
		c.People[c.roster.OwnerOf(twin)] = true
	}
}

// File takes a file below people/ that changed; before is the text that it had, "" of a new one.
func (c *Concerned) File(name string, before func() string) {
	c.Whose(name)
	switch {
	case c.All != "":
	case slices.Contains(c.folders[logparse.NormalText(name)], name): // another repository's folder, of which nothing else is told
		c.All = name + " has changed"
	case strings.HasSuffix(name, ".md") && !logparse.IsLogName(path.Base(name)):
		c.plan(name, before())
	}
}

// plan takes a file that may be a plan. Others' logs may name whoever is new or gone, or has
// another name, and their sessions aren't due while a coach is away.
func (c *Concerned) plan(name, before string) {
	was, is := logparse.Parse(name, logparse.Head([]byte(before)), c.roster.Settings.Headings), c.plans[name]
	switch {
	case was.Plan == nil && is == nil:
	case was.Plan == nil || is == nil || is.Plan == nil:
		c.All = name + " is the plan of somebody who is new, or was taken away"
	case toOthers(was) != toOthers(is):
		c.All = name + " has another name, address, key or leave than before"
	case was.Plan.Coach.V != is.Plan.Coach.V:
		_, settings := c.roster.Someone(is.Plan.Person.V).said()
		for _, coach := range []string{was.Plan.Coach.V, is.Plan.Coach.V} {
			coach = c.roster.Resolve(cmp.Or(coach, settings.Coach.V))
			c.firstOf(coach)
			c.firstOf(c.roster.CoachOf(c.roster.Someone(coach)))
		}
	}
}

// toOthers is what others' findings depend on in a plan.
func toOthers(doc *logparse.Document) string {
	var said []any
	for _, values := range [][]logparse.Value[string]{{doc.Plan.Person, doc.Plan.Name}, doc.Plan.Emails, doc.Plan.Aliases, doc.Plan.Keys} {
		said = append(said, len(values))
		for _, v := range values {
			said = append(said, v.V)
		}
	}
	for _, away := range doc.Plan.Away {
		said = append(said, away.V.From, away.V.To)
	}
	return fmt.Sprintf("%t %q", doc.Broken(), said)
}

// firstOf takes the first of those whom somebody coaches: what lint says of a coach is there.
func (c *Concerned) firstOf(coach string) {
	if i := slices.IndexFunc(c.roster.Known, func(p *Person) bool { return coach != "" && c.roster.CoachOf(p) == coach }); i >= 0 {
		c.People[c.roster.Known[i].ID] = true
	}
}

// Coaches takes the first of those whom one of these people coaches who has no logs of their
// own (any more).
func (c *Concerned) Coaches(hasLogs func(id string) bool) {
	for _, id := range slices.Sorted(maps.Keys(c.People)) {
		if !hasLogs(id) {
			c.firstOf(id)
		}
	}
}

package report

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/plan"
)

// In names people and files of one logbook as several do that are put together.
func (c *Check) In(u *plan.Union, in int) {
	if u == nil {
		return
	}
	who := func(id *string) { *id = u.ID(in, *id) }
	file := func(name *string) { *name = u.Place(in, *name) }
	for i := range c.People {
		p := &c.People[i]
		if p.Name == p.ID {
			who(&p.Name)
		}
		who(&p.ID)
		who(&p.Coach)
		p.Logbook = u.Place(in, ".")
		for k := range p.Actions {
			a := &p.Actions[k]
			who(&a.Owner)
			who(&a.Blocker)
			file(&a.File)
		}
		for k := range p.Goals {
			who(&p.Goals[k].Coach)
		}
		for _, owed := range [][]CheckPlan{p.Plans, p.Support} {
			for k := range owed {
				who(&owed[k].Coach)
				file(&owed[k].File)
			}
		}
		for k := range p.Voided {
			who(&p.Voided[k].Person)
			file(&p.Voided[k].File)
		}
		for k := range p.Older {
			file(&p.Older[k].File)
		}
	}
}

// ByPerson puts what several logbooks have in the order of people.
func (c *Check) ByPerson() {
	slices.SortStableFunc(c.People, func(x, y CheckPerson) int { return cmp.Compare(x.ID, y.ID) })
}

// coachlog is how the command is called for a logbook: of one among several, by its folder.
func coachlog(logbook string) string {
	if logbook == "" {
		return "coachlog"
	}
	if strings.ContainsAny(logbook, " '\"\\$`&;|<>()*?[]#~") {
		logbook = "'" + strings.ReplaceAll(logbook, "'", `'\''`) + "'"
	}
	return "coachlog -C " + logbook
}

// localID is the id that somebody has in their own logbook.
func localID(id string) string { return path.Base(id) }

package cmd

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/plan"
)

// A crowd is what everybody's files come to, read one person after the other, and
// what is missing from it.
type crowd struct {
	*plan.Everybody
	missing missing
}

// readEverybody reads and judges everybody, and keeps their facts.
func (a *app) readEverybody(w *workspace) *crowd {
	facts, missing := gather(a, w, w.everybody(), func(b *book) []*plan.Facts { return b.Facts() })
	return &crowd{plan.NewEverybody(w.roster, slices.Concat(facts...)), missing}
}

// person is the id of somebody who is named by any of their ids; else the error
// says who there is.
func (c *crowd) person(id string) (string, error) {
	if c.Has(id) {
		return c.Resolve(id), nil
	}
	var ids []string
	for _, f := range c.People {
		if len(f.Sessions) > 0 || c.Someone(f.ID).Known {
			ids = append(ids, f.ID)
		}
	}
	if len(c.missing.unreadPlan) > 0 {
		return "", fmt.Errorf("not every plan can be read, so coachlog can't tell who %q is\n%s", id, c.missing.unreadPlan)
	}
	return "", fmt.Errorf("there is nobody called %q here; the people are %s\nto add somebody: coachlog new person ID", id, cmp.Or(strings.Join(ids, ", "), "none yet"))
}

// people are the ids of those who are named.
func (c *crowd) people(names []string) ([]string, error) {
	var ids []string
	for _, name := range names {
		id, err := c.person(name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

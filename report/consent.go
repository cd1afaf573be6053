package report

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
)

// Readers are whom a report is for, on the day on which it is made.
type readers struct {
	own   bool          // the report is for the people themselves, who see everything
	all   *plan.Logbook // everybody's approvals, whatever the period
	scope Scope
}

func (s Scope) readers(b *plan.Logbook) readers { return readers{s.For == "", b, s} }

// may says whether the readers may see all of some parts of what concerns somebody.
// Of no part, they may see nothing.
func (r readers) may(id string, parts ...plan.Part) bool {
	if r.own {
		return true
	}
	p := r.all.Person(id)
	if p == nil || len(parts) == 0 {
		return false
	}
	consent := p.ConsentTo(r.scope.For, r.scope.Today)
	return !slices.ContainsFunc(parts, func(part plan.Part) bool { return !consent.Has(part) })
}

// leftOut says why the readers don't see a part.
func (r readers) leftOut(id string, part plan.Part) LeftOut {
	if p := r.all.Person(id); p != nil && slices.Contains(p.ConsentTo(r.scope.For, r.scope.Today).Withdrawn, part) {
		return LeftOut{part, "the approval for " + r.scope.For + " was withdrawn"}
	}
	return LeftOut{part, "not approved for " + r.scope.For}
}

// A view is what the readers may see of one coachee.
type view struct {
	readers
	id string
}

// ownView is that of coach and coachee themselves.
var ownView = view{readers: readers{own: true}}

func (v view) may(parts ...plan.Part) bool { return v.readers.may(v.id, parts...) }

// names says whether somebody may be named with what they promised, did or
// answer for: the coachee, and others where they approved that themselves.
func (v view) names(id string) bool {
	if v.own {
		return true
	}
	p := v.all.Person(id)
	return p != nil && (p.ID == v.id || v.readers.may(id, plan.PartCoaching))
}

// name is somebody's id where they may be named, else "".
func (v view) name(id string) string {
	if v.names(id) {
		return id
	}
	return ""
}

package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Part is a part of what concerns a coachee that they can let others see
// (method 67).
type Part string

// The parts.
const (
	PartSessions   Part = "sessions"   // how many were held, when, how long, who talked
	PartCommitment Part = "commitment" // what the coachee kept of what was agreed
	PartGoals      Part = "goals"      // short-term and mid-term goals with the coachee's actions and the verdicts
	PartLongTerm   Part = "long-term"  // long-term goals, and what was done for them
	PartSkills     Part = "skills"     // skills with their level and practice
	PartStrengths  Part = "strengths"  // what went well, and the strengths of the plan
	PartMetrics    Part = "metrics"    // values, targets and trends
	PartRemarks    Part = "remarks"    // remarks and counter-proposals below actions
	PartOpen       Part = "open"       // what is still open
	PartCoaching   Part = "coaching"   // what they answer for in other people's sessions, as a coach above all
)

// Parts lists the parts, in the order of a report.
var Parts = []Part{
	PartStrengths, PartSessions, PartCommitment, PartGoals, PartRemarks, PartLongTerm, PartSkills, PartMetrics, PartOpen, PartCoaching,
}

// AllParts is what `parts` says for all of Parts.
const AllParts = "all"

// KnownPart says whether a word in `parts` means something.
func KnownPart(word string) bool { return word == AllParts || slices.Contains(Parts, Part(word)) }

// A Consent is what one group of readers may see of one person, on one day.
type Consent struct {
	Parts       []Part
	Withdrawn   []Part // approved once, and taken back
	Unconfirmed []Part // that somebody else wrote into the plan, and the person hasn't confirmed
}

// Has says whether a part may be seen.
func (c Consent) Has(part Part) bool { return slices.Contains(c.Parts, part) }

// An OthersEdit is the last change of somebody's approvals, where another person made it:
// so much counts of it as the person approved themselves.
type OthersEdit struct {
	Own []logparse.Approval // as the person last recorded or agreed to them; none where they never did

	By     Author  // who recorded the change, or would, if they committed now
	Commit *Commit // nil where it isn't committed yet
}

// ConsentTo is what the person's plan lets a group see on a day. An approval holds
// from its day on, until the day on which it is withdrawn; without a day it
// approves nothing. others is the edit of somebody else, if the last one was.
func (p *Person) ConsentTo(group string, day logparse.Date, others *OthersEdit) Consent {
	plan, _ := p.said()
	c := consentIn(plan.Share, group, day)
	if others == nil {
		return c
	}
	own := consentIn(others.Own, group, day)
	written := c.Parts
	c.Parts = nil
	for _, part := range written {
		switch {
		case own.Has(part):
			c.Parts = append(c.Parts, part)
		case slices.Contains(own.Withdrawn, part):
			c.Withdrawn = append(c.Withdrawn, part)
		default:
			c.Unconfirmed = append(c.Unconfirmed, part)
		}
	}
	return c
}

func consentIn(share []logparse.Approval, group string, day logparse.Date) (c Consent) {
	for _, approval := range share {
		if approval.Group.V != group || !approval.Since.Set || day.Before(approval.Since.V) {
			continue
		}
		to := &c.Parts
		if approval.Withdrawn.Set && !day.Before(approval.Withdrawn.V) {
			to = &c.Withdrawn
		}
		for _, word := range approval.Parts {
			parts := []Part{Part(word.V)}
			if word.V == AllParts {
				parts = Parts
			}
			for _, part := range parts {
				if slices.Contains(Parts, part) && !slices.Contains(*to, part) {
					*to = append(*to, part)
				}
			}
		}
	}
	return c
}

// SameApprovals says whether a group may see the same by two lists of approvals, whatever
// else they say and however it is written.
func SameApprovals(a, b []logparse.Approval, group string) bool {
	words := func(share []logparse.Approval) (all []string) {
		for _, approval := range share {
			if approval.Group.V != group {
				continue
			}
			for _, part := range approval.Parts {
				all = append(all, approval.Since.V.String()+" "+approval.Withdrawn.V.String()+" "+part.V)
			}
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	return slices.Equal(words(a), words(b))
}

// Groups are the groups of readers for whom anybody's plan has an approval,
// sorted.
func (r *Roster) Groups() []string {
	var groups []string
	for _, p := range r.Known {
		plan, _ := p.said()
		for _, approval := range plan.Share {
			groups = append(groups, approval.Group.V)
		}
	}
	slices.Sort(groups)
	return slices.Compact(groups)
}

package report

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A PlanMeaning is what one development plan says, for programs; docs/format.md
// documents it. Confidential text is not in it.
type PlanMeaning struct {
	Type      string   `json:"type"`
	File      string   `json:"file"`
	Person    string   `json:"person,omitempty"`
	Name      string   `json:"name,omitempty"`
	Email     []string `json:"email,omitempty"`
	Aliases   []string `json:"aliases,omitempty"`
	KnownAs   []string `json:"known_as,omitempty"`
	Role      string   `json:"role,omitempty"`
	NextRole  string   `json:"next_role,omitempty"`
	Coach     string   `json:"coach,omitempty"`
	CoachFrom string   `json:"coach_from,omitempty"`
	Cadence   string   `json:"cadence,omitempty"`
	Time      string   `json:"time,omitempty"`
	TimeZone  string   `json:"time_zone,omitempty"`
	Place     string   `json:"place,omitempty"`
	SetAside  *int     `json:"set_aside,omitempty"`

	Focus    *logparse.DateRange `json:"focus,omitempty"`
	Metrics  []string            `json:"metrics,omitempty"`
	CheckIns []logparse.Date     `json:"check_ins,omitempty"`
	Agreed   []PlanSignOff       `json:"agreed,omitempty"`
	Share    []PlanShare         `json:"share,omitempty"`
	Team     string              `json:"team,omitempty"`
	Left     *logparse.Date      `json:"left,omitempty"`

	Prose         map[logparse.SectionName][]string `json:"prose,omitempty"`
	Strengths     []PlanEntry                       `json:"strengths,omitempty"`
	Areas         []PlanEntry                       `json:"areas_to_develop,omitempty"`
	Aims          []PlanEntry                       `json:"aims,omitempty"`
	CurrentSkills []PlanEntry                       `json:"skills_for_the_current_role,omitempty"`
	NextSkills    []PlanEntry                       `json:"skills_for_the_next_role,omitempty"`
	RoleHistory   []PlanEntry                       `json:"role_history,omitempty"`

	Diagnostics []LogDiagnostic `json:"diagnostics,omitempty"`
}

// A PlanEntry is one entry of a plan's list.
type PlanEntry struct {
	LogItem
	Received *logparse.Date `json:"received,omitempty"`
	Since    *logparse.Date `json:"since,omitempty"`
	Promoted bool           `json:"promoted,omitempty"`
}

// A SkillMeaning is one skill of a person's with its practice.
type SkillMeaning struct {
	Name     string          `json:"name"`
	For      string          `json:"for"`
	Level    plan.SkillLevel `json:"level"`
	Practice SkillPractice   `json:"practice"`
}

// newPlanMeaning turns a parsed plan into its form for programs.
func newPlanMeaning(doc *logparse.Document) PlanMeaning {
	d := doc.Plan
	m := PlanMeaning{
		Type: doc.Kind.String(), File: doc.Path, Person: d.Person.V, Name: d.Name.V, Email: valuesOf(d.Emails), Aliases: valuesOf(d.Aliases), KnownAs: valuesOf(d.KnownAs),
		Role: d.Role.V, NextRole: d.NextRole.V, Coach: d.Coach.V, CoachFrom: d.CoachFrom.V, Cadence: d.Cadence.V,
		TimeZone: d.TimeZone.V, Place: d.Place.V, SetAside: given(d.SetAside), Focus: given(d.Focus),
		Metrics: valuesOf(d.Metrics), CheckIns: valuesOf(d.CheckIns), Share: shares(d.Share), Team: d.Team.V, Left: given(d.Left),
		Strengths: planEntries(doc, d.Strengths), Areas: planEntries(doc, d.Areas), Aims: planEntries(doc, d.Aims),
		CurrentSkills: planEntries(doc, d.CurrentSkills), NextSkills: planEntries(doc, d.NextSkills), RoleHistory: planEntries(doc, d.RoleHistory),
		Diagnostics: logDiagnostics(doc), Prose: make(map[logparse.SectionName][]string),
	}
	if d.Time.Set {
		m.Time = d.Time.V.String()
	}
	m.Agreed = each(d.Agreed, func(s logparse.SignOff) PlanSignOff { return PlanSignOff{s.Person.V, s.Date} })
	for _, name := range logparse.PlanSectionNames {
		if texts := proseOf(name, d.Passages(doc.Source, name)); len(texts) > 0 {
			m.Prose[name] = texts
		}
	}
	return m
}

func valuesOf[T any](values []logparse.Value[T]) []T {
	return each(values, func(v logparse.Value[T]) T { return v.V })
}

func shares(approvals []logparse.Approval) []PlanShare {
	return each(approvals, func(a logparse.Approval) PlanShare {
		return PlanShare{a.Group.V, valuesOf(a.Parts), given(a.Since), given(a.Withdrawn)}
	})
}

func planEntries(doc *logparse.Document, items []*logparse.PlanItem) []PlanEntry {
	return each(items, func(it *logparse.PlanItem) PlanEntry {
		return PlanEntry{logItem(doc, it.Item), given(it.Received), given(it.Since), it.Promoted}
	})
}

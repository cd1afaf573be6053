package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// PlanSchema is the version of Plan's JSON form.
const PlanSchema = 1

// A Plan is one person's development plan as people read it, with what the logs
// add to it: the model behind every format. Nothing confidential is in it.
type Plan struct {
	Schema   int           `json:"schema"`
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	File     string        `json:"file"`
	Today    logparse.Date `json:"today"`
	Role     string        `json:"role,omitempty"`
	NextRole string        `json:"next_role,omitempty"`

	Coach     string `json:"coach,omitempty"` // id
	CoachName string `json:"coach_name,omitempty"`
	CoachFrom string `json:"coach_from,omitempty"` // of logparse.CoachPlaces
	Cadence   string `json:"cadence,omitempty"`    // the plan's, else that of the settings
	Time      string `json:"time,omitempty"`       // of day, as in 10:30
	TimeZone  string `json:"time_zone,omitempty"`
	Place     string `json:"place,omitempty"`

	Focus    *PlanFocus        `json:"focus,omitempty"`
	Metrics  []PlanMetric      `json:"metrics"`
	CheckIns []logparse.Date   `json:"check_ins"`
	Next     *logparse.Date    `json:"next_check_in"` // the first that is today or later; null where there is none
	Agreed   []PlanSignOff     `json:"agreed"`        // the dates in the file, which anybody can write
	Signed   []PlanSignOff     `json:"signed"`        // the sign-offs of the present text
	Share    []PlanShare       `json:"share"`
	Sections []PlanSection     `json:"sections"` // of prose, in the plan's order
	Skills   []PlanSkill       `json:"skills"`   // for the current role, the next one, then those that only actions name
	Going    []PlanPoint       `json:"strengths"`
	Areas    []PlanPoint       `json:"areas_to_develop"`
	Aims     []PlanAim         `json:"aims"`
	Roles    []PlanRole        `json:"role_history"`
	Prepared *PlanPreparation  `json:"preparation,omitempty"`   // the newest, from which some of the points and aims are
	Changes  []plan.PlanChange `json:"unrecorded"`              // since the newest version
	Versions []PlanVersion     `json:"versions"`                // newest first
	Older    int               `json:"older_versions"`          // that are not listed
	Note     string            `json:"versions_note,omitempty"` // why there are none
}

// A PlanFocus is the period that the plan is for, both ends included.
type PlanFocus struct {
	logparse.DateRange
	Left int `json:"days_left"` // the last day included; all of them before it begins, 0 when it is over
}

// A PlanMetric is one that the plan is about.
type PlanMetric struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// A PlanShare is what one group of readers may see.
type PlanShare struct {
	Group     string         `json:"group"`
	Parts     []string       `json:"parts"`
	Since     *logparse.Date `json:"since"`
	Withdrawn *logparse.Date `json:"withdrawn,omitempty"`
}

// A PlanSection is a section of prose: its paragraphs and items.
type PlanSection struct {
	Name  logparse.SectionName `json:"name,omitempty"` // "" of the authors' own
	Title string               `json:"title"`
	Texts []string             `json:"texts"`
}

// The roles that a skill is for.
const (
	forCurrentRole = "current role"
	forNextRole    = "next role"
	notInPlan      = "not in the plan"
)

// A PlanSkill is one skill with its practice in the sessions (method 8).
type PlanSkill struct {
	Name     string          `json:"name"`
	Text     string          `json:"text"`
	For      string          `json:"for"` // "current role", "next role" or "not in the plan"
	Level    plan.SkillLevel `json:"level"`
	Practice SkillPractice   `json:"practice"`
	Actions  []ActionReport  `json:"actions"`
}

// A SkillPractice counts what became of the actions that practise a skill.
type SkillPractice struct {
	plan.Commitment
	Open int `json:"open"` // whose account is still to come
}

// A PlanPoint is a strength, or an area to develop.
type PlanPoint struct {
	Text     string         `json:"text"`
	Received *logparse.Date `json:"received"` // null where nobody wrote down when
	Prepared bool           `json:"prepared"` // from the newest preparation
}

// A PlanAim is what the coachee wants to reach by a day.
type PlanAim struct {
	Text     string         `json:"text"`
	By       logparse.Date  `json:"by"`
	Days     *int           `json:"days"` // until then, negative once it is past; null without a day
	State    logparse.State `json:"state"`
	Prepared bool           `json:"prepared"`
}

// A PlanRole is one step of the person's way.
type PlanRole struct {
	Text     string         `json:"text"`
	Since    *logparse.Date `json:"since"`
	Promoted bool           `json:"promoted"`
}

// A PlanPreparation is what the coachee wrote last before a session.
type PlanPreparation struct {
	File string        `json:"file"`
	Date logparse.Date `json:"date"` // on which it came, else of the session
}

// A PlanVersion is one commit that changed the plan, with its reason.
type PlanVersion struct {
	Commit  string            `json:"commit"`
	Date    string            `json:"date"` // with time and offset, as in 2026-07-06T09:30:00+02:00
	Author  string            `json:"author"`
	Email   string            `json:"email"`
	Subject string            `json:"subject"`
	Reason  string            `json:"reason,omitempty"` // the message's next paragraph, where people wrote it
	Changes []plan.PlanChange `json:"changes"`          // against the version before
	when    time.Time
}

// A Revision is a commit as git has it, with the plan that it holds.
type Revision struct {
	Commit, Author, Email string
	Date                  time.Time
	Subject, Body         string
	Doc                   *logparse.Document // nil where the commit deleted the plan
}

// A PlanHistory is what git says of a plan.
type PlanHistory struct {
	Revisions []Revision // newest first; one more than are to be listed, to compare the last with
	Count     int        // of all that there are
	List      int        // how many to list
	Missing   string     // why there is no history; "" where there is one
}

// NewPlan gathers a person's development plan; the person must have one.
func NewPlan(b *plan.Logbook, p *plan.Person, today logparse.Date, history PlanHistory) *Plan {
	d := p.Plan
	r := &Plan{
		Schema: PlanSchema, ID: p.ID, Name: p.Name, File: p.PlanDoc.Path, Today: today,
		Role: d.Role.V, NextRole: d.NextRole.V, CoachFrom: d.CoachFrom.V, Cadence: b.CadenceOf(p), Place: d.Place.V,
	}
	if r.Coach = b.CoachOf(p); r.Coach != "" {
		r.CoachName = b.Someone(r.Coach).Name
	}
	r.Time, r.TimeZone = b.TimeOf(p)
	r.addPeriod(b, d)
	r.addConsent(b, d)
	r.Skills = each(p.Skills(), func(s *plan.Skill) PlanSkill {
		return PlanSkill{Name: s.Name, Text: s.Text, For: roleOf(s), Level: s.Level, Practice: practiceOf(p, s), Actions: actionReports(s.Practice, ownView)}
	})
	r.addPoints(p)
	r.addSections(p)
	r.addVersions(p, history)
	return r
}

// addPeriod tells the focus period, and how the results are looked at.
func (r *Plan) addPeriod(b *plan.Logbook, d *logparse.DevelopmentPlan) {
	if f := d.Focus; f.Set {
		from := f.V.From
		if from.Before(r.Today) {
			from = r.Today
		}
		r.Focus = &PlanFocus{f.V, max(0, from.DaysUntil(f.V.To)+1)}
	}
	for _, m := range d.Metrics {
		metric, _ := b.Metric(m.V)
		r.Metrics = append(r.Metrics, PlanMetric{m.V, cmp.Or(metric.Name.V, m.V)})
	}
	r.CheckIns = valuesOf(d.CheckIns)
	slices.SortFunc(r.CheckIns, logparse.Date.Compare)
	if i := slices.IndexFunc(r.CheckIns, func(day logparse.Date) bool { return !day.Before(r.Today) }); i >= 0 {
		r.Next = &r.CheckIns[i]
	}
}

func roleOf(s *plan.Skill) string {
	switch {
	case s.Item == nil:
		return notInPlan
	case s.Next:
		return forNextRole
	}
	return forCurrentRole
}

func practiceOf(p *plan.Person, s *plan.Skill) SkillPractice {
	c, open := p.Facts().Tally(s.PractisedSkill)
	return SkillPractice{c, open}
}

// addPoints gathers the coachee's own view, and how they got where they are.
func (r *Plan) addPoints(p *plan.Person) {
	r.Going = planPoints(p, logparse.Strengths, p.Plan.Strengths)
	r.Areas = planPoints(p, logparse.Areas, p.Plan.Areas)
	if prep := p.LastPreparation(); prep != nil {
		r.Prepared = &PlanPreparation{prep.Doc.Path, prep.On()}
		r.Going = r.Prepared.add(r.Going, prep.Texts(prep.Doc.Source, logparse.Strengths))
		r.Areas = r.Prepared.add(r.Areas, prep.Texts(prep.Doc.Source, logparse.Areas))
	}
	for _, a := range p.Aims() {
		aim := PlanAim{Text: a.Text, By: a.By, State: a.State, Prepared: a.Prepared}
		if !a.By.IsZero() {
			aim.Days = new(r.Today.DaysUntil(a.By))
		}
		r.Aims = append(r.Aims, aim)
	}
	r.Roles = each(p.Plan.RoleHistory, func(it *logparse.PlanItem) PlanRole { return PlanRole{it.Text, given(it.Since), it.Promoted} })
	since := func(r PlanRole) logparse.Date { return *cmp.Or(r.Since, &logparse.Date{}) }
	slices.SortStableFunc(r.Roles, func(x, y PlanRole) int { return since(x).Compare(since(y)) })
}

// planPoints are a section's items with their days, and its prose without.
func planPoints(p *plan.Person, name logparse.SectionName, items []*logparse.PlanItem) []PlanPoint {
	prose := each(proseOf(name, p.Plan.Passages(p.PlanDoc.Source, name)), func(text string) PlanPoint { return PlanPoint{Text: text} })
	return append(prose, each(items, func(it *logparse.PlanItem) PlanPoint { return PlanPoint{Text: it.Text, Received: given(it.Received)} })...)
}

// add adds what the preparation says and the plan doesn't.
func (from *PlanPreparation) add(points []PlanPoint, texts []string) []PlanPoint {
	for _, text := range texts {
		known := func(p PlanPoint) bool { return logparse.NormalText(p.Text) == logparse.NormalText(text) }
		if !slices.ContainsFunc(points, known) {
			points = append(points, PlanPoint{text, &from.Date, true})
		}
	}
	return points
}

// listed are the sections whose items stand elsewhere in the model.
var listed = []logparse.SectionName{
	logparse.Strengths, logparse.Areas, logparse.Aims, logparse.CurrentSkills, logparse.NextSkills, logparse.RoleHistory,
}

// addSections takes over the prose: of sections that hold a list, what stands
// besides it.
func (r *Plan) addSections(p *plan.Person) {
	for _, section := range p.Plan.Sections {
		texts := proseOf(section.Name, p.PlanDoc.Passages(section))
		if len(texts) == 0 || section.Name == logparse.Strengths || section.Name == logparse.Areas {
			continue
		}
		title := section.Title
		if section.Name != logparse.OwnSection {
			title = section.Name.Title()
		}
		r.Sections = append(r.Sections, PlanSection{section.Name, title, texts})
	}
}

// proseOf is what a section has besides the list that is told elsewhere.
func proseOf(name logparse.SectionName, passages []logparse.Passage) []string {
	those := where(passages, func(p logparse.Passage) bool { return p.Item == nil || !slices.Contains(listed, name) })
	return each(those, func(p logparse.Passage) string { return p.Text })
}

// addVersions lists the newest versions, with what is not recorded yet.
func (r *Plan) addVersions(p *plan.Person, h PlanHistory) {
	for i, rev := range h.Revisions[:min(h.List, len(h.Revisions))] {
		var before *logparse.Document
		if i+1 < len(h.Revisions) {
			before = h.Revisions[i+1].Doc
		}
		r.Versions = append(r.Versions, PlanVersion{
			Commit: rev.Commit, Date: rev.Date.Format(time.RFC3339), Author: rev.Author, Email: rev.Email, Subject: rev.Subject,
			Reason: reasonIn(rev.Body), Changes: plan.PlanChanges(before, rev.Doc), when: rev.Date,
		})
	}
	r.Older = h.Count - len(r.Versions)
	if len(h.Revisions) > 0 {
		r.Changes = plan.PlanChanges(h.Revisions[0].Doc, p.PlanDoc)
	}
	r.Note = h.Missing
}

// reasonIn is the first paragraph of a message's body, where a person wrote it:
// not coachlog's own list of changes, nor trailers.
func reasonIn(body string) string {
	paragraph, _, _ := strings.Cut(body, "\n\n")
	lines := strings.Split(paragraph, "\n")
	isTrailer := func(line string) bool {
		key, value, ok := strings.Cut(line, ": ")
		return ok && value != "" && strings.Contains(key, "-") && !strings.Contains(key, " ")
	}
	trailers := !slices.ContainsFunc(lines, func(line string) bool { return !isTrailer(line) })
	if trailers || strings.Contains("\n"+body, "\n"+changeTrailerKey+":") {
		return ""
	}
	return strings.Join(strings.Fields(paragraph), " ")
}

package logparse

// Cadences lists how often two people meet (method 76).
var Cadences = []string{"weekly", "fortnightly", "monthly"}

// CoachPlaces lists where a coach can come from (method 14).
var CoachPlaces = []string{"inside", "outside"}

// A DevelopmentPlan is what is agreed about one person's development:
// people/ID/plan.md.
type DevelopmentPlan struct {
	Person    Value[string]
	Name      Value[string]
	Emails    []Value[string]
	Aliases   []Value[string] // ids that the person had before
	KnownAs   []Value[string] // names and numbers that other systems have for the person
	Role      Value[string]
	NextRole  Value[string]
	Coach     Value[string]
	CoachFrom Value[string]      // of CoachPlaces: inside or outside the company
	Cadence   Value[string]      // of Cadences
	Team      Value[string]      // the name of the team, where the logbook has several
	Left      Value[Date]        // the day the person left the team, if they did
	Away      []Value[DateRange] // when the person is on leave: no session is due then

	Time     Value[Clock]     // of day at which the two meet
	TimeZone Value[string]    // of Time, as in Europe/Berlin
	Place    Value[string]    // private, and blocked in both calendars (method 22)
	SetAside Value[int]       // minutes a week that this person, as a coach, has for coaching (method 33)
	Focus    Value[DateRange] // the period that the plan is for (method 64)
	Metrics  []Value[string]  // keys of the metrics that the plan is about (method 3)
	CheckIns []Value[Date]    // days on which both look at the results (method 3)
	Agreed   []SignOff        // who said, and when, that this is what was agreed (method 4)
	Keys     []Value[string]  // public SSH keys with which the person signs
	SealTo   []Value[string]  // public keys for which confidential text is sealed, so that the person can read it
	Share    []Approval       // what may leave the logbook (method 67)

	Sectioned
	Strengths     []*PlanItem
	Areas         []*PlanItem
	Aims          []*PlanItem
	CurrentSkills []*PlanItem
	NextSkills    []*PlanItem
	RoleHistory   []*PlanItem // in the file's order
}

// A PlanItem is one line of a development plan, with the tokens that only plans
// have.
type PlanItem struct {
	*Item
	Received Value[Date] // received:DATE: when the coachee said so (method 63)
	Since    Value[Date] // since:DATE or promoted:DATE: the first day in a role
	Promoted bool        // the role was a promotion (method 40)
}

// A SignOff is one person's word that a text is what was agreed.
type SignOff struct {
	Person Value[string] // id
	Date   Date
}

// An Approval lets one group of readers see parts of what concerns the coachee.
type Approval struct {
	Group     Value[string] // id
	Since     Value[Date]   // the day on which the coachee approved it
	Withdrawn Value[Date]   // the day on which they took it back
	Parts     []Value[string]
}

// planTokens are the tokens of a development plan.
var planTokens = []tokenKind{
	{"^", (*itemReader).readID},
	{"@", (*itemReader).readOwner},
	{"due:", (*itemReader).readDue},
	{"skill:", (*itemReader).readSkill},
	{"received:", func(p *itemReader, _ *Item, word string, span Span) {
		p.readDate(&p.plan.Received, "received:", word, span)
	}},
	{"since:", func(p *itemReader, _ *Item, word string, span Span) {
		p.readDate(&p.plan.Since, "since:", word, span)
	}},
	{"promoted:", func(p *itemReader, _ *Item, word string, span Span) {
		p.readDate(&p.plan.Since, "promoted:", word, span)
		p.plan.Promoted = true
	}},
}

func (d *Document) readDevelopmentPlan(r *keyReader, body int) {
	plan := &DevelopmentPlan{
		Person:    r.means("the person's id; without it, the folder's name counts").id("person"),
		Name:      r.means("the name to show").text("name"),
		Emails:    r.means("the address that the person commits with, or a list of them").addresses("email"),
		Aliases:   r.means("ids that the person had before").ids("aliases"),
		KnownAs:   r.means("what other systems call the person").texts("known_as"),
		Role:      r.text("role"),
		NextRole:  r.text("next_role"),
		Coach:     r.means("the coach's id").id("coach"),
		CoachFrom: r.means("whether the coach is from inside or outside the company").choice("coach_from", CoachPlaces),
		Cadence:   r.means("how often the two meet").choice("cadence", Cadences),
		Time:      r.means("when sessions start, as in 14:30").clock("time"),
		TimeZone:  r.means("as in Europe/Berlin").timeZone("time_zone"),
		Place:     r.means("where sessions take place").text("place"),
		SetAside:  r.means("for a coach: minutes a week kept free for coaching").whole("set_aside", "the minutes set aside for coaching in a week", MinutesKey, 0, 7*24*60),
		Focus:     r.means("the months that the plan is for, as in 2026-07-01..2026-12-31").dateRange("focus"),
		Metrics:   r.means("the metrics that the plan is about, as in [aht, fcr]").ids("metrics"),
		CheckIns:  r.means("days on which both look at the results").dates("check_ins"),
		Agreed:    r.means("who agreed to this, and when; each writes their own").signOffs("agreed"),
		Keys:      r.means("public SSH keys").texts("signing_keys"),
		SealTo:    r.means("public keys for confidential text").texts("sealing_keys"),
		Share:     readApprovals(r.means("what others may see; only the coachee can allow it")),
		Team:      r.means("the name of the team").text("team"),
		Left:      r.means("the day on which the person left the team").date("left"),
		Away:      r.means("days of leave, as in [2026-08-03..2026-08-21]").dateRanges("away"),
	}
	r.misspelt()
	d.Plan = plan
	plan.Sections = d.readSections(body, planSections())
	plan.readItems(d)
	fillFromFolder(&plan.Person, d.Path)
}

// readItems reads the sections whose lines have a meaning.
func (plan *DevelopmentPlan) readItems(d *Document) {
	p := &itemReader{Source: d.Source, report: d.report, reading: d.headings, tokens: planTokens}
	lists := map[SectionName]*[]*PlanItem{
		Strengths: &plan.Strengths, Areas: &plan.Areas, Aims: &plan.Aims,
		CurrentSkills: &plan.CurrentSkills, NextSkills: &plan.NextSkills, RoleHistory: &plan.RoleHistory,
	}
	for _, section := range plan.Sections {
		list := lists[section.Name]
		if list == nil {
			readItems(d.Source, section.Items)
		} else {
			for it := range AllItems(section.Items) {
				p.plan = &PlanItem{Item: it}
				p.readTokens(it)
				if it.State == Unknown {
					p.reportUnknownState(it)
				}
				if it.Text != "" && it.filled() {
					*list = append(*list, p.plan)
				}
			}
		}
		section.noteWritten()
		if list != nil {
			p.findNearBoxes(section)
		}
	}
}

// readApprovals reads `share: {team: {since: 2026-07-01, parts: [goals]}}`.
func readApprovals(r *keyReader) []Approval {
	var approvals []Approval
	for group, r := range r.entriesByID("share", false) {
		approvals = append(approvals, Approval{Group: group, Since: r.date("since"), Withdrawn: r.date("withdrawn"), Parts: r.texts("parts")})
		r.misspelt()
	}
	return approvals
}

package logparse

// Cadences lists how often two people meet (method 76).
var Cadences = []string{"weekly", "fortnightly", "monthly"}

// A DevelopmentPlan is what is agreed about one person's development:
// people/ID/plan.md.
type DevelopmentPlan struct {
	Person   Value[string]
	Name     Value[string]
	Emails   []Value[string]
	Aliases  []Value[string] // ids that the person had before
	Role     Value[string]
	NextRole Value[string]
	Coach    Value[string]
	Cadence  Value[string] // of Cadences
	Left     Value[Date]   // the day the person left the team, if they did

	Sections []*Section
}

func readDevelopmentPlan(s *Source, front *FrontMatter, body int, headings Headings, report func(Diagnostic)) *DevelopmentPlan {
	r := &keyReader{root: front.root, report: report}
	r.text("type")
	plan := &DevelopmentPlan{
		Person:   r.id("person"),
		Name:     r.text("name"),
		Emails:   r.texts("email"),
		Aliases:  r.texts("aliases"),
		Role:     r.text("role"),
		NextRole: r.text("next_role"),
		Coach:    r.id("coach"),
		Cadence:  r.choice("cadence", Cadences),
		Left:     r.date("left"),
		Sections: readSections(s, body, headings),
	}
	r.misspelt()
	aliases := plan.Aliases[:0]
	for _, alias := range plan.Aliases {
		if alias = checkedID("aliases", alias, report); alias.Set {
			aliases = append(aliases, alias)
		}
	}
	plan.Aliases = aliases
	for _, section := range plan.Sections {
		readItems(s, section.Items)
		section.noteWritten()
	}
	if place := logPlace().FindStringSubmatch(s.Path); place != nil && !plan.Person.Set && IsID(place[1]) {
		plan.Person = Value[string]{V: NormalID(place[1]), Set: true}
	}
	return plan
}

package logparse

// A Preparation is what a coachee wrote before a session, in answer to the
// message of `coachlog prep`: people/ID/prep-DATE.md (method 62, 63).
type Preparation struct {
	Person   Value[string]
	Session  Value[Date] // the day of the session that it is for
	Asked    Value[Date] // when the message went out
	Received Value[Date] // when the answers came

	Sections []*Section
}

func readPreparation(s *Source, front *FrontMatter, body int, headings Headings, report func(Diagnostic)) *Preparation {
	r := &keyReader{root: front.root, report: report}
	r.text("type")
	p := &Preparation{
		Person:   r.id("person"),
		Session:  r.date("session"),
		Asked:    r.date("asked"),
		Received: r.date("received"),
		Sections: readSections(s, body, headings, preparationSections),
	}
	r.misspelt()
	for _, section := range p.Sections {
		readItems(s, section.Items)
		section.noteWritten()
	}
	fillFromFolder(&p.Person, s.Path)
	if date, ok := dateInName(s.Path); ok && front.root != nil && front.root.empty("session") {
		p.Session = Value[Date]{V: date, Set: true}
	}
	return p
}

// Texts are the items below a section's heading, or its paragraphs where it has
// no items.
func (p *Preparation) Texts(s *Source, name SectionName) []string {
	var texts []string
	for _, section := range p.Sections {
		if section.Name == name {
			texts = append(texts, section.texts(s)...)
		}
	}
	return texts
}

// Section is the first section of that name, or nil.
func (p *Preparation) Section(name SectionName) *Section { return findSection(p.Sections, name) }

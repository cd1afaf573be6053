package logparse

// A Preparation is what a coachee wrote before a session, in answer to the
// message of `coachlog prep`: people/ID/prep-DATE.md (method 62, 63).
type Preparation struct {
	Person   Value[string]
	Session  Value[Date] // the day of the session that it is for
	Asked    Value[Date] // when the message went out
	Received Value[Date] // when the answers came

	Sectioned
}

func (d *Document) readPreparation(r *keyReader, body int) {
	p := &Preparation{
		Person:   r.means("the person's id; without it, the folder's name counts").id("person"),
		Session:  r.means("the day of the session that it prepares").date("session"),
		Asked:    r.means("when the message went out").date("asked"),
		Received: r.means("when the answers came").date("received"),
	}
	r.misspelt()
	d.Preparation = p
	p.Sections = d.readSections(body, preparationSections())
	d.readPlainItems(p.Sections)
	fillFromFolder(&p.Person, d.Path)
	if date, ok := dateInName(d.Path); ok && r.lacks("session") {
		p.Session = Value[Date]{V: date, Set: true}
	}
}

package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/adopt"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

// An Adoption is what would be done with older notes, or was done.
type Adoption struct {
	Notes    []AdoptionNote    `json:"notes"` // in the order in which they were read
	Adopt    int               `json:"adopt"`
	Ask      int               `json:"ask"`     // something has to be said first
	Already  int               `json:"already"` // in the logbook
	Alone    int               `json:"alone"`   // nothing says that they are notes of a session
	Refused  int               `json:"refused"` // they can't be read
	Skipped  int               `json:"skipped"` // files that aren't markdown
	New      []*adopt.Person   `json:"new_people"`
	Sections []AdoptionSection `json:"sections"`     // headings that people use for coachlog's sections
	Own      []adopt.Heading   `json:"own_headings"` // other headings that come more than once

	notesOf map[string]int // by id
	coached []string       // whose notes name no coach, and whose plan doesn't
}

// An AdoptionNote is one note, or one meeting of a running file.
type AdoptionNote struct {
	File      string           `json:"file"`
	Outcome   adopt.Outcome    `json:"outcome"`
	Why       string           `json:"why,omitempty"`
	Person    string           `json:"person,omitempty"` // id
	Coach     string           `json:"coach,omitempty"`  // id
	Date      logparse.Date    `json:"date"`
	Kind      string           `json:"kind,omitempty"`
	Status    string           `json:"status,omitempty"`
	Found     []AdoptionFound  `json:"found,omitempty"`
	Questions []adopt.Question `json:"questions,omitempty"`
	Target    string           `json:"target,omitempty"` // the log, in the logbook
	InPlace   bool             `json:"in_place,omitempty"`
	Rewrites  []string         `json:"rewritten_keys,omitempty"`
}

// An AdoptionFound says where something was found.
type AdoptionFound struct {
	What  string `json:"what"`
	Where string `json:"where"`
}

// An AdoptionSection is a section with the headings that are to open it.
type AdoptionSection struct {
	Section  logparse.SectionName `json:"section"`
	Headings []string             `json:"headings"`
}

// NewAdoption gathers proposals. coachOf says who coaches somebody by the
// logbook; skipped counts the files that are not markdown.
func NewAdoption(proposals []*adopt.Proposal, coachOf func(id string) string, skipped int) *Adoption {
	a := &Adoption{Notes: []AdoptionNote{}, New: []*adopt.Person{}, Sections: []AdoptionSection{}, Own: []adopt.Heading{}, Skipped: skipped}
	counts := map[adopt.Outcome]*int{adopt.Adopt: &a.Adopt, adopt.Ask: &a.Ask, adopt.Already: &a.Already, adopt.Alone: &a.Alone, adopt.Refused: &a.Refused}
	for _, p := range proposals {
		*counts[p.Outcome]++
		n := AdoptionNote{
			File: p.Note.Name, Outcome: p.Outcome, Why: p.Why, Date: p.Date, Kind: p.Kind, Status: p.Status,
			Questions: p.Questions, Target: p.Target, InPlace: p.InPlace, Rewrites: p.Rewrites,
		}
		if p.Person != nil {
			n.Person = p.Person.ID
		}
		if p.Coach != nil {
			n.Coach = p.Coach.ID
		}
		for _, f := range p.Found {
			if f[0] != "made" {
				n.Found = append(n.Found, AdoptionFound{f[0], f[1]})
			}
		}
		a.Notes = append(a.Notes, n)
		if p.Outcome == adopt.Adopt && n.Coach == "" && coachOf(n.Person) == "" {
			a.coached = appendNew(a.coached, n.Person)
		}
	}
	var people []*adopt.Person
	people, a.notesOf = adopt.NewPeople(proposals)
	a.New = append(a.New, people...)
	a.addHeadings(adopt.OwnHeadings(proposals))
	return a
}

// addHeadings sorts headings into those with a meaning that is well known, and
// the others that come more than once.
func (a *Adoption) addHeadings(headings []adopt.Heading) {
	for _, name := range logparse.SectionNames {
		section := AdoptionSection{Section: name}
		for _, h := range headings {
			if h.Means == name {
				section.Headings = append(section.Headings, h.Title)
			}
		}
		if len(section.Headings) > 0 {
			a.Sections = append(a.Sections, section)
		}
	}
	for _, h := range headings {
		if h.Means == logparse.OwnSection && h.Notes > 1 {
			a.Own = append(a.Own, h)
		}
	}
}

// Headings are the sections in the form in which the settings take them.
func (a *Adoption) Headings() []logparse.SectionHeadings {
	var add []logparse.SectionHeadings
	for _, s := range a.Sections {
		add = append(add, logparse.SectionHeadings{Name: s.Section, Titles: s.Headings})
	}
	return add
}

// JSON writes the adoption for programs.
func (a *Adoption) JSON(w io.Writer) error { return writeJSON(w, a) }

// Text writes what would be done, for people.
func (a *Adoption) Text(w io.Writer, style terminal.Style) error {
	p := &textPage{style: style}
	if a.Adopt > 0 {
		fmt.Fprintf(p, "%s\n\n", style.Bold("To adopt: "+count(a.Adopt, "note")))
		if err := a.table(p); err != nil {
			return err
		}
		a.remarks(p)
	}
	a.questions(p)
	a.rest(p)
	a.headings(p)
	_, err := io.WriteString(w, strings.TrimLeft(p.String(), "\n"))
	return err
}

// table lists the notes that are clear, with columns for what any of them has.
func (a *Adoption) table(w io.Writer) error {
	type column struct {
		name string
		cell func(AdoptionNote) string
		keep bool
	}
	columns := []column{
		{"note", func(n AdoptionNote) string { return n.File }, true},
		{"person", func(n AdoptionNote) string { return a.mark(n.Person) }, true},
		{"date", func(n AdoptionNote) string { return n.Date.String() }, true},
		{"coach", func(n AdoptionNote) string { return a.mark(n.Coach) }, false},
		{"kind", func(n AdoptionNote) string { return n.Kind }, false},
		{"status", func(n AdoptionNote) string { return n.Status }, slices.ContainsFunc(a.Notes, func(n AdoptionNote) bool { return n.Outcome == adopt.Adopt && n.Status != string(logparse.Held) })},
		{"found in", AdoptionNote.foundIn, true},
	}
	var names []string
	rows := make([][]string, a.Adopt)
	for _, c := range columns {
		has := c.keep || c.name != "status" && slices.ContainsFunc(a.Notes, func(n AdoptionNote) bool { return n.Outcome == adopt.Adopt && c.cell(n) != "" })
		if !has {
			continue
		}
		names = append(names, c.name)
		i := 0
		for _, n := range a.Notes {
			if n.Outcome == adopt.Adopt {
				rows[i] = append(rows[i], c.cell(n))
				i++
			}
		}
	}
	return table(w, terminal.Style{}, names, rows)
}

// mark shows with a star that somebody is new.
func (a *Adoption) mark(id string) string {
	if slices.ContainsFunc(a.New, func(p *adopt.Person) bool { return p.ID == id }) {
		return id + "*"
	}
	return id
}

// foundIn says where the person and the date were found.
func (n AdoptionNote) foundIn() string {
	where := make(map[string]string)
	for _, f := range n.Found {
		where[f.What] = f.Where
	}
	if where["person"] == where["date"] {
		return where["date"]
	}
	return "person: " + where["person"] + "; date: " + where["date"]
}

// remarks say what else is worth knowing of the notes that are clear.
func (a *Adoption) remarks(p *textPage) {
	var inPlace, copied int
	var keys []string
	for _, n := range a.Notes {
		switch {
		case n.Outcome != adopt.Adopt:
			continue
		case n.InPlace:
			inPlace++
		default:
			copied++
		}
		for _, key := range n.Rewrites {
			keys = appendNew(keys, "`"+key+"`")
		}
	}
	p.WriteString("\n")
	if copied > 0 {
		p.line(0, fmt.Sprintf("%s copied to people/ID/DATE.md with front matter before the text; the originals stay as they are.", are(copied, "note")))
	}
	if inPlace > 0 {
		p.line(0, fmt.Sprintf("%s in place already: front matter is added, and the text stays as it is.", are(inPlace, "note")))
	}
	if len(keys) > 0 {
		p.line(0, "Another tool's values of "+strings.Join(keys, ", ")+" are replaced by coachlog's, and stay behind them as comments.")
	}
	if len(a.New) > 0 {
		p.line(0, "* New here; --person or --coach names somebody else. A log needs no plan; to write one:")
	}
	for _, person := range a.New {
		what := "coaches"
		if n := a.notesOf[person.ID]; n > 0 {
			what = count(n, "note")
		}
		p.WriteString(terminal.Escape(fmt.Sprintf("  coachlog new person %s --name %q   # %s", person.ID, person.Name, what)) + "\n")
	}
	if len(a.coached) > 0 {
		p.line(0, terminal.Escape(fmt.Sprintf("Nothing says who coaches %s: --coach ID does.", strings.Join(a.coached, ", "))))
	}
}

// are is "1 note is" or "2 notes are".
func are(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " is"
	}
	return count(n, noun) + " are"
}

// shownFiles is how many files of one kind are named.
const shownFiles = 8

// questions lists what has to be said, each with the notes that want it.
func (a *Adoption) questions(p *textPage) {
	if a.Ask == 0 {
		return
	}
	p.head("To ask: " + count(a.Ask, "note"))
	var order []string
	files := make(map[string][]string)
	for _, n := range a.Notes {
		if n.Outcome != adopt.Ask {
			continue
		}
		var parts []string
		for _, q := range n.Questions {
			part := q.Why + ": " + q.Give
			if len(q.Options) > 0 && q.About != "status" {
				part += " (" + strings.Join(q.Options, ", ") + ")"
			}
			parts = append(parts, part)
		}
		text := strings.Join(parts, "; ")
		if files[text] == nil {
			order = append(order, text)
		}
		files[text] = append(files[text], n.File)
	}
	for _, text := range order {
		for i, file := range files[text] {
			if i == shownFiles {
				p.line(2, p.style.Faint(fmt.Sprintf("and %d more", len(files[text])-i)))
				break
			}
			p.line(2, terminal.Escape(file))
		}
		p.line(6, p.style.Yellow(terminal.Escape(text)))
	}
}

// rest counts what is left alone.
func (a *Adoption) rest(p *textPage) {
	var refused []AdoptionNote
	for _, n := range a.Notes {
		if n.Outcome == adopt.Refused {
			refused = append(refused, n)
		}
	}
	if len(refused) > 0 {
		p.head("Can't be read: " + count(len(refused), "file"))
	}
	for _, n := range refused {
		p.line(2, terminal.Escape(n.File))
		p.line(6, terminal.Escape(n.Why))
	}
	var parts []string
	for _, part := range []struct {
		n    int
		what string
	}{
		{a.Already, "in the logbook already"}, {a.Alone, "without a sign of a session"}, {a.Skipped, "of another kind"},
	} {
		if part.n > 0 {
			parts = append(parts, count(part.n, "file")+" "+part.what)
		}
	}
	if len(parts) > 0 {
		p.WriteString("\n")
		p.line(0, "Left alone: "+strings.Join(parts, ", ")+".")
	}
	if a.Adopt+a.Ask == 0 {
		p.line(0, "There is nothing to adopt.")
		if a.Alone > 0 {
			p.line(0, "--person ID says whose notes they are, and naming a file asks about it.")
		}
	}
}

// headings shows what the notes' own headings can be mapped to.
func (a *Adoption) headings(p *textPage) {
	if len(a.Sections) > 0 {
		p.head("Headings that coachlog can read as its sections")
		p.WriteString(terminal.Escape("sections:") + "\n")
		for _, line := range strings.Split(strings.TrimRight(logparse.HeadingsYAML(a.Headings(), "  "), "\n"), "\n") {
			p.WriteString(terminal.Escape(line) + "\n")
		}
		p.WriteString("\n")
		p.line(0, "--map-headings writes this into coachlog.yaml.")
	}
	if len(a.Own) == 0 {
		return
	}
	var texts []string
	for _, h := range a.Own[:min(len(a.Own), shownFiles)] {
		text := fmt.Sprintf("%q (%s", h.Title, count(h.Notes, "note"))
		if h.Tasks > 0 {
			text += ", " + count(h.Tasks, "task")
		}
		texts = append(texts, text+")")
	}
	p.WriteString("\n")
	p.line(0, terminal.Escape("Other headings stay text: "+strings.Join(texts, ", ")+more(len(a.Own)-shownFiles)+"."))
}

func more(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

// Most is the person who has most of the notes that are adopted, and the year of
// their last one.
func (a *Adoption) Most() (person string, year int) {
	for _, n := range a.Notes {
		if n.Outcome != adopt.Adopt {
			continue
		}
		if a.notesOf[n.Person] > a.notesOf[person] {
			person, year = n.Person, 0
		}
		if n.Person == person {
			year = max(year, n.Date.Year)
		}
	}
	return person, year
}

package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/adopt"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report/page"
)

// An Adoption is what would be done with older notes, or was done.
type Adoption struct {
	Notes    []AdoptionNote  `json:"notes"` // in the order in which they were read
	Adopt    int             `json:"adopt"`
	Ask      int             `json:"ask"`     // something has to be said first
	Already  int             `json:"already"` // in the logbook
	Alone    int             `json:"alone"`   // no notes of a meeting
	Refused  int             `json:"refused"` // they can't be read
	Skipped  int             `json:"skipped"` // files that aren't markdown
	Headings []adopt.Heading `json:"headings"`
}

// An AdoptionNote is one note, or one meeting in a file of many.
type AdoptionNote struct {
	File    string        `json:"file"`
	Heading string        `json:"heading,omitempty"` // of one meeting of many
	Outcome adopt.Outcome `json:"outcome"`
	Why     string        `json:"why,omitempty"`
	Fix     string        `json:"fix,omitempty"`     // what to change in a file
	Command string        `json:"command,omitempty"` // that would take it
	Person  string        `json:"person,omitempty"`  // id
	Coach   string        `json:"coach,omitempty"`   // id
	Date    logparse.Date `json:"date"`
	Status  string        `json:"status,omitempty"`
	Target  string        `json:"target,omitempty"` // the log, in the logbook
	InPlace bool          `json:"in_place,omitempty"`

	Rewrites []string `json:"rewritten_keys,omitempty"`
	Found    string   `json:"found,omitempty"` // where the note says whose it is, and of which day

	whys, fixes []string
	flags       []string        // of the command
	meetings    int             // in a file of many
	days        []logparse.Date // that it may mean
}

// NewAdoption gathers proposals. given are the flags that were given already, for the
// commands; skipped counts the files that are not markdown.
func NewAdoption(proposals []*adopt.Proposal, given []string, skipped int) *Adoption {
	a := &Adoption{Notes: []AdoptionNote{}, Headings: adopt.Headings(proposals), Skipped: skipped}
	if a.Headings == nil {
		a.Headings = []adopt.Heading{}
	}
	counts := map[adopt.Outcome]*int{adopt.Adopt: &a.Adopt, adopt.Ask: &a.Ask, adopt.Already: &a.Already, adopt.Alone: &a.Alone, adopt.Refused: &a.Refused}
	for _, p := range proposals {
		*counts[p.Outcome]++
		n := AdoptionNote{
			File: p.Note.Arg, Heading: p.Heading, Outcome: p.Outcome, Why: p.Why, Coach: p.Coach, Date: p.Date, Status: p.Status,
			Target: p.Target, InPlace: p.InPlace, Rewrites: p.Rewrites, days: p.Days, meetings: p.Meetings, Found: foundIn(p.PersonFrom, p.DayFrom),
		}
		if p.Person != nil {
			n.Person = p.Person.ID
		}
		n.say(p, given)
		a.Notes = append(a.Notes, n)
	}
	return a
}

// say puts a proposal's questions in words, with the command that answers them.
func (n *AdoptionNote) say(p *adopt.Proposal, given []string) {
	flags := slices.Clone(given)
	for _, q := range p.Questions {
		n.whys = appendNew(n.whys, q.Why)
		if q.Fix != "" {
			n.fixes = appendNew(n.fixes, q.Fix)
		}
		for _, flag := range q.Flags {
			name, _, _ := strings.Cut(flag, " ")
			flags = slices.DeleteFunc(flags, func(f string) bool { return f == name || strings.HasPrefix(f, name+" ") })
			flags = append(flags, flag)
		}
	}
	if n.flags = flags; p.Outcome == adopt.Ask || len(flags) > len(given) {
		n.Command = n.command(ShellWord(p.Note.Arg))
	}
	if n.Why == "" {
		n.Why = strings.Join(n.whys, "; ")
	}
	n.Fix = strings.Join(n.fixes, "; ")
}

func (n *AdoptionNote) command(file string) string {
	return strings.TrimSpace("coachlog adopt " + file + " " + strings.Join(n.flags, " "))
}

// ShellWord is a path as one types it in a shell.
func ShellWord(path string) string {
	if path != "" && !strings.ContainsFunc(path, func(r rune) bool { return strings.ContainsRune(" \t'\"\\$`!*?[](){}<>|&;#~", r) || r < ' ' }) {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

func foundIn(person, day string) string {
	switch {
	case person == "" || person == day:
		return day
	case day == "":
		return person
	}
	return "person: " + person + "; day: " + day
}

// JSON writes the adoption for programs.
func (a *Adoption) JSON(w io.Writer) error { return writeJSON(w, a) }

// Text writes what would be done, for people. A command stays on one line, so that it
// can be copied.
func (a *Adoption) Text(w io.Writer, style terminal.Style) error {
	for _, n := range a.Notes {
		style.Width = max(style.Width, terminal.Width(n.Command)+len("  - "))
	}
	if err := a.Page().Text(w, style); err != nil {
		return err
	}
	if sections := a.SectionsToPaste(); sections != "" {
		_, err := fmt.Fprintf(w, "\nHeadings that recur, to paste into coachlog.yaml where they mean what it says here:\n\n%s", terminal.EscapeLines(sections))
		return err
	}
	return nil
}

// Page is what would be done.
func (a *Adoption) Page() *page.Page {
	p := &page.Page{Title: "To adopt: " + count(a.Adopt, "note")}
	if a.Adopt == 0 {
		p.Title = "There is nothing to adopt"
		if a.Ask > 0 {
			p.Title += " yet"
		}
	}
	p.Add("", "", a.table(), a.remarks())
	asked := a.listed(adopt.Ask)
	if a.Ask > 0 {
		p.Add("Not taken: "+count(a.Ask, "note"), "Each has what is missing, and the command that takes it.", asked)
	}
	p.Add("Can't be read", "", a.listed(adopt.Refused))
	p.Add("Left alone", "", a.listed(adopt.Alone), a.others())
	if a.Already > 0 {
		p.Add("", "", page.Paragraph("In the logbook already: "+count(a.Already, "file")+"."))
	}
	return p
}

// table lists the notes that are clear.
func (a *Adoption) table() page.Table {
	t := page.Table{Columns: []string{"note", "person", "day", "coach", "status"}}
	for _, n := range a.Notes {
		if n.Outcome == adopt.Adopt {
			status := n.Status
			if status == string(logparse.Held) {
				status = ""
			}
			t.Rows = append(t.Rows, []string{n.File, n.Person, n.Date.String(), n.Coach, status})
		}
	}
	for at := len(t.Columns) - 1; at > 2; at-- { // without columns of blanks
		if !slices.ContainsFunc(t.Rows, func(row []string) bool { return row[at] != "" }) {
			t.Columns = slices.Delete(t.Columns, at, at+1)
			for i, row := range t.Rows {
				t.Rows[i] = slices.Delete(row, at, at+1)
			}
		}
	}
	return t
}

// remarks say what else is worth knowing of the notes that are clear.
func (a *Adoption) remarks() page.List {
	var list page.List
	copied, inPlace := 0, 0
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
	if copied > 0 {
		list = append(list, page.Item{Text: are(copied, "note") + " copied to people/ID/DATE.md, with front matter before the text. The originals stay as they are."})
	}
	if inPlace > 0 {
		list = append(list, page.Item{Text: are(inPlace, "note") + " in place already: front matter is added, and the text stays as it is."})
	}
	if len(keys) > 0 {
		list = append(list, page.Item{Text: "Another tool's values of " + strings.Join(keys, ", ") + " are replaced, and stay behind the new ones as comments."})
	}
	return list
}

// are is "1 note is" or "2 notes are".
func are(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " is"
	}
	return count(n, noun) + " are"
}

// listed names every note of an outcome, those with the same reason together.
func (a *Adoption) listed(outcome adopt.Outcome) page.List {
	type group struct {
		note  AdoptionNote
		files []string
	}
	var groups []*group
	for i := 0; i < len(a.Notes); i++ {
		n := a.Notes[i]
		if n.Outcome != outcome {
			continue
		}
		same := []AdoptionNote{n} // the meetings of one file
		for n.Heading != "" && i+1 < len(a.Notes) && a.Notes[i+1].File == n.File && a.Notes[i+1].Outcome == outcome && a.Notes[i+1].Heading != "" {
			i++
			same = append(same, a.Notes[i])
			n.join(a.Notes[i])
		}
		name := whichNotes(same)
		at := slices.IndexFunc(groups, func(g *group) bool {
			return g.note.Why == n.Why && g.note.Fix == n.Fix && slices.Equal(g.note.flags, n.flags)
		})
		if at < 0 {
			groups, at = append(groups, &group{note: n}), len(groups)
		}
		groups[at].files = append(groups[at].files, name)
	}
	var list page.List
	for _, g := range groups {
		for _, file := range g.files[:len(g.files)-1] {
			list = append(list, page.Item{Text: file})
		}
		last := page.Item{Text: g.files[len(g.files)-1], Below: []string{g.note.Why}}
		if g.note.Fix != "" {
			last.Below = append(last.Below, g.note.Fix)
		}
		if command := g.note.Command; command != "" {
			if len(g.files) > 1 {
				command = g.note.command("FILE")
			}
			last.Below = append(last.Below, command)
		}
		list = append(list, last)
	}
	return list
}

// join adds what is missing in another meeting of the same file.
func (n *AdoptionNote) join(other AdoptionNote) {
	union := func(a, b []string) []string {
		a = slices.Clone(a)
		for _, s := range b {
			a = appendNew(a, s)
		}
		return a
	}
	n.whys, n.fixes, n.flags = union(n.whys, other.whys), union(n.fixes, other.fixes), union(n.flags, other.flags)
	n.Why, n.Fix, n.Command = strings.Join(n.whys, "; "), strings.Join(n.fixes, "; "), n.command(ShellWord(n.File))
}

// whichNotes is a file, with how many meetings it has and from when to when, or the
// heading of one of them.
func whichNotes(notes []AdoptionNote) string {
	n := notes[0]
	meetings := max(n.meetings, len(notes))
	if meetings == 1 && n.Heading != "" {
		return fmt.Sprintf("%s, %q", n.File, n.Heading)
	}
	if meetings == 1 {
		return n.File
	}
	var days []logparse.Date
	for _, of := range notes {
		days = append(days, of.days...)
	}
	if len(days) == 0 {
		return n.File + ", " + count(meetings, "meeting")
	}
	return n.File + ", " + count(meetings, "meeting") + ", " + spanOf(days)
}

// spanOf is the first and the last of days. Where one of them names no year, none
// is named.
func spanOf(days []logparse.Date) string {
	years := !slices.ContainsFunc(days, func(d logparse.Date) bool { return d.Year == 0 })
	day := func(d logparse.Date, year bool) string {
		text := fmt.Sprintf("%d %s", d.Day, d.Month.String()[:3])
		if year && years {
			text += fmt.Sprintf(" %d", d.Year)
		}
		return text
	}
	first, last := days[0], days[len(days)-1]
	if years {
		first, last = slices.MinFunc(days, logparse.Date.Compare), slices.MaxFunc(days, logparse.Date.Compare)
	}
	if first == last {
		return day(first, true)
	}
	return day(first, first.Year != last.Year) + " to " + day(last, true)
}

func (a *Adoption) others() page.Paragraph {
	if a.Skipped == 0 {
		return ""
	}
	return page.Paragraph(count(a.Skipped, "file") + " of another kind than markdown.")
}

// SectionsToPaste are the headings that recur, as `sections` of coachlog.yaml.
func (a *Adoption) SectionsToPaste() string {
	if len(a.Headings) == 0 {
		return ""
	}
	var out strings.Builder
	out.WriteString("sections:\n")
	for _, name := range logparse.SectionNames {
		var titles []string
		for _, h := range a.Headings {
			if h.Means == name {
				titles = append(titles, logparse.QuoteFlow(h.Title))
			}
		}
		if len(titles) > 0 {
			fmt.Fprintf(&out, "  %s: [%s]\n", name, strings.Join(titles, ", "))
		}
	}
	for _, h := range a.Headings {
		if h.Means == logparse.OwnSection {
			fmt.Fprintf(&out, "  # SECTION: [%s]   in %s\n", logparse.QuoteFlow(h.Title), count(h.Notes, "note"))
		}
	}
	return out.String()
}

package report

import (
	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
)

// A CheckVoid is a sign-off that no longer counts: a later edit of the text has voided it, or
// a merge left it in a commit that isn't its person's.
type CheckVoid struct {
	File     string        `json:"file"`
	Person   string        `json:"person"` // who had agreed
	Agreed   logparse.Date `json:"agreed"`
	Lines    []int         `json:"lines"`             // of the present text
	Commit   string        `json:"commit,omitempty"`  // that changed it first; "" where none has yet
	Author   string        `json:"author,omitempty"`  // of that
	Changed  logparse.Date `json:"changed"`           // the day of that
	Progress bool          `json:"progress,omitzero"` // only ticks changed
	Doubt    string        `json:"doubt,omitempty"`   // why it counts for nothing, whatever the text

	words string
}

// voidedOf are a person's sign-offs that no longer count.
func voidedOf(b *plan.Logbook, p *plan.Person) []CheckVoid {
	var voided []CheckVoid
	add := func(path string) {
		for _, s := range b.Voided(path) {
			if s.Doubt != "" {
				continue // none, or a date by hand
			}
			v := CheckVoid{File: path, Person: s.Person, Agreed: s.Day, Lines: s.Void.Lines, Progress: s.Void.Progress, words: s.Void.Words()}
			if c := s.Void.Commit; c != nil {
				v.Commit, v.Author, v.Changed = c.ID, c.Author.Name, c.Day()
			}
			voided = append(voided, v)
		}
	}
	for _, log := range p.Logs {
		add(log.Path())
	}
	if p.PlanDoc != nil {
		add(p.PlanDoc.Path)
	}
	for _, doc := range p.Agreeables() {
		for _, id := range b.Sides(doc) {
			if s, ok := b.Doubted(doc.Path, id); ok && s.How != plan.ByHand {
				voided = append(voided, CheckVoid{File: doc.Path, Person: id, Agreed: s.Day, Doubt: s.Doubt})
			}
		}
	}
	return voided
}

// voidedItems are the sign-offs that are void, file by file.
func (p CheckPerson) voidedItems() page.List {
	return itemsOf(runsOf(p.Voided, func(v CheckVoid) string { return v.File }), func(of []CheckVoid) page.Item {
		file := of[0].File
		label, todo := "changed", "if the new text is what you agreed: "+coachlog(p.Logbook)+" agree "+file
		if of[0].Doubt != "" {
			label, todo = "sign-off", "to say it again: "+coachlog(p.Logbook)+" agree "+file
		}
		return page.Item{Label: label, Tone: page.Care, Text: file, Below: append(each(of, CheckVoid.since), todo)}
	})
}

func (v CheckVoid) since() string {
	if v.Doubt != "" {
		return "the sign-off of " + v.Person + plan.OfDay(v.Agreed) + " doesn't count: " + v.Doubt
	}
	return "since " + v.Person + " agreed to it on " + shortDate(v.Agreed) + ", " + v.words + only(v.Progress, ", only ticks")
}

// noLonger says how many sign-offs count no longer.
func noLonger(n int) string {
	return sentence.CountAs(n, "sign-off no longer counts", "sign-offs no longer count")
}

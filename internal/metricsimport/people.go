package metricsimport

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// People are the ids of those whom an export can name, by normal text: an id, one
// they had before, a name, an e-mail address, or what other systems know them as.
type People map[string][]string

// NewPeople takes what people are known by.
func NewPeople(people []*plan.Person) People {
	p := make(People)
	for _, person := range people {
		names := []logparse.Value[string]{{V: person.ID}, {V: person.Name}}
		if s := person.Settings; s != nil {
			names = slices.Concat(names, []logparse.Value[string]{s.Name}, s.Emails, s.KnownAs)
		}
		if dp := person.Plan; dp != nil {
			names = slices.Concat(names, []logparse.Value[string]{dp.Name}, dp.Emails, dp.KnownAs, dp.Aliases)
		}
		for _, v := range names {
			if name := logparse.NormalText(v.V); name != "" && !slices.Contains(p[name], person.ID) {
				p[name] = append(p[name], person.ID)
			}
		}
	}
	return p
}

// find is everybody whom a cell can mean. "Shah, Priya" is Priya Shah too.
func (p People) find(cell string) []string {
	found := p[logparse.NormalText(cell)]
	if last, first, ok := strings.Cut(cell, ","); ok && len(found) == 0 {
		return p[logparse.NormalText(first+" "+last)]
	}
	return found
}

// totalForm is what exports write where a person or a day stands in other rows.
var totalForm = pattern(`^(?:(?:grand |sub[ -]?|team |group |overall )?totals?(?: (?:for|of) .*| ?[(:=0-9-].*)?|overall|sum|summary|(?:team |overall )?averages?|avg|mean|all(?: agents| users)?|` +
	`gesamt(?:summe)?|(?:zwischen)?summe|durchschnitt|mittelwert|total général|moyenne|totale|media|promedio|totaal|gemiddelde)[: ]*$`)

// isTotal says whether a cell marks a row that sums up others.
func isTotal(cell string) bool {
	return len(cell) <= 60 && totalForm().MatchString(logparse.NormalText(cell))
}

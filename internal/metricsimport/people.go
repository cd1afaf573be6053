package metricsimport

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
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
		for _, name := range person.Names() {
			if name = logparse.NormalText(name); name != "" && !slices.Contains(p[name], person.ID) {
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
var totalForm = pattern.Of(`^(?:(?:grand |sub[ -]?|team |group |overall )?totals?(?: (?:for|of) .*| ?[(:=0-9-].*)?|overall|sum|summary|(?:team |overall )?averages?|avg|mean|all(?: agents| users)?|` +
	`gesamt(?:summe)?|(?:zwischen)?summe|durchschnitt|mittelwert|total général|moyenne|totale|media|promedio|totaal|gemiddelde)[: ]*$`)

// isTotal says whether a cell marks a row that sums up others.
func isTotal(cell string) bool {
	return len(cell) <= 60 && totalForm().MatchString(logparse.NormalText(cell))
}

package metricsimport

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// People are those whom an export can name: by id, an id they had before, name,
// e-mail address, or what other systems know them as.
type People struct {
	ids    []string         // of the people, by their number
	byName map[string][]int // normal text to numbers
}

// NewPeople takes everybody who is known in a logbook.
func NewPeople(b *plan.Logbook) *People {
	p := &People{byName: make(map[string][]int)}
	for number, person := range b.Members() {
		p.ids = append(p.ids, person.ID)
		add := func(name string) {
			name = logparse.NormalText(name)
			numbers := p.byName[name]
			if name != "" && (len(numbers) == 0 || numbers[len(numbers)-1] != number) {
				p.byName[name] = append(numbers, number)
			}
		}
		add(person.ID)
		add(person.Name)
		var more []logparse.Value[string]
		if s := person.Settings; s != nil {
			more = slices.Concat(more, []logparse.Value[string]{s.Name}, s.Emails, s.KnownAs)
		}
		if dp := person.Plan; dp != nil {
			more = slices.Concat(more, []logparse.Value[string]{dp.Name}, dp.Emails, dp.KnownAs, dp.Aliases)
		}
		for _, v := range more {
			add(v.V)
		}
	}
	return p
}

// find is everybody whom a cell can mean. "Shah, Priya" is Priya Shah too.
func (p *People) find(cell string) []int {
	found := p.byName[logparse.NormalText(cell)]
	if len(found) > 0 {
		return found
	}
	if last, first, ok := strings.Cut(cell, ","); ok && !strings.Contains(first, ",") {
		return p.byName[logparse.NormalText(first+" "+last)]
	}
	return nil
}

// Who are the ids of those whom a cell can mean.
func (p *People) who(numbers []int) string {
	ids := make([]string, len(numbers))
	for i, n := range numbers {
		ids[i] = p.ids[n]
	}
	return strings.Join(ids, " and ")
}

// totals are what exports write where a person or a day stands in other rows.
var totals = []string{
	"total", "totals", "grand total", "subtotal", "sub-total", "sub total", "team total", "group total", "overall", "overall total", "sum", "summary",
	"average", "averages", "avg", "mean", "team average", "overall average", "all", "all agents", "all users",
	"gesamt", "gesamtsumme", "summe", "zwischensumme", "durchschnitt", "mittelwert", "total général", "moyenne", "totale", "media", "promedio", "totaal", "gemiddelde",
}

// isTotal says whether a cell marks a row that sums up others.
func isTotal(cell string) bool {
	cell = strings.TrimRight(logparse.NormalText(cell), ": ")
	if len(cell) > 60 {
		return false
	}
	for _, t := range totals {
		if cell == t {
			return true
		}
	}
	for _, t := range []string{"total", "grand total", "subtotal"} {
		rest, ok := strings.CutPrefix(cell, t)
		if rest = strings.TrimSpace(rest); ok && rest != "" && (strings.IndexByte("(:-=0123456789", rest[0]) >= 0 || strings.HasPrefix(rest, "for ") || strings.HasPrefix(rest, "of ")) {
			return true
		}
	}
	return false
}

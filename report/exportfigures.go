package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// FiguresVersion is raised where a key of Sums goes or means something else.
const FiguresVersion = 1

// Sums are the sums behind a logbook's report, as far as the report tells them: they can be
// added to those of logbooks that nobody may read together.
type Sums struct {
	Version  int           `json:"figures_version"`
	Period   plan.Period   `json:"period"`
	Today    logparse.Date `json:"today"` // as of which they are told
	For      string        `json:"for"`
	Logbooks []string      `json:"logbooks"` // a mark of each that is in it, so that none is added twice
	People   int           `json:"people"`   // who were coached in the period
	Sums     []Sum         `json:"sums"`
}

// A Sum is the sum behind one figure, of everybody or of a coach's work.
type Sum struct {
	Coach     string `json:"coach,omitempty"` // id
	CoachName string `json:"coach_name,omitempty"`
	Figure    string `json:"figure"`
	Part      int    `json:"part"`
	Whole     int    `json:"whole"`             // of numbers, so many records
	Waiting   int    `json:"waiting,omitempty"` // of plans that worked: goals that aren't checked yet
	Came      int    `json:"came,omitempty"`    // and all whose date has come
	People    int    `json:"people,omitempty"`  // whom it is about
	Text      string `json:"text"`              // as a report has it
}

// NewSums are those of a logbook: of a figure that its report hides, there is none.
func NewSums(e *plan.Everybody, scope Scope) *Sums {
	t := NewLogbook(e, scope)
	s := &Sums{Version: FiguresVersion, Period: t.Period, Today: t.Today, For: t.For, People: t.People}
	add := func(coach, name string, figures []Figure) {
		for _, f := range figures {
			if f.Now.Hidden {
				continue
			}
			sum := Sum{Coach: coach, CoachName: name, Figure: f.Key, Part: f.sum.Part, Whole: f.sum.Whole, Waiting: f.sum.Waiting, Came: f.sum.Came}
			if f.Now.People != nil {
				sum.People = *f.Now.People
			}
			s.Sums = append(s.Sums, sum.told())
		}
	}
	add("", "", t.Figures)
	for _, c := range t.Coaches {
		add(c.ID, c.Name, c.Figures)
	}
	text, _ := json.Marshal(s) // of numbers and texts, which never fails
	s.Logbooks = []string{fmt.Sprintf("%x", sha256.Sum256(append(text, e.Settings.Name.V...)))[:16]}
	return s
}

// told gives a sum its text.
func (s Sum) told() Sum {
	s.Text = definitionOf(s.Figure).form(plan.Rate{Part: s.Part, Whole: s.Whole, Waiting: s.Waiting, Came: s.Came}).String()
	return s
}

// ReadSums reads what an export of figures wrote.
func ReadSums(text []byte) (*Sums, error) {
	s := &Sums{}
	if err := json.Unmarshal(text, s); err != nil {
		return nil, fmt.Errorf("it isn't what coachlog export --figures writes: %w", err)
	}
	if s.Version != FiguresVersion {
		return nil, fmt.Errorf("its figures_version is %d, and this coachlog reads %d", s.Version, FiguresVersion)
	}
	for _, sum := range s.Sums {
		if figurePlace(sum.Figure) < 0 {
			return nil, fmt.Errorf("it has a figure %q, which this coachlog doesn't know", sum.Figure)
		}
	}
	return s, nil
}

// Add adds the sums of other logbooks.
func (s *Sums) Add(other *Sums) error {
	switch {
	case s.Period.From != other.Period.From || s.Period.To != other.Period.To:
		return fmt.Errorf("it is about %s, the others about %s", other.Period.Name, s.Period.Name)
	case s.For != other.For:
		return fmt.Errorf("it is for %s, the others for %s", other.For, s.For)
	case slices.ContainsFunc(other.Logbooks, func(l string) bool { return slices.Contains(s.Logbooks, l) }):
		return errors.New("it is counted already")
	}
	if s.Today.Before(other.Today) {
		s.Today = other.Today
	}
	s.Logbooks = append(s.Logbooks, other.Logbooks...)
	s.People += other.People
	for _, sum := range other.Sums {
		at := slices.IndexFunc(s.Sums, func(o Sum) bool { return sum.key() == o.key() })
		if at < 0 {
			s.Sums = append(s.Sums, sum)
			continue
		}
		to := &s.Sums[at]
		to.Part, to.Whole, to.Waiting, to.Came, to.People = to.Part+sum.Part, to.Whole+sum.Whole, to.Waiting+sum.Waiting, to.Came+sum.Came, to.People+sum.People
		*to = to.told()
	}
	slices.Sort(s.Logbooks)
	slices.SortFunc(s.Sums, func(x, y Sum) int {
		return cmp.Or(cmp.Compare(x.CoachName, y.CoachName), cmp.Compare(x.Coach, y.Coach), cmp.Compare(figurePlace(x.Figure), figurePlace(y.Figure)))
	})
	return nil
}

// key is of what a sum is. Coaches of one id and two names are two.
func (s Sum) key() [3]string { return [3]string{s.Coach, s.CoachName, s.Figure} }

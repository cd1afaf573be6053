package assist

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// idAt is the id that is written at a place, or that the line there has; "" where there is none.
func (v *View) idAt(offset int) (id string, span logparse.Span) {
	it, _ := itemAt(v.Doc, offset)
	if it == nil || !it.ID.Set || !isHere(it.ID, offset) && !holds(it.TextSpan, offset) {
		return "", logparse.Span{}
	}
	return it.ID.V, it.ID.Span
}

// placesOf are all places at which the person's files have an id, by file, and which of them
// state it first in a plan.
func (v *View) placesOf(id string) (places []Place, first int) {
	first = -1
	for _, doc := range v.Book.Docs {
		for it, section := range itemsOf(doc) {
			if !it.ID.Set || it.ID.V != id {
				continue
			}
			states := section.Name == logparse.ShortTerm || section.Name == logparse.MidTerm || section.Name == logparse.LongTerm
			if states && first < 0 {
				first = len(places)
			}
			places = append(places, Place{doc.Path, doc, it.ID.Span})
		}
	}
	return places, max(first, 0)
}

// Definition is where what is written at a place was first agreed, or where the logbook says who
// or what it is.
func (v *View) Definition(offset int) []Place {
	if v.Book == nil {
		return nil
	}
	switch person, metric, _ := v.mentioned(offset); {
	case metric != "":
		return v.inSettings(metric)
	case person != "":
		return v.planOf(person)
	}
	id, _ := v.idAt(offset)
	if id == "" {
		return nil
	}
	places, first := v.placesOf(id)
	if len(places) == 0 { // the text is left out of the person's
		return nil
	}
	return places[first : first+1]
}

func (v *View) planOf(id string) []Place {
	if p := v.Book.Someone(v.Book.Resolve(id)); p.PlanDoc != nil {
		return []Place{{Path: p.PlanDoc.Path}}
	}
	return nil
}

// settingsPath is where the catalogue of metrics is.
const settingsPath = "coachlog.yaml"

func (v *View) inSettings(metric string) []Place {
	if m, ok := v.Book.Metric(metric); ok {
		return []Place{{Path: settingsPath, Span: m.Span}}
	}
	return nil
}

// References are all places that name the id that is written at a place.
func (v *View) References(offset int) []Place {
	if v.Book == nil {
		return nil
	}
	id, _ := v.idAt(offset)
	if id == "" {
		return nil
	}
	places, _ := v.placesOf(id)
	return places
}

// Renameable is the id at a place without its mark, and where it is; ok is false where there is
// none.
func (v *View) Renameable(offset int) (id string, span logparse.Span, ok bool) {
	if v.Book == nil {
		return "", span, false
	}
	id, span = v.idAt(offset)
	written := string(v.Doc.Text[span.Start:span.End])
	if id == "" || !strings.HasPrefix(written, "^") { // a formatter has been there
		return "", span, false
	}
	span.Start++
	return id, span, true
}

// Rename gives the id at a place another name in all of the person's files. What somebody has
// signed off stays as they signed it.
func (v *View) Rename(offset int, name string) ([]Place, string, error) {
	id, _, ok := v.Renameable(offset)
	if !ok {
		return nil, "", fmt.Errorf("there is no ^id here; put the cursor on one")
	}
	name = logparse.NormalID(strings.TrimPrefix(strings.TrimSpace(name), "^"))
	switch {
	case !logparse.IsID(name):
		return nil, "", fmt.Errorf("%q can't be an id; use letters and digits, with - _ or . between them", name)
	case name == id:
		return nil, name, nil
	case v.taken(name):
		return nil, "", fmt.Errorf("%s already has a goal or an action with the id ^%s; take another one", v.whose(), name)
	}
	places, _ := v.placesOf(id)
	var signed []string
	for i, p := range places {
		text := string(p.Doc.Text[p.Span.Start:p.Span.End])
		at := strings.IndexByte(text, '^')
		if at < 0 {
			return nil, "", fmt.Errorf("%s writes ^%s in a way that can't be changed for certain", p.Path, id)
		}
		places[i].Span.Start += at + 1
		if words := v.Book.Standing(p.Path); len(words) > 0 && !slices.Contains(signed, p.Path) {
			signed = append(signed, p.Path)
		}
	}
	if len(signed) > 0 {
		return nil, "", fmt.Errorf("^%s is in %s, signed off as agreed; with another id the sign-off wouldn't count any more", id, strings.Join(signed, ", "))
	}
	return places, name, nil
}

func (v *View) whose() string {
	if v.Person == nil {
		return "somebody"
	}
	return v.Person.Name
}

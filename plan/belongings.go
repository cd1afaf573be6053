package plan

import (
	"maps"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// Belongings says whose the folders and figures of a logbook are, before any log is read.
type Belongings struct {
	*Roster
	Folders map[string][]string      // below people/, by their owner's id
	Values  map[string][]Observation // of metrics/, by person
}

// Belongings finds whose each folder below people/ is.
func (r *Roster) Belongings(folders []string) *Belongings {
	b := &Belongings{Roster: r, Folders: make(map[string][]string), Values: make(map[string][]Observation)}
	for _, folder := range folders {
		owner := r.OwnerOf(folder)
		b.Folders[owner] = append(b.Folders[owner], folder)
	}
	return b
}

// Measure adds the values in a file of metrics/.
func (b *Belongings) Measure(doc *logparse.Document, rows []logparse.MetricRow) {
	for _, o := range ObservationsOf(doc.Path, rows) {
		o.InCopy = doc.CopyOf != ""
		id := b.Resolve(o.Person)
		b.Values[id] = append(b.Values[id], o)
	}
}

// Everybody is the ids of all who are known or have a folder.
func (b *Belongings) Everybody() []string {
	ids := slices.Collect(maps.Keys(b.Folders))
	for _, p := range b.Known {
		ids = append(ids, p.ID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

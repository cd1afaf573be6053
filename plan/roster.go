package plan

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/logparse"
)

// A Roster is everybody whom the logbook knows before any log is read: by the
// front matter of the plans and by the settings. Nothing in it changes once it is
// made, so that many people can be judged at once.
type Roster struct {
	Settings *logparse.Settings
	Known    []*Person // by id; without their logs

	byID      map[string]*Person // by id and by alias
	folders   map[string]string  // whose a folder below people/ is, where its plan says so
	addresses map[string][]*Person
	withLogs  map[string]bool
	folded    map[string]string // the first id of those that differ in case only
	metrics   map[string]logparse.Metric
}

// NewRoster takes people from their development plans, of which the front matter
// is enough, and from the settings.
func NewRoster(settings *logparse.Settings, plans []*logparse.Document) *Roster {
	r := &Roster{
		Settings:  settings,
		byID:      make(map[string]*Person),
		folders:   make(map[string]string),
		addresses: make(map[string][]*Person),
		withLogs:  make(map[string]bool),
		folded:    make(map[string]string),
		metrics:   make(map[string]logparse.Metric),
	}
	for _, m := range settings.Metrics {
		r.metrics[m.Key] = m
	}
	r.addPlans(plans)
	for i := range settings.People {
		s := &settings.People[i]
		p := r.add(s.ID)
		p.Settings, p.Known = s, true
		if s.Name.Set && p.Name == p.ID {
			p.Name = s.Name.V
		}
	}
	for _, p := range r.byID {
		r.Known = append(r.Known, p)
	}
	slices.SortFunc(r.Known, func(x, y *Person) int { return cmp.Compare(x.ID, y.ID) })
	for _, p := range r.Known {
		if folded := strings.ToLower(p.ID); r.folded[folded] == "" {
			r.folded[folded] = p.ID
		}
		for _, address := range p.Addresses() {
			key := foldAddress(address.V)
			if !slices.Contains(r.addresses[key], p) {
				r.addresses[key] = append(r.addresses[key], p)
			}
		}
		for _, id := range p.IDs() {
			if r.byID[id] == nil {
				r.byID[id] = p
			}
		}
	}
	return r
}

// foldAddress is an address in small letters. A letter of another alphabet, as the sign for
// kelvin, never becomes one of ours: it is another address.
func foldAddress(address string) string {
	return strings.Map(func(letter rune) rune {
		if small := unicode.ToLower(letter); letter <= unicode.MaxASCII || small > unicode.MaxASCII {
			return small
		}
		return letter
	}, address)
}

func (r *Roster) addPlans(plans []*logparse.Document) {
	for _, doc := range plans {
		if doc.Plan == nil || !doc.Plan.Person.Set {
			continue
		}
		p := r.add(doc.Plan.Person.V)
		p.Known = true
		if doc.Broken() || p.Plan != nil {
			continue // the plan is reported, and the person is there
		}
		p.Plan, p.PlanDoc = doc.Plan, doc
		r.folders[path.Dir(doc.Path)] = p.ID
		if doc.Plan.Name.Set {
			p.Name = doc.Plan.Name.V
		}
	}
}

func (r *Roster) add(id string) *Person {
	p := r.byID[id]
	if p == nil {
		p = &Person{ID: id, Name: id}
		r.byID[id] = p
	}
	return p
}

// Someone is somebody as plans and settings know them; with nothing but the id
// where they don't.
func (r *Roster) Someone(id string) *Person {
	if p := r.byID[id]; p != nil {
		return p
	}
	return &Person{ID: id, Name: id}
}

// NoteLogs takes note that there are logs of somebody's sessions.
func (r *Roster) NoteLogs(id string) { r.withLogs[id] = true }

// HasLogs says whether there are logs of somebody's sessions, of a coach or of
// whoever is judged.
func (r *Roster) HasLogs(id string) bool { return r.withLogs[id] }

// OwnerOf is the id of whose a folder below people/ is: of the plan in it, else
// of whoever has its name as their id. A copy of a folder is whose the folder is.
func (r *Roster) OwnerOf(folder string) string {
	if id, ok := r.folders[folder]; ok {
		return id
	}
	name := path.Base(folder)
	return r.Resolve(cmp.Or(logparse.CopiedFolder(name), name))
}

// OwnerOfFile is the id of whose a path of the logbook is; "" where it is nobody's.
func (r *Roster) OwnerOfFile(name string) string {
	for folder := name; folder != "." && folder != "/"; folder = path.Dir(folder) {
		if path.Dir(folder) == logparse.PeopleFolder {
			return r.OwnerOf(folder)
		}
	}
	return ""
}

// Whose is the id of whose a file says that it is.
func Whose(doc *logparse.Document) (id logparse.Value[string]) {
	switch {
	case doc.Session != nil:
		return doc.Session.Coachee
	case doc.Plan != nil:
		return doc.Plan.Person
	case doc.Assessment != nil:
		return doc.Assessment.Person
	case doc.Preparation != nil:
		return doc.Preparation.Person
	}
	return id
}

// Resolve is the present id of somebody named by any of their ids.
func (r *Roster) Resolve(id string) string {
	id = logparse.NormalID(id)
	if p := r.byID[id]; p != nil {
		return p.ID
	}
	return id
}

// Metric finds an entry of the catalogue.
func (r *Roster) Metric(key string) (logparse.Metric, bool) {
	m, ok := r.metrics[key]
	return m, ok
}

// CoachOf is the id of a person's coach, by their plan, else by the settings;
// "" where neither says.
func (r *Roster) CoachOf(p *Person) string {
	plan, settings := p.said()
	return r.Resolve(cmp.Or(plan.Coach.V, settings.Coach.V))
}

// CoachOn is the id of a person's coach on a day: whom the last session's log by then
// names, whatever became of the session; before the first, and where none names one, it is
// CoachOf. Talks change nothing.
func (r *Roster) CoachOn(f *Facts, day logparse.Date) string {
	last := f.last(func(s *SessionFact) bool { return s.inRhythm() && !s.Adopted && s.Coach != "" && !day.Before(s.Date) })
	if last != nil {
		return last.Coach
	}
	return r.CoachOf(r.Someone(f.ID))
}

// SettingsOf are those of the logbook that has a person's files.
func (r *Roster) SettingsOf(p *Person) *logparse.Settings { return cmp.Or(p.home, r.Settings) }

// CadenceOf is how often a person is coached: by their plan, else by the
// settings; "" where nothing says.
func (r *Roster) CadenceOf(p *Person) string {
	plan, settings := p.said()
	return cmp.Or(plan.Cadence.V, settings.Cadence.V, r.SettingsOf(p).Cadence.V)
}

// TimeOf is the time of day when a person's sessions start and its time zone, by their
// plan, else by the settings; "" for what neither says.
func (r *Roster) TimeOf(p *Person) (clock, zone string) {
	plan, _ := p.said()
	home := r.SettingsOf(p)
	at := home.Time
	if plan.Time.Set {
		at = plan.Time
	}
	if !at.Set {
		return "", ""
	}
	return at.V.String(), cmp.Or(plan.TimeZone.V, home.TimeZone.V)
}

// TeamOf is the name of a person's team, by their plan, else by the settings; ""
// where neither says.
func (p *Person) TeamOf() string {
	plan, settings := p.said()
	if plan.Team.Set { // "" is no team, whatever the settings say
		return plan.Team.V
	}
	return settings.Team.V
}

// IDs are all by which a person is and was known, the present one first.
func (p *Person) IDs() []string {
	ids := []string{p.ID}
	plan, _ := p.said()
	for _, alias := range plan.Aliases {
		ids = append(ids, alias.V)
	}
	return ids
}

// said is what the plan and the settings say of a person; nothing where they are
// not there.
func (p *Person) said() (*logparse.DevelopmentPlan, *logparse.PersonSettings) {
	return cmp.Or(p.Plan, noPlan), cmp.Or(p.Settings, noSettings)
}

var noPlan, noSettings = &logparse.DevelopmentPlan{}, &logparse.PersonSettings{} // which nobody changes

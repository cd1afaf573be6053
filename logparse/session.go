package logparse

import (
	"fmt"
	"iter"
	"path"
	"slices"
	"strings"
)

// A Status says whether a session took place.
type Status string

// The statuses of a session. Only held sessions give results.
const (
	Planned   Status = "planned"
	Held      Status = "held"
	Missed    Status = "missed"
	Cancelled Status = "cancelled"
)

// Statuses lists them in the order of the documentation.
var Statuses = []string{string(Planned), string(Held), string(Missed), string(Cancelled)}

// Kinds lists what a session can be: `kind:` in its front matter. No kind means
// regular.
var Kinds = []string{"regular", "kick-off", "review", "ad-hoc", "requested", "peer", "coach"}

// A Session is the log of one meeting.
type Session struct {
	Coachee Value[string]
	Coach   Value[string]
	Date    Value[Date]
	Number  int          // of the day: 1, or the N of a file named DATE-N.md
	Time    Value[Clock] // of day, where it isn't the plan's

	NamedByDate bool // the file's name is DATE.md or DATE-N.md

	Status  Value[Status]
	Kind    Value[string] // of Kinds
	Minutes Value[int]    // how long it took
	Talk    Value[int]    // percent (0 to 100) of the talking done by the coachee
	Next    Value[Date]   // when the two meet again
	Metrics []Measure     // of the front matter and of the table under Figures, in the file's order
	Agreed  []SignOff     // who said, and when, that this is what was agreed (method 59)

	// Adopted is the day on which notes that were never written as a log were
	// taken in as one. Such a log says that the two met and what was written; it
	// agrees nothing, and nobody is measured by it.
	Adopted     Value[Date]
	AdoptedFrom Value[string] // the name of the file that it was

	Sectioned
	FollowThrough []*Goal // what came of earlier agreements
	ShortTerm     []*Goal
	MidTerm       []*Goal
	LongTerm      []*LongTermGoal
}

// A Measure is one metric's value on the session's day.
type Measure struct {
	Metric string
	Value  float64
	Span   Span // of the metric's name
}

// A Goal is a short-term or mid-term goal, or a goal in Follow-through, with
// its actions.
type Goal struct {
	*Item
	Actions []*Action // at any depth, in the file's order
}

// An Action is something that somebody will do for a goal.
type Action struct{ *Item }

// A LongTermGoal is a goal of a career. It is a type of its own, and nothing
// that judges or counts takes it (method 87).
type LongTermGoal struct {
	Item *Item
	Help []*Item // the task items nested in it: help listed with credit, never missed (method 86)
}

// A sessionReader collects what one session log says.
type sessionReader struct {
	itemReader
	session *Session
}

func (d *Document) readSession(r *keyReader, body int) {
	p := &sessionReader{itemReader{Source: d.Source, report: d.report, reading: d.headings, tokens: sessionTokens, tokenRoom: room[Tokens]{size: 8}}, &Session{}}
	d.Session = p.session
	p.readFront(r)
	p.fillFromPath(r, d.startOfFront())
	p.session.Sections = d.readSections(body, sessionSections())
	if p.session.Adopted.Set {
		p.readNotes()
		return
	}
	p.readGoals()
	d.findNearHeadings(body, sessionSections())
	d.findLostHeadings(body, p.session.Sections)
	d.findUnknownSections(p.session.Sections, sessionSections())
}

func (p *sessionReader) readFront(r *keyReader) {
	out := p.session
	out.Coachee = r.means("the coachee's id; without it, the folder's name counts").id("coachee")
	out.Coach = r.means("the id of the coach in this session").id("coach")
	out.Date = r.means("the day of the session; without it, the file's name counts").date("date")
	out.Time = r.means("when the session starts, as in 14:30").clock("time")
	status := r.means("planned, held, missed or cancelled").choice("status", Statuses)
	out.Status = Value[Status]{Status(status.V), status.Span, status.Set}
	out.Kind = r.means("for a session that isn't a regular one").choice("kind", Kinds)
	out.Minutes = r.means("how long it took, in minutes").whole("minutes", "the length in minutes", MinutesKey, 0, 24*60)
	out.Talk = r.means("percent of the talking done by the coachee").whole("talk", "the coachee's share of the talking in percent", PercentKey, 0, 100)
	out.Next = r.means("when the two meet again").date("next")
	r.means("values on that day, as in {aht: 398}").takes("metrics", KeyForm{Kind: MappingKey, Each: &KeyForm{Kind: NumberKey}})
	p.readMetrics(r.below("metrics").entries())
	out.Agreed = r.means("who agreed to this, and when; each writes their own").signOffs("agreed")
	out.Adopted = r.date("adopted")
	out.AdoptedFrom = r.text("adopted_from")
	r.misspelt()
}

func (p *sessionReader) readMetrics(metrics []yamlEntry) {
	for i, e := range metrics {
		if e.value.kind == yamlEmpty {
			if i > 0 && isNumber(e.key) { // {fcr: 71,5} has a key 5
				p.report(Diagnostic{Code: "bad-number", Span: e.keySpan,
					Message: fmt.Sprintf("a comma separates two values, so `%s` isn't read with the number before it", e.key),
					Remedy:  "write decimals after a point, as in 71.5"})
			} else if !IsID(e.key) { // {aht:398}
				p.report(Diagnostic{Code: "bad-number", Span: e.keySpan,
					Message: fmt.Sprintf("`%s` isn't a metric with its value", e.key),
					Remedy:  "write a colon and a blank between the two, as in `aht: 398`"})
			}
			continue
		}
		number, ok, remedy := p.reading.metricNumber(e.key, e.value.text)
		if !ok || e.value.kind != yamlScalar {
			p.report(Diagnostic{Code: "bad-number", Span: e.value.span,
				Message: fmt.Sprintf("the value of `%s` is not a plain number", e.key), Remedy: remedy, Fix: fixDecimals(e.value.text, e.value.span)})
			continue
		}
		p.session.Metrics = append(p.session.Metrics, Measure{NormalID(e.key), number, e.keySpan})
	}
}

// fillFromPath takes from the file's place what the front matter leaves out,
// and reports what neither says.
func (p *sessionReader) fillFromPath(r *keyReader, here Span) {
	out := p.session
	day, number, isLog := splitLogName(path.Base(p.Path))
	out.Number, out.NamedByDate = number, isLog
	fillFromFolder(&out.Coachee, p.Path)
	if r.lacks("date") && isLog {
		if date, err := ParseDate(day); err == nil {
			out.Date = Value[Date]{V: date, Set: true}
		}
	}
	if r.lacks("date") && !out.Date.Set {
		p.report(Diagnostic{Code: "date-missing", Span: here,
			Message: "the log has no date", Remedy: "write `date: YYYY-MM-DD`"})
	}
	if r.lacks("status") {
		p.report(Diagnostic{Code: "status-missing", Span: here,
			Message: "the log doesn't say whether the session was held",
			Remedy:  "write `status: held`, or planned, missed or cancelled"})
	}
}

func (p *sessionReader) readGoals() {
	out := p.session
	disputed := make(map[string]bool)
	for _, section := range out.Sections {
		items := section.Items
		switch section.Name {
		case FollowUp, ShortTerm, MidTerm:
			p.readTasks(items, nil)
		case LongTerm:
			p.readTasks(items, nil)
			for _, it := range items { // a goal, with a box or without
				if !it.IsTask() {
					p.readTokens(it)
				}
			}
		default:
			readItems(p.Source, items)
		}
		if section.Name == Figures {
			p.readFigures(section, disputed)
		}
		section.noteWritten()
		switch section.Name {
		case FollowUp, ShortTerm, MidTerm:
			p.findUnboxed(items, section.Name == FollowUp)
			fallthrough
		case LongTerm:
			p.findNearBoxes(section)
			p.findIndents(items)
		}
		switch section.Name {
		case FollowUp:
			out.FollowThrough = append(out.FollowThrough, goals(items)...)
		case ShortTerm:
			out.ShortTerm = append(out.ShortTerm, goals(items)...)
		case MidTerm:
			out.MidTerm = append(out.MidTerm, goals(items)...)
		case LongTerm:
			out.LongTerm = append(out.LongTerm, longTermGoals(items)...)
		}
	}
	p.findDuplicateIDs(FollowUp)
	p.findDuplicateIDs(ShortTerm, MidTerm, LongTerm)
}

// readNotes reads the body of an adopted log, whose author knew nothing of this
// format: in its items nothing is a token, a goal or a slip of the pen.
func (p *sessionReader) readNotes() {
	p.readPlainItems(p.session.Sections)
	for section := range p.session.named(LongTerm) {
		p.session.LongTerm = append(p.session.LongTerm, longTermGoals(section.Items)...)
	}
	for _, goal := range p.session.LongTerm {
		goal.Help = nil // whose it was, nobody wrote
	}
}

// readTasks reads items whose tokens count. A plain item's text is a remark,
// in which nothing is a token.
func (p *itemReader) readTasks(items []*Item, parent *Item) {
	for _, it := range items {
		if it.IsTask() {
			p.readTokens(it)
		} else {
			var few [maxFewWords]Span
			words := it.words(p.Source, few[:0])
			it.setText(p.Source, words)
			p.findTokensOnly(it, parent, words)
			it.dropPlaceholder()
		}
		if it.State == Unknown {
			p.reportUnknownState(it)
		}
		p.readTasks(it.Items, it)
	}
}

// findTokensOnly reports a plain item below a task that holds nothing but
// tokens: they were meant for the task. Below a blocked one, a name says on whom.
func (p *itemReader) findTokensOnly(it, task *Item, words []Span) {
	if task == nil || !task.IsTask() || len(words) == 0 || task.State == Blocked && it.Text[0] == '@' {
		return
	}
	parted := len(words) == 2 && strings.EqualFold(p.word(words[0]), "due:") && isDigit(p.plain[words[1].Start])
	for _, span := range words {
		if !parted && p.tokenKind(p.plain[span.Start:span.End]) == nil {
			return
		}
	}
	p.report(Diagnostic{Code: "token-in-text", Span: it.TextSpan,
		Message: fmt.Sprintf("`%s` has a line of its own, so it isn't read", it.Text),
		Remedy:  "write it at the end of the line of the action that it is for"})
}

func (p *itemReader) reportUnknownState(it *Item) {
	message := fmt.Sprintf("`[%s]` isn't a mark for an action", p.word(it.Box))
	if odd := nameOddBlank(p.word(it.Box)); odd != "" {
		message = "there is " + odd + " between the brackets"
	}
	p.report(Diagnostic{Code: "unknown-state", Span: it.Box, Message: message,
		Fix: fixMark(p.word(it.Box), it.Box), Remedy: "write [ ] open, [x] done, [/] partly, [n] not done, [!] blocked, [-] dropped by agreement or [>] carried on"})
}

func goals(items []*Item) []*Goal {
	goals, room := make([]*Goal, 0, len(items)), make([]Goal, len(items))
	var few [16]*Item
	for i, it := range items {
		if !it.IsTask() || it.Text == "" || it.Tokens == noTokens && !it.filled() {
			continue
		}
		goal := &room[i]
		goal.Item = it
		if tasks := it.appendTasks(few[:0]); len(tasks) > 0 {
			goal.Actions = actions(tasks)
		}
		goals = append(goals, goal)
	}
	return goals
}

func actions(tasks []*Item) []*Action {
	actions, room := make([]*Action, len(tasks)), make([]Action, len(tasks))
	for i, task := range tasks {
		room[i].Item = task
		actions[i] = &room[i]
	}
	return actions
}

func longTermGoals(items []*Item) []*LongTermGoal {
	var goals []*LongTermGoal
	for _, it := range items {
		if it.Text != "" && it.filled() {
			goals = append(goals, &LongTermGoal{Item: it, Help: it.tasks()})
		}
	}
	return goals
}

// findDuplicateIDs reports an id that is there twice in these sections. The same
// id in Follow-through and among the goals is one action seen from both ends.
func (p *sessionReader) findDuplicateIDs(names ...SectionName) {
	var few [32]*Item
	seen := few[:0]
	first := make(map[string]*Item) // of those, where there are many
	for _, section := range p.session.Sections {
		if !slices.Contains(names, section.Name) {
			continue
		}
		for it := range AllItems(section.Items) {
			if !it.ID.Set {
				continue
			}
			before := first[it.ID.V]
			if at := slices.IndexFunc(seen, func(s *Item) bool { return s.ID.V == it.ID.V }); at >= 0 {
				before = seen[at]
			}
			if before == nil {
				if seen = append(seen, it); len(seen) == len(few) {
					for _, s := range seen {
						first[s.ID.V] = s
					}
					seen = few[:0]
				}
				continue
			}
			p.report(Diagnostic{Code: "duplicate-id", Span: it.ID.Span,
				Message: fmt.Sprintf("`^%s` is here a second time; the first is on line %d", it.ID.V, p.Position(before.ID.Span.Start).Line),
				Remedy:  "change or remove one of the two ids"})
		}
	}
}

// AllItems goes through items and all that is nested in them, in the file's order.
func AllItems(items []*Item) iter.Seq[*Item] {
	return func(yield func(*Item) bool) { visitItems(items, yield) }
}

func visitItems(items []*Item, visit func(*Item) bool) bool {
	for _, it := range items {
		if !visit(it) || !visitItems(it.Items, visit) {
			return false
		}
	}
	return true
}

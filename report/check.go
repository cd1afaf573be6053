package report

import (
	"fmt"
	"maps"
	"slices"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/page"
)

// A CheckFilter chooses among unfulfilled actions. Empty fields choose all.
type CheckFilter struct {
	People    []string // ids of coachees
	Owner     string
	Overdue   bool
	DueBefore logparse.Date
	Horizon   plan.Horizon
}

// A Check is what is still to be done on one day.
type Check struct {
	Today       logparse.Date `json:"today"`
	People      []CheckPerson `json:"people"`
	Actions     int           `json:"actions"`
	Overdue     int           `json:"overdue"`
	Goals       int           `json:"goals"`
	OwedPlans   int           `json:"owed_plans"`
	OwedSupport int           `json:"owed_support"`
	Forgotten   int           `json:"forgotten,omitempty"`   // agreed sessions without a log
	Voided      int           `json:"voided,omitempty"`      // sign-offs
	OlderTasks  int           `json:"older_tasks,omitempty"` // which nobody agreed
	Unreadable  []string      `json:"unreadable,omitempty"`  // files that could not be counted
}

// A CheckPerson is one coachee's part of a Check.
type CheckPerson struct {
	ID        string          `json:"id"`
	Name      string          `json:"name"`
	Coach     string          `json:"coach,omitempty"`   // today
	Logbook   string          `json:"logbook,omitempty"` // its folder, where there are several
	Actions   []CheckAction   `json:"actions"`
	Goals     []CheckGoal     `json:"goals"`                 // of which somebody still has to say something
	Plans     []CheckPlan     `json:"owed_plans"`            // that need new actions
	Support   []CheckPlan     `json:"owed_support"`          // of which support was missing
	Forgotten []logparse.Date `json:"forgotten"`             // days of agreed sessions since the last one that have no log
	Voided    []CheckVoid     `json:"voided,omitempty"`      // sign-offs of this person's logs and plan
	Older     []OlderTask     `json:"older_tasks,omitempty"` // not ticked in the last session's log, where that is adopted from older notes
}

// A CheckAction is one action that nobody has fulfilled.
type CheckAction struct {
	Text     string           `json:"text"`
	ID       string           `json:"id,omitempty"`
	Owner    string           `json:"owner"`
	Goal     string           `json:"goal"`
	Horizon  plan.Horizon     `json:"horizon"`
	Due      logparse.Date    `json:"due"` // its own date; empty where it has none
	By       logparse.Date    `json:"by"`  // its date, else the next session's
	Stands   plan.Outstanding `json:"stands"`
	Overdue  bool             `json:"overdue"`
	NotNoted bool             `json:"not_noted"` // a session was due to talk about it, and didn't
	Blocker  string           `json:"blocker,omitempty"`
	Result   plan.Result      `json:"result"` // open, partly, not done or blocked
	Agreed   logparse.Date    `json:"agreed"`
	Days     int              `json:"days"`     // since it was agreed
	Sessions int              `json:"sessions"` // held since it was agreed
	Carried  int              `json:"carried"`  // times
	File     string           `json:"file"`     // where it was last stated
	Line     int              `json:"line"`
}

// A CheckGoal is a running goal of which the sessions have left something open.
type CheckGoal struct {
	Goal      string        `json:"goal"`
	ID        string        `json:"id,omitempty"`
	Horizon   plan.Horizon  `json:"horizon"`
	Coach     string        `json:"coach"` // who asks
	Due       logparse.Date `json:"due"`
	Missing   []string      `json:"missing"`   // what it takes to check the goal, as far as a session came to it
	Mentioned logparse.Date `json:"mentioned"` // when a log last spoke of it
	Forgotten bool          `json:"forgotten"` // the last session doesn't mention it
}

// A CheckPlan is a verdict that leaves something to the coach: new actions, since the plan
// fell short (method 80), or support that was missing.
type CheckPlan struct {
	Goal   string        `json:"goal"`
	ID     string        `json:"id,omitempty"`
	Coach  string        `json:"coach"`
	Judged logparse.Date `json:"judged"`
	Days   int           `json:"days"` // since then
	File   string        `json:"file"`
}

// NewCheck gathers what is still to be done by people's documents.
func NewCheck(b *plan.Logbook, today logparse.Date, filter CheckFilter) *Check {
	c := &Check{Today: today}
	for _, p := range b.Judged() {
		if len(filter.People) > 0 && !slices.Contains(filter.People, p.ID) {
			continue
		}
		person := checkPerson(b.Roster, p.Facts(), p, today, filter)
		if filter.all() {
			person.Older = olderTasks(p.LastOlderTasks())
			person.Voided = voidedOf(b, p)
		}
		c.addPerson(person)
	}
	return c
}

// CheckFacts is NewCheck of one person by their facts alone, which don't need the files, and of whose
// texts nobody's sign-off speaks.
func CheckFacts(r *plan.Roster, f *plan.Facts, words plan.Words, today logparse.Date, filter CheckFilter) *Check {
	c := &Check{Today: today}
	c.addPerson(checkPerson(r, f, words, today, filter))
	return c
}

func checkPerson(r *plan.Roster, f *plan.Facts, words plan.Words, today logparse.Date, filter CheckFilter) CheckPerson {
	person := CheckPerson{ID: f.ID, Name: r.Someone(f.ID).Name, Coach: r.CoachOn(f, today)}
	for _, u := range f.Unfulfilled(today, r.NextSession(f, today)) {
		if filter.keeps(f, u) {
			person.Actions = append(person.Actions, checkAction(f, u, words, ownView))
		}
	}
	person.addGoals(f, words, today, filter)
	if filter.all() {
		last := f.LastSession()
		person.Forgotten = slices.DeleteFunc(r.Forgotten(f, today), func(day logparse.Date) bool { return last != nil && !last.Date.Before(day) })
	}
	return person
}

func (c *Check) addPerson(p CheckPerson) {
	before := c.Open() + c.OlderTasks + c.Forgotten
	c.Actions += len(p.Actions)
	c.Goals += len(p.Goals)
	c.OwedPlans += len(p.Plans)
	c.OwedSupport += len(p.Support)
	c.OlderTasks += len(p.Older)
	c.Forgotten += len(p.Forgotten)
	c.Voided += len(p.Voided)
	if c.Open()+c.OlderTasks+c.Forgotten > before {
		c.People = append(c.People, p)
	}
	for _, a := range p.Actions {
		if a.Stands == plan.Overdue {
			c.Overdue++
		}
	}
}

// Open is how many entries somebody has to do something about.
func (c *Check) Open() int { return c.Actions + c.Goals + c.OwedPlans + c.OwedSupport + c.Voided }

// Add adds what is still to be done of other people.
func (c *Check) Add(o *Check) {
	for _, p := range o.People {
		c.addPerson(p)
	}
}

// all says whether the filter keeps what has no owner, date or horizon.
func (f CheckFilter) all() bool {
	return f.Owner == "" && !f.Overdue && f.DueBefore.IsZero() && f.Horizon == ""
}

func (f CheckFilter) keeps(facts *plan.Facts, u plan.Unfulfilled) bool {
	return (f.Owner == "" || f.Owner == u.Owner()) &&
		(!f.Overdue || u.Stands == plan.Overdue) &&
		(f.DueBefore.IsZero() || !u.By.IsZero() && u.By.Before(f.DueBefore)) &&
		(f.Horizon == "" || f.Horizon == facts.Goals[u.Asks.Goal].Now().Horizon)
}

// checkAction is an action as the readers may see it: which goal it is for, what came
// of it and how many sessions ago it was agreed are parts of their own.
func checkAction(f *plan.Facts, u plan.Unfulfilled, words plan.Words, see view) CheckAction {
	a := CheckAction{
		Text: words.ActionText(u.Index), ID: u.ID, Owner: u.Owner(), Horizon: f.Goals[u.Asks.Goal].Now().Horizon,
		Due: u.Asks.Due, By: u.By, Stands: plan.DueNext, Overdue: u.Stands == plan.Overdue, Result: plan.Open, Agreed: f.Sessions[u.Agreed].Date, Days: u.Days,
		File: f.Sessions[u.Asks.Stated].Path, Line: u.Asks.Line,
	}
	if see.may(plan.PartGoals) {
		a.Goal = words.GoalText(u.Asks.Goal)
	}
	untold := u.Asks.Untold != plan.None
	if see.may(plan.PartCommitment) {
		a.Result, a.Carried, a.Blocker = u.Result, len(u.Carried), see.name(u.Blocker)
		a.NotNoted = untold && see.names(f.Sessions[u.Asks.Untold].Coach) // which is for the coach of that session to tell
	}
	if a.Result != u.Result || untold && !a.NotNoted { // whether it is overdue would tell the rest
		a.Overdue = !u.By.IsZero() && u.By.Before(see.scope.end(see.scope.Period))
	}
	if see.may(plan.PartSessions) {
		a.Sessions = u.Sessions
	}
	switch {
	case see.may(plan.PartCommitment) && (u.Stands != plan.NotNoted || a.NotNoted):
		a.Stands = u.Stands
	case a.Overdue:
		a.Stands = plan.Overdue
	}
	return a
}

// Page is the check for people: by person, overdue first.
func (c *Check) Page() *page.Page {
	out := &page.Page{Closing: c.summary()}
	for _, p := range c.People {
		out.Add(nameWithID(p.Name, p.ID)+with(", coached by ", p.Coach), "", p.entries()...)
	}
	return out
}

// Message is the check for a chat, where more people may read along than the logbook is for: how much
// is open in all, which names nobody, and only if somebody asks for it what and for whom.
func (c *Check) Message(words bool) *page.Page {
	out := &page.Page{Closing: c.summary()}
	if words {
		out = c.Page()
	}
	out.Title = "Still to be done, " + shortDate(c.Today)
	if n := len(c.Unreadable); n > 0 {
		out.Notes = append(out.Notes, sentence.Count(n, "file")+" couldn't be read, so this isn't all")
	}
	return out
}

// nameWithID is a name with the id, where they differ.
func nameWithID(name, id string) string {
	if name == id {
		return name
	}
	return name + " (" + id + ")"
}

// entries are what is open, by owner.
func (p CheckPerson) entries() []page.Block {
	var blocks []page.Block
	items := make(map[string][]page.Item) // by owner
	for _, a := range p.Actions {
		items[a.Owner] = append(items[a.Owner], a.item())
	}
	p.addGoalItems(items)
	owners := slices.Sorted(maps.Keys(items))
	if i := slices.Index(owners, p.ID); i > 0 { // the person comes first
		owners = slices.Insert(slices.Delete(owners, i, i+1), 0, p.ID)
	}
	for _, owner := range owners {
		blocks = append(blocks, page.List{{Text: "@" + owner, Items: items[owner]}})
	}
	for _, day := range p.Forgotten {
		blocks = append(blocks, page.Paragraph("There is no log of the session agreed for "+shortDate(day)+". If it took place, write its log; if it moved: "+coachlog(p.Logbook)+" move "+localID(p.ID)+" DATE"))
	}
	blocks = append(blocks, p.voidedItems())
	if len(p.Older) == 0 {
		return blocks
	}
	older := page.Item{Text: fmt.Sprintf("not ticked in the notes of %s, and not agreed by anybody yet", shortDate(p.Older[0].Date))}
	older.Items = itemsOf(p.Older, func(t OlderTask) page.Item { return page.Item{Label: "older", Text: t.Text} })
	return append(blocks, page.List{older})
}

func (c *Check) summary() string {
	switch {
	case c.Open() > c.Voided:
	case c.Voided > 0:
		return "Nothing is open, but " + noLonger(c.Voided) + "."
	case len(c.Unreadable) > 0:
		return "Nothing is open in the files that could be read."
	case c.Forgotten > 0:
		return "Nothing is open, but " + withoutLog(c.Forgotten) + "."
	case c.OlderTasks > 0:
		return "Nothing that was agreed is open; " + are(c.OlderTasks, "task") + " not ticked in the newest of the older notes."
	default:
		return "Nothing is open."
	}
	return joined("; ", fmt.Sprintf("%s open, %d overdue", sentence.Count(c.Actions, "action"), c.Overdue), only(c.Goals > 0, sentence.Count(c.Goals, "goal")+" to talk about"),
		only(c.OwedPlans > 0, needNewActions(c.OwedPlans)), only(c.OwedSupport > 0, "support was missing for "+sentence.Count(c.OwedSupport, "goal")),
		only(c.Forgotten > 0, withoutLog(c.Forgotten)), only(c.Voided > 0, noLonger(c.Voided)))
}

func (a CheckAction) item() page.Item {
	it := page.Item{Label: string(a.Stands), Text: a.Text, Small: idMark(a.ID), Below: filled(a.when(), with("for: ", a.Goal))}
	if a.Stands == plan.Overdue || a.Stands == plan.BlockedOn {
		it.Tone = page.Care
	}
	return it
}

// withoutLog says how many agreed sessions have no log.
func withoutLog(days int) string {
	return sentence.CountAs(days, "agreed session has no log", "agreed sessions have no log")
}

// needNewActions says how many plans fell short.
func needNewActions(plans int) string {
	return sentence.CountAs(plans, "plan needs new actions", "plans need new actions")
}

// times is a number of times in words that people use.
func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return sentence.Count(n, "time")
}

// when says by when the action is to be done and how long it has been agreed.
func (a CheckAction) when() string {
	by := "by " + shortDate(a.By)
	switch {
	case a.Stands == plan.NotNoted:
		by = "not talked about yet; asking is the coach's job"
	case a.Stands == plan.BlockedOn && a.Blocker == "": // whom the readers may not see named
		by = "waits for somebody"
	case a.Stands == plan.BlockedOn:
		by = "waits for @" + a.Blocker
	case a.Result == plan.NotDone:
		by = "not done; agree it again or let it go"
	case a.Result == plan.Partly:
		by = "partly done; agree the rest again or let it go"
	case a.Due.IsZero() && a.By.IsZero():
		by = "by the next session"
	case a.Due.IsZero():
		by = "by the next session, " + shortDate(a.By)
	}
	ago := shortDate(a.Agreed)
	switch {
	case a.Days == 0:
		ago = "today"
	case a.Days > 0 && a.Sessions != 0: // --today can lie before it
		ago += fmt.Sprintf(" (%s, %s ago)", sentence.Count(a.Days, "day"), sentence.Count(a.Sessions, "session"))
	case a.Days > 0:
		ago += fmt.Sprintf(" (%s ago)", sentence.Count(a.Days, "day"))
	}
	return joined("; ", by, "agreed "+ago, only(a.Carried > 0, "carried on "+times(a.Carried)))
}

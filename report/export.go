package report

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// An Export says how facts become tables for other programs.
type Export struct {
	Logbook string // its key in a lake
	Version string // of coachlog
	Names   bool   // people are called by their ids
	Key     []byte // of the pseudonyms, where they aren't
	Format  string // of ExportFormats
	CSV     CSV    // how CSV is written
}

// An Exporter makes rows of one person's facts after the other's, and keeps nearly nothing
// of them.
type Exporter struct {
	Export
	readers
	exportFiles

	first  plan.Period            // the first quarter that has a session
	early  map[string]*earlyFacts // whose rows of the quarters before their first session are to come
	named  map[string]bool        // who is only named by others, so far
	called map[[2]string]string   // pseudonyms that were worked out
}

// earlyFacts are somebody's facts before their first session, in the quarter named.
type earlyFacts struct {
	*plan.Facts
	until plan.Period
}

// mostQuarters is for how many quarters there are rows of people: a log of the year 1 makes no
// thousands.
const mostQuarters = 100

// NewExporter begins an export for a group of readers, whose approvals are told beside the
// rows. append adds to a file.
func NewExporter(r *plan.Roster, scope Scope, of Export, append func(name string, text []byte) error) *Exporter {
	return &Exporter{
		Export: of, readers: readers{all: r, scope: scope}, exportFiles: exportFiles{append: append, files: make(map[string]rowWriter), Rows: make(map[string]int)}, first: plan.QuarterOf(scope.Today),
		early: make(map[string]*earlyFacts), named: make(map[string]bool), called: make(map[[2]string]string),
	}
}

// Order is the order in which people are written: by what they are called, since that of ids
// would tell whose a pseudonym is.
func (x *Exporter) Order(ids []string) []string {
	return slices.SortedFunc(slices.Values(ids), func(a, b string) int { return cmp.Compare(x.call(a), x.call(b)) })
}

// Person writes the rows of one person.
func (x *Exporter) Person(f *plan.Facts) error {
	for _, id := range f.Named {
		if x.early[id] == nil {
			x.named[id] = true
		}
	}
	delete(x.named, f.ID)
	from := plan.QuarterOf(x.scope.Today)
	if len(f.Sessions) > 0 && f.Sessions[0].Date.Before(from.From) {
		from = plan.QuarterOf(f.Sessions[0].Date)
	}
	if oldest := plan.QuarterOf(x.scope.Today.AddMonths(-3 * mostQuarters)); from.From.Before(oldest.From) {
		from = oldest
	}
	if from.From.Before(x.first.From) {
		x.first = from
	}
	x.early[f.ID] = &earlyFacts{&plan.Facts{ID: f.ID, Skills: f.Skills}, from}
	x.quarters(f, from, plan.QuarterOf(x.scope.Today))
	x.sessions(f)
	x.results(f)
	x.goals(f)
	x.metrics(f)
	return x.err
}

// End writes what takes everybody: people's rows of the quarters before their first session,
// those of whom others name, and what was exported, and ends all files. A table without rows has a file of
// this quarter, so that whoever reads it finds its columns.
func (x *Exporter) End(complete bool) error {
	for id := range x.named {
		x.early[id] = &earlyFacts{&plan.Facts{ID: id}, plan.QuarterOf(x.scope.Today.AddMonths(3))}
	}
	for _, id := range x.Order(slices.Collect(maps.Keys(x.early))) {
		if f := x.early[id]; x.first.From.Before(f.until.From) {
			x.quarters(f.Facts, x.first, f.until.Before())
		}
	}
	x.put("exports", "", exportOfLogbook{ExportSchema, x.Version, x.scope.Today, x.scope.For, x.Names, complete})
	for _, t := range ExportTables() {
		if x.Rows[t.Name] == 0 {
			x.file(t.Name, plan.QuarterOf(x.scope.Today).Name)
		}
	}
	x.flush(func(w rowWriter) ([]byte, error) { return w.Close("coachlog " + x.Version) })
	return x.err
}

// quarters writes somebody's rows of people and rhythm, from a quarter to another one.
func (x *Exporter) quarters(f *plan.Facts, from, to plan.Period) {
	coaches := coachesOf(f)
	if coach := x.all.CoachOf(x.all.Someone(f.ID)); coach != "" {
		coaches = appendNew(coaches, coach)
	}
	for q := from; !to.From.Before(q.From); q = plan.QuarterOf(q.To.AddDays(1)) {
		now := f.AsOf(q.To)
		x.put("people", q.Name, x.person(f, now, q))
		told := plan.Period{From: q.From, To: x.scope.end(q)}
		forgotten := x.forgotten(now, told)
		for _, coach := range coaches {
			kept := x.all.SessionsKept(now, coach, told)
			theirs := where(forgotten, func(day logparse.Date) bool { return x.all.CoachOn(now, day) == coach })
			if kept.Whole == 0 && len(theirs) == 0 {
				continue
			}
			x.put("rhythm", q.Name, exportRhythm{x.call(f.ID), x.call(coach), kept.Part, kept.Whole, len(theirs)})
		}
	}
}

// person is somebody's row of one quarter.
func (x *Exporter) person(f, now *plan.Facts, q plan.Period) exportPerson {
	then := f.AsOf(q.Before().To)
	kept, _ := x.measure("cadence", now, q)
	skills, _ := x.measure("skills_practised", now, q)
	forgotten, _ := x.measure("sessions_forgotten", now, q)
	row := exportPerson{
		Person: x.call(f.ID), Team: x.callTeam(x.all.Someone(f.ID).TeamOf()), Coach: x.call(x.all.CoachOn(now, q.To)), Coached: x.all.Coached(now, q.From),
		Days: q.From.DaysUntil(x.scope.end(q)) + 1, Kept: kept.Part, Due: kept.Whole, Forgotten: forgotten.Part, Skills: skills.Whole, Practised: skills.Part,
		Sessions: x.may(f.ID, plan.PartSessions), Commitment: x.may(f.ID, plan.PartCommitment), Goals: x.may(f.ID, plan.PartGoals),
		ShareSkills: x.may(f.ID, plan.PartSkills), Metrics: x.may(f.ID, plan.PartMetrics), Open: x.may(f.ID, plan.PartOpen), Coaching: x.may(f.ID, plan.PartCoaching),
		Helpers: x.othersLet("employer", now, then), Coaches: x.othersLet("follow_up", now, then),
	}
	if x.Names {
		row.Name = x.all.Someone(f.ID).Name
	}
	return row
}

func (x *Exporter) sessions(f *plan.Facts) {
	for n, s := range f.Sessions {
		row := exportSession{
			Person: x.call(f.ID), Session: n + 1, Date: s.Date, Status: string(s.Status), Kind: cmp.Or(s.Kind, "regular"), Coach: x.call(s.Coach), Minutes: s.Minutes, Talk: s.Talk,
			Adopted: s.Adopted, GoingWell: s.GoingWell, ToDevelop: s.ToDevelop, Words: s.Words, Next: s.Next,
		}
		x.put("sessions", quarterOf(s.Date), row)
	}
}

func (x *Exporter) results(f *plan.Facts) {
	for n, a := range f.Agreements {
		agreed, now := f.Sessions[a.Agreed], a.Now()
		row := exportResult{
			Person: x.call(f.ID), Action: n + 1, Goal: now.Goal + 1, Owner: x.call(now.Owner), Agreed: agreed.Date, AgreedWith: x.call(agreed.Coach), Due: now.Due,
			Result: string(a.Result), Blocker: x.call(a.Blocker), Carried: len(a.Carried), Skill: now.Skill != "",
		}
		quarter := plan.QuarterOf(agreed.Date)
		if !quarter.To.Before(f.Sessions[a.Began].Date) {
			then := lastBy(f, a.Terms, quarter.To, func(t plan.ActionTerms) int { return t.Session })
			goal := lastBy(f, f.Goals[then.Goal].Terms, quarter.To, func(t plan.GoalTerms) int { return t.Session })
			row.Development = new(then.Skill != "" || goal.Horizon == plan.MidTerm)
		}
		if a.Due != plan.None {
			due := f.Sessions[a.Due]
			row.CameDue, row.CameDueIn, row.CameDueWith, row.FollowedUp = due.Date, quarterOf(due.Date), x.call(due.Coach), new(a.Asked == a.Due)
		}
		if a.Account != plan.None {
			account := f.Sessions[a.Account]
			row.ResultOn, row.ResultIn, row.ResultWith = account.Date, quarterOf(account.Date), x.call(account.Coach)
		}
		x.put("results", quarter.Name, row)
	}
}

// lastBy are the terms that held at the end of a day. The first are there in any case.
func lastBy[T any](f *plan.Facts, terms []T, day logparse.Date, session func(T) int) T {
	last := terms[0]
	for _, t := range terms {
		if !day.Before(f.Sessions[session(t)].Date) {
			last = t
		}
	}
	return last
}

func (x *Exporter) goals(f *plan.Facts) {
	see := view{x.readers, f.ID}
	for n, g := range f.Goals {
		agreed, now := f.Sessions[g.Terms[0].Session].Date, g.Now()
		row := exportGoal{x.call(f.ID), n + 1, string(now.Horizon), agreed, now.Due, x.listed(now.Metric), x.call(now.By), len(g.Terms) - 1}
		x.put("goals", quarterOf(agreed), row)
		for _, v := range g.Verdicts {
			judged := f.Sessions[v.Session].Date
			row := exportVerdict{
				Person: x.call(f.ID), Goal: n + 1, Judged: judged, Due: v.Due, Coach: x.call(v.Coach), ByMetric: v.Metric != "", Outcome: string(v.Outcome), Reached: v.Reached,
				Support: v.Support, Done: v.Coachee.Done, Of: v.Coachee.Whole, OthersDone: v.Others.Done, OthersOf: v.Others.Whole,
				Told: see.names(v.Coach) && see.namesAll(f, &v),
			}
			if v.Answer != plan.None {
				row.Answered = f.Sessions[v.Answer].Date
				row.AnsweredIn = quarterOf(row.Answered)
			}
			x.put("verdicts", quarterOf(judged), row)
		}
		for _, w := range g.Waits {
			row := exportWait{Person: x.call(f.ID), Goal: n + 1, Since: f.Sessions[w.From].Date, Coach: x.call(w.Of), Told: see.names(w.Of)}
			if w.Until != plan.None {
				row.Until = f.Sessions[w.Until].Date
				row.UntilIn = quarterOf(row.Until)
			}
			x.put("waits", quarterOf(row.Since), row)
		}
	}
}

func (x *Exporter) metrics(f *plan.Facts) {
	for _, v := range f.Values {
		if x.listed(v.Metric) != "" {
			x.put("metrics", quarterOf(v.Date), exportValue{x.call(f.ID), v.Metric, v.Date, v.Value})
		}
	}
}

func quarterOf(day logparse.Date) string { return plan.QuarterOf(day).Name }

// listed is a metric's key where the settings list it, else "": a log may have any word there.
func (x *Exporter) listed(metric string) string {
	if _, ok := x.all.Metric(metric); ok {
		return metric
	}
	return ""
}

// call is how somebody is called in an export: by a pseudonym, or by their id.
func (x *Exporter) call(id string) string { return x.pseudonym("p", id) }

// callTeam is how a team is called, whose name may be that of a person.
func (x *Exporter) callTeam(name string) string { return x.pseudonym("t", name) }

// pseudonym is a keyed hash: the same for the same id in the same logbook, as long as the
// key is the same.
func (x *Exporter) pseudonym(kind, id string) string {
	if id == "" || x.Names {
		return id
	}
	called, ok := x.called[[2]string{kind, id}]
	if !ok {
		hash := hmac.New(sha256.New, x.Key)
		hash.Write([]byte(kind + "\x00" + x.Logbook + "\x00" + id))
		called = kind + hex.EncodeToString(hash.Sum(nil)[:8])
		x.called[[2]string{kind, id}] = called
	}
	return called
}

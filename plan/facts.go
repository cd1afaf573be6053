package plan

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// FactsVersion is raised where a field of Facts goes or means something else.
const FactsVersion = 2

// Facts are what one person's files come to once they are judged: days, values,
// ids and places in files. They hold nobody's words, so that they can be kept,
// sent and added up when the files are closed; the words are where the places say.
// Sessions, goals and agreements name each other by their index.
type Facts struct {
	Version     int
	ID          string // whose sessions these are
	Sessions    []SessionFact
	Goals       []GoalFact
	Agreements  []AgreementFact // in the order in which they were agreed
	Values      []ValueFact     // by date
	Skills      []SkillFact     // of the plan, in its order
	Promotions  []logparse.Date
	Assessments []AssessmentFact // that this person wrote, by date
	Named       []string         // ids of the others whom the logs name as coach or owner
	NeedsFiles  bool             // there is more to check than facts tell: older notes' tasks, dates of agreement, a text that isn't as its place has it
}

// A SessionFact is one session: held, planned, missed or cancelled.
type SessionFact struct {
	Path      string
	Date      logparse.Date
	Number    int // among the logs of the day
	Status    logparse.Status
	Kind      string
	Coach     string          // id; "" where nothing says
	Next      logparse.Date   // the day agreed for the next one; zero where none is
	Time      *logparse.Clock // of day; nil where the plan's holds
	Minutes   int
	Talk      *int // percent of the talking done by the coachee; nil where nothing says
	Adopted   bool
	GoingWell int // points of feedback
	ToDevelop int
	Words     int
}

// A GoalFact is a short-term or mid-term goal with what was agreed of it over time.
type GoalFact struct {
	ID       string
	Terms    []GoalTerms // at least one; the last are those that hold
	Verdicts []VerdictFact
	Waits    []WaitFact   // in order
	Running  *RunningGoal // nil once the goal has ended, and as of an earlier day
}

// A Place is where a text stands: in a session's file.
type Place struct {
	Session int
	At      logparse.Span
}

// A RunningGoal is what there is to say about a goal that hasn't ended.
type RunningGoal struct {
	Text   Place
	Said   int           // the last log that speaks of it or of one of its actions
	Come   logparse.Date // the first of its dates that no session has judged; zero where there is none
	Waits  bool          // its date has come, and something is missing
	Wanted []string      // what that is
}

// A WaitFact is a time in which a goal waited for something.
type WaitFact struct {
	From  int    // the session
	Until int    // the one that ended it; None while it goes on
	Of    string // id: whose plan it was
}

// GoalTerms are what holds of a goal once a session has stated it: what that
// session leaves out is as it was agreed before. One that changes nothing is left out.
type GoalTerms struct {
	Session int
	Horizon Horizon
	Due     logparse.Date
	Metric  string // of the target; "" where it has none
	By      string // id of who proposed it
}

// A VerdictFact is the judgement of a goal for one date.
type VerdictFact struct {
	Session int           // that judged it
	Due     logparse.Date // the goal's date; zero where it had none
	Coach   string        // id: whose plan it was
	Metric  string        // of the target; "" where it has none
	Set     []int         // the agreements that count
	Coachee DonePart      // the coachee's part of them
	Others  DonePart      // everybody else's
	Support bool          // support was missing: said first, and still owed
	Reached bool
	Outcome Outcome
	Answer  int // the log that gave a plan that fell short new actions; None where none has
}

// An AgreementFact is one agreed action, and its one account.
type AgreementFact struct {
	ID      string
	Agreed  int           // the session
	Began   int           // the same; of a later turn of a repeated action the session in which the turn began
	Terms   []ActionTerms // at least one; the last are those that hold
	Due     int           // the first session at which it was due; None where none was
	Asked   int           // the first from then on that talked about it; None while none has
	Carried []int         // the sessions that moved it on once it was due
	Account int           // the session that gave the result, or ended it; None while it is open
	Result  Result
	Blocker string   // id of who blocks it
	Settled int      // the log that settled what the result left; None while none has
	Asks    *AskFact // nil where nobody has to say anything any more, and as of an earlier day
}

// An AskFact is what there is to say about an action of which somebody still has to say
// what became of it.
type AskFact struct {
	Text   Place
	Goal   int           // that it is for now
	Stated int           // the session that last stated it in full
	Line   int           // in that session's file, from 1
	From   logparse.Date // sessions from this day on ask about it; zero where all do
	Until  logparse.Date // until this day; zero without end
	Due    logparse.Date // its own date; zero where it has none
	Dated  bool          // it is due on its date
	Once   bool          // it isn't repeated
	Untold int           // the last session at which it was due and nobody talked about it; None where it was moved on since
}

// ActionTerms are what holds of an action once a session has stated it. One that changes nothing
// is left out.
type ActionTerms struct {
	Session int
	Goal    int    // that it is for
	Owner   string // id
	Due     logparse.Date
	Skill   string
}

// A ValueFact is a metric's value of one day.
type ValueFact struct {
	Metric string
	Date   logparse.Date
	Value  float64
}

// A SkillFact is one skill of the plan.
type SkillFact struct {
	Name  string
	Next  bool // it is for the next role, not for the current one
	Level SkillLevel
}

// An AssessmentFact is the answers to one question about a coach: a form's
// question, and no text of anybody's.
type AssessmentFact struct {
	About    string // id of the coach
	Kind     string
	Date     logparse.Date
	Question string
	Answers  []int // from 1 to 5
}

// None is the index of no session.
const None = -1

// in are the same terms as another session's.
func (t GoalTerms) in(session int) GoalTerms { t.Session = session; return t }

// in are the same terms as another session's.
func (t ActionTerms) in(session int) ActionTerms { t.Session = session; return t }

// Now are the terms that hold.
func (g GoalFact) Now() GoalTerms { return g.Terms[len(g.Terms)-1] }

// Now are the terms that hold.
func (a AgreementFact) Now() ActionTerms { return a.Terms[len(a.Terms)-1] }

// Owner is the id of whose action it is.
func (a AgreementFact) Owner() string { return a.Now().Owner }

// AccountIn says whether an agreement got its result in a session of a period.
func (f *Facts) AccountIn(a AgreementFact, period Period) bool {
	return a.Account != None && period.Contains(f.Sessions[a.Account].Date)
}

// before says whether a session comes before another of the same person.
func (s SessionFact) before(other SessionFact) bool {
	return cmp.Or(s.Date.Compare(other.Date), cmp.Compare(s.Number, other.Number)) < 0
}

// Held says whether the session took place.
func (s SessionFact) Held() bool { return s.Status == logparse.Held }

// ByMetric are the values of each metric, by date.
func (f *Facts) ByMetric() map[string][]ValueFact {
	of := make(map[string][]ValueFact)
	for _, v := range f.Values {
		of[v.Metric] = append(of[v.Metric], v)
	}
	return of
}

// Values are those of a period.
func (p Period) Values(all []ValueFact) (values []ValueFact) {
	for _, v := range all {
		if p.Contains(v.Date) {
			values = append(values, v)
		}
	}
	return values
}

// AsOf are the facts as they stood at the end of a day: judging the files without
// what is dated later gives the same.
func (f *Facts) AsOf(day logparse.Date) *Facts {
	then := *f
	then.Sessions = upTo(f.Sessions, func(s SessionFact) bool { return !day.Before(s.Date) })
	then.Values = upTo(f.Values, func(v ValueFact) bool { return !day.Before(v.Date) })
	n := len(then.Sessions)
	if n == len(f.Sessions) && len(then.Values) == len(f.Values) {
		return f
	}
	then.Goals = changed(upTo(f.Goals, func(g GoalFact) bool { return g.Terms[0].Session < n }), func(g *GoalFact) { g.cut(n) })
	then.Agreements = changed(upTo(f.Agreements, func(a AgreementFact) bool { return a.Began < n }), func(a *AgreementFact) { a.cut(n) })
	return &then
}

// cut leaves of an agreement what there was before the session with an index.
func (a *AgreementFact) cut(session int) {
	a.Asks = nil
	a.Terms = upTo(a.Terms, func(t ActionTerms) bool { return t.Session < session })
	a.Carried = upTo(a.Carried, func(s int) bool { return s < session })
	cutOff(session, &a.Due, &a.Asked, &a.Settled)
	if a.Account >= session {
		a.Account, a.Result, a.Blocker = None, Open, ""
	}
}

// cut leaves of a goal what there was before the session with an index.
func (g *GoalFact) cut(session int) {
	g.Running = nil
	g.Terms = upTo(g.Terms, func(t GoalTerms) bool { return t.Session < session })
	g.Waits = changed(upTo(g.Waits, func(w WaitFact) bool { return w.From < session }), func(w *WaitFact) { cutOff(session, &w.Until) })
	g.Verdicts = changed(upTo(g.Verdicts, func(v VerdictFact) bool { return v.Session < session }), func(v *VerdictFact) { cutOff(session, &v.Answer) })
}

// cutOff leaves None of the sessions from one on.
func cutOff(session int, places ...*int) {
	for _, at := range places {
		if *at >= session {
			*at = None
		}
	}
}

// changed is a copy with each element changed.
func changed[T any](all []T, change func(*T)) []T {
	all = slices.Clone(all)
	for i := range all {
		change(&all[i])
	}
	return all
}

// upTo are the first ones for which a test holds.
func upTo[T any](all []T, holds func(T) bool) []T {
	n := slices.IndexFunc(all, func(t T) bool { return !holds(t) })
	if n < 0 {
		return all
	}
	return all[:n]
}

package plan

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

// A Result is what became of an agreed action.
type Result string

// The results. Open means that the account is still to come.
const (
	Open      Result = "open"
	Kept      Result = "kept"
	Partly    Result = "partly"
	NotKept   Result = "not kept"
	Dropped   Result = "dropped"    // by agreement: out of every count
	NoAccount Result = "no account" // the coach's: in no rate of the owner
)

// An Agreement is one action that was agreed, and its one account.
type Agreement struct {
	Goal   *Goal
	ID     string // without ^; "" where it has none
	Text   string // as last stated
	Owner  string // id; the coachee where nobody is named
	Due    logparse.Date
	Skill  string // that it practises, by name (method 8); "" where no log says
	By     string // id of who proposed it (method 65); "" where no log says
	Agreed *Log   // the session in which it was agreed

	Counters []logparse.Counter // what somebody would rather do (method 60), as any log says below the action

	Stated       *logparse.Action // as last stated
	StatedIn     *Log
	Carried      int            // how often the account was moved on with [>]
	carriedIn    []*Log         // the sessions that moved it on
	Progress     logparse.State // what was last written of it before its account
	ProgressIn   *Log
	Result       Result
	Account      *Log           // the session where the account was due; nil while open
	AccountItem  *logparse.Item // what that session says of it; nil where it says nothing
	FollowUpMiss bool           // nothing was said of it when its account was due
	Late         *Mention       // what a later session says of it where no account was given; it counts for nothing

	terms    []ActionTerms
	identity identity
}

// Closed says whether the account is no longer to come.
func (a *Agreement) Closed() bool { return a.Result != Open }

// DueOn says whether the account is due at a held session of a day after the agreement.
func (a *Agreement) DueOn(day logparse.Date) bool {
	return a.Due.IsZero() || !day.Before(a.Due)
}

// state takes note of an action that a session's plan states again.
func (a *Agreement) state(log *Log, action *logparse.Action, owner string) {
	it := action.Item
	a.identity = mergeIdentity(a.identity, identityOf(it))
	a.ID, a.Text = a.identity.id, it.Text
	if it.Due.Set {
		a.Due = it.Due.V
	}
	if it.Owner.Set || a.Owner == "" {
		a.Owner = owner
	}
	if it.Skill.Set {
		a.Skill = it.Skill.V
	}
	if it.By.Set {
		a.By = log.resolve(it.By.V)
	}
	a.terms = append(a.terms, ActionTerms{log.index, a.Owner, a.Due, a.Skill, it.Span})
	// A line that only carries on, by id or text, doesn't replace the whole one.
	if a.Stated == nil || it.State != logparse.Carried || it.Owner.Set || it.Due.Set || len(it.Items) > 0 {
		a.Stated, a.StatedIn = action, log
	}
	a.addCounters(it)
	a.note(log, it.State)
}

// note takes note of progress. A log can name an action twice, in its account
// and in its plan; a tick in either counts.
func (a *Agreement) note(log *Log, state logparse.State) {
	if a.ProgressIn == log && a.Progress == logparse.Done {
		return
	}
	a.Progress, a.ProgressIn = state, log
}

// addCounters takes note of the counter-proposals below an item, each once.
func (a *Agreement) addCounters(it *logparse.Item) {
	for _, c := range it.Counters() {
		if c.Text != "" && !slices.ContainsFunc(a.Counters, func(other logparse.Counter) bool { return other.Text == c.Text }) {
			a.Counters = append(a.Counters, c)
		}
	}
}

// close settles the account at a session that says nothing of the action, or
// says it with item.
func (a *Agreement) close(log *Log, item *logparse.Item) {
	a.Account, a.AccountItem = log, item
	if item != nil {
		a.addCounters(item)
	}
	if item == nil || item.State == logparse.Unknown { // nobody can say what the mark means
		a.FollowUpMiss = true
		a.Result = NoAccount
		if a.Progress == logparse.Done {
			a.Result = Kept // ticked in the old log
		}
		return
	}
	switch item.State {
	case logparse.Done:
		a.Result = Kept
	case logparse.Partly:
		a.Result = Partly
	case logparse.Dropped:
		a.Result = Dropped
	default:
		a.Result = NotKept
	}
}

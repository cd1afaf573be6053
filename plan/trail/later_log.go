package trail

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var recordChanged = &Check{
	ID:    "record-changed",
	Title: "What a log or plan had recorded was changed on a later day",
	Why:   "Past figures and verdicts come from it, and nobody can correct a change that they weren't told about.",
}

var movedAfterDue = &Check{
	ID:    "moved-after-due",
	Title: "A target, a date, an owner or a line of a held session's log changed after it was due",
	Why:   "A goal is checked on its day, against what it said then. Moving a target afterwards changes both people's figures.",
}

var accountChanged = &Check{
	ID:    "account-changed",
	Title: "Results were edited after the next session",
	Why:   "The next session was built on these results. Changing them afterwards changes both people's figures, and nobody is told.",
}

const (
	restoreLine    = "restore the line; new agreements belong in the next session's log"
	restoreResults = "restore the results as they were; write anything new into the next session's log"
	restoreRecord  = "restore what it said, or have both sign off the new text: coachlog agree"
)

// A logFact is one thing that the head of a log says.
type logFact struct {
	key, value string
	at         logparse.Span
}

// ofLog compares two versions of the log of a session that was held, missed or cancelled.
func (d *differences) ofLog(before, after *logparse.Document) {
	if after.Session == nil || after.Session.Status.V == "" {
		status := string(before.Session.Status.V)
		d.add(logRemoved, "status", status, "", "the session was "+status+", and since "+d.day.String()+" the log no longer says so", "git still has its text: git show "+plan.Short(d.file.Before), anyEffect)
		return
	}
	if d.day == d.audit.heldOn[d.file.was] {
		return
	}
	closed, onlyIf := d.closedBy(before), movesFigure
	early := closed == "" && before.Session.Date.V.DaysUntil(d.day) <= rightAway
	d.ofHead(before, after, early)
	if !held(before) {
		return
	}
	if closed == "" {
		onlyIf = movesGiven
	}
	if closed == "" && !early {
		closed = aWeekLater
	}
	if closed != "" {
		d.ofResults(before, after, closed)
	}
	d.ofTerms(before, after)
	if len(d.found) > 0 {
		return
	}
	d.ofNewValues(before, after, onlyIf)
	if closed != "" && len(d.found) == 0 {
		d.add(recordChanged, "text", d.file.Before, d.file.After, "the text was edited on "+d.day.String()+", "+closed, restoreRecord, onlyIf)
	}
}

// rightAway is for how many days results, and what else moves no verdict, can be put right
// where no session came since.
const (
	rightAway  = 7
	aWeekLater = "more than a week after the session"
)

// ofHead compares what the front matter says: a value that wasn't there is no change, and
// for the first days one that moves no verdict or rate isn't told.
func (d *differences) ofHead(before, after *logparse.Document, early bool) {
	now := make(map[string]logFact)
	for _, f := range d.factsOf(after) {
		now[f.key] = f
	}
	for _, f := range d.factsOf(before) {
		is := now[f.key]
		where := f.key
		if !(is.at == logparse.Span{}) {
			where += fmt.Sprintf(" (line %d)", after.Position(is.at.Start).Line)
		}
		switch f.key {
		case "status":
			if f.value == string(logparse.Held) {
				d.add(logRemoved, f.key, f.value, is.value, "the session was held, and since "+d.day.String()+" the log no longer says so, but "+is.value, "if it was held, write `status: held` again", anyEffect)
				continue
			}
		case "date":
			d.add(dateContradicted, f.key, f.value, is.value, d.words("the date of a held session", f.value, is.value), "restore the day when the two met", anyEffect)
			continue
		}
		if l := d.changed(recordChanged, f.key, where, f.value, is.value, restoreRecord); l != nil && early && f.key != "coachee" {
			l.onlyIf = movesFigure
		}
	}
	if after.Session.Adopted.Set && !before.Session.Adopted.Set {
		d.changed(recordChanged, "adopted", "adopted", "", after.Session.Adopted.V.String(), restoreRecord)
	}
}

// ofNewValues tells of values that the log hadn't got: a metric may have had another one.
func (d *differences) ofNewValues(before, after *logparse.Document, onlyIf effect) {
	for _, m := range after.Session.Metrics {
		if !slices.ContainsFunc(before.Session.Metrics, func(was logparse.Measure) bool { return was.Metric == m.Metric }) {
			value := logparse.FormatNumber(m.Value)
			d.add(recordChanged, "the value of "+m.Metric, "", value, fmt.Sprintf("a value of %s (line %d) was added on %s: %s", m.Metric, after.Position(m.Span.Start).Line, d.day, value), restoreRecord, onlyIf)
		}
	}
}

// factsOf are what a log's head says, with what holds where it says nothing.
func (d *differences) factsOf(doc *logparse.Document) []logFact {
	s, book := doc.Session, d.audit.Book
	coachee := book.Resolve(s.Coachee.V)
	coach := book.Resolve(s.Coach.V)
	if !s.Coach.Set {
		coach = book.CoachOf(book.Someone(coachee))
	}
	facts := []logFact{{"coachee", coachee, s.Coachee.Span}, {"coach", coach, s.Coach.Span}, {"date", s.Date.V.String(), s.Date.Span},
		{"status", string(s.Status.V), s.Status.Span}, {"kind", cmp.Or(s.Kind.V, "regular"), s.Kind.Span}}
	if s.Minutes.Set {
		facts = append(facts, logFact{"minutes", strconv.Itoa(s.Minutes.V), s.Minutes.Span})
	}
	if s.Talk.Set {
		facts = append(facts, logFact{"talk", strconv.Itoa(s.Talk.V), s.Talk.Span})
	}
	for _, m := range s.Metrics {
		facts = append(facts, logFact{"the value of " + m.Metric, logparse.FormatNumber(m.Value), m.Span})
	}
	return facts
}

// closedBy says since when a log's results are what later ones were built on: "" while
// they can still be put right.
func (d *differences) closedBy(before *logparse.Document) string {
	if next := d.audit.nextHeld(d.commit, d.file.Path, before.Session.Date.V); !next.IsZero() {
		return "after the session of " + next.String() + " had been held"
	}
	if before.Session.Date.V.DaysUntil(d.day) > lateDays {
		return fmt.Sprintf("more than %d days after the session", lateDays)
	}
	return ""
}

// ofResults compares what Follow-through says. A remark is no result.
func (d *differences) ofResults(before, after *logparse.Document, since string) {
	for _, c := range plan.Changes(before, after) {
		var was, is logparse.State
		switch {
		case !c.Account || c.What != "goal" && c.What != "action":
			continue
		case c.After != nil:
			is = c.After.State
		}
		if c.Before != nil {
			was = c.Before.State
		}
		if was == is || !given(was) && (since == aWeekLater || !given(is)) {
			continue
		}
		item := cmp.Or(c.After, c.Before)
		where := ""
		if c.After != nil {
			where = fmt.Sprintf(" (line %d)", after.Position(item.Span.Start).Line)
		}
		if l := d.add(accountChanged, "result "+named(item), markName(was), markName(is), fmt.Sprintf("%s%s from %s to %s", named(item), where, markName(was), markName(is)), restoreResults, anyEffect); l != nil {
			l.intro = fmt.Sprintf("the results in Follow-through were changed on %s, %s: ", d.day, since)
		}
	}
}

func given(s logparse.State) bool {
	return s != logparse.Plain && s != logparse.Open && s != logparse.Unknown
}

func markName(s logparse.State) string {
	if !given(s) {
		return "none"
	}
	return s.String()
}

var termNames = map[string]string{plan.VerbMoved: "date", plan.VerbTarget: "target", plan.VerbOwner: "owner"}

// ofTerms compares the goals and actions that a held session agreed.
func (d *differences) ofTerms(before, after *logparse.Document) {
	for _, c := range plan.Changes(before, after) {
		if c.Before == nil || c.Account || c.What != "goal" && c.What != "action" {
			continue
		}
		item, term := named(c.Before), termNames[c.Verb]
		was, is := terms(c)
		if c.Verb == plan.VerbOwner {
			was, is = d.owner(c.Before), d.owner(c.After)
		}
		if term != "" {
			what := "the " + term + " of " + item
			d.late(c.Before, before, what, was, is, what+" was moved from "+cmp.Or(was, "none")+" to "+cmp.Or(is, "none"))
		} else if c.Verb == plan.VerbRemoved {
			d.late(c.Before, before, "line "+item, item, "", item+" was removed")
		}
	}
	d.ofWords(before, after)
}

func (d *differences) owner(it *logparse.Item) string {
	if !it.Owner.Set {
		return d.people[0]
	}
	return d.audit.Book.Resolve(it.Owner.V)
}

// late adds a change to a line that was due already.
func (d *differences) late(was *logparse.Item, before *logparse.Document, key, from, to, what string) {
	if when := d.whenDue(was, before); when != "" {
		d.add(movedAfterDue, key, from, to, what+" on "+d.day.String()+", when "+when+" had passed", restoreLine, anyEffect)
	}
}

// whenDue says when a line was due; nothing where that isn't over.
func (d *differences) whenDue(was *logparse.Item, before *logparse.Document) string {
	if was.Due.Set {
		if was.Due.V.Before(d.day) {
			return "its date " + was.Due.V.String()
		}
		return ""
	}
	if next := d.audit.nextHeld(d.commit, d.file.Path, before.Session.Date.V); !next.IsZero() {
		return "the session of " + next.String() + ", at which it was due,"
	}
	return ""
}

// ofWords compares the words of the lines that keep their id. A typo is no other text, but
// several of them may come to one.
func (d *differences) ofWords(before, after *logparse.Document) {
	now := make(map[string]*logparse.Item)
	for _, it := range planLines(after.Session) {
		now[it.ID.V] = it
	}
	for _, was := range planLines(before.Session) {
		is := now[was.ID.V]
		if is == nil || was.NormalText == is.NormalText || d.whenDue(was, before) == "" {
			continue
		}
		key := textOf + "^" + was.ID.V
		from, slowly := was, ""
		if onlyTypos(was.NormalText, is.NormalText) {
			from, slowly = d.audit.beforeTypos(d.file.was, d.file.Path, was), ", little by little,"
			if onlyTypos(from.NormalText, is.NormalText) {
				continue
			}
		}
		delete(d.audit.typed, d.file.Path+" ^"+was.ID.V)
		d.late(was, before, key, from.Text, is.Text, fmt.Sprintf("%s was changed from %q%s to %q", key, from.Text, slowly, is.Text))
	}
}

const textOf = "the text of "

// planLines are the goals and actions of a log's plan that have an id.
func planLines(s *logparse.Session) (items []*logparse.Item) {
	for _, g := range slices.Concat(s.ShortTerm, s.MidTerm) {
		items = append(items, g.Item)
		for _, action := range g.Actions {
			items = append(items, action.Item)
		}
	}
	return slices.DeleteFunc(items, func(it *logparse.Item) bool { return !it.ID.Set })
}

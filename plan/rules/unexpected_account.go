package rules

import (
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

var unexpectedAccount = &Rule{
	ID: "unexpected-account", Title: "A result belongs to one action that was agreed",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{61, 79},
	Why:  "A result for something that nobody agreed doesn't count, nor does a second one for the same action. Mostly the id is a letter off, or an action without an id was put in other words.",
	Bad:  "- [x] Open every call with the standard greeting ^gret",
	Good: "- [x] Open every call with the standard greeting ^greet",
	find: func(f *finder) {
		person := f.log.Person
		for _, m := range person.Twice {
			if m.Log == f.log {
				f.at(m.Item.TextSpan, "this is a second line about %q; the first one counts", m.Item.Text).todo("delete one of the two, or give this its own id")
			}
		}
		guess := f.guesses()
		for _, m := range person.Unexpected {
			if m.Log != f.log || person.CountedLogs()[0] == f.log || guess.closed(m.Item) {
				continue // what was agreed before the first log, nobody can say
			}
			finding := f.at(m.Item.TextSpan, "nobody had agreed %q", m.Item.Text).todo("use the id or the text with which it was agreed")
			if a := guess.likely(m.Item, nil); a != nil {
				finding.todo("is it %s, agreed on %s? then use its id or its words", nameOf(a), on(a.Agreed.Date))
			}
		}
		for _, a := range person.Agreements {
			if a.Agreed != f.log || a.StatedIn != f.log {
				continue
			}
			if old := guess.likely(a.Stated.Item, a.Goal); old != nil {
				f.at(a.Stated.TextSpan, "is %q the same as %s, which is still open?", a.Text, nameOf(old)).
					todo("if it is, give both one ^id, or drop the old one with [-]; if not, leave both")
			}
		}
	},
}

// A guesser knows the actions of before a log, of which a line of it may speak in other words.
type guesser struct {
	closedIDs, closedTexts map[string]bool          // of those that have their result
	open                   map[*plan.Goal][]wording // that the log doesn't speak of, by goal; of nil all
}

// A wording is an action with the words that it has.
type wording struct {
	*plan.Agreement
	words []string
	has   map[string]bool
}

// mostOpen is how many open actions a line is compared with: of hundreds, any may be meant.
const mostOpen = 50

func (f *finder) guesses() *guesser {
	g := &guesser{make(map[string]bool), make(map[string]bool), make(map[*plan.Goal][]wording)}
	for _, a := range f.log.Person.Agreements {
		if a.Account != nil && a.Account != f.log {
			g.closedIDs[a.ID], g.closedTexts[a.Text] = true, true
		}
		if !a.Closed() && a.Agreed.Before(f.log) && a.StatedIn != f.log && lineAbout(a, f.log) == nil {
			w := newWording(a)
			for _, under := range []*plan.Goal{nil, a.Goal} {
				if len(g.open[under]) < mostOpen {
					g.open[under] = append(g.open[under], w)
				}
			}
		}
	}
	return g
}

func newWording(a *plan.Agreement) wording {
	w := wording{a, strings.Fields(plainWords(a.Text)), make(map[string]bool)}
	for _, word := range w.words {
		w.has[word] = true
	}
	return w
}

// closed says whether an item speaks of an action that has its result: what is said of
// it later is no slip.
func (g *guesser) closed(it *logparse.Item) bool {
	return it.ID.Set && g.closedIDs[it.ID.V] || g.closedTexts[it.Text]
}

// likely is an open action that an item may mean in other words, or nil. Under one goal, ids
// tell two actions apart.
func (g *guesser) likely(it *logparse.Item, goal *plan.Goal) *plan.Agreement {
	if len(g.open[goal]) == 0 {
		return nil
	}
	of := newWording(&plan.Agreement{Text: it.Text})
	for _, w := range g.open[goal] {
		if apart := goal != nil && w.ID != "" && it.ID.Set; !apart && w.alike(of) {
			return w.Agreement
		}
	}
	return nil
}

// alike says whether most words of the shorter of two texts are in the other one too.
func (w wording) alike(other wording) bool {
	if len(w.words) > len(other.words) {
		w, other = other, w
	}
	same := 0
	for _, word := range w.words {
		if other.has[word] {
			same++
		}
	}
	return same >= 2 && 3*same >= 2*len(w.words)
}

package assist

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/logparse/canonical"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
)

// An Action is something that can be done about a place in the text.
type Action struct {
	Title string
	Mends *rules.Finding // nil of what mends none
	Edits []logparse.Edit
}

// Actions are what can be done about a part of the text, in which lint has found something.
func (v *View) Actions(at logparse.Span, findings []rules.Finding) (actions []Action) {
	for i := range findings {
		if f := &findings[i]; f.Span.Start <= at.End && at.Start <= max(f.Span.End, f.Span.Start) {
			actions = append(actions, v.mends(f)...)
		}
	}
	if v.Person == nil || v.Doc.Session == nil {
		return actions
	}
	it, section := itemAt(v.Doc, at.Start)
	more := []Action{}
	switch {
	case section != nil && section.Name == logparse.FollowUp, v.followUpHeading(at):
		more = v.carryOn(nil)
	case it != nil && it.IsTask() && it.Text != "" && (section.Name == logparse.ShortTerm || section.Name == logparse.MidTerm):
		more = v.aboutItem(it)
	}
	for _, a := range more {
		if !slices.ContainsFunc(actions, func(o Action) bool { return o.Title == a.Title }) {
			actions = append(actions, a)
		}
	}
	return actions
}

func (v *View) followUpHeading(at logparse.Span) bool {
	s := v.Doc.Session.Section(logparse.FollowUp)
	return s != nil && holds(s.Heading, at.Start)
}

// mends are the ways to mend what was found, the last one to keep it with a reason.
func (v *View) mends(f *rules.Finding) (actions []Action) {
	if f.Fix != nil {
		actions = append(actions, Action{f.Fix.Title, f, f.Fix.Edits})
	}
	if v.Person != nil && v.Doc.Session != nil {
		switch f.Rule {
		case "account-missing", "action-left":
			actions = append(actions, v.carryOn(f)...)
		case "plan-owed":
			actions = append(actions, v.newActions(f)...)
		case "owner-in-text":
			if it, _ := itemAt(v.Doc, f.Span.Start); it != nil {
				actions = append(actions, v.owners(it, f)...)
			}
		}
	}
	if silence, ok := v.silence(f); ok {
		actions = append(actions, silence)
	}
	return actions
}

// silence keeps what was found, by a comment in which somebody has to write why.
func (v *View) silence(f *rules.Finding) (Action, bool) {
	rule, line := rules.Find(f.Rule), v.Doc.Position(f.Span.Start).Line
	isIgnored := slices.ContainsFunc(v.Doc.Ignores, func(i logparse.Ignore) bool { return i.Line <= line && line <= i.Last })
	if rule == nil || !rule.CanBeSilenced() || line > v.Doc.LineCount() || isIgnored || v.Doc.Kind == logparse.SettingsFile || v.Doc.Kind == logparse.MetricsFile {
		return Action{}, false
	}
	end := v.Doc.LineSpan(line).End
	comment := " <!-- coachlog: ignore " + f.Rule + ": -->"
	if f.Span.Start < v.Doc.Front.Span.End {
		comment = " # coachlog: ignore " + f.Rule + ": "
		if bytes.HasPrefix(v.Doc.Text[f.Span.Start:], []byte("---")) {
			return Action{}, false // a comment there would be part of the line
		}
	}
	return Action{"Keep it as it is, and write why (" + f.Rule + ")", f, insertion(end, comment)}, true
}

// aboutItem is what can be done about a goal or an action of the plan.
func (v *View) aboutItem(it *logparse.Item) (actions []Action) {
	if v.goalOf(it) != nil {
		return nil
	}
	actions = v.owners(it, nil)
	if !it.Every.Set {
		actions = append(actions, Action{"Repeat it each week", nil, behind(it, "every:week")}, Action{"Repeat it each month", nil, behind(it, "every:month")})
	}
	return actions
}

// owners give an action to somebody: to whom it names, and to the coach.
func (v *View) owners(it *logparse.Item, f *rules.Finding) (actions []Action) {
	if it.Owner.Set {
		return nil
	}
	var ids []string
	for _, named := range it.NamedInText(v.Doc.Source) {
		ids = append(ids, v.Book.Resolve(named.V))
	}
	if f != nil {
		ids = append(ids, v.Person.ID)
	}
	ids = append(ids, v.Book.CoachOf(v.Person))
	for i, id := range ids {
		if p := v.Book.Someone(id); p.Known && !slices.Contains(ids[:i], id) {
			actions = append(actions, Action{fmt.Sprintf("Give it to %s (@%s)", p.Name, id), f, behind(it, "@"+id)})
		}
	}
	return actions
}

func insertion(at int, text string) []logparse.Edit {
	return []logparse.Edit{{Span: logparse.Span{Start: at, End: at}, Text: text}}
}

// behind writes a token behind an item's text and tokens.
func behind(it *logparse.Item, token string) []logparse.Edit {
	end := it.TextSpan.End
	for _, span := range []logparse.Span{it.ID.Span, it.Owner.Span, it.Due.Span, it.Target.Span, it.Skill.Span, it.By.Span, it.Every.Span} {
		end = max(end, span.End)
	}
	return insertion(end, " "+token)
}

// newActions gives a plan that fell short a place for a new action: below the goal, or with
// the goal where this log doesn't state it.
func (v *View) newActions(f *rules.Finding) (actions []Action) {
	for _, owed := range v.Person.OwedPlans() {
		g := owed.Goal
		if !strings.Contains(f.Message, fmt.Sprintf("%q", g.Text)) {
			continue
		}
		title := fmt.Sprintf("Add a new action for %q", g.Text)
		at := slices.IndexFunc(v.Doc.Session.ShortTerm, func(goal *logparse.Goal) bool { return v.goalOf(goal.Item) == g })
		if at >= 0 {
			actions = append(actions, Action{title, f, v.newAction(v.Doc.Session.ShortTerm[at].Item)})
			continue
		}
		last := g.LastStated()
		text := last.Log.Doc.Copy(last.Goal.Item, "", func(it *logparse.Item) (logparse.State, bool) { return logparse.Open, it == last.Goal.Item })
		if edits, ok := v.append(logparse.ShortTerm, text+"\n  - [ ] "); ok {
			actions = append(actions, Action{title, f, edits})
		}
	}
	return actions
}

// newAction is a place for an action below a goal.
func (v *View) newAction(it *logparse.Item) []logparse.Edit {
	start := it.Marker.Start
	line, _ := lineBefore(v.Doc, start)
	indent := indentOf(line) + strings.Repeat(" ", it.Marker.End-it.Marker.Start+1)
	end := it.Span.Start + len(bytes.TrimRight(v.Doc.Text[it.Span.Start:it.Span.End], " \t\r\n"))
	return insertion(end, v.Doc.LineEnd()+indent+"- [ ] ")
}

// carryOn writes what is still open of earlier sessions into this log: each on its own, and all.
func (v *View) carryOn(f *rules.Finding) (actions []Action) {
	var lines []string
	for _, a := range v.Person.Agreements {
		if !v.isUntold(a) {
			continue
		}
		line := "- [>] " + a.Text
		if a.ID != "" {
			line += " ^" + a.ID
		}
		if a.Owner != v.Person.ID {
			line += " @" + a.Owner
		}
		lines = append(lines, line)
		if edit, ok := v.append(logparse.FollowUp, line); ok {
			actions = append(actions, Action{fmt.Sprintf("Carry on %q", a.Text), f, edit})
		}
	}
	if len(lines) > 1 {
		if edit, ok := v.append(logparse.FollowUp, strings.Join(lines, "\n")); ok {
			actions = append(actions, Action{fmt.Sprintf("Carry on all %d actions that are open", len(lines)), f, edit})
		}
	}
	return actions
}

// isUntold says whether an action of an earlier session is due in this one, which says nothing
// of it.
func (v *View) isUntold(a *plan.Agreement) bool {
	day := v.day()
	said := slices.ContainsFunc(a.Said, func(m *plan.Mention) bool { return m.Log.Path() == v.Doc.Path })
	due := a.Untold != nil && a.Untold.Path() == v.Doc.Path || a.Unsettled() || a.DueOn(day)
	return !said && a.Live() && due && a.Agreed.Date.Before(day)
}

// append adds lines to a section, where that can be read as it is meant.
func (v *View) append(section logparse.SectionName, lines string) ([]logparse.Edit, bool) {
	edit, err := v.Doc.AppendItems(section, lines)
	if err == nil {
		_, err = v.Doc.Apply(edit)
	}
	return []logparse.Edit{edit}, err == nil
}

// Format is what turns the text into its one form.
func Format(doc *logparse.Document) []logparse.Edit {
	edits := canonical.Edits(doc)
	if _, err := doc.Apply(edits...); err != nil {
		return nil
	}
	return edits
}

package report

import (
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

// A Log is what one session log says, for programs; docs/format.md documents it.
// Confidential text is not in it.
type Log struct {
	Type    string             `json:"type"`
	File    string             `json:"file"`
	Coachee string             `json:"coachee,omitempty"`
	Coach   string             `json:"coach,omitempty"`
	Date    logparse.Date      `json:"date"`
	Status  logparse.Status    `json:"status,omitempty"`
	Kind    string             `json:"kind,omitempty"`
	Minutes *int               `json:"minutes,omitempty"`
	Talk    *int               `json:"talk,omitempty"`
	Next    *logparse.Date     `json:"next,omitempty"`
	Metrics map[string]float64 `json:"metrics,omitempty"`
	Adopted *logparse.Date     `json:"adopted,omitempty"` // the day on which older notes were taken in as this log

	FollowThrough []LogGoal `json:"follow_through,omitempty"`
	ShortTerm     []LogGoal `json:"short_term_goals,omitempty"`
	MidTerm       []LogGoal `json:"mid_term_goals,omitempty"`
	LongTerm      []LogItem `json:"long_term_goals,omitempty"`

	Diagnostics []LogDiagnostic `json:"diagnostics,omitempty"`
}

// A LogGoal is a goal with its actions.
type LogGoal struct {
	LogItem
	Actions []LogItem `json:"actions,omitempty"`
}

// A LogItem is a goal or an action as it is written.
type LogItem struct {
	State   logparse.State `json:"state"`
	Text    string         `json:"text"`
	ID      string         `json:"id,omitempty"`
	Owner   string         `json:"owner,omitempty"`
	Due     *logparse.Date `json:"due,omitempty"`
	Metric  string         `json:"metric,omitempty"`
	Skill   string         `json:"skill,omitempty"`
	By      string         `json:"proposed_by,omitempty"`
	Ticked  *logparse.Date `json:"ticked,omitempty"` // where another tool wrote the day
	Remarks []string       `json:"remarks,omitempty"`

	Counters []CounterProposal `json:"counter_proposals,omitempty"`
	Line     int               `json:"line"`
	Column   int               `json:"column"`
}

// A LogDiagnostic is something that can't be read as it was meant.
type LogDiagnostic struct {
	Code   string `json:"code"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// newLog turns a parsed log into its form for programs.
func newLog(doc *logparse.Document) Log {
	out := Log{Type: doc.Kind.String(), File: doc.Path}
	if s := doc.Session; s != nil {
		out.Coachee, out.Coach, out.Date, out.Status, out.Kind = s.Coachee.V, s.Coach.V, s.Date.V, s.Status.V, s.Kind.V
		out.Minutes, out.Talk, out.Next = given(s.Minutes), given(s.Talk), given(s.Next)
		out.Adopted = given(s.Adopted)
		out.Metrics = make(map[string]float64)
		for _, m := range s.Metrics {
			out.Metrics[m.Metric] = m.Value
		}
		out.FollowThrough, out.ShortTerm, out.MidTerm = logGoals(doc, s.FollowThrough), logGoals(doc, s.ShortTerm), logGoals(doc, s.MidTerm)
		out.LongTerm = each(s.LongTerm, func(goal *logparse.LongTermGoal) LogItem { return logItem(doc, goal.Item) })
	}
	out.Diagnostics = logDiagnostics(doc)
	return out
}

func logDiagnostics(doc *logparse.Document) []LogDiagnostic {
	return each(doc.Diagnostics, func(d logparse.Diagnostic) LogDiagnostic {
		at := doc.Position(d.Span.Start)
		return LogDiagnostic{d.Code, at.Line, at.Column}
	})
}

func given[T any](v logparse.Value[T]) *T {
	if !v.Set {
		return nil
	}
	return &v.V
}

func logGoals(doc *logparse.Document, goals []*logparse.Goal) []LogGoal {
	return each(goals, func(goal *logparse.Goal) LogGoal {
		return LogGoal{logItem(doc, goal.Item), each(goal.Actions, func(action *logparse.Action) LogItem { return logItem(doc, action.Item) })}
	})
}

func logItem(doc *logparse.Document, it *logparse.Item) LogItem {
	at := doc.Position(it.Span.Start)
	out := LogItem{
		State: it.State, Text: it.Text, ID: it.ID.V, Owner: it.Owner.V, Due: given(it.Due), Skill: it.Skill.V, By: it.By.V, Ticked: given(it.Ticked),
		Line: at.Line, Column: at.Column,
	}
	if it.Target.Set {
		out.Metric = it.Target.V.String()
	}
	for _, remark := range it.Remarks() {
		if !remark.IsCounter() {
			out.Remarks = append(out.Remarks, remark.Text)
		}
	}
	out.Counters = counterProposals(it.Counters(), ownView)
	return out
}

// A File is one log or plan: for people its own lines, without what is confidential unless
// somebody asked for the whole.
type File struct {
	*logparse.Document
	Whole bool
}

// JSON is what the file says.
func (f File) JSON() any {
	if f.Plan != nil {
		return newPlanMeaning(f.Document)
	}
	return newLog(f.Document)
}

// Text is the file's lines.
func (f File) Text(terminal.Style) string {
	if f.Whole {
		return terminal.EscapeLines(string(f.Document.Text))
	}
	var out strings.Builder
	hidden := false
	for number := range f.LineCount() {
		line, ok := f.Line(number + 1)
		switch {
		case ok:
			out.WriteString(line + "\n")
		case !hidden:
			out.WriteString("(confidential text is left out)\n")
		}
		hidden = !ok
	}
	return out.String()
}

package plan

import (
	"maps"
	"slices"
	"strings"
	"unique"

	"github.com/coachlog/coachlog/logparse"
)

// own is a text of its own: a part of a file's text would keep the whole file.
func own(text string) string {
	if text == "" {
		return ""
	}
	return unique.Make(text).Value()
}

// Facts are what the person's files come to. Their sessions, goals and agreements
// stand in the order of Logs, Goals and Agreements.
func (p *Person) Facts() *Facts {
	if p.facts == nil {
		p.facts = p.collect()
	}
	return p.facts
}

func (p *Person) collect() *Facts {
	f := &Facts{Version: FactsVersion, ID: own(p.ID), Skills: p.skillFacts(), Assessments: p.assessments, Named: p.named}
	f.Sessions = slices.Grow(f.Sessions, len(p.Logs))
	for _, log := range p.Logs {
		f.Sessions = append(f.Sessions, sessionFact(log))
	}
	for _, g := range p.Goals {
		fact := GoalFact{ID: own(g.ID), Terms: g.terms, Waits: g.waits}
		for _, v := range g.Verdicts {
			fact.Verdicts = append(fact.Verdicts, verdictFact(v))
		}
		if g.Running() {
			fact.Running = &RunningGoal{g.place, g.lastSaid().index, g.comes(), g.Waits != nil, g.Wanted()}
		}
		f.Goals = append(f.Goals, fact)
	}
	f.Agreements = slices.Grow(f.Agreements, len(p.Agreements))
	for _, a := range p.Agreements {
		f.Agreements = append(f.Agreements, agreementFact(a))
	}
	for _, o := range p.observations {
		f.Values = append(f.Values, ValueFact{own(o.Metric), o.Date, o.Value})
	}
	plan, _ := p.said()
	for _, role := range plan.RoleHistory {
		if role.Promoted && role.Since.Set {
			f.Promotions = append(f.Promotions, role.Since.V)
		}
	}
	f.NeedsFiles = p.needsFiles(f)
	return f
}

// needsFiles says whether the person's facts don't tell all that there is to check.
func (p *Person) needsFiles(f *Facts) bool {
	plan, _ := p.said()
	if len(p.LastOlderTasks()) > 0 || len(plan.Agreed) > 0 || slices.ContainsFunc(p.Logs, func(l *Log) bool { return len(l.Agreed) > 0 }) {
		return true
	}
	differs := func(at Place, text string) bool { return At(p.Logs[at.Session].Doc.Text, at.At) != text }
	for i, g := range f.Goals {
		if g.Running != nil && differs(g.Running.Text, p.Goals[i].Text) {
			return true
		}
	}
	for i, a := range f.Agreements {
		if a.Asks != nil && differs(a.Asks.Text, p.Agreements[i].Text) {
			return true
		}
	}
	return false
}

// At is the text at a place of a file, on one line; "" where the file has no such place.
func At(file []byte, at logparse.Span) string {
	if at.Start < 0 || at.End < at.Start || len(file) < at.End {
		return ""
	}
	return strings.Join(strings.Fields(string(file[at.Start:at.End])), " ")
}

func sessionFact(log *Log) SessionFact {
	s := SessionFact{
		Path: log.Path(), Date: log.Date, Number: log.Number, Status: logparse.Status(own(string(log.Status.V))), Kind: own(log.Kind.V), Coach: own(log.Coach),
		Next: log.Next.V, Minutes: log.Minutes.V, Adopted: log.Adopted.Set,
	}
	if log.Time.Set {
		s.Time = &log.Time.V
	}
	if log.Talk.Set {
		talk := log.Talk.V
		s.Talk = &talk
	}
	if log.Held() {
		s.GoingWell, s.ToDevelop, s.Words = log.Points(logparse.GoingWell), log.Points(logparse.ToDevelop), log.Doc.Words()
	}
	return s
}

func verdictFact(v *Verdict) VerdictFact {
	fact := v.VerdictFact
	fact.Session, fact.Answer = v.Log.index, indexOf(v.Answer)
	fact.Coach, fact.Metric = own(v.Coach), own(v.Target.V.Metric)
	for _, a := range v.Set {
		fact.Set = append(fact.Set, a.index)
	}
	return fact
}

func agreementFact(a *Agreement) AgreementFact {
	fact := AgreementFact{
		ID: own(a.ID), Agreed: a.Agreed.index, Began: a.Began.index, Terms: a.terms, Due: indexOf(a.DueAt), Asked: indexOf(a.AskedAt),
		Account: indexOf(a.Account), Result: a.Result, Blocker: own(a.Blocker), Settled: indexOf(a.Settled),
	}
	for _, log := range a.Carried {
		fact.Carried = append(fact.Carried, log.index)
	}
	if a.asks() {
		due := a.dueDays()
		fact.Asks = &AskFact{
			Text: a.place,
			Goal: a.Goal.index, Stated: a.StatedIn.index, Line: a.StatedIn.Doc.Position(a.Stated.Span.Start).Line, From: due.from, Until: due.until,
			Due: a.Due, Dated: a.dated, Once: a.Every == "", Untold: indexOf(a.Untold),
		}
	}
	return fact
}

// indexOf is a log's place among the person's; None of none.
func indexOf(log *Log) int {
	if log == nil {
		return None
	}
	return log.index
}

// namedIn are the ids of those whom the logs name as coach or as owner of an action:
// they have figures, though nothing else may be known of them.
func namedIn(logs []*Log) []string {
	named := make(map[string]bool)
	for _, log := range logs {
		named[log.Coach] = true
		for _, goals := range [...][]*logparse.Goal{log.FollowThrough, log.ShortTerm, log.MidTerm} {
			for _, goal := range goals {
				for _, action := range goal.Actions {
					named[log.resolve(action.Owner.V)] = true
				}
			}
		}
	}
	delete(named, "")
	ids := slices.Sorted(maps.Keys(named))
	for i, id := range ids {
		ids[i] = own(id)
	}
	return ids
}

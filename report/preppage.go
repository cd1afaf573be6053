package report

import (
	"cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/draft"
	"github.com/coachlog/coachlog/report/page"
)

// Page is what a coach reads before a session, or keeps open in an editor.
func (prep *Prep) Page() *page.Page {
	p := &page.Page{Title: "Before the session with " + prep.Name, Subtitle: prep.subtitle()}
	p.Add(prep.askedTitle(), "", prep.answers()...)
	p.Add("Strengths to start from, in the "+prep.Strengths.From, "", page.Quote{Lines: prep.Strengths.Lines})
	p.Add("Open on both sides", "", CheckPerson{ID: prep.ID, Actions: prep.Open, Goals: prep.Goals, Plans: prep.Owed, Support: prep.Support}.entries()...)
	p.Add("Last time's results and remarks, "+shortDate(prep.Last), "", itemsOf(prep.Remarks, PrepRemarks.item))
	p.Add("Figures", "", itemsOf(prep.Metrics, MetricTrend.prepItem))
	p.Add("Long-term goals to touch", "", bullets(prep.Long))
	p.Add("How "+prep.Name+" likes to be coached", "", page.Quote{Lines: prep.Delivery})
	p.Add("Questions to ask instead of giving advice", "", itemsOf(prep.Questions, func(q draft.Question) page.Item { return page.Item{Mark: page.Question, Text: q.Text} }))
	p.Add("Keep in mind", "", bullets(prep.Mind))
	return p
}

// until says when the session is, as seen from today.
func (prep *Prep) until() string {
	switch days := prep.Today.DaysUntil(prep.Session); {
	case prep.Session.IsZero():
		return "no date yet"
	case days == 1:
		return longDay(prep.Session) + ", tomorrow"
	case days >= 0:
		return longDay(prep.Session) + ", " + until(days)
	}
	return longDay(prep.Session)
}

func (prep *Prep) subtitle() string {
	return joined("; ", prep.until(), with("coached by ", prep.Coach), cmp.Or(dated("last met on ", prep.Last), "the first session"))
}

// askedTitle says what the coachee's words are from.
func (prep *Prep) askedTitle() string {
	title := "What " + prep.Name + " wrote beforehand"
	if a := prep.Asked; a != nil {
		title += dated(", ", a.Received) + only(a.Session != prep.Session, dated(", for ", a.Session))
	}
	return title
}

func (prep *Prep) answers() []page.Block {
	if prep.Asked == nil {
		return []page.Block{page.Paragraph("Nothing yet. To ask: coachlog prep " + prep.ID + " --message text")}
	}
	return each(prep.Asked.Answers, func(a PrepAnswer) page.Block { return page.Quote(a) })
}

func (r PrepRemarks) item() page.Item {
	return page.Item{Mark: stateBox(r.State), Text: r.Text, Small: joined(" ", idMark(r.ID), "@"+r.Owner), Below: r.Remarks}
}

// idMark is an id as it stands behind an item; "" where there is none.
func idMark(id string) string { return with("^", id) }

// stateBox is an item's checkbox as it stands in a log.
func stateBox(s logparse.State) page.Mark {
	if s == logparse.Plain {
		return page.Bullet
	}
	return page.Mark("[" + string(rune(s)) + "]")
}

func (m MetricTrend) prepItem() page.Item {
	return page.Item{Label: m.Key, Text: m.prepSentence(), Below: filled(m.sparkline())}
}

// Questions are the list of open questions, by group.
type Questions []QuestionGroup

// A QuestionGroup is one group of the bank.
type QuestionGroup struct {
	Group     string           `json:"group"`
	Questions []draft.Question `json:"questions"`
}

// NewQuestions puts a bank of questions in groups.
func NewQuestions(bank []draft.Question) Questions {
	return each(draft.ByGroup(bank), func(group []draft.Question) QuestionGroup { return QuestionGroup{group[0].Group, group} })
}

// Page lists the questions.
func (groups Questions) Page() *page.Page {
	p := &page.Page{}
	for _, g := range groups {
		p.Add(g.Group, "", itemsOf(g.Questions, func(q draft.Question) page.Item {
			if q.Own {
				return page.Item{Text: q.Text, Small: "this logbook's own"}
			}
			return page.Item{Text: q.Text}
		}))
	}
	return p
}

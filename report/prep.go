package report

import (
	"cmp"
	"slices"

	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/draft"
	"github.com/coachlog/coachlog/report/chart"
)

// PrepSchema is the version of Prep's JSON form.
const PrepSchema = 1

// A Prep is the coach's own page before a session: what is known, and questions
// in place of advice (method 23, 55). Nothing on it judges anybody.
type Prep struct {
	Schema   int           `json:"schema"`
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Coach    string        `json:"coach,omitempty"`
	Today    logparse.Date `json:"today"`
	Session  logparse.Date `json:"session"` // when the two meet; empty where nothing says
	Last     logparse.Date `json:"last"`    // held; empty where this is the first
	Delivery []string      `json:"how_they_like_to_be_coached"`

	Asked     *PrepAnswers  `json:"preparation,omitempty"` // what the coachee wrote for this session
	Strengths PrepStrengths `json:"strengths"`
	Open      []CheckAction `json:"open_actions"`
	Goals     []CheckGoal   `json:"open_goals"` // of which somebody still has to say something
	Owed      []CheckPlan   `json:"owed_plans"`
	Support   []CheckPlan   `json:"owed_support"`
	Remarks   []PrepRemarks `json:"remarks"` // of the last session's account
	Metrics   []MetricTrend `json:"metrics"` // of goals that are running or due new actions
	Long      []string      `json:"long_term_goals"`

	Questions []draft.Question `json:"questions"`
	Mind      []string         `json:"keep_in_mind"`
}

// PrepAnswers are a coachee's own words before a session.
type PrepAnswers struct {
	File     string        `json:"file"`
	Session  logparse.Date `json:"session"` // that they were meant for: sessions get moved
	Received logparse.Date `json:"received"`
	Answers  []PrepAnswer  `json:"answers"`
}

// A PrepAnswer is what is under one heading.
type PrepAnswer struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"`
}

// PrepStrengths are what a session can begin with, and who says so.
type PrepStrengths struct {
	From  string   `json:"from"` // preparation, plan or last session; "" where nothing is known
	Lines []string `json:"lines"`
}

// PrepRemarks are what was said of one goal or action when the last session took
// its account.
type PrepRemarks struct {
	Text    string         `json:"text"`
	ID      string         `json:"id,omitempty"`
	Owner   string         `json:"owner"`
	State   logparse.State `json:"state"`
	Remarks []string       `json:"remarks"`
}

// keepInMind are the manners of a session (method 29, 46, 55, 56, 68).
var keepInMind = []string{
	"Ask, and wait. Say back what you heard before you answer.",
	"Talk about what to do from here, not about what went wrong.",
	"After criticism, ask what would help, and let them find the answer.",
	"Say what is expected of both of you, and pass on what they should know.",
}

// NewPrep gathers what a coach should have read before a session with p, on a day
// that may not be known yet.
func NewPrep(b *plan.Logbook, p *plan.Person, bank []draft.Question, session, today logparse.Date) *Prep {
	prep := &Prep{
		Schema: PrepSchema, ID: p.ID, Name: p.Name, Coach: b.CoachOf(p), Today: today, Session: session, Mind: keepInMind,
		Questions: draft.ChooseQuestions(p, bank, session, today),
	}
	if p.Plan != nil {
		prep.Delivery = p.PlanDoc.SectionLines(p.Plan.Section(logparse.Delivery))
	}
	for _, person := range NewCheck(b, today, CheckFilter{People: []string{p.ID}}).People {
		prep.Open, prep.Goals, prep.Owed, prep.Support = person.Actions, person.Goals, person.Plans, person.Support
	}
	prep.addAnswers(p)
	prep.addStrengths(p)
	prep.addLast(b, p)
	prep.addMetrics(b, p, today)
	return prep
}

// addAnswers takes over what the coachee wrote. Their strengths have a place of
// their own.
func (prep *Prep) addAnswers(p *plan.Person) {
	found := p.PreparationFor(cmp.Or(prep.Session, prep.Today))
	if found == nil {
		return
	}
	prep.Asked = &PrepAnswers{File: found.Doc.Path, Session: found.Session, Received: found.Received.V}
	for _, name := range logparse.PreparationSectionNames {
		if lines := found.Lines(name); len(lines) > 0 && name != logparse.Strengths {
			prep.Asked.Answers = append(prep.Asked.Answers, PrepAnswer{name.Title(), lines})
		}
	}
}

// addStrengths takes the coachee's own view first, in their newest preparation
// that names any.
func (prep *Prep) addStrengths(p *plan.Person) {
	for _, answers := range slices.Backward(p.Preparations) {
		if lines := answers.Lines(logparse.Strengths); len(lines) > 0 {
			prep.Strengths = PrepStrengths{"preparation", lines}
			return
		}
	}
	if lines := planStrengths(p); len(lines) > 0 {
		prep.Strengths = PrepStrengths{"plan", lines}
		return
	}
	if last := p.LastHeld(); last != nil {
		if texts := last.Texts(last.Doc.Source, logparse.GoingWell); len(texts) > 0 {
			prep.Strengths = PrepStrengths{"last session", texts}
		}
	}
}

func planStrengths(p *plan.Person) []string {
	if p.Plan == nil {
		return nil
	}
	return each(p.Plan.Strengths, func(it *logparse.PlanItem) string { return it.Text })
}

// addLast takes over the remarks of the last session's account, and the
// long-term goals as the last session had them that had any.
func (prep *Prep) addLast(b *plan.Logbook, p *plan.Person) {
	last := p.LastHeld()
	if last == nil {
		return
	}
	prep.Last = last.Date
	add := func(it *logparse.Item) {
		said := each(it.Remarks(), func(r *logparse.Item) string { return r.Text })
		remarks := PrepRemarks{Text: it.Text, ID: it.ID.V, Owner: p.ID, State: it.State, Remarks: said}
		if it.Owner.Set {
			remarks.Owner = b.Resolve(it.Owner.V)
		}
		if len(said) > 0 {
			prep.Remarks = append(prep.Remarks, remarks)
		}
	}
	for _, goal := range last.FollowThrough {
		add(goal.Item)
		for _, action := range goal.Actions {
			add(action.Item)
		}
	}
	for _, log := range slices.Backward(p.HeldLogs()) {
		if texts := longTermTexts(log.Session); len(texts) > 0 {
			prep.Long = texts
			return
		}
	}
}

// addMetrics takes over the course of each metric that a running goal has: all values until today.
func (prep *Prep) addMetrics(b *plan.Logbook, p *plan.Person, today logparse.Date) {
	facts := p.Facts().ByMetric()
	until := plan.Period{From: plan.AllTime.From, To: today}
	for _, g := range p.Goals {
		if !g.Target.Set || !g.Running() {
			continue
		}
		key := g.Target.V.Metric
		if slices.ContainsFunc(prep.Metrics, func(m MetricTrend) bool { return m.Key == key }) {
			continue
		}
		values := until.Values(facts[key])
		trend := metricTrend(b.Roster, key, values)
		trend.Target, trend.Course = targetOf(g.Target.V), plan.CourseOf(values, g.Stated[0].Log.Date, "") // rising or falling, and neither better nor worse
		prep.Metrics = append(prep.Metrics, trend)
	}
}

func targetOf(t logparse.Target) string {
	return string(t.Relation) + " " + logparse.FormatNumber(t.Number)
}

// maxSparks is how many values a sparkline shows: the last ones.
const maxSparks = 24

// sparkline draws the values in one line of text, lowest to highest.
func (m MetricTrend) sparkline() string {
	if len(m.Values) < 3 {
		return ""
	}
	return chart.Spark(each(m.Values, func(v chart.Point) float64 { return v.Value }), maxSparks)
}

// prepSentence is a metric's first and last value, its target, and where all
// values together go.
func (m MetricTrend) prepSentence() string {
	n := len(m.Values)
	if n == 0 {
		return "no value yet; the target is " + m.Target
	}
	text := logparse.FormatNumber(m.Values[n-1].Value)
	if n > 1 {
		text = logparse.FormatNumber(m.Values[0].Value) + " → " + text
	}
	text += with(" ", m.Unit) + " (target " + m.Target + "), " + only(m.Trend != plan.TooFew, string(m.Trend)+", ")
	return text + sentence.Count(n, "value") + " since " + shortDate(m.Values[0].Date)
}

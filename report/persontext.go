package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// PersonFormats are the formats of a person's report.
var PersonFormats = []string{"text", "markdown", "json"}

// Write writes the report in one of PersonFormats.
func (r *Person) Write(w io.Writer, style terminal.Style, format string) error {
	switch format {
	case "json":
		return writeJSON(w, r)
	case "markdown":
		return r.markdown(w)
	}
	return r.text(w, style)
}

// A textPage writes the report for a terminal.
type textPage struct {
	strings.Builder
	style terminal.Style
}

func (p *textPage) head(title string) {
	fmt.Fprintf(p, "\n%s\n\n", p.style.Bold(title))
}

// line writes text, wrapped, with its first column at indent.
func (p *textPage) line(indent int, text string) { p.item(indent, "", text) }

// item writes text behind a mark; further lines stand below the text.
func (p *textPage) item(indent int, mark, text string) {
	blank := strings.Repeat(" ", indent)
	hang := blank + strings.Repeat(" ", terminal.Width(mark))
	fmt.Fprintf(p, "%s%s%s\n", blank, mark, terminal.Wrap(text, p.style.Width, hang))
}

func (r *Person) text(w io.Writer, style terminal.Style) error {
	p := &textPage{style: style}
	fmt.Fprintf(p, "%s\n", style.Bold(terminal.Escape(r.title())))
	p.line(0, style.Faint(r.subtitle()))
	r.textSessions(p)
	if len(r.Going) > 0 {
		p.head("Going well")
		for _, s := range r.Going {
			p.item(2, "+ ", terminal.Escape(s.Text)+" "+p.style.Faint(s.Date.Time().Format("2 Jan")))
		}
	}
	r.textSides(p)
	p.goals("Short-term goals", r.Short)
	p.goals("Mid-term goals", r.Mid)
	if len(r.Long)+len(r.Help) > 0 {
		p.head("Long-term goals")
		for _, text := range r.Long {
			p.line(2, terminal.Escape(text))
		}
		for _, h := range r.Help {
			p.item(4, "+ ", terminal.Escape(h.sentence()))
		}
	}
	if len(r.Skills) > 0 {
		p.head("Skills")
		for _, s := range r.Skills {
			p.line(2, fmt.Sprintf("%s  %s", terminal.Pad(string(s.Level), 11), terminal.Escape(s.sentence())))
		}
	}
	r.textMetrics(p)
	r.textOpen(p)
	r.textOlder(p)
	_, err := io.WriteString(w, strings.TrimRight(p.String(), "\n")+"\n")
	return err
}

func (r *Person) title() string {
	return fmt.Sprintf("%s, %s", r.Name, r.Period.Name)
}

func (r *Person) subtitle() string {
	text := fmt.Sprintf("%s to %s", shortDate(r.Period.From), shortDate(r.Period.To))
	if r.Coach != "" {
		text += ", coached by " + r.Coach
	}
	return text
}

func (r *Person) textSessions(p *textPage) {
	p.head("Sessions")
	p.line(2, r.Session.sentence())
}

// sentence says how many sessions there were, and how.
func (s Sessions) sentence() string {
	if s.Logs == 0 {
		return "No session is recorded in this period."
	}
	text := fmt.Sprintf("%d held of %d recorded", s.Held, s.Logs)
	for _, part := range []struct {
		n    int
		what string
	}{{s.Missed, "missed"}, {s.Cancelled, "cancelled"}, {s.Planned, "planned"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	if s.AdHoc > 0 {
		text += fmt.Sprintf("; %d ad hoc", s.AdHoc)
	}
	if s.Requested > 0 {
		text += fmt.Sprintf("; %d asked for by the coachee", s.Requested)
	}
	if s.Peer > 0 {
		text += fmt.Sprintf("; %d among colleagues", s.Peer)
	}
	if s.Older > 0 {
		text += fmt.Sprintf("; %d in older notes, which agree nothing", s.Older)
	}
	if s.Minutes > 0 {
		text += fmt.Sprintf("; %d minutes together", s.Minutes)
	}
	if s.Talk != nil {
		text += fmt.Sprintf("; the coachee did %d%% of the talking (%s)", *s.Talk, count(s.TalkLogs, "log"))
	}
	return text + "."
}

// sentence says who did what for which goal.
func (h HelpReport) sentence() string {
	return fmt.Sprintf("@%s, %s: %s (for: %s)", h.By, h.Date.Time().Format("2 Jan"), h.Text, h.Goal)
}

// sentence is a skill with its practice.
func (s SkillReport) sentence() string {
	text := s.Text
	if s.Next {
		text += ", for the next role"
	}
	if s.Practice.Percent != nil {
		text += fmt.Sprintf("; practice kept %d of %d", s.Practice.Part, s.Practice.Whole)
	}
	return text
}

// remarks on the coachee's part: the period before, and who proposed the goals.
func (r *Person) remarks() []string {
	var remarks []string
	if r.Before.Percent != nil {
		remarks = append(remarks, fmt.Sprintf("@%s in the period before: %s; %s", r.ID, r.Before, r.Moved))
	}
	if r.Goals.Known > 0 {
		remarks = append(remarks, fmt.Sprintf("%s proposed %d of the %s of which the logs say whose idea it was", r.Name, r.Goals.Coachee, count(r.Goals.Known, "goal")))
	}
	return remarks
}

func (r *Person) textSides(p *textPage) {
	p.head("Commitment: did each side do what it agreed to?")
	for _, s := range r.Sides {
		p.line(2, fmt.Sprintf("%s  %s%s", terminal.Pad("@"+s.Owner, 16), p.style.Bold(s.Rate.String()), s.notes()))
	}
	for _, remark := range r.remarks() {
		p.line(2, terminal.Escape(remark))
	}
	if len(r.Coaches) > 0 {
		p.head("Plans: did doing it reach the goal?")
	}
	for _, c := range r.Coaches {
		p.line(2, fmt.Sprintf("%s  plans that worked %s; follow-up given %s", terminal.Pad("@"+c.Coach, 16), p.style.Bold(c.PlanSuccess.String()), c.FollowUp))
	}
}

// notes are the counts beside a rate.
func (s Side) notes() string {
	var notes []string
	for _, part := range []struct {
		n    int
		what string
	}{
		{s.Partly, "partly"}, {s.NotKept, "not kept"}, {s.Dropped, "dropped by agreement"},
		{s.Carried, "carried on"}, {s.NoAccount, "with no account given, which is the coach's"},
	} {
		if part.n > 0 {
			notes = append(notes, fmt.Sprintf("%d %s", part.n, part.what))
		}
	}
	if len(notes) == 0 {
		return ""
	}
	return "; " + strings.Join(notes, ", ")
}

func (p *textPage) goals(title string, goals []GoalReport) {
	if len(goals) == 0 {
		return
	}
	if title != "" {
		p.head(title)
	}
	for i, g := range goals {
		if i > 0 {
			p.WriteString("\n")
		}
		p.line(2, fmt.Sprintf("%s  %s", p.outcome(g.Outcome), terminal.Escape(g.Text)))
		if line := g.dateAndTarget(); line != "" {
			p.line(6, p.style.Faint(line))
		}
		for _, v := range g.Verdicts {
			p.line(6, v.sentence(g.Target))
		}
		for _, a := range g.Actions {
			p.action(6, a)
		}
	}
}

func (p *textPage) outcome(o plan.Outcome) string {
	text := strings.ToUpper(string(o))
	switch o {
	case plan.Worked, plan.AnotherWay, plan.ReachedMidTerm:
		return p.style.Green(text)
	case plan.WasWrong, plan.FollowThrough, plan.NoVerdict:
		return p.style.Yellow(text)
	}
	return p.style.Faint(text)
}

func (g GoalReport) dateAndTarget() string {
	var parts []string
	if g.Target != "" {
		parts = append(parts, "target "+g.Target)
	}
	if !g.Due.IsZero() {
		parts = append(parts, "by "+shortDate(g.Due))
	}
	if g.By != "" {
		parts = append(parts, "proposed by @"+g.By)
	}
	return strings.Join(parts, ", ")
}

// sentence says what a verdict means, for both people.
func (v VerdictReport) sentence(target string) string {
	value := ""
	if v.Value != nil {
		value = fmt.Sprintf(" (%s on %s)", logparse.FormatNumber(*v.Value), shortDate(v.ValueOn))
	}
	head := fmt.Sprintf("%s: ", shortDate(v.Judged))
	switch v.Outcome {
	case plan.Worked:
		return head + "the actions were followed and the goal was reached" + value + ": the plan worked."
	case plan.WasWrong:
		text := head + "the actions were followed and the goal was not reached" + value + ": the plan was wrong, which is the coach's to mend."
		if v.NewPlan.IsZero() {
			return text + " New actions are still to be agreed."
		}
		return text + " It was answered on " + shortDate(v.NewPlan) + "."
	case plan.AnotherWay:
		return head + "the goal was reached" + value + ", another way than planned."
	case plan.FollowThrough:
		return head + v.whose() + ", and the goal is still ahead" + value + ": follow-through first. What stood in the way?"
	}
	return head + "no verdict: " + v.Why + "."
}

// whose says whose actions were not all followed: it may be the coach's alone.
func (v VerdictReport) whose() string {
	if len(v.NotKept) == 0 {
		return "no action was due yet"
	}
	return "not all actions of @" + strings.Join(v.NotKept, " and @") + " were followed"
}

var resultBoxes = map[plan.Result]string{
	plan.Open: "[ ]", plan.Kept: "[x]", plan.Partly: "[/]", plan.NotKept: "[ ]", plan.Dropped: "[-]", plan.NoAccount: "[?]",
}

// action writes an action, what became of it, and the remarks of its accounts.
func (p *textPage) action(indent int, a ActionReport) {
	p.item(indent, a.box()+" ", terminal.Escape(a.Text)+" "+p.style.Faint(a.notes()))
	for _, remark := range a.remarks() {
		p.item(indent+4, p.style.Faint("- "), p.style.Faint(terminal.Escape(remark)))
	}
}

// box is the checkbox of the last agreement.
func (a ActionReport) box() string { return resultBoxes[a.Agreements[len(a.Agreements)-1].Result] }

// notes say whose the action is and what became of it: the one account, or how
// many there were of each kind.
func (a ActionReport) notes() string {
	owner := "@" + terminal.Escape(a.Owner)
	if len(a.Agreements) == 1 {
		return owner + ", " + a.Agreements[0].notes()
	}
	var parts []string
	for _, result := range []plan.Result{plan.Kept, plan.Partly, plan.NotKept, plan.Dropped, plan.NoAccount, plan.Open} {
		n := 0
		for _, agreement := range a.Agreements {
			if agreement.Result == result {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, result))
		}
	}
	return fmt.Sprintf("%s, agreed %s: %s", owner, times(len(a.Agreements)), strings.Join(parts, ", "))
}

// remarks are those of all accounts; of several, with their dates.
func (a ActionReport) remarks() []string {
	var remarks []string
	for _, agreement := range a.Agreements {
		for _, c := range agreement.Counters {
			if text := c.sentence(); !slices.Contains(remarks, text) {
				remarks = append(remarks, text)
			}
		}
		for _, remark := range agreement.Remarks {
			if len(a.Agreements) > 1 {
				remark = fmt.Sprintf("%s, %s: %s", shortDate(agreement.Account), agreement.Result, remark)
			}
			remarks = append(remarks, remark)
		}
	}
	return remarks
}

func (c CounterProposal) sentence() string {
	if c.By == "" {
		return "counter-proposal: " + c.Text
	}
	return fmt.Sprintf("counter-proposal of @%s: %s", c.By, c.Text)
}

func (a AgreementReport) notes() string {
	text := string(a.Result)
	if !a.Account.IsZero() {
		text += " " + shortDate(a.Account)
	}
	if a.Carried > 0 {
		text += ", carried on " + times(a.Carried)
	}
	if a.Late != nil {
		text += fmt.Sprintf(", told later, %s: %s", shortDate(a.Late.Date), a.Late.State)
	}
	return text
}

func (r *Person) textMetrics(p *textPage) {
	if len(r.Metrics) == 0 {
		return
	}
	p.head("Metrics")
	for _, m := range r.Metrics {
		p.line(2, fmt.Sprintf("%s  %s", terminal.Pad(m.Key, 14), m.sentence()))
	}
}

// Values of a metric that a line shows: the first and the last ones.
const shownValues = 8

// sentence is a metric's course, first to last.
func (m MetricTrend) sentence() string {
	var shown []string
	for i, v := range m.Values {
		switch left := len(m.Values) - i; {
		case i == 0 || left < shownValues:
			shown = append(shown, logparse.FormatNumber(v.Value))
		case left == shownValues:
			shown = append(shown, "…")
		}
	}
	text := strings.Join(shown, " → ")
	if m.Unit != "" {
		text += " " + terminal.Escape(m.Unit)
	}
	if m.Target != "" {
		text += " (target " + m.Target + ")"
	}
	if m.Trend != plan.TooFew {
		text += "; " + string(m.Trend)
	}
	return text
}

// textOlder lists what older notes left without a tick, the latest first.
func (r *Person) textOlder(p *textPage) {
	if len(r.Older) == 0 {
		return
	}
	p.head("Not ticked in older notes")
	for i, t := range r.Older {
		if i == shownTasks {
			p.line(2, p.style.Faint(fmt.Sprintf("and %d more; --format json has them all", len(r.Older)-i)))
			break
		}
		p.item(2, "- ", terminal.Escape(t.Text)+" "+p.style.Faint(shortDate(t.Date)))
	}
}

// shownTasks is how many tasks of older notes a report names.
const shownTasks = 10

func (r *Person) textOpen(p *textPage) {
	if len(r.Open)+len(r.Owed) == 0 {
		return
	}
	p.head("Still open")
	CheckPerson{ID: r.ID, Actions: r.Open, Plans: r.Owed}.entries(&p.Builder, p.style)
}

package factcache

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

func (c *coder) facts(f *plan.Facts) {
	c.count(&f.Version)
	text(c, &f.ID)
	all(c, &f.Sessions, nil, c.session)
	all(c, &f.Goals, nil, c.goal)
	all(c, &f.Agreements, nil, c.agreement)
	all(c, &f.Values, nil, func(v *plan.ValueFact) {
		text(c, &v.Metric)
		c.date(&v.Date)
		c.value(&v.Value)
	})
	all(c, &f.Skills, nil, func(s *plan.SkillFact) {
		text(c, &s.Name)
		c.bool(&s.Next)
		text(c, &s.Level)
	})
	all(c, &f.Promotions, nil, c.date)
	all(c, &f.Assessments, nil, func(a *plan.AssessmentFact) {
		text(c, &a.About)
		text(c, &a.Kind)
		c.date(&a.Date)
		text(c, &a.Question)
		all(c, &a.Answers, &c.ints, c.count)
	})
	all(c, &f.Named, nil, func(id *string) { text(c, id) })
	c.bool(&f.NeedsFiles)
}

func (c *coder) session(s *plan.SessionFact) {
	text(c, &s.Path)
	c.date(&s.Date)
	c.count(&s.Number)
	text(c, &s.Status)
	text(c, &s.Kind)
	text(c, &s.Coach)
	c.date(&s.Next)
	maybe(c, &s.Time, func(t *logparse.Clock) {
		c.count(&t.Hour)
		c.count(&t.Minute)
	})
	c.count(&s.Minutes)
	maybe(c, &s.Talk, c.count)
	c.bool(&s.Adopted)
	c.count(&s.GoingWell)
	c.count(&s.ToDevelop)
	c.count(&s.Words)
}

func (c *coder) place(p *plan.Place) {
	length := p.At.End - p.At.Start
	c.count(&p.Session)
	c.count(&p.At.Start)
	c.count(&length)
	p.At.End = p.At.Start + length
}

func (c *coder) goal(g *plan.GoalFact) {
	text(c, &g.ID)
	all(c, &g.Terms, &c.goalTerms, func(t *plan.GoalTerms) {
		c.count(&t.Session)
		text(c, &t.Horizon)
		c.date(&t.Due)
		text(c, &t.Metric)
		text(c, &t.By)
	})
	all(c, &g.Verdicts, nil, c.verdict)
	all(c, &g.Waits, nil, func(w *plan.WaitFact) {
		c.count(&w.From)
		c.count(&w.Until)
		text(c, &w.Of)
	})
	maybe(c, &g.Running, func(r *plan.RunningGoal) {
		c.place(&r.Text)
		c.count(&r.Said)
		c.date(&r.Come)
		c.bool(&r.Waits)
		all(c, &r.Wanted, nil, func(what *string) { text(c, what) })
	})
}

func (c *coder) verdict(v *plan.VerdictFact) {
	c.count(&v.Session)
	c.date(&v.Due)
	text(c, &v.Coach)
	text(c, &v.Metric)
	all(c, &v.Set, &c.ints, c.count)
	c.done(&v.Coachee)
	c.done(&v.Others)
	c.bool(&v.Support)
	c.bool(&v.Reached)
	text(c, &v.Outcome)
	c.count(&v.Answer)
}

func (c *coder) done(d *plan.DonePart) {
	c.value(&d.Done)
	c.count(&d.Whole)
}

func (c *coder) agreement(a *plan.AgreementFact) {
	text(c, &a.ID)
	c.count(&a.Agreed)
	c.count(&a.Began)
	all(c, &a.Terms, &c.actionTerms, func(t *plan.ActionTerms) {
		c.count(&t.Session)
		c.count(&t.Goal)
		text(c, &t.Owner)
		c.date(&t.Due)
		text(c, &t.Skill)
	})
	c.count(&a.Due)
	c.count(&a.Asked)
	all(c, &a.Carried, &c.ints, c.count)
	c.count(&a.Account)
	text(c, &a.Result)
	text(c, &a.Blocker)
	c.count(&a.Settled)
	maybe(c, &a.Asks, func(asks *plan.AskFact) {
		c.place(&asks.Text)
		c.count(&asks.Goal)
		c.count(&asks.Stated)
		c.count(&asks.Line)
		c.date(&asks.From)
		c.date(&asks.Until)
		c.date(&asks.Due)
		c.bool(&asks.Dated)
		c.bool(&asks.Once)
		c.count(&asks.Untold)
	})
}

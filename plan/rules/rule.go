// Package rules holds the method's rules for lint: one file a rule. A rule
// looks at a judged logbook and says where something is missing, why it
// matters, and what to write; it never judges a person.
package rules

import (
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Tier says when a rule runs.
type Tier string

// The tiers.
const (
	Always Tier = "always" // the record is broken, or a commitment could be lost
	Method Tier = "method" // the method asks for it; on unless switched off
	Strict Tier = "strict" // the method asks for it and it takes some ceremony; off unless asked for
)

// Tiers lists the tiers, from the least that lint looks for to the most.
var Tiers = []string{string(Always), string(Method), string(Strict)}

// A Rule is one thing that lint looks for.
type Rule struct {
	ID           string
	Title        string
	Tier         Tier
	Severity     logparse.Severity // unless coachlog.yaml sets another
	Requirements []int             // of the method, by number; none for rules about the record itself
	Why          string
	Judgement    bool   // the rule guesses at a meaning; a person may well know better
	NeedsLogbook bool   // the rule says nothing of a log that is read on its own
	Bad, Good    string // lines of a log

	// What the rule looks at; one of them is set, seldom two.
	log       func(f *finder, log *plan.Log)  // one held session
	record    func(f *finder, log *plan.Log)  // one session, held or not
	misplaced func(f *finder, log *plan.Log)  // a log in the folder of somebody else
	person    func(f *finder, p *plan.Person) // somebody who is coached now
	logbook   func(f *finder, b *plan.Logbook)
	settings  func(f *finder, doc *logparse.Document) // coachlog.yaml

	preparation func(f *finder, prep *plan.Preparation)
}

// All lists the rules in the order of the documentation.
var All = []*Rule{
	accountMissing, signOffVoid, unknownPerson, logPlace, logTwin, metricDisputed, metricTwice, personTwins, heldInFuture, shareDated, shareParts, ignoreReason, unknownRule,

	personPlan, planParts, planMeasures, planLapsed, focusPeriod, cadenceDeclared, skillPractice, unknownSkill, coachCoached,

	followThroughFirst, actionLeft, unexpectedAccount, counterAnswered,
	agenda, positive, feedbackBalance, talkShare,
	goalDate, goalMeasure, goalActions, actionCount, goalCount, metricOnly, untrackedItem,
	actionTrackable, ownHow, coacheeDrives, unknownMetric, tickDisagrees, planOwed,
	bothSides, horizons, longTermTouched, longTermUnscored,

	cadenceLapsed, sessionUnfilled, nextSession,

	preparationPoints, preparationAhead,

	kickOffFirst, kickOffGoals, reviewResults, requestedHelp, peerCoach, coachKind,

	planAgreed, agreedByBoth, proposer, preparationAsked,
}

// Find is the rule with an id, or nil.
func Find(id string) *Rule {
	for _, r := range All {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// A Finding is one place where a rule, or the parser, has something to say.
type Finding struct {
	Rule     string // a rule's id or a diagnostic's code
	Severity logparse.Severity
	Message  string
	Remedy   string
	Doc      *logparse.Document
	Span     logparse.Span

	UnlessCoach string // id: it falls where somebody else's log names this person as the coach
}

// A finder collects one rule's findings.
type finder struct {
	*plan.Logbook
	today    logparse.Date
	rule     *Rule
	ids      map[string]bool // of every rule and diagnostic
	findings []Finding
	extra    []*logparse.Document // documents besides logs and plans
	said     map[string]bool      // what is said once and not of every adopted log
}

// firstTime says whether something of an adopted log wasn't asked before: a
// person's many old notes are one finding.
func (f *finder) firstTime(what string) bool {
	if f.said == nil {
		f.said = make(map[string]bool)
	}
	first := !f.said[what]
	f.said[what] = true
	return first
}

// at notes a finding.
func (f *finder) at(doc *logparse.Document, span logparse.Span, message, remedy string) {
	if asksNothing(doc, f.rule) {
		return
	}
	f.findings = append(f.findings, Finding{Rule: f.rule.ID, Severity: f.rule.Severity, Message: message, Remedy: remedy, Doc: doc, Span: span})
}

// title is where findings about a whole log point: its first heading, where an
// ignore comment can stand, else its first line.
func title(log *plan.Log) logparse.Span {
	for _, section := range log.Sections {
		if section.Level > 0 {
			return section.Heading
		}
	}
	return logparse.Span{Start: log.Doc.Front.Span.Start, End: log.Doc.Front.Span.Start + 3}
}

// planTitle is where findings about a whole development plan point.
func planTitle(p *plan.Person) logparse.Span {
	for _, section := range p.Plan.Sections {
		if section.Level > 0 {
			return section.Heading
		}
	}
	front := p.PlanDoc.Front.Span
	return logparse.Span{Start: front.Start, End: front.Start + 3}
}

// A plan grows while two people get to know each other: what it doesn't hold yet
// is no finding in the first weeks.
const growingDays = 28

// grown says whether somebody has a plan, and was coached for some weeks.
func grown(f *finder, p *plan.Person) bool {
	held := p.CountedLogs()
	return p.Plan != nil && len(held) > 0 && held[0].Date.DaysUntil(f.today) >= growingDays
}

// orTitle is a value's place in a development plan, or the plan's title where
// the value isn't there.
func orTitle(p *plan.Person, span logparse.Span) logparse.Span {
	if span.End == 0 {
		return planTitle(p)
	}
	return span
}

// section is where findings about a section point: its heading, else the title.
func section(log *plan.Log, names ...logparse.SectionName) logparse.Span {
	for _, name := range names {
		if s := log.Section(name); s != nil {
			return s.Heading
		}
	}
	return title(log)
}

// plural writes a number with its noun.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return logparse.FormatNumber(float64(n)) + " " + many
}

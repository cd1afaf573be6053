// Package rules holds the method's rules for lint: one file a rule. A rule
// looks at a judged logbook and says where something is missing, why it
// matters, and what to write; it never judges a person.
package rules

import "github.com/coachlog/coachlog/logparse"

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
	ID           string            `json:"id"`
	Title        string            `json:"title"`
	Tier         Tier              `json:"tier"`
	Severity     logparse.Severity `json:"severity"`               // unless coachlog.yaml sets another
	Requirements []int             `json:"requirements,omitempty"` // of the method, by number; none for rules about the record itself
	Judgement    bool              `json:"judgement,omitempty"`    // the rule guesses at a meaning; a person may well know better
	Why          string            `json:"why"`
	Bad          string            `json:"bad,omitempty"`  // lines of a log
	Good         string            `json:"good,omitempty"` // the same, better
	NeedsLogbook bool              `json:"-"`              // the rule says nothing of a log that is read on its own

	looksAt subject
	find    func(f *finder)
}

// A subject is what a rule looks at, one after the other; seldom two of them.
type subject int

const (
	heldLogs      subject = 1 << iota // of sessions and of talks
	sessions                          // held, without the talks on top
	anyLogs                           // held or not
	misplacedLogs                     // in the folder of somebody else
	preparations
	coachees   // those who are coached now
	latest     // the last session of each of these
	plans      // development plans of coachees
	grownPlans // of those who were coached for some weeks
	files      // logs, plans and what else is among them
	logbook    // once
	settings   // coachlog.yaml
)

// All lists the rules in the order of the documentation.
var All = []*Rule{
	accountMissing, signOffVoid, unknownPerson, ownerInText, logPlace, logTwin, metricDisputed, metricTwice, sealedText, personTwins, fileName, heldInFuture, shareDated, ignoreReason, unknownRule,

	personPlan, planParts, planLapsed, focusPeriod, cadenceDeclared, skillPractice, unknownSkill, coachCoached, consequences,

	followThroughFirst, actionLeft, unexpectedAccount, markPlace, counterAnswered, keepsSlipping,
	agenda, positive, feedbackBalance, talkShare,
	goalDate, goalMeasure, metricSeldom, goalActions, actionCount, goalCount, metricOnly, untrackedItem,
	actionTrackable, coacheeDrives, unknownMetric, tickDisagrees, planOwed,
	bothSides, horizons, longTermTouched, longTermUnscored,

	cadenceLapsed, sessionUnfilled, nextSession, sessionKind,

	preparationPoints, preparationAhead,

	kickOffFirst, reviewResults, requestedHelp,

	agreedByBoth, preparationAsked,
}

// merged says where rules of the first edition went.
var merged = map[string]string{
	"share-parts": "share-dated", "plan-measures": "plan-parts", "plan-agreed": "agreed-by-both", "proposer": "coachee-drives",
	"own-how": "coachee-drives", "peer-coach": "session-kind", "kick-off-goals": "horizons",
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

// CanBeSilenced says whether a comment can silence the rule: what concerns the whole logbook
// or a file as such can't be.
func (r *Rule) CanBeSilenced() bool { return r.looksAt&(logbook|files) == 0 }

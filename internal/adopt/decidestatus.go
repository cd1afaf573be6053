package adopt

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// decideStatus says whether the session took place: a note that exists says so,
// unless its title or its front matter, or the calendar, say otherwise.
func (r *Run) decideStatus(p *Proposal) {
	word := fold(strings.TrimSpace(p.evidence.status))
	titles := strings.Join(p.evidence.titles, " | ")
	ahead := !p.Date.IsZero() && r.Options.Today.Before(p.Date)
	switch {
	case p.Note.Status != "":
		p.Status = p.Note.Status
	case r.Options.Status != "":
		p.Status = r.Options.Status
	case isOneOf(word, cancelledWords) || wasCancelled().MatchString(titles):
		p.Status = string(logparse.Cancelled)
	case isOneOf(word, missedWords) || wasMissed().MatchString(titles):
		p.Status = string(logparse.Missed)
	case ahead:
		p.Status = string(logparse.Planned)
	case isOneOf(word, plannedWords) && word != "open" && word != "draft" && word != "todo":
		p.ask(Question{"status", fmt.Sprintf("it says `status: %s` of a day that has passed", word), "--status held, or another", []string{"held", "planned", "missed", "cancelled"}})
	default:
		p.Status = string(logparse.Held)
	}
}

var (
	saysKickOff = pattern(`(?i)\b(?:kick[- ]?off|first (?:1[:-]1|one[- ]on[- ]one|session|meeting)|intro(?:ductory)? (?:1[:-]1|session|call)|auftakt\w*|erstgespräch|kennenlerngespräch|primera sesión|premier entretien)\b`)
	saysReview  = pattern(`(?i)\b(?:(?:performance|quarterly|annual|yearly|mid[- ]?year|year[- ]?end|end[- ]of[- ]year|half[- ]?year(?:ly)?|q[1-4]|appraisal) (?:\d{4} )?(?:review|appraisal|1[:-]1)|performance appraisal|jahresgespräch|mitarbeiterjahresgespräch|quartalsgespräch|beurteilungsgespräch|entretien annuel|evaluación (?:anual|trimestral))\b`)
	saysAdHoc   = pattern(`(?i)\bad[- ]?hoc\b`)
	saysPeer    = pattern(`(?i)\bpeer (?:coaching|session|1[:-]1)\b`)
)

// kindOf is the kind of session that a note names; "regular" where it says that
// two people talked, and "" where it says nothing.
func kindOf(texts []string) string {
	text := strings.Join(texts, " | ")
	switch {
	case saysKickOff().MatchString(text):
		return "kick-off"
	case saysReview().MatchString(text):
		return "review"
	case saysAdHoc().MatchString(text):
		return "ad-hoc"
	case saysPeer().MatchString(text):
		return "peer"
	case betweenTwo().MatchString(text):
		return "regular"
	}
	return ""
}

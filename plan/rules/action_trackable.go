package rules

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

var actionTrackable = &Rule{
	ID: "action-trackable", Title: "An action is concrete enough to be asked about",
	Tier: Method, Severity: logparse.Info, looksAt: heldLogs, Requirements: []int{71, 73}, Judgement: true,
	Why:  "Next time, both should be able to say whether the action was done, and doing it should be up to its owner. A figure depends on many things, and words like *try* or *improve* leave the answer open.",
	Bad:  "- [ ] Get AHT below 400 ^aht\n- [ ] Try to be more empathetic ^empathy",
	Good: "- [ ] Say back the caller's problem before asking for the account number ^empathy",
	find: func(f *finder) {
		for _, action := range plannedActions(f.log) {
			if metric := f.figureIn(action.Item); metric != "" {
				f.at(action.TextSpan, "%q restates a figure (%s), which depends on more than its owner", action.Text, metric).
					todo("make that the goal, and write as the action what %s will do to get there", f.name(f.ownerOf(action.Item)))
			} else if why := vague(action.NormalText); why != "" {
				f.at(action.TextSpan, "%q %s", action.Text, why).
					todo("write what somebody would see happen, or keep it with: <!-- coachlog: ignore action-trackable: REASON -->")
			}
		}
	},
}

var (
	wish    = pattern.Of(`^(try (to|and|harder|my best)|try$|(be an? )?(more|better|less)|feel|sound \w+er|sound (more|less|better)|show (more|less)|stay (calm|positive|focused|motivated)|be (aware|mindful|more|better|less|nicer?|kind(er)?|friendly|calm(er)?|confident|patient|polite|positive|empathetic|professional|careful|proactive)|become|improve|work on|think about|(get|do) (better|more)|focus on|concentrate on|have a better|keep (trying|it up|up)|continue to (improve|be)|aim to|strive|pay (more )?attention|remember to (be|smile)|(hit|meet|reach|achieve) (my |the |all )?(targets?|numbers?|goals?|kpis?))\b`)
	wishEnd = pattern.Of(`\b(better|harder|nicer)$|^\S+( \S+)? (more|less|actively|carefully|going)$`)
	ensure  = pattern.Of(`^(please )?(make sure|ensure|see to it)\b`)
	figure  = pattern.Of(`^(get|hit|reach|reduce|lower|raise|increase|improve|bring|cut|keep|hold|achieve|boost|drive|drop|push|maintain|stay|have|be)\b`)
	certain = pattern.Of(`^(reduce|lower|raise|increase|improve|boost)\b`) // that mean a figure without any number
	level   = pattern.Of(`\b(up|down|under|below|above)\b`)
	atLevel = pattern.Of(`^\S+( \S+){0,3} ?(under|below|above|over|at least|at most|[<>=≤≥]+) ?\d`) // "AHT under 400"
)

// figureIn is the metric of which an item's text, or its target, only says how high it is
// to be; "" where it says something to do.
func (f *finder) figureIn(it *logparse.Item) string {
	if it.Target.Set {
		return it.Target.V.Metric
	}
	text := strings.ToLower(it.Text)
	number := strings.ContainsFunc(text, unicode.IsDigit) || level().MatchString(text)
	if certain().MatchString(text) || number && figure().MatchString(text) || atLevel().MatchString(text) {
		return f.metricIn(text)
	}
	return ""
}

// vague says why nobody could say whether a text was done, or "".
func vague(text string) string {
	words := strings.Fields(text)
	switch start := wish().FindString(text); {
	case start != "":
		return fmt.Sprintf("starts with %q, which is hard to answer with yes or no", start)
	case !strings.ContainsFunc(text, isLetterOrDigit):
		return "says nothing yet"
	case words[0] == "be" && len(words) <= 3:
		return "says how to be, which is hard to answer with yes or no"
	case wishEnd().MatchString(text) || ensure().MatchString(text) && len(words) <= 6:
		return "says what is hoped for; what would somebody do?"
	case len(words) == 1 && len([]rune(text)) < 12 && !strings.ContainsFunc(text, withoutBlanks):
		return "is a single word; the other person may read it differently"
	}
	return ""
}

// withoutBlanks finds letters of scripts that put no blanks between words.
func withoutBlanks(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

package assist

import (
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// A key is one of the front matter or of the settings, with what its value can be.
type key struct {
	name, means string
	values      func(v *View, span logparse.Span) []Completion
}

func oneOf(values ...string) func(*View, logparse.Span) []Completion {
	return func(_ *View, span logparse.Span) []Completion { return choices(Choice, "", span, values...) }
}

func onDay(v *View, span logparse.Span) []Completion { return v.dates("", false, span) }

func nextDay(v *View, span logparse.Span) (found []Completion) {
	if next := v.nextSession(); v.day().Before(next) {
		found = append(found, Completion{Date, next.String(), next.Time().Format("Mon ") + next.InWords() + ", by the cadence", span})
	}
	for _, c := range v.dates("", true, span) {
		if !slices.ContainsFunc(found, func(o Completion) bool { return o.Text == c.Text }) {
			found = append(found, c)
		}
	}
	return found
}

func itself(v *View, span logparse.Span) []Completion {
	if v.Person == nil {
		return v.people("", span)
	}
	return []Completion{{Person, v.Person.ID, v.Person.Name, span}}
}

func metricKeys(v *View, span logparse.Span) []Completion { return v.metrics("", "", span) }

var keysOf = map[logparse.FileKind][]key{
	logparse.SessionLog: {
		{"type", "what the file is", oneOf("session")},
		{"coachee", "id; the folder's name, where it is missing", itself},
		{"coach", "id of who leads the session", (*View).others},
		{"date", "the day; the file's name, where it is missing", onDay},
		{"time", "when the session starts, as in 14:30", nil},
		{"status", "whether it took place", oneOf(logparse.Statuses...)},
		{"kind", "what it is, where it isn't regular", oneOf(logparse.Kinds...)},
		{"minutes", "how long it took", nil},
		{"talk", "percent of the talking done by the coachee", nil},
		{"next", "when the two meet again", nextDay},
		{"metrics", "values of the day, as in {aht: 398}", metricKeys},
		{"agreed", "who said, and when, that this is what was agreed", nil},
	},
	logparse.PlanFile: {
		{"type", "what the file is", oneOf("plan")},
		{"person", "id; the folder's name, where it is missing", itself},
		{"name", "the name to show", nil},
		{"email", "an address, or a list of them", nil},
		{"aliases", "ids that the person had before", nil},
		{"known_as", "what other systems call the person", nil},
		{"role", "", nil},
		{"next_role", "", nil},
		{"coach", "id", (*View).others},
		{"coach_from", "of the company", oneOf(logparse.CoachPlaces...)},
		{"cadence", "how often the two meet", oneOf(logparse.Cadences...)},
		{"time", "when sessions start, as in 14:30", nil},
		{"time_zone", "of time, as in Europe/Berlin", nil},
		{"place", "where sessions take place", nil},
		{"set_aside", "minutes a week for coaching others", nil},
		{"focus", "the period that the plan is for: FROM..TO", nil},
		{"metrics", "what the plan is about", metricKeys},
		{"check_ins", "days on which both look at the results", nextDay},
		{"agreed", "who said, and when, that this is what was agreed", nil},
		{"signing_keys", "public SSH keys", nil},
		{"sealing_keys", "public keys for confidential text", nil},
		{"share", "what the coachee lets leave the logbook", nil},
		{"team", "the name of the team", (*View).teams},
		{"left", "the day on which the person left the team", onDay},
		{"away", "leave, as in [2026-08-03..2026-08-21]", nil},
	},
	logparse.PreparationFile: {
		{"type", "what the file is", oneOf("preparation")},
		{"person", "id; the folder's name, where it is missing", itself},
		{"session", "the day that it is for", nextDay},
		{"asked", "when the message went out", onDay},
		{"received", "when the answers came", onDay},
	},
	logparse.AssessmentFile: {
		{"type", "what the file is", oneOf("assessment")},
		{"person", "id; the folder's name, where it is missing", itself},
		{"kind", "how coaching is assessed", oneOf(logparse.AssessmentKinds...)},
		{"date", "the day", onDay},
		{"about", "id of the coach", (*View).others},
		{"scores", "from 1 to 5 or to 10", nil},
	},
	logparse.SettingsFile: {
		{"format", "of the logbook", oneOf("2")},
		{"name", "of the logbook", nil},
		{"cadence", "for people whose plan names none", oneOf(logparse.Cadences...)},
		{"minutes", "set aside for a session", nil},
		{"time", "when sessions start, as in 14:30", nil},
		{"time_zone", "of time, as in Europe/Berlin", nil},
		{"date_order", "of days such as 6/7/2026", oneOf(logparse.DateOrders...)},
		{"fiscal_year_starts", "the month, from 1 to 12", nil},
		{"signatures", "which commits are to be signed", oneOf(logparse.SignatureWants...)},
		{"signatures_from", "from which day on", onDay},
		{"agreement", "what counts as a sign-off", oneOf(logparse.Agreements...)},
		{"forges", "addresses with which a forge commits", nil},
		{"commit_words", "whether messages of commits have the words of goals", oneOf("true", "false")},
		{"confidential", "how confidential text is kept", oneOf(logparse.SealingWants...)},
		{"pulses_to", "id of who evaluates pulses", nil},
		{"talk_aim", "percent of the talking that the coachee is meant to do", nil},
		{"carried_out", "percent of a part from which it counts as carried out", nil},
		{"people", "people without a plan, and defaults", nil},
		{"metrics", "the catalogue", nil},
		{"imports", "how exports are read", nil},
		{"rules", "severities of lint's rules", nil},
		{"sections", "further headings", nil},
	},
}

var (
	keyStart = pattern.Pattern{Of: `^([a-z_]*)$`}
	keyValue = pattern.Pattern{Of: `^([a-z_]+):\s*(?:[\[{]?(?:[^#]*[\[{,]\s*)?)([^\s\[{,#]*)$`}
	ruleLine = pattern.Pattern{Of: `^\s+([a-z-]*)$`}
	ruleSays = pattern.Pattern{Of: `^\s+([a-z-]+):\s*([a-z]*)$`}
)

// completeKey completes a key or a value of the front matter or of the settings.
func (v *View) completeKey(line string, start, offset int) []Completion {
	keys := keysOf[v.Doc.Kind]
	span := func(typed string) logparse.Span { return logparse.Span{Start: offset - len(typed), End: offset} }
	if match := keyStart.Get().FindStringSubmatch(line); match != nil {
		return v.missingKeys(keys, span(match[1]))
	}
	if match := keyValue.Get().FindStringSubmatch(line); match != nil {
		at := slices.IndexFunc(keys, func(k key) bool { return k.name == match[1] })
		if at < 0 || keys[at].values == nil || v.Book == nil && keys[at].name != "type" {
			return nil
		}
		return keys[at].values(v, span(match[2]))
	}
	if v.Doc.Kind != logparse.SettingsFile || v.above(start) != "rules" {
		return nil
	}
	if match := ruleLine.Get().FindStringSubmatch(line); match != nil {
		return v.ruleKeys(span(match[1]))
	}
	if match := ruleSays.Get().FindStringSubmatch(line); match != nil {
		return choices(Choice, "", span(match[2]), "error", "warning", "info", "off")
	}
	return nil
}

// missingKeys are those that the file doesn't have yet.
func (v *View) missingKeys(keys []key, span logparse.Span) (found []Completion) {
	text := string(v.Doc.Text)
	if end := v.Doc.Front.Span.End; v.Doc.Kind != logparse.SettingsFile && end > 0 {
		text = text[:end]
	}
	for _, k := range keys {
		if !strings.Contains("\n"+text, "\n"+k.name+":") {
			found = append(found, Completion{Key, k.name + ": ", k.means, span})
		}
	}
	return found
}

// above is the key at the margin that a line is below.
func (v *View) above(start int) string {
	lines := strings.Split(string(v.Doc.Text[:start]), "\n")
	for _, line := range slices.Backward(lines) {
		if name, _, ok := strings.Cut(line, ":"); ok && name != "" && strings.TrimLeft(name, " \t#") == name {
			return name
		}
	}
	return ""
}

func (v *View) ruleKeys(span logparse.Span) (found []Completion) {
	for _, r := range rules.All {
		found = append(found, Completion{Rule, r.ID + ": ", r.Title, span})
	}
	return found
}

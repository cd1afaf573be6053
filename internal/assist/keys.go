package assist

import (
	"slices"
	"strconv"
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
		{"type", "the kind of file", oneOf("session")},
		{"coachee", "the coachee's id; without it, the folder's name counts", itself},
		{"coach", "the id of the coach in this session", (*View).others},
		{"date", "the day of the session; without it, the file's name counts", onDay},
		{"time", "when the session starts, as in 14:30", nil},
		{"status", "planned, held, missed or cancelled", oneOf(logparse.Statuses...)},
		{"kind", "for a session that isn't a regular one", oneOf(logparse.Kinds...)},
		{"minutes", "how long it took, in minutes", nil},
		{"talk", "percent of the talking done by the coachee", nil},
		{"next", "when the two meet again", nextDay},
		{"metrics", "values on that day, as in {aht: 398}", metricKeys},
		{"agreed", "who agreed to this, and when; each writes their own", nil},
	},
	logparse.PlanFile: {
		{"type", "the kind of file", oneOf("plan")},
		{"person", "the person's id; without it, the folder's name counts", itself},
		{"name", "the name to show", nil},
		{"email", "the address that the person commits with, or a list of them", nil},
		{"aliases", "ids that the person had before", nil},
		{"known_as", "what other systems call the person", nil},
		{"role", "", nil},
		{"next_role", "", nil},
		{"coach", "the coach's id", (*View).others},
		{"coach_from", "whether the coach is from inside or outside the company", oneOf(logparse.CoachPlaces...)},
		{"cadence", "how often the two meet", oneOf(logparse.Cadences...)},
		{"time", "when sessions start, as in 14:30", nil},
		{"time_zone", "as in Europe/Berlin", nil},
		{"place", "where sessions take place", nil},
		{"set_aside", "for a coach: minutes a week kept free for coaching", nil},
		{"focus", "the months that the plan is for, as in 2026-07-01..2026-12-31", nil},
		{"metrics", "the metrics that the plan is about, as in [aht, fcr]", metricKeys},
		{"check_ins", "days on which both look at the results", nextDay},
		{"agreed", "who agreed to this, and when; each writes their own", nil},
		{"signing_keys", "public SSH keys", nil},
		{"sealing_keys", "public keys for confidential text", nil},
		{"share", "what others may see; only the coachee can allow it", nil},
		{"team", "the name of the team", (*View).teams},
		{"left", "the day on which the person left the team", onDay},
		{"away", "days of leave, as in [2026-08-03..2026-08-21]", nil},
	},
	logparse.PreparationFile: {
		{"type", "the kind of file", oneOf("preparation")},
		{"person", "the person's id; without it, the folder's name counts", itself},
		{"session", "the day of the session that it prepares", nextDay},
		{"asked", "when the message went out", onDay},
		{"received", "when the answers came", onDay},
	},
	logparse.AssessmentFile: {
		{"type", "the kind of file", oneOf("assessment")},
		{"person", "the person's id; without it, the folder's name counts", itself},
		{"kind", "how coaching is assessed", oneOf(logparse.AssessmentKinds...)},
		{"date", "the day of the assessment", onDay},
		{"about", "the id of the coach it is about", (*View).others},
		{"scores", "from 1 to 5 or to 10", nil},
	},
	logparse.SettingsFile: {
		{"format", "the format of the files; to move an older logbook to it: coachlog migrate", oneOf(strconv.Itoa(logparse.NewestFormat))},
		{"name", "the name of the logbook", nil},
		{"cadence", "how often two meet, where a plan says nothing", oneOf(logparse.Cadences...)},
		{"minutes", "the time set aside for a session, in minutes", nil},
		{"time", "when sessions start, as in 14:30", nil},
		{"time_zone", "as in Europe/Berlin", nil},
		{"date_order", "how to read a day written as 6/7/2026", oneOf(logparse.DateOrders...)},
		{"fiscal_year_starts", "the month, from 1 to 12", nil},
		{"fiscal_year_named", "whether a fiscal year has the number of the year in which it starts or ends", oneOf(logparse.FiscalYearNames...)},
		{"fiscal_weeks", "how many weeks the months of a quarter have", oneOf(logparse.FiscalWeeks...)},
		{"signatures", "which commits have to be signed", oneOf(logparse.SignatureWants...)},
		{"signatures_from", "the day from which commits have to be signed", onDay},
		{"agreement", "what counts as a sign-off", oneOf(logparse.Agreements...)},
		{"forges", "addresses that a forge commits with", nil},
		{"commit_words", "whether commit messages have the words of goals and actions", oneOf("true", "false")},
		{"confidential", "how confidential text is kept", oneOf(logparse.SealingWants...)},
		{"pulses_to", "the id of the person who evaluates pulses", nil},
		{"talk_aim", "how much of the talking the coachee should do, in percent", nil},
		{"carried_out", "how much of a part of the method has to be done, in percent, to count as carried out", nil},
		{"people", "people who have no plan of their own here", nil},
		{"metrics", "the metrics that both sides know", nil},
		{"imports", "how exports of other systems are read", nil},
		{"rules", "what each rule of lint is: error, warning, info or off", nil},
		{"sections", "other headings for the sections, in any language", nil},
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

package assist

import (
	"bytes"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan/rules"
)

// A Kind says what a completion is, so that an editor can draw it.
type Kind int

// The kinds of completions.
const (
	Person Kind = iota
	ID
	Metric
	Mark
	Token
	Date
	Heading
	Key
	Choice
	Rule
)

// A Completion is something that may come next. It takes the place of Replaces.
type Completion struct {
	Kind     Kind
	Text     string
	Detail   string
	Replaces logparse.Span
}

// Triggers are the characters after which an editor asks without being told to.
var Triggers = []string{"@", "^", ":", "[", "#", "|", " "}

var (
	commentRule  = pattern.Of(`(?:<!--|#)\s*coachlog:\s*ignore\s+(?:[\w-]+\s*,\s*)*([\w-]*)$`)
	openBox      = pattern.Of(`^\s*(?:[-*+]|\d+[.)])\s+\[([^\]\s]?)$`)
	headingLine  = pattern.Of(`^(#{1,6})(?:[ \t]+(.*))?$`)
	figureCell   = pattern.Of(`^\s*\|\s*([^|\s]*)$`)
	bulletAndBox = pattern.Of(`^\s*(?:[-*+]|\d+[.)])\s+(?:\[.\])?`)
	listItem     = pattern.Of(`^\s*(?:[-*+]|\d+[.)])\s`)
)

// Complete lists what may come at a place in the text, the likeliest first.
func (v *View) Complete(offset int) []Completion {
	line, start := lineBefore(v.Doc, offset)
	behind := func(match []string) logparse.Span { return logparse.Span{Start: offset - len(match[1]), End: offset} }
	if match := commentRule().FindStringSubmatch(line); match != nil {
		return ruleNames("", behind(match))
	}
	if v.Doc.Kind == logparse.SettingsFile || v.inFront(start) {
		return v.completeKey(line, start, offset)
	}
	if match := openBox().FindStringSubmatch(line); match != nil {
		return v.marks(start, behind(match))
	}
	if match := headingLine().FindStringSubmatch(line); match != nil {
		return v.headings(match[1], logparse.Span{Start: start, End: offset})
	}
	if match := figureCell().FindStringSubmatch(line); match != nil {
		return v.metrics("", "", behind(match))
	}
	word := line[strings.LastIndexAny(line, " \t")+1:]
	return v.completeWord(word, start, logparse.Span{Start: offset - len(word), End: offset})
}

// inFront says whether a line is in the front matter, also where that has no end yet.
func (v *View) inFront(start int) bool {
	if end := v.Doc.Front.Span.End; end > 0 {
		isNext := start == end && !isClosed(v.Doc.Text[:end]) // of what is written so far
		return start > 0 && (start < end || isNext) && !bytes.HasPrefix(v.Doc.Text[start:], []byte("---"))
	}
	return start > 0 && bytes.HasPrefix(v.Doc.Text, []byte("---"))
}

// isClosed says whether front matter ends with the line for that.
func isClosed(front []byte) bool {
	front = bytes.TrimRight(front, "\r\n")
	start := bytes.LastIndexAny(front, "\r\n") + 1
	return start > 0 && (bytes.HasPrefix(front[start:], []byte("---")) || bytes.HasPrefix(front[start:], []byte("...")))
}

// completeWord completes a word of the body.
func (v *View) completeWord(word string, start int, span logparse.Span) []Completion {
	if v.Book == nil {
		return nil
	}
	prefix, rest, isToken := strings.Cut(word, ":")
	switch {
	case strings.HasPrefix(word, "@"):
		return v.people("@", span)
	case strings.HasPrefix(word, "^"):
		return v.ids(start, span)
	case isToken && (prefix == "due" || prefix == "received" || prefix == "since" || prefix == "promoted"):
		return v.dates(prefix+":", prefix == "due", span)
	case isToken && prefix == "metric":
		return v.metrics("metric:", rest, span)
	case isToken && prefix == "skill":
		return v.skills(span)
	case isToken && prefix == "by":
		return v.people("by:", span)
	case isToken && prefix == "every":
		return choices(Token, "every:", span, "week", "month")
	case isToken || !listItem().Match(v.Doc.Text[start:span.Start]):
		return nil
	}
	return v.tokens(word, start, span)
}

// people are those whom the logbook knows: the person and their coach first.
func (v *View) people(before string, span logparse.Span) (found []Completion) {
	var first, rest []Completion
	coach := ""
	if v.Person != nil {
		coach = v.Book.CoachOf(v.Person)
	}
	for _, p := range v.Book.Known {
		c := Completion{Person, before + p.ID, p.Name, span}
		switch {
		case v.Person != nil && p.ID == v.Person.ID:
			first = slices.Insert(first, 0, c)
		case p.ID == coach:
			first = append(first, c)
		case !p.HasLeft(v.Today):
			rest = append(rest, c)
		}
	}
	return append(first, rest...)
}

// ids are those of goals and actions that are open, then of others, with their texts; those
// that the log has already are of no use in the same part of it.
func (v *View) ids(start int, span logparse.Span) (found []Completion) {
	if v.Person == nil {
		return nil
	}
	var rest []Completion
	seen := make(map[string]bool)
	add := func(id, text, detail string, open bool) {
		if id == "" || seen[id] {
			return
		}
		seen[id] = true
		c := Completion{ID, "^" + id, text + detail, span}
		if open {
			found = append(found, c)
		} else {
			rest = append(rest, c)
		}
	}
	if own := v.ownID(start, span); own != "" {
		rest = append(rest, Completion{ID, "^" + own, "a new id, from the words of this line", span})
	}
	for _, a := range slices.Backward(v.Person.Agreements) {
		add(a.ID, a.Text, " (@"+a.Owner+", "+string(a.Result)+")", a.Live())
	}
	for _, g := range slices.Backward(v.Person.Goals) {
		add(g.ID, g.Text, " (goal)", g.Running())
	}
	return append(found, rest...)
}

var idWord = pattern.Of(`[\p{L}\p{N}]+`)

// ownID makes an id of the longest word of a line's text.
func (v *View) ownID(start int, span logparse.Span) (longest string) {
	text := bulletAndBox().ReplaceAllString(string(v.Doc.Text[start:span.Start]), "")
	for _, word := range idWord().FindAllString(text, -1) {
		if len(word) > len(longest) {
			longest = word
		}
	}
	longest = strings.ToLower(longest)
	if !logparse.IsID(longest) || v.taken(longest) {
		return ""
	}
	return longest
}

// taken says whether a goal or an action of the person's has an id.
func (v *View) taken(id string) bool {
	for _, doc := range v.Book.Docs {
		for it := range itemsOf(doc) {
			if it.ID.Set && it.ID.V == id {
				return true
			}
		}
	}
	return false
}

// metrics are those of the catalogue; as a target, with the relation that its direction asks for.
func (v *View) metrics(before, typed string, span logparse.Span) (found []Completion) {
	if v.Book == nil || strings.ContainsAny(typed, "<>=") {
		return nil
	}
	for _, m := range v.Book.Roster.Settings.Metrics {
		text, detail := before+m.Key, m.Name.V
		if before != "" {
			text += map[string]string{"lower": "<=", "higher": ">="}[m.Direction.V]
		}
		if m.Unit.Set {
			detail += " (" + m.Unit.V + ")"
		}
		found = append(found, Completion{Metric, text, strings.TrimSpace(detail), span})
	}
	return found
}

func (v *View) skills(span logparse.Span) (found []Completion) {
	if v.Person == nil {
		return nil
	}
	for _, s := range v.Person.Skills() {
		if logparse.IsID(s.Name) {
			found = append(found, Completion{Token, "skill:" + s.Name, s.Text, span})
		}
	}
	return found
}

// dates are days on which things come due: from the session's day on, or today's.
func (v *View) dates(before string, ahead bool, span logparse.Span) (found []Completion) {
	day := v.day()
	add := func(d logparse.Date, why string) {
		detail := d.Time().Format("Mon ") + d.InWords() + ", " + why
		if !d.IsZero() && !slices.ContainsFunc(found, func(c Completion) bool { return c.Text == before+d.String() }) {
			found = append(found, Completion{Date, before + d.String(), detail, span})
		}
	}
	if !ahead {
		add(day, "the day of this log")
		add(v.Today, "today")
		return found
	}
	if s := v.Doc.Session; s != nil {
		add(s.Next.V, "the next session")
	}
	add(day.AddDays(7), "in a week")
	add(day.AddDays(14), "in two weeks")
	add(day.AddMonths(1), "in a month")
	month := logparse.Date{Year: day.Year, Month: day.Month, Day: 1}.AddMonths(1)
	add(month.AddDays(-1), "the end of the month")
	for month.Month%3 != 1 {
		month = month.AddMonths(1)
	}
	add(month.AddDays(-1), "the end of the quarter")
	return found
}

// day is the day that the text is about.
func (v *View) day() logparse.Date {
	if s := v.Doc.Session; s != nil && s.Date.Set {
		return s.Date.V
	}
	return v.Today
}

// tokens are those that an item of this kind of file can have, once somebody types the start
// of one.
func (v *View) tokens(word string, start int, span logparse.Span) (found []Completion) {
	of := sessionTokens
	switch {
	case word == "":
		return nil
	case v.Doc.Kind == logparse.PlanFile:
		of = planTokens
	case v.Doc.Kind != logparse.SessionLog:
		return nil
	}
	for _, t := range of {
		if strings.HasPrefix(t.text, word) && word != t.text {
			found = append(found, Completion{Token, t.text, t.means, span})
		}
	}
	return found
}

type named struct{ text, means string }

var (
	sessionTokens = []named{
		{"due:", "its date"}, {"metric:", "a goal's target, as in metric:aht<=390"}, {"skill:", "the skill that it practises"},
		{"by:", "who proposed it"}, {"every:", "due again each week or month"},
	}
	planTokens = []named{
		{"skill:", "the name that actions use for the skill"}, {"received:", "the day on which the coachee said so"},
		{"due:", "the day by which the coachee wants to reach an aim"}, {"since:", "the first day in a role"}, {"promoted:", "the same, of a promotion"},
	}
)

// marks are what a box can hold in this part of the file.
func (v *View) marks(start int, span logparse.Span) (found []Completion) {
	of := planMarks
	for _, section := range v.Doc.Sections() {
		if section.Heading.Start <= start && section.Name != logparse.OwnSection {
			of = planMarks
			if section.Name == logparse.FollowUp {
				of = resultMarks
			}
		}
	}
	closing := "] "
	if rest := v.Doc.Text[span.End:]; bytes.HasPrefix(rest, []byte("]")) {
		closing = ""
	}
	for _, m := range of {
		found = append(found, Completion{Mark, m.text + closing, m.means, span})
	}
	return found
}

var (
	resultMarks = []named{
		{"x", "done; of a goal: reached"}, {"/", "partly done"}, {"n", "not done; of a goal: not reached"}, {"!", "blocked: it needed something from somebody (@id), and that didn't come"},
		{">", "carried on to the next session"}, {"-", "dropped by agreement"}, {" ", "not talked about"},
	}
	planMarks = []named{{" ", "open"}, {"x", "done already"}, {"/", "begun"}, {"!", "blocked"}, {"-", "dropped by agreement"}}
)

// headings are those of the kind of file that it doesn't have yet.
func (v *View) headings(level string, span logparse.Span) (found []Completion) {
	var names []logparse.SectionName
	switch v.Doc.Kind {
	case logparse.SessionLog:
		names = logparse.SectionNames
	case logparse.PlanFile:
		names = logparse.PlanSectionNames
	case logparse.PreparationFile:
		names = logparse.PreparationSectionNames
	}
	has := make(map[logparse.SectionName]bool)
	for _, section := range v.Doc.Sections() {
		has[section.Name] = true
	}
	if len(level) == 1 {
		level = "##"
	}
	for _, name := range names {
		if !has[name] {
			found = append(found, Completion{Heading, level + " " + name.Title(), "", span})
		}
	}
	return found
}

// ruleNames are all rules, for a comment that silences one or the settings; those that found something
// here come first in an editor's list by themselves.
func ruleNames(behind string, span logparse.Span) (found []Completion) {
	for _, r := range rules.All {
		found = append(found, Completion{Rule, r.ID + behind, r.Title, span})
	}
	return found
}

func choices(kind Kind, before string, span logparse.Span, values ...string) (found []Completion) {
	for _, value := range values {
		found = append(found, Completion{kind, before + value, "", span})
	}
	return found
}

// others are those who can be somebody's coach: all but the person.
func (v *View) others(span logparse.Span) []Completion {
	return slices.DeleteFunc(v.people("", span), func(c Completion) bool { return v.Person != nil && c.Text == v.Person.ID })
}

// teams are the names of those that people are in.
func (v *View) teams(span logparse.Span) []Completion {
	var names []string
	for _, p := range v.Book.Known {
		if team := p.TeamOf(); team != "" {
			names = append(names, logparse.QuoteYAML(team))
		}
	}
	slices.Sort(names)
	return choices(Choice, "", span, slices.Compact(names)...)
}

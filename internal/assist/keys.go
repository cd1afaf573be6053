package assist

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// keysOf are the keys that people write in a kind of file: all but those that coachlog adopt writes.
func keysOf(kind logparse.FileKind) logparse.KeyForms {
	return slices.DeleteFunc(slices.Clone(logparse.Keys(kind)), func(k *logparse.KeyForm) bool { return strings.HasPrefix(k.Key, "adopted") })
}

// values are what can be behind a key.
func (v *View) values(k *logparse.KeyForm, span logparse.Span) []Completion {
	if k.Key == "type" {
		return choices(Choice, "", span, v.Doc.Kind.String())
	}
	if v.Book == nil {
		return nil
	}
	switch k.Key {
	case "coachee", "person":
		if v.Person == nil {
			return v.people("", span)
		}
		return []Completion{{Person, v.Person.ID, v.Person.Name, span}}
	case "coach", "about":
		return v.others(span)
	case "next", "check_ins", "session":
		return v.nextDays(span)
	case "metrics":
		if v.Doc.Kind != logparse.SettingsFile {
			return v.metrics("", "", span)
		}
	case "team":
		return v.teams(span)
	case "format":
		return choices(Choice, "", span, strconv.Itoa(logparse.NewestFormat))
	}
	if k.Kind == logparse.DayKey {
		return v.dates("", false, span)
	}
	return choices(Choice, "", span, k.Choices...)
}

// nextDays are days to come: first that of the next session by the cadence.
func (v *View) nextDays(span logparse.Span) (found []Completion) {
	if v.Person != nil {
		if next := v.Book.NextSession(v.Person.Facts(), v.Today); v.day().Before(next) {
			found = append(found, Completion{Date, next.String(), next.Time().Format("Mon ") + next.InWords() + ", by the cadence", span})
		}
	}
	for _, c := range v.dates("", true, span) {
		if !slices.ContainsFunc(found, func(o Completion) bool { return o.Text == c.Text }) {
			found = append(found, c)
		}
	}
	return found
}

var (
	keyStart = pattern.Of(`^([a-z_]*)$`)
	keyValue = pattern.Of(`^([a-z_]+):\s*(?:[\[{]?(?:[^#]*[\[{,]\s*)?)([^\s\[{,#]*)$`)
	ruleLine = pattern.Of(`^\s+([a-z-]*)$`)
	ruleSays = pattern.Of(`^\s+([a-z-]+):\s*([a-z]*)$`)
)

// completeKey completes a key or a value of the front matter or of the settings.
func (v *View) completeKey(line string, start, offset int) []Completion {
	keys := keysOf(v.Doc.Kind)
	span := func(typed string) logparse.Span { return logparse.Span{Start: offset - len(typed), End: offset} }
	if match := keyStart().FindStringSubmatch(line); match != nil {
		return v.missingKeys(keys, span(match[1]))
	}
	if match := keyValue().FindStringSubmatch(line); match != nil {
		if k := keys.Of(match[1]); k != nil {
			return v.values(k, span(match[2]))
		}
		return nil
	}
	if v.Doc.Kind != logparse.SettingsFile || v.above(start) != "rules" {
		return nil
	}
	if match := ruleLine().FindStringSubmatch(line); match != nil {
		return ruleNames(": ", span(match[1]))
	}
	if match := ruleSays().FindStringSubmatch(line); match != nil {
		return choices(Choice, "", span(match[2]), "error", "warning", "info", "off")
	}
	return nil
}

// missingKeys are those that the file doesn't have yet.
func (v *View) missingKeys(keys logparse.KeyForms, span logparse.Span) (found []Completion) {
	text := string(v.Doc.Text)
	if end := v.Doc.Front.Span.End; v.Doc.Kind != logparse.SettingsFile && end > 0 {
		text = text[:end]
	}
	for _, k := range keys {
		if !strings.Contains("\n"+text, "\n"+k.Key+":") {
			found = append(found, Completion{Key, k.Key + ": ", k.Means, span})
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

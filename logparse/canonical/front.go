package canonical

import (
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A writing is how a value is written; ok is false of a text that is none.
type writing func(doc *logparse.Document, text string) (canonical string, ok bool)

// values are the keys whose values can be written in several ways. The keys that lead to one
// have dots between them; * is any key.
var values = map[logparse.FileKind]map[string]writing{
	logparse.SessionLog: {
		"date": day, "next": day, "adopted": day, "agreed.*": day,
		"time": clock, "minutes": minutes, "talk": percent, "metrics.*": percent,
	},
	logparse.PlanFile: {
		"left": day, "check_ins": day, "agreed.*": day, "focus": days, "away": days,
		"share.*.since": day, "share.*.withdrawn": day, "time": clock, "set_aside": minutes,
	},
	logparse.PreparationFile: {"session": day, "asked": day, "received": day},
	logparse.AssessmentFile:  {"date": day},
	logparse.SettingsFile:    {"signatures_from": day, "time": clock, "minutes": minutes, "talk_aim": percent, "carried_out": percent},
}

// front writes the days and numbers of the front matter, or of the settings.
func (f *form) front() {
	known := values[f.Kind]
	for value := range f.Scalars() {
		write := known[pattern(value.Keys)]
		if write == nil || f.isDoubtful(value.Span) {
			continue
		}
		raw, quote := string(f.Text[value.Span.Start:value.Span.End]), ""
		if raw != value.Text && len(raw) > 1 && raw[1:len(raw)-1] == value.Text {
			quote = raw[:1]
		}
		canonical, ok := write(f.Document, value.Text)
		if ok && canonical != value.Text && raw == quote+value.Text+quote {
			f.write(value.Span, quote+canonical+quote)
		}
	}
}

// pattern is the form in which values has keys: an id is any.
func pattern(keys []string) string {
	keys = append([]string(nil), keys...)
	if len(keys) > 1 {
		keys[1] = "*"
	}
	return strings.Join(keys, ".")
}

func day(doc *logparse.Document, text string) (string, bool) {
	date, ok := doc.Day(text)
	return date.String(), ok
}

// days are one day, or the first and the last of a range.
func days(doc *logparse.Document, text string) (string, bool) {
	first, last, isRange := strings.Cut(text, "..")
	from, ok := day(doc, first)
	if !isRange || !ok {
		return from, ok
	}
	to, ok := day(doc, last)
	return from + ".." + to, ok
}

func clock(_ *logparse.Document, text string) (string, bool) {
	time, ok := logparse.ParseClock(text)
	return time.String(), ok
}

func minutes(_ *logparse.Document, text string) (string, bool) {
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return text, true
	}
	n, ok := logparse.Minutes(text)
	return logparse.FormatNumber(n), ok
}

func percent(_ *logparse.Document, text string) (string, bool) {
	number, ok := logparse.Percent(text)
	return number + "%", ok
}

package canonical

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A writing is how a value is written; ok is false of a text that is none.
type writing func(doc *logparse.Document, text string) (canonical string, ok bool)

// writings are how the values of a kind of key are written; those of the others have one form.
var writings = map[logparse.KeyKind]writing{
	logparse.DayKey: day, logparse.DaysKey: days, logparse.ClockKey: clock,
	logparse.MinutesKey: minutes, logparse.PercentKey: percent, logparse.NumberKey: percent,
}

// front writes the days and numbers of the front matter, or of the settings.
func (f *form) front() {
	root := &logparse.KeyForm{Keys: logparse.Keys(f.Kind)}
	for value := range f.Scalars() {
		write := writings[kindAt(root, value.Keys)]
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

// kindAt is the kind of a value, or of the items of a list, to which some keys lead.
func kindAt(form *logparse.KeyForm, keys []string) logparse.KeyKind {
	for _, key := range keys {
		if form.Kind == logparse.ListKey { // nobody reads a mapping there
			return ""
		}
		if form = cmp.Or(form.Keys.Of(key), form.Each); form == nil {
			return ""
		}
	}
	if form.Kind == logparse.ListKey && form.Each != nil {
		form = form.Each
	}
	return form.Kind
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

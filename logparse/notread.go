package logparse

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// NotRead is the code of what is said of a file that looks like a log, and isn't read because
// of its name or place.
const NotRead = "not-read"

// FileName is the rule about names that not every system can have, or tell apart.
const FileName = "file-name"

// How file names start with a day in figures, and what may stand behind it.
var (
	nameDay    = pattern.Of(`^(?:\d{4}[-._ ]\d{1,2}[-._ ]\d{1,2}|\d{1,2}[-._ ]\d{1,2}[-._ ]\d{4}|\d{8}\b)`)
	behindDay  = pattern.Of(`^(?:[-_ ]\d{1,2})?$`)
	eightDigit = pattern.Of(`^(\d{4})(\d\d)(\d\d)$`)
	textEnding = pattern.Of(`(?i)(?:\.(?:md|markdown|mdown|txt))+$`)
	nameGaps   = strings.NewReplacer("_", "-", " ", "-")
)

// dayOfName is the day that a file's name starts with, "DATE" where that can be two days, ""
// where there is none; only says that the name is nothing else.
func (h Headings) dayOfName(stem string) (day string, only bool) {
	text, days := stem, h.days(stem) // as 13 July 2026
	if figures := nameDay().FindString(stem); figures != "" {
		text, days = figures, h.days(eightDigit().ReplaceAllString(nameGaps.Replace(figures), "$1-$2-$3"))
	}
	switch len(days) {
	case 0:
		return "", false
	case 1:
		day = days[0].String()
	default:
		day = "DATE"
	}
	return day, behindDay().MatchString(stem[len(text):])
}

// LooksLikeLog says by a file's name alone whether it is meant as a log or plan, and what
// name it would be read under; "" where it isn't.
func LooksLikeLog(base string) (name string) {
	stem := textEnding().ReplaceAllString(base, "")
	if stem == base {
		return ""
	}
	if strings.EqualFold(stem, "plan") {
		return "plan.md"
	}
	if day, only := (Headings{}).dayOfName(stem); only {
		return day + ".md"
	}
	return ""
}

// reportNotRead reports a file in a person's folder that looks like a log and doesn't say
// what it is: by its name, or by what is in it.
func (d *Document) reportNotRead() {
	if folderOf(d.Path) == "" {
		return
	}
	base := path.Base(d.Path)
	if field := d.Front.Field("type"); field != nil && field.Text != "" {
		if field.Text != "note" && d.isNamedAsLog() && d.hasLogKeys(true) {
			d.report(Diagnostic{Code: NotRead, Span: field.Span, Message: "this looks like a log and isn't read, since its `type` says that it is something else",
				Remedy: "write `type: session`; if it is something else, `type: note`"})
		}
		return
	}
	name := LooksLikeLog(base)
	day, _ := d.headings.dayOfName(strings.TrimSuffix(base, path.Ext(base)))
	if name == "" && !d.hasLogKeys(day != "") && !slices.ContainsFunc(d.Outline(), func(h HeadingLine) bool { return isGoals(h.Section) }) {
		return
	}
	if said := d.Front.Field("date"); said != nil && day == "" {
		if date, ok := d.headings.day(said.Text); ok {
			day = date.String()
		}
	}
	if name != "plan.md" {
		name = cmp.Or(day, "DATE") + ".md"
	}
	d.report(Diagnostic{Code: NotRead, Message: fmt.Sprintf("this looks like a log but isn't read, since its name isn't a log's, as in %s", name),
		Remedy: fmt.Sprintf("rename it to %s, or write `type: session` at its top; if it is something else, `type: note`", name)})
}

func (d *Document) isNamedAsLog() bool { return IsLogName(path.Base(d.Path)) }

func isGoals(s SectionName) bool { return s == FollowUp || s == ShortTerm || s == MidTerm }

// hasLogKeys says whether the front matter has keys of a log: whose it is, or two others; one
// is enough where the name has a day.
func (d *Document) hasLogKeys(dated bool) bool {
	found := 0
	for field := range d.Front.Fields() {
		switch {
		case field.Key == "coachee":
			return true
		case slices.Contains([]string{"coach", "minutes", "talk", "next", "metrics", "agreed"}, field.Key), field.Key == "status" && slices.Contains(Statuses, field.Text):
			found++
		}
	}
	return found > 1 || dated && found > 0
}

// Stray is a file or folder of which nothing is read, with what is wrong about it.
func Stray(name string, d Diagnostic) *Document {
	d.Severity = Error
	return &Document{Source: newSource(name, nil), Diagnostics: []Diagnostic{d}}
}

package logparse

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// NewestFormat is the format of the logbooks that this coachlog writes. The settings
// name it; those of the first format don't.
const NewestFormat = 2

// UnclearFormat is the format of a logbook whose settings name one that is no number.
const UnclearFormat = -1

// WholeFormat is the logbook's format: 1 where the settings name none, 0 where they can't
// be read.
func (s *Settings) WholeFormat() int {
	switch {
	case s.Format.Set:
		return s.Format.V
	case s.unread:
		return 0
	}
	return 1
}

// readFormat reads which format the logbook has.
func (s *Settings) readFormat(r *keyReader) {
	e := r.root.entry("format")
	v := r.text("format")
	digits := strings.TrimLeft(v.V, "0")
	number, err := strconv.Atoi(digits)
	switch {
	case e == nil || e.value.kind == yamlEmpty:
		return
	case isNumber(digits) && err != nil:
		number = math.MaxInt // surely newer
	case !isNumber(digits):
		number = UnclearFormat
	}
	s.Format = Value[int]{number, e.value.span, true}
	if v.Set && number == UnclearFormat {
		r.report(Diagnostic{Code: "bad-number", Span: v.Span,
			Message: fmt.Sprintf("`format: %s` doesn't name a format", v.V),
			Remedy:  fmt.Sprintf("write `format: %d`, as coachlog init and coachlog migrate do", NewestFormat)})
	}
}

// namedFormat is for settings that a newer coachlog may have written in a way that this
// one can't read.
var namedFormat = pattern(`(?m)^["']?format["']?[ \t]*:[ \t]*["']?0*([1-9]\d*)["']?[ \t\r]*(?:#.*)?$`)

// guessFormat looks for a newer format in settings that can't be read.
func (s *Settings) guessFormat(source *Source) {
	s.unread = true
	for _, found := range namedFormat().FindAllSubmatch(source.Text, -1) {
		if number, err := strconv.Atoi(string(found[1])); err != nil || number > NewestFormat {
			s.Format = Value[int]{V: number, Set: true}
		}
	}
}

// A Left is why a log stays as it is when its logbook moves to a newer format: nobody can
// tell for certain what it says.
type Left struct {
	Where  string // the place in the file
	Reason string
}

// LeftByMigration says why a migration leaves a log as it is; nil for what it can read
// whole, and for other files.
func (d *Document) LeftByMigration() *Left {
	if d.Kind != SessionLog || d.isTemplate() {
		return nil
	}
	at := slices.IndexFunc(d.Diagnostics, func(x Diagnostic) bool {
		return x.Code == "conflict-marker" || x.Code == HeldBack || x.Severity == Error && d.Broken()
	})
	switch {
	case at >= 0:
		return &Left{d.Where(d.Diagnostics[at].Span.Start), d.Diagnostics[at].Message}
	case d.Broken() || len(d.conflicts) > 0:
		return &Left{d.Path, "it can't be read as a log"}
	}
	return nil
}

// Migrated is the text of a file of a logbook in the newest format, of which the file has
// the one before: the text that it has, where nothing changes.
//
// In the first format, an open box in Follow-through of a held session's log said that
// something wasn't done. Now it says nothing, and [n] says that.
func (d *Document) Migrated() []byte {
	switch {
	case d.Kind == SettingsFile:
		return d.settingsInNewestFormat()
	case d.isTemplate():
		return d.templateInNewestFormat()
	case d.Kind != SessionLog || d.LeftByMigration() != nil || d.Session.Status.V != Held || d.Session.Adopted.Set:
		return d.Text
	}
	var open []Span
	for _, goal := range d.Session.FollowThrough {
		items := []*Item{goal.Item}
		for _, action := range goal.Actions {
			items = append(items, action.Item)
		}
		for _, it := range items {
			if it.State == Open {
				open = append(open, it.Box)
			}
		}
	}
	return d.with(open, string(NotDone))
}

// with is the text with something else in some places, which are in the file's order.
func (d *Document) with(places []Span, text string) []byte {
	if len(places) == 0 {
		return d.Text
	}
	var out []byte
	at := 0
	for _, p := range places {
		out = append(append(out, d.Text[at:p.Start]...), text...)
		at = p.End
	}
	return append(out, d.Text[at:]...)
}

func (d *Document) isTemplate() bool { return strings.HasPrefix(d.Path, TemplatesFolder+"/") }

// openInLegend is the mark in a template's line of marks; in an example of an item a
// bullet is before it.
var openInLegend = pattern(`(?m)(^[ \t]*[-*+][ \t]+)?\[( )\]`)

// templateInNewestFormat has the new mark where a comment in Follow-through says what the
// marks mean.
func (d *Document) templateInNewestFormat() []byte {
	if d.Session == nil || d.broken {
		return d.Text
	}
	var open []Span
	for _, section := range d.sections {
		if section.Name != FollowUp {
			continue
		}
		below := section.Heading.End
		for _, c := range comments().FindAllIndex(d.plain[below:section.Span.End], -1) {
			comment := d.plain[below+c[0] : below+c[1]]
			if legend := string(comment); !strings.Contains(legend, "[x]") || strings.Contains(legend, "[n]") {
				continue
			}
			for _, m := range openInLegend().FindAllSubmatchIndex(comment, -1) {
				if m[2] < 0 {
					open = append(open, Span{below + c[0] + m[4], below + c[0] + m[5]})
				}
			}
		}
	}
	return d.with(open, string(NotDone))
}

// settingsInNewestFormat names the format before the first key and what is written about
// that, or behind all else.
func (d *Document) settingsInNewestFormat() []byte {
	old, _ := ParseSettings(d.Path, d.Text)
	if old.WholeFormat() != 1 {
		return d.Text
	}
	for _, edit := range d.formatEdits() {
		text := d.with([]Span{edit.span}, edit.text)
		now, doc := ParseSettings(d.Path, text)
		if now.Format.V == NewestFormat && len(doc.Diagnostics) == len(d.Diagnostics) && len(now.People) == len(old.People) && len(now.Metrics) == len(old.Metrics) {
			return text
		}
	}
	return d.Text
}

// formatEdits are the ways to name the format in settings, the best first.
func (d *Document) formatEdits() (edits []Edit) {
	number := strconv.Itoa(NewestFormat)
	line := "format: " + number
	root := parseYAML(d.Source, Span{d.bom, len(d.plain)}, func(Diagnostic) {})
	if root != nil && len(root.entries) > 0 {
		if e := root.entry("format"); e != nil && e.value.kind == yamlEmpty {
			colon := e.keySpan.End + strings.IndexByte(string(d.plain[e.keySpan.End:]), ':') + 1
			return []Edit{{span: Span{colon, colon}, text: " " + number}}
		} else if e != nil {
			return []Edit{{span: e.value.span, text: number}}
		}
		first := root.entries[0].keySpan.Start
		start := d.lineStart(first)
		if indent := string(d.plain[start:first]); strings.TrimSpace(indent) == "" {
			above := d.aboveComments(start)
			edits = append(edits, Edit{span: Span{above, above}, text: indent + line + d.eol()})
		}
		edits = append(edits, Edit{span: Span{first, first}, text: line + ", "})
	}
	end, text := len(d.Text), line+d.eol()
	if end > d.bom && d.plain[end-1] != '\n' {
		text = d.eol() + text
	}
	return append(edits, Edit{span: Span{end, end}, text: text})
}

// aboveComments is where the comment lines start that are right above a line.
func (d *Document) aboveComments(start int) int {
	for line := d.lineAt(start) - 1; line >= 0; line-- {
		span := d.lineSpan(line)
		if d.plain[span.Start] != '#' {
			break
		}
		start = span.Start
	}
	return start
}

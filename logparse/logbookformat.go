package logparse

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// NewestFormat is the format of the logbooks that this coachlog writes. The settings
// name it; those of the first format don't.
const NewestFormat = 2

// UnclearFormat is the format of a logbook whose settings name one that is no number.
const UnclearFormat = -1

// WholeFormat is the logbook's format: 1 where the settings name none, 0 where they can't
// be read.
func (s *Settings) WholeFormat() int {
	if !s.Format.Set && s.read {
		return 1
	}
	return s.Format.V
}

// readFormat reads which format the logbook has.
func (s *Settings) readFormat(r *keyReader) {
	v := r.text("format")
	e := r.root.entry("format")
	if e == nil || e.value.kind == yamlEmpty {
		return
	}
	number, err := strconv.Atoi(v.V)
	if err != nil || number < 1 {
		number = UnclearFormat
	}
	s.Format = Value[int]{number, e.value.span, true}
	if v.Set && number == UnclearFormat {
		r.report(Diagnostic{Code: "bad-number", Span: v.Span,
			Message: fmt.Sprintf("`format: %s` doesn't name a format", v.V),
			Remedy:  fmt.Sprintf("write `format: %d`, as coachlog init and coachlog migrate do", NewestFormat)})
	}
}

// LeftByMigration says where and why a log can't be read for certain, so that it stays as
// it is when its logbook moves to a newer format; "" for all other files.
func (d *Document) LeftByMigration() string {
	if d.Kind != SessionLog || d.isTemplate() {
		return ""
	}
	for _, x := range d.Diagnostics {
		if x.Code == "conflict-marker" || x.Code == HeldBack || x.Severity == Error && d.Broken() {
			return d.Where(x.Span.Start) + ": " + x.Message
		}
	}
	if d.Broken() || len(d.conflicts) > 0 {
		return d.Path + ": it can't be read as a log"
	}
	return ""
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
		return d.migratedBy(d.openInLegends())
	case d.Kind != SessionLog || d.LeftByMigration() != "" || d.Session.Status.V != Held || d.Session.Adopted.Set:
		return d.Text
	}
	var open []Span
	for _, goal := range d.Session.FollowThrough {
		for _, it := range append([]*Item{goal.Item}, goal.tasks()...) {
			if it.State == Open {
				open = append(open, it.Box)
			}
		}
	}
	return d.migratedBy(open)
}

// migratedBy is the text with [n] in the places of some marks, which are in the file's order.
func (d *Document) migratedBy(marks []Span) []byte {
	var edits []Edit
	for _, mark := range marks {
		edits = append(edits, rewrite(mark, string(NotDone))...)
	}
	text, _ := d.edited(edits)
	return text
}

func (d *Document) isTemplate() bool { return strings.HasPrefix(d.Path, TemplatesFolder+"/") }

var openInLegend = pattern.Of(`\[x\].*\[( )\]`)

// openInLegends are the open marks in lines of a template that say below Follow-through
// what the marks mean, and not yet in the newest format.
func (d *Document) openInLegends() (open []Span) {
	if d.Session == nil || d.broken {
		return nil
	}
	for _, section := range d.sections {
		start := section.Heading.End
		text := d.plain[start:section.Span.End]
		if section.Name != FollowUp || bytes.Contains(text, []byte("[n]")) {
			continue
		}
		for _, m := range openInLegend().FindAllSubmatchIndex(text, -1) {
			open = append(open, Span{start + m[2], start + m[3]})
		}
	}
	return open
}

// settingsInNewestFormat names the format, behind all else where no key is there yet.
func (d *Document) settingsInNewestFormat() []byte {
	old, _ := ParseSettings(d.Path, d.Text)
	if old.WholeFormat() != 1 {
		return d.Text
	}
	root := d.yamlOfFile(func(Diagnostic) {})
	edit, err := d.setKey(root, len(d.Text), "format", strconv.Itoa(NewestFormat))
	if e := root.entry("format"); e != nil && e.value.span.End > e.value.span.Start { // ~ or null
		edit.Span, edit.Text, err = e.value.span, strconv.Itoa(NewestFormat), nil
	}
	if err != nil {
		return d.Text
	}
	text, _ := d.edited([]Edit{edit})
	if now, doc := ParseSettings(d.Path, text); now.WholeFormat() != NewestFormat || len(doc.Diagnostics) != len(d.Diagnostics) {
		return d.Text
	}
	return text
}

package logparse

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// An Edit replaces one range of a file's bytes. Edits come from a Document's
// methods and are made together, by Apply.
type Edit struct {
	Span Span
	Text string
	// done says whether the parsed result holds what was meant; at is where the
	// edit's text now starts.
	done func(result *Document, at int) bool
	// carried text comes from another log, and may bring that one's errors along.
	carried bool
}

// Apply makes the edits and parses the result. It hands back a new Document
// only where that says what was meant and nothing else broke; else an error,
// and the old Document stands.
func (d *Document) Apply(edits ...Edit) (*Document, error) {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.Span.Start - b.Span.Start })
	for i, e := range edits[min(1, len(edits)):] {
		if e.Span.Start < edits[i].Span.End {
			return nil, errors.New("two edits touch the same place")
		}
	}
	text, starts := d.edited(edits)
	result := d.withText(text)
	carried := slices.ContainsFunc(edits, func(e Edit) bool { return e.carried })
	unread := d.Session != nil && result.Session == nil // too long, say
	if broke := newFinding(d, result, Error); broke != nil && (unread || !carried) {
		return nil, fmt.Errorf("the edit would break the file: %s", broke.Message)
	}
	for i, e := range edits {
		if e.done != nil && !e.done(result, starts[i]) {
			return nil, fmt.Errorf("the edit at line %d would not be read as it is meant", d.Position(e.Span.Start).Line)
		}
	}
	return result, nil
}

// edited is the text after edits that are in the file's order, and where theirs starts in it.
func (d *Document) edited(edits []Edit) (text []byte, starts []int) {
	at := 0
	for _, e := range edits {
		text = append(text, d.Text[at:e.Span.Start]...)
		starts = append(starts, len(text))
		text = append(text, e.Text...)
		at = e.Span.End
	}
	return append(text, d.Text[at:]...), starts
}

// withText is the file with another text.
func (d *Document) withText(text []byte) *Document {
	if d.Kind == SettingsFile {
		_, doc := ParseSettings(d.Path, text)
		return doc
	}
	return parse(d.Path, text, d.headings, d.Kind, true)
}

// newFinding is a diagnostic of after's, at least so grave, whose kind is more frequent than in before.
func newFinding(before, after *Document, least Severity) *Diagnostic {
	count := make(map[string]int)
	for _, d := range before.Diagnostics {
		count[d.Code]++
	}
	for i, d := range after.Diagnostics {
		if count[d.Code]--; count[d.Code] < 0 && d.Severity >= least {
			return &after.Diagnostics[i]
		}
	}
	return nil
}

// itemAt finds the first item for which match holds.
func (d *Document) itemAt(match func(*Item) bool) *Item {
	for _, section := range d.sections {
		for it := range AllItems(section.Items) {
			if match(it) {
				return it
			}
		}
	}
	return nil
}

// SetField sets a key of the front matter. value is YAML on one line. A key
// that isn't there is added as the last one.
func (d *Document) SetField(key, value string) (Edit, error) {
	if d.Front.root == nil {
		return Edit{}, errors.New("the front matter can't be read")
	}
	if !isOneLine(value) {
		return Edit{}, errors.New("the value doesn't fit on one line")
	}
	end := d.Front.body.End
	if d.plain[end-1] != '\n' {
		return Edit{}, errors.New("the front matter has no `---` at its end")
	}
	edit, err := d.setKey(d.Front.root, end, key, value)
	edit.done = func(result *Document, _ int) bool {
		field := result.Front.Field(key)
		return field != nil && string(result.plain[field.Span.Start:min(len(result.plain), field.Span.Start+len(value))]) == value
	}
	return edit, err
}

// setKey sets a key of a mapping, or adds it at the mapping's end.
func (d *Document) setKey(root *yamlNode, end int, key, value string) (Edit, error) {
	e := root.entry(key)
	if e == nil {
		return d.newLines(end, key+": "+value+d.eol()), nil
	}
	switch e.value.kind {
	case yamlScalar:
		if old := string(d.plain[e.value.span.Start:e.value.span.End]); old != e.value.text && !isQuoted(old) {
			return Edit{}, fmt.Errorf("`%s` takes several lines; change it by hand", key)
		}
		return Edit{Span: e.value.span, Text: value}, nil
	case yamlEmpty:
		return d.fillEmpty(e, value), nil
	default:
		return Edit{}, fmt.Errorf("`%s` holds %s; change it by hand", key, yamlKindNames[e.value.kind])
	}
}

func isQuoted(s string) bool {
	return len(s) > 1 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0]
}

// QuoteYAML writes text as one YAML value: plain where that can't be misread,
// else in double quotes.
func QuoteYAML(text string) string {
	if plainYAML().MatchString(text) && text == strings.TrimSpace(text) && !notText().MatchString(text) {
		return text
	}
	return quoteJSON(text)
}

// quoteJSON writes a string of JSON, which is one of YAML too.
func quoteJSON(text string) string {
	var quoted strings.Builder
	e := json.NewEncoder(&quoted)
	e.SetEscapeHTML(false)
	_ = e.Encode(text)
	return strings.TrimSuffix(quoted.String(), "\n")
}

// QuoteFlow is QuoteYAML for a value between brackets.
func QuoteFlow(text string) string {
	if quoted := QuoteYAML(text); strings.HasPrefix(quoted, `"`) || !strings.ContainsAny(text, ",[]{}") {
		return quoted
	}
	return quoteJSON(text)
}

var (
	plainYAML = pattern.Of(`^[\p{L}\p{N}][\p{L}\p{M}\p{N} @.,'()+/_-]*$`)
	notText   = pattern.Of(`^(?i:true|false|yes|no|on|off|null|y|n|~|[\d.,_+-]+|0x[\da-f]+|0o[0-7]+|[\d.]+e[+-]?\d+)$`)
)

// newLines writes whole lines at a place, on which the line before may still have no end.
func (d *Document) newLines(at int, lines string) Edit {
	if at > d.bom && d.plain[at-1] != '\n' {
		lines = d.eol() + lines
	}
	return Edit{Span: Span{at, at}, Text: lines}
}

// fillEmpty writes a value behind "key:", and takes as many blanks from before
// a comment as it needs, so that comments stay in their column.
func (d *Document) fillEmpty(e *yamlEntry, value string) Edit {
	colon := e.keySpan.End + bytes.IndexByte(d.plain[e.keySpan.End:], ':') + 1
	line := d.lineSpan(d.lineAt(colon))
	end := colon
	for end < line.End && d.plain[end] == ' ' && end-colon <= len(value) {
		end++
	}
	if end < line.End && d.plain[end] == '#' {
		end--
	}
	if rest := d.plain[end:line.End]; len(bytes.TrimSpace(rest)) > 0 && rest[0] == '#' {
		value += " "
	}
	return Edit{Span: Span{colon, end}, Text: " " + value}
}

// FillTitle writes values in place of words in the first heading of the top
// level, as a template has them.
func (d *Document) FillTitle(values map[string]string) []Edit {
	title := d.title()
	var edits []Edit
	for _, at := range titleWord().FindAllIndex(d.plain[title.Start:title.End], -1) {
		word := Span{title.Start + at[0], title.Start + at[1]}
		if value, ok := values[string(d.plain[word.Start:word.End])]; ok && isOneLine(value) {
			edits = append(edits, Edit{Span: word, Text: value})
		}
	}
	return edits
}

// ReplaceInTitle writes something else in place of some words in the first heading of the
// top level.
func (d *Document) ReplaceInTitle(old, now string) []Edit {
	title := d.title()
	at := title.Start + bytes.Index(d.plain[title.Start:title.End], []byte(old))
	if at < title.Start {
		return nil
	}
	return rewrite(Span{at, at + len(old)}, now)
}

// title is the place of the first heading of the top level; empty where there is none.
func (d *Document) title() Span {
	i := slices.IndexFunc(d.sections, func(s *Section) bool { return s.Level == 1 })
	if i < 0 {
		return Span{}
	}
	return d.sections[i].Heading
}

var titleWord = pattern.Of(`\b[A-Z]+\b`)

func isOneLine(text string) bool { return !strings.ContainsAny(text, "\r\n") }

// AppendItems adds list items at the end of a section's list, before places
// left to write in. text is one or more whole items with LF line ends; they
// take on the file's line ends and bullets. A section that isn't there is added.
func (d *Document) AppendItems(name SectionName, text string) (Edit, error) {
	if d.Session == nil {
		return Edit{}, errors.New("only a session log has sections to add to")
	}
	section := d.Session.Section(name)
	if section == nil {
		return d.insertSection(name, text), nil
	}
	text = d.localLines(strings.TrimRight(text, "\n"))
	eol := d.eol()
	want := firstLineText(text)
	last := strings.TrimSpace(text[strings.LastIndexAny(text, "\r\n")+1:])
	done := func(result *Document, _ int) bool {
		added := result.Session.Section(name)
		return added != nil && slices.ContainsFunc(added.Items, func(it *Item) bool {
			return firstLineText(result.raw(it)) == want
		}) && slices.ContainsFunc(added.Items, func(it *Item) bool { // else a line that stood behind has joined it
			return strings.HasSuffix(strings.TrimSpace(result.raw(it)), last)
		})
	}
	if i := slices.IndexFunc(section.Items, isEmptyItem); i >= 0 {
		start := d.lineStart(section.Items[i].Span.Start)
		return Edit{Span: Span{start, start}, Text: text + eol, done: done, carried: true}, nil
	}
	end := section.Span.End
	if n := len(section.Items); n > 0 {
		end = section.Items[n-1].Span.End
	} else {
		text = eol + text // a blank line below the heading or the prompt
	}
	text += eol
	if end < len(d.Text) && len(section.Items) == 0 && !d.isBlank(d.lineAt(end)) {
		text += eol
	}
	edit := d.newLines(end, text)
	edit.done, edit.carried = done, true
	return edit, nil
}

// isEmptyItem says whether nothing was written in the item nor below it.
func isEmptyItem(it *Item) bool {
	return it.Text == "" && !slices.ContainsFunc(it.Items, func(c *Item) bool { return !isEmptyItem(c) })
}

// insertSection adds a section where a log has it: before the first that comes
// later, else at the end.
func (d *Document) insertSection(name SectionName, text string) Edit {
	eol := d.eol()
	title := name.Title()
	for own, n := range d.headings.own {
		if n == name {
			title = own
		}
	}
	out := d.localLines("## " + title + "\n\n" + strings.TrimRight(text, "\n"))
	at := len(d.Text)
	order := slices.Index(SectionNames, name)
	for _, section := range d.Session.Sections {
		if slices.Index(SectionNames, section.Name) > order {
			at = section.Heading.Start
			break
		}
	}
	done := func(result *Document, _ int) bool {
		added := result.Session.Section(name)
		return added != nil && len(added.Items) > 0
	}
	edit := d.newLines(at, eol+out+eol)
	if at < len(d.Text) {
		edit.Text = out + eol + eol
	}
	edit.done, edit.carried = done, true
	return edit
}

// localLines gives text the file's own line ends and bullets.
func (d *Document) localLines(text string) string {
	bullet := d.bullet()
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		rest := strings.TrimLeft(line, " ")
		if bullet != '-' && strings.HasPrefix(rest, "- ") {
			lines[i] = line[:len(line)-len(rest)] + string(bullet) + rest[1:]
		}
	}
	return strings.Join(lines, d.eol())
}

// bullet is the first bullet of the file's own, "-" where it has none.
func (d *Document) bullet() byte {
	it := d.itemAt(func(it *Item) bool { return bytes.IndexByte([]byte("-*+"), d.plain[it.Marker.Start]) >= 0 })
	if it == nil {
		return '-'
	}
	return d.plain[it.Marker.Start]
}

func firstLineText(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(strings.TrimLeft(first, "-*+ \r"))
}

func (d *Document) raw(it *Item) string { return string(d.kept[it.Span.Start:it.Span.End]) }

// AddCounter writes a counter-proposal (method 60) below an action, as the last of
// what is nested in it. text is one line.
func (d *Document) AddCounter(it *Item, text, by string) (Edit, error) {
	if !isOneLine(text) || strings.TrimSpace(text) == "" {
		return Edit{}, errors.New("a counter-proposal is one line of text")
	}
	like, indent := it, len("- ")
	if n := len(it.Items); n > 0 {
		like, indent = it.Items[n-1], 0
	}
	margin := string(d.plain[d.lineStart(like.Span.Start):like.Span.Start])
	if strings.Trim(margin, " \t") != "" {
		return Edit{}, errors.New("the action doesn't start its line, so nothing can be put below it")
	}
	if indent > 0 {
		indent = it.Marker.End - it.Marker.Start + 1
	}
	line := margin + strings.Repeat(" ", indent) + string(d.bullet()) + " counter: " + strings.TrimSpace(text) + " by:" + by
	end := it.Span.End
	done := func(result *Document, at int) bool {
		item := result.itemAt(func(it *Item) bool { return it.Span.Start >= at && it.IsCounter() })
		if item == nil {
			return false
		}
		c := (&Item{Items: []*Item{item}}).Counters()[0]
		return c.Text == strings.Join(strings.Fields(text), " ") && c.By == by
	}
	if end > 0 && d.plain[end-1] != '\n' {
		return Edit{Span: Span{end, end}, Text: d.eol() + line, done: done}, nil
	}
	return Edit{Span: Span{end, end}, Text: line + d.eol(), done: done}, nil
}

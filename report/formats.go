// Package report turns figures and findings into models, and writes them in every
// format. All formats are made from the one model, so that a number is computed once.
// Text from a logbook is never trusted: each format makes it safe in its own way.
package report

import (
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/report/page"
)

// A Review is a report in any format: of a person, a coach, a team or the whole
// logbook. Every format is made from the one model that it is.
type Review interface {
	Page() *page.Page
	Tables() []Table
	Covers() logparse.Date // the last day of which it tells
}

// The formats of reviews, of other pages that people keep, and of what lint finds.
var (
	Formats        = []string{"text", "markdown", "html", "json", "csv"}
	PageFormats    = []string{"text", "markdown", "json"}
	MessageFormats = []string{"text", "markdown", "json", "slack", "teams"}
	FindingFormats = []string{"text", "json", "jsonl", "github", "gitlab", "sarif", "junit", "checkstyle"}
)

// An Output says how something is written.
type Output struct {
	Format   string         // one of those that a command offers
	Style    terminal.Style // of text
	Table    string         // of CSV: the name of the table
	CSV      CSV            // how CSV is written
	Pictures page.Pictures  // of markdown: keeps the charts; nil for none
	Template *Template      // of text and markdown; nil for coachlog's own
	Words    bool           // of messages for a chat: what people wrote, too
}

// Write writes what a command shows. JSON is the thing itself, or its JSON where that
// is another form; people read its Page, or its Text where that is no page; tables are
// its Tables.
func Write(w io.Writer, thing any, out Output) error {
	if of, ok := thing.(*Findings); ok && findingWriters[out.Format] != nil {
		return findingWriters[out.Format](of, w)
	}
	switch out.Format {
	case "json":
		if of, ok := thing.(interface{ JSON() any }); ok {
			thing = of.JSON()
		}
		return writeJSON(w, thing)
	case "csv":
		return writeTable(w, thing.(interface{ Tables() []Table }).Tables(), out)
	}
	if out.Template != nil {
		return out.Template.write(w, thing, map[string]func(string) string{"text": terminal.Escape, "markdown": page.MarkdownText}[out.Format])
	}
	if of, ok := thing.(interface{ Text(terminal.Style) string }); ok {
		_, err := io.WriteString(w, of.Text(out.Style))
		return err
	}
	of := pageOf(thing, out)
	switch out.Format {
	case "slack":
		return of.Slack(w)
	case "teams":
		return of.Teams(w)
	case "html":
		return of.HTML(w)
	case "markdown":
		return of.Markdown(w, out.Pictures)
	}
	return of.Text(w, out.Style)
}

// pageOf is what people read of a thing: of some, what goes to a chat is another page.
func pageOf(thing any, out Output) *page.Page {
	if of, ok := thing.(interface{ Message(words bool) *page.Page }); ok && IsMessage(out.Format) {
		return of.Message(out.Words)
	}
	return thing.(interface{ Page() *page.Page }).Page()
}

// IsMessage says whether a format is one of a chat.
func IsMessage(format string) bool { return format == "slack" || format == "teams" }

func writeTable(w io.Writer, tables []Table, out Output) error {
	name := out.Table
	var names []string
	for _, t := range tables {
		if t.Name == name {
			return t.CSV(w, out.CSV)
		}
		names = append(names, t.Name)
	}
	return fmt.Errorf("there is no table %q%s; the tables are %s", name, hint.DidYouMean(name, names), strings.Join(names, ", "))
}

// writeJSON writes a value as indented JSON, in which no list is missing.
func writeJSON(w io.Writer, value any) error {
	full := reflect.New(reflect.TypeOf(value)).Elem()
	full.Set(reflect.ValueOf(value))
	fillLists(full)
	return terminal.WriteJSON(w, full.Interface(), "  ")
}

// fillLists gives every list within a value that is nil no elements: in JSON a list is
// [], and never null.
func fillLists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			fillLists(v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() && v.CanSet() {
			v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		}
		for i := range v.Len() {
			fillLists(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); (f.IsExported() || f.Anonymous) && f.Tag.Get("json") != "-" {
				fillLists(v.Field(i))
			}
		}
	}
}

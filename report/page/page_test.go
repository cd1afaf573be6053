package page_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/report/page"
)

// everything is a page with every kind of block.
func everything() *page.Page {
	p := &page.Page{Title: "?", Subtitle: "?", Notes: []string{"?"}, Closing: "?", Terms: []page.Term{{Key: "a", Name: "?", Means: "?"}}}
	item := page.Item{Mark: page.Bullet, Text: "?", Small: "?", Below: []string{"?"}}
	p.Add("?", "?",
		page.Figures{Now: "now", Before: "?", Rows: []page.Figure{{Title: "?", Now: "?", Before: "?", Moved: "?", Term: "a"}}},
		page.Paragraph("?"), page.Quote{Title: "?", Lines: []string{"?", "?"}}, page.Verbatim("?\n?\n"), page.Paste("?\n?\n"),
		page.List{{Text: "?", Items: []page.Item{{Label: "?", Text: "?", Below: []string{"?"}, Items: []page.Item{item}}}}, {Mark: "[/]", Text: "?"}, {Small: "?"}},
		page.Table{Columns: []string{"?", "?"}, Rows: [][]string{{"?", "?"}}},
		page.Cards{{Badge: "?", Title: "?", Small: "?", Lines: []string{"?"}, Items: []page.Item{item}}},
	)
	return p
}

// mark puts a text of its own in the place of every "?" within a value.
func mark(v reflect.Value, next func() string) {
	switch v.Kind() {
	case reflect.Pointer:
		mark(v.Elem(), next)
	case reflect.Interface: // a block can't be changed in place
		block := reflect.New(v.Elem().Type()).Elem()
		block.Set(v.Elem())
		mark(block, next)
		v.Set(block)
	case reflect.Slice:
		for i := range v.Len() {
			mark(v.Index(i), next)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				mark(f, next)
			}
		}
	case reflect.String:
		for strings.Contains(v.String(), "?") {
			v.SetString(strings.Replace(v.String(), "?", next(), 1))
		}
	}
}

// TestEveryBlock shows a hostile text in every place of a page: each format has all of
// them, and none as it came.
func TestEveryBlock(t *testing.T) {
	p, n := everything(), 0
	mark(reflect.ValueOf(p), func() string {
		n++
		return fmt.Sprintf("m%dm\x1b[2J<script>a</script>|[b](c)\u202e", n)
	})
	if n < 38 {
		t.Fatalf("only %d places were found", n)
	}
	var text, markdown, html strings.Builder
	for _, err := range []error{p.Text(&text, terminal.Style{Width: 1000}), p.Markdown(&markdown, nil), p.HTML(&html)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for format, out := range map[string]string{"text": text.String(), "markdown": markdown.String(), "html": html.String()} {
		for i := range n {
			if !strings.Contains(strings.ToLower(out), fmt.Sprintf("m%dm", i+1)) {
				t.Errorf("%s doesn't have the text of place %d", format, i+1)
			}
		}
		if strings.ContainsAny(out, "\x1b\u202e") {
			t.Errorf("%s has characters that a terminal obeys", format)
		}
		for line := range strings.Lines(out) {
			// what is indented by four is shown as it is
			if format != "text" && strings.Contains(line, "<script>") && !strings.HasPrefix(line, "    m") {
				t.Errorf("%s has HTML: %s", format, line)
			}
		}
	}
}

// TestText holds how items stand on a terminal: labels in one column, small print below
// the text, headings above what belongs to them.
func TestText(t *testing.T) {
	p := &page.Page{Title: "Title", Closing: "The end."}
	p.Add("Section", "",
		page.List{{Text: "@ana", Items: []page.Item{{Label: "overdue", Tone: page.Care, Text: "Call the two customers who wrote", Small: "^call", Below: []string{"by Monday, which was a week ago"}}}}},
		page.List{{Label: "a long label", Text: "with text"}, {Label: "alone"}, {Mark: "[x]", Text: "done", Small: "6 Jul", Below: []string{"a remark"}}, {Small: "and more"}},
		page.Quote{Title: "In her words", Lines: []string{"one", "two"}},
	)
	p.Add("Empty", "", page.List{})
	var out strings.Builder
	if err := p.Text(&out, terminal.Style{Width: 44}); err != nil {
		t.Fatal(err)
	}
	want := `Title

Section

  @ana
    overdue       Call the two customers who
                  wrote ^call
                  by Monday, which was a
                  week ago

  a long label  with text
  alone
  [x] done (6 Jul)
      - a remark
  and more

  In her words
    one
    two

The end.
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

package page_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/coachlog/coachlog/report/page"
)

const hostile = "<!everyone> <@U1|x> <https://evil.example|here> & @channel [a](https://evil.example) **b** <at>Ana</at>\x1b[31m\u202e"

// bigPage has more than any message takes.
func bigPage() *page.Page {
	p := &page.Page{Title: "All of it", Notes: []string{"1 file couldn't be read"}, Closing: "300 to do"}
	for i := range 80 {
		var items page.List
		for k := range 60 {
			items = append(items, page.Item{Text: fmt.Sprintf("%d.%d ", i, k) + hostile, Label: "open", Below: []string{"by Friday"}})
		}
		p.Add(fmt.Sprintf("Person %d %s", i, hostile), "", page.List{{Text: "@ana", Items: items}})
	}
	return p
}

// TestSlack holds messages to what Slack's documentation says: 50 blocks, 3000 characters of a section,
// and < and > only where something is meant by them.
func TestSlack(t *testing.T) {
	var out strings.Builder
	if err := bigPage().Slack(&out); err != nil {
		t.Fatal(err)
	}
	var m struct {
		Text   string
		Blocks []struct {
			Type string
			Text struct {
				Type, Text string
				Verbatim   bool
			}
		}
	}
	if err := json.Unmarshal([]byte(out.String()), &m); err != nil {
		t.Fatal(err)
	}
	if len(m.Blocks) != 50 || m.Text != "All of it: 300 to do" {
		t.Errorf("%d blocks, %q", len(m.Blocks), m.Text)
	}
	for _, b := range m.Blocks {
		most := map[string]int{"header": 150, "section": 3000}[b.Type]
		if n := utf8.RuneCountInString(b.Text.Text); n == 0 || n > most {
			t.Errorf("a %s has %d characters", b.Type, n)
		}
		if b.Type == "section" && (b.Text.Type != "mrkdwn" || !b.Text.Verbatim) || strings.ContainsAny(b.Text.Text, "<>\x1b\u202e") {
			t.Errorf("not plain: %+v", b)
		}
	}
	if said := m.Blocks[2].Text.Text; !strings.Contains(said, "&lt;!everyone&gt;") || !strings.Contains(said, "… and ") || !strings.HasSuffix(said, " more") {
		t.Error(said)
	}
	if said := m.Blocks[48].Text.Text; said != "… and 34 more" { // of the head and 80 people, 47 have a block
		t.Error(said)
	}
	if said := m.Blocks[49].Text.Text; said != "300 to do" {
		t.Error(said)
	}
}

// TestTeams: 28 kB in all, and text only in runs, which have no markdown and no mentions.
func TestTeams(t *testing.T) {
	var out strings.Builder
	if err := bigPage().Teams(&out); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 28<<10 || out.Len() < 10<<10 {
		t.Errorf("%d bytes", out.Len())
	}
	var m struct {
		Type        string
		Attachments []struct {
			ContentType string
			Content     struct {
				Type string
				Body []struct {
					Type    string
					Inlines []map[string]string
				}
				MSTeams any
			}
		}
	}
	if err := json.Unmarshal([]byte(out.String()), &m); err != nil {
		t.Fatal(err)
	}
	card := m.Attachments[0].Content
	if m.Type != "message" || m.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" || card.Type != "AdaptiveCard" || card.MSTeams != nil {
		t.Errorf("%+v", m)
	}
	all := ""
	for _, b := range card.Body {
		if b.Type != "RichTextBlock" || len(b.Inlines) != 1 || b.Inlines[0]["type"] != "TextRun" || strings.ContainsAny(b.Inlines[0]["text"], "\x1b\u202e") {
			t.Errorf("not plain: %+v", b)
		}
		all += b.Inlines[0]["text"] + "\n"
	}
	if !strings.HasSuffix(all, " more\n300 to do\n") || !strings.Contains(all, "[a](https://evil.example)") {
		t.Error(all)
	}
}

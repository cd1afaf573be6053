package page

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/coachlog/coachlog/internal/terminal"
)

// This file makes messages for chats of a page: JSON that a job posts to a webhook. What people wrote is
// text there and nothing else: no link, no mention, no markup.

// What Slack takes in one message, in characters; Teams gets sections of the same length, and takes
// fewer bytes in all.
const (
	mostBlocks      = 50
	mostSection     = 3000
	mostHeader      = 150
	mostTeamsBytes  = 28 << 10
	roomForEnvelope = 2 << 10
)

// A part is a section as lines.
type part struct {
	title string
	lines []string
}

// parts are a page's sections; the first is what comes before them all, without a title.
func (p *Page) parts() []part {
	var parts []part
	if head := p.head(); len(head) > 0 {
		parts = append(parts, part{lines: head})
	}
	for _, s := range p.Sections {
		of := part{title: terminal.Escape(s.Title)}
		if s.Lead != "" {
			of.lines = append(of.lines, terminal.Escape(s.Lead))
		}
		for _, b := range s.Blocks {
			of.lines = append(of.lines, linesOf(b)...)
		}
		parts = append(parts, of)
	}
	return parts
}

func linesOf(b Block) []string {
	switch b := b.(type) {
	case Paragraph:
		return []string{terminal.Escape(string(b))}
	case List:
		return itemLines("", b)
	}
	var text strings.Builder
	_ = (&Page{Sections: []Section{{Blocks: []Block{b}}}}).Text(&text, terminal.Style{Width: 1 << 10}) // a builder takes all
	return strings.Split(strings.TrimRight(text.String(), "\n"), "\n")
}

func itemLines(indent string, items []Item) (lines []string) {
	for _, it := range items {
		text := it.Text
		if it.Label != "" {
			text = it.Label + ": " + text
		}
		if it.Small != "" {
			text += " " + it.Small
		}
		for _, below := range it.Below {
			text += "; " + below
		}
		lines = append(lines, indent+"• "+terminal.Escape(text))
		lines = append(lines, itemLines(indent+"    ", it.Items)...)
	}
	return lines
}

// upTo is as many whole lines as most characters hold, with how many more there are.
func upTo(lines []string, most int) string {
	var text strings.Builder
	size := 0
	for i, line := range lines {
		more := ""
		if i < len(lines)-1 {
			more = andMore(len(lines) - i - 1)
		}
		length := utf8.RuneCountInString(line) + 1
		if size+length+utf8.RuneCountInString(more)+1 > most {
			text.WriteString(andMore(len(lines) - i))
			return text.String()
		}
		size += length
		text.WriteString(line + "\n")
	}
	return strings.TrimSuffix(text.String(), "\n")
}

func andMore(n int) string { return fmt.Sprintf("… and %d more", n) }

// The parts of Slack's Block Kit.
type (
	slackMessage struct {
		Text   string       `json:"text"` // of the notification
		Blocks []slackBlock `json:"blocks"`
	}
	slackBlock struct {
		Type string    `json:"type"`
		Text slackText `json:"text"`
	}
	slackText struct {
		Type     string `json:"type"`
		Text     string `json:"text"`
		Verbatim bool   `json:"verbatim,omitempty"` // names and addresses are no mentions and links
	}
)

// slackEscape leaves no mention, link or date to be made.
var slackEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// Slack writes the page as a message for a webhook of Slack's.
func (p *Page) Slack(w io.Writer) error {
	m := slackMessage{Text: slackEscape.Replace(terminal.Escape(strings.TrimPrefix(p.Title+": "+p.Closing, ": ")))}
	if p.Title != "" {
		m.Blocks = append(m.Blocks, slackBlock{"header", slackText{Type: "plain_text", Text: upTo([]string{terminal.Escape(p.Title)}, mostHeader)}})
	}
	section := func(text string) {
		m.Blocks = append(m.Blocks, slackBlock{"section", slackText{"mrkdwn", text, true}})
	}
	parts := p.parts()
	for i, of := range parts {
		if len(m.Blocks) == mostBlocks-2 && len(parts)-i > 1 {
			section(andMore(len(parts) - i))
			break
		}
		var lines []string
		if of.title != "" {
			lines = append(lines, "*"+slackEscape.Replace(strings.ReplaceAll(of.title, "*", "∗"))+"*")
		}
		for _, line := range of.lines {
			lines = append(lines, slackEscape.Replace(line))
		}
		section(upTo(lines, mostSection))
	}
	if p.Closing != "" {
		section(slackEscape.Replace(terminal.Escape(p.Closing)))
	}
	return terminal.WriteJSON(w, m, "  ")
}

// The parts of an Adaptive Card, in the envelope that a workflow or webhook of Teams takes. A run of
// text has no markdown, as a text block would.
type (
	teamsMessage struct {
		Type        string            `json:"type"`
		Attachments []teamsAttachment `json:"attachments"`
	}
	teamsAttachment struct {
		ContentType string    `json:"contentType"`
		ContentURL  *string   `json:"contentUrl"`
		Content     teamsCard `json:"content"`
	}
	teamsCard struct {
		Schema  string       `json:"$schema"`
		Type    string       `json:"type"`
		Version string       `json:"version"`
		Body    []teamsBlock `json:"body"`
	}
	teamsBlock struct {
		Type      string     `json:"type"`
		Inlines   []teamsRun `json:"inlines"`
		Separator bool       `json:"separator,omitempty"`
	}
	teamsRun struct {
		Type   string `json:"type"`
		Text   string `json:"text"`
		Weight string `json:"weight,omitempty"`
		Size   string `json:"size,omitempty"`
	}
)

func teamsLine(text, weight, size string) teamsBlock {
	return teamsBlock{Type: "RichTextBlock", Inlines: []teamsRun{{"TextRun", text, weight, size}}}
}

// Teams writes the page as a message for a webhook of Microsoft Teams'.
func (p *Page) Teams(w io.Writer) error {
	card := teamsCard{Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Type: "AdaptiveCard", Version: "1.4"}
	if p.Title != "" {
		card.Body = append(card.Body, teamsLine(upTo([]string{terminal.Escape(p.Title)}, mostHeader), "Bolder", "Large"))
	}
	parts, size := p.parts(), roomForEnvelope+len(p.Closing)
	for i, of := range parts {
		var blocks []teamsBlock
		if of.title != "" {
			blocks = append(blocks, teamsLine(of.title, "Bolder", ""))
			blocks[0].Separator = true
		}
		for line := range strings.SplitSeq(upTo(of.lines, mostSection), "\n") {
			blocks = append(blocks, teamsLine(line, "", ""))
		}
		text, err := json.MarshalIndent(blocks, "      ", "  ")
		if err != nil {
			return err
		}
		if size += len(text); size > mostTeamsBytes {
			card.Body = append(card.Body, teamsLine(andMore(len(parts)-i), "", ""))
			break
		}
		card.Body = append(card.Body, blocks...)
	}
	if p.Closing != "" {
		card.Body = append(card.Body, teamsLine(terminal.Escape(p.Closing), "", ""))
	}
	return terminal.WriteJSON(w, teamsMessage{"message", []teamsAttachment{{"application/vnd.microsoft.card.adaptive", nil, card}}}, "  ")
}

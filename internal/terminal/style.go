package terminal

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// A Style says how text looks on one stream. The zero Style is plain text.
type Style struct {
	Color bool
	Width int // in columns
}

var (
	bold   = lipgloss.NewStyle().Bold(true)
	faint  = lipgloss.NewStyle().Faint(true)
	red    = lipgloss.NewStyle().Foreground(lipgloss.Red)
	yellow = lipgloss.NewStyle().Foreground(lipgloss.Yellow)
	green  = lipgloss.NewStyle().Foreground(lipgloss.Green)
	cyan   = lipgloss.NewStyle().Foreground(lipgloss.Cyan)
)

func (s Style) render(style lipgloss.Style, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return style.Render(text)
}

// Bold, Faint, Red, Yellow, Green and Cyan dress text up where colours are shown.
func (s Style) Bold(text string) string { return s.render(bold, text) }

// Faint is for what matters less.
func (s Style) Faint(text string) string { return s.render(faint, text) }

// Red is for errors, and for nothing that a person did.
func (s Style) Red(text string) string { return s.render(red, text) }

// Yellow is for what is late or worth a look.
func (s Style) Yellow(text string) string { return s.render(yellow, text) }

// Green is for what went well.
func (s Style) Green(text string) string { return s.render(green, text) }

// Cyan is for names and places.
func (s Style) Cyan(text string) string { return s.render(cyan, text) }

// Width is the number of columns that text takes.
func Width(text string) int { return lipgloss.Width(text) }

// Pad fills text up with blanks to a number of columns.
func Pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-Width(text)))
}

// Wrap breaks text between words into lines of at most width columns; lines
// after the first start with indent. A word is never broken, so that ids and
// paths can be copied.
func Wrap(text string, width int, indent string) string {
	room := max(20, width-Width(indent))
	var out strings.Builder
	column := 0
	for i, word := range strings.Split(text, " ") {
		w := Width(word)
		switch {
		case i == 0:
		case column+1+w > room:
			out.WriteString("\n" + indent)
			column = 0
		default:
			out.WriteByte(' ')
			column++
		}
		out.WriteString(word)
		column += w
	}
	return out.String()
}

// Package chart draws a report's few charts: as SVG that needs no script and no
// other file, and as a line or two of text. Whatever a chart shows it also says
// in words. Shapes and patterns tell things apart, never colour alone.
package chart

import (
	"embed"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"github.com/clipperhouse/displaywidth"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

// A Chart can be drawn and told.
type Chart interface {
	Title() string
	Alt() string           // all that the drawing shows, in words
	Text(width int) string // lines for a terminal of so many columns; "" where there are none
	drawing() (template string, height int, values any)
}

// Style is the style sheet that the drawings need, in a page or in a file of
// their own. It takes its colours from the page's properties.
//
//go:embed chart.css
var Style string

//go:embed palette.css
var Palette string

//go:embed *.svg.tmpl
var files embed.FS

// width is that of every drawing, in its own units: a phone shows them one to one.
const width = 360

// drawings are parsed when first needed: most commands draw nothing.
var drawings = sync.OnceValue(func() *template.Template {
	functions := template.FuncMap{"n": number, "add": func(x, y float64) float64 { return x + y }}
	return template.Must(template.New("").Funcs(functions).ParseFS(files, "*.svg.tmpl"))
})

// number is a coordinate with one decimal at most.
func number(x float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0")
}

// SVG draws a chart for a page that has Style. id is unique in that page.
func SVG(c Chart, id string) (template.HTML, error) { return draw(c, id, "") }

// File draws a chart as a file of its own.
func File(c Chart) ([]byte, error) {
	svg, err := draw(c, "chart", template.CSS(Palette+Style))
	return []byte(svg), err
}

func draw(c Chart, id string, style template.CSS) (template.HTML, error) {
	name, height, values := c.drawing()
	inner, err := execute(name, map[string]any{"ID": id, "V": values})
	if err != nil {
		return "", err
	}
	return execute("frame", map[string]any{
		"ID": id, "Title": terminal.Escape(c.Title()), "Alt": terminal.Escape(c.Alt()), "Width": width, "Height": height, "Style": style, "Drawing": inner,
	})
}

func execute(name string, values map[string]any) (template.HTML, error) {
	var out strings.Builder
	err := drawings().ExecuteTemplate(&out, name+".svg.tmpl", values)
	return template.HTML(out.String()), err
}

// shorten cuts a label to so many columns of a terminal: some letters are twice as
// wide as others.
func shorten(text string, most int) string {
	return displaywidth.TruncateString(terminal.Escape(text), most, "…")
}

// shortDay is a day as a label says it.
func shortDay(d logparse.Date) string { return d.Time().Format("2 Jan") }

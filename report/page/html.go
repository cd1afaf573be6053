package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/report/chart"
)

//go:embed page.html.tmpl
var htmlText string

//go:embed page.css
var css string

// htmlPage is parsed when first needed: most commands write none.
var htmlPage = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"safe":    terminal.Escape,
		"lines":   terminal.EscapeLines,
		"sign":    func(m Mark) string { return signs[m] },
		"kind":    kind,
		"chart":   func(chart.Chart) (template.HTML, error) { return "", nil },
		"number":  func(string) int { return 0 },
		"means":   func(string) string { return "" },
		"numbers": func(t Table, column int) bool { return t.Numbers && column > 0 },
	}).Parse(htmlText))
})

// signs are what a page shows for the checkboxes of a log; the words beside them
// say it too.
var signs = map[Mark]string{"[x]": "✓", "[/]": "◐", "[ ]": "○", "[n]": "○", "[!]": "!", "[-]": "–", "[>]": "→", "[?]": "?", Plus: "+", Question: "?"}

// kind is the type of a block in small letters, as the template asks for it.
func kind(b Block) string {
	return strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", b), "page."))
}

// HTML writes the page as one file that runs no script, asks for nothing and is
// allowed nothing but its own style sheet.
func (p *Page) HTML(w io.Writer) error {
	t, err := htmlPage().Clone()
	if err != nil {
		return err
	}
	drawn := 0
	t.Funcs(template.FuncMap{
		"chart": func(c chart.Chart) (template.HTML, error) {
			drawn++
			return chart.SVG(c, fmt.Sprintf("c%d", drawn))
		},
		"number": func(key string) int { n, _ := p.term(key); return n },
		"means":  func(key string) string { _, means := p.term(key); return means },
	})
	style := chart.Palette + chart.Style + css
	sum := sha256.Sum256([]byte(style))
	return t.Execute(w, struct {
		*Page
		Style  template.CSS
		Policy string
	}{p, template.CSS(style), "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"})
}

package report

import (
	"strings"
	"testing"
	"time"
)

// TestTemplates is the row "templates" of what hostile logbooks hold: without the budget, each
// of these takes hours or all memory.
func TestTemplates(t *testing.T) {
	text := `{{$x := "aaaaaaaaaa"}}`
	grow := func(action string) string { return text + strings.Repeat("{{$x = "+action+"}}", 40) + "{{len $x}}" }
	ten := strings.Repeat(" $x", 10)
	for name, c := range map[string]struct{ text, want string }{
		"range":          {"{{range 1000000000000}}{{end}}", "goes on for too long"},
		"range in range": {"{{range 100000}}{{range 100000}}{{range 100000}}{{end}}{{end}}{{end}}", "goes on for too long"},
		"range in else":  {"{{range 0}}{{else}}{{range 1000000000000}}{{end}}{{end}}", "goes on for too long"},
		"range in if":    {"{{if true}}{{with 1}}{{range 1000000000000}}{{end}}{{end}}{{end}}", "goes on for too long"},
		"itself":         {`{{define "a"}}{{template "a"}}{{end}}{{template "a"}}`, "goes on for too long"},
		"itself twice":   {`{{define "a"}}{{template "a"}}{{template "a"}}{{end}}{{template "a"}}`, "goes on for too long"},
		"own steps":      {"{{range 1000000000000}}{{step -1000000000}}{{end}}", "goes on for too long"},
		"printf":         {grow(`printf "` + strings.Repeat("%s", 10) + `"` + ten), "more than 16 MB of text"},
		"printf again":   {grow(`printf "` + strings.Repeat("%[1]s", 40) + `" $x`), "more than 16 MB of text"},
		"printf quotes":  {grow(`printf "%q%q" $x $x`), "more than 16 MB of text"},
		"printf width":   {strings.Repeat(`{{printf "%999999d" 1 | len}}`, 1000), "more than 16 MB of text"},
		"printf star":    {strings.Repeat(`{{printf "%*d" 999999 1 | len}}`, 1000), "more than 16 MB of text"},
		"print":          {grow("print" + ten), "more than 16 MB of text"},
		"println":        {grow("println" + ten), "more than 16 MB of text"},
		"html":           {grow("html" + ten), "more than 16 MB of text"},
		"js":             {grow("js" + ten), "more than 16 MB of text"},
		"urlquery":       {grow("urlquery" + ten), "more than 16 MB of text"},
		"upper":          {text + strings.Repeat("{{$x = print $x $x}}", 17) + "{{range 1000}}{{$y := upper $x}}{{end}}", "more than 16 MB of text"},
		"join":           {text + strings.Repeat("{{$x = print $x $x}}", 17) + "{{range 1000}}{{$y := join $.list $x}}{{end}}", "more than 16 MB of text"},
		"rate":           {strings.Repeat("{{rate .}}", 9000), "goes on for too long"},
		"quantity":       {strings.Repeat("{{quantity .}}", 9000), "goes on for too long"},
		"day":            {strings.Repeat("{{day .}}", 9000), "goes on for too long"},
		"comparisons":    {text + strings.Repeat("{{$x = print $x $x}}", 18) + `{{$y := print $x "b"}}{{$x = print $x "a"}}{{or` + strings.Repeat(" (eq $x $y)", 20000) + "}}", "goes on for too long"},
		"output":         {text + strings.Repeat("{{$x = print $x $x}}", 17) + "{{range 1000}}{{$x}}{{end}}", "t.tmpl: the template writes more than 4 MB"},
		"length":         {strings.Repeat("x", mostTemplate+1), "t.tmpl has 256 kB; a report's template has at most 256 kB"},
		"nothing wrong":  {`{{range .list}}{{printf "%-5s|" .}}{{end}}{{join .list ", "}}{{upper "x"}}{{html "<"}}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			parsed, err := NewTemplate("t.tmpl", []byte(c.text))
			var out strings.Builder
			start := time.Now()
			if err == nil {
				err = parsed.write(&out, map[string]any{"list": []string{"a", "b"}, "log": strings.Repeat("x", 100000)}, strings.ToLower)
			}
			switch {
			case err != nil && strings.Contains(err.Error(), errTooMuchWork.Error()) && time.Since(start) > mostTime: // before it came to what is wanted
			case c.want == "" && (err != nil || out.String() != "a    |b    |a, bX&lt;"):
				t.Errorf("%q, %v", out.String(), err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%v; want %s", err, c.want)
			}
		})
	}
}

// FuzzTemplates: whatever a template says, it ends in time, with a text or a plain error.
func FuzzTemplates(f *testing.F) {
	for _, text := range []string{
		"{{range 1000000000000}}{{end}}", "{{range .list}}{{day .}}{{rate .}}{{quantity .}}{{end}}", `{{define "a"}}{{template "a" .}}{{end}}{{block "b" .list}}{{template "a" .}}{{end}}`,
		`{{$x := print .log .log}}{{printf "%-5s|%*d" $x 3 4}}{{join .list $x}}{{upper $x | html | js | urlquery | len}}`, `{{if and (eq .log "x") (or .list 1)}}{{index .list 0}}{{else with slice .log 1 2}}{{.}}{{break}}{{end}}`,
		"{{range $i, $x := .list}}{{if $i}}{{continue}}{{end}}{{$x}}{{else}}{{/* none */}}{{end}}", "{{(((.list)))}}{{call .list}}{{step -1}}",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		parsed, err := NewTemplate("t.tmpl", []byte(text))
		var out strings.Builder
		if err == nil {
			err = parsed.write(&out, map[string]any{"list": []string{"a", "b"}, "log": strings.Repeat("x", 20000)}, strings.ToLower)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("it took %v", took)
		}
		if err != nil && strings.Contains(err.Error(), "a bug in coachlog") {
			t.Error(err)
		}
	})
}

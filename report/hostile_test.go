package report_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// hostile stands wherever somebody can write: what a terminal, a page, a forge or a
// spreadsheet would obey.
const hostile = "=cmd|' /C calc'!A0 \x1b[2J\x1b]52;c;aGk=\a \u202eevil\u2066 <script>alert(1)</script> ![x](http://evil/x.png) [y](javascript:z) | `` \\ \u0085"

func hostileBook(t *testing.T) *plan.Logbook {
	t.Helper()
	quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\x1b", `\e`, "\a", `\a`, "\u0085", `\N`, "\u202e", `\u202e`, "\u2066", `\u2066`).Replace(hostile) + `"`
	settings, doc := logparse.ParseSettings("coachlog.yaml", []byte("name: "+quoted+"\nmetrics:\n  aht: {name: "+quoted+", unit: "+quoted+", direction: lower}\n"))
	if len(doc.Diagnostics) > 0 {
		t.Fatal(doc.Diagnostics)
	}
	files := map[string]string{
		"people/rep1/plan.md": "---\ntype: plan\nname: " + quoted + "\ncoach: josh\nteam: " + quoted + "\nshare: {team: {since: 2026-07-01, parts: all}}\n---\n## Strengths\n- " + hostile +
			"\n## Skills for the current role\n- [/] " + hostile + " skill:s\n",
		"people/rep1/2026-07-06.md": "---\nstatus: held\nmetrics: {aht: 400}\n---\n## Feedback\n### Going well\n- " + hostile + "\n## Short-term goals\n- [ ] " + hostile +
			" ^g metric:aht<=390 due:2026-07-13\n  - [ ] " + hostile + " ^a skill:s\n    - counter: " + hostile + "\n## Mid-term goals\n- [ ] " + hostile + " ^m\n  - [ ] " + hostile +
			" ^b due:2026-12-31 @josh\n## Long-term goals\n- [ ] " + hostile + "\n  - [x] " + hostile + " @josh\n",
		"people/rep1/2026-07-13.md": "---\nstatus: held\nmetrics: {aht: 395}\n---\n## Follow-through\n- [ ] " + hostile + " ^g\n  - [x] " + hostile + " ^a\n    - " + hostile + "\n",
	}
	var docs []*logparse.Document
	for name, text := range files {
		docs = append(docs, logparse.Parse(name, []byte(text), settings.Headings))
	}
	return plan.New(settings, docs, nil)
}

// TestHostileText writes every review of such a logbook in every format: what comes
// out is shown, and never obeyed. The pages are looked at in a browser besides.
func TestHostileText(t *testing.T) {
	b := hostileBook(t)
	scope := scopeOf(t, "2026-Q3", "2026-10-02", "")
	readers := scopeOf(t, "2026-Q3", "2026-10-02", "team")
	own, err := report.NewTemplate("own", []byte("{{.name}}\n{{range .short_term_goals}}{{.text}}\n{{end}}"))
	if err != nil {
		t.Fatal(err)
	}
	for name, review := range map[string]report.Review{
		"person": report.NewPerson(b, "rep1", scope), "coach": report.NewCoach(b.Everybody(), "josh", scope), "team": report.NewTeam(b.Everybody(), hostile, report.TeamMembers(""), readers), "logbook": report.NewLogbook(b.Everybody(), readers),
	} {
		outputs := map[string]string{
			"text":         write(t, review, report.Output{Format: "text", Style: terminal.Style{Width: 80}}),
			"markdown":     write(t, review, report.Output{Format: "markdown"}),
			"html":         write(t, review, report.Output{Format: "html"}),
			"json":         write(t, review, report.Output{Format: "json"}),
			"own text":     write(t, review, report.Output{Format: "text", Template: own}),
			"own markdown": write(t, review, report.Output{Format: "markdown", Template: own}),
		}
		for _, of := range review.Tables() {
			table := of.Name
			outputs["csv "+table] = write(t, review, report.Output{Format: "csv", Table: table})
		}
		for format, text := range outputs {
			for i, r := range text {
				if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
					t.Errorf("%s in %s: %U stands behind %q", name, format, r, text[max(0, i-20):i])
					break
				}
			}
			obeyed := map[string][]string{
				"html": {"<script", "<img", "javascript:z\""}, "markdown": {"<script", "![x](", "[y]("}, "own markdown": {"<script", "![x](", "[y]("},
			}[format]
			if strings.HasPrefix(format, "csv") {
				obeyed = []string{",=", "\n=", `"=`}
			}
			for _, what := range obeyed {
				if strings.Contains(text, what) {
					t.Errorf("%s in %s: %q stands there", name, format, what)
				}
			}
		}
		if name == "person" && (!strings.Contains(outputs["text"], `\x1b[2J`) || !strings.Contains(outputs["html"], "&lt;script&gt;") || !strings.Contains(outputs["csv goals"], "'=cmd")) {
			t.Error("the text itself is lost")
		}
	}
}

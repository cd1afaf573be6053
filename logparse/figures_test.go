package logparse_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
)

// figuresOf reads a log with this front matter and this text below Figures.
func figuresOf(front, text string) *logparse.Document {
	return logparse.Parse("people/rep1/2026-07-06.md", []byte("---\nstatus: held\n"+front+"---\n\n## Figures\n\n"+text), logparse.Headings{})
}

func values(doc *logparse.Document) string {
	var out []string
	for _, m := range doc.Session.Metrics {
		out = append(out, m.Metric+" "+logparse.FormatNumber(m.Value))
	}
	return strings.Join(out, ", ")
}

func TestFigures(t *testing.T) {
	const head = "| metric | last | now | target |\n|---|---|---|---|\n"
	for _, test := range []struct{ name, front, text, want string }{
		{"a value", "", head + "| aht | 412 | 398 | <= 390 |\n", "aht 398"},
		{"a value in both places", "metrics: {aht: 398}\n", head + "| aht | 412 | 398.0 | |\n| fcr | | 71 | |\n", "aht 398, fcr 71"},
		{"two values", "metrics: {aht: 402}\n", head + "| aht | 412 | 398 | |\n| fcr | | 71 | |\n", "fcr 71"},
		{"nothing written yet", "", head + "| aht | 412 |  | <= 390 |\n| fcr | 70 | - | |\n| | | | |\n| qa | 90 |\n", ""},
		{"columns in another order, with more", "", "| Now | Note | *Metric* |\n|:--|:-:|--:|\n| 398 | hm | **aht** |\n", "aht 398"},
		{"columns in another language", "", "| Kennzahl | zuletzt | jetzt | Ziel |\n|---|---|---|---|\n| aht | 412 | 398 | 390 |\n", "aht 398"},
		{"without lines at the sides", "", "metric | last | now | target\n--- | --- | --- | ---\naht | 412 | 398\n", "aht 398"},
		{"with a unit", "", head + "| fcr (%) | | 71 % | |\n| csat | | 80% | |\n", "fcr 71, csat 80"},
		{"below words", "", "Last week was short.\n\n" + head + "| aht | 412 | 398 | |\n\nIt rained.\n", "aht 398"},
		{"two tables", "", head + "| aht | 412 | 398 | |\n\n" + head + "| fcr | 70 | 71 | |\n", "aht 398, fcr 71"},
		{"in a comment", "", "<!--\n" + head + "| aht | 412 | 398 | |\n-->\n", ""},
		{"in code", "", "```\n" + head + "| aht | 412 | 398 | |\n```\n", ""},
		{"another table", "", "| day | calls | breaks |\n|---|---|---|\n| Monday | 12 | 3 |\n", ""},
		{"another table of four columns with one of the names", "", "| metric | owner | target | by |\n|---|---|---|---|\n| aht | josh | 390 | 3 |\n", ""},
		{"no line below the head", "", "| metric | last | now | target |\n| aht | 412 | 398 | 390 |\n", ""},
		{"an escaped line", "", head + "| aht | 4\\|12 | 398 | |\n", "aht 398"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, eol := range []string{"\n", "\r\n"} {
				doc := figuresOf(strings.ReplaceAll(test.front, "\n", eol), strings.ReplaceAll(test.text, "\n", eol))
				if got := values(doc); got != test.want {
					t.Errorf("got %q, want %q", got, test.want)
				}
			}
		})
	}
}

func TestAddFigures(t *testing.T) {
	figures := []logparse.Figure{{"aht", "412", "<= 390"}, {"handling_time", "", ""}}
	for _, test := range []struct{ name, before, after string }{
		{"with a row to write in", "| metric | last | now | target |\n|--------|------|-----|--------|\n|        |      |     |        |\n",
			"| metric | last | now | target |\n|--------|------|-----|--------|\n| aht    | 412  |     | <= 390 |\n| handling_time |      |     |        |\n"},
		{"behind what is there", "| metric | last | now | target |\n|---|---|---|---|\n| fcr | 70 | | |\n\nWords.\n",
			"| metric | last | now | target |\n|---|---|---|---|\n| fcr | 70 | | |\n| aht | 412 |   | <= 390 |\n| handling_time |   |   |   |\n\nWords.\n"},
		{"in another order", "| now | note | metric |\n|---|---|---|", "| now | note | metric |\n|---|---|---|\n|   |   | aht |\n|   |   | handling_time |\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, eol := range []string{"\n", "\r\n"} {
				doc := figuresOf("", strings.ReplaceAll(test.before, "\n", eol))
				edit, ok := doc.AddFigures(figures)
				if !ok {
					t.Fatal("the log has no table")
				}
				doc, err := doc.Apply(edit)
				if err != nil {
					t.Fatal(err)
				}
				_, got, _ := strings.Cut(strings.ReplaceAll(string(doc.Text), eol, "\n"), "## Figures\n\n")
				if diff := cmp.Diff(test.after, got); diff != "" {
					t.Errorf("-want +got:\n%s", diff)
				}
				if doc.Session.Metrics != nil {
					t.Errorf("values of the day: %v", doc.Session.Metrics)
				}
			}
		})
	}
	for _, text := range []string{"", "\n## Figures\n\nNone yet.\n"} {
		if _, ok := logparse.Parse("people/rep1/2026-07-06.md", []byte("---\nstatus: held\n---\n"+text), logparse.Headings{}).AddFigures(figures); ok {
			t.Errorf("a table in %q", text)
		}
	}
}

// Exports quote what they like and end lines as they like: a value is the same value.
func TestQuotedValues(t *testing.T) {
	for _, text := range []string{
		"date,person,metric,value\r\n2026-07-13,rep1,aht,\"385\"\r\n",
		"date,person,metric,value\n\"2026-07-13\",\"rep1\",\"aht\",\"385\"",
		"\"date\",\"person\",\"metric\",\"value\"\r\n2026-07-13,\"rep1\",aht,385\r\n",
	} {
		rows, doc := logparse.ParseMetrics("metrics/a.csv", []byte(text))
		if len(doc.Diagnostics) > 0 || len(rows) != 1 || rows[0].Value != 385 || rows[0].Person != "rep1" {
			t.Errorf("%q: %+v, %+v", text, rows, doc.Diagnostics)
		}
	}
}

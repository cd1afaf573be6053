package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// openBook reads a logbook as the commands do.
func openBook(t testing.TB, folder string) *plan.Logbook {
	t.Helper()
	dir, err := logbook.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	contents, err := dir.ReadRoster()
	if err != nil {
		t.Fatal(err)
	}
	var observations []plan.Observation
	for _, m := range contents.Metrics {
		observations = append(observations, plan.ObservationsOf(m.Doc.Path, m.Rows)...)
	}
	return plan.New(contents.Settings, dir.ReadFolders(contents.Settings, contents.Folders).Docs, observations)
}

// generatedBook is a logbook of 24 people, most of whom let the group team see most.
func generatedBook(t testing.TB) *plan.Logbook {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "desk")
	if out, err := exec.Command("go", "run", "../bench/generate", "-logs", "720", "-people", "24", "-coaches", "2", "-dir", folder).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return openBook(t, folder)
}

func scopeOf(t testing.TB, period, today, readers string) report.Scope {
	t.Helper()
	day, err := logparse.ParseDate(today)
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.ParsePeriod(period, day, plan.FiscalYears{})
	if err != nil {
		t.Fatal(err)
	}
	return report.Scope{Period: p, Today: day, For: readers}
}

// everyReview is a review of each kind, of the shipped logbook and of a generated
// one, by a name for messages.
func everyReview(t testing.TB) map[string]report.Review {
	reviews := make(map[string]report.Review)
	team := openBook(t, "../examples/team")
	for _, period := range []string{"2026-Q3", "2026-08", "2026-Q1"} {
		for _, p := range team.Known {
			reviews[p.ID+" "+period] = report.NewPerson(team, p.ID, scopeOf(t, period, "2026-10-02", ""))
			reviews[p.ID+" for team "+period] = report.NewPerson(team, p.ID, scopeOf(t, period, "2026-10-02", "team"))
		}
		reviews["coach josh "+period] = report.NewCoach(team.Everybody(), "josh", scopeOf(t, period, "2026-10-02", ""))
		reviews["logbook "+period] = report.NewLogbook(team.Everybody(), scopeOf(t, period, "2026-10-02", "team"))
	}
	desk := generatedBook(t)
	for _, period := range []string{"2026-Q2", "2026-H1", "2026-06"} {
		scope := scopeOf(t, period, "2026-07-10", "team")
		for _, id := range []string{"rep1", "rep8"} { // one who shares, one who doesn't
			reviews[id+" "+period] = report.NewPerson(desk, id, scopeOf(t, period, "2026-07-10", ""))
			reviews[id+" for team "+period] = report.NewPerson(desk, id, scope)
		}
		reviews["coach maria "+period] = report.NewCoach(desk.Everybody(), "maria", scope)
		reviews["desk "+period] = report.NewLogbook(desk.Everybody(), scope)
		reviews["north desk "+period] = report.NewTeam(desk.Everybody(), "North desk", report.TeamMembers("North desk"), scope)
	}
	return reviews
}

// A cells are what one format shows of a figure: the period's own and the one before.
type cells struct{ now, before string }

// TestFormats reads every figure back from every format: each says the same number,
// or none of them does.
func TestFormats(t *testing.T) {
	compared := 0
	for name, review := range everyReview(t) {
		formats := make(map[string]string)
		for _, format := range []string{"text", "markdown", "html", "json"} {
			formats[format] = write(t, review, report.Output{Format: format, Style: terminal.Style{Width: 200}})
		}
		formats["csv"] = write(t, review, report.Output{Format: "csv", Table: "figures"})
		want := fromJSON(t, formats["json"])
		if len(want) == 0 && strings.Contains(formats["csv"], "period,part") && strings.Count(formats["csv"], "\n") > 1 {
			t.Errorf("%s: CSV has figures and JSON has none", name)
		}
		fromCSV := fromCSV(t, formats["csv"])
		if len(fromCSV) != len(want) {
			t.Errorf("%s: CSV has %d figures, JSON %d", name, len(fromCSV), len(want))
		}
		for title, cells := range want {
			if got := fromCSV[title]; got != cells {
				t.Errorf("%s: %s is %v in CSV, %v in JSON", name, title, got, cells)
			}
		}
		shown := fromText(formats["text"], want)
		for format, read := range map[string]map[string]cells{"markdown": fromMarkdown(formats["markdown"], want), "html": fromHTML(formats["html"], want)} {
			if len(read) != len(shown) {
				t.Errorf("%s: %s shows %d figures, text %d", name, format, len(read), len(shown))
			}
			for title, got := range read {
				if got != shown[title] {
					t.Errorf("%s: %s is %v in %s, %v in text", name, title, got, format, shown[title])
				}
			}
		}
		for title, got := range shown {
			compared++
			if got.now != want[title].now || got.before != "" && got.before != want[title].before {
				t.Errorf("%s: %s is %v in text, %v in JSON", name, title, got, want[title])
			}
		}
	}
	if compared < 100 {
		t.Errorf("only %d figures were compared", compared)
	}
}

func write(t testing.TB, review report.Review, out report.Output) string {
	t.Helper()
	var text bytes.Buffer
	if err := report.Write(&text, review, out); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// quantity writes a quantity as a reader sees it: the test's own words, from the
// raw numbers of a format.
func quantity(part, whole, percent, number, unit, over, hidden string) string {
	switch {
	case hidden != "":
		return "fewer than 5 people"
	case whole == "0":
		return "none due"
	case whole != "" && percent == "":
		return part + " of " + whole
	case whole != "":
		return fmt.Sprintf("%s of %s (%s%%)", part, whole, percent)
	case number == "":
		return "not recorded"
	case unit == "min":
		var minutes int
		fmt.Sscan(number, &minutes)
		switch hours := minutes / 60; {
		case hours == 0:
			return number + " min"
		case minutes%60 == 0:
			return fmt.Sprintf("%d h", hours)
		default:
			return fmt.Sprintf("%d h %d min", hours, minutes%60)
		}
	case over == "1":
		return number + unit + " (1 log)"
	case over != "":
		return number + unit + " (" + over + " logs)"
	}
	return number + unit
}

func fromJSON(t testing.TB, text string) map[string]cells {
	type side struct {
		Rate *struct {
			Part, Whole json.Number
			Percent     json.Number
		}
		Number json.Number
		Unit   string
		Over   json.Number
		Hidden bool
	}
	var model struct {
		Figures []struct {
			Title       string
			Now, Before side
		}
	}
	if err := json.Unmarshal([]byte(text), &model); err != nil {
		t.Fatal(err)
	}
	read := func(s side) string {
		hidden := ""
		if s.Hidden {
			hidden = "yes"
		}
		if s.Rate != nil {
			return quantity(s.Rate.Part.String(), s.Rate.Whole.String(), s.Rate.Percent.String(), "", "", "", hidden)
		}
		return quantity("", "", "", s.Number.String(), s.Unit, s.Over.String(), hidden)
	}
	out := make(map[string]cells)
	for _, f := range model.Figures {
		out[f.Title] = cells{read(f.Now), read(f.Before)}
	}
	return out
}

func fromCSV(t testing.TB, text string) map[string]cells {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := make(map[string]int)
	for i, name := range rows[0] {
		column[name] = i
	}
	out := make(map[string]cells)
	for i, row := range rows[1:] {
		at := func(name string) string { return row[column[name]] }
		text := quantity(at("part"), at("whole"), at("percent"), at("number"), at("unit"), at("over_logs"), at("hidden"))
		c := out[at("title")]
		if i%2 == 0 { // each figure has two rows: now, and before
			c.now = text
		} else {
			c.before = text
		}
		out[at("title")] = c
	}
	return out
}

// fromText finds the lines of figures: a title, blanks, and columns two blanks apart.
func fromText(text string, titles map[string]cells) map[string]cells {
	out := make(map[string]cells)
	for line := range strings.Lines(text) {
		fields := regexp.MustCompile(` {2,}`).Split(strings.TrimSpace(line), -1)
		if _, ok := titles[fields[0]]; ok && len(fields) > 1 {
			out[fields[0]] = cells{now: fields[1]}
			if len(fields) > 2 {
				out[fields[0]] = cells{fields[1], fields[2]}
			}
		}
	}
	return out
}

func fromMarkdown(text string, titles map[string]cells) map[string]cells {
	out := make(map[string]cells)
	for line := range strings.Lines(text) {
		row := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		if _, ok := titles[row[0]]; ok && len(row) <= 4 { // without columns that would be empty
			out[row[0]] = cells{row[1], append(row, "")[2]}
		}
	}
	return out
}

var figureForm = regexp.MustCompile(`(?s)<dt[^>]*>(.*?)&nbsp;<.*?<dd class="now">(.*?)</dd>(?:<dd class="before">[^<]*?: (.*?)</dd>)?`)

func fromHTML(text string, titles map[string]cells) map[string]cells {
	out := make(map[string]cells)
	for _, m := range figureForm.FindAllStringSubmatch(text, -1) {
		if title := html.UnescapeString(m[1]); titles[title] != (cells{}) {
			out[title] = cells{html.UnescapeString(m[2]), html.UnescapeString(m[3])}
		}
	}
	return out
}

// TestTablesInFormats looks up what else stands in numbers: what both sides did, the
// four verdicts, each goal's outcome and values, and each metric's last value.
func TestTablesInFormats(t *testing.T) {
	looked := 0
	for name, review := range everyReview(t) {
		var model struct {
			Sides []struct {
				Owner                                                       string
				Done, Partly, NotDone, Blocked, Dropped, Carried, NotTalked int
			}
			Verdicts *struct{ Worked, FellShort, AnotherWay, FollowThrough int }
			Goals    []struct{ Text, Outcome string } `json:"short_term_goals"`
			Metrics  []struct {
				Name   string
				Values []struct{ Value float64 }
			}
		}
		names := strings.NewReplacer(`"not_done"`, `"NotDone"`, `"not_talked"`, `"NotTalked"`, `"plan_worked"`, `"Worked"`, `"plan_fell_short"`, `"FellShort"`,
			`"reached_another_way"`, `"AnotherWay"`, `"follow_through_first"`, `"FollowThrough"`)
		if err := json.Unmarshal([]byte(names.Replace(write(t, review, report.Output{Format: "json"}))), &model); err != nil {
			t.Fatal(err)
		}
		text := blanksBetween(write(t, review, report.Output{Format: "text", Style: terminal.Style{Width: 400}}))
		page := write(t, review, report.Output{Format: "html"})
		html := blanksBetween(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " ")))
		markdown := blanksBetween(strings.NewReplacer("|", " ", `\`, "", "*", "").Replace(write(t, review, report.Output{Format: "markdown"})))
		everywhere := func(words string, formats ...string) {
			t.Helper()
			looked++
			for i, format := range formats {
				if !strings.Contains(format, words) {
					t.Errorf("%s: %q isn't in format %d of text, HTML, markdown", name, words, i)
				}
			}
		}
		rows, used := make(map[string][]int), make([]bool, 7)
		for _, s := range model.Sides {
			rows[s.Owner] = []int{s.Done, s.Partly, s.NotDone, s.Blocked, s.Dropped, s.Carried, s.NotTalked}
			for i, n := range rows[s.Owner] {
				used[i] = used[i] || n > 0
			}
		}
		for owner, row := range rows { // a column that would be empty isn't there
			words := ""
			for i, n := range row {
				if used[i] {
					words += fmt.Sprint(" ", n)
				}
			}
			if slices.Max(row) > 0 {
				everywhere("@"+owner+words, text, html, markdown)
			}
		}
		if v := model.Verdicts; v != nil && v.Worked+v.FellShort+v.AnotherWay+v.FollowThrough > 0 {
			everywhere(fmt.Sprintf("part done: reached %d (plan worked) not reached %d (plan fell short) part not done: reached %d (another way) not reached %d (follow-through first)",
				v.Worked, v.FellShort, v.AnotherWay, v.FollowThrough), text)
			everywhere(fmt.Sprintf("%d plan worked %d plan fell short %d another way %d follow-through first", v.Worked, v.FellShort, v.AnotherWay, v.FollowThrough), html)
		}
		for _, g := range model.Goals {
			everywhere(strings.ToUpper(g.Outcome)+" "+g.Text, text)
			everywhere(g.Outcome+" "+g.Text, html)
			everywhere("### "+g.Text+" "+g.Outcome, markdown)
		}
		for _, m := range model.Metrics {
			if n := len(m.Values); n > 0 {
				everywhere(" "+logparse.FormatNumber(m.Values[n-1].Value), text, html, markdown)
			}
		}
	}
	if looked < 100 {
		t.Errorf("only %d things were looked up", looked)
	}
}

func blanksBetween(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestNoNull holds that a list without anything is [] in JSON, however deep it lies, and
// that what is no list stays as it is.
func TestNoNull(t *testing.T) {
	type inner struct {
		List []int `json:"list"`
		Left []int `json:"left,omitempty"`
	}
	type outer struct {
		inner
		Pointer *inner   `json:"pointer"`
		Missing *inner   `json:"missing"`
		Inners  []inner  `json:"inners"`
		Deep    [][]int  `json:"deep"`
		hidden  []string // stays as it is
	}
	value := outer{Pointer: &inner{}, Inners: []inner{{}}, Deep: [][]int{nil}}
	var out strings.Builder
	if err := report.Write(&out, value, report.Output{Format: "json"}); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(out.String()), "")
	if want := `{"list":[],"pointer":{"list":[]},"missing":null,"inners":[{"list":[]}],"deep":[[]]}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if value.hidden != nil || value.Inners == nil {
		t.Error("the value itself was changed")
	}
}

package cmd_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/cmd"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/report"
)

// lakeQuarters are those whose figures are compared. The last isn't over yet.
var lakeQuarters = []string{"2026-Q1", "2026-Q2", "2026-Q3"}

// A company is some logbooks, by what they are called in the lake.
type company map[string]string

// newCompany is two generated logbooks in which not all goes as planned, and the example.
func newCompany(t *testing.T) company {
	t.Helper()
	c := company{"example": filepath.Join(t.TempDir(), "example")}
	if err := os.CopyFS(c["example"], os.DirFS("../examples/team")); err != nil {
		t.Fatal(err)
	}
	for i, flags := range [][]string{{"-logs", "500", "-people", "33", "-coaches", "3"}, {"-logs", "360", "-people", "24", "-coaches", "2", "-seed", "7"}} {
		dir := filepath.Join(t.TempDir(), "team")
		if out, err := exec.Command("go", append([]string{"run", "../bench/generate", "-dir", dir}, flags...)...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		disturb(t, dir, rand.New(rand.NewPCG(1, uint64(i))))
		c[[]string{"north", "south"}[i]] = dir // on one shard each
	}
	return c
}

// disturb changes a generated logbook, so that every figure has something to count.
func disturb(t *testing.T, dir string, random *rand.Rand) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "people", "*", "*.md"))
	if err != nil || len(files) < 100 {
		t.Fatal(len(files), err)
	}
	changes := []struct {
		percent  int
		what, to string
	}{
		{8, `status: held`, "status: missed"}, {5, `status: held`, "status: cancelled"}, {8, `type: session`, "type: session\nkind: ad-hoc"}, {5, `type: session`, "type: session\nkind: requested"},
		{5, `type: session`, "type: session\nkind: peer"}, {10, `(?m)^talk:.*\n`, ""}, {10, `(?m)^minutes:.*\n`, ""}, {6, `(?m)^coach: .*`, "coach: maria"}, {20, `\^a(\d+)\n`, "^a$1 skill:closing\n"},
		{10, `  - \[x\] `, "  - [>] "}, {10, `  - \[.\] .*\n`, ""}, {15, `- \[[xn]\] Bring handle`, "- [ ] Bring handle"}, {10, `\^c(\d+) @\w+`, "^c$1 @sam"}, {20, `metrics: .*`, "metrics: {fcr: 70}"},
	}
	plans := []struct {
		percent  int
		what, to string
	}{
		{15, `goals, `, ""}, {15, `, open`, ""}, {15, `skills, `, ""}, {10, `cadence: weekly`, "cadence: fortnightly"}, {8, `cadence: weekly`, "cadence: weekly\nleft: 2026-05-04"}, {10, `(?m)^team: .*\n`, ""},
	}
	for _, file := range files {
		read, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, all := string(read), changes
		switch {
		case filepath.Base(file) == "plan.md" && strings.Contains(file, "maria"):
			continue
		case filepath.Base(file) == "plan.md":
			all = plans
		case random.IntN(100) < 4:
			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for _, c := range all {
			if random.IntN(100) < c.percent {
				text = regexp.MustCompile(c.what).ReplaceAllString(text, c.to)
			}
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// export exports all logbooks in one format into one lake.
func (c company) export(t *testing.T, format string) (lake string) {
	t.Helper()
	lake = filepath.Join(t.TempDir(), "lake")
	for name, dir := range c {
		out := filepath.Join(t.TempDir(), "export")
		coachlogThen(t, dir, "export", "--output", out, "--as", name, "--names", "--format", format)
		if err := os.CopyFS(lake, os.DirFS(out)); err != nil {
			t.Fatal(err)
		}
	}
	return lake
}

// coachlogThen runs coachlog on the last day that a logbook tells of.
func coachlogThen(t *testing.T, dir string, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	day := "2026-07-10"
	if filepath.Base(dir) == "example" {
		day = "2026-09-30"
	}
	code := cmd.Main(append([]string{"-C", dir, "--today", day}, args...), &terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	if code != 0 {
		t.Fatalf("%v: %d, %s", args, code, errs.String())
	}
	return out.String()
}

// TestLake: the views of docs/scale say what coachlog's own reports say, in DuckDB and in a
// cluster of ClickHouse.
func TestLake(t *testing.T) {
	t.Parallel()
	if !hasDuck() && clickHouse() == "" {
		missing(t, "neither DuckDB nor ClickHouse is here")
	}
	c := newCompany(t)
	reports := c.ofReports(t)
	t.Run("DuckDB", func(t *testing.T) { agree(t, reports, ofViews(t, c.inDuckDB(t))) })
	t.Run("ClickHouse", func(t *testing.T) { agree(t, reports, ofViews(t, c.inClickHouse(t))) })
}

// A shown is a figure as a report shows it, or a view.
type shown map[string]string

// views are the queries of which the answers are compared, with the columns that say what a row is.
var views = map[string]int{"logbook_figures": 3, "team_figures": 4, "coach_figures": 4, "logbook_verdicts": 2}

// ofViews are the figures of the views, by an engine that answers with lines of cells.
func ofViews(t *testing.T, ask func(query string) string) shown {
	t.Helper()
	all := make(shown)
	for view, keys := range views {
		order := map[string]string{
			"logbook_figures": "logbook, quarter, figure, part, whole", "team_figures": "logbook, quarter, team, figure, part, whole", "coach_figures": "logbook, quarter, led_by, figure, part, whole",
			"logbook_verdicts": "logbook, quarter, plan_worked, plan_fell_short, reached_another_way, follow_through_first, support_missing, goals, waiting",
		}[view]
		for _, line := range strings.Split(strings.TrimSpace(ask("SELECT "+order+" FROM "+view+" WHERE quarter IN ('"+strings.Join(lakeQuarters, "', '")+"')")), "\n") {
			cells := strings.Split(line, "\t")
			if len(cells) < keys+2 {
				continue // there is none
			}
			key := view + " " + strings.Join(cells[:keys], " ")
			if view == "logbook_verdicts" {
				all[key] = strings.Join(cells[keys:], " ")
				continue
			}
			var part, whole int
			if _, err := fmt.Sscan(cells[keys]+" "+cells[keys+1], &part, &whole); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			all[key] = figureText(cells[keys-1], part, whole)
		}
	}
	return all
}

// figureText is a figure as the reports tell it, of what a view counts.
func figureText(figure string, part, whole int) string {
	switch figure {
	case "sessions_held", "talks", "sessions_missed", "sessions_cancelled", "sessions_forgotten", "minutes", "skills_practised":
		return fmt.Sprint(part)
	case "talk":
		return fmt.Sprintf("%d over %d", (200*part+whole)/(2*whole), whole/100)
	case "minutes_each":
		return fmt.Sprint(math.Round(float64(part) * 365 / 12 / float64(whole)))
	}
	return fmt.Sprintf("%d of %d", part, whole)
}

// ofReports are the same figures, as coachlog's own reports have them.
func (c company) ofReports(t *testing.T) shown {
	t.Helper()
	all := make(shown)
	for name, dir := range c {
		coaches := []string{"josh", "maria", "sam"}
		if name == "example" {
			coaches = coaches[:2]
		}
		for _, quarter := range lakeQuarters {
			whole := all.add(t, dir, []string{"logbook_figures", name, quarter}, "--logbook", "--period", quarter)
			if v := whole.Verdicts; v != nil {
				all[fmt.Sprintf("logbook_verdicts %s %s", name, quarter)] = fmt.Sprint(v["plan_worked"], v["plan_fell_short"], v["reached_another_way"], v["follow_through_first"], v["support_missing"], v["goals"], v["waiting"])
			}
			for _, team := range whole.Teams {
				all.add(t, dir, []string{"team_figures", name, quarter, team.Name}, "--team", team.Name, "--period", quarter)
			}
			for _, coach := range coaches {
				all.add(t, dir, []string{"coach_figures", name, quarter, coach}, "--coach", coach, "--period", quarter)
			}
		}
	}
	return all
}

type reportJSON struct {
	Figures []struct {
		Key string
		Now report.Quantity
	}
	Verdicts map[string]int
	Teams    []struct{ Name string }
}

// add adds the figures of one report. Those that are hidden, or that no view has, are left out.
func (s shown) add(t *testing.T, dir string, key []string, args ...string) (r reportJSON) {
	t.Helper()
	text := coachlogThen(t, dir, append([]string{"report", "--format", "json"}, args...)...)
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	for _, f := range r.Figures {
		q := f.Now
		switch {
		case q.Hidden, f.Key == "plan_success_year", f.Key == "set_aside", q.People != nil && *q.People == 0:
		case q.Rate != nil && q.Rate.Whole > 0:
			s[strings.Join(append(key, f.Key), " ")] = fmt.Sprintf("%d of %d", q.Rate.Part, q.Rate.Whole)
		case q.Rate == nil && q.Number != nil && f.Key == "talk":
			s[strings.Join(append(key, f.Key), " ")] = fmt.Sprintf("%v over %d", *q.Number, q.Over)
		case q.Rate == nil && q.Number != nil:
			s[strings.Join(append(key, f.Key), " ")] = fmt.Sprint(*q.Number)
		}
	}
	return r
}

// agree holds the views' figures to the reports'. Where a coach had nothing to count, a report
// says 0 and a view has no row, or nothing of nothing.
func agree(t *testing.T, reports, views shown) {
	t.Helper()
	reports = maps.Clone(reports)
	for key, text := range reports {
		if _, there := views[key]; !there && text == "0" && strings.HasPrefix(key, "coach_figures") {
			delete(reports, key)
		}
	}
	maps.DeleteFunc(views, func(key, text string) bool {
		_, asked := reports[key]
		coachee := strings.HasPrefix(key, "coach_figures") && !strings.Contains("josh maria sam", strings.Fields(key)[3]) // with actions of their own
		return coachee || !asked && strings.HasPrefix(key, "coach_figures") && strings.HasSuffix(text, " of 0")
	})
	if diff := gocmp.Diff(reports, views); diff != "" {
		t.Errorf("-the reports +the views:\n%s", diff)
	}
	if len(reports) < 200 {
		t.Errorf("only %d figures were compared", len(reports))
	}
}

// statements are those of a file of docs/scale.
func statements(t *testing.T, name string) (all []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../docs/scale", name))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range strings.Split(regexp.MustCompile(`(?m)^--.*\n`).ReplaceAllString(string(text), ""), ";\n") {
		if s = strings.TrimSpace(s); s != "" {
			all = append(all, s)
		}
	}
	return all
}

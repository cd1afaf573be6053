package docs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

var figureForm = regexp.MustCompile("`(report PERSON|report --coach COACH|report --team|report --logbook|check|schedule)`:((?:\\s*`[\\w.]+`,?)+)")

// TestFigures looks up each path that figures.md gives in what the commands print
// of the example team.
func TestFigures(t *testing.T) {
	text, err := os.ReadFile("figures.md")
	if err != nil {
		t.Fatal(err)
	}
	outputs := exampleReports(t)
	for _, part := range strings.Split(string(text), "\n### ")[1:] {
		title, _, _ := strings.Cut(part, "\n")
		places := figureForm.FindAllStringSubmatch(part, -1)
		if len(places) == 0 {
			t.Errorf("%s: nothing says where it is", title)
		}
		for _, place := range places {
			for _, path := range regexp.MustCompile("`([\\w.]+)`").FindAllStringSubmatch(place[2], -1) {
				if !lookUp(outputs[place[1]], path[1]) {
					t.Errorf("%s: %s has no %s", title, place[1], path[1])
				}
			}
		}
	}
}

// exampleReports are the JSON forms of reports on the example team and, of teams,
// on a generated logbook of 24 people, by command.
func exampleReports(t *testing.T) map[string]any {
	today := logparse.Date{Year: 2026, Month: 10, Day: 2}
	period, err := plan.ParsePeriod("2026-Q3", today, plan.FiscalYears{})
	if err != nil {
		t.Fatal(err)
	}
	b := readLogbook(t, "../examples/team")
	scope := report.Scope{Period: period, Today: today}
	generated := filepath.Join(t.TempDir(), "desk")
	if out, err := exec.Command("go", "run", "../bench/generate", "-logs", "720", "-people", "24", "-coaches", "2", "-dir", generated).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	desk := readLogbook(t, generated)
	team := report.Scope{Today: logparse.Date{Year: 2026, Month: 7, Day: 10}, For: "team"}
	if team.Period, err = plan.ParsePeriod("2026-Q2", team.Today, plan.FiscalYears{}); err != nil {
		t.Fatal(err)
	}
	outputs := make(map[string]any)
	for command, write := range map[string]func(*bytes.Buffer) error{
		"report PERSON": func(out *bytes.Buffer) error {
			return report.Write(out, report.NewPerson(b, "priya", scope), report.Output{Format: "json"})
		},
		"report --coach COACH": func(out *bytes.Buffer) error {
			return report.Write(out, report.NewCoach(b.Everybody(), "josh", scope), report.Output{Format: "json"})
		},
		"report --team": func(out *bytes.Buffer) error {
			return report.Write(out, report.NewTeam(desk.Everybody(), "The desk", report.TeamMembers(""), team), report.Output{Format: "json"})
		},
		"report --logbook": func(out *bytes.Buffer) error {
			return report.Write(out, report.NewLogbook(desk.Everybody(), team), report.Output{Format: "json"})
		},
		"schedule": func(out *bytes.Buffer) error {
			return report.Write(out, report.NewSchedule(b.Everybody(), today, report.ScheduleFilter{}), report.Output{Format: "json"})
		},
		"check": func(out *bytes.Buffer) error {
			return report.Write(out, report.NewCheck(b, today, report.CheckFilter{}), report.Output{Format: "json"})
		},
	} {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(out.Bytes(), &value); err != nil {
			t.Fatal(err)
		}
		outputs[command] = value
	}
	return outputs
}

func readLogbook(t *testing.T, folder string) *plan.Logbook {
	dir, err := logbook.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	contents, err := dir.ReadRoster()
	if err != nil {
		t.Fatal(err)
	}
	return plan.New(contents.Settings, dir.ReadFolders(contents.Settings, contents.Folders).Docs, nil)
}

// lookUp says whether a path of keys and indices leads anywhere.
func lookUp(value any, path string) bool {
	for _, key := range strings.Split(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			next, ok := v[key]
			if !ok {
				return false
			}
			value = next
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil { // the one with that key
				i = slices.IndexFunc(v, func(of any) bool { m, ok := of.(map[string]any); return ok && m["key"] == key })
			}
			if i < 0 || i >= len(v) {
				return false
			}
			value = v[i]
		default:
			return false
		}
	}
	return true
}

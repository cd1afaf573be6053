package docs_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/internal/logbook"
	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

var figureForm = regexp.MustCompile("`(report PERSON|report --coach COACH|check|schedule)`:((?:\\s*`[\\w.]+`,?)+)")

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

// exampleReports are the JSON forms of reports on the example team, by command.
func exampleReports(t *testing.T) map[string]any {
	dir, err := logbook.Open("../examples/team")
	if err != nil {
		t.Fatal(err)
	}
	contents, err := dir.Read()
	if err != nil {
		t.Fatal(err)
	}
	b := plan.New(contents.Settings, contents.Docs, nil)
	today := logparse.Date{Year: 2026, Month: 10, Day: 2}
	period, err := plan.ParsePeriod("2026-Q3", today)
	if err != nil {
		t.Fatal(err)
	}
	outputs := make(map[string]any)
	for command, write := range map[string]func(*bytes.Buffer) error{
		"report PERSON": func(out *bytes.Buffer) error {
			return report.NewPerson(b, "priya", period, today).Write(out, terminal.Style{}, "json")
		},
		"report --coach COACH": func(out *bytes.Buffer) error {
			return report.NewCoach(b, "josh", period, today).Write(out, terminal.Style{}, "json")
		},
		"schedule": func(out *bytes.Buffer) error {
			return report.NewSchedule(b, today, report.ScheduleFilter{}).JSON(out)
		},
		"check": func(out *bytes.Buffer) error { return report.NewCheck(b, today, report.CheckFilter{}).JSON(out) },
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
			if err != nil || i >= len(v) {
				return false
			}
			value = v[i]
		default:
			return false
		}
	}
	return true
}

package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	validate "github.com/santhosh-tekuri/jsonschema/v6"
)

// These read what lint writes for other programs, as those do.

type anyFinding struct {
	Rule, File string
	Line       int
}

func (f anyFinding) place() string { return fmt.Sprintf("%s:%d:%s", f.File, f.Line, f.Rule) }

func readJSON(t *testing.T, text []byte) (places []string) {
	var all struct{ Findings []anyFinding }
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	for _, f := range all.Findings {
		places = append(places, f.place())
	}
	return places
}

func readJSONLines(t *testing.T, text []byte) (places []string) {
	for line := range bytes.Lines(text) {
		var f anyFinding
		if err := json.Unmarshal(line, &f); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		places = append(places, f.place())
	}
	return places
}

func readCodeQuality(t *testing.T, text []byte) (places []string) {
	var all []struct {
		Description, Fingerprint, Severity string
		Check                              string `json:"check_name"`
		Location                           struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.Description == "" || f.Fingerprint == "" || !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, f.Severity) {
			t.Fatalf("GitLab takes no %+v", f)
		}
		places = append(places, anyFinding{f.Check, f.Location.Path, f.Location.Lines.Begin}.place())
	}
	return places
}

// readAnnotations reads workflow commands as GitHub's documentation has them: a name, properties
// with a comma between them, and behind :: the message, each with its own escapes.
func readAnnotations(t *testing.T, text []byte) (places []string) {
	message := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n")
	property := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
	form := regexp.MustCompile(`^::(error|warning|notice) ([^:]*)::(.+)$`)
	for line := range strings.Lines(string(text)) {
		parts := form.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if parts == nil {
			t.Fatalf("no command: %s", line)
		}
		properties := make(map[string]string)
		for pair := range strings.SplitSeq(parts[2], ",") {
			key, value, ok := strings.Cut(pair, "=")
			if !ok || !slices.Contains([]string{"title", "file", "line", "endLine", "col", "endColumn"}, key) {
				t.Fatalf("no property %q: %s", pair, line)
			}
			properties[key] = property.Replace(value)
		}
		if properties["endColumn"] != "" && properties["line"] != properties["endLine"] {
			t.Errorf("columns of two lines: %s", line)
		}
		if strings.TrimSpace(message.Replace(parts[3])) == "" {
			t.Errorf("no message: %s", line)
		}
		places = append(places, properties["file"]+":"+properties["line"]+":"+properties["title"])
	}
	return places
}

func readJUnit(t *testing.T, text []byte) (places []string) {
	var all struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Skipped  int `xml:"skipped,attr"`
		Suites   []struct {
			Cases []struct {
				Name    string `xml:"name,attr"`
				File    string `xml:"file,attr"`
				Line    int    `xml:"line,attr"`
				Failure *struct{}
				Error   *struct{} `xml:"error"`
				Failed  *struct{} `xml:"failure"`
				Skipped *struct{} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	readXML(t, text, &all)
	tests, failed, skipped := 0, 0, 0
	for _, s := range all.Suites {
		for _, c := range s.Cases {
			tests++
			rule, _, _ := strings.Cut(c.Name, ":")
			switch {
			case c.Error != nil:
				continue // a file that can't be read
			case c.Failed != nil:
				failed++
			case c.Skipped != nil:
				skipped++
			}
			places = append(places, anyFinding{rule, c.File, c.Line}.place())
		}
	}
	if tests != all.Tests || failed != all.Failures || skipped != all.Skipped || failed == 0 || skipped == 0 {
		t.Errorf("%d tests, %d failed, %d skipped; it says %d, %d, %d", tests, failed, skipped, all.Tests, all.Failures, all.Skipped)
	}
	return places
}

func readCheckstyle(t *testing.T, text []byte) (places []string) {
	var all struct {
		Files []struct {
			Name   string `xml:"name,attr"`
			Errors []struct {
				Line     int    `xml:"line,attr"`
				Severity string `xml:"severity,attr"`
				Source   string `xml:"source,attr"`
			} `xml:"error"`
		} `xml:"file"`
	}
	readXML(t, text, &all)
	for _, f := range all.Files {
		for _, e := range f.Errors {
			if !slices.Contains([]string{"error", "warning", "info"}, e.Severity) {
				t.Errorf("no severity of Checkstyle: %s", e.Severity)
			}
			if e.Source != "coachlog.unreadable" {
				places = append(places, anyFinding{strings.TrimPrefix(e.Source, "coachlog."), f.Name, e.Line}.place())
			}
		}
	}
	return places
}

// readXML reads strictly, and has xmllint or Python look at it too where they are.
func readXML(t *testing.T, text []byte, into any) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(into); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Token(); err != io.EOF {
		if _, err = d.Token(); err != io.EOF { // a line end
			t.Errorf("there is more behind it: %v", err)
		}
	}
	for _, program := range [][]string{{"xmllint", "--noout", "-"}, {"python3", "-c", "import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.stdin.buffer)"}} {
		if _, err := exec.LookPath(program[0]); err != nil {
			continue
		}
		c := exec.Command(program[0], program[1:]...)
		c.Stdin = bytes.NewReader(text)
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", program[0], err, out)
		}
	}
}

func readSARIF(t *testing.T, text []byte) (places []string) {
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI, URIBaseID string }
						Region           struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal(text, &log); err != nil {
		t.Fatal(err)
	}
	for _, r := range log.Runs[0].Results {
		at := r.Locations[0].PhysicalLocation
		address, err := url.Parse(at.ArtifactLocation.URI)
		if err != nil || address.Scheme != "" || address.Host != "" || strings.HasPrefix(address.Path, "/") {
			t.Errorf("no relative address: %s", at.ArtifactLocation.URI)
		}
		if rule := log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID; rule != r.RuleID {
			t.Errorf("rule %d is %s, not %s", r.RuleIndex, rule, r.RuleID)
		}
		places = append(places, anyFinding{r.RuleID, address.Path, at.Region.StartLine}.place())
	}
	holdsSARIFSchema(t, text)
	return places
}

// holdsSARIFSchema validates against the schema, as an npm package brings it.
func holdsSARIFSchema(t *testing.T, text []byte) {
	t.Helper()
	file := os.Getenv("COACHLOG_SARIF_SCHEMA")
	if file == "" {
		if os.Getenv("COACHLOG_CI") != "" {
			t.Fatal("COACHLOG_SARIF_SCHEMA names no schema")
		}
		t.Log("no schema is here: npm install --no-save @microsoft/jest-sarif, and set COACHLOG_SARIF_SCHEMA to its sarif-2.1.0-rtm.5.json")
		return
	}
	schema, err := validate.NewCompiler().Compile(file)
	if err != nil {
		t.Fatal(err)
	}
	value, err := validate.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Error(err)
	}
	value.(map[string]any)["runs"] = "none"
	if err := schema.Validate(value); err == nil {
		t.Error("the schema takes anything")
	}
}

// readProblems reads text by the problem matcher, as a runner of GitHub's does.
func readProblems(t *testing.T, text []byte) (places []string) {
	var file struct {
		ProblemMatcher []struct {
			Severity string
			Pattern  []struct {
				Regexp                                      string
				File, Line, Column, Severity, Message, Code int
			}
		}
	}
	matcher, err := os.ReadFile("../docs/problem-matcher.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(matcher, &file); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		for _, m := range file.ProblemMatcher {
			p := m.Pattern[0]
			parts := regexp.MustCompile(p.Regexp).FindStringSubmatch(strings.TrimSuffix(line, "\n"))
			if parts == nil {
				continue
			}
			if parts[p.Message] == "" || (p.Severity == 0) == (m.Severity == "") {
				t.Errorf("no message or severity: %s", line)
			}
			places = append(places, parts[p.File]+":"+parts[p.Line]+":"+parts[p.Code])
		}
	}
	return places
}

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
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	validate "github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
	"github.com/coachlog/coachlog/report"
)

// everyFinding is what lint says of the files that provoke each rule and each diagnostic.
func everyFinding(t *testing.T) []rules.Finding {
	t.Helper()
	var all []rules.Finding
	archives, _ := filepath.Glob("../plan/rules/testdata/bad/*.txtar")
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, findingsIn(archive)...)
	}
	broken, _ := filepath.Glob("../logparse/testdata/err/*")
	for _, name := range broken {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base := filepath.Base(name)
		kind, _, _ := strings.Cut(base, "-")
		place := map[string]string{"plan": "people/rep1/plan.md", "prep": "people/rep1/prep-2026-07-13.md", "assessment": "people/rep1/view.md", "copy": "people/rep1/2026-07-06 (1).md",
			"settings": "coachlog.yaml", "metrics": "metrics/july.csv", "template": "templates/session.md"}[kind]
		if place == "" {
			place = "people/rep1/2026-07-06.md"
		}
		if filepath.Ext(name) == ".out" {
			continue
		}
		found := findingsIn(&txtar.Archive{Files: []txtar.File{{Name: place, Data: text}}})
		for i := range found {
			found[i].File = "people/ré p:1/" + base // a path that no address can have as it is
		}
		all = append(all, found...)
	}
	rules.Fingerprint(all)
	return all
}

func findingsIn(archive *txtar.Archive) []rules.Finding {
	o := rules.Options{Today: logparse.Date{Year: 2026, Month: 10, Day: 1}, Tier: rules.Strict}
	if match := regexp.MustCompile(`today: (\S+)`).FindSubmatch(archive.Comment); match != nil {
		o.Today, _ = logparse.ParseDate(string(match[1]))
	}
	o.Past = func(string, logparse.Date) bool { return true }
	settings := &logparse.Settings{}
	var docs, extra, agreed []*logparse.Document
	var observations []plan.Observation
	for _, f := range archive.Files {
		var doc *logparse.Document
		switch {
		case f.Name == "coachlog.yaml":
			settings, doc = logparse.ParseSettings(f.Name, f.Data)
			extra = append(extra, doc)
		case strings.HasSuffix(f.Name, ".csv"):
			rows, doc := logparse.ParseMetrics(f.Name, f.Data)
			extra = append(extra, doc)
			observations = append(observations, plan.ObservationsOf(f.Name, rows)...)
		case strings.HasPrefix(f.Name, "agreed/"):
			agreed = append(agreed, logparse.Parse(strings.TrimPrefix(f.Name, "agreed/"), f.Data, settings.Headings))
		case strings.HasSuffix(f.Name, ".md"):
			docs = append(docs, logparse.Parse(f.Name, f.Data, settings.Headings))
		}
	}
	b := plan.New(settings, docs, observations)
	for _, was := range agreed {
		s := plan.SignOff{Person: "rep1", Path: was.Path, Day: logparse.Date{Year: 2026, Month: 7, Day: 14}, Commit: &plan.Commit{ID: "1111111"}}
		for _, doc := range docs {
			if doc.Path == was.Path {
				s.Void = plan.NewLaterEdit(was, doc, &plan.Commit{ID: "2222222", Written: time.Date(2026, 7, 20, 9, 0, 0, 0, time.UTC)})
			}
		}
		b.Words = append(b.Words, s)
	}
	return rules.Lint(b, o, extra...)
}

// writeFindings is a format's output.
func writeFindings(t *testing.T, fs *report.Findings, format string) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := report.Write(&out, fs, report.Output{Format: format}); err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return out.Bytes()
}

// TestEveryFinding writes everything that lint can find in every format, and has each read by a
// reader that isn't coachlog's.
func TestEveryFinding(t *testing.T) {
	findings := everyFinding(t)
	seen, prints := make(map[string]bool), make(map[string]bool)
	for _, f := range findings {
		seen[f.Rule] = true
		if f.Fingerprint == "" || prints[f.Fingerprint] {
			t.Errorf("%s of %s isn't told apart by %q", f.Rule, f.File, f.Fingerprint)
		}
		prints[f.Fingerprint] = true
	}
	for _, r := range report.Rules() {
		if !seen[r.ID] && !slices.Contains(notProvoked, r.ID) {
			t.Errorf("nothing here provokes %s", r.ID)
		}
	}
	fs := report.CountFindings(findings)
	fs.Version = "v1.2.3"
	fs.Unreadable = []report.Unread{{File: "people/x/2026-01-01.md", Why: "it is a symbolic link\x1b[31m"}}
	places := make([]string, 0, len(findings)) // of each finding, as each format has to tell them
	for _, f := range findings {
		places = append(places, fmt.Sprintf("%s:%d:%s", f.File, f.Line, f.Rule))
	}
	for format, read := range map[string]func(t *testing.T, text []byte) []string{
		"json": readJSON, "jsonl": readJSONLines, "github": readAnnotations, "gitlab": readCodeQuality, "sarif": readSARIF, "junit": readJUnit, "checkstyle": readCheckstyle, "text": readProblems,
	} {
		t.Run(format, func(t *testing.T) {
			text := writeFindings(t, fs, format)
			if at := bytes.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }); at >= 0 {
				t.Errorf("a control character: %q", text[max(0, at-40):at+1])
			}
			got := read(t, text)
			if !slices.Equal(got, places) {
				t.Errorf("%d of %d findings are told", len(got), len(places))
				for i := range min(len(got), len(places)) {
					if got[i] != places[i] {
						t.Fatalf("finding %d: %s\nwant %s", i, got[i], places[i])
					}
				}
			}
		})
	}
}

// notProvoked are found by nothing that a file on its own says.
var notProvoked = []string{logparse.InternalError, logparse.NotRead, logparse.FileCopy}

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

// TestHostileFindings: whatever a path or a quoted line holds, the formats stay what they are.
func TestHostileFindings(t *testing.T) {
	var findings []rules.Finding
	for _, text := range []string{"\x1b[31m\x00\x07", "a\xff\xfe\ufffe\uffff", "]]>&<!DOCTYPE x>\"'", "\n::error::x\r\n%0A,line=2:%", "[a](https://evil.example) [b](1) {0}", "\u202e\u2028\U000e0041", strings.Repeat("ä", 5000)} {
		findings = append(findings, rules.Finding{Rule: "agenda", Severity: logparse.Error, File: "people/" + text + ".md", Line: 1, Column: 1, EndLine: 1, EndCol: 2, Message: text, Remedy: text, Text: text},
			rules.Finding{Rule: "agenda", Severity: logparse.Info, File: "people/a.md", Line: 1, Column: 1, Message: text})
	}
	rules.Fingerprint(findings)
	fs := report.CountFindings(findings)
	for format, read := range map[string]func(t *testing.T, text []byte) []string{
		"json": readJSON, "jsonl": readJSONLines, "github": readAnnotations, "gitlab": readCodeQuality, "sarif": readSARIF, "junit": readJUnit, "checkstyle": readCheckstyle, "text": readProblems,
	} {
		t.Run(format, func(t *testing.T) {
			text := writeFindings(t, fs, format)
			if got := read(t, text); len(got) != len(findings) {
				t.Errorf("%d findings of %d are told: %q", len(got), len(findings), got)
			}
			for _, bad := range []string{"\x1b", "\x00", "\u202e", "\u2028", "\U000e0041", "\xff"} {
				if bytes.Contains(text, []byte(bad)) {
					t.Errorf("%q is in it", bad)
				}
			}
			if format == "sarif" && bytes.Contains(text, []byte("](")) {
				t.Error("a link is in it")
			}
		})
	}
}

// TestAllWell is what the formats write where nothing is found.
func TestAllWell(t *testing.T) {
	fs := report.CountFindings(nil)
	for format, want := range map[string]string{"jsonl": "", "github": "", "text": "", "gitlab": "[]\n"} {
		if got := string(writeFindings(t, fs, format)); got != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
	}
	junit := string(writeFindings(t, fs, "junit"))
	if !strings.Contains(junit, `tests="1" failures="0" errors="0"`) || !strings.Contains(junit, `name="no findings"`) {
		t.Errorf("junit:\n%s", junit)
	}
	holdsSARIFSchema(t, writeFindings(t, fs, "sarif"))
}

// TestStrict: with --strict warnings fail, in the report of tests too.
func TestStrict(t *testing.T) {
	fs := report.CountFindings([]rules.Finding{{Rule: "agenda", Severity: logparse.Warning, File: "a", Line: 1, Column: 1}})
	if text := string(writeFindings(t, fs, "junit")); !strings.Contains(text, `failures="0" errors="0" skipped="1"`) {
		t.Error(text)
	}
	fs.Strict = true
	if text := string(writeFindings(t, fs, "junit")); !strings.Contains(text, `failures="1" errors="0" skipped="0"`) {
		t.Error(text)
	}
}

// TestMostResults: code scanning takes 25,000 results, and gets the most severe.
func TestMostResults(t *testing.T) {
	var findings []rules.Finding
	for i := range 25_010 {
		severity := logparse.Info
		if i > 25_000 {
			severity = logparse.Error
		}
		findings = append(findings, rules.Finding{Rule: "agenda", Severity: severity, File: "a", Line: i + 1, Column: 1, Message: "m"})
	}
	var log struct {
		Runs []struct {
			Results     []struct{ Level string }
			Invocations []struct {
				Notifications []struct{ Message struct{ Text string } } `json:"toolExecutionNotifications"`
			}
		}
	}
	if err := json.Unmarshal(writeFindings(t, report.CountFindings(findings), "sarif"), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Results) != 25_000 || run.Results[8].Level != "error" || run.Results[9].Level != "note" {
		t.Errorf("%d results", len(run.Results))
	}
	if said := run.Invocations[0].Notifications[0].Message.Text; !strings.HasPrefix(said, "25000 of 25010 findings are listed") {
		t.Error(said)
	}
}

// TestFingerprint: what a finding is known by stays while lines move and days pass, and tells those
// alike apart.
func TestFingerprint(t *testing.T) {
	of := func(changes ...string) []string {
		log := "---\ndate: 2026-07-06\nstatus: held\ncoach: nobody\n---\n\n# Log\n\n## Short-term goals\n\n- [ ] Calm calls ^calm\n  - [?] Greet ^greet\n  - [?] Listen\n  - [?] Listen\n"
		findings := findingsIn(&txtar.Archive{Files: []txtar.File{{Name: "people/rep1/2026-07-06.md", Data: []byte(strings.NewReplacer(changes...).Replace(log))}}})
		findings = slices.DeleteFunc(findings, func(f rules.Finding) bool { return f.Rule != "unknown-state" && f.Rule != "unknown-person" })
		rules.Fingerprint(findings)
		var all []string
		for _, f := range findings {
			all = append(all, f.Fingerprint)
		}
		return all
	}
	was := of()
	if len(was) != 4 && len(was) != 5 || len(slices.Compact(slices.Sorted(slices.Values(was)))) != len(was) {
		t.Fatalf("they aren't told apart: %v", was)
	}
	for name, changes := range map[string][]string{
		"lines moved":    {"# Log\n", "# Log\n\nMore words.\n"},
		"words of an id": {"Greet ^greet", "Greet everybody ^greet due:2026-08-01"},
		"emphasis":       {"Listen\n", "*Listen*.\n"},
		"Windows' lines": {"\n", "\r\n"},
		"another box":    {"[?] Greet", "[§] Greet"},
		"a note behind":  {"Listen\n", "Listen <!-- later -->\n"},
		"a private note": {"Listen\n", "Listen %%later%%\n"},
	} {
		if got := of(changes...); !slices.Equal(got, was) {
			t.Errorf("%s: %v, want %v", name, got, was)
		}
	}
	for name, changes := range map[string][]string{"another id": {"^greet", "^hello"}, "other words": {"Listen", "Hear"}, "another coach": {"nobody", "noone"}} {
		if got := of(changes...); slices.Equal(got, was) {
			t.Errorf("%s: they are the same", name)
		}
	}
}

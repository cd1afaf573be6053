package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

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

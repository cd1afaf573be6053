package rules_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
)

var update = flag.Bool("update", false, "write the files `want` of testdata/bad anew")

// TestBad lints each logbook of testdata/bad, and compares what the rule that
// the archive is named for says with the archive's last file, want. The name is
// RULE.txtar, or RULE.CASE.txtar.
func TestBad(t *testing.T) {
	for _, file := range archives(t, "bad") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive := read(t, file)
			got := written(lint(t, archive, rules.Find(ruleOf(file)).Tier), ruleOf(file))
			want := &archive.Files[len(archive.Files)-1]
			if want.Name != "want" {
				t.Fatal("the last file is not want")
			}
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), got); diff != "" || got == "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestOK lints each logbook of testdata/ok, of which the rule that the archive
// is named for says nothing.
func TestOK(t *testing.T) {
	for _, file := range archives(t, "ok") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if got := written(lint(t, read(t, file), rules.Find(ruleOf(file)).Tier), ruleOf(file)); got != "" {
				t.Errorf("got:\n%s", got)
			}
		})
	}
}

// TestClean lints each logbook of testdata/clean, of which no rule says
// anything.
func TestClean(t *testing.T) {
	for _, file := range archives(t, "clean") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if got := written(lint(t, read(t, file), rules.Method), ""); got != "" {
				t.Errorf("got:\n%s", got)
			}
		})
	}
}

// TestQuarter lints quarters as people write them, a busy coach and a careful one: what is
// said of a quarter is short enough to read, and each of it is in want.
func TestQuarter(t *testing.T) {
	const most = 30
	for _, file := range archives(t, "quarter") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive := read(t, file)
			findings := lint(t, archive, rules.Method)
			want := &archive.Files[len(archive.Files)-1]
			if *update {
				want.Data = []byte(written(findings, ""))
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), written(findings, "")); diff != "" || want.Name != "want" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if len(findings) >= most {
				t.Errorf("%d findings", len(findings))
			}
		})
	}
}

// TestPast: the method's rules look at the last session, and at earlier ones as they were
// then where somebody asks for them; what is broken is always found.
func TestPast(t *testing.T) {
	log := func(day, next string) *logparse.Document {
		text := "---\nstatus: held\ncoach: nobody\ntalk: 40\n---\n# Log\n## Short-term goals\n- [ ] Goal ^goal" + next + "\n"
		return logparse.Parse("people/rep1/"+day+".md", []byte(text), logparse.Headings{})
	}
	docs := []*logparse.Document{log("2026-07-06", ""), log("2026-07-13", ""), log("2026-07-20", " due:2026-08-31")}
	july13 := logparse.Date{Year: 2026, Month: 7, Day: 13}
	for _, test := range []struct {
		name string
		past func(string, logparse.Date) bool
		want map[string][]string // rules, by path
	}{
		{"now", nil, map[string][]string{"unknown-person": {"06", "13", "20"}, "talk-share": {"20"}}},
		{"a day", func(_ string, day logparse.Date) bool { return day == july13 }, map[string][]string{"unknown-person": {"06", "13", "20"}, "talk-share": {"13", "20"}, "goal-date": {"13"}}},
		{"a path", func(path string, _ logparse.Date) bool { return path == docs[0].Path }, map[string][]string{"unknown-person": {"06", "13", "20"}, "talk-share": {"06", "20"}, "goal-date": {"06"}}},
		{"all", func(string, logparse.Date) bool { return true }, map[string][]string{"unknown-person": {"06", "13", "20"}, "talk-share": {"06", "13", "20"}, "goal-date": {"06", "13"}}},
	} {
		got := make(map[string][]string)
		o := rules.Options{Today: logparse.Date{Year: 2026, Month: 7, Day: 21}, Tier: rules.Method, Past: test.past}
		for _, f := range rules.Lint(plan.New(&logparse.Settings{}, docs, nil), o) {
			if f.Rule == "talk-share" || f.Rule == "goal-date" || f.Rule == "unknown-person" && strings.Contains(f.Message, "coach") && !strings.Contains(f.Message, "coachee") {
				got[f.Rule] = append(got[f.Rule], f.File[len(f.File)-5:len(f.File)-3])
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.name, diff)
		}
	}
}

var idForm = regexp.MustCompile(`^[a-z-]+$`)

func TestAll(t *testing.T) {
	seen := make(map[string]bool)
	for _, code := range logparse.Diagnostics {
		seen[code.Code] = true
	}
	for _, r := range rules.All {
		if seen[r.ID] || !idForm.MatchString(r.ID) {
			t.Errorf("the id %q is taken or not well formed", r.ID)
		}
		seen[r.ID] = true
		for what, text := range map[string]string{"title": r.Title, "reason": r.Why, "bad example": r.Bad, "good example": r.Good} {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s has no %s", r.ID, what)
			}
		}
		if r.Severity == logparse.Off || !slices.Contains(rules.Tiers, string(r.Tier)) {
			t.Errorf("%s has the severity %s and the tier %q", r.ID, r.Severity, r.Tier)
		}
		if rules.Find(r.ID) != r {
			t.Errorf("%s can't be found", r.ID)
		}
		for _, dir := range []string{"bad", "ok"} {
			if _, err := os.Stat(filepath.Join("testdata", dir, r.ID+".txtar")); err != nil {
				t.Error(err)
			}
		}
	}
	for _, dir := range []string{"bad", "ok"} {
		for _, file := range archives(t, dir) {
			if rules.Find(ruleOf(file)) == nil {
				t.Errorf("%s is named for no rule", file)
			}
		}
	}
}

func archives(t testing.TB, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", dir, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("testdata/%s holds no archives: %v", dir, err)
	}
	return files
}

func ruleOf(file string) string {
	rule, _, _ := strings.Cut(filepath.Base(file), ".")
	return rule
}

func read(t testing.TB, file string) *txtar.Archive {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

var (
	todayForm = regexp.MustCompile(`(?m)^today: (\S+)$`)
	past      = regexp.MustCompile(`(?m)^the past too$`)
)

// lint reads a logbook and lints it as on 1 October 2026, or on the day that the
// archive's comment names; all its logs, where the comment says so. The parser must have
// nothing to say.
func lint(t *testing.T, archive *txtar.Archive, tier rules.Tier) []rules.Finding {
	t.Helper()
	findings := lintBroken(t, archive, tier)
	for _, f := range findings {
		if rules.Find(f.Rule) == nil {
			t.Errorf("%s:%d: %s", f.File, f.Line, f.Message)
		}
	}
	return findings
}

// lintBroken lints files of which the parser may have something to say.
func lintBroken(t *testing.T, archive *txtar.Archive, tier rules.Tier) []rules.Finding {
	t.Helper()
	today := logparse.Date{Year: 2026, Month: 10, Day: 1}
	if match := todayForm.FindSubmatch(archive.Comment); match != nil {
		var err error
		if today, err = logparse.ParseDate(string(match[1])); err != nil {
			t.Fatal(err)
		}
	}
	o := rules.Options{Today: today, Tier: tier}
	if past.Match(archive.Comment) {
		o.Past = func(string, logparse.Date) bool { return true }
	}
	settings := &logparse.Settings{}
	var docs, extra, agreed []*logparse.Document
	var observations []plan.Observation
	for _, f := range archive.Files {
		switch {
		case f.Name == "coachlog.yaml":
			var doc *logparse.Document
			settings, doc = logparse.ParseSettings(f.Name, f.Data)
			extra = append(extra, doc)
		case strings.HasSuffix(f.Name, ".csv"):
			rows, doc := logparse.ParseMetrics(f.Name, f.Data)
			extra = append(extra, doc)
			observations = append(observations, plan.ObservationsOf(f.Name, rows)...)
		case strings.HasPrefix(f.Name, "agreed/"): // a text that rep1 agreed to
			name := strings.TrimPrefix(f.Name, "agreed/")
			agreed = append(agreed, logparse.Parse(name, f.Data, settings.Headings))
		case strings.HasSuffix(f.Name, ".md"):
			docs = append(docs, logparse.Parse(f.Name, f.Data, settings.Headings))
		}
	}
	b := plan.New(settings, docs, observations)
	for _, was := range agreed {
		b.Words = append(b.Words, signOff(was, docs))
	}
	return rules.Lint(b, o, extra...)
}

// signOff is rep1's word on a text, in commit 1111111, and what became of it in
// commit 2222222.
func signOff(was *logparse.Document, docs []*logparse.Document) plan.SignOff {
	commit := func(id, name string, day int) *plan.Commit {
		return &plan.Commit{ID: strings.Repeat(id, 40), Author: plan.Author{Name: name}, Written: time.Date(2026, 7, day, 9, 0, 0, 0, time.UTC)}
	}
	s := plan.SignOff{Person: "rep1", Path: was.Path, How: plan.OwnCommit, Day: logparse.Date{Year: 2026, Month: 7, Day: 14}, Commit: commit("1", "Rep One", 14)}
	for _, doc := range docs {
		if doc.Path == was.Path && string(doc.Text) != string(was.Text) {
			s.Void = plan.NewLaterEdit(was, doc, commit("2", "Josh Lee", 20))
		}
	}
	return s
}

// written is the findings of one rule, or of all, as the archives have them.
func written(findings []rules.Finding, rule string) string {
	var out strings.Builder
	for _, f := range findings {
		if rule == "" || f.Rule == rule {
			fmt.Fprintf(&out, "%s:%d:%d: %s: %s\n  %s\n", f.File, f.Line, f.Column, f.Severity, f.Message, f.Remedy)
		}
	}
	return out.String()
}

// TestSilenced says what a setting or a comment makes of talk-share's finding.
func TestSilenced(t *testing.T) {
	tests := []struct {
		name     string
		settings string
		front    string // the lines after the status
		body     string
		rule     string
		want     []string // severities
	}{
		{name: "as it is", front: "talk: 40", want: []string{"warning"}},
		{name: "severity", settings: "rules: {talk-share: error}", front: "talk: 40", want: []string{"error"}},
		{name: "severity info", settings: "rules: {talk-share: info}", front: "talk: 40", want: []string{"info"}},
		{name: "off", settings: "rules: {talk-share: off}", front: "talk: 40"},
		{name: "another off", settings: "rules: {agenda: off}", front: "talk: 40", want: []string{"warning"}},
		{name: "on its line", front: "talk: 40 # coachlog: ignore talk-share: a first look"},
		{name: "on the line before", front: "# coachlog: ignore talk-share: a first look\ntalk: 40"},
		{name: "indented on the line before", front: "  # coachlog: ignore talk-share: a first look\ntalk: 40"},
		{name: "before a blank line", front: "# coachlog: ignore talk-share: a first look\n\ntalk: 40"},
		{name: "before another comment", front: "# coachlog: ignore talk-share: a first look\n# coachlog: ignore agenda: none\ntalk: 40"},
		{name: "two keys before", front: "# coachlog: ignore talk-share: a first look\nminutes: 30\ntalk: 40", want: []string{"warning"}},
		{name: "before a blank line, on a line", front: "minutes: 30 # coachlog: ignore talk-share: a first look\n\ntalk: 40", want: []string{"warning"}},
		{name: "a wish behind a blank line", rule: "action-trackable", body: "\n<!-- coachlog: ignore action-trackable: her words -->\n\n  - [ ] Be yourself\n"},
		{name: "behind another key", front: "minutes: 30 # coachlog: ignore talk-share: a first look\ntalk: 40", want: []string{"warning"}},
		{name: "no reason", front: "talk: 40 # coachlog: ignore talk-share", want: []string{"warning"}},
		{name: "empty reason", front: "talk: 40 # coachlog: ignore talk-share:  ", want: []string{"warning"}},
		{name: "another rule", front: "talk: 40 # coachlog: ignore agenda: a first look", want: []string{"warning"}},
		{name: "among others", front: "talk: 40 # coachlog: ignore agenda, talk-share: a first look"},
		{name: "not all rules", front: "talk: 40 # coachlog: ignore all: a first look", want: []string{"warning"}},
		{name: "a wish on its line", rule: "action-trackable", body: "  - [ ] Be yourself <!-- coachlog: ignore action-trackable: her words -->\n"},
		{name: "a wish on the next line", rule: "action-trackable", body: "  <!-- coachlog: ignore action-trackable: her words -->\n  - [ ] Be yourself\n"},
		{name: "a wish without reason", rule: "action-trackable", body: "  - [ ] Be yourself <!-- coachlog: ignore action-trackable -->\n", want: []string{"info"}},
		{name: "a wish without reason on the next line", rule: "action-trackable", body: "  <!-- coachlog: ignore action-trackable -->\n  - [ ] Be yourself\n", want: []string{"info"}},
		{name: "a wish in the one behind", rule: "action-trackable", body: "  - [ ] Be yourself <!-- coachlog: ignore action-trackable: her words -->\n  - [ ] Be nice\n", want: []string{"info"}},
		{name: "what the parser found", rule: "unknown-state", body: "  - [?] Write it down <!-- coachlog: ignore unknown-state: we know -->\n", want: []string{"error"}},
		{name: "what the parser found, off", rule: "unknown-state", settings: "rules: {unknown-state: off}", body: "  - [?] Write it down\n"},
		{name: "what the parser found, milder", rule: "unknown-state", settings: "rules: {unknown-state: info}", body: "  - [?] Write it down\n", want: []string{"info"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			settings, settingsDoc := logparse.ParseSettings("coachlog.yaml", []byte(tt.settings+"\n"))
			text := "---\ntype: session\ncoachee: rep1\nstatus: held\n" + tt.front + "\n---\n\n# Log\n\n## Short-term goals\n\n- [ ] Goal ^goal\n" + tt.body
			doc := logparse.Parse("people/rep1/2026-07-06.md", []byte(text), settings.Headings)
			b := plan.New(settings, []*logparse.Document{doc}, nil)
			rule := tt.rule
			if rule == "" {
				rule = "talk-share"
			}
			var got []string
			for _, f := range rules.Lint(b, rules.Options{Today: logparse.Date{Year: 2026, Month: 10, Day: 1}, Tier: rules.Method}, settingsDoc) {
				if f.Rule == rule {
					got = append(got, f.Severity.String())
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestLongQuote: a message quotes the beginning of a very long item, and what comes behind
// the quote is still there.
func TestLongQuote(t *testing.T) {
	text := "---\nstatus: held\n---\n# Log\n## Short-term goals\n- [ ] " + strings.Repeat("Say \"yes\" ", 1e4) + "\n"
	doc := logparse.Parse("people/rep1/2026-07-06.md", []byte(text), logparse.Headings{})
	o := rules.Options{Today: logparse.Date{Year: 2026, Month: 7, Day: 7}, Tier: rules.Method}
	for _, f := range rules.Lint(plan.New(&logparse.Settings{}, []*logparse.Document{doc}, nil), o) {
		if f.Rule == "goal-date" {
			if !strings.HasPrefix(f.Message, `"Say \"yes\" Say`) || !strings.HasSuffix(f.Message, `…" has no date, so it is never time to look at it`) || len(f.Message) > 200 {
				t.Errorf("the message has %d bytes: %.300s", len(f.Message), f.Message)
			}
			return
		}
	}
	t.Error("nothing is found")
}

// TestOrder: the order in which files are read changes nothing.
func TestOrder(t *testing.T) {
	for _, file := range archives(t, "bad") {
		archive := read(t, file)
		want := written(lint(t, archive, rules.Method), "")
		slices.Reverse(archive.Files[1:])
		if diff := cmp.Diff(want, written(lint(t, archive, rules.Method), "")); diff != "" {
			t.Errorf("%s:\n%s", file, diff)
		}
	}
}

// TestRequirements: every requirement of kind L has a rule, and rules cite only
// requirements that there are.
func TestRequirements(t *testing.T) {
	file, err := os.ReadFile("requirements.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(file)), "\n") {
		if fields := strings.Split(line, "\t"); len(fields) != 4 || fields[0] != strconv.Itoa(i+1) {
			t.Errorf("line %d is %q", i+1, line)
		}
	}
	for i, r := range rules.Requirements() {
		if rules.Sources[r.Source] == "" {
			t.Errorf("requirement %d is from %q", i+1, r.Source)
		}
		if strings.Contains(r.Kinds, "L") && !slices.ContainsFunc(rules.All, func(rule *rules.Rule) bool { return slices.Contains(rule.Requirements, r.Number) }) {
			t.Errorf("no rule is for %d: %s", r.Number, r.Text)
		}
	}
	for _, rule := range rules.All {
		for _, n := range rule.Requirements {
			if n < 1 || n > len(rules.Requirements()) {
				t.Errorf("%s cites %d", rule.ID, n)
			}
		}
	}
}

package rules

import (
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A bug in one rule costs one finding, wherever in the logbook it happens; what
// the other rules find is still there.
func TestABugInARuleHidesNothingElse(t *testing.T) {
	every := All
	t.Cleanup(func() { All = every })
	All = append(All[:len(All):len(All)], &Rule{
		ID: "broken-rule", Tier: Always, Severity: logparse.Error,
		logbook:     func(*finder, *plan.Logbook) { panic("logbook") },
		log:         func(*finder, *plan.Log) { panic("log") },
		record:      func(*finder, *plan.Log) { panic("record") },
		person:      func(*finder, *plan.Person) { panic("person") },
		preparation: func(*finder, *plan.Preparation) { panic("preparation") },
		settings:    func(*finder, *logparse.Document) { panic("settings") },
	})
	settings, settingsDoc := logparse.ParseSettings("coachlog.yaml", []byte("name: x\n"))
	var docs []*logparse.Document
	for path, text := range map[string]string{
		"people/ana/2026-07-06.md":      "---\nstatus: held\n---\n## Short-term goals\n- [ ] Calls ^a\n- [ ] Mails ^a\n",
		"people/ana/prep-2026-07-06.md": "---\ntype: preparation\nperson: ana\nsession: 2026-07-06\n---\n",
		"people/ana/plan.md":            "---\ntype: plan\nperson: ana\ncoach: joe\n---\n",
	} {
		docs = append(docs, logparse.Parse(path, []byte(text), settings.Headings))
	}
	today := logparse.Date{Year: 2026, Month: 7, Day: 8}
	var faults []string
	duplicate := false
	for _, f := range Lint(plan.New(settings, docs, nil), today, Always, settingsDoc) {
		duplicate = duplicate || f.Rule == "duplicate-id"
		if f.Rule == logparse.InternalError {
			faults = append(faults, f.Doc.Path+" "+f.Message)
		}
	}
	for i, want := range []string{"coachlog.yaml|logbook", "coachlog.yaml|settings", "2026-07-06.md|log", "2026-07-06.md|record", "plan.md|person", "prep-2026-07-06.md|preparation"} {
		file, fault, _ := strings.Cut(want, "|")
		found := false
		for _, f := range faults {
			found = found || strings.Contains(f, file) && strings.HasSuffix(f, "("+fault+")")
		}
		if !found {
			t.Errorf("%d: no finding for %s in %q", i, want, faults)
		}
	}
	if !duplicate {
		t.Error("the finding of the duplicate id is gone")
	}
}

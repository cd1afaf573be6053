package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
		looksAt: heldLogs | plans | preparations | logbook | settings,
		find:    func(f *finder) { panic("broken") },
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
	for _, f := range Lint(plan.New(settings, docs, nil), Options{Today: today, Tier: Always}, settingsDoc) {
		duplicate = duplicate || f.Rule == "duplicate-id"
		if f.Rule == logparse.InternalError && strings.HasSuffix(f.Message, "(panic with a string)") {
			faults = append(faults, f.File)
		}
	}
	want := []string{"coachlog.yaml", "coachlog.yaml", "people/ana/2026-07-06.md", "people/ana/plan.md", "people/ana/prep-2026-07-06.md"}
	if diff := cmp.Diff(want, faults); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !duplicate {
		t.Error("the finding of the duplicate id is gone")
	}
}

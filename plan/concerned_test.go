package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// TestConcerned says for changes of files whose findings may be others since.
func TestConcerned(t *testing.T) {
	now := map[string]string{
		"people/maria/plan.md": "person: maria",
		"people/josh/plan.md":  "person: josh\ncoach: maria",
		"people/ana/plan.md":   "person: ana\ncoach: josh\naliases: [anna]\naway: [2026-07-01..2026-07-05]",
		"people/Ben/plan.md":   "person: ben\ncoach: josh\nnext_role: Lead",
		"people/zoe/plan.md":   "person: zoe\ncoach: ben",
	}
	var docs []*logparse.Document
	folders := []string{"people/ben", "people/max"}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		docs = append(docs, logparse.Parse(name, []byte("---\ntype: plan\n"+now[name]+"\n---\n"), logparse.Headings{}))
		folders = append(folders, strings.TrimSuffix(name, "/plan.md"))
	}
	r := plan.NewRoster(&logparse.Settings{}, docs)
	for _, c := range []struct{ name, before, people, all string }{
		{"people/ana/2026-07-06.md", "", "ana", ""},
		{"people/anna/2026-07-06.md", "", "ana", ""},
		{"people/ana/old/2026-07-06.md", "", "ana", ""},
		{"people/ana/2026-07-06.josh.sig", "", "ana", ""},
		{"people/ana/pulse-2026-Q3.md", "type: pulse\nperson: ana", "ana", ""},
		{"people/ben/2026-07-06.md", "", "ben", ""},
		{"people/MAX/2026-07-06.md", "", "MAX max", ""},
		{"people/gone/2026-07-06.md", "", "gone", ""},
		{"people/Ben/plan.md", "type: plan\nperson: ben\ncoach: josh\nfocus: 2026-07-01..2026-09-30", "ben", ""},
		{"people/Ben/plan.md", "type: plan\nperson: ben\ncoach: maria", "ana ben josh", ""}, // of josh's coachees, and of maria's
		{"people/zoe/plan.md", "type: plan\nperson: zoe", "ana zoe", ""},
		{"people/ana/plan.md", "type: plan\nperson: ana\ncoach: josh\naliases: [anna]", "ana", "leave"},
		{"people/ana/plan.md", "type: plan\nperson: ana\ncoach: josh\naway: [2026-07-01..2026-07-05]", "ana", "name"},
		{"people/ana/plan.md", "", "ana", "new"},
		{"people/gone/plan.md", "type: plan\nperson: gone", "gone", "taken away"},
		{"people/max", "", "max", "people/max has changed"},
		{"people/notes.md", "", "notes.md", ""},
	} {
		concerned := plan.NewConcerned(r, docs, folders)
		concerned.File(c.name, func() string {
			if c.before == "" {
				return ""
			}
			return "---\n" + c.before + "\n---\n"
		})
		people := strings.Join(slices.Sorted(maps.Keys(concerned.People)), " ")
		if people != c.people || (c.all == "") != (concerned.All == "") || !strings.Contains(concerned.All, c.all) {
			t.Errorf("%s, which was %q: %s, everybody since %q", c.name, c.before, people, concerned.All)
		}
	}
}

package report_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report"
)

// otherwise has everything of a person's files go another way.
var otherwise = strings.NewReplacer("[x] goals", "[n] goals", "[x] coaching", "[/] coaching", "[n] goals", "[x] goals", "[/] goals", "[x] goals", "[x] skills", "[ ] skills", "[/] skills", "[x] skills",
	"minutes: 37", "minutes: 59", "talk: 81", "talk: 20", "429.25", "777", "408.25", "700", "[4, 5, 4, 5, 4]", "[1, 1, 1, 1, 1]", "status: missed", "status: held", "status: cancelled", "status: missed")

// several are logbooks of markedFiles, by folder and id; other is who did everything otherwise.
func several(t testing.TB, people map[string][]string, other string) *plan.Everybody {
	t.Helper()
	settings, _ := logparse.ParseSettings("coachlog.yaml", []byte("name: Desk\ncadence: weekly\nmetrics:\n  metrics-mark: {name: Mark, unit: s, direction: lower}\n"))
	var members []plan.Member
	var facts [][]*plan.Facts
	for _, folder := range slices.Sorted(maps.Keys(people)) {
		var docs []*logparse.Document
		if folder == "a" {
			docs = append(docs, logparse.Parse("people/josh/plan.md", []byte("---\nname: Josh\nshare: {team: {since: 2026-01-01, parts: all}}\n---\n"), settings.Headings))
		}
		for _, id := range people[folder] {
			for name, text := range markedFiles {
				text = strings.NewReplacer("SHARE", "{team: {since: 2026-01-01, parts: all}}", "MORE-AGREED", "", "MORE-DONE", "").Replace(text)
				if id == other {
					text = otherwise.Replace(text)
				}
				text = regexp.MustCompile(`(@|by:|Name-)rep\b`).ReplaceAllString(text, "${1}"+id)
				docs = append(docs, logparse.Parse("people/"+id+"/"+name, []byte(text), settings.Headings))
			}
		}
		b := plan.New(settings, docs, nil)
		members = append(members, plan.Member{Roster: b.Roster, Name: folder, Folder: folder, Owners: people[folder]})
		facts = append(facts, b.Facts())
	}
	return plan.NewUnion(members).Everybody(facts)
}

// ids are so many of one logbook.
func ids(folder string, n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprintf("%s%d", folder, i))
	}
	return all
}

func severalScope(t testing.TB, told ...report.Telling) report.Scope {
	scope := scopeOf(t, "2026-Q3", "2026-10-02", "team")
	scope.Several = &report.Several{Key: func(id string) string { return "key of " + id }, Told: [2][]report.Telling{told, told}}
	return scope
}

// reviews are the reports for others on many people.
func reviews(e *plan.Everybody, scope report.Scope) map[string]report.Review {
	return map[string]report.Review{
		"logbook": report.NewLogbook(e, scope), "team": report.NewTeam(e, "team", report.TeamMembers(""), scope), "coach": report.NewCoach(e, "josh", scope),
	}
}

// tellsOf are the reports and formats in which something follows from what one person did.
func tellsOf(t testing.TB, who string, people map[string][]string, told ...report.Telling) (in []string) {
	t.Helper()
	one, other := reviews(several(t, people, ""), severalScope(t, told...)), reviews(several(t, people, who), severalScope(t, told...))
	for name := range one {
		was, is := everyFormat(t, one[name]), everyFormat(t, other[name])
		for format := range is {
			if was[format] != is[format] {
				in = append(in, name+" as "+format)
			}
		}
	}
	slices.Sort(in)
	return in
}

// A report over several logbooks less that over one of them tells nothing of the few who are
// left, in whatever format.
func TestTakingOffOneLogbook(t *testing.T) {
	for few := 1; few <= plan.SmallGroup; few++ {
		in := tellsOf(t, "b0", map[string][]string{"a": ids("a", 7), "b": ids("b", few)})
		if few < plan.SmallGroup && len(in) > 0 {
			t.Errorf("with %d people in the other logbook, one of them follows in %v", few, in)
		}
		if few == plan.SmallGroup && len(in) < 10 {
			t.Errorf("%d people are told nothing of: %v", few, in)
		}
	}
	// Several small ones are told together, being enough.
	if in := tellsOf(t, "b0", map[string][]string{"a": ids("a", 7), "b": ids("b", 2), "c": ids("c", 3)}); len(in) < 10 {
		t.Errorf("five people of two logbooks are told nothing of: %v", in)
	}
}

// The same report with one person more or fewer, or of all but one, tells nothing of that one.
func TestTakingOffAnEarlierReport(t *testing.T) {
	twelve := map[string][]string{"a": ids("a", 6), "b": ids("b", 6)}
	thirteen := map[string][]string{"a": ids("a", 6), "b": ids("b", 7)}
	for _, kind := range []string{"logbook", "team", "coach"} {
		told := reviews(several(t, twelve, ""), severalScope(t))[kind].(interface{ Told() report.Telling }).Told()
		if len(told[plan.PartSessions]) != 12 {
			t.Fatalf("%s notes %d people", kind, len(told[plan.PartSessions]))
		}
		if in := tellsOf(t, "b6", thirteen, told); len(in) > 0 {
			t.Errorf("after a report on %s, the one who joined follows in %v", kind, in)
		}
		if in := tellsOf(t, "b5", thirteen, told); len(in) < 10 {
			t.Errorf("after a report on %s, the others aren't told of: %v", kind, in)
		}
		more := reviews(several(t, thirteen, ""), severalScope(t))[kind].(interface{ Told() report.Telling }).Told()
		for name, r := range reviews(several(t, twelve, ""), severalScope(t, more)) {
			for _, f := range figuresOf(r) {
				if !f.Now.Hidden || !f.Before.Hidden && f.Before.Rate != nil {
					t.Errorf("once somebody left, the report on %s still tells %s: %s", name, f.Title, f.Now)
				}
			}
		}
	}
	if in := tellsOf(t, "b6", thirteen); len(in) < 10 {
		t.Errorf("without an earlier report, all thirteen are not told of: %v", in)
	}
	// A small logbook that joins two others, who were only enough together.
	three := map[string][]string{"a": ids("a", 6), "b": ids("b", 2), "c": ids("c", 3)}
	told := report.NewLogbook(several(t, three, ""), severalScope(t)).Told()
	three["d"] = ids("d", 1)
	if in := tellsOf(t, "d0", three, told); len(in) > 0 {
		t.Errorf("the one of the logbook that joined follows in %v", in)
	}
}

func figuresOf(r report.Review) []report.Figure {
	switch r := r.(type) {
	case *report.Team:
		return r.Figures
	case *report.Coach:
		return r.Figures
	}
	return nil
}

// TestSeveralAsOne splits one logbook in every way, and reads the same.
func TestSeveralAsOne(t *testing.T) {
	one := several(t, map[string][]string{"a": slices.Concat(ids("a", 6), ids("b", 6))}, "")
	scope := scopeOf(t, "2026-Q3", "2026-10-02", "team")
	for _, split := range []map[string][]string{
		{"a": ids("a", 6), "b": ids("b", 6)},
		{"b": ids("b", 6), "a": ids("a", 6)},
		{"a": ids("a", 6), "b": ids("b", 3), "c": ids("b", 6)[3:]},
		{"a": nil, "b": ids("b", 6), "c": ids("a", 6)},
	} {
		many := several(t, split, "")
		for name, r := range reviews(many, severalScope(t)) {
			was, is := everyFormat(t, reviews(one, scope)[name]), everyFormat(t, r)
			for format := range is {
				if was[format] != is[format] {
					t.Errorf("%v: the report on %s as %s isn't that of one logbook", split, name, format)
				}
			}
		}
	}
}

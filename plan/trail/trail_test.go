package trail

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

const log = "---\ntype: session\ncoachee: rep1\ncoach: josh\ndate: 2026-07-06\nstatus: held\n---\n\n# A session\n\n## Notes\n\nWhat was said.\n"

// texts are versions by a short name, which stands for the content's id.
var texts = map[string]string{
	"log": log, "other id": strings.Replace(log, "rep1", "priya", 1), "other day": strings.Replace(log, "2026-07-06", "2026-07-13", 1),
	"other session": strings.NewReplacer("2026-07-06", "2026-07-13", "What was", "What else was").Replace(log),
	"note":          "# A note\n", "plan": "---\ntype: plan\nperson: rep1\n---\n\n# Plan\n",
}

func readText(path, id string) (*logparse.Document, error) {
	if id == "" {
		return nil, nil
	}
	return logparse.Parse(path, []byte(texts[id]), logparse.Headings{}), nil
}

func version(path, before, after string) plan.FileVersion {
	return plan.FileVersion{Path: path, Before: before, After: after}
}

func TestRenames(t *testing.T) {
	for name, c := range map[string]struct {
		files []plan.FileVersion
		want  map[string]string
	}{
		"the same content": {[]plan.FileVersion{version("people/a/2026-07-06.md", "log", ""), version("people/b/2026-07-06.md", "", "log")}, map[string]string{"people/b/2026-07-06.md": "people/a/2026-07-06.md"}},
		"edited":           {[]plan.FileVersion{version("people/a/2026-07-06.md", "log", ""), version("people/b/2026-07-06.md", "", "other id")}, map[string]string{"people/b/2026-07-06.md": "people/a/2026-07-06.md"}},
		"another day":      {[]plan.FileVersion{version("people/a/2026-07-06.md", "log", ""), version("people/a/2026-07-13.md", "", "other day")}, map[string]string{"people/a/2026-07-13.md": "people/a/2026-07-06.md"}},
		"another session":  {[]plan.FileVersion{version("people/a/2026-07-06.md", "log", ""), version("people/a/2026-07-13.md", "", "other session")}, nil},
		"another's":        {[]plan.FileVersion{version("people/a/2026-07-06.md", "log", ""), version("people/b/2026-07-13.md", "", "other day")}, nil},
		"another kind":     {[]plan.FileVersion{version("people/a/2026-07-06.md", "log", ""), version("people/a/note.md", "", "note")}, nil},
		"copied":           {[]plan.FileVersion{version("people/a/2026-07-06.md", "log", "log"), version("people/b/2026-07-06.md", "", "log")}, nil},
		"two with one content": {[]plan.FileVersion{version("people/a/2026-07-06.md", "log", ""), version("people/a/plan.md", "log", ""), version("people/b/plan.md", "", "log"), version("people/b/2026-07-06.md", "", "log")},
			map[string]string{"people/b/2026-07-06.md": "people/a/2026-07-06.md", "people/b/plan.md": "people/a/plan.md"}},
	} {
		t.Run(name, func(t *testing.T) {
			renamed, err := Renames(&plan.Commit{Files: c.files}, readText)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for to, from := range renamed {
				got[to] = from.Path
			}
			if !maps.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// TestNeeds: what the audit doesn't have parsed must be plain in every way.
func TestNeeds(t *testing.T) {
	day := func(d int) *plan.Commit {
		c := &plan.Commit{}
		c.Written = logparse.Date{Year: 2026, Month: 7, Day: d}.Time()
		c.Recorded = c.Written
		return c
	}
	touched := func(c *plan.Commit, name string) *plan.Commit {
		c.Files = []plan.FileVersion{{Path: name, After: "x"}}
		return c
	}
	const name = "people/rep1/2026-07-06.md"
	signed := day(7)
	signed.Body = "Coachlog-Agreed: " + name + "\nCoachlog-Agreed-Text: x\nCoachlog-Agreed-By: rep1"
	for what, c := range map[string]struct {
		commits []*plan.Commit
		name    string
		text    string
		want    bool
	}{
		"plain":              {[]*plan.Commit{touched(day(6), name)}, name, log, false},
		"a comment behind":   {[]*plan.Commit{touched(day(6), name)}, name, strings.Replace(log, "date: 2026-07-06", "date: 2026-07-06 # Monday", 1), false},
		"another day":        {[]*plan.Commit{touched(day(6), name)}, name, strings.Replace(log, "2026-07-06", "2026-07-01", 1), true},
		"given twice":        {[]*plan.Commit{touched(day(6), name)}, name, strings.Replace(log, "status", "date: 2026-07-01\nstatus", 1), true},
		"no front matter":    {[]*plan.Commit{touched(day(6), name)}, name, "# A note\n", true},
		"late":               {[]*plan.Commit{touched(day(60), name)}, name, log, true},
		"early":              {[]*plan.Commit{touched(day(1), name)}, name, log, true},
		"signed":             {[]*plan.Commit{signed, touched(day(6), name)}, name, log, true},
		"a plan":             {[]*plan.Commit{touched(day(6), name)}, "people/rep1/plan.md", texts["plan"], true},
		"known to no commit": {nil, name, log, true},
	} {
		a := &Audit{Commits: c.commits}
		if got := a.Needs(c.name, []byte(c.text)); got != c.want {
			t.Errorf("%s: %t, want %t", what, got, c.want)
		}
	}
}

func TestSignedBy(t *testing.T) {
	for signer, want := range map[string]bool{
		"ann@example.org": true, "Ann@Example.org": true, "Ann Coach <ann@example.org>": true,
		"joann@example.org": false, "Ann <joann@example.org>": false, "": false, "ann@example.org.evil": false,
	} {
		if got := (Signature{Signer: signer}).isBy("ann@example.org"); got != want {
			t.Errorf("%q: %t, want %t", signer, got, want)
		}
	}
	if (Signature{}).isBy("") {
		t.Error("nobody's signature is nobody's")
	}
}

func TestChecks(t *testing.T) {
	var ids []string
	for _, c := range Checks {
		if c.Title == "" || c.Why == "" || slices.Contains(ids, c.ID) {
			t.Errorf("check %+v", c)
		}
		ids = append(ids, c.ID)
	}
}

// A bug in one check costs what it would find at one commit, and is no finding.
func TestABugInACheckHidesNothingElse(t *testing.T) {
	every := Checks
	t.Cleanup(func() { Checks = every })
	found := 0
	Checks = []*Check{
		{ID: "broken", commit: func(*Audit, *plan.Commit) { panic("what Ana said") }, end: func(*Audit) { panic("what Ana said") }},
		{ID: "works", commit: func(*Audit, *plan.Commit) { found++ }, end: func(*Audit) { found++ }},
	}
	a := &Audit{Commits: []*plan.Commit{{ID: "1234567"}, {ID: "2345678"}}, Book: plan.New(&logparse.Settings{}, nil, nil)}
	if err := a.Run(); err != nil || found != 3 {
		t.Errorf("found %d, error %v", found, err)
	}
	want := []string{"the check broken of commit 2345678", "the check broken of commit 1234567", "the check broken of the whole history"}
	for i, bug := range strings.Split(a.Bugs.Error(), "\n") {
		if !strings.HasPrefix(bug, want[i]+": a bug in coachlog") || strings.Contains(bug, "Ana") {
			t.Errorf("bug %q", bug)
		}
	}
}

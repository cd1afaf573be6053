package report

import (
	"testing"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/trail"
	"github.com/coachlog/coachlog/report/page"
)

// TestDifference: each change is counted once, and none is left out.
func TestDifference(t *testing.T) {
	event := func(what, verb, path, id string) trail.Event {
		return trail.Event{Change: plan.Change{What: what, Verb: verb, Path: path, ID: id, Text: "her own words"}}
	}
	signed := event("text", trail.VerbSignedOff, "a", "")
	doubted := signed
	signed.New, doubted.New, doubted.Doubt = "ana", "joe", "somebody else wrote it"
	changed, back := event("action", plan.VerbDone, "a", "x"), event("goal", plan.VerbReopened, "a", "y")
	changed.Marked, back.Marked = true, true
	for _, c := range []struct {
		want   string
		events []trail.Event
	}{
		{"Nothing changes in the coaching.", nil},
		{"1 session recorded.", []trail.Event{event("session", "held", "a", "")}},
		{"2 sessions recorded, 1 session planned.", []trail.Event{event("session", "planned", "c", ""), event("session", "held", "a", ""), event("session", "held", "b", "")}},
		{"2 results noted, 1 goal agreed.", []trail.Event{event("action", plan.VerbDone, "a", "x"), event("action", plan.VerbPartly, "a", "x"), event("goal", plan.VerbMissed, "a", "y"), event("goal", plan.VerbAgreed, "a", "z")}},
		{"2 earlier results changed, 1 result noted.", []trail.Event{changed, back, event("action", plan.VerbDone, "a", "z")}},
		{"2 actions agreed.", []trail.Event{event("action", plan.VerbAgreed, "a", ""), event("action", plan.VerbAgreed, "b", "")}},
		{"1 plan changed.", []trail.Event{event("key", plan.VerbEdited, "a", ""), event("skill", plan.VerbAdded, "a", ""), event("person", trail.VerbPromoted, "a", "")}},
		{"1 goal or action with another date, target or owner.", []trail.Event{event("goal", plan.VerbMoved, "a", "x"), event("goal", plan.VerbTarget, "a", "x")}},
		{"1 log changed in other ways.", []trail.Event{event("goal", plan.VerbSet, "a", "x"), event("action", plan.VerbCarried, "a", "y"), event("session", plan.VerbEdited, "a", "")}},
		{"1 session planned.", []trail.Event{event("session", "planned", "a", ""), event("goal", plan.VerbSet, "a", "x")}},
		{"1 sign-off, 1 sign-off that doesn't count.", []trail.Event{signed, doubted, signed}},
		{"1 file renamed, 1 other file changed.", []trail.Event{event("file", plan.VerbRenamed, "a", ""), event("settings", plan.VerbEdited, "b", "")}},
	} {
		of := NewDifference("1", "2", c.events, false).Page()
		if got := of.Sections[0].Blocks[0]; got != any(page.Paragraph(c.want)) {
			t.Errorf("%s: got %s", c.want, got)
		}
	}
}

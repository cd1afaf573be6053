package report

import (
	"strings"
	"testing"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// TestMessagesHoldNoWords: nobody's words are in a message, unless the logbook wants them.
func TestMessagesHoldNoWords(t *testing.T) {
	var files []FileChange
	for _, what := range []string{"goal", "action"} {
		for _, verb := range []string{plan.VerbAgreed, plan.VerbDone, plan.VerbMoved} {
			files = append(files, FileChange{"people/ana/2026-07-06.md", []plan.Change{
				{What: what, Verb: verb, Text: "her own words"}, {What: what, Verb: verb, Text: "her own words again"},
				{What: what, Verb: verb, ID: "calm", Text: "her own words", Goal: "her own words"}}})
		}
	}
	action := &logparse.Item{Text: "her own words", Tokens: &logparse.Tokens{ID: logparse.Value[string]{V: "calm", Set: true}, RareTokens: &logparse.RareTokens{}}}
	messages := func(words bool) []string {
		return []string{
			CommitMessage(files, "", words), CommitMessage(files, "Monday", words),
			UndoMessage(files, &plan.Commit{ID: "abc", Subject: "Monday"}, words),
			CounterMessage("ana", "people/ana/2026-07-06.md", action, "her own words", words),
		}
	}
	for _, message := range messages(false) {
		if strings.Contains(message, "own words") || !strings.Contains(message, "^calm") {
			t.Errorf("without words:\n%s", message)
		}
	}
	for _, message := range messages(true) {
		if !strings.Contains(message, "her own words ^calm") {
			t.Errorf("with words:\n%s", message)
		}
	}
	if got := CommitMessage(files[:1], "", false); !strings.Contains(got, "\n- 2 goals agreed\n- goal agreed ^calm\n\n") || strings.Count(got, "\nCoachlog-Change: goal-agreed") != 3 {
		t.Errorf("goals without an id are counted, and each has its trailer:\n%s", got)
	}
}

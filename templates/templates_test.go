package templates

import (
	"regexp"
	"strings"
	"testing"
)

var (
	comment    = regexp.MustCompile(`(?s)<!--.*?-->`)
	blankLines = regexp.MustCompile(`\n{2,}`)
	question   = regexp.MustCompile(`(?m)^\d+\. (.*\n.*)$`)
)

// The two versions of the blank log differ in their comments alone.
func TestLongSession(t *testing.T) {
	without := func(name string) string {
		text, err := Text(name)
		if err != nil {
			t.Fatal(err)
		}
		return blankLines.ReplaceAllString(comment.ReplaceAllString(string(text), ""), "\n")
	}
	if short, long := without("session"), without("session-long"); short != long {
		t.Errorf("session-long.md without its comments is\n%s\nand session.md\n%s", long, short)
	}
}

// What the short message asks, the long one asks in the same words.
func TestLongMessage(t *testing.T) {
	short, err := Text("prep-message")
	if err != nil {
		t.Fatal(err)
	}
	long, err := Text("prep-message-long")
	if err != nil {
		t.Fatal(err)
	}
	questions := question.FindAllStringSubmatch(string(short), -1)
	if len(questions) != 3 {
		t.Errorf("the short message has %d questions", len(questions))
	}
	for _, q := range questions {
		if !strings.Contains(string(long), ". "+q[1]+"\n") {
			t.Errorf("the long message lacks %q", q[1])
		}
	}
}

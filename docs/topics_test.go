package docs_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestTopics holds the pages of coachlog help to the documents that they stand for.
func TestTopics(t *testing.T) {
	binary, _ := gitExample(t)
	for topic, pages := range map[string]int{"format": 1, "periods": 2, "judging": 1, "git": 3} {
		out, err := exec.Command(binary, "help", topic).Output()
		if err != nil {
			t.Fatal(err)
		}
		links := regexp.MustCompile(`/blob/main/docs/(\S+)`).FindAllStringSubmatch(string(out), -1)
		if len(links) != pages {
			t.Errorf("%s names %d documents", topic, len(links))
		}
		for _, link := range links {
			if _, err := os.Stat(link[1]); err != nil {
				t.Error(err)
			}
		}
	}
	out, err := exec.Command(binary, "help", "judging").Output()
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("judging.md")
	if err != nil {
		t.Fatal(err)
	}
	rules := regexp.MustCompile(`(?m)^\d\. .*$`).FindAllString(string(page), -1)
	for _, rule := range rules {
		if !strings.Contains(strings.Join(strings.Fields(string(out)), " "), rule) {
			t.Errorf("help judging doesn't have %q", rule)
		}
	}
	if len(rules) < 5 {
		t.Errorf("judging.md has %d rules", len(rules))
	}
}

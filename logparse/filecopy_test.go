package logparse

import (
	"slices"
	"testing"
)

func TestCopyOf(t *testing.T) {
	for name, want := range map[string]string{
		"2026-07-13 (conflicted copy 2026-07-14).md":            "2026-07-13.md",
		"2026-07-13 (Josh Lee's conflicted copy 2026-07-14).md": "2026-07-13.md",
		"2026-07-13 (conflicted copy 2026-07-14 101112).md":     "2026-07-13.md",
		"2026-07-13 (Josh's Konflikt).md":                       "2026-07-13.md",
		"2026-07-13.sync-conflict-20260714-101112-ABCDEF7.md":   "2026-07-13.md",
		"2026-07-13-josh-conflict.md":                           "2026-07-13.md",
		"2026-07-13-2.sync-conflict-20260714-101112-ABCDEF7.md": "2026-07-13-2.md",
		"2026-07-13 2.md":                      "2026-07-13.md",
		"2026-07-13-2 3.md":                    "2026-07-13-2.md",
		"2026-07-13(1).md":                     "2026-07-13.md",
		"2026-07-13 (1).md":                    "2026-07-13.md",
		"2026-07-13 copy.md":                   "2026-07-13.md",
		"2026-07-13 copy 2.md":                 "2026-07-13.md",
		"2026-07-13 - Copy.md":                 "2026-07-13.md",
		"2026-07-13 - Copy (2).md":             "2026-07-13.md",
		"2026-07-13 - Kopie.md":                "2026-07-13.md",
		"2026-07-13 (copy).md":                 "2026-07-13.md",
		"2026-07-13_copy.md":                   "2026-07-13.md",
		"Copy of 2026-07-13.md":                "2026-07-13.md",
		"Kopie von 2026-07-13.md":              "2026-07-13.md",
		"2026-07-13-DESKTOP-AB12.md":           "2026-07-13.md",
		"2026-07-13-LAPTOP-7K.md":              "2026-07-13.md",
		"2026-07-13-MacBook-Pro.md":            "2026-07-13.md",
		"2026-07-13-NB-JOSH.md":                "2026-07-13.md",
		"2026-07-13_BACKUP_1234.md":            "2026-07-13.md",
		"2026-07-13_LOCAL_1234.md":             "2026-07-13.md",
		"2026-07-13.orig.md":                   "2026-07-13.md",
		"2026-07-13~.md":                       "2026-07-13.md",
		"plan 2.md":                            "plan.md",
		"plan (conflicted copy 2026-07-14).md": "plan.md",
		"prep-2026-07-13 (1).md":               "prep-2026-07-13.md",
		"pulse-2026-Q3.sync-conflict-20260714-101112-ABCDEF7.md": "pulse-2026-Q3.md",
		"2026-07-13.md": "", "2026-07-13-2.md": "", "2026-07-13-10.md": "", "plan.md": "", "prep-2026-07-13.md": "", "pulse-2026-Q3.md": "", "360-2026-H1.md": "",
		"2026-07-13-review.md": "", "kick-off.md": "", "2026-07-13-QA.md": "", "conflict-talk.md": "", "a conflict at work.md": "", "copy.md": "", "(1).md": "", "first talk.md": "",
		"self-assessment-2026-07-13.md": "", "2026-07-13-kopien.md": "", "Notes of 8 March 2024.md": "", "Week 12.md": "", "Session (3).md": "", "Talk-QA-2.md": "", "kick-off copy.md": "", "kick-off (conflicted copy 2026-07-14).md": "kick-off.md",
		"Team conflict.md": "", "Role conflict 2.md": "", "Ad copy.md": "", "On-call backup.md": "", "Copy of contract.md": "", "Follow-up on conflict.md": "", "Feedback on the copy.md": "", "2026-Q3 (1).csv": "2026-Q3.csv", "aht 2.csv": "aht.csv",
	} {
		if got := copyOf(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestCopyOfKnown(t *testing.T) {
	known := func(original string) bool {
		return original == "2026-Q3.csv" || original == "coachlog.yaml" || original == "2026-07-13.rep1.sig"
	}
	for name, want := range map[string]string{
		"2026-Q3 (1).csv": "2026-Q3.csv", "2026-Q3 2.csv": "2026-Q3.csv", "2026-Q3-DESKTOP-AB12.csv": "2026-Q3.csv", "Copy of 2026-Q3.csv": "2026-Q3.csv", "2026-Q3_backup.csv": "2026-Q3.csv",
		"coachlog (1).yaml": "coachlog.yaml", "coachlog.sync-conflict-20260714-101112-ABCDEF7.yaml": "coachlog.yaml", "2026-07-13.rep1 2.sig": "2026-07-13.rep1.sig",
		"week 27.csv": "", "team-pc.csv": "", "kpi (1).csv": "", "2026-Q3.csv": "", ".csv": "", "(1).csv": "", "2026-Q3 2 2.csv": "",
		"kpi (conflicted copy 2026-07-14).csv": "kpi.csv", // which no name ends in by itself
	} {
		if got := CopyOf(name, known); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestComparePaths(t *testing.T) {
	want := []string{
		"coachlog.yaml", "people/ana/2026-07-06.md", "people/ana/2026-07-06-2.md", "people/ana/2026-07-06-10.md", "people/ana/2026-07-07.md", "people/ana/plan.md",
		"people/ben/2026-07-05-2.md", "people/ben/2026-07-06.md",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, ComparePaths)
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

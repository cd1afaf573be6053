package logparse

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// FuzzMigrated: a migrated log reads as it did, but for what was open in Follow-through.
func FuzzMigrated(f *testing.F) {
	addSeeds(f, ".md")
	f.Fuzz(func(t *testing.T, text []byte) {
		before := Parse(sessionPath, text, Headings{})
		moved := before.Migrated()
		after := Parse(sessionPath, moved, Headings{})
		if again := after.Migrated(); !bytes.Equal(again, moved) {
			t.Fatalf("it changes twice:\n%q\n%q", moved, again)
		}
		if bytes.Equal(moved, text) {
			return
		}
		if before.Session.Status.V != Held || before.Session.Adopted.Set || before.Broken() {
			t.Fatal("a log that isn't of a held session was changed")
		}
		if len(after.Diagnostics) != len(before.Diagnostics) || len(after.sections) != len(before.sections) {
			t.Fatalf("it reads in another way: %v, before %v", after.Diagnostics, before.Diagnostics)
		}
		for i, section := range before.sections {
			sameButOpen(t, section.Name == FollowUp, section.Items, after.sections[i].Items)
		}
	})
}

func sameButOpen(t *testing.T, account bool, before, after []*Item) {
	if len(before) != len(after) {
		t.Fatalf("%d items were %d", len(after), len(before))
	}
	for i, was := range before {
		is := after[i]
		open := account && was.State == Open && was.Text != "" && is.State == NotDone
		if was.Text != is.Text || was.State != is.State && !open {
			t.Fatalf("%q [%s] was %q [%s]", is.Text, is.State, was.Text, was.State)
		}
		sameButOpen(t, account, was.Items, is.Items)
	}
}

// FuzzMigratedSettings: migrated settings say the same, and the format.
func FuzzMigratedSettings(f *testing.F) {
	addSeeds(f, ".yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		before, doc := ParseSettings("coachlog.yaml", text)
		moved := doc.Migrated()
		after, movedDoc := ParseSettings("coachlog.yaml", moved)
		if again := movedDoc.Migrated(); !bytes.Equal(again, moved) {
			t.Fatalf("they change twice:\n%q\n%q", moved, again)
		}
		if bytes.Equal(moved, text) {
			return
		}
		if before.WholeFormat() != 1 || after.WholeFormat() != NewestFormat {
			t.Fatalf("%q of format %d became format %d", text, before.WholeFormat(), after.WholeFormat())
		}
		before.Format, after.Format = Value[int]{}, Value[int]{}
		spans := cmp.Comparer(func(a, b Span) bool { return a.End-a.Start == b.End-b.Start })
		same := cmp.Diff(before, after, spans, cmp.AllowUnexported(Headings{}), cmpopts.IgnoreUnexported(Settings{}, Import{}), cmpopts.EquateEmpty(), cmpopts.EquateNaNs())
		if same != "" {
			t.Fatalf("%q says something else:\n%s", moved, same)
		}
	})
}

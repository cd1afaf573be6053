package logparse

import (
	"maps"
	"slices"
	"testing"
)

// TestKeyForms: the forms are those of the functions that read the keys.
func TestKeyForms(t *testing.T) {
	session, settings := FrontKeys(SessionLog), SettingsKeys()
	if minutes := session["minutes"]; minutes == nil || minutes.Kind != WholeKey || minutes.High != 24*60 {
		t.Errorf("minutes are %+v", minutes)
	}
	if status := session["status"]; status == nil || !slices.Equal(status.Choices, Statuses) {
		t.Errorf("a status is %+v", status)
	}
	if coach := settings["people"].Each.Keys["coach"]; coach == nil || coach.Kind != TextKey {
		t.Errorf("a person's coach is %+v", coach)
	}
	if unit := settings["imports"].Each.Keys["metrics"].Each.Keys["unit"]; unit == nil || !slices.Contains(unit.Choices, "yes/no") {
		t.Errorf("a unit is %+v", unit)
	}
	for _, kind := range []FileKind{SessionLog, PlanFile, AssessmentFile, PreparationFile} {
		if forms := FrontKeys(kind); len(forms) < 5 || forms["type"] == nil {
			t.Errorf("%v has the keys %v", kind, slices.Sorted(maps.Keys(forms)))
		}
	}
	if LogbookListKeys()["logbooks"] == nil {
		t.Error("logbooks.yaml has no key")
	}
}

package logparse

import (
	"slices"
	"testing"
)

// TestKeyForms: the forms are those of the functions that read the keys.
func TestKeyForms(t *testing.T) {
	session, settings := Keys(SessionLog), Keys(SettingsFile)
	if minutes := session.Of("minutes"); minutes == nil || minutes.Kind != MinutesKey || minutes.High != 24*60 {
		t.Errorf("minutes are %+v", minutes)
	}
	if status := session.Of("status"); status == nil || !slices.Equal(status.Choices, Statuses) {
		t.Errorf("a status is %+v", status)
	}
	if coach := settings.Of("people").Each.Keys.Of("coach"); coach == nil || coach.Kind != TextKey {
		t.Errorf("a person's coach is %+v", coach)
	}
	if unit := settings.Of("imports").Each.Keys.Of("metrics").Each.Keys.Of("unit"); unit == nil || !slices.Contains(unit.Choices, "yes/no") {
		t.Errorf("a unit is %+v", unit)
	}
	for _, kind := range []FileKind{SessionLog, PlanFile, AssessmentFile, PreparationFile} {
		if forms := Keys(kind); len(forms) < 5 || forms.Of("type") == nil {
			t.Errorf("%v has the keys %v", kind, forms)
		}
	}
	if LogbookListKeys().Of("logbooks") == nil {
		t.Error("logbooks.yaml has no key")
	}
}

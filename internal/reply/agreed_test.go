package reply

import "testing"

func TestIsYes(t *testing.T) {
	for text, want := range map[string]bool{
		"Yes": true, "yes, that's right. Thanks, Priya": true, "Hi Josh,\nagreed!\nBest regards\nPriya": true, "OK": true, "I agree.": true,
		"": false, "Thanks": false, "No": false, "Yes, but not on Mondays": false, "Is that ok?": false, "Yes, 390": false, "Yes from August": false, "I don't agree": false,
	} {
		if got := IsYes([]string{text}, "Priya Raman", "Josh Lee"); got != want {
			t.Errorf("%q is a yes: %t, want %t", text, got, want)
		}
	}
}

func TestAgreedText(t *testing.T) {
	const id = "770ccbddfa614b4176b15d75c41e7eb5bf5c0622"
	path, text := AgreedText("Yes\n\n> For the logbook: people/rep1/2026-07-06.md\n> " + id + "\n")
	if path != "people/rep1/2026-07-06.md" || text != id {
		t.Errorf("found %q, %q", path, text)
	}
	if path, text = AgreedText("people/rep1/2026-07-06.md"); path+text != "" {
		t.Errorf("found %q, %q", path, text)
	}
}

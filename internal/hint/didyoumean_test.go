package hint

import "testing"

func TestDidYouMean(t *testing.T) {
	for _, test := range []struct {
		word       string
		candidates []string
		want       string
	}{
		{"jos", []string{"ana", "josh"}, " (did you mean josh?)"},
		{"JOSH", []string{"ana", "josh"}, " (did you mean josh?)"},
		{"marai", []string{"maria", "mario"}, " (did you mean maria?)"}, // two that are side by side
		{"shwo", []string{"show"}, " (did you mean show?)"},
		{"woh", []string{"who", "how"}, " (did you mean who?)"},
		{"shoo", []string{"shrew"}, ""},
		{"first-call-resolutoin", []string{"first-call-resolution"}, " (did you mean first-call-resolution?)"},
		{"figurs", []string{"figure", "figures"}, " (did you mean figure?)"}, // the first of two that are as near
		{"rep8", []string{"rep1", "rep2"}, ""},                               // another person, and no slip
		{"rpe8", []string{"rep1"}, ""},                                       // two letters
		{"reb1", []string{"rep1"}, " (did you mean rep1?)"},
		{"", []string{"show"}, ""},
		{"x", nil, ""},
	} {
		if got := DidYouMean(test.word, test.candidates); got != test.want {
			t.Errorf("DidYouMean(%q, %q) is %q, want %q", test.word, test.candidates, got, test.want)
		}
	}
}

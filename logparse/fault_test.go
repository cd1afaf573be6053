package logparse

import (
	"regexp"
	"testing"
)

// A bug while a file is read costs that file and nothing else, and nothing of it
// is shown.
func TestAFaultIsADiagnostic(t *testing.T) {
	clock, start, columns := clockForm, boxInTitle, MetricColumns
	t.Cleanup(func() { clockForm, boxInTitle, MetricColumns = clock, start, columns })
	broken := func() *regexp.Regexp { panic("oops") }
	clockForm, boxInTitle, MetricColumns = broken, broken, []string{"date"} // and a row has four
	_, settings := ParseSettings("coachlog.yaml", []byte("time: 10:30\n"))
	_, metrics := ParseMetrics("metrics/a.csv", []byte("date\n2026-07-06\n"))
	log := ParseSession("people/ana/2026-07-06.md", []byte("---\nstatus: held\n---\n## Confidential\nsecret\n"), Headings{})
	for _, d := range []*Document{settings, metrics, log} {
		if d == nil || !d.Broken() || d.Session != nil || len(d.Diagnostics) != 1 || d.Diagnostics[0].Code != InternalError {
			t.Errorf("got %+v", d)
			continue
		}
		for line := range d.LineCount() {
			if text, ok := d.Line(line + 1); ok {
				t.Errorf("%s: line %d is shown: %q", d.Path, line+1, text)
			}
		}
	}
}

// yaml.v3 takes three more characters for line ends than people do. They shift
// no place, end no value and are part of the text.
func TestLineSeparatorsInYAML(t *testing.T) {
	for _, separator := range []string{"\u0085", "\u2028", "\u2029"} {
		for form, want := range map[string]string{
			`room: "` + separator + separator + `"`:                  separator + separator,
			`room: 'a` + separator + `b'`:                            "a" + separator + "b",
			`room: a` + separator + `minutes: 7`:                     "", // one line that YAML can't read
			`room: {a: "` + separator + `", b: [` + separator + `]}`: "",
			`room: ` + "\ue000" + separator:                          "\ue000" + separator,
			`# ` + separator + separator:                             "",
			`"` + separator + `": 1`:                                 "",
		} {
			text := "---\nstatus: held\n" + form + "\nminutes: {a: 1}\n---\n"
			d := Parse("people/ana/2026-07-06.md", []byte(text), Headings{})
			if want != "" {
				if f := d.Front.Field("room"); f == nil || f.Text != want {
					t.Errorf("%q: room is %+v", form, f)
				}
			}
			wrong := 0
			for _, found := range d.Diagnostics {
				if found.Code == InternalError {
					t.Errorf("%q: %s", form, found.Message)
				}
				if found.Code == "wrong-type" || found.Code == "yaml-syntax" {
					wrong++
					if line := d.Position(found.Span.Start).Line; line != 3 && line != 4 {
						t.Errorf("%q: %s at line %d", form, found.Message, line)
					}
				}
			}
			if wrong == 0 {
				t.Errorf("%q: what is wrong with minutes isn't found", form)
			}
		}
	}
}

package logparse

import "testing"

func TestLooksLikeLog(t *testing.T) {
	for name, want := range map[string]string{
		"2026-7-13.md": "2026-07-13.md", "13.7.2026.md": "2026-07-13.md", "2026_07_13.md": "2026-07-13.md", "2026 07 13.md": "2026-07-13.md", "20260713.md": "2026-07-13.md",
		"2026.07.13.md": "2026-07-13.md", "13-07-2026.md": "2026-07-13.md", "13 July 2026.md": "2026-07-13.md", "July 13, 2026.md": "2026-07-13.md", "2026-07-13_2.md": "2026-07-13.md",
		"2026-07-13.MD": "2026-07-13.md", "2026-07-13.markdown": "2026-07-13.md", "2026-07-13.txt": "2026-07-13.md", "2026-07-13.md.txt": "2026-07-13.md",
		"6.7.2026.md": "DATE.md", "Plan.md": "plan.md", "plan.txt": "plan.md", "2026-07-13.md": "2026-07-13.md",

		"2026-07-13-notes.md": "", "notes.md": "", "README.md": "", "2026-07-13.png": "", "2026-07-13": "", "12345678.md": "", "123456789.md": "", "2026-13-45.txt": "",
		"2026.md": "", "2026-Q3.md": "", "2026-07.md": "", "plans.md": "", ".md": "", "1.2.3.md": "",
	} {
		if got := LooksLikeLog(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestNotRead(t *testing.T) {
	const log = "---\nstatus: held\n---\n\n## Notes\n"
	for _, c := range []struct{ name, text, remedy string }{
		{"2026-07-13-notes.md", log, "2026-07-13.md"},
		{"2026-07-13-notes.md", "# Talk\n\n## Short-term goals\n\n- [ ] Greet\n", "2026-07-13.md"},
		{"13.7.2026.md", "Anything\n", "2026-07-13.md"},
		{"monday.md", "---\ncoachee: rep1\ndate: 13 July 2026\n---\n", "2026-07-13.md"},
		{"monday.md", "---\nstatus: held\nminutes: 30\n---\n", "DATE.md"},
		{"monday.md", "# Talk\n\n## Follow-through\n", "DATE.md"},
		{"Plan.md", "# Plan\n", "plan.md"},

		{"2026-07-13-notes.md", "# Notes\n\nOf the day\n", ""},
		{"monday.md", log, ""},
		{"monday.md", "---\ntags: [work]\nstatus: planned\n---\n\n## Notes\n", ""},
		{"2026-7-13.md", "---\ntype: note\n---\n", ""},
		{"README.md", "# Read me\n\n## Agenda\n", ""},
	} {
		doc := Parse("people/rep1/"+c.name, []byte(c.text), Headings{})
		switch {
		case c.remedy == "":
			if len(doc.Diagnostics) > 0 {
				t.Errorf("%s: %s", c.name, doc.Diagnostics[0])
			}
		case len(doc.Diagnostics) != 1 || doc.Diagnostics[0].Code != NotRead:
			t.Errorf("%s: got %v", c.name, doc.Diagnostics)
		case doc.Diagnostics[0].Remedy[:len("rename it to "+c.remedy)] != "rename it to "+c.remedy:
			t.Errorf("%s: got %s", c.name, doc.Diagnostics[0].Remedy)
		}
	}
	for _, name := range []string{"notes/13.7.2026.md", "people/13.7.2026.md"} {
		if doc := Parse(name, []byte(log), Headings{}); len(doc.Diagnostics) > 0 {
			t.Errorf("%s: %s", name, doc.Diagnostics[0])
		}
	}
}

func TestNameFault(t *testing.T) {
	for _, name := range []string{"NUL", "nul", "con.md", "COM1", "aux.x", "lpt9.tar.gz", "com¹", "CONIN$", "prn ", "NUL .md", "a:b", `a\b`, "a?", "a*", `a"b`, "a<b", "a|b", "x.", "x ", " y", "a\tb", "a\x7f"} {
		better := PortableName(name)
		if NameFault(name) == "" || IsPersonID(name) || NameFault(better) != "" || better == name {
			t.Errorf("%q: %q, better %q", name, NameFault(name), better)
		}
	}
	for _, name := range []string{"rep1", "com", "com10", "console", "nullo", "auxiliary", "lpt", "x.y", "é", "2026-07-13.md", "conny", ".x"} {
		if why := NameFault(name); why != "" {
			t.Errorf("%q: %s", name, why)
		}
	}
}

func TestAreTwins(t *testing.T) {
	for _, c := range []struct {
		x, y string
		want bool
	}{
		{"rep1", "Rep1", true}, {"é", "e\u0301", true}, {"x", "x.", true}, {"y", " y", true}, {"STRASSE", "strasse", true}, {"plan.md", "Plan.MD", true}, {"K", "k", true},
		{"rep1", "rep1", false}, {"rep1", "rep2", false}, {"e", "é", false},
	} {
		if got := AreTwins(c.x, c.y); got != c.want {
			t.Errorf("%q and %q: got %t", c.x, c.y, got)
		}
	}
}

// TestFieldCost: a key is found without the values of all others, or comparing two plans with
// thousands of keys takes many seconds.
func TestFieldCost(t *testing.T) {
	doc := Parse("people/ana/plan.md", []byte("---\ntype: plan\nk: [1, 2]\nl: [1, 2, 3]\n---\n"), Headings{})
	if n := testing.AllocsPerRun(10, func() { doc.Front.Field("none") }); n > 0 {
		t.Errorf("finding no key makes %v objects", n)
	}
}

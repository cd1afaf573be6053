package logparse

import "testing"

// TestSigns: signs of other tools end no tokens; their due dates and days of ticks are read.
func TestSigns(t *testing.T) {
	for line, want := range map[string]string{
		"- [x] Print it ^print @josh ✅ 2026-07-12":                             "Print it|print|josh||2026-07-12",
		"- [x] Print it ✅ 2026-07-12 ^print @josh":                             "Print it|print|josh||2026-07-12",
		"- [x] Print it ^print ✅2026-07-12":                                    "Print it|print|||2026-07-12",
		"- [x] Print it ^print [completion:: 2026-07-12]":                      "Print it|print|||2026-07-12",
		"- [x] Print it ^print (completion::2026-07-12)":                       "Print it|print|||2026-07-12",
		"- [ ] Print it ^print ✅ 2026-07-12":                                   "Print it|print|||", // the box counts
		"- [-] Print it ^print ❌ 2026-07-12":                                   "Print it|print|||",
		"- [ ] Order a headset @josh 📅 2026-07-20":                             "Order a headset||josh|2026-07-20|",
		"- [ ] Order a headset @josh 🗓️ 2026-07-20 #office":                    "Order a headset #office||josh|2026-07-20|",
		"- [ ] Order a headset 📅 2026-07-20 due:2026-07-20 @josh":              "Order a headset||josh|2026-07-20|",
		"- [ ] Order a headset @josh (due:: 2026-07-20)":                       "Order a headset||josh|2026-07-20|",
		`- [ ] Order a headset \[due:: 2026-07-20\] \^set \#office \@josh`:     `Order a headset \#office|set|josh|2026-07-20|`,
		"- [ ] Order it ^o ➕ 2026-07-01 🛫 2026-07-02 ⏳ 2026-07-03 🔺 @josh":     "Order it|o|josh||",
		"- [ ] Order it ^o 🔁 every week when done 🆔 ab12 ⛔ cd34,ef56 @josh":    "Order it|o|josh||",
		"- [ ] Order it ^o [priority:: high] [id:: ab12] ⏫ @josh":              "Order it|o|josh||",
		"- [ ] Order it ^o @josh [the shop](https://example.org/a b)":          "Order it [the shop](https://example.org/a b)|o|josh||",
		"- [ ] Order it ^o @josh [[Shop]] ![[list.png]] [^1] <https://x.org>":  "Order it [[Shop]] ![[list.png]] [^1] <https://x.org>|o|josh||",
		"- [ ] Order it ^o @josh #a/b #c":                                      "Order it #a/b #c|o|josh||",
		"- [ ] Order it @josh\n  DEADLINE: <2026-07-20 Mon .+1w>\n  id:: 64a1": "Order it||josh|2026-07-20|",
		"- [ ] Order it ^o\n  due:: 2026-07-20":                                "Order it|o||2026-07-20|",
		"- [ ] Order it ^o `<!-- a note -->`{=html} @josh":                     "Order it|o|josh||",
		`- [ ] Order it \^o skill\:listening due\:2026-07-20 \@josh`:           "Order it|o|josh|2026-07-20|",
		"- [ ] Say DEADLINE: soon @josh":                                       "Say DEADLINE: soon||josh||",
	} {
		d := Parse(sessionPath, []byte("---\nstatus: held\n---\n\n## Short-term goals\n\n"+line+"\n"), Headings{})
		it := d.Session.ShortTerm[0].Item
		day := func(v Value[Date]) string { return v.V.String() }
		if got := it.Text + "|" + it.ID.V + "|" + it.Owner.V + "|" + day(it.Due) + "|" + day(it.Ticked); got != want || len(d.Diagnostics) > 0 {
			t.Errorf("%s\n  is  %s\n  not %s\n%v", line, got, want, d.Diagnostics)
		}
	}
}

// TestFormatted: a text is the same to a formatter's eyes and to ours.
func TestFormatted(t *testing.T) {
	for _, texts := range [][]string{
		{"Greet *each* caller", "Greet _each_ caller", "Greet **each** caller."},
		{`Say "yes" -- it's fine...`, "Say “yes” – it’s fine…", `Say «yes» --- it's fine`},
		{"It's 3*4 [a] #tag", `It's 3\*4 \[a\] \#tag`},
		{"See https://example.org/a_b", "See <https://example.org/a_b>", `See https://example.org/a\_b`},
		{"Mail ana@example.org", "Mail <ana@example.org>"},
	} {
		for _, text := range texts[1:] {
			if got, want := NormalText(text), NormalText(texts[0]); got != want {
				t.Errorf("%q is %q, and %q is %q", text, got, texts[0], want)
			}
		}
	}
	if NormalText("Below <390 s") == NormalText("Below >390 s") || NormalText("v1-2") == NormalText("v12") {
		t.Error("two texts are one")
	}
}

// TestAttributes: what is in braces behind a heading is no part of it, but near
// Confidential it is an error.
func TestAttributes(t *testing.T) {
	d := Parse(sessionPath, []byte("---\nstatus: held\n---\n\n## Short-term goals {#short-term-goals .own}\n\n- [ ] Calmer calls\n\n## Notes {mine}\n\n## Confidential {#c}\n\n- secret\n"), Headings{})
	if len(d.Session.ShortTerm) != 1 || d.Session.Sections[1].Title != "Short-term goals" || d.Session.Sections[2].Name != OwnSection {
		t.Errorf("the sections are %+v", d.Session.Sections)
	}
	if len(d.Diagnostics) == 0 || d.Diagnostics[len(d.Diagnostics)-1].Code != "confidential-unclear" {
		t.Errorf("the diagnostics are %v", d.Diagnostics)
	}
}

package adopt

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// team is a logbook with four people: josh coaches priya, daniel and anna.
func team(t testing.TB, more ...string) *plan.Logbook {
	t.Helper()
	settings, doc := logparse.ParseSettings("coachlog.yaml", []byte("sections: {going-well: Kudos}\npeople:\n  anna: {name: Anna Müller, coach: josh}\n"))
	if len(doc.Diagnostics) > 0 {
		t.Fatal(doc.Diagnostics)
	}
	files := []string{
		"people/josh/plan.md", "---\ntype: plan\nname: Josh Keller\nemail: jk@example.org\n---\n",
		"people/priya/plan.md", "---\ntype: plan\nname: Priya Raman\ncoach: josh\nknown_as: [agent 4711]\naliases: [rep1]\n---\n",
		"people/daniel/plan.md", "---\ntype: plan\nname: Daniel Ochoa\ncoach: josh\nemail: d.ochoa@example.org\n---\n",
	}
	var docs []*logparse.Document
	for files = append(files, more...); len(files) > 0; files = files[2:] {
		docs = append(docs, logparse.Parse(files[0], []byte(files[1]), settings.Headings))
	}
	return plan.New(settings, docs, nil)
}

var today = logparse.Date{Year: 2024, Month: 6, Day: 1}

func run(b *plan.Logbook, o Options, notes ...*Note) []*Proposal {
	o.Today = today
	r := &Run{Logbook: b, Options: o, Taken: func(string) bool { return false }}
	return r.Propose(notes)
}

// said is a proposal in one line.
func said(p *Proposal) string {
	out := []string{string(p.Outcome)}
	if p.Outcome != Adopt {
		for _, q := range p.Questions {
			out = append(out, q.About)
			if len(q.Options) > 0 {
				out = append(out, "("+strings.Join(q.Options, " ")+")")
			}
		}
		return strings.Join(out, " ")
	}
	out[0] = p.Person.ID
	if !p.Person.Known {
		out[0] += "*"
	}
	out = append(out, p.Date.String())
	if p.Coach != nil {
		out = append(out, "by "+p.Coach.ID)
		if !p.Coach.Known {
			out[len(out)-1] += "*"
		}
	}
	if p.Kind != "" {
		out = append(out, p.Kind)
	}
	if p.Status != "held" {
		out = append(out, p.Status)
	}
	return strings.Join(out, " ")
}

// TestNotes reads notes in the styles of many programs and people.
func TestNotes(t *testing.T) {
	modified := logparse.Date{Year: 2024, Month: 3, Day: 5}
	for _, test := range []struct{ name, text, want string }{
		// Plain folders and files.
		{"notes/2024-03-04 1-1 Priya.md", "Talked about the queue.\n", "priya 2024-03-04 regular"},
		{"notes/1-1 with Priya Raman, 4 March.md", "# 1-1 with Priya Raman\n\n2024-03-04\n", "priya 2024-03-04 regular"},
		{"notes/1-1 with Priya Raman, 4 March.md", "Talked.\n", "ask date (2024-03-04)"},
		{"2024/1-1 with Priya Raman, 4 March.md", "Talked.\n", "priya 2024-03-04 regular"},
		{"notes/1-1 with Priya Raman, 4 March.md", "---\ncreated: 2024-03-06T09:00\n---\nTalked.\n", "priya 2024-03-04 regular"},
		{"notes/1-1 with Priya, 28 December.md", "---\ncreated: 2024-01-03\n---\nTalked.\n", "priya 2023-12-28 regular"},
		{"notes/1-1 with Priya, 4 March.md", "---\ncreated: 2024-01-03\n---\nTalked.\n", "ask date (2024-03-04)"},
		{"Priya/March 4th, 2024.md", "Talked.\n", "priya 2024-03-04"},
		{"notes/20240304_priya_1on1.md", "Talked.\n", "priya 2024-03-04 regular"},
		{"Priya/04.03.2024 Einzelgespräch.md", "Rückblick\n", "priya 2024-03-04 regular"},
		{"Priya/2024_03_04.md", "- talked\n", "priya 2024-03-04"},
		{"Priya/Meeting notes 3-4-24.md", "Talked.\n", "ask date (2024-04-03 2024-03-04)"},
		{"Priya/Meeting notes 3-4-24.md", "# 4 March 2024\n", "priya 2024-03-04"},
		{"notes/Priya 04-03-24 Mon.md", "Talked.\n", "priya 2024-03-04"},
		{"2024/03/04 Priya.md", "Talked.\n", "priya 2024-03-04"},
		{"notes/2024-03-04 priya-raman-1on1.md", "Talked.\n", "priya 2024-03-04 regular"},
		{"notes/2024-03-04-daniel.md", "Talked.\n", "daniel 2024-03-04"},
		{"notes/rep1 2024-03-04.md", "Talked.\n", "priya 2024-03-04"},
		{"notes/2024-03-04 Agent 4711.md", "Talked.\n", "priya 2024-03-04"},
		{"notes/2024-03-04 Josh & Priya.md", "Talked.\n", "priya 2024-03-04 by josh"},
		{"notes/2024-03-04 Josh <> Priya 1:1.md", "Talked.\n", "priya 2024-03-04 by josh regular"},
		{"notes/2024-03-04 Einzelgespräch Müller, Anna.md", "Talked.\n", "anna 2024-03-04 regular"},
		{"notes/2024-03-04 1-1 ANNA MULLER.md", "Talked.\n", "anna 2024-03-04 regular"},
		{"1-1s/Priya/2024-03-04.md", "Talked.\n", "priya 2024-03-04 regular"},

		// Notion's export.
		{"Meetings/Weekly 1-1 Priya 5f3c0a1b2c3d4e5f60718293a4b5c6d7.md", "# Weekly 1-1 Priya\n\nDate: March 4, 2024\nAttendees: Josh, Priya\n\n## Notes\n", "priya 2024-03-04 by josh regular"},
		{"Meetings/1-1 5f3c0a1b2c3d4e5f60718293a4b5c6d7.md", "# 1:1: Josh & Daniel - 4 March 2024\n\n## Meeting details\n\n**Date**: 4 March 2024\n\n## Next meeting\n\n**Date**: 11 March 2024\n", "daniel 2024-03-04 by josh regular"},
		{"Meetings/Daniel 1-1.md", "# Daniel 1-1\n\nCreated: March 4, 2024 10:02 AM\nType: 1:1\nCreated by: Josh Keller\n", "daniel 2024-03-04 regular"},

		// Obsidian.
		{"1-1/2024-03-04 Priya.md", "---\ndate: 2024-03-04T10:30\nattendees:\n  - \"[[Josh Keller]]\"\n  - \"[[Priya Raman]]\"\ntags: [1on1, meeting]\n---\n# 1:1\n", "priya 2024-03-04 by josh regular"},
		{"1-1/1-1 Priya.md", "---\nattendees: [[Josh Keller]], [[Priya Raman]]\ndate: [[2024-03-04]]\n---\nText\n", "priya 2024-03-04 by josh regular"},
		{"1-1/Note.md", "---\ncreated: 2024-03-04 10:02\ntype: 1-1\nperson: \"[[People/Priya Raman|Priya]]\"\n---\n", "priya 2024-03-04 regular"},
		{"vault/Sync.md", "> [!info] Meeting\n> Date:: [[2024-03-04]]\n> With:: [[@Daniel Ochoa]]\n\n## Notes\n", "daniel 2024-03-04"},
		{"vault/Sync with [[Priya]].md", "Date: 2024-03-04\n", "priya 2024-03-04"},
		{"vault/Meeting 2024-03-04.md", "---\ntags:\n  - people/priya\n  - 1on1\n---\nText\n", "priya 2024-03-04 regular"},

		// Bear, Logseq, Evernote, OneNote.
		{"bear/1-1 Priya.md", "# 1-1 Priya\n#work/1on1\n\n4 March 2024\n\n* talked\n", "priya 2024-03-04 regular"},
		{"pages/Priya 1-1.md", "- type:: 1-1\n- date:: [[Mar 4th, 2024]]\n- with:: [[Priya]]\n- ## Notes\n", "priya 2024-03-04 regular"},
		{"evernote/Coaching Daniel.md", "---\ntitle: Coaching Daniel\ncreated: 2024-03-04T09:12:00Z\nupdated: 2024-05-01T09:12:00Z\n---\nText\n", "daniel 2024-03-04 regular"},
		{"onenote/Priya.md", "# Priya 1:1\n\nMonday, March 4, 2024\n\n10:02 AM\n\nText\n", "priya 2024-03-04 regular"},

		{"03 People/Priya/2024.03.04-1on1.md", "---\ntype: meeting\nstart_time: 2024-03-04T10:00:00Z\nparticipants:\n  - Josh Keller\n  - Priya Raman\n---\n", "priya 2024-03-04 by josh regular"},
		{"vault/Scott and Cody.md", "---\ntype: meeting\ntitle: \"Scott / Cody 1:1\"\ndate: 2024-04-15\nparticipants: [Scott Weaver, Cody Henshaw]\n---\n# Scott / Cody 1:1\n", "ask person (scott cody)"},
		{"vault/sync.md", "---\nstarted_at: 2024-03-07T14:30:00-04:00\nended_at: 2024-03-07T15:02:11-04:00\ntitle: Weekly sync with Priya\nspeakers:\n  A: Me\n  B: Priya\n---\n## Summary\n", "priya 2024-03-07"},
		{"personnel/alec-smith/2024-03-04-1on1.md", "Text\n", "alec* 2024-03-04 regular"},
		{"vault/1on1 Daniel.md", "---\ntype: 1on1\nperson: \"Daniel Ochoa\"\ndate: 2024-03-04\nparticipants: [\"Daniel Ochoa\"]\n---\n# 🤝 1:1 com Daniel Ochoa — 2024-03-04\n", "daniel 2024-03-04 regular"},

		// Labels.
		{"notes/a.md", "Name: Priya\nManager: Josh\nDate: 4/3/2024\n", "ask date (2024-03-04 2024-04-03)"},
		{"notes/a.md", "Name: Priya\nManager: Josh\nDate: 25/3/2024\n", "priya 2024-03-25 by josh"},
		{"notes/a.md", "**Employee:** Priya Raman\n**Supervisor:** Josh Keller\n**Date:** March 4th, 2024\n", "priya 2024-03-04 by josh"},
		{"notes/a.md", "* __Mitarbeiterin__: Anna Müller\n* __Führungskraft__: Josh\n* __Datum__: 4. März 2024\n", "anna 2024-03-04 by josh"},
		{"notes/a.md", "Nombre: Daniel Ochoa\nFecha: 4 de marzo de 2024\n", "daniel 2024-03-04"},
		{"notes/a.md", "Collaborateur : Daniel Ochoa\nDate : lundi 4 mars 2024\n", "daniel 2024-03-04"},
		{"notes/a.md", "Medewerker: Priya\nDatum: 4 maart 2024\n", "priya 2024-03-04"},
		{"notes/a.md", "| Date | Name | Coach |\n|---|---|---|\n| 4 March 2024 | Priya | Josh |\n\nText\n", "priya 2024-03-04 by josh"},
		{"notes/a.md", "| **Date** | 4 March 2024 |\n|---|---|\n| **Employee** | Priya |\n", "priya 2024-03-04"},
		{"notes/a.md", "Date: 2024-03-04\nEmployee: d.ochoa@example.org\n", "daniel 2024-03-04"},
		{"notes/a.md", "Date: Monday 4/3/2024\nName: Priya\n", "priya 2024-03-04"},
		{"notes/a.md", "# 1:1 – Priya – 4 Mar 2024\n\nNext session: 11 Mar 2024\n", "priya 2024-03-04 regular"},
		{"notes/a.md", "Monday 4 March 2024, 1-1 with Daniel\n\nHe started on 3 January 2022.\n", "daniel 2024-03-04 regular"},
		{"notes/a.md", "# 1-1 with Priya\n\n## 2024-03-04\n\nText\n", "priya 2024-03-04 regular"},
		{"notes/a.md", "---\r\ndate: 2024-03-04\r\n---\r\n\r\n# Coaching Priya\r\n", "priya 2024-03-04 regular"},

		// Kinds, and what became of it.
		{"notes/2024-03-04 Kick-off Priya.md", "Text\n", "priya 2024-03-04 kick-off"},
		{"notes/2024-03-04 Priya performance review.md", "Text\n", "priya 2024-03-04 review"},
		{"notes/2024-03-04 1-1 Priya (cancelled).md", "Text\n", "priya 2024-03-04 regular cancelled"},
		{"notes/2024-03-04 1-1 Priya no-show.md", "Text\n", "priya 2024-03-04 regular missed"},
		{"notes/2024-07-04 1-1 Priya.md", "Agenda\n", "priya 2024-07-04 regular planned"},
		{"notes/2024-03-04 1-1 Priya.md", "---\nstatus: done\n---\nText\n", "priya 2024-03-04 regular"},
		{"notes/2024-03-04 1-1 Priya.md", "---\nstatus: scheduled\n---\nText\n", "ask status (held planned missed cancelled)"},
		{"notes/2034-03-04 1-1 Priya.md", "Text\n", "ask date (2034-03-04)"},

		// New people.
		{"notes/1-1 with Zoë Krämer 2024-03-04.md", "Text\n", "zoe* 2024-03-04 regular"},
		{"notes/a.md", "Name: Zoë Krämer\nManager: Maria\nDate: 2024-03-04\n", "zoe* 2024-03-04 by maria*"},
		{"1-1s/Lee van Dijk/2024-03-04.md", "Text\n", "lee* 2024-03-04 regular"},
		{"notes/2024-03-04 1-1 Zoë.md", "Text\n", "ask person (zoe)"},
		{"notes/a.md", "Employee: 王芳\nDate: 2024年3月4日\n", "王芳* 2024-03-04"},
		{"notes/1-1 with Priya Shah 2024-03-04.md", "Text\n", "ask person (priya priya-shah)"},

		// What contradicts itself, or names too many, is asked.
		{"notes/2024-03-04 1-1 Priya.md", "Date: 2024-03-05\n", "ask date (2024-03-04 2024-03-05)"},
		{"notes/Tuesday 2024-03-04 1-1 Priya.md", "Text\n", "ask date"},
		{"notes/2024-02-30 1-1 Priya.md", "Text\n", "ask date"},
		{"notes/2024-03-04 1-1 Priya.md", "Name: Daniel\n", "ask person (priya daniel)"},
		{"Daniel/2024-03-04 1-1 Priya.md", "Text\n", "ask person (priya daniel)"},
		{"notes/2024-03-04 1-1 Priya and Daniel.md", "Text\n", "ask person (priya daniel)"},
		{"notes/2024-03-04 1-1 with my manager Josh.md", "Text\n", "ask person (josh)"},
		{"notes/2024-03-04 Priya's billing incident.md", "Text\n", "ask person (priya)"},
		{"notes/2024-03-04.md", "Text\n", "ask person"},
		{"notes/1-1 Priya.md", "Text\n", "ask date (2024-03-05)"},
		{"Ben/2024-03-04.md", "Text\n", "ask person (ben)"},

		// What is nobody's session is left alone.
		{"notes/Shopping list.md", "- [ ] milk\n", "alone"},
		{"People/Priya Raman.md", "---\ncreated: 2022-01-01\n---\nBirthday: 4 March 1990\n", "alone"},
		{"notes/README.md", "# Notes 2024-03-04\n", "alone"},
		{"Templates/1-1.md", "# 1-1 with {{title}}\n\nDate: {{date}}\n", "alone"},
		{"notes/2024-03-04 1-1 Priya.md", "  \n", "alone"},
		{"notes/2024-03-04 All hands.md", "Attendees: Josh, Priya, Daniel, Anna, Zoë\n", "alone"},
		{"notes/a.md", "---\ntype: session\ncoachee: priya\ndate: 2024-03-04\nstatus: held\n---\n", "already"},
		{"notes/a.md", "\xff\xfea\x00", "refused"},
	} {
		got := run(team(t), Options{}, &Note{Name: test.name, Text: []byte(test.text), Modified: modified})
		if len(got) != 1 {
			t.Errorf("%s: %d proposals", test.name, len(got))
			continue
		}
		if said(got[0]) != test.want {
			t.Errorf("%s %q:\n got  %s\n want %s\n found %v, questions %+v, %s", test.name, test.text, said(got[0]), test.want, got[0].Found, got[0].Questions, got[0].Why)
		}
		if p := got[0]; p.Outcome == Adopt && !bytes.HasSuffix(p.Text, p.Body()) {
			t.Errorf("%s: the body is changed:\n%s", test.name, p.Text)
		}
	}
}

func TestTogether(t *testing.T) {
	note := func(name, text string) *Note { return &Note{Name: name, Text: []byte(text)} }
	for what, test := range map[string]struct {
		o     Options
		notes []*Note
		want  []string
	}{
		"a first name is the full one's": {Options{}, []*Note{
			note("n/2024-03-04 1-1 Zoë.md", "a"), note("n/2024-03-11 1-1 Zoë.md", "b"), note("n/a.md", "Name: Zoë Krämer\nDate: 2024-03-18\n"),
		}, []string{"zoe* 2024-03-04 regular", "zoe* 2024-03-11 regular", "zoe* 2024-03-18"}},
		"a title names somebody new where it comes again": {Options{}, []*Note{
			note("n/2024-03-04 1-1 Ben.md", "a"), note("n/2024-03-11 1-1 Ben.md", "b"), note("n/2024-03-11 1-1 Budget.md", "c"),
		}, []string{"ben* 2024-03-04 regular", "ben* 2024-03-11 regular", "ask person (budget)"}},
		"two of one first name": {Options{}, []*Note{
			note("n/a.md", "Name: Ana Sosa\nDate: 2024-03-04\n"), note("n/b.md", "Name: Ana Vidal\nDate: 2024-03-04\n"), note("n/c.md", "Name: Ana\nDate: 2024-03-04\n"),
		}, []string{"ana* 2024-03-04", "ana-vidal* 2024-03-04", "ask person (ana ana-vidal)"}},
		"files made on one day were imported": {Options{}, []*Note{
			note("n/1-1 Priya a.md", "---\ncreated: 2024-03-04\n---\na"), note("n/1-1 Priya b.md", "---\ncreated: 2024-03-04\n---\nb"), note("n/1-1 Daniel.md", "---\ncreated: 2024-03-04\n---\nb"),
		}, []string{"ask date (2024-03-04)", "ask date (2024-03-04)", "daniel 2024-03-04 regular"}},
		"one text twice": {Options{}, []*Note{
			note("n/2024-03-04 Priya.md", "a\n"), note("n/2024-03-04 Priya (1).md", "a\n"), note("n/2024-03-04 Priya later.md", "b\n"),
		}, []string{"priya 2024-03-04", "already", "ask person (priya)"}},
		"the day first": {Options{Order: "dmy"}, []*Note{
			note("n/3-4-24 Priya.md", "a"), note("n/3-25-24 Priya.md", "b"), note("n/03.04.24 Priya.md", "c"),
		}, []string{"priya 2024-04-03", "priya 2024-03-25", "priya 2024-04-03"}},
		"the month first": {Options{Order: "mdy"}, []*Note{note("n/3-4-24 Priya.md", "a")}, []string{"priya 2024-03-04"}},
		"one person for all": {Options{Person: "priya"}, []*Note{
			note("n/2024-03-04.md", "a"), note("n/2024-03-05 Daniel.md", "b"), note("n/2024-03-06 Priya and Daniel.md", "c"),
		}, []string{"priya 2024-03-04", "ask person (daniel)", "priya 2024-03-06"}},
		"a coach for all": {Options{Coach: "maria"}, []*Note{
			note("n/2024-03-04 Maria - Zoë 1-1.md", "a"), note("n/2024-03-05 1-1 Maria - Zoë.md", "b"),
		}, []string{"zoe* 2024-03-04 by maria* regular", "zoe* 2024-03-05 by maria* regular"}},
	} {
		var got []string
		for _, p := range run(team(t), test.o, test.notes...) {
			got = append(got, said(p))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", what, diff)
		}
	}
}

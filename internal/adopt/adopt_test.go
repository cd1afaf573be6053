package adopt

import (
	"bytes"
	"strings"
	"testing"

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

func logsIn(b *plan.Logbook) func(id string) []*plan.Log {
	return func(id string) []*plan.Log { return b.Person(id).Logs }
}

func run(b *plan.Logbook, o Options, notes ...*Note) []*Proposal {
	o.Today = today
	r := &Run{Roster: b.Roster, People: b.Known, Logs: logsIn(b), Options: o, Taken: func(string) bool { return false }}
	return r.Propose(notes)
}

// said is a proposal in one line.
func said(p *Proposal) string {
	if p.Outcome == Adopt {
		out := p.Person + " " + p.Date.String()
		if p.Coach != "" {
			out += " by " + p.Coach
		}
		if p.Status != "held" {
			out += " " + p.Status
		}
		return out
	}
	return string(p.Outcome) + ": " + p.Why
}

// TestNotes reads notes in the styles of many programs and people.
func TestNotes(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		// Plain folders and files.
		{"notes/2024-03-04 1-1 Priya.md", "Talked about the queue.\n", "priya 2024-03-04"},
		{"notes/1-1 with Priya Raman, 4 March.md", "# 1-1 with Priya Raman\n\n2024-03-04\n", "priya 2024-03-04"},
		{"notes/1-1 with Priya Raman, 4 March.md", "Talked.\n", `ask: "4 March" has no year`},
		{"2024/1-1 with Priya Raman, 4 March.md", "Talked.\n", `ask: "4 March" has no year`},
		{"notes/1-1 with Priya Raman, 4 March.md", "---\ncreated: 2024-03-06T09:00\n---\nTalked.\n", `ask: "4 March" has no year`},
		{"notes/1-1 with Priya, 28 December.md", "---\ncreated: 2024-01-03\n---\nTalked.\n", `ask: "28 December" has no year`},
		{"notes/1-1 with Priya, 4 March.md", "---\ncreated: 2024-01-03\n---\nTalked.\n", `ask: "4 March" has no year`},
		{"Priya/March 4th, 2024.md", "Talked.\n", "priya 2024-03-04"},
		{"notes/20240304_priya_1on1.md", "Talked.\n", "priya 2024-03-04"},
		{"Priya/04.03.2024 Einzelgespräch.md", "Rückblick\n", "priya 2024-03-04"},
		{"Priya/2024_03_04.md", "- talked\n", "priya 2024-03-04"},
		{"Priya/Meeting notes 3-4-24.md", "Talked.\n", `ask: "3-4-24" can be 2024-04-03 or 2024-03-04`},
		{"Priya/Meeting notes 3-4-24.md", "# 4 March 2024\n", "priya 2024-03-04"},
		{"notes/Priya 04-03-24 Mon.md", "Talked.\n", `ask: "04-03-24" can be 2024-03-04, 2024-04-03 or 2004-03-24`},
		{"2024/03/04 Priya.md", "Talked.\n", "priya 2024-03-04"},
		{"notes/2024-03-04 priya-raman-1on1.md", "Talked.\n", "priya 2024-03-04"},
		{"notes/2024-03-04-daniel.md", "Talked.\n", "daniel 2024-03-04"},
		{"notes/rep1 2024-03-04.md", "Talked.\n", "priya 2024-03-04"},
		{"notes/2024-03-04 Agent 4711.md", "Talked.\n", "priya 2024-03-04"},
		{"notes/2024-03-04 Josh & Priya.md", "Talked.\n", "priya 2024-03-04 by josh"},
		{"notes/2024-03-04 Josh <> Priya 1:1.md", "Talked.\n", "priya 2024-03-04 by josh"},
		{"notes/2024-03-04 Einzelgespräch Müller, Anna.md", "Talked.\n", "anna 2024-03-04"},
		{"notes/2024-03-04 1-1 ANNA MULLER.md", "Talked.\n", "anna 2024-03-04"},
		{"1-1s/Priya/2024-03-04.md", "Talked.\n", "priya 2024-03-04"},

		// Notion's export.
		{"Meetings/Weekly 1-1 Priya 5f3c0a1b2c3d4e5f60718293a4b5c6d7.md", "# Weekly 1-1 Priya\n\nDate: March 4, 2024\nAttendees: Josh, Priya\n\n## Notes\n", "priya 2024-03-04 by josh"},
		{"Meetings/1-1 5f3c0a1b2c3d4e5f60718293a4b5c6d7.md", "# 1:1: Josh & Daniel - 4 March 2024\n\n## Meeting details\n\n**Date**: 4 March 2024\n\n## Next meeting\n\n**Date**: 11 March 2024\n", "daniel 2024-03-04 by josh"},
		{"Meetings/Daniel 1-1.md", "# Daniel 1-1\n\nCreated: March 4, 2024 10:02 AM\nType: 1:1\nCreated by: Josh Keller\n", "ask: it names no day"},

		// Obsidian.
		{"1-1/2024-03-04 Priya.md", "---\ndate: 2024-03-04T10:30\nattendees:\n  - \"[[Josh Keller]]\"\n  - \"[[Priya Raman]]\"\ntags: [1on1, meeting]\n---\n# 1:1\n", "priya 2024-03-04 by josh"},
		{"1-1/1-1 Priya.md", "---\nattendees: [[Josh Keller]], [[Priya Raman]]\ndate: [[2024-03-04]]\n---\nText\n", "priya 2024-03-04 by josh"},
		{"1-1/Note.md", "---\ncreated: 2024-03-04 10:02\ntype: 1-1\nperson: \"[[People/Priya Raman|Priya]]\"\n---\n", "ask: it names no day"},
		{"vault/Sync.md", "> [!info] Meeting\n> Date:: [[2024-03-04]]\n> With:: [[@Daniel Ochoa]]\n\n## Notes\n", "daniel 2024-03-04"},
		{"vault/Sync with [[Priya]].md", "Date: 2024-03-04\n", "priya 2024-03-04"},

		// Bear, Logseq, Evernote, OneNote.
		{"bear/1-1 Priya.md", "# 1-1 Priya\n#work/1on1\n\n4 March 2024\n\n* talked\n", "priya 2024-03-04"},
		{"pages/Priya 1-1.md", "- type:: 1-1\n- date:: [[Mar 4th, 2024]]\n- with:: [[Priya]]\n- ## Notes\n", "priya 2024-03-04"},
		{"evernote/Coaching Daniel.md", "---\ntitle: Coaching Daniel\ncreated: 2024-03-04T09:12:00Z\nupdated: 2024-05-01T09:12:00Z\n---\nText\n", "ask: it names no day"},
		{"onenote/Priya.md", "# Priya 1:1\n\nMonday, March 4, 2024\n\n10:02 AM\n\nText\n", "priya 2024-03-04"},

		{"03 People/Priya/2024.03.04-1on1.md", "---\ntype: meeting\nstart_time: 2024-03-04T10:00:00Z\nparticipants:\n  - Josh Keller\n  - Priya Raman\n---\n", "priya 2024-03-04 by josh"},
		{"vault/Scott and Cody.md", "---\ntype: meeting\ntitle: \"Scott / Cody 1:1\"\ndate: 2024-04-15\nparticipants: [Scott Weaver, Cody Henshaw]\n---\n# Scott / Cody 1:1\n", `ask: it names "Scott Weaver" and "Cody Henshaw", who isn't in the logbook`},
		{"vault/sync.md", "---\nstarted_at: 2024-03-07T14:30:00-04:00\nended_at: 2024-03-07T15:02:11-04:00\ntitle: Weekly sync with Priya\nspeakers:\n  A: Me\n  B: Priya\n---\n## Summary\n", "priya 2024-03-07"},
		{"personnel/alec-smith/2024-03-04-1on1.md", "Text\n", "ask: it names nobody in the logbook"},
		{"vault/1on1 Daniel.md", "---\ntype: 1on1\nperson: \"Daniel Ochoa\"\ndate: 2024-03-04\nparticipants: [\"Daniel Ochoa\"]\n---\n# 🤝 1:1 com Daniel Ochoa — 2024-03-04\n", "daniel 2024-03-04"},

		// Labels.
		{"notes/a.md", "Name: Priya\nManager: Josh\nDate: 4/3/2024\n", `ask: "4/3/2024" can be 2024-03-04 or 2024-04-03`},
		{"notes/a.md", "Name: Priya\nManager: Josh\nDate: 25/3/2024\n", "priya 2024-03-25 by josh"},
		{"notes/a.md", "**Employee:** Priya Raman\n**Supervisor:** Josh Keller\n**Date:** March 4th, 2024\n", "priya 2024-03-04 by josh"},
		{"notes/a.md", "* __Mitarbeiterin__: Anna Müller\n* __Führungskraft__: Josh\n* __Datum__: 4. März 2024\n", "anna 2024-03-04 by josh"},
		{"notes/a.md", "Nombre: Daniel Ochoa\nFecha: 4 de marzo de 2024\n", "daniel 2024-03-04"},
		{"notes/a.md", "Collaborateur : Daniel Ochoa\nDate : lundi 4 mars 2024\n", "daniel 2024-03-04"},
		{"notes/a.md", "Medewerker: Priya\nDatum: 4 maart 2024\n", "alone: nothing says that it is about a meeting"},
		{"notes/a.md", "| Date | Name | Coach |\n|---|---|---|\n| 4 March 2024 | Priya | Josh |\n\nText\n", "alone: nothing says that it is about a meeting"},
		{"notes/a.md", "| **Date** | 4 March 2024 |\n|---|---|\n| **Employee** | Priya |\n", "alone: nothing says that it is about a meeting"},
		{"notes/a.md", "Date: 2024-03-04\nEmployee: d.ochoa@example.org\n", "daniel 2024-03-04"},
		{"notes/a.md", "Date: Monday 4/3/2024\nName: Priya\n", `ask: "4/3/2024" can be 2024-03-04 or 2024-04-03`},
		{"notes/a.md", "# 1:1 – Priya – 4 Mar 2024\n\nNext session: 11 Mar 2024\n", "priya 2024-03-04"},
		{"notes/a.md", "Monday 4 March 2024, 1-1 with Daniel\n\nHe started on 3 January 2022.\n", "daniel 2024-03-04"},
		{"notes/a.md", "# 1-1 with Priya\n\n## 2024-03-04\n\nText\n", "priya 2024-03-04"},
		{"notes/a.md", "---\r\ndate: 2024-03-04\r\n---\r\n\r\n# Coaching Priya\r\n", "priya 2024-03-04"},

		// Kinds, and what became of it.
		{"notes/2024-03-04 Kick-off Priya.md", "Text\n", "priya 2024-03-04"},
		{"notes/2024-03-04 Priya performance review.md", "Text\n", "priya 2024-03-04"},
		{"notes/2024-03-04 1-1 Priya (cancelled).md", "Text\n", "ask: it may not have been held"},
		{"notes/2024-03-04 1-1 Priya no-show.md", "Text\n", "ask: it may not have been held"},
		{"notes/2024-07-04 1-1 Priya.md", "Agenda\n", "ask: 2024-07-04 is in the future"},
		{"notes/2024-03-04 1-1 Priya.md", "---\nstatus: done\n---\nText\n", "priya 2024-03-04"},
		{"notes/2024-03-04 1-1 Priya.md", "---\nstatus: scheduled\n---\nText\n", "ask: it may not have been held"},
		{"notes/2034-03-04 1-1 Priya.md", "Text\n", "ask: 2034-03-04 is in the future"},

		// Nobody is ever invented.
		{"notes/1-1 with Zoë Krämer 2024-03-04.md", "Text\n", `ask: it names "Zoë Krämer", who isn't in the logbook`},
		{"notes/a.md", "Name: Zoë Krämer\nManager: Maria\nDate: 2024-03-04\n", `ask: it names "Zoë Krämer", who isn't in the logbook`},
		{"1-1s/Lee van Dijk/2024-03-04.md", "Text\n", "ask: it names nobody in the logbook"},
		{"notes/2024-03-04 1-1 Zoë.md", "Text\n", "ask: it names nobody in the logbook"},
		{"notes/a.md", "Employee: 王芳\nDate: 2024-03-04\n", `ask: it names "王芳", who isn't in the logbook`},
		{"notes/1-1 with Priya Shah 2024-03-04.md", "Text\n", "ask: it names nobody in the logbook"},

		// What contradicts itself, or names too many, is asked.
		{"notes/2024-03-04 1-1 Priya.md", "Date: 2024-03-05\n", `ask: "2024-03-04" and "2024-03-05" are different days`},
		{"notes/2024-02-30 1-1 Priya.md", "Text\n", `ask: "2024-02-30" is no day of the calendar`},
		{"notes/2024-03-04 1-1 Priya.md", "Name: Daniel\n", "ask: it names priya and daniel; one of them is the coachee"},
		{"Daniel/2024-03-04 1-1 Priya.md", "Text\n", "ask: it names priya and daniel; one of them is the coachee"},
		{"notes/2024-03-04 1-1 Priya and Daniel.md", "Text\n", "ask: it names priya and daniel; one of them is the coachee"},
		{"notes/2024-03-04 1-1 with my manager Josh.md", "Text\n", "ask: it names nobody in the logbook"},
		{"notes/2024-03-04 Priya's billing incident.md", "Text\n", "alone: nothing says that it is about a meeting"},
		{"notes/2024-03-04.md", "Text\n", "alone: nothing says that it is about a meeting"},
		{"notes/1-1 Priya.md", "Text\n", "ask: it names no day"},
		{"Ben/2024-03-04.md", "Text\n", "alone: nothing says that it is about a meeting"},

		// Three who met, and two of them known, say nothing of the coach.
		{"Coaching with Anna, 2024-03-04.md", "_Conversation with [[Anna Müller|Anna]] and [[Daniel Ochoa|Dan]] on March 4, 2024_\n", "anna 2024-03-04 by daniel"},
		{"Coaching with Anna, 2024-03-04.md", "_Conversation with [[Anna Müller|Anna]], [[Mia Kern|Mia]], and [[Daniel Ochoa|Dan]] on March 4, 2024_\n", "anna 2024-03-04"},
		{"Coaching 2024-03-04.md", "Attendees: Anna, Mia Kern\n", "ask: it names anna and others who aren't in the logbook; one of them is the coachee"},
		{"Anna/1-1 with Zoë 2024-03-04.md", "Text\n", `ask: it names "Zoë", who isn't in the logbook`},
		{"Anna/2024-03-04.md", "Employee: John Doe\n", `ask: it names "John Doe", who isn't in the logbook`},
		{"Anna/2024-03-04.md", "Next meeting: 2024-03-11\nDue date: 2024-04-01\n", "anna 2024-03-04"},
		{"notes/Week2_TutorMeeting.md", "# Week 2\n\n**Info:**\n- Time: 2 Aug 2023, 10:00-11:00am\n\n**Attendees:**\n- Anna\n- Josh\n", "anna 2023-08-02 by josh"},
		{"notes/20240304-ClientMeeting.md", "# Minutes\n\n| Name | Unikey |\n|---|---|\n| Anna Müller | amu1 |\n| Daniel Ochoa | doc2 |\n", "ask: it names nobody in the logbook"},
		{"acme-pilot/docs/guide.md", "# Integration guide\n\n**Date:** November 13, 2023\n\nImport the board.\n", "alone: nothing says that it is about a meeting"},
		{"Anna/2024-03-04.md", "Date: March 4-6, 2024\n", `ask: "March 4-6, 2024" is more than one day`},
		{"Anna/Notes.md", "# 1:1 April 8th - 28th\n", `ask: "1:1 April 8th - 28th" is more than one day`},
		{"Anna/1-1 2024-03-04 to 2024-03-06.md", "Text\n", `ask: "2024-03-04" and "2024-03-06" are different days`},

		{"notes/x.md", "# Anna\n\n## 2 March 2024\nText\n", "anna 2024-03-02"},
		{"notes/2024-03-04.md", "# Anna <> Daniel\n", "ask: it names anna and daniel; one of them is the coachee"},
		{"notes/x.md", "1:1 Anna and Josh, 4 March 2024\n\nText\n", "anna 2024-03-04 by josh"},
		{"notes/x.md", "Anna Müller - Coaching session\n2024-03-04\n\nText\n", "anna 2024-03-04"},
		{"notes/x.md", "# Feedback for Anna, 2024-03-04\n", "anna 2024-03-04"},
		{"notes/x.md", "# Interview with Anna about her dog 2024-03-04\n", "alone: nothing says that it is about a meeting"},
		{"Anna/x.md", "# 1:1, week of March 4, 2024\n", `ask: "1:1, week of March 4, 2024" is more than one day`},
		{"notes/2024-03-04 Josh about the release.md", "Meeting notes\n", "ask: it names nobody in the logbook"},

		{"notes/x.md", "# 1:1 2024-03-04\n\nAttendees: Anna Müller <anna@example.com>, J. Keller <jk@example.org>\n", "anna 2024-03-04 by josh"},

		// What is or may be confidential isn't taken.
		{"Anna/2024-03-04.md", "## Private notes\n\nsecret\n", "ask: line 1: this is nearly a Confidential heading, but it says private; to be safe, line 3 is left out everywhere"},
		{"Anna/2024-03-04.md", "## HR only\n\nsecret\n", "ask: line 1: this is nearly a Confidential heading, but it says hr only; to be safe, line 3 is left out everywhere"},
		{"Anna/2024-03-04.md", "Talked.\n\n**Confidential:**\nsecret\n", "ask: line 3: this is nearly a Confidential heading, but it is bold text, not a heading; to be safe, line 4 is left out everywhere"},
		{"Anna/2024-03-04.md", "Talked.\n\n> [!private]\n> secret\n", "ask: line 3: this is nearly a Confidential heading, but it is in a quote; to be safe, lines 3 to 4 are left out everywhere"},
		{"Anna/2024-03-04.md", "---\nconfidential: true\n---\nsecret\n", "alone: it is marked as confidential, and coachlog can only keep sections confidential"},
		{"Anna/2024-03-04.md", "---\nattendees: [[Anna]], [[Josh]]\nprivate: true\n---\nsecret\n", "ask: line 3: this is nearly a Confidential heading, but it is in the front matter; to be safe, lines 3 to 5 are left out everywhere"},
		{"Anna/2024-03-04.md", "## Confidential\n\nEmployee: John Doe\nDate: 2024-05-05\n", "anna 2024-03-04"},

		// What is nobody's session is left alone.
		{"notes/session-template.md", "# Coaching session - [Name] - [Date]\n\n**Date**: YYYY-MM-DD\n", "alone: it is a template"},
		{"notes/Anna 2024-03-04.md", "# 1:1\n\nDate: YYYY-MM-DD\n", "alone: it is a template"},
		{"notes/Anna 1-1.md", "# 1:1 with Anna, [Date]\n", "alone: it is a template"},
		{"notes/Anna 1-1.md", "---\ndate: <date>\n---\n# 1:1 with Anna\n", "alone: it is a template"},
		{"notes/Vorlage Anna.md", "# 1:1\n", "alone: it is a template"},
		{"notes/1-1 Anna 2024-03-04.md", "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n", "alone: its text is encrypted"},
		{"notes/1-1 Anna 2024-03-04.md", "%%🔐α 9sk3 α🔐%%\n", "alone: its text is encrypted"},
		{"notes/1-1 Anna 2024-03-04.md", "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3JldCBzZWNyZXQ1\n", "alone: its text is encrypted"},
		{"notes/Shopping list.md", "- [ ] milk\n", "alone: nothing says that it is about a meeting"},
		{"People/Priya Raman.md", "---\ncreated: 2022-01-01\n---\nBirthday: 4 March 1990\n", "alone: nothing says that it is about a meeting"},
		{"Templates/1-1.md", "# 1-1 with {{title}}\n\nDate: {{date}}\n", "alone: it is a template"},
		{"notes/2024-03-04 1-1 Priya.md", "  \n", "alone: it is empty"},
		{"notes/2024-03-04 All hands.md", "Attendees: Josh, Priya, Daniel, Anna, Zoë\n", "ask: it names priya, daniel and anna; one of them is the coachee"},
		{"notes/a.md", "---\ntype: session\ncoachee: priya\ndate: 2024-03-04\nstatus: held\n---\n", "already: it is already a coachlog file; copy it into people/ID/"},
		{"notes/a.md", "\xff\xfea\x00", "refused: line 1: the file is UTF-16; save the file as UTF-8 text"},
	} {
		got := run(team(t), Options{}, &Note{Name: test.name, Text: []byte(test.text)})
		if len(got) != 1 {
			t.Errorf("%s: %d proposals", test.name, len(got))
			continue
		}
		if said(got[0]) != test.want {
			t.Errorf("%s %q:\n got  %s\n want %s\n %+v", test.name, test.text, said(got[0]), test.want, got[0].facts)
		}
		if p := got[0]; p.Outcome == Adopt && !bytes.HasSuffix(p.Text, p.Body()) {
			t.Errorf("%s: the body is changed:\n%s", test.name, p.Text)
		}
	}
}

// TestFirstNames finds nobody by a word that is also the first name of somebody else.
func TestFirstNames(t *testing.T) {
	for plan, want := range map[string]string{
		"name: Ana Gomez":                        `ask: it names "Ana", who isn't in the logbook`,
		"name: A. Gomez\nemail: ana@example.org": "ana 2024-03-04", // an address is no name
	} {
		b := team(t, "people/ana/plan.md", "---\ntype: plan\nname: Ana Silva\n---\n", "people/ag/plan.md", "---\ntype: plan\n"+plan+"\n---\n")
		if got := said(run(b, Options{}, &Note{Name: "1-1s/2024-03-04 Ana.md", Text: []byte("Text\n")})[0]); got != want {
			t.Errorf("beside %q: got %s, want %s", plan, got, want)
		}
	}
}

// A bug at one note costs that note.
func TestABugCostsOneNote(t *testing.T) {
	r := &Run{} // without the people of a logbook
	all := r.Propose([]*Note{{File: "a.md", Text: []byte("Ana, 6 July 2026")}})
	if len(all) != 1 || all[0].Outcome != Refused || all[0].File != "a.md" || !strings.HasPrefix(all[0].Why, "a bug in coachlog") {
		t.Errorf("proposed %+v", all[0])
	}
}

package canonical_test

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/logparse/canonical"
)

const (
	log  = "people/rep1/2026-07-06.md"
	plan = "people/rep1/plan.md"
	prep = "people/rep1/prep-2026-07-06.md"
)

// TestText: how each thing is written. A line of the format's own, and what is left alone.
func TestText(t *testing.T) {
	goals := func(lines string) string { return "---\nstatus: held\n---\n## Short-term goals\n" + lines }
	for _, test := range []struct{ name, path, before, after string }{
		{"tokens", log, goals("- [ ] Call Tom by:ana due:2026-07-31 @ana every:Week metric:aht<=390 skill:calls ^call\n"), goals("- [ ] Call Tom metric:aht<=390 skill:calls every:week @ana due:2026-07-31 by:ana ^call\n")},
		{"an id in the middle", log, goals("- [ ] Call Tom @ana ^call due:2026-07-31\n"), goals("- [ ] Call Tom ^call @ana due:2026-07-31\n")},
		{"tokens on two lines", log, goals("* [ ] Call Tom due:2026-07-31\n  @ana ^call skill:calls\n"), goals("* [ ] Call Tom ^call\n  skill:calls @ana due:2026-07-31\n")},
		{"tags and other tools", log, goals("- [x] Call Tom @ana ^call #tag due:20.7.2026 ✅ 2026-07-12\n"), goals("- [x] Call Tom ^call @ana #tag due:2026-07-20 ✅ 2026-07-12\n")},
		{"another tool's day", log, goals("- [ ] Call Tom @ana 📅 2026-07-20 ^call skill:calls\n"), goals("- [ ] Call Tom ^call 📅 2026-07-20 skill:calls @ana\n")},
		{"backslashes", log, goals("- [ ] Call Tom \\@ana metric:aht\\<=390\n"), goals("- [ ] Call Tom metric:aht\\<=390 \\@ana\n")},
		{"comments", log, goals("- [ ] Call Tom @ana   <!-- x  -->   ^call  due:6.6.2026 \n"), goals("- [ ] Call Tom ^call   <!-- x  --> @ana due:2026-06-06\n")},
		{"boxes", log, goals("- [X]\tDone\n  * [N]  Not so\n  * [\t] Open\n- [/] Partly\n"), goals("- [x] Done\n  * [n] Not so\n  * [ ] Open\n- [/] Partly\n")},
		{"text", log, goals("- [ ] Two  blanks   in a text  \n  that goes on  \n"), goals("- [ ] Two  blanks   in a text  \n  that goes on\n")},
		{"what is reported", log, goals("- [X] Call Tom due:tomorrow ^call\n- [X] Call ^a ^b\n"), goals("- [X] Call Tom due:tomorrow ^call\n- [X] Call ^a ^b\n")},
		{"a day that can be two", log, goals("- [ ] Call Tom due:6/7/2026\n"), goals("- [ ] Call Tom due:6/7/2026\n")},
		{"the authors' own", log, "---\nstatus: held\n---\n## Notes\n- [X]  Mine @ana ^call\n", "---\nstatus: held\n---\n## Notes\n- [X]  Mine @ana ^call\n"},
		{"confidential", log, goals("- [X] Call ^a\n## Confidential\n\n### Short-term goals\n- [X] Mine due:20.7.2026"), goals("- [x] Call ^a\n## Confidential\n\n### Short-term goals\n- [X] Mine due:20.7.2026")},
		{"nearly confidential", log, goals("- [X] Call ^a\n##Confidential\n"), goals("- [X] Call ^a\n##Confidential\n")},
		{"a conflict", log, goals("- [X] Call\n<<<<<<< a\n- x\n=======\n- y\n>>>>>>> b\n"), goals("- [X] Call\n<<<<<<< a\n- x\n=======\n- y\n>>>>>>> b\n")},
		{"adopted", log, "---\nadopted: 1 July 2026\nstatus: held\n---\n## Short-term goals\n- [X]  Mine @ana ^call\n", "---\nadopted: 2026-07-01\nstatus: held\n---\n## Short-term goals\n- [X]  Mine @ana ^call\n"},
		{"front matter", log, "\ufeff---\r\nstatus:   held # so\r\ndate: \"6 Jul 2026\"\r\nnext: 20.7.2026\r\nminutes: 1h30\r\ntalk: 80 percent\r\nroom: 20.7.2026\r\nmetrics: {fcr: 65 %, aht: 398 s}\r\nagreed:\r\n  ana: 2026/7/6\r\n---", "\ufeff---\r\nstatus:   held # so\r\ndate: \"2026-07-06\"\r\nnext: 2026-07-20\r\nminutes: 90\r\ntalk: 80%\r\nroom: 20.7.2026\r\nmetrics: {fcr: 65%, aht: 398 s}\r\nagreed:\r\n  ana: 2026-07-06\r\n---\r\n"},
		{"a value behind a hint", log, "---\nstatus: held\nminutes:   # how long it took 30 min\n---\n", "---\nstatus: held\nminutes:   # how long it took 30 min\n---\n"},
		{"a figure", log, "---\nstatus: held\n---\n## Figures\n\n| metric | last | now | target |\n|---|---|---|---|\n| fcr | 60% | 65 % | >= 70 |\n||||| \n", "---\nstatus: held\n---\n## Figures\n\n| metric | last | now | target |\n| ------ | ---- | --- | ------ |\n| fcr    | 60%  | 65% | >= 70  |\n|        |      |     |        | \n"},
		{"a table with more in it", log, "---\nstatus: held\n---\n## Figures\n\n| metric | last | now | target |\n|---|---|---|---|\n| fcr | `60` | 65 % | >= 70 |\n", "---\nstatus: held\n---\n## Figures\n\n| metric | last | now | target |\n|---|---|---|---|\n| fcr | `60` | 65 % | >= 70 |\n"},
		{"plan", plan, "---\ntype: plan\nfocus: 1.7.2026..31.12.2026\naway: [3 Aug 2026, 2026-9-1..2026-9-4]\nset_aside: 2 h\nshare: {team: {since: 6.6.2026, parts: [goals]}}\n---\n## Strengths\n- Calm  received:13.7.2026\n## Role history\n- Tier 2 promoted:1.1.2026 skill:x\n", "---\ntype: plan\nfocus: 1.7.2026..31.12.2026\naway: [2026-08-03, 2026-09-01..2026-09-04]\nset_aside: 120\nshare: {team: {since: 2026-06-06, parts: [goals]}}\n---\n## Strengths\n- Calm received:2026-07-13\n## Role history\n- Tier 2 skill:x promoted:2026-01-01\n"},
		{"a mapping in place of a list", plan, "---\ntype: plan\ncheck_ins: {first: 3 Aug 2026}\naway:\n  - {from: 3 Aug 2026}\n  - 3 Aug 2026\n---\n", "---\ntype: plan\ncheck_ins: {first: 3 Aug 2026}\naway:\n  - {from: 3 Aug 2026}\n  - 2026-08-03\n---\n"},
		{"preparation", prep, "---\ntype: preparation\nreceived: 5 July 2026\n---\n## Focus\n- [X]  mine ^a\n", "---\ntype: preparation\nreceived: 2026-07-05\n---\n## Focus\n- [X]  mine ^a\n"},
		{"settings", "coachlog.yaml", "time: 9:30\nminutes: 30 min # at most\ntalk_aim: 80 %\nname: 20.7.2026", "time: 09:30\nminutes: 30 # at most\ntalk_aim: 80%\nname: 20.7.2026\n"},
		{"somebody else's", "people/rep1/notes.md", "---\ndate: 20.7.2026\n---\n- [X]  a", "---\ndate: 20.7.2026\n---\n- [X]  a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := canonical.Text(logparse.Parse(test.path, []byte(test.before), logparse.Headings{}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := gocmp.Diff(test.after, string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			for _, end := range []string{"\n", "\r\n", "\r"} {
				check(t, test.path, []byte(strings.ReplaceAll(test.before, "\n", end)))
			}
		})
	}
}

func FuzzText(f *testing.F) {
	for _, folder := range []string{"../testdata/*", "../testdata/*/*", "../../plan/rules/testdata/*/*", "../../templates/*", "../../cmd/testdata/formatters/people/*/*"} {
		files, err := filepath.Glob(folder)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			if ext := filepath.Ext(file); ext != ".md" && ext != ".yaml" {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, path := range []string{log, plan, prep, "people/rep1/pulse-2026-Q3.md", "coachlog.yaml"} {
			check(t, path, text)
		}
	})
}

// check holds a text to what fmt promises: what is written means the same, a second time
// changes nothing, other bytes stay, and a page shows the same.
func check(t *testing.T, path string, text []byte) {
	t.Helper()
	before := logparse.Parse(path, text, logparse.Headings{})
	got, err := canonical.Text(before)
	if err != nil {
		t.Fatalf("%s: %v\n%q", path, err, text)
	}
	for _, e := range canonical.Edits(before) {
		span := e.Span
		if bytes.ContainsAny(text[span.Start:span.End], "\r\n") || strings.ContainsAny(e.Text, "\r\n") && span.Start != len(text) {
			t.Fatalf("%s: it writes %q over %q, and so a line end\n%q", path, e.Text, text[span.Start:span.End], text)
		}
		if _, shown := before.Line(before.Position(span.Start).Line); !shown && span.Start != len(text) {
			t.Fatalf("%s: it writes %q on a confidential line\n%q", path, e.Text, text)
		}
	}
	after := logparse.Parse(path, got, logparse.Headings{})
	if diff := gocmp.Diff(meaning(before), meaning(after), meansTheSame); diff != "" {
		t.Fatalf("%s: -before +after:\n%s\n%q\n%q", path, diff, text, got)
	}
	if edits := canonical.Edits(after); len(edits) > 0 {
		t.Fatalf("%s: a second time it writes %q at %d\n%q\n%q", path, edits[0].Text, edits[0].Span.Start, text, got)
	}
	if path == "coachlog.yaml" {
		return
	}
	if diff := gocmp.Diff(page(path, text), page(path, got)); diff != "" {
		t.Fatalf("%s: the page -before +after:\n%s\n%q\n%q", path, diff, text, got)
	}
}

var meansTheSame = gocmp.Options{
	cmpopts.IgnoreTypes(logparse.Span{}),
	cmpopts.IgnoreUnexported(logparse.Item{}, logparse.Settings{}, logparse.Headings{}),
	cmpopts.IgnoreFields(logparse.Session{}, "Sectioned"),
	cmpopts.EquateNaNs(),
}

// meaning is all that is read of a file, without places.
func meaning(d *logparse.Document) []any {
	var codes []string
	for _, x := range d.Diagnostics {
		codes = append(codes, x.Code)
	}
	settings := &logparse.Settings{}
	if d.Kind == logparse.SettingsFile {
		settings, _ = logparse.ParseSettings(d.Path, d.Text)
	}
	return []any{d.Kind, d.Broken(), d.Session, d.Plan, d.Preparation, d.Assessment, settings, codes, bytes.Count(d.Text, []byte("\n")) - bytes.Count(d.Text[max(0, len(d.Text)-1):], []byte("\n"))}
}

var (
	markdown = goldmark.New(goldmark.WithExtensions(extension.TaskList, extension.Strikethrough))
	dated    = regexp.MustCompile(`\b(due:|received:|since:|promoted:)[^\s<]+`)
	number   = regexp.MustCompile(`(\d) ?(?i:%|％|percent|per cent|pct\.?|prozent)`)
	dashes   = regexp.MustCompile(`-+`)
)

// page is what a page shows of a text's body, line by line: but for the order of words, days,
// the marks of boxes, and the dashes of tables.
func page(path string, text []byte) []string {
	front := logparse.Parse(path, text, logparse.Headings{}).Front.Span.End
	if front = min(front, len(text)); !bytes.HasSuffix(text, []byte("\n")) {
		text = append(bytes.Clone(text), '\n') // goldmark takes a last line of one # for text
	}
	var out bytes.Buffer
	if err := markdown.Convert(text[front:], &out); err != nil {
		return []string{err.Error()}
	}
	var lines []string
	for line := range strings.SplitSeq(out.String(), "\n</") {
		line = strings.ToLower(dashes.ReplaceAllString(dated.ReplaceAllString(number.ReplaceAllString(line, "$1%"), "$1"), "-"))
		words := strings.Fields(strings.NewReplacer("<", " <", "|", " | ").Replace(line))
		slices.SortFunc(words, func(a, b string) int { return cmp.Compare(a, b) })
		lines = append(lines, strings.Join(words, " "))
	}
	return lines
}

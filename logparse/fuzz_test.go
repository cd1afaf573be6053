package logparse

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

const sessionPath = "people/rep1/2026-07-06.md"

// addSeeds gives a fuzz target every file of testdata whose name ends so.
func addSeeds(f *testing.F, ext string) {
	f.Helper()
	for _, dir := range []string{"", "ok", "err"} {
		files, err := filepath.Glob(filepath.Join("testdata", dir, "*"+ext))
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
}

func FuzzParse(f *testing.F) {
	addSeeds(f, ".md")
	for _, end := range []string{"\r", "\u0085", "\u2028", "\u2029", "\v", "\f", "\r\r\n"} {
		f.Add([]byte(strings.ReplaceAll("---\nstatus: held\nroom: \"a\n\nb\" # c\nminutes: {a: [1]}\n---\n## Confidential\n- x\n", "\n", end)))
		f.Add([]byte("---\nstatus: held\nroom: \"" + end + end + "\"\nminutes: {a: 1}\nnote: |\n  a" + end + "  b\n---\n- [ ] ..." + end))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		before := bytes.Clone(text)
		for _, path := range []string{sessionPath, "people/rep1/plan.md", "people/rep1/pulse-2026-Q3.md", "notes.md"} {
			d := Parse(path, text, Headings{})
			if !bytes.Equal(text, before) {
				t.Fatal("the input was changed")
			}
			if !bytes.Equal(d.Text, before) {
				t.Fatal("the document holds another text")
			}
			checkDocument(t, d)
		}
		ParseMetrics("metrics/july.csv", text)
		if !bytes.Equal(text, before) {
			t.Fatal("the input was changed")
		}
	})
}

// checkDocument checks what holds of every document, whatever its text.
func checkDocument(t *testing.T, d *Document) {
	t.Helper()
	in := func(what string, s Span) {
		t.Helper()
		if s.Start < 0 || s.End < s.Start || s.End > len(d.Text) {
			t.Fatalf("%s has the span %v in a file of %d bytes", what, s, len(d.Text))
		}
	}
	checkDiagnostics(t, d)
	if !slices.IsSortedFunc(d.Diagnostics, func(a, b Diagnostic) int { return a.Span.Start - b.Span.Start }) {
		t.Fatal("the diagnostics don't come in the file's order")
	}
	in("the front matter", d.Front.Span)
	for field := range d.Front.Fields() {
		in("the field "+field.Key, field.Span)
		if shown := d.Front.Shown(field.Key); !isOneLine(shown) {
			t.Fatalf("the field %s is shown as %q", field.Key, shown)
		}
	}
	for _, ignore := range d.Ignores {
		in("an ignore", ignore.Span)
	}
	if s := d.Session; s != nil {
		for _, span := range []Span{s.Coachee.Span, s.Coach.Span, s.Date.Span, s.Status.Span, s.Kind.Span, s.Minutes.Span, s.Talk.Span, s.Next.Span} {
			in("a value", span)
		}
		for _, m := range s.Metrics {
			in("a metric", m.Span)
		}
	}
	end := 0
	for _, section := range d.sections {
		in("a section", section.Span)
		in("a heading", section.Heading)
		if section.Span.Start < end {
			t.Fatalf("the section %q starts before the last one ends", section.Title)
		}
		end = section.Span.End
		checkItems(t, d, section.Items, section.Span)
		checkPassages(t, d, section)
	}
	last := Position{1, 1}
	for at, b := range d.Text {
		if !utf8.RuneStart(b) {
			continue
		}
		p := d.Position(at)
		if p.Line < last.Line || p.Line == last.Line && p.Column < last.Column || p.Line > d.LineCount()+1 {
			t.Fatalf("byte %d is at %v, the byte before at %v", at, p, last)
		}
		last = p
	}
}

// checkPassages wants one line for each passage, and none that is confidential.
func checkPassages(t *testing.T, d *Document, section *Section) {
	t.Helper()
	passages := d.Passages(section)
	if section.Name == Confidential && len(passages)+len(d.Body(section)) > 0 {
		t.Fatalf("confidential: %v", passages)
	}
	for _, p := range passages {
		if !isOneLine(p.Text) || p.Text == "" {
			t.Fatalf("the passage %q", p.Text)
		}
	}
}

func checkDiagnostics(t *testing.T, d *Document) {
	t.Helper()
	for _, g := range d.Diagnostics {
		if g.Code == InternalError { // nothing that is read provokes it
			t.Fatal(g.Message)
		}
		if g.Span.Start < 0 || g.Span.End < g.Span.Start || g.Span.End > len(d.Text) {
			t.Fatalf("%s has the span %v in a file of %d bytes", g.Code, g.Span, len(d.Text))
		}
		if !slices.ContainsFunc(Diagnostics, func(k DiagnosticKind) bool { return k.Code == g.Code && k.Severity == g.Severity }) {
			t.Fatalf("%s is not in the catalogue", g.Code)
		}
		if g.Message == "" || g.Remedy == "" {
			t.Fatalf("%s lacks a message or a remedy", g.Code)
		}
		checkFix(t, d, g)
	}
}

// checkFix checks that a fix can be tried out, and leaves every confidential line as it is.
func checkFix(t *testing.T, d *Document, g Diagnostic) {
	t.Helper()
	for _, e := range g.Fix {
		if d.isHidden(d.lineSpan(d.lineAt(e.Span.Start))) {
			t.Fatalf("the fix of %s touches a confidential line", g.Code)
		}
	}
	if fixed, err := d.Fixed(g.Fix...); err == nil && len(g.Fix) > 0 && len(fixed.hidden) != len(d.hidden) {
		t.Fatalf("the fix of %s changes what is confidential", g.Code)
	}
}

var markerForm = regexp.MustCompile(`^(?:[-+*]|\d+[.)])$`)

// checkItems checks that items lie one behind the other within their parent.
func checkItems(t *testing.T, d *Document, items []*Item, parent Span) {
	t.Helper()
	at := parent.Start
	for _, it := range items {
		within := func(what string, s, outer Span) {
			t.Helper()
			if s.Start < outer.Start || s.End < s.Start || s.End > outer.End {
				t.Fatalf("%s of %q has the span %v outside of %v", what, it.Text, s, outer)
			}
		}
		within("the item", it.Span, Span{at, parent.End})
		within("the marker", it.Marker, it.Span)
		if marker := d.Text[it.Marker.Start:it.Marker.End]; !markerForm.Match(marker) {
			t.Fatalf("%q has the marker %q", it.Text, marker)
		}
		if it.IsTask() {
			within("the box", it.Box, it.Span)
			mark, size := utf8.DecodeRune(d.Text[it.Box.Start:it.Box.End])
			if size != it.Box.End-it.Box.Start || stateOf(mark) != it.State {
				t.Fatalf("the box of %q holds %q and its state is %s", it.Text, d.Text[it.Box.Start:it.Box.End], it.State)
			}
		}
		if it.Text != "" {
			within("the text", it.TextSpan, it.Span)
		}
		for _, s := range []Span{it.ID.Span, it.Owner.Span, it.Due.Span, it.Target.Span, it.Skill.Span} {
			if s != (Span{}) {
				within("a token", s, it.Span)
			}
		}
		checkItems(t, d, it.Items, it.Span)
		at = it.Span.End
	}
}

// full is goldmark as a forge runs it, as far as coachlog reads markdown.
var full = goldmark.New(goldmark.WithExtensions(extension.TaskList))

// FuzzMarkdownOracle compares the headings and checkboxes that parseBlocks finds with
// those that goldmark finds.
func FuzzMarkdownOracle(f *testing.F) {
	addSeeds(f, ".md") // to goldmark, front matter is a line and a heading
	for _, s := range []string{
		"Notes\n-----\n\n- [ ] a\n", "Notes\n=====\n", "text\nmore\n---\n", "- a\n---\n- [x] b\n", "> a\n---\n", "- [ ] a\n  ===\n",
		"- [ ]\n", "- [x] \n", "-   [x] a\n", "1) [X] a\n2) [ ] b\n", "- [x]a\n", "- \n  [ ] a\n", "-\n  [x] a\n", "- a\n\n\n  - [ ] b\n",
		"-\t[ ] a\n\t- [x] b\n", "- [ ] a\n- - [x] b\n", "    - [ ] code\n", "```\n- [ ] a\n```\n- [ ] b\n", "- ```\n  - [ ] a\n", "<!--\n- [ ] a\n-->\n",
		"# a #\n## b ##\n#c\n####### d\n", "- # a\n", "- > [ ] a\n", "* * *\n- - -\n", "- [ ] a\n\n      - [ ] b\n", "a\n- [ ] b\n1. [ ] c\n2. [ ] d\n",
		"\ufeff# a\n", "# a\r\n\r\n- [ ] b\r\n  - [x] c\r\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s := newSource("x.md", body)
		if !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0 || bytes.Contains(body, []byte("]:")) {
			t.Skip() // not read; or link definitions, which are no text to goldmark
		}
		if _, why := tooComplex(s); why != "" {
			t.Skip()
		}
		root := full.Parser().Parse(text.NewReader(s.plain[s.bom:]))
		want := found{s: s}
		want.tree(root)
		got := found{s: s}
		for _, b := range parseBlocks(s, s.bom) {
			if b.heading != nil {
				got.heading(b.heading.level, b.heading.title)
			}
			got.list(b.items)
		}
		if diff := cmp.Diff(want.lines, got.lines); diff != "" {
			t.Errorf("-goldmark +logparse:\n%s", diff)
		}
	})
}

// found is one line for each heading and list item, in the file's order.
type found struct {
	s     *Source
	lines []string
}

func (f *found) heading(level int, title string) {
	f.lines = append(f.lines, strings.Repeat("#", level)+" "+strings.Join(strings.Fields(title), " "))
}

func (f *found) list(items []*Item) {
	for _, it := range items {
		mark := "no box"
		// a page shows no box of a formatter's, nor one with an odd blank behind it
		own := it.IsTask() && (f.s.plain[it.Box.Start-1] != '[' || it.Box.Start > 1 && f.s.plain[it.Box.Start-2] == '\\' || f.s.plain[it.Box.End] != ']' || !isMarkerEnd(f.s.plain, it.Box.End+1))
		if it.IsTask() && !own && bytes.IndexByte([]byte(" xX"), f.s.plain[it.Box.Start]) >= 0 {
			mark = "[" + string(f.s.plain[it.Box.Start]) + "]"
		}
		f.lines = append(f.lines, "item "+mark)
		f.list(it.Items)
	}
}

// tree reads goldmark's tree: headings of the top level, and lists there and in
// other lists.
func (f *found) tree(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if parent.Kind() == ast.KindDocument {
				b := blockReader{s: f.s, base: f.s.bom}
				f.heading(n.Level, b.title(n))
			}
		case *ast.List:
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				f.lines = append(f.lines, "item "+f.box(item))
				f.tree(item)
			}
		}
	}
}

// box is the mark of an item's checkbox. goldmark wants no blank behind it, and
// reads one in a heading; GFM doesn't.
func (f *found) box(item ast.Node) string {
	first := item.FirstChild()
	if first == nil || first.Kind() != ast.KindTextBlock && first.Kind() != ast.KindParagraph || first.Lines().Len() == 0 {
		return "no box"
	}
	if _, ok := first.FirstChild().(*extast.TaskCheckBox); !ok {
		return "no box"
	}
	segment := first.Lines().At(0)
	line := bytes.TrimLeft(segment.Value(f.s.plain[f.s.bom:]), " \t")
	if len(line) < 3 || line[1] != ' ' && line[1] != 'x' && line[1] != 'X' || !isMarkerEnd(line, 3) {
		return "no box"
	}
	return string(line[:3])
}

func FuzzEdit(f *testing.F) {
	addSeeds(f, ".md")
	f.Fuzz(func(t *testing.T, text []byte) {
		d := Parse(sessionPath, text, Headings{})
		if d.Broken() || d.Session == nil {
			t.Skip()
		}
		checkSetField(t, d)
		checkAppend(t, d)
		checkFigures(t, d)
		checkAnswer(t, d)
		checkCopy(t, d)
	})
}

func everyItem(d *Document) []*Item {
	var all []*Item
	for _, s := range d.sections {
		all = append(all, slices.Collect(AllItems(s.Items))...)
	}
	return all
}

// said is what a document says, an item a line.
func said(d *Document, leaveOut func(*Item) bool) []string {
	var out []string
	for _, s := range d.sections {
		out = append(out, "# "+s.Title)
		for it := range AllItems(s.Items) {
			if leaveOut == nil || !leaveOut(it) {
				out = append(out, strings.Join([]string{it.State.String(), it.Text, it.ID.V, it.Owner.V, it.Due.V.String(), it.Target.V.String(), it.Skill.V}, "|"))
			}
		}
	}
	return out
}

// checkAnswer: an answer is what is new, and nothing else changes.
func checkAnswer(t *testing.T, d *Document) {
	t.Helper()
	for _, name := range SectionNames {
		for _, question := range d.Session.Unanswered(name) {
			for _, lines := range [][]string{{"calls"}, {"calls", "- breaks"}} {
				answered, err := d.Apply(d.AnswerItem(question, lines))
				if err != nil {
					continue // refused, and the old document stands
				}
				if before, after := len(d.Session.Unanswered(name)), len(answered.Session.Unanswered(name)); after >= before {
					t.Errorf("%d questions were unanswered, and %d are in\n%s", before, after, answered.Text)
				}
			}
		}
	}
}

// checkFigures: rows under Figures that say nothing of the day change no value.
func checkFigures(t *testing.T, d *Document) {
	t.Helper()
	edit, ok := d.AddFigures([]Figure{{"aht", "412", "<= 390"}, {"fcr", "", ""}})
	if !ok {
		return
	}
	filled, err := d.Apply(edit)
	if err != nil {
		return // refused, and the old document stands
	}
	value := func(m Measure) Measure { return Measure{m.Metric, m.Value, Span{}} }
	same := func(x, y Measure) bool { return value(x) == value(y) }
	if !slices.EqualFunc(d.Session.Metrics, filled.Session.Metrics, same) {
		t.Errorf("the values %v became %v in\n%s", d.Session.Metrics, filled.Session.Metrics, filled.Text)
	}
}

func checkSetField(t *testing.T, d *Document) {
	t.Helper()
	for _, key := range []string{"talk", "coach", "metrics", "zz_new"} {
		edit, err := d.SetField(key, "80")
		if err != nil {
			continue
		}
		set, err := d.Apply(edit)
		if err != nil {
			continue // refused, and the old document stands
		}
		if field := set.Front.Field(key); field == nil || field.Text != "80" {
			t.Fatalf("%s was set to 80 and is %+v", key, field)
		}
		checkOutside(t, d, set, edit)
		for field := range d.Front.Fields() {
			if now := set.Front.Field(field.Key); field.Key != key && (now == nil || now.Text != field.Text) {
				t.Fatalf("%s was set, and %s was %q and is %+v", key, field.Key, field.Text, now)
			}
		}
		if diff := cmp.Diff(said(d, nil), said(set, nil)); diff != "" {
			t.Fatalf("%s was set:\n%s", key, diff)
		}
	}
}

// checkOutside checks that an edit's text taken out again gives the old text.
func checkOutside(t *testing.T, before, after *Document, edit Edit) {
	t.Helper()
	end := edit.Span.Start + len(edit.Text)
	undone := slices.Concat(after.Text[:edit.Span.Start], before.Text[edit.Span.Start:edit.Span.End], after.Text[end:])
	if !bytes.Equal(undone, before.Text) {
		t.Fatal("the edit changed bytes outside of its range")
	}
}

func checkAppend(t *testing.T, d *Document) {
	t.Helper()
	const goal, action = "A wholly new goal", "A wholly new action"
	isNew := func(it *Item) bool { return strings.HasPrefix(it.Text, goal) || it.Text == action }
	for _, name := range []SectionName{FollowUp, ShortTerm, Notes} {
		had := d.Session.Section(name) != nil
		edit, err := d.AppendItems(name, "- [ ] "+goal+" ^zz-new\n  - [/] "+action+"\n")
		if err != nil {
			t.Fatal(err)
		}
		added, err := d.Apply(edit)
		if err != nil {
			continue
		}
		checkOutside(t, d, added, edit)
		if n := len(everyItem(added)) - len(everyItem(d)); n != 2 {
			t.Fatalf("two items were added to %s, and there are %d more\n%s", name, n, added.Text)
		}
		if had {
			if diff := cmp.Diff(said(d, isNew), said(added, isNew)); diff != "" {
				t.Fatalf("added to %s:\n%s", name, diff)
			}
		}
	}
}

// checkCopy checks that a copy is one item with all that stood in it.
func checkCopy(t *testing.T, d *Document) {
	t.Helper()
	var items []*Item
	for _, s := range d.sections {
		switch s.Name {
		case FollowUp, ShortTerm, MidTerm, LongTerm:
			items = append(items, slices.Collect(AllItems(s.Items))...)
		}
	}
	for _, it := range items {
		if !it.IsTask() || it.State == Unknown {
			continue
		}
		copied := d.Copy(it, "", func(it *Item) (State, bool) { return it.State, true })
		if strings.ContainsAny(copied, "\r") {
			t.Fatalf("the copy of %q has a CR", it.Text)
		}
		src := "---\nstatus: held\n---\n\n## Short-term goals\n\n" + copied + "\n"
		got := everyItem(Parse(sessionPath, []byte(src), Headings{}))
		if len(got) != 1+len(slices.Collect(AllItems(it.Items))) || got[0].Text != it.Text {
			t.Fatalf("%d items were copied, and there are %d:\n%s\n--- in\n%s", 1+len(slices.Collect(AllItems(it.Items))), len(got), copied, d.Text)
		}
	}
}

var (
	fuzzTarget = regexp.MustCompile(`^metric:([^<>=]+)(<=|>=|=)([+-]?\d+(?:\.\d+)?)(?:s|min|h|%|％|(?i:percent|pct\.?|prozent))?$`)
	fuzzMonth  = regexp.MustCompile(`[\pL,]`)
	fuzzEscape = regexp.MustCompile(`\\([[:punct:]])`)
)

// FuzzToken compares how one word behind an action is read with the grammar of
// the tokens, written down a second time here.
func FuzzToken(f *testing.F) {
	for _, word := range []string{
		"^id", "^", "^a-b", "^-a", "^a.", "^é", "^e\u0301", "^\u0301", "@josh", "@", "@a@b", "due:2026-07-31", "due:2026-02-29", "due:", "due:x", "due:20.7.2026", "due:6/7/2026", "due:7/7/2026", "due:2026-7.6", "metric:fcr>=75%", "metric:aht<=390s", `metric:aht\<=390`, `\@josh`, `due\:2026-07-31`, `metric\:aht\<\=390`, `\\^a`, "^a@b", "#a", "x^a", "Due:2026-07-31",
		"metric:aht<=390", "metric:aht<390", "metric:aht=0.5", "metric:é>=-1", "metric:", "metric:aht<=1e3", "metric:aht<=.5", "skill:a", "skill:a:b", "[x]", "`^a`", "<!--", "-->", "\\^a", "^a<!--b-->", "%%a%%", "%%%%", "a%b",
	} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		if !utf8.ValidString(word) || word == "" || strings.Contains(word, "<!--") || strings.Contains(word, "%%") || strings.ContainsFunc(word, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) || unicode.Is(unicode.So, r) }) {
			t.Skip()
		}
		d := Parse(sessionPath, []byte("---\nstatus: held\n---\n\n## Short-term goals\n\n- [ ] Text "+word+"\n"), Headings{})
		if len(d.Session.ShortTerm) != 1 {
			t.Fatalf("%q: %d goals", word, len(d.Session.ShortTerm))
		}
		it := d.Session.ShortTerm[0].Item
		prefix := ""
		for _, p := range []string{"^", "@", "due:", "metric:", "skill:"} {
			if bare := fuzzEscape.ReplaceAllString(word, "$1"); strings.HasPrefix(bare, p) && bare != p {
				prefix = p
			}
		}
		rest := word
		if prefix != "" {
			rest = strings.TrimPrefix(fuzzEscape.ReplaceAllString(word, "$1"), prefix)
		}
		want, code := Tokens{RareTokens: &RareTokens{}}, ""
		span := Span{len(d.Text) - 1 - len(word), len(d.Text) - 1}
		switch prefix {
		case "^", "@", "skill:":
			to := map[string]*Value[string]{"^": &want.ID, "@": &want.Owner, "skill:": &want.Skill}[prefix]
			if *to = (Value[string]{NormalID(rest), span, true}); !IsID(rest) {
				*to, code = Value[string]{}, "bad-id"
			}
		case "due:":
			if fuzzMonth.MatchString(rest) && strings.ContainsAny(rest, "0123456789") {
				t.Skip() // it may have a month's name
			}
			days := make(map[Date]bool)
			for _, form := range []string{"2006-1-2", "2006.1.2", "2006/1/2", "2.1.2006", "2/1/2006", "2-1-2006", "1.2.2006", "1/2/2006", "1-2-2006"} {
				if day, err := time.Parse(form, rest); err == nil && day.Year() > 0 {
					days[DateOf(day)] = true
				}
			}
			code = "bad-date"
			for day := range days {
				if len(days) == 1 {
					want.Due, code = Value[Date]{day, span, true}, ""
				}
			}
		case "metric:":
			code = "bad-target"
			if m := fuzzTarget.FindStringSubmatch(prefix + rest); m != nil && IsID(m[1]) {
				number, ok := parseNumber(m[3])
				if ok {
					want.Target, code = Value[Target]{Target{NormalID(m[1]), m[2], number}, span, true}, ""
				}
			}
		}
		if diff := cmp.Diff(want, *it.Tokens); diff != "" {
			t.Errorf("%q: -want +got:\n%s", word, diff)
		}
		wantText := "Text"
		if prefix == "" {
			wantText += " " + word
		}
		if it.Text != wantText {
			t.Errorf("%q: the text is %q", word, it.Text)
		}
		if got := slices.ContainsFunc(d.Diagnostics, func(d Diagnostic) bool { return d.Code == code && d.Span == span }); got != (code != "") {
			t.Errorf("%q: the diagnostics are %+v", word, d.Diagnostics)
		}
	})
}

func FuzzSettings(f *testing.F) {
	addSeeds(f, ".yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		before := bytes.Clone(text)
		settings, d := ParseSettings("coachlog.yaml", text)
		if !bytes.Equal(text, before) {
			t.Fatal("the input was changed")
		}
		checkDiagnostics(t, d)
		seen := make(map[string]bool)
		for _, p := range settings.People {
			if seen[p.ID] || !IsID(p.ID) {
				t.Fatalf("the person %q", p.ID)
			}
			seen[p.ID] = true
			if string(d.plain[p.Span.Start:p.Span.End]) == "" {
				t.Fatalf("%q has the span %v", p.ID, p.Span)
			}
		}
		for _, m := range settings.Metrics {
			if !IsID(m.Key) {
				t.Fatalf("the metric %q", m.Key)
			}
		}
		Parse(sessionPath, []byte("---\nstatus: held\n---\n\n## Ziele\n\n- [ ] a\n"), settings.Headings)
	})
}

// FuzzQuoteYAML reads back what QuoteYAML wrote.
func FuzzQuoteYAML(f *testing.F) {
	for _, s := range []string{
		"", "Ana", "Ana María", "no", "1e3", "0o7", "12:30", "a: b", "a #b", "- a", "'a'", `"a"`, `a\b`, "@josh", "[a", "{a}", "*a", "&a", "!a", "%a", "`a`", "~", "null", "a ", " a", "2026-07-06", "<b>&", "\u2028", "é", "e\u0301", "🎉", "#a", "a:", "? a", "---", "...", "=", "<<", "0x1F", "1_000", ".inf", "+1", "A.", "a, b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if !utf8.ValidString(value) || strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }) || strings.Count(value, "[")+strings.Count(value, "{") > maxYAMLNesting {
			t.Skip()
		}
		quoted := QuoteYAML(value)
		if len("note: "+quoted) > maxYAMLLine {
			t.Skip() // which is said of such a line
		}
		d := Parse(sessionPath, []byte("---\nstatus: held\nnote: "+quoted+"\n---\n"), Headings{})
		field := d.Front.Field("note")
		if field == nil || field.Text != value {
			t.Fatalf("%q was written as %s and is %+v", value, quoted, field)
		}
		if got := string(d.plain[field.Span.Start:field.Span.End]); got != quoted {
			t.Errorf("%s has the span of %s", quoted, got)
		}
	})
}

func TestParseDate(t *testing.T) {
	for _, s := range []string{"2026-07-06", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"} {
		if d, err := ParseDate(s); err != nil || d.String() != s {
			t.Errorf("%s is read as %v, %v", s, d, err)
		}
	}
	for _, s := range []string{
		"", "2026", "2026-07", "2026-7-6", "2026-13-45", "2026-00-10", "2026-02-30", "2026-02-29", "1900-02-29", "2026-04-31", "0000-01-01", "-2026-07-06",
		"06/07/2026", "2026/07/06", "20260706", "tomorrow", " 2026-07-06", "2026-07-06 ", "2026-07-06T10:00:00Z", "10000-01-01", "２０２６-07-06",
	} {
		if d, err := ParseDate(s); err == nil || !d.IsZero() {
			t.Errorf("%q is read as %v", s, d)
		}
	}
}

func date(t *testing.T, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDateArithmetic(t *testing.T) {
	for _, tt := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-01-31", 2, "2026-03-31"}, {"2026-01-31", 3, "2026-04-30"},
		{"2026-03-31", -1, "2026-02-28"}, {"2026-12-31", 2, "2027-02-28"}, {"2026-01-15", -1, "2025-12-15"}, {"2026-01-31", -14, "2024-11-30"},
		{"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"}, {"2026-07-06", 0, "2026-07-06"},
	} {
		if got := date(t, tt.from).AddMonths(tt.months).String(); got != tt.want {
			t.Errorf("%s and %d months: %s, want %s", tt.from, tt.months, got, tt.want)
		}
	}
	for _, tt := range []struct {
		from, to string
		want     int
	}{
		{"2026-07-06", "2026-07-06", 0}, {"2026-07-06", "2026-07-13", 7}, {"2026-07-13", "2026-07-06", -7}, {"2026-02-28", "2026-03-01", 1}, {"2024-02-28", "2024-03-01", 2},
		{"2025-12-31", "2026-01-01", 1}, {"2026-03-28", "2026-03-30", 2}, {"2026-10-24", "2026-10-26", 2}, {"2026-01-01", "2027-01-01", 365}, {"1900-01-01", "2100-01-01", 73049},
	} {
		from, to := date(t, tt.from), date(t, tt.to)
		if got := from.DaysUntil(to); got != tt.want {
			t.Errorf("from %s to %s: %d days, want %d", from, to, got, tt.want)
		}
		if got := from.AddDays(tt.want); got != to {
			t.Errorf("%s and %d days: %s, want %s", from, tt.want, got, to)
		}
		if from.Before(to) != (tt.want > 0) || (from.Compare(to) == 0) != (tt.want == 0) || from.Compare(to) != -to.Compare(from) {
			t.Errorf("%s and %s are in no order", from, to)
		}
	}
	late := time.Date(2026, 7, 6, 23, 30, 0, 0, time.FixedZone("", -10*3600))
	if got := DateOf(late).String(); got != "2026-07-06" {
		t.Errorf("half an hour before midnight in Honolulu is %s", got)
	}
	if text, err := (Date{}).MarshalText(); err != nil || string(text) != "" {
		t.Errorf("no date is written %q, %v", text, err)
	}
}

func TestNormalText(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""}, {"Close  the\tcall.", "close the call"}, {" Close the call ", "close the call"}, {"CLOSE THE CALL", "close the call"}, {"Close the call...", "close the call"}, {"Close .", "close"},
		{"Straße", "straße"}, {"STRASSE", "strasse"}, {"Cafe\u0301", "caf\u00e9"}, {"CAFÉ", "café"}, {"ΣΊΣΥΦΟΣ", "σίσυφοσ"}, {"σίσυφος", "σίσυφοσ"}, {"要約を書く", "要約を書く"}, {"a\u00a0b", "a b"},
		{"v1.2", "v1.2"}, {".", ""}, {"İstanbul", "İstanbul"}, {"I\u0307stanbul", "İstanbul"}, {"ISTANBUL ı", "istanbul ı"}, {"\u017fum", "sum"}, {"ẞ", "ß"}, {"K", "k"},
	} {
		if got := NormalText(tt.text); got != tt.want {
			t.Errorf("%q is %q, want %q", tt.text, got, tt.want)
		}
		if got := NormalText(tt.want); got != tt.want {
			t.Errorf("%q changes again, to %q", tt.want, got)
		}
	}
	if got := NormalID("Cafe\u0301"); got != "Caf\u00e9" {
		t.Errorf("NormalID: %q", got)
	}
}

func TestIsID(t *testing.T) {
	for _, id := range []string{"a", "rep1", "Rep1", "1", "josé", "jose\u0301", "田中", "अनीता", "a-b", "a_b", "a.b", "a--b", "a_", "a-1", "ملخص"} {
		if !IsID(id) || !IsID(NormalID(id)) {
			t.Errorf("%q is no id", id)
		}
	}
	for _, id := range []string{"", ".", "..", "a.", ".a", "-a", "a-", "_a", "a..b", "a b", "a/b", `a\b`, "a@b", "\u0301a", "a,", "🎉", "a\x00", "a\n", "a\u202e", "a\u200d", "a:b", "a|b", "a'b"} {
		if IsID(id) {
			t.Errorf("%q is an id", id)
		}
	}
}

func TestPosition(t *testing.T) {
	for _, tt := range []struct {
		name, text, at string
		want           Position
	}{
		{"first", "abc", "a", Position{1, 1}},
		{"second line", "a\nbc", "c", Position{2, 2}},
		{"mark", "\ufeffabc", "a", Position{1, 1}},
		{"mark, second line", "\ufeffa\nb", "b", Position{2, 1}},
		{"CRLF", "a\r\nbc\r\nd", "d", Position{3, 1}},
		{"CRLF, within", "a\r\nbc\r\nd", "c", Position{2, 2}},
		{"CR", "a\rbc\rd", "d", Position{3, 1}},
		{"tab is one column", "\t\tb", "b", Position{1, 3}},
		{"two bytes", "éb", "b", Position{1, 2}},
		{"four bytes", "🎉b", "b", Position{1, 2}},
		{"combining", "e\u0301b", "b", Position{1, 3}},
		{"end", "a\nb\n", "", Position{3, 1}},
	} {
		s := newSource("x.md", []byte(tt.text))
		offset := len(tt.text)
		if tt.at != "" {
			offset = strings.Index(tt.text, tt.at)
		}
		if got := s.Position(offset); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	s := newSource("x.md", []byte("a\n"))
	if low, high := s.Position(-5), s.Position(99); low != (Position{1, 1}) || high != (Position{2, 1}) {
		t.Errorf("offsets outside of the file are at %v and %v", low, high)
	}
}

func TestCopy(t *testing.T) {
	all := func(it *Item) (State, bool) { return it.State, true }
	for _, tt := range []struct {
		name, body, item string
		keep             func(*Item) (State, bool)
		want             string
	}{
		{"remarks", "- [ ] Goal ^g\n  - [x] One ^one\n    - It went well.\n  - [/] Two ^two\n", "Goal", all,
			"- [ ] Goal ^g\n  - [x] One ^one\n    - It went well.\n  - [/] Two ^two"},
		{"nested", "- [ ] Goal ^g\n  - [x] One ^one\n    - It went well.\n      1. Deeper\n  - [/] Two ^two\n", "One", all,
			"- [x] One ^one\n  - It went well.\n    1. Deeper"},
		{"left out", "- [ ] Goal ^g\n  - [x] One ^one\n    - It went well.\n  - [/] Two ^two\n  A lazy line.\n", "Goal",
			func(it *Item) (State, bool) { return Open, it.ID.V != "one" }, "- [ ] Goal ^g\n  - [ ] Two ^two\n  A lazy line."},
		{"the day of a tick", "- [x] Goal ✅ 2026-07-12\n  ^g\n  - [x] One ✅ 2026-07-12 ^one @josh\n", "Goal", func(it *Item) (State, bool) { return Open, true },
			"- [ ] Goal\n  ^g\n  - [ ] One ^one @josh"},
		{"the day of a tick that stays", "- [x] One ^one ✅ 2026-07-12\n", "One", all, "- [x] One ^one ✅ 2026-07-12"},
		{"code block", "- [ ] Goal ^g\n\n  ```\n  - [ ] code\n    more\n  ```\n\n  - [ ] One\n", "Goal", all,
			"- [ ] Goal ^g\n\n  ```\n  - [ ] code\n    more\n  ```\n\n  - [ ] One"},
		{"code block of a nested item", "- [ ] Goal ^g\n  - [ ] One ^one\n\n    ```\n    x\n      y\n    ```\n", "One", all,
			"- [ ] One ^one\n\n  ```\n  x\n    y\n  ```"},
		{"loose", "- [ ] Goal ^g\n\n  - [ ] One ^one\n\n    A paragraph.\n\n  - [ ] Two ^two\n\n- [ ] Next\n", "Goal", all,
			"- [ ] Goal ^g\n\n  - [ ] One ^one\n\n    A paragraph.\n\n  - [ ] Two ^two"},
		{"comment", "- [ ] Goal ^g <!-- ask Ana -->\n  <!-- a note -->\n  - [ ] One\n", "Goal", all,
			"- [ ] Goal ^g <!-- ask Ana -->\n  <!-- a note -->\n  - [ ] One"},
		{"tabs", "- [ ] Goal ^g\n\t- [x] One ^one\n\t\t- It went well.\n", "Goal", all,
			"- [ ] Goal ^g\n\t- [x] One ^one\n\t\t- It went well."},
		{"tabs, nested", "- [ ] Goal ^g\n\t- [x] One ^one\n\t\t- It went well.\n", "One", all,
			"- [x] One ^one\n\t- It went well."},
		{"a tab below blanks", "- [ ] Goal ^g\n  - [x] One ^one\n\t- It went well.\n", "One", all,
			"- [x] One ^one\n  - It went well."},
		{"CRLF", "- [ ] Goal ^g\r\n  - [x] One ^one\r\n\r\n    Text.\r\n", "One", all, "- [x] One ^one\n\n  Text."},
		{"stars", "* [ ] Goal ^g\n  * [x] One\n", "Goal", all, "* [ ] Goal ^g\n  * [x] One"},
		{"numbers", "10. [ ] Goal ^g\n    1. [x] One\n", "Goal", all, "10. [ ] Goal ^g\n    1. [x] One"},
		{"many lines", "- [ ] Goal\n  goes on ^g\n  - [x] One\n    goes on ^one\n", "One goes on", all, "- [x] One\n  goes on ^one"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			eol := "\n"
			if strings.Contains(tt.body, "\r\n") {
				eol = "\r\n"
			}
			d := Parse(sessionPath, []byte(strings.ReplaceAll("---\nstatus: held\n---\n\n## Short-term goals\n\n", "\n", eol)+tt.body), Headings{})
			it := d.itemAt(func(it *Item) bool { return it.Text == tt.item })
			if it == nil {
				t.Fatalf("there is no item %q", tt.item)
			}
			if diff := cmp.Diff(tt.want, d.Copy(it, "", tt.keep)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestBombs reads files that are made to stop a parser. Each is refused, or read
// in time; how long it takes is logged.
func TestBombs(t *testing.T) {
	const front = "---\ntype: session\ncoachee: rep1\ndate: 2026-07-06\nstatus: held\n"
	inBody := func(s string) string { return front + "---\n\n## Notes\n\n" + s }
	inFront := func(s string) string { return front + s + "---\n" }
	times := strings.Repeat
	var deep, wide, laughs, merges, keys, anchors strings.Builder
	for i := range 8000 {
		deep.WriteString(times("  ", i%120) + "- a\n")
	}
	row := times("|a", 4000) + "|\n"
	wide.WriteString(row + times("|-", 4000) + "|\n" + times("|\n", 4000))
	laughs.WriteString("a0: &a0 [x,x,x,x,x,x,x,x,x]\n")
	merges.WriteString("m0: &m0 {k0: v}\n")
	for i := range 9 {
		laughs.WriteString("a" + string(rune('1'+i)) + ": &a" + string(rune('1'+i)) + " [" + times("*a"+string(rune('0'+i))+",", 9) + "]\n")
		merges.WriteString("m" + string(rune('1'+i)) + ": &m" + string(rune('1'+i)) + " {<<: [" + times("*m"+string(rune('0'+i))+",", 9) + "]}\n")
	}
	for i := range 16000 {
		keys.WriteString("k" + FormatNumber(float64(i)) + ": 1\n")
		anchors.WriteString("k" + FormatNumber(float64(i)) + ": &a" + FormatNumber(float64(i)) + " 1\n")
	}
	bombs := []struct {
		name, path, text string
		code             string // "" where it is read
	}{
		{"4,000 markers on 4,000 lines", sessionPath, inBody(times("- ", 4000) + "a\n" + times("- a\n", 4000)), "too-complex"},
		{"4,000 lines, each nested deeper", sessionPath, inBody(steps(4000)), "too-complex"},
		{"8,000 lines nested up to 120 deep", sessionPath, inBody(deep.String()), ""},
		{"16,000 lines nested 30 deep on each", sessionPath, inBody(times(times("- ", 30)+"a\n", 16000)), ""},
		{"19,000 lines of 30 quote marks", sessionPath, inBody(times(times(">", 30)+" a\n", 19000)), ""},
		{"a table of 4,000 columns and rows", sessionPath, inBody(wide.String()), ""},
		{"nested attributes", sessionPath, inBody("# a {" + times("a={", 4000) + times("}", 4000) + "}\n"), ""},
		{"attributes of headings", sessionPath, inBody(times("# a {#b .c d=[[[[[[\n", 4000)), ""},
		{"open brackets", sessionPath, inBody(times("[", 100000) + "\n"), ""},
		{"open brackets of links", sessionPath, inBody(times("[a](", 50000) + "\n"), ""},
		{"stars", sessionPath, inBody(times("**a *", 50000) + "\n"), ""},
		{"back quotes", sessionPath, inBody(manyFences(600) + "\n"), ""},
		{"open comments", sessionPath, inBody(times("<!-- ", 50000) + "\n"), ""},
		{"open comments in items", sessionPath, front + "---\n\n## Short-term goals\n\n- [ ] " + times("<!-- a ", 50000) + "\n", ""},
		{"close open comments in an item", sessionPath, front + "---\n\n## Short-term goals\n\n- [ ] " + times("<!--", 250000) + "\n", ""},
		{"comments in an item", sessionPath, front + "---\n\n## Short-term goals\n\n- [ ] " + times("<!-- a --> b ", 40000) + "\n", ""},
		{"one item of many lines", sessionPath, front + "---\n\n## Short-term goals\n\n- [ ] a\n" + times("  <!-- b\n", 19000), ""},
		{"many items", sessionPath, front + "---\n\n## Short-term goals\n\n" + times("- [ ] a ^a\n", 19000), ""},
		{"many tokens", sessionPath, front + "---\n\n## Short-term goals\n\n- [ ] a" + times(" due:2026-07-06", 60000) + "\n", ""},
		{"many signs", sessionPath, front + "---\n\n## Short-term goals\n\n- [ ] a ^a" + times(" [] (a:: #b", 60000) + "\n", ""},
		{"many signs behind tokens", sessionPath, front + "---\n\n## Short-term goals\n\n- [ ] a ^a" + times(" #b [[c]]", 60000) + "\n", ""},
		{"many near tokens", sessionPath, front + "---\n\n## Short-term goals\n\n- [ ] " + times("adue:2026-07-06 (a^b) @@ ", 40000) + "\n", ""},
		{"near boxes", sessionPath, front + "---\n\n## Short-term goals\n\n" + times("-[ ] a\n", 19000), ""},
		{"a long near box", sessionPath, front + "---\n\n## Short-term goals\n\n" + times("- \u00a0[", 100000) + "\n", ""},
		{"indents", sessionPath, front + "---\n\n## Short-term goals\n\n" + times("- [ ] a\n - [ ] b\n", 9000), ""},
		{"near headings", sessionPath, front + "---\n\n" + times("##Notes\n", 19000), ""},
		{"odd blanks", sessionPath, front + "---\n\n## Short-term goals\n\n" + times("\u200b", 200000) + "\n", ""},
		{"hints", sessionPath, inFront("minutes: # how long it took" + times(" 30", 1000) + "\n"), ""},
		{"link definitions", sessionPath, inBody(times("[a]: /b\n", 19000)), ""},
		{"many sections", sessionPath, front + "---\n\n" + times("## Notes\n", 19000), ""},
		{"underlines", sessionPath, inBody(times("a\n=\n", 9000)), ""},
		{"blank lines", sessionPath, inBody("- a\n" + times("\n", 19000) + "b\n"), ""},
		{"lists set apart by blank lines", sessionPath, inBody(times("- a\n\n\n", 6000)), ""},
		{"one long line", sessionPath, inBody(times("a ", 500000)), ""},
		{"too many lines", sessionPath, inBody(times("\n", 21000)), "too-complex"},
		{"too many bytes", sessionPath, inBody(times("a", 2<<20)), "too-complex"},
		{"CRs", sessionPath, inBody(times("\r", 15000)), ""},
		{"conflict markers", sessionPath, inBody(times("<<<<<<< a\n", 19000)), "conflict-marker"},
		{"ignore comments", sessionPath, inBody(times("<!-- coachlog: ignore a: b -->\n", 19000)), ""},
		{"one long ignore comment", sessionPath, inBody("<!-- coachlog: ignore a" + times(" , a", 200000) + "\n"), ""},
		{"billion laughs", sessionPath, inFront(laughs.String()), ""},
		{"billion laughs in a known key", sessionPath, inFront(laughs.String() + "metrics: {aht: *a9}\n"), ""},
		{"merge bomb", sessionPath, inFront(merges.String()), ""},
		{"a mapping that holds itself", sessionPath, inFront("a: &a [*a]\n"), ""},
		{"20,000 open brackets", sessionPath, inFront("a: " + times("[", 20000) + "\n"), "too-complex"},
		{"20,000 open braces", sessionPath, inFront("a: " + times("{a: ", 20000) + "\n"), "too-complex"},
		{"20,000 dashes", sessionPath, inFront("a:\n  " + times("- ", 20000) + "\n"), "too-complex"},
		{"20,000 question marks", sessionPath, inFront(times("? ", 20000) + "\n"), "too-complex"},
		{"500 lines, each deeper", sessionPath, inFront("a:\n" + strings.ReplaceAll(steps(500), "- a", "a:")), "too-complex"},
		{"16,000 keys", sessionPath, inFront(keys.String()), ""},
		{"16,000 anchors", sessionPath, inFront(anchors.String()), ""},
		{"16,000 metrics", sessionPath, inFront("metrics:\n  " + strings.ReplaceAll(keys.String(), "\n", "\n  ") + "\n"), ""},
		{"one line of keys", sessionPath, inFront("a: {" + strings.ReplaceAll(keys.String(), "\n", ", ") + "}\n"), ""},
		{"one line of values", sessionPath, inFront("a: [" + times("1,", 120000) + "]\n"), ""},
		{"one line of metrics", sessionPath, inFront("metrics: {" + strings.ReplaceAll(keys.String(), "\n", ", ") + "}\n"), ""},
		{"one line of merges", sessionPath, inFront("a: &a {b: c}\nd: {" + times("<<: *a, ", 30000) + "}\n"), ""},
		{"one long key", sessionPath, inFront("? " + times("a", 200000) + "\n: b\n"), ""},
		{"one long quoted value", sessionPath, inFront("a: \"" + times(`\n`, 100000) + "\"\n"), ""},
		{"front matter never closed", sessionPath, front + times("a:\n", 15000), "front-matter-unclosed"},
		{"comments", sessionPath, inFront(times("# a\n", 15000)), ""},
		{"billion laughs", "coachlog.yaml", laughs.String() + "people: *a9\n", "yaml-alias"},
		{"16,000 rules", "coachlog.yaml", "rules:\n  " + strings.ReplaceAll(keys.String(), "\n", "\n  ") + "\n", "unknown-value"},
		{"16,000 keys", "coachlog.yaml", keys.String(), ""},
		{"16,000 people", "coachlog.yaml", "people:\n  " + strings.ReplaceAll(keys.String(), "\n", "\n  ") + "\n", "wrong-type"},
		{"20,000 rows", "metrics/a.csv", "date,person,metric,value\n" + times("2026-07-06,rep1,aht,398\n", 19000), ""},
		{"an open quote", "metrics/a.csv", "date,person,metric,value\n\"" + times("a\n", 19000), "bad-metric-row"},
		{"bad rows", "metrics/a.csv", "date,person,metric,value\n" + times("a\n", 19000), "bad-metric-row"},
	}
	for _, b := range bombs {
		t.Run(b.name, func(t *testing.T) {
			start := time.Now()
			d := &Document{}
			switch filepath.Ext(b.path) {
			case ".yaml":
				_, d = ParseSettings(b.path, []byte(b.text))
			case ".csv":
				_, d = ParseMetrics(b.path, []byte(b.text))
			default:
				d = Parse(b.path, []byte(b.text), Headings{})
			}
			took := time.Since(start)
			t.Logf("%7.1f ms for %4d kB: %d diagnostics", float64(took.Microseconds())/1000, len(b.text)>>10, len(d.Diagnostics))
			if took > time.Minute { // what isn't linear takes longer, whatever else the machine does
				t.Errorf("took %v", took)
			}
			if found := slices.ContainsFunc(d.Diagnostics, func(g Diagnostic) bool { return g.Code == b.code }); b.code != "" && !found {
				t.Errorf("%s is not among the %d diagnostics", b.code, len(d.Diagnostics))
			}
		})
	}
}

// steps is n lines of which each is nested deeper by one.
func steps(n int) string {
	var out strings.Builder
	for i := range n {
		out.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return out.String()
}

// manyFences is back quotes in runs of 1 to n.
func manyFences(n int) string {
	var out strings.Builder
	for i := range n {
		out.WriteString(strings.Repeat("`", i+1) + " ")
	}
	return out.String()
}

// FuzzPlainYAML holds the fast path against yaml.v3: what it reads, it reads the
// same, to the byte.
func FuzzPlainYAML(f *testing.F) {
	for _, seed := range []string{
		"type: session\ncoachee: rep1\ndate: 2026-07-06\nstatus: held              # planned | held\nminutes: \nmetrics: {aht: 398, fcr: 71.5, qa: }\n",
		"a: b c  # d\n# comment\n\nb: null\nc: ~\nd: NULL", "a: {b: c,}\n", "a: {}\n", "a : b\n", "a:b\n", "a: b:c\n", "a: b #c\n", "a: b#c\n", "a: 'b'\n", "a: it's\n",
		"a: -1\n", "a: - b\n", "null: a\n", "a: b\n c\n", "a:\n  b\n", "a:   # nothing\n", "a: {b: c} # d\n", "a: {b: c}#d\n", "a: {b: c, b: d}\n", "  a: b\n", " # x\na: b\n", "a: b\n#", "a: @b\n", "a: yes\nb: 1e3\n", "-: a\n", "--- a\n", "---\n", "a: (b), c\n", "a: +b/c.d@e\n", "a: b\n...\nc: d\n", "a: {b: null}\n", "y: n\n", "a: {b:c}\n", "a: { b: c }\n", "a:\tb\n", "a: b\t\n", "_a: b\n",
		"a: [b, c d,]\nb: []\nc: [ ]\n", "a: [b c, {d: e}, [f], ]\n", "a: {b: {c: [d, e], f: }, g: h}\n", "a: [b: c]\n", "a: [,]\n", "a: [b]c\n", "a: [b] # c\n", "a: [[[[[[[b]]]]]]]\n", "a: {b: [c}\n", "a: [null, ~]\n", "a: [- b]\n", "a: [b\n  c]\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := newSource("x.md", []byte(text))
		if bytes.Contains(s.Text, byteOrderMark) || !utf8.ValidString(text) {
			return
		}
		body := Span{0, len(s.plain)}
		got, ok := parsePlainYAML(s, body)
		if !ok {
			return
		}
		var reported []Diagnostic
		want := parseAnyYAML(s, body, func(d Diagnostic) { reported = append(reported, d) })
		if len(reported) > 0 || want == nil {
			t.Fatalf("%q is read, and yaml.v3 says %+v", text, reported)
		}
		if diff := diffYAML(want, got); diff != "" {
			t.Fatalf("%q: %s", text, diff)
		}
	})
}

func diffYAML(want, got *yamlNode) string {
	switch {
	case want.kind != got.kind || want.kind == yamlScalar && (want.text != got.text || want.span != got.span):
		return fmt.Sprintf("want %+v, got %+v", want, got)
	case len(want.entries) != len(got.entries) || len(want.items) != len(got.items):
		return fmt.Sprintf("want %d keys and %d items, got %d and %d", len(want.entries), len(want.items), len(got.entries), len(got.items))
	}
	for i, w := range want.items {
		if diff := diffYAML(w, got.items[i]); diff != "" {
			return diff
		}
	}
	for i, w := range want.entries {
		g := got.entries[i]
		if w.key != g.key || w.keySpan != g.keySpan {
			return fmt.Sprintf("want key %q at %v, got %q at %v", w.key, w.keySpan, g.key, g.keySpan)
		}
		if diff := diffYAML(w.value, g.value); diff != "" {
			return w.key + ": " + diff
		}
	}
	return ""
}

// FuzzPlainMarkdown holds the fast path of markdown against goldmark: what it
// reads, it reads the same, to the byte.
func FuzzPlainMarkdown(f *testing.F) {
	addSeeds(f, ".md") // to both, front matter is a line and a heading
	for _, s := range []string{
		"# a\n\n- [ ] b\n  - c\n    more\n\n  - d\n- e\n\nf\n  g\n<!-- h\n\n-->i\nj\n", "- # a\n\t-", "- a\n- b\n\n  c\n", "- a\nb\n", "- a\n  b\n- c\n", "a\n- b\n", "a\n  - b\n", "a\n    - b\n",
		"- a\n\n  - b\n\n- c\n# d\n", "<!-->\na\n", "<!--->\na\n", "- a\n<!-- b -->\n  - c\n", "# a #\n", "#\n", "# \n", "####### a\n", "**a** b\n* * *\n", "12 a\n1. b\n", "- 1 a\n- 1) b\n",
		"- a\n   b\n", "- a\n      b\n", "- a\n  - b\n c\n", "- a\n\n\n- b\n", "a\n\n---\n", "a\n---\n", "- a\n  ---\n", "é\n\u00a0\n", "- [x]\n  a\n", "a  \n\n  \nb\v\n", "- a\v\n\v\n- b\n", "[a]: b\n\nc\n", "a\n\n\t- b\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s := newSource("x.md", body)
		if _, why := tooComplex(s); why != "" || !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0 {
			t.Skip() // not read
		}
		want, got := showBlocks(goldmarkBlocks(s, s.bom)), showBlocks(parseBlocks(s, s.bom))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q\n-goldmark +the fast path:\n%s", body, diff)
		}
	})
}

func showBlocks(blocks []block) (lines []string) {
	for _, b := range blocks {
		line := fmt.Sprintf("%v text %t", b.span, b.text)
		if b.heading != nil {
			line += fmt.Sprintf(" heading %+v", *b.heading)
		}
		lines = append(lines, line)
		for it := range AllItems(b.items) {
			lines = append(lines, fmt.Sprintf("  %v marker %v %s box %v lines %v items %d", it.Span, it.Marker, it.State, it.Box, it.lines, len(it.Items)))
		}
	}
	return lines
}

// TestPlainMarkdownOfLines does the same with texts made of lines that go together badly.
func TestPlainMarkdownOfLines(t *testing.T) {
	starts := []string{"", "", "", "", "  ", "  ", "    ", " ", "   ", "      ", "\t", "  \t", "        "}
	lines := []string{"", "", "", "- a", "- a", "- a", "- [ ] a", "- [x] ", "- [ ]", "-", "- ", "-  a", "- - a", "-\ta", "* a", "+ a", "1. a", "2) a", "a", "a", "# a", "## a #", "#", "# #", "###### a", "####### a", "#a",
		"---", "===", "- ---", "***", "**a**", "**", "_a_", "<!-- a -->", "<!-- a", "a -->", "-->", "<!-->", "<b>", "</div>", "<pre>", "```", "~~~", "> a", "[a]: b", "| a |", "12 a", "- 1 a", "- 1. a", "é", "\u00a0", "- \u00a0", "a\v", "\v", "\f", "a  ", "a\\", "- # a", "- > a", "- ```", "- <!-- a -->", "- <!-- a", "- a <!--", ":", "- :a"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var body strings.Builder
		for range 1 + random.IntN(12) {
			body.WriteString(starts[random.IntN(len(starts))] + lines[random.IntN(len(lines))] + "\n")
		}
		text := strings.TrimSuffix(body.String(), strings.Repeat("\n", random.IntN(2)))
		s := newSource("x.md", []byte(text))
		if diff := cmp.Diff(showBlocks(goldmarkBlocks(s, 0)), showBlocks(parseBlocks(s, 0))); diff != "" {
			t.Fatalf("%q\n-goldmark +the fast path:\n%s", text, diff)
		}
	}
}

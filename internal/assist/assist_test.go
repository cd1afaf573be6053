package assist

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/plan/rules"
)

var update = flag.Bool("update", false, "write what comes out as what is wanted")

// cursor marks the place in the open text.
const cursor = "‸"

// TestFeatures asks, of each archive, for what its first line names, at the cursor in one of
// its files, on 10 August 2026.
func TestFeatures(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			a := txtar.Parse(text)
			feature, _, _ := strings.Cut(string(a.Comment), "\n")
			v, offset := open(t, a)
			do := features[strings.TrimSpace(feature)]
			if do == nil {
				t.Fatalf("no feature %q", feature)
			}
			got := do(v, offset)
			at := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
			if *update {
				if at < 0 {
					at, a.Files = len(a.Files), append(a.Files, txtar.File{Name: "want"})
				}
				a.Files[at].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if at < 0 {
				t.Fatal("nothing is wanted")
			}
			if diff := cmp.Diff(string(a.Files[at].Data), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestSilence has a finding of each rule go, once somebody has written why behind the colon,
// and not before.
func TestSilence(t *testing.T) {
	archives, err := filepath.Glob("../../plan/rules/testdata/bad/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	today, _ := logparse.ParseDate("2026-08-10")
	silenced := 0
	for _, name := range archives {
		if strings.HasSuffix(name, "log-twin.txtar") { // whose logs are twins only as long as they are the same
			continue
		}
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range lintOf(a, "", nil, today) {
			v := &View{Doc: logparse.Parse(f.File, textIn(a, f.File), logparse.Headings{}), Today: today}
			action, ok := v.silence(&f)
			if !ok {
				continue
			}
			silenced++
			edit := action.Edits[0]
			at := edit.Span.End
			for _, reason := range []string{"", " they agreed on it"} {
				comment := strings.Replace(edit.Text, f.Rule+":", f.Rule+":"+reason, 1)
				text := string(v.Doc.Text[:at]) + comment + string(v.Doc.Text[at:])
				left := slices.ContainsFunc(lintOf(a, f.File, []byte(text), today), func(o rules.Finding) bool { return o.Rule == f.Rule && o.File == f.File && o.Line == f.Line })
				if left != (reason == "") {
					t.Errorf("%s: %s in %s:%d with the reason %q: still there: %t", filepath.Base(name), f.Rule, f.File, f.Line, reason, left)
				}
			}
		}
	}
	if silenced < 40 {
		t.Errorf("only %d findings were silenced", silenced)
	}
}

func textIn(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// lintOf is what lint finds in an archive, with another text in place of one file.
func lintOf(a *txtar.Archive, name string, text []byte, today logparse.Date) []rules.Finding {
	settings, doc := logparse.ParseSettings("coachlog.yaml", textIn(a, "coachlog.yaml"))
	var docs []*logparse.Document
	for _, f := range a.Files {
		if f.Name == name {
			f.Data = text
		}
		if strings.HasPrefix(f.Name, "people/") {
			docs = append(docs, logparse.Parse(f.Name, f.Data, settings.Headings))
		}
	}
	return rules.Lint(plan.New(settings, docs, nil), rules.Options{Today: today, Tier: rules.Method}, doc)
}

// TestEveryPlace asks for everything at every place of the archives' texts, also of such as are
// cut off there: nothing may be outside of the text, and edits leave a text.
func TestEveryPlace(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range archives {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		v, _ := open(t, txtar.Parse(text))
		whole := v.Doc
		for offset := range len(whole.Text) {
			everything(t, v, offset)
			if offset%7 == 0 { // with the text cut off, which nobody has judged
				v.Doc = logparse.Parse(whole.Path, whole.Text[:offset], logparse.Headings{})
				everything(t, v, offset)
				v.Doc = whole
			}
		}
	}
}

func everything(t *testing.T, v *View, offset int) {
	t.Helper()
	inside := func(span logparse.Span) {
		if span.Start < 0 || span.End < span.Start || span.End > len(v.Doc.Text) {
			t.Fatalf("%v at %d is outside of the text of %s", span, offset, v.Doc.Path)
		}
	}
	for _, c := range v.Complete(offset) {
		inside(c.Replaces)
		if c.Replaces.End != offset {
			t.Fatalf("%q at %d takes the place of %v", c.Text, offset, c.Replaces)
		}
	}
	if text, span := v.Hover(offset); text != "" {
		inside(span)
	}
	if _, span, ok := v.Renameable(offset); ok {
		inside(span)
	}
	v.Definition(offset)
	v.References(offset)
	for _, a := range v.Actions(logparse.Span{Start: offset, End: offset}, nil) {
		for _, e := range a.Edits {
			inside(e.Span)
		}
	}
	for _, l := range v.Lenses() {
		inside(l.Span)
	}
	for _, f := range Folds(v.Doc) {
		inside(f.Span)
	}
}

// open is the view of the text with the cursor, and the cursor's place.
func open(t *testing.T, a *txtar.Archive) (*View, int) {
	t.Helper()
	settings := &logparse.Settings{}
	var name string
	var docs []*logparse.Document
	var values []plan.Observation
	offset := -1
	for _, f := range a.Files {
		if at := strings.Index(string(f.Data), cursor); at >= 0 && f.Name != "want" {
			name, offset = f.Name, at
			f.Data = []byte(strings.Replace(string(f.Data), cursor, "", 1))
		}
		switch {
		case f.Name == "want":
		case f.Name == "coachlog.yaml":
			settings, _ = logparse.ParseSettings(f.Name, f.Data)
		case strings.HasSuffix(f.Name, ".csv"):
			rows, _ := logparse.ParseMetrics(f.Name, f.Data)
			values = append(values, plan.ObservationsOf(f.Name, rows)...)
		default:
			docs = append(docs, logparse.Parse(f.Name, f.Data, settings.Headings))
		}
	}
	if offset < 0 {
		t.Fatal("no cursor")
	}
	today, _ := logparse.ParseDate("2026-08-10")
	b := plan.New(settings, docs, values)
	v := &View{Book: b, Today: today}
	for _, doc := range b.Docs {
		if doc.Path == name {
			v.Doc = doc
		}
	}
	if v.Doc == nil {
		for _, f := range a.Files {
			if f.Name == name {
				v.Doc = logparse.Parse(name, []byte(strings.Replace(string(f.Data), cursor, "", 1)), settings.Headings)
			}
		}
	}
	v.Person = b.Person(b.OwnerOf(filepath.Dir(name)))
	return v, offset
}

// features write what an editor would be told.
var features = map[string]func(v *View, offset int) string{
	"complete": func(v *View, offset int) string {
		var out strings.Builder
		for _, c := range v.Complete(offset) {
			line := fmt.Sprintf("%q for %q", c.Text, v.Doc.Text[c.Replaces.Start:c.Replaces.End])
			if c.Detail != "" {
				line += ": " + c.Detail
			}
			out.WriteString(line + "\n")
		}
		return out.String()
	},
	"hover": func(v *View, offset int) string {
		text, span := v.Hover(offset)
		if text == "" {
			return "nothing\n"
		}
		return fmt.Sprintf("of %q:\n%s\n", v.Doc.Text[span.Start:span.End], text)
	},
	"definition": func(v *View, offset int) string { return placesText(v.Definition(offset)) },
	"references": func(v *View, offset int) string { return placesText(v.References(offset)) },
	"symbols":    func(v *View, _ int) string { return symbolsText(v, Symbols(v.Doc), "") },
	"folds": func(v *View, _ int) string {
		var out strings.Builder
		for _, f := range Folds(v.Doc) {
			fmt.Fprintf(&out, "%d to %d, comment %t\n", v.Doc.Position(f.Span.Start).Line, v.Doc.Position(f.Span.End).Line, f.Comment)
		}
		return out.String()
	},
	"lenses": func(v *View, _ int) string {
		var out strings.Builder
		for _, l := range v.Lenses() {
			fmt.Fprintf(&out, "%q: %s\n", v.Doc.Text[l.Span.Start:l.Span.End], l.Title)
		}
		return out.String()
	},
	"actions": func(v *View, offset int) string {
		var out strings.Builder
		findings := rules.Lint(v.Book, rules.Options{Today: v.Today, Tier: rules.Method, Past: func(path string, _ logparse.Date) bool { return path == v.Doc.Path }})
		findings = slices.DeleteFunc(findings, func(f rules.Finding) bool { return f.File != v.Doc.Path })
		for _, a := range v.Actions(logparse.Span{Start: offset, End: offset}, findings) {
			title := a.Title
			if a.Mends != nil {
				title += " (" + a.Mends.Rule + ")"
			}
			fmt.Fprintf(&out, "%s\n%s", title, editsText(v, a.Edits))
		}
		return out.String()
	},
	"format":            func(v *View, _ int) string { return editsText(v, Format(v.Doc)) },
	"rename to seen":    func(v *View, offset int) string { return renameText(v, offset, "^seen") },
	"rename to refunds": func(v *View, offset int) string { return renameText(v, offset, "refunds") },
	"rename to a b":     func(v *View, offset int) string { return renameText(v, offset, "a b") },
}

func placesText(places []Place) string {
	var out strings.Builder
	for _, p := range places {
		if p.Doc == nil {
			fmt.Fprintf(&out, "%s, byte %d\n", p.Path, p.Span.Start)
		} else {
			fmt.Fprintf(&out, "%s %q\n", p.Doc.Where(p.Span.Start), p.Doc.Text[p.Span.Start:p.Span.End])
		}
	}
	return out.String()
}

func symbolsText(v *View, symbols []Symbol, indent string) string {
	var out strings.Builder
	for _, s := range symbols {
		fmt.Fprintf(&out, "%s%s (%d) %s\n%s", indent, s.Name, s.Kind, s.Detail, symbolsText(v, s.Below, indent+"  "))
	}
	return out.String()
}

// editsText are the lines that edits make of the text, with those beside them.
func editsText(v *View, edits []logparse.Edit) string {
	var out strings.Builder
	for _, e := range edits {
		fmt.Fprintf(&out, "  %d:%d %q becomes %q\n", v.Doc.Position(e.Span.Start).Line, v.Doc.Position(e.Span.Start).Column, v.Doc.Text[e.Span.Start:e.Span.End], e.Text)
	}
	return out.String()
}

func renameText(v *View, offset int, name string) string {
	places, name, err := v.Rename(offset, name)
	if err != nil {
		return err.Error() + "\n"
	}
	return name + "\n" + placesText(places)
}

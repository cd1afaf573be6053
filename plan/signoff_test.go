package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coachlog/coachlog/logparse"
)

const signedBody = "A word.\n\nCoachlog-Agreed: people/rep1/2026-07-06.md\nCoachlog-Agreed-Text: abc\nCoachlog-Agreed-By: rep1\n"

func TestReadSignOff(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		ok   bool
	}{
		"whole":               {signedBody, true},
		"no body":             {"", false},
		"not at the end":      {signedBody + "\nAnd a word more.\n", true},
		"a line among them":   {strings.Replace(signedBody, "Coachlog-Agreed-Text", "no trailer\nCoachlog-Agreed-Text", 1), false},
		"given twice":         {signedBody + "Coachlog-Agreed-By: josh\n", false},
		"without the content": {strings.Replace(signedBody, "Coachlog-Agreed-Text: abc\n", "", 1), false},
		"signed off by git":   {signedBody + "Signed-off-by: Rep <rep@example.org>\n", true},
		"with CRLF":           {strings.ReplaceAll(signedBody, "\n", "\r\n"), true},
		"squashed":            {"* x agrees\n\n    " + strings.ReplaceAll(signedBody, "\n", "\n    "), true}, // as git does
	} {
		t.Run(name, func(t *testing.T) {
			s, ok := ReadSignOff(&Commit{Body: c.body})
			if ok != c.ok || ok && (s.Person != "rep1" || s.Path != "people/rep1/2026-07-06.md" || s.Text != "abc") {
				t.Errorf("got %+v, %t", s, ok)
			}
		})
	}
}

// TestSignOffs says whose word counts, among commits of which the newest is first.
func TestSignOffs(t *testing.T) {
	docs := []*logparse.Document{
		logparse.Parse("people/rep1/plan.md", []byte("---\ntype: plan\nperson: rep1\naliases: [rep0]\nemail: [rep@example.org, rik@example.org, rep@home.example, shared@example.org]\ncoach: josh\n---\n"), logparse.Headings{}),
		logparse.Parse("people/josh/plan.md", []byte("---\ntype: plan\nperson: josh\nemail: [josh@example.org, shared@example.org]\n---\n"), logparse.Headings{}),
		logparse.Parse("people/maria/plan.md", []byte("---\ntype: plan\nperson: maria\nemail: maria@example.org\n---\n"), logparse.Headings{}),
		logparse.Parse("people/rep1/2026-07-06.md", []byte("---\ntype: session\ncoachee: rep1\ncoach: josh\ndate: 2026-07-06\nstatus: held\n---\n"), logparse.Headings{}),
	}
	b := New(&logparse.Settings{Forges: []logparse.Value[string]{{V: "web@forge.example"}, {V: "josh@example.org"}},
		Agreement: logparse.Value[string]{V: "mail", Set: true}}, docs, nil)
	commit := func(id, person, mail string) *Commit {
		return &Commit{ID: id, Author: Author{"", mail, mail}, Committer: Author{"", mail, mail}, Body: strings.Replace(signedBody, "By: rep1", "By: "+person, 1)}
	}
	undo := func(id, mail string) *Commit {
		return &Commit{ID: "undo" + id, Author: Author{"", mail, mail}, Committer: Author{"", mail, mail}, Body: "Coachlog-Agreed: people/rep1/2026-07-06.md\nCoachlog-Agreed-Withdrawn: " + id}
	}
	moved := commit("m", "rep1", "old@example.org")
	moved.Author.Email, moved.Committer.Email = "rep@example.org", "rep@example.org"
	forged := commit("f", "rep1", "josh@example.org")
	forged.Author.Email, forged.Committer.Email = "rep@example.org", "rep@example.org" // as a .mailmap would have it
	by := func(c *Commit, author, committer string) *Commit {
		c.Author, c.Committer = Author{"", author, author}, Author{"", committer, committer}
		return c
	}
	mailed := func(filer, from string) *Commit {
		c := commit("mail", "rep1", filer)
		c.Body += "Coachlog-Agreed-Mail: 77@mail.example\nCoachlog-Agreed-From: " + from + "\n"
		return c
	}
	squashed := by(commit("s", "rep1", ""), "rep@example.org", "web@forge.example")
	squashed.Body += "\n\n* rep1 takes it back\n\n" + undo("1", "").Body
	earlier := commit("1", "rep0", "rep@example.org")
	earlier.Body = strings.Replace(earlier.Body, "people/rep1", "people/rep0", 1)
	renamed := undo("1", "rep@example.org")
	renamed.Body = strings.Replace(renamed.Body, "2026-07-06", "2026-07-06-b", 1)
	for name, c := range map[string]struct {
		commits []*Commit
		want    string
	}{
		"both":                        {[]*Commit{commit("2", "josh", "JOSH@example.org"), commit("1", "rep1", "rep@example.org")}, "josh 2, rep1 1"},
		"the latest of one person":    {[]*Commit{commit("2", "rep1", "rep@example.org"), commit("1", "rep1", "rep@example.org")}, "rep1 2"},
		"by another hand":             {[]*Commit{commit("1", "rep1", "josh@example.org")}, ""},
		"only the author":             {[]*Commit{by(commit("1", "rep1", ""), "rep@example.org", "josh@example.org")}, ""},
		"only the committer":          {[]*Commit{by(commit("1", "rep1", ""), "josh@example.org", "rep@example.org")}, ""},
		"committed by a forge":        {[]*Commit{by(commit("1", "rep1", ""), "rep@example.org", "noreply@github.com")}, ""},
		"by the logbook's own forge":  {[]*Commit{by(commit("1", "rep1", ""), "rep@example.org", "Web@forge.example")}, "rep1 1"},
		"a person as the forge":       {[]*Commit{by(commit("1", "rep1", ""), "rep@example.org", "josh@example.org")}, ""},
		"in other letters":            {[]*Commit{commit("1", "rep1", "RIK@example.org")}, "rep1 1"},
		"a look-alike address":        {[]*Commit{commit("1", "rep1", "ri\u212a@example.org")}, ""},
		"by mail":                     {[]*Commit{mailed("josh@example.org", "rep@example.org")}, "rep1 mail"},
		"by mail from elsewhere":      {[]*Commit{mailed("josh@example.org", "rep@elsewhere.example")}, ""},
		"by mail, filed by nobody":    {[]*Commit{mailed("who@example.org", "rep@example.org")}, ""},
		"another's, by the forge":     {[]*Commit{by(commit("1", "rep1", ""), "josh@example.org", "web@forge.example")}, ""},
		"with two of their addresses": {[]*Commit{by(commit("1", "rep1", ""), "rep@example.org", "rep@home.example")}, "rep1 1"},
		"an earlier one of their own": {[]*Commit{by(commit("2", "rep1", ""), "rep@example.org", "josh@example.org"), commit("1", "rep1", "rep@example.org")}, "rep1 1"},
		"a shared address":            {[]*Commit{by(commit("1", "rep1", ""), "rep@example.org", "shared@example.org")}, ""},
		"withdrawn by half another":   {[]*Commit{by(undo("1", ""), "rep@example.org", "josh@example.org"), commit("1", "rep1", "rep@example.org")}, "rep1 1"},
		"of no side":                  {[]*Commit{commit("1", "maria", "maria@example.org")}, ""},
		"of nobody":                   {[]*Commit{commit("1", "who", "who@example.org")}, ""},
		"withdrawn":                   {[]*Commit{undo("1", "rep@example.org"), commit("1", "rep1", "rep@example.org")}, ""},
		"withdrawn by somebody else":  {[]*Commit{undo("1", "josh@example.org"), commit("1", "rep1", "rep@example.org")}, "rep1 1"},
		"withdrawn by the forge":      {[]*Commit{by(undo("1", ""), "rep@example.org", "web@forge.example"), commit("1", "rep1", "rep@example.org")}, ""},
		"signed again after that":     {[]*Commit{commit("2", "rep1", "rep@example.org"), undo("1", "rep@example.org"), commit("1", "rep1", "rep@example.org")}, "rep1 2"},
		"withdrawn in one squash":     {[]*Commit{squashed}, ""},
		"withdrawn in a new folder":   {[]*Commit{undo("1", "rep@example.org"), earlier}, ""},
		"withdrawn by a new name":     {[]*Commit{renamed, commit("1", "rep1", "rep@example.org")}, ""},
		"by an address of old":        {[]*Commit{moved}, "rep1 m"},
		"another's address, remapped": {[]*Commit{forged}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b.Words = nil
			withdrawn := b.Withdrawn(c.commits)
			for _, commit := range c.commits {
				for _, s := range ReadSignOffs(commit) {
					if b.Counts(s, docs[3]) && !withdrawn(s) {
						b.Weigh(&s)
						b.Choose([]SignOff{s})
					}
				}
			}
			var got []string
			for _, s := range b.Words {
				got = append(got, s.Person+" "+s.Commit.ID)
			}
			if text := strings.Join(got, ", "); text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

func TestLaterEdit(t *testing.T) {
	const text = "---\ntype: session\ncoachee: rep1\ncoach: josh\ndate: 2026-07-06\nstatus: held\n---\n\n## Short-term goals\n\n- [ ] Calmer calls ^calm\n  - [ ] Breathe ^breathe\n  - [ ] Drink ^drink\n"
	for name, c := range map[string]struct {
		now      string
		lines    []int
		progress bool
	}{
		"a tick":           {strings.Replace(text, "[ ] Breathe", "[x] Breathe", 1), []int{12}, true},
		"ticked by a tool": {strings.Replace(text, "[ ] Breathe ^breathe", "[x] Breathe ^breathe ✅ 2026-07-12", 1), []int{12}, true},
		"before its id":    {strings.Replace(text, "[ ] Breathe ^breathe", "[x] Breathe ✅ 2026-07-12 ^breathe", 1), []int{12}, true},
		"a due date more":  {strings.Replace(text, "[ ] Breathe ^breathe", "[x] Breathe ^breathe 📅 2026-07-12", 1), []int{12}, false},
		"dropped":          {strings.Replace(text, "[ ] Breathe", "[-] Breathe", 1), []int{12}, false},
		"another word":     {strings.Replace(text, "Breathe", "Breathe in", 1), []int{12}, false},
		"a line more":      {text + "  - [ ] Sleep\n", []int{14}, false},
		"a line less":      {strings.Replace(text, "  - [ ] Breathe ^breathe\n", "", 1), []int{12}, false},
		"the last one":     {strings.Replace(text, "  - [ ] Drink ^drink\n", "", 1), []int{12}, false},
		"two places":       {strings.Replace(strings.Replace(text, "Calmer", "Quieter", 1), "Drink", "Sip", 1), []int{11, 13}, false},
	} {
		t.Run(name, func(t *testing.T) {
			was := logparse.Parse("people/rep1/2026-07-06.md", []byte(text), logparse.Headings{})
			is := logparse.Parse("people/rep1/2026-07-06.md", []byte(c.now), logparse.Headings{})
			e := NewLaterEdit(was, is, &Commit{ID: strings.Repeat("a", 40), Author: Author{Name: "Josh"}, Written: time.Date(2026, 7, 8, 0, 0, 0, 0, time.UTC)})
			if !slices.Equal(e.Lines, c.lines) || e.Progress != c.progress {
				t.Errorf("lines %v, ticks alone %t; want %v, %t", e.Lines, e.Progress, c.lines, c.progress)
			}
		})
	}
}

// TestChangedLines: a line that isn't listed stands in the old text, in its order.
func TestChangedLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 12)
		read := func(texts []string) (r readLines) {
			for i, text := range texts {
				r.add(text, i+1)
			}
			return r
		}
		old, now := lines.Draw(t, "old"), lines.Draw(t, "now")
		changed := changedLines(read(old), read(now))
		if len(now) > 0 && (len(changed) == 0) != slices.Equal(old, now) {
			t.Fatalf("%v lines of %q changed since %q", changed, now, old)
		}
		rest := old
		for i, l := range now {
			if slices.Contains(changed, i+1) {
				continue
			}
			at := slices.Index(rest, l)
			if at < 0 {
				t.Fatalf("line %d of %q isn't said to have changed since %q", i+1, now, old)
			}
			rest = rest[at+1:]
		}
	})
}

// TestSameAgreement says which white space nobody reads.
func TestSameAgreement(t *testing.T) {
	const text = "---\ntype: session\ncoachee: rep1\nstatus: held\n---\n\n# Title\n\nA word.\n\nAnother.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [ ] Goal ^g\n  - [ ] Act ^a\n\n```sh\n~~~\n``` more\ncode\n\n  more\n```\n"
	for name, c := range map[string]struct {
		now  string
		same bool
	}{
		"trailing blanks":        {strings.Replace(text, "A word.", "A word.  ", 1), true},
		"Windows' line ends":     {strings.ReplaceAll(text, "\n", "\r\n"), true},
		"more blank lines":       {strings.Replace(text, "\n\n", "\n\n\n\n", 3), true},
		"none below a heading":   {strings.Replace(text, "# Title\n\n", "# Title\n", 1), true},
		"a loose list":           {strings.Replace(text, "^g\n", "^g\n\n", 1), true},
		"a table's padding":      {strings.Replace(text, "| 1 | 2 |", "|1    |   2|", 1), true},
		"a table's rule":         {strings.Replace(text, "|---|---|", "| ----- | :--- |", 1), false},
		"a longer rule":          {strings.Replace(text, "|---|---|", "| ----- | --- |", 1), true},
		"no last line end":       {strings.TrimSuffix(text, "\n"), true},
		"a date of agreement":    {strings.Replace(text, "held\n", "held\nagreed: {rep1: 2026-07-06}\n", 1), true},
		"a block of dates":       {strings.Replace(text, "held\n", "held\nagreed:\n  rep1: 2026-07-06\n", 1), true},
		"two paragraphs in one":  {strings.Replace(text, "word.\n\n", "word.\n", 1), false},
		"an indent":              {strings.Replace(text, "  - [ ] Act", "- [ ] Act", 1), false},
		"a blank in code":        {strings.Replace(text, "code\n\n", "code\n", 1), false},
		"a word":                 {strings.Replace(text, "Act", "Act now", 1), false},
		"another key":            {strings.Replace(text, "held\n", "held\nminutes: 30\n", 1), false},
		"agreed in the body":     {strings.Replace(text, "A word.", "agreed: no", 1), false},
		"a key behind the dates": {strings.Replace(text, "held\n", "held\nagreed:\n  rep1: 2026-07-06\nminutes: 30\n", 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			doc := func(text string) *logparse.Document {
				return logparse.Parse("people/rep1/2026-07-06.md", []byte(text), logparse.Headings{})
			}
			if SameAgreement(doc(text), doc(c.now)) != c.same {
				t.Errorf("same is %t, want %t", !c.same, c.same)
			}
		})
	}
}

func TestLineRanges(t *testing.T) {
	for want, lines := range map[string][]int{
		"line 4": {4}, "lines 4-6": {4, 5, 6}, "lines 4-6 and 9": {4, 5, 6, 9}, "lines 1, 3 and 5": {1, 3, 5},
		"lines 1, 3, 5, 7, 9, 11 and more": {1, 3, 5, 7, 9, 11, 13, 15}, "invisible bytes": nil,
	} {
		if got := lineRanges(lines); got != want {
			t.Errorf("%v is %q, want %q", fmt.Sprint(lines), got, want)
		}
	}
}

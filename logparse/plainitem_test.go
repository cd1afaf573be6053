package logparse

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// FuzzPlainItem holds the fast path of items against the careful way.
func FuzzPlainItem(f *testing.F) {
	for _, seed := range []string{
		"Call two customers back ^b24", "a", "", " a  ", "^a @b due:2026-07-06 metric:aht<=400", "@josh said so", "a @josh", "a b  ^c", "a  b ^c", "a\u00a0b", "a <!-- c --> b ^c", "a metric:b<!--c-->", "a. ", "a..", "A B.",
		"due 2026", "a due 2026-07-06", "Due 1/2/2026 b", "due=2026-07-06", "due: 2026-07-06", "a due:1", "x:y", "a ^b ^c", "a \\^b", "http://a.b", "https a", "http ^b", "a #b ^c", "[a](b) ^c", "a -- b", "a - b", "a-b", "*a* ^b", "a_b", "a\t^b", "a ^b\t",
		"^a ^a ^a ^a ^a ^a ^a ^a ^a", "every:week every:month", "every week", "(a) b", "wow!", "a::", "DEADLINE: a", "[x] a", "skill:a by:b", "a =", "a ^", "a @", "due:",
	} {
		f.Add(seed)
	}
	f.Fuzz(checkPlainItem)
}

// TestPlainItemOfWords does the same with items made of words that are nearly something else.
func TestPlainItemOfWords(t *testing.T) {
	words := strings.Fields("a the Due due dues due: due= due:2026-07-06 due:x 2026-07-06 1/2/2026 12. (due 5) every every: every:week Every:week week metric metric: metric:aht<=4 metric:a<!--b aht<=4 until:1 " +
		"^a ^ a^b .^b @ @a @a,b a@b skill:a by:b received:1 since:2026-07-06 promoted: \\^a \\@b a\\ #a [a] [a](b) [^1] http://a https a:: id:: DEADLINE: ! a! (a) *a* _a a_b - -- --> <!-- < <b> ✅ 📅 📅2026-07-06 é a. ... = : ， due：")
	random := rand.New(rand.NewPCG(3, 4))
	for range 10_000 {
		var text strings.Builder
		for range 1 + random.IntN(6) {
			text.WriteString(words[random.IntN(len(words))] + []string{" ", " ", " ", " ", " ", " ", "  ", "\t", "\u00a0"}[random.IntN(9)])
		}
		checkPlainItem(t, strings.TrimSuffix(text.String(), strings.Repeat(" ", random.IntN(2))))
	}
}

func checkPlainItem(t *testing.T, text string) {
	for _, kinds := range [][]tokenKind{sessionTokens, planTokens} {
		var items [3]Item
		var said [3][]Diagnostic
		for i := range items {
			s := newSource("x.md", []byte("- "+text+"\n"))
			blocks, rest := plainBlocks(s, 0)
			if rest < len(s.plain) || len(blocks) != 1 || len(blocks[0].items) != 1 {
				return
			}
			it := blocks[0].items[0]
			p := &itemReader{Source: s, report: func(d Diagnostic) { said[i] = append(said[i], d) }, tokens: kinds, plan: &PlanItem{Item: it}}
			switch i {
			case 0:
				p.readWords(it)
			case 1:
				if !p.readPlainTokens(it) {
					*it = items[0]
					said[1] = said[0]
				}
			case 2:
				words := *it
				words.setText(s, words.words(s, nil))
				if it.setPlainText(s) && (it.Text != words.Text || it.TextSpan != words.TextSpan) {
					t.Errorf("%q: without tokens want %q at %v, got %q at %v", text, words.Text, words.TextSpan, it.Text, it.TextSpan)
				}
			}
			items[i] = *it
		}
		if diff := cmp.Diff(items[0], items[1], cmpopts.IgnoreUnexported(Item{})); diff != "" {
			t.Errorf("%q: -word by word +the fast path:\n%s", text, diff)
		}
		if diff := cmp.Diff(said[0], said[1], cmp.AllowUnexported(Edit{})); diff != "" {
			t.Errorf("%q: -word by word +the fast path:\n%s", text, diff)
		}
	}
}

// FuzzSimpleTitle holds the fast path of headings against the careful way.
func FuzzSimpleTitle(f *testing.F) {
	for _, seed := range []string{"Short-term goals", "a  - b", "a -", "iv goals", "x", "", "1 a", "a1", "Notes.", "A--B", " a", "a "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, title string) {
		if got, ok := simpleTitle(nil, title); ok && string(got) != normalForm(title) {
			t.Errorf("%q: want %q, got %q", title, normalForm(title), got)
		}
	})
}

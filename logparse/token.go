package logparse

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// Tokens are what follows the text of a goal or action.
type Tokens struct {
	ID          Value[string] // ^id: identity across sessions
	Owner       Value[string] // @owner: who does it
	Due         Value[Date]   // due:DATE
	*RareTokens               // never nil
}

// RareTokens are those that few items have.
type RareTokens struct {
	Target Value[Target] // metric:NAME<=NUMBER
	Skill  Value[string] // skill:NAME
	By     Value[string] // by:ID: who proposed it (method 65)
	Every  Value[string] // every:week or every:month: it is due again in each
	Ticked Value[Date]   // the day on which another tool ticked it, as ✅ 2026-07-12 says
}

// noTokens and noRareTokens are what most items have; they are shared, and never written to.
var (
	noRareTokens = &RareTokens{}
	noTokens     = &Tokens{RareTokens: noRareTokens}
)

// rare are the item's rare tokens, to write to.
func (it *Item) rare() *RareTokens {
	if it.RareTokens == noRareTokens {
		it.RareTokens = &RareTokens{}
	}
	return it.RareTokens
}

// A Target is what a metric has to reach.
type Target struct {
	Metric   string
	Relation string // "<=", ">=" or "="
	Number   float64
}

func (t Target) String() string {
	return t.Metric + t.Relation + FormatNumber(t.Number)
}

// Reached says whether a value of the metric meets the target.
func (t Target) Reached(value float64) bool {
	switch t.Relation {
	case "<=":
		return value <= t.Number
	case ">=":
		return value >= t.Number
	default:
		return value == t.Number
	}
}

// FormatNumber writes a number as people do: no exponent, no needless zeros.
func FormatNumber(n float64) string {
	if n == 0 {
		return "0" // and not "-0"
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// A tokenKind reads one word, by its prefix. A word with the prefix is a token
// even where it can't be read, so that it isn't taken for text.
type tokenKind struct {
	prefix string
	read   func(p *itemReader, it *Item, word string, span Span)
}

// sessionTokens are the tokens of a session log.
var sessionTokens = []tokenKind{
	{"^", (*itemReader).readID},
	{"@", (*itemReader).readOwner},
	{"due:", (*itemReader).readDue},
	{"metric:", (*itemReader).readTarget},
	{"skill:", (*itemReader).readSkill},
	{"by:", (*itemReader).readProposer},
	{"every:", (*itemReader).readEvery},
}

// tokenStart has the bytes that a token can start with.
var tokenStart = [256]bool{
	'^': true, '@': true, '\\': true, 'b': true, 'd': true, 'e': true, 'm': true, 'p': true, 'r': true, 's': true,
	'B': true, 'D': true, 'E': true, 'M': true, 'P': true, 'R': true, 'S': true,
}

// An itemReader reads the texts of items and the tokens behind them.
type itemReader struct {
	*Source
	report func(Diagnostic)

	reading   Headings // of days and numbers
	tokens    []tokenKind
	boxes     []int // room for where a section's boxes are
	tokenRoom room[Tokens]
	plan      *PlanItem // that is being read, of a development plan
}

// tokenKind is the kind of a word, or nil where it is no token.
func (p *itemReader) tokenKind(word []byte) *tokenKind {
	if !tokenStart[word[0]] {
		return nil
	}
	if bytes.IndexByte(word, '\\') >= 0 {
		word = []byte(unescaped(string(word)))
	}
	for i, t := range p.tokens {
		if len(word) > len(t.prefix) && string(word[:len(t.prefix)]) == t.prefix {
			return &p.tokens[i]
		}
	}
	return nil
}

// misplaced finds tokens that nobody writes as prose; "@josh" in the middle of
// a sentence is prose. glued finds them where a blank is missing before them.
var (
	misplaced = pattern.Of(`^(?i:due:\S+|metric:\S+|skill:\S+|every:\S+|\^[\p{L}\p{N}_-]+)$`)
	glued     = pattern.Of(`^.*[^\s(\[{](due:\d[\d./-]+|metric:[^\s<>=]+[<>=]\S+)$`)
	inTwo     = pattern.Of(`^(?i:due[:=：]* \d\S*[./-]\S+|due[:=：]+ \d\S*|every: ?(?:week|month)\S*|metric: ?[^\s<>=]+[<>=]\S*)$`)
	otherDue  = pattern.Of(`^(?i:due(?:=|：|::)\d\S+|(?:until|deadline|till|owed):\d[\d./-]+)$`)
	gluedID   = pattern.Of(`^.*[\p{L}.,;)\]](\^[\p{L}_][\p{L}\p{N}_-]*)$`)
)

// aroundWords are marks that can stand around a token in a text.
const aroundWords = "()[]{}*_~`\\\"'<>.,;:!?…„“”‚‘’«»"

// readTokens splits the item's words into its text and the tokens behind it.
func (p *itemReader) readTokens(it *Item) {
	if !p.readPlainTokens(it) {
		p.readWords(it)
	}
}

func (p *itemReader) readWords(it *Item) {
	var few [maxFewWords]Span
	words := it.words(p.Source, few[:0])
	text, roles := p.tail(words, func(word []byte) bool { return p.tokenKind(word) != nil })
	if text < len(words) {
		it.Tokens = p.tokenRoom.one()
		it.RareTokens = noRareTokens
	}
	for i, span := range words[text:] {
		if roles == nil || roles[i] == tokenWord {
			p.tokenKind(p.plain[span.Start:span.End]).read(p, it, unescaped(p.word(span)), span)
		}
	}
	p.findTokensInText(it, words, text)
	p.readSigns(it, words[text:], roles)
	it.setText(p.Source, shownWords(words, text, roles))
	it.NormalText = normalWords(it.Text)
}

// maxFewWords is how many words most items have at most.
const maxFewWords = 32

// findTokensInText reports those of the first words that were meant as tokens.
func (p *itemReader) findTokensInText(it *Item, words []Span, text int) {
	for i, span := range words[:text] {
		word := p.plain[span.Start:span.End]
		mark, rest := splitEmoji(word)
		if mark != "" && strings.Contains(dueEmoji, mark) && (rest != "" || i+1 < len(words) && isDigit(p.plain[words[i+1].Start])) {
			p.report(Diagnostic{Code: "token-in-text", Span: span, Message: "`" + mark + "` is text here, so no date is read",
				Remedy: "write the date as due:2026-07-06, or behind `" + mark + "`, with only tokens and signs after it"})
		} else if bytes.IndexByte(word, '^') >= 0 || bytes.IndexByte(word, ':') > 0 || !it.Due.Set && len(word) > 2 && bytes.EqualFold(word[:3], []byte("due")) {
			p.findMisplaced(words[i:text])
		}
	}
}

// shownWords moves the words of the text together, those behind tokens too.
func shownWords(words []Span, text int, roles []tailWord) []Span {
	shown := words[:text]
	for i, role := range roles {
		if role == shownWord {
			shown = append(shown, words[text+i])
		}
	}
	return shown
}

// unescaped is a token without the backslashes that formatters put before marks.
func unescaped(word string) string {
	if strings.IndexByte(word, '\\') < 0 {
		return word
	}
	return escapedMark().ReplaceAllString(word, "$1")
}

var escapedMark = pattern.Of(`\\([!-/:-@\[-\x60{-~])`)

// findMisplaced reports the first of some words of a text if it is nearly a token.
func (p *itemReader) findMisplaced(words []Span) {
	span, word := words[0], p.word(words[0])
	if strings.HasPrefix(word, "[^") { // a footnote
		return
	}
	bare := strings.Trim(word, aroundWords)
	partsAt := glued().FindStringSubmatchIndex(bare)
	if partsAt == nil && len(words) == 1 {
		partsAt = gluedID().FindStringSubmatchIndex(bare)
	}
	switch {
	case len(words) > 1 && inTwo().MatchString(word+" "+p.word(words[1])):
		p.report(Diagnostic{Code: "token-in-text", Span: Span{span.Start, words[1].End},
			Message: fmt.Sprintf("because of %s after `%s`, this is text and isn't read as a token", cmp.Or(nameOddBlank(string(p.plain[span.End:words[1].Start])), "the blank"), word),
			Remedy:  "write it as one word, as in due:2026-07-06, every:week or metric:aht<=390",
			Fix:     fixInTwo(word, p.word(words[1]), span, words[1])})
	case otherDue().MatchString(bare):
		p.report(Diagnostic{Code: "token-in-text", Span: span,
			Message: fmt.Sprintf("`%s` is text here, and not read as a token", bare),
			Remedy:  "write the day as due:2026-07-06",
			Fix:     fixOtherDue(word, span)})
	case misplaced().MatchString(bare):
		p.report(Diagnostic{Code: "token-in-text", Span: span,
			Message: fmt.Sprintf("`%s` is text here, and not read as a token", bare),
			Remedy:  "write tokens in small letters at the end of the item, with only tokens after them",
			Fix:     fixCapitals(word, span)})
	case partsAt != nil:
		p.report(Diagnostic{Code: "token-in-text", Span: span,
			Message: fmt.Sprintf("`%s` is text here, and not read as a token", bare[partsAt[2]:]),
			Remedy:  fmt.Sprintf("write a blank before `%s`", bare[partsAt[2]:]),
			Fix:     fixGlued(word, bare[partsAt[2]:], span)})
	}
}

var (
	tokenInside = pattern.Of(`[@^]|due:|metric:|skill:|every:`)
	mailDomain  = pattern.Of(`^@[\w-]+\.\w`)
)

// parted is how to write a token that can't be read: with a blank, where another
// token is glued to it.
func parted(word, remedy string) string {
	if len(word) < 2 {
		return remedy
	}
	if at := gluedToken(word); at > 0 {
		return fmt.Sprintf("write a blank before `%s`", word[at:])
	}
	if odd := nameOddBlank(word); odd != "" && !strings.Contains(remedy, odd) {
		return remedy + "; there is " + odd + " in it"
	}
	return remedy
}

// gluedToken is where in a word another token starts; 0 where none does.
func gluedToken(word string) int {
	if at := tokenInside().FindStringIndex(word[1:]); at != nil && !mailDomain().MatchString(word[1+at[0]:]) {
		return 1 + at[0]
	}
	return 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// setText sets the item's text to the words, with a blank between two.
func (it *Item) setText(s *Source, words []Span) {
	if len(words) == 0 {
		return
	}
	it.TextSpan = Span{words[0].Start, words[len(words)-1].End}
	for i := range words[1:] {
		if end := words[i].End; words[i+1].Start != end+1 || s.plain[end] != ' ' {
			it.Text = string(s.joined(words))
			return
		}
	}
	it.Text = string(s.plain[it.TextSpan.Start:it.TextSpan.End])
}

// joined is the words with a blank between two.
func (s *Source) joined(words []Span) (text []byte) {
	for i, span := range words {
		if i > 0 {
			text = append(text, ' ')
		}
		text = append(text, s.plain[span.Start:span.End]...)
	}
	return text
}

func (p *itemReader) word(span Span) string { return string(p.plain[span.Start:span.End]) }

// setToken keeps the first token of a kind and reports a second.
func setToken[T any](p *itemReader, to *Value[T], v T, word string, span Span) {
	if to.Set {
		p.report(Diagnostic{Code: "duplicate-token", Span: span,
			Message: fmt.Sprintf("`%s` is a second token of its kind on this item", word),
			Remedy:  "keep one; the first one counts"})
		return
	}
	*to = Value[T]{v, span, true}
}

func (p *itemReader) readID(it *Item, word string, span Span) {
	p.readName(&it.ID, "an id", word, word[1:], span)
}

func (p *itemReader) readOwner(it *Item, word string, span Span) {
	p.readName(&it.Owner, "an owner", word, word[1:], span)
}

func (p *itemReader) readProposer(it *Item, word string, span Span) {
	p.readName(&it.rare().By, "who proposed it", word, strings.TrimPrefix(word, "by:"), span)
}

func (p *itemReader) readSkill(it *Item, word string, span Span) {
	p.readName(&it.rare().Skill, "a skill", word, strings.TrimPrefix(word, "skill:"), span)
}

func (p *itemReader) readEvery(it *Item, word string, span Span) {
	every := strings.ToLower(strings.TrimPrefix(word, "every:"))
	if every != "week" && every != "month" {
		p.report(Diagnostic{Code: "unknown-value", Span: span,
			Message: fmt.Sprintf("`%s` is not known", word),
			Remedy:  "write every:week or every:month"})
		return
	}
	setToken(p, &it.rare().Every, every, word, span)
}

func (p *itemReader) readName(to *Value[string], what, word, name string, span Span) {
	if !IsID(name) {
		p.report(Diagnostic{Code: "bad-id", Span: span,
			Message: fmt.Sprintf("`%s` can't be %s", word, what),
			Remedy:  parted(word, "use letters and digits, with - _ or . between them"),
			Fix:     fixParted(word, span)})
		return
	}
	setToken(p, to, NormalID(name), word, span)
}

func (p *itemReader) readDue(it *Item, word string, span Span) {
	p.readDate(&it.Due, "due:", word, span)
}

func (p *itemReader) readDate(to *Value[Date], prefix, word string, span Span) {
	text := strings.TrimPrefix(word, prefix)
	date, ok := p.reading.day(text)
	if !ok {
		why, remedy := p.reading.whyNoDay(text, prefix)
		p.report(Diagnostic{Code: "bad-date", Span: span, Message: fmt.Sprintf("`%s` %s", word, why), Remedy: parted(word, remedy), Fix: fixParted(word, span)})
		return
	}
	setToken(p, to, date, word, span)
}

const relationMarks = "<>="

var relations = []string{"<=", ">=", "="}

func (p *itemReader) readTarget(it *Item, word string, span Span) {
	text := strings.TrimPrefix(word, "metric:")
	first, last := strings.IndexAny(text, relationMarks), strings.LastIndexAny(text, relationMarks)+1
	if first > 0 && last < len(text) && slices.Contains(relations, text[first:last]) && IsID(text[:first]) {
		if number, ok, _ := p.reading.metricNumber(text[:first], text[last:]); ok {
			setToken(p, &it.rare().Target, Target{NormalID(text[:first]), text[first:last], number}, word, span)
			return
		}
	}
	p.report(Diagnostic{Code: "bad-target", Span: span,
		Message: fmt.Sprintf("`%s` is not a target", word),
		Remedy:  parted(word, "write metric:NAME, then <=, >= or =, then a plain number, with no blanks, as in metric:aht<=390"),
		Fix:     fixParted(word, span)})
}

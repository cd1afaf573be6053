package logparse

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/internal/pattern"
)

// keyHints are the comments that the shipped blank files had behind a key. Whoever goes to the
// end of such a line and types has written the value behind the hint.
var keyHints = map[string][]string{
	"about": {"the coach's id"}, "agreed": {"who said yes to this text, and when: {rep1: 2026-07-06, josh: 2026-07-06}"},
	"aliases": {"ids that this person had before, as in [rep1]"}, "cadence": {"weekly | fortnightly | monthly"},
	"check_ins":  {"days on which both look at the results: [2026-08-03, 2026-08-31]"},
	"coach":      {"the coach's id; may be somebody outside the company", "the coach's id", "the colleague who leads the talk"},
	"coach_from": {"inside | outside: of the company"},
	"email":      {"the address that this person commits with; of several, a list: [a@x.org, b@x.org]"},
	"focus":      {"three or six months, as in 2026-07-01..2026-12-31"}, "known_as": {"names and numbers in other systems, as in [E1041]"},
	"metrics": {"as in {aht: 398, fcr: 71}", "that the plan is about, as in [aht, fcr]"}, "minutes": {"how long it took, in minutes", "how long it took"},
	"next": {"when the two meet again"}, "place": {"private, and free of calls"},
	"scores":    {"from 1 (not at all) to 5 (fully); leave out what you can't say", "from 1 (not at all) to 5 (fully)"},
	"set_aside": {"of a coach: minutes a week for coaching"},
	"share":     {"what may leave the logbook, by the coachee's word: {team: {since: 2026-07-06, parts: [goals]}}"},
	"status":    {"planned | held | missed | cancelled"},
	"talk":      {"percent of the talking done by the coachee; 80 is the aim"},
	"time":      {"of day when the two meet, as in 14:30, for the calendar"}, "time_zone": {"of the time, as in Europe/Berlin"},
}

// readHints looks for values that were typed behind the hint of their key.
func readHints(s *Source, root *yamlNode, report func(Diagnostic)) {
	for i := range root.entries {
		e := &root.entries[i]
		if e.value.kind != yamlScalar && !e.value.saysNothing() {
			continue
		}
		at := s.lineAt(e.keySpan.Start)
		comment := commentIn(s, Span{e.keySpan.End, s.LineSpan(at + 1).End})
		if above := s.LineSpan(at); comment.End == 0 && e.value.saysNothing() && bytes.HasPrefix(s.plain[above.Start:], []byte("#")) {
			comment = commentIn(s, above)
		}
		if comment.End == 0 {
			continue
		}
		comment.Start += len(s.plain[comment.Start:comment.End]) - len(bytes.TrimLeft(s.plain[comment.Start:comment.End], "# \t"))
		text := s.plain[comment.Start:comment.End]
		hint, known := hintOf(e.key, text)
		switch {
		case known && comment.Start > e.keySpan.End && (len(text) == len(hint) || isTyped(string(text[len(hint):]))):
			readBehindHint(s, e, Span{comment.Start + len(hint), comment.End}, report)
		case e.value.saysNothing():
			reportInComment(e, string(text), comment, report)
		}
	}
}

// commentIn is what is behind the # of a line; its End is 0 where there is none.
func commentIn(s *Source, line Span) Span {
	hash := bytes.IndexByte(s.plain[line.Start:line.End], '#')
	if hash < 0 {
		return Span{}
	}
	return Span{line.Start + hash + 1, line.End}
}

// saysNothing says whether a value is empty, or keys with nothing behind them, as
// a new log has them to fill in.
func (n *yamlNode) saysNothing() bool {
	filled := slices.ContainsFunc(n.entries, func(e yamlEntry) bool { return e.value.kind != yamlEmpty })
	return n.kind == yamlEmpty || n.kind == yamlMapping && len(n.entries) > 0 && !filled
}

func hintOf(key string, comment []byte) (hint string, known bool) {
	hints := keyHints[key]
	if at := slices.IndexFunc(hints, func(hint string) bool { return bytes.HasPrefix(comment, []byte(hint)) }); at >= 0 {
		return hints[at], true
	}
	return "", false
}

// isTyped says whether what follows a hint is a value: a number, a day, a mapping or
// list, or one word. Anything else is more of a comment.
func isTyped(rest string) bool {
	if typed := strings.TrimLeft(rest, hintGap); typed != "" {
		return strings.IndexByte("0123456789{[", typed[0]) >= 0 || len(strings.Fields(typed)) == 1 && strings.IndexByte(",;.(", typed[0]) < 0
	}
	return false
}

// hintGap is what people put between a hint and a value.
const hintGap = " \t:=>"

// readBehindHint reads the value of a key whose comment is a hint and something more.
func readBehindHint(s *Source, e *yamlEntry, rest Span, report func(Diagnostic)) {
	if before, _, glued := strings.Cut(e.value.text, "#"); glued && e.value.kind == yamlScalar { // 30# how long it took
		if value := strings.TrimSpace(before); strings.HasPrefix(string(s.plain[e.value.span.Start:e.value.span.End]), value) {
			e.value.text, e.value.span.End = value, e.value.span.Start+len(value)
			if value == "" {
				e.value.kind = yamlEmpty
			}
		}
	}
	typed := bytes.TrimLeft(s.plain[rest.Start:rest.End], hintGap)
	rest.Start = rest.End - len(typed)
	if len(typed) == 0 {
		return
	}
	if e.value.saysNothing() {
		fix := fixBehindHint(s, e, rest)
		e.value = typedValue(s, rest)
		report(Diagnostic{Code: "value-behind-hint", Span: rest,
			Message: fmt.Sprintf("`%s` is read from after its hint, where other programs see a comment", e.key),
			Remedy:  fmt.Sprintf("write it before the #, as in `%s: %s`", e.key, typed),
			Fix:     fix})
		return
	}
	if string(typed) != e.value.text && isLikely(e.key, string(typed)) {
		report(Diagnostic{Code: "two-values", Span: rest,
			Message: fmt.Sprintf("`%s` is %s, and %s is written after its hint", e.key, e.value.text, typed),
			Remedy:  fmt.Sprintf("write the one that is right before the #, as in `%s: %s`", e.key, typed)})
	}
}

// typedValue reads what comes after a hint.
func typedValue(s *Source, span Span) *yamlNode {
	p := plainLine{text: s.plain[:span.End], at: span.Start, nodes: &room[yamlNode]{}}
	if value, ok := p.value(&plainValue, 0); ok && p.at == span.End {
		return value
	}
	return &yamlNode{kind: yamlScalar, text: string(s.plain[span.Start:span.End]), span: span}
}

// isLikely says whether a text is a value that the key can have.
func isLikely(key, text string) bool {
	_, isMinutes := Minutes(text)
	_, isPercent := percentIn(text)
	switch key {
	case "minutes", "set_aside":
		return isMinutes
	case "talk":
		return isPercent
	case "date", "next":
		return len(Headings{}.days(text)) > 0
	case "status":
		return slices.Contains(Statuses, text)
	case "kind":
		return slices.Contains(Kinds, text)
	case "cadence":
		return slices.Contains(Cadences, text)
	}
	return false
}

// example ends the part of a hint that names an example.
var example = pattern.Of(`(?i)(?:\b(?:as in|like|e\.?g\.?|for example|at most|at least|up to|max\.?|min\.?|about|[,;(] ?aim|is|of|to|or|for|than|from|until)|[|:=<>(\[,-])\s*$`)

// reportInComment reports an empty key whose comment ends in a value, unless that
// reads like an example.
func reportInComment(e *yamlEntry, comment string, span Span, report func(Diagnostic)) {
	at := strings.LastIndexAny(comment, " \t") + 1
	value := comment[at:]
	if e.key == "status" || e.key == "kind" || e.key == "cadence" || !isLikely(e.key, value) || example().MatchString(comment[:at]) || at == 0 && span.Start == e.keySpan.End {
		return
	}
	report(Diagnostic{Code: "value-in-comment", Span: Span{span.Start + at, span.End},
		Message: fmt.Sprintf("`%s` has no value: %s is in a comment", e.key, value),
		Remedy:  fmt.Sprintf("if that is the value, write it after the colon, as in `%s: %s`", e.key, value)})
}

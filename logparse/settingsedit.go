package logparse

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A SectionHeadings is one section with headings that are to open it too.
type SectionHeadings struct {
	Name   SectionName
	Titles []string
}

// HeadingsYAML writes headings as coachlog.yaml has them under `sections:`, a line
// each, behind an indentation.
func HeadingsYAML(add []SectionHeadings, indent string) string {
	var out strings.Builder
	for _, s := range add {
		titles := make([]string, len(s.Titles))
		for i, title := range s.Titles {
			titles[i] = QuoteYAML(title)
			if strings.ContainsAny(title, ",[]{}") && titles[i] == title {
				quoted, _ := json.Marshal(title)
				titles[i] = string(quoted)
			}
		}
		fmt.Fprintf(&out, "%s%s: [%s]\n", indent, s.Name, strings.Join(titles, ", "))
	}
	return out.String()
}

// AddHeadings adds headings to the text of coachlog.yaml and touches nothing else
// of it. Where that can't be done safely it says why, and the text is to be
// changed by hand.
func AddHeadings(text []byte, add []SectionHeadings) ([]byte, error) {
	before, doc := ParseSettings("coachlog.yaml", text)
	s := doc.Source
	root := parseYAML(s, Span{s.bom, len(s.plain)}, func(Diagnostic) {})
	if root == nil || root.kind != yamlMapping {
		return nil, errors.New("coachlog.yaml can't be read")
	}
	at, cut, lines, err := headingsPlace(s, root.entry("sections"), add)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Write(text[:cut.Start])
	out.Write(text[cut.End:at])
	if at > 0 && s.plain[at-1] != '\n' {
		out.WriteString(s.eol())
	}
	out.WriteString(strings.ReplaceAll(lines, "\n", s.eol()))
	out.Write(text[at:])
	after, result := ParseSettings("coachlog.yaml", out.Bytes())
	if len(result.Diagnostics) > len(doc.Diagnostics) {
		return nil, errors.New("with the headings, coachlog.yaml can't be read as it is meant")
	}
	for title, name := range before.Headings.own {
		if after.Headings.own[title] != name {
			return nil, fmt.Errorf("the heading %q has a section already", title)
		}
	}
	for _, a := range add {
		for _, title := range a.Titles {
			if after.Headings.own[normalTitle(title)] != a.Name {
				return nil, fmt.Errorf("the heading %q would not be read as it is meant", title)
			}
		}
	}
	return out.Bytes(), nil
}

// headingsPlace is where lines for headings go, what has to go for them, and the
// lines.
func headingsPlace(s *Source, e *yamlEntry, add []SectionHeadings) (at int, cut Span, lines string, err error) {
	byHand := errors.New("its `sections` are written so that they can only be changed by hand")
	if e == nil {
		end := len(s.Text)
		return end, Span{end, end}, "sections:\n" + HeadingsYAML(add, "  "), nil
	}
	line := s.lineAt(e.keySpan.Start)
	next := s.lineSpan(line).End
	switch {
	case e.value.kind != yamlEmpty && e.value.kind != yamlMapping:
		return 0, cut, "", byHand
	case len(e.value.entries) == 0:
		rest := string(s.plain[e.keySpan.End:next])
		colon := strings.IndexByte(rest, ':')
		value := strings.TrimSpace(rest[colon+1:])
		if i := strings.IndexByte(value, '#'); i >= 0 {
			value = strings.TrimSpace(value[:i])
		}
		if !slices.Contains([]string{"", "{}", "{ }", "~", "null"}, value) {
			return 0, cut, "", byHand
		}
		start := e.keySpan.End + colon + 1
		end := start + strings.Index(rest[colon+1:], value) + len(value)
		if value == "" {
			end = start
		}
		return next, Span{start, end}, HeadingsYAML(add, "  "), nil
	}
	first := s.lineSpan(s.lineAt(e.value.entries[0].keySpan.Start)).Start
	indent := string(s.plain[first:e.value.entries[0].keySpan.Start])
	if first < next || strings.Trim(indent, " ") != "" || indent == "" {
		return 0, cut, "", byHand
	}
	for _, a := range add {
		if slices.ContainsFunc(e.value.entries, func(have yamlEntry) bool { return have.key == string(a.Name) }) {
			return 0, cut, "", byHand
		}
	}
	return first, Span{first, first}, HeadingsYAML(add, indent), nil
}

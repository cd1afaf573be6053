package logparse

import (
	"fmt"
	"slices"
	"strings"
)

// Settings is what coachlog.yaml says about a logbook.
type Settings struct {
	Name    Value[string]
	Cadence Value[string] // of Cadences; for people whose plan names none
	Minutes Value[int]    // how long a session is meant to take
	TalkAim Value[int]    // percent of the talking that the coachee is meant to do

	FiscalYearStarts Value[int] // the month, 1 to 12, in which fiscal years start

	Time     Value[Clock]  // of day at which sessions start, where a plan names none
	TimeZone Value[string] // of Time, as in Europe/Berlin

	Signatures     Value[string] // of SignatureWants: which commits the audit wants signed
	SignaturesFrom Value[Date]   // the first day whose commits have to be

	People   []PersonSettings
	Metrics  []Metric
	Imports  []Import
	Rules    []RuleSetting
	Headings Headings
}

// SignatureWants lists which commits can have to be signed.
var SignatureWants = []string{"none", "sign-offs", "all"}

// PersonSettings are the defaults of one person, used where the development
// plan says nothing; a person without a plan may stand here too.
type PersonSettings struct {
	ID      string
	Span    Span
	Name    Value[string]
	Coach   Value[string]
	Cadence Value[string]
	Team    Value[string]
	Emails  []Value[string]
	KnownAs []Value[string] // names and numbers that other systems have for the person
}

// A Metric is an entry of the logbook's catalogue (method 88).
type Metric struct {
	Key       string
	Span      Span
	Name      Value[string]
	Unit      Value[string]
	Direction Value[string] // of Directions
	How       Value[string] // how it is computed

	TargetFrom Value[string]      // where targets come from, as a contract or the desk's own median
	Possible   Value[NumberRange] // what a value can be at all, in the metric's unit
}

// Directions lists which way a metric is better.
var Directions = []string{"lower", "higher", "range"}

// A RuleSetting gives one rule another severity.
type RuleSetting struct {
	Rule     string
	Severity Severity
	Span     Span
}

// ParseSettings reads coachlog.yaml.
func ParseSettings(path string, text []byte) (settings *Settings, doc *Document) {
	settings, doc = &Settings{}, &Document{Source: newSource(path, text), Kind: SettingsFile}
	defer doc.catch()
	if !doc.readable() {
		return settings, doc
	}
	doc.readConflicts()
	defer doc.finish()
	root := parseYAML(doc.Source, Span{doc.bom, len(doc.plain)}, doc.report)
	if root == nil {
		return settings, doc
	}
	r := &keyReader{root: root, report: doc.report}
	if r.typed("coachlog.yaml", root, yamlMapping) == nil {
		return settings, doc
	}
	settings.Name = r.text("name")
	settings.Cadence = r.choice("cadence", Cadences)
	settings.Minutes = r.whole("minutes", "the length in minutes", 1, 24*60)
	settings.TalkAim = r.whole("talk_aim", "the coachee's share of the talking in percent", 0, 100)
	settings.FiscalYearStarts = r.whole("fiscal_year_starts", "the month in which the fiscal year starts, from 1 to 12", 1, 12)
	settings.Time = r.clock("time")
	settings.TimeZone = r.timeZone("time_zone")
	settings.Signatures = r.choice("signatures", SignatureWants)
	settings.SignaturesFrom = r.date("signatures_from")
	settings.readPeople(r.value("people", yamlMapping), doc.report)
	settings.readMetrics(r.value("metrics", yamlMapping), doc.report)
	settings.Imports = readImports(r.value("imports", yamlMapping), settings.Metrics, doc.report)
	settings.readRules(r.value("rules", yamlMapping), doc.report)
	settings.readHeadings(r, r.value("sections", yamlMapping))
	r.misspelt()
	return settings, doc
}

func (s *Settings) readPeople(people *yamlNode, report func(Diagnostic)) {
	if people == nil {
		return
	}
	for _, e := range people.entries {
		id := checkedID("people", Value[string]{e.key, e.keySpan, true}, report)
		if !id.Set {
			continue
		}
		person := PersonSettings{ID: id.V, Span: e.keySpan}
		if r := (&keyReader{root: e.value, report: report}); e.value.kind == yamlMapping {
			person.Name = r.text("name")
			person.Coach = r.id("coach")
			person.Cadence = r.choice("cadence", Cadences)
			person.Team = r.text("team")
			person.Emails = r.texts("email")
			person.KnownAs = r.texts("known_as")
			r.misspelt()
		} else if e.value.kind != yamlEmpty {
			r.typed(e.key, e.value, yamlMapping)
		}
		s.People = append(s.People, person)
	}
}

func (s *Settings) readMetrics(metrics *yamlNode, report func(Diagnostic)) {
	if metrics == nil {
		return
	}
	for _, e := range metrics.entries {
		key := checkedID("metrics", Value[string]{e.key, e.keySpan, true}, report)
		if !key.Set {
			continue
		}
		metric := Metric{Key: key.V, Span: e.keySpan}
		if r := (&keyReader{root: e.value, report: report}); e.value.kind == yamlMapping {
			metric.Name = r.text("name")
			metric.Unit = r.text("unit")
			metric.Direction = r.choice("direction", Directions)
			metric.How = r.text("how")
			metric.TargetFrom = r.text("target_from")
			metric.Possible = r.numberRange("possible")
			r.misspelt()
		} else if e.value.kind != yamlEmpty {
			r.typed(e.key, e.value, yamlMapping)
		}
		s.Metrics = append(s.Metrics, metric)
	}
}

// A NumberRange is a range of numbers, both ends included.
type NumberRange struct{ Low, High float64 }

// numberRange reads [LOW, HIGH].
func (r *keyReader) numberRange(key string) Value[NumberRange] {
	n := r.value(key, yamlList)
	if n == nil {
		return Value[NumberRange]{}
	}
	var ends []float64
	for _, item := range n.items {
		if end, ok := parseNumber(item.text); ok && item.kind == yamlScalar {
			ends = append(ends, end)
		}
	}
	if len(n.items) != 2 || len(ends) != 2 || ends[0] >= ends[1] {
		r.report(Diagnostic{Code: "bad-number", Span: n.span,
			Message: fmt.Sprintf("`%s` is not a range of numbers", key),
			Remedy:  fmt.Sprintf("write the least and the greatest, as in `%s: [0, 100]`", key)})
		return Value[NumberRange]{}
	}
	return Value[NumberRange]{NumberRange{ends[0], ends[1]}, n.span, true}
}

func (s *Settings) readRules(rules *yamlNode, report func(Diagnostic)) {
	if rules == nil {
		return
	}
	for _, e := range rules.entries {
		if e.value.kind == yamlEmpty {
			continue
		}
		severity, err := ParseSeverity(e.value.text)
		if err != nil {
			report(Diagnostic{Code: "unknown-value", Span: e.value.span,
				Message: fmt.Sprintf("the rule `%s` can't be set to %q", e.key, e.value.text),
				Remedy:  chooseFrom(e.value.text, severityNames)})
			continue
		}
		s.Rules = append(s.Rules, RuleSetting{e.key, severity, e.keySpan})
	}
}

func (s *Settings) readHeadings(r *keyReader, sections *yamlNode) {
	if sections == nil {
		return
	}
	var names []string
	for _, name := range slices.Concat(SectionNames, PlanSectionNames, PreparationSectionNames) {
		if !slices.Contains(names, string(name)) {
			names = append(names, string(name))
		}
	}
	for _, e := range sections.entries {
		if !slices.Contains(names, e.key) {
			r.report(Diagnostic{Code: "unknown-value", Span: e.keySpan,
				Message: fmt.Sprintf("`%s` is no section", e.key),
				Remedy:  chooseFrom(e.key, names)})
			continue
		}
		titles := &keyReader{root: sections, report: r.report}
		for _, title := range titles.texts(e.key) {
			s.Headings.Add(SectionName(e.key), strings.TrimSpace(title.V))
		}
	}
}

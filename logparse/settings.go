package logparse

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Settings is what coachlog.yaml says about a logbook.
type Settings struct {
	Format  Value[int] // of the logbook; the first format has none
	Name    Value[string]
	Cadence Value[string] // of Cadences; for people whose plan names none
	Minutes Value[int]    // how long a session is meant to take
	TalkAim Value[int]    // percent of the talking that the coachee is meant to do

	FiscalYearStarts Value[int]    // the month, 1 to 12, in which fiscal years start
	FiscalYearNamed  Value[string] // of FiscalYearNames: which calendar year gives a fiscal year its number
	FiscalWeeks      Value[string] // of FiscalWeeks: how many weeks a quarter's three months have
	CarriedOut       Value[int]    // the percent of what somebody agreed from which their part is carried out

	Time     Value[Clock]  // of day at which sessions start, where a plan names none
	TimeZone Value[string] // of Time, as in Europe/Berlin

	DateOrder Value[string] // of DateOrders: of days such as 7/6/2026

	Signatures     Value[string]   // of SignatureWants: which commits the audit wants signed
	SignaturesFrom Value[Date]     // the first day whose commits have to be
	Agreement      Value[string]   // of Agreements: how somebody's word has to be known
	Forges         []Value[string] // the addresses that a forge commits with what people do on its pages

	Sealing  Value[string] // of SealingWants: whether confidential text has to be sealed
	PulsesTo Value[string] // who evaluates pulses, and may read those that are sealed
	unsure   unsureSealing // asked for, or perhaps so

	CommitWords bool // the messages of commits have the words of goals and actions

	People   []PersonSettings
	Metrics  []Metric
	Imports  []Import
	Rules    []RuleSetting
	Headings Headings

	read       bool // the text is settings
	unreadable bool // the text is not, and was meant to be
}

// Agreements lists what can count as somebody's word, the strictest first.
var Agreements = []string{"signed", "own", "mail", "any"}

// SignatureWants lists which commits can have to be signed.
var SignatureWants = []string{"none", "sign-offs", "all"}

// NamedByStart is a fiscal year that has the number of the year in which it starts.
const NamedByStart = "start"

// FiscalYearNames lists which calendar year can give a fiscal year its number.
var FiscalYearNames = []string{NamedByStart, "end"}

// FiscalWeeks lists how many weeks the three months of a fiscal quarter can have.
var FiscalWeeks = []string{"4-4-5", "4-5-4", "5-4-4"}

// SealingWants lists what confidential text can have to be.
var SealingWants = []string{"plain", "sealed"}

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

// Unreadable says whether nothing of the file could be read, so that nobody knows what it sets.
func (s *Settings) Unreadable() bool { return s.unreadable }

// SetSomething says whether any key has a value.
func (s *Settings) SetSomething() bool {
	values := *s
	values.read, values.unreadable, values.unsure = false, false, unsureSealing{}
	return !reflect.ValueOf(values).IsZero()
}

// ParseSettings reads coachlog.yaml.
func ParseSettings(path string, text []byte) (settings *Settings, doc *Document) {
	settings, doc = &Settings{}, &Document{Source: newSource(path, text), Kind: SettingsFile}
	defer doc.catch()
	settings.unsure, settings.unreadable = unsureOf(text), true
	doc.readYAML("coachlog.yaml", func(r *keyReader) {
		settings.read, settings.unreadable = true, false
		settings.readKeys(r)
	})
	return settings, doc
}

// readYAML reads a file that is nothing but YAML.
func (d *Document) readYAML(name string, read func(*keyReader)) {
	if !d.readable() {
		return
	}
	d.readConflicts()
	root := d.yamlOfFile(d.report)
	if r := (&keyReader{root: root, report: d.report}); root != nil && r.typed(name, root, yamlMapping) != nil {
		read(r)
	}
	d.finish()
}

// yamlOfFile is the YAML of a file that is nothing else.
func (d *Document) yamlOfFile(report func(Diagnostic)) *yamlNode {
	return parseYAML(d.Source, Span{d.bom, len(d.plain)}, report)
}

func (s *Settings) readKeys(r *keyReader) {
	s.readFormat(r.means("the format of the files; to move an older logbook to it: coachlog migrate"))
	s.Name = r.means("the name of the logbook").text("name")
	s.Cadence = r.means("how often two meet, where a plan says nothing").choice("cadence", Cadences)
	s.Minutes = r.means("the time set aside for a session, in minutes").whole("minutes", "the length in minutes", MinutesKey, 1, 24*60)
	s.Time = r.means("when sessions start, as in 14:30").clock("time")
	s.TimeZone = r.means("as in Europe/Berlin").timeZone("time_zone")
	s.DateOrder = r.means("how to read a day written as 6/7/2026").choice("date_order", DateOrders)
	s.Headings.dateOrder = s.DateOrder.V
	r.reading = s.Headings
	s.FiscalYearStarts = r.means("the month, from 1 to 12").whole("fiscal_year_starts", "the month in which the fiscal year starts, from 1 to 12", WholeKey, 1, 12)
	s.FiscalYearNamed = r.means("whether a fiscal year has the number of the year in which it starts or ends").choice("fiscal_year_named", FiscalYearNames)
	s.FiscalWeeks = r.means("how many weeks the months of a quarter have").choice("fiscal_weeks", FiscalWeeks)
	s.Signatures = r.means("which commits have to be signed").choice("signatures", SignatureWants)
	s.SignaturesFrom = r.means("the day from which commits have to be signed").date("signatures_from")
	s.Agreement = r.means("what counts as a sign-off").choice("agreement", Agreements)
	s.Forges = r.means("addresses that a forge commits with").texts("forges")
	s.CommitWords = r.means("whether commit messages have the words of goals and actions").choice("commit_words", []string{"true", "false"}).V == "true"
	s.Sealing = r.means("how confidential text is kept").choice("confidential", SealingWants)
	s.PulsesTo = r.means("the id of the person who evaluates pulses").id("pulses_to")
	s.TalkAim = r.means("how much of the talking the coachee should do, in percent").whole("talk_aim", "the coachee's share of the talking in percent", PercentKey, 0, 100)
	s.CarriedOut = r.means("how much of a part of the method has to be done, in percent, to count as carried out").whole("carried_out", "the share of a part from which it is carried out, in percent", PercentKey, 1, 100)
	s.readPeople(r.means("people who have no plan of their own here"))
	s.readMetrics(r.means("the metrics that both sides know"))
	for name, r := range r.means("how exports of other systems are read").entriesByID("imports", false) {
		s.Imports = append(s.Imports, readImport(r, name, s.Metrics))
	}
	s.readRules(r.means("what each rule of lint is: error, warning, info or off"))
	s.readHeadings(r.means("other headings for the sections, in any language"))
	r.misspelt()
}

func (s *Settings) readPeople(r *keyReader) {
	for id, r := range r.entriesByID("people", true) {
		s.People = append(s.People, PersonSettings{
			ID: id.V, Span: id.Span,
			Name:    r.text("name"),
			Coach:   r.id("coach"),
			Cadence: r.choice("cadence", Cadences),
			Team:    r.text("team"),
			Emails:  r.addresses("email"),
			KnownAs: r.texts("known_as"),
		})
		r.misspelt()
	}
}

func (s *Settings) readMetrics(r *keyReader) {
	for key, r := range r.entriesByID("metrics", true) {
		s.Metrics = append(s.Metrics, Metric{
			Key: key.V, Span: key.Span,
			Name:       r.text("name"),
			Unit:       r.text("unit"),
			Direction:  r.choice("direction", Directions),
			How:        r.text("how"),
			TargetFrom: r.text("target_from"),
			Possible:   r.numberRange("possible"),
		})
		if unit := s.Metrics[len(s.Metrics)-1].Unit.V; unit != "" {
			if s.Headings.units == nil {
				s.Headings.units = make(map[string]string)
			}
			s.Headings.units[key.V] = unit
		}
		r.misspelt()
	}
}

func (s *Settings) readRules(r *keyReader) {
	r.takes("rules", KeyForm{Kind: MappingKey, Each: &KeyForm{Kind: ChoiceKey, Choices: severityNames}})
	for _, e := range r.below("rules").entries() {
		severity := slices.Index(severityNames, e.value.text)
		switch {
		case e.value.kind == yamlEmpty:
		case severity < 0:
			r.report(Diagnostic{Code: "unknown-value", Span: e.value.span,
				Message: fmt.Sprintf("the rule `%s` can't be set to %q", e.key, e.value.text),
				Remedy:  chooseFrom(e.value.text, severityNames)})
		default:
			s.Rules = append(s.Rules, RuleSetting{e.key, Severity(severity), e.keySpan})
		}
	}
}

func (s *Settings) readHeadings(r *keyReader) {
	var names []string
	for _, name := range slices.Concat(SectionNames, PlanSectionNames, PreparationSectionNames) {
		if !slices.Contains(names, string(name)) {
			names = append(names, string(name))
		}
	}
	titles := r.below("sections")
	for _, name := range names {
		titles.takes(name, KeyForm{Kind: ListKey, OrText: true})
	}
	for _, e := range titles.entries() {
		if !slices.Contains(names, e.key) {
			r.report(Diagnostic{Code: "unknown-value", Span: e.keySpan,
				Message: fmt.Sprintf("`%s` isn't a section", e.key),
				Remedy:  chooseFrom(e.key, names)})
			continue
		}
		for _, title := range titles.texts(e.key) {
			s.Headings.Add(SectionName(e.key), strings.TrimSpace(title.V))
		}
	}
}

package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/coachlog/coachlog/internal/fault"
	"github.com/coachlog/coachlog/internal/sentence"
	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// Options say what lint looks for. A rule of a higher tier runs where the settings give it
// a severity.
type Options struct {
	Today logparse.Date
	Tier  Tier
	Past  func(path string, day logparse.Date) bool // which earlier logs and preparations the method's rules look at too, as they were then; nil: none
}

// A Linter runs the rules up to a tier. It may be used by several goroutines.
type Linter struct {
	Options
	rules      []*Rule
	about      map[subject][]*Rule          // the same, by what they look at
	metrics    []metricName                 // of the catalogue
	severities map[string]logparse.Severity // that coachlog.yaml sets
	ids        map[string]bool              // of every rule and diagnostic
	extra      []*logparse.Document         // documents besides logs and plans
	settings   *logparse.Document           // coachlog.yaml, which stands for the whole logbook

	mu       sync.Mutex
	first    logparse.Date             // of the first log; zero where there is none
	coachees map[string][]*plan.Person // by the id of their coach, once a rule asks
}

// NewLinter takes the documents besides logs and plans, such as coachlog.yaml.
func NewLinter(settings *logparse.Settings, o Options, extra ...*logparse.Document) *Linter {
	l := &Linter{Options: o, about: make(map[subject][]*Rule), severities: make(map[string]logparse.Severity), ids: make(map[string]bool), extra: extra}
	_, l.settings = logparse.ParseSettings("coachlog.yaml", nil) // files on their own have no settings
	for _, doc := range extra {
		if doc.Kind == logparse.SettingsFile {
			l.settings = doc
		}
	}
	for _, m := range settings.Metrics {
		l.metrics = append(l.metrics, metricName{m.Key, namesOf(m)})
	}
	for _, s := range settings.Rules {
		l.severities[s.Rule] = s.Severity
	}
	for _, d := range logparse.Diagnostics {
		l.ids[d.Code] = true
	}
	for _, rule := range All {
		l.ids[rule.ID] = true
		severity, set := l.severities[rule.ID]
		if set && severity != logparse.Off || !set && slices.Index(Tiers, string(rule.Tier)) <= slices.Index(Tiers, string(o.Tier)) {
			l.rules = append(l.rules, rule)
			for at := heldLogs; at <= rule.looksAt; at <<= 1 {
				if rule.looksAt&at != 0 {
					l.about[at] = append(l.about[at], rule)
				}
			}
		}
	}
	return l
}

// Lint looks at a whole logbook. Those findings that a comment silences, with a
// reason, are left out.
func Lint(b *plan.Logbook, o Options, extra ...*logparse.Document) []Finding {
	l := NewLinter(b.Settings, o, extra...)
	return l.Settle(slices.Concat(l.Settings(b.Roster), l.People(b)))
}

// Settings finds what is wrong with the documents besides logs and plans.
func (l *Linter) Settings(r *plan.Roster) []Finding {
	f := l.finder(&plan.Logbook{Roster: r, Docs: l.extra}, l.extra)
	f.look(settings, f.settings)
	return f.findings
}

// People finds what is wrong with the logs and plans of those who were judged. A
// finding may wait for everybody else's logs, until Settle.
func (l *Linter) People(b *plan.Logbook) []Finding {
	l.Note(b)
	f := l.finder(b, b.Docs)
	f.look(logbook, f.settings)
	for _, doc := range b.Docs {
		f.look(files, doc)
	}
	for _, log := range b.Misplaced {
		f.log = log
		f.look(misplacedLogs, log.Doc)
	}
	for _, p := range b.Judged() {
		f.person, f.last, f.now = p, p.LastSession(), true
		if f.Coached(p.Facts(), l.Today) {
			f.lookAtCoachee()
		}
		f.lookAtLogs()
		for _, prep := range p.Preparations {
			f.prep, f.now = prep, f.isNow(prep.On()) || f.isAsked(prep.Doc, prep.On())
			f.look(preparations, prep.Doc)
		}
	}
	return f.findings
}

// Strays finds what is wrong with the files that are no logs or plans.
func (l *Linter) Strays(r *plan.Roster, docs []*logparse.Document) []Finding {
	return l.finder(&plan.Logbook{Roster: r, Docs: docs}, docs).findings
}

// Note takes note of the first log's day.
func (l *Linter) Note(b *plan.Logbook) {
	for _, p := range b.Judged() {
		if len(p.Logs) > 0 {
			l.NoteFirst(p.Logs[0].Date)
		}
	}
}

// lookAtLogs looks at a person's logs, and where somebody asked for the past, at earlier ones
// with what held once they were written.
func (f *finder) lookAtLogs() {
	p, past := f.person, false
	for _, log := range p.Logs {
		asked := f.isAsked(log.Doc, log.Date)
		f.log, f.now = log, f.isNow(log.Date) || asked && !log.Held()
		past = past || asked && !f.now
		f.lookAtLog()
	}
	if !past {
		return
	}
	f.past, f.now = true, true
	f.Retrace(p.ID, func(log *plan.Log) {
		if !f.isNow(log.Date) && f.isAsked(log.Doc, log.Date) {
			f.log, f.person = log, log.Person
			f.lookAtLog()
		}
	})
	f.past, f.person = false, p
}

func (f *finder) lookAtLog() {
	f.look(anyLogs, f.log.Doc)
	if f.log.Held() {
		f.look(heldLogs, f.log.Doc)
	}
	if f.log.Agreeable() && !f.log.IsTalk() {
		f.look(sessions, f.log.Doc)
	}
}

// isAsked says whether somebody asked for what is in a file of the past.
func (f *finder) isAsked(doc *logparse.Document, day logparse.Date) bool {
	return f.linter.Past != nil && f.linter.Past(doc.Path, day)
}

// A plan grows while two people get to know each other: what it doesn't hold yet
// is no finding in the first weeks.
const growingDays = 28

func (f *finder) lookAtCoachee() {
	f.look(coachees, cmp.Or(anyDoc(f.person), f.settings))
	if f.last != nil {
		f.log = f.last
		f.look(latest, f.log.Doc)
	}
	if f.plan = f.person.Plan; f.plan == nil {
		return
	}
	f.look(plans, f.person.PlanDoc)
	if held := f.person.CountedLogs(); len(held) > 0 && held[0].Date.DaysUntil(f.today) >= growingDays {
		f.look(grownPlans, f.person.PlanDoc)
	}
}

// turnTo has the findings of a rule that isn't about one log be in one.
func (f *finder) turnTo(log *plan.Log) { f.log, f.doc = log, log.Doc }

// A finder has each rule look at what it is about, and collects the findings.
type finder struct {
	*plan.Logbook
	linter   *Linter
	today    logparse.Date
	rule     *Rule
	settings *logparse.Document
	asked    map[string]bool // what is said once and not of every adopted log

	doc    *logparse.Document // that is looked at, and, where the rule is about one, its log ...
	log    *plan.Log
	person *plan.Person
	last   *plan.Log // the person's last session, or nil
	plan   *logparse.DevelopmentPlan
	prep   *plan.Preparation
	now    bool // the rules of the method look, and not only those that always do
	past   bool // the log is of the past: the rules that always look have seen it

	findings []Finding
}

// finder starts with what the parser has found in docs.
func (l *Linter) finder(b *plan.Logbook, docs []*logparse.Document) *finder {
	f := &finder{Logbook: b, linter: l, today: l.Today, settings: l.settings, now: true, asked: make(map[string]bool)}
	for _, doc := range docs {
		fixes := 0
		for _, d := range doc.Diagnostics {
			if d.Code == logparse.FileCopy {
				d.Remedy = f.compared(doc, d.Remedy)
			}
			found := f.add(d.Code, d.Severity, doc, d.Span, d.Message)
			found.Remedy = d.Remedy
			found.MustShow = found.MustShow || d.Severity == logparse.Error && doc.Broken()
			found.cured(doc, d.Fix, &fixes)
		}
	}
	return f
}

// look lets the rules about a kind of thing look at one. A bug in a rule costs one
// finding that names the file, and every other finding is still there.
func (f *finder) look(at subject, doc *logparse.Document) {
	for _, rule := range f.linter.about[at] {
		wanted := f.now
		if rule.Tier == Always {
			wanted = !f.past
		}
		if wanted {
			f.rule, f.doc = rule, doc
			f.try()
		}
	}
}

// isNow says whether the method's rules look at a log or a preparation of a day: at what is
// no earlier than the person's last session, since nobody can mend the rest.
func (f *finder) isNow(day logparse.Date) bool {
	return !f.person.HasLeft(f.today) && (f.last == nil || !day.Before(f.last.Date))
}

func (f *finder) try() {
	defer func() {
		if cause := recover(); cause != nil {
			f.add(logparse.InternalError, logparse.Error, f.doc, logparse.Span{}, fmt.Sprintf("the rule %s can't work with this file: a bug in coachlog, not in your file (%s)", f.rule.ID, fault.Words(cause))).
				todo("please report it, with the version that coachlog version shows; until it is fixed, turn the rule off in coachlog.yaml: rules: {%s: off}", f.rule.ID)
		}
	}()
	f.rule.find(f)
}

// add notes a finding, with the severity that the settings want.
func (f *finder) add(rule string, severity logparse.Severity, doc *logparse.Document, span logparse.Span, message string) *Finding {
	if wanted, set := f.linter.severities[rule]; set {
		severity = wanted
	}
	if severity == logparse.Off {
		return new(Finding) // that nobody sees
	}
	found := newFinding(rule, severity, doc, span, message)
	found.MustShow = slices.Contains(mustShow, rule)
	f.findings = append(f.findings, found)
	return &f.findings[len(f.findings)-1]
}

// mustShow are the findings that no baseline hides, besides those of a file that can't be read.
var mustShow = []string{logparse.InternalError, logparse.NotRead, logparse.FileCopy, "confidential-unclear", "sealed-text", "sign-off-void"}

// at notes a finding in the file that is looked at.
func (f *finder) at(span logparse.Span, format string, args ...any) *Finding {
	return f.in(f.doc, span, format, args...)
}

// in notes a finding in any file. The method asks nothing of notes that were adopted as a log:
// nobody knew of it when they were written.
func (f *finder) in(doc *logparse.Document, span logparse.Span, format string, args ...any) *Finding {
	adopted := doc.Session != nil && doc.Session.Adopted.Set
	if adopted && f.rule.Tier != Always || f.silenced(doc, span) {
		return new(Finding)
	}
	return f.add(f.rule.ID, f.rule.Severity, doc, span, fmt.Sprintf(format, args...))
}

// silenced says whether a comment on the line names the rule and gives a reason.
func (f *finder) silenced(doc *logparse.Document, span logparse.Span) bool {
	if !f.rule.CanBeSilenced() {
		return false
	}
	line := doc.Position(span.Start).Line
	behind, _ := slices.BinarySearchFunc(doc.Ignores, line+1, func(i logparse.Ignore, line int) int { return i.Line - line })
	for _, i := range slices.Backward(doc.Ignores[:behind]) { // each reaches one item, and not into another
		if i.Last < line {
			break
		}
		if i.Reason != "" && slices.Contains(i.Rules, f.rule.ID) {
			return true
		}
	}
	return false
}

// title is where findings about a whole file point: its first heading, where an
// ignore comment can stand, else its first line.
func (f *finder) title() logparse.Span {
	for _, section := range f.doc.Sections() {
		if section.Level > 0 {
			return section.Heading
		}
	}
	return firstLine(f.doc)
}

func firstLine(doc *logparse.Document) logparse.Span {
	return logparse.Span{Start: doc.Front.Span.Start, End: doc.Front.Span.Start + 3}
}

// orTitle is a value's place, or the title where the value isn't there.
func (f *finder) orTitle(span logparse.Span) logparse.Span {
	if span.End == 0 {
		return f.title()
	}
	return span
}

// section is the heading of the first of the sections that the log has, else the title.
func (f *finder) section(names ...logparse.SectionName) logparse.Span {
	for _, name := range names {
		if s := f.log.Section(name); s != nil {
			return s.Heading
		}
	}
	return f.title()
}

// name is what a message calls somebody.
func (f *finder) name(id string) string { return f.Someone(id).Name }

// on is a day as people write it.
func on(day logparse.Date) string { return day.InWords() }

// list writes what is one or more, and no more than a reader takes in.
func list(all []string) string {
	const most = 3
	last := len(all) - 1
	switch {
	case last >= most:
		return fmt.Sprintf("%s and %d more", strings.Join(all[:most], ", "), len(all)-most)
	}
	return sentence.List(all)
}

// some are as many names as a remedy can hold.
func some(names []string) []string {
	const most = 12
	if len(names) <= most {
		return names
	}
	return append(slices.Clone(names[:most]), "others")
}

// among begins a remedy with the names that there are, if any.
func among(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "there are " + strings.Join(names, ", ") + "; "
}

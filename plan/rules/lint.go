package rules

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// A Linter runs the rules up to a tier. A rule of a higher tier runs where the
// settings give it a severity. It may be used by several goroutines.
type Linter struct {
	today      logparse.Date
	rules      []*Rule
	severities map[string]logparse.Severity
	ids        map[string]bool      // of every rule and diagnostic
	extra      []*logparse.Document // documents besides logs and plans
}

// NewLinter takes the documents besides logs and plans, such as coachlog.yaml.
func NewLinter(settings *logparse.Settings, today logparse.Date, tier Tier, extra ...*logparse.Document) *Linter {
	l := &Linter{today: today, severities: make(map[string]logparse.Severity), ids: make(map[string]bool), extra: extra}
	for _, s := range settings.Rules {
		l.severities[s.Rule] = s.Severity
	}
	for _, d := range logparse.Diagnostics {
		l.ids[d.Code] = true
	}
	for _, rule := range All {
		l.ids[rule.ID] = true
		severity, set := l.severities[rule.ID]
		if set && severity != logparse.Off || !set && !tier.below(rule.Tier) {
			l.rules = append(l.rules, rule)
		}
	}
	return l
}

// Lint looks at a whole logbook. Findings come by file and place; those that a
// comment silences, with a reason, are left out.
func Lint(b *plan.Logbook, today logparse.Date, tier Tier, extra ...*logparse.Document) []Finding {
	l := NewLinter(b.Settings, today, tier, extra...)
	coaches := b.CoachesInLogs()
	findings := slices.DeleteFunc(slices.Concat(l.Settings(b.Roster), l.People(b)), func(f Finding) bool { return slices.Contains(coaches, f.UnlessCoach) })
	slices.SortStableFunc(findings, func(x, y Finding) int {
		return cmp.Or(logparse.ComparePaths(x.Doc.Path, y.Doc.Path), cmp.Compare(x.Span.Start, y.Span.Start), cmp.Compare(x.Rule, y.Rule))
	})
	return findings
}

// Settings finds what is wrong with the documents besides logs and plans.
func (l *Linter) Settings(r *plan.Roster) []Finding {
	var findings []Finding
	b := &plan.Logbook{Roster: r}
	for _, rule := range l.rules {
		f := l.finder(b, rule)
		for _, doc := range l.extra {
			if rule.settings != nil && doc.Kind == logparse.SettingsFile {
				f.try(doc, func() { rule.settings(f, doc) })
			}
		}
		findings = append(findings, f.findings...)
	}
	return l.weigh(l.extra, findings)
}

// People finds what is wrong with the logs and plans of those who were judged. A
// finding with UnlessCoach waits for everybody else's logs.
func (l *Linter) People(b *plan.Logbook) []Finding {
	var findings []Finding
	for _, rule := range l.rules {
		f := l.finder(b, rule)
		f.look()
		findings = append(findings, f.findings...)
	}
	return l.weigh(b.Docs, findings)
}

func (l *Linter) finder(b *plan.Logbook, rule *Rule) *finder {
	return &finder{Logbook: b, today: l.today, rule: rule, ids: l.ids, extra: l.extra}
}

// weigh adds what the parser found, and gives findings the severity that the
// settings want, without what a comment silences.
func (l *Linter) weigh(docs []*logparse.Document, found []Finding) []Finding {
	var findings []Finding
	for _, doc := range docs {
		for _, d := range doc.Diagnostics {
			findings = append(findings, Finding{Rule: d.Code, Severity: d.Severity, Message: d.Message, Remedy: d.Remedy, Doc: doc, Span: d.Span})
		}
	}
	findings = slices.DeleteFunc(append(findings, found...), silenced)
	for i, f := range findings {
		if severity, set := l.severities[f.Rule]; set {
			findings[i].Severity = severity
		}
	}
	return slices.DeleteFunc(findings, func(f Finding) bool { return f.Severity == logparse.Off })
}

// below says whether the tier leaves rules of another tier out.
func (t Tier) below(other Tier) bool {
	return slices.Index(Tiers, string(t)) < slices.Index(Tiers, string(other))
}

// look applies the finder's rule to everything that it looks at.
func (f *finder) look() {
	rule, settings := f.rule, settingsOf(f.extra)
	if rule.logbook != nil {
		f.try(settings, func() { rule.logbook(f, f.Logbook) })
	}
	for _, log := range f.Misplaced {
		if rule.misplaced != nil {
			f.try(log.Doc, func() { rule.misplaced(f, log) })
		}
	}
	for _, p := range f.Judged() {
		if rule.person != nil && f.Coached(p.Facts(), f.today) {
			f.try(cmp.Or(anyDoc(p), settings), func() { rule.person(f, p) })
		}
		for _, log := range p.Logs {
			if asksNothing(log.Doc, rule) {
				continue
			}
			if rule.record != nil {
				f.try(log.Doc, func() { rule.record(f, log) })
			}
			if rule.log != nil && log.Held() {
				f.try(log.Doc, func() { rule.log(f, log) })
			}
		}
		if rule.preparation != nil {
			for _, prep := range p.Preparations {
				f.try(prep.Doc, func() { rule.preparation(f, prep) })
			}
		}
	}
}

// try lets the rule look at something. A bug in it costs one finding that names
// the file, and every other finding is still there.
func (f *finder) try(doc *logparse.Document, look func()) {
	defer func() {
		if fault := recover(); fault != nil {
			f.findings = append(f.findings, Finding{Rule: logparse.InternalError, Severity: logparse.Error,
				Message: fmt.Sprintf("the rule %s can't work with this file: a bug in coachlog, not in your file (%v)", f.rule.ID, fault),
				Remedy:  "please report it, with the version that coachlog version shows; until it is mended, turn the rule off in coachlog.yaml: rules: {" + f.rule.ID + ": off}", Doc: doc})
		}
	}()
	look()
}

// settingsOf is the document of coachlog.yaml, which stands for the whole logbook.
func settingsOf(docs []*logparse.Document) *logparse.Document {
	for _, doc := range docs {
		if doc.Kind == logparse.SettingsFile {
			return doc
		}
	}
	_, none := logparse.ParseSettings("coachlog.yaml", nil) // files on their own have no settings
	return none
}

// asksNothing says whether a rule of the method would look at notes that were
// adopted as a log: nobody knew of it when they were written.
func asksNothing(doc *logparse.Document, rule *Rule) bool {
	return rule.Tier != Always && doc.Session != nil && doc.Session.Adopted.Set
}

// silenced says whether a comment on the finding's line names its rule and
// gives a reason. What the parser found, and what concerns the whole logbook, can't be silenced.
func silenced(f Finding) bool {
	if rule := Find(f.Rule); rule == nil || rule.logbook != nil {
		return false
	}
	line := f.Doc.Position(f.Span.Start).Line
	return slices.ContainsFunc(f.Doc.Ignores, func(i logparse.Ignore) bool {
		return i.Line == line && i.Reason != "" && slices.Contains(i.Rules, f.Rule)
	})
}

package rules

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/coachlog/coachlog/logparse"
	"github.com/coachlog/coachlog/plan"
)

// Lint runs the rules up to a tier over a logbook and adds what the parser
// found. A rule of a higher tier runs where the settings give it a severity.
// extra are documents besides the logs, such as coachlog.yaml. Findings come by
// file and place; those that a comment silences, with a reason, are left out.
func Lint(b *plan.Logbook, today logparse.Date, tier Tier, extra ...*logparse.Document) []Finding {
	docs := slices.Concat(extra, b.Docs)
	severities := make(map[string]logparse.Severity)
	for _, s := range b.Settings.Rules {
		severities[s.Rule] = s.Severity
	}
	var findings []Finding
	for _, doc := range docs {
		for _, d := range doc.Diagnostics {
			findings = append(findings, Finding{d.Code, d.Severity, d.Message, d.Remedy, doc, d.Span})
		}
	}
	ids := make(map[string]bool)
	for _, d := range logparse.Diagnostics {
		ids[d.Code] = true
	}
	for _, rule := range All {
		ids[rule.ID] = true
	}
	for _, rule := range All {
		severity, set := severities[rule.ID]
		if set && severity == logparse.Off || !set && tier.below(rule.Tier) {
			continue
		}
		findings = append(findings, (&finder{Logbook: b, today: today, rule: rule, ids: ids, extra: extra}).run()...)
	}
	findings = slices.DeleteFunc(findings, func(f Finding) bool { return silenced(f) })
	for i, f := range findings {
		if severity, set := severities[f.Rule]; set {
			findings[i].Severity = severity
		}
	}
	findings = slices.DeleteFunc(findings, func(f Finding) bool { return f.Severity == logparse.Off })
	slices.SortStableFunc(findings, func(x, y Finding) int {
		return cmp.Or(logparse.ComparePaths(x.Doc.Path, y.Doc.Path), cmp.Compare(x.Span.Start, y.Span.Start), cmp.Compare(x.Rule, y.Rule))
	})
	return findings
}

// below says whether the tier leaves rules of another tier out.
func (t Tier) below(other Tier) bool {
	return slices.Index(Tiers, string(t)) < slices.Index(Tiers, string(other))
}

// run applies the finder's rule to everything that it looks at.
func (f *finder) run() []Finding {
	rule, settings := f.rule, settingsOf(f.extra)
	if rule.logbook != nil {
		f.try(settings, func() { rule.logbook(f, f.Logbook) })
	}
	for _, p := range f.People {
		if rule.person != nil && f.Coached(p, f.today) {
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
	if rule.settings != nil {
		for _, doc := range f.extra {
			if doc.Kind == logparse.SettingsFile {
				f.try(doc, func() { rule.settings(f, doc) })
			}
		}
	}
	return f.findings
}

// try lets the rule look at something. A bug in it costs one finding that names
// the file, and every other finding is still there.
func (f *finder) try(doc *logparse.Document, look func()) {
	defer func() {
		if fault := recover(); fault != nil {
			f.findings = append(f.findings, Finding{logparse.InternalError, logparse.Error,
				fmt.Sprintf("the rule %s can't work with this file: a bug in coachlog, not in your file (%v)", f.rule.ID, fault),
				"please report it, with the version that coachlog version shows; rules: {" + f.rule.ID + ": off} in coachlog.yaml leaves the rule out until then", doc, logparse.Span{}})
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

package rules

import (
	"cmp"
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
		findings = append(findings, (&finder{Logbook: b, today: today, rule: rule, ids: ids}).run(extra)...)
	}
	findings = slices.DeleteFunc(findings, func(f Finding) bool { return silenced(f) })
	for i, f := range findings {
		if severity, set := severities[f.Rule]; set {
			findings[i].Severity = severity
		}
	}
	findings = slices.DeleteFunc(findings, func(f Finding) bool { return f.Severity == logparse.Off })
	slices.SortStableFunc(findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(x.Doc.Path, y.Doc.Path), cmp.Compare(x.Span.Start, y.Span.Start), cmp.Compare(x.Rule, y.Rule))
	})
	return findings
}

// below says whether the tier leaves rules of another tier out.
func (t Tier) below(other Tier) bool {
	return slices.Index(Tiers, string(t)) < slices.Index(Tiers, string(other))
}

// run applies the finder's rule to everything that it looks at.
func (f *finder) run(extra []*logparse.Document) []Finding {
	rule := f.rule
	if rule.logbook != nil {
		rule.logbook(f, f.Logbook)
	}
	for _, p := range f.People {
		if rule.person != nil && f.Coached(p, f.today) {
			rule.person(f, p)
		}
		for _, log := range p.Logs {
			if asksNothing(log.Doc, rule) {
				continue
			}
			if rule.record != nil {
				rule.record(f, log)
			}
			if rule.log != nil && log.Held() {
				rule.log(f, log)
			}
		}
		if rule.preparation != nil {
			for _, prep := range p.Preparations {
				rule.preparation(f, prep)
			}
		}
	}
	if rule.settings != nil {
		for _, doc := range extra {
			if doc.Kind == logparse.SettingsFile {
				rule.settings(f, doc)
			}
		}
	}
	return f.findings
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

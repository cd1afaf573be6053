package rules

import (
	"github.com/coachlog/coachlog/internal/hint"
	"github.com/coachlog/coachlog/logparse"
)

var unknownMetric = &Rule{
	ID: "unknown-metric", Title: "Metrics are ones that both know",
	Tier: Method, Severity: logparse.Warning, looksAt: anyLogs | plans, Requirements: []int{88}, NeedsLogbook: true,
	Why:  "A metric is only fair if both know how it is computed. The catalogue in coachlog.yaml says so.",
	Bad:  "metrics: {ath: 398}",
	Good: "metrics: {aht: 398}",
	find: func(f *finder) {
		if f.Settings.Unreadable() {
			return
		}
		var keys []string
		for _, m := range f.Settings.Metrics {
			keys = append(keys, m.Key)
		}
		check := func(key string, span logparse.Span) {
			if _, ok := f.Metric(key); !ok && (f.doc.Plan == nil || len(keys) > 0) {
				found := f.at(span, "the metric %q isn't in this logbook's catalogue%s", key, hint.DidYouMean(key, keys)).
					todo("%sif both know it, add it under `metrics:` in coachlog.yaml", among(some(keys)))
				f.renamed(found, span, key, logparse.OnlyName(key, keys))
			}
		}
		if f.doc.Plan != nil {
			for _, m := range f.plan.Metrics {
				check(m.V, m.Span)
			}
			return
		}
		for _, m := range f.log.Metrics {
			check(m.Metric, m.Span)
		}
		for it := range tokenItems(f.log) {
			if it.Target.Set {
				check(it.Target.V.Metric, it.Target.Span)
			}
		}
	},
}

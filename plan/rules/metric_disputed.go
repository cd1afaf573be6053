package rules

import (
	"slices"

	"github.com/coachlog/coachlog/logparse"
)

var metricDisputed = &Rule{
	ID: "metric-disputed", Title: "A metric has one value for a person and a day",
	Tier: Always, Severity: logparse.Error, looksAt: logbook, Requirements: []int{36, 88}, NeedsLogbook: true,
	Why:  "If two values differ, chance would decide which one a goal is checked against. So neither counts.",
	Bad:  "`2026-07-13,rep1,aht,380` in one file of metrics/, `2026-07-13,rep1,aht,400` in another",
	Good: "`2026-07-13,rep1,aht,400` once",
	find: func(f *finder) {
		f.disputes(false, "keep the right one; if a whole file is a copy, delete it")
	},
}

var metricTwice = &Rule{
	ID: "metric-twice", Title: "A log and the metrics files agree on a day's value",
	Tier: Always, Severity: logparse.Warning, looksAt: logbook, Requirements: []int{36, 88}, NeedsLogbook: true,
	Why:  "What the two wrote down in their session counts before an export. If it is a typo, the goal is checked against the typo.",
	Bad:  "`metrics: {aht: 380}` in a log, `2026-07-13,rep1,aht,400` in a file of metrics/",
	Good: "the same value in both",
	find: func(f *finder) { f.disputes(true, "correct whichever is wrong") },
}

// disputes notes the days with two values of which the first counts, or none.
func (f *finder) disputes(counts bool, remedy string) {
	for _, p := range f.Judged() {
		for _, d := range p.Disputed {
			last := d.Observations[len(d.Observations)-1]
			doc := f.file(last.Path)
			if d.Counts != counts || doc == nil {
				continue
			}
			so := "so none counts"
			if counts {
				so = "and the log's counts"
			}
			f.in(doc, last.Span, "%s of %s on %s has different values, %s: %s", last.Metric, p.Name, on(last.Date), so, d.Words(f.file)).todo("%s", remedy)
		}
	}
}

// file is a file of the logbook by its path, or nil.
func (f *finder) file(path string) *logparse.Document {
	for _, doc := range slices.Concat(f.linter.extra, f.Docs) {
		if doc.Path == path {
			return doc
		}
	}
	return nil
}

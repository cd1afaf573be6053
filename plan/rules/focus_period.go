package rules

import "github.com/coachlog/coachlog/logparse"

var focusPeriod = &Rule{
	ID: "focus-period", Title: "The focus period is three or six months",
	Tier: Method, Severity: logparse.Info, looksAt: grownPlans, Requirements: []int{64},
	Why:  "Three or six months (13 or 26 weeks) are long enough to change something and short enough to keep it in view. Checked from the fifth week of coaching on.",
	Bad:  "focus: 2026-07-01..2027-06-30",
	Good: "focus: 2026-07-01..2026-09-30",
	find: func(f *finder) {
		focus := f.plan.Focus
		if !focus.Set {
			f.at(f.title(), "the plan names no focus period").todo("agree three or six months, as in `focus: 2026-07-01..2026-09-30`")
			return
		}
		days := focus.V.From.DaysUntil(focus.V.To) + 1
		if days >= 89 && days <= 92 || days >= 181 && days <= 184 {
			return
		}
		f.at(focus.Span, "the focus period is %d days", days).
			todo("make it three months (to %s) or six (to %s)", focus.V.From.AddMonths(3).AddDays(-1), focus.V.From.AddMonths(6).AddDays(-1))
	},
}

package report

import (
	"slices"

	"github.com/coachlog/coachlog/plan"
	"github.com/coachlog/coachlog/report/chart"
	"github.com/coachlog/coachlog/report/page"
)

// charts are those that there is anything to draw for.
func charts(all ...chart.Chart) page.Charts {
	return slices.DeleteFunc(all, func(c chart.Chart) bool { return c == nil })
}

// strip shows sessions on the calendar of the period, where there are any.
func (h Head) strip(sessions []SessionReport) chart.Chart {
	if len(sessions) == 0 {
		return nil
	}
	return &chart.Strip{From: h.Period.From, To: h.Period.To, Sessions: each(sessions, func(s SessionReport) chart.Session {
		return chart.Session{Date: s.Date, Status: s.Status}
	})}
}

// weeksChart shows the weeks of those sides that have any.
func (h Head) weeksChart(rows ...chart.WeekRow) chart.Chart {
	rows = slices.DeleteFunc(rows, func(row chart.WeekRow) bool { return len(row.Weeks) == 0 })
	if len(rows) == 0 {
		return nil
	}
	return &chart.Weeks{From: h.Period.From, To: h.Period.To, Rows: rows}
}

// quadrant is the four verdicts, where there are any.
func quadrant(v plan.VerdictCount) chart.Chart {
	if v.Reached().Whole == 0 {
		return nil
	}
	return &chart.Quadrant{Worked: v.Worked, FellShort: v.FellShort, AnotherWay: v.AnotherWay, FollowThrough: v.FollowThrough}
}

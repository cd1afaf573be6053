package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/coachlog/coachlog/logparse"
)

// A Line is one metric's values in a period, with the target and the sessions.
type Line struct {
	Name, Unit  string
	From, To    logparse.Date
	Points      []Point // by date
	Target      *float64
	TargetLabel string
	Sessions    []logparse.Date // held
	Limits      []Limits        // of the time before a day and of that since; none where there are too few values
	Trend       string          // in words; "" where there is none
}

// Limits are the median of the values of some time and, where there are values enough, the
// natural limits (an XmR chart).
type Limits struct {
	From, To  logparse.Date
	Median    float64
	Low, High *float64
	Words     string // that say the same
}

// A Point is one value.
type Point struct {
	Date  logparse.Date `json:"date"`
	Value float64       `json:"value"`
}

// Title names the metric.
func (l *Line) Title() string { return l.Name }

// Alt tells every value.
func (l *Line) Alt() string {
	var values []string
	for _, p := range l.Points {
		values = append(values, fmt.Sprintf("%s on %s", logparse.FormatNumber(p.Value), shortDay(p.Date)))
	}
	text := fmt.Sprintf("%s, %s", l.Name, strings.Join(values, ", "))
	if l.Unit != "" {
		text += "; in " + l.Unit
	}
	if l.Target != nil {
		text += "; target " + l.TargetLabel
	}
	for _, s := range l.Limits {
		text += fmt.Sprintf("; %s to %s: %s", shortDay(s.From), shortDay(s.To), s.Words)
	}
	if l.Trend != "" {
		text += "; " + l.Trend
	}
	return text + "."
}

// Text is a sparkline.
func (l *Line) Text(width int) string { return Spark(l.values(), max(8, width-40)) }

func (l *Line) values() (values []float64) {
	for _, p := range l.Points {
		values = append(values, p.Value)
	}
	return values
}

// The plot within the drawing.
const (
	plotLeft, plotRight  = 46.0, 348.0
	plotTop, plotBottom  = 16.0, 138.0
	sessionTop, monthRow = 142.0, 164.0
)

type mark struct {
	X, Y float64
	Text string
}

type lineDrawing struct {
	Path     string
	Dots     []mark
	Grid     []mark
	Months   []mark
	Sessions []float64
	Target   *mark
	Levels   []level
	Last     mark
	LastEnd  bool // the last label stands left of its point
}

// A level is a line over some time: a median, or a limit.
type level struct {
	X1, X2, Y float64
	Limit     bool
}

func (l *Line) drawing() (template string, height int, values any) {
	all := l.values()
	if l.Target != nil {
		all = append(all, *l.Target)
	}
	for _, s := range l.Limits {
		if s.Low != nil {
			all = append(all, *s.Low, *s.High)
		}
	}
	low, high := slices.Min(all), slices.Max(all)
	grid := gridOf(low, high)
	if len(grid) > 1 {
		low, high = grid[0], grid[len(grid)-1]
	}
	y := func(v float64) float64 {
		if high <= low {
			return (plotTop + plotBottom) / 2
		}
		return plotBottom - share(low, high, v)*(plotBottom-plotTop)
	}
	x := func(d logparse.Date) float64 { return along(l.From, l.To, d, plotLeft+6, plotRight-6) }
	var d lineDrawing
	for i, p := range l.Points {
		command := "L"
		if i == 0 {
			command = "M"
		}
		d.Path += fmt.Sprintf("%s%s %s", command, number(x(p.Date)), number(y(p.Value)))
		d.Dots = append(d.Dots, mark{X: x(p.Date), Y: y(p.Value)})
	}
	for _, v := range grid {
		d.Grid = append(d.Grid, mark{Y: y(v), Text: logparse.FormatNumber(v)})
	}
	last := l.Points[len(l.Points)-1]
	d.Last = mark{x(last.Date), y(last.Value) - 7, logparse.FormatNumber(last.Value)}
	d.LastEnd = d.Last.X > plotRight-30
	if l.Target != nil {
		d.Target = &mark{Y: y(*l.Target), Text: "target " + shorten(l.TargetLabel, 24)}
	}
	for _, s := range l.Limits {
		x1, x2 := x(s.From), x(s.To)
		d.Levels = append(d.Levels, level{x1, x2, y(s.Median), false})
		if s.Low != nil {
			d.Levels = append(d.Levels, level{x1, x2, y(*s.Low), true}, level{x1, x2, y(*s.High), true})
		}
	}
	for _, day := range l.Sessions {
		d.Sessions = append(d.Sessions, x(day))
	}
	d.Months = months(l.From, l.To, plotLeft+6, plotRight-6, 8)
	for i := range d.Months {
		d.Months[i].Y = monthRow
	}
	return "line", 172, d
}

// gridOf are round numbers around two values, a few; none where the values are too
// far apart, or too large, for a grid to say anything.
func gridOf(low, high float64) []float64 {
	step := niceStep((high - low) / 3)
	first, last := math.Floor(low/step), math.Ceil(high/step)
	if first == last {
		first, last = first-1, last+1
	}
	if math.Abs(first) > 1e6 || math.Abs(last) > 1e6 || math.IsInf(step, 0) || step < 1e-5 {
		return nil
	}
	var grid []float64
	for i := first; i <= last; i++ {
		grid = append(grid, math.Round(i*step*1e6)/1e6)
	}
	return grid
}

// niceStep is the next of 1, 2 and 5 times a power of ten; 1 of nothing.
func niceStep(rough float64) float64 {
	if rough <= 0 || math.IsInf(rough, 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, factor := range []float64{1, 2, 5} {
		if factor*power >= rough {
			return factor * power
		}
	}
	return 10 * power
}

// along is where a day lies between two ends.
func along(from, to, day logparse.Date, left, right float64) float64 {
	days := max(1, from.DaysUntil(to))
	return left + (right-left)*float64(from.DaysUntil(day))/float64(days)
}

// months are the labels below a time axis, at most so many.
func months(from, to logparse.Date, left, right float64, most int) []mark {
	first := logparse.Date{Year: from.Year, Month: from.Month, Day: 1}
	if from.Day > 15 {
		first = first.AddMonths(1)
	}
	var all []mark
	for m := first; !to.Before(m); m = m.AddMonths(1) {
		day := m
		if day.Before(from) {
			day = from
		}
		all = append(all, mark{X: along(from, to, day, left, right), Text: m.Time().Format("Jan")})
	}
	every := (len(all) + most - 1) / most
	var shown []mark
	for i, m := range all {
		if every < 2 || i%every == 0 {
			shown = append(shown, m)
		}
	}
	return shown
}

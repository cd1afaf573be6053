package chart

import (
	"fmt"
	"strings"

	"github.com/coachlog/coachlog/internal/terminal"
	"github.com/coachlog/coachlog/logparse"
)

// Weeks is what became of the actions that got a result, week by week, in a
// row for each side.
type Weeks struct {
	From, To logparse.Date
	Rows     []WeekRow
}

// A WeekRow is one side's weeks, by date: at least one, and none in which nothing was
// due.
type WeekRow struct {
	Name  string
	Weeks []Week
}

// A Week counts the results of one week. Dropped and blocked ones are in no count.
type Week struct {
	Monday  logparse.Date `json:"monday"`
	Done    int           `json:"done"`
	Partly  int           `json:"partly"`
	NotDone int           `json:"not_done"`
}

func (w Week) all() int { return w.Done + w.Partly + w.NotDone }

func (w Week) share() string { return fmt.Sprintf("%d/%d", w.Done, w.all()) }

// Title says what the chart is.
func (c *Weeks) Title() string { return "Follow-through per week" }

// Alt tells each week.
func (c *Weeks) Alt() string {
	var rows []string
	for _, row := range c.Rows {
		var weeks []string
		for _, w := range row.Weeks {
			weeks = append(weeks, fmt.Sprintf("week of %s %d of %d done", shortDay(w.Monday), w.Done, w.all()))
		}
		rows = append(rows, row.Name+": "+strings.Join(weeks, ", "))
	}
	return strings.Join(rows, "; ") + "."
}

// Text has a line for each side: done of those with a result, week by week, as far as that fits.
func (c *Weeks) Text(width int) string {
	names := 0
	for _, row := range c.Rows {
		names = max(names, terminal.Width(terminal.Escape(row.Name)))
	}
	var out strings.Builder
	for _, row := range c.Rows {
		var weeks []string
		for _, w := range row.Weeks {
			weeks = append(weeks, w.share())
		}
		line := terminal.Pad(terminal.Escape(row.Name), names+2)
		room, shown := max(20, width-names-2), strings.Join(weeks, " ")
		for len(weeks) > 1 && len(shown) > room {
			weeks = weeks[1:]
			shown = "… " + strings.Join(weeks, " ")
		}
		fmt.Fprintf(&out, "%s%s\n", line, shown)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

const (
	rowTop, rowHeight, barHeight = 34, 74, 46.0
	barLeft, barRight            = 8.0, 352.0
)

type bar struct {
	X, W                  float64
	Done, Partly, NotDone piece
	Label                 string
	LabelX, LabelY        float64
}

type piece struct{ Y, H float64 }

type weekRow struct {
	Name     string
	NameY    float64
	Baseline float64
	Bars     []bar
}

type weeksDrawing struct {
	Rows   []weekRow
	Months []mark
}

func (c *Weeks) drawing() (template string, height int, values any) {
	first, last := c.From.AddDays(-weekday(c.From)), c.To.AddDays(-weekday(c.To))
	weeks := first.DaysUntil(last)/7 + 1
	most := 1
	for _, row := range c.Rows {
		for _, w := range row.Weeks {
			most = max(most, w.all())
		}
	}
	slot := (barRight - barLeft) / float64(weeks)
	height = rowTop + rowHeight*len(c.Rows) + 14
	var d weeksDrawing
	for i, row := range c.Rows {
		base := float64(rowTop+rowHeight*i) + 18 + barHeight
		out := weekRow{Name: shorten(row.Name, 28), NameY: base - barHeight - 8, Baseline: base}
		for _, w := range row.Weeks {
			unit := (barHeight - 12) / float64(most)
			x := barLeft + slot*float64(first.DaysUntil(w.Monday)/7)
			b := bar{X: x + slot*.14, W: slot * .72}
			y := base
			for _, part := range []struct {
				n  int
				to *piece
			}{{w.Done, &b.Done}, {w.Partly, &b.Partly}, {w.NotDone, &b.NotDone}} {
				h := unit * float64(part.n)
				y -= h
				*part.to = piece{y, h}
			}
			if label := w.share(); float64(len(label))*6 <= slot {
				b.Label, b.LabelX, b.LabelY = label, x+slot/2, y-3
			}
			out.Bars = append(out.Bars, b)
		}
		d.Rows = append(d.Rows, out)
	}
	d.Months = months(first, last.AddDays(6), barLeft, barRight, 12)
	if n := len(d.Months); n > 1 && d.Months[n-1].X > barRight-24 {
		d.Months = d.Months[:n-1] // the last days of a week that starts in the period
	}
	for i := range d.Months {
		d.Months[i].Y = float64(height - 3)
	}
	return "weeks", height, d
}

// weekday counts from Monday, which is 0.
func weekday(d logparse.Date) int { return (int(d.Time().Weekday()) + 6) % 7 }

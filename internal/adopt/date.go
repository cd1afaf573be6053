package adopt

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coachlog/coachlog/internal/pattern"
	"github.com/coachlog/coachlog/logparse"
)

// Orders lists how a date of numbers only can be meant: day, month, year; or
// month, day, year; or year, month, day.
var Orders = []string{"dmy", "mdy", "ymd"}

// A written date is what a text says of a day, with every day that it can mean.
type written struct {
	start, end int    // in the text
	text       string // "" where it says nothing
	days       []day
	why        string // it can't be told, behind its text: no day of the calendar, or several
}

// A day is one meaning of a written date. Without a year it is a day of any.
type day struct {
	logparse.Date
	order string // of Orders; "" where it can't be meant in another
}

func (d day) hasYear() bool { return d.Year != 0 }

// exists says whether the calendar has the day; without a year, whether any year
// has it.
func (d day) exists() bool {
	if !d.hasYear() {
		d.Year = 2024
	}
	_, err := logparse.ParseDate(d.String())
	return err == nil
}

const (
	dayNumber = `(\d{1,2})(?i:st|nd|rd|th|er|º|°|\.)?`
	monthWord = `(\pL{3,10})\.?`
	inWords   = `[ \x{a0}._-]*(?i:of |de |d'|the )?`
	longYear  = `[ \x{a0},._'’-]*(?i:de |del |of )?(\d{4})`
	shortYear = `[ ._-]?['’._-](\d{2})`
)

// dateForms are the ways to write a date, with the orders in which their parts can
// be meant: d is the day, m the month, w the month in words, y the year. They are
// tried in this order: "10 March 4, 2024" is the 4th.
var dateForms = []struct {
	pattern func() *regexp.Regexp
	orders  string
	loose   bool // where no calendar has such a day, it is a version or some other number
}{
	{pattern.Of(`(\d{4})[-./_ ](\d{1,2})[-./_ ](\d{1,2})`), "ymd", false},
	{pattern.Of(`(\d{1,2})\.(\d{1,2})\.(\d{4})`), "dmy", false}, // the day comes first, wherever such dates are written
	{pattern.Of(`(\d{1,2})[-/_](\d{1,2})[-/_](\d{4})`), "dmy mdy", false},
	{pattern.Of(`(\d\d)\.(\d\d)\.(\d\d)`), "dmy ymd", true},
	{pattern.Of(`(\d\d)[-_](\d\d)[-_](\d\d)`), "dmy mdy ymd", true},
	{pattern.Of(`(\d{1,2})[-/_](\d{1,2})[-/_](\d\d)`), "dmy mdy", true},
	{pattern.Of(`(\d{4})[ ._-]+` + monthWord + `[ ._-]*` + dayNumber), "ywd", false},
	{pattern.Of(dayNumber + inWords + monthWord + longYear), "dwy", false},
	{pattern.Of(dayNumber + inWords + monthWord + shortYear), "dwy", false},
	{pattern.Of(monthWord + inWords + dayNumber + longYear), "wdy", false},
	{pattern.Of(monthWord + inWords + dayNumber + shortYear), "wdy", false},
	{pattern.Of(dayNumber + inWords + monthWord), "dw", false},
	{pattern.Of(monthWord + inWords + dayNumber), "wd", false},
	{pattern.Of(`(\d{4})(\d\d)(\d\d)`), "ymd", true},
}

var (
	touched    = pattern.Of(`[\pL\pN]$`)
	touching   = pattern.Of(`^[\pL\pN]`)
	timeOfDay  = pattern.Of(`^T\d[\d:.]*Z?`)
	joinBefore = pattern.Of(`\d[./:\p{Pd}]+$`)
	joinAfter  = pattern.Of(`^[./:\p{Pd}]+\d`)
	// spanAfter comes after the first of several days: April 8th - 28th.
	spanAfter = pattern.Of(`(?i)^\s*(?:\p{Pd}|to|until|till|through|bis|hasta|au)\s*\d{1,2}(?:st|nd|rd|th|\.)?(?:$|[ ,)])`)
	// weekOf comes before the first day of a week.
	weekOf = pattern.Of(`(?i)(?:week (?:of|from|commencing|beginning|starting)|w/c|woche (?:vom|ab)|semana del?|semaine du)[ :(]*$`)
)

// findDates finds every date that a text holds, in its order.
func findDates(text string) []written {
	if !strings.ContainsAny(text, "0123456789") {
		return nil
	}
	var found []written
	for _, form := range dateForms {
		for _, at := range form.pattern().FindAllStringSubmatchIndex(text, -1) {
			w := written{start: at[0], end: at[1], text: text[at[0]:at[1]]}
			before, after := text[:w.start], text[w.end:]
			overlaps := slices.ContainsFunc(found, func(f written) bool { return w.start < f.end && f.start < w.end })
			if overlaps || touched().MatchString(before) || touching().MatchString(after) && !timeOfDay().MatchString(after) {
				continue
			}
			yearFirst := strings.HasPrefix(form.orders, "y")
			joined := !yearFirst && (joinBefore().MatchString(before) || joinAfter().MatchString(after))
			span := joined || spanAfter().MatchString(after) && !(yearFirst && after[0] == '-') // 2024-03-04-2 is the second of its day
			if joined && !strings.Contains(form.orders, "w") {
				continue // a part of a longer number
			}
			if span || weekOf().MatchString(before) {
				w.text, w.why = strings.TrimSpace(text), "is more than one day"
			}
			var parts []string
			for i := 2; i < len(at); i += 2 {
				parts = append(parts, text[at[i]:at[i+1]])
			}
			if w.days = meanings(form.orders, parts); len(w.days) == 0 {
				continue
			}
			if w.days = slices.DeleteFunc(w.days, func(d day) bool { return !d.exists() }); len(w.days) == 0 {
				if form.loose {
					continue
				}
				w.why = "is no day of the calendar"
			}
			found = append(found, w)
		}
	}
	slices.SortFunc(found, func(a, b written) int { return a.start - b.start })
	return found
}

// meanings are the days that the parts of a date can mean in some orders, whether or
// not the calendar has them; none where they are no date.
func meanings(orders string, parts []string) (days []day) {
	for order := range strings.FieldsSeq(orders) {
		d, word := day{}, ""
		for i, part := range order {
			switch n, _ := strconv.Atoi(parts[i]); part {
			case 'd':
				d.Day = n
			case 'm':
				d.Month = time.Month(n)
			case 'w':
				d.Month, word = time.Month(monthOf(parts[i])), parts[i]
			case 'y':
				if d.Year = n; len(parts[i]) == 2 {
					d.Year += 2000
				}
			}
		}
		plausible := 1980 <= d.Year && d.Year < 2100 // somebody may have typed notes
		if word != "" && d.Month == 0 || d.hasYear() && !plausible || !d.hasYear() && needsYear(word) {
			continue
		}
		if orders != order {
			d.order = order
		}
		if !slices.ContainsFunc(days, func(other day) bool { return other.Date == d.Date }) { // 4/4/2024
			days = append(days, d)
		}
	}
	return days
}

// withoutDates is the text with a bar in the place of each date and of the time
// behind it.
func withoutDates(text string, dates []written) string {
	var out strings.Builder
	at := 0
	for _, w := range dates {
		out.WriteString(text[at:max(at, w.start)] + " | ")
		at = w.end + len(timeOfDay().FindString(text[w.end:]))
	}
	return out.String() + text[at:]
}

// otherDay comes before a date that is not the day of the meeting.
var otherDay = pattern.Of(`(?i)(?:^|[^\pL])(?:by|until|till|before|after|due|deadline|next|moved from|since|instead of|bis|vor|nach|seit|ab|statt|hasta|antes del?|después del?|avant|après|jusqu['’]au|depuis|tot|voor)[ :(]*$`)

// dayIn is the one day that a text names. Days by which something is due, and the
// like, don't count.
func dayIn(text string) (d written) {
	for _, w := range findDates(text) {
		if !otherDay().MatchString(text[:w.start]) {
			d = d.and(w)
		}
	}
	return d
}

// and is the day that two places name. A day with a year says which year one without
// means.
func (w written) and(other written) written {
	switch {
	case w.text == "" || other.why != "" && w.why == "":
		return other
	case other.text == "" || w.why != "":
		return w
	}
	var both []day
	for _, x := range w.days {
		for _, y := range other.days {
			if x.Month != y.Month || x.Day != y.Day || x.Year != y.Year && x.hasYear() && y.hasYear() {
				continue
			}
			if !x.hasYear() {
				x = y
			}
			if !slices.ContainsFunc(both, func(d day) bool { return d.Date == x.Date }) {
				both = append(both, x)
			}
		}
	}
	if len(both) == 0 {
		w.why = fmt.Sprintf("and %q are different days", other.text)
	}
	w.days = both
	return w
}

// inOrder are the meanings that an order of day and month leaves: all, where none fits.
func inOrder(days []day, order string) []day {
	fitting := slices.DeleteFunc(slices.Clone(days), func(d day) bool { return d.order != "" && d.order != order })
	if order == "" || len(fitting) == 0 {
		return days
	}
	return fitting
}

func datesOf(days []day) []logparse.Date {
	var dates []logparse.Date
	for _, d := range days {
		dates = append(dates, d.Date)
	}
	return dates
}
